/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How long the network stays ill after an attack or fault has ended. Never (a metastable failure,
 * Huang et al., OSDI 2022) is infinite, and its share of replications stands beside.
 */
#include "analysis/metric/attack.h"
#include "analysis/metric/estimate.h"
#include "analysis/stat/quantile.h"
#include <math.h>
#include <stdlib.h>

static const double band = 0.01; /* METRIC's default: one percentage point */

static const struct met_entry entries[] = {
	{.name = "recovery.time", .unit = "s", .better = MET_LOWER,
	 .definition = "an attack or fault ends until the start of the first window of record.window "
	               "from which the success ratio of demands to be registered and to enter a "
	               "hospital, together and of all classes, stays within 1 percentage point of the "
	               "attack-free twin's to the end. The window is the resolution: 0 says well again "
	               "within one. Windows without demands say nothing; infinite: never",
	 .source = "Huang et al., OSDI 2022 (metastable failures)", .scope = "variant, attack",
	 .estimator = "one value a replication, these are independent: order-statistic interval of the "
	              "median, Clopper-Pearson of the share that never recovered (ratio)"},
};

/* Met and asked by window of one replication. */
struct course {
	uint32_t n;
	double *met, *asked;
};

static bool follow(const struct met_job *job, uint16_t variant, uint32_t r, struct course *out)
{
	const uint32_t *window = res_u32(job->file, REC_T_demand, "window");
	const uint32_t *met = res_u32(job->file, REC_T_demand, "reg_met");
	const uint32_t *asked = res_u32(job->file, REC_T_demand, "reg_demands");
	const uint32_t *entered = res_u32(job->file, REC_T_demand, "dt_met");
	const uint32_t *enter = res_u32(job->file, REC_T_demand, "dt_demands");
	struct res_range rows = res_rows(job->file, REC_T_demand, variant, r);
	*out = (struct course){0};
	if (!window || !met || !asked || !entered || !enter)
		return false;
	for (uint64_t i = rows.first; i < rows.end; i++)
		if (window[i] >= out->n)
			out->n = window[i] + 1;
	out->met = met_alloc(out->n, sizeof *out->met);
	out->asked = met_alloc(out->n, sizeof *out->asked);
	for (uint64_t i = rows.first; i < rows.end; i++) {
		out->met[window[i]] += (double)met[i] + entered[i];
		out->asked[window[i]] += (double)asked[i] + enter[i];
	}
	return true;
}

static void course_free(struct course *course)
{
	free(course->met);
	free(course->asked);
}

/* Seconds; infinite: never; NaN when no window after the attack says anything. */
static double recovery_s(const struct course *own, const struct course *twin, double width_ns,
                         double end_ns)
{
	uint32_t n = own->n < twin->n ? own->n : twin->n, first = (uint32_t)ceil(end_ns / width_ns);
	uint32_t well = first; /* from here on nothing is outside the band */
	bool heard = false, ill = false;
	for (uint32_t w = first; w < n; w++) {
		if (own->asked[w] <= 0 || twin->asked[w] <= 0)
			continue;
		double off = own->met[w] / own->asked[w] - twin->met[w] / twin->asked[w];
		heard = true;
		if (ill && fabs(off) <= band)
			well = w;
		ill = fabs(off) > band;
	}
	if (!heard)
		return NAN;
	return ill ? INFINITY : (well * width_ns - end_ns) / 1e9;
}

static void put(const struct met_job *job, const char *attack, double *x, uint32_t n)
{
	struct met_scope scope = {.attack = attack};
	struct stat_interval none = {NAN, NAN, NAN}, max = none;
	uint64_t never = 0;
	for (uint32_t i = 0; i < n; i++)
		never += isinf(x[i]) != 0;
	struct stat_interval mean = stat_clip(stat_t_interval(x, n, job->level), 0, INFINITY);
	stat_sort(x, n);
	if (n > 0)
		max.value = x[n - 1];
	met_add(job, "recovery.time", "s", scope, "p50", stat_quantile(x, n, 0.5, job->level), n,
	        never);
	met_add(job, "recovery.time", "s", scope, "mean", mean, n, never);
	met_add(job, "recovery.time", "s", scope, "max", max, n, never);
	met_add(job, "recovery.time", "1", scope, "ratio", stat_proportion(never, n, job->level), n,
	        never);
}

static bool one_attack(const struct met_job *job, uint16_t twin, const struct met_attack *attack)
{
	double *x = met_alloc(job->n, sizeof *x);
	uint32_t n = 0;
	bool ok = true;
	for (uint32_t i = 0; i < job->n && ok; i++) {
		struct course own = {0}, other = {0};
		uint32_t r = job->replication[i];
		ok = follow(job, job->variant, r, &own) && follow(job, twin, r, &other);
		double s = ok ? recovery_s(&own, &other, met_window_ns(job), attack->end_ns) : NAN;
		if (!isnan(s))
			x[n++] = s;
		course_free(&own);
		course_free(&other);
	}
	if (ok)
		put(job, attack->name, x, n);
	free(x);
	return ok;
}

static enum sim_code compute(const struct met_job *job, struct sim_err *err)
{
	struct met_attack attack[MET_MAX_ATTACKS];
	int32_t twin = job->run->variants[job->variant].twin;
	uint32_t n = twin >= 0 ? met_attacks(job, attack) : 0;
	for (uint32_t i = 0; i < n; i++)
		if (isfinite(attack[i].end_ns) && !one_attack(job, (uint16_t)twin, &attack[i]))
			return met_read_failed(job, err);
	return SIM_OK;
}

const struct met_family met_recovery = {
	.name = "recovery", .needs = REC_LEVEL_METRICS, .n_entries = 1, .entries = entries,
	.compute = compute};
