/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Buckets are lists of chunks: an event takes one sequential write per level that it passes, and
 * the memory is that of the events however they spread over the buckets. A chunk given back is the
 * next one taken, while it is still in the cache.
 *
 * Chunks of 15 events and digits of 6 bits were the quickest of 7 to 31 and 4 to 8, at 10^3 to
 * 10^6 pending events.
 */
#include "sim/core/evq.h"
#include "sim/core/status.h"
#include <stdlib.h>

enum { CHUNK_EVENTS = 15, SLAB_CHUNKS = 127, CACHE_LINE = 64 };

struct sim_evq_chunk {
	struct sim_evq_chunk *next;
	size_t n;
	uint64_t padding[2];
	struct sim_event event[CHUNK_EVENTS];
};
_Static_assert(sizeof(struct sim_evq_chunk) % CACHE_LINE == 0, "two events in a cache line");

/* Memory is taken from the system by slabs. */
struct sim_evq_slab {
	struct sim_evq_slab *next;
	uint64_t padding[7];
	struct sim_evq_chunk chunk[SLAB_CHUNKS];
};

void sim_evq_init(struct sim_evq *queue)
{
	*queue = (struct sim_evq){0};
	sim_heap_init(&queue->near);
}

void sim_evq_free(struct sim_evq *queue)
{
	for (struct sim_evq_slab *slab = queue->slabs, *next; slab; slab = next) {
		next = slab->next;
		free(slab);
	}
	sim_heap_free(&queue->near);
	sim_evq_init(queue);
}

static void add_slab(struct sim_evq *queue)
{
	struct sim_evq_slab *slab = aligned_alloc(CACHE_LINE, sizeof *slab);

	SIM_ASSERT(slab && "memory for the event list");
	slab->next = queue->slabs;
	queue->slabs = slab;
	for (int i = SLAB_CHUNKS; i-- > 0;) {
		slab->chunk[i].next = queue->unused;
		queue->unused = &slab->chunk[i];
	}
}

static struct sim_evq_chunk *take_chunk(struct sim_evq *queue, struct sim_evq_chunk *next)
{
	struct sim_evq_chunk *chunk;

	if (!queue->unused)
		add_slab(queue);
	chunk = queue->unused;
	queue->unused = chunk->next;
	chunk->next = next;
	chunk->n = 0;
	return chunk;
}

/* Into the bucket of an event later than `reached`. */
static inline void store(struct sim_evq *queue, const struct sim_event *event)
{
	uint64_t differing = (uint64_t)event->t_ns ^ (uint64_t)queue->reached_ns;
	unsigned level = (63 - (unsigned)__builtin_clzll(differing)) / SIM_EVQ_DIGIT_BITS;
	unsigned digit = (uint64_t)event->t_ns >> (level * SIM_EVQ_DIGIT_BITS) & (SIM_EVQ_DIGITS - 1);
	struct sim_evq_chunk **bucket = &queue->bucket[level][digit], *chunk = *bucket;

	if (!chunk || chunk->n == CHUNK_EVENTS) {
		chunk = *bucket = take_chunk(queue, chunk);
		queue->levels |= UINT32_C(1) << level;
		queue->digits[level] |= UINT64_C(1) << digit;
	}
	chunk->event[chunk->n++] = *event;
}

static inline void place(struct sim_evq *queue, const struct sim_event *event)
{
	if (event->t_ns <= queue->reached_ns)
		sim_heap_push(&queue->near, event);
	else
		store(queue, event);
}

void sim_evq_push(struct sim_evq *queue, const struct sim_event *event)
{
	place(queue, event);
	queue->n++;
}

static struct sim_evq_chunk *take_bucket(struct sim_evq *queue, unsigned level, unsigned digit)
{
	struct sim_evq_chunk *chunks = queue->bucket[level][digit];

	queue->bucket[level][digit] = NULL;
	queue->digits[level] &= ~(UINT64_C(1) << digit);
	if (!queue->digits[level])
		queue->levels &= ~(UINT32_C(1) << level);
	return chunks;
}

static struct sim_evq_chunk *give_chunk(struct sim_evq *queue, struct sim_evq_chunk *chunk)
{
	struct sim_evq_chunk *next = chunk->next;

	chunk->next = queue->unused;
	queue->unused = chunk;
	return next;
}

static void share_out(struct sim_evq *queue, struct sim_evq_chunk *chunk)
{
	for (; chunk; chunk = give_chunk(queue, chunk))
		for (size_t i = 0; i < chunk->n; i++)
			place(queue, &chunk->event[i]);
}

static void make_near(struct sim_evq *queue, struct sim_evq_chunk *chunk)
{
	for (; chunk; chunk = give_chunk(queue, chunk))
		sim_heap_append(&queue->near, chunk->event, chunk->n);
	sim_heap_order(&queue->near);
}

/* The heap is empty and events are left: empties the first bucket. */
static void advance(struct sim_evq *queue)
{
	unsigned level = (unsigned)__builtin_ctz(queue->levels);
	unsigned digit = (unsigned)__builtin_ctzll(queue->digits[level]);
	unsigned shift = level * SIM_EVQ_DIGIT_BITS;
	uint64_t below = (UINT64_C(1) << shift) - 1;
	uint64_t digit_and_below = below << SIM_EVQ_DIGIT_BITS | (SIM_EVQ_DIGITS - 1);
	uint64_t first = ((uint64_t)queue->reached_ns & ~digit_and_below) | (uint64_t)digit << shift;
	struct sim_evq_chunk *chunk = take_bucket(queue, level, digit);

	if (chunk->next && level > 0) {
		queue->reached_ns = (int64_t)first;
		share_out(queue, chunk);
	} else {
		queue->reached_ns = (int64_t)(first | below);
		make_near(queue, chunk);
	}
}

const struct sim_event *sim_evq_head(struct sim_evq *queue)
{
	while (queue->near.n == 0) {
		if (!queue->levels)
			return NULL;
		advance(queue);
	}
	return &queue->near.entry[0];
}

int sim_evq_pop(struct sim_evq *queue, struct sim_event *event)
{
	if (!sim_evq_head(queue))
		return 0;
	queue->n--;
	return sim_heap_pop(&queue->near, event);
}

/* The wanted ones come back to the bucket they were in: `reached` has not moved. */
static size_t keep_in_bucket(struct sim_evq *queue, unsigned level, unsigned digit,
                             sim_event_filter *wanted, const void *context)
{
	size_t n = 0;

	for (struct sim_evq_chunk *chunk = take_bucket(queue, level, digit); chunk;
	     chunk = give_chunk(queue, chunk)) {
		for (size_t i = 0; i < chunk->n; i++) {
			if (!wanted(context, &chunk->event[i]))
				continue;
			store(queue, &chunk->event[i]);
			n++;
		}
	}
	return n;
}

void sim_evq_keep(struct sim_evq *queue, sim_event_filter *wanted, const void *context)
{
	sim_heap_keep(&queue->near, wanted, context);
	queue->n = queue->near.n;
	for (unsigned level = 0; level < SIM_EVQ_LEVELS; level++)
		for (uint64_t digits = queue->digits[level]; digits; digits &= digits - 1)
			queue->n += keep_in_bucket(queue, level, (unsigned)__builtin_ctzll(digits),
			                           wanted, context);
}
