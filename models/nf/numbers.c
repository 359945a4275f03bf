/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/numbers.h"

#include <string.h>

/* Finaliser of SplitMix64 (Steele et al., OOPSLA 2014). */
static uint32_t home_of(const struct nf_numbers *numbers, uint64_t key)
{
	key = (key ^ key >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	key = (key ^ key >> 27) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)(key ^ key >> 31) & numbers->mask;
}

static uint64_t key_at(const struct nf_numbers *numbers, uint32_t i)
{
	return numbers->key_of(numbers->table, numbers->slot[i] - 1);
}

static void allocate(struct nf_numbers *numbers, uint32_t slots)
{
	numbers->slot = sim_arena_alloc(numbers->arena, slots * sizeof *numbers->slot);
	numbers->mask = slots - 1;
	numbers->n = 0;
}

void nf_numbers_init(struct nf_numbers *numbers, struct sim_arena *arena, uint32_t expected,
                     uint64_t (*key_of)(const void *table, uint32_t number), const void *table)
{
	uint32_t slots = 16;

	while (slots / 4 * 3 < expected)
		slots *= 2;
	*numbers = (struct nf_numbers){.arena = arena, .key_of = key_of, .table = table};
	allocate(numbers, slots);
}

/* The slot with this key, or the free one where it belongs. */
static uint32_t find(const struct nf_numbers *numbers, uint64_t key)
{
	uint32_t i = home_of(numbers, key);

	while (numbers->slot[i] != 0 && key_at(numbers, i) != key)
		i = (i + 1) & numbers->mask;
	return i;
}

static void grow(struct nf_numbers *numbers)
{
	const uint32_t *old = numbers->slot;
	uint32_t slots = numbers->mask + 1;

	allocate(numbers, 2 * slots);
	for (uint32_t i = 0; i < slots; i++)
		if (old[i] != 0)
			nf_numbers_put(numbers, old[i] - 1);
}

void nf_numbers_put(struct nf_numbers *numbers, uint32_t number)
{
	if (4 * (numbers->n + 1) > 3 * (numbers->mask + 1))
		grow(numbers);
	uint32_t *slot = &numbers->slot[find(numbers, numbers->key_of(numbers->table, number))];
	numbers->n += *slot == 0;
	*slot = number + 1;
}

bool nf_numbers_get(const struct nf_numbers *numbers, uint64_t key, uint32_t *number)
{
	uint32_t found = numbers->slot[find(numbers, key)];

	if (found != 0)
		*number = found - 1;
	return found != 0;
}

/* Backward shift: those behind the hole move up when their way from home leads through it. */
void nf_numbers_remove(struct nf_numbers *numbers, uint32_t number)
{
	uint32_t hole = find(numbers, numbers->key_of(numbers->table, number));

	if (numbers->slot[hole] != number + 1)
		return;
	for (uint32_t i = (hole + 1) & numbers->mask; numbers->slot[i] != 0;
	     i = (i + 1) & numbers->mask) {
		uint32_t home = home_of(numbers, key_at(numbers, i));
		if (((i - home) & numbers->mask) >= ((i - hole) & numbers->mask)) {
			numbers->slot[hole] = numbers->slot[i];
			hole = i;
		}
	}
	numbers->slot[hole] = 0;
	numbers->n--;
}

void nf_numbers_clear(struct nf_numbers *numbers)
{
	memset(numbers->slot, 0, ((size_t)numbers->mask + 1) * sizeof *numbers->slot);
	numbers->n = 0;
}
