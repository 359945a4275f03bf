/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What share of demands is met in time, over the whole run and over those that began while an
 * attack lasted, by counting every subscriber (table demand).
 */
#include "analysis/metric/attack.h"
#include "analysis/metric/estimate.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define SPLIT                                                                                      \
	"variant, class, attack: demands that began in the windows of record.window that it lasted " \
	"through, from their start to their end; undefined when there is no such window"
#define ESTIMATOR                                                                                  \
	"mean over replications of each one's ratio. All met, or none, in every replication: " \
	"one-sided bound 3/n, demands taken as independent. .lost: twin minus variant, paired by " \
	"replication, in the same windows; its n counts pairs, its failed the variant's demands not met"
#define RATIO(name_, definition_, source_)                                                         \
	{.name = name_, .unit = "1", .better = MET_HIGHER, .definition = definition_, \
	 .source = source_, .scope = SPLIT, .estimator = ESTIMATOR}

enum kind { ATTEMPTS, REGISTRATION, DT, KINDS };
static const struct met_entry entries[KINDS] = {
	[ATTEMPTS] = RATIO("registration.attempt_success_ratio",
		"registration attempts completed before T3510, over attempts",
		"TS 28.554 6.2.1; TS 24.501 10.2"),
	[REGISTRATION] = RATIO("registration.success_ratio",
		"demands to be registered (retries included) met within the scenario's deadline, over "
		"demands",
		"TS 28.554 6.2.1, counted by demand"),
	[DT] = RATIO("dt.success_ratio",
		"demands to enter a hospital met within the scenario's deadline, over demands",
		"TR 22.856 pseudo-CR"),
};
static const char *const columns[KINDS][2] = {
	{"attempts_ok", "attempts"}, {"reg_met", "reg_demands"}, {"dt_met", "dt_demands"}};

/*
 * Sums of one variant by replication number, over windows inside [from, to): one that an attack
 * fills in part would dilute what the attack does.
 */
struct tally {
	struct met_sums sums[REC_N_class][KINDS];
};

static bool tally(const struct met_job *job, uint16_t variant, double from_ns, double to_ns,
                  struct tally *t)
{
	const uint8_t *class = res_u8(job->file, REC_T_demand, "class");
	const uint32_t *window = res_u32(job->file, REC_T_demand, "window");
	const uint32_t *replication = res_u32(job->file, REC_T_demand, "replication");
	struct res_range rows = res_rows_of_variant(job->file, REC_T_demand, variant);
	double width_ns = met_window_ns(job);
	bool ok = class && window && replication;
	for (int k = 0; k < KINDS; k++) {
		const uint32_t *num = res_u32(job->file, REC_T_demand, columns[k][0]);
		const uint32_t *den = res_u32(job->file, REC_T_demand, columns[k][1]);
		ok = ok && num && den;
		for (int c = 0; c < REC_N_class; c++)
			t->sums[c][k] = met_sums_new(job->run->replications);
		for (uint64_t i = rows.first; ok && i < rows.end; i++) {
			if (class[i] >= REC_N_class || window[i] * width_ns < from_ns ||
			    (window[i] + 1) * width_ns > to_ns)
				continue;
			t->sums[class[i]][k].num[replication[i]] += num[i];
			t->sums[class[i]][k].den[replication[i]] += den[i];
		}
	}
	return ok;
}

static void tally_free(struct tally *t)
{
	for (int c = 0; c < REC_N_class; c++)
		for (int k = 0; k < KINDS; k++)
			met_sums_free(&t->sums[c][k]);
}

/* Whoever asks at all in the run has a row for each attack too, be it undefined. */
static bool asks(const struct tally *whole, int class, int kind)
{
	const struct met_sums *sums = &whole->sums[class][kind];
	return met_total(sums->den, sums->n) > 0;
}

static void put(const struct met_job *job, const char *attack, const struct tally *whole,
                struct tally *t)
{
	for (int k = 0; k < KINDS; k++)
		for (int c = 0; c < REC_N_class; c++) {
			struct met_sums sums = met_finished(job, &t->sums[c][k]);
			double met = met_total(sums.num, sums.n), n = met_total(sums.den, sums.n);
			struct met_scope scope = {.class = res_enum_text("class", (uint32_t)c),
			                          .attack = attack};
			if (asks(whole, c, k))
				met_add(job, entries[k].name, "1", scope, "ratio", met_share(job, &sums, 0, 1, n),
				        (uint64_t)n, (uint64_t)(n - met));
			met_sums_free(&sums);
		}
}

static void put_lost(const struct met_job *job, const char *attack, const struct tally *whole,
                     struct tally *t, struct tally *twin)
{
	for (int k = 0; k < KINDS; k++)
		for (int c = 0; c < REC_N_class; c++) {
			uint64_t n;
			char name[MET_NAME_SIZE];
			struct met_sums own = met_finished(job, &t->sums[c][k]);
			double failed = met_total(own.den, own.n) - met_total(own.num, own.n);
			struct met_scope scope = {.class = res_enum_text("class", (uint32_t)c),
			                          .attack = attack};
			struct stat_interval d = met_paired(job, &twin->sums[c][k], &t->sums[c][k], &n);
			snprintf(name, sizeof name, "%s.lost", entries[k].name);
			if (asks(whole, c, k))
				met_add(job, name, "1", scope, "mean", d, n, (uint64_t)failed);
			met_sums_free(&own);
		}
}

static bool one_span(const struct met_job *job, const struct tally *whole,
                     const struct met_attack *span)
{
	struct tally own, twin;
	int32_t t = job->run->variants[job->variant].twin;
	bool ok = tally(job, job->variant, span->start_ns, span->end_ns, &own);
	if (ok)
		put(job, span->name, whole, &own);
	if (ok && t >= 0) {
		ok = tally(job, (uint16_t)t, span->start_ns, span->end_ns, &twin);
		if (ok)
			put_lost(job, span->name, whole, &own, &twin);
		tally_free(&twin);
	}
	tally_free(&own);
	return ok;
}

static enum sim_code compute(const struct met_job *job, struct sim_err *err)
{
	struct met_attack attack[MET_MAX_ATTACKS], run = {NULL, 0, INFINITY};
	/* At level none the whole run is one window: nothing is known of a part of it. */
	uint32_t n = job->recorded >= REC_LEVEL_METRICS ? met_attacks(job, attack) : 0;
	struct tally whole;
	bool ok = tally(job, job->variant, run.start_ns, run.end_ns, &whole);
	ok = ok && one_span(job, &whole, &run);
	for (uint32_t i = 0; i < n && ok; i++)
		ok = one_span(job, &whole, &attack[i]);
	tally_free(&whole);
	return ok ? SIM_OK : met_read_failed(job, err);
}

const struct met_family met_success_ratio = {
	.name = "success_ratio",
	.n_entries = KINDS,
	.entries = entries,
	.compute = compute,
};
