/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/core/fsm.h"
#include "sim/core/span.h"
#include <cmocka.h>
#include <string.h>

enum { IDLE, BUSY, OVER, N_STATES };
enum { GO, STOP, N_EVENTS };

struct machine {
	uint8_t state;
	int unexpected_state, unexpected_event, handled;
};

static uint8_t in_idle(void *self, uint8_t event, const void *arg)
{
	(void)event;
	((struct machine *)self)->handled++;
	return *(uint8_t *)arg;
}

static uint8_t in_busy(void *self, uint8_t event, const void *arg)
{
	(void)arg;
	((struct machine *)self)->handled++;
	return event == STOP ? OVER : BUSY;
}

static void unexpected(void *self, uint8_t state, uint8_t event, const void *arg)
{
	(void)arg;
	((struct machine *)self)->unexpected_state = state;
	((struct machine *)self)->unexpected_event = event;
}

static const char *const events[] = {"go", "stop"};

static const struct sim_fsm_row good[N_STATES] = {
	{IDLE, "idle", "c", SIM_FSM_BIT(GO), SIM_FSM_BIT(BUSY), in_idle},
	{BUSY, "busy", "c", SIM_FSM_BIT(GO) | SIM_FSM_BIT(STOP), SIM_FSM_BIT(BUSY) | SIM_FSM_BIT(OVER),
		in_busy},
	{OVER, "over", "c", 0, 0, NULL},
};

static struct sim_fsm machine_of(const struct sim_fsm_row *rows)
{
	return (struct sim_fsm){"test", rows, N_STATES, events, N_EVENTS, unexpected};
}

static void assert_refused(const struct sim_fsm_row *rows, const char *because)
{
	struct sim_fsm fsm = machine_of(rows);
	struct sim_err err;

	assert_int_not_equal(sim_fsm_check(&fsm, &err), SIM_OK);
	if (!strstr(err.text, because))
		fail_msg("\"%s\" does not say \"%s\"", err.text, because);
}

static void a_sound_table_passes(void **state)
{
	struct sim_fsm fsm = machine_of(good);

	(void)state;
	assert_int_equal(sim_fsm_check(&fsm, NULL), SIM_OK);
}

#define WITH(change)                                                                               \
	struct sim_fsm_row rows[N_STATES];                                                            \
	memcpy(rows, good, sizeof rows);                                                              \
	change

static void a_hole_is_refused(void **state)
{
	WITH(memset(&rows[BUSY], 0, sizeof rows[BUSY]));
	(void)state;
	assert_refused(rows, "row 1 has no name");
}

static void a_row_in_the_wrong_place_is_refused(void **state)
{
	WITH(rows[BUSY].state = OVER);
	(void)state;
	assert_refused(rows, "says it is state 2");
}

static void an_unreachable_state_is_refused(void **state)
{
	WITH(rows[BUSY].successors = SIM_FSM_BIT(BUSY));
	(void)state;
	assert_refused(rows, "over cannot be reached from idle");
}

static void an_event_or_successor_out_of_range_is_refused(void **state)
{
	WITH(rows[BUSY].successors |= SIM_FSM_BIT(N_STATES));
	(void)state;
	assert_refused(rows, "successor beyond");
	rows[BUSY] = good[BUSY];
	rows[BUSY].events |= SIM_FSM_BIT(N_EVENTS);
	assert_refused(rows, "event beyond");
}

static void events_without_a_handler_or_a_successor_are_refused(void **state)
{
	WITH(rows[BUSY].handler = NULL);
	(void)state;
	assert_refused(rows, "no handler");
	rows[BUSY] = good[BUSY];
	rows[OVER].events = SIM_FSM_BIT(GO);
	rows[OVER].handler = in_busy;
	assert_refused(rows, "no successor");
}

static void a_row_without_a_clause_is_refused(void **state)
{
	WITH(rows[OVER].clause = NULL);
	(void)state;
	assert_refused(rows, "no clause");
}

static void a_permitted_event_leads_where_the_handler_says(void **state)
{
	struct sim_fsm fsm = machine_of(good);
	struct machine m = {.unexpected_event = -1};
	uint8_t next = BUSY;

	(void)state;
	sim_fsm_step(&fsm, &m.state, &m, GO, &next);
	assert_int_equal(m.state, BUSY);
	sim_fsm_step(&fsm, &m.state, &m, STOP, NULL);
	assert_int_equal(m.state, OVER);
	assert_int_equal(m.handled, 2);
	assert_int_equal(m.unexpected_event, -1);
}

static void an_event_that_is_not_permitted_changes_nothing(void **state)
{
	struct sim_fsm fsm = machine_of(good);
	struct machine m = {.unexpected_event = -1};

	(void)state;
	sim_fsm_step(&fsm, &m.state, &m, STOP, NULL);
	assert_int_equal(m.state, IDLE);
	assert_int_equal(m.handled, 0);
	assert_int_equal(m.unexpected_state, IDLE);
	assert_int_equal(m.unexpected_event, STOP);
}

static void the_parts_of_a_span_sum_to_the_whole(void **state)
{
	struct sim_span span = sim_span_start(100), copy, since;

	(void)state;
	sim_span_mark(&span, 130, SIM_PART_RADIO);
	sim_span_mark(&span, 130, SIM_PART_CRYPTO);
	copy = span;
	sim_span_mark(&span, 150, SIM_PART_QUEUEING);
	sim_span_mark(&span, 157, SIM_PART_RADIO);
	assert_int_equal(sim_span_total(&span), 57);
	assert_int_equal(span.part_ns[SIM_PART_RADIO], 37);
	assert_int_equal(span.part_ns[SIM_PART_QUEUEING], 20);
	assert_int_equal(span.part_ns[SIM_PART_CRYPTO], 0);
	since = sim_span_since(&span, &copy);
	assert_int_equal(sim_span_total(&since), 27);
	assert_int_equal(since.part_ns[SIM_PART_RADIO], 7);
	assert_int_equal(since.since_ns, 157);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_table_passes),
		cmocka_unit_test(a_hole_is_refused),
		cmocka_unit_test(a_row_in_the_wrong_place_is_refused),
		cmocka_unit_test(an_unreachable_state_is_refused),
		cmocka_unit_test(an_event_or_successor_out_of_range_is_refused),
		cmocka_unit_test(events_without_a_handler_or_a_successor_are_refused),
		cmocka_unit_test(a_row_without_a_clause_is_refused),
		cmocka_unit_test(a_permitted_event_leads_where_the_handler_says),
		cmocka_unit_test(an_event_that_is_not_permitted_changes_nothing),
		cmocka_unit_test(the_parts_of_a_span_sum_to_the_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
