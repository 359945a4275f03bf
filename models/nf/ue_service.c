/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the service request procedure at the UE (TS 24.501 5.6.1): for user data that waits
 *             and in answer to a paging (5.6.2.2.1), under T3517; five that fail wait for T3525.
 * Leaves out  PDU sessions and which of them to set up, access classes, services over non-3GPP
 *             access.
 * Sources     the clauses named in the table at the end.
 */
#include "models/nf/ue_state.h"

#include "models/nf/gprs_timer.h"

void ue_start_guard(struct ue *ue)
{
	const struct ue_config *config = ue_all(ue)->config;

	if (ue->at[UE_DEREGISTRATION] == UE_DEREG_REQUESTED)
		ue_start_timer(ue, &ue->run->guard, config->t3521_ns, UE_DEREGISTRATION, UE_DEREG_E_T3521);
	else if (ue->at[UE_REGISTRATION] == UE_REG_REQUESTED)
		ue_start_timer(ue, &ue->run->guard, config->t3510_ns, UE_REGISTRATION, UE_REG_E_T3510);
	else if (ue->at[UE_SERVICE] == UE_SRV_REQUESTED)
		ue_start_timer(ue, &ue->run->guard, config->t3517_ns, UE_SERVICE, UE_SRV_E_T3517);
}

/* An initial NAS message in 5GMM-IDLE: integrity protected, readable (4.4.6). */
static uint8_t send_request(struct ue *ue)
{
	const struct nas_service_request request = {.ngksi = ue->security.ngksi,
		.service_type = ue->paged ? NAS_SERVICE_MOBILE_TERMINATED : NAS_SERVICE_DATA,
		.guti = ue_guti(ue, ue->tmsi).guti};
	const struct ue_output output = {.type = MSG_SERVICE_REQUEST, .step = SVC_N_STEPS,
		.security = NAS_INTEGRITY, .crypto_ns = ue_cost(ue, CRYPTO_OP_NAS_MAC)};
	uint8_t plain[MSG_NAS_MAX];

	ue_note_heard(ue, ue->tmsi);
	ue_trace(ue, NF_P_SERVICE, MSG_SERVICE_REQUEST, ue->paged, 0);
	ue_send_nas(ue, &output, plain, nas_service_request(&request, plain));
	ue_start_timer(ue, &ue->run->guard, ue_all(ue)->config->t3517_ns, UE_SERVICE, UE_SRV_E_T3517);
	return UE_SRV_REQUESTED;
}

static uint8_t begin(struct ue *ue, bool paged)
{
	if (ue_mm(ue) != UE_REGISTERED || ue->at[UE_REGISTRATION] != UE_REG_NONE ||
	    !security_valid(&ue->security) || ue->link == UE_CONNECTING) {
		if (ue->at[UE_REGISTRATION] == UE_REG_LIMITED)
			ue_discard(ue);
		return UE_SRV_NONE; /* what waits goes when the procedure under way is over */
	}
	ue->paged = paged;
	ue->procedure = ue_next_procedure(ue_all(ue), ue->number);
	ue->run->span = sim_span_start(ue_all(ue)->env->sim->now_ns);
	ue_connect(ue);
	return UE_SRV_CONNECTING;
}

/* 5.6.1.7: data that still waits is another request, until five in a row have failed. */
static uint8_t failed(struct ue *ue)
{
	ue_stop_timer(ue, &ue->run->guard);
	ue->at[UE_SERVICE] = UE_SRV_NONE; /* its own release is no news */
	ue_disconnect(ue);
	if (++ue->service_attempt >= UE_TRIES_t3517) {
		ue->service_attempt = 0;
		ue_discard(ue);
		ue_start_timer(ue, &ue->retry, ue_all(ue)->config->t3525_ns, UE_SERVICE,
		               UE_SRV_E_UNBLOCK);
		return UE_SRV_BLOCKED;
	}
	return ue->n_pending > 0 ? begin(ue, false) : UE_SRV_NONE;
}

static uint8_t accepted(struct ue *ue)
{
	ue_stop_timer(ue, &ue->run->guard);
	ue_feed(ue, UE_AUTHENTICATION, UE_AUTH_E_STOP, NULL);
	ue->service_attempt = 0;
	ue->at[UE_SERVICE] = UE_SRV_NONE;
	ue_trace(ue, NF_P_SERVICE, MSG_SERVICE_ACCEPT, 0, 0);
	ue_flush(ue);
	return UE_SRV_NONE;
}

static uint8_t rejected(struct ue *ue, const struct ue_input *input)
{
	const struct nas_service_reject *reject = &input->nas->service_reject;

	ue_stop_timer(ue, &ue->run->guard);
	ue_feed(ue, UE_AUTHENTICATION, UE_AUTH_E_STOP, NULL);
	ue_trace(ue, NF_P_SERVICE, MSG_SERVICE_REJECT, 1, reject->cause);
	ue->at[UE_SERVICE] = UE_SRV_NONE;
	ue_await_release(ue);
	if (reject->cause == MSG_CAUSE_CONGESTION && reject->t3346.present && input->integrity) {
		ue_discard(ue);
		ue_start_timer(ue, &ue->retry, gprs_timer2_ns(reject->t3346.value), UE_SERVICE,
		               UE_SRV_E_UNBLOCK);
		return UE_SRV_BLOCKED;
	}
	if (ue_reject_of(reject->cause)->then <= UE_THEN_LAST ||
	    reject->cause == MSG_CAUSE_CONGESTION) { /* 5.6.1.7 d: the procedure is aborted */
		ue_discard(ue);
		return UE_SRV_NONE;
	}
	ue_feed(ue, UE_REGISTRATION, UE_REG_E_REJECTED_ELSEWHERE, input);
	return ue->at[UE_SERVICE];
}

static uint8_t aborted(struct ue *ue)
{
	if (ue->at[UE_SERVICE] == UE_SRV_REQUESTED)
		ue_stop_timer(ue, &ue->run->guard);
	if (ue->at[UE_SERVICE] == UE_SRV_BLOCKED)
		ue_stop_timer(ue, &ue->retry);
	return UE_SRV_NONE;
}

/* ---- the table ---- */

static uint8_t in_none(void *self, uint8_t event, const void *arg)
{
	(void)arg;
	if (event == UE_SRV_E_ABORT)
		return aborted(self);
	return begin(self, event == UE_SRV_E_PAGED);
}

static uint8_t in_connecting(void *self, uint8_t event, const void *arg)
{
	(void)arg;
	switch (event) {
	case UE_SRV_E_CONNECTED:
		return send_request(self);
	case UE_SRV_E_NOT_CONNECTED:
		return failed(self);
	case UE_SRV_E_ABORT:
		return aborted(self);
	default: /* more data, a paging: on its way already */
		return UE_SRV_CONNECTING;
	}
}

static uint8_t in_requested(void *self, uint8_t event, const void *arg)
{
	switch (event) {
	case UE_SRV_E_ACCEPT:
		return accepted(self);
	case UE_SRV_E_REJECT:
		return rejected(self, arg);
	case UE_SRV_E_ABORT:
		return aborted(self);
	case UE_SRV_E_SEND:
	case UE_SRV_E_PAGED:
		return UE_SRV_REQUESTED;
	default: /* T3517, release */
		return failed(self);
	}
}

static uint8_t in_blocked(void *self, uint8_t event, const void *arg)
{
	struct ue *ue = self;

	(void)arg;
	if (event == UE_SRV_E_SEND) {
		ue_discard(ue);
		return UE_SRV_BLOCKED;
	}
	ue_stop_timer(ue, &ue->retry);
	return event == UE_SRV_E_PAGED ? begin(ue, true) : UE_SRV_NONE; /* 5.6.1.7, 5.3.9 */
}

static const char *const event_names[] = {
	[UE_SRV_E_SEND] = "user data", [UE_SRV_E_PAGED] = "paging",
	[UE_SRV_E_CONNECTED] = "connection", [UE_SRV_E_NOT_CONNECTED] = "lower layer failure",
	[UE_SRV_E_ACCEPT] = "Service Accept", [UE_SRV_E_REJECT] = "Service Reject",
	[UE_SRV_E_RELEASED] = "release", [UE_SRV_E_T3517] = "T3517",
	[UE_SRV_E_UNBLOCK] = "T3525 or T3346", [UE_SRV_E_ABORT] = "another procedure",
};

#define BIT SIM_FSM_BIT
enum {
	EVERY = BIT(UE_SRV_NONE) | BIT(UE_SRV_CONNECTING) | BIT(UE_SRV_REQUESTED) |
	        BIT(UE_SRV_BLOCKED)
};
static const struct sim_fsm_row rows[] = {
	{UE_SRV_NONE, "no service request under way", "TS 24.501 5.6.1.1",
	 BIT(UE_SRV_E_SEND) | BIT(UE_SRV_E_PAGED) | BIT(UE_SRV_E_ABORT), EVERY, in_none},
	{UE_SRV_CONNECTING, "5GMM-SERVICE-REQUEST-INITIATED, RRC set-up", "TS 38.331 5.3.3",
	 BIT(UE_SRV_E_CONNECTED) | BIT(UE_SRV_E_NOT_CONNECTED) | BIT(UE_SRV_E_ABORT) |
	     BIT(UE_SRV_E_SEND) | BIT(UE_SRV_E_PAGED),
	 EVERY, in_connecting},
	{UE_SRV_REQUESTED, "5GMM-SERVICE-REQUEST-INITIATED", "TS 24.501 5.6.1.2",
	 BIT(UE_SRV_E_ACCEPT) | BIT(UE_SRV_E_REJECT) | BIT(UE_SRV_E_RELEASED) |
	     BIT(UE_SRV_E_T3517) | BIT(UE_SRV_E_ABORT) | BIT(UE_SRV_E_SEND) | BIT(UE_SRV_E_PAGED),
	 EVERY, in_requested},
	{UE_SRV_BLOCKED, "no service request may be sent", "TS 24.501 5.6.1.7, 5.3.9",
	 BIT(UE_SRV_E_UNBLOCK) | BIT(UE_SRV_E_ABORT) | BIT(UE_SRV_E_SEND) | BIT(UE_SRV_E_PAGED),
	 EVERY, in_blocked},
};
#undef BIT

const struct sim_fsm ue_service = {
	.name = "service request at the UE", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.event_names = event_names, .n_events = UE_SRV_N_EVENTS, .unexpected = ue_unexpected,
};
