/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/guard.h"

static void watch_oldest(struct guard *guard)
{
	int64_t left_ns;

	if (!guard->oldest || sim_timer_running(guard->sim, &guard->timer))
		return;
	left_ns = guard->oldest->until_ns - guard->sim->now_ns;
	sim_timer_start(guard->sim, &guard->timer, left_ns > 0 ? left_ns : 0, guard->kind,
	                guard->detail, guard->node, 0);
}

static bool is_under_way(const struct guard *guard, const struct guard_wait *wait)
{
	return wait->older || guard->oldest == wait;
}

void guard_begin(struct guard *guard, struct guard_wait *wait)
{
	guard_end(guard, wait);
	*wait = (struct guard_wait){.older = guard->youngest,
		.until_ns = guard->sim->now_ns + guard->lasts_ns};
	if (guard->youngest)
		guard->youngest->younger = wait;
	else
		guard->oldest = wait;
	guard->youngest = wait;
	watch_oldest(guard);
}

void guard_end(struct guard *guard, struct guard_wait *wait)
{
	if (!is_under_way(guard, wait))
		return;
	if (wait->older)
		wait->older->younger = wait->younger;
	else
		guard->oldest = wait->younger;
	if (wait->younger)
		wait->younger->older = wait->older;
	else
		guard->youngest = wait->older;
	*wait = (struct guard_wait){.older = NULL};
}

struct guard_wait *guard_expired(struct guard *guard)
{
	struct guard_wait *wait = guard->oldest;

	if (wait && wait->until_ns <= guard->sim->now_ns) {
		guard_end(guard, wait);
		return wait;
	}
	watch_oldest(guard);
	return NULL;
}
