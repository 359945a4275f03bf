/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/progress.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const double redraw_s = 0.25;

double progress_now_s(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

char *progress_duration(double seconds, char *buffer, uint32_t size)
{
	unsigned long s = seconds > 0 ? (unsigned long)(seconds + 0.5) : 0;
	if (s >= 3600)
		snprintf(buffer, size, "%lu h %lu min", s / 3600, s % 3600 / 60);
	else if (s >= 60)
		snprintf(buffer, size, "%lu min %lu s", s / 60, s % 60);
	else
		snprintf(buffer, size, "%lu s", s);
	return buffer;
}

void progress_start(struct progress *progress, uint32_t total, uint32_t before, bool quiet)
{
	const char *term = getenv("TERM");
	bool dumb = term && strcmp(term, "dumb") == 0;
	*progress = (struct progress){.shown = !quiet && !dumb && isatty(STDERR_FILENO),
	                              .total = total,
	                              .before = before,
	                              .done = before,
	                              .begun_s = progress_now_s()};
}

/* What this process did so far says how long the rest takes. */
static void draw(struct progress *progress, double now_s)
{
	char left[48];
	uint32_t own = progress->done - progress->before;
	fprintf(stderr, "\r%u of %u replications", progress->done, progress->total);
	if (progress->failed)
		fprintf(stderr, ", %u failed", progress->failed);
	if (own)
		fprintf(stderr, ", %s left",
		        progress_duration((now_s - progress->begun_s) / own *
		                                  (progress->total - progress->done),
		                          left, sizeof left));
	fputs("\033[K", stderr);
	fflush(stderr);
}

void progress_tick(struct progress *progress)
{
	double now_s = progress_now_s();
	if (!progress->shown || now_s - progress->last_s < redraw_s)
		return;
	progress->last_s = now_s;
	draw(progress, now_s);
}

void progress_count(struct progress *progress, bool failed)
{
	progress->done++;
	progress->failed += failed;
	progress_tick(progress);
}

void progress_clear(struct progress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", stderr);
	progress->shown = false;
}
