/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/report/rep_format.h"
#include "analysis/report/rep_page.h"

static void interval_is(const char *want, const char *unit, double value, double lo, double hi)
{
	char text[REP_TEXT];
	rep_format_interval(text, unit, value, lo, hi);
	assert_string_equal(text, want);
}

static void an_interval_has_the_digits_that_its_half_width_supports(void **state)
{
	(void)state;
	interval_is("12.3 ms [11.9, 12.7]", "s", 0.0123, 0.0119, 0.0127);
	interval_is("12.3 ms [10.9, 13.7]", "ns", 12.3e6, 10.9e6, 13.7e6);
	interval_is("548 ms [402, 694]", "s", 0.548, 0.402, 0.694);
	interval_is("0.9930 [0.9920, 0.9940]", "", 0.993, 0.992, 0.994);
	interval_is("-0.03 [-0.11, 0.05]", "1", -0.03, -0.11, 0.05);
}

static void times_have_the_unit_of_their_size(void **state)
{
	(void)state;
	interval_is("4.200 \xc2\xb5s", "s", 4.2e-6, NAN, NAN);
	interval_is("3600 s", "s", 3600, NAN, NAN);
	interval_is("15.50 s", "ns", 15.5e9, NAN, NAN);
}

static void what_is_not_a_number_is_a_word(void **state)
{
	(void)state;
	interval_is("undefined", "s", NAN, NAN, NAN);
	interval_is("never", "s", INFINITY, NAN, NAN);
	interval_is("never [3.210 s, \xe2\x88\x9e]", "s", INFINITY, 3.21, INFINITY);
}

static void zero_has_no_sign(void **state)
{
	(void)state;
	interval_is("0.00 [-0.25, 0.25]", "", -0.001, -0.25, 0.25);
}

static void equal_replications_give_a_plain_ratio(void **state)
{
	(void)state;
	interval_is("1.000 [1.000, 1.000]", "", 1, 1, 1);
	interval_is("0.000 [0.000, 0.000]", "", 0, 0, 0);
}

static void a_rate_is_written_as_in_a_scenario(void **state)
{
	(void)state;
	interval_is("201/s [189, 213]", "1/s", 201, 189, 213);
}

static void functions_have_the_names_of_the_standards(void **state)
{
	static const char *const NAMES[][2] = { { "amf", "AMF" }, { "aanf", "AAnF" },
		{ "gnb Oslo 1", "gNB Oslo 1" }, { "ledger", "ledger" }, { "udmurt", "udmurt" },
		{ "visited sepp", "visited SEPP" }, { "visited gnb Oslo 1", "visited gNB Oslo 1" } };
	char text[REP_TEXT];
	(void)state;
	for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
		assert_string_equal(rep_node_name(text, NAMES[i][0]), NAMES[i][1]);
}

static void markup_in_a_text_stays_text(void **state)
{
	(void)state;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	rep_put_in(out, "td class=\"n\"", "<b>\"A\" & 'B'</b>\x01\n");
	fclose(out);
	assert_string_equal(text, "<td class=\"n\">&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt; \n</td>");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_interval_has_the_digits_that_its_half_width_supports),
		cmocka_unit_test(times_have_the_unit_of_their_size),
		cmocka_unit_test(what_is_not_a_number_is_a_word),
		cmocka_unit_test(zero_has_no_sign),
		cmocka_unit_test(equal_replications_give_a_plain_ratio),
		cmocka_unit_test(a_rate_is_written_as_in_a_scenario),
		cmocka_unit_test(functions_have_the_names_of_the_standards),
		cmocka_unit_test(markup_in_a_text_stays_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
