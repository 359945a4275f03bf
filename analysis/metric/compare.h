/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A result against a baseline. Compared are means, ratios and p50, p90, p95 that have an interval
 * on both sides: Welch's test on the standard errors behind the intervals (the wider side of each,
 * so that a one-sided bound counts), Holm's adjustment over all of them. A difference without any
 * spread on both sides is significant. Extreme quantiles, minima and maxima are not compared:
 * their intervals are too rough for the small p that a family of hundreds asks for. Nor are
 * numbers over finished waits (source=finished) where all finished on both sides: they are those
 * over all, once more. A variant or adversary that one side does not have at all is said once.
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
	int absence;  /* index of the whole that is missing; -1: none, or this number alone */
	bool fails;   /* missing, or adjusted p below the family-wise level */
};
/*
 * A variant or adversary of which one side has no number; or what the result did not record and a
 * baseline has: "record.level", "metrics".
 */
struct met_absence {
	const char *key, *name; /* "variant", "flood" */
	bool own;               /* it is this side that does not have it */
	size_t numbers;
};
struct met_comparison {
	size_t n;
	struct met_difference *row; /* worst first: missing, then by p, then by name */
	size_t compared, significant, missing;
	size_t n_absences;
	struct met_absence *absence;
};

/* SIM_E_USAGE and a sentence when a number of both has another unit on the other side. */
enum sim_code met_same_units(const struct met_values *own, const char *path,
                             const struct met_values *baseline, const char *against,
                             struct sim_err *err);
/* own and baseline stand on so many replications each. */
void met_compare(const struct met_values *own, uint32_t own_replications,
                 const struct met_values *baseline, uint32_t baseline_replications,
                 double family_level, struct met_comparison *out);
void met_comparison_free(struct met_comparison *comparison);

/* The table, notable rows only, and the verdict in one line. */
void met_comparison_print(const struct met_comparison *comparison, double family_level, FILE *out);

#endif
