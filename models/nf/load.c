/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      an open source of initial registrations: Poisson or at equal distances, the next one
 *             never waiting for the last; each by a subscriber that is not registered.
 * Leaves out  PDU sessions, mobility: a registration is all that is asked for.
 * Sources     the load generator of the measurements in docs/VALIDATION.md.
 */
#include "models/nf/load.h"

enum { DETAIL_ARRIVE = 1, DETAIL_LEAVE };

struct load {
	struct nf_env *env;
	struct ues *ues;
	struct demand *demand;
	struct load_plan plan;
	uint32_t arrivals; /* so far: names the draw of the next gap, and whose turn it is */
	int64_t *open_ns;  /* of each subscriber: start of the registration that is open, or -1 */
};

static bool is_over(const struct load *load)
{
	return load->plan.config->stay_ns < 0 && load->arrivals >= load->plan.n;
}

static void plan_arrival(struct load *load)
{
	double mean_ns = (double)SIM_NS_PER_S / load->plan.config->rate_per_s;
	struct sim_stream stream = nf_stream(load->env, NF_DRAW_LOAD, 0, load->arrivals, 0);
	int64_t gap_ns = load->plan.config->process == LOAD_PACED
	                     ? (int64_t)mean_ns
	                     : sim_stream_gap_ns(&stream, mean_ns);

	if (!is_over(load))
		sim_after(load->env->sim, gap_ns, NF_KIND_LOAD, DETAIL_ARRIVE, 0, 0);
}

/* A subscriber that is still registered when its turn comes again is passed over, and counted. */
static void arrive(struct load *load)
{
	uint32_t i = load->arrivals++ % load->plan.n;

	if (ue_register(load->ues, load->plan.first + i))
		load->open_ns[i] = load->env->sim->now_ns;
	else
		load->env->counter[NF_COUNT_LOAD_SKIPPED]++;
	plan_arrival(load);
}

static void on_event(void *context, const struct sim_event *event)
{
	struct load *load = context;

	if (event->detail == DETAIL_ARRIVE)
		arrive(load);
	else if (ue_is_registered(load->ues, event->to))
		ue_deregister(load->ues, event->to);
}

static void registered(void *context, uint32_t ue, bool ok, uint8_t cause, uint8_t attempts,
                       const struct sim_span *span)
{
	struct load *load = context;
	int64_t start_ns = span->since_ns - sim_span_total(span);
	bool met = ok && sim_span_total(span) <= load->plan.registration_deadline_ns;

	load->open_ns[ue - load->plan.first] = -1;
	nf_record_latency(load->env, REC_M_REGISTRATION, ue, start_ns, span,
	                  ok ? REC_OUTCOME_OK : REC_OUTCOME_FAILED, met, cause, attempts);
	demand_registration(load->demand, REC_CLASS_BACKGROUND, start_ns, met, attempts, ok);
	if (ok && load->plan.config->stay_ns >= 0)
		sim_after(load->env->sim, load->plan.config->stay_ns, NF_KIND_LOAD, DETAIL_LEAVE, ue, 0);
}

struct load *load_new(struct nf_env *env, struct ues *ues, struct demand *demand,
                      const struct load_plan *plan)
{
	struct load *load = sim_arena_alloc(env->sim->arena, sizeof *load);
	const struct ue_user user = {.context = load, .registered = registered};

	*load = (struct load){.env = env, .ues = ues, .demand = demand, .plan = *plan};
	load->open_ns = sim_arena_alloc(env->sim->arena, plan->n * sizeof *load->open_ns);
	for (uint32_t i = 0; i < plan->n; i++) {
		load->open_ns[i] = -1;
		ue_set_user(ues, plan->first + i, &user);
		ue_place(ues, plan->first + i, i % plan->n_cells, 0);
	}
	sim_on(env->sim, NF_KIND_LOAD, on_event, load);
	return load;
}

void load_start(struct load *load)
{
	if (load->plan.n > 0 && load->plan.config->rate_per_s > 0)
		plan_arrival(load);
}

void load_finish(struct load *load)
{
	for (uint32_t i = 0; i < load->plan.n; i++)
		if (load->open_ns[i] >= 0)
			nf_record_latency(load->env, REC_M_REGISTRATION, load->plan.first + i,
			                  load->open_ns[i], NULL, REC_OUTCOME_CENSORED, false, 0, 1);
}

static const struct sim_param rows[] = {
	{.key = "rate", .type = SIM_PAR_QUANTITY, .quantity = SIM_Q_RATE,
	 .offset = offsetof(struct load_config, rate_per_s), .fallback = "0/s", .min = 0, .max = 1e5,
	 .source = "no load beside the background", .doc = "registrations offered, of all together"},
	{.key = "process", .type = SIM_PAR_ENUM, .offset = offsetof(struct load_config, process),
	 .fallback = "poisson", .choices = "poisson|paced",
	 .source = "many independent subscribers: Palm's theorem",
	 .doc = "gaps between them: exponential, or all alike"},
	{.key = "subscribers", .type = SIM_PAR_COUNT,
	 .offset = offsetof(struct load_config, subscribers), .fallback = "0", .min = 0, .max = 1e7,
	 .source = "the scenario", .doc = "who register, in turn; who never leave register once"},
	{.key = "stay", .type = SIM_PAR_DURATION, .offset = offsetof(struct load_config, stay_ns),
	 .fallback = "never", .min = -1, .max = 31536000,
	 .source = "the load generator of the measurements never deregisters",
	 .doc = "registered for this long, then it deregisters; never: it stays"},
};
const struct sim_section load_section = {
	.prefix = "load", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct load_config), .doc = "registrations offered at a rate, for validation",
};
