/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the identification procedure at the AMF (TS 24.501 5.4.3): the SUCI is asked for
 *             under T3570; with it a new authentication begins.
 * Leaves out  asking for other identities than the SUCI.
 * Sources     the clauses named in the table at the end.
 */
#include "models/nf/amf_state.h"

#include <string.h>

static uint8_t send_request(struct amf_ue *u)
{
	struct msg *msg = amf_message(u, MSG_IDENTITY_REQUEST);
	uint8_t plain[MSG_NAS_MAX];

	msg->attempt = u->run->resent;
	amf_send_nas(u, msg, plain, nas_identity_request(plain));
	amf_start_timer(u, u->amf->config->t3570_ns, AMF_IDENTITY, AMF_ID_E_T3570);
	return AMF_ID_REQUESTED;
}

/* 5.4.3.4: an identity that is no SUCI of an IMSI leads nowhere here. */
static uint8_t responded(struct amf_ue *u, const struct amf_input *input)
{
	const struct nas_identity *identity = &input->nas->identity_response;

	amf_stop_timer(u);
	u->at[AMF_IDENTITY] = AMF_ID_NONE;
	if (identity->kind != NAS_IDENTITY_SUCI || identity->suci.n > MSG_SCHEME_MAX) {
		amf_reject(u, MSG_REGISTRATION_REJECT, MSG_CAUSE_UE_IDENTITY_UNKNOWN);
		return AMF_ID_NONE;
	}
	u->by_guti = false;
	u->run->identity = (struct msg_identity){.suci = {.scheme = identity->suci.scheme,
		.key_id = identity->suci.key_id, .n = identity->suci.n}};
	memcpy(u->run->identity.suci.output, identity->suci.output, identity->suci.n);
	amf_feed(u, AMF_AUTHENTICATION, AMF_AUTH_E_BEGIN, NULL);
	return u->at[AMF_IDENTITY];
}

static uint8_t expired(struct amf_ue *u)
{
	if (amf_repeats(u, AMF_REPETITIONS_t3570))
		return send_request(u);
	u->at[AMF_IDENTITY] = AMF_ID_NONE;
	amf_record_failure(u, 0);
	amf_finish(u);
	return AMF_ID_NONE;
}

static uint8_t in_any(void *self, uint8_t event, const void *arg)
{
	switch (event) {
	case AMF_ID_E_BEGIN:
		return send_request(self);
	case AMF_ID_E_RESPONSE:
		return responded(self, arg);
	case AMF_ID_E_T3570:
		return expired(self);
	default: /* AMF_ID_E_ABORT */
		return AMF_ID_NONE;
	}
}

static const char *const event_names[] = {
	[AMF_ID_E_BEGIN] = "identification", [AMF_ID_E_RESPONSE] = "Identity Response",
	[AMF_ID_E_T3570] = "T3570", [AMF_ID_E_ABORT] = "abort",
};
#define BIT SIM_FSM_BIT
static const struct sim_fsm_row rows[] = {
	{AMF_ID_NONE, "no identification", "TS 24.501 5.4.3.1",
	 BIT(AMF_ID_E_BEGIN) | BIT(AMF_ID_E_ABORT), BIT(AMF_ID_NONE) | BIT(AMF_ID_REQUESTED), in_any},
	{AMF_ID_REQUESTED, "5GMM-COMMON-PROCEDURE-INITIATED, T3570", "TS 24.501 5.4.3.2, 5.4.3.6",
	 BIT(AMF_ID_E_RESPONSE) | BIT(AMF_ID_E_T3570) | BIT(AMF_ID_E_ABORT),
	 BIT(AMF_ID_NONE) | BIT(AMF_ID_REQUESTED), in_any},
};
#undef BIT
const struct sim_fsm amf_identity = {
	.name = "identification at the AMF", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.event_names = event_names, .n_events = AMF_ID_N_EVENTS, .unexpected = amf_unexpected,
};
