/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A worker that must be woken, against M/D/1 with a set-up time D before each busy period (Welch,
 * "On a generalized M/G/1 queuing process in which the first customer of each busy period receives
 * exceptional service", Oper. Res. 12(5), 1964):
 *
 *   mean sojourn = S + lambda S^2 / (2 (1 - rho)) + (2 D + lambda D^2) / (2 (1 + lambda D))
 *   share of customers that wake the worker = (1 - rho) / (1 + lambda D)
 *
 * 20 replications of fixed seeds, each after a warm-up; every value inside its 99 % interval.
 */
#include "closed_forms.h"
#include "sim/net/net.h"
#include "sim/net/station.h"

enum { KIND_ARRIVAL = SIM_KIND_MODELS, WARM_UP = 5000, MEASURED = 100000, N_COMPARISONS = 6 };

struct source {
	double per_s;
	int64_t demand_ns, wake_ns;
	struct sim *sim;
	struct sim_stations *stations;
	struct sim_stream arrivals;
	uint32_t n;
	double sojourn_s, woken;
};

static void schedule(struct source *s)
{
	sim_after(s->sim, sim_stream_gap_ns(&s->arrivals, 1e9 / s->per_s), KIND_ARRIVAL, 0, 0, 0);
}

static void arrival(void *context, const struct sim_event *event)
{
	struct source *s = context;

	(void)event;
	if (s->n < WARM_UP + MEASURED + 1000)
		schedule(s);
	sim_station_submit_waking(s->stations, 0, 0, s->demand_ns, s->wake_ns, s->n++);
}

static void ended(void *context, uint32_t station, enum sim_job_end how, const struct sim_job *job)
{
	struct source *s = context;

	(void)station;
	assert_int_equal(how, SIM_JOB_DONE);
	if (job->arg < WARM_UP || job->arg >= WARM_UP + MEASURED)
		return;
	s->sojourn_s += (double)(job->ended_ns - job->arrived_ns) / 1e9 / MEASURED;
	s->woken += (double)(job->demand_ns > s->demand_ns) / MEASURED;
}

static void simulate(struct source *s, uint32_t replication)
{
	const struct sim_station_config config = {.name = "s", .host = SIM_HOST_UNLIMITED,
		.workers = 1, .queue_capacity = -1, .timeout_ns = -1};

	s->sim = sim_new(31, replication);
	s->stations = sim_stations_new(s->sim, ended, s);
	s->arrivals = sim_stream_of(s->sim, 1, 0);
	sim_station(s->stations, &config);
	sim_on(s->sim, KIND_ARRIVAL, arrival, s);
	schedule(s);
	sim_run_until(s->sim, SIM_TIME_MAX / 4);
	sim_free(s->sim);
}

/* lambda in 1/s, S and D in seconds */
static int agree_at(double per_s, double demand_s, double wake_s)
{
	double sojourn[N_REPLICATIONS], woken[N_REPLICATIONS], rho = per_s * demand_s;
	char parameters[64];

	for (uint32_t r = 0; r < N_REPLICATIONS; r++) {
		struct source s = {.per_s = per_s, .demand_ns = (int64_t)(demand_s * 1e9 + 0.5),
			.wake_ns = (int64_t)(wake_s * 1e9 + 0.5)};
		simulate(&s, r);
		sojourn[r] = s.sojourn_s;
		woken[r] = s.woken;
	}
	snprintf(parameters, sizeof parameters, "lambda=%g S=%g D=%g", per_s, demand_s, wake_s);
	return agrees("md1_setup_sojourn", parameters,
	              demand_s + per_s * demand_s * demand_s / (2 * (1 - rho)) +
	                  (2 * wake_s + per_s * wake_s * wake_s) / (2 * (1 + per_s * wake_s)),
	              sojourn, N_COMPARISONS, 0.05) &
	       agrees("md1_setup_woken", parameters, (1 - rho) / (1 + per_s * wake_s), woken,
	              N_COMPARISONS, 0.05);
}

static void waking_a_worker_costs_what_theory_says(void **state)
{
	(void)state;
	int good = agree_at(300, 1e-3, 1e-3) & agree_at(600, 1e-3, 0.5e-3) & agree_at(800, 1e-3, 2e-3);
	assert_true(good);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waking_a_worker_costs_what_theory_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
