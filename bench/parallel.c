/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The speed-up of `dtsim run -j2`, and how it compares with two unrelated processes that do half of
 * the replications each: what the machine's second core is worth is in both. Wall time. Wanted: a
 * ratio of 0.95.
 */
#include "bench/bench.h"
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define RUN                                                                                        \
	BENCH_DTSIM " run scenarios/two-surgeons.yaml --variant per_session --quiet"
static char directory[] = "/tmp/dtsim-bench-XXXXXX";

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Seconds of a command of the shell, in which $0 is the directory for results. */
static double measure(const char *command)
{
	char line[1024];
	double began = now_s();

	snprintf(line, sizeof line, "sh -c '%s' %s && rm -f %s/*", command, directory, directory);
	if (system(line) != 0) {
		fprintf(stderr, "parallel: `%s` failed\n", line);
		exit(3);
	}
	return now_s() - began;
}

int main(int argc, char **argv)
{
	struct bench_result r = {.name = "parallel.speed_up_j2", .unit = "",
		.against = "two unrelated processes of half the work"};
	FILE *to = bench_open(argc, argv);

	if (!mkdtemp(directory)) {
		perror(directory);
		return 3;
	}
	puts("Speed-up of -j2 over -j1 (wanted: a ratio of 0.95)");
	for (uint32_t round = 0; round < bench_rounds(); round++) {
		double alone = measure(RUN " --replications 8 -j1 -o $0/a.h5");
		double j2 = measure(RUN " --replications 8 -j2 -o $0/a.h5");
		double unrelated = measure(RUN " --replications 4 -j1 -o $0/a.h5 & "
		                           RUN " --replications 4 -j1 --seed 2 -o $0/b.h5 && wait $!");
		bench_add(&r, alone / j2, unrelated / j2);
	}
	bench_report(to, &r);
	rmdir(directory);
	fclose(to);
	return 0;
}
