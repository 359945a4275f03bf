/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/stat/cluster.h"
#include "analysis/stat/gsl.h"
#include "analysis/stat/quantile.h"
#include "sim/core/rng.h"
#include "sim/core/status.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 256 };

struct stat_boot *stat_boot_new(uint64_t seed, uint32_t clusters)
{
	struct stat_boot *boot = calloc(1, sizeof *boot);
	if (!boot)
		return NULL;
	boot->clusters = clusters;
	boot->resamples = STAT_RESAMPLES;
	boot->weight = calloc((size_t)boot->resamples * clusters + 1, sizeof *boot->weight);
	if (!boot->weight) {
		free(boot);
		return NULL;
	}
	for (uint32_t b = 0; b < boot->resamples; b++) {
		struct sim_stream stream = sim_stream_open(seed, 0, STAT_STREAM_PURPOSE, b);
		for (uint32_t i = 0; i < clusters; i++)
			boot->weight[(size_t)b * clusters + sim_stream_below(&stream, clusters)]++;
	}
	return boot;
}

void stat_boot_free(struct stat_boot *boot)
{
	if (!boot)
		return;
	free(boot->weight);
	free(boot);
}

double stat_boot_tail(uint32_t clusters, double level)
{
	stat_gsl_install();
	double n = clusters, t = gsl_cdf_tdist_Pinv((1 - level) / 2, n - 1);
	return gsl_cdf_ugaussian_P(sqrt(n / (n - 1)) * t);
}

/*
 * The interval of the resampled statistics; those without a value (empty resamples) are left out.
 */
static void percentiles(const struct stat_boot *boot, double *statistic, double level,
                        struct stat_interval *out)
{
	size_t n = boot->resamples, defined = 0;
	double tail = stat_boot_tail(boot->clusters, level);
	for (size_t i = 0; i < n; i++)
		if (!isnan(statistic[i]))
			statistic[defined++] = statistic[i];
	if (defined == 0)
		return;
	stat_sort(statistic, defined);
	out->low = statistic[stat_quantile_rank(defined, tail) - 1];
	out->high = statistic[stat_quantile_rank(defined, 1 - tail) - 1];
}

struct stat_interval stat_boot_ratio(const struct stat_boot *boot, const double *num,
                                     const double *den, double level)
{
	double n = 0, d = 0, statistic[STAT_RESAMPLES];
	for (uint32_t c = 0; c < boot->clusters; c++) {
		n += num[c];
		d += den[c];
	}
	struct stat_interval out = {d > 0 ? n / d : NAN, NAN, NAN};
	if (boot->clusters < STAT_FEWEST_CLUSTERS || isnan(out.value) || isinf(out.value))
		return out;
	for (uint32_t b = 0; b < boot->resamples; b++) {
		const uint16_t *w = &boot->weight[(size_t)b * boot->clusters];
		n = d = 0;
		for (uint32_t c = 0; c < boot->clusters; c++) {
			n += w[c] * num[c];
			d += w[c] * den[c];
		}
		statistic[b] = d > 0 ? n / d : NAN;
	}
	percentiles(boot, statistic, level, &out);
	return out;
}

static int by_value(const void *a, const void *b)
{
	const struct stat_sample *x = a, *y = b;
	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return (x->cluster > y->cluster) - (x->cluster < y->cluster);
}

static size_t entries_of(const struct stat_pool *whole, uint64_t n)
{
	size_t entries = 0;
	uint64_t before = 0;
	while (before < n)
		before += whole->sorted[entries++].times;
	SIM_ASSERT(before == n);
	return entries;
}

int stat_pool_prefix(struct stat_pool *pool, const struct stat_pool *whole, uint64_t n)
{
	SIM_ASSERT(n <= whole->n);
	size_t entries = entries_of(whole, n), blocks = entries / BLOCK + 1;
	*pool = (struct stat_pool){.n = n, .entries = entries, .clusters = whole->clusters,
	                           .sorted = whole->sorted};
	pool->count = calloc(pool->clusters + 1, sizeof *pool->count);
	pool->checkpoint = malloc((blocks * pool->clusters + 1) * sizeof *pool->checkpoint);
	if (!pool->count || !pool->checkpoint) {
		stat_pool_free(pool);
		return -1;
	}
	for (size_t i = 0; i < entries; i++) {
		if (i % BLOCK == 0)
			memcpy(&pool->checkpoint[i / BLOCK * pool->clusters], pool->count,
			       pool->clusters * sizeof *pool->count);
		SIM_ASSERT(pool->sorted[i].cluster < pool->clusters);
		pool->count[pool->sorted[i].cluster] += pool->sorted[i].times;
	}
	return 0;
}

int stat_pool_init(struct stat_pool *pool, struct stat_sample *samples, size_t entries,
                   uint32_t clusters)
{
	struct stat_pool whole = {.clusters = clusters, .sorted = samples};
	qsort(samples, entries, sizeof *samples, by_value);
	for (size_t i = 0; i < entries; i++)
		whole.n += samples[i].times;
	return stat_pool_prefix(pool, &whole, whole.n);
}

void stat_pool_free(struct stat_pool *pool)
{
	free(pool->count);
	free(pool->checkpoint);
	*pool = (struct stat_pool){0};
}

void stat_pool_each(const struct stat_pool *pool, double p, double *out)
{
	uint64_t *left = malloc((pool->clusters + 1) * sizeof *left);
	SIM_ASSERT(left);
	for (uint32_t c = 0; c < pool->clusters; c++) {
		left[c] = pool->count[c] ? stat_quantile_rank(pool->count[c], p) : 0;
		out[c] = NAN;
	}
	for (size_t i = 0; i < pool->entries; i++) {
		const struct stat_sample *s = &pool->sorted[i];
		if (left[s->cluster] > 0 && left[s->cluster] <= s->times)
			out[s->cluster] = s->value;
		left[s->cluster] -= left[s->cluster] < s->times ? left[s->cluster] : s->times;
	}
	free(left);
}

static uint64_t weighted(const uint64_t *count, const uint16_t *w, uint32_t clusters)
{
	uint64_t sum = 0;
	for (uint32_t c = 0; c < clusters; c++)
		sum += count[c] * w[c];
	return sum;
}

/* The value at this rank, from 1, when the values of cluster c stand w[c] times. */
static double at_rank(const struct stat_pool *pool, const uint16_t *w, uint64_t rank)
{
	/* The last block with fewer than `rank` values before it. */
	size_t low = 0, high = (pool->entries - 1) / BLOCK;
	while (low < high) {
		size_t mid = high - (high - low) / 2;
		if (weighted(&pool->checkpoint[mid * pool->clusters], w, pool->clusters) < rank)
			low = mid;
		else
			high = mid - 1;
	}
	uint64_t before = weighted(&pool->checkpoint[low * pool->clusters], w, pool->clusters);
	for (size_t i = low * BLOCK; i < pool->entries; i++) {
		before += (uint64_t)w[pool->sorted[i].cluster] * pool->sorted[i].times;
		if (before >= rank)
			return pool->sorted[i].value;
	}
	return NAN;
}

/* The p-quantile of the pool in which cluster c stands w[c] times. */
static double weighted_quantile(const struct stat_pool *pool, const uint16_t *w, double p)
{
	uint64_t total = weighted(pool->count, w, pool->clusters);
	return total ? at_rank(pool, w, stat_quantile_rank(total, p)) : NAN;
}

/* Of the pool as it is. */
static double plain_quantile(const struct stat_pool *pool, double p)
{
	uint16_t *once = malloc((pool->clusters + 1) * sizeof *once);
	SIM_ASSERT(once);
	for (uint32_t c = 0; c < pool->clusters; c++)
		once[c] = 1;
	double out = weighted_quantile(pool, once, p);
	free(once);
	return out;
}

struct stat_interval stat_pool_quantile(const struct stat_pool *pool, const struct stat_boot *boot,
                                        double p, double level)
{
	struct stat_interval out = {NAN, NAN, NAN};
	double statistic[STAT_RESAMPLES];
	if (pool->n == 0)
		return out;
	SIM_ASSERT(boot->clusters == pool->clusters);
	out.value = plain_quantile(pool, p);
	if (pool->clusters < STAT_FEWEST_CLUSTERS)
		return out;
	for (uint32_t b = 0; b < boot->resamples; b++)
		statistic[b] = weighted_quantile(pool, &boot->weight[(size_t)b * boot->clusters], p);
	percentiles(boot, statistic, level, &out);
	return out;
}
