/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: networks of stations alone, so that queueing theory can judge the engine: customers of open
 *   sources, first come first served, by priority (preemptive resume or not) or sharing processors;
 *   bounded queues, patience, retrials from an orbit, routes by chance, machines that break down.
 * Leaves out: closed networks, batches, and everything of a 5G network.
 * Sources: Kleinrock, Queueing Systems, vol. 1 and 2; Falin and Templeton, Retrial Queues; Garnett,
 *   Mandelbaum and Reiman, M&SOM 4(3), 2002 (Erlang A); Avi-Itzhak and Naor, Operations Research
 *   11(3), 1963 (breakdowns).
 */
#ifndef MODELS_QUEUE_QUEUE_H
#define MODELS_QUEUE_QUEUE_H

#include "models/record/record.h"
#include "sim/core/arrival.h"
#include "sim/core/param.h"
#include <stdbool.h>

enum {
	QUEUE_MAX_HOSTS = 64,
	QUEUE_MAX_STATIONS = 64,
	QUEUE_MAX_SOURCES = 32,
	QUEUE_MAX_ROUTES = 256,
	QUEUE_NAME = 64,
	QUEUE_ALL = UINT16_MAX /* in place of the number of one source */
};

struct queue_host {
	char name[QUEUE_NAME];
	int64_t cores; /* shared equally by the busy workers of its stations */
};

enum queue_discipline { QUEUE_FIFO, QUEUE_PRIORITY, QUEUE_PREEMPTIVE, QUEUE_SHARING };

/*
 * A worker breaks down after time_to_failure of being up, busy or not, each by itself; repairmen take
 * the broken one after the other. A job in service goes on after the repair, or at another worker.
 */
struct queue_breakdowns {
	struct sim_dist time_to_failure, repair; /* never: no breakdowns */
	int64_t repairmen;                       /* -1: one for each worker */
	int64_t needed;                          /* available: so many workers are up */
};
struct queue_station {
	char name[QUEUE_NAME];
	char host[QUEUE_NAME]; /* "none": a core for each worker */
	int64_t workers;       /* -1: as many as there are customers */
	struct sim_dist service;
	int64_t capacity;      /* customers that wait, those in service not counted; -1 infinite */
	uint8_t discipline;    /* enum queue_discipline */
	struct queue_breakdowns breakdowns;
	uint16_t host_index;   /* of host; UINT16_MAX none */
};
struct queue_source {
	char name[QUEUE_NAME];
	char to[QUEUE_NAME];
	struct sim_arrival_config arrivals;
	int64_t priority;        /* 0 … 255, lower first */
	int64_t visits;          /* so many times in a row at the first station, before any route */
	struct sim_dist patience;    /* each time it waits; never: it stays */
	struct sim_dist retry_delay; /* never: one that was turned away is gone */
	int64_t attempts;        /* in all, at one station; -1 without end */
	bool unlimited;          /* attempts without end, whatever `attempts` says */
	uint16_t to_index;
};
struct queue_route {
	char name[QUEUE_NAME];
	char from[QUEUE_NAME], to[QUEUE_NAME];
	double probability; /* with what is left, customers leave */
	uint16_t from_index, to_index;
};

struct queue_config {
	uint32_t n_hosts, n_stations, n_sources, n_routes;
	struct queue_host host[QUEUE_MAX_HOSTS];
	struct queue_station station[QUEUE_MAX_STATIONS];
	struct queue_source source[QUEUE_MAX_SOURCES];
	struct queue_route route[QUEUE_MAX_ROUTES];
};
/* Their keys: lists `hosts`, `stations`, `sources`, `routes`. */
extern const struct sim_section queue_host_section, queue_station_section, queue_source_section,
	queue_route_section;

struct queue_plan {
	uint64_t seed;
	uint32_t replication;
	int64_t duration_ns;
	int64_t warmup_ns; /* what happens before this is not counted */
};

/* One replication. Names are resolved (the …_index), arrivals without fault. Fills events, digest. */
void queue_run(const struct queue_config *config, const struct queue_plan *plan, struct rec *rec,
               struct rec_summary *summary);

#endif
