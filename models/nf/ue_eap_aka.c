/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the EAP peer: answers to the EAP messages that NAS carries.
 * Leaves out  EAP-AKA' itself: every request is answered by a failure with cause 26.
 * Sources     TS 24.501 5.4.1.2.
 */
#include "models/nf/ue_state.h"

uint8_t ue_eap_request(struct ue *ue, const struct ue_input *input)
{
	return ue_challenge_failed(ue, input, MSG_CAUSE_NON_5G_UNACCEPTABLE);
}

void ue_eap_outcome(struct ue *ue, const struct nas_octets *eap)
{
	(void)ue;
	(void)eap;
}
