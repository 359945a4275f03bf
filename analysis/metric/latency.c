/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How long people wait. Failures are part of latency: the first row of each group is over all
 * demands that ended, one that never finished being infinite; the second, labelled source
 * "finished", is over those that did. Waits that were still open at the end of the run are in
 * neither.
 */
#include "analysis/metric/wait.h"
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

static const struct {
	const char *stat;
	double p;
} quantiles[] = {{"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}, {"p999", 0.999}};

/* What may be left out of a scope, because the run has one of each. */
struct ways {
	bool one_access, one_network;
};

static const char *metric_of(int k)
{
	return res_enum_text("latency_metric", (uint32_t)(k / MET_WAIT_WAYS / REC_N_class));
}

static struct met_scope scope_of(const struct ways *ways, int k)
{
	int method = k / REC_N_roaming / REC_N_access % REC_N_method;
	int access = k / REC_N_roaming % REC_N_access;
	return (struct met_scope){
		.class = res_enum_text("class", (uint32_t)(k / MET_WAIT_WAYS % REC_N_class)),
		.access = ways->one_access ? NULL : res_enum_text("access", (uint32_t)access),
		.roaming = ways->one_network ? NULL : res_enum_text("roaming", (uint32_t)(k % REC_N_roaming)),
		.method = method == REC_METHOD_NONE ? NULL : res_enum_text("method", (uint32_t)method),
	};
}

/* Mean over replications of each one's standard deviation. */
static struct stat_interval deviation(const struct met_job *job, const struct met_wait_group *group)
{
	double *sd = met_alloc(job->n, sizeof *sd);
	bool all = job->n > 0;
	for (uint32_t c = 0; c < job->n; c++) {
		uint32_t r = job->replication[c];
		all = all && group->finished.den[r] >= 2;
		sd[c] = sqrt(group->deviations[r] / (group->finished.den[r] - 1));
	}
	struct stat_interval out = {NAN, NAN, NAN};
	if (all && isfinite(met_total(sd, job->n)))
		out = stat_clip(stat_t_interval(sd, job->n, job->level), 0, INFINITY);
	free(sd);
	return out;
}

/* Over all demands that ended, or over the finished ones: `failed` is then 0. */
static void put_pool(const struct met_job *job, const char *name, struct met_scope scope,
                     const struct met_wait_group *group, const struct stat_pool *pool,
                     const struct met_sums *finished, uint64_t failed)
{
	struct met_sums all = met_sums_new(job->n);
	for (uint32_t c = 0; c < job->n; c++) {
		all.den[c] = (double)pool->count[c];
		all.num[c] = all.den[c] > finished->den[c] ? INFINITY : finished->num[c];
	}
	struct stat_interval none = {NAN, NAN, NAN}, min = none, max = none;
	if (pool->n > 0) {
		min.value = group->min_s; /* infinite when none finished */
		max.value = failed > 0 ? INFINITY : group->max_s;
	}
	met_add(job, name, "s", scope, "mean", met_mean(job, &all), pool->n, failed);
	met_add(job, name, "s", scope, "sd", failed > 0 ? none : deviation(job, group), pool->n,
	        failed);
	met_add(job, name, "s", scope, "min", min, pool->n, failed);
	for (size_t q = 0; q < sizeof quantiles / sizeof *quantiles; q++)
		met_add(job, name, "s", scope, quantiles[q].stat, met_quantile(job, pool, quantiles[q].p),
		        pool->n, failed);
	met_add(job, name, "s", scope, "max", max, pool->n, failed);
	met_sums_free(&all);
}

static void put_parts(const struct met_job *job, const char *name, struct met_scope scope,
                      const struct met_wait_group *group, uint64_t n)
{
	for (int p = 0; p < MET_WAIT_PARTS; p++) {
		char part[MET_NAME_SIZE];
		snprintf(part, sizeof part, "%s.%s", name, met_wait_part[p]);
		struct met_sums by_replication = {group->part[p], group->finished.den,
		                                  job->run->replications};
		struct met_sums sums = met_finished(job, &by_replication);
		met_add(job, part, "s", scope, "mean", met_mean(job, &sums), n, 0);
		met_sums_free(&sums);
	}
}

static void put_group(const struct met_job *job, const struct ways *ways, int k,
                     const struct met_wait_group *group)
{
	const char *name = metric_of(k);
	struct met_scope scope = scope_of(ways, k);
	struct stat_pool all, done;
	int failed = stat_pool_init(&all, group->sample, group->n_samples, job->n);
	SIM_ASSERT(!failed);
	failed = stat_pool_prefix(&done, &all, group->n - group->failed);
	SIM_ASSERT(!failed);
	struct met_sums finished = met_finished(job, &group->finished);
	struct met_sums ended = met_finished(job, &group->ended);
	put_pool(job, name, scope, group, &all, &finished, group->failed);
	met_add(job, name, "1", scope, "ratio", met_share(job, &ended, 0, 1, (double)group->n), group->n,
	        group->failed);
	scope.source = "finished";
	put_pool(job, name, scope, group, &done, &finished, 0);
	scope.source = NULL;
	put_parts(job, name, scope, group, done.n);
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
static struct met_sums medians(const struct met_job *job, const struct met_wait_group *group)
{
	struct met_sums out = met_sums_new(job->run->replications);
	double *each = met_alloc(job->n, sizeof *each);
	struct stat_pool all, done;
	int failed = stat_pool_init(&all, group->sample, group->n_samples, job->n);
	SIM_ASSERT(!failed);
	failed = stat_pool_prefix(&done, &all, group->n - group->failed);
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
static void put_added(const struct met_job *job, const struct ways *ways, int k,
                      const struct met_wait_group *own,
                      const struct met_job *reference, const struct met_wait_group *other)
{
	struct met_scope scope = scope_of(ways, k);
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
static const struct met_wait_group *counterpart(const struct met_wait_group *others, int k)
{
	int first = k - k % MET_WAIT_WAYS;
	for (int way = 0; way < MET_WAIT_WAYS && others[k].n == 0; way++)
		if (others[first + way].n > 0)
			return &others[first + way];
	return &others[k];
}

/* Clusters of the reference are numbered as the replications: others may have failed in it. */
static bool compare(const struct met_job *job, const struct ways *ways,
                    struct met_wait_group *groups, uint16_t variant)
{
	struct met_wait_group *others = met_alloc(MET_WAIT_GROUPS, sizeof *others);
	uint32_t *number = met_alloc(job->run->replications, sizeof *number);
	struct met_wait_query query = {job->file, variant, NULL, -1, -1};
	struct met_job reference = *job;
	for (uint32_t r = 0; r < job->run->replications; r++)
		number[r] = r;
	reference.variant = variant;
	reference.name = job->run->variants[variant].name;
	reference.n = job->run->replications;
	reference.replication = reference.cluster = number;
	bool ok = met_waits_read(&query, others);
	for (int k = 0; ok && k < MET_WAIT_GROUPS; k++)
		if (groups[k].n > 0 && counterpart(others, k)->n > 0)
			put_added(job, ways, k, &groups[k], &reference, counterpart(others, k));
	met_waits_free(others);
	free(number);
	return ok;
}

static enum sim_code compute(const struct met_job *job, struct sim_err *err)
{
	struct ways ways;
	struct met_wait_group *groups = met_alloc(MET_WAIT_GROUPS, sizeof *groups);
	struct met_wait_query query = {job->file, job->variant, job->cluster, -1, -1};
	bool ok = met_wait_ways(job->file, &ways.one_access, &ways.one_network) &&
	          met_waits_read(&query, groups);
	for (int k = 0; ok && k < MET_WAIT_GROUPS; k++)
		if (groups[k].n > 0)
			put_group(job, &ways, k, &groups[k]);
	int32_t reference = reference_of(job);
	if (ok && reference >= 0)
		ok = compare(job, &ways, groups, (uint16_t)reference);
	met_waits_free(groups);
	return ok ? SIM_OK : met_read_failed(job, err);
}

const struct met_family met_latency = {
	.name = "latency",
	.needs = REC_LEVEL_METRICS,
	.n_entries = sizeof entries / sizeof *entries,
	.entries = entries,
	.compute = compute,
};
