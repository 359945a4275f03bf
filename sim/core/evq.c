/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Four children per node: half the levels of a binary heap, and the four compared entries lie in
 * two cache lines. The order is total, so what comes out does not depend on the shape of the
 * heap.
 */
#include "sim/core/evq.h"
#include "sim/core/pool.h"
#include "sim/core/status.h"
#include <stdlib.h>
#include <string.h>

enum { CHILDREN = 4, FIRST_CAPACITY = 64 };

static inline int before(const struct sim_event *a, const struct sim_event *b)
{
	/* Without a branch: at a tie of times the processor could not predict it. */
	return (a->t_ns < b->t_ns) | ((a->t_ns == b->t_ns) & (a->order < b->order));
}

static void sift_up(struct sim_event *heap, size_t i, const struct sim_event *event)
{
	while (i > 0) {
		size_t parent = (i - 1) / CHILDREN;
		if (!before(event, &heap[parent]))
			break;
		heap[i] = heap[parent];
		i = parent;
	}
	heap[i] = *event;
}

static inline size_t first_of(const struct sim_event *heap, size_t child, size_t end)
{
	size_t best = child;
	for (size_t i = child + 1; i < end; i++)
		best = before(&heap[i], &heap[best]) ? i : best;
	return best;
}

static void sift_down(struct sim_event *heap, size_t n, size_t i, const struct sim_event *event)
{
	for (;;) {
		size_t child = i * CHILDREN + 1;
		if (child >= n)
			break;
		size_t best = child + CHILDREN <= n ? first_of(heap, child, child + CHILDREN)
		                                    : first_of(heap, child, n);
		if (!before(&heap[best], event))
			break;
		heap[i] = heap[best];
		i = best;
	}
	heap[i] = *event;
}

void sim_evq_init(struct sim_evq *queue)
{
	*queue = (struct sim_evq){0};
}

void sim_evq_init_in(struct sim_evq *queue, struct sim_arena *arena)
{
	*queue = (struct sim_evq){.arena = arena};
}

void sim_evq_free(struct sim_evq *queue)
{
	if (!queue->arena)
		free(queue->heap);
	sim_evq_init(queue);
}

static void grow(struct sim_evq *queue)
{
	size_t capacity = queue->capacity ? 2 * queue->capacity : FIRST_CAPACITY;
	struct sim_event *heap;

	if (queue->arena) {
		heap = sim_arena_alloc(queue->arena, capacity * sizeof *heap);
		if (queue->n)
			memcpy(heap, queue->heap, queue->n * sizeof *heap);
	} else {
		heap = realloc(queue->heap, capacity * sizeof *heap);
		SIM_ASSERT(heap && "memory for the event list");
	}
	queue->heap = heap;
	queue->capacity = capacity;
}

void sim_evq_push(struct sim_evq *queue, const struct sim_event *event)
{
	if (queue->n == queue->capacity)
		grow(queue);
	sift_up(queue->heap, queue->n++, event);
}

int sim_evq_pop(struct sim_evq *queue, struct sim_event *event)
{
	if (queue->n == 0)
		return 0;
	*event = queue->heap[0];
	if (--queue->n > 0) {
		struct sim_event last = queue->heap[queue->n];
		sift_down(queue->heap, queue->n, 0, &last);
	}
	return 1;
}

const struct sim_event *sim_evq_head(const struct sim_evq *queue)
{
	return queue->n > 0 ? &queue->heap[0] : NULL;
}

void sim_evq_keep(struct sim_evq *queue,
                  int (*wanted)(const void *context, const struct sim_event *event),
                  const void *context)
{
	size_t n = 0;

	for (size_t i = 0; i < queue->n; i++)
		if (wanted(context, &queue->heap[i]))
			queue->heap[n++] = queue->heap[i];
	queue->n = n;
	if (n < 2)
		return;
	for (size_t i = (n - 2) / CHILDREN + 1; i-- > 0;) {
		struct sim_event event = queue->heap[i];
		sift_down(queue->heap, n, i, &event);
	}
}
