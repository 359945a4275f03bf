/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Blocks of B, B, 2B, 4B, … objects (B a power of two): the block of an index follows from its
 * highest bit, and no object ever moves.
 */
#include "sim/core/pool.h"
#include "sim/core/status.h"
#include <string.h>

enum { MAX_BLOCKS = 32, ALIGNMENT = 16, LEAST_BLOCK_SHIFT = 4 };

static const uint32_t end_of_list = UINT32_MAX, live = UINT32_MAX - 1;

struct slot {
	uint32_t generation; /* of the object that lives here, or of the next one */
	uint32_t next;       /* live, or the next free slot                       */
	/* the object follows, aligned to 8 */
};

struct sim_pool {
	struct sim_arena *arena;
	size_t object_size, stride;
	uint32_t block_shift; /* log2 of B */
	uint32_t n_blocks;
	uint32_t free;   /* first slot of the free list   */
	uint32_t fresh;  /* from here on: never used      */
	uint32_t n_slots, n_live;
	unsigned char *block[MAX_BLOCKS];
};

static inline struct slot *slot_at(const struct sim_pool *pool, uint32_t index)
{
	uint32_t above = index >> pool->block_shift;
	uint32_t block = 0, first = 0;

	if (above) {
		uint32_t log2 = 31 - (uint32_t)__builtin_clz(above);
		block = log2 + 1;
		first = UINT32_C(1) << (log2 + pool->block_shift);
	}
	return (struct slot *)(void *)(pool->block[block] + (index - first) * pool->stride);
}

static void grow(struct sim_pool *pool)
{
	uint32_t n = pool->n_blocks ? pool->n_slots : UINT32_C(1) << pool->block_shift;

	SIM_ASSERT(pool->n_slots < UINT32_C(1) << 31);
	pool->block[pool->n_blocks++] = sim_arena_alloc(pool->arena, n * pool->stride);
	pool->n_slots += n;
}

struct sim_pool *sim_pool_new(struct sim_arena *arena, size_t object_size, uint32_t initial)
{
	struct sim_pool *pool = sim_arena_alloc(arena, sizeof *pool);

	SIM_ASSERT(object_size > 0 && initial <= UINT32_C(1) << 30);
	pool->arena = arena;
	pool->object_size = object_size;
	pool->stride = (sizeof(struct slot) + object_size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	pool->block_shift = LEAST_BLOCK_SHIFT;
	while (UINT32_C(1) << pool->block_shift < initial)
		pool->block_shift++;
	pool->free = end_of_list;
	grow(pool);
	return pool;
}

void *sim_pool_take(struct sim_pool *pool, struct sim_handle *handle)
{
	uint32_t index = pool->free;
	struct slot *slot;

	if (index != end_of_list) {
		slot = slot_at(pool, index);
		pool->free = slot->next;
	} else {
		if (pool->fresh == pool->n_slots)
			grow(pool);
		index = pool->fresh++;
		slot = slot_at(pool, index);
		slot->generation = 1;
	}
	slot->next = live;
	pool->n_live++;
	*handle = (struct sim_handle){index, slot->generation};
	return memset(slot + 1, 0, pool->object_size);
}

void *sim_pool_get(const struct sim_pool *pool, struct sim_handle handle)
{
	if (handle.generation == 0 || handle.index >= pool->fresh)
		return NULL;
	struct slot *slot = slot_at(pool, handle.index);
	return slot->generation == handle.generation && slot->next == live ? slot + 1 : NULL;
}

void sim_pool_give(struct sim_pool *pool, struct sim_handle handle)
{
	SIM_ASSERT(sim_pool_get(pool, handle) != NULL);
	struct slot *slot = slot_at(pool, handle.index);
	if (++slot->generation == 0)
		slot->generation = 1;
	slot->next = pool->free;
	pool->free = handle.index;
	pool->n_live--;
}

uint32_t sim_pool_live(const struct sim_pool *pool)
{
	return pool->n_live;
}
