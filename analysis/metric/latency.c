/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How long people wait. Failures are part of latency: the first row of each group is over all
 * demands that ended, one that never finished being infinite; the second, labelled source
 * "finished", is over those that did. Waits that were still open at the end of the run are in
 * neither.
 */
#include "analysis/metric/estimate.h"
#include "analysis/stat/quantile.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SPLIT \
	"variant, class, method where there is one, access and roaming where the run has more than one; source: " \
	"finished, or of .added the variant that it is the difference to"
#define ESTIMATOR \
	"all demands that ended, failures infinite; source=finished: finished ones alone. ratio: " \
	"share of these demands that never finished, not a length of time. .radio " \
	".transport .queueing .service .crypto .timer: mean parts of finished waits, which sum to the whole. .added: what the variant adds to its twin or, " \
	"without one, to the first variant; whatever its method of authentication, access and serving network; paired difference of the " \
	"replications' means and medians (p50) over finished waits; n counts pairs, failed the variant's demands that never finished " \
	"and are left out. sd: mean over replications. min, max: of all samples, no interval"
#define LATENCY(name_, definition_, source_) \
	{.name = name_, .unit = "s", .better = MET_LOWER, .definition = definition_, \
	 .source = source_, .scope = SPLIT, .estimator = ESTIMATOR}

static const struct met_entry entries[] = {
	[REC_M_REGISTRATION] = LATENCY("registration.latency",
		"first attempt starts at the UE until Registration Accept is handled by the UE; random "
		"access, retries and timers included", "TS 23.502 4.2.2.2; TS 24.501 5.5.1.2"),
	[REC_M_REGISTRATION_AMF] = LATENCY("registration.time_amf",
		"Registration Request received until Registration Accept sent, at the AMF",
		"TS 28.552 RM.RegTimeMean, RM.RegTimeMax"),
	[REC_M_AUTH] = LATENCY("auth.latency",
		"SEAF asks the AUSF until authentication is confirmed at the SEAF", "TS 33.501 6.1.3"),
	[REC_M_DT_ENROL] = LATENCY("dt.enrol_latency",
		"enrolment of a twin asked until its NFT is final and its record stored",
		"TR 22.856 pseudo-CR"),
	[REC_M_DT_AUTH] = LATENCY("dt.auth_latency",
		"DT session asked until both sides have authenticated each other", "TR 22.856 pseudo-CR"),
	[REC_M_SURGERY_READY] = LATENCY("surgery.ready_latency",
		"headset starts until the surgery session can begin", "TR 22.856 pseudo-CR"),
};

enum {
	PARTS = 6,
	WAYS = REC_N_method * REC_N_access * REC_N_roaming, /* of one metric and class */
	CELLS = REC_N_latency_metric * REC_N_class * WAYS
};
static const char *const part_name[PARTS] = {"radio", "transport", "queueing",
                                             "service", "crypto", "timer"};
static const struct {
	const char *stat;
	double p;
} quantiles[] = {{"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}, {"p999", 0.999}};

struct columns {
	const uint8_t *metric, *class, *method, *access, *roaming, *outcome;
	bool one_access, one_network; /* of the whole run */
	const uint32_t *replication;
	const int64_t *total_ns, *part_ns[PARTS];
};

static bool read_columns(const struct met_job *job, struct columns *c)
{
	c->metric = res_u8(job->file, REC_T_latency, "metric");
	c->class = res_u8(job->file, REC_T_latency, "class");
	c->method = res_u8(job->file, REC_T_latency, "method");
	c->access = res_u8(job->file, REC_T_latency, "access");
	c->roaming = res_u8(job->file, REC_T_latency, "roaming");
	c->outcome = res_u8(job->file, REC_T_latency, "outcome");
	c->replication = res_u32(job->file, REC_T_latency, "replication");
	c->total_ns = res_i64(job->file, REC_T_latency, "total_ns");
	bool ok = c->metric && c->class && c->method && c->access && c->roaming && c->outcome &&
	          c->replication && c->total_ns;
	for (int p = 0; p < PARTS; p++) {
		char name[32];
		snprintf(name, sizeof name, "%s_ns", part_name[p]);
		c->part_ns[p] = res_i64(job->file, REC_T_latency, name);
		ok = ok && c->part_ns[p];
	}
	c->one_access = c->one_network = true;
	for (uint64_t i = 1; ok && i < res_n_rows(job->file, REC_T_latency); i++) {
		c->one_access = c->one_access && c->access[i] == c->access[0];
		c->one_network = c->one_network && c->roaming[i] == c->roaming[0];
	}
	return ok;
}

/* What one group (metric, class, method, access, roaming) has: samples, and sums by replication number. */
struct cell {
	uint64_t n, failed;
	struct stat_sample *sample;
	struct met_sums ended, finished; /* num: failed; seconds */
	double *part[PARTS];             /* seconds; denominators are those of finished */
};

static int cell_of(const struct columns *c, uint64_t i)
{
	if (c->outcome[i] == REC_OUTCOME_CENSORED || c->metric[i] >= REC_N_latency_metric ||
	    c->class[i] >= REC_N_class || c->method[i] >= REC_N_method ||
	    c->access[i] >= REC_N_access || c->roaming[i] >= REC_N_roaming)
		return -1;
	int of_class = c->metric[i] * REC_N_class + c->class[i];
	return ((of_class * REC_N_method + c->method[i]) * REC_N_access + c->access[i]) * REC_N_roaming +
	       c->roaming[i];
}

static void count(struct cell *cells, const struct columns *c, struct res_range rows, uint32_t reps)
{
	for (uint64_t i = rows.first; i < rows.end; i++) {
		int k = cell_of(c, i);
		if (k >= 0)
			cells[k].n++;
	}
	for (int k = 0; k < CELLS; k++) {
		if (cells[k].n == 0)
			continue;
		cells[k].ended = met_sums_new(reps);
		cells[k].finished = met_sums_new(reps);
		for (int p = 0; p < PARTS; p++)
			cells[k].part[p] = met_alloc(reps, sizeof(double));
	}
}

static void add_up(struct cell *cell, const struct columns *c, uint64_t i)
{
	uint32_t r = c->replication[i];
	cell->ended.den[r]++;
	if (c->outcome[i] != REC_OUTCOME_OK) {
		cell->failed++;
		cell->ended.num[r]++;
		return;
	}
	cell->finished.den[r]++;
	cell->finished.num[r] += (double)c->total_ns[i] / 1e9;
	for (int p = 0; p < PARTS; p++)
		cell->part[p][r] += (double)c->part_ns[p][i] / 1e9;
}

static void tally(const struct met_job *job, const struct columns *c, struct cell *cells)
{
	struct res_range rows = res_rows_of_variant(job->file, REC_T_latency, job->variant);
	uint64_t filled[CELLS] = {0};
	count(cells, c, rows, job->run->replications);
	for (int k = 0; k < CELLS; k++)
		cells[k].sample = met_alloc(cells[k].n, sizeof *cells[k].sample);
	for (uint64_t i = rows.first; i < rows.end; i++) {
		int k = cell_of(c, i);
		if (k < 0)
			continue;
		add_up(&cells[k], c, i);
		cells[k].sample[filled[k]++] = (struct stat_sample){
			c->outcome[i] == REC_OUTCOME_OK ? (double)c->total_ns[i] / 1e9 : INFINITY,
			job->cluster[c->replication[i]]};
	}
}

static void cells_free(struct cell *cells)
{
	for (int k = 0; k < CELLS; k++) {
		free(cells[k].sample);
		met_sums_free(&cells[k].ended);
		met_sums_free(&cells[k].finished);
		for (int p = 0; p < PARTS; p++)
			free(cells[k].part[p]);
	}
	free(cells);
}

static const char *metric_of(int k)
{
	return res_enum_text("latency_metric", (uint32_t)(k / WAYS / REC_N_class));
}

static struct met_scope scope_of(const struct columns *c, int k)
{
	int method = k / REC_N_roaming / REC_N_access % REC_N_method;
	int access = k / REC_N_roaming % REC_N_access;
	return (struct met_scope){
		.class = res_enum_text("class", (uint32_t)(k / WAYS % REC_N_class)),
		.access = c->one_access ? NULL : res_enum_text("access", (uint32_t)access),
		.roaming = c->one_network ? NULL : res_enum_text("roaming", (uint32_t)(k % REC_N_roaming)),
		.method = method == REC_METHOD_NONE ? NULL : res_enum_text("method", (uint32_t)method),
	};
}

/* Mean over replications of each one's standard deviation. */
static struct stat_interval deviation(const struct met_job *job, const struct stat_pool *pool,
                                      const struct met_sums *finished)
{
	double *square = met_alloc(job->n, sizeof *square);
	bool all = job->n > 0;
	for (size_t i = 0; i < pool->n; i++) {
		uint32_t c = pool->sorted[i].cluster;
		double off = pool->sorted[i].value - finished->num[c] / finished->den[c];
		square[c] += off * off;
	}
	for (uint32_t c = 0; c < job->n; c++) {
		all = all && pool->count[c] >= 2;
		square[c] = sqrt(square[c] / (pool->count[c] - 1.0));
	}
	struct stat_interval out = {NAN, NAN, NAN};
	if (all && isfinite(met_total(square, job->n)))
		out = stat_clip(stat_t_interval(square, job->n, job->level), 0, INFINITY);
	free(square);
	return out;
}

static void put_pool(const struct met_job *job, const char *name, struct met_scope scope,
                     const struct stat_pool *pool, const struct met_sums *finished, uint64_t failed)
{
	struct met_sums all = met_sums_new(job->n);
	bool infinite = pool->n > 0 && isinf(pool->sorted[pool->n - 1].value);
	for (uint32_t c = 0; c < job->n; c++) {
		all.num[c] = pool->count[c] > finished->den[c] ? INFINITY : finished->num[c];
		all.den[c] = pool->count[c];
	}
	struct stat_interval none = {NAN, NAN, NAN}, min = none, max = none;
	if (pool->n > 0) {
		min.value = pool->sorted[0].value;
		max.value = pool->sorted[pool->n - 1].value;
	}
	met_add(job, name, "s", scope, "mean", met_mean(job, &all), pool->n, failed);
	met_add(job, name, "s", scope, "sd", infinite ? none : deviation(job, pool, finished), pool->n,
	        failed);
	met_add(job, name, "s", scope, "min", min, pool->n, failed);
	for (size_t q = 0; q < sizeof quantiles / sizeof *quantiles; q++)
		met_add(job, name, "s", scope, quantiles[q].stat, met_quantile(job, pool, quantiles[q].p),
		        pool->n, failed);
	met_add(job, name, "s", scope, "max", max, pool->n, failed);
	met_sums_free(&all);
}

static void put_parts(const struct met_job *job, const char *name, struct met_scope scope,
                      const struct cell *cell, uint64_t n)
{
	for (int p = 0; p < PARTS; p++) {
		char part[MET_NAME_SIZE];
		snprintf(part, sizeof part, "%s.%s", name, part_name[p]);
		struct met_sums by_replication = {cell->part[p], cell->finished.den,
		                                  job->run->replications};
		struct met_sums sums = met_finished(job, &by_replication);
		met_add(job, part, "s", scope, "mean", met_mean(job, &sums), n, 0);
		met_sums_free(&sums);
	}
}

static void put_cell(const struct met_job *job, const struct columns *c, int k,
                     const struct cell *cell)
{
	const char *name = metric_of(k);
	struct met_scope scope = scope_of(c, k);
	struct stat_pool all, done;
	int failed = stat_pool_init(&all, cell->sample, cell->n, job->n);
	SIM_ASSERT(!failed);
	failed = stat_pool_prefix(&done, &all, cell->n - cell->failed);
	SIM_ASSERT(!failed);
	struct met_sums finished = met_finished(job, &cell->finished);
	struct met_sums ended = met_finished(job, &cell->ended);
	put_pool(job, name, scope, &all, &finished, cell->failed);
	met_add(job, name, "1", scope, "ratio", met_share(job, &ended, 0, 1, (double)cell->n), cell->n,
	        cell->failed);
	scope.source = "finished";
	put_pool(job, name, scope, &done, &finished, 0);
	scope.source = NULL;
	put_parts(job, name, scope, cell, done.n);
	met_sums_free(&finished);
	met_sums_free(&ended);
	stat_pool_free(&all);
	stat_pool_free(&done);
}

/*
 * What this variant is compared with: the attack-free twin, or else the first variant that people
 * see. -1: nothing.
 */
static int32_t reference_of(const struct met_job *job)
{
	const struct res_variant *variants = job->run->variants;
	int32_t first = 0;
	if (variants[job->variant].twin >= 0)
		return variants[job->variant].twin;
	while (variants[first].hidden && first + 1 < (int32_t)job->run->n_variants)
		first++;
	return job->variant == first || variants[job->variant].hidden ? -1 : first;
}

/* Of the finished waits, by replication number, where there are enough for one. */
static struct met_sums medians(const struct met_job *job, const struct cell *cell)
{
	struct met_sums out = met_sums_new(job->run->replications);
	double *each = met_alloc(job->n, sizeof *each);
	struct stat_pool all, done;
	int failed = stat_pool_init(&all, cell->sample, cell->n, job->n);
	SIM_ASSERT(!failed);
	failed = stat_pool_prefix(&done, &all, cell->n - cell->failed);
	SIM_ASSERT(!failed);
	stat_pool_each(&done, 0.5, each);
	for (uint32_t c = 0; c < job->n; c++)
		if (done.count[c] >= stat_quantile_min_n(0.5, job->level)) {
			out.num[job->replication[c]] = each[c];
			out.den[job->replication[c]] = 1;
		}
	free(each);
	stat_pool_free(&all);
	stat_pool_free(&done);
	return out;
}

/* Of one group, replication by replication. */
static void put_added(const struct met_job *job, const struct columns *c, int k,
                      const struct cell *own,
                      const struct met_job *reference, const struct cell *other)
{
	struct met_scope scope = scope_of(c, k);
	struct met_sums p50 = medians(job, own), other_p50 = medians(reference, other);
	char name[MET_NAME_SIZE];
	uint64_t n;
	snprintf(name, sizeof name, "%s.added", metric_of(k));
	scope.source = reference->name;
	struct stat_interval d = met_paired(job, &own->finished, &other->finished, &n);
	met_add(job, name, "s", scope, "mean", d, n, own->failed);
	d = met_paired(job, &p50, &other_p50, &n);
	met_add(job, name, "s", scope, "p50", d, n, own->failed);
	met_sums_free(&p50);
	met_sums_free(&other_p50);
}

/* The same group of the reference; of one that authenticates or reaches the core otherwise, or elsewhere, that of
 * its own. */
static const struct cell *counterpart(const struct cell *others, int k)
{
	int first = k - k % WAYS;
	for (int way = 0; way < WAYS && others[k].n == 0; way++)
		if (others[first + way].n > 0)
			return &others[first + way];
	return &others[k];
}

/* Clusters of the reference are numbered as the replications: others may have failed in it. */
static void compare(const struct met_job *job, const struct columns *c, struct cell *cells,
                    uint16_t variant)
{
	struct cell *others = met_alloc(CELLS, sizeof *others);
	uint32_t *number = met_alloc(job->run->replications, sizeof *number);
	struct met_job reference = *job;
	for (uint32_t r = 0; r < job->run->replications; r++)
		number[r] = r;
	reference.variant = variant;
	reference.name = job->run->variants[variant].name;
	reference.n = job->run->replications;
	reference.replication = reference.cluster = number;
	tally(&reference, c, others);
	for (int k = 0; k < CELLS; k++)
		if (cells[k].n > 0 && counterpart(others, k)->n > 0)
			put_added(job, c, k, &cells[k], &reference, counterpart(others, k));
	cells_free(others);
	free(number);
}

static enum sim_code compute(const struct met_job *job, struct sim_err *err)
{
	struct columns c;
	if (!read_columns(job, &c))
		return met_read_failed(job, err);
	struct cell *cells = met_alloc(CELLS, sizeof *cells);
	tally(job, &c, cells);
	for (int k = 0; k < CELLS; k++)
		if (cells[k].n > 0)
			put_cell(job, &c, k, &cells[k]);
	int32_t reference = reference_of(job);
	if (reference >= 0)
		compare(job, &c, cells, (uint16_t)reference);
	cells_free(cells);
	return SIM_OK;
}

const struct met_family met_latency = {
	.name = "latency",
	.n_entries = sizeof entries / sizeof *entries,
	.entries = entries,
	.compute = compute,
};
