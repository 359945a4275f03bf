/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The working days: who operates is an independent fair coin for each operation, the hospital and the cell
 * that the surgeon is in are uniform, and operations do not overlap: the schedule itself tells nothing.
 */
#include "scenarios/world_state.h"

enum { DAY_S = 86400 };

static struct surgeon_operation draw_operation(const struct world *world, uint32_t k)
{
	const struct scn_operations_config *operations = &world->config->operations;
	struct sim_stream stream = nf_stream(&world->env, NF_DRAW_SCHEDULE, 0, k, 0);
	int64_t day = k / operations->per_day, slot = k % operations->per_day;
	double jitter = sim_stream_u01(&stream) * (double)operations->jitter_ns;

	return (struct surgeon_operation){
		.start_ns = day * DAY_S * SIM_NS_PER_S + operations->first_ns +
		            slot * operations->spacing_ns + (int64_t)jitter,
		.length_ns = operations->length_ns,
		.ue = sim_stream_below(&stream, world->config->n_surgeons),
		.hospital = (uint16_t)sim_stream_below(&stream, world->config->n_hospitals),
		.cell = (uint16_t)sim_stream_below(&stream, world->env.node.n_gnbs)};
}

void world_schedule(struct world *world)
{
	const struct scn_config *config = world->config;
	uint32_t n = (uint32_t)(config->operations.days * config->operations.per_day);
	struct surgeon_operation *operation = sim_arena_alloc(world->env.sim->arena,
	                                                      (n + 1) * sizeof *operation);

	for (uint32_t k = 0; k < n; k++)
		operation[k] = draw_operation(world, k);
	world->surgeon_plan = (struct surgeon_plan){.operation = operation, .n_operations = n,
		.enrol_ns = config->operations.enrol_ns,
		.enrol_apart_ns = config->operations.enrol_apart_ns,
		.enrol_again_ns = config->operations.enrol_again_ns,
		.registration_deadline_ns = config->deadlines.registration_ns,
		.entering_deadline_ns = config->deadlines.entering_ns,
		.survival_ns = config->deadlines.survival_ns, .lost_ns = config->deadlines.lost_ns,
		.ladder = config->record.ladder && world->env.sim->replication == 0};
}
