/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sketch against the values that it was given, sorted: several distributions, heavy tails too. */
#include "analysis/stat/quantile.h"
#include "models/record/sketch.h"
#include "sim/core/rng.h"
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = 200000, PURPOSE = 3901 };

static double uniform(struct sim_stream *s)
{
	return 1e6 + 1e9 * sim_stream_u01(s);
}
static double exponential(struct sim_stream *s)
{
	return -12e6 * log1p(-sim_stream_u01(s));
}
static double lognormal(struct sim_stream *s) /* 99.9 % is 10 000 times the median */
{
	return 5e6 * exp(3 * sim_stream_normal(s));
}
static double pareto(struct sim_stream *s) /* without a mean */
{
	return fmin(1e5 * pow(1 - sim_stream_u01(s), -1 / 0.7), 9e18);
}
static double two_lumps(struct sim_stream *s) /* a wait, or one with a timer of 15 s */
{
	return sim_stream_u01(s) < 0.97 ? 22e6 : 15.022e9;
}
static double small(struct sim_stream *s)
{
	return 3000 * sim_stream_u01(s);
}
static double (*const draw[])(struct sim_stream *) = {uniform, exponential, lognormal,
                                                      pareto, two_lumps, small};
enum { DRAWS = sizeof draw / sizeof *draw };
static const double p[] = {1e-4, 0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999};
enum { PS = sizeof p / sizeof *p };

static int ascending(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* n values of a distribution, sorted; the sketch has them as they came. */
static int64_t *fill(struct rec_sketch *sketch, size_t d, size_t n)
{
	struct sim_stream stream = sim_stream_open(1, 0, PURPOSE, d);
	int64_t *value = malloc(n * sizeof *value);
	assert_non_null(value);
	for (size_t i = 0; i < n; i++) {
		value[i] = (int64_t)draw[d](&stream);
		rec_sketch_add(sketch, value[i]);
	}
	qsort(value, n, sizeof *value, ascending);
	return value;
}

static void up_to_the_stated_size_every_quantile_is_the_sorted_sample(void **state)
{
	static const size_t sizes[] = {1, 2, 3, 17, 368, REC_SKETCH_EXACT};
	(void)state;
	for (size_t d = 0; d < DRAWS; d++)
		for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
			struct rec_sketch sketch = {0};
			size_t n = sizes[k];
			int64_t *value = fill(&sketch, d, n);
			assert_true(rec_sketch_is_exact(&sketch));
			for (size_t i = 0; i < PS; i++)
				assert_int_equal(rec_sketch_quantile(&sketch, p[i]),
				                 value[stat_quantile_rank(n, p[i]) - 1]);
			for (size_t i = 1; i < n && n <= 368; i++)
				assert_int_equal(rec_sketch_quantile(&sketch, (double)i / (double)n),
				                 value[i - 1]);
			free(value);
			rec_sketch_free(&sketch);
		}
}

static void beyond_it_every_quantile_is_within_the_stated_error(void **state)
{
	(void)state;
	for (size_t d = 0; d < DRAWS; d++) {
		struct rec_sketch sketch = {0};
		int64_t *value = fill(&sketch, d, N);
		assert_false(rec_sketch_is_exact(&sketch));
		for (size_t i = 1; i < 500 + PS; i++) {
			double q = i < 500 ? (double)i / 500 : p[i - 500];
			int64_t true_ns = value[stat_quantile_rank(N, q) - 1];
			int64_t off = llabs(rec_sketch_quantile(&sketch, q) - true_ns);
			assert_true(off <= true_ns / REC_SKETCH_ONE_IN);
			assert_true(true_ns >= 1024 || off == 0);
		}
		assert_int_equal(sketch.min_ns, value[0]);
		assert_int_equal(sketch.max_ns, value[N - 1]);
		free(value);
		rec_sketch_free(&sketch);
	}
}

static void every_bucket_is_as_fine_as_stated_over_the_whole_range(void **state)
{
	(void)state;
	for (int bit = 0; bit < 63; bit++)
		for (int64_t off = -1; off <= 1; off++) {
			struct rec_sketch sketch = {0};
			int64_t ns = (INT64_C(1) << bit) + off;
			rec_sketch_add(&sketch, 0);
			rec_sketch_add(&sketch, INT64_MAX / 2 * (off + 1));
			for (int i = 0; i < REC_SKETCH_EXACT; i++)
				rec_sketch_add(&sketch, ns);
			int64_t found = rec_sketch_quantile(&sketch, 0.5);
			assert_true(llabs(found - ns) <= ns / REC_SKETCH_ONE_IN);
			rec_sketch_free(&sketch);
		}
}

static void mean_and_deviation_are_those_of_the_values(void **state)
{
	(void)state;
	for (size_t d = 0; d < DRAWS; d++) {
		struct rec_sketch sketch = {0};
		int64_t *value = fill(&sketch, d, N);
		long double sum = 0, squares = 0;
		for (size_t i = 0; i < N; i++)
			sum += value[i];
		for (size_t i = 0; i < N; i++)
			squares += (value[i] - sum / N) * (value[i] - sum / N);
		assert_true(fabsl(rec_sketch_mean(&sketch) - sum / N) <= 1e-15L * sum / N);
		assert_true(fabsl(rec_sketch_sd(&sketch) / sqrtl(squares / (N - 1)) - 1) <= 1e-12L);
		free(value);
		rec_sketch_free(&sketch);
	}
}

/* Where squares of doubles would have no digit left: the mean is 10^9 times the deviation. */
static void deviations_far_from_zero_do_not_cancel(void **state)
{
	struct rec_sketch sketch = {0};
	(void)state;
	assert_true(isnan(rec_sketch_mean(&sketch)));
	for (int i = 0; i < 1000; i++)
		rec_sketch_add(&sketch, INT64_C(4000000000000000) + i % 2);
	assert_true(fabs(rec_sketch_sd(&sketch) - sqrt(250 / 999.0)) < 1e-15);
	assert_true(rec_sketch_mean(&sketch) == 4e15 + 0.5);
	rec_sketch_free(&sketch);
	rec_sketch_add(&sketch, 7);
	assert_true(isnan(rec_sketch_sd(&sketch)));
	for (int i = 0; i < 10; i++) /* squares that 128 bits do not hold */
		rec_sketch_add(&sketch, INT64_MAX);
	assert_true(isnan(rec_sketch_sd(&sketch)));
	assert_true(rec_sketch_mean(&sketch) > 8e18);
	rec_sketch_free(&sketch);
}

struct rows {
	size_t n;
	int64_t *ns;
	uint64_t *count;
};

static void take(void *context, int64_t ns, uint64_t count)
{
	struct rows *rows = context;
	assert_true(rows->n == 0 || rows->ns[rows->n - 1] < ns);
	rows->ns[rows->n] = ns;
	rows->count[rows->n++] = count;
}

static struct rows rows_of(struct rec_sketch *sketch)
{
	struct rows rows = {0, calloc(N, sizeof(int64_t)), calloc(N, sizeof(uint64_t))};
	rec_sketch_each(sketch, take, &rows);
	return rows;
}

static void assert_same(struct rec_sketch *a, struct rec_sketch *b)
{
	struct rows x = rows_of(a), y = rows_of(b);
	assert_int_equal(a->n, b->n);
	assert_int_equal(a->min_ns, b->min_ns);
	assert_int_equal(a->max_ns, b->max_ns);
	assert_memory_equal(&a->sum, &b->sum, sizeof a->sum);
	assert_memory_equal(&a->squares, &b->squares, sizeof a->squares);
	assert_int_equal(x.n, y.n);
	assert_memory_equal(x.ns, y.ns, x.n * sizeof *x.ns);
	assert_memory_equal(x.count, y.count, x.n * sizeof *x.count);
	free(x.ns);
	free(x.count);
	free(y.ns);
	free(y.count);
}

/* Value i goes to part i mod PARTS; parts are merged in both orders, and in a tree. */
static void parts_say_together_what_one_sketch_says_in_any_order(void **state)
{
	enum { PARTS = 5 };
	static const size_t sizes[] = {0, 3, 4000, REC_SKETCH_EXACT, REC_SKETCH_EXACT + 1, 15000, 50000};
	(void)state;
	for (size_t d = 0; d < DRAWS; d++)
		for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
			struct sim_stream stream = sim_stream_open(1, 0, PURPOSE, d);
			struct rec_sketch whole = {0}, part[PARTS] = {0}, up = {0}, down = {0}, left = {0};
			for (size_t i = 0; i < sizes[k]; i++) {
				int64_t ns = (int64_t)draw[d](&stream);
				rec_sketch_add(&whole, ns);
				rec_sketch_add(&part[i * i % PARTS], ns); /* two of them stay empty */
			}
			for (int i = 0; i < PARTS; i++) {
				rec_sketch_merge(&up, &part[i]);
				rec_sketch_merge(&down, &part[PARTS - 1 - i]);
			}
			rec_sketch_merge(&part[3], &part[4]);
			rec_sketch_merge(&left, &part[3]);
			for (int i = 0; i < 3; i++)
				rec_sketch_merge(&left, &part[i]);
			assert_same(&whole, &up);
			assert_same(&whole, &down);
			assert_same(&whole, &left);
			for (int i = 0; i < PARTS; i++)
				rec_sketch_free(&part[i]);
			rec_sketch_free(&whole);
			rec_sketch_free(&up);
			rec_sketch_free(&down);
			rec_sketch_free(&left);
		}
}

static void what_is_kept_counts_every_value_once(void **state)
{
	(void)state;
	for (size_t d = 0; d < DRAWS; d++) {
		struct rec_sketch sketch = {0};
		free(fill(&sketch, d, d % 2 ? N : 1000));
		struct rows rows = rows_of(&sketch);
		uint64_t n = 0;
		for (size_t i = 0; i < rows.n; i++)
			n += rows.count[i];
		assert_int_equal(n, sketch.n);
		assert_true(rows.ns[0] >= sketch.min_ns && rows.ns[rows.n - 1] <= sketch.max_ns);
		free(rows.ns);
		free(rows.count);
		rec_sketch_free(&sketch);
	}
}

/* Once a value of every octave has come nothing more is allocated. */
static void memory_does_not_grow_with_the_number_of_values(void **state)
{
	struct rec_sketch sketch = {0};
	(void)state;
	struct sim_stream stream = sim_stream_open(1, 0, PURPOSE, 0);
	for (int i = 0; i <= REC_SKETCH_EXACT; i++)
		rec_sketch_add(&sketch, INT64_C(1000000) << i % 11);
	size_t before = rec_sketch_octets(&sketch);
	for (int i = 0; i < 5 * N; i++)
		rec_sketch_add(&sketch, (int64_t)uniform(&stream));
	assert_int_equal(rec_sketch_octets(&sketch), before);
	assert_true(before < 64 * 1024);
	rec_sketch_free(&sketch);
	assert_int_equal(rec_sketch_octets(&sketch), sizeof sketch);
	rec_sketch_add(&sketch, 5);
	assert_true(rec_sketch_octets(&sketch) <= 1024);
	rec_sketch_free(&sketch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(up_to_the_stated_size_every_quantile_is_the_sorted_sample),
		cmocka_unit_test(beyond_it_every_quantile_is_within_the_stated_error),
		cmocka_unit_test(every_bucket_is_as_fine_as_stated_over_the_whole_range),
		cmocka_unit_test(mean_and_deviation_are_those_of_the_values),
		cmocka_unit_test(deviations_far_from_zero_do_not_cancel),
		cmocka_unit_test(parts_say_together_what_one_sketch_says_in_any_order),
		cmocka_unit_test(what_is_kept_counts_every_value_once),
		cmocka_unit_test(memory_does_not_grow_with_the_number_of_values),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
