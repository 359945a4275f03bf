/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stations alone: what queueing theory has closed forms for, by station and by source of customers. */
#include "analysis/metric/estimate.h"
#include "analysis/stat/quantile.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BY_STATION "variant, station, and source where there are several (without: of all customers)"
#define WHOLE "variant, station"
#define BY_SOURCE "variant, and source where there are several (without: of all customers)"
#define MEAN "mean over replications of each one's ratio"
#define QUANTILE MEAN "; quantiles: mean of each one's, which are within 0.1 %"
#define STATION(name_, unit_, better_, scope_, definition_, estimator_)                            \
	{.name = name_, .unit = unit_, .better = better_, .definition = definition_,                  \
	 .source = "docs/VALIDATION.md", .scope = scope_, .estimator = estimator_,                    \
	 .steady_state = true}

static const struct met_entry entries[] = {
	STATION("station.wait", "s", MET_LOWER, BY_STATION,
	        "time not in service of those that were served or abandoned the queue, per visit",
	        QUANTILE),
	STATION("station.sojourn", "s", MET_LOWER, BY_STATION,
	        "time from coming to the end of service, per visit of those that were served", QUANTILE),
	STATION("station.waited_ratio", "1", MET_LOWER, BY_STATION,
	        "share of those served or abandoned that waited at all", MEAN),
	STATION("station.blocked_ratio", "1", MET_LOWER, BY_STATION,
	        "share of those that came, repeated attempts included, that found the queue full", MEAN),
	STATION("station.abandoned_ratio", "1", MET_LOWER, BY_STATION,
	        "share of those that came whose patience ended before they were served", MEAN),
	STATION("station.throughput", "1/s", MET_NEITHER, BY_STATION, "customers served per second", MEAN),
	STATION("station.number", "1", MET_LOWER, BY_STATION,
	        "customers present, waiting or in service: mean and variance over time", MEAN),
	STATION("station.length", "1", MET_LOWER, WHOLE, "customers waiting: mean over time", MEAN),
	STATION("station.utilisation", "1", MET_NEITHER, WHOLE,
	        "share of the workers that is occupied: mean over time", MEAN),
	STATION("station.orbit", "1", MET_LOWER, WHOLE,
	        "customers that were turned away and will come again: mean over time", MEAN),
	STATION("station.availability", "1", MET_HIGHER, WHOLE,
	        "share of the time with as many workers up as breakdowns.needed says", MEAN),
	STATION("network.sojourn", "s", MET_LOWER, BY_SOURCE,
	        "time from coming first to leaving, of customers that were served wherever they went",
	        QUANTILE),
	STATION("network.attempts", "1", MET_LOWER, BY_SOURCE,
	        "attempts that a customer makes, one at each station at least", MEAN),
	STATION("network.failed_ratio", "1", MET_LOWER, BY_SOURCE,
	        "share of the customers that leave because they were turned away", MEAN),
};

enum { ALL = UINT16_MAX, MOST_NUMBERS = 24 };

/* The columns behind a ratio; a table has those of its rows, in the order of its list. */
#define QUEUE_NUMBERS(N)                                                                           \
	N(measured_us) N(arrivals) N(served) N(blocked) N(abandoned) N(waited) N(wait_us)             \
	N(wait_p50_ns) N(wait_p95_ns) N(wait_p99_ns) N(wait_sd_ns) N(sojourn_us)                      \
	N(sojourn_p50_ns) N(sojourn_p95_ns) N(sojourn_p99_ns) N(number_us) N(squares_us) N(waiting_us) N(busy_us)       \
	N(up_us) N(orbit_us)
#define CUSTOMER_NUMBERS(N)                                                                        \
	N(measured_us) N(finished) N(failed) N(attempts) N(sojourn_us) N(sojourn_p50_ns)              \
	N(sojourn_p95_ns) N(sojourn_p99_ns)
#define NAME(name) #name,
static const char *const queue_numbers[] = {QUEUE_NUMBERS(NAME) NULL};
static const char *const customer_numbers[] = {CUSTOMER_NUMBERS(NAME) NULL};
#undef NAME
#define NUMBER(name) Q_##name,
enum { QUEUE_NUMBERS(NUMBER) N_QUEUE };
#undef NUMBER
#define NUMBER(name) C_##name,
enum { CUSTOMER_NUMBERS(NUMBER) N_CUSTOMER };
#undef NUMBER

/* Rows of a table: signed and unsigned columns are of the same width, and below 2^63. */
struct rows {
	enum rec_table table;
	const uint16_t *station, *source;
	const uint32_t *replication;
	const int64_t *number[MOST_NUMBERS];
};

/* One station and source, or one source, of each finished replication. */
struct values {
	double *number[MOST_NUMBERS]; /* job->n of each */
	struct met_scope scope;
};

static bool read_rows(const struct met_job *job, struct rows *rows, const char *const *names)
{
	bool ok = true;

	rows->source = res_u16(job->file, rows->table, "source");
	rows->replication = res_u32(job->file, rows->table, "replication");
	for (size_t i = 0; names[i]; i++) {
		bool is_signed = strstr(names[i], "_us") || strstr(names[i], "_ns");
		rows->number[i] = is_signed ? res_i64(job->file, rows->table, names[i])
		                            : (const int64_t *)res_u64(job->file, rows->table, names[i]);
		ok = ok && rows->number[i];
	}
	return ok && rows->source && rows->replication;
}

/* False when no replication has such a row. */
static bool gather(const struct met_job *job, const struct rows *rows, size_t n_numbers,
                   uint16_t station, uint16_t source, struct values *out)
{
	struct res_range range = res_rows_of_variant(job->file, rows->table, job->variant);
	bool any = false;

	for (size_t k = 0; k < n_numbers; k++)
		out->number[k] = met_alloc(job->n, sizeof(double));
	for (uint64_t i = range.first; i < range.end; i++) {
		if (rows->source[i] != source || (rows->station && rows->station[i] != station))
			continue;
		any = true;
		for (size_t k = 0; k < n_numbers; k++)
			out->number[k][job->cluster[rows->replication[i]]] = (double)rows->number[k][i];
	}
	return any;
}

static void release(struct values *values, size_t n_numbers)
{
	for (size_t k = 0; k < n_numbers; k++)
		free(values->number[k]);
}

static struct met_sums ratio(const struct met_job *job, const struct values *v, int num, int den,
                             double scale)
{
	struct met_sums sums = met_sums_new(job->n);

	for (uint32_t r = 0; r < job->n; r++) {
		sums.num[r] = v->number[num][r] * scale;
		sums.den[r] = v->number[den][r];
	}
	return sums;
}

/* A mean of num over den; n: what den counts, or the replications where it is a time. */
static void put_mean(const struct met_job *job, const struct values *v, const char *name,
                     const char *unit, int num, int den, double scale, bool counts)
{
	struct met_sums sums = ratio(job, v, num, den, scale);

	met_add(job, name, unit, v->scope, "mean", met_mean(job, &sums),
	        counts ? (uint64_t)met_total(sums.den, sums.n) : job->n, 0);
	met_sums_free(&sums);
}

static void put_share(const struct met_job *job, const struct values *v, const char *name, int num,
                      int den)
{
	struct met_sums sums = ratio(job, v, num, den, 1);
	double trials = met_total(sums.den, sums.n);

	met_add(job, name, "1", v->scope, "ratio", met_share(job, &sums, 0, 1, trials),
	        (uint64_t)trials, (uint64_t)met_total(sums.num, sums.n));
	met_sums_free(&sums);
}

/* Undefined where a replication has too few of them. */
static void put_quantile(const struct met_job *job, const struct values *v, const char *name,
                         const char *stat, double p, int quantile_ns, const double *count)
{
	struct stat_interval out = {NAN, NAN, NAN};
	double *each = met_alloc(job->n, sizeof *each);
	bool enough = job->n > 0;

	for (uint32_t r = 0; r < job->n; r++) {
		each[r] = v->number[quantile_ns][r] / 1e9;
		enough = enough && count[r] >= (double)stat_quantile_min_n(p, job->level);
	}
	if (enough)
		out = stat_clip(stat_t_interval(each, job->n, job->level), 0, INFINITY);
	met_add(job, name, "s", v->scope, stat, out, (uint64_t)met_total(count, job->n), 0);
	free(each);
}

static void put_times(const struct met_job *job, const struct values *v, const char *name, int sum,
                      int count, int p50)
{
	put_mean(job, v, name, "s", sum, count, 1e-6, true);
	put_quantile(job, v, name, "p50", 0.5, p50, v->number[count]);
	put_quantile(job, v, name, "p95", 0.95, p50 + 1, v->number[count]);
	put_quantile(job, v, name, "p99", 0.99, p50 + 2, v->number[count]);
}

/* E N^2 - (E N)^2 of each replication. */
static void put_variance(const struct met_job *job, const struct values *v)
{
	double *each = met_alloc(job->n, sizeof *each);

	for (uint32_t r = 0; r < job->n; r++) {
		double mean = v->number[Q_number_us][r] / v->number[Q_measured_us][r];
		each[r] = v->number[Q_squares_us][r] / v->number[Q_measured_us][r] - mean * mean;
	}
	met_add(job, "station.number", "1", v->scope, "variance",
	        stat_clip(stat_t_interval(each, job->n, job->level), 0, INFINITY), job->n, 0);
	free(each);
}

static void put_customers(const struct met_job *job, struct values *v)
{
	double *stayed = met_alloc(job->n, sizeof *stayed), *served = v->number[Q_served];

	for (uint32_t r = 0; r < job->n; r++)
		stayed[r] = served[r] + v->number[Q_abandoned][r];
	v->number[Q_served] = stayed;
	put_times(job, v, "station.wait", Q_wait_us, Q_served, Q_wait_p50_ns);
	put_quantile(job, v, "station.wait", "sd", 0.5, Q_wait_sd_ns, v->number[Q_served]);
	put_share(job, v, "station.waited_ratio", Q_waited, Q_served);
	v->number[Q_served] = served;
	free(stayed);
	put_times(job, v, "station.sojourn", Q_sojourn_us, Q_served, Q_sojourn_p50_ns);
	put_share(job, v, "station.blocked_ratio", Q_blocked, Q_arrivals);
	put_share(job, v, "station.abandoned_ratio", Q_abandoned, Q_arrivals);
	put_mean(job, v, "station.throughput", "1/s", Q_served, Q_measured_us, 1e6, false);
	put_mean(job, v, "station.number", "1", Q_number_us, Q_measured_us, 1, false);
	put_variance(job, v);
}

static void put_fraction(const struct met_job *job, const struct values *v, const char *name,
                         int num, double whole)
{
	struct met_sums sums = ratio(job, v, num, Q_measured_us, 1 / whole);

	met_add(job, name, "1", v->scope, "mean", stat_clip(met_mean(job, &sums), 0, 1), job->n, 0);
	met_sums_free(&sums);
}

static void put_whole(const struct met_job *job, const struct values *v, const char *station)
{
	char key[160];
	double workers;

	snprintf(key, sizeof key, "stations.%.100s.workers", station);
	workers = res_parameter_si(job->file, job->variant, key, SIM_Q_COUNT, 1);
	put_mean(job, v, "station.length", "1", Q_waiting_us, Q_measured_us, 1, false);
	if (workers > 0) /* else: as many as there are customers */
		put_fraction(job, v, "station.utilisation", Q_busy_us, workers);
	put_mean(job, v, "station.orbit", "1", Q_orbit_us, Q_measured_us, 1, false);
	put_fraction(job, v, "station.availability", Q_up_us, 1);
}

static void of_station(const struct met_job *job, const struct rows *rows, uint16_t station)
{
	uint32_t n_sources = res_n_names(job->file, REC_NAME_source);
	const char *name = res_name(job->file, REC_NAME_station, station);

	for (uint32_t i = 0; i <= n_sources; i++) {
		uint16_t source = i == 0 ? ALL : (uint16_t)(i - 1);
		struct values v = {.scope.station = name};

		if (i > 0)
			v.scope.source = res_name(job->file, REC_NAME_source, source);
		if (gather(job, rows, N_QUEUE, station, source, &v)) {
			put_customers(job, &v);
			if (i == 0)
				put_whole(job, &v, name);
		}
		release(&v, N_QUEUE);
	}
}

static void of_source(const struct met_job *job, const struct rows *rows, uint16_t source)
{
	struct values v = {{NULL}, {0}};

	if (source != ALL)
		v.scope.source = res_name(job->file, REC_NAME_source, source);
	if (gather(job, rows, N_CUSTOMER, 0, source, &v)) {
		put_times(job, &v, "network.sojourn", C_sojourn_us, C_finished, C_sojourn_p50_ns);
		for (uint32_t r = 0; r < job->n; r++)
			v.number[C_finished][r] += v.number[C_failed][r];
		put_mean(job, &v, "network.attempts", "1", C_attempts, C_finished, 1, true);
		put_share(job, &v, "network.failed_ratio", C_failed, C_finished);
	}
	release(&v, N_CUSTOMER);
}

static enum sim_code compute(const struct met_job *job, struct sim_err *err)
{
	struct rows stations = {.table = REC_T_queue}, sources = {.table = REC_T_customer};
	uint32_t n_sources = res_n_names(job->file, REC_NAME_source);

	stations.station = res_u16(job->file, REC_T_queue, "station");
	if (!stations.station || !read_rows(job, &stations, queue_numbers) ||
	    !read_rows(job, &sources, customer_numbers))
		return met_read_failed(job, err);
	for (uint32_t s = 0; s < res_n_names(job->file, REC_NAME_station); s++)
		of_station(job, &stations, (uint16_t)s);
	of_source(job, &sources, ALL);
	for (uint32_t s = 0; s < n_sources; s++)
		of_source(job, &sources, (uint16_t)s);
	return SIM_OK;
}

const struct met_family met_queue = {
	.name = "queue",
	.stations_alone = true,
	.n_entries = sizeof entries / sizeof *entries,
	.entries = entries,
	.compute = compute,
};
