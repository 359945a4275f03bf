/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      arrivals of the members in turn, by any process of sim/core/arrival.h; further
 *             demands, moves and calls of each member as independent Poisson processes; a fixed stay.
 * Leaves out  handover: who moves is idle, and may turn up in any other cell; habits of one's own:
 *             members are alike.
 * Sources     superposition and colouring of Poisson processes: Kingman, Poisson Processes, 1993,
 *             2.2 and 5.1; the load generator of docs/VALIDATION.md (arrivals in turn).
 */
#include "models/nf/population.h"

/* What is pending for a population, one event each; to leave is a member's. */
enum activity { COME, WANT, MOVE, CALL, N_ACTIVITIES, LEAVE = N_ACTIVITIES };

struct course {
	struct sim_arrival_config config;
	struct sim_arrival at;
	struct sim_stream who; /* whom it meets, and what else is drawn then */
};
struct population {
	struct populations *all;
	struct population_plan plan;
	uint32_t number, n;
	uint64_t turn;  /* arrivals so far: whose turn it is */
	uint32_t moves; /* so far: names the place           */
	struct course course[N_ACTIVITIES];
};
struct populations {
	struct nf_env *env;
	struct ues *ues;
	uint32_t n;
	struct population *population;
};

static void plan_next(struct population *p, enum activity what)
{
	struct sim *sim = p->all->env->sim;
	int64_t at_ns = sim_arrival_next_ns(&p->course[what].at);

	if (at_ns != SIM_TIME_MAX)
		sim_after(sim, at_ns - sim->now_ns, NF_KIND_POPULATION, (uint16_t)what, p->number, 0);
}

static uint32_t anybody(struct population *p, enum activity what)
{
	return p->plan.first + sim_stream_below(&p->course[what].who, p->n);
}

/* Who is still registered, or trying, when its turn comes is passed over, and counted. */
static void come(struct population *p)
{
	if (!ue_register(p->all->ues, p->plan.first + (uint32_t)(p->turn++ % p->n)))
		p->all->env->counter[NF_COUNT_TURNS_SKIPPED]++;
}

static void move(struct population *p)
{
	struct ues *ues = p->all->ues;
	uint32_t ue = anybody(p, MOVE), n = p->plan.n_cells;
	uint32_t by = n > 1 ? 1 + sim_stream_below(&p->course[MOVE].who, n - 1) : 0;

	p->moves++;
	if (by > 0 && !ue_is_connected(ues, ue))
		ue_place(ues, ue, (ue_cell(ues, ue) + by) % n, p->moves);
}

static void call(struct population *p)
{
	uint32_t ue = anybody(p, CALL);

	if (ue_is_registered(p->all->ues, ue))
		p->plan.call(p->plan.context, ue);
}

static void on_event(void *context, const struct sim_event *event)
{
	struct populations *all = context;
	struct population *p = &all->population[event->detail == LEAVE ? 0 : event->to];

	if (event->detail != LEAVE)
		plan_next(p, (enum activity)event->detail);
	switch (event->detail) {
	case COME:
		come(p);
		break;
	case WANT: /* while the last demand is pursued, or while it is registered: no demand */
		(void)ue_register(all->ues, anybody(p, WANT));
		break;
	case MOVE:
		move(p);
		break;
	case CALL:
		call(p);
		break;
	default: /* LEAVE */
		if (ue_is_registered(all->ues, event->to))
			ue_deregister(all->ues, event->to);
	}
}

static void registered(void *context, uint32_t ue, bool ok, uint8_t cause, uint8_t attempts,
                       const struct sim_span *span)
{
	struct population *p = context;
	int64_t stay_ns = p->plan.config->stay_ns;

	ue_record_demand(p->all->ues, ue, p->plan.registration_deadline_ns, ok, cause, attempts, span);
	if (ok && stay_ns >= 0)
		sim_after(p->all->env->sim, stay_ns, NF_KIND_POPULATION, LEAVE, ue, 0);
}

bool population_has_arrivals(const struct population_config *config)
{
	switch ((enum sim_arrival_process)config->arrivals.process) {
	case SIM_ARRIVAL_POISSON:
	case SIM_ARRIVAL_PACED:
	case SIM_ARRIVAL_DIURNAL:
		return config->arrivals.rate_hz > 0;
	default:
		return true;
	}
}

/* Of the arrivals no more than there are members, unless they come again. */
static struct sim_arrival_config arrivals_of(const struct population_config *config)
{
	struct sim_arrival_config arrivals = config->arrivals;

	if (!config->repeat && (arrivals.count < 0 || arrivals.count > config->count))
		arrivals.count = config->count;
	return arrivals;
}

static void prepare(struct population *p, enum activity what, struct sim_arrival_config config)
{
	struct course *course = &p->course[what];

	course->config = config;
	course->who = nf_stream(p->all->env, NF_DRAW_POPULATION, p->number, what, 1);
	sim_arrival_start(&course->at, &course->config,
	                  nf_stream(p->all->env, NF_DRAW_POPULATION, p->number, what, 0));
}

static void begin(struct population *p)
{
	const struct population_config *config = p->plan.config;
	const double rate_hz[N_ACTIVITIES] = {[WANT] = config->registrations_per_s,
		[MOVE] = config->moves_per_s, [CALL] = config->calls_per_s};

	if (population_has_arrivals(config)) {
		prepare(p, COME, arrivals_of(config));
		plan_next(p, COME);
	}
	for (int what = WANT; what < N_ACTIVITIES; what++)
		if (rate_hz[what] > 0) {
			prepare(p, (enum activity)what,
			        (struct sim_arrival_config){.process = SIM_ARRIVAL_POISSON, .count = -1,
			                                    .rate_hz = rate_hz[what] * p->n});
			plan_next(p, (enum activity)what);
		}
}

struct populations *populations_new(struct nf_env *env, struct ues *ues,
                                    const struct population_plan *plan, uint32_t n)
{
	struct populations *all = sim_arena_alloc(env->sim->arena, sizeof *all);

	*all = (struct populations){.env = env, .ues = ues, .n = n};
	all->population = sim_arena_alloc(env->sim->arena, n * sizeof *all->population);
	for (uint32_t i = 0; i < n; i++) {
		struct population *p = &all->population[i];
		const struct ue_user user = {.context = p, .registered = registered};
		p->all = all;
		p->plan = plan[i];
		p->number = i;
		p->n = (uint32_t)plan[i].config->count;
		ue_set_retry(ues, p->plan.first, p->n, &plan[i].config->retry);
		for (uint32_t k = 0; k < p->n; k++) {
			ue_set_user(ues, p->plan.first + k, &user);
			ue_place(ues, p->plan.first + k, k % p->plan.n_cells, 0);
		}
	}
	sim_on(env->sim, NF_KIND_POPULATION, on_event, all);
	return all;
}

void populations_start(struct populations *populations)
{
	for (uint32_t i = 0; i < populations->n; i++)
		if (populations->population[i].n > 0)
			begin(&populations->population[i]);
}

void populations_finish(struct populations *populations)
{
	for (uint32_t i = 0; i < populations->n; i++)
		ue_censor_demands(populations->ues, populations->population[i].plan.first,
		                  populations->population[i].n);
}

static const struct sim_param rows[] = {
	{.key = "count", .type = SIM_PAR_COUNT, .offset = offsetof(struct population_config, count),
	 .min = 1, .max = 1e7, .source = "the scenario", .doc = "members"},
	SIM_ARRIVAL_ROWS(population_config, arrivals),
	{.key = "repeat", .type = SIM_PAR_BOOL, .offset = offsetof(struct population_config, repeat),
	 .fallback = "false", .source = "assumption: whoever has come is there",
	 .doc = "members who have left come in turn again, for as long as arrivals go on"},
	{.key = "registrations", .type = SIM_PAR_QUANTITY, .quantity = SIM_Q_RATE,
	 .offset = offsetof(struct population_config, registrations_per_s), .fallback = "0/s", .min = 0,
	 .max = 1e3, .source = "assumption: whoever has registered stays",
	 .doc = "of each of them, Poisson: it registers, unless it is registered"},
	{.key = "stay", .type = SIM_PAR_DURATION, .offset = offsetof(struct population_config, stay_ns),
	 .fallback = "never", .min = -1, .max = 31536000,
	 .source = "assumption: phones are not switched off",
	 .doc = "registered for this long, then it deregisters; never: it stays"},
	{.key = "moves", .type = SIM_PAR_QUANTITY, .quantity = SIM_Q_RATE,
	 .offset = offsetof(struct population_config, moves_per_s), .fallback = "0/s", .min = 0,
	 .max = 1e3, .source = "assumption: everybody stays in its cell",
	 .doc = "of each of them, Poisson, to any other cell, when it is not connected"},
	{.key = "calls", .type = SIM_PAR_QUANTITY, .quantity = SIM_Q_RATE,
	 .offset = offsetof(struct population_config, calls_per_s), .fallback = "0/s", .min = 0,
	 .max = 1e3, .source = "assumption: registrations are what matters",
	 .doc = "user data for each of them, Poisson: an idle one is paged"},
	UE_RETRY_ROWS(population_config, retry),
};
const struct sim_section population_section = {
	.prefix = "populations", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct population_config),
	.doc = "groups of like subscribers, of class background: how they come, what they want, how "
	       "their devices try again",
};
