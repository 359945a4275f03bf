/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The NFT registry: append-only, hash-linked, signed; blocks at an interval, final after some.
 *
 * Models: acceptance of a mint that the home network signed, one block on each point of the
 * interval's grid (of random phase) at which something can become final, confirmation to the
 * minter. A token is minted once; the same mint again is confirmed again, another owner for it is
 * refused.
 * Leaves out: consensus (its duration is the interval and the finality), blocks that would be
 * empty and make nothing final (they change no answer and would keep the event list busy),
 * transfer of ownership.
 * Sources: the use case, 5.A.1; design of the chain: Haber and Stornetta, J. Cryptology 3, 1991.
 */
#ifndef MODELS_NF_LEDGER_H
#define MODELS_NF_LEDGER_H

#include "models/nf/anchors.h"
#include "models/nf/station_config.h"

struct ledger_config {
	struct nf_station_config station;
	int64_t block_interval_ns;
	int64_t finality; /* blocks on top, the one with the entry included */
};
extern const struct sim_section ledger_section;

struct ledger;
struct ledger *ledger_new(struct nf_env *env, const struct ledger_config *config,
                          struct nf_anchors *anchors); /* publishes its key */
extern const struct nf_entry nf_ledger;

/* Public to read. */
struct ledger_block {
	uint64_t number; /* the first is 1 */
	uint32_t first_entry, n_entries;
	uint8_t previous[32], entries[32], hash[32], signature[64];
};
struct ledger_entry {
	uint8_t token[32], owner_key[32];
	uint64_t block; /* 0: waits for one */
};
uint32_t ledger_n_blocks(const struct ledger *ledger);
const struct ledger_block *ledger_block(const struct ledger *ledger, uint32_t i);
const struct ledger_entry *ledger_entry(const struct ledger *ledger, uint32_t i);

#endif
