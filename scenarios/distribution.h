/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A distribution of durations in a scenario: a duration (always that long), or
 *
 *     {distribution: exponential, mean: 2 ms}
 *     {distribution: lognormal, p50: 0.6 ms, mean: 0.7 ms}      the mean is above the median
 *     {distribution: erlang, shape: 4, mean: 2 ms}
 *     {distribution: uniform, mean: 2 ms, half_width: 1 ms}
 *     {distribution: deterministic, mean: 2 ms}
 *     {distribution: lognormal, mean: 2 ms, scv: 4}             squared coefficient of variation
 *     {distribution: hyperexponential, mean: 2 ms, scv: 4}      at least 1; balanced means
 *     {distribution: empirical, values: [1 ms, 3 ms], weights: [5, 2]}      weights: or all the same
 */
#ifndef SCENARIOS_DISTRIBUTION_H
#define SCENARIOS_DISTRIBUTION_H

#include "scenarios/tree.h"
#include "sim/core/dist.h"
#include "sim/core/param.h"

int scn_distribution_read(struct scn_context *context, const struct sim_param *row,
                          const char *what, const struct scn_node *node, struct sim_dist *out);
const char *scn_distribution_text(struct scn_context *context, const struct sim_dist *dist);

/* From value.c, which this file and that one share: */

/* A number with its unit, in the row's range. */
int scn_quantity_read(struct scn_context *context, const struct sim_param *row, const char *what,
                      const struct scn_node *node, double *value);
/* Its index among "null|a", -1 after saying what is allowed. */
int scn_choice_read(struct scn_context *context, const char *choices, const char *what,
                    const struct scn_node *node);
const char *scn_choices_text(struct scn_context *context, const char *choices);

#endif
