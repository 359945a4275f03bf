/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/net/share.h"
#include "sim/core/status.h"
#include "sim/net/net.h"

/*
 * Rounding down loses up to 2^-32 ns at each change of the number of busy workers. A task within
 * 2^-20 ns of its end counts as ended, so that it does not take a nanosecond more after
 * thousands of changes; the timer aims half as near, for its own rounding.
 */
enum { FRACTION_BITS = 32, ENDED = 1 << 12, AIM = 1 << 11 };
_Static_assert(AIM < ENDED, "else the timer would fire before its task counts as ended, for ever");

void sim_share_init(struct sim_share *share, struct sim *sim, uint32_t number, uint32_t cores)
{
	SIM_ASSERT(cores >= 1);
	*share = (struct sim_share){
		.number = number,
		.cores = cores,
		.clock_at_ns = sim->now_ns,
		.next_ns = SIM_TIME_MAX,
	};
	sim_heap_init_in(&share->finish, sim->arena);
}

static void advance(struct sim_share *share, int64_t now_ns)
{
	int64_t real_ns = now_ns - share->clock_at_ns;

	share->clock_at_ns = now_ns;
	if (share->busy <= share->cores) {
		share->clock_ns += real_ns;
		return;
	}
	SIM_ASSERT(real_ns <= SIM_TIME_MAX / share->cores);
	uint64_t work = (uint64_t)real_ns * share->cores;
	uint64_t fraction = (work % share->busy << FRACTION_BITS) / share->busy + share->clock_fraction;
	share->clock_ns += (int64_t)(work / share->busy) + (int64_t)(fraction >> FRACTION_BITS);
	share->clock_fraction = (uint32_t)fraction;
}

/* Virtual time until the first task ends, less a tolerance; 0: it has ended. */
static int gap(const struct sim_share *share, uint32_t tolerance, int64_t *ns, uint32_t *fraction)
{
	const struct sim_event *head = sim_heap_head(&share->finish);
	int64_t f = (int64_t)(head->order >> FRACTION_BITS) - share->clock_fraction - tolerance;

	*ns = head->t_ns - share->clock_ns + (f >> FRACTION_BITS); /* arithmetic shift: floor */
	*fraction = (uint32_t)f;
	return *ns > 0 || (*ns == 0 && *fraction > 0);
}

/* Real time for the virtual clock to go so far, rounded up. */
static int64_t real_time(const struct sim_share *share, int64_t ns, uint32_t fraction)
{
	uint64_t busy = share->busy, cores = share->cores;

	if (busy <= cores)
		return ns + (fraction > 0);
	SIM_ASSERT(ns <= SIM_TIME_MAX / share->busy);
	uint64_t work = (uint64_t)ns * busy;
	uint64_t rest = (work % cores << FRACTION_BITS) + fraction * busy;
	uint64_t unit = cores << FRACTION_BITS;
	return (int64_t)(work / cores + rest / unit + (rest % unit > 0));
}

void sim_share_arm(struct sim_share *share, struct sim *sim)
{
	int64_t next_ns = SIM_TIME_MAX, ns;
	uint32_t fraction;

	SIM_ASSERT(share->clock_at_ns == sim->now_ns || share->busy == 0);
	if (share->busy > 0)
		next_ns = sim->now_ns +
		          (gap(share, AIM, &ns, &fraction) ? real_time(share, ns, fraction) : 0);
	if (next_ns == share->next_ns)
		return;
	sim_timer_stop(sim, &share->next);
	share->next_ns = next_ns;
	if (next_ns != SIM_TIME_MAX)
		sim_timer_start(sim, &share->next, next_ns - sim->now_ns, SIM_KIND_HOST_DONE, 0,
		                share->number, 0);
}

void sim_share_add(struct sim_share *share, struct sim *sim, uint64_t task, int64_t demand_ns)
{
	advance(share, sim->now_ns);
	share->busy++;
	sim_heap_push(&share->finish, &(struct sim_event){
		.t_ns = share->clock_ns + demand_ns,
		.order = (uint64_t)share->clock_fraction << FRACTION_BITS | (uint32_t)share->sequence++,
		.arg = task,
	});
	sim_share_arm(share, sim);
}

static int is_another(const void *task, const struct sim_event *event)
{
	return event->arg != *(const uint64_t *)task;
}

static int64_t left_of(const struct sim_share *share, uint64_t task)
{
	for (size_t i = 0; i < share->finish.n; i++) {
		const struct sim_event *end = &share->finish.entry[i];
		int64_t left_ns = end->t_ns - share->clock_ns;

		if (end->arg == task)
			return left_ns > 0 ? left_ns : 0;
	}
	SIM_ASSERT(!"a task that is not on this host");
	return 0;
}

int64_t sim_share_remove(struct sim_share *share, struct sim *sim, uint64_t task)
{
	advance(share, sim->now_ns);
	int64_t left_ns = left_of(share, task);

	sim_heap_keep(&share->finish, is_another, &task);
	SIM_ASSERT(share->finish.n + 1 == share->busy);
	share->busy--;
	sim_share_arm(share, sim);
	return left_ns;
}

int sim_share_take_ended(struct sim_share *share, struct sim *sim, uint64_t *task)
{
	struct sim_event ended;
	int64_t ns;
	uint32_t fraction;

	advance(share, sim->now_ns);
	if (!sim_timer_running(sim, &share->next))
		share->next_ns = SIM_TIME_MAX; /* it has just fired */
	if (share->busy == 0 || gap(share, ENDED, &ns, &fraction))
		return 0;
	sim_heap_pop(&share->finish, &ended);
	share->busy--;
	*task = ended.arg;
	return 1;
}
