/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      deregistration at the AMF: the UE's (TS 24.501 5.5.2.2), the network's under T3522
 *             (5.5.2.3), and their collision (5.5.2.3.5).
 * Leaves out  what is told to SMFs afterwards; UDM and PCF hear of it (TS 23.502 4.5.3).
 * Sources     the clauses named in the table at the end.
 */
#include "models/nf/amf_state.h"

static uint8_t requested(struct amf_ue *u, const struct amf_input *input)
{
	uint8_t plain[MSG_NAS_MAX];

	u->procedure = input->msg->procedure;
	u->run->span = input->msg->span;
	amf_count(u, NF_COUNT_DEREGISTRATIONS);
	amf_abort_all(u);
	if (!input->nas->deregistration_request.switch_off)
		amf_send_nas(u, amf_message(u, MSG_DEREGISTRATION_ACCEPT), plain,
		             nas_deregistration_accept(plain));
	amf_purge(u);
	amf_finish(u);
	return AMF_DEREG_NONE;
}

static uint8_t send_request(struct amf_ue *u)
{
	const struct nas_deregistration_command command = {.reregistration = u->reregister,
		.access = u->non_3gpp ? NAS_NON_3GPP_ACCESS : NAS_3GPP_ACCESS,
		.cause = {u->reason != 0, u->reason}};
	struct msg *msg = amf_message(u, MSG_NETWORK_DEREGISTRATION_REQUEST);
	uint8_t plain[MSG_NAS_MAX];

	msg->attempt = u->run->resent;
	amf_send_nas(u, msg, plain, nas_deregistration_command(&command, plain));
	amf_start_timer(u, u->amf->config->t3522_ns, AMF_DEREGISTRATION, AMF_DEREG_E_T3522);
	return AMF_DEREG_REQUESTED;
}

static uint8_t expired(struct amf_ue *u)
{
	if (amf_repeats(u, AMF_REPETITIONS_t3522))
		return send_request(u);
	amf_purge(u);
	amf_finish(u);
	return AMF_DEREG_NONE;
}

static uint8_t in_any(void *self, uint8_t event, const void *arg)
{
	struct amf_ue *u = self;

	switch (event) {
	case AMF_DEREG_E_REQUEST:
		return requested(u, arg);
	case AMF_DEREG_E_BEGIN:
		amf_count(u, NF_COUNT_NETWORK_DEREGISTRATIONS);
		return send_request(u);
	case AMF_DEREG_E_ACCEPT:
		amf_purge(u);
		amf_finish(u);
		return AMF_DEREG_NONE;
	case AMF_DEREG_E_T3522:
		return expired(u);
	default: /* AMF_DEREG_E_ABORT */
		return AMF_DEREG_NONE;
	}
}

static const char *const event_names[] = {
	[AMF_DEREG_E_REQUEST] = "Deregistration Request",
	[AMF_DEREG_E_BEGIN] = "deregistration by the network",
	[AMF_DEREG_E_ACCEPT] = "Deregistration Accept", [AMF_DEREG_E_T3522] = "T3522",
	[AMF_DEREG_E_ABORT] = "abort",
};
#define BIT SIM_FSM_BIT
static const struct sim_fsm_row rows[] = {
	{AMF_DEREG_NONE, "no deregistration", "TS 24.501 5.5.2.2.3",
	 BIT(AMF_DEREG_E_REQUEST) | BIT(AMF_DEREG_E_BEGIN) | BIT(AMF_DEREG_E_ABORT),
	 BIT(AMF_DEREG_NONE) | BIT(AMF_DEREG_REQUESTED), in_any},
	{AMF_DEREG_REQUESTED, "5GMM-DEREGISTERED-INITIATED, T3522", "TS 24.501 5.5.2.3.1, 5.5.2.3.5",
	 BIT(AMF_DEREG_E_REQUEST) | BIT(AMF_DEREG_E_ACCEPT) | BIT(AMF_DEREG_E_T3522) |
	     BIT(AMF_DEREG_E_ABORT),
	 BIT(AMF_DEREG_NONE) | BIT(AMF_DEREG_REQUESTED), in_any},
};
#undef BIT
const struct sim_fsm amf_deregistration = {
	.name = "deregistration at the AMF", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.event_names = event_names, .n_events = AMF_DEREG_N_EVENTS, .unexpected = amf_unexpected,
};
