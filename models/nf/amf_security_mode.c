/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      security mode control at the AMF (TS 24.501 5.4.2; TS 33.501 6.7.2): a Command under
 *             the keys of the new context, with the UE's capabilities replayed, repeated by T3560;
 *             Complete takes the context into use; Reject leaves the old one (5.4.2.5).
 * Leaves out  other algorithms than 128-NIA2 and 128-NEA2, the horizontal derivation of KAMF.
 * Sources     the clauses named in the table at the end.
 */
#include "models/nf/amf_state.h"

static uint8_t send_command(struct amf_ue *u)
{
	struct msg *msg = amf_message(u, MSG_SECURITY_MODE_COMMAND);
	struct nas_security_mode_command command = {.ciphering = CRYPTO_NEA2,
		.integrity = CRYPTO_NIA2, .ngksi = u->run->fresh.ngksi,
		.security_capability = {u->capability, u->n_capability}, .imeisv_request = true,
		.additional = {u->retransmit, 2}};
	uint8_t plain[MSG_NAS_MAX];

	if (u->method != MSG_METHOD_5G_AKA) { /* EAP-Success: 33.501 6.1.3.1 step 11 */
		command.eap = (struct nas_octets){u->run->eap.octets, u->run->eap.n};
		command.has_abba = true;
	}
	msg->attempt = u->run->resent;
	amf_send_command(u, msg, plain, nas_security_mode_command(&command, plain));
	amf_start_timer(u, u->amf->config->t3560_ns, AMF_SECURITY_MODE, AMF_SEC_E_T3560);
	return AMF_SEC_COMMANDED;
}

static uint8_t complete(struct amf_ue *u)
{
	amf_stop_timer(u);
	u->at[AMF_SECURITY_MODE] = AMF_SEC_NONE;
	amf_secured(u);
	return u->at[AMF_SECURITY_MODE];
}

/* 5.4.2.5: what made it necessary is aborted; nothing more is said. */
static uint8_t lost(struct amf_ue *u, uint8_t cause)
{
	amf_stop_timer(u);
	u->at[AMF_SECURITY_MODE] = AMF_SEC_NONE;
	amf_record_failure(u, cause);
	if (u->registered)
		amf_release(u);
	else
		amf_finish(u);
	return AMF_SEC_NONE;
}

static uint8_t expired(struct amf_ue *u)
{
	return amf_repeats(u, AMF_REPETITIONS_t3560) ? send_command(u) : lost(u, 0);
}

static uint8_t in_any(void *self, uint8_t event, const void *arg)
{
	const struct amf_input *input = arg;

	switch (event) {
	case AMF_SEC_E_BEGIN:
		return send_command(self);
	case AMF_SEC_E_COMPLETE:
		return complete(self);
	case AMF_SEC_E_REJECT:
		return lost(self, input->nas->security_mode_reject);
	case AMF_SEC_E_T3560:
		return expired(self);
	default: /* AMF_SEC_E_ABORT */
		return AMF_SEC_NONE;
	}
}

static const char *const event_names[] = {
	[AMF_SEC_E_BEGIN] = "security mode control", [AMF_SEC_E_COMPLETE] = "Security Mode Complete",
	[AMF_SEC_E_REJECT] = "Security Mode Reject", [AMF_SEC_E_T3560] = "T3560",
	[AMF_SEC_E_ABORT] = "abort",
};
#define BIT SIM_FSM_BIT
static const struct sim_fsm_row rows[] = {
	{AMF_SEC_NONE, "no security mode control", "TS 24.501 5.4.2.1",
	 BIT(AMF_SEC_E_BEGIN) | BIT(AMF_SEC_E_ABORT), BIT(AMF_SEC_NONE) | BIT(AMF_SEC_COMMANDED),
	 in_any},
	{AMF_SEC_COMMANDED, "5GMM-COMMON-PROCEDURE-INITIATED, T3560", "TS 24.501 5.4.2.2, 5.4.2.7",
	 BIT(AMF_SEC_E_COMPLETE) | BIT(AMF_SEC_E_REJECT) | BIT(AMF_SEC_E_T3560) |
	     BIT(AMF_SEC_E_ABORT),
	 BIT(AMF_SEC_NONE) | BIT(AMF_SEC_COMMANDED), in_any},
};
#undef BIT
const struct sim_fsm amf_security_mode = {
	.name = "security mode control at the AMF", .rows = rows,
	.n_rows = sizeof rows / sizeof *rows, .event_names = event_names,
	.n_events = AMF_SEC_N_EVENTS, .unexpected = amf_unexpected,
};
