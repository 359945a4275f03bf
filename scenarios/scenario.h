/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A loaded scenario from inside: shared by load.c, variant.c and parameter.c. */
#ifndef SCENARIOS_SCENARIO_H
#define SCENARIOS_SCENARIO_H

#include "scenarios/context.h"
#include "scenarios/load.h"
#include "scenarios/set.h"
#include "scenarios/tree.h"

/* One variant with what it was made from. */
struct scn_made {
	struct scn_variant variant;
	const struct scn_node *tree;   /* all layers merged                          */
	const struct scn_node *twin;   /* what the scenario says after `twin:`, or NULL */
	struct scn_place place;        /* of its name                                */
	struct scn_parameter *parameters;
	size_t n_parameters;
};

struct scn {
	struct scn_context context;
	struct scn_made *made[2 * SCN_MAX_VARIANTS]; /* hidden twins included */
	uint32_t n_made;
	const struct scn_node *profile[8]; /* read when a variant is calibrated by it; by number */
	struct scn_text *texts;
	uint32_t n_texts, n_files;
};

/* Makes and checks all variants of the file's tree, with --set on top; what is wrong is said. */
void scn_variants_make(struct scn *scn, const struct scn_node *file, struct scn_set *sets,
                       uint32_t n_sets);
/* Lists parameters; finds each one's twin, making hidden ones where `auto` finds none. */
void scn_variants_pair(struct scn *scn);
/* Keeps those that are asked for and their twins. */
void scn_variants_select(struct scn *scn, const struct scn_options *options);

/* The effective parameters of one variant, in the order of the manual. */
void scn_parameters_list(struct scn_context *context, struct scn_made *made);

#endif
