/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "analysis/stat/cluster.h"
#include "analysis/stat/quantile.h"
#include "sim/core/rng.h"
#include <stdlib.h>
#include "tests/unit/analysis/near.h"

static void a_quantile_is_the_smallest_sample_with_enough_at_or_below(void **state)
{
	(void)state;
	assert_int_equal(stat_quantile_rank(10, 0.5), 5);
	assert_int_equal(stat_quantile_rank(11, 0.5), 6);
	assert_int_equal(stat_quantile_rank(100, 0.07), 7);
	assert_int_equal(stat_quantile_rank(10, 0.0001), 1);
	assert_int_equal(stat_quantile_rank(10, 0.9999), 10);
}

static void ranks_and_coverage_are_those_of_the_binomial(void **state)
{
	(void)state;
	/* P(low <= Bin(n, p) < high), each tail at most 2.5 %: sums of the exact binomial. */
	static const struct {
		size_t n;
		double p;
		size_t low, high;
		double coverage;
	} row[] = {
		{100, 0.5, 40, 61, 0.9647997997822952},
		{1000, 0.95, 936, 964, 0.9580952682226542},
		{1000, 0.99, 983, 997, 0.9760947634979771},
		{10000, 0.99, 9880, 9920, 0.9557546828065552},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct stat_ranks r = stat_quantile_ranks(row[i].n, row[i].p, 0.95);
		assert_int_equal(r.low, row[i].low);
		assert_int_equal(r.high, row[i].high);
		assert_near(stat_quantile_coverage(row[i].n, row[i].p, r), row[i].coverage, 1e-10);
	}
}

static void the_fewest_samples_are_where_the_ranks_first_exist(void **state)
{
	(void)state;
	assert_int_equal(stat_quantile_min_n(0.99, 0.95), 368);
	assert_int_equal(stat_quantile_min_n(0.5, 0.95), 6);
	static const double p[] = {0.5, 0.9, 0.95, 0.99, 0.999};
	for (int i = 0; i < 5; i++) {
		size_t n = stat_quantile_min_n(p[i], 0.95);
		struct stat_ranks enough = stat_quantile_ranks(n, p[i], 0.95);
		struct stat_ranks few = stat_quantile_ranks(n - 1, p[i], 0.95);
		assert_true(enough.low >= 1 && enough.high <= n);
		assert_true(few.low < 1 || few.high > n - 1);
	}
}

static void too_few_samples_have_no_quantile(void **state)
{
	(void)state;
	double x[400];
	for (int i = 0; i < 400; i++)
		x[i] = i;
	assert_true(isnan(stat_quantile(x, 367, 0.99, 0.95).value));
	assert_true(stat_quantile(x, 368, 0.99, 0.95).value == 364);
}

static void more_failures_than_one_in_a_hundred_make_p99_infinite(void **state)
{
	(void)state;
	double x[1000];
	for (int i = 0; i < 1000; i++)
		x[i] = i < 989 ? i : INFINITY;
	struct stat_interval i = stat_quantile(x, 1000, 0.99, 0.95);
	assert_true(isinf(i.value) && isfinite(i.low) && isinf(i.high));
	assert_true(isfinite(stat_quantile(x, 1000, 0.5, 0.95).high));
}

static void an_ecdf_ends_below_one_when_some_never_finish(void **state)
{
	(void)state;
	const double x[] = {1, 2, 2, 3, INFINITY};
	double px[8], pf[8];
	assert_int_equal(stat_ecdf(x, 5, 8, px, pf), 3);
	assert_true(px[0] == 1 && pf[0] == 0.2 && px[1] == 2 && pf[1] == 0.6);
	assert_true(px[2] == 3 && pf[2] == 0.8);
}

static void a_thinned_ecdf_keeps_its_ends(void **state)
{
	(void)state;
	double *x = malloc(10000 * sizeof *x), px[50], pf[50];
	for (int i = 0; i < 10000; i++)
		x[i] = i;
	assert_int_equal(stat_ecdf(x, 10000, 50, px, pf), 50);
	assert_true(px[0] == 0 && px[49] == 9999 && pf[49] == 1);
	free(x);
}

enum { N = 3000, CLUSTERS = 7, MOST_TIMES = 3 };

/* The same quantile by repeating each cluster's samples and sorting. */
static double resorted(const struct stat_sample *s, size_t n, const uint16_t *w, double p)
{
	double *x = malloc(64 * MOST_TIMES * n * sizeof *x);
	size_t m = 0;
	for (size_t i = 0; i < n; i++)
		for (uint32_t k = 0; k < w[s[i].cluster] * s[i].times; k++)
			x[m++] = s[i].value;
	stat_sort(x, m);
	double q = m ? x[stat_quantile_rank(m, p) - 1] : NAN;
	free(x);
	return q;
}

static void fill(struct stat_sample *s)
{
	struct sim_stream stream = sim_stream_open(1, 0, 1, 0);
	for (int i = 0; i < N; i++) {
		s[i].cluster = sim_stream_below(&stream, CLUSTERS);
		s[i].times = 1 + sim_stream_below(&stream, MOST_TIMES);
		s[i].value = sim_stream_u01(&stream) < 0.02 ? INFINITY
		                                            : sim_stream_u01(&stream) + s[i].cluster;
	}
}

static void the_bootstrap_finds_the_quantiles_that_sorting_finds(void **state)
{
	(void)state;
	static struct stat_sample s[N];
	struct stat_pool pool;
	static const double p[] = {0.01, 0.5, 0.9, 0.999};
	fill(s);
	assert_int_equal(stat_pool_init(&pool, s, N, CLUSTERS), 0);
	struct stat_boot *boot = stat_boot_new(7, CLUSTERS);
	double tail = stat_boot_tail(CLUSTERS, 0.95);
	for (int k = 0; k < 4; k++) {
		double statistic[STAT_RESAMPLES];
		for (uint32_t b = 0; b < boot->resamples; b++)
			statistic[b] = resorted(s, N, &boot->weight[b * CLUSTERS], p[k]);
		stat_sort(statistic, STAT_RESAMPLES);
		struct stat_interval i = stat_pool_quantile(&pool, boot, p[k], 0.95);
		assert_true(i.low == statistic[stat_quantile_rank(STAT_RESAMPLES, tail) - 1]);
		assert_true(i.high == statistic[stat_quantile_rank(STAT_RESAMPLES, 1 - tail) - 1]);
	}
	stat_boot_free(boot);
	stat_pool_free(&pool);
}

static void quantiles_of_each_cluster_are_those_of_its_samples_alone(void **state)
{
	(void)state;
	static struct stat_sample s[N];
	struct stat_pool pool;
	double each[CLUSTERS];
	fill(s);
	assert_int_equal(stat_pool_init(&pool, s, N, CLUSTERS), 0);
	stat_pool_each(&pool, 0.9, each);
	for (uint32_t c = 0; c < CLUSTERS; c++) {
		uint16_t only[CLUSTERS] = {0};
		only[c] = 1;
		assert_true(each[c] == resorted(s, N, only, 0.9));
	}
	stat_pool_free(&pool);
}

static void a_prefix_of_a_pool_forgets_what_comes_after(void **state)
{
	(void)state;
	struct stat_sample s[] = {{3, 0, 1}, {INFINITY, 1, 1}, {1, 1, 1}, {2, 0, 5}};
	struct stat_pool pool, finite;
	assert_int_equal(stat_pool_init(&pool, s, 4, 2), 0);
	assert_int_equal(stat_pool_prefix(&finite, &pool, 7), 0);
	double each[2];
	stat_pool_each(&finite, 0.99, each);
	assert_true(each[0] == 3 && each[1] == 1);
	stat_pool_each(&pool, 0.99, each);
	assert_true(isinf(each[1]));
	stat_pool_free(&finite);
	stat_pool_free(&pool);
}

static void every_resample_draws_as_many_clusters_as_there_are(void **state)
{
	(void)state;
	struct stat_boot *boot = stat_boot_new(1, 30), *again = stat_boot_new(1, 30);
	double first = 0;
	for (uint32_t b = 0; b < boot->resamples; b++) {
		unsigned sum = 0;
		for (uint32_t c = 0; c < 30; c++) {
			sum += boot->weight[b * 30 + c];
			assert_int_equal(boot->weight[b * 30 + c], again->weight[b * 30 + c]);
		}
		assert_int_equal(sum, 30);
		first += boot->weight[b * 30];
	}
	/* The mean weight is 1; its sd over 1000 resamples is 0.03. */
	assert_near(first / boot->resamples, 1, 0.15);
	stat_boot_free(boot);
	stat_boot_free(again);
}

static void the_bootstrap_widens_for_few_clusters_and_gives_up_below_five(void **state)
{
	(void)state;
	/* Phi(-t sqrt(n / (n - 1))) with the tables' t(0.975) for 19 and 29 degrees of freedom. */
	assert_near(stat_boot_tail(20, 0.95), erfc(2.09302405440831 * sqrt(20 / 19.0 / 2)) / 2, 1e-12);
	assert_near(stat_boot_tail(30, 0.95), erfc(2.045229642132704 * sqrt(30 / 29.0 / 2)) / 2, 1e-12);
	const double num[] = {1, 2, 3, 4, 6}, den[] = {1, 1, 1, 1, 1};
	struct stat_boot *four = stat_boot_new(5, 4), *five = stat_boot_new(5, 5);
	struct stat_interval i = stat_boot_ratio(four, num, den, 0.95);
	assert_true(i.value == 2.5 && isnan(i.low) && isnan(i.high));
	struct stat_interval t = stat_t_interval(num, 5, 0.95);
	i = stat_boot_ratio(five, num, den, 0.95);
	assert_near((i.high - i.low) / (t.high - t.low), 1, 0.25);
	stat_boot_free(four);
	stat_boot_free(five);
}

static void a_bootstrapped_mean_has_about_the_interval_of_student(void **state)
{
	(void)state;
	double num[40], den[40];
	struct sim_stream stream = sim_stream_open(3, 0, 1, 0);
	for (int i = 0; i < 40; i++) {
		num[i] = sim_stream_normal(&stream);
		den[i] = 1;
	}
	struct stat_boot *boot = stat_boot_new(5, 40);
	struct stat_interval b = stat_boot_ratio(boot, num, den, 0.95);
	struct stat_interval t = stat_t_interval(num, 40, 0.95);
	assert_near(b.value, t.value, 1e-12);
	assert_near((b.high - b.low) / (t.high - t.low), 1, 0.15);
	for (int i = 0; i < 40; i++)
		den[i] = 0;
	assert_true(isnan(stat_boot_ratio(boot, num, den, 0.95).value));
	stat_boot_free(boot);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_quantile_is_the_smallest_sample_with_enough_at_or_below),
		cmocka_unit_test(ranks_and_coverage_are_those_of_the_binomial),
		cmocka_unit_test(the_fewest_samples_are_where_the_ranks_first_exist),
		cmocka_unit_test(too_few_samples_have_no_quantile),
		cmocka_unit_test(more_failures_than_one_in_a_hundred_make_p99_infinite),
		cmocka_unit_test(an_ecdf_ends_below_one_when_some_never_finish),
		cmocka_unit_test(a_thinned_ecdf_keeps_its_ends),
		cmocka_unit_test(the_bootstrap_finds_the_quantiles_that_sorting_finds),
		cmocka_unit_test(quantiles_of_each_cluster_are_those_of_its_samples_alone),
		cmocka_unit_test(a_prefix_of_a_pool_forgets_what_comes_after),
		cmocka_unit_test(every_resample_draws_as_many_clusters_as_there_are),
		cmocka_unit_test(the_bootstrap_widens_for_few_clusters_and_gives_up_below_five),
		cmocka_unit_test(a_bootstrapped_mean_has_about_the_interval_of_student),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
