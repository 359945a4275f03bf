/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "analysis/metric/compare.h"
#include "analysis/metric/list.h"
#include "analysis/metric/summary.h"
#include "tests/unit/analysis/metric/known_run.h"
#include "tests/unit/analysis/near.h"
#include <jansson.h>

static char path[64], other[64], json_path[64];
static struct res_file *file;
static struct met_values values;

static int open_known(void **state)
{
	(void)state;
	struct sim_err err;
	snprintf(path, sizeof path, "/tmp/dtsim-outputs-%d.h5", (int)getpid());
	snprintf(other, sizeof other, "/tmp/dtsim-outputs-%d-other.h5", (int)getpid());
	snprintf(json_path, sizeof json_path, "/tmp/dtsim-outputs-%d.json", (int)getpid());
	known_run(path, "known", 0);
	file = res_open(path, &err);
	return file && met_compute(file, &values, &err) == SIM_OK ? 0 : -1;
}

static int close_known(void **state)
{
	(void)state;
	met_values_free(&values);
	res_close(file);
	unlink(json_path);
	unlink(other);
	return unlink(path);
}

static char *written(enum sim_code (*write)(FILE *out))
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	assert_int_equal(write(out), SIM_OK);
	fclose(out);
	return text;
}

static enum sim_code as_json(FILE *out)
{
	return met_json_write(file, &values, out, NULL);
}

static enum sim_code as_csv(FILE *out)
{
	return met_csv_write(&values, out, NULL);
}

static enum sim_code as_text(FILE *out)
{
	summary_write(file, &values, out);
	return SIM_OK;
}

static void the_json_has_its_keys_and_no_others(void **state)
{
	(void)state;
	static const char *const keys[] = {"schema", "scenario", "engine", "seed", "replications",
	                                   "protocol_digest", "event_digest", "metrics"};
	static const char *const metric_keys[] = {"name", "scope", "stat", "unit", "value",
	                                          "ci", "level", "n", "failed"};
	char *text = written(as_json);
	json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(json);
	assert_int_equal(json_object_size(json), 8);
	for (int i = 0; i < 8; i++)
		assert_non_null(json_object_get(json, keys[i]));
	json_t *metrics = json_object_get(json, "metrics");
	assert_int_equal(json_array_size(metrics), values.n);
	for (size_t k = 0; k < values.n; k++) {
		json_t *m = json_array_get(metrics, k);
		assert_int_equal(json_object_size(m), 9);
		for (int i = 0; i < 9; i++)
			assert_non_null(json_object_get(m, metric_keys[i]));
	}
	json_decref(json);
	free(text);
}

static void undefined_is_null_and_infinite_is_inf(void **state)
{
	(void)state;
	char *text = written(as_json);
	json_t *json = json_loads(text, 0, NULL), *metrics = json_object_get(json, "metrics");
	size_t undefined = 0, infinite = 0;
	for (size_t k = 0; k < values.n; k++) {
		json_t *v = json_object_get(json_array_get(metrics, k), "value");
		undefined += json_is_null(v);
		infinite += json_is_string(v) && strcmp(json_string_value(v), "inf") == 0;
		assert_int_equal(json_is_null(v), isnan(values.value[k].value) != 0);
	}
	assert_true(undefined > 0 && infinite > 0);
	json_decref(json);
	free(text);
}

static void what_is_written_twice_is_the_same_to_the_octet(void **state)
{
	(void)state;
	struct met_values again;
	struct sim_err err;
	char *one = written(as_json), *csv = written(as_csv);
	assert_int_equal(met_compute(file, &again, &err), SIM_OK);
	struct met_values first = values;
	values = again;
	char *two = written(as_json), *csv_two = written(as_csv);
	values = first;
	assert_string_equal(one, two);
	assert_string_equal(csv, csv_two);
	met_values_free(&again);
	free(one);
	free(two);
	free(csv);
	free(csv_two);
}

static void write_baseline(void)
{
	struct sim_err err;
	FILE *out = fopen(json_path, "w");
	assert_non_null(out);
	assert_int_equal(met_json_write(file, &values, out, &err), SIM_OK);
	fclose(out);
}

static void a_baseline_reads_back_exactly(void **state)
{
	(void)state;
	struct met_baseline baseline;
	struct sim_err err;
	write_baseline();
	assert_int_equal(met_baseline_read(json_path, &baseline, &err), SIM_OK);
	assert_int_equal(baseline.values.n, values.n);
	assert_int_equal(baseline.replications, KNOWN_REPLICATIONS);
	assert_int_equal(baseline.seed, 1);
	for (size_t i = 0; i < values.n; i++) {
		const struct met_value *a = &values.value[i], *b = &baseline.values.value[i];
		assert_true(a->value == b->value || (isnan(a->value) && isnan(b->value)));
		assert_true(a->ci_high == b->ci_high || (isnan(a->ci_high) && isnan(b->ci_high)));
		assert_true(a->n == b->n && a->failed == b->failed);
		assert_ptr_equal(met_find(&values, b->name, &b->scope, b->stat), a);
	}
	met_baseline_free(&baseline);
}

static void what_is_no_baseline_is_refused_with_its_place(void **state)
{
	(void)state;
	static const char *const texts[] = {"", "{\n \"schema\": 1,\n}", "[]", "{\"schema\": 1}",
		"{\"schema\": 99, \"scenario\": \"a\", \"engine\": \"b\", \"replications\": 3, "
		"\"metrics\": []}",
		"{\"schema\": 1, \"scenario\": \"a\", \"engine\": \"b\", \"replications\": 0, "
		"\"metrics\": []}",
		"{\"schema\": 1, \"scenario\": \"a\", \"engine\": \"b\", \"replications\": 3, "
		"\"metrics\": [{\"name\": 1}]}"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct met_baseline baseline;
		struct sim_err err;
		FILE *out = fopen(json_path, "w");
		fputs(texts[i], out);
		fclose(out);
		assert_int_equal(met_baseline_read(json_path, &baseline, &err), SIM_E_INPUT);
		assert_non_null(strstr(err.text, json_path));
		met_baseline_free(&baseline);
	}
}

static void write_metric(const char *seed, const char *value, const char *ci, const char *counts)
{
	FILE *out = fopen(json_path, "w");
	assert_non_null(out);
	fprintf(out, "{\"schema\": 1, \"scenario\": \"a\", \"engine\": \"b\", \"seed\": %s, "
	             "\"replications\": 3, \"metrics\": [{\"name\": \"auth.latency\", \"scope\": {}, "
	             "\"stat\": \"mean\", \"unit\": \"s\", \"value\": %s, \"ci\": %s, \"level\": 0.95, "
	             "%s}]}", seed, value, ci, counts);
	fclose(out);
}

static void a_metric_of_the_wrong_type_is_refused_by_name(void **state)
{
	(void)state;
	static const char good[] = "\"n\": 3, \"failed\": 0";
	static const struct {
		const char *seed, *value, *ci, *counts, *word; /* NULL: is right */
	} cases[] = {
		{"1", "1.5", "[1, 2]", good, NULL},
		{"1", "\"inf\"", "[null, \"inf\"]", good, NULL},
		{"1", "\"1.5\"", "[1, 2]", good, "auth.latency: its value"},
		{"1", "true", "[1, 2]", good, "auth.latency: its value"},
		{"1", "1.5", "[2, 1]", good, "auth.latency: its ci"},
		{"1", "1.5", "[1, \"x\"]", good, "auth.latency: its ci"},
		{"1", "1.5", "[1, 2, 3]", good, "auth.latency: its ci"},
		{"1", "1.5", "{}", good, "auth.latency: its ci"},
		{"1", "1.5", "[1, 2]", "\"n\": -3, \"failed\": 0", "auth.latency: its n or failed"},
		{"1", "1.5", "[1, 2]", "\"n\": 3, \"failed\": 0.5", "auth.latency: its n or failed"},
		{"\"1\"", "1.5", "[1, 2]", good, "is not a baseline"},
		{"1.5", "1.5", "[1, 2]", good, "is not a baseline"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct met_baseline baseline;
		struct sim_err err = {.code = SIM_OK};
		write_metric(cases[i].seed, cases[i].value, cases[i].ci, cases[i].counts);
		enum sim_code code = met_baseline_read(json_path, &baseline, &err);
		assert_int_equal(code, cases[i].word ? SIM_E_INPUT : SIM_OK);
		if (cases[i].word && (!strstr(err.text, cases[i].word) || !strstr(err.text, json_path)))
			fail_msg("\"%s\" does not say \"%s\"", err.text, cases[i].word);
		met_baseline_free(&baseline);
	}
}

static void another_unit_is_no_baseline_of_it(void **state)
{
	(void)state;
	struct met_values changed = {.value = calloc(values.n, sizeof *values.value), .n = values.n};
	struct sim_err err = {.code = SIM_OK};
	memcpy(changed.value, values.value, values.n * sizeof *values.value);
	assert_int_equal(met_same_units(&values, "a.h5", &changed, "b.json", &err), SIM_OK);
	changed.value[3].unit = "fortnight";
	assert_int_equal(met_same_units(&values, "a.h5", &changed, "b.json", &err), SIM_E_USAGE);
	assert_non_null(strstr(err.text, "b.json"));
	assert_non_null(strstr(err.text, changed.value[3].name));
	assert_non_null(strstr(err.text, "\"fortnight\""));
	free(changed.value);
}

static void a_result_does_not_differ_from_itself(void **state)
{
	(void)state;
	struct met_comparison c;
	met_compare(&values, 10, &values, 10, 0.01, &c);
	assert_int_equal(c.n, values.n);
	assert_true(c.compared > 50);
	assert_true(c.significant == 0 && c.missing == 0);
	met_comparison_free(&c);
}

static void waits_that_are_longer_are_significant(void **state)
{
	(void)state;
	struct met_values slow;
	struct met_comparison c;
	struct sim_err err;
	known_run(other, "known", 200000000);
	struct res_file *f = res_open(other, &err);
	assert_non_null(f);
	assert_int_equal(met_compute(f, &slow, &err), SIM_OK);
	met_compare(&slow, 10, &values, 10, 0.01, &c);
	assert_true(c.significant > 0 && c.missing == 0);
	assert_true(c.row[0].fails && c.row[0].p <= c.row[1].p);
	assert_non_null(strstr(c.row[0].own->name, "latency"));
	met_comparison_free(&c);
	met_values_free(&slow);
	res_close(f);
}

static void a_metric_on_one_side_alone_fails_and_comes_first(void **state)
{
	(void)state;
	struct met_values fewer = values;
	struct met_comparison c;
	fewer.n--;
	met_compare(&fewer, 10, &values, 10, 0.01, &c);
	assert_int_equal(c.missing, 1);
	assert_true(c.row[0].fails && !c.row[0].own && c.row[0].baseline);
	met_comparison_free(&c);
}

static void a_number_that_became_infinite_or_undefined_fails(void **state)
{
	(void)state;
	const double turned[] = {INFINITY, NAN};
	for (int side = 0; side < 4; side++) {
		struct met_values changed = {.value = calloc(values.n, sizeof *values.value), .n = values.n};
		struct met_comparison c;
		size_t turns = 0;
		for (size_t i = 0; i < values.n; i++) {
			struct met_value *v = &changed.value[i];
			*v = values.value[i];
			if (strcmp(v->name, "registration.latency") == 0 && strcmp(v->stat, "mean") == 0 &&
			    !v->scope.source && isfinite(v->ci_low) && v->n >= 30) {
				v->value = v->ci_low = v->ci_high = turned[side / 2];
				turns++;
			}
		}
		assert_true(turns > 0);
		met_compare(side % 2 ? &values : &changed, 10, side % 2 ? &changed : &values, 10, 0.01, &c);
		assert_true(c.significant >= turns && c.row[0].fails);
		met_comparison_free(&c);
		free(changed.value);
	}
}

static char *printed(const struct met_comparison *c)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	met_comparison_print(c, 0.01, out);
	fclose(out);
	return text;
}

static void a_variant_that_one_side_does_not_have_is_one_line(void **state)
{
	(void)state;
	struct met_values fewer = {.recorded = REC_LEVEL_SAMPLES,
	                           .value = calloc(values.n, sizeof *values.value)};
	struct met_comparison c;
	size_t gone = 0;
	for (size_t i = 0; i < values.n; i++)
		if (strcmp(values.value[i].scope.variant, "other") == 0)
			gone++;
		else
			fewer.value[fewer.n++] = values.value[i];
	met_compare(&fewer, 10, &values, 10, 0.01, &c);
	assert_true(c.missing == gone && c.n_absences == 1 && c.absence[0].numbers == gone);
	char *text = printed(&c);
	assert_non_null(strstr(text, "variant other: in the baseline alone"));
	assert_null(strstr(text, "variant=other"));
	free(text);
	met_comparison_free(&c);
	free(fewer.value);
}

static void what_a_result_did_not_record_is_one_line(void **state)
{
	(void)state;
	struct met_values fewer = {.recorded = REC_LEVEL_METRICS,
	                           .value = calloc(values.n, sizeof *values.value)};
	struct met_comparison c;
	size_t gone = 0;
	for (size_t i = 0; i < values.n; i++)
		if (met_level_of(values.value[i].name) > REC_LEVEL_METRICS)
			gone++;
		else
			fewer.value[fewer.n++] = values.value[i];
	met_compare(&fewer, 10, &values, 10, 0.01, &c);
	assert_true(gone > 0 && c.missing == gone);
	assert_true(c.n_absences == 1 && c.absence[0].numbers == gone);
	char *text = printed(&c);
	assert_non_null(strstr(text, "record.level metrics: not recorded, in the baseline alone"));
	free(text);
	met_comparison_free(&c);
	free(fewer.value);
}

static void an_adversary_that_one_side_does_not_have_is_one_line(void **state)
{
	(void)state;
	struct met_values fewer = {.recorded = REC_LEVEL_SAMPLES,
	                           .value = calloc(values.n, sizeof *values.value)};
	struct met_comparison c;
	for (size_t i = 0; i < values.n; i++) {
		const char *adversary = values.value[i].scope.adversary;
		if (!adversary || strcmp(adversary, "nobody") != 0)
			fewer.value[fewer.n++] = values.value[i];
	}
	met_compare(&values, 10, &fewer, 10, 0.01, &c);
	char *text = printed(&c);
	assert_int_equal(c.n_absences, 1);
	assert_non_null(strstr(text, "adversary nobody: in the result alone"));
	assert_null(strstr(text, "adversary=nobody"));
	free(text);
	met_comparison_free(&c);
	free(fewer.value);
}

static void finished_waits_are_compared_only_where_some_never_finished(void **state)
{
	(void)state;
	struct met_comparison c;
	size_t base = 0, flood = 0;
	met_compare(&values, 10, &values, 10, 0.01, &c);
	for (size_t i = 0; i < c.n; i++) {
		const struct met_scope *scope = &c.row[i].own->scope;
		if (!scope->source || strcmp(scope->source, "finished") != 0 || isnan(c.row[i].p))
			continue;
		base += strcmp(scope->variant, "base") == 0;
		flood += strcmp(scope->variant, "flood") == 0;
	}
	assert_true(base == 0 && flood > 0);
	met_comparison_free(&c);
}

static void a_baseline_that_is_not_there_is_said_without_a_place(void **state)
{
	(void)state;
	struct met_baseline baseline;
	struct sim_err err;
	assert_int_equal(met_baseline_read("/nowhere/nope.json", &baseline, &err), SIM_E_INPUT);
	assert_string_equal(err.text, "/nowhere/nope.json: No such file or directory");
	met_baseline_free(&baseline);
}

static size_t columns_of(const char *line, size_t octets)
{
	size_t n = 0;
	for (size_t i = 0; i < octets; i++)
		n += ((unsigned char)line[i] & 0xc0) != 0x80;
	return n;
}

static void the_summary_fits_a_terminal_and_has_no_colour_elsewhere(void **state)
{
	(void)state;
	char *text = written(as_text);
	size_t lines = 0;
	for (const char *line = text; *line; lines++) {
		size_t octets = strcspn(line, "\n");
		if (columns_of(line, octets) > 100)
			fail_msg("too wide: %.*s", (int)octets, line);
		assert_true(octets == 0 || line[octets - 1] != ' ');
		line += octets + 1;
	}
	assert_true(lines > 15 && lines <= 60);
	assert_null(strchr(text, '\033'));
	free(text);
}

static void the_summary_answers_the_three_questions(void **state)
{
	(void)state;
	char *text = written(as_text);
	assert_non_null(strstr(text, "How long two surgeons wait"));
	assert_non_null(strstr(text, "25.00 s")); /* the median of 1 s ... 50 s */
	assert_non_null(strstr(text, "5 of 500"));
	assert_non_null(strstr(text, "How long an authentication takes"));
	assert_non_null(strstr(text, "\n  base                5g-aka         34.0"));
	assert_non_null(strstr(text, "\n  other               eap-aka-prime  39.0"));
	assert_non_null(strstr(text, "What survives an attack"));
	assert_non_null(strstr(text, "\n  flood: askew "));
	assert_non_null(strstr(text, "Well again after its end (median): flood within 6 min (never: "
	                             "1 of 10),\n    flood: askew within 580 s"));
	assert_non_null(strstr(text, "How well an adversary tells the two apart"));
	assert_non_null(strstr(text, "\n  clinic              100 %     1.00 ["));
	free(text);
}

static void the_csv_has_as_many_fields_in_every_row(void **state)
{
	(void)state;
	char *text = written(as_csv);
	size_t rows = 0;
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"), rows++) {
		size_t commas = 0;
		for (const char *c = line; *c; c++)
			commas += *c == ',';
		assert_int_equal(commas, 18);
	}
	assert_int_equal(rows, values.n + 1);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_json_has_its_keys_and_no_others),
		cmocka_unit_test(undefined_is_null_and_infinite_is_inf),
		cmocka_unit_test(what_is_written_twice_is_the_same_to_the_octet),
		cmocka_unit_test(a_baseline_reads_back_exactly),
		cmocka_unit_test(what_is_no_baseline_is_refused_with_its_place),
		cmocka_unit_test(a_metric_of_the_wrong_type_is_refused_by_name),
		cmocka_unit_test(another_unit_is_no_baseline_of_it),
		cmocka_unit_test(a_result_does_not_differ_from_itself),
		cmocka_unit_test(waits_that_are_longer_are_significant),
		cmocka_unit_test(a_metric_on_one_side_alone_fails_and_comes_first),
		cmocka_unit_test(a_number_that_became_infinite_or_undefined_fails),
		cmocka_unit_test(a_variant_that_one_side_does_not_have_is_one_line),
		cmocka_unit_test(what_a_result_did_not_record_is_one_line),
		cmocka_unit_test(an_adversary_that_one_side_does_not_have_is_one_line),
		cmocka_unit_test(finished_waits_are_compared_only_where_some_never_finished),
		cmocka_unit_test(a_baseline_that_is_not_there_is_said_without_a_place),
		cmocka_unit_test(the_summary_fits_a_terminal_and_has_no_colour_elsewhere),
		cmocka_unit_test(the_summary_answers_the_three_questions),
		cmocka_unit_test(the_csv_has_as_many_fields_in_every_row),
	};
	return cmocka_run_group_tests(tests, open_known, close_known);
}
