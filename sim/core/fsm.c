/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/core/fsm.h"

enum { BITS = 32 };

static uint32_t low_bits(uint8_t n)
{
	return n >= BITS ? UINT32_MAX : SIM_FSM_BIT(n) - 1;
}

static enum sim_code check_row(const struct sim_fsm *fsm, uint8_t i, struct sim_err *err)
{
	const struct sim_fsm_row *row = &fsm->rows[i];

	if (!row->name || !row->name[0])
		return sim_fail(err, SIM_E_INPUT, "state machine %s: row %u has no name", fsm->name, i);
	if (!row->clause || !row->clause[0])
		return sim_fail(err, SIM_E_INPUT, "state machine %s: state %s names no clause", fsm->name,
		                row->name);
	if (row->state != i)
		return sim_fail(err, SIM_E_INPUT, "state machine %s: row %u (%s) says it is state %u",
		                fsm->name, i, row->name, row->state);
	if (row->events & ~low_bits(fsm->n_events))
		return sim_fail(err, SIM_E_INPUT,
		                "state machine %s: state %s permits an event beyond the %u named",
		                fsm->name, row->name, fsm->n_events);
	if (row->successors & ~low_bits(fsm->n_rows))
		return sim_fail(err, SIM_E_INPUT,
		                "state machine %s: state %s permits a successor beyond the %u states",
		                fsm->name, row->name, fsm->n_rows);
	if (row->events && (!row->handler || !row->successors))
		return sim_fail(err, SIM_E_INPUT,
		                "state machine %s: state %s permits events but has no %s", fsm->name,
		                row->name, row->handler ? "successor" : "handler");
	return SIM_OK;
}

static uint32_t reachable_from_first(const struct sim_fsm *fsm)
{
	uint32_t reached = SIM_FSM_BIT(0), before;

	do {
		before = reached;
		for (uint8_t i = 0; i < fsm->n_rows; i++)
			if (reached & SIM_FSM_BIT(i))
				reached |= fsm->rows[i].successors;
	} while (reached != before);
	return reached;
}

enum sim_code sim_fsm_check(const struct sim_fsm *fsm, struct sim_err *err)
{
	if (fsm->n_rows < 1 || fsm->n_rows > BITS || fsm->n_events < 1 || fsm->n_events > BITS)
		return sim_fail(err, SIM_E_INPUT,
		                "state machine %s: %u states and %u events; 1 to %d of each are allowed",
		                fsm->name, fsm->n_rows, fsm->n_events, BITS);
	if (!fsm->unexpected)
		return sim_fail(err, SIM_E_INPUT, "state machine %s: nobody answers unexpected events",
		                fsm->name);
	for (uint8_t i = 0; i < fsm->n_events; i++)
		if (!fsm->event_names[i])
			return sim_fail(err, SIM_E_INPUT, "state machine %s: event %u has no name",
			                fsm->name, i);
	for (uint8_t i = 0; i < fsm->n_rows; i++) {
		enum sim_code code = check_row(fsm, i, err);
		if (code != SIM_OK)
			return code;
	}
	uint32_t reached = reachable_from_first(fsm);
	for (uint8_t i = 0; i < fsm->n_rows; i++)
		if (!(reached & SIM_FSM_BIT(i)))
			return sim_fail(err, SIM_E_INPUT,
			                "state machine %s: state %s cannot be reached from %s", fsm->name,
			                fsm->rows[i].name, fsm->rows[0].name);
	return SIM_OK;
}

void sim_fsm_step(const struct sim_fsm *fsm, uint8_t *state, void *self, uint8_t event, const void *arg)
{
	SIM_ASSERT(*state < fsm->n_rows && event < fsm->n_events);
	const struct sim_fsm_row *row = &fsm->rows[*state];

	if (!(row->events & SIM_FSM_BIT(event))) {
		fsm->unexpected(self, *state, event, arg);
		return;
	}
	uint8_t next = row->handler(self, event, arg);
	SIM_ASSERT(next < fsm->n_rows);
	SIM_ASSERT(row->successors & SIM_FSM_BIT(next));
	*state = next;
}
