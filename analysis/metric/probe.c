/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/metric/probe.h"
#include <stdlib.h>

static int by_time(const void *a, const void *b)
{
	const struct met_probe *x = a, *y = b;
	if (x->start_ns != y->start_ns)
		return x->start_ns < y->start_ns ? -1 : 1;
	return (x->met > y->met) - (x->met < y->met);
}

bool met_probes_read(const struct met_job *job, uint32_t replication, struct met_probes *out)
{
	const uint8_t *metric = res_u8(job->file, REC_T_latency, "metric");
	const uint8_t *class = res_u8(job->file, REC_T_latency, "class");
	const uint8_t *outcome = res_u8(job->file, REC_T_latency, "outcome");
	const uint8_t *met = res_u8(job->file, REC_T_latency, "met");
	const int64_t *start_ns = res_i64(job->file, REC_T_latency, "start_ns");
	struct res_range rows = res_rows(job->file, REC_T_latency, job->variant, replication);
	*out = (struct met_probes){0};
	if (!metric || !class || !outcome || !met || !start_ns)
		return false;
	for (int pass = 0; pass < 2; pass++) {
		out->n = 0;
		for (uint64_t i = rows.first; i < rows.end; i++) {
			if (class[i] != REC_CLASS_PROBE || metric[i] != REC_M_REGISTRATION ||
			    outcome[i] == REC_OUTCOME_CENSORED)
				continue;
			if (pass == 1)
				out->probe[out->n] = (struct met_probe){start_ns[i], met[i] != 0};
			out->n++;
		}
		if (pass == 0)
			out->probe = met_alloc(out->n, sizeof *out->probe);
	}
	qsort(out->probe, out->n, sizeof *out->probe, by_time);
	return true;
}

void met_probes_free(struct met_probes *probes)
{
	free(probes->probe);
	*probes = (struct met_probes){0};
}
