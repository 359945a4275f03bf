/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      which AMF serves a subscriber: its registration, linked to a recent authentication by the same
 *             network where the policy says so (TS 33.501 6.1.4.2, approach 1), the notification of an AMF
 *             that another one replaces, deregistration; which AUSF keeps KAUSF, and that another one is told
 *             to delete it; re-authentication at the home's request.
 * Leaves out  an AMF for each access of a subscriber: the last one counts; approach 2 of 6.1.4.2, which classes networks by trust.
 * Sources     TS 33.501 6.1.4, 6.1.5, 14.1.2.2, 14.2.6, 14.2.7; TS 29.503; TS 23.502 4.2.2.2.2 step 14.
 */
#include "models/nf/udm_state.h"

static struct msg *to_udr(struct udm *udm, const struct msg *request, enum msg_type type)
{
	struct msg *ask = relay_ask(&udm->relay, request, type);

	ask->subscription.msin = request->subscription.msin;
	ask->access = request->access;
	return ask;
}

void udm_uecm_register(struct udm *udm, const struct msg *request)
{
	bool linked = udm->config->link_registration;
	struct msg *ask = to_udr(udm, request, linked ? MSG_UDR_AUTH_STATUS_GET : MSG_UDR_UECM);

	nf_send(udm->env, udm->env->node.udm, udm->env->node.udr, ask);
}

/* Fraud that this hinders: a network registers a subscriber who is somewhere else. */
static bool is_recent(const struct udm *udm, const struct msg *request, const struct msg *told)
{
	const struct msg_subscription *status = &told->subscription;

	return told->cause == MSG_CAUSE_NONE && status->success && status->time_ns >= 0 &&
	       udm->env->sim->now_ns - status->time_ns <= udm->config->link_window_ns &&
	       id_plmn_equal(home_serving(udm->home, told->serving),
	                     home_serving(udm->home, request->serving));
}

void udm_told_status(struct udm *udm, const struct msg *told)
{
	struct relay_entry *entry = relay_find_of(&udm->relay, told, MSG_UDM_UECM);
	struct msg request;

	if (!entry)
		return;
	request = entry->request;
	relay_forget(&udm->relay, told);
	if (is_recent(udm, &request, told)) {
		request.span = told->span;
		nf_send(udm->env, udm->env->node.udm, udm->env->node.udr,
		        to_udr(udm, &request, MSG_UDR_UECM));
	} else {
		udm->env->counter[NF_COUNT_REGISTRATIONS_UNLINKED]++;
		udm_reply(udm, &request, MSG_UDM_UECM_RSP, MSG_CAUSE_ROAMING_NOT_ALLOWED, &told->span);
	}
}

/* ---- what the UDM begins by itself ---- */

/* A request of nobody's: what the chain of messages that follows is booked under. */
static void begin(const struct udm *udm, const struct udm_subscriber *s, uint64_t msin,
                  struct msg *none)
{
	*none = (struct msg){.type = MSG_NONE, .ue = (uint32_t)(msin - HOME_MSIN_FIRST),
		.procedure = s->uecm_procedure, .span = sim_span_start(udm->env->sim->now_ns)};
}

void udm_stop_reauthentication(struct udm *udm, const struct udm_subscriber *s)
{
	if (udm->reauthentication)
		sim_timer_stop(udm->env->sim, &udm->reauthentication[s - udm->subscriber]);
}

static void plan_reauthentication(struct udm *udm, struct udm_subscriber *s, uint64_t msin)
{
	struct sim *sim = udm->env->sim;

	udm_stop_reauthentication(udm, s);
	if (udm->reauthentication)
		sim_timer_start(sim, &udm->reauthentication[s - udm->subscriber],
		                udm->config->reauthentication_ns, NF_KIND_TIMER,
		                UDM_TIMER_REAUTHENTICATION, udm->env->node.udm, msin);
}

/* A vector is out, and its challenge may be (assumption: five runs of T3560, 6 s). */
static bool is_authenticating(const struct udm *udm, const struct udm_subscriber *s)
{
	return s->asked_ns >= 0 && udm->env->sim->now_ns - s->asked_ns < 5 * 6 * SIM_NS_PER_S;
}

/* 6.1.5.2: the AMF authenticates when it can; the next time is planned from that authentication. */
void udm_reauthenticate(struct udm *udm, uint64_t msin)
{
	struct udm_subscriber *s = udm_subscriber(udm, msin);
	struct relay_entry *entry;
	struct msg none, *notify;

	if (!s || s->amf == UDM_NOBODY)
		return;
	if (is_authenticating(udm, s)) {
		plan_reauthentication(udm, s, msin);
		return;
	}
	udm->env->counter[NF_COUNT_REAUTHENTICATIONS]++;
	begin(udm, s, msin, &none);
	notify = relay_ask_as(&udm->relay, &none, MSG_UDM_REAUTH_NOTIFY, &entry);
	entry->msin = msin;
	notify->subscription.msin = msin;
	nf_send(udm->env, udm->env->node.udm, s->amf, notify);
}

/* An AMF that may not or cannot is asked again later. */
void udm_told_reauthentication(struct udm *udm, const struct msg *told)
{
	struct relay_entry *entry = relay_find_of(&udm->relay, told, MSG_NONE);
	struct udm_subscriber *s = entry ? udm_subscriber(udm, entry->msin) : NULL;

	if (s && told->cause != MSG_CAUSE_NONE && s->amf != UDM_NOBODY)
		plan_reauthentication(udm, s, entry->msin);
	if (entry)
		relay_forget(&udm->relay, told);
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

static void notify_replaced(struct udm *udm, const struct msg *cause_of, uint16_t amf)
{
	struct msg *notify = nf_message(udm->env, MSG_UDM_DEREGISTER_NOTIFY, cause_of);

	notify->subscription.msin = cause_of->subscription.msin;
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
		notify_replaced(udm, request, s->amf);
	s->amf = request->from;
	plan_reauthentication(udm, s, msin);
}

void udm_told_deregistered(struct udm *udm, const struct msg *request, const struct msg *told)
{
	uint64_t msin = request->subscription.msin;
	struct udm_subscriber *s = udm_subscriber(udm, msin);

	udm_reply(udm, request, MSG_UDM_UECM_DEREGISTER_RSP, told->cause, &told->span);
	if (told->cause != MSG_CAUSE_NONE || !s || s->amf != request->from)
		return; /* an AMF that another one has replaced has nothing to say */
	s->amf = UDM_NOBODY;
	udm_stop_reauthentication(udm, s);
}

/* ---- the results of authentications ---- */

/* 6.1.4.1: the KAUSF of an AUSF that another one has followed is stale. Nobody waits for the answer. */
static void clear_former(struct udm *udm, const struct msg *event, uint16_t ausf)
{
	struct msg *clear = nf_message(udm->env, MSG_AUSF_DEREGISTER, event);

	clear->subscription.msin = event->subscription.msin;
	nf_send(udm->env, udm->env->node.udm, ausf, clear);
}

void udm_told_event(struct udm *udm, const struct msg *event, const struct msg *told)
{
	uint64_t msin = event->subscription.msin;
	struct udm_subscriber *s = udm_subscriber(udm, msin);

	udm_reply(udm, event, MSG_UDM_AUTH_EVENT_RSP, told->cause, &told->span);
	if (told->cause != MSG_CAUSE_NONE || !s)
		return;
	s->asked_ns = -1;
	if (!event->subscription.success)
		return;
	if (s->ausf != UDM_NOBODY && s->ausf != event->from)
		clear_former(udm, event, s->ausf);
	s->ausf = event->from;
	if (s->amf != UDM_NOBODY)
		plan_reauthentication(udm, s, msin);
}
