/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Intervals and tests on values that are independent of one another: one value per replication, or
 * counts of independent trials. Undefined is NaN: an interval of one value has no bounds.
 */
#ifndef ANALYSIS_STAT_INTERVAL_H
#define ANALYSIS_STAT_INTERVAL_H

#include <stddef.h>
#include <stdint.h>

struct stat_interval {
	double value, low, high;
};

/* Mean of x with Student's interval; infinite when a value is; bounds NaN when n < 2. */
struct stat_interval stat_t_interval(const double *x, size_t n, double level);
/* Mean of x[i] - y[i]: the comparison under common random numbers. */
struct stat_interval stat_paired(const double *x, const double *y, size_t n, double level);

/* Bounds cut to [low, high], the range that the statistic can have; undefined ones stay so. */
struct stat_interval stat_clip(struct stat_interval interval, double low, double high);

double stat_t_quantile(double p, double df);

/*
 * Upper bound, at `level`, of a probability after no event in n trials: 1 - (1 - level)^(1/n) ~
 * 3/n.
 */
double stat_zero_events_bound(double n, double level);
/* Clopper-Pearson, two-sided; one-sided at `level` when k = 0 or k = n (the rule of three). */
struct stat_interval stat_proportion(uint64_t k, uint64_t n, double level);

/* A mean with its standard error and degrees of freedom. */
struct stat_mean_of {
	double mean, standard_error, df;
};
/*
 * Two-sided p of Welch's test. Without any spread on both sides the answer is sharp: 1 when
 * equal, 0 when not. NaN when a side is undefined.
 */
double stat_welch(struct stat_mean_of a, struct stat_mean_of b);

/*
 * adjusted[i] of p[i], n of them (NaN stays NaN and does not count): compare with the family-wise
 * level.
 */
void stat_holm(const double *p, double *adjusted, size_t n);
void stat_bonferroni(const double *p, double *adjusted, size_t n);

#endif
