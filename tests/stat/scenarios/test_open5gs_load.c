/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * scenarios/validation/open5gs-load.yaml against the measured core: every row of
 * tests/stat/scenarios/data/open5gs_load.csv (Open5GS 2.7.7, two cores, no SCP), and what is known
 * of its saturation. Prints the tables of docs/VALIDATION.md. Fixed seed; as many registrations as
 * were measured, five times over.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "models/nf/nf.h"
#include "scenarios/load.h"
#include "scenarios/world.h"
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCENARIO "scenarios/validation/open5gs-load.yaml" /* tests run in the project's root */
#define ROWS     "tests/stat/scenarios/data/open5gs_load.csv"

enum { REPLICATIONS = 5, MAX_ROWS = 16, MAX_SAMPLES = 40000, CORE_STATIONS = 6, MAX_SET = 6 };

struct row {
	int suci; /* 0 null, 1 profile A */
	double per_s, p50_ms, p95_ms, cpu_ms;
	int n;
	bool resynchronises, paced;
};

struct outcome {
	double ms[MAX_SAMPLES]; /* Registration Request in to Accept out, sorted */
	double arrival_s[MAX_SAMPLES];
	int n, failed;
	double cpu_ns, load_ns; /* sums over replications */
	double completed_per_s; /* mean over replications */
};

static struct outcome out;

/* ---- the measurements ---- */

static int read_rows(struct row *rows)
{
	FILE *file = fopen(ROWS, "r");
	char line[512], note[128], arrivals[16];
	int n = 0;

	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file)); /* the header */
	while (fgets(line, sizeof line, file)) {
		struct row *r = &rows[n];
		char *comma = strrchr(line, ',');
		assert_true(n < MAX_ROWS);
		assert_int_equal(sscanf(comma, ",%15[a-z]", arrivals), 1);
		*comma = '\0';
		comma = strrchr(line, ',');
		*note = '\0';
		sscanf(comma, ",%127[^\n]", note);
		assert_int_equal(sscanf(line, "direct,%d,%lf,%*f,%d,0,%*f,%lf,%*f,%lf,%*f,%*f,%lf,",
		                        &r->suci, &r->per_s, &r->n, &r->p50_ms, &r->p95_ms, &r->cpu_ms),
		                 6);
		r->resynchronises = strstr(note, "synch failure") != NULL;
		r->paced = strcmp(arrivals, "paced") == 0;
		n++;
	}
	fclose(file);
	return n;
}

/* ---- the simulation ---- */

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void take(const struct scn_config *config, const struct rec *rec)
{
	const struct rec_columns *t = &rec->table[REC_T_latency], *s = &rec->table[REC_T_station];
	const uint8_t *metric = t->column[rec_column_find(REC_T_latency, "metric")];
	const uint8_t *outcome = t->column[rec_column_find(REC_T_latency, "outcome")];
	const int64_t *start = t->column[rec_column_find(REC_T_latency, "start_ns")];
	const int64_t *total = t->column[rec_column_find(REC_T_latency, "total_ns")];
	const uint16_t *station = s->column[rec_column_find(REC_T_station, "station")];
	const int64_t *cpu = s->column[rec_column_find(REC_T_station, "cpu_ns")];
	int64_t begin = INT64_MAX, first = INT64_MAX, last = 0;
	int n = 0;

	for (uint32_t i = 0; i < t->n; i++) {
		out.failed += outcome[i] != REC_OUTCOME_OK;
		if (metric[i] != REC_M_REGISTRATION_AMF || outcome[i] != REC_OUTCOME_OK)
			continue;
		assert_true(out.n < MAX_SAMPLES);
		out.arrival_s[out.n] = (double)start[i] / 1e9;
		out.ms[out.n++] = (double)total[i] / 1e6;
		n++;
		begin = start[i] < begin ? start[i] : begin;
		first = start[i] + total[i] < first ? start[i] + total[i] : first;
		last = start[i] + total[i] > last ? start[i] + total[i] : last;
	}
	assert_true(n > 1);
	out.completed_per_s += (n - 1) / ((double)(last - first) / 1e9) / REPLICATIONS;
	out.load_ns += (double)(last - begin);
	out.cpu_ns += config->hosts.housekeeping * (double)(last - begin);
	for (uint32_t i = 0; i < s->n; i++)
		if (station[i] < CORE_STATIONS)
			out.cpu_ns += (double)cpu[i];
}

static void run(const char *const *set, size_t n_set)
{
	const struct scn_options options = {.set = set, .n_set = n_set, .seed = -1,
		.replications = -1};
	struct scn *scn;
	struct sim_err err;

	memset(&out, 0, sizeof out);
	if (scn_load(SCENARIO, &options, stderr, &scn, &err) != SIM_OK)
		fail_msg("%s", err.text);
	for (uint32_t r = 0; r < REPLICATIONS; r++) {
		struct rec rec;
		struct rec_summary summary;
		rec_init(&rec);
		if (world_run(scn_variant(scn, 0), r, &rec, &summary, &err) != SIM_OK)
			fail_msg("%s", err.text);
		take(&scn_variant(scn, 0)->config, &rec);
		rec_free(&rec);
	}
	scn_free(scn);
	qsort(out.ms, (size_t)out.n, sizeof *out.ms, ascending);
}

static double quantile(double p)
{
	return out.ms[(int)(p * (out.n - 1) + 0.5)];
}

static double cpu_ms(void)
{
	return out.cpu_ns / out.n / 1e6;
}

static void run_at(double per_s, int suci, int n, bool paced, bool resynchronises)
{
	char rate[64], subscribers[64], process[64], scheme[64];
	const char *const set[] = {rate, subscribers, process, scheme,
		resynchronises ? "ue.sqn_ahead=32" : "ue.sqn_ahead=0"};

	snprintf(rate, sizeof rate, "load.rate=%g/s", per_s);
	snprintf(subscribers, sizeof subscribers, "load.subscribers=%d", n);
	snprintf(process, sizeof process, "load.process=%s", paced ? "paced" : "poisson");
	snprintf(scheme, sizeof scheme, "network.suci=%s", suci ? "a" : "null");
	run(set, sizeof set / sizeof *set);
}

/* ---- what must hold ---- */

static double off(double simulated, double measured)
{
	return simulated / measured - 1;
}

static void every_row_of_the_measurements_is_reproduced(void **state)
{
	struct row rows[MAX_ROWS];
	int n = read_rows(rows), wrong = 0;

	(void)state;
	assert_int_equal(n, 6);
	printf("%-34s | %21s | %21s | %21s\n", "", "p50 ms", "p95 ms", "CPU ms/registration");
	for (int i = 0; i < n; i++) {
		const struct row *r = &rows[i];
		run_at(r->per_s, r->suci, r->n, r->paced, r->resynchronises);
		double p50 = quantile(0.5), p95 = quantile(0.95), cpu = cpu_ms();
		printf("%-4s %6.2f/s %-7s %-12s | %5.2f %5.2f %+7.1f %% | %5.2f %5.2f %+7.1f %% | "
		       "%5.2f %5.2f %+7.1f %%\n",
		       r->suci ? "A" : "null", r->per_s, r->paced ? "paced" : "poisson",
		       r->resynchronises ? "synch failure" : "", r->p50_ms, p50,
		       100 * off(p50, r->p50_ms), r->p95_ms, p95, 100 * off(p95, r->p95_ms), r->cpu_ms,
		       cpu, 100 * off(cpu, r->cpu_ms));
		assert_int_equal(out.n, REPLICATIONS * r->n);
		assert_int_equal(out.failed, 0);
		wrong += p50 < 0.85 * r->p50_ms || p50 > 1.15 * r->p50_ms;
		wrong += p95 < 0.6 * r->p95_ms || p95 > 1.4 * r->p95_ms;
	}
	assert_int_equal(wrong, 0);
}

/* The facts beside the rows: near 380/s, with about 4.4 ms of the core for each. */
static void the_saturated_machine_completes_380_registrations_a_second(void **state)
{
	(void)state;
	run_at(600, 1, 5000, false, false);
	printf("600/s: completed %.1f/s, core %.2f ms per registration\n", out.completed_per_s,
	       cpu_ms());
	assert_true(out.completed_per_s > 0.9 * 380 && out.completed_per_s < 1.1 * 380);
	assert_true(cpu_ms() > 0.9 * 4.4 && cpu_ms() < 1.1 * 4.4);
}

static void under_overload_nothing_is_shed_and_every_ue_completes_late(void **state)
{
	(void)state;
	run_at(600, 1, 5000, false, false);
	assert_int_equal(out.n, REPLICATIONS * 5000);
	assert_int_equal(out.failed, 0);
	assert_true(quantile(0.5) > 1000); /* a second and more, of 9 ms */
}

static void processor_time_falls_and_latency_grows_with_load(void **state)
{
	static const double per_s[] = {20, 50, 100, 150, 200, 250, 300, 350, 400};
	double cpu = 1e9, p50 = 0, p95 = 0;

	(void)state;
	for (size_t i = 0; i < sizeof per_s / sizeof *per_s; i++) {
		run_at(per_s[i], 1, 1500, false, false);
		printf("%3.0f/s offered: completed %5.1f/s, p50 %7.2f ms, p95 %7.2f ms, core %.2f ms\n",
		       per_s[i], out.completed_per_s, quantile(0.5), quantile(0.95), cpu_ms());
		assert_true(cpu_ms() < cpu && quantile(0.5) > p50 && quantile(0.95) > p95);
		cpu = cpu_ms();
		p50 = quantile(0.5);
		p95 = quantile(0.95);
	}
}

static void paced_registrations_come_at_equal_distances(void **state)
{
	(void)state;
	run_at(20, 0, 50, true, false);
	for (int i = 1; i < 50; i++) {
		double gap_s = out.arrival_s[i] - out.arrival_s[i - 1];
		assert_true(gap_s > 0.0499 && gap_s < 0.0501);
	}
}

static void poisson_registrations_come_at_the_offered_rate(void **state)
{
	double sum = 0, squares = 0;
	int n = 2000;

	(void)state;
	run_at(100, 0, n, false, false);
	for (int i = 1; i < n; i++) {
		double gap = (out.arrival_s[i] - out.arrival_s[i - 1]) * 100;
		sum += gap;
		squares += gap * gap;
	}
	double mean = sum / (n - 1), variance = squares / (n - 1) - mean * mean;
	assert_true(mean > 0.93 && mean < 1.07); /* three deviations: 3/sqrt(2000) */
	assert_true(variance > 0.8 && variance < 1.2); /* of an exponential gap: 1 +- 3 sqrt(8/2000) */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_of_the_measurements_is_reproduced),
		cmocka_unit_test(the_saturated_machine_completes_380_registrations_a_second),
		cmocka_unit_test(under_overload_nothing_is_shed_and_every_ue_completes_late),
		cmocka_unit_test(processor_time_falls_and_latency_grows_with_load),
		cmocka_unit_test(paced_registrations_come_at_equal_distances),
		cmocka_unit_test(poisson_registrations_come_at_the_offered_rate),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
