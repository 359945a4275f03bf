/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * State machines as const tables. One procedure = one machine = one file. A row says which events a
 * state permits and which states may follow; the handler returns the next state, and a successor that
 * the row does not permit is a bug. An event that the row does not permit is a protocol outcome: it
 * goes to `unexpected`, which counts, traces and answers with the cause that the clause names.
 */
#ifndef SIM_CORE_FSM_H
#define SIM_CORE_FSM_H

#include "sim/core/status.h"
#include <stddef.h>
#include <stdint.h>

#define SIM_FSM_BIT(i) (UINT32_C(1) << (i))

struct sim_fsm_row {
	uint8_t state;       /* equals the row's index: checked */
	const char *name;    /* as the clause writes it         */
	const char *clause;
	uint32_t events;     /* SIM_FSM_BIT of each permitted event     */
	uint32_t successors; /* SIM_FSM_BIT of each permitted successor */
	uint8_t (*handler)(void *self, uint8_t event, const void *arg);
};

struct sim_fsm {
	const char *name;
	const struct sim_fsm_row *rows;
	uint8_t n_rows;
	const char *const *event_names;
	uint8_t n_events;
	void (*unexpected)(void *self, uint8_t state, uint8_t event, const void *arg);
};

/* No hole, every state reachable and named, every bit within range. Called at start and by tests. */
enum sim_code sim_fsm_check(const struct sim_fsm *fsm, struct sim_err *err);
/* Feeds one event; updates *state. */
void sim_fsm_step(const struct sim_fsm *fsm, uint8_t *state, void *self, uint8_t event, const void *arg);

#endif
