/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/core/pool.h"
#include "sim/core/rng.h"
#include <cmocka.h>
#include <string.h>

static void a_late_handle_finds_nothing(void **state)
{
	struct sim_arena *arena = sim_arena_new();
	struct sim_pool *pool = sim_pool_new(arena, sizeof(int), 4);
	struct sim_handle old, young;

	(void)state;
	int *object = sim_pool_take(pool, &old);
	assert_ptr_equal(sim_pool_get(pool, old), object);
	sim_pool_give(pool, old);
	assert_null(sim_pool_get(pool, old));
	sim_pool_take(pool, &young);
	assert_int_equal(young.index, old.index);
	assert_null(sim_pool_get(pool, old));
	assert_non_null(sim_pool_get(pool, young));
	sim_arena_free(arena);
}

static void handles_that_nobody_was_given_find_nothing(void **state)
{
	struct sim_arena *arena = sim_arena_new();
	struct sim_pool *pool = sim_pool_new(arena, 8, 4);
	struct sim_handle handle;

	(void)state;
	sim_pool_take(pool, &handle);
	assert_null(sim_pool_get(pool, SIM_HANDLE_NONE));
	assert_null(sim_pool_get(pool, (struct sim_handle){handle.index, 0}));
	assert_null(sim_pool_get(pool, (struct sim_handle){handle.index + 1, 1}));
	assert_null(sim_pool_get(pool, (struct sim_handle){UINT32_MAX, 1}));
	sim_pool_give(pool, handle);
	assert_null(sim_pool_get(pool, (struct sim_handle){handle.index, handle.generation + 1}));
	sim_arena_free(arena);
}

static void objects_do_not_move_when_the_pool_grows(void **state)
{
	enum { MANY = 3000 };
	struct sim_arena *arena = sim_arena_new();
	struct sim_pool *pool = sim_pool_new(arena, 40, 3);
	static struct sim_handle handle[MANY];
	static uint64_t *object[MANY];

	(void)state;
	for (uint32_t i = 0; i < MANY; i++) {
		object[i] = sim_pool_take(pool, &handle[i]);
		for (int k = 0; k < 5; k++) {
			assert_int_equal(object[i][k], 0);
			object[i][k] = i;
		}
		assert_int_equal((uintptr_t)object[i] % 8, 0);
	}
	assert_int_equal(sim_pool_live(pool), MANY);
	for (uint32_t i = 0; i < MANY; i++) {
		assert_ptr_equal(sim_pool_get(pool, handle[i]), object[i]);
		for (int k = 0; k < 5; k++)
			assert_int_equal(object[i][k], i);
	}
	sim_arena_free(arena);
}

static void a_reused_object_is_zeroed(void **state)
{
	struct sim_arena *arena = sim_arena_new();
	struct sim_pool *pool = sim_pool_new(arena, 24, 1);
	struct sim_handle handle;
	static const unsigned char zero[24];

	(void)state;
	memset(sim_pool_take(pool, &handle), 0xff, 24);
	sim_pool_give(pool, handle);
	assert_memory_equal(sim_pool_take(pool, &handle), zero, 24);
	sim_arena_free(arena);
}

/* A property: random takes and gives against a table of what lives. */
static void the_pool_knows_exactly_what_lives(void **state)
{
	enum { PLACES = 200 };
	struct sim_stream stream = sim_stream_open(1, 0, 1, 0);
	struct sim_arena *arena = sim_arena_new();
	struct sim_pool *pool = sim_pool_new(arena, sizeof(uint32_t), 16);
	struct sim_handle handle[PLACES] = {{0, 0}}, stale[PLACES] = {{0, 0}};
	uint32_t live = 0;

	(void)state;
	for (uint32_t i = 0; i < 20000; i++) {
		uint32_t k = sim_stream_below(&stream, PLACES);
		if (handle[k].generation == 0) {
			*(uint32_t *)sim_pool_take(pool, &handle[k]) = k;
			live++;
		} else {
			assert_int_equal(*(uint32_t *)sim_pool_get(pool, handle[k]), k);
			sim_pool_give(pool, handle[k]);
			stale[k] = handle[k];
			handle[k] = SIM_HANDLE_NONE;
			live--;
		}
		assert_int_equal(sim_pool_live(pool), live);
		assert_null(sim_pool_get(pool, stale[sim_stream_below(&stream, PLACES)]));
	}
	sim_arena_free(arena);
}

static void a_packed_handle_is_the_same_handle(void **state)
{
	struct sim_handle handle = {0x89abcdef, 0xfedcba98};
	struct sim_handle again = sim_handle_unpack(sim_handle_pack(handle));

	(void)state;
	assert_int_equal(again.index, handle.index);
	assert_int_equal(again.generation, handle.generation);
}

static void arena_memory_is_zeroed_aligned_and_disjoint(void **state)
{
	static const size_t sizes[] = {1, 16, 17, 1000, 70000, 200000, 1 << 20, 3};
	struct sim_arena *arena = sim_arena_new();
	unsigned char *object[8];

	(void)state;
	for (size_t round = 0; round < 40; round++) {
		for (unsigned i = 0; i < 8; i++) {
			object[i] = sim_arena_alloc(arena, sizes[i]);
			assert_int_equal((uintptr_t)object[i] % 16, 0);
			for (size_t k = 0; k < sizes[i]; k += 97)
				assert_int_equal(object[i][k], 0);
			memset(object[i], (int)i + 1, sizes[i]);
		}
		for (unsigned i = 0; i < 8; i++) {
			assert_int_equal(object[i][0], i + 1);
			assert_int_equal(object[i][sizes[i] - 1], i + 1);
		}
	}
	sim_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_late_handle_finds_nothing),
		cmocka_unit_test(handles_that_nobody_was_given_find_nothing),
		cmocka_unit_test(objects_do_not_move_when_the_pool_grows),
		cmocka_unit_test(a_reused_object_is_zeroed),
		cmocka_unit_test(the_pool_knows_exactly_what_lives),
		cmocka_unit_test(a_packed_handle_is_the_same_handle),
		cmocka_unit_test(arena_memory_is_zeroed_aligned_and_disjoint),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
