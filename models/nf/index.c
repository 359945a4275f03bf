/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/index.h"
#include "sim/core/status.h"

#include <string.h>

/* Finaliser of SplitMix64 (Steele et al., OOPSLA 2014): MSINs are consecutive numbers. */
static uint32_t home_of(const struct nf_index *index, uint64_t key)
{
	key = (key ^ key >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	key = (key ^ key >> 27) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)(key ^ key >> 31) & index->mask;
}

static void allocate(struct nf_index *index, uint32_t slots)
{
	index->slot = sim_arena_alloc(index->arena, slots * sizeof *index->slot);
	index->mask = slots - 1;
	index->n = 0;
}

void nf_index_init(struct nf_index *index, struct sim_arena *arena, uint32_t expected)
{
	uint32_t slots = 16;

	while (slots / 4 * 3 < expected)
		slots *= 2;
	index->arena = arena;
	allocate(index, slots);
}

/* The slot with this key, or the free one where it belongs. */
static uint32_t find(const struct nf_index *index, uint64_t key)
{
	uint32_t i = home_of(index, key);
	while (index->slot[i].taken != 0 && index->slot[i].key != key)
		i = (i + 1) & index->mask;
	return i;
}

static void grow(struct nf_index *index)
{
	struct nf_index_slot *old = index->slot;
	uint32_t slots = index->mask + 1;

	allocate(index, 2 * slots);
	for (uint32_t i = 0; i < slots; i++)
		if (old[i].taken != 0)
			nf_index_put(index, old[i].key, old[i].taken - 1);
}

void nf_index_put(struct nf_index *index, uint64_t key, uint64_t value)
{
	SIM_ASSERT(value != UINT64_MAX);
	if (4 * (index->n + 1) > 3 * (index->mask + 1))
		grow(index);
	struct nf_index_slot *slot = &index->slot[find(index, key)];
	index->n += slot->taken == 0;
	*slot = (struct nf_index_slot){key, value + 1};
}

bool nf_index_get(const struct nf_index *index, uint64_t key, uint64_t *value)
{
	const struct nf_index_slot *slot = &index->slot[find(index, key)];
	if (slot->taken != 0)
		*value = slot->taken - 1;
	return slot->taken != 0;
}

/* Backward shift: those behind the hole move up when their way from home leads through it. */
void nf_index_remove(struct nf_index *index, uint64_t key)
{
	uint32_t hole = find(index, key);

	if (index->slot[hole].taken == 0)
		return;
	for (uint32_t i = (hole + 1) & index->mask; index->slot[i].taken != 0;
	     i = (i + 1) & index->mask) {
		uint32_t home = home_of(index, index->slot[i].key);
		if (((i - home) & index->mask) >= ((i - hole) & index->mask)) {
			index->slot[hole] = index->slot[i];
			hole = i;
		}
	}
	index->slot[hole].taken = 0;
	index->n--;
}

void nf_index_clear(struct nf_index *index)
{
	memset(index->slot, 0, ((size_t)index->mask + 1) * sizeof *index->slot);
	index->n = 0;
}

uint64_t nf_index_key(const uint8_t *octets)
{
	uint64_t key = 0;
	for (int i = 0; i < 8; i++)
		key = key << 8 | octets[i];
	return key;
}
