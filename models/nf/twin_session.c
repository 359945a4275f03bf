/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The surgery session as the headset sees it: keep-alives on a grid from the moment of readiness
 * (so that their number does not depend on how long answers take), and without a pause while none
 * is answered.
 */
#include "models/nf/twin_state.h"

static void start(struct twin *t, struct sim_timer *timer, int64_t delay_ns, enum twin_event event)
{
	struct sim *sim = t->all->env->sim;

	sim_timer_stop(sim, timer);
	sim_timer_start(sim, timer, delay_ns, NF_KIND_SURGEON,
	                (uint16_t)(TWIN_EVENT | (unsigned)event), t->ue, 0);
}

static void await_tick(struct twin *t)
{
	int64_t interval = t->all->config->keep_alive_ns;
	int64_t inside = twin_now(t) - t->ready_ns;

	start(t, &t->tick, interval - inside % interval, TWIN_E_TICK);
}

static void send_keep_alive(struct twin *t)
{
	struct nf_env *env = t->all->env;
	struct sim_span span = sim_span_start(twin_now(t));

	t->keep_alives++;
	struct msg *msg = nf_message_for(env, MSG_KEEP_ALIVE, t->ue,
	                                 twin_procedure(t, t->keep_alives), &span);
	msg->asker = (struct sim_handle){t->ue, TWIN_ALIVE_TOKENS | t->serial << 12 | t->keep_alives};
	msg->dt.session = t->visit;
	msg->dt.count = t->keep_alives;
	t->sent_ns = twin_now(t);
	ue_send(t->all->ues, t->ue, (uint16_t)(env->node.hospital0 + t->hospital),
	        (struct nf_demand){0, 0}, msg);
	start(t, &t->timer, t->all->config->answer_ns, TWIN_E_NO_ANSWER);
}

static void tell_interruption(struct twin *t, bool ended)
{
	nf_trace_step(t->all->env, NF_TRACE_UE, t->ue, NF_P_SESSION, MSG_KEEP_ALIVE, 1,
	              DT_CAUSE_NO_ANSWER);
	t->news = (struct twin_news){.what = TWIN_INTERRUPTED, .from_ns = t->silent_since_ns,
		.to_ns = twin_now(t), .ended = ended};
	t->silent_since_ns = -1;
}

static void answered(struct twin *t)
{
	sim_timer_stop(t->all->env->sim, &t->timer);
	if (t->silent_since_ns >= 0)
		tell_interruption(t, false);
	await_tick(t);
}

/* An interruption begins when the first keep-alive that found no answer was sent. */
static void unanswered(struct twin *t)
{
	if (t->silent_since_ns < 0)
		t->silent_since_ns = t->sent_ns;
	if (twin_now(t) - t->silent_since_ns > t->all->config->lost_ns)
		tell_interruption(t, true);
	else
		send_keep_alive(t);
}

void twin_session_begin(struct twin *t)
{
	t->ready_ns = twin_now(t);
	t->silent_since_ns = -1;
	t->keep_alives = 0;
	await_tick(t);
}

void twin_session_end(struct twin *t)
{
	sim_timer_stop(t->all->env->sim, &t->timer);
	sim_timer_stop(t->all->env->sim, &t->tick);
	if (t->silent_since_ns >= 0)
		tell_interruption(t, false);
}

void twin_session_event(struct twin *t, enum twin_event event)
{
	if (event == TWIN_E_TICK)
		send_keep_alive(t);
	else if (event == TWIN_E_ALIVE)
		answered(t);
	else
		unanswered(t);
}
