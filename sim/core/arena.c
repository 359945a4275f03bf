/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/core/pool.h"
#include "sim/core/memory.h"
#include "sim/core/status.h"
#include <stdlib.h>

enum { ALIGNMENT = 16, BLOCK_OCTETS = 256 * 1024 };

struct block {
	struct block *next;
	size_t size, used; /* of octets[] */
	_Alignas(ALIGNMENT) unsigned char octets[];
};

struct sim_arena {
	struct block *first; /* the one that is being filled */
};

static struct block *block_new(size_t size)
{
	struct block *block = sim_memory_new("a replication's state", 1, sizeof *block + size);

	block->size = size;
	return block;
}

struct sim_arena *sim_arena_new(void)
{
	struct sim_arena *arena = sim_memory_new("a replication's state", 1, sizeof *arena);

	arena->first = block_new(BLOCK_OCTETS);
	return arena;
}

/* A large object gets its own block, behind the one that is being filled. */
static void *alloc_large(struct sim_arena *arena, size_t size)
{
	struct block *block = block_new(size);

	block->used = size;
	block->next = arena->first->next;
	arena->first->next = block;
	return block->octets;
}

void *sim_arena_alloc(struct sim_arena *arena, size_t size)
{
	SIM_ASSERT(size <= SIZE_MAX / 2);
	size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	if (size > BLOCK_OCTETS / 4)
		return alloc_large(arena, size);

	struct block *block = arena->first;
	if (block->size - block->used < size) {
		block = block_new(BLOCK_OCTETS);
		block->next = arena->first;
		arena->first = block;
	}
	void *object = block->octets + block->used;
	block->used += size;
	return object;
}

void sim_arena_free(struct sim_arena *arena)
{
	if (!arena)
		return;
	for (struct block *block = arena->first, *next; block; block = next) {
		next = block->next;
		free(block);
	}
	free(arena);
}
