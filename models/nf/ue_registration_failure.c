/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      registrations that fail, at the UE: attempt counter, T3511 and T3502 (TS 24.501
 *             5.5.1.2.7, 5.5.1.3.7), rejects by the table of ue_reject.c, those without integrity
 *             protection for the time of T3247 (5.3.20), Authentication Reject (5.4.1.3.5), a
 *             network that is not genuine.
 * Leaves out  what other cells, networks and accesses would offer.
 * Sources     TS 24.501 5.3.20, 5.4.1.3.5, 5.4.1.3.7, 5.5.1.2.5, 5.5.1.2.7, 5.5.1.3.5, 5.5.1.3.7.
 */
#include "models/nf/ue_state.h"

#include "models/nf/gprs_timer.h"

void ue_forget_context(struct ue *ue)
{
	ue->tmsi = 0;
	ue->n_area = 0;
	ue->security.ngksi = NAS_NGKSI_NONE;
	ue->fresh_ngksi = NAS_NGKSI_NONE;
}

int64_t ue_t3502_ns(const struct ue *ue)
{
	return ue->has_t3502 ? gprs_timer2_ns(ue->t3502_value) : ue_all(ue)->config->t3502_ns;
}

/* No longer registered: what an update's failure or a reject may bring. */
static void lose_registration(struct ue *ue)
{
	ue->registered = false;
	ue->type = NAS_INITIAL;
	sim_alarm_stop(ue_all(ue)->env->sim, &ue->t3512);
	ue_discard(ue);
}

/* 5.5.1.2.7, 5.5.1.3.7: T3511 below the limit, T3502 at it. The connection is as the caller
 * leaves it. */
uint8_t ue_attempt_failed(struct ue *ue, uint8_t cause, bool set_to_limit)
{
	const struct ue_config *config = ue_all(ue)->config;
	bool last;

	ue->attempt = (uint8_t)(set_to_limit ? config->attempts : ue->attempt + 1);
	last = ue->attempt >= config->attempts;
	ue->last_cause = cause;
	ue_start_timer(ue, &ue->retry,
	               ue_retry_wait_ns(ue, last ? ue_t3502_ns(ue) : config->t3511_ns),
	               UE_REGISTRATION, UE_REG_E_RETRY);
	ue_enter(ue, UE_REG_WAITING);
	if (last && ue->type == NAS_INITIAL) { /* 5.5.1.2.7: the 5G-GUTI goes with the last attempt */
		ue_forget_context(ue);
		ue_tell(ue, false);
	}
	return ue->at[UE_REGISTRATION];
}

uint8_t ue_attempt_lost(struct ue *ue)
{
	ue_stop_timer(ue, &ue->run->guard);
	ue_enter(ue, UE_REG_NONE); /* its own release is no news */
	ue_disconnect(ue);
	return ue_attempt_failed(ue, 0, false);
}

/* No attempt until a timer says otherwise; after_ns < 0: until switched off. */
static uint8_t limited(struct ue *ue, int64_t after_ns)
{
	if (after_ns >= 0)
		ue_start_timer(ue, &ue->retry, after_ns, UE_REGISTRATION, UE_REG_E_RETRY);
	ue->attempt = 0;
	ue_enter(ue, UE_REG_LIMITED);
	ue_tell(ue, false);
	return ue->at[UE_REGISTRATION];
}

/* Uniform between the value and twice it. */
static int64_t drawn_ns(const struct ue *ue, int64_t least_ns, uint32_t step)
{
	struct sim_stream stream = nf_stream(ue_all(ue)->env, NF_DRAW_BACK_OFF, ue->number,
	                                     ue->procedure, step);

	return least_ns + (int64_t)(sim_stream_u01(&stream) * (double)least_ns);
}

static uint32_t here(const struct ue *ue)
{
	return nf_tac(ue_all(ue)->env, radio_cell(ue_all(ue)->radio, ue->number));
}

/* 5.3.20: a reject that anybody may have sent counts for T3247, and so often only. */
static uint8_t unproven(struct ue *ue)
{
	ue->forbidden = here(ue);
	if (++ue->rejects >= UE_REJECTS_MAX) {
		ue->usim_invalid = true;
		return limited(ue, -1);
	}
	return limited(ue, drawn_ns(ue, ue_all(ue)->config->t3247_ns, 0));
}

static uint8_t forbidden(struct ue *ue, const struct ue_reject *reject, bool integrity)
{
	ue->forbidden = reject->network ? UE_WHOLE_NETWORK : here(ue);
	return integrity ? limited(ue, ue_all(ue)->config->forbidden_time_ns) : unproven(ue);
}

static uint8_t back_off(struct ue *ue, const struct nas_octet *t3346, bool integrity)
{
	int64_t after_ns = gprs_timer2_ns(t3346->value);

	if (!integrity || after_ns <= 0)
		after_ns = drawn_ns(ue, ue_all(ue)->config->t3346_ns, 1);
	ue->attempt = (uint8_t)ue_all(ue)->config->attempts; /* what comes is a demand of the UE's own */
	ue_start_timer(ue, &ue->retry, after_ns, UE_REGISTRATION, UE_REG_E_RETRY);
	ue_enter(ue, UE_REG_WAITING);
	ue_tell(ue, false);
	return ue->at[UE_REGISTRATION];
}

/* 5.5.1.3.5 #9, #10: registers initially, and nobody is told. */
static uint8_t again(struct ue *ue)
{
	lose_registration(ue);
	ue_enter(ue, UE_REG_NONE);
	ue_disconnect(ue);
	return ue_begin_initial(ue);
}

static uint8_t act_on(struct ue *ue, uint8_t cause, const struct nas_octet *t3346, bool integrity)
{
	const struct ue_reject *reject = ue_reject_of(cause);
	uint8_t then = reject->then;

	ue->last_cause = cause;
	ue->forbidden = 0;
	if (then == UE_THEN_AGAIN && ue->type == NAS_INITIAL && !ue->registered)
		then = UE_THEN_RETRY;
	if (then == UE_THEN_BACK_OFF && !t3346->present)
		then = UE_THEN_RETRY;
	if (reject->cause == MSG_CAUSE_NON_3GPP_NOT_ALLOWED && ue_access(ue)->non_3gpp)
		then = UE_THEN_FORBIDDEN; /* the only access that it has */
	if (then == UE_THEN_FORBIDDEN_KEEPING && ue->registered) {
		ue_discard(ue);
		return forbidden(ue, reject, integrity);
	}
	if (then == UE_THEN_NO_SUPI || then >= UE_THEN_FORBIDDEN)
		lose_registration(ue);
	if (reject->forget && then != UE_THEN_RETRY && (integrity || then == UE_THEN_AGAIN))
		ue_forget_context(ue);
	switch (then) {
	case UE_THEN_RETRY:
	case UE_THEN_LAST:
		return ue_attempt_failed(ue, cause, then == UE_THEN_LAST);
	case UE_THEN_AGAIN:
		return again(ue);
	case UE_THEN_BACK_OFF:
		return back_off(ue, t3346, integrity);
	case UE_THEN_FORBIDDEN:
	case UE_THEN_FORBIDDEN_KEEPING:
		return forbidden(ue, reject, integrity);
	default: /* UE_THEN_NO_SUPI */
		ue->usim_invalid = integrity;
		return integrity ? limited(ue, -1) : unproven(ue);
	}
}

uint8_t ue_rejected(struct ue *ue, const struct ue_input *input)
{
	const struct nas_registration_reject *reject = &input->nas->registration_reject;

	ue_stop_timer(ue, &ue->run->guard);
	ue_feed(ue, UE_AUTHENTICATION, UE_AUTH_E_STOP, NULL);
	ue_enter(ue, UE_REG_NONE);
	ue_await_release(ue);
	return act_on(ue, reject->cause, &reject->t3346, input->integrity);
}

/* 5.5.2.3.2; with another cause than its, or none: 5.5.2.3.4 b, T3502 and no 5G-GUTI any more. */
static uint8_t deregistered(struct ue *ue, const struct nas_deregistration_command *command)
{
	const uint8_t cause = command->cause.present ? command->cause.value : 0;
	const uint8_t then = ue_reject_of(cause)->then;

	if (then <= UE_THEN_AGAIN || (then == UE_THEN_BACK_OFF && !command->t3346.present)) {
		lose_registration(ue);
		return ue_attempt_failed(ue, cause, true);
	}
	return act_on(ue, cause, &command->t3346, true);
}

/* A Service Reject, or a Deregistration Request without re-registration, which is protected. */
uint8_t ue_rejected_elsewhere(struct ue *ue, const struct ue_input *input)
{
	if (input->nas->type == NAS_SERVICE_REJECT)
		return act_on(ue, input->nas->service_reject.cause, &input->nas->service_reject.t3346,
		              input->integrity);
	return deregistered(ue, &input->nas->deregistration_command);
}

/* 5.4.1.3.5: whatever was under way is over. */
uint8_t ue_authentication_rejected(struct ue *ue, const struct ue_input *input)
{
	ue_stop_timer(ue, &ue->run->guard);
	ue_stop_timer(ue, &ue->retry);
	ue->t3519_until_ns = 0;
	ue->last_cause = MSG_CAUSE_ILLEGAL_UE;
	lose_registration(ue);
	ue_enter(ue, UE_REG_NONE);
	ue_feed(ue, UE_SERVICE, UE_SRV_E_ABORT, NULL);
	ue_await_release(ue);
	ue_forget_context(ue);
	ue->usim_invalid = input->integrity;
	return input->integrity ? limited(ue, -1) : unproven(ue);
}

/* 5.4.1.3.7 g: the connection is released at once, the cell barred; then as after a lower layer
 * failure. */
uint8_t ue_network_not_genuine(struct ue *ue)
{
	const struct ue_config *config = ue_all(ue)->config;
	bool under_way = ue->at[UE_REGISTRATION] == UE_REG_REQUESTED;

	ue_stop_timer(ue, &ue->run->guard);
	ue->guarded = false;
	ue_enter(ue, UE_REG_LIMITED); /* before others hear of the release and want to connect again */
	ue_disconnect(ue);
	if (!under_way && !ue->registered) /* it was leaving */
		return ue_enter(ue, UE_REG_NONE);
	ue->forbidden = 0; /* a cell is barred, not the area */
	ue_start_timer(ue, &ue->retry, config->bar_time_ns, UE_REGISTRATION, UE_REG_E_RETRY);
	if (under_way && ++ue->attempt >= config->attempts && ue->type == NAS_INITIAL) {
		ue_forget_context(ue);
		ue_tell(ue, false);
	}
	return ue->at[UE_REGISTRATION];
}
