/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Waits that all may last as long: the one that began first runs out first, so one timer is enough
 * for all of them, moved along when it ends. A timer of each wait's own would be started and stopped
 * eight times in a registration, and stay in the event list until its time.
 */
#ifndef MODELS_NF_GUARD_H
#define MODELS_NF_GUARD_H

#include "sim/core/sim.h"

/* A wait, in whatever waits. All zero: none is under way. */
struct guard_wait {
	struct guard_wait *older, *younger;
	int64_t until_ns;
};
struct guard {
	struct sim *sim;
	struct guard_wait *oldest, *youngest;
	struct sim_timer timer; /* kind, detail and node of its event: the owner's */
	int64_t lasts_ns;       /* each wait                                       */
	uint16_t kind, detail, node;
};

/* Begins anew when it was under way. */
void guard_begin(struct guard *guard, struct guard_wait *wait);
/* Harmless when it was not under way. */
void guard_end(struct guard *guard, struct guard_wait *wait);
/* To be called again and again on the timer's event: a wait that has run out, which this ends; NULL: no
 * other has. An event that was lost with a function that was down is made up for by the next wait. */
struct guard_wait *guard_expired(struct guard *guard);

#endif
