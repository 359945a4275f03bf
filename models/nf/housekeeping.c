/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      a constant share of a core, taken in jobs of equal length at equal distances.
 * Leaves out  which function it is: nothing waits for it.
 * Sources     the processor time per registration of the measurements in docs/VALIDATION.md.
 */
#include "models/nf/housekeeping.h"

enum { PERIOD_NS = 10000000 }; /* assumption: the granularity of the functions' timers */

struct housekeeping {
	struct nf_env *env;
	uint32_t station;
	int64_t job_ns;
};

static void on_period(void *context, const struct sim_event *event)
{
	struct housekeeping *h = context;

	(void)event;
	sim_station_submit(h->env->stations, h->station, 0, h->job_ns, NF_NOBODY);
	sim_after(h->env->sim, PERIOD_NS, NF_KIND_HOUSEKEEPING, 0, 0, 0);
}

void housekeeping_start(struct nf_env *env, uint32_t station, double share)
{
	struct housekeeping *h = sim_arena_alloc(env->sim->arena, sizeof *h);

	*h = (struct housekeeping){env, station, (int64_t)(share * PERIOD_NS)};
	sim_on(env->sim, NF_KIND_HOUSEKEEPING, on_period, h);
	sim_after(env->sim, PERIOD_NS, NF_KIND_HOUSEKEEPING, 0, 0, 0);
}
