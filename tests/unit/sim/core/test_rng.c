/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/core/dist.h"
#include "sim/core/rng.h"
#include <cmocka.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

/* Known answers of Philox4x32-10: Salmon et al., SC'11; kat_vectors of Random123. */
static void a_block_is_the_published_philox_answer(void **state)
{
	static const uint32_t zero[4] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
	static const uint32_t pi[4] = {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1};
	struct sim_stream stream = sim_stream_open(0, 0, 0, 0);

	(void)state;
	for (int i = 0; i < 4; i++)
		assert_int_equal(sim_stream_u32(&stream), zero[i]);
	stream = (struct sim_stream){.key = {0xa4093822, 0x299f31d0},
		.counter = {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, .used = 4};
	for (int i = 0; i < 4; i++)
		assert_int_equal(sim_stream_u32(&stream), pi[i]);
}

/* The layout that the header promises is part of every result's reproducibility. */
static void a_name_stands_where_the_header_says(void **state)
{
	struct sim_stream s =
		sim_stream_open(UINT64_C(0x1111222233334444), 0xabcde, 0xfed, UINT64_C(0x5555666677778888));

	(void)state;
	assert_int_equal(s.key[0], 0x33334444);
	assert_int_equal(s.key[1], 0x11112222);
	assert_int_equal(s.counter[0], 0);
	assert_int_equal(s.counter[1], 0x77778888);
	assert_int_equal(s.counter[2], 0xfedabcde);
	assert_int_equal(s.counter[3], 0x55556666);
}

static void a_stream_does_not_depend_on_others_opened_before_it(void **state)
{
	struct sim_stream alone = sim_stream_open(7, 3, 5, 11), other, again;

	(void)state;
	other = sim_stream_open(7, 3, 4, 11);
	sim_stream_u64(&other);
	again = sim_stream_open(7, 3, 5, 11);
	for (int i = 0; i < 100; i++) {
		assert_int_equal(sim_stream_u32(&again), sim_stream_u32(&alone));
		sim_stream_u32(&other);
	}
}

static void every_word_of_the_name_matters(void **state)
{
	struct sim_stream streams[] = {
		sim_stream_open(1, 0, 0, 0), sim_stream_open(UINT64_C(1) << 32, 0, 0, 0),
		sim_stream_open(0, 1, 0, 0), sim_stream_open(0, 0, 1, 0), sim_stream_open(0, 0, 0, 1),
		sim_stream_open(0, 0, 0, UINT64_C(1) << 32), sim_stream_open(0, 0, 0, 0),
	};
	enum { N = sizeof streams / sizeof *streams };
	uint64_t first[N];

	(void)state;
	for (int i = 0; i < N; i++) {
		first[i] = sim_stream_u64(&streams[i]);
		for (int k = 0; k < i; k++)
			assert_int_not_equal(first[i], first[k]);
	}
}

static void gsl_sees_the_same_numbers(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(sim_rng_philox);
	struct sim_stream stream = sim_stream_open(9, 8, 7, 6);

	(void)state;
	sim_rng_name(rng, 9, 8, 7, 6);
	assert_int_equal(gsl_rng_min(rng), 0);
	assert_int_equal(gsl_rng_max(rng), UINT32_MAX);
	for (int i = 0; i < 50; i++) {
		assert_int_equal(gsl_rng_get(rng), sim_stream_u32(&stream));
		assert_true(gsl_rng_uniform(rng) == sim_stream_u01(&stream));
	}
	gsl_rng_set(rng, 5);
	stream = sim_stream_open(5, 0, 0, 0);
	assert_int_equal(gsl_rng_get(rng), sim_stream_u32(&stream));
	gsl_rng_free(rng);
}

static void a_uniform_is_never_zero_or_one(void **state)
{
	struct sim_stream low = {.word = {0, 0, 0, 0}, .used = 0};
	struct sim_stream high = {.word = {UINT32_MAX, UINT32_MAX, 0, 0}, .used = 0};

	(void)state;
	assert_true(sim_stream_u01(&low) > 0);
	assert_true(sim_stream_u01(&high) < 1);
}

/* Chi-squared over 10 cells, 9 degrees of freedom: 27.9 is exceeded with probability 0.001. */
static void numbers_below_n_are_uniform(void **state)
{
	struct sim_stream stream = sim_stream_open(1, 2, 3, 4);
	double count[10] = {0}, chi2 = 0;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		uint32_t k = sim_stream_below(&stream, 10);
		assert_in_range(k, 0, 9);
		count[k]++;
	}
	for (int k = 0; k < 10; k++)
		chi2 += (count[k] - 10000) * (count[k] - 10000) / 10000;
	assert_true(chi2 < 27.9);
	assert_int_equal(sim_stream_below(&stream, 1), 0);
}

static void octets_are_the_words_in_little_endian(void **state)
{
	struct sim_stream a = sim_stream_open(1, 2, 3, 4), b = a;
	uint8_t out[11];

	(void)state;
	sim_stream_octets(&a, out, sizeof out);
	for (unsigned i = 0; i < sizeof out;) {
		uint32_t word = sim_stream_u32(&b);
		for (unsigned k = 0; k < 4 && i < sizeof out; k++, i++)
			assert_int_equal(out[i], word >> (8 * k) & 0xff);
	}
}

static void sample(const struct sim_dist *dist, double *mean, double *sd, double *median)
{
	enum { N = 40000 };
	static double x[N];
	struct sim_stream stream = sim_stream_open(77, 0, 1, dist->kind);

	for (int i = 0; i < N; i++) {
		int64_t ns = sim_dist_draw(dist, &stream);
		assert_true(ns >= 0);
		x[i] = (double)ns;
	}
	*mean = gsl_stats_mean(x, 1, N);
	*sd = gsl_stats_sd_m(x, 1, N, *mean);
	*median = gsl_stats_median(x, 1, N);
}

/* Bounds: five standard errors of the mean; 3 % for the spread. */
static void assert_sampled(const struct sim_dist *dist, double mean, double sd)
{
	double m, s, median;

	sample(dist, &m, &s, &median);
	assert_true(fabs(m - mean) <= 5 * sd / sqrt(40000.0));
	assert_true(fabs(s - sd) <= 0.03 * sd);
}

static void durations_have_the_mean_and_spread_of_their_distribution(void **state)
{
	const double mean = 1e6, median = 8e5;
	struct sim_dist d = {.kind = SIM_DIST_DETERMINISTIC, .mean_ns = mean};
	double m, s, q;

	(void)state;
	assert_sampled(&d, mean, 0);
	d.kind = SIM_DIST_EXPONENTIAL;
	assert_sampled(&d, mean, mean);
	d.kind = SIM_DIST_ERLANG;
	d.shape = 4;
	assert_sampled(&d, mean, mean / 2);
	d.kind = SIM_DIST_UNIFORM;
	d.half_width_ns = 3e5;
	assert_sampled(&d, mean, 3e5 / sqrt(3));
	d.kind = SIM_DIST_LOGNORMAL;
	d.median_ns = median;
	/* variance = mean^2 (exp(sigma^2) - 1), exp(sigma^2) = (mean/median)^2 */
	assert_sampled(&d, mean, mean * sqrt(mean * mean / (median * median) - 1));
	sample(&d, &m, &s, &q);
	assert_true(fabs(q - median) < 0.02 * median);
}

static void a_draw_consumes_a_fixed_number_of_words(void **state)
{
	struct sim_dist d = {.mean_ns = 1e6, .median_ns = 9e5, .half_width_ns = 1e5, .shape = 3};
	static const int uniforms[] = {0, 1, 3, 2, 1};

	(void)state;
	for (uint8_t kind = SIM_DIST_DETERMINISTIC; kind <= SIM_DIST_UNIFORM; kind++) {
		struct sim_stream a = sim_stream_open(1, 0, 2, kind), b = a;
		d.kind = kind;
		for (int i = 0; i < 20; i++)
			sim_dist_draw(&d, &a);
		for (int i = 0; i < 20 * uniforms[kind]; i++)
			sim_stream_u01(&b);
		assert_int_equal(sim_stream_u32(&a), sim_stream_u32(&b));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_block_is_the_published_philox_answer),
		cmocka_unit_test(a_name_stands_where_the_header_says),
		cmocka_unit_test(a_stream_does_not_depend_on_others_opened_before_it),
		cmocka_unit_test(every_word_of_the_name_matters),
		cmocka_unit_test(gsl_sees_the_same_numbers),
		cmocka_unit_test(a_uniform_is_never_zero_or_one),
		cmocka_unit_test(numbers_below_n_are_uniform),
		cmocka_unit_test(octets_are_the_words_in_little_endian),
		cmocka_unit_test(durations_have_the_mean_and_spread_of_their_distribution),
		cmocka_unit_test(a_draw_consumes_a_fixed_number_of_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
