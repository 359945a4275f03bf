/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The speed-up of `dtsim run -j2` over two variants, and how it compares with two unrelated
 * processes that do a variant each: the same replications, and what the machine's second core is
 * worth is in both. Wall time; in a round the two take turns, each before and after the other.
 * Wanted: a ratio of 0.95.
 */
#include "bench/bench.h"
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define RUN BENCH_DTSIM " run scenarios/two-surgeons.yaml --quiet --replications 2 "
#define ONE "--variant per_session "
#define THE_OTHER "--variant static "
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

static double together(void)
{
	return measure(RUN ONE THE_OTHER "-j2 -o $0/a.h5");
}

static double apart(void)
{
	return measure(RUN ONE "-j1 -o $0/a.h5 & " RUN THE_OTHER "-j1 -o $0/b.h5 && wait $!");
}

int main(int argc, char **argv)
{
	struct bench_result r = {.name = "parallel.speed_up_j2", .unit = "",
		.against = "two unrelated processes, a variant each"};
	FILE *to = bench_open(argc, argv);

	if (!mkdtemp(directory)) {
		perror(directory);
		return 3;
	}
	puts("Speed-up of -j2 over -j1 (wanted: a ratio of 0.95)");
	for (uint32_t round = 0; round < bench_rounds(5); round++) {
		double alone = measure(RUN ONE THE_OTHER "-j1 -o $0/a.h5");
		double before = together(), apart_s = apart();
		apart_s += apart();
		double j2 = before + together();
		bench_add(&r, 2 * alone / j2, apart_s / j2);
	}
	bench_report(to, &r);
	rmdir(directory);
	fclose(to);
	return 0;
}
