/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/stat/quantile.h"
#include "analysis/stat/gsl.h"
#include "sim/core/status.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

size_t stat_quantile_rank(size_t n, double p)
{
	/*
	 * n p can exceed a whole number by its last bits (0.07 * 100): that is not the next rank.
	 */
	double rank = ceil((double)n * p - 1e-9 * (double)n * p);
	if (rank < 1)
		return 1;
	return rank > (double)n ? n : (size_t)rank;
}

/* The smallest k with P(Bin(n, p) <= k) >= q. */
static size_t binomial_quantile(size_t n, double p, double q)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (gsl_cdf_binomial_P((unsigned)mid, p, (unsigned)n) >= q)
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}

struct stat_ranks stat_quantile_ranks(size_t n, double p, double level)
{
	stat_gsl_install();
	double tail = (1 - level) / 2;
	return (struct stat_ranks){binomial_quantile(n, p, tail),
	                           binomial_quantile(n, p, 1 - tail) + 1};
}

double stat_quantile_coverage(size_t n, double p, struct stat_ranks ranks)
{
	stat_gsl_install();
	double below = ranks.low ? gsl_cdf_binomial_P((unsigned)(ranks.low - 1), p, (unsigned)n) : 0;
	return gsl_cdf_binomial_P((unsigned)(ranks.high - 1), p, (unsigned)n) - below;
}

size_t stat_quantile_min_n(double p, double level)
{
	SIM_ASSERT(p > 0 && p < 1 && level > 0 && level < 1);
	return (size_t)ceil(log((1 - level) / 2) / log(fmax(p, 1 - p)) - 1e-9);
}

struct stat_interval stat_quantile(const double *ascending, size_t n, double p, double level)
{
	struct stat_interval i = {NAN, NAN, NAN};
	if (n < stat_quantile_min_n(p, level))
		return i;
	struct stat_ranks r = stat_quantile_ranks(n, p, level);
	SIM_ASSERT(r.low >= 1 && r.high <= n);
	i.value = ascending[stat_quantile_rank(n, p) - 1];
	i.low = ascending[r.low - 1];
	i.high = ascending[r.high - 1];
	return i;
}

static int ascending_order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

void stat_sort(double *x, size_t n)
{
	qsort(x, n, sizeof *x, ascending_order);
}

size_t stat_ecdf(const double *ascending, size_t n, size_t most, double *x, double *f)
{
	size_t finite = n, points = 0;
	SIM_ASSERT(most >= 2);
	while (finite > 0 && isinf(ascending[finite - 1]))
		finite--;
	size_t want = finite < most ? finite : most;
	for (size_t i = 0; i < want; i++) {
		size_t k = want == finite ? i : i * (finite - 1) / (want - 1);
		while (k + 1 < finite && ascending[k + 1] == ascending[k])
			k++; /* the top of a step */
		if (points > 0 && x[points - 1] == ascending[k])
			continue;
		x[points] = ascending[k];
		f[points++] = (double)(k + 1) / (double)n;
	}
	return points;
}
