/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/demand.h"
#include "sim/core/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void demands_are_counted_in_the_window_of_their_start(void **state)
{
	struct sim_arena *arena = sim_arena_new();
	struct demand *demand = demand_new(arena, 60 * SIM_NS_PER_S);
	struct rec rec;

	(void)state;
	rec_init(&rec);
	demand_dt(demand, REC_CLASS_SURGEON, 1000 * 60 * SIM_NS_PER_S, true);
	demand_registration(demand, REC_CLASS_SURGEON, 60 * SIM_NS_PER_S - 1, true, 3, 1);
	demand_registration(demand, REC_CLASS_SURGEON, 0, false, 5, 0);
	demand_registration(demand, REC_CLASS_BACKGROUND, 60 * SIM_NS_PER_S, true, 1, 1);
	demand_write(demand, &rec);

	const struct rec_columns *t = &rec.table[REC_T_demand];
	const uint32_t *window = t->column[rec_column_find(REC_T_demand, "window")];
	const uint32_t *demands = t->column[rec_column_find(REC_T_demand, "reg_demands")];
	const uint32_t *met = t->column[rec_column_find(REC_T_demand, "reg_met")];
	const uint32_t *attempts = t->column[rec_column_find(REC_T_demand, "attempts")];
	const uint32_t *attempts_ok = t->column[rec_column_find(REC_T_demand, "attempts_ok")];
	const uint32_t *dt = t->column[rec_column_find(REC_T_demand, "dt_met")];
	assert_int_equal(t->n, 3);
	assert_int_equal(window[0], 0);
	assert_int_equal(demands[0], 2);
	assert_int_equal(met[0], 1);
	assert_int_equal(attempts[0], 8);
	assert_int_equal(attempts_ok[0], 1);
	assert_int_equal(window[1], 1000);
	assert_int_equal(dt[1], 1);
	assert_int_equal(window[2], 1);
	rec_free(&rec);
	sim_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(demands_are_counted_in_the_window_of_their_start),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
