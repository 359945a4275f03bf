/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Registrations a second of a core in each cryptographic mode: whole simulations over the whole
 * ladder, their start and set-up included, against mode real with SUCIs of profile A in the same
 * round. What the primitives of a registration cost by themselves is in registration.c.
 */
#include "bench/bench.h"
#include "bench/simulation.h"

/* UEs: each takes some tenths of a second. */
static const struct mode {
	const char *name, *options;
	uint32_t ues;
} modes[] = {
	{"mode.real.null", "--set crypto.all=real --set network.suci=null", 20000},
	{"mode.real.a", "--set crypto.all=real --set network.suci=a", 5000},
	{"mode.real.b", "--set crypto.all=real --set network.suci=b", 5000},
	{"mode.memoised.a", "--set crypto.all=memoised --set network.suci=a", 5000},
	{"mode.memoised.b", "--set crypto.all=memoised --set network.suci=b", 5000},
	{"mode.pooled.a", "--set crypto.all=pooled --set network.suci=a", 20000},
	{"mode.pooled.b", "--set crypto.all=pooled --set network.suci=b", 20000},
	{"mode.cost.a", "--set crypto.all=cost --set network.suci=a", 40000},
};
enum { N_MODES = sizeof modes / sizeof *modes, REFERENCE = 1 };

/* Of a core. */
static double registrations_per_s(const struct mode *mode)
{
	struct bench_simulation done = bench_simulate(mode->ues, mode->options);

	return (double)done.registrations / done.cpu_s;
}

int main(int argc, char **argv)
{
	static struct bench_result result[N_MODES];
	FILE *to = bench_open(argc, argv);

	for (uint32_t round = 0; round < bench_rounds(5); round++) {
		double rate[N_MODES];
		for (int i = 0; i < N_MODES; i++)
			rate[i] = registrations_per_s(&modes[i]);
		for (int i = 0; i < N_MODES; i++)
			bench_add(&result[i], rate[i] / 1e3, rate[i] / rate[REFERENCE]);
	}
	puts("Simulated registrations a second of a core, in thousands");
	for (int i = 0; i < N_MODES; i++) {
		result[i].name = modes[i].name;
		result[i].unit = "k/s";
		result[i].against = "mode real, SUCIs of profile A";
		bench_report(to, &result[i]);
	}
	fclose(to);
	return 0;
}
