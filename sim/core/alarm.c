/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/core/sim.h"
#include "sim/core/status.h"

enum { SLOT_BITS = 30, SLOTS = 1 << 13, CHUNK_IDS = 61 }; /* slots of 1.07 s, for 2.4 h */
#define BEYOND (UINT32_C(1) << 31) /* of an id: its alarm is for a later slot */

struct chunk {
	struct chunk *next;
	uint32_t n;
	uint32_t id[CHUNK_IDS];
};
struct group {
	struct sim_alarm_kind kind;
	struct chunk *slot[SLOTS];
};
struct sim_alarms {
	uint32_t n_groups;
	struct group *group[SIM_ALARM_GROUPS];
	struct chunk *unused;
	int64_t first;  /* the first slot that has not been opened */
	uint32_t n_ids; /* in all lists */
};

uint16_t sim_alarm_group(struct sim *sim, const struct sim_alarm_kind *kind)
{
	struct group *group = sim_arena_alloc(sim->arena, sizeof *group);

	if (!sim->alarms)
		sim->alarms = sim_arena_alloc(sim->arena, sizeof *sim->alarms);
	SIM_ASSERT(sim->alarms->n_groups < SIM_ALARM_GROUPS);
	group->kind = *kind;
	sim->alarms->group[sim->alarms->n_groups] = group;
	return (uint16_t)sim->alarms->n_groups++;
}

static struct chunk *take_chunk(struct sim *sim)
{
	struct chunk *chunk = sim->alarms->unused;

	if (chunk)
		sim->alarms->unused = chunk->next;
	else
		chunk = sim_arena_alloc(sim->arena, sizeof *chunk);
	chunk->n = 0;
	return chunk;
}

static void put_in_list(struct sim *sim, uint16_t group, uint32_t id, int64_t slot)
{
	struct sim_alarms *alarms = sim->alarms;
	const bool beyond = slot >= alarms->first + SLOTS;
	const int64_t at = beyond ? alarms->first + SLOTS - 1 : slot;
	struct chunk **list = &alarms->group[group]->slot[at % SLOTS];

	if (!*list || (*list)->n == CHUNK_IDS) {
		struct chunk *chunk = take_chunk(sim);
		chunk->next = *list;
		*list = chunk;
	}
	(*list)->id[(*list)->n++] = beyond ? id | BEYOND : id;
	alarms->n_ids++;
	if (at << SLOT_BITS < sim->alarms_ns)
		sim->alarms_ns = at << SLOT_BITS;
}

static void push(struct sim *sim, uint16_t group, uint32_t id, struct sim_alarm *alarm)
{
	sim_evq_push(&sim->queue, &(struct sim_event){.t_ns = alarm->at_ns, .order = alarm->order,
		.kind = SIM_KIND_TIMER, .detail = (uint16_t)(group + 1), .to = id});
	alarm->at_ns = -alarm->at_ns;
}

void sim_alarm_set(struct sim *sim, uint16_t group, uint32_t id, struct sim_alarm *alarm,
                   int64_t delay_ns)
{
	const int64_t slot = sim->now_ns >> SLOT_BITS;

	SIM_ASSERT(delay_ns >= 0 && delay_ns <= SIM_TIME_MAX - sim->now_ns && id < BEYOND);
	sim_alarm_stop(sim, alarm);
	if (sim->alarms->first < slot && sim->alarms_ns >= slot << SLOT_BITS)
		sim->alarms->first = slot; /* there is none before */
	alarm->at_ns = sim->now_ns + delay_ns;
	SIM_ASSERT(alarm->at_ns > 0);
	alarm->order = (uint64_t)SIM_ORDINARY << SIM_SEQUENCE_BITS | sim->sequence++;
	if (alarm->at_ns >> SLOT_BITS < sim->alarms->first)
		push(sim, group, id, alarm);
	else
		put_in_list(sim, group, id, alarm->at_ns >> SLOT_BITS);
}

void sim_alarm_stop(struct sim *sim, struct sim_alarm *alarm)
{
	const bool has_event = alarm->order != 0 && alarm->at_ns < 0;

	*alarm = (struct sim_alarm){0, 0};
	if (has_event)
		sim_note_stale(sim);
}

/* ---- the event loop ---- */

/* Moved alarms have an entry elsewhere; the second entry of one finds it pushed. */
static void open_one(struct sim *sim, uint16_t group, uint32_t id, int64_t slot)
{
	const struct sim_alarm_kind *kind = &sim->alarms->group[group]->kind;
	struct sim_alarm *alarm = kind->find(kind->context, id & ~BEYOND);

	if (!alarm || alarm->order == 0 || alarm->at_ns < 0)
		return;
	if (alarm->at_ns >> SLOT_BITS == slot)
		push(sim, group, id & ~BEYOND, alarm);
	else if (id & BEYOND && alarm->at_ns >> SLOT_BITS > slot)
		put_in_list(sim, group, id & ~BEYOND, alarm->at_ns >> SLOT_BITS);
}

static void open_list(struct sim *sim, uint16_t group, int64_t slot)
{
	struct sim_alarms *alarms = sim->alarms;
	struct chunk *chunk = alarms->group[group]->slot[slot % SLOTS];

	alarms->group[group]->slot[slot % SLOTS] = NULL;
	while (chunk) {
		struct chunk *next = chunk->next;
		for (uint32_t i = 0; i < chunk->n; i++)
			open_one(sim, group, chunk->id[i], slot);
		alarms->n_ids -= chunk->n;
		chunk->next = alarms->unused;
		alarms->unused = chunk;
		chunk = next;
	}
}

static bool has_alarms(const struct sim_alarms *alarms, int64_t slot)
{
	for (uint32_t g = 0; g < alarms->n_groups; g++)
		if (alarms->group[g]->slot[slot % SLOTS])
			return true;
	return false;
}

void sim_alarms_open(struct sim *sim)
{
	struct sim_alarms *alarms = sim->alarms;
	const int64_t slot = sim->alarms_ns >> SLOT_BITS;

	alarms->first = slot + 1;
	sim->alarms_ns = SIM_TIME_MAX;
	for (uint16_t group = 0; group < alarms->n_groups; group++)
		open_list(sim, group, slot);
	if (alarms->n_ids == 0)
		return;
	for (int64_t next = slot + 1;; next++)
		if (has_alarms(alarms, next)) {
			sim->alarms_ns = next << SLOT_BITS;
			return;
		}
}

bool sim_alarm_is_wanted(const struct sim *sim, const struct sim_event *event)
{
	const struct sim_alarm_kind *kind = &sim->alarms->group[event->detail - 1]->kind;
	const struct sim_alarm *alarm = kind->find(kind->context, event->to);

	return alarm && alarm->order == event->order;
}

bool sim_alarm_fire(struct sim *sim, struct sim_event *event)
{
	const struct sim_alarm_kind *kind = &sim->alarms->group[event->detail - 1]->kind;
	const uint32_t id = event->to;

	if (!sim_alarm_is_wanted(sim, event))
		return false;
	*kind->find(kind->context, id) = (struct sim_alarm){0, 0};
	kind->event(kind->context, id, event);
	return true;
}
