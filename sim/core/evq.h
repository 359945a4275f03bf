/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The event list: a radix heap over time with entries inline. What comes out is the least event by
 * (time, priority, sequence), whatever was pushed when; it is quickest when no event is pushed
 * before one that has been popped, as in a simulation.
 *
 * Every event later than the time `reached` lies in a bucket named by the highest digit (of
 * DIGIT_BITS bits) in which its time differs from `reached`, and by that digit's value: all of a
 * bucket come before all of the next. When nothing else is left the first bucket is shared out
 * over the levels below it or, when it is small, `reached` becomes its end and it the run, whose
 * events leave in order. What is pushed up to `reached` meanwhile takes its place in the run; what
 * the run has no room for is in a heap.
 */
#ifndef SIM_CORE_EVQ_H
#define SIM_CORE_EVQ_H

#include "sim/core/heap.h"

enum {
	SIM_EVQ_DIGIT_BITS = 6,
	SIM_EVQ_DIGITS = 1 << SIM_EVQ_DIGIT_BITS,
	SIM_EVQ_LEVELS = (63 + SIM_EVQ_DIGIT_BITS - 1) / SIM_EVQ_DIGIT_BITS,
	SIM_EVQ_CHUNK_EVENTS = 31
};

struct sim_evq_chunk {
	struct sim_evq_chunk *next;
	size_t n;
	uint64_t padding[2]; /* two events in a cache line */
	struct sim_event event[SIM_EVQ_CHUNK_EVENTS];
};

struct sim_evq {
	size_t n; /* of all events */
	int64_t reached_ns;
	struct sim_heap near;           /* events up to `reached` that are not of the run          */
	struct sim_evq_chunk *run;      /* its events lie anywhere; NULL: there never was one      */
	uint32_t run_unused;            /* bit i: no event of the run is at event[i]               */
	uint32_t run_at, run_end;       /* run_order[run_at … run_end - 1]: where they are, in order */
	uint8_t run_order[2 * SIM_EVQ_CHUNK_EVENTS + 1];
	uint32_t levels;                 /* bit l: level l has events           */
	uint64_t digits[SIM_EVQ_LEVELS]; /* bit d: bucket d of level l has some */
	struct sim_evq_chunk *bucket[SIM_EVQ_LEVELS][SIM_EVQ_DIGITS];
	struct sim_evq_chunk *unused;
	struct sim_evq_slab *slabs;
};

void sim_evq_init(struct sim_evq *queue);
void sim_evq_free(struct sim_evq *queue);
static inline void sim_evq_push(struct sim_evq *queue, const struct sim_event *event);
static inline int sim_evq_pop(struct sim_evq *queue, struct sim_event *event); /* 0 when empty */
/* The same when it is not later than until_ns, else 0. */
static inline int sim_evq_pop_until(struct sim_evq *queue, int64_t until_ns,
                                    struct sim_event *event);
static inline const struct sim_event *sim_evq_head(struct sim_evq *queue); /* NULL when empty */
/* Removes every event that is not wanted; linear in the number of events. */
void sim_evq_keep(struct sim_evq *queue, sim_event_filter *wanted, const void *context);

/* ---- what follows is the frequent part of push and pop; inline it takes a tenth less time ---- */

struct sim_evq_chunk *sim_evq_add_chunk(struct sim_evq *queue, unsigned level, unsigned digit);
/* Where an event up to `reached` is to be written. */
struct sim_event *sim_evq_near_place(struct sim_evq *queue, int64_t t_ns, uint64_t order);
const struct sim_event *sim_evq_find_head(struct sim_evq *queue);
int sim_evq_pop_any(struct sim_evq *queue, int64_t until_ns, struct sim_event *event);

/* Where an event of this time and order is to be written at once; n is the caller's. */
static inline struct sim_event *sim_evq_place(struct sim_evq *queue, int64_t t_ns, uint64_t order)
{
	if (t_ns <= queue->reached_ns)
		return sim_evq_near_place(queue, t_ns, order);
	uint64_t differing = (uint64_t)t_ns ^ (uint64_t)queue->reached_ns;
	unsigned level = (63 - (unsigned)__builtin_clzll(differing)) / SIM_EVQ_DIGIT_BITS;
	unsigned digit = (uint64_t)t_ns >> (level * SIM_EVQ_DIGIT_BITS) & (SIM_EVQ_DIGITS - 1);
	struct sim_evq_chunk *chunk = queue->bucket[level][digit];

	if (!chunk || chunk->n == SIM_EVQ_CHUNK_EVENTS)
		chunk = sim_evq_add_chunk(queue, level, digit);
	return &chunk->event[chunk->n++];
}

static inline void sim_evq_push(struct sim_evq *queue, const struct sim_event *event)
{
	*sim_evq_place(queue, event->t_ns, event->order) = *event;
	queue->n++;
}

static inline const struct sim_event *sim_evq_head(struct sim_evq *queue)
{
	if (queue->run_at == queue->run_end || queue->near.n > 0)
		return sim_evq_find_head(queue);
	return &queue->run->event[queue->run_order[queue->run_at]];
}

static inline int sim_evq_pop_until(struct sim_evq *queue, int64_t until_ns,
                                    struct sim_event *event)
{
	if (queue->run_at == queue->run_end || queue->near.n > 0)
		return sim_evq_pop_any(queue, until_ns, event);
	unsigned at = queue->run_order[queue->run_at];
	const struct sim_event *head = &queue->run->event[at];

	if (head->t_ns > until_ns)
		return 0;
	*event = *head;
	queue->n--;
	queue->run_at++;
	queue->run_unused |= UINT32_C(1) << at;
	return 1;
}

static inline int sim_evq_pop(struct sim_evq *queue, struct sim_event *event)
{
	return sim_evq_pop_until(queue, INT64_MAX, event);
}

#endif
