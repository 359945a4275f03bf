/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory of a replication.
 *
 *   arena   set-up memory, released as a whole;
 *   pool    objects of one size, addressed by handles (index and generation). A handle outlives its
 *           object harmlessly: sim_pool_get() then gives NULL, so a late timer or message finds
 *           nothing instead of garbage. A pool is sized at set-up; when it runs out it grows by
 *           blocks (pointers stay valid).
 */
#ifndef SIM_CORE_POOL_H
#define SIM_CORE_POOL_H

#include "sim/core/status.h"
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct sim_arena;
struct sim_arena *sim_arena_new(void);
void *sim_arena_alloc(struct sim_arena *arena, size_t size); /* zeroed, aligned to 16; never NULL */
void sim_arena_free(struct sim_arena *arena);

struct sim_handle {
	uint32_t index;
	uint32_t generation; /* 0: never valid; less than 2^31 */
};
#define SIM_HANDLE_NONE ((struct sim_handle){0, 0})

struct sim_pool;
struct sim_pool *sim_pool_new(struct sim_arena *arena, size_t object_size, uint32_t initial);
static inline void *sim_pool_take(struct sim_pool *pool, struct sim_handle *handle); /* zeroed */
/* The same, but nobody knows what is in the object: for one that is written whole at once. */
static inline void *sim_pool_take_as_is(struct sim_pool *pool, struct sim_handle *handle);
/* NULL when gone */
static inline void *sim_pool_get(const struct sim_pool *pool, struct sim_handle handle);
static inline void *sim_pool_at(const struct sim_pool *pool, uint32_t index); /* NULL: none now */
static inline void sim_pool_give(struct sim_pool *pool, struct sim_handle handle);
static inline uint32_t sim_pool_live(const struct sim_pool *pool);
static inline struct sim_handle sim_pool_handle(const void *object); /* of one that lives */
size_t sim_pool_octets_each(size_t object_size); /* that an object of a pool takes */

/* Less than 2^63: whoever keeps one may use the highest bit. */
static inline uint64_t sim_handle_pack(struct sim_handle h)
{
	return (uint64_t)h.generation << 32 | h.index;
}
static inline struct sim_handle sim_handle_unpack(uint64_t v)
{
	return (struct sim_handle){(uint32_t)v, (uint32_t)(v >> 32)};
}

/* ---- what follows is inline: it is called several times in each event ---- */

struct sim_pool_slot {
	uint32_t generation; /* of the object that lives here, or of the next one; never 0 */
	uint32_t next;       /* SIM_POOL_LIVE and its own index, or the next free slot     */
	/* the object follows, aligned to 8 */
};

struct sim_pool {
	unsigned char **block; /* of 1 << block_shift slots each */
	size_t object_size, stride;
	uint32_t block_shift;
	uint32_t free;  /* first slot of the free list */
	uint32_t fresh; /* from here on: never used    */
	uint32_t n_slots, n_live;
	uint32_t n_blocks, room_blocks;
	struct sim_arena *arena;
};
#define SIM_POOL_END  (SIM_POOL_LIVE - 1) /* of the free list */
#define SIM_POOL_LIVE (UINT32_C(1) << 31)

void sim_pool_grow(struct sim_pool *pool);

static inline struct sim_pool_slot *sim_pool_slot(const struct sim_pool *pool, uint32_t index)
{
	uint32_t in_block = index & ((UINT32_C(1) << pool->block_shift) - 1);

	return (struct sim_pool_slot *)(void *)(pool->block[index >> pool->block_shift] +
	                                        in_block * pool->stride);
}

static inline void *sim_pool_take_as_is(struct sim_pool *pool, struct sim_handle *handle)
{
	uint32_t index = pool->free;
	struct sim_pool_slot *slot;

	if (index != SIM_POOL_END) {
		slot = sim_pool_slot(pool, index);
		pool->free = slot->next;
	} else {
		if (pool->fresh == pool->n_slots)
			sim_pool_grow(pool);
		index = pool->fresh++;
		slot = sim_pool_slot(pool, index);
		slot->generation = 1;
	}
	slot->next = SIM_POOL_LIVE | index;
	pool->n_live++;
	*handle = (struct sim_handle){index, slot->generation};
	return slot + 1;
}

static inline void *sim_pool_take(struct sim_pool *pool, struct sim_handle *handle)
{
	return memset(sim_pool_take_as_is(pool, handle), 0, pool->object_size);
}

static inline void *sim_pool_get(const struct sim_pool *pool, struct sim_handle handle)
{
	struct sim_pool_slot *slot;

	if (handle.index >= pool->fresh)
		return NULL;
	slot = sim_pool_slot(pool, handle.index);
	return slot->generation == handle.generation && (slot->next & SIM_POOL_LIVE) ? slot + 1 : NULL;
}

static inline void *sim_pool_at(const struct sim_pool *pool, uint32_t index)
{
	struct sim_pool_slot *slot = index < pool->fresh ? sim_pool_slot(pool, index) : NULL;

	return slot && (slot->next & SIM_POOL_LIVE) ? slot + 1 : NULL;
}

static inline void sim_pool_give(struct sim_pool *pool, struct sim_handle handle)
{
	SIM_ASSERT(handle.index < pool->fresh);
	struct sim_pool_slot *slot = sim_pool_slot(pool, handle.index);
	SIM_ASSERT(slot->generation == handle.generation && (slot->next & SIM_POOL_LIVE));
	if (++slot->generation == UINT32_C(1) << 31)
		slot->generation = 1;
	slot->next = pool->free;
	pool->free = handle.index;
	pool->n_live--;
}

static inline struct sim_handle sim_pool_handle(const void *object)
{
	const struct sim_pool_slot *slot = (const struct sim_pool_slot *)object - 1;

	return (struct sim_handle){slot->next & ~SIM_POOL_LIVE, slot->generation};
}

static inline uint32_t sim_pool_live(const struct sim_pool *pool)
{
	return pool->n_live;
}

#endif
