/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/metric/wait.h"

#include "models/record/sketch.h"
#include "sim/core/memory.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const char *const met_wait_part[MET_WAIT_PARTS] = {"radio", "transport", "queueing",
                                                   "service", "crypto", "timer"};

/* ---- groups ---- */

/* What places a wait: the same of a row and of a sketch. */
struct place {
	uint8_t metric, class, method, access, roaming;
};

static struct met_wait_group *group_of(const struct met_wait_query *query,
                                       struct met_wait_group *groups, struct place at)
{
	if ((query->metric >= 0 && at.metric != query->metric) ||
	    (query->class >= 0 && at.class != query->class))
		return NULL;
	int way = (at.method * REC_N_access + at.access) * REC_N_roaming + at.roaming;
	struct met_wait_group *group = &groups[met_wait_first_group(at.metric, at.class) + way];
	if (group->deviations)
		return group;
	uint32_t reps = res_run(query->file)->replications;
	group->exact = true;
	group->min_s = INFINITY;
	group->max_s = -INFINITY;
	group->ended = met_sums_new(reps);
	group->finished = met_sums_new(reps);
	group->deviations = met_alloc(reps, sizeof(double));
	for (int p = 0; p < MET_WAIT_PARTS; p++)
		group->part[p] = met_alloc(reps, sizeof(double));
	return group;
}

static uint32_t cluster_of(const struct met_wait_query *query, uint32_t replication)
{
	return query->cluster ? query->cluster[replication] : replication;
}

static void push_one(struct met_wait_group *group, double s, uint32_t cluster, uint32_t weight)
{
	if (group->n_samples == group->capacity) {
		group->capacity = group->capacity ? 2 * group->capacity : 64;
		group->sample = sim_memory_resize("samples of a metric", group->sample, group->capacity,
		                                  sizeof *group->sample);
	}
	group->sample[group->n_samples++] = (struct stat_sample){s, cluster, weight};
}

static void push(struct met_wait_group *group, double s, uint32_t cluster, uint64_t times)
{
	for (uint64_t left = times; left > 0;) {
		uint32_t weight = left > UINT32_MAX ? UINT32_MAX : (uint32_t)left;
		push_one(group, s, cluster, weight);
		left -= weight;
	}
}

static void push_failures(struct met_wait_group *group, uint32_t r, uint32_t cluster,
                          uint64_t times)
{
	group->n += times;
	group->failed += times;
	group->ended.den[r] += (double)times;
	group->ended.num[r] += (double)times;
	push(group, INFINITY, cluster, times);
}

void met_waits_free(struct met_wait_group *groups)
{
	for (int k = 0; groups && k < MET_WAIT_GROUPS; k++) {
		free(groups[k].sample);
		met_sums_free(&groups[k].ended);
		met_sums_free(&groups[k].finished);
		free(groups[k].deviations);
		for (int p = 0; p < MET_WAIT_PARTS; p++)
			free(groups[k].part[p]);
	}
	free(groups);
}

/* ---- from rows ---- */

struct rows {
	const uint8_t *metric, *class, *method, *access, *roaming, *outcome;
	const uint32_t *replication;
	const int64_t *total_ns, *part_ns[MET_WAIT_PARTS];
};

static bool open_rows(struct res_file *file, struct rows *rows)
{
	*rows = (struct rows){
		.metric = res_u8(file, REC_T_latency, "metric"),
		.class = res_u8(file, REC_T_latency, "class"),
		.method = res_u8(file, REC_T_latency, "method"),
		.access = res_u8(file, REC_T_latency, "access"),
		.roaming = res_u8(file, REC_T_latency, "roaming"),
		.outcome = res_u8(file, REC_T_latency, "outcome"),
		.replication = res_u32(file, REC_T_latency, "replication"),
		.total_ns = res_i64(file, REC_T_latency, "total_ns"),
	};
	bool ok = rows->metric && rows->class && rows->method && rows->access && rows->roaming &&
	          rows->outcome && rows->replication && rows->total_ns;
	for (int p = 0; p < MET_WAIT_PARTS; p++) {
		char name[32];
		snprintf(name, sizeof name, "%s_ns", met_wait_part[p]);
		rows->part_ns[p] = res_i64(file, REC_T_latency, name);
		ok = ok && rows->part_ns[p];
	}
	return ok;
}

static struct met_wait_group *group_of_row(const struct met_wait_query *query,
                                           struct met_wait_group *groups, const struct rows *rows,
                                           uint64_t i)
{
	struct place at = {rows->metric[i], rows->class[i], rows->method[i], rows->access[i],
	                   rows->roaming[i]};

	return rows->outcome[i] == REC_OUTCOME_CENSORED ? NULL : group_of(query, groups, at);
}

static void take_row(struct met_wait_group *group, const struct rows *rows, uint64_t i,
                     uint32_t cluster)
{
	uint32_t r = rows->replication[i];
	double s = (double)rows->total_ns[i] / 1e9;

	if (rows->outcome[i] != REC_OUTCOME_OK) {
		push_failures(group, r, cluster, 1);
		return;
	}
	group->n++;
	group->ended.den[r]++;
	group->finished.den[r]++;
	group->finished.num[r] += s;
	group->min_s = fmin(group->min_s, s);
	group->max_s = fmax(group->max_s, s);
	for (int p = 0; p < MET_WAIT_PARTS; p++)
		group->part[p][r] += (double)rows->part_ns[p][i] / 1e9;
	push(group, s, cluster, 1);
}

static void deviate(struct met_wait_group *group, const struct rows *rows, uint64_t i)
{
	uint32_t r = rows->replication[i];
	double off = (double)rows->total_ns[i] / 1e9 - group->finished.num[r] / group->finished.den[r];

	group->deviations[r] += off * off;
}

static bool read_rows(const struct met_wait_query *query, struct res_range range,
                      struct met_wait_group *groups)
{
	struct rows rows;
	if (!open_rows(query->file, &rows))
		return false;
	for (uint64_t i = range.first; i < range.end; i++) {
		struct met_wait_group *group = group_of_row(query, groups, &rows, i);
		if (group)
			take_row(group, &rows, i, cluster_of(query, rows.replication[i]));
	}
	for (uint64_t i = range.first; i < range.end; i++) {
		struct met_wait_group *group = group_of_row(query, groups, &rows, i);
		if (group && rows.outcome[i] == REC_OUTCOME_OK)
			deviate(group, &rows, i);
	}
	return true;
}

/* ---- from sketches ---- */

#define SUM(row, name) (struct rec_sum){(row)->name##_high, (row)->name##_low}

static void take_sums(struct met_wait_group *group, const struct rec_latency_sketch *row,
                      uint32_t r)
{
	const struct rec_sum part[MET_WAIT_PARTS] = {SUM(row, radio), SUM(row, transport),
		SUM(row, queueing), SUM(row, service), SUM(row, crypto), SUM(row, timer)};

	group->n += row->count;
	group->ended.den[r] += (double)row->count;
	group->finished.den[r] += (double)row->count;
	group->finished.num[r] += rec_sum_value(SUM(row, total)) / 1e9;
	group->deviations[r] += rec_sum_of_deviations(row->count, SUM(row, total),
	                                              SUM(row, squares)) / 1e18;
	group->exact = group->exact && row->exact;
	group->min_s = fmin(group->min_s, (double)row->min_ns / 1e9);
	group->max_s = fmax(group->max_s, (double)row->max_ns / 1e9);
	for (int p = 0; p < MET_WAIT_PARTS; p++)
		group->part[p][r] += rec_sum_value(part[p]) / 1e9;
}
#undef SUM

/* Sums of the sketch; the group that its buckets go to, NULL none. */
static struct met_wait_group *take_sketch(const struct met_wait_query *query,
                                          struct met_wait_group *groups,
                                          const struct rec_latency_sketch *row, uint32_t r)
{
	struct place at = {row->metric, row->class, row->method, row->access, row->roaming};
	struct met_wait_group *group = group_of(query, groups, at);

	if (!group || row->outcome == REC_OUTCOME_CENSORED)
		return NULL;
	if (row->outcome == REC_OUTCOME_OK)
		take_sums(group, row, r);
	else
		push_failures(group, r, cluster_of(query, r), row->count);
	return row->outcome == REC_OUTCOME_OK ? group : NULL;
}

static bool take_buckets(const struct met_wait_query *query, uint32_t r, uint64_t n_sketches,
                         struct met_wait_group *const *of_sketch)
{
	const uint32_t *sketch = res_u32(query->file, REC_T_latency_bucket, "sketch");
	const int64_t *value_ns = res_i64(query->file, REC_T_latency_bucket, "value_ns");
	const uint64_t *count = res_u64(query->file, REC_T_latency_bucket, "count");
	struct res_range range = res_rows(query->file, REC_T_latency_bucket, query->variant, r);

	for (uint64_t i = range.first; sketch && value_ns && count && i < range.end; i++) {
		if (sketch[i] >= n_sketches)
			return false;
		if (of_sketch[sketch[i]])
			push(of_sketch[sketch[i]], (double)value_ns[i] / 1e9, cluster_of(query, r), count[i]);
	}
	return sketch && value_ns && count;
}

/* Sketches are numbered in each replication as their rows are. */
static bool read_replication(const struct met_wait_query *query, uint32_t r,
                             struct met_wait_group *groups)
{
	struct res_range range = res_rows(query->file, REC_T_latency_sketch, query->variant, r);
	uint64_t n = range.end - range.first;
	struct rec_latency_sketch *row = met_alloc(n, sizeof *row);
	struct met_wait_group **of_sketch = met_alloc(n, sizeof *of_sketch);
	bool ok = res_gather(query->file, REC_T_latency_sketch, range, row) == 0;

	for (uint64_t i = 0; ok && i < n; i++)
		of_sketch[i] = take_sketch(query, groups, &row[i], r);
	ok = ok && take_buckets(query, r, n, of_sketch);
	free(of_sketch);
	free(row);
	return ok;
}

bool met_waits_read(const struct met_wait_query *query, struct met_wait_group *groups)
{
	struct res_range rows = res_rows_of_variant(query->file, REC_T_latency, query->variant);
	bool ok = true;

	if (rows.end > rows.first)
		return read_rows(query, rows, groups);
	for (uint32_t r = 0; ok && r < res_run(query->file)->replications; r++)
		ok = read_replication(query, r, groups);
	return ok;
}

/* ---- of the whole run ---- */

static bool same_in(struct res_file *file, enum rec_table table, const char *column, int *value,
                    bool *one)
{
	const uint8_t *all = res_u8(file, table, column);

	for (uint64_t i = 0; all && i < res_n_rows(file, table); i++) {
		*one = *one && (*value < 0 || all[i] == *value);
		*value = all[i];
	}
	return all != NULL;
}

bool met_wait_ways(struct res_file *file, bool *one_access, bool *one_network)
{
	int access = -1, network = -1;

	*one_access = *one_network = true;
	return same_in(file, REC_T_latency, "access", &access, one_access) &&
	       same_in(file, REC_T_latency_sketch, "access", &access, one_access) &&
	       same_in(file, REC_T_latency, "roaming", &network, one_network) &&
	       same_in(file, REC_T_latency_sketch, "roaming", &network, one_network);
}

enum met_wait_source met_wait_source(struct res_file *file)
{
	const uint8_t *exact = res_u8(file, REC_T_latency_sketch, "exact");

	if (res_n_rows(file, REC_T_latency) > 0)
		return MET_WAIT_ROWS;
	for (uint64_t i = 0; exact && i < res_n_rows(file, REC_T_latency_sketch); i++)
		if (!exact[i])
			return MET_WAIT_HISTOGRAM;
	return res_n_rows(file, REC_T_latency_sketch) > 0 ? MET_WAIT_VALUES : MET_WAIT_NOTHING;
}
