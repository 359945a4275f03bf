/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The NFT registry: append-only, hash-linked, signed; blocks at an interval, final after some. */
#ifndef MODELS_NF_LEDGER_H
#define MODELS_NF_LEDGER_H

#include "models/nf/station_config.h"


struct ledger_config {
	struct nf_station_config station;
	int64_t block_interval_ns;
	int64_t finality; /* blocks on top, the one with the entry included */
};
extern const struct sim_section ledger_section;

#endif
