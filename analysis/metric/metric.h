/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Metrics as data: what each is called, what it means, where the definition comes from, how it is
 * estimated; and families, each of which computes its metrics for one variant of a run.
 *
 * Rules for every number
 *  1. The unit of result is a set of R replications. When each replication alone allows a statistic
 *     and all are finite, the value is the mean of the R values with Student's interval; otherwise
 *     it is that of all samples together, with the cluster bootstrap's interval over replications.
 *  2. Undefined is NaN, never 0. A ratio at 0 or 1 in every replication has a one-sided bound, 3/n.
 *     With one replication no interval is defined.
 *  3. A quantile needs the samples of a two-sided order-statistic interval, else it is undefined.
 *  4. Intervals are cut to the range that a statistic can have: shares to [0, 1], advantages to
 *     [-1, 1], counts and times to 0 and more, entropies to what the number of subjects allows.
 *     Differences (.added, .lost) are not cut: either sign means something.
 *  5. Rows are there whether or not they are defined, so that two results of one scenario have the
 *     same rows. A family that needs more than a variant recorded has none there: not recorded.
 */
#ifndef ANALYSIS_METRIC_METRIC_H
#define ANALYSIS_METRIC_METRIC_H

#include "analysis/metric/value.h"
#include "analysis/stat/cluster.h"
#include "results/reader.h"
#include "sim/core/status.h"
#include <stdbool.h>

enum met_better { MET_LOWER, MET_HIGHER, MET_NEITHER };

struct met_entry {
	const char *name;
	const char *unit;
	enum met_better better;
	const char *definition;
	const char *source;    /* clause, catalogue or paper */
	const char *scope;     /* keys that it is split by   */
	const char *estimator;
	bool steady_state;     /* otherwise terminating: the whole run, its beginning included */
};

/* One variant of a result while its metrics are computed. */
struct met_job {
	struct res_file *file;
	const struct res_run *run;
	uint16_t variant;
	const char *name;            /* of the variant                        */
	enum rec_level recorded;     /* record.level of the variant           */
	double level;
	uint32_t n;                  /* finished replications                 */
	const uint32_t *replication; /* their numbers                         */
	const uint32_t *cluster;     /* number of a replication -> 0..n-1     */
	const struct stat_boot *boot; /* of n clusters                        */
	struct met_values *out;
};

struct met_family {
	const char *name;
	enum rec_level needs; /* record.level from which on there is anything to compute from */
	bool stations_alone;  /* of scenarios of stations alone; the others are not theirs */
	size_t n_entries;
	const struct met_entry *entries;
	enum sim_code (*compute)(const struct met_job *job, struct sim_err *err);
};

/* Appends a value; aborts when out of memory. scope->variant is filled in. */
void met_add(const struct met_job *job, const char *name, const char *unit, struct met_scope scope,
             const char *stat, struct stat_interval value, uint64_t n, uint64_t failed);

/* "column could not be read": the reader's sentence as this call's error. */
enum sim_code met_read_failed(const struct met_job *job, struct sim_err *err);
void *met_alloc(size_t n, size_t size); /* zeroed; aborts when out of memory */

#endif
