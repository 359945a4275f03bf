/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Blocks of as many objects as were wanted at first, but of no more octets than a large page: the
 * block of an index follows by a shift, no object ever moves, and a pool never has more than a
 * block that nobody uses.
 */
#include "sim/core/pool.h"

enum { ALIGNMENT = 8, LEAST_BLOCK_SHIFT = 4, BLOCK_OCTETS = 1 << 21, FIRST_BLOCKS = 8 };

static void add_room(struct sim_pool *pool)
{
	uint32_t room = pool->room_blocks ? 2 * pool->room_blocks : FIRST_BLOCKS;
	unsigned char **block = sim_arena_alloc(pool->arena, room * sizeof *block);

	if (pool->n_blocks)
		memcpy(block, pool->block, pool->n_blocks * sizeof *block);
	pool->block = block;
	pool->room_blocks = room;
}

void sim_pool_grow(struct sim_pool *pool)
{
	uint32_t n = UINT32_C(1) << pool->block_shift;

	SIM_ASSERT(pool->n_slots + n <= SIM_POOL_END);
	if (pool->n_blocks == pool->room_blocks)
		add_room(pool);
	pool->block[pool->n_blocks++] = sim_arena_alloc(pool->arena, n * pool->stride);
	pool->n_slots += n;
}

size_t sim_pool_octets_each(size_t object_size)
{
	return (sizeof(struct sim_pool_slot) + object_size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

struct sim_pool *sim_pool_new(struct sim_arena *arena, size_t object_size, uint32_t initial)
{
	struct sim_pool *pool = sim_arena_alloc(arena, sizeof *pool);

	SIM_ASSERT(object_size > 0 && initial <= UINT32_C(1) << 30);
	pool->arena = arena;
	pool->object_size = object_size;
	pool->stride = sim_pool_octets_each(object_size);
	pool->block_shift = LEAST_BLOCK_SHIFT;
	while (UINT32_C(1) << pool->block_shift < initial &&
	       pool->stride << (pool->block_shift + 1) <= BLOCK_OCTETS)
		pool->block_shift++;
	pool->free = SIM_POOL_END;
	sim_pool_grow(pool);
	return pool;
}
