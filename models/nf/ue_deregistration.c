/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      deregistration from the UE's side under T3521 with its repetitions (TS 24.501
 *             5.5.2.2) and from the network's (5.5.2.3), with re-registration when it is required;
 *             their collision (5.5.2.2.6).
 * Leaves out  switching off without an Accept, both access types at once.
 * Sources     the clauses named in the table at the end.
 */
#include "models/nf/ue_state.h"

/* 5.5.2.2.2: the 5G-GUTI, or the SUCI of a UE that has none. */
static void send_request(struct ue *ue)
{
	const int64_t suci_ns = ue->tmsi ? 0 : ue_make_suci(ue);
	const struct nas_deregistration_request request = {.ngksi = ue->security.ngksi,
		.access = ue_access(ue)->non_3gpp ? NAS_NON_3GPP_ACCESS : NAS_3GPP_ACCESS,
		.identity = ue->tmsi ? ue_guti(ue, ue->tmsi) : ue_suci(ue)};
	struct ue_output output = {.type = MSG_DEREGISTRATION_REQUEST, .step = SVC_ue_accept,
		.attempt = ue->deregistration_attempt,
		.security = !security_valid(&ue->security) ? NAS_PLAIN
		            : ue_is_secure(ue)             ? NAS_CIPHERED
		                                           : NAS_INTEGRITY, /* initial: 4.4.6 */
		.crypto_ns = suci_ns + ue_cost(ue, CRYPTO_OP_NAS_MAC) +
		             ue_cost(ue, CRYPTO_OP_NAS_CIPHER)};
	uint8_t plain[MSG_NAS_MAX];

	if (output.security != NAS_CIPHERED)
		ue_note_heard(ue, ue->tmsi);
	ue_trace(ue, NF_P_DEREGISTRATION, MSG_DEREGISTRATION_REQUEST, 0, 0);
	ue_send_nas(ue, &output, plain, nas_deregistration_request(&request, plain));
	ue_start_timer(ue, &ue->run->guard, ue_all(ue)->config->t3521_ns, UE_DEREGISTRATION,
	               UE_DEREG_E_T3521);
}

/* Locally, or because the network has agreed. */
static uint8_t end(struct ue *ue)
{
	ue_stop_timer(ue, &ue->run->guard);
	ue->at[UE_DEREGISTRATION] = UE_DEREG_NONE; /* so that the user may act at once */
	ue_end(ue);
	return ue->at[UE_DEREGISTRATION];
}

/* Its user hears that it is so even when it has been so before. */
static uint8_t deregister(struct ue *ue)
{
	ue_feed(ue, UE_REGISTRATION, UE_REG_E_ABORT, NULL);
	ue_feed(ue, UE_SERVICE, UE_SRV_E_ABORT, NULL);
	if (!ue->registered)
		return end(ue);
	ue->procedure = ue_next_procedure(ue_all(ue), ue->number);
	ue->run->span = sim_span_start(ue_all(ue)->env->sim->now_ns);
	ue->deregistration_attempt = 0;
	if (ue_may_send(ue)) {
		send_request(ue);
		return UE_DEREG_REQUESTED;
	}
	if (ue->link != UE_CONNECTING) /* an aborted procedure's access serves as well */
		ue_connect(ue);
	return UE_DEREG_CONNECTING;
}

static void send_accept(struct ue *ue, const struct ue_input *input)
{
	uint8_t plain[MSG_NAS_MAX];

	ue_trace(ue, NF_P_DEREGISTRATION, MSG_NETWORK_DEREGISTRATION_ACCEPT, 0, 0);
	ue_answer(ue, MSG_NETWORK_DEREGISTRATION_ACCEPT, input, SVC_ue_accept, plain,
	          nas_deregistration_command_accept(plain));
}

/* 5.5.2.3.2: the Accept goes first; then as the type or the cause says. */
static uint8_t commanded(struct ue *ue, const struct ue_input *input)
{
	const struct nas_deregistration_command *command = &input->nas->deregistration_command;

	if (!ue->registered) {
		ue_unexpected(ue, UE_DEREG_NONE, UE_DEREG_E_COMMAND, input);
		return UE_DEREG_NONE;
	}
	send_accept(ue, input);
	ue_feed(ue, UE_REGISTRATION, UE_REG_E_ABORT, NULL);
	ue_feed(ue, UE_SERVICE, UE_SRV_E_ABORT, NULL);
	ue->registered = false;
	ue_discard(ue);
	ue_await_release(ue);
	if (command->reregistration)
		return UE_DEREG_RELEASING;
	ue_feed(ue, UE_REGISTRATION, UE_REG_E_REJECTED_ELSEWHERE, input);
	return ue->at[UE_DEREGISTRATION];
}

/* ---- the table ---- */

static uint8_t in_none(void *self, uint8_t event, const void *arg)
{
	return event == UE_DEREG_E_COMMAND ? commanded(self, arg) : deregister(self);
}

static uint8_t in_connecting(void *self, uint8_t event, const void *arg)
{
	struct ue *ue = self;

	(void)arg;
	if (event == UE_DEREG_E_DEREGISTER)
		return UE_DEREG_CONNECTING;
	if (event != UE_DEREG_E_CONNECTED) /* 5.5.2.2.6 b: deregistered all the same */
		return end(ue);
	send_request(ue);
	return UE_DEREG_REQUESTED;
}

static uint8_t expired(struct ue *ue)
{
	sim_span_mark(&ue->run->span, ue_all(ue)->env->sim->now_ns, SIM_PART_TIMER);
	if (++ue->deregistration_attempt >= UE_TRIES_t3521) /* 5.5.2.2.6: aborted on the fifth expiry */
		return end(ue);
	send_request(ue);
	return UE_DEREG_REQUESTED;
}

static uint8_t in_requested(void *self, uint8_t event, const void *arg)
{
	struct ue *ue = self;

	switch (event) {
	case UE_DEREG_E_DEREGISTER:
		return UE_DEREG_REQUESTED;
	case UE_DEREG_E_T3521:
		return expired(ue);
	case UE_DEREG_E_COMMAND: /* 5.5.2.2.6 d: both want the same */
		send_accept(ue, arg);
		ue->registered = false;
		ue_await_release(ue);
		return UE_DEREG_LEAVING;
	case UE_DEREG_E_ACCEPT:
		ue->registered = false;
		ue_await_release(ue);
		return UE_DEREG_LEAVING;
	default: /* release */
		return end(ue);
	}
}

static uint8_t in_leaving(void *self, uint8_t event, const void *arg)
{
	struct ue *ue = self;

	(void)arg;
	if (event == UE_DEREG_E_RELEASED)
		return end(ue);
	return ue->at[UE_DEREGISTRATION];
}

static uint8_t in_releasing(void *self, uint8_t event, const void *arg)
{
	struct ue *ue = self;

	(void)arg;
	if (event == UE_DEREG_E_DEREGISTER)
		return UE_DEREG_LEAVING;
	ue->at[UE_DEREGISTRATION] = UE_DEREG_NONE;
	ue_begin_registration(ue, NAS_INITIAL);
	return ue->at[UE_DEREGISTRATION];
}

static const char *const event_names[] = {
	[UE_DEREG_E_DEREGISTER] = "deregister", [UE_DEREG_E_CONNECTED] = "connection",
	[UE_DEREG_E_NOT_CONNECTED] = "lower layer failure",
	[UE_DEREG_E_ACCEPT] = "Deregistration Accept",
	[UE_DEREG_E_COMMAND] = "Deregistration Request of the network",
	[UE_DEREG_E_RELEASED] = "release", [UE_DEREG_E_T3521] = "T3521",
};

#define BIT SIM_FSM_BIT
enum {
	EVERY = BIT(UE_DEREG_NONE) | BIT(UE_DEREG_CONNECTING) | BIT(UE_DEREG_REQUESTED) |
	        BIT(UE_DEREG_LEAVING) | BIT(UE_DEREG_RELEASING) /* users act within a step */
};
static const struct sim_fsm_row rows[] = {
	{UE_DEREG_NONE, "no deregistration under way", "TS 24.501 5.5.2.1",
	 BIT(UE_DEREG_E_DEREGISTER) | BIT(UE_DEREG_E_COMMAND), EVERY, in_none},
	{UE_DEREG_CONNECTING, "5GMM-DEREGISTERED-INITIATED, RRC set-up", "TS 38.331 5.3.3",
	 BIT(UE_DEREG_E_CONNECTED) | BIT(UE_DEREG_E_NOT_CONNECTED) | BIT(UE_DEREG_E_DEREGISTER),
	 EVERY, in_connecting},
	{UE_DEREG_REQUESTED, "5GMM-DEREGISTERED-INITIATED", "TS 24.501 5.5.2.2.2",
	 BIT(UE_DEREG_E_ACCEPT) | BIT(UE_DEREG_E_COMMAND) | BIT(UE_DEREG_E_RELEASED) |
	     BIT(UE_DEREG_E_T3521) | BIT(UE_DEREG_E_DEREGISTER),
	 EVERY, in_requested},
	{UE_DEREG_LEAVING, "5GMM-DEREGISTERED-INITIATED, before the release",
	 "TS 24.501 5.3.1.3, 5.5.2.2.3", BIT(UE_DEREG_E_RELEASED) | BIT(UE_DEREG_E_DEREGISTER), EVERY,
	 in_leaving},
	{UE_DEREG_RELEASING, "re-registration required, before the release", "TS 24.501 5.5.2.3.2",
	 BIT(UE_DEREG_E_RELEASED) | BIT(UE_DEREG_E_DEREGISTER), EVERY, in_releasing},
};
#undef BIT

const struct sim_fsm ue_deregistration = {
	.name = "deregistration at the UE", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.event_names = event_names, .n_events = UE_DEREG_N_EVENTS, .unexpected = ue_unexpected,
};
