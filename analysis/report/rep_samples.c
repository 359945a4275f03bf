/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/report/rep_samples.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

const char *const REP_PART_NAMES[MET_WAIT_PARTS] = { "radio", "transport", "queueing", "service",
	                                                 "cryptography", "timers and intervals" };

/* A finished wait, or as many like it. */
struct point {
	double s;
	uint64_t times;
};

static int by_length(const void *a, const void *b)
{
	const struct point *x = a, *y = b;
	return (x->s > y->s) - (x->s < y->s);
}

static void take(struct rep_latencies *out, const struct met_wait_group *group, struct point *point)
{
	for (size_t i = 0; i < group->n_samples; i++)
		if (isfinite(group->sample[i].value))
			point[out->points++] = (struct point){ group->sample[i].value, group->sample[i].times };
	out->n += group->n - group->failed;
	out->n_failed += group->failed;
	out->exact = out->exact && group->exact;
	for (int p = 0; p < MET_WAIT_PARTS; p++)
		out->mean_part_s[p] += met_total(group->part[p], group->ended.n);
}

/* Equal ones become one. */
static void cumulate(struct rep_latencies *out, const struct point *point)
{
	size_t points = 0;
	uint64_t before = 0;
	for (size_t i = 0; i < out->points; i++) {
		if (points == 0 || out->s[points - 1] != point[i].s)
			out->s[points++] = point[i].s;
		before += point[i].times;
		out->upto[points - 1] = before;
	}
	out->points = points;
}

/* The groups of one metric and class differ by method, access and serving network. */
static void join(struct rep_latencies *out, const struct met_wait_group *group)
{
	size_t n = 0;
	for (int way = 0; way < MET_WAIT_WAYS; way++)
		n += group[way].n_samples;
	struct point *point = met_alloc(n, sizeof *point);
	for (int way = 0; way < MET_WAIT_WAYS; way++)
		if (group[way].n > 0)
			take(out, &group[way], point);
	qsort(point, out->points, sizeof *point, by_length);
	out->s = met_alloc(out->points, sizeof *out->s);
	out->upto = met_alloc(out->points, sizeof *out->upto);
	cumulate(out, point);
	for (int p = 0; p < MET_WAIT_PARTS; p++)
		out->mean_part_s[p] = out->n ? out->mean_part_s[p] / (double)out->n : 0;
	free(point);
}

int rep_latencies(struct res_file *file, uint16_t variant, enum rec_latency_metric metric,
                  enum rec_class class, struct rep_latencies *out)
{
	const struct met_wait_query query = { file, variant, NULL, (int)metric, (int)class };
	struct met_wait_group *groups = met_alloc(MET_WAIT_GROUPS, sizeof *groups);
	const bool ok = met_waits_read(&query, groups);
	*out = (struct rep_latencies){ .exact = true };
	if (ok)
		join(out, &groups[met_wait_first_group((int)metric, (int)class)]);
	met_waits_free(groups);
	return ok ? 0 : -1;
}

void rep_latencies_free(struct rep_latencies *latencies)
{
	free(latencies->s);
	free(latencies->upto);
	*latencies = (struct rep_latencies){ 0 };
}

double rep_latency_at(const struct rep_latencies *latencies, uint64_t rank)
{
	size_t low = 0, high = latencies->points - 1;
	while (low < high) {
		const size_t mid = low + (high - low) / 2;
		if (latencies->upto[mid] > rank)
			high = mid;
		else
			low = mid + 1;
	}
	return latencies->s[low];
}

int rep_n_windows(struct res_file *file, uint32_t *n)
{
	const uint32_t *window = res_u32(file, REC_T_demand, "window");
	*n = 0;
	if (!window)
		return -1;
	for (uint64_t i = 0; i < res_n_rows(file, REC_T_demand); i++)
		*n = window[i] + 1 > *n ? window[i] + 1 : *n;
	return 0;
}

/* Per bin: over replications, the number, sum and sum of squares of ratios; and all demands. */
struct bin {
	double n, sum, squares, demands, met;
};

static void add_replication(struct bin *bin, const struct bin *one, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (one[i].demands <= 0)
			continue;
		const double ratio = one[i].met / one[i].demands;
		bin[i].n++;
		bin[i].sum += ratio;
		bin[i].squares += ratio * ratio;
		bin[i].demands += one[i].demands;
		bin[i].met += one[i].met;
	}
}

struct demand_columns {
	const uint32_t *window, *demands, *met;
};

static void count(struct bin *one, size_t n, const struct rep_bins *bins,
                  const struct demand_columns *c, struct res_range range)
{
	for (size_t i = 0; i < n; i++)
		one[i] = (struct bin){ 0 };
	for (uint64_t i = range.first; i < range.end; i++) {
		if (c->window[i] < bins->first || c->window[i] >= bins->end)
			continue;
		struct bin *bin = &one[(c->window[i] - bins->first) / bins->windows_per_bin];
		bin->demands += c->demands[i];
		bin->met += c->met[i];
	}
}

/*
 * The ratio of all demands; t interval of the replications' ratios around it, kept within [0, 1].
 */
static void finish(struct rep_history *out, const struct bin *bin, const struct rep_bins *bins)
{
	for (size_t i = 0; i < out->n; i++) {
		const struct bin *b = &bin[i];
		out->t_s[i] = (bins->first + (double)i * bins->windows_per_bin) * bins->window_s;
		out->ratio[i] = b->demands > 0 ? b->met / b->demands : NAN;
		out->lo[i] = out->hi[i] = NAN;
		if (b->n < 2)
			continue;
		const double variance = fmax(0, (b->squares - b->sum * b->sum / b->n) / (b->n - 1));
		const double t = gsl_cdf_tdist_Pinv(0.5 + bins->level / 2, b->n - 1);
		out->lo[i] = fmax(0, out->ratio[i] - t * sqrt(variance / b->n));
		out->hi[i] = fmin(1, out->ratio[i] + t * sqrt(variance / b->n));
	}
}

static int allocate(struct rep_history *out, size_t n)
{
	*out = (struct rep_history){ .n = n };
	out->t_s = calloc(4 * n + 1, sizeof *out->t_s);
	if (!out->t_s)
		return -1;
	out->ratio = out->t_s + n;
	out->lo = out->ratio + n;
	out->hi = out->lo + n;
	return 0;
}

void rep_history_free(struct rep_history *history)
{
	free(history->t_s);
	*history = (struct rep_history){ 0 };
}

int rep_history(struct res_file *file, uint16_t variant, enum rep_demand what,
                const struct rep_bins *bins, struct rep_history *out)
{
	const bool entry = what == REP_ENTRY;
	const struct demand_columns c = {
		.window = res_u32(file, REC_T_demand, "window"),
		.demands = res_u32(file, REC_T_demand, entry ? "dt_demands" : "reg_demands"),
		.met = res_u32(file, REC_T_demand, entry ? "dt_met" : "reg_met")
	};
	const size_t n = (bins->end - bins->first + bins->windows_per_bin - 1) / bins->windows_per_bin;
	*out = (struct rep_history){ 0 };
	if (!c.window || !c.demands || !c.met || allocate(out, n))
		return -1;
	struct bin *bin = calloc(2 * n + 1, sizeof *bin);
	if (!bin) {
		rep_history_free(out);
		return -1;
	}
	for (uint32_t r = 0; r < res_run(file)->replications; r++) {
		count(bin + n, n, bins, &c, res_rows(file, REC_T_demand, variant, r));
		add_replication(bin, bin + n, n);
	}
	finish(out, bin, bins);
	free(bin);
	return 0;
}
