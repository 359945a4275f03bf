/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/run_jobs.h"
#include "cli/progress.h"
#include "cli/recipe.h"
#include "results/blob.h"
#include "scenarios/world.h"
#include "sim/core/memory.h"
#include <stdlib.h>
#include <sys/resource.h>

enum sim_code run_jobs_load(struct run_jobs *jobs, const struct run_options *options,
                            struct sim_err *err)
{
	struct res_run *run = &jobs->description.run;
	enum sim_code code = scn_load(options->scenario, &options->load, stderr, &jobs->scn, err);
	if (code == SIM_OK)
		code = run_describe(jobs->scn, &jobs->description, err);
	if (code != SIM_OK)
		return code;
	run->recipe = jobs->recipe = recipe_make(options, jobs->scn, &run->recipe_octets);
	return SIM_OK;
}

void run_jobs_warm(struct run_jobs *jobs)
{
	uint32_t n = scn_n_variants(jobs->scn);
	jobs->warm = sim_memory_new("what replications share", n, sizeof *jobs->warm);
	for (uint32_t v = 0; v < n; v++)
		jobs->warm[v] = world_warm_new(scn_variant(jobs->scn, v));
}

void run_jobs_free(struct run_jobs *jobs)
{
	for (uint32_t v = 0; jobs->warm && v < scn_n_variants(jobs->scn); v++)
		world_warm_free(jobs->warm[v]);
	free(jobs->warm);
	run_description_free(&jobs->description);
	scn_free(jobs->scn);
	free(jobs->recipe);
}

/* --- in a worker ----------------------------------------------------------------------------- */

static void note_usage(struct rec_summary *summary, double wall_s)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	summary->cpu_ns = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * INT64_C(1000000000) +
	                  (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * INT64_C(1000);
	summary->wall_ns = (int64_t)(wall_s * 1e9);
	summary->peak_octets = (int64_t)usage.ru_maxrss * 1024;
	/* The meter of cryptography reads a wall clock, which also runs while others have the core. */
	double share_of_core = (double)summary->cpu_ns / 1e9 / wall_s;
	if (share_of_core < 1)
		summary->crypto_cpu_ns = (int64_t)((double)summary->crypto_cpu_ns * share_of_core);
}

int run_jobs_work(const struct run_jobs *jobs, uint32_t job, int out)
{
	struct rec rec;
	struct rec_summary summary = {0};
	struct sim_err err = {.code = SIM_OK};
	uint32_t replications = jobs->description.run.replications;
	const struct scn_variant *variant = scn_variant(jobs->scn, job / replications);
	double begun_s = progress_now_s();
	rec_init(&rec);
	if (world_run_warm(variant, jobs->warm[job / replications], job % replications, &rec, &summary,
	                   &err) == SIM_OK) {
		summary.variant = (uint16_t)(job / replications);
		summary.replication = job % replications;
		note_usage(&summary, progress_now_s() - begun_s);
		(void)res_blob_write(out, &summary, &rec, &err);
	}
	if (err.code != SIM_OK)
		fprintf(stderr, "%s\n", err.text);
	rec_free(&rec);
	return err.code != SIM_OK;
}
