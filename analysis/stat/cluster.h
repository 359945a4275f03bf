/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Samples inside one replication depend on one another, so whole replications (clusters) are
 * resampled: the cluster bootstrap (Davison, Hinkley: Bootstrap Methods, 1997, section 3.8). The
 * interval is the expanded percentile interval (Hesterberg, The American Statistician 69, 2015),
 * as wide for few clusters as Student's; from fewer than five there is none. The resamples are
 * drawn once for a number of clusters from a named stream, so that every statistic of a run sees
 * the same ones and the same file gives the same octets.
 */
#ifndef ANALYSIS_STAT_CLUSTER_H
#define ANALYSIS_STAT_CLUSTER_H

#include "analysis/stat/interval.h"
#include <stddef.h>
#include <stdint.h>

enum {
	STAT_RESAMPLES = 1000,
	STAT_FEWEST_CLUSTERS = 5,
	STAT_STREAM_PURPOSE = 4000 /* of sim_stream_open: no model uses it */
};

/* weight[b * clusters + c]: how often resample b drew cluster c. */
struct stat_boot {
	uint32_t clusters, resamples;
	uint16_t *weight;
};
struct stat_boot *stat_boot_new(uint64_t seed, uint32_t clusters); /* NULL: out of memory */
void stat_boot_free(struct stat_boot *boot);

/* The share of resamples beyond either bound. */
double stat_boot_tail(uint32_t clusters, double level);

/* Sum of num over sum of den, sums of each cluster given; NaN when den is 0. */
struct stat_interval stat_boot_ratio(const struct stat_boot *boot, const double *num,
                                     const double *den, double level);

/* One value, or as many like it as `times` says: a bucket of a histogram. */
struct stat_sample {
	double value;
	uint32_t cluster, times;
};

/*
 * All values of all clusters, sorted, with cumulated counts at every 256th entry so that a weighted
 * quantile is found by bisection and a short walk, not by sorting the resample.
 */
struct stat_pool {
	uint64_t n;      /* values */
	size_t entries;
	uint32_t clusters;
	const struct stat_sample *sorted; /* borrowed: entries of them */
	uint64_t *count;                  /* values of each cluster */
	uint64_t *checkpoint;             /* [block * clusters + c]: values before the block */
};
/* Sorts the samples in place and borrows them. 0, or -1: out of memory. */
int stat_pool_init(struct stat_pool *pool, struct stat_sample *samples, size_t entries,
                   uint32_t clusters);
/* The first n values of a pool that is sorted already (its finite ones, say), which are whole
 * entries: shares the samples. */
int stat_pool_prefix(struct stat_pool *pool, const struct stat_pool *whole, uint64_t n);
void stat_pool_free(struct stat_pool *pool);

/* The p-quantile of each cluster by itself; NaN for an empty one. */
void stat_pool_each(const struct stat_pool *pool, double p, double *out);
/* The pooled p-quantile with its bootstrap interval; NaN when the pool is empty. */
struct stat_interval stat_pool_quantile(const struct stat_pool *pool, const struct stat_boot *boot,
                                        double p, double level);

#endif
