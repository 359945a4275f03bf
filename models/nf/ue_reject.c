/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      what the cause of a Registration Reject, Service Reject or Deregistration Request
 *             means to the UE, as a table.
 * Leaves out  equivalent and other networks, EPS and their forbidden lists: with one network, a
 *             forbidden tracking area or network means no service until the UE is put elsewhere or
 *             the list is forgotten (5.3.13); slices (cause 62 is tried again later).
 * Sources     TS 24.501 5.5.1.2.5, 5.5.1.3.5, 5.6.1.5, 5.5.2.3.2, 5.3.20.
 */
#include "models/nf/ue_state.h"

static const struct ue_reject rejects[] = {
	{MSG_CAUSE_ILLEGAL_UE, UE_THEN_NO_SUPI, false, true, "5.5.1.2.5 #3"},
	{MSG_CAUSE_ILLEGAL_ME, UE_THEN_NO_SUPI, false, true, "5.5.1.2.5 #6"},
	{MSG_CAUSE_5GS_NOT_ALLOWED, UE_THEN_NO_SUPI, false, true, "5.5.1.2.5 #7"},
	{MSG_CAUSE_UE_IDENTITY_UNKNOWN, UE_THEN_AGAIN, false, true, "5.5.1.3.5 #9"},
	{MSG_CAUSE_IMPLICITLY_DEREGISTERED, UE_THEN_AGAIN, false, false, "5.5.1.3.5 #10"},
	{MSG_CAUSE_PLMN_NOT_ALLOWED, UE_THEN_FORBIDDEN, true, true, "5.5.1.2.5 #11"},
	{MSG_CAUSE_TA_NOT_ALLOWED, UE_THEN_FORBIDDEN, false, true, "5.5.1.2.5 #12"},
	{MSG_CAUSE_ROAMING_NOT_ALLOWED, UE_THEN_FORBIDDEN_KEEPING, false, true,
	 "5.5.1.2.5, 5.5.1.3.5 #13"},
	{MSG_CAUSE_NO_SUITABLE_CELLS, UE_THEN_FORBIDDEN_KEEPING, false, true,
	 "5.5.1.2.5, 5.5.1.3.5 #15"},
	{MSG_CAUSE_CONGESTION, UE_THEN_BACK_OFF, false, false, "5.5.1.2.5 #22"},
	{MSG_CAUSE_N1_NOT_ALLOWED, UE_THEN_FORBIDDEN, true, true, "5.5.1.2.5 #27"},
	{MSG_CAUSE_REDIRECTION_TO_EPC, UE_THEN_FORBIDDEN_KEEPING, false, false,
	 "5.5.1.2.5, 5.5.1.3.5 #31"},
	{MSG_CAUSE_NO_SLICES, UE_THEN_LAST, false, false, "5.5.1.2.5 #62"},
	{MSG_CAUSE_NON_3GPP_NOT_ALLOWED, UE_THEN_RETRY, false, false, "5.5.1.2.5 #72: abnormal here"},
	{MSG_CAUSE_SERVING_NETWORK_NOT_AUTHORIZED, UE_THEN_FORBIDDEN, true, true, "5.5.1.2.5 #73"},
	{MSG_CAUSE_SEMANTICALLY_INCORRECT, UE_THEN_LAST, false, false, "5.5.1.2.7 d"},
	{MSG_CAUSE_INVALID_MANDATORY, UE_THEN_LAST, false, false, "5.5.1.2.7 d"},
	{MSG_CAUSE_TYPE_UNKNOWN, UE_THEN_LAST, false, false, "5.5.1.2.7 d"},
	{MSG_CAUSE_IE_UNKNOWN, UE_THEN_LAST, false, false, "5.5.1.2.7 d"},
	{MSG_CAUSE_PROTOCOL_ERROR, UE_THEN_LAST, false, false, "5.5.1.2.7 d"},
};
static const struct ue_reject other = {0, UE_THEN_RETRY, false, false, "5.5.1.2.7 d"};

const struct ue_reject *ue_reject_of(uint8_t cause)
{
	for (size_t i = 0; i < sizeof rejects / sizeof *rejects; i++)
		if (rejects[i].cause == cause)
			return &rejects[i];
	return &other;
}
