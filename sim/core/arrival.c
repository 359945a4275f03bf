/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/core/arrival.h"
#include "sim/core/status.h"
#include "sim/core/time.h"
#include <math.h>

enum { HOURS = 24 };
#define HOUR_NS 3600e9
#define CENTURY_NS 3.15576e18 /* what comes later does not come */

/* ---- what may be wrong ---- */

static const char *fault_of_mmpp(const struct sim_arrival_config *config, const char **key)
{
	*key = "sojourns";
	if (config->sojourns_ns.n != config->rates_hz.n)
		return "it needs one mean time for each of the rates";
	for (uint32_t i = 0; i < config->sojourns_ns.n; i++)
		if (config->sojourns_ns.value[i] < 1)
			return "each must be above 0 s";
	*key = "rates";
	if (config->rates_hz.n < 2)
		return "mmpp needs two or more, as in [10/s, 500/s]";
	return sim_values_sum(&config->rates_hz) > 0 ? NULL : "one must be above 0/s";
}

static const char *fault_of_times(const struct sim_arrival_config *config, const char **key)
{
	*key = "times";
	for (uint32_t i = 1; i < config->times_ns.n; i++)
		if (config->times_ns.value[i] < config->times_ns.value[i - 1])
			return "they must be in order";
	if (config->weights.n == 0)
		return NULL;
	*key = "weights";
	if (config->weights.n + 1 != config->times_ns.n)
		return "it needs one fewer than there are times, which are their edges";
	if (sim_values_sum(&config->weights) <= 0)
		return "one must be above 0";
	*key = "count";
	return config->count >= 0 ? NULL : "times with weights need a number";
}

static const char *fault_of_empirical(const struct sim_arrival_config *config, const char **key)
{
	*key = "gaps";
	if (config->gaps_ns.n && config->times_ns.n)
		return "there are times as well; allowed: one of the two";
	if (config->times_ns.n)
		return fault_of_times(config, key);
	if (config->gaps_ns.n == 0)
		return "empirical needs gaps or times, as in [10ms, 15ms]";
	return sim_values_sum(&config->gaps_ns) > 0 ? NULL : "one must be above 0 s";
}

static const char *fault_of_diurnal(const struct sim_arrival_config *config, const char **key)
{
	*key = "hourly";
	if (config->hourly.n != HOURS)
		return "diurnal needs 24 weights, one for each hour of the day";
	return sim_values_sum(&config->hourly) > 0 ? NULL : "one must be above 0";
}

const char *sim_arrival_fault(const struct sim_arrival_config *config, const char **key)
{
	static const char no_rate[] = "this process needs a rate above 0/s, as in 80/s";

	*key = "rate";
	switch ((enum sim_arrival_process)config->process) {
	case SIM_ARRIVAL_POISSON:
	case SIM_ARRIVAL_PACED:
		return config->rate_hz > 0 ? NULL : no_rate;
	case SIM_ARRIVAL_MMPP:
		return fault_of_mmpp(config, key);
	case SIM_ARRIVAL_BETA:
		*key = "count";
		return config->count >= 0 ? NULL : "beta needs a number";
	case SIM_ARRIVAL_EMPIRICAL:
		return fault_of_empirical(config, key);
	case SIM_ARRIVAL_DIURNAL:
		return config->rate_hz > 0 ? fault_of_diurnal(config, key) : no_rate;
	case SIM_ARRIVAL_RENEWAL:
		*key = "gap";
		return config->gap.mean_ns > 0 ? NULL : "renewal needs a distribution of mean above 0 s";
	}
	return "a process of unknown kind";
}

/* ---- one after the other ---- */

static double exponential(struct sim_arrival *arrival, double mean_ns)
{
	return sim_stream_exponential(&arrival->stream, mean_ns);
}

void sim_arrival_start(struct sim_arrival *arrival, const struct sim_arrival_config *config,
                       struct sim_stream stream)
{
	const char *key;
	const struct sim_values *sojourns = &config->sojourns_ns;

	SIM_ASSERT(!sim_arrival_fault(config, &key));
	*arrival = (struct sim_arrival){.config = config, .stream = stream, .above = 1};
	if (config->weights.n)
		arrival->total = sim_values_sum(&config->weights);
	if (config->process != SIM_ARRIVAL_MMPP)
		return;
	arrival->state = sim_values_reach(sojourns, sim_stream_u01(&arrival->stream) *
	                                                sim_values_sum(sojourns));
	arrival->until_ns = exponential(arrival, sojourns->value[arrival->state]);
}

/* What is left of an exponential gap when the state changes is exponential again. */
static double next_mmpp(struct sim_arrival *arrival)
{
	const struct sim_arrival_config *config = arrival->config;
	double at_ns = arrival->at_ns;

	for (;;) {
		double rate_hz = config->rates_hz.value[arrival->state];
		double next_ns = rate_hz > 0 ? at_ns + exponential(arrival, 1e9 / rate_hz) : CENTURY_NS;

		if (next_ns <= arrival->until_ns || arrival->until_ns >= CENTURY_NS)
			return next_ns;
		at_ns = arrival->until_ns;
		arrival->state = (arrival->state + 1) % config->rates_hz.n;
		arrival->until_ns += exponential(arrival, config->sojourns_ns.value[arrival->state]);
	}
}

/*
 * The next of the uniform order statistics of all that are left: of m uniforms on (u, 1) the least is
 * 1 - (1-u) V^(1/m).
 */
static double next_uniform(struct sim_arrival *arrival)
{
	double left = (double)(arrival->config->count - arrival->given);

	arrival->above *= exp(log(sim_stream_u01(&arrival->stream)) / left);
	return 1 - arrival->above;
}

/* Of Beta(3,4): the third of six uniforms, so a polynomial. */
static double beta_below(double x)
{
	return x * x * x * (20 - x * (45 - x * (36 - 10 * x)));
}

/* The x >= low with beta_below(x) = u, by Newton's method within a bracket. */
static double beta_inverse(double u, double low)
{
	enum { STEPS = 100 };
	double high = 1, least = cbrt(u / 20), x;

	low = low > least ? low : least; /* beta_below(x) <= 20 x^3 */
	x = low;
	for (int i = 0; i < STEPS; i++) {
		double error = beta_below(x) - u, rest = 1 - x;
		double step = error / (60 * x * x * rest * rest * rest);

		if (error < 0)
			low = x;
		else
			high = x;
		if (!(fabs(step) > 1e-15))
			break;
		x -= step;
		if (!(x > low && x < high))
			x = (low + high) / 2;
	}
	return x;
}

static double next_beta(struct sim_arrival *arrival)
{
	arrival->passed = beta_inverse(next_uniform(arrival), arrival->passed);
	return arrival->passed * (double)arrival->config->window_ns;
}

static double next_weighted(struct sim_arrival *arrival)
{
	const struct sim_arrival_config *config = arrival->config;
	const double *weight = config->weights.value, *time_ns = config->times_ns.value;
	double mass = next_uniform(arrival) * arrival->total;
	uint32_t i = arrival->state;

	while (i + 1 < config->weights.n && arrival->passed + weight[i] < mass)
		arrival->passed += weight[i++];
	arrival->state = i;
	double share = weight[i] > 0 ? (mass - arrival->passed) / weight[i] : 1;

	return time_ns[i] + (time_ns[i + 1] - time_ns[i]) * (share < 1 ? share : 1);
}

static double next_empirical(struct sim_arrival *arrival)
{
	const struct sim_arrival_config *config = arrival->config;
	const struct sim_values *gaps = &config->gaps_ns;

	if (gaps->n)
		return arrival->at_ns + gaps->value[sim_stream_below(&arrival->stream, gaps->n)];
	if (config->weights.n)
		return next_weighted(arrival);
	return arrival->given < config->times_ns.n ? config->times_ns.value[arrival->given]
	                                           : CENTURY_NS;
}

/* By inversion: an exponential amount of expected arrivals is used up hour by hour. */
static double next_diurnal(struct sim_arrival *arrival)
{
	const struct sim_arrival_config *config = arrival->config;
	double scale = config->rate_hz / 1e9 * HOURS / sim_values_sum(&config->hourly);
	double amount = exponential(arrival, 1);
	double at_ns = (double)config->start_ns + arrival->at_ns;

	for (;;) {
		double hour = floor(at_ns / HOUR_NS), end_ns = (hour + 1) * HOUR_NS;
		double rate = config->hourly.value[(uint32_t)fmod(hour, HOURS)] * scale;

		if (amount <= rate * (end_ns - at_ns))
			return at_ns + amount / rate - (double)config->start_ns;
		amount -= rate * (end_ns - at_ns);
		at_ns = end_ns;
	}
}

static double next(struct sim_arrival *arrival)
{
	const struct sim_arrival_config *config = arrival->config;

	switch ((enum sim_arrival_process)config->process) {
	case SIM_ARRIVAL_POISSON:
		return arrival->at_ns + exponential(arrival, 1e9 / config->rate_hz);
	case SIM_ARRIVAL_PACED:
		return (double)arrival->given * (1e9 / config->rate_hz);
	case SIM_ARRIVAL_MMPP:
		return next_mmpp(arrival);
	case SIM_ARRIVAL_BETA:
		return next_beta(arrival);
	case SIM_ARRIVAL_EMPIRICAL:
		return next_empirical(arrival);
	case SIM_ARRIVAL_DIURNAL:
		return next_diurnal(arrival);
	case SIM_ARRIVAL_RENEWAL:
		return arrival->at_ns + (double)sim_dist_draw(&config->gap, &arrival->stream);
	}
	SIM_ASSERT(!"an arrival process of unknown kind");
	return CENTURY_NS;
}

int64_t sim_arrival_next_ns(struct sim_arrival *arrival)
{
	const struct sim_arrival_config *config = arrival->config;

	if (config->count >= 0 && arrival->given >= config->count)
		return SIM_TIME_MAX;
	arrival->at_ns = next(arrival);
	arrival->given++;
	if (arrival->at_ns >= CENTURY_NS)
		return SIM_TIME_MAX;
	return config->start_ns + (int64_t)(arrival->at_ns + 0.5);
}
