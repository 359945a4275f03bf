/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Known answers: tables of the distributions, and R's output where it is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "analysis/stat/gsl.h"
#include "analysis/stat/interval.h"
#include "analysis/stat/moment.h"
#include <gsl/gsl_sf_gamma.h>
#include "tests/unit/analysis/near.h"

static void student_quantiles_are_those_of_the_tables(void **state)
{
	(void)state;
	assert_near(stat_t_quantile(0.975, 4), 2.776445105197794, 1e-12);
	assert_near(stat_t_quantile(0.975, 19), 2.09302405440831, 1e-12);
	assert_near(stat_t_quantile(0.975, 29), 2.045229642132704, 1e-12);
}

static void a_t_interval_is_mean_plus_minus_t_s_over_root_n(void **state)
{
	(void)state;
	const double x[] = {1, 2, 3, 4, 5};
	struct stat_interval i = stat_t_interval(x, 5, 0.95);
	double half = 2.776445105197794 * sqrt(2.5) / sqrt(5);
	assert_near(i.value, 3, 1e-15);
	assert_near(i.low, 3 - half, 1e-12);
	assert_near(i.high, 3 + half, 1e-12);
}

static void one_replication_has_a_value_and_no_interval(void **state)
{
	(void)state;
	const double x = 7;
	struct stat_interval i = stat_t_interval(&x, 1, 0.95);
	assert_true(i.value == 7 && isnan(i.low) && isnan(i.high));
	assert_true(isnan(stat_t_interval(&x, 0, 0.95).value));
}

static void an_infinite_value_makes_an_infinite_mean_without_bounds(void **state)
{
	(void)state;
	const double x[] = {1, INFINITY, 3};
	struct stat_interval i = stat_t_interval(x, 3, 0.95);
	assert_true(isinf(i.value) && isnan(i.low) && isnan(i.high));
}

static void equal_values_have_an_interval_of_no_width(void **state)
{
	(void)state;
	const double x[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
	struct stat_interval i = stat_t_interval(x, 7, 0.95);
	assert_true(i.value == 0.1 && i.low == 0.1 && i.high == 0.1);
}

static void bounds_are_cut_to_the_range_and_undefined_ones_stay_undefined(void **state)
{
	(void)state;
	struct stat_interval i = stat_clip((struct stat_interval){0.9, -0.2, 1.3}, 0, 1);
	assert_true(i.value == 0.9 && i.low == 0 && i.high == 1);
	i = stat_clip((struct stat_interval){0.9, 0.8, 0.95}, 0, 1);
	assert_true(i.low == 0.8 && i.high == 0.95);
	i = stat_clip((struct stat_interval){0.9, NAN, NAN}, 0, 1);
	assert_true(isnan(i.low) && isnan(i.high));
}

static void pairing_removes_what_both_have_in_common(void **state)
{
	(void)state;
	const double x[] = {11, 25, 32, 48}, y[] = {10, 24, 31, 47};
	struct stat_interval i = stat_paired(x, y, 4, 0.95);
	assert_true(i.value == 1 && i.low == 1 && i.high == 1);
	const double z[] = {10, 22, 31, 45}; /* differences 1 3 1 3: sd 2/sqrt(3), t(3) = 3.182446 */
	i = stat_paired(x, z, 4, 0.95);
	assert_near(i.value, 2, 1e-12);
	assert_near(i.high - i.value, 3.182446305284263 / sqrt(3), 1e-9);
}

static void no_event_in_n_gives_the_rule_of_three(void **state)
{
	(void)state;
	assert_near(stat_zero_events_bound(10, 0.95), 0.2588655508930523, 1e-14);
	assert_near(stat_zero_events_bound(100000, 0.95), 2.995687401942796e-5, 1e-18);
	assert_true(stat_zero_events_bound(0, 0.95) == 1);
}

static void clopper_pearson_is_that_of_r_binom_test(void **state)
{
	(void)state;
	/* binom.test(8, 10)$conf.int: 0.4439045 0.9747893 */
	struct stat_interval i = stat_proportion(8, 10, 0.95);
	assert_near(i.low, 0.4439045, 1e-7);
	assert_near(i.high, 0.9747893, 1e-7);
	i = stat_proportion(0, 10, 0.95);
	assert_true(i.value == 0 && i.low == 0);
	assert_near(i.high, 0.2588655508930523, 1e-14);
	i = stat_proportion(10, 10, 0.95);
	assert_true(i.value == 1 && i.high == 1);
	assert_near(i.low, 1 - 0.2588655508930523, 1e-14);
	assert_true(isnan(stat_proportion(0, 0, 0.95).value));
}

static void welch_s_test_is_that_of_the_worked_example(void **state)
{
	(void)state;
	/* means 20 and 23, variances 4 and 25 of 10 and 20: se^2 = 0.4 + 1.25 = 1.65, t = -2.33550,
	 * df = 1.65^2 / (0.4^2/9 + 1.25^2/19) = 27.2203. */
	struct stat_mean_of a = {20, sqrt(0.4), 9}, b = {23, sqrt(1.25), 19};
	double t = stat_t_quantile(1 - stat_welch(a, b) / 2, 1.65 * 1.65 / (0.16 / 9 + 1.5625 / 19));
	assert_near(t, 3 / sqrt(1.65), 1e-9);
	assert_near(stat_welch(a, b), stat_welch(b, a), 1e-15);
	assert_true(stat_welch(a, b) > 0.01 && stat_welch(a, b) < 0.05);
}

static void without_spread_on_both_sides_any_difference_is_significant(void **state)
{
	(void)state;
	struct stat_mean_of a = {1, 0, 29}, b = {1.0000001, 0, 29}, none = {NAN, 0, 29};
	assert_true(stat_welch(a, a) == 1);
	assert_true(stat_welch(a, b) == 0);
	assert_true(isnan(stat_welch(a, none)));
}

static void holm_steps_down_and_bonferroni_does_not(void **state)
{
	(void)state;
	/* R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") = 0.03 0.06 0.06 0.02 */
	const double p[] = {0.01, 0.04, NAN, 0.03, 0.005}, holm[] = {0.03, 0.06, NAN, 0.06, 0.02};
	double out[5];
	stat_holm(p, out, 5);
	for (int i = 0; i < 5; i++)
		assert_true(i == 2 ? isnan(out[i]) : fabs(out[i] - holm[i]) < 1e-15);
	stat_bonferroni(p, out, 5);
	assert_near(out[1], 0.16, 1e-15);
	assert_near(out[4], 0.02, 1e-15);
}

static void entropies_are_those_of_the_closed_forms(void **state)
{
	(void)state;
	double skew[101] = {0.5}, unif[64], geom[10];
	for (int i = 1; i < 101; i++)
		skew[i] = 1.0 / 200;
	for (int i = 0; i < 64; i++)
		unif[i] = 1.0 / 64;
	for (int i = 0; i < 10; i++)
		geom[i] = exp2(-(i < 9 ? i + 1 : 9));
	assert_near(stat_entropy_bit(skew, 101), 4.321928094887362, 1e-12);
	assert_near(stat_anonymity_set(skew, 101), 20, 1e-11);
	assert_near(stat_anonymity_degree(skew, 101), 0.6491124690291661, 1e-12);
	assert_near(stat_min_entropy_bit(skew, 101), 1, 1e-15);
	assert_near(stat_entropy_bit(unif, 64), 6, 1e-12);
	assert_near(stat_entropy_bit(geom, 10), 1.99609375, 1e-12);
}

static void certainty_has_no_entropy_and_a_set_of_one(void **state)
{
	(void)state;
	const double sure[] = {0, 1};
	assert_true(stat_entropy_bit(sure, 2) == 0 && !signbit(stat_entropy_bit(sure, 2)));
	assert_true(stat_anonymity_set(sure, 2) == 1);
	assert_true(isnan(stat_anonymity_degree(sure, 1)));
}

static void an_error_inside_gsl_is_counted_and_does_not_abort(void **state)
{
	(void)state;
	stat_gsl_install();
	stat_gsl_reset();
	assert_int_equal(stat_gsl_errors(), 0);
	gsl_sf_gamma(-1);
	assert_true(stat_gsl_errors() > 0);
	assert_true(stat_gsl_first_error()[0] != '\0');
	stat_gsl_reset();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(student_quantiles_are_those_of_the_tables),
		cmocka_unit_test(a_t_interval_is_mean_plus_minus_t_s_over_root_n),
		cmocka_unit_test(one_replication_has_a_value_and_no_interval),
		cmocka_unit_test(an_infinite_value_makes_an_infinite_mean_without_bounds),
		cmocka_unit_test(equal_values_have_an_interval_of_no_width),
		cmocka_unit_test(bounds_are_cut_to_the_range_and_undefined_ones_stay_undefined),
		cmocka_unit_test(pairing_removes_what_both_have_in_common),
		cmocka_unit_test(no_event_in_n_gives_the_rule_of_three),
		cmocka_unit_test(clopper_pearson_is_that_of_r_binom_test),
		cmocka_unit_test(welch_s_test_is_that_of_the_worked_example),
		cmocka_unit_test(without_spread_on_both_sides_any_difference_is_significant),
		cmocka_unit_test(holm_steps_down_and_bonferroni_does_not),
		cmocka_unit_test(entropies_are_those_of_the_closed_forms),
		cmocka_unit_test(certainty_has_no_entropy_and_a_set_of_one),
		cmocka_unit_test(an_error_inside_gsl_is_counted_and_does_not_abort),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
