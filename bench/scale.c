/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How fast UEs register in mode cost, 10^4 of them and many (BENCH_UES, 10^5 without it; 10^6 for
 * the figures promised), and how much memory each takes. Wanted: 100,000 a second of a core, 0.7 of
 * the speed with 10^4, 256 octets of a UE at rest, 600 MB for 10^6.
 */
#include "bench/bench.h"
#include "bench/simulation.h"
#include <stdlib.h>

enum { FEW = 10000, TURNS = 3 };
static const double WANTED_PER_S = 1e5, WANTED_OCTETS = 256, WANTED_PEAK = 6e8;

static uint32_t many_ues(void)
{
	const char *text = getenv("BENCH_UES");
	long ues = text && *text ? strtol(text, NULL, 10) : 100000;

	if (ues <= FEW || ues > 10000000) {
		fputs("bench: BENCH_UES is a number from 10001 to 10000000\n", stderr);
		exit(2);
	}
	return (uint32_t)ues;
}

struct round {
	struct bench_simulation few, many;
	double few_ns, many_ns; /* of a registration, without the start of the program */
};

/* Few and none before and after many, so that whatever slows the machine slows all. */
static void measure(uint32_t ues, struct round *r)
{
	double none_s = 0, few_s = 0;

	for (int i = 0; i < 2 * TURNS; i++) {
		if (i == TURNS)
			r->many = bench_simulate(ues, "");
		r->few = bench_simulate(FEW, "");
		few_s += r->few.cpu_s / (2 * TURNS);
		none_s += bench_simulate(1, "").cpu_s / (2 * TURNS);
	}
	r->few_ns = 1e9 * (few_s - none_s) / FEW;
	r->many_ns = 1e9 * (r->many.cpu_s - none_s) / ues;
}

int main(int argc, char **argv)
{
	static struct bench_result rate = {.name = "reregister", .unit = "k/s",
		.against = "100,000 registrations a second of a core"};
	static struct bench_result linear = {.name = "reregister.linear", .unit = "k/s",
		.against = "the same with 10,000 UEs, start of the program apart"};
	static struct bench_result events = {.name = "reregister.events", .unit = "",
		.against = "events a registration with 10,000 UEs"};
	static struct bench_result own = {.name = "rest.octets_of_ue", .unit = "",
		.against = "256 octets, the UE's own alone"};
	static struct bench_result rest = {.name = "rest.octets_per_ue", .unit = "",
		.against = "256 octets, with what radio and core keep of it"};
	static struct bench_result octets = {.name = "reregister.octets_per_ue", .unit = "",
		.against = "256 octets, with all that the process grows by"};
	static struct bench_result peak = {.name = "reregister.peak", .unit = "MB",
		.against = "600 MB for 10^6 UEs, in proportion"};
	FILE *to = bench_open(argc, argv);
	uint32_t ues = many_ues();

	for (uint32_t round = 0; round < bench_rounds(5); round++) {
		struct round r;
		measure(ues, &r);
		double per_s = ues / r.many.cpu_s, peak_octets = r.many.peak_octets;
		double each = (double)r.many.events / ues, few_each = (double)r.few.events / FEW;
		double octets_each = (peak_octets - r.few.peak_octets) / (ues - FEW);
		bench_add(&rate, per_s / 1e3, per_s / WANTED_PER_S);
		bench_add(&linear, 1e6 / r.many_ns, r.few_ns / r.many_ns);
		bench_add(&events, each, each / few_each);
		bench_add(&own, r.many.octets_of_ue, WANTED_OCTETS / r.many.octets_of_ue);
		bench_add(&rest, r.many.octets_at_rest, WANTED_OCTETS / r.many.octets_at_rest);
		bench_add(&octets, octets_each, WANTED_OCTETS / octets_each);
		bench_add(&peak, peak_octets / 1e6, WANTED_PEAK * ues / 1e6 / peak_octets);
	}
	printf("%u UEs register (wanted: ratios of 1, and 0.7 of the speed with 10,000)\n", ues);
	bench_report(to, &rate);
	bench_report(to, &linear);
	bench_report(to, &events);
	bench_report(to, &own);
	bench_report(to, &rest);
	bench_report(to, &octets);
	bench_report(to, &peak);
	fclose(to);
	return 0;
}
