/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      which AMF serves a subscriber: its registration, linked to a recent authentication where the
 *             policy says so, the notification of an AMF that another one replaces, deregistration with
 *             removal of the security context at the AUSF, re-authentication at the home's request.
 * Leaves out  non-3GPP registrations, several AUSFs of one subscriber.
 * Sources     TS 33.501 6.1.4.1a, 6.1.4.2, 6.1.5, 14.1.5; TS 29.503; TS 23.502 4.2.2.2.2 step 14.
 */
#include "models/nf/udm_state.h"

static struct msg *to_udr(struct udm *udm, const struct msg *request, enum msg_type type)
{
	struct msg *ask = relay_ask(&udm->relay, request, type);

	ask->subscription.msin = request->subscription.msin;
	return ask;
}

void udm_uecm_register(struct udm *udm, const struct msg *request)
{
	bool linked = udm->config->link_registration;
	struct msg *ask = to_udr(udm, request, linked ? MSG_UDR_AUTH_STATUS_GET : MSG_UDR_UECM);

	nf_send(udm->env, udm->env->node.udm, udm->env->node.udr, ask);
}

/* 6.1.4.1a: an AMF in whose network nobody has authenticated registers a subscriber who is elsewhere. */
static bool is_recent(const struct udm *udm, const struct msg *told)
{
	const struct msg_subscription *status = &told->subscription;

	return told->cause == MSG_CAUSE_NONE && status->success && status->time_ns >= 0 &&
	       udm->env->sim->now_ns - status->time_ns <= udm->config->link_window_ns;
}

void udm_told_status(struct udm *udm, const struct msg *told)
{
	struct relay_entry *entry = relay_find_of(&udm->relay, told, MSG_UDM_UECM);
	struct msg request;

	if (!entry)
		return;
	request = entry->request;
	relay_forget(&udm->relay, told);
	if (is_recent(udm, told)) {
		request.span = told->span;
		nf_send(udm->env, udm->env->node.udm, udm->env->node.udr,
		        to_udr(udm, &request, MSG_UDR_UECM));
	} else {
		udm->env->counter[NF_COUNT_REGISTRATIONS_UNLINKED]++;
		udm_reply(udm, &request, MSG_UDM_UECM_RSP, MSG_CAUSE_ROAMING_NOT_ALLOWED, &told->span);
	}
}

/* ---- what the UDM begins by itself ---- */

static struct msg *to_amf(struct udm *udm, uint64_t msin, enum msg_type type)
{
	const struct udm_subscriber *s = udm_subscriber(udm, msin);
	const struct sim_span span = sim_span_start(udm->env->sim->now_ns);
	struct msg *msg = nf_message_for(udm->env, type, (uint32_t)(msin - HOME_MSIN_FIRST),
	                                 s->uecm_procedure, &span);

	msg->subscription.msin = msin;
	return msg;
}

static void plan_reauthentication(struct udm *udm, struct udm_subscriber *s, uint64_t msin)
{
	struct sim *sim = udm->env->sim;

	sim_timer_stop(sim, &s->reauthentication);
	if (udm->config->reauthentication_ns > 0)
		sim_timer_start(sim, &s->reauthentication, udm->config->reauthentication_ns,
		                NF_KIND_TIMER, UDM_TIMER_REAUTHENTICATION, udm->env->node.udm, msin);
}

void udm_authenticated(struct udm *udm, uint64_t msin)
{
	struct udm_subscriber *s = udm_subscriber(udm, msin);

	if (s && s->amf != UDM_NOBODY)
		plan_reauthentication(udm, s, msin);
}

/* 6.1.5: the AMF authenticates again when it can; the next one is planned from that authentication. */
void udm_reauthenticate(struct udm *udm, uint64_t msin)
{
	struct udm_subscriber *s = udm_subscriber(udm, msin);

	if (!s || s->amf == UDM_NOBODY)
		return;
	udm->env->counter[NF_COUNT_REAUTHENTICATIONS]++;
	nf_send(udm->env, udm->env->node.udm, s->amf, to_amf(udm, msin, MSG_UDM_REAUTH_NOTIFY));
}

/* Another function of the home network asks for it, such as an AAnF whose KAKMA is out of date. */
void udm_auth_trigger(struct udm *udm, const struct msg *request)
{
	uint64_t msin = request->subscription.msin;
	const struct udm_subscriber *s = udm_subscriber(udm, msin);
	bool served = s && s->amf != UDM_NOBODY;

	udm_reply(udm, request, MSG_UDM_AUTH_TRIGGER_RSP,
	          served ? MSG_CAUSE_NONE : MSG_CAUSE_UE_IDENTITY_UNKNOWN, &request->span);
	udm_reauthenticate(udm, msin);
}

/* ---- registrations ---- */

static void notify_replaced(struct udm *udm, uint16_t amf, uint64_t msin)
{
	struct msg *notify = to_amf(udm, msin, MSG_UDM_DEREGISTER_NOTIFY);

	notify->subscription.reason = MSG_REASON_INITIAL_REGISTRATION;
	nf_send(udm->env, udm->env->node.udm, amf, notify);
}

void udm_told_uecm(struct udm *udm, const struct msg *request, const struct msg *told)
{
	uint64_t msin = request->subscription.msin;
	struct udm_subscriber *s = udm_subscriber(udm, msin);

	udm_reply(udm, request, MSG_UDM_UECM_RSP, told->cause, &told->span);
	if (told->cause != MSG_CAUSE_NONE || !s)
		return;
	s->uecm_procedure = request->procedure;
	if (s->amf != UDM_NOBODY && s->amf != request->from)
		notify_replaced(udm, s->amf, msin);
	s->amf = request->from;
	plan_reauthentication(udm, s, msin);
}

/* 14.1.5: a subscriber whom nobody serves has no use for KAUSF. Nobody waits for the answer. */
void udm_told_deregistered(struct udm *udm, const struct msg *request, const struct msg *told)
{
	uint64_t msin = request->subscription.msin;
	struct udm_subscriber *s = udm_subscriber(udm, msin);
	struct msg *clear;

	udm_reply(udm, request, MSG_UDM_UECM_DEREGISTER_RSP, told->cause, &told->span);
	if (told->cause != MSG_CAUSE_NONE || !s || s->amf != request->from)
		return; /* an AMF that another one has replaced has nothing to say */
	s->amf = UDM_NOBODY;
	sim_timer_stop(udm->env->sim, &s->reauthentication);
	clear = nf_message(udm->env, MSG_AUSF_DEREGISTER, told);
	clear->subscription.msin = msin;
	nf_send(udm->env, udm->env->node.udm, udm->env->node.ausf, clear);
}
