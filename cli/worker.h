/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One worker process of cli/pool.h: how it starts, ends, and what its end means. */
#ifndef CLI_WORKER_H
#define CLI_WORKER_H

#include "cli/pool.h"
#include <signal.h>
#include <sys/types.h>

struct worker {
	uint32_t job;
	pid_t pid;
	int from; /* read end of its pipe */
	int said; /* what it wrote to stdout and stderr */
};

/* Forks. The new one closes what belongs to the n others. 0, or -1 with errno. */
int worker_start(struct worker *worker, const struct pool_plan *plan, uint32_t job,
                 const struct worker *others, uint32_t n, const sigset_t *usual);
/* Waits for its end, which is near: its pipe is closed. 0 when it finished, else 1 and the reason. */
int worker_end(struct worker *worker, char *reason, size_t size);
void worker_stop(struct worker *worker);

#endif
