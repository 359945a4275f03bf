/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * M/M/1 at a load of 0.8, 10^6 customers: on our stations, with everything that they count and the
 * digest of the trace, against SimPy 2.3, SimGrid 3.32 and ns-3's event loop in C++. Wanted: 50
 * times SimPy, 10 times SimGrid, faster than ns-3. A mean sojourn far from 1 / (1 - 0.8) = 5
 * service times ends the benchmark.
 */
#include "bench/mm1.h"
#include "bench/bench.h"
#include "sim/core/sim.h"
#include "sim/core/status.h"
#include "sim/net/station.h"
#include <stdlib.h>
#include <string.h>

enum { KIND_ARRIVAL = 20, CUSTOMERS = 1000000 };
static const double SERVICE_NS = 1e7, LOAD = 0.8;

struct queue {
	struct sim *sim;
	struct sim_stations *stations;
	uint32_t station, left;
	struct sim_stream gaps, services;
	double total_ns;
};

static void arrive(void *context, const struct sim_event *event)
{
	struct queue *q = context;

	sim_station_submit(q->stations, q->station, 0, sim_stream_gap_ns(&q->services, SERVICE_NS),
	                   event->arg);
	if (--q->left > 0)
		sim_after(q->sim, sim_stream_gap_ns(&q->gaps, SERVICE_NS / LOAD), KIND_ARRIVAL, 0, 0, 0);
}

static void depart(void *context, uint32_t station, enum sim_job_end end,
                   const struct sim_job *job)
{
	(void)station;
	(void)end;
	((struct queue *)context)->total_ns += (double)(job->ended_ns - job->arrived_ns);
}

static double mm1_ours(uint32_t customers)
{
	static const struct sim_station_config station = {.name = "s", .host = SIM_HOST_UNLIMITED,
		.workers = 1, .queue_capacity = -1, .timeout_ns = -1};
	struct queue q = {.sim = sim_new(1, 0), .left = customers};

	q.stations = sim_stations_new(q.sim, depart, &q);
	q.station = sim_station(q.stations, &station);
	q.gaps = sim_stream_of(q.sim, 1, 0);
	q.services = sim_stream_of(q.sim, 2, 0);
	sim_on(q.sim, KIND_ARRIVAL, arrive, &q);
	sim_after(q.sim, 0, KIND_ARRIVAL, 0, 0, 0);
	sim_run_until(q.sim, SIM_TIME_MAX);
	sim_free(q.sim);
	return q.total_ns / customers / SERVICE_NS;
}

/* ns per customer, if the sojourn is right. */
static double checked(const char *who, double ns, double sojourn)
{
	if (sojourn > 4.5 && sojourn < 5.5)
		return ns;
	fprintf(stderr, "mm1: %s has a mean sojourn of %g service times\n", who, sojourn);
	exit(3);
}

static double measure(const char *who, double (*mm1)(uint32_t customers))
{
	double began = bench_cpu_ns(), sojourn = mm1(CUSTOMERS);

	return checked(who, (bench_cpu_ns() - began) / CUSTOMERS, sojourn);
}

/* What a program of its own prints; 0: it is not there. */
static double measure_program(const char *who, const char *path)
{
	char command[512];
	double ns = 0, sojourn = 0;

	snprintf(command, sizeof command, "%s %d 2>/dev/null", path, CUSTOMERS);
	FILE *from = popen(command, "r");
	int n = from ? fscanf(from, "%lf %lf", &ns, &sojourn) : 0;
	if (from)
		pclose(from);
	return n == 2 ? checked(who, ns, sojourn) : 0;
}

static double ours(void)
{
	return measure("dtsim", mm1_ours);
}

static double simpy(void)
{
	return measure_program("SimPy 2.3", "bench/others/mm1_simpy.py");
}

static double simgrid(void)
{
	return measure_program("SimGrid 3.32", BENCH_OTHERS "/mm1_simgrid");
}

static double ns3(void)
{
#if WITH_NS3
	return measure("ns-3", mm1_ns3);
#else
	return 0;
#endif
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name, *missing;
		double (*measure)(void);
		uint32_t rounds;
	} theirs[] = {
		{"SimPy 2.3", "python3-simpy", simpy, 3},
		{"SimGrid 3.32", "libsimgrid-dev", simgrid, 5},
		{"ns-3's event loop in C++", "libns3-dev", ns3, 5},
	};
	FILE *to = bench_open(argc, argv);

	puts("M/M/1, in ns a customer (wanted: ratios of 50, 10 and above 1)");
	for (size_t i = 0; i < sizeof theirs / sizeof *theirs; i++) {
		struct bench_result r = {.name = "mm1", .unit = "ns", .against = theirs[i].name};
		double their_ns = 1;
		for (uint32_t round = 0; round < bench_rounds(theirs[i].rounds) && their_ns > 0; round++) {
			double our_ns = ours();
			their_ns = theirs[i].measure();
			our_ns = (our_ns + ours()) / 2;
			bench_add(&r, our_ns, their_ns / our_ns);
		}
		if (their_ns > 0)
			bench_report(to, &r);
		else
			printf("mm1 against %s: skipped, %s is missing\n", theirs[i].name,
			       theirs[i].missing);
	}
	fclose(to);
	return 0;
}
