/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Outages, seen twice: by probes (what users meet) and from the state of network functions (why).
 * By probes an outage starts with the first of two or more failed probes in a row and ends with
 * the next success; one that is open at the end of the run ends there and has no time to repair.
 */
#include "analysis/metric/attack.h"
#include "analysis/metric/estimate.h"
#include "analysis/metric/probe.h"
#include <math.h>
#include <stdlib.h>

#define SOURCE "ITU-T E.800; availability.probe_interval is the resolution of source=probe"
#define SPLIT "variant, source (probe, nf), station: the network function"
#define OUTAGE(name_, unit_, better_, definition_, estimator_)                                     \
	{.name = name_, .unit = unit_, .better = better_, .definition = definition_, \
	 .source = SOURCE, .scope = SPLIT, .estimator = estimator_}

static const struct met_entry entries[] = {
	OUTAGE("outage.count", "1", MET_LOWER,
	       "outages in a replication. source=probe: one starts with the first of two or more "
	       "failed probes in a row and ends with the next success; source=nf: a network function is down",
	       "mean over replications; none at all: bound 3/R"),
	OUTAGE("outage.duration", "s", MET_LOWER, "how long outages last, those cut off included",
	       "mean of all outages, replications resampled when one has none; undefined without any"),
	OUTAGE("outage.mtbf", "s", MET_HIGHER, "time not in outage over outages",
	       "ratio of sums, replications resampled when one has none; none at all: undefined, with "
	       "the lower bound total time / 3"),
	OUTAGE("outage.mttr", "s", MET_LOWER, "time to repair: duration of the outages that ended",
	       "as outage.duration"),
	OUTAGE("outage.longest", "s", MET_LOWER, "the longest outage of a replication, 0 without any",
	       "mean over replications; max: the longest of all, no interval"),
};

/* What outages there were, by finished replication. */
struct outages {
	double *count, *down_s, *ended, *repair_s, *longest_s; /* job->n of each */
};

static struct outages outages_new(uint32_t n)
{
	return (struct outages){met_alloc(n, sizeof(double)), met_alloc(n, sizeof(double)),
	                        met_alloc(n, sizeof(double)), met_alloc(n, sizeof(double)),
	                        met_alloc(n, sizeof(double))};
}

static void outages_free(struct outages *o)
{
	free(o->count);
	free(o->down_s);
	free(o->ended);
	free(o->repair_s);
	free(o->longest_s);
}

static void add(struct outages *o, uint32_t r, double from_ns, double to_ns, bool ended)
{
	double s = (to_ns - from_ns) / 1e9;
	o->count[r]++;
	o->down_s[r] += s;
	o->ended[r] += ended;
	o->repair_s[r] += ended ? s : 0;
	o->longest_s[r] = fmax(o->longest_s[r], s);
}

static void find(struct outages *o, uint32_t r, const struct met_probes *probes, double end_ns)
{
	uint32_t in_a_row = 0;
	double first_ns = 0;
	for (uint32_t i = 0; i < probes->n; i++) {
		double now_ns = (double)probes->probe[i].start_ns;
		if (!probes->probe[i].met) {
			if (in_a_row++ == 0)
				first_ns = now_ns;
			continue;
		}
		if (in_a_row >= 2)
			add(o, r, first_ns, now_ns, true);
		in_a_row = 0;
	}
	if (in_a_row >= 2)
		add(o, r, first_ns, end_ns, false);
}

static struct stat_interval between(const struct met_job *job, const struct outages *o,
                                    double run_s)
{
	struct met_sums up = met_sums_new(job->n);
	for (uint32_t r = 0; r < job->n; r++) {
		up.num[r] = run_s - o->down_s[r];
		up.den[r] = o->count[r];
	}
	struct stat_interval out = met_mean(job, &up);
	if (isnan(out.value))
		out = (struct stat_interval){NAN, met_total(up.num, up.n) / -log1p(-job->level), INFINITY};
	met_sums_free(&up);
	return out;
}

static void put(const struct met_job *job, struct met_scope scope, const struct outages *o)
{
	struct met_sums down = {o->down_s, o->count, job->n}, repair = {o->repair_s, o->ended, job->n};
	uint64_t n = (uint64_t)met_total(o->count, job->n);
	struct stat_interval longest =
		stat_clip(stat_t_interval(o->longest_s, job->n, job->level), 0, INFINITY);
	struct stat_interval max = {0, NAN, NAN};
	for (uint32_t r = 0; r < job->n; r++)
		max.value = fmax(max.value, o->longest_s[r]);
	met_add(job, "outage.count", "1", scope, "mean", met_event_mean(job, o->count), job->n, 0);
	met_add(job, "outage.count", "1", scope, "total", (struct stat_interval){(double)n, NAN, NAN},
	        job->n, 0);
	met_add(job, "outage.duration", "s", scope, "mean", met_mean(job, &down), n, 0);
	met_add(job, "outage.mtbf", "s", scope, "mean",
	        between(job, o, met_duration_ns(job) / 1e9), n, 0);
	met_add(job, "outage.mttr", "s", scope, "mean", met_mean(job, &repair),
	        (uint64_t)met_total(o->ended, job->n), 0);
	met_add(job, "outage.longest", "s", scope, "mean", longest, job->n, 0);
	met_add(job, "outage.longest", "s", scope, "max", max, job->n, 0);
}

static bool by_probes(const struct met_job *job)
{
	struct outages o = outages_new(job->n);
	uint64_t probed = 0;
	bool ok = true;
	for (uint32_t r = 0; r < job->n && ok; r++) {
		struct met_probes probes;
		ok = met_probes_read(job, job->replication[r], &probes);
		probed += probes.n;
		find(&o, r, &probes, met_duration_ns(job));
		met_probes_free(&probes);
	}
	if (ok && probed > 0)
		put(job, (struct met_scope){.source = "probe"}, &o);
	outages_free(&o);
	return ok;
}

/*
 * One network function; nothing is put when it was never down in any replication of this variant.
 */
static void of_function(const struct met_job *job, uint16_t nf, const uint16_t *of,
                        const int64_t *down_ns, const int64_t *up_ns)
{
	struct outages o = outages_new(job->n);
	double end_ns = met_duration_ns(job);
	for (uint32_t r = 0; r < job->n; r++) {
		struct res_range rows =
			res_rows(job->file, REC_T_outage, job->variant, job->replication[r]);
		for (uint64_t i = rows.first; i < rows.end; i++)
			if (of[i] == nf)
				add(&o, r, (double)down_ns[i], (double)up_ns[i], !((double)up_ns[i] >= end_ns));
	}
	if (met_total(o.count, job->n) > 0)
		put(job, (struct met_scope){.source = "nf",
		                            .station = res_name(job->file, REC_NAME_node, nf)}, &o);
	outages_free(&o);
}

static enum sim_code compute(const struct met_job *job, struct sim_err *err)
{
	const uint16_t *nf = res_u16(job->file, REC_T_outage, "nf");
	const int64_t *down_ns = res_i64(job->file, REC_T_outage, "down_ns");
	const int64_t *up_ns = res_i64(job->file, REC_T_outage, "up_ns");
	if (!nf || !down_ns || !up_ns || !by_probes(job))
		return met_read_failed(job, err);
	for (uint32_t i = 0; i < res_n_names(job->file, REC_NAME_node); i++)
		of_function(job, (uint16_t)i, nf, down_ns, up_ns);
	return SIM_OK;
}

const struct met_family met_outage = {
	.name = "outage",
	.needs = REC_LEVEL_SAMPLES,
	.n_entries = sizeof entries / sizeof *entries,
	.entries = entries,
	.compute = compute,
};
