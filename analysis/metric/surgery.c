/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/metric/estimate.h"
#include <math.h>
#include <stdlib.h>

/* What two keep-alives span is the resolution, as the spacing of probes is that of outages. */
#define SEEN \
	"Seen by the keep-alives of the session: one is sent every hospital.keep_alive and waits " \
	"hospital.answer; what begins and ends between two of them is not seen"

static const struct met_entry entries[] = {
	{.name = "surgery.completed_ratio", .unit = "1", .better = MET_HIGHER,
	 .definition = "operations that end as planned, over operations planned; those whose plan "
	               "reaches beyond the end of the run are left out",
	 .source = "TR 22.856 pseudo-CR", .scope = "variant",
	 .estimator = "mean over replications of each one's ratio; all or none: one-sided bound 3/n"},
	{.name = "surgery.interruption", .unit = "s", .better = MET_LOWER,
	 .definition = "time interrupted in a surgery session that began; count: interruptions longer "
	               "than the survival time, a session. " SEEN,
	 .source = "TS 22.104 3.1 (survival time)", .scope = "variant",
	 .estimator = "mean over sessions, by replication; count: none at all: one-sided bound 3/n"},
	{.name = "surgery.longest_interruption", .unit = "s", .better = MET_LOWER,
	 .definition = "the longest interruption of a replication, 0 without any. " SEEN,
	 .source = "TS 22.104 3.1 (survival time)", .scope = "variant",
	 .estimator = "mean over replications; max: the longest of all, no interval"},
};

/* By finished replication. */
struct tally {
	struct met_sums completed, seconds, number;
	double *longest_s, max_s;
};

static void add(struct tally *t, uint32_t r, const struct rec_session *s, double end_ns)
{
	bool began = s->planned_end_ns >= 0;
	if (!began || s->completed || !((double)s->planned_end_ns > end_ns)) {
		t->completed.den[r]++;
		t->completed.num[r] += s->completed != 0;
	}
	if (!began)
		return;
	t->seconds.den[r]++;
	t->seconds.num[r] += (double)s->interrupted_ns / 1e9;
	t->number.den[r]++;
	t->number.num[r] += s->interruptions;
	t->longest_s[r] = fmax(t->longest_s[r], (double)s->longest_ns / 1e9);
	t->max_s = fmax(t->max_s, t->longest_s[r]);
}

static bool read_all(const struct met_job *job, struct tally *t)
{
	double end_ns = res_parameter_si(job->file, job->variant, "duration", SIM_Q_DURATION, INFINITY);
	bool ok = true;
	for (uint32_t r = 0; r < job->n && ok; r++) {
		struct res_range rows =
			res_rows(job->file, REC_T_session, job->variant, job->replication[r]);
		size_t n = (size_t)(rows.end - rows.first);
		struct rec_session *s = met_alloc(n, sizeof *s);
		ok = res_gather(job->file, REC_T_session, rows, s) == 0;
		for (size_t i = 0; i < n && ok; i++)
			add(t, r, &s[i], end_ns);
		free(s);
	}
	return ok;
}

static void put(const struct met_job *job, struct tally *t)
{
	const struct met_scope all = {0};
	double n = met_total(t->completed.den, job->n), begun = met_total(t->seconds.den, job->n);
	double lost = n - met_total(t->completed.num, job->n);
	struct stat_interval longest =
		stat_clip(stat_t_interval(t->longest_s, job->n, job->level), 0, INFINITY);
	met_add(job, "surgery.completed_ratio", "1", all, "ratio",
	        met_share(job, &t->completed, 0, 1, n), (uint64_t)n, (uint64_t)lost);
	met_add(job, "surgery.interruption", "s", all, "mean", met_mean(job, &t->seconds),
	        (uint64_t)begun, 0);
	met_add(job, "surgery.interruption", "1", all, "count", met_rate(job, &t->number),
	        (uint64_t)begun, 0);
	met_add(job, "surgery.longest_interruption", "s", all, "mean", longest, job->n, 0);
	met_add(job, "surgery.longest_interruption", "s", all, "max",
	        (struct stat_interval){t->max_s, NAN, NAN}, job->n, 0);
}

static enum sim_code compute(const struct met_job *job, struct sim_err *err)
{
	if (res_n_rows(job->file, REC_T_session) == 0)
		return SIM_OK; /* a scenario without operations */
	struct tally t = {met_sums_new(job->n), met_sums_new(job->n), met_sums_new(job->n),
	                  met_alloc(job->n, sizeof(double)), 0};
	bool ok = read_all(job, &t);
	if (ok)
		put(job, &t);
	met_sums_free(&t.completed);
	met_sums_free(&t.seconds);
	met_sums_free(&t.number);
	free(t.longest_s);
	return ok ? SIM_OK : met_read_failed(job, err);
}

const struct met_family met_surgery = {
	.name = "surgery",
	.needs = REC_LEVEL_SAMPLES,
	.n_entries = sizeof entries / sizeof *entries,
	.entries = entries,
	.compute = compute,
};
