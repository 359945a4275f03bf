/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/queue/network.h"
#include "sim/core/status.h"

static bool is_available(const struct queue_place *place)
{
	return place->machines.up >= (uint64_t)place->config->breakdowns.needed;
}

static void schedule_failure(struct queue_network *network, uint32_t number)
{
	struct queue_place *place = &network->place[number];

	sim_after(network->sim, sim_dist_draw(&place->config->breakdowns.time_to_failure,
	                                      &place->machines.failures),
	          QUEUE_KIND_FAILURE, 0, number, 0);
}

void queue_machines_start(struct queue_network *network, uint32_t number)
{
	struct queue_place *place = &network->place[number];
	const struct queue_station *config = place->config;

	place->machines = (struct queue_machines){
		.up = config->workers < 0 ? 0 : (uint32_t)config->workers,
		.available = {.now = 1},
		.failures = sim_stream_of(network->sim, QUEUE_DRAW_FAILURE, number),
		.repairs = sim_stream_of(network->sim, QUEUE_DRAW_REPAIR, number)};
	if (sim_dist_is_never(&config->breakdowns.time_to_failure))
		return;
	for (uint32_t i = 0; i < place->machines.up; i++)
		schedule_failure(network, number);
}

static void change(struct queue_network *network, struct queue_place *place, int by)
{
	int was = is_available(place);

	place->machines.up += (uint32_t)by;
	queue_level_change(&place->machines.available, network->sim->now_ns, is_available(place) - was);
	sim_station_workers(network->stations, place->station, place->machines.up);
}

static void repair_next(struct queue_network *network, uint32_t number)
{
	struct queue_place *place = &network->place[number];
	const struct queue_breakdowns *b = &place->config->breakdowns;

	if (place->machines.waiting == 0 ||
	    (b->repairmen >= 0 && place->machines.repairing >= (uint64_t)b->repairmen))
		return;
	place->machines.waiting--;
	place->machines.repairing++;
	sim_after(network->sim, sim_dist_draw(&b->repair, &place->machines.repairs),
	          QUEUE_KIND_REPAIR, 0, number, 0);
}

void queue_on_failure(void *context, const struct sim_event *event)
{
	struct queue_network *network = context;
	struct queue_place *place = &network->place[event->to];

	SIM_ASSERT(place->machines.up > 0);
	change(network, place, -1);
	place->machines.waiting++;
	repair_next(network, event->to);
}

void queue_on_repair(void *context, const struct sim_event *event)
{
	struct queue_network *network = context;
	struct queue_place *place = &network->place[event->to];

	SIM_ASSERT(place->machines.repairing > 0);
	place->machines.repairing--;
	change(network, place, 1);
	schedule_failure(network, event->to);
	repair_next(network, event->to);
}
