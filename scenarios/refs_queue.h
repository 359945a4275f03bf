/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCENARIOS_REFS_QUEUE_H
#define SCENARIOS_REFS_QUEUE_H

#include "scenarios/config.h"
#include "scenarios/tree.h"

/* A scenario of stations alone: checks it, and fills in the indices of names. */
void scn_queue_check(struct scn_context *context, const struct scn_node *tree,
                     struct scn_config *config);

#endif
