/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pseudonym policies of the digital twin: which uses share one pseudonym (and with it one holder key).
 * A policy sees only its pol_view and names the *scope* of the pseudonym as a number: two entries
 * with equal scopes get the same pseudonym, other scopes get fresh, unlinkable ones.
 */
#ifndef MODELS_POLICY_POLICY_H
#define MODELS_POLICY_POLICY_H

#include "sim/core/param.h"
#include <stdint.h>

struct pol_view {
	uint32_t session;  /* sessions of this twin so far      */
	uint16_t hospital; /* the audience of the assertion     */
};

struct pol_entry {
	const char *name, *doc, *source;
	uint64_t (*scope)(const struct pol_view *view);
};

/* Listed in pol_list.h; in the order of enum pol_kind. */
extern const struct pol_entry *const pol_entries[];
extern const uint32_t pol_n_entries;

enum pol_commitment { POL_COMMITMENT_STATIC, POL_COMMITMENT_SALTED };

/* Section `dt`. */
struct pol_config {
	uint8_t pseudonym;  /* index in pol_entries                                          */
	uint8_t commitment; /* enum pol_commitment: manifest root as it is, or freshly salted per scope */
	int64_t assertion_lifetime_ns;
};
extern const struct sim_section pol_section;

#endif
