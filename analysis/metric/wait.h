/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The waits of one variant by group (metric, class, method, access, serving network), from whatever
 * the run recorded of them: rows of the table latency where it has any, else sketches. Failures are
 * infinite samples; waits that were open at the end of the run are left out.
 */
#ifndef ANALYSIS_METRIC_WAIT_H
#define ANALYSIS_METRIC_WAIT_H

#include "analysis/metric/estimate.h"

enum {
	MET_WAIT_PARTS = 6,
	MET_WAIT_WAYS = REC_N_method * REC_N_access * REC_N_roaming, /* of one metric and class */
	MET_WAIT_GROUPS = REC_N_latency_metric * REC_N_class * MET_WAIT_WAYS
};
extern const char *const met_wait_part[MET_WAIT_PARTS];

struct met_wait_group {
	uint64_t n, failed; /* that ended; of these, never finished */
	bool exact;         /* false: samples are middles of buckets */
	double min_s, max_s; /* of finished ones */
	size_t n_samples, capacity;
	struct stat_sample *sample; /* seconds */
	/* By replication number: */
	struct met_sums ended, finished; /* num: failed; seconds                                */
	double *deviations;              /* of finished ones: sum of (x - mean)^2               */
	double *part[MET_WAIT_PARTS];    /* seconds; denominators are those of finished         */
};

/* Which waits: of a metric and a class, or of all (-1). cluster: of a replication, NULL its number. */
struct met_wait_query {
	struct res_file *file;
	uint16_t variant;
	const uint32_t *cluster;
	int metric, class;
};
/* MET_WAIT_GROUPS of them, zeroed before, to be freed in any case. False: a column was unreadable. */
bool met_waits_read(const struct met_wait_query *query, struct met_wait_group *groups);
void met_waits_free(struct met_wait_group *groups); /* what is in them, and they */

static inline int met_wait_first_group(int metric, int class)
{
	return (metric * REC_N_class + class) * MET_WAIT_WAYS;
}

/* Whether all waits of the run, recorded either way, have one access, and one serving network. */
bool met_wait_ways(struct res_file *file, bool *one_access, bool *one_network);

/* How the waits that people see of a run were recorded. */
enum met_wait_source {
	MET_WAIT_NOTHING,
	MET_WAIT_ROWS,
	MET_WAIT_VALUES,   /* sketches, each with all of its values */
	MET_WAIT_HISTOGRAM /* sketches, some of them histograms     */
};
enum met_wait_source met_wait_source(struct res_file *file);

#endif
