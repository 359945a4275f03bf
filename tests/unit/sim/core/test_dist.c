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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(draws_made_together_have_the_correlation_and_keep_their_distribution),
		cmocka_unit_test(wholly_correlated_draws_follow_what_is_common),
		cmocka_unit_test(without_correlation_a_draw_is_the_ordinary_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
