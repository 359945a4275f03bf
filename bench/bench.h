/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What benchmarks share. A benchmark is one file bench/NAME.c with a main(); `make bench` builds
 * and runs all of them and puts their results into build/bench.json, a list of
 *
 *   {"name", "value", "unit", "against", "ratio", "ratio_low", "ratio_high"}
 *
 * One round measures ours and what it is held against in turn, so that whatever slows the machine
 * slows both; a result has the median of the rounds' values and of their ratios, and the least and
 * greatest ratio, between which the ratio's median lies with a probability of 1 - 2^(1 - rounds).
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { BENCH_ROUNDS_MAX = 99 };

struct bench_result {
	const char *name, *unit, *against;
	uint32_t rounds;
	double value[BENCH_ROUNDS_MAX], ratio[BENCH_ROUNDS_MAX];
};
void bench_add(struct bench_result *result, double value, double ratio);
double bench_median(const double *values, uint32_t n);

/* From the environment variable BENCH_ROUNDS; `otherwise` without it. */
uint32_t bench_rounds(uint32_t otherwise);

/* CPU time of this process. */
double bench_cpu_ns(void);

/*
 * ns per operation by `openssl speed ARGUMENTS` of one second: on `octets` octets, or with 0 of a
 * key exchange. Exits with a sentence when there is no openssl or it answers otherwise.
 */
double bench_openssl_speed(const char *arguments, uint32_t octets);

/* The file named by the program's argument, for results. */
FILE *bench_open(int argc, char **argv);
/* Prints the result, and writes it as a line of JSON. */
void bench_report(FILE *to, const struct bench_result *result);

#endif
