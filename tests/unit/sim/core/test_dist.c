/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/core/dist.h"
#include "sim/core/rng.h"
#include <cmocka.h>
#include <math.h>

enum { N = 40000 };

static const struct sim_dist dist = {.kind = SIM_DIST_LOGNORMAL, .mean_ns = 1.2e6,
	.median_ns = 1e6};

/* Logarithms of pairs of draws that have something in common. */
struct pairs {
	double mean, variance, correlation;
};

static struct pairs draw_pairs(double correlation)
{
	struct sim_stream stream = sim_stream_open(11, 0, 1, 0);
	double x = 0, xx = 0, xy = 0;

	for (int i = 0; i < N; i++) {
		double common = sim_stream_normal(&stream);
		double a = log((double)sim_dist_draw_together(&dist, &stream, common, correlation) / 1e6);
		double b = log((double)sim_dist_draw_together(&dist, &stream, common, correlation) / 1e6);
		x += (a + b) / (2 * N);
		xx += (a * a + b * b) / (2 * N);
		xy += a * b / N;
	}
	return (struct pairs){x, xx - x * x, (xy - x * x) / (xx - x * x)};
}

/* Bounds: four standard errors, 4 / sqrt(N) for a mean of deviation 1. */
static void draws_made_together_have_the_correlation_and_keep_their_distribution(void **state)
{
	static const double correlations[] = {0, 0.15, 0.5, 0.9};
	double variance = 2 * log(1.2);

	(void)state;
	for (size_t i = 0; i < sizeof correlations / sizeof *correlations; i++) {
		struct pairs p = draw_pairs(correlations[i]);
		assert_true(fabs(p.mean) < 0.02 * sqrt(variance));
		assert_true(fabs(p.variance / variance - 1) < 0.03);
		assert_true(fabs(p.correlation - correlations[i]) < 0.02);
	}
}

static void wholly_correlated_draws_follow_what_is_common(void **state)
{
	struct sim_stream stream = sim_stream_open(12, 0, 1, 0);

	(void)state;
	assert_int_equal(sim_dist_draw_together(&dist, &stream, 0, 1), 1000000);
	assert_int_equal(sim_dist_draw_together(&dist, &stream, 1, 1),
	                 llround(1e6 * exp(sqrt(2 * log(1.2)))));
}

static void without_correlation_a_draw_is_the_ordinary_one(void **state)
{
	struct sim_stream one = sim_stream_open(13, 0, 1, 0), other = one;

	(void)state;
	assert_int_equal(sim_dist_draw_together(&dist, &one, 5, 0), sim_dist_draw(&dist, &other));
}

/* Mean and squared coefficient of variation over n draws. */
static void check_moments(const struct sim_dist *of, double mean, double scv, double bound)
{
	struct sim_stream stream = sim_stream_open(14, 0, 1, 0);
	double sum = 0, squares = 0;
	enum { MANY = 4000000 };

	for (int i = 0; i < MANY; i++) {
		double x = (double)sim_dist_draw(of, &stream) / mean;

		sum += x / MANY;
		squares += x * x / MANY;
	}
	assert_true(fabs(sum - 1) < 4 * sqrt(scv / MANY));
	assert_true(fabs(squares / (sum * sum) - 1 - scv) < bound);
}

/* Bounds on the scv: four standard errors of the second moment, sqrt(E X^4 / n). */
static void a_coefficient_of_variation_is_that_of_the_draws(void **state)
{
	struct sim_dist two = sim_dist_hyperexponential(1e7, 4), log = sim_dist_lognormal(1e7, 0.5);

	(void)state;
	check_moments(&two, 1e7, 4, 4 * sqrt(1050.0 / 4e6)); /* E X^4 = 24 (p m1^4 + (1-p) m2^4) */
	check_moments(&log, 1e7, 0.5, 4 * sqrt(11.4 / 4e6)); /* E X^4 = 1.5^6 */
	two = sim_dist_hyperexponential(1e7, 1);
	check_moments(&two, 1e7, 1, 4 * sqrt(24 / 4e6));
}

static void measured_values_come_as_often_as_their_weights(void **state)
{
	static const double value[] = {1, 5, 9}, weight[] = {1, 0, 3};
	struct sim_dist all = sim_dist_empirical((struct sim_values){3, value},
	                                         (struct sim_values){0, NULL});
	struct sim_dist some = sim_dist_empirical((struct sim_values){3, value},
	                                          (struct sim_values){3, weight});
	struct sim_stream stream = sim_stream_open(15, 0, 1, 0);
	int fives = 0, nines = 0;

	(void)state;
	assert_true(all.mean_ns == 5 && some.mean_ns == 7);
	for (int i = 0; i < N; i++) {
		fives += sim_dist_draw(&all, &stream) == 5;
		nines += sim_dist_draw(&some, &stream) == 9;
	}
	assert_true(fabs(fives - N / 3.0) < 4 * sqrt(N * 2.0 / 9));
	assert_true(fabs(nines - N * 0.75) < 4 * sqrt(N * 0.1875));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(draws_made_together_have_the_correlation_and_keep_their_distribution),
		cmocka_unit_test(wholly_correlated_draws_follow_what_is_common),
		cmocka_unit_test(a_coefficient_of_variation_is_that_of_the_draws),
		cmocka_unit_test(measured_values_come_as_often_as_their_weights),
		cmocka_unit_test(without_correlation_a_draw_is_the_ordinary_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
