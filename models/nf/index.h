/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An index: 64-bit key to 64-bit value (less than 2^64 - 1), by open addressing. Sized at set-up;
 * grows by doubling from the replication's arena when it is three quarters full. Nothing ever walks
 * it, so its order is not seen.
 */
#ifndef MODELS_NF_INDEX_H
#define MODELS_NF_INDEX_H

#include "sim/core/pool.h"
#include <stdbool.h>
#include <stdint.h>

struct nf_index_slot {
	uint64_t key;
	uint64_t taken; /* 0: free; else the value + 1 */
};
struct nf_index {
	struct sim_arena *arena;
	struct nf_index_slot *slot;
	uint32_t n, mask;
};

void nf_index_init(struct nf_index *index, struct sim_arena *arena, uint32_t expected);
void nf_index_put(struct nf_index *index, uint64_t key, uint64_t value); /* replaces */
bool nf_index_get(const struct nf_index *index, uint64_t key, uint64_t *value);
void nf_index_remove(struct nf_index *index, uint64_t key); /* harmless when absent */
void nf_index_clear(struct nf_index *index);

/* The first eight octets of a key that is random itself. */
uint64_t nf_index_key(const uint8_t *octets);

#endif
