/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      registration at the UE: initial (TS 24.501 5.5.1.2), mobility and periodic (5.5.1.3)
 *             with T3510, attempt counter, T3511 and T3502; rejects by ue_reject.c's table, those
 *             without integrity protection for the time of T3247 (5.3.20); a cell barred after
 *             authentication failures.
 * Leaves out  emergency registration, equivalent networks, slices, what other cells would offer.
 * Sources     the clauses named in the table at the end.
 */
#include "models/nf/ue_state.h"

#include "models/nf/gprs_timer.h"

#include <string.h>

/* ---- what is sent ---- */

static bool sends_guti(const struct ue *ue)
{
	return ue->tmsi != 0 && (ue->type != NAS_INITIAL ||
	                         ue_all(ue)->config->initial_identity == UE_IDENTITY_GUTI);
}

static struct nas_registration_request request_of(const struct ue *ue)
{
	return (struct nas_registration_request){.ngksi = ue->security.ngksi, .type = ue->type,
		.follow_on = ue->type == NAS_INITIAL || ue->n_pending > 0,
		.identity = ue->run->sent_tmsi ? ue_guti(ue, ue->run->sent_tmsi) : ue_suci(ue),
		.security_capability = {nas_ue_capability, sizeof nas_ue_capability}};
}

uint16_t ue_whole_request(const struct ue *ue, uint8_t *out)
{
	static const uint8_t nssai[] = {1, 1}; /* SST 1 */
	struct nas_registration_request request = request_of(ue);

	if (ue->type == NAS_INITIAL) /* in the Security Mode Complete: as it was when it was sent */
		request.ngksi = ue->run->sent_ngksi;
	request.capability_5gmm = (struct nas_octet){true, 0};
	request.requested_nssai = (struct nas_octets){nssai, sizeof nssai};
	request.update_type = (struct nas_octet){true, 0};
	return nas_registration_request(&request, out);
}

/* 4.4.6: what may be read by everybody in clear; the whole of it (whole, n_whole octets)
 * ciphered when there is a context. */
static uint16_t encode_request(const struct ue *ue, uint8_t *out, uint8_t *whole,
                               uint16_t *n_whole)
{
	struct nas_registration_request request = request_of(ue);
	uint8_t ciphered[MSG_NAS_MAX];

	*n_whole = 0;
	if (security_valid(&ue->security)) {
		*n_whole = ue_whole_request(ue, whole);
		memcpy(ciphered, whole, *n_whole);
		security_cipher(ue_all(ue)->env, ue->number, &ue->security, true, ciphered, *n_whole);
		request.container = (struct nas_octets){ciphered, *n_whole};
	}
	return nas_registration_request(&request, out);
}

static void send_request(struct ue *ue)
{
	struct ue_output output = {.type = MSG_REGISTRATION_REQUEST, .step = SVC_N_STEPS};
	uint8_t plain[MSG_NAS_MAX], whole[MSG_NAS_MAX];

	if (sends_guti(ue)) {
		ue->run->sent_tmsi = ue->tmsi;
	} else { /* who needs a SUCI has no context that the network could know it by */
		ue->security.ngksi = NAS_NGKSI_NONE;
		ue->run->sent_tmsi = 0;
		output.crypto_ns = ue_make_suci(ue);
	}
	ue->run->sent_ngksi = ue->security.ngksi;
	if (security_valid(&ue->security)) {
		output.security = NAS_INTEGRITY;
		output.crypto_ns = ue_cost(ue, CRYPTO_OP_NAS_MAC) + ue_cost(ue, CRYPTO_OP_NAS_CIPHER);
	}
	ue_note_heard(ue, ue->run->sent_tmsi);
	ue_trace(ue, NF_P_REGISTRATION, MSG_REGISTRATION_REQUEST, ue->type, 0);
	const uint16_t n = encode_request(ue, plain, whole, &output.n_whole);
	output.whole = whole;
	ue_send_nas(ue, &output, plain, n);
	ue_start_timer(ue, &ue->run->guard, ue_all(ue)->config->t3510_ns, UE_REGISTRATION, UE_REG_E_T3510);
}

/* ---- attempts ---- */

/* 0-7 number the registration attempts of a demand; an update's are numbered with the rest of
 * life. */
static uint32_t procedure_of_attempt(struct ue *ue)
{
	if (ue->type != NAS_INITIAL || ue->attempts_made > 7)
		return ue_next_procedure(ue_all(ue), ue->number);
	return ue->demand << 8 | ue->attempts_made;
}

static uint8_t start_attempt(struct ue *ue)
{
	ue->attempts_made++;
	if (ue->type == NAS_INITIAL)
		ue_count(ue, demand_tried);
	ue->procedure = procedure_of_attempt(ue);
	if (ue_may_send(ue)) {
		send_request(ue);
		return UE_REG_REQUESTED;
	}
	ue_connect(ue);
	return UE_REG_CONNECTING;
}

static uint8_t begin(struct ue *ue)
{
	ue_feed(ue, UE_SERVICE, UE_SRV_E_ABORT, NULL);
	ue_stop_timer(ue, &ue->retry);
	sim_alarm_stop(ue_all(ue)->env->sim, &ue->t3512);
	ue->update_wanted = false;
	ue->attempt = 0;
	ue->attempts_made = 0;
	ue->last_cause = 0;
	ue->run->span = sim_span_start(ue_all(ue)->env->sim->now_ns);
	return start_attempt(ue);
}

/* A demand of its own: numbers of attempts begin anew. */
uint8_t ue_begin_initial(struct ue *ue)
{
	ue->type = NAS_INITIAL;
	ue->demand++;
	ue->extra_procedures = 0;
	return begin(ue);
}

void ue_begin_registration(struct ue *ue, enum nas_registration_type type)
{
	ue->type = (uint8_t)type;
	ue_feed(ue, UE_REGISTRATION, UE_REG_E_BEGIN, NULL);
}

/* The user hears once how its demand ended; what the network makes the UE repeat is no demand. */
void ue_tell(struct ue *ue, bool ok)
{
	ue_trace(ue, NF_P_REGISTRATION, MSG_NONE, ok ? 0 : 1, ue->last_cause);
	if (ue->demanded) {
		ue->demanded = false;
		if (ok)
			ue_count(ue, demand_completed);
		if (ue_user(ue)->registered)
			ue_user(ue)->registered(ue_user(ue)->context, ue->number, ok, ue->last_cause,
			                        ue->attempts_made, &ue->run->span);
	} else if (!ue->registered && ue_user(ue)->deregistered) {
		ue_user(ue)->deregistered(ue_user(ue)->context, ue->number);
	}
}

/* ---- retry ---- */

/* There is service again and nothing was under way: an update may have become due meanwhile. */
static uint8_t resume(struct ue *ue)
{
	if (!ue_in_area(ue))
		ue->type = NAS_MOBILITY_UPDATE;
	else if (ue_t3512_ns(ue) >= 0 && !sim_alarm_is_set(&ue->t3512))
		ue->type = NAS_PERIODIC_UPDATE; /* 5.3.7: it ran out while there was none */
	else
		return UE_REG_NONE;
	return begin(ue);
}

static uint8_t retry(struct ue *ue)
{
	if (ue->usim_invalid)
		return UE_REG_LIMITED;
	if (ue->registered && ue->type == 0)
		return resume(ue);
	if (ue->at[UE_REGISTRATION] == UE_REG_LIMITED && ue->demanded) {
		sim_span_mark(&ue->run->span, ue_all(ue)->env->sim->now_ns, SIM_PART_TIMER);
		return start_attempt(ue);
	}
	if (ue->type != NAS_INITIAL && ue->registered)
		return ue->attempt >= ue_all(ue)->config->attempts ||
		               ue->at[UE_REGISTRATION] == UE_REG_LIMITED
		           ? begin(ue)
		           : start_attempt(ue);
	if (!ue->demanded && (ue->attempt >= ue_all(ue)->config->attempts ||
	                      ue->at[UE_REGISTRATION] == UE_REG_LIMITED)) {
		ue->demanded = ue->anew = true; /* after T3502 and the like: a demand of the UE's own */
		return ue_begin_initial(ue);
	}
	sim_span_mark(&ue->run->span, ue_all(ue)->env->sim->now_ns, SIM_PART_TIMER);
	return start_attempt(ue);
}

/* ---- acceptance ---- */

bool ue_take_guti(struct ue *ue, bool has_guti, const struct id_guti *guti)
{
	if (!has_guti)
		return false;
	ue->tmsi = guti->tmsi;
	ue->guami = (struct ue_guami){.plmn = guti->plmn, .amf_region = guti->amf_region,
		.amf_set = guti->amf_set, .amf_pointer = guti->amf_pointer};
	ue->t3519_until_ns = 0; /* 24.501 5.5.1.2.4: a 5G-GUTI stops T3519 */
	return true;
}

static bool take_accept(struct ue *ue, const struct nas_registration_accept *accept)
{
	bool new_guti = ue_take_guti(ue, accept->has_guti, &accept->guti);

	if (accept->tai_list.n > 0)
		ue_take_area(ue, &accept->tai_list);
	if (accept->t3512.present) {
		ue->has_t3512 = true;
		ue->t3512_value = accept->t3512.value;
	}
	/* Not given, or deactivated: the default. */
	ue->has_t3502 = accept->t3502.present && gprs_timer2_ns(accept->t3502.value) >= 0;
	ue->t3502_value = accept->t3502.value;
	return new_guti;
}

static void send_complete(struct ue *ue, const struct ue_input *input)
{
	uint8_t plain[MSG_NAS_MAX];

	ue_trace(ue, NF_P_REGISTRATION, MSG_REGISTRATION_COMPLETE, 0, 0);
	ue_answer(ue, MSG_REGISTRATION_COMPLETE, input, SVC_ue_accept, plain,
	          nas_registration_complete(plain));
}

static uint8_t accepted(struct ue *ue, const struct ue_input *input)
{
	bool stays = ue->type == NAS_INITIAL || ue->n_pending > 0; /* follow-on request */

	ue_stop_timer(ue, &ue->run->guard);
	ue_feed(ue, UE_AUTHENTICATION, UE_AUTH_E_STOP, NULL);
	if (take_accept(ue, &input->nas->registration_accept))
		send_complete(ue, input);
	ue->attempt = 0;
	ue->rejects = 0;
	ue->type = 0;
	ue->registered = true;
	ue_enter(ue, UE_REG_NONE);
	if (stays)
		ue_flush(ue);
	else
		ue_await_release(ue);
	ue_tell(ue, true);
	return ue->at[UE_REGISTRATION];
}

/* T3550 ran out: the Complete was lost (5.5.1.2.8 c). */
static uint8_t accepted_again(struct ue *ue, const struct ue_input *input)
{
	if (!ue->registered) {
		ue_unexpected(ue, UE_REG_NONE, UE_REG_E_ACCEPT, input);
		return UE_REG_NONE;
	}
	if (take_accept(ue, &input->nas->registration_accept))
		send_complete(ue, input);
	return UE_REG_NONE;
}

/* ---- the table ---- */

static uint8_t aborted(struct ue *ue)
{
	if (ue->at[UE_REGISTRATION] == UE_REG_REQUESTED)
		ue_stop_timer(ue, &ue->run->guard);
	ue_stop_timer(ue, &ue->retry);
	ue->usim_invalid = false; /* its user switches it off */
	ue->demanded = false;
	ue->type = 0;
	return UE_REG_NONE;
}

static uint8_t in_none(void *self, uint8_t event, const void *arg)
{
	struct ue *ue = self;

	switch (event) {
	case UE_REG_E_BEGIN:
		return ue->type == NAS_INITIAL ? ue_begin_initial(ue) : begin(ue);
	case UE_REG_E_T3512:
		if (ue_mm(ue) != UE_REGISTERED)
			return UE_REG_NONE;
		ue->type = NAS_PERIODIC_UPDATE;
		return begin(ue);
	case UE_REG_E_ACCEPT:
		return accepted_again(ue, arg);
	case UE_REG_E_ABORT:
		return aborted(ue);
	default: /* a refusal of another procedure's */
		return event == UE_REG_E_REJECTED_ELSEWHERE ? ue_rejected_elsewhere(ue, arg)
		       : event == UE_REG_E_NOT_GENUINE      ? ue_network_not_genuine(ue)
		                                            : ue_authentication_rejected(ue, arg);
	}
}

static uint8_t in_connecting(void *self, uint8_t event, const void *arg)
{
	struct ue *ue = self;

	(void)arg;
	if (event == UE_REG_E_ABORT)
		return aborted(ue);
	if (event != UE_REG_E_CONNECTED)
		return ue_attempt_failed(ue, 0, false);
	send_request(ue);
	return UE_REG_REQUESTED;
}

static uint8_t in_requested(void *self, uint8_t event, const void *arg)
{
	struct ue *ue = self;

	switch (event) {
	case UE_REG_E_ACCEPT:
		return accepted(ue, arg);
	case UE_REG_E_REJECT:
		return ue_rejected(ue, arg);
	case UE_REG_E_AUTHENTICATION_REJECT:
		return ue_authentication_rejected(ue, arg);
	case UE_REG_E_REJECTED_ELSEWHERE:
		return ue_rejected_elsewhere(ue, arg);
	case UE_REG_E_NOT_GENUINE:
		return ue_network_not_genuine(ue);
	case UE_REG_E_ABORT:
		return aborted(ue);
	default: /* T3510, release */
		if (event == UE_REG_E_T3510)
			sim_span_mark(&ue->run->span, ue_all(ue)->env->sim->now_ns, SIM_PART_TIMER);
		else
			sim_span_mark(&ue->run->span, ue_all(ue)->env->sim->now_ns, SIM_PART_RADIO);
		return ue_attempt_lost(ue);
	}
}

static uint8_t in_waiting(void *self, uint8_t event, const void *arg)
{
	struct ue *ue = self;

	switch (event) {
	case UE_REG_E_ABORT:
		return aborted(ue);
	case UE_REG_E_REJECTED_ELSEWHERE:
		return ue_rejected_elsewhere(ue, arg);
	case UE_REG_E_AUTHENTICATION_REJECT:
		return ue_authentication_rejected(ue, arg);
	case UE_REG_E_NOT_GENUINE:
		return ue_network_not_genuine(ue);
	case UE_REG_E_BEGIN: /* an update is asked for already, or a place is tried that may serve */
	case UE_REG_E_T3512:
		return ue->at[UE_REGISTRATION];
	default: /* UE_REG_E_RETRY */
		ue_stop_timer(ue, &ue->retry);
		return retry(ue);
	}
}

static const char *const event_names[] = {
	[UE_REG_E_BEGIN] = "registration wanted", [UE_REG_E_CONNECTED] = "connection",
	[UE_REG_E_NOT_CONNECTED] = "lower layer failure", [UE_REG_E_ACCEPT] = "Registration Accept",
	[UE_REG_E_REJECT] = "Registration Reject",
	[UE_REG_E_AUTHENTICATION_REJECT] = "Authentication Reject",
	[UE_REG_E_REJECTED_ELSEWHERE] = "Service Reject or Deregistration Request",
	[UE_REG_E_NOT_GENUINE] = "network not genuine", [UE_REG_E_RELEASED] = "release",
	[UE_REG_E_T3510] = "T3510", [UE_REG_E_T3512] = "T3512",
	[UE_REG_E_RETRY] = "T3511, T3502, T3346, T3247 or the end of a bar",
	[UE_REG_E_ABORT] = "deregistration",
};

#define BIT SIM_FSM_BIT
enum {
	REFUSALS = BIT(UE_REG_E_AUTHENTICATION_REJECT) | BIT(UE_REG_E_REJECTED_ELSEWHERE) |
	           BIT(UE_REG_E_NOT_GENUINE),
	EVERY = BIT(UE_REG_NONE) | BIT(UE_REG_CONNECTING) | BIT(UE_REG_REQUESTED) |
	        BIT(UE_REG_WAITING) | BIT(UE_REG_LIMITED) /* users act within a step */
};
static const struct sim_fsm_row rows[] = {
	{UE_REG_NONE, "no registration under way", "TS 24.501 5.5.1.1",
	 BIT(UE_REG_E_BEGIN) | BIT(UE_REG_E_T3512) | BIT(UE_REG_E_ACCEPT) | BIT(UE_REG_E_ABORT) |
	     REFUSALS,
	 EVERY, in_none},
	{UE_REG_CONNECTING, "5GMM-REGISTERED-INITIATED, RRC set-up", "TS 38.331 5.3.3",
	 BIT(UE_REG_E_CONNECTED) | BIT(UE_REG_E_NOT_CONNECTED) | BIT(UE_REG_E_ABORT), EVERY,
	 in_connecting},
	{UE_REG_REQUESTED, "5GMM-REGISTERED-INITIATED", "TS 24.501 5.5.1.2.2, 5.5.1.3.2",
	 BIT(UE_REG_E_ACCEPT) | BIT(UE_REG_E_REJECT) | BIT(UE_REG_E_RELEASED) |
	     BIT(UE_REG_E_T3510) | BIT(UE_REG_E_ABORT) | REFUSALS,
	 EVERY, in_requested},
	{UE_REG_WAITING, "ATTEMPTING-REGISTRATION or ATTEMPTING-REGISTRATION-UPDATE",
	 "TS 24.501 5.5.1.2.7, 5.5.1.3.7",
	 BIT(UE_REG_E_RETRY) | BIT(UE_REG_E_ABORT) | BIT(UE_REG_E_BEGIN) | BIT(UE_REG_E_T3512) |
	     REFUSALS,
	 EVERY, in_waiting},
	{UE_REG_LIMITED, "LIMITED-SERVICE or NO-SUPI", "TS 24.501 5.1.3.2.1.2, 5.5.1.2.5",
	 BIT(UE_REG_E_RETRY) | BIT(UE_REG_E_ABORT) | BIT(UE_REG_E_BEGIN) | BIT(UE_REG_E_T3512) |
	     REFUSALS,
	 EVERY, in_waiting},
};
#undef BIT

const struct sim_fsm ue_registration = {
	.name = "registration at the UE", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.event_names = event_names, .n_events = UE_REG_N_EVENTS, .unexpected = ue_unexpected,
};
