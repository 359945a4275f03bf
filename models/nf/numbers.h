/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which subscriber has a key: subscriber numbers by a key that each of them has once and that its
 * table knows already, four octets a slot. Open addressing; grows as an index does (index.h).
 */
#ifndef MODELS_NF_NUMBERS_H
#define MODELS_NF_NUMBERS_H

#include "sim/core/pool.h"
#include <stdbool.h>
#include <stdint.h>

/* Octets of a number, when the table has just been doubled. */
enum { NF_NUMBERS_MOST = 11 };

struct nf_numbers {
	struct sim_arena *arena;
	uint64_t (*key_of)(const void *table, uint32_t number); /* of those that are in */
	const void *table;
	uint32_t *slot; /* number + 1; 0 free */
	uint32_t n, mask;
};

/* What is lent with key_of must not move. */
void nf_numbers_init(struct nf_numbers *numbers, struct sim_arena *arena, uint32_t expected,
                     uint64_t (*key_of)(const void *table, uint32_t number), const void *table);
/* Its key is in the table already, and nobody else's. Harmless when it is in. */
void nf_numbers_put(struct nf_numbers *numbers, uint32_t number);
bool nf_numbers_get(const struct nf_numbers *numbers, uint64_t key, uint32_t *number);
/* Before its key changes. Harmless when absent. */
void nf_numbers_remove(struct nf_numbers *numbers, uint32_t number);
void nf_numbers_clear(struct nf_numbers *numbers);

#endif
