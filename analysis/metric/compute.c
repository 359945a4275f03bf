/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/metric/compute.h"
#include "analysis/metric/list.h"
#include "analysis/stat/gsl.h"
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void *met_alloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size);
	SIM_ASSERT(p);
	return p;
}

void met_add(const struct met_job *job, const char *name, const char *unit, struct met_scope scope,
             const char *stat, struct stat_interval value, uint64_t n, uint64_t failed)
{
	struct met_values *out = job->out;
	if (out->n == out->capacity) {
		out->capacity = out->capacity ? 2 * out->capacity : 256;
		out->value = realloc(out->value, out->capacity * sizeof *out->value);
		SIM_ASSERT(out->value);
	}
	scope.variant = job->name;
	if (job->n < 2) /* one run says nothing of the spread over runs */
		value.low = value.high = NAN;
	struct met_value *v = &out->value[out->n++];
	*v = (struct met_value){.scope = scope, .stat = stat, .unit = unit, .value = value.value,
	                        .ci_low = value.low, .ci_high = value.high, .level = job->level,
	                        .n = n, .failed = failed};
	snprintf(v->name, sizeof v->name, "%s", name);
}

enum sim_code met_read_failed(const struct met_job *job, struct sim_err *err)
{
	const struct sim_err *why = res_error(job->file);
	return sim_fail(err, why->code ? why->code : SIM_E_IO, "%s",
	                why->code ? why->text : "a column of the result file could not be read");
}

static enum sim_code compute_families(const struct met_job *job, struct sim_err *err)
{
	for (uint32_t f = 0; f < met_n_families; f++) {
		if (job->recorded < met_families[f]->needs ||
		    met_families[f]->stations_alone != res_is_of_stations(job->file))
			continue;
		enum sim_code code = met_families[f]->compute(job, err);
		if (code)
			return code;
	}
	return SIM_OK;
}

static enum sim_code compute_variant(struct met_job *job, struct sim_err *err)
{
	uint32_t *replication = met_alloc(job->run->replications, sizeof *replication);
	uint32_t *cluster = met_alloc(job->run->replications, sizeof *cluster);
	job->n = 0;
	for (uint32_t r = 0; r < job->run->replications; r++)
		if (!res_replication(job->file, job->variant, r)->failed) {
			cluster[r] = job->n;
			replication[job->n++] = r;
		}
	job->replication = replication;
	job->cluster = cluster;
	struct stat_boot *boot = stat_boot_new(job->run->seed, job->n);
	SIM_ASSERT(boot);
	job->boot = boot;
	enum sim_code code = compute_families(job, err);
	stat_boot_free(boot);
	free(cluster);
	free(replication);
	return code;
}

enum sim_code met_compute(struct res_file *file, struct met_values *out, struct sim_err *err)
{
	*out = (struct met_values){.recorded = res_least_record_level(file)};
	stat_gsl_install();
	stat_gsl_reset();
	const struct res_run *run = res_run(file);
	for (uint16_t v = 0; v < run->n_variants; v++) {
		struct met_job job = {.file = file, .run = run, .variant = v,
		                      .name = run->variants[v].name, .level = run->level, .out = out,
		                      .recorded = res_record_level(file, v)};
		enum sim_code code = compute_variant(&job, err);
		if (code)
			return code;
	}
	if (stat_gsl_errors() > 0)
		return sim_fail(err, SIM_E_INPUT, "%s: %" PRIu64 " numbers could not be computed, the "
		                                                 "first: %s",
		                res_path(file), stat_gsl_errors(), stat_gsl_first_error());
	return SIM_OK;
}
