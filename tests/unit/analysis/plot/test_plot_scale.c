/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/plot/scale.h"

static void near(double a, double b)
{
	assert_true(fabs(a - b) <= 1e-12 * fmax(1, fabs(b)));
}

static void steps_are_one_two_or_five_times_a_power_of_ten(void **state)
{
	(void)state;
	near(plot_scale_step(10, 10), 1);
	near(plot_scale_step(11, 10), 2);
	near(plot_scale_step(21, 10), 5);
	near(plot_scale_step(51, 10), 10);
	near(plot_scale_step(0.0007, 7), 0.0001);
}

static void a_linear_axis_has_no_more_steps_than_wanted(void **state)
{
	(void)state;
	for (double span = 1e-6; span < 1e9; span *= 1.37) {
		struct plot_scale s;
		plot_scale_set(&s, false, 0.3 * span, 1.3 * span, false, 6);
		assert_true(s.n_ticks >= 2 && s.n_ticks <= 7);
		for (size_t i = 0; i < s.n_ticks; i++)
			assert_true(s.tick[i].value >= s.lo - 1e-9 * span &&
			            s.tick[i].value <= s.hi + 1e-9 * span);
	}
}

static void a_clock_names_the_day_where_it_begins(void **state)
{
	static const char *const WANT[] = { "day 3, 23:50", "day 4, 00:00", "00:10" };
	struct plot_scale s;
	(void)state;
	plot_scale_set_clock(&s, 3 * 86400.0 - 700, 3 * 86400.0 + 700, 4);
	assert_int_equal(s.n_ticks, 3);
	for (size_t i = 0; i < 3; i++)
		assert_string_equal(s.tick[i].text, WANT[i]);
}

static void a_clock_of_a_minute_shows_seconds(void **state)
{
	struct plot_scale s;
	(void)state;
	plot_scale_set_clock(&s, 3600, 3660, 6);
	assert_string_equal(s.tick[1].text, "01:00:10");
}

static void a_rounded_domain_ends_at_ticks(void **state)
{
	(void)state;
	struct plot_scale s;
	plot_scale_set(&s, false, -0.17, 0.93, true, 6);
	near(s.lo, -0.2);
	near(s.hi, 1);
	near(s.tick[0].value, -0.2);
	near(s.tick[s.n_ticks - 1].value, 1);
	assert_string_equal(s.tick[0].text, "-0.2");
	assert_string_equal(s.tick[1].text, "0.0");
}

static void a_few_decades_name_two_and_five(void **state)
{
	(void)state;
	static const char *const WANT[] = { "2", "5", "10", "20", "50" };
	struct plot_scale s;
	size_t named = 0;
	plot_scale_set(&s, true, 2.4, 48, true, 8);
	for (size_t i = 0; i < s.n_ticks; i++)
		if (s.tick[i].major) {
			assert_true(named < 5);
			assert_string_equal(s.tick[i].text, WANT[named++]);
		}
	assert_int_equal(named, 5);
}

static void many_decades_name_powers_of_ten_alone(void **state)
{
	(void)state;
	struct plot_scale s;
	plot_scale_set(&s, true, 0.01, 1e4, true, 8);
	for (size_t i = 0; i < s.n_ticks; i++) {
		const double exponent = log10(s.tick[i].value);
		assert_int_equal(s.tick[i].major, fabs(exponent - round(exponent)) < 1e-9);
	}
	assert_string_equal(s.tick[0].text, "0.01");
}

static void a_value_lands_between_the_ends_of_its_axis(void **state)
{
	(void)state;
	struct plot_scale s;
	plot_scale_set(&s, true, 1, 100, true, 8);
	s.px_lo = 50;
	s.px_hi = 250;
	near(plot_scale_px(&s, 10), 150);
	near(plot_scale_px(&s, 0.001), 50);
	near(plot_scale_px(&s, -3), 50);
	near(plot_scale_px(&s, NAN), 50);
	near(plot_scale_px(&s, INFINITY), 250);
	assert_true(plot_scale_holds(&s, 10) && !plot_scale_holds(&s, 101));
}

static void a_turned_axis_runs_backwards(void **state)
{
	(void)state;
	struct plot_scale s;
	plot_scale_set(&s, false, 0, 4, true, 4);
	s.px_lo = 300;
	s.px_hi = 100;
	near(plot_scale_px(&s, 1), 250);
}

static void hopeless_ranges_become_drawable(void **state)
{
	(void)state;
	static const double RANGES[][2] = { { 5, 5 }, { 0, 0 }, { 3, -3 }, { NAN, NAN },
		                                { INFINITY, -INFINITY }, { -2, 0 }, { 0, INFINITY } };
	for (size_t i = 0; i < sizeof RANGES / sizeof RANGES[0]; i++)
		for (int log = 0; log < 2; log++) {
			struct plot_scale s;
			plot_scale_set(&s, log, RANGES[i][0], RANGES[i][1], true, 6);
			assert_true(isfinite(s.lo) && isfinite(s.hi) && s.lo < s.hi);
			assert_true(!log || s.lo > 0);
			assert_true(s.n_ticks >= 2 && s.n_ticks <= PLOT_MAX_TICKS);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_are_one_two_or_five_times_a_power_of_ten),
		cmocka_unit_test(a_linear_axis_has_no_more_steps_than_wanted),
		cmocka_unit_test(a_clock_names_the_day_where_it_begins),
		cmocka_unit_test(a_clock_of_a_minute_shows_seconds),
		cmocka_unit_test(a_rounded_domain_ends_at_ticks),
		cmocka_unit_test(a_few_decades_name_two_and_five),
		cmocka_unit_test(many_decades_name_powers_of_ten_alone),
		cmocka_unit_test(a_value_lands_between_the_ends_of_its_axis),
		cmocka_unit_test(a_turned_axis_runs_backwards),
		cmocka_unit_test(hopeless_ranges_become_drawable),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
