/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Jobs in processes of their own: one fork per job, at most so many at once. An abort, a fatal error
 * of a library, a kill or a lack of memory ends one job with a reason, and the others go on.
 *
 * A worker hands over its result through a pipe; the parent takes the octets of one job at a time,
 * so that it never holds more than a piece of them. What a worker writes to stdout and stderr is
 * captured; the last of it becomes the reason when the job fails.
 */
#ifndef CLI_POOL_H
#define CLI_POOL_H

#include "sim/core/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { POOL_REASON_SIZE = 400, POOL_MAX_AT_ONCE = 1024 };

enum pool_next { POOL_JOB, POOL_LATER, POOL_NO_MORE };

struct pool_plan {
	uint32_t at_once;
	void *context; /* of the functions below */
	/* Gives a job. POOL_LATER: perhaps there will be one. */
	enum pool_next (*next)(void *context, uint32_t *job);
	/* In the worker: writes the result to `out`. Not 0: failed, stderr says why. */
	int (*work)(void *context, uint32_t job, int out);
	/* In the parent, for each job: begin, its octets, end. `reason` is NULL for a finished job. */
	void (*begin)(void *context, uint32_t job);
	enum sim_code (*octets)(void *context, uint32_t job, const void *data, size_t n,
	                        struct sim_err *err);
	enum sim_code (*end)(void *context, uint32_t job, const char *reason, struct sim_err *err);
	void (*tick)(void *context); /* about once a second; NULL: not wanted */
	/*
	 * Looks, some hundred times a second and never while a worker's octets are being taken, after jobs
	 * that are done elsewhere. `holds`: octets of one of them are being taken, so no worker's are
	 * until it is asked again. NULL: there are none.
	 */
	enum sim_code (*elsewhere)(void *context, bool *holds, struct sim_err *err);
};

/*
 * SIM_OK when every job ended, failed ones included. SIM_E_INTERRUPT after SIGINT or SIGTERM, or the
 * code of a function above: then the workers still running have been stopped.
 */
enum sim_code pool_run(const struct pool_plan *plan, struct sim_err *err);

/* Waits as the pool does, so that a signal gets through. SIM_E_INTERRUPT after one. For elsewhere(). */
enum sim_code pool_pause(struct sim_err *err);

/* The processors that this process may use. */
uint32_t pool_processors(void);

#endif
