/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      each background subscriber's arrivals as a Poisson process of its own, a fixed stay;
 *             probes as one Poisson process dealt to the probe subscribers in turn.
 * Leaves out  the shape of the day, handover: who moves is idle, and may turn up in any other cell.
 * Sources     Wolff, "Poisson arrivals see time averages", Oper. Res. 30(2), 1982 (probes).
 */
#include "models/nf/subscriber.h"

enum { DETAIL_ARRIVE = 1, DETAIL_LEAVE, DETAIL_PROBE, DETAIL_MOVE, DETAIL_CALL };

struct subscribers {
	struct nf_env *env;
	struct ues *ues;
	struct demand *demand;
	const struct subscriber_plan *plan;
	uint32_t *arrivals;  /* of each UE: names the draw of its next gap       */
	uint16_t *moves, *calls; /* likewise                                      */
	int64_t *open_ns;    /* start of the demand that is open, or -1          */
	uint32_t probes;     /* planned so far                                   */
	uint32_t next_probe; /* whose turn it is                                 */
};

static bool is_probe(const struct subscribers *s, uint32_t ue)
{
	return ue - s->plan->first_probe < s->plan->n_probes;
}

static int64_t gap_ns(const struct subscribers *s, uint32_t ue, uint32_t k, double mean_ns)
{
	struct sim_stream stream = nf_stream(s->env, NF_DRAW_ARRIVALS, ue, k, 0);

	return sim_stream_gap_ns(&stream, mean_ns);
}

static void plan_arrival(struct subscribers *s, uint32_t ue)
{
	double mean_ns = (double)SIM_NS_PER_S / s->plan->registrations_per_s;

	sim_after(s->env->sim, gap_ns(s, ue, s->arrivals[ue]++, mean_ns), NF_KIND_SUBSCRIBER,
	          DETAIL_ARRIVE, ue, 0);
}

static void plan_probe(struct subscribers *s)
{
	int64_t gap = gap_ns(s, s->plan->first_probe, s->probes++,
	                     (double)s->plan->probe_interval_ns);

	sim_after(s->env->sim, gap, NF_KIND_SUBSCRIBER, DETAIL_PROBE, 0, 0);
}

static int64_t gap_of(const struct subscribers *s, enum nf_purpose purpose, uint32_t ue, uint32_t k,
                      double per_s)
{
	struct sim_stream stream = nf_stream(s->env, purpose, ue, k, 0);

	return sim_stream_gap_ns(&stream, (double)SIM_NS_PER_S / per_s);
}

static void plan_move(struct subscribers *s, uint32_t ue)
{
	sim_after(s->env->sim, gap_of(s, NF_DRAW_MOVE, ue, s->moves[ue]++, s->plan->moves_per_s),
	          NF_KIND_SUBSCRIBER, DETAIL_MOVE, ue, 0);
}

static void plan_call(struct subscribers *s, uint32_t ue)
{
	sim_after(s->env->sim, gap_of(s, NF_DRAW_CALL, ue, s->calls[ue]++, s->plan->calls_per_s),
	          NF_KIND_SUBSCRIBER, DETAIL_CALL, ue, 0);
}

static void move(struct subscribers *s, uint32_t ue)
{
	struct sim_stream stream = nf_stream(s->env, NF_DRAW_MOVE, ue, s->moves[ue], 1);
	uint32_t n = s->plan->n_cells;

	if (n < 2 || ue_is_connected(s->ues, ue))
		return;
	ue_place(s->ues, ue, (ue_cell(s->ues, ue) + 1 + sim_stream_below(&stream, n - 1)) % n,
	         s->moves[ue]);
}

/* A wish while the last one is still being pursued, or while the UE is registered, is no demand. */
static void want(struct subscribers *s, uint32_t ue)
{
	if (ue_register(s->ues, ue))
		s->open_ns[ue] = s->env->sim->now_ns;
}

/* The next subscriber that is not still trying: in an outage as well, every probe is sent. */
static void send_probe(struct subscribers *s)
{
	uint32_t n = s->plan->n_probes;

	for (uint32_t tried = 0; tried < n; tried++) {
		uint32_t ue = s->plan->first_probe + s->next_probe++ % n;
		if (ue_register(s->ues, ue)) {
			s->open_ns[ue] = s->env->sim->now_ns;
			return;
		}
	}
	s->env->counter[NF_COUNT_PROBES_SKIPPED]++;
}

static void on_event(void *context, const struct sim_event *event)
{
	struct subscribers *s = context;

	switch (event->detail) {
	case DETAIL_ARRIVE:
		plan_arrival(s, event->to);
		want(s, event->to);
		break;
	case DETAIL_PROBE:
		plan_probe(s);
		send_probe(s);
		break;
	case DETAIL_MOVE:
		plan_move(s, event->to);
		move(s, event->to);
		break;
	case DETAIL_CALL:
		plan_call(s, event->to);
		if (ue_is_registered(s->ues, event->to))
			s->plan->call(s->plan->context, event->to);
		break;
	default: /* DETAIL_LEAVE */
		if (ue_is_registered(s->ues, event->to))
			ue_deregister(s->ues, event->to);
	}
}

static void registered(void *context, uint32_t ue, bool ok, uint8_t cause, uint8_t attempts,
                       const struct sim_span *span)
{
	struct subscribers *s = context;
	/* not open_ns: after T3502 the UE begins again by itself, and that is a demand too */
	int64_t start_ns = span->since_ns - sim_span_total(span);
	bool met = ok && sim_span_total(span) <= s->plan->registration_deadline_ns;

	s->open_ns[ue] = -1;
	nf_record_latency(s->env, REC_M_REGISTRATION, ue, start_ns, span,
	                  ok ? REC_OUTCOME_OK : REC_OUTCOME_FAILED, met, cause, attempts);
	demand_registration(s->demand, (enum rec_class)s->env->class_of_ue[ue], start_ns, met,
	                    attempts, ok);
	if (is_probe(s, ue))
		ue_deregister(s->ues, ue);
	else if (ok)
		sim_after(s->env->sim, s->plan->stay_ns, NF_KIND_SUBSCRIBER, DETAIL_LEAVE, ue, 0);
}

struct subscribers *subscribers_new(struct nf_env *env, struct ues *ues, struct demand *demand,
                                    const struct subscriber_plan *plan)
{
	struct sim_arena *arena = env->sim->arena;
	struct subscribers *s = sim_arena_alloc(arena, sizeof *s);
	const struct ue_user user = {.context = s, .registered = registered};
	uint32_t n = plan->n_background + plan->n_probes;

	*s = (struct subscribers){.env = env, .ues = ues, .demand = demand, .plan = plan};
	s->arrivals = sim_arena_alloc(arena, env->n_ues * sizeof *s->arrivals);
	s->moves = sim_arena_alloc(arena, env->n_ues * sizeof *s->moves);
	s->calls = sim_arena_alloc(arena, env->n_ues * sizeof *s->calls);
	s->open_ns = sim_arena_alloc(arena, env->n_ues * sizeof *s->open_ns);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t ue = i < plan->n_background ? plan->first_background + i
		                                     : plan->first_probe + i - plan->n_background;
		s->open_ns[ue] = -1;
		ue_set_user(ues, ue, &user);
		ue_place(ues, ue, i % plan->n_cells, 0);
	}
	sim_on(env->sim, NF_KIND_SUBSCRIBER, on_event, s);
	return s;
}

void subscribers_start(struct subscribers *s)
{
	for (uint32_t i = 0; i < s->plan->n_background; i++) {
		uint32_t ue = s->plan->first_background + i;
		if (s->plan->registrations_per_s > 0)
			plan_arrival(s, ue);
		if (s->plan->moves_per_s > 0)
			plan_move(s, ue);
		if (s->plan->calls_per_s > 0)
			plan_call(s, ue);
	}
	if (s->plan->n_probes > 0 && s->plan->probe_interval_ns > 0)
		plan_probe(s);
}

void subscribers_finish(struct subscribers *s)
{
	for (uint32_t ue = 0; ue < s->env->n_ues; ue++) {
		bool mine = ue - s->plan->first_background < s->plan->n_background || is_probe(s, ue);
		if (mine && s->open_ns[ue] >= 0)
			nf_record_latency(s->env, REC_M_REGISTRATION, ue, s->open_ns[ue], NULL,
			                  REC_OUTCOME_CENSORED, false, 0, 1);
	}
}
