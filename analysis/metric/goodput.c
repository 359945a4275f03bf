/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the network makes of a population's demands to be registered: how many a second it
 * completes, with how many attempts, and until when. Retries amplify an overload: attempts that time out have
 * taken the place of others (Bronson et al., HotOS 2021: metastable failures).
 */
#include "analysis/metric/attack.h"
#include "analysis/metric/estimate.h"
#include "analysis/metric/goodput.h"
#include "analysis/stat/quantile.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double nearly_all = 0.99; /* a few may be in T3502 when the rest is well */

#define SCOPE "variant, class background; only where there are populations or a load"
#define MEAN  "mean over replications of each one's ratio"
#define GOODPUT(name_, unit_, better_, definition_, source_, estimator_)                           \
	{.name = name_, .unit = unit_, .better = better_, .definition = definition_,                  \
	 .source = source_, .scope = SCOPE, .estimator = estimator_}

enum { RATE, ATTEMPTS, IN_TIME, CLEARED, N_ENTRIES };
static const struct met_entry entries[N_ENTRIES] = {
	[RATE] = GOODPUT("load.goodput", "1/s", MET_HIGHER,
		"demands to be registered that were met, late or not, per second, from the start of the "
		"first window of record.window in which one was made to the end of that by which 99 % of all "
		"had been met (load.cleared), or of the last in which one was",
		"TS 28.552 5.2.2 (registrations by count)", MEAN),
	[ATTEMPTS] = GOODPUT("load.attempts_per_registration", "1", MET_LOWER,
		"attempts at initial registration over demands that were met: the amplification by retries; "
		"1 without failures",
		"Bronson et al., HotOS 2021 (metastable failures); TS 24.501 5.5.1.2.7", MEAN),
	[IN_TIME] = GOODPUT("load.in_time_ratio", "1", MET_HIGHER,
		"demands met within the scenario's deadline over demands that subscribers made; what a UE "
		"begins anew by itself after T3502, T3346 or the like is late",
		"TS 28.554 6.2.1, counted by demand", MEAN),
	[CLEARED] = GOODPUT("load.cleared", "s", MET_LOWER,
		"from the start of the first window in which a demand was made to the end of that by which "
		"99 % of all that were made in the run had been met; infinite: not in the run",
		"Huang et al., OSDI 2022 (metastable failures)",
		"one value a replication: order-statistic interval of the median, Clopper-Pearson of the share "
		"that never got so far (ratio)"),
};

/* One replication, of class background. */
struct course {
	double offered, tried, completed, in_time;
	double begin, end, cleared; /* windows: the first demand; behind the last completion, 99 % */
	double by_then;             /* completed by the end of window `cleared` */
};

struct demand_columns {
	const uint8_t *class;
	const uint32_t *window, *offered, *tried, *completed, *in_time;
};

static bool read_columns(const struct met_job *job, struct demand_columns *c)
{
	*c = (struct demand_columns){.class = res_u8(job->file, REC_T_demand, "class"),
		.window = res_u32(job->file, REC_T_demand, "window"),
		.offered = res_u32(job->file, REC_T_demand, "offered"),
		.tried = res_u32(job->file, REC_T_demand, "tried"),
		.completed = res_u32(job->file, REC_T_demand, "completed"),
		.in_time = res_u32(job->file, REC_T_demand, "in_time")};
	return c->class && c->window && c->offered && c->tried && c->completed && c->in_time;
}

/* Rows of a class are in the order of their windows. */
static struct course course_of(const struct met_job *job, const struct demand_columns *c,
                               uint32_t replication)
{
	struct res_range rows = res_rows(job->file, REC_T_demand, job->variant, replication);
	struct course course = {.begin = NAN, .cleared = INFINITY};
	double so_far = 0;

	for (uint64_t i = rows.first; i < rows.end; i++) {
		if (c->class[i] != REC_CLASS_BACKGROUND)
			continue;
		course.offered += c->offered[i];
		course.in_time += c->in_time[i];
		course.tried += c->tried[i];
		course.completed += c->completed[i];
		if (isnan(course.begin) && c->offered[i])
			course.begin = c->window[i];
		if (c->completed[i])
			course.end = c->window[i] + 1.0;
	}
	for (uint64_t i = rows.first; i < rows.end && isinf(course.cleared); i++) {
		so_far += c->class[i] == REC_CLASS_BACKGROUND ? c->completed[i] : 0;
		if (so_far >= nearly_all * course.offered)
			course.cleared = c->window[i] + 1.0;
	}
	course.by_then = so_far;
	course.end = fmin(course.end, course.cleared);
	return course;
}

/* At level none the whole run is one window: when something happened is not known. */
static bool knows_when(const struct met_job *job)
{
	return job->recorded >= REC_LEVEL_METRICS;
}

static void put_cleared(const struct met_job *job, double *x, const struct met_scope *scope)
{
	const struct stat_interval undefined = {NAN, NAN, NAN};
	uint64_t never = 0;

	if (!knows_when(job)) {
		met_add(job, "load.cleared", "s", *scope, "p50", undefined, job->n, 0);
		met_add(job, "load.cleared", "1", *scope, "ratio", undefined, job->n, 0);
		return;
	}
	for (uint32_t i = 0; i < job->n; i++)
		never += isinf(x[i]) != 0;
	stat_sort(x, job->n);
	struct stat_interval median = stat_quantile(x, job->n, 0.5, job->level);

	if (job->n > 0 && isnan(median.value)) /* too few for an interval: the value all the same */
		median.value = x[stat_quantile_rank(job->n, 0.5) - 1];
	met_add(job, "load.cleared", "s", *scope, "p50", median, job->n, never);
	met_add(job, "load.cleared", "1", *scope, "ratio", stat_proportion(never, job->n, job->level),
	        job->n, never);
}

static void put_all(const struct met_job *job, const struct demand_columns *c)
{
	const struct met_scope scope = {.class = res_enum_text("class", REC_CLASS_BACKGROUND)};
	struct met_sums rate = met_sums_new(job->n), attempts = met_sums_new(job->n),
	                in_time = met_sums_new(job->n);
	double *cleared = met_alloc(job->n, sizeof *cleared), width_s = met_window_ns(job) / 1e9;
	double completed, offered, met;

	for (uint32_t i = 0; i < job->n; i++) {
		struct course course = course_of(job, c, job->replication[i]);
		rate.num[i] = course.by_then;
		rate.den[i] = course.end > course.begin && knows_when(job)
		                  ? (course.end - course.begin) * width_s : 0;
		attempts.num[i] = course.tried;
		attempts.den[i] = course.completed;
		in_time.num[i] = course.in_time;
		in_time.den[i] = course.offered;
		cleared[i] = (course.cleared - course.begin) * width_s;
		if (isnan(cleared[i]))
			cleared[i] = 0; /* nobody asked */
	}
	completed = met_total(attempts.den, job->n);
	offered = met_total(in_time.den, job->n);
	met = met_total(in_time.num, job->n);
	met_add(job, "load.goodput", "1/s", scope, "mean", met_mean(job, &rate), (uint64_t)completed,
	        (uint64_t)fmax(0, offered - completed));
	met_add(job, "load.attempts_per_registration", "1", scope, "mean", met_mean(job, &attempts),
	        (uint64_t)completed, 0);
	met_add(job, "load.in_time_ratio", "1", scope, "ratio", met_share(job, &in_time, 0, 1, offered),
	        (uint64_t)offered, (uint64_t)fmax(0, offered - met));
	put_cleared(job, cleared, &scope);
	met_sums_free(&rate);
	met_sums_free(&attempts);
	met_sums_free(&in_time);
	free(cleared);
}

bool met_has_population(const struct res_file *file, uint16_t variant)
{
	uint32_t n;
	const struct res_parameter *parameter = res_parameters(file, variant, &n);

	for (uint32_t i = 0; i < n; i++)
		if (strncmp(parameter[i].key, "populations.", strlen("populations.")) == 0)
			return true;
	return res_parameter_si(file, variant, "load.rate", SIM_Q_RATE, 0) > 0;
}

uint64_t met_completed(struct res_file *file)
{
	const uint32_t *completed = res_u32(file, REC_T_demand, "completed");
	const uint64_t n = res_n_rows(file, REC_T_demand);
	uint64_t sum = 0;

	for (uint64_t i = 0; completed && i < n; i++)
		sum += completed[i];
	return sum;
}

static enum sim_code compute(const struct met_job *job, struct sim_err *err)
{
	struct demand_columns columns;

	if (!met_has_population(job->file, job->variant))
		return SIM_OK;
	if (!read_columns(job, &columns))
		return met_read_failed(job, err);
	put_all(job, &columns);
	return SIM_OK;
}

const struct met_family met_goodput = {
	.name = "goodput", .n_entries = N_ENTRIES, .entries = entries, .compute = compute,
};
