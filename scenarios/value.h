/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One value: from the text of a scenario into the field that its parameter row describes, and back. */
#ifndef SCENARIOS_VALUE_H
#define SCENARIOS_VALUE_H

#include "scenarios/tree.h"
#include "sim/core/param.h"

/* `what` names it in messages: "amf.t3560". Returns -1 after saying what was found and is allowed. */
int scn_value_read(struct scn_context *context, const struct sim_param *row, const char *what,
                   const struct scn_node *node, void *config);

/* The row's default (which must be good); nothing where there is none. */
void scn_value_default(struct scn_context *context, const struct sim_param *row, void *config);

/* As scenario text that reads back to the same value. */
const char *scn_value_text(struct scn_context *context, const struct sim_param *row,
                           const void *config);
/* SI unit, "" without one. */
const char *scn_value_unit(const struct sim_param *row);
/* As a number: durations in nanoseconds, false 0, true 1, "infinite" and "never" -1; NaN for words. */
double scn_value_number(const struct sim_param *row, const void *config);

/* What it may be: "a duration, 1 s to 10 s". */
const char *scn_value_allowed(struct scn_context *context, const struct sim_param *row);

/* The keys of a distribution written as a mapping. */
bool scn_is_distribution_key(const char *key);

#endif
