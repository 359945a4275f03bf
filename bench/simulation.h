/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs of scenarios/reregister-1m.yaml for benchmarks: UEs that register once, over the whole
 * ladder, with capacity to spare.
 */
#ifndef BENCH_SIMULATION_H
#define BENCH_SIMULATION_H

#include <stdint.h>

struct bench_simulation {
	double cpu_s;       /* of all its processes: start, scenario, set-up, result file */
	double peak_octets; /* of its largest process                                     */
	uint64_t registrations, events;
	double octets_at_rest, octets_of_ue; /* of a registered one: everywhere, and its own */
};

/* One replication with so many UEs, 5000 arrivals a second; exits when not all have registered. */
struct bench_simulation bench_simulate(uint32_t ues, const char *options);

#endif
