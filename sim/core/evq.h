/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The event list: a radix heap over time with entries inline. What comes out is the least event by
 * (time, priority, sequence), whatever was pushed when; it is quickest when no event is pushed
 * before one that has been popped, as in a simulation.
 *
 * Events up to and including the time `reached` lie in a heap, in full order. Every later one lies
 * in a bucket named by the highest digit (of DIGIT_BITS bits) in which its time differs from
 * `reached`, and by that digit's value: all of a bucket come before all of the next. When the heap
 * is empty the first bucket is shared out over the levels below it or, when it is small, becomes
 * the heap.
 */
#ifndef SIM_CORE_EVQ_H
#define SIM_CORE_EVQ_H

#include "sim/core/heap.h"

enum {
	SIM_EVQ_DIGIT_BITS = 6,
	SIM_EVQ_DIGITS = 1 << SIM_EVQ_DIGIT_BITS,
	SIM_EVQ_LEVELS = (63 + SIM_EVQ_DIGIT_BITS - 1) / SIM_EVQ_DIGIT_BITS
};

struct sim_evq_chunk;

struct sim_evq {
	struct sim_heap near;
	size_t n; /* of all events */
	int64_t reached_ns;
	uint32_t levels;                  /* bit l: level l has events           */
	uint64_t digits[SIM_EVQ_LEVELS];  /* bit d: bucket d of level l has some */
	struct sim_evq_chunk *bucket[SIM_EVQ_LEVELS][SIM_EVQ_DIGITS];
	struct sim_evq_chunk *unused;
	struct sim_evq_slab *slabs;
};

void sim_evq_init(struct sim_evq *queue);
void sim_evq_free(struct sim_evq *queue);
void sim_evq_push(struct sim_evq *queue, const struct sim_event *event);
int sim_evq_pop(struct sim_evq *queue, struct sim_event *event); /* 0 when empty */
const struct sim_event *sim_evq_head(struct sim_evq *queue); /* NULL when empty; until a change */
/* Removes every event that is not wanted; linear in the number of events. */
void sim_evq_keep(struct sim_evq *queue, sim_event_filter *wanted, const void *context);

#endif
