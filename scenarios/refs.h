/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What no single value shows: references between entries, and values that do not fit one another. */
#ifndef SCENARIOS_REFS_H
#define SCENARIOS_REFS_H

#include "scenarios/config.h"
#include "scenarios/tree.h"

/* Checks one variant, whose tree tells the places; fills in city_index. */
void scn_refs_check(struct scn_context *context, const struct scn_node *tree,
                    struct scn_config *config);

#endif
