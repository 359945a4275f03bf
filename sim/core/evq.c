/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Buckets are lists of chunks: an event takes one sequential write per level that it passes, and
 * the memory is that of the events however they spread over the buckets. A chunk given back is the
 * next one taken, while it is still in the cache. A bucket of one chunk is small enough for a run.
 *
 * The run stays when it has ended: most events of a busy simulation are pushed for a time that has
 * been reached (a message handled without delay, a service of some microseconds), and a place in so
 * short an order is found in a third of the time that a heap needs for a push and a pop.
 */
#include "sim/core/evq.h"
#include "sim/core/memory.h"
#include "sim/core/status.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { SLAB_CHUNKS = 63, CACHE_LINE = 64, ROOM_BEFORE = SIM_EVQ_CHUNK_EVENTS };
static const uint32_t RUN_MASK = (UINT32_C(1) << SIM_EVQ_CHUNK_EVENTS) - 1;

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
	struct sim_evq_slab *slab = sim_memory_given(
		"the event list", aligned_alloc(CACHE_LINE, sizeof *slab), sizeof *slab);

	slab->next = queue->slabs;
	queue->slabs = slab;
	for (int i = SLAB_CHUNKS; i-- > 0;) {
		slab->chunk[i].next = queue->unused;
		queue->unused = &slab->chunk[i];
	}
}

static struct sim_evq_chunk *take_unused(struct sim_evq *queue)
{
	if (!queue->unused)
		add_slab(queue);
	struct sim_evq_chunk *chunk = queue->unused;
	queue->unused = chunk->next;
	chunk->n = 0;
	return chunk;
}

struct sim_evq_chunk *sim_evq_add_chunk(struct sim_evq *queue, unsigned level, unsigned digit)
{
	struct sim_evq_chunk **bucket = &queue->bucket[level][digit], *chunk = take_unused(queue);

	chunk->next = *bucket;
	*bucket = chunk;
	queue->levels |= UINT32_C(1) << level;
	queue->digits[level] |= UINT64_C(1) << digit;
	return chunk;
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

static inline void place(struct sim_evq *queue, const struct sim_event *event)
{
	*sim_evq_place(queue, event->t_ns, event->order) = *event;
}

static void share_out(struct sim_evq *queue, struct sim_evq_chunk *chunk)
{
	while (chunk) {
		const struct sim_evq_chunk *next = chunk->next ? chunk->next : chunk;
		for (size_t i = 0; i < chunk->n; i++) {
			__builtin_prefetch(&next->event[i]); /* chunks lie anywhere */
			place(queue, &chunk->event[i]);
		}
		chunk = give_chunk(queue, chunk);
	}
}

/* Many at one time. */
static void make_near(struct sim_evq *queue, struct sim_evq_chunk *chunk)
{
	for (; chunk; chunk = give_chunk(queue, chunk))
		sim_heap_append(&queue->near, chunk->event, chunk->n);
	sim_heap_order(&queue->near);
}

/*
 * Every event is compared with every other: for so few it is quicker than to guess branches. Eight
 * at a time, by the 15 bits of their times that differ most; equal ones there have the same rank,
 * and false says so.
 */
static bool rank_by_time(const struct sim_evq_chunk *chunk, unsigned shift,
                         uint8_t rank[SIM_EVQ_CHUNK_EVENTS + 1])
{
	enum { LANES = 8, VECTORS = (SIM_EVQ_CHUNK_EVENTS + LANES) / LANES, KEY_MASK = 0x7fff };
	typedef int16_t vector __attribute__((vector_size(LANES * sizeof(int16_t))));
	union {
		int16_t lane[VECTORS * LANES];
		vector all[VECTORS];
	} key = {{0}}, later;
	unsigned n = (unsigned)chunk->n, sum = 0;

	for (unsigned i = 0; i < n; i++)
		key.lane[i] = (int16_t)((uint64_t)chunk->event[i].t_ns >> shift & KEY_MASK);
	for (unsigned v = 0; v * LANES < n; v++) {
		vector count = {0};
		for (unsigned i = 0; i < n; i++)
			count -= key.all[v] > key.lane[i];
		later.all[v] = count;
	}
	for (unsigned i = 0; i < n; i++) {
		rank[i] = (uint8_t)later.lane[i];
		sum += rank[i];
	}
	return sum == n * (n - 1) / 2;
}

static void rank_fully(const struct sim_evq_chunk *chunk, uint8_t rank[SIM_EVQ_CHUNK_EVENTS])
{
	for (unsigned i = 0; i < chunk->n; i++) {
		int before = 0;
		for (unsigned k = 0; k < chunk->n; k++)
			before += sim_event_before(&chunk->event[k], &chunk->event[i]);
		rank[i] = (uint8_t)before;
	}
}

static void begin_run(struct sim_evq *queue, struct sim_evq_chunk *chunk)
{
	if (queue->run)
		give_chunk(queue, queue->run);
	queue->run = chunk;
	queue->run_unused = (RUN_MASK << chunk->n) & RUN_MASK;
	queue->run_at = ROOM_BEFORE;
	queue->run_end = ROOM_BEFORE + (uint32_t)chunk->n;
}

/* A bucket of level `level` becomes the run. */
static void make_run(struct sim_evq *queue, struct sim_evq_chunk *chunk, unsigned level)
{
	enum { KEY_BITS = 15 };
	uint8_t rank[SIM_EVQ_CHUNK_EVENTS + 1], *order = queue->run_order + ROOM_BEFORE;
	unsigned bits = level * SIM_EVQ_DIGIT_BITS;

	begin_run(queue, chunk);
	if (chunk->n <= 2) {
		order[1] = (uint8_t)(chunk->n == 2 &&
		                     sim_event_before(&chunk->event[0], &chunk->event[1]));
		order[0] = (uint8_t)(chunk->n == 2 && !order[1]);
		return;
	}
	if (!rank_by_time(chunk, bits > KEY_BITS ? bits - KEY_BITS : 0, rank))
		rank_fully(chunk, rank);
	for (unsigned i = 0; i < chunk->n; i++)
		order[rank[i]] = (uint8_t)i;
}

/* The later half of a full run goes into the heap; the rest ends where the whole did. */
static void thin_run(struct sim_evq *queue)
{
	enum { KEPT = SIM_EVQ_CHUNK_EVENTS / 2, MOVED = SIM_EVQ_CHUNK_EVENTS - KEPT };
	uint8_t *first = queue->run_order + queue->run_at;

	for (unsigned i = KEPT; i < SIM_EVQ_CHUNK_EVENTS; i++) {
		sim_heap_push(&queue->near, &queue->run->event[first[i]]);
		queue->run_unused |= UINT32_C(1) << first[i];
	}
	memmove(first + MOVED, first, KEPT);
	queue->run_at += MOVED;
}

/* Out of line, so that the frequent way saves no registers. */
static __attribute__((noinline)) struct sim_event *make_room(struct sim_evq *queue, int64_t t_ns,
                                                             uint64_t order)
{
	if (queue->run)
		thin_run(queue);
	else
		begin_run(queue, take_unused(queue));
	return sim_evq_near_place(queue, t_ns, order);
}

/*
 * What is before the event moves one place forward. There always is one: a run of at most
 * ROOM_BEFORE events does not end before the place ROOM_BEFORE. Of events at one time the new one
 * is nearly always the last, so that times alone are compared first.
 */
struct sim_event *sim_evq_near_place(struct sim_evq *queue, int64_t t_ns, uint64_t order)
{
	if (!queue->run_unused) /* it is full, or there never was one */
		return make_room(queue, t_ns, order);
	struct sim_event *event = queue->run->event;
	uint8_t *first = queue->run_order + queue->run_at, *end = queue->run_order + queue->run_end;
	uint8_t *at = first;
	unsigned unused = (unsigned)__builtin_ctz(queue->run_unused);

	for (; at < end && event[*at].t_ns <= t_ns; at++)
		at[-1] = *at;
	for (; at > first && event[at[-2]].t_ns == t_ns && event[at[-2]].order > order; at--)
		at[-1] = at[-2];
	at[-1] = (uint8_t)unused;
	queue->run_unused &= queue->run_unused - 1;
	queue->run_at--;
	return &event[unused];
}

/* Nothing is left up to `reached`, but in buckets: empties the first one. */
static void advance(struct sim_evq *queue)
{
	unsigned level = (unsigned)__builtin_ctz(queue->levels);
	unsigned digit = (unsigned)__builtin_ctzll(queue->digits[level]);
	unsigned shift = level * SIM_EVQ_DIGIT_BITS;
	uint64_t below = (UINT64_C(1) << shift) - 1;
	uint64_t digit_and_below = below << SIM_EVQ_DIGIT_BITS | (SIM_EVQ_DIGITS - 1);
	uint64_t first = ((uint64_t)queue->reached_ns & ~digit_and_below) | (uint64_t)digit << shift;
	struct sim_evq_chunk *chunk = take_bucket(queue, level, digit);

	queue->reached_ns = (int64_t)(chunk->next && level > 0 ? first : first | below);
	if (!chunk->next)
		make_run(queue, chunk, level);
	else if (level > 0)
		share_out(queue, chunk);
	else
		make_near(queue, chunk);
}

static inline int has_run(const struct sim_evq *queue)
{
	return queue->run_at < queue->run_end;
}

static inline const struct sim_event *head_of_run(const struct sim_evq *queue)
{
	return &queue->run->event[queue->run_order[queue->run_at]];
}

static inline int is_run_first(const struct sim_evq *queue)
{
	return has_run(queue) && (queue->near.n == 0 ||
	                          sim_event_before(head_of_run(queue), &queue->near.entry[0]));
}

const struct sim_event *sim_evq_find_head(struct sim_evq *queue)
{
	while (!has_run(queue) && queue->near.n == 0) {
		if (!queue->levels)
			return NULL;
		advance(queue);
	}
	return is_run_first(queue) ? head_of_run(queue) : &queue->near.entry[0];
}

int sim_evq_pop_any(struct sim_evq *queue, int64_t until_ns, struct sim_event *event)
{
	const struct sim_event *head = sim_evq_find_head(queue);

	if (!head || head->t_ns > until_ns)
		return 0;
	queue->n--;
	if (!is_run_first(queue))
		return sim_heap_pop(&queue->near, event);
	*event = *head;
	queue->run_unused |= UINT32_C(1) << queue->run_order[queue->run_at++];
	return 1;
}

static void keep_near(struct sim_evq *queue, sim_event_filter *wanted, const void *context)
{
	for (; has_run(queue); queue->run_at++)
		sim_heap_append(&queue->near, head_of_run(queue), 1);
	queue->run_unused = RUN_MASK;
	queue->run_at = queue->run_end = ROOM_BEFORE;
	sim_heap_keep(&queue->near, wanted, context);
	queue->n = queue->near.n;
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
			place(queue, &chunk->event[i]);
			n++;
		}
	}
	return n;
}

void sim_evq_keep(struct sim_evq *queue, sim_event_filter *wanted, const void *context)
{
	keep_near(queue, wanted, context);
	for (unsigned level = 0; level < SIM_EVQ_LEVELS; level++)
		for (uint64_t digits = queue->digits[level]; digits; digits &= digits - 1)
			queue->n += keep_in_bucket(queue, level, (unsigned)__builtin_ctzll(digits),
			                           wanted, context);
}
