/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --set KEY=VALUE and its shorter sisters --engine, --seed, --replications. */
#ifndef SCENARIOS_SET_H
#define SCENARIOS_SET_H

#include "scenarios/load.h"
#include "scenarios/tree.h"

struct scn_set {
	const char *key;
	struct scn_node *value;
	struct scn_place place; /* its own source: the text of VALUE */
	bool applied;           /* to one variant at least           */
};

/* All of them in the order of their strength; what is wrong is said. */
struct scn_set *scn_sets_read(struct scn_context *context, const struct scn_options *options,
                              uint32_t *n);

/*
 * The tree with the value in its place, where the place exists: every key of a section, and entries
 * of lists that are there. Returns the tree itself where it does not.
 */
const struct scn_node *scn_set_apply(struct scn_context *context, struct scn_set *set,
                                     const struct scn_node *tree);

/* Whether the tree has a place for it. */
bool scn_set_fits(struct scn_context *context, const struct scn_set *set,
                  const struct scn_node *tree);

/* For a set that no variant had a place for. */
void scn_set_say_unknown(struct scn_context *context, const struct scn_set *set,
                         const struct scn_node *const *trees, uint32_t n_trees);

#endif
