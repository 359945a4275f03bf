/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory of a replication.
 *
 *   arena   set-up memory, released as a whole;
 *   pool    objects of one size, addressed by handles (index and generation). A handle outlives its
 *           object harmlessly: sim_pool_get() then gives NULL, so a late timer or message finds
 *           nothing instead of garbage. A pool is sized at set-up; when it runs out it grows by
 *           doubling (pointers stay valid: it grows by blocks).
 */
#ifndef SIM_CORE_POOL_H
#define SIM_CORE_POOL_H

#include <stddef.h>
#include <stdint.h>

struct sim_arena;
struct sim_arena *sim_arena_new(void);
void *sim_arena_alloc(struct sim_arena *arena, size_t size); /* zeroed, aligned to 16; never NULL */
void sim_arena_free(struct sim_arena *arena);

struct sim_handle {
	uint32_t index;
	uint32_t generation; /* 0: never valid */
};
#define SIM_HANDLE_NONE ((struct sim_handle){0, 0})

struct sim_pool;
struct sim_pool *sim_pool_new(struct sim_arena *arena, size_t object_size, uint32_t initial);
void *sim_pool_take(struct sim_pool *pool, struct sim_handle *handle); /* zeroed object */
void *sim_pool_get(const struct sim_pool *pool, struct sim_handle handle); /* NULL when gone */
void sim_pool_give(struct sim_pool *pool, struct sim_handle handle);
uint32_t sim_pool_live(const struct sim_pool *pool);

static inline uint64_t sim_handle_pack(struct sim_handle h)
{
	return (uint64_t)h.generation << 32 | h.index;
}
static inline struct sim_handle sim_handle_unpack(uint64_t v)
{
	return (struct sim_handle){(uint32_t)v, (uint32_t)(v >> 32)};
}

#endif
