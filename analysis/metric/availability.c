/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/metric/attack.h"
#include "analysis/metric/estimate.h"
#include "analysis/metric/probe.h"
#include <math.h>

static const struct met_entry entries[] = {
	{.name = "availability.time", .unit = "1", .better = MET_HIGHER,
	 .definition = "share of time in which a registration started now would succeed within the "
	               "deadline, as probe subscribers at Poisson times find it; probes open at the "
	               "end are censored, not failed",
	 .source = "Wolff, Oper. Res. 30, 1982 (PASTA); TS 28.554 6.4",
	 .scope = "variant, attack: probes begun while it lasted",
	 .estimator = "mean over replications of each one's ratio; all or none: one-sided bound 3/n"},
	{.name = "availability.probe_interval", .unit = "s", .better = MET_NEITHER,
	 .definition = "mean time between probes: the resolution of availability and outages",
	 .source = "the scenario's probes", .scope = "variant",
	 .estimator = "duration of the run over probes, mean over replications"},
	{.name = "availability.probe_share", .unit = "1", .better = MET_LOWER,
	 .definition = "probes over all registration demands: what measuring adds to the load",
	 .source = "Wolff, Oper. Res. 30, 1982 (PASTA)", .scope = "variant",
	 .estimator = "mean over replications of each one's ratio"},
};

/* Probes of [from, to): met over begun, and the intervals when the whole run is asked for. */
static bool tally(const struct met_job *job, double from_ns, double to_ns, struct met_sums *met)
{
	for (uint32_t r = 0; r < job->n; r++) {
		struct met_probes probes;
		if (!met_probes_read(job, job->replication[r], &probes))
			return false;
		for (uint32_t i = 0; i < probes.n; i++) {
			double t = (double)probes.probe[i].start_ns;
			if (t < from_ns || t >= to_ns)
				continue;
			met->den[r]++;
			met->num[r] += probes.probe[i].met;
		}
		met_probes_free(&probes);
	}
	return true;
}

static bool put_share(const struct met_job *job)
{
	const uint8_t *class = res_u8(job->file, REC_T_demand, "class");
	const uint32_t *demands = res_u32(job->file, REC_T_demand, "reg_demands");
	struct met_sums share = met_sums_new(job->n);
	for (uint32_t r = 0; class && demands && r < job->n; r++) {
		struct res_range rows =
			res_rows(job->file, REC_T_demand, job->variant, job->replication[r]);
		for (uint64_t i = rows.first; i < rows.end; i++) {
			share.den[r] += demands[i];
			share.num[r] += class[i] == REC_CLASS_PROBE ? demands[i] : 0;
		}
	}
	double n = met_total(share.den, share.n);
	met_add(job, "availability.probe_share", "1", (struct met_scope){0}, "ratio",
	        met_share(job, &share, 0, 1, n), (uint64_t)n, 0);
	met_sums_free(&share);
	return class && demands;
}

static bool one_span(const struct met_job *job, const char *attack, double from_ns, double to_ns)
{
	struct met_sums met = met_sums_new(job->n), spacing = met_sums_new(job->n);
	bool ok = tally(job, from_ns, to_ns, &met);
	double n = met_total(met.den, met.n);
	struct met_scope scope = {.attack = attack};
	met_add(job, "availability.time", "1", scope, "ratio", met_share(job, &met, 0, 1, n),
	        (uint64_t)n, (uint64_t)(n - met_total(met.num, met.n)));
	for (uint32_t r = 0; r < job->n; r++) {
		spacing.num[r] = met_duration_ns(job) / 1e9;
		spacing.den[r] = met.den[r];
	}
	if (!attack)
		met_add(job, "availability.probe_interval", "s", scope, "mean", met_mean(job, &spacing),
		        (uint64_t)n, 0);
	met_sums_free(&met);
	met_sums_free(&spacing);
	return ok;
}

static enum sim_code compute(const struct met_job *job, struct sim_err *err)
{
	struct met_attack attack[MET_MAX_ATTACKS];
	uint32_t n = met_attacks(job, attack);
	bool ok = one_span(job, NULL, 0, INFINITY) && put_share(job);
	for (uint32_t i = 0; i < n && ok; i++)
		ok = one_span(job, attack[i].name, attack[i].start_ns, attack[i].end_ns);
	return ok ? SIM_OK : met_read_failed(job, err);
}

const struct met_family met_availability = {
	.name = "availability",
	.needs = REC_LEVEL_SAMPLES,
	.n_entries = sizeof entries / sizeof *entries,
	.entries = entries,
	.compute = compute,
};
