/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Attacks and faults. Each is one file `atk_<name>.c` with a const entry; its configuration begins with
 * struct atk_common. An attack acts through the port below and never sees ground truth.
 * An attack of rate zero or duration zero schedules nothing at all: its variant is its twin.
 */
#ifndef MODELS_ATTACK_ATTACK_H
#define MODELS_ATTACK_ATTACK_H

#include "sim/core/param.h"
#include "sim/core/sim.h"
#include <stdint.h>

struct atk_common {
	int64_t start_ns;
	int64_t duration_ns;
};

/* What an attack can do in the world; given by the world. */
struct atk_port {
	struct sim *sim;
	uint16_t kind;  /* event kind that comes back to .wake                                   */
	uint32_t index; /* number of this attack: the `to` of its events                         */
	uint32_t purpose; /* of its random streams                                               */
	void *world;
	/* The k-th NAS Registration Request, with this SUCI scheme output, reaches the AMF through a cell. */
	void (*inject_suci)(void *world, uint32_t attack, uint32_t cell, uint32_t k,
	                    const uint8_t *output, uint32_t n);
	uint32_t (*n_cells)(void *world);
	/* A network function by name goes down or comes up; its state is lost. -1: no such function. */
	int (*nf_find)(void *world, const char *name);
	void (*nf_down)(void *world, int nf);
	void (*nf_up)(void *world, int nf);
};

struct atk_entry {
	const char *name, *doc, *source, *oracle;
	const struct sim_section *section; /* keys beside `kind` */
	void (*start)(const struct atk_port *port, const void *config);
	void (*wake)(const struct atk_port *port, const void *config, const struct sim_event *event);
};

/* Listed in atk_list.h. */
extern const struct atk_entry *const atk_entries[];
extern const uint32_t atk_n_entries;

#endif
