/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/near.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Worked examples of Damerau, CACM 7(3), 1964, and of Levenshtein's distance in any textbook. */
static void distances_are_those_of_the_textbooks(void **state)
{
	(void)state;
	assert_int_equal(scn_distance("", ""), 0);
	assert_int_equal(scn_distance("abc", ""), 3);
	assert_int_equal(scn_distance("kitten", "sitting"), 3);
	assert_int_equal(scn_distance("saturday", "sunday"), 3);
	assert_int_equal(scn_distance("ca", "ac"), 1);
	assert_int_equal(scn_distance("ca", "abc"), 3); /* optimal string alignment, not Damerau's 2 */
}

static void a_word_too_long_for_the_table_is_cut(void **state)
{
	char a[1000], b[1000];

	(void)state;
	for (int i = 0; i < 999; i++) {
		a[i] = 'a';
		b[i] = 'b';
	}
	a[999] = b[999] = '\0';
	assert_int_equal(scn_distance(a, b), 127);
}

static void the_nearest_is_the_first_of_the_nearest(void **state)
{
	struct scn_near near = {.wanted = "dayz"};

	(void)state;
	scn_near_try(&near, "days");
	scn_near_try(&near, "dayx");
	assert_string_equal(near.best, "days");
}

static void nothing_is_near_when_more_than_half_differs(void **state)
{
	struct scn_near near = {.wanted = "abcd"};

	(void)state;
	scn_near_try(&near, "axyz");
	assert_null(near.best);
	scn_near_try(&near, "abxy");
	assert_string_equal(near.best, "abxy");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(distances_are_those_of_the_textbooks),
		cmocka_unit_test(a_word_too_long_for_the_table_is_cut),
		cmocka_unit_test(the_nearest_is_the_first_of_the_nearest),
		cmocka_unit_test(nothing_is_near_when_more_than_half_differs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
