/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/stat/interval.h"
#include "analysis/stat/gsl.h"
#include "analysis/stat/moment.h"
#include <gsl/gsl_cdf.h>
#include <math.h>

double stat_t_quantile(double p, double df)
{
	stat_gsl_install();
	return gsl_cdf_tdist_Pinv(p, df);
}

struct stat_interval stat_t_interval(const double *x, size_t n, double level)
{
	struct stat_interval i = {stat_mean(x, n), NAN, NAN};
	double sd = stat_sd(x, n);
	if (isnan(sd))
		return i;
	double half = stat_t_quantile(0.5 + level / 2, (double)n - 1) * sd / sqrt((double)n);
	i.low = i.value - half;
	i.high = i.value + half;
	return i;
}

/* The mean of the differences and their spread, Welford's recurrence: no memory is needed. */
struct stat_interval stat_paired(const double *x, const double *y, size_t n, double level)
{
	double mean = n ? 0 : NAN, m2 = 0;
	for (size_t i = 0; i < n; i++) {
		double d = x[i] - y[i], off = d - mean;
		mean += off / (double)(i + 1);
		m2 += off * (d - mean);
	}
	struct stat_interval out = {mean, NAN, NAN};
	if (n < 2 || !isfinite(mean))
		return out;
	double se = sqrt(m2 / ((double)n - 1) / (double)n);
	double half = stat_t_quantile(0.5 + level / 2, (double)n - 1) * se;
	out.low = mean - half;
	out.high = mean + half;
	return out;
}

struct stat_interval stat_clip(struct stat_interval interval, double low, double high)
{
	if (!isnan(interval.low))
		interval.low = fmin(fmax(interval.low, low), high);
	if (!isnan(interval.high))
		interval.high = fmin(fmax(interval.high, low), high);
	return interval;
}

double stat_zero_events_bound(double n, double level)
{
	return n > 0 ? -expm1(log1p(-level) / n) : 1;
}

struct stat_interval stat_proportion(uint64_t k, uint64_t n, double level)
{
	stat_gsl_install();
	if (n == 0)
		return (struct stat_interval){NAN, NAN, NAN};
	double a = (double)k, b = (double)(n - k), tail = (1 - level) / 2;
	struct stat_interval i = {a / (double)n, 0, 1};
	if (k == 0)
		i.high = stat_zero_events_bound((double)n, level);
	else if (k == n)
		i.low = 1 - stat_zero_events_bound((double)n, level);
	else {
		i.low = gsl_cdf_beta_Pinv(tail, a, b + 1);
		i.high = gsl_cdf_beta_Qinv(tail, a + 1, b);
	}
	return i;
}

double stat_welch(struct stat_mean_of a, struct stat_mean_of b)
{
	double va = a.standard_error * a.standard_error, vb = b.standard_error * b.standard_error;
	double v = va + vb, d = a.mean - b.mean;
	if (isnan(d) || isnan(v))
		return NAN;
	if (v == 0)
		return d == 0 ? 1 : 0;
	stat_gsl_install();
	double df = v * v / (va * va / a.df + vb * vb / b.df);
	return 2 * gsl_cdf_tdist_Q(fabs(d) / sqrt(v), df);
}

void stat_bonferroni(const double *p, double *adjusted, size_t n)
{
	size_t m = 0;
	for (size_t i = 0; i < n; i++)
		m += !isnan(p[i]);
	for (size_t i = 0; i < n; i++)
		adjusted[i] = isnan(p[i]) ? NAN : fmin(1, (double)m * p[i]);
}
