/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A host's cores, shared equally by its busy workers: with b busy on c cores each runs at min(1,
 * c/b). All tasks progress alike, so one virtual clock serves them: it advances at that rate,
 * and a task ends when the clock has gone the task's demand further. It is rounded down, so a
 * task is never early; with b <= c it is exact.
 */
#ifndef SIM_NET_SHARE_H
#define SIM_NET_SHARE_H

#include "sim/core/sim.h"

struct sim_share {
	uint32_t number, cores, busy;
	int64_t clock_ns;        /* the virtual clock …             */
	uint32_t clock_fraction; /* … in units of 2^-32 ns          */
	int64_t clock_at_ns;     /* the real time at which it stood */
	struct sim_heap finish;  /* tasks by virtual time of their end, arg = task */
	uint64_t sequence;
	struct sim_timer next; /* SIM_KIND_HOST_DONE at next_ns, to = number */
	int64_t next_ns;
};

void sim_share_init(struct sim_share *share, struct sim *sim, uint32_t number, uint32_t cores);
void sim_share_add(struct sim_share *share, struct sim *sim, uint64_t task, int64_t demand_ns);
/* Returns how much of its demand is left, rounded up, >= 0. */
int64_t sim_share_remove(struct sim_share *share, struct sim *sim, uint64_t task);
/* On SIM_KIND_HOST_DONE: takes off a task that has ended by now; 0: none is left. */
int sim_share_take_ended(struct sim_share *share, struct sim *sim, uint64_t *task);
/* After the last take: sets the timer for the next end. */
void sim_share_arm(struct sim_share *share, struct sim *sim);

#endif
