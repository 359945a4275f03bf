/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The estimators of metric.h's rule 1: over replications where possible, pooled where not. */
#ifndef ANALYSIS_METRIC_ESTIMATE_H
#define ANALYSIS_METRIC_ESTIMATE_H

#include "analysis/metric/metric.h"

/* Sums of one replication's numerator and denominator: a mean, a ratio. */
struct met_sums {
	double *num, *den; /* n of each */
	uint32_t n;
};
struct met_sums met_sums_new(uint32_t n);
void met_sums_free(struct met_sums *sums);
double met_total(const double *x, uint32_t n);

/*
 * Sums of every replication by its number, of those that finished in this job's variant, in
 * order. To be freed.
 */
struct met_sums met_finished(const struct met_job *job, const struct met_sums *by_replication);
/*
 * Paired differences a - b of the replications' own ratios, over those that both have; *n of them.
 */
struct stat_interval met_paired(const struct met_job *job, const struct met_sums *a,
                                const struct met_sums *b, uint64_t *n);

/*
 * Sum of num over sum of den, over replications where each has a denominator, else pooled; of what
 * is never below 0: so the bounds are not either.
 */
struct stat_interval met_mean(const struct met_job *job, const struct met_sums *sums);
/*
 * The same for a share in [low, high]: bounds stay inside; when every replication is at one end,
 * the other bound is the rule of three on `trials`, taken as independent.
 */
struct stat_interval met_share(const struct met_job *job, const struct met_sums *sums, double low,
                               double high, double trials);
/* met_mean() of counted events; none at all gives the bound -ln(1 - level) / sum of den ~ 3/n. */
struct stat_interval met_rate(const struct met_job *job, const struct met_sums *sums);
/* Mean number of events in a replication; none at all gives the bound -ln(1 - level) / R ~ 3/R. */
struct stat_interval met_event_mean(const struct met_job *job, const double *events);
/*
 * Of what is never below 0. NaN where the pool is too small; a quantile of each replication where
 * each is large enough.
 */
struct stat_interval met_quantile(const struct met_job *job, const struct stat_pool *pool,
                                  double p);

#endif
