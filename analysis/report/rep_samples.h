/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the charts of a report need from the rows of a result file. */
#ifndef ANALYSIS_REPORT_REP_SAMPLES_H
#define ANALYSIS_REPORT_REP_SAMPLES_H

#include "analysis/metric/wait.h"
#include <stddef.h>

/*
 * All demands of one kind over all replications, from rows or from sketches; those that never
 * finished stand in n_failed. Demands still open at the end are left out.
 */
struct rep_latencies {
	size_t points;
	double *s;            /* seconds, ascending, different from one another      */
	uint64_t *upto;       /* how many finished within s[i]; the last one is n    */
	uint64_t n, n_failed; /* finished, failed                                    */
	bool exact;           /* false: s are middles of a histogram's buckets       */
	double mean_part_s[MET_WAIT_PARTS]; /* of finished ones; 0 without any */
};
/* 0; -1 when the file could not be read (res_error()). Free with rep_latencies_free(). */
int rep_latencies(struct res_file *file, uint16_t variant, enum rec_latency_metric metric,
                  enum rec_class class, struct rep_latencies *out);
void rep_latencies_free(struct rep_latencies *latencies);
/* The wait with this rank, from 0 to n - 1. */
double rep_latency_at(const struct rep_latencies *latencies, uint64_t rank);

extern const char *const REP_PART_NAMES[MET_WAIT_PARTS];

/* Success ratio of demands of all subscribers in time, with its interval over replications. */
struct rep_history {
	size_t n;
	double *t_s, *ratio, *lo, *hi; /* t_s: where the bin begins; NaN where it has no demand */
};
enum rep_demand { REP_REGISTRATION, REP_ENTRY };
/*
 * Bins of `windows_per_bin` windows of record.window from window `first` to `end`. Windows without
 * a demand in a replication do not count there. 0 or -1. Free with rep_history_free().
 */
struct rep_bins {
	uint32_t first, end, windows_per_bin;
	double window_s, level;
};
int rep_history(struct res_file *file, uint16_t variant, enum rep_demand what,
                const struct rep_bins *bins, struct rep_history *out);
void rep_history_free(struct rep_history *history);
/* Number of windows in which demands of any variant began; 0 with none. */
int rep_n_windows(struct res_file *file, uint32_t *n);

#endif
