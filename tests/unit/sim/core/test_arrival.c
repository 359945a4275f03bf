/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bounds: four standard errors of the count or mean that a test looks at, fixed seeds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/core/arrival.h"
#include "sim/core/time.h"
#include <cmocka.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#define HOUR_NS (3600 * SIM_NS_PER_S)
#define LIST(...) {sizeof((double[]){__VA_ARGS__}) / sizeof(double), (double[]){__VA_ARGS__}}

static struct sim_arrival begin(const struct sim_arrival_config *config)
{
	struct sim_arrival arrival;

	sim_arrival_start(&arrival, config, sim_stream_open(3, 0, 7, 1));
	return arrival;
}

static int64_t count_until(struct sim_arrival *arrival, int64_t end_ns)
{
	int64_t n = 0, last_ns = 0;

	for (int64_t at_ns; (at_ns = sim_arrival_next_ns(arrival)) < end_ns; n++, last_ns = at_ns)
		assert_true(at_ns >= last_ns);
	return n;
}

static void poisson_arrivals_have_their_rate_and_exponential_gaps(void **state)
{
	const struct sim_arrival_config config = {.process = SIM_ARRIVAL_POISSON, .rate_hz = 80,
		.count = -1};
	struct sim_arrival arrival = begin(&config);
	double sum = 0, squares = 0;
	int64_t last_ns = 0;
	enum { N = 200000 };

	(void)state;
	for (int i = 0; i < N; i++) {
		int64_t at_ns = sim_arrival_next_ns(&arrival);
		double gap_s = (double)(at_ns - last_ns) * 1e-9;

		sum += gap_s;
		squares += gap_s * gap_s;
		last_ns = at_ns;
	}
	double mean = sum / N;
	assert_true(fabs(mean * 80 - 1) < 4 / sqrt(N));
	assert_true(fabs(squares / N / (mean * mean) - 2) < 4 * sqrt(8.0 / N));
}

static void paced_arrivals_stand_where_the_rate_puts_them(void **state)
{
	const struct sim_arrival_config config = {.process = SIM_ARRIVAL_PACED, .rate_hz = 3,
		.count = 4, .start_ns = 5};
	struct sim_arrival arrival = begin(&config);
	static const int64_t at_ns[] = {5, 333333338, 666666672, 1000000005, SIM_TIME_MAX, SIM_TIME_MAX};

	(void)state;
	for (size_t i = 0; i < sizeof at_ns / sizeof *at_ns; i++)
		assert_int_equal(sim_arrival_next_ns(&arrival), at_ns[i]);
}

/*
 * Rates 10/s and 500/s, stays of 9 s and 1 s: 59/s on average. The variance of the count over a long
 * T is (59 + 2 (490)^2 0.9 0.1 / (1/9 + 1)) T = 38957 T (Fischer and Meier-Hellstern 1993, eq. 12).
 */
static void a_modulated_process_has_the_mean_and_the_variance_of_its_states(void **state)
{
	const struct sim_arrival_config config = {.process = SIM_ARRIVAL_MMPP,
		.rates_hz = LIST(10, 500), .sojourns_ns = LIST(9e9, 1e9), .count = -1};
	enum { N = 200 };
	const double t_s = 1000, variance = (59 + 2 * 490.0 * 490 * 0.09 / (1.0 / 9 + 1)) * t_s;
	double sum = 0, squares = 0;

	(void)state;
	for (uint32_t i = 0; i < N; i++) {
		struct sim_arrival arrival;

		sim_arrival_start(&arrival, &config, sim_stream_open(3, i, 7, 1));
		double n = (double)count_until(&arrival, (int64_t)(t_s * 1e9)) - 59 * t_s;
		sum += n;
		squares += n * n;
	}
	assert_true(fabs(sum / N) < 4 * sqrt(variance / N));
	assert_true(fabs(squares / N / variance - 1) < 4 * sqrt(2.0 / N));
}

static double beta_distance(const struct sim_arrival_config *config)
{
	struct sim_arrival arrival = begin(config);
	double furthest = 0;

	for (int64_t i = 0; i < config->count; i++) {
		double x = (double)sim_arrival_next_ns(&arrival) / (double)config->window_ns;
		double difference = gsl_cdf_beta_P(x, 3, 4) - (double)i / (double)config->count;

		furthest = fmax(furthest, fabs(difference));
	}
	assert_int_equal(sim_arrival_next_ns(&arrival), SIM_TIME_MAX);
	return furthest;
}

/* Kolmogorov-Smirnov at 0.1 %: 1.95 / sqrt(n). */
static void a_burst_is_distributed_as_beta_3_4_over_its_window(void **state)
{
	struct sim_arrival_config config = {.process = SIM_ARRIVAL_BETA, .count = 30000,
		.window_ns = 10 * SIM_NS_PER_S};

	(void)state;
	assert_true(beta_distance(&config) < 1.95 / sqrt((double)config.count));
	config.count = 100;
	assert_true(beta_distance(&config) < 1.95 / sqrt((double)config.count));
}

static void a_burst_without_a_window_comes_all_at_once(void **state)
{
	const struct sim_arrival_config config = {.process = SIM_ARRIVAL_BETA, .count = 3,
		.start_ns = 7};
	struct sim_arrival arrival = begin(&config);

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(sim_arrival_next_ns(&arrival), 7);
	assert_int_equal(sim_arrival_next_ns(&arrival), SIM_TIME_MAX);
}

static void measured_times_are_kept_and_measured_gaps_are_drawn(void **state)
{
	const struct sim_arrival_config times = {.process = SIM_ARRIVAL_EMPIRICAL,
		.times_ns = LIST(3, 3, 10), .count = -1};
	const struct sim_arrival_config gaps = {.process = SIM_ARRIVAL_EMPIRICAL,
		.gaps_ns = LIST(1e6, 3e6), .count = -1};
	struct sim_arrival arrival = begin(&times);
	enum { N = 40000 };

	(void)state;
	assert_int_equal(sim_arrival_next_ns(&arrival), 3);
	assert_int_equal(sim_arrival_next_ns(&arrival), 3);
	assert_int_equal(sim_arrival_next_ns(&arrival), 10);
	assert_int_equal(sim_arrival_next_ns(&arrival), SIM_TIME_MAX);
	arrival = begin(&gaps);
	double n = (double)count_until(&arrival, N * 2 * SIM_NS_PER_MS);
	assert_true(fabs(n - N) < 4 * sqrt(N) / 2); /* a gap's deviation is half of its mean */
}

static void weighted_times_share_the_count_by_weight(void **state)
{
	const struct sim_arrival_config config = {.process = SIM_ARRIVAL_EMPIRICAL,
		.times_ns = LIST(0, 1e9, 2e9, 10e9), .weights = LIST(1, 0, 3), .count = 40000};
	struct sim_arrival arrival = begin(&config);
	int64_t first = count_until(&arrival, SIM_NS_PER_S);

	(void)state;
	assert_true(fabs((double)first - 10000) < 4 * sqrt(40000 * 0.25 * 0.75));
	arrival = begin(&config);
	assert_int_equal(count_until(&arrival, 2 * SIM_NS_PER_S), first);
	int64_t half = count_until(&arrival, 6 * SIM_NS_PER_S);
	assert_true(fabs((double)half - 15000) < 4 * sqrt(40000 * 0.375 * 0.625));
}

static void a_day_has_its_hours_and_begins_again(void **state)
{
	static const double weights[24] = {[6] = 1, [7] = 3};
	const struct sim_arrival_config config = {.process = SIM_ARRIVAL_DIURNAL, .rate_hz = 1,
		.hourly = {24, weights}, .count = -1, .start_ns = HOUR_NS};
	struct sim_arrival arrival = begin(&config);

	(void)state;
	assert_int_equal(count_until(&arrival, 6 * HOUR_NS), 0);
	arrival = begin(&config);
	double n = (double)count_until(&arrival, 7 * HOUR_NS);
	assert_true(fabs(n - 21600) < 4 * sqrt(21600)); /* a quarter of a day's 86400 */
	arrival = begin(&config);
	n = (double)count_until(&arrival, 30 * HOUR_NS);
	assert_true(fabs(n - 86400) < 4 * sqrt(86400));
	assert_true(sim_arrival_next_ns(&arrival) < 31 * HOUR_NS);
}

static void what_is_missing_is_said_with_its_key(void **state)
{
	static const struct {
		struct sim_arrival_config config;
		const char *key;
	} wrong[] = {
		{{.process = SIM_ARRIVAL_POISSON}, "rate"},
		{{.process = SIM_ARRIVAL_PACED}, "rate"},
		{{.process = SIM_ARRIVAL_MMPP}, "rates"},
		{{.process = SIM_ARRIVAL_BETA, .count = -1}, "count"},
		{{.process = SIM_ARRIVAL_EMPIRICAL}, "gaps"},
		{{.process = SIM_ARRIVAL_DIURNAL, .rate_hz = 1}, "hourly"},
		{{.process = SIM_ARRIVAL_RENEWAL, .gap = {.mean_ns = -1}}, "gap"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		const char *key = NULL;

		assert_non_null(sim_arrival_fault(&wrong[i].config, &key));
		assert_string_equal(key, wrong[i].key);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(poisson_arrivals_have_their_rate_and_exponential_gaps),
		cmocka_unit_test(paced_arrivals_stand_where_the_rate_puts_them),
		cmocka_unit_test(a_modulated_process_has_the_mean_and_the_variance_of_its_states),
		cmocka_unit_test(a_burst_is_distributed_as_beta_3_4_over_its_window),
		cmocka_unit_test(a_burst_without_a_window_comes_all_at_once),
		cmocka_unit_test(measured_times_are_kept_and_measured_gaps_are_drawn),
		cmocka_unit_test(weighted_times_share_the_count_by_weight),
		cmocka_unit_test(a_day_has_its_hours_and_begins_again),
		cmocka_unit_test(what_is_missing_is_said_with_its_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
