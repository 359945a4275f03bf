/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Quantiles as order statistics: the p-quantile of n samples is x(ceil(n p)), the inverse of the
 * ECDF. There is no interpolation, so an infinite sample (a demand that never finished) is in
 * order.
 */
#ifndef ANALYSIS_STAT_QUANTILE_H
#define ANALYSIS_STAT_QUANTILE_H

#include "analysis/stat/interval.h"
#include <stddef.h>

/* Rank of the p-quantile among n samples, from 1. */
size_t stat_quantile_rank(size_t n, double p);

/*
 * Ranks, from 1, of the order statistics that enclose the quantile of a continuous distribution
 * with at least `level`, each tail at most half the rest: P(low <= Bin(n, p) < high). 0 and n + 1
 * stand for "there is none".
 */
struct stat_ranks {
	size_t low, high;
};
struct stat_ranks stat_quantile_ranks(size_t n, double p, double level);
double stat_quantile_coverage(size_t n, double p, struct stat_ranks ranks);

/*
 * The fewest samples from which that interval exists: no quantile is printed from fewer. 368 for
 * p = 0.99, 6 for the median, at 95 %.
 */
size_t stat_quantile_min_n(double p, double level);

/* Of n independent, ascending samples; all NaN when n is too small. */
struct stat_interval stat_quantile(const double *ascending, size_t n, double p, double level);

/* In place, ascending, infinities last; no NaN may be in x. */
void stat_sort(double *x, size_t n);

/*
 * The ECDF of n ascending samples thinned to at most `most` points that a reader cannot tell from
 * all of them: x[i], f[i] = share of samples <= x[i]. Infinite samples keep f below 1 and are not
 * points themselves. Returns the number of points; the first and the last finite sample are among
 * them.
 */
size_t stat_ecdf(const double *ascending, size_t n, size_t most, double *x, double *f);

#endif
