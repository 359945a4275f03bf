/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/events.h"

#include "sim/core/memory.h"
#include <stdlib.h>

struct nf_events {
	uint32_t *row, n; /* of each message under way, by the index of its handle */
	int fate, arrived_ns; /* columns */
};

struct nf_events *nf_events_new(const struct nf_env *env)
{
	if (!rec_wants(env->rec, REC_LEVEL_EVENTS))
		return NULL;
	struct nf_events *events = sim_memory_new("the table of messages", 1, sizeof *events);
	events->fate = rec_column_find(REC_T_message, "fate");
	events->arrived_ns = rec_column_find(REC_T_message, "arrived_ns");
	return events;
}

void nf_events_free(struct nf_events *events)
{
	if (!events)
		return;
	free(events->row);
	free(events);
}

static void make_room(struct nf_events *events, uint32_t index)
{
	uint32_t n = events->n ? events->n : 1024;

	if (index < events->n)
		return;
	while (n <= index)
		n *= 2;
	events->row = sim_memory_resize("the table of messages", events->row, n,
	                                sizeof *events->row);
	events->n = n;
}

void nf_events_sent(struct nf_env *env, const struct msg *msg)
{
	make_room(env->events, msg->self.index);
	env->events->row[msg->self.index] = env->rec->table[REC_T_message].n;
	rec_add_message(env->rec, &(struct rec_message){
		.sent_ns = msg->sent_ns, .arrived_ns = -1, .from = msg->hop_from, .to = msg->hop_to,
		.message = msg->type, .fate = REC_FATE_IN_FLIGHT, .subscriber = msg->ue,
		.octets = msg->octets});
}

static void end(struct nf_env *env, const struct msg *msg, int64_t arrived_ns, enum rec_fate fate)
{
	const struct nf_events *events = env->events;
	void *const *column = env->rec->table[REC_T_message].column;
	uint32_t row = events->row[msg->self.index];

	((uint8_t *)column[events->fate])[row] = (uint8_t)fate;
	((int64_t *)column[events->arrived_ns])[row] = arrived_ns;
}

void nf_events_arrived(struct nf_env *env, const struct msg *msg)
{
	end(env, msg, env->sim->now_ns, REC_FATE_DELIVERED);
}

void nf_events_lost(struct nf_env *env, const struct msg *msg)
{
	end(env, msg, -1, REC_FATE_LOST);
}
