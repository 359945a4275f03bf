/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/index.h"
#include "sim/core/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { KEYS = 64 };

static void an_index_agrees_with_a_plain_table_over_random_use(void **state)
{
	struct sim_arena *arena = sim_arena_new();
	struct sim_stream stream = sim_stream_open(1, 0, 1, 0);
	struct nf_index index;
	uint64_t plain[KEYS] = {0}, value; /* 0: absent */

	(void)state;
	nf_index_init(&index, arena, 4); /* has to grow */
	for (uint64_t i = 1; i < 20000; i++) {
		uint32_t key = sim_stream_below(&stream, KEYS);
		if (sim_stream_below(&stream, 2)) {
			nf_index_put(&index, key, i);
			plain[key] = i;
		} else {
			nf_index_remove(&index, key);
			plain[key] = 0;
		}
		key = sim_stream_below(&stream, KEYS);
		bool found = nf_index_get(&index, key, &value);
		assert_int_equal(found, plain[key] != 0);
		if (found)
			assert_int_equal(value, plain[key]);
	}
	sim_arena_free(arena);
}

static void a_cleared_index_holds_nothing(void **state)
{
	struct sim_arena *arena = sim_arena_new();
	struct nf_index index;
	uint64_t value;

	(void)state;
	nf_index_init(&index, arena, 4);
	nf_index_put(&index, 7, 1);
	nf_index_clear(&index);
	assert_false(nf_index_get(&index, 7, &value));
	sim_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_index_agrees_with_a_plain_table_over_random_use),
		cmocka_unit_test(a_cleared_index_holds_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
