/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/output_path.h"
#include "cli/pool.h"
#include "cli/progress.h"
#include "cli/run_options.h"
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "run", then the words of `line`. */
static enum sim_code parse(const char *line, struct run_options *options, struct sim_err *err)
{
	static char words[200];
	char *argv[32] = {(char *)(uintptr_t)"run"};
	int argc = 1;
	snprintf(words, sizeof words, "%s", line);
	for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
		argv[argc++] = word;
	return run_options_parse(argc, argv, options, err);
}

static void options_stand_before_or_after_the_scenario(void **state)
{
	(void)state;
	static const char *const lines[] = {
		"a.yaml -o b.h5 -j 3 --seed 7 --replications 9 --variant x --variant y --set k=v --quiet",
		"-j3 --quiet --seed=7 --variant x --replications 9 a.yaml --variant=y --set k=v --output b.h5",
	};
	for (size_t i = 0; i < 2; i++) {
		struct run_options o;
		assert_int_equal(parse(lines[i], &o, NULL), SIM_OK);
		assert_string_equal(o.scenario, "a.yaml");
		assert_string_equal(o.output, "b.h5");
		assert_true(o.at_once == 3 && o.quiet && o.load.seed == 7 && o.load.replications == 9);
		assert_true(o.load.n_variant == 2 && o.load.n_set == 1);
		assert_string_equal(o.load.variant[1], "y");
		assert_string_equal(o.load.set[0], "k=v");
		run_options_free(&o);
	}
}

static void what_is_not_given_is_left_to_the_scenario(void **state)
{
	(void)state;
	struct run_options o;
	assert_int_equal(parse("dir.d/two-surgeons.yaml", &o, NULL), SIM_OK);
	assert_string_equal(o.output, "two-surgeons.h5");
	assert_true(o.load.seed == -1 && o.load.replications == -1 && o.load.engine == NULL);
	assert_true(o.at_once == pool_processors() && !o.quiet);
	run_options_free(&o);
	assert_int_equal(parse("dir.d/plain", &o, NULL), SIM_OK);
	assert_string_equal(o.output, "plain.h5");
	run_options_free(&o);
}

static void a_journal_to_resume_names_its_result(void **state)
{
	(void)state;
	static const char *const lines[] = {"--resume d/x.h5.part -j 3 --quiet",
	                                    "a.yaml --seed 4 -o d/x.h5 --resume d/x.h5.part"};
	for (size_t i = 0; i < 2; i++) {
		struct run_options o;
		assert_int_equal(parse(lines[i], &o, NULL), SIM_OK);
		assert_string_equal(o.resume, "d/x.h5.part");
		assert_string_equal(o.output, "d/x.h5");
		assert_true((o.scenario == NULL) == (i == 0));
		run_options_free(&o);
	}
}

static void a_wrong_command_line_is_refused_with_what_was_found(void **state)
{
	(void)state;
	static const char *const wrong[][2] = {
		{"", "no scenario"},          {"a.yaml b.yaml", "b.yaml"},  {"a.yaml --speed 3", "--speed"},
		{"a.yaml -x", "-x"},          {"a.yaml -o", "-o"},          {"a.yaml --seed", "--seed"},
		{"a.yaml -j 0", "-j 0"},      {"a.yaml -j 2000", "2000"},   {"a.yaml -j two", "two"},
		{"a.yaml --seed -1", "-1"},   {"a.yaml --seed 1e3", "1e3"}, {"a.yaml --replications 0", "0"},
		{"a.yaml --seed 99999999999999999999", "99999999999999999999"},
		{"a.yaml --replications 1048576", "1048575"},
		{"--resume", "--resume"},     {"--resume a.h5", "a.h5"},    {"--resume .part", ".part"},
		{"--resume a.h5.part --seed 3", "the run's options"},
		{"--resume a.h5.part --set k=v", "the run's options"},
		{"--resume a.h5.part -o b.h5", "a.h5, with -o too"},
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct run_options o;
		struct sim_err err = {.code = SIM_OK};
		assert_int_equal(parse(wrong[i][0], &o, &err), SIM_E_USAGE);
		if (!strstr(err.text, wrong[i][1]))
			fail_msg("\"%s\": \"%s\" does not name %s", wrong[i][0], err.text, wrong[i][1]);
		run_options_free(&o);
	}
}

static void help_needs_no_scenario(void **state)
{
	(void)state;
	struct run_options o;
	assert_int_equal(parse("--help", &o, NULL), SIM_OK);
	assert_true(o.help);
	run_options_free(&o);
}

/* --- where the result may be written --------------------------------------------------------- */

static void put(const char *path, const char *data, size_t n)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, n, f), n);
	fclose(f);
}

static void a_result_never_overwrites_anything_but_a_result(void **state)
{
	(void)state;
	char directory[] = "/tmp/dtsim-test-XXXXXX", command[64];
	assert_non_null(mkdtemp(directory));
	assert_int_equal(chdir(directory), 0);
	put("notes.txt", "my notes, my only copy", 22);
	put("older.h5", "\211HDF\r\n\032\n and so on", 18);
	put("empty.h5", "", 0);
	assert_int_equal(mkdir("d", 0777), 0);
	static const char *const allowed[] = {"new.h5", "older.h5", "empty.h5", "d/new.h5", "./x"};
	static const char *const refused[] = {"notes.txt", "d", "d/", "", "no/such.h5", "/dev/null",
	                                      "notes.txt/x.h5"};
	for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
		assert_int_equal(output_path_check(allowed[i], NULL), SIM_OK);
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct sim_err err;
		assert_int_equal(output_path_check(refused[i], &err), SIM_E_USAGE);
		assert_non_null(strstr(err.text, refused[i]));
	}
	assert_int_equal(chdir("/"), 0);
	snprintf(command, sizeof command, "rm -rf %s", directory);
	assert_int_equal(system(command), 0);
}

static void durations_are_read_at_a_glance(void **state)
{
	(void)state;
	char text[48];
	assert_string_equal(progress_duration(0.2, text, sizeof text), "0 s");
	assert_string_equal(progress_duration(59.4, text, sizeof text), "59 s");
	assert_string_equal(progress_duration(130, text, sizeof text), "2 min 10 s");
	assert_string_equal(progress_duration(3900, text, sizeof text), "1 h 5 min");
	assert_string_equal(progress_duration(-3, text, sizeof text), "0 s");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_stand_before_or_after_the_scenario),
		cmocka_unit_test(what_is_not_given_is_left_to_the_scenario),
		cmocka_unit_test(a_journal_to_resume_names_its_result),
		cmocka_unit_test(a_wrong_command_line_is_refused_with_what_was_found),
		cmocka_unit_test(help_needs_no_scenario),
		cmocka_unit_test(a_result_never_overwrites_anything_but_a_result),
		cmocka_unit_test(durations_are_read_at_a_glance),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
