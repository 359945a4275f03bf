/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/metric/estimate.h"
#include "analysis/stat/moment.h"
#include "analysis/stat/quantile.h"
#include <math.h>
#include <stdlib.h>

static const struct stat_interval undefined = {NAN, NAN, NAN};

struct met_sums met_sums_new(uint32_t n)
{
	return (struct met_sums){met_alloc(n, sizeof(double)), met_alloc(n, sizeof(double)), n};
}

void met_sums_free(struct met_sums *sums)
{
	free(sums->num);
	free(sums->den);
	*sums = (struct met_sums){0};
}

double met_total(const double *x, uint32_t n)
{
	double total = 0;
	for (uint32_t i = 0; i < n; i++)
		total += x[i];
	return total;
}

struct met_sums met_finished(const struct met_job *job, const struct met_sums *by_replication)
{
	struct met_sums out = met_sums_new(job->n);
	for (uint32_t i = 0; i < job->n; i++) {
		out.num[i] = by_replication->num[job->replication[i]];
		out.den[i] = by_replication->den[job->replication[i]];
	}
	return out;
}

struct stat_interval met_paired(const struct met_job *job, const struct met_sums *a,
                                const struct met_sums *b, uint64_t *n)
{
	double *x = met_alloc(a->n, sizeof *x), *y = met_alloc(a->n, sizeof *y);
	*n = 0;
	for (uint32_t i = 0; i < a->n; i++)
		if (a->den[i] > 0 && b->den[i] > 0) {
			x[*n] = a->num[i] / a->den[i];
			y[(*n)++] = b->num[i] / b->den[i];
		}
	struct stat_interval out = stat_paired(x, y, *n, job->level);
	free(x);
	free(y);
	return out;
}

/* Bounds as they come. */
static struct stat_interval mean_of(const struct met_job *job, const struct met_sums *sums)
{
	SIM_ASSERT(sums->n == job->n);
	if (job->n == 0 || met_total(sums->den, sums->n) <= 0)
		return undefined;
	double *each = met_alloc(sums->n, sizeof *each);
	bool all = true;
	for (uint32_t i = 0; i < sums->n; i++) {
		each[i] = sums->num[i] / sums->den[i];
		all = all && sums->den[i] > 0;
	}
	struct stat_interval out = all ? stat_t_interval(each, sums->n, job->level)
	                               : stat_boot_ratio(job->boot, sums->num, sums->den, job->level);
	free(each);
	return out;
}

struct stat_interval met_mean(const struct met_job *job, const struct met_sums *sums)
{
	return stat_clip(mean_of(job, sums), 0, INFINITY);
}

static bool all_at(const struct met_sums *sums, double end)
{
	for (uint32_t i = 0; i < sums->n; i++)
		if (sums->num[i] != end * sums->den[i])
			return false;
	return true;
}

struct stat_interval met_share(const struct met_job *job, const struct met_sums *sums, double low,
                               double high, double trials)
{
	struct stat_interval out = mean_of(job, sums);
	if (isnan(out.value))
		return out;
	double bound = (high - low) * stat_zero_events_bound(trials, job->level);
	if (all_at(sums, low))
		return (struct stat_interval){low, low, low + bound};
	if (all_at(sums, high))
		return (struct stat_interval){high, high - bound, high};
	return stat_clip(out, low, high);
}

struct stat_interval met_rate(const struct met_job *job, const struct met_sums *sums)
{
	struct stat_interval out = met_mean(job, sums);
	if (out.value == 0)
		return (struct stat_interval){0, 0, -log1p(-job->level) / met_total(sums->den, sums->n)};
	return out;
}

struct stat_interval met_event_mean(const struct met_job *job, const double *events)
{
	struct stat_interval out = stat_t_interval(events, job->n, job->level);
	if (out.value == 0)
		return (struct stat_interval){0, 0, -log1p(-job->level) / job->n};
	return stat_clip(out, 0, INFINITY);
}

struct stat_interval met_quantile(const struct met_job *job, const struct stat_pool *pool, double p)
{
	size_t fewest = stat_quantile_min_n(p, job->level);
	if (pool->n < fewest)
		return undefined;
	bool each_allows = true;
	for (uint32_t c = 0; c < pool->clusters; c++)
		each_allows = each_allows && pool->count[c] >= fewest;
	if (each_allows) {
		double *each = met_alloc(pool->clusters, sizeof *each);
		stat_pool_each(pool, p, each);
		struct stat_interval out = stat_t_interval(each, pool->clusters, job->level);
		free(each);
		if (isfinite(out.value))
			return stat_clip(out, 0, INFINITY);
	}
	return stat_pool_quantile(pool, job->boot, p, job->level);
}
