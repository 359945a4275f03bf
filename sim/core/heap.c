/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Four children per node: half the levels of a binary heap, and the four compared entries lie in
 * two cache lines. The order is total, so what comes out does not depend on the shape of the
 * heap.
 */
#include "sim/core/heap.h"
#include "sim/core/memory.h"
#include "sim/core/pool.h"
#include "sim/core/status.h"
#include <stdlib.h>
#include <string.h>

enum { CHILDREN = 4, FIRST_CAPACITY = 64 };

static void sift_up(struct sim_event *entry, size_t i, const struct sim_event *event)
{
	while (i > 0) {
		size_t parent = (i - 1) / CHILDREN;
		if (!sim_event_before(event, &entry[parent]))
			break;
		entry[i] = entry[parent];
		i = parent;
	}
	entry[i] = *event;
}

static inline size_t first_of(const struct sim_event *entry, size_t child, size_t end)
{
	size_t best = child;
	for (size_t i = child + 1; i < end; i++)
		best = sim_event_before(&entry[i], &entry[best]) ? i : best;
	return best;
}

static void sift_down(struct sim_event *entry, size_t n, size_t i, const struct sim_event *event)
{
	for (;;) {
		size_t child = i * CHILDREN + 1;
		if (child >= n)
			break;
		size_t best = child + CHILDREN <= n ? first_of(entry, child, child + CHILDREN)
		                                    : first_of(entry, child, n);
		if (!sim_event_before(&entry[best], event))
			break;
		entry[i] = entry[best];
		i = best;
	}
	entry[i] = *event;
}

void sim_heap_init(struct sim_heap *heap)
{
	*heap = (struct sim_heap){0};
}

void sim_heap_init_in(struct sim_heap *heap, struct sim_arena *arena)
{
	*heap = (struct sim_heap){.arena = arena};
}

void sim_heap_free(struct sim_heap *heap)
{
	if (!heap->arena)
		free(heap->entry);
	sim_heap_init(heap);
}

static void grow(struct sim_heap *heap, size_t least)
{
	size_t capacity = heap->capacity ? 2 * heap->capacity : FIRST_CAPACITY;
	struct sim_event *entry;

	while (capacity < least)
		capacity *= 2;
	if (heap->arena) {
		entry = sim_arena_alloc(heap->arena, capacity * sizeof *entry);
		if (heap->n)
			memcpy(entry, heap->entry, heap->n * sizeof *entry);
	} else {
		entry = sim_memory_resize("the event list", heap->entry, capacity, sizeof *entry);
	}
	heap->entry = entry;
	heap->capacity = capacity;
}

void sim_heap_push(struct sim_heap *heap, const struct sim_event *event)
{
	if (heap->n == heap->capacity)
		grow(heap, heap->n + 1);
	sift_up(heap->entry, heap->n++, event);
}

void sim_heap_append(struct sim_heap *heap, const struct sim_event *events, size_t n)
{
	if (heap->n + n > heap->capacity)
		grow(heap, heap->n + n);
	memcpy(heap->entry + heap->n, events, n * sizeof *events);
	heap->n += n;
}

void sim_heap_order(struct sim_heap *heap)
{
	if (heap->n < 2)
		return;
	for (size_t i = (heap->n - 2) / CHILDREN + 1; i-- > 0;) {
		struct sim_event event = heap->entry[i];
		sift_down(heap->entry, heap->n, i, &event);
	}
}

int sim_heap_pop(struct sim_heap *heap, struct sim_event *event)
{
	if (heap->n == 0)
		return 0;
	*event = heap->entry[0];
	if (--heap->n > 0) {
		struct sim_event last = heap->entry[heap->n];
		sift_down(heap->entry, heap->n, 0, &last);
	}
	return 1;
}

const struct sim_event *sim_heap_head(const struct sim_heap *heap)
{
	return heap->n > 0 ? &heap->entry[0] : NULL;
}

void sim_heap_keep(struct sim_heap *heap, sim_event_filter *wanted, const void *context)
{
	size_t n = 0;

	for (size_t i = 0; i < heap->n; i++)
		if (wanted(context, &heap->entry[i]))
			heap->entry[n++] = heap->entry[i];
	heap->n = n;
	sim_heap_order(heap);
}
