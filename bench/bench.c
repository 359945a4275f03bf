/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bench/bench.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

static _Noreturn void give_up(const char *what)
{
	fprintf(stderr, "bench: %s\n", what);
	exit(3);
}

void bench_add(struct bench_result *result, double value, double ratio)
{
	if (result->rounds == BENCH_ROUNDS_MAX)
		give_up("too many rounds");
	result->value[result->rounds] = value;
	result->ratio[result->rounds++] = ratio;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void sorted(const double *values, uint32_t n, double out[BENCH_ROUNDS_MAX])
{
	memcpy(out, values, n * sizeof *values);
	qsort(out, n, sizeof *out, by_size);
}

double bench_median(const double *values, uint32_t n)
{
	double in_order[BENCH_ROUNDS_MAX];

	sorted(values, n, in_order);
	return (in_order[(n - 1) / 2] + in_order[n / 2]) / 2;
}

uint32_t bench_rounds(uint32_t otherwise)
{
	const char *text = getenv("BENCH_ROUNDS");
	long rounds = text && *text ? strtol(text, NULL, 10) : otherwise;

	if (rounds < 1 || rounds > BENCH_ROUNDS_MAX)
		give_up("BENCH_ROUNDS is a number from 1 to 99");
	return (uint32_t)rounds;
}

double bench_cpu_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/*
 * Lines of `openssl speed -mr`: "+F:number:name:octets per second", and of key exchanges
 * "+F5:number:bits:operations per second:seconds".
 */
static double rate_of(const char *line, uint32_t octets)
{
	const char *at = line;

	if (strncmp(line, octets ? "+F:" : "+F5:", octets ? 3 : 4) != 0)
		return 0;
	for (int field = 0; at && field < 3; field++)
		at = strchr(at, ':') ? strchr(at, ':') + 1 : NULL;
	return at ? strtod(at, NULL) / (octets ? octets : 1) : 0;
}

double bench_openssl_speed(const char *arguments, uint32_t octets)
{
	char command[256], line[512], size[32] = "";
	double rate = 0;

	if (octets)
		snprintf(size, sizeof size, "-bytes %u ", octets);
	snprintf(command, sizeof command, "openssl speed -seconds 1 -mr %s%s 2>/dev/null", size,
	         arguments);
	FILE *speed = popen(command, "r");
	while (speed && fgets(line, sizeof line, speed))
		if (rate_of(line, octets) > 0)
			rate = rate_of(line, octets);
	if (speed)
		pclose(speed);
	if (rate <= 0) {
		fprintf(stderr, "bench: `%s` gives no figure\n", command);
		give_up("is openssl installed? `make setup-bench`");
	}
	return 1e9 / rate;
}

FILE *bench_open(int argc, char **argv)
{
	FILE *to = argc == 2 ? fopen(argv[1], "w") : NULL;

	if (!to)
		give_up("the argument is a file to write");
	return to;
}

void bench_report(FILE *to, const struct bench_result *r)
{
	double ratio[BENCH_ROUNDS_MAX], value = bench_median(r->value, r->rounds);

	sorted(r->ratio, r->rounds, ratio);
	printf("%-34s %10.2f %-3s ratio %.3f (%.3f to %.3f) against %s\n", r->name, value, r->unit,
	       bench_median(r->ratio, r->rounds), ratio[0], ratio[r->rounds - 1], r->against);
	fprintf(to, "{\"name\": \"%s\", \"value\": %.6g, \"unit\": \"%s\", \"against\": \"%s\", "
	        "\"ratio\": %.4f, \"ratio_low\": %.4f, \"ratio_high\": %.4f}\n",
	        r->name, value, r->unit, r->against, bench_median(r->ratio, r->rounds), ratio[0],
	        ratio[r->rounds - 1]);
}
