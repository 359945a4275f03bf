/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/stat/moment.h"
#include <gsl/gsl_statistics_double.h>
#include <math.h>

double stat_mean(const double *x, size_t n)
{
	if (n == 0)
		return NAN;
	for (size_t i = 0; i < n; i++)
		if (!isfinite(x[i]))
			return isnan(x[i]) ? NAN : x[i];
	return gsl_stats_mean(x, 1, n);
}

double stat_sd(const double *x, size_t n)
{
	double mean = stat_mean(x, n);
	if (n < 2 || !isfinite(mean))
		return NAN;
	return gsl_stats_sd_m(x, 1, n, mean);
}

double stat_entropy_bit(const double *p, size_t n)
{
	double h = 0;
	for (size_t i = 0; i < n; i++)
		if (p[i] > 0)
			h -= p[i] * log2(p[i]);
	return h > 0 ? h : 0; /* no minus zero of a certain posterior */
}

double stat_min_entropy_bit(const double *p, size_t n)
{
	double most = 0;
	for (size_t i = 0; i < n; i++)
		most = fmax(most, p[i]);
	return most > 0 ? fmax(0, -log2(most)) : NAN;
}

double stat_anonymity_set(const double *p, size_t n)
{
	return exp2(stat_entropy_bit(p, n));
}

double stat_anonymity_degree(const double *p, size_t n)
{
	return n < 2 ? NAN : stat_entropy_bit(p, n) / log2((double)n);
}
