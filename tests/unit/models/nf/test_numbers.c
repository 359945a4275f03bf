/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/numbers.h"
#include "sim/core/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { SUBSCRIBERS = 64, KEYS = 96 };

struct table {
	uint32_t key[SUBSCRIBERS]; /* 0: none */
};

static uint64_t key_of(const void *table, uint32_t number)
{
	return ((const struct table *)table)->key[number];
}

/* Whose it is, or SUBSCRIBERS. */
static uint32_t owner_of(const struct table *table, uint32_t key)
{
	uint32_t i = 0;

	while (i < SUBSCRIBERS && table->key[i] != key)
		i++;
	return i;
}

static void numbers_agree_with_a_search_of_the_table_over_random_use(void **state)
{
	struct sim_arena *arena = sim_arena_new();
	struct sim_stream stream = sim_stream_open(1, 0, 1, 0);
	struct table table = {{0}};
	struct nf_numbers numbers;

	(void)state;
	nf_numbers_init(&numbers, arena, 4, key_of, &table); /* has to grow */
	for (int i = 0; i < 40000; i++) {
		uint32_t who = sim_stream_below(&stream, SUBSCRIBERS), found = 0;
		uint32_t key = 1 + sim_stream_below(&stream, KEYS);
		if (table.key[who] != 0)
			nf_numbers_remove(&numbers, who);
		table.key[who] = owner_of(&table, key) == SUBSCRIBERS ? key : 0;
		if (table.key[who] != 0)
			nf_numbers_put(&numbers, who);
		key = 1 + sim_stream_below(&stream, KEYS);
		uint32_t owner = owner_of(&table, key);
		assert_int_equal(nf_numbers_get(&numbers, key, &found), owner != SUBSCRIBERS);
		if (owner != SUBSCRIBERS)
			assert_int_equal(found, owner);
	}
	sim_arena_free(arena);
}

static void cleared_numbers_hold_nobody_and_a_removal_of_the_absent_is_harmless(void **state)
{
	struct sim_arena *arena = sim_arena_new();
	struct table table = {{7, 8}};
	struct nf_numbers numbers;
	uint32_t found;

	(void)state;
	nf_numbers_init(&numbers, arena, 4, key_of, &table);
	nf_numbers_put(&numbers, 0);
	nf_numbers_remove(&numbers, 1);
	assert_true(nf_numbers_get(&numbers, 7, &found));
	nf_numbers_clear(&numbers);
	assert_false(nf_numbers_get(&numbers, 7, &found));
	sim_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_agree_with_a_search_of_the_table_over_random_use),
		cmocka_unit_test(
			cleared_numbers_hold_nobody_and_a_removal_of_the_absent_is_harmless),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
