/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/relay.h"

void relay_init(struct relay *relay, struct nf_env *env, uint16_t node, int64_t timeout_ns)
{
	*relay = (struct relay){.env = env, .node = node, .timeout_ns = timeout_ns};
	relay->entries = sim_pool_new(env->sim->arena, sizeof(struct relay_entry), 256);
}

struct msg *relay_ask_as(struct relay *relay, const struct msg *request, enum msg_type type,
                         struct relay_entry **made)
{
	struct nf_env *env = relay->env;
	struct sim_handle handle;
	struct relay_entry *entry = sim_pool_take_as_is(relay->entries, &handle);
	struct msg *ask = nf_message(env, type, request);

	*made = entry;
	msg_copy(&entry->request, request);
	entry->guard = (struct sim_timer){0};
	entry->msin = entry->sqn = 0;
	entry->epoch = relay->epoch;
	ask->asker = handle;
	sim_timer_start(env->sim, &entry->guard, relay->timeout_ns, NF_KIND_TIMER, 0, relay->node,
	                sim_handle_pack(handle));
	return ask;
}

struct msg *relay_ask(struct relay *relay, const struct msg *request, enum msg_type type)
{
	struct relay_entry *entry;

	return relay_ask_as(relay, request, type, &entry);
}

static void give(struct relay *relay, struct relay_entry *entry, struct sim_handle handle)
{
	sim_timer_stop(relay->env->sim, &entry->guard);
	sim_pool_give(relay->entries, handle);
}

struct relay_entry *relay_find(struct relay *relay, const struct msg *answer)
{
	struct relay_entry *entry = sim_pool_get(relay->entries, answer->asker);

	if (entry && entry->epoch == relay->epoch)
		return entry;
	relay->env->counter[NF_COUNT_STALE]++;
	if (entry)
		give(relay, entry, answer->asker);
	return NULL;
}

struct relay_entry *relay_find_of(struct relay *relay, const struct msg *answer,
                                  enum msg_type request)
{
	struct relay_entry *entry = relay_find(relay, answer);

	if (!entry || entry->request.type == request)
		return entry;
	relay->env->counter[NF_COUNT_UNEXPECTED]++;
	return NULL;
}

const struct relay_entry *relay_peek(const struct relay *relay, const struct msg *answer)
{
	const struct relay_entry *entry = sim_pool_get(relay->entries, answer->asker);

	return entry && entry->epoch == relay->epoch ? entry : NULL;
}

void relay_forget(struct relay *relay, const struct msg *answer)
{
	give(relay, sim_pool_get(relay->entries, answer->asker), answer->asker);
}

void relay_timer(struct relay *relay, const struct sim_event *event)
{
	struct sim_handle handle = sim_handle_unpack(event->arg);
	struct relay_entry *entry = sim_pool_get(relay->entries, handle);

	if (!entry)
		return;
	relay->env->counter[NF_COUNT_SBI_TIMEOUTS] += entry->epoch == relay->epoch;
	give(relay, entry, handle);
}

void relay_reset(struct relay *relay)
{
	relay->epoch++;
}
