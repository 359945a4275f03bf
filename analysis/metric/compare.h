/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A result against a baseline. Compared are means, ratios and p50, p90, p95 that have an interval
 * on both sides: Welch's test on the standard errors behind the intervals (the wider side of each,
 * so that a one-sided bound counts), Holm's adjustment over all of them. A difference without any
 * spread on both sides is significant. Extreme quantiles, minima and maxima are not compared:
 * their intervals are too rough for the small p that a family of hundreds asks for.
 */
#ifndef ANALYSIS_METRIC_COMPARE_H
#define ANALYSIS_METRIC_COMPARE_H

#include "analysis/metric/json.h"
#include <stdbool.h>

struct met_difference {
	const struct met_value *own, *baseline; /* NULL: missing on that side */
	double p;                               /* unadjusted; NaN: not compared */
	double adjusted;
	size_t place; /* by name, scope and statistic */
	bool fails;   /* missing, or adjusted p below the family-wise level */
};
struct met_comparison {
	size_t n;
	struct met_difference *row; /* worst first: missing, then by p, then by name */
	size_t compared, significant, missing;
};

/* own and baseline stand on so many replications each. */
void met_compare(const struct met_values *own, uint32_t own_replications,
                 const struct met_values *baseline, uint32_t baseline_replications,
                 double family_level, struct met_comparison *out);
void met_comparison_free(struct met_comparison *comparison);

/* The table, notable rows only, and the verdict in one line. */
void met_comparison_print(const struct met_comparison *comparison, double family_level, FILE *out);

#endif
