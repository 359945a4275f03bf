/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/report/rep_samples.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

struct rows {
	const uint8_t *metric, *class, *outcome;
	struct res_range range;
};

static int rows_of(struct res_file *file, uint16_t variant, struct rows *rows)
{
	rows->metric = res_u8(file, REC_T_latency, "metric");
	rows->class = res_u8(file, REC_T_latency, "class");
	rows->outcome = res_u8(file, REC_T_latency, "outcome");
	if (!rows->metric || !rows->class || !rows->outcome)
		return -1;
	rows->range = res_rows_of_variant(file, REC_T_latency, variant);
	return 0;
}

int rep_latencies(struct res_file *file, uint16_t variant, enum rec_latency_metric metric,
                  enum rec_class class, struct rep_latencies *out)
{
	struct rows rows;
	const int64_t *total_ns = res_i64(file, REC_T_latency, "total_ns");
	*out = (struct rep_latencies){ 0 };
	if (!total_ns || rows_of(file, variant, &rows))
		return -1;
	out->s = malloc((size_t)(rows.range.end - rows.range.first + 1) * sizeof *out->s);
	if (!out->s)
		return -1;
	for (uint64_t i = rows.range.first; i < rows.range.end; i++) {
		if (rows.metric[i] != metric || rows.class[i] != class)
			continue;
		if (rows.outcome[i] == REC_OUTCOME_OK)
			out->s[out->n++] = (double)total_ns[i] * 1e-9;
		else if (rows.outcome[i] == REC_OUTCOME_FAILED)
			out->n_failed++;
	}
	gsl_sort(out->s, 1, out->n);
	return 0;
}

const char *const REP_PART_NAMES[REP_PARTS] = { "radio", "transport", "queueing", "service",
	                                            "cryptography", "timers and intervals" };
static const char *const PART_COLUMNS[REP_PARTS] = { "radio_ns", "transport_ns", "queueing_ns",
	                                                 "service_ns", "crypto_ns", "timer_ns" };

int rep_parts(struct res_file *file, uint16_t variant, enum rec_latency_metric metric,
              enum rec_class class, double mean_s[REP_PARTS], size_t *n)
{
	struct rows rows;
	if (rows_of(file, variant, &rows))
		return -1;
	for (size_t part = 0; part < REP_PARTS; part++) {
		const int64_t *ns = res_i64(file, REC_T_latency, PART_COLUMNS[part]);
		if (!ns)
			return -1;
		double sum = 0;
		*n = 0;
		for (uint64_t i = rows.range.first; i < rows.range.end; i++)
			if (rows.metric[i] == metric && rows.class[i] == class &&
			    rows.outcome[i] == REC_OUTCOME_OK) {
				sum += (double)ns[i] * 1e-9;
				++*n;
			}
		mean_s[part] = *n ? sum / (double)*n : 0;
	}
	return 0;
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
