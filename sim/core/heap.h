/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events in a 4-ary heap with entries inline: for few of them at a time, and what the event list
 * (evq.h) is compared with.
 */
#ifndef SIM_CORE_HEAP_H
#define SIM_CORE_HEAP_H

#include "sim/core/event.h"
#include <stddef.h>

struct sim_arena;

struct sim_heap {
	struct sim_event *entry;
	size_t n, capacity;
	struct sim_arena *arena; /* NULL: the entries are freed by sim_heap_free() */
};

void sim_heap_init(struct sim_heap *heap);
void sim_heap_init_in(struct sim_heap *heap, struct sim_arena *arena); /* released with the arena */
void sim_heap_free(struct sim_heap *heap);
void sim_heap_push(struct sim_heap *heap, const struct sim_event *event);
/* Many at once: appended, and put into order afterwards, linear in what the heap then holds. */
void sim_heap_append(struct sim_heap *heap, const struct sim_event *events, size_t n);
void sim_heap_order(struct sim_heap *heap);
int sim_heap_pop(struct sim_heap *heap, struct sim_event *event); /* 0 when empty */
const struct sim_event *sim_heap_head(const struct sim_heap *heap); /* NULL when empty */
/* Removes every event that is not wanted; linear in the number of events. */
void sim_heap_keep(struct sim_heap *heap, sim_event_filter *wanted, const void *context);

#endif
