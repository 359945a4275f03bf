/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The event list: a 4-ary heap with entries inline.
 * Total order by (time, priority, sequence); an event is data, so it can be traced and hashed.
 */
#ifndef SIM_CORE_EVQ_H
#define SIM_CORE_EVQ_H

#include <stddef.h>
#include <stdint.h>

struct sim_event {
	int64_t t_ns;
	uint64_t order;  /* priority (8 bits, lower first) and sequence (56 bits) */
	uint16_t kind;   /* who handles it: sim_on()                              */
	uint16_t detail; /* meaning depends on kind                               */
	uint32_t to;     /* destination entity                                    */
	uint64_t arg;    /* payload: a packed handle or a number                  */
};

struct sim_arena;

struct sim_evq {
	struct sim_event *heap;
	size_t n, capacity;
	struct sim_arena *arena; /* NULL: the heap is freed by sim_evq_free() */
};

void sim_evq_init(struct sim_evq *queue);
void sim_evq_init_in(struct sim_evq *queue, struct sim_arena *arena); /* released with the arena */
void sim_evq_free(struct sim_evq *queue);
void sim_evq_push(struct sim_evq *queue, const struct sim_event *event);
int sim_evq_pop(struct sim_evq *queue, struct sim_event *event); /* 0 when empty */
const struct sim_event *sim_evq_head(const struct sim_evq *queue); /* NULL when empty */
/* Removes every event that is not wanted; linear in the number of events. */
void sim_evq_keep(struct sim_evq *queue,
                  int (*wanted)(const void *context, const struct sim_event *event),
                  const void *context);

#endif
