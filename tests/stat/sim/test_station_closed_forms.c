/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stations against queueing theory: Poisson arrivals, 20 independent replications of fixed
 * seeds, each after a warm-up. Every closed form must lie inside its interval; see
 * closed_forms.h for the level.
 */
#include "closed_forms.h"
#include "sim/core/dist.h"
#include "sim/net/net.h"
#include "sim/net/station.h"

enum { KIND_ARRIVAL = SIM_KIND_MODELS, MAX_CLASSES = 2, MAX_LIMITS = 2, N_COMPARISONS = 51 };
enum purpose { PURPOSE_ARRIVALS = 1, PURPOSE_DEMANDS };

/* What is simulated. Class i has priority i when the discipline looks at it. */
struct queue {
	const char *parameters;
	double arrivals_per_s[MAX_CLASSES];
	struct sim_dist demand;
	uint32_t workers, cores; /* cores 0: unlimited */
	int64_t capacity;        /* waiting places; -1: infinite */
	uint8_t discipline;      /* enum sim_discipline */
	uint32_t warm_up, measured; /* customers of all classes */
	/* How many exceed these is measured: of class 0, and of all at their arrival. */
	double sojourn_limit_s, wait_limit_s[MAX_LIMITS];
	uint32_t number_limit;
	double mean_number; /* exact: the variance is taken around it */
};

/* What is measured in one replication. */
struct sums {
	double n, sojourn_s, wait_s, waited, blocked, sojourn_over, wait_over[MAX_LIMITS];
};
struct measures {
	double sojourn_s[MAX_CLASSES], wait_s[MAX_CLASSES], waited, blocked, accepted, number;
	double sojourn_over, wait_over[MAX_LIMITS], number_over, number_variance;
};

struct source {
	const struct queue *queue;
	struct sim *sim;
	struct sim_stations *stations;
	uint32_t station, n, present;
	struct sim_stream arrivals[MAX_CLASSES], demands[MAX_CLASSES];
	struct sums served[MAX_CLASSES];
	double number_over, squares; /* of the number present, as arrivals see it */
	int64_t warm_ns, last_ns;
	struct sim_station_stats at_warm, at_last;
};

static void schedule_arrival(struct source *s, uint32_t class)
{
	double gap_ns = sim_stream_exponential(&s->arrivals[class],
	                                       1e9 / s->queue->arrivals_per_s[class]);
	sim_after(s->sim, (int64_t)(gap_ns + 0.5), KIND_ARRIVAL, 0, class, 0);
}

/* Poisson arrivals see time averages (Wolff, Operations Research 30(2), 1982). */
static void look(struct source *s)
{
	double from_mean = s->present - s->queue->mean_number;

	if (s->n < s->queue->warm_up || s->n >= s->queue->warm_up + s->queue->measured)
		return;
	s->number_over += s->present >= s->queue->number_limit;
	s->squares += from_mean * from_mean;
}

/* arg: number of the customer, and its class in the lowest bit */
static void arrival(void *context, const struct sim_event *event)
{
	struct source *s = context;
	uint32_t class = event->to;

	if (s->n == s->queue->warm_up) {
		s->warm_ns = event->t_ns;
		s->at_warm = sim_station_stats(s->stations, s->station);
	}
	if (s->n == s->queue->warm_up + s->queue->measured) {
		s->last_ns = event->t_ns;
		s->at_last = sim_station_stats(s->stations, s->station);
	}
	look(s);
	/* Arrivals go on for a while, so that the last customers measured meet the usual company. */
	if (s->n++ >= s->queue->warm_up + s->queue->measured + 1000)
		return;
	schedule_arrival(s, class);
	s->present++;
	sim_station_submit(s->stations, s->station, (uint8_t)class,
	                   sim_dist_draw(&s->queue->demand, &s->demands[class]),
	                   (uint64_t)(s->n - 1) << 1 | class);
}

static void ended(void *context, uint32_t station, enum sim_job_end how, const struct sim_job *job)
{
	struct source *s = context;
	uint64_t number = job->arg >> 1;
	struct sums *sums = &s->served[job->arg & 1];

	(void)station;
	s->present--;
	if (number < s->queue->warm_up || number >= s->queue->warm_up + s->queue->measured)
		return;
	if (how == SIM_JOB_BLOCKED) {
		sums->blocked++;
		return;
	}
	double sojourn_s = (double)(job->ended_ns - job->arrived_ns) / 1e9;
	double wait_s = (double)(job->started_ns - job->arrived_ns) / 1e9;
	sums->n++;
	sums->sojourn_s += sojourn_s;
	sums->wait_s += wait_s;
	sums->waited += wait_s > 0;
	sums->sojourn_over += sojourn_s > s->queue->sojourn_limit_s;
	for (int i = 0; i < MAX_LIMITS; i++)
		sums->wait_over[i] += wait_s > s->queue->wait_limit_s[i];
}

static struct measures measures_of(const struct source *s)
{
	const struct sums *first = &s->served[0];
	struct measures m = {
		.blocked = (first->blocked + s->served[1].blocked) / s->queue->measured,
		.accepted = first->n / (first->n + first->blocked),
		.waited = first->waited / first->n,
		.sojourn_over = first->sojourn_over / first->n,
		.number_over = s->number_over / s->queue->measured,
		.number_variance = s->squares / s->queue->measured,
	};
	double present_ns = (double)(s->at_last.length_area_ns - s->at_warm.length_area_ns) +
	                    (double)(s->at_last.busy_ns - s->at_warm.busy_ns);

	m.number = present_ns / (double)(s->last_ns - s->warm_ns);
	for (int i = 0; i < MAX_LIMITS; i++)
		m.wait_over[i] = first->wait_over[i] / first->n;
	for (int i = 0; i < MAX_CLASSES; i++) {
		m.sojourn_s[i] = s->served[i].sojourn_s / s->served[i].n;
		m.wait_s[i] = s->served[i].wait_s / s->served[i].n;
	}
	return m;
}

static struct measures replicate(const struct queue *queue, uint32_t replication)
{
	struct source s = {.queue = queue, .sim = sim_new(20240501, replication)};
	struct sim_station_config config = {
		"queue", SIM_HOST_UNLIMITED, queue->workers, queue->capacity,
		queue->discipline, -1};

	s.stations = sim_stations_new(s.sim, ended, &s);
	if (queue->cores)
		config.host = sim_host(s.stations, queue->cores);
	s.station = sim_station(s.stations, &config);
	sim_on(s.sim, KIND_ARRIVAL, arrival, &s);
	for (uint32_t i = 0; i < MAX_CLASSES; i++) {
		s.arrivals[i] = sim_stream_of(s.sim, PURPOSE_ARRIVALS, i);
		s.demands[i] = sim_stream_of(s.sim, PURPOSE_DEMANDS, i);
		if (queue->arrivals_per_s[i] > 0)
			schedule_arrival(&s, i);
	}
	sim_run_until(s.sim, INT64_C(1) << 62);
	struct measures m = measures_of(&s);
	sim_free(s.sim);
	return m;
}

static struct measures result[N_REPLICATIONS];

static void simulate(const struct queue *queue)
{
	for (uint32_t i = 0; i < N_REPLICATIONS; i++)
		result[i] = replicate(queue, i);
}

/* The replications' values of one member of struct measures. */
static const double *member(size_t offset)
{
	static double value[N_REPLICATIONS];

	for (int i = 0; i < N_REPLICATIONS; i++)
		value[i] = *(const double *)((const char *)&result[i] + offset);
	return value;
}

static int n_compared;

/* width: of the widest interval that still proves something, relative to the exact value. */
static int check_exact(const char *id, const char *parameters, double exact, size_t offset,
                       double width)
{
	n_compared++;
	return agrees(id, parameters, exact, member(offset), N_COMPARISONS, width);
}

static int check(const char *id, const char *parameters, size_t offset, double width)
{
	return check_exact(id, parameters, closed_form(id, parameters), offset, width);
}

/* A 99 % quantile is right when one in a hundred exceeds it: a mean, whose interval is known. */
static int check_p99(const char *id, const char *parameters, size_t offset, double width)
{
	return check_exact(id, parameters, 0.01, offset, width);
}

#define MEASURE(name) offsetof(struct measures, name)

static struct queue markov(double arrivals_per_s, double mean_service_s, uint32_t workers,
                           int64_t capacity, uint32_t measured)
{
	return (struct queue){
		.arrivals_per_s = {arrivals_per_s},
		.demand = {.kind = SIM_DIST_EXPONENTIAL, .mean_ns = 1e9 * mean_service_s},
		.workers = workers,
		.capacity = capacity,
		.warm_up = measured / 10,
		.measured = measured,
	};
}

/* Means converge slowly near saturation, tails more so: more customers, and wider intervals. */
static int mm1_agrees(const char *parameters, double arrivals_per_s, uint32_t measured,
                      double width, double tail_width)
{
	struct queue queue = markov(arrivals_per_s, 0.01, 1, -1, measured);

	queue.sojourn_limit_s = closed_form("MM1-p99", parameters);
	queue.number_limit = 10;
	queue.mean_number = closed_form("MM1-L", parameters);
	simulate(&queue);
	return check("MM1-W", parameters, MEASURE(sojourn_s), width) &
	       check("MM1-Wq", parameters, MEASURE(wait_s), width) &
	       check("MM1-L", parameters, MEASURE(number), width) &
	       check("MM1-VarN", parameters, MEASURE(number_variance), tail_width) &
	       check("MM1-Ptail10", parameters, MEASURE(number_over), tail_width) &
	       check_p99("MM1-p99", parameters, MEASURE(sojourn_over), tail_width);
}

static void one_worker_with_exponential_service_is_mm1(void **state)
{
	(void)state;
	assert_true(mm1_agrees("lambda=50/s mu=100/s", 50, 400000, 0.01, 0.3) &
	            mm1_agrees("lambda=95/s mu=100/s", 95, 2000000, 0.1, 0.5));
}

static int md1_agrees(const char *parameters, double arrivals_per_s, uint32_t measured,
                      double width)
{
	struct queue queue = markov(arrivals_per_s, 0.01, 1, -1, measured);

	queue.demand.kind = SIM_DIST_DETERMINISTIC;
	simulate(&queue);
	return check("MD1-W", parameters, MEASURE(sojourn_s), width) &
	       check("MD1-Wq", parameters, MEASURE(wait_s), width);
}

static void one_worker_with_fixed_service_is_md1(void **state)
{
	(void)state;
	assert_true(md1_agrees("lambda=50/s mu=100/s", 50, 100000, 0.02) &
	            md1_agrees("lambda=95/s mu=100/s", 95, 500000, 0.1));
}

static void waits_behind_fixed_service_are_crommelins(void **state)
{
	struct queue queue = markov(80, 0.01, 1, -1, 300000);

	(void)state;
	queue.demand.kind = SIM_DIST_DETERMINISTIC;
	queue.wait_limit_s[0] = 1 * 0.01;
	queue.wait_limit_s[1] = 5 * 0.01;
	simulate(&queue);
	assert_true(check("MD1-tail1", "rho=0.8", MEASURE(wait_over[0]), 0.02) &
	            check("MD1-tail5", "rho=0.8", MEASURE(wait_over[1]), 0.1));
}

static int mmc_agrees(const char *parameters, uint32_t workers, double rho, uint32_t measured,
                      double width, double tail_width)
{
	struct queue queue = markov(rho * workers, 1, workers, -1, measured);

	queue.wait_limit_s[0] = closed_form("MMc-Wq99", parameters);
	simulate(&queue);
	return check("MMc-C", parameters, MEASURE(waited), width) &
	       check("MMc-Wq", parameters, MEASURE(wait_s), width) &
	       check_p99("MMc-Wq99", parameters, MEASURE(wait_over[0]), tail_width);
}

static void many_workers_are_mmc(void **state)
{
	(void)state;
	assert_true(mmc_agrees("c=2 rho=0.8", 2, 0.8, 400000, 0.02, 0.3) &
	            mmc_agrees("c=8 rho=0.9", 8, 0.9, 800000, 0.05, 0.3) &
	            mmc_agrees("c=16 rho=0.9", 16, 0.9, 800000, 0.05, 0.4) &
	            mmc_agrees("c=64 rho=0.95", 64, 0.95, 1600000, 0.1, 0.6));
}

/* K counts those in service as well. */
static int mmck_agrees(const char *blocking, const char *wait, uint32_t workers, int64_t k,
                       double a, double width)
{
	struct queue queue = markov(a, 1, workers, k - workers, 200000);

	simulate(&queue);
	return check("MMcK-block", blocking, MEASURE(blocked), width) &
	       check("MMcK-Wq", wait, MEASURE(wait_s), width);
}

static void a_bounded_queue_is_mmck_with_k_of_capacity_and_workers(void **state)
{
	(void)state;
	assert_true(
		mmck_agrees("c=1 K=10 a=lambda/mu=0.8", "c=1 K=10 a=0.8", 1, 10, 0.8, 0.05) &
		mmck_agrees("c=2 K=10 a=lambda/mu=1.8", "c=2 K=10 a=1.8", 2, 10, 1.8, 0.05) &
		mmck_agrees("c=4 K=50 a=lambda/mu=3.6", "c=4 K=50 a=3.6", 4, 50, 3.6, 0.3) &
		mmck_agrees("c=4 K=50 a=lambda/mu=8.0", "c=4 K=50 a=8.0", 4, 50, 8.0, 0.05));
}

/* Class 0 is legitimate, class 1 the flood; the station cannot tell them apart. */
static int flood_agrees(const char *parameters, double attack_per_s, int64_t k,
                        uint32_t measured, double width)
{
	struct queue queue = markov(5, 1.0 / 24, 1, k - 1, measured);

	queue.arrivals_per_s[1] = attack_per_s;
	simulate(&queue);
	return check("flood-legit-success", parameters, MEASURE(accepted), width) &
	       check("flood-legit-wait", parameters, MEASURE(sojourn_s[0]), width);
}

static void legitimate_requests_fare_as_the_flood_they_are_in(void **state)
{
	(void)state;
	assert_true(
		flood_agrees("mu=24/s K=1000 legit=5/s attack=200/s", 200, 1000, 400000, 0.05) &
		flood_agrees("mu=24/s K=100 legit=5/s attack=20/s", 20, 100, 800000, 0.1));
}

static int erlang_b_agrees(const char *parameters, uint32_t workers, double a, double width)
{
	struct queue queue = markov(a, 1, workers, 0, 200000);

	queue.warm_up = 20 * workers; /* it forgets within a few service times */
	simulate(&queue);
	return check("ErlangB", parameters, MEASURE(blocked), width);
}

static void no_waiting_places_are_erlangs_loss_system(void **state)
{
	(void)state;
	assert_true(erlang_b_agrees("c=1 a=0.8", 1, 0.8, 0.01) &
	            erlang_b_agrees("c=54 a=40", 54, 40, 0.1) &
	            erlang_b_agrees("c=100 a=90", 100, 90, 0.1));
}

static int priorities_agree(const char *parameters, double rho1, double rho2, uint32_t measured,
                            double width)
{
	struct queue queue = markov(rho1, 1, 1, -1, measured);

	queue.arrivals_per_s[1] = rho2;
	queue.discipline = SIM_PRIORITY;
	simulate(&queue);
	return check("NP-prio-W1", parameters, MEASURE(wait_s[0]), width) &
	       check("NP-prio-W2", parameters, MEASURE(wait_s[1]), width);
}

static void two_priorities_wait_as_cobham_says(void **state)
{
	(void)state;
	assert_true(priorities_agree("rho1=0.1 rho2=0.8", 0.1, 0.8, 300000, 0.1) &
	            priorities_agree("rho1=0.05 rho2=0.9", 0.05, 0.9, 600000, 0.15));
}

/*
 * A worker for everybody on one core is the M/G/1 queue with processor sharing: its mean sojourn
 * depends on the service's mean alone, and is that of M/M/1 (Kleinrock, vol. 2, section 4.4).
 */
static void a_shared_core_is_processor_sharing_whatever_the_service(void **state)
{
	struct queue queue = markov(50, 0.01, 1000, 0, 100000);

	(void)state;
	queue.cores = 1;
	simulate(&queue);
	int exponential = check("MM1-W", "lambda=50/s mu=100/s", MEASURE(sojourn_s), 0.02);
	queue.demand.kind = SIM_DIST_DETERMINISTIC;
	simulate(&queue);
	assert_true(exponential &
	            check("MM1-W", "lambda=50/s mu=100/s", MEASURE(sojourn_s), 0.02));
}

/* The level of the intervals rests on the number of comparisons. */
static void the_level_counts_every_comparison(void **state)
{
	(void)state;
	assert_int_equal(n_compared, N_COMPARISONS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_worker_with_exponential_service_is_mm1),
		cmocka_unit_test(one_worker_with_fixed_service_is_md1),
		cmocka_unit_test(waits_behind_fixed_service_are_crommelins),
		cmocka_unit_test(many_workers_are_mmc),
		cmocka_unit_test(a_bounded_queue_is_mmck_with_k_of_capacity_and_workers),
		cmocka_unit_test(legitimate_requests_fare_as_the_flood_they_are_in),
		cmocka_unit_test(no_waiting_places_are_erlangs_loss_system),
		cmocka_unit_test(two_priorities_wait_as_cobham_says),
		cmocka_unit_test(a_shared_core_is_processor_sharing_whatever_the_service),
		cmocka_unit_test(the_level_counts_every_comparison),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
