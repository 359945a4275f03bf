/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      probes as one Poisson process dealt to the probe subscribers in turn.
 * Leaves out  everything that a subscriber does once it is registered: it leaves at once.
 * Sources     Wolff, "Poisson arrivals see time averages", Oper. Res. 30(2), 1982.
 */
#include "models/nf/probe.h"

struct probes {
	struct nf_env *env;
	struct ues *ues;
	struct probe_plan plan;
	uint32_t planned; /* so far         */
	uint32_t next;    /* whose turn it is */
};

static void plan_next(struct probes *probes)
{
	struct sim_stream stream = nf_stream(probes->env, NF_DRAW_PROBE, probes->plan.first,
	                                     probes->planned++, 0);

	sim_after(probes->env->sim, sim_stream_gap_ns(&stream, (double)probes->plan.interval_ns),
	          NF_KIND_PROBE, 0, 0, 0);
}

/* The next subscriber that is not still trying: in an outage as well, every probe is sent. */
static void send(struct probes *probes)
{
	uint32_t n = probes->plan.n;

	for (uint32_t tried = 0; tried < n; tried++)
		if (ue_register(probes->ues, probes->plan.first + probes->next++ % n))
			return;
	probes->env->counter[NF_COUNT_PROBES_SKIPPED]++;
}

static void on_event(void *context, const struct sim_event *event)
{
	struct probes *probes = context;

	(void)event;
	plan_next(probes);
	send(probes);
}

static void registered(void *context, uint32_t ue, bool ok, uint8_t cause, uint8_t attempts,
                       const struct sim_span *span)
{
	struct probes *probes = context;

	ue_record_demand(probes->ues, ue, probes->plan.registration_deadline_ns, ok, cause, attempts,
	                 span);
	ue_deregister(probes->ues, ue);
}

struct probes *probes_new(struct nf_env *env, struct ues *ues, const struct probe_plan *plan)
{
	struct probes *probes = sim_arena_alloc(env->sim->arena, sizeof *probes);
	const struct ue_user user = {.context = probes, .registered = registered};

	*probes = (struct probes){.env = env, .ues = ues, .plan = *plan};
	for (uint32_t i = 0; i < plan->n; i++) {
		ue_set_user(ues, plan->first + i, &user);
		ue_place(ues, plan->first + i, i % plan->n_cells, 0);
	}
	sim_on(env->sim, NF_KIND_PROBE, on_event, probes);
	return probes;
}

void probes_start(struct probes *probes)
{
	if (probes->plan.n > 0 && probes->plan.interval_ns > 0)
		plan_next(probes);
}

void probes_finish(struct probes *probes)
{
	ue_censor_demands(probes->ues, probes->plan.first, probes->plan.n);
}
