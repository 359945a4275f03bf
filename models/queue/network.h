/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside a run of stations: shared by network.c (customers) and breakdown.c (machines). */
#ifndef MODELS_QUEUE_NETWORK_H
#define MODELS_QUEUE_NETWORK_H

#include "models/queue/queue.h"
#include "models/queue/tally.h"
#include "sim/net/net.h"
#include "sim/net/station.h"

enum queue_kind {
	QUEUE_KIND_ARRIVAL = SIM_KIND_MODELS, /* to: source                    */
	QUEUE_KIND_RETRY,                     /* to: station, arg: customer    */
	QUEUE_KIND_FAILURE,                   /* to: station                   */
	QUEUE_KIND_REPAIR,                    /* to: station                   */
	QUEUE_KIND_WARM                       /* counting begins               */
};
/* Purposes of random streams; entities are numbers of stations or sources. Append only. */
enum queue_purpose {
	QUEUE_DRAW_ARRIVALS = 1,
	QUEUE_DRAW_SERVICE,
	QUEUE_DRAW_ROUTE,
	QUEUE_DRAW_PATIENCE,
	QUEUE_DRAW_RETRY,
	QUEUE_DRAW_FAILURE,
	QUEUE_DRAW_REPAIR
};

struct queue_machines {
	uint32_t up, waiting; /* for a repairman */
	uint32_t repairing;
	struct queue_level available; /* 1 while as many are up as are needed */
	struct sim_stream failures, repairs;
};

struct queue_place {
	const struct queue_station *config;
	uint32_t station; /* in sim_stations */
	struct sim_stream services, routes;
	struct queue_tally all;
	struct queue_tally *of;    /* by source; NULL where there is one */
	struct queue_level orbit;
	struct queue_machines machines;
	struct sim_station_stats at_warmup;
};

struct queue_origin {
	const struct queue_source *config;
	struct sim_arrival arrivals;
	struct sim_stream patience, retries;
	struct queue_leaving leaving;
};

struct queue_network {
	const struct queue_config *config;
	struct sim *sim;
	struct sim_stations *stations;
	struct sim_pool *customers;
	struct queue_place *place;
	struct queue_origin *origin;
	struct queue_leaving leaving;
	int64_t warm_ns; /* counting began */
};

/* breakdown.c */
void queue_machines_start(struct queue_network *network, uint32_t place);
void queue_on_failure(void *network, const struct sim_event *event);
void queue_on_repair(void *network, const struct sim_event *event);

#endif
