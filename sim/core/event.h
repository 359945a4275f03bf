/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An event is data, so it can be traced and hashed. Total order by (time, priority, sequence).
 */
#ifndef SIM_CORE_EVENT_H
#define SIM_CORE_EVENT_H

#include <stdint.h>

struct sim_event {
	int64_t t_ns;
	uint64_t order;  /* priority (8 bits, lower first) and sequence (56 bits) */
	uint16_t kind;   /* who handles it: sim_on()                              */
	uint16_t detail; /* meaning depends on kind                               */
	uint32_t to;     /* destination entity                                    */
	uint64_t arg;    /* payload: a packed handle or a number                  */
};

static inline int sim_event_before(const struct sim_event *a, const struct sim_event *b)
{
	/* Without a branch: at a tie of times the processor could not predict it. */
	return (a->t_ns < b->t_ns) | ((a->t_ns == b->t_ns) & (a->order < b->order));
}

typedef int sim_event_filter(const void *context, const struct sim_event *event);

#endif
