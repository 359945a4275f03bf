/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a run's workers need, made before they are forked: the scenario and what is said of it. A job is
 * one replication of one variant.
 */
#ifndef CLI_RUN_JOBS_H
#define CLI_RUN_JOBS_H

#include "cli/run_describe.h"
#include "cli/run_options.h"

struct world_warm;

struct run_jobs {
	struct scn *scn;
	struct run_description description;
	void *recipe; /* cli/recipe.h */
	struct world_warm **warm; /* of each variant: run_jobs_warm() */
};

/* From the options' scenario, or its texts. What is wrong with it is said on stderr. */
enum sim_code run_jobs_load(struct run_jobs *jobs, const struct run_options *options,
                            struct sim_err *err);
/* Makes what its replications share; before forking. */
void run_jobs_warm(struct run_jobs *jobs);
void run_jobs_free(struct run_jobs *jobs);

/* In a worker, as pool_plan.work: simulates a job of these and writes its blob. */
int run_jobs_work(const struct run_jobs *jobs, uint32_t job, int out);

#endif
