/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a core completes and what that takes, of runs whose numbers are known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "analysis/metric/compute.h"
#include "models/record/waits.h"
#include "results/writer.h"
#include "tests/unit/analysis/near.h"
#include <math.h>
#include <stdio.h>
#include <unistd.h>

enum { REPLICATIONS = 2, ACCEPTS = 11, MS = 1000000 };

static const struct res_variant variants[] = {{"loaded", -1, false}, {"idle", -1, false},
                                              {"counted", -1, false}, {"sketched", -1, false}};
enum { N_VARIANTS = sizeof variants / sizeof *variants };
static const enum rec_level level[N_VARIANTS] = {REC_LEVEL_SAMPLES, REC_LEVEL_SAMPLES,
                                                 REC_LEVEL_NONE, REC_LEVEL_METRICS};
static const struct res_text texts[] = {{"known.yaml", "scenario: known\n", 16}};
static const struct res_parameter parameters[] = {
	{0, "load.rate", "10/s", "1/s", "test", "default", false, false},
	{0, "hosts.housekeeping", "2 %", "", "test", "default", false, false},
	{0, "record.window", "2s", "s", "test", "default", false, false},
	{1, "load.rate", "0/s", "1/s", "test", "default", false, false},
	{2, "load.rate", "10/s", "1/s", "test", "default", false, false},
	{2, "record.level", "none", "", "test", "default", false, false},
	{3, "load.rate", "10/s", "1/s", "test", "default", false, false},
	{3, "hosts.housekeeping", "2 %", "", "test", "default", false, false},
	{3, "record.level", "metrics", "", "test", "default", false, false},
};

/*
 * A hundred ask in two windows; the second replication never completes twenty of them. What probes do
 * counts for nothing.
 */
static void fill_demands(struct rec *rec, uint32_t replication)
{
	const struct rec_demand row[] = {
		{.class = REC_CLASS_PROBE, .window = 0, .offered = 7, .tried = 7, .completed = 7},
		{.class = REC_CLASS_BACKGROUND, .window = 1, .offered = 60, .tried = 60, .completed = 40,
		 .in_time = 40},
		{.class = REC_CLASS_BACKGROUND, .window = 2, .offered = 40, .tried = 60, .completed = 30,
		 .in_time = 20},
		{.class = REC_CLASS_BACKGROUND, .window = 3, .tried = 30,
		 .completed = replication ? 9 : 29},
		{.class = REC_CLASS_BACKGROUND, .window = 9, .tried = 1, .completed = 1},
	};

	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		rec_add_demand(rec, &row[i]);
}

static void add_wait(struct rec *rec, const struct rec_latency *row)
{
	if (rec_wants(rec, REC_LEVEL_SAMPLES))
		rec_add_latency(rec, row);
	else if (rec_wants(rec, REC_LEVEL_METRICS))
		rec_waits_add(rec, row);
}

/*
 * Accepts every 100 ms from 1 s on, of requests 50 ms before; one request that is still open and one
 * registration at the UE, which count for nothing. AMF and UDM take 33 and 22 ms, the load generator 90.
 */
static void fill(struct rec *rec, uint32_t replication)
{
	static const int64_t cpu_ms[] = {33, 22, 90};

	for (int i = 0; i < ACCEPTS; i++)
		add_wait(rec, &(struct rec_latency){.metric = REC_M_REGISTRATION_AMF,
			.class = REC_CLASS_BACKGROUND, .outcome = REC_OUTCOME_OK,
			.start_ns = (950 + 100 * i) * (int64_t)MS, .total_ns = 50 * MS});
	add_wait(rec, &(struct rec_latency){.metric = REC_M_REGISTRATION_AMF,
		.class = REC_CLASS_BACKGROUND, .outcome = REC_OUTCOME_CENSORED, .total_ns = -1});
	add_wait(rec, &(struct rec_latency){.metric = REC_M_REGISTRATION,
		.class = REC_CLASS_BACKGROUND, .outcome = REC_OUTCOME_OK, .total_ns = 9000 * (int64_t)MS});
	rec_waits_write(rec);
	fill_demands(rec, replication);
	for (uint16_t i = 0; i < 3; i++)
		rec_add_station(rec, &(struct rec_station){.station = i,
			.cpu_ns = cpu_ms[i] * MS * (1 + replication)});
}

static void write_run(const char *path)
{
	struct rec_names names = {0};
	struct res_journal *journal;
	struct sim_err err;
	char part[128];

	rec_names_add(&names, REC_NAME_station, "amf");
	rec_names_add(&names, REC_NAME_station, "udm");
	rec_names_add(&names, REC_NAME_station, "ues");
	struct res_run run = {.program = "dtsim", .version = "0", .revision = "test",
		.scenario = "known", .title = "Known", .engine = "native", .crypto_mode = "none",
		.seed = 1, .replications = REPLICATIONS, .level = 0.95, .n_variants = N_VARIANTS,
		.variants = variants, .n_texts = 1, .texts = texts,
		.n_parameters = sizeof parameters / sizeof *parameters, .parameters = parameters,
		.names = &names};
	snprintf(part, sizeof part, "%s.part", path);
	unlink(part);
	assert_int_equal(res_journal_open(part, &run, &journal, &err), SIM_OK);
	for (uint32_t job = 0; job < res_n_jobs(&run); job++) {
		struct rec rec;
		const struct rec_summary summary = {.variant = (uint16_t)(job / REPLICATIONS),
			.replication = job % REPLICATIONS};
		rec_init(&rec);
		rec.level = level[summary.variant];
		fill(&rec, summary.replication);
		assert_int_equal(res_journal_add(journal, &summary, &rec, &err), SIM_OK);
		rec_free(&rec);
	}
	assert_int_equal(res_write(path, &run, journal, NULL, &err), SIM_OK);
	res_journal_close(journal);
	unlink(part);
	rec_names_free(&names);
}

static struct res_file *file;
static struct met_values values;
static char path[64];

static int open_run(void **state)
{
	struct sim_err err;

	(void)state;
	snprintf(path, sizeof path, "/tmp/dtsim-load-%d.h5", (int)getpid());
	write_run(path);
	file = res_open(path, &err);
	return file && met_compute(file, &values, &err) == SIM_OK ? 0 : -1;
}

static int close_run(void **state)
{
	(void)state;
	met_values_free(&values);
	res_close(file);
	return unlink(path);
}

static const struct met_value *of(const char *name, const char *variant)
{
	const struct met_scope scope = {.variant = variant};
	return met_find(&values, name, &scope, "mean");
}

static void completions_are_counted_from_the_first_accept_to_the_last(void **state)
{
	(void)state;
	assert_non_null(of("load.completed", "loaded"));
	assert_near(of("load.completed", "loaded")->value, 10, 1e-9);
}

/* 55 ms and 110 ms of the core, 2 % of the 1.05 s from the first request to the last accept. */
static void the_core_s_processor_time_has_its_housekeeping_and_no_load_generator(void **state)
{
	(void)state;
	assert_near(of("load.core_cpu", "loaded")->value,
	            ((0.055 + 0.021) + (0.110 + 0.021)) / 2 / ACCEPTS, 1e-9);
}

static void without_an_offered_load_there_is_nothing_to_keep_up_with(void **state)
{
	(void)state;
	assert_null(of("load.completed", "idle"));
	assert_null(of("load.core_cpu", "idle"));
}

static const struct met_value *of_background(const char *name, const char *stat)
{
	const struct met_scope scope = {.variant = "loaded", .class = "background"};
	const struct met_value *value = met_find(&values, name, &scope, stat);

	assert_non_null(value);
	return value;
}

static void demands_are_clear_at_the_end_of_the_window_that_brings_99_in_100(void **state)
{
	const struct met_value *cleared = of_background("load.cleared", "p50");

	(void)state;
	assert_near(cleared->value, 6, 1e-9); /* windows 1 to 3, of 2 s */
	assert_int_equal(cleared->n, 2);
	assert_int_equal(cleared->failed, 1);
	assert_near(of_background("load.cleared", "ratio")->value, 0.5, 1e-9);
}

/* 99 in 6 s; 80 in the 18 s to the end of window 9. */
static void goodput_is_what_is_completed_until_then_or_until_the_last_completion(void **state)
{
	(void)state;
	assert_near(of_background("load.goodput", "mean")->value, (16.5 + 80 / 18.0) / 2, 1e-9);
	assert_int_equal(of_background("load.goodput", "mean")->failed, 20);
}

static void attempts_and_what_is_in_time_are_ratios_of_the_whole_run(void **state)
{
	(void)state;
	assert_near(of_background("load.attempts_per_registration", "mean")->value,
	            (151 / 100.0 + 151 / 80.0) / 2, 1e-9);
	assert_near(of_background("load.in_time_ratio", "ratio")->value, 0.6, 1e-9);
}

static void what_is_completed_is_the_same_from_sketches(void **state)
{
	(void)state;
	assert_near(of("load.completed", "sketched")->value, 10, 1e-9);
	assert_near(of("load.core_cpu", "sketched")->value, of("load.core_cpu", "loaded")->value, 1e-12);
}

/* Ratios of the whole run are known then, when something happened is not. */
static void at_level_none_goodput_is_undefined_and_attempts_are_counted(void **state)
{
	const struct met_scope scope = {.variant = "counted", .class = "background"};
	struct met_scope loaded = scope;

	(void)state;
	loaded.variant = "loaded";
	assert_null(of("load.completed", "counted"));
	assert_true(isnan(met_find(&values, "load.goodput", &scope, "mean")->value));
	assert_true(isnan(met_find(&values, "load.cleared", &scope, "p50")->value));
	assert_near(met_find(&values, "load.attempts_per_registration", &scope, "mean")->value,
	            met_find(&values, "load.attempts_per_registration", &loaded, "mean")->value, 1e-12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(completions_are_counted_from_the_first_accept_to_the_last),
		cmocka_unit_test(the_core_s_processor_time_has_its_housekeeping_and_no_load_generator),
		cmocka_unit_test(demands_are_clear_at_the_end_of_the_window_that_brings_99_in_100),
		cmocka_unit_test(goodput_is_what_is_completed_until_then_or_until_the_last_completion),
		cmocka_unit_test(attempts_and_what_is_in_time_are_ratios_of_the_whole_run),
		cmocka_unit_test(what_is_completed_is_the_same_from_sketches),
		cmocka_unit_test(at_level_none_goodput_is_undefined_and_attempts_are_counted),
		cmocka_unit_test(without_an_offered_load_there_is_nothing_to_keep_up_with),
	};
	return cmocka_run_group_tests(tests, open_run, close_run);
}
