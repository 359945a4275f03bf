/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/demand.h"

#include "sim/core/status.h"
#include <string.h>

struct windows {
	struct rec_demand *row;
	uint32_t capacity;
};
struct demand {
	struct sim_arena *arena;
	int64_t window_ns;
	struct windows of_class[REC_N_class];
};

struct demand *demand_new(struct sim_arena *arena, int64_t window_ns)
{
	SIM_ASSERT(window_ns > 0);
	struct demand *demand = sim_arena_alloc(arena, sizeof *demand);
	demand->arena = arena;
	demand->window_ns = window_ns;
	return demand;
}

/* The arena keeps what was outgrown: doubling makes that no more than what is used. */
static void grow(struct demand *demand, struct windows *windows, uint32_t needed)
{
	uint32_t capacity = windows->capacity ? windows->capacity : 256;

	while (capacity <= needed)
		capacity *= 2;
	struct rec_demand *row = sim_arena_alloc(demand->arena, capacity * sizeof *row);
	if (windows->capacity)
		memcpy(row, windows->row, windows->capacity * sizeof *row);
	*windows = (struct windows){row, capacity};
}

static struct rec_demand *row_of(struct demand *demand, enum rec_class class, int64_t start_ns)
{
	struct windows *windows = &demand->of_class[class];
	uint32_t window = (uint32_t)(start_ns / demand->window_ns);

	if (window >= windows->capacity)
		grow(demand, windows, window);
	return &windows->row[window];
}

void demand_registration(struct demand *demand, enum rec_class class, int64_t start_ns, bool met,
                         uint32_t attempts, uint32_t attempts_ok)
{
	struct rec_demand *row = row_of(demand, class, start_ns);

	row->reg_demands++;
	row->reg_met += met;
	row->attempts += attempts;
	row->attempts_ok += attempts_ok;
}

void demand_offered(struct demand *demand, enum rec_class class, int64_t now_ns)
{
	if (demand)
		row_of(demand, class, now_ns)->offered++;
}

void demand_tried(struct demand *demand, enum rec_class class, int64_t now_ns)
{
	if (demand)
		row_of(demand, class, now_ns)->tried++;
}

void demand_completed(struct demand *demand, enum rec_class class, int64_t now_ns)
{
	if (demand)
		row_of(demand, class, now_ns)->completed++;
}

void demand_in_time(struct demand *demand, enum rec_class class, int64_t now_ns)
{
	if (demand)
		row_of(demand, class, now_ns)->in_time++;
}

void demand_dt(struct demand *demand, enum rec_class class, int64_t start_ns, bool met)
{
	struct rec_demand *row = row_of(demand, class, start_ns);

	row->dt_demands++;
	row->dt_met += met;
}

void demand_write(const struct demand *demand, struct rec *rec)
{
	for (uint8_t class = 0; class < REC_N_class; class++) {
		const struct windows *windows = &demand->of_class[class];
		for (uint32_t w = 0; w < windows->capacity; w++) {
			struct rec_demand row = windows->row[w];
			row.class = class;
			row.window = w;
			if (row.reg_demands || row.dt_demands || row.offered || row.tried ||
			    row.completed)
				rec_add_demand(rec, &row);
		}
	}
}
