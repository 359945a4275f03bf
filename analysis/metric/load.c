/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the core keeps up with an offered load of registrations (load.rate): what it completes, and
 * what processor time each registration takes.
 */
#include "analysis/metric/estimate.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LOAD(name_, unit_, better_, definition_)                                                   \
	{.name = name_, .unit = unit_, .better = better_, .definition = definition_, \
	 .source = "docs/VALIDATION.md", .scope = "variant; only where load.rate is not 0; undefined " \
	 "where latency rows stand for every n-th subscriber (record.every)", \
	 .estimator = "mean over replications of each one's ratio"}

static const struct met_entry entries[] = {
	LOAD("load.completed", "1/s", MET_HIGHER,
	     "Registration Accepts that the AMF sends per second, from its first to its last"),
	LOAD("load.core_cpu", "s", MET_LOWER,
	     "processor time of AMF, AUSF, UDM, UDR, PCF, AAnF and SCP per Registration Accept, with "
	     "housekeeping from the first Request to the last Accept"),
};

/* Of each replication by its number. */
struct times {
	double *first_ns, *last_ns; /* Accepts           */
	double *begin_ns;           /* the first Request */
	double *accepts, *cpu_ns;
};

/* `accepts` more of them, the first at first_ns, the last at last_ns; Requests from begin_ns. */
static void look_at(struct times *t, uint32_t r, double accepts, double begin_ns, double first_ns,
                    double last_ns)
{
	if (t->accepts[r] == 0 || first_ns < t->first_ns[r])
		t->first_ns[r] = first_ns;
	if (t->accepts[r] == 0 || begin_ns < t->begin_ns[r])
		t->begin_ns[r] = begin_ns;
	t->last_ns[r] = fmax(t->last_ns[r], last_ns);
	t->accepts[r] += accepts;
}

static bool read_rows(const struct met_job *job, struct res_range rows, struct times *t)
{
	const uint8_t *metric = res_u8(job->file, REC_T_latency, "metric");
	const uint8_t *outcome = res_u8(job->file, REC_T_latency, "outcome");
	const uint32_t *replication = res_u32(job->file, REC_T_latency, "replication");
	const int64_t *start_ns = res_i64(job->file, REC_T_latency, "start_ns");
	const int64_t *total_ns = res_i64(job->file, REC_T_latency, "total_ns");

	if (!metric || !outcome || !replication || !start_ns || !total_ns)
		return false;
	for (uint64_t i = rows.first; i < rows.end; i++) {
		double accept_ns = (double)start_ns[i] + (double)total_ns[i];
		if (metric[i] == REC_M_REGISTRATION_AMF && outcome[i] == REC_OUTCOME_OK)
			look_at(t, replication[i], 1, (double)start_ns[i], accept_ns, accept_ns);
	}
	return true;
}

static bool read_sketches(const struct met_job *job, struct times *t)
{
	struct res_range rows = res_rows_of_variant(job->file, REC_T_latency_sketch, job->variant);
	const uint32_t *replication = res_u32(job->file, REC_T_latency_sketch, "replication");
	uint64_t n = rows.end - rows.first;
	struct rec_latency_sketch *row = met_alloc(n, sizeof *row);
	bool ok = replication && res_gather(job->file, REC_T_latency_sketch, rows, row) == 0;

	for (uint64_t i = 0; ok && i < n; i++)
		if (row[i].metric == REC_M_REGISTRATION_AMF && row[i].outcome == REC_OUTCOME_OK)
			look_at(t, replication[rows.first + i], (double)row[i].count, (double)row[i].begin_ns,
			        (double)row[i].first_ns, (double)row[i].last_ns);
	free(row);
	return ok;
}

/* Rows of every n-th subscriber alone say nothing of how many there were: then nothing is read. */
static bool read_accepts(const struct met_job *job, struct times *t)
{
	struct res_range rows = res_rows_of_variant(job->file, REC_T_latency, job->variant);
	double every = res_parameter_si(job->file, job->variant, "record.every", SIM_Q_COUNT, 1);

	if (rows.end == rows.first)
		return read_sketches(job, t);
	return every > 1 || read_rows(job, rows, t);
}

static bool is_core(const char *station)
{
	static const char *const core[] = {"amf", "ausf", "udm", "udr", "pcf", "aanf", "scp"};

	for (size_t i = 0; i < sizeof core / sizeof *core; i++)
		if (strcmp(core[i], station) == 0)
			return true;
	return false;
}

static bool read_cpu(const struct met_job *job, struct times *t)
{
	const uint16_t *station = res_u16(job->file, REC_T_station, "station");
	const uint32_t *replication = res_u32(job->file, REC_T_station, "replication");
	const int64_t *cpu_ns = res_i64(job->file, REC_T_station, "cpu_ns");
	struct res_range rows = res_rows_of_variant(job->file, REC_T_station, job->variant);
	double share = res_parameter_si(job->file, job->variant, "hosts.housekeeping", SIM_Q_NUMBER,
	                                0);

	if (!station || !replication || !cpu_ns)
		return false;
	for (uint64_t i = rows.first; i < rows.end; i++)
		if (is_core(res_name(job->file, REC_NAME_station, station[i])))
			t->cpu_ns[replication[i]] += (double)cpu_ns[i];
	for (uint32_t r = 0; r < job->run->replications; r++)
		t->cpu_ns[r] += share * (t->last_ns[r] - t->begin_ns[r]);
	return true;
}

static void put(const struct met_job *job, const char *name, const char *unit,
                const struct met_sums *by_replication, double scale, uint64_t n)
{
	struct met_sums sums = met_finished(job, by_replication);
	struct met_scope scope = {0};

	for (uint32_t i = 0; i < sums.n; i++)
		sums.num[i] *= scale;
	met_add(job, name, unit, scope, "mean", met_mean(job, &sums), n, 0);
	met_sums_free(&sums);
}

static void put_all(const struct met_job *job, struct times *t)
{
	uint32_t reps = job->run->replications;
	struct met_sums rate = met_sums_new(reps), cpu = {t->cpu_ns, t->accepts, reps};
	uint64_t n = (uint64_t)met_total(t->accepts, reps);

	for (uint32_t r = 0; r < reps; r++)
		if (t->accepts[r] > 1) {
			rate.num[r] = t->accepts[r] - 1;
			rate.den[r] = t->last_ns[r] - t->first_ns[r];
		}
	put(job, "load.completed", "1/s", &rate, 1e9, n);
	put(job, "load.core_cpu", "s", &cpu, 1e-9, n);
	met_sums_free(&rate);
}

static enum sim_code compute(const struct met_job *job, struct sim_err *err)
{
	uint32_t reps = job->run->replications;
	struct times t;
	bool ok;

	if (!(res_parameter_si(job->file, job->variant, "load.rate", SIM_Q_RATE, 0) > 0))
		return SIM_OK;
	t = (struct times){met_alloc(reps, sizeof(double)), met_alloc(reps, sizeof(double)),
	                   met_alloc(reps, sizeof(double)), met_alloc(reps, sizeof(double)),
	                   met_alloc(reps, sizeof(double))};
	ok = read_accepts(job, &t) && read_cpu(job, &t);
	if (ok)
		put_all(job, &t);
	free(t.first_ns);
	free(t.last_ns);
	free(t.begin_ns);
	free(t.accepts);
	free(t.cpu_ns);
	return ok ? SIM_OK : met_read_failed(job, err);
}

const struct met_family met_load = {
	.name = "load",
	.needs = REC_LEVEL_METRICS,
	.n_entries = sizeof entries / sizeof *entries,
	.entries = entries,
	.compute = compute,
};
