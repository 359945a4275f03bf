/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same waits in two files, once as rows and once as sketches: what analysis makes of both. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "analysis/metric/compute.h"
#include "analysis/metric/summary.h"
#include "analysis/metric/wait.h"
#include "models/record/sketch.h"
#include "models/record/waits.h"
#include "results/writer.h"
#include "sim/core/rng.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REPLICATIONS = 6, MANY = 6000, FEW = 500, PURPOSE = 3902 };
enum { ROWS, SKETCHES, N_FILES };
static const double stated = 1.0 / REC_SKETCH_ONE_IN, nanosecond = 1e-9;

static struct res_file *file[N_FILES];
static struct met_values values[N_FILES];
static char path[N_FILES][64];

/* Lognormal around 20 ms; one in a hundred waits for a timer of 15 s, some of these fail. */
static struct rec_latency draw(struct sim_stream *stream, enum rec_class class, bool second)
{
	struct rec_latency row = {.metric = REC_M_REGISTRATION, .class = (uint8_t)class,
		.roaming = sim_stream_below(stream, 4) == 0 ? REC_VISITED : REC_AT_HOME,
		.start_ns = sim_stream_below(stream, 1000000000), .total_ns = -1};
	bool late = sim_stream_below(stream, 100) == 0;

	if (late && sim_stream_below(stream, 4) == 0) {
		row.outcome = sim_stream_below(stream, 8) ? REC_OUTCOME_FAILED : REC_OUTCOME_CENSORED;
		return row;
	}
	row.radio_ns = (int64_t)(20e6 * exp(0.3 * sim_stream_normal(stream)));
	row.service_ns = second ? 1000000 : 0;
	row.timer_ns = late ? INT64_C(15000000000) : 0;
	row.total_ns = row.radio_ns + row.service_ns + row.timer_ns;
	return row;
}

static void fill(struct rec *rec, uint16_t variant, uint32_t replication)
{
	struct sim_stream stream = sim_stream_open(1, replication, PURPOSE, 0);

	for (int i = 0; i < MANY + FEW; i++) {
		struct rec_latency row = draw(&stream, i < MANY ? REC_CLASS_BACKGROUND : REC_CLASS_PROBE,
		                              variant == 1);
		if (rec_wants(rec, REC_LEVEL_SAMPLES))
			rec_add_latency(rec, &row);
		else
			rec_waits_add(rec, &row);
	}
	rec_waits_write(rec);
}

static void write_run(const char *to, enum rec_level level)
{
	static const struct res_variant variants[] = {{"one", -1, false}, {"two", -1, false}};
	static const struct res_text texts[] = {{"known.yaml", "scenario: known\n", 16}};
	const char *text = rec_enum_texts("level")[level];
	const struct res_parameter parameters[] = {
		{0, "record.level", text, "", "test", "default", false, false},
		{1, "record.level", text, "", "test", "default", false, false}};
	const struct rec_names names = {{0}, {NULL}};
	struct res_journal *journal;
	struct sim_err err;
	char part[80];
	const struct res_run run = {.program = "dtsim", .version = "0", .revision = "test",
		.scenario = "known", .title = "Known", .engine = "native", .crypto_mode = "none",
		.seed = 1, .replications = REPLICATIONS, .level = 0.95, .n_variants = 2,
		.variants = variants, .n_texts = 1, .texts = texts, .n_parameters = 2,
		.parameters = parameters, .names = &names};

	snprintf(part, sizeof part, "%s.part", to);
	unlink(part);
	assert_int_equal(res_journal_open(part, &run, &journal, &err), SIM_OK);
	for (uint32_t job = 0; job < res_n_jobs(&run); job++) {
		const struct rec_summary summary = {.variant = (uint16_t)(job / REPLICATIONS),
			.replication = job % REPLICATIONS};
		struct rec rec;
		rec_init(&rec);
		rec.level = level;
		fill(&rec, summary.variant, summary.replication);
		assert_int_equal(res_journal_add(journal, &summary, &rec, &err), SIM_OK);
		rec_free(&rec);
	}
	assert_int_equal(res_write(to, &run, journal, NULL, &err), SIM_OK);
	res_journal_close(journal);
	unlink(part);
}

static int open_both(void **state)
{
	static const enum rec_level level[N_FILES] = {REC_LEVEL_SAMPLES, REC_LEVEL_METRICS};
	struct sim_err err;

	(void)state;
	for (int i = 0; i < N_FILES; i++) {
		snprintf(path[i], sizeof path[i], "/tmp/dtsim-sketches-%d-%d.h5", (int)getpid(), i);
		write_run(path[i], level[i]);
		file[i] = res_open(path[i], &err);
		if (!file[i] || met_compute(file[i], &values[i], &err) != SIM_OK)
			return -1;
	}
	return 0;
}

static int close_both(void **state)
{
	(void)state;
	for (int i = 0; i < N_FILES; i++) {
		met_values_free(&values[i]);
		res_close(file[i]);
		unlink(path[i]);
	}
	return 0;
}

static bool is_latency(const struct met_value *v)
{
	return strncmp(v->name, "registration.latency", strlen("registration.latency")) == 0;
}

static const struct met_value *counterpart(const struct met_value *v)
{
	const struct met_value *other = met_find(&values[SKETCHES], v->name, &v->scope, v->stat);

	if (!other)
		fail_msg("no %s %s from sketches", v->name, v->stat);
	return other;
}

static bool is_quantile(const struct met_value *v)
{
	return v->stat[0] == 'p';
}

/* Both undefined, both infinite, or as close as said. */
static void assert_close(double a, double b, double within)
{
	if (!(isnan(a) && isnan(b)) && !(isinf(a) && a == b))
		assert_true(fabs(a - b) <= within);
}

static void every_number_of_the_rows_is_one_of_the_sketches_with_the_same_n_and_failures(
	void **state)
{
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < values[ROWS].n; i++) {
		const struct met_value *v = &values[ROWS].value[i];
		if (!is_latency(v))
			continue;
		assert_int_equal(counterpart(v)->n, v->n);
		assert_int_equal(counterpart(v)->failed, v->failed);
		n++;
	}
	assert_true(n > 100);
}

static void means_deviations_shares_and_extremes_are_those_of_the_rows(void **state)
{
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < values[ROWS].n; i++) {
		const struct met_value *v = &values[ROWS].value[i];
		if (!is_latency(v) || is_quantile(v))
			continue;
		assert_close(counterpart(v)->value, v->value, nanosecond);
		assert_close(counterpart(v)->ci_low, v->ci_low, nanosecond);
		assert_close(counterpart(v)->ci_high, v->ci_high, nanosecond);
		n += isfinite(v->value) != 0;
	}
	assert_true(n > 40);
}

/* A bound is at most as far off as 1 + t times the largest value's own error. */
static void quantiles_are_within_the_stated_error_and_their_intervals_too(void **state)
{
	size_t histograms = 0;

	(void)state;
	for (size_t i = 0; i < values[ROWS].n; i++) {
		const struct met_value *v = &values[ROWS].value[i];
		if (!is_latency(v) || !is_quantile(v) || strstr(v->name, ".added"))
			continue;
		const struct met_value *other = counterpart(v);
		assert_close(other->value, v->value, stated * v->value);
		assert_close(other->ci_low, v->ci_low, 4 * stated * v->ci_high);
		assert_close(other->ci_high, v->ci_high, 4 * stated * v->ci_high);
		histograms += other->value != v->value;
		if (strcmp(v->scope.class, "probe") == 0) /* few enough to be kept one by one */
			assert_close(other->value, v->value, 1e-12);
	}
	assert_true(histograms > 0);
}

static void what_a_variant_adds_is_off_by_the_error_of_two_medians_at_most(void **state)
{
	(void)state;
	for (size_t i = 0; i < values[ROWS].n; i++) {
		const struct met_value *v = &values[ROWS].value[i];
		if (is_latency(v) && is_quantile(v) && strstr(v->name, ".added"))
			assert_close(counterpart(v)->value, v->value, 2 * stated * 0.03);
	}
}

static void parts_from_sketches_sum_to_the_whole(void **state)
{
	const struct met_scope of = {.variant = "two", .class = "background", .roaming = "home"};
	struct met_scope finished = of;
	double sum = 0;

	(void)state;
	finished.source = "finished";
	for (int p = 0; p < MET_WAIT_PARTS; p++) {
		char name[64];
		snprintf(name, sizeof name, "registration.latency.%s", met_wait_part[p]);
		sum += met_find(&values[SKETCHES], name, &of, "mean")->value;
	}
	assert_close(sum, met_find(&values[SKETCHES], "registration.latency", &finished, "mean")->value,
	             nanosecond);
}

static char *summary_of(int which)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	summary_write(file[which], &values[which], out);
	fclose(out);
	return text;
}

static void the_summary_says_where_quantiles_come_from(void **state)
{
	char *rows = summary_of(ROWS), *sketches = summary_of(SKETCHES);

	(void)state;
	assert_int_equal(met_wait_source(file[ROWS]), MET_WAIT_ROWS);
	assert_int_equal(met_wait_source(file[SKETCHES]), MET_WAIT_HISTOGRAM);
	assert_null(strstr(rows, "Recorded at level"));
	assert_non_null(strstr(sketches, "Recorded at level metrics"));
	assert_non_null(strstr(sketches, "from a histogram, relative error <= 0.1 %"));
	free(rows);
	free(sketches);
}

static void what_needs_single_waits_has_no_number(void **state)
{
	(void)state;
	for (size_t i = 0; i < values[SKETCHES].n; i++) {
		const char *name = values[SKETCHES].value[i].name;
		assert_true(strncmp(name, "availability.", 13) != 0 && strncmp(name, "outage.", 7) != 0 &&
		            strncmp(name, "surgery.c", 9) != 0 && strncmp(name, "link.", 5) != 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_number_of_the_rows_is_one_of_the_sketches_with_the_same_n_and_failures),
		cmocka_unit_test(means_deviations_shares_and_extremes_are_those_of_the_rows),
		cmocka_unit_test(quantiles_are_within_the_stated_error_and_their_intervals_too),
		cmocka_unit_test(what_a_variant_adds_is_off_by_the_error_of_two_medians_at_most),
		cmocka_unit_test(parts_from_sketches_sum_to_the_whole),
		cmocka_unit_test(the_summary_says_where_quantiles_come_from),
		cmocka_unit_test(what_needs_single_waits_has_no_number),
	};
	return cmocka_run_group_tests(tests, open_both, close_both);
}
