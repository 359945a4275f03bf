/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line of dtsim trace. */
#include "cli/trace_options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* The words of a line, "|" between them; they live until the next call. */
static enum sim_code parse(struct trace_options *o, struct sim_err *err, const char *line)
{
	static char words[256];
	char *argv[16];
	int argc = 0;

	snprintf(words, sizeof words, "%s", line);
	for (char *word = strtok(words, "|"); word; word = strtok(NULL, "|"))
		argv[argc++] = word;
	argv[argc] = NULL;
	return trace_options_parse(argc, argv, o, err);
}

static void a_word_behind_text_is_its_file_unless_it_is_a_scenario_or_an_option(void **state)
{
	struct trace_options o;
	struct sim_err err;

	(void)state;
	assert_int_equal(parse(&o, &err, "trace|s.yaml|--text"), SIM_OK);
	assert_string_equal(o.text, "-");
	trace_options_free(&o);
	assert_int_equal(parse(&o, &err, "trace|--text|s.yaml"), SIM_OK);
	assert_string_equal(o.text, "-");
	assert_string_equal(o.scenario, "s.yaml");
	trace_options_free(&o);
	assert_int_equal(parse(&o, &err, "trace|s.yaml|--text|out.txt|--force"), SIM_OK);
	assert_string_equal(o.text, "out.txt");
	assert_true(o.force);
	trace_options_free(&o);
	assert_int_equal(parse(&o, &err, "trace|--text=lines|s.yml"), SIM_OK);
	assert_string_equal(o.text, "lines");
	trace_options_free(&o);
	assert_int_equal(parse(&o, &err, "trace|--text|-|s.yaml"), SIM_OK);
	assert_string_equal(o.text, "-");
	assert_string_equal(o.scenario, "s.yaml");
	trace_options_free(&o);
	assert_int_equal(parse(&o, &err, "trace|--text|--pcap|x|s.yaml"), SIM_OK);
	assert_string_equal(o.text, "-");
	assert_string_equal(o.pcap, "x");
	trace_options_free(&o);
}

static void times_are_those_of_the_scenario_to_the_nanosecond(void **state)
{
	struct trace_options o;
	struct sim_err err;

	(void)state;
	assert_int_equal(parse(&o, &err, "trace|s.yaml|--text|--from|2d 13h|--to|2d 13h 5min 1ns"),
	                 SIM_OK);
	assert_int_equal(o.from_ns, INT64_C(219600000000000));
	assert_int_equal(o.to_ns, INT64_C(219900000000001));
	trace_options_free(&o);
	assert_int_equal(parse(&o, &err, "trace|s.yaml|--text"), SIM_OK);
	assert_int_equal(o.from_ns, 0);
	assert_int_equal(o.to_ns, INT64_MAX);
	assert_int_equal(o.replication, 0);
	trace_options_free(&o);
}

static void refuses(const char *word, struct sim_err *err, enum sim_code code)
{
	assert_int_equal(code, SIM_E_USAGE);
	if (!strstr(err->text, word))
		fail_msg("\"%s\" does not say \"%s\"", err->text, word);
}

static void what_is_wrong_is_said_with_what_is_allowed(void **state)
{
	struct trace_options o;
	struct sim_err err;

	(void)state;
	refuses("allowed: --pcap, --sequence, --text, --counts", &err, parse(&o, &err, "trace|s.yaml"));
	trace_options_free(&o);
	refuses("no scenario given", &err, parse(&o, &err, "trace|--text"));
	trace_options_free(&o);
	refuses("a whole number from 0 to", &err,
	        parse(&o, &err, "trace|s.yaml|--text|--replication|-1"));
	trace_options_free(&o);
	refuses("--from 2h is after --to 1h", &err,
	        parse(&o, &err, "trace|s.yaml|--text|--from|2h|--to|1h"));
	trace_options_free(&o);
	refuses("such as 2d 13h", &err, parse(&o, &err, "trace|s.yaml|--text|--to|noon"));
	trace_options_free(&o);
	refuses("option --nonsense is not known", &err,
	        parse(&o, &err, "trace|s.yaml|--text|--nonsense"));
	trace_options_free(&o);
	refuses("needs a value", &err, parse(&o, &err, "trace|s.yaml|--pcap"));
	trace_options_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_behind_text_is_its_file_unless_it_is_a_scenario_or_an_option),
		cmocka_unit_test(times_are_those_of_the_scenario_to_the_nanosecond),
		cmocka_unit_test(what_is_wrong_is_said_with_what_is_allowed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
