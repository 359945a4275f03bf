/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One line on a terminal: replications done and time left. Nothing on a pipe. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	bool shown;
	uint32_t total, before; /* before: done when this process began */
	uint32_t done, failed;
	double begun_s, last_s;
};

/* Shown when stderr is a terminal and `quiet` is not set. */
void progress_start(struct progress *progress, uint32_t total, uint32_t before, bool quiet);
void progress_count(struct progress *progress, bool failed); /* one more is done */
void progress_tick(struct progress *progress);               /* draws, a few times a second at most */
void progress_clear(struct progress *progress);              /* before anything else is printed */

/* "1 h 5 min", "2 min 10 s", "48 s". Returns buffer. */
char *progress_duration(double seconds, char *buffer, uint32_t size);
/* Of a clock that only goes forward. */
double progress_now_s(void);

#endif
