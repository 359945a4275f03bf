/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/relay.h"

#include <stddef.h>

void relay_init(struct relay *relay, struct nf_env *env, uint16_t node, int64_t timeout_ns)
{
	*relay = (struct relay){.env = env, .guard = {.sim = env->sim, .lasts_ns = timeout_ns,
		.kind = NF_KIND_TIMER, .node = node}};
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
	entry->self = handle;
	entry->msin = entry->sqn = 0;
	entry->epoch = relay->epoch;
	entry->wait = (struct guard_wait){.older = NULL};
	guard_begin(&relay->guard, &entry->wait);
	ask->asker = handle;
	return ask;
}

struct msg *relay_ask(struct relay *relay, const struct msg *request, enum msg_type type)
{
	struct relay_entry *entry;

	return relay_ask_as(relay, request, type, &entry);
}

static void give(struct relay *relay, struct relay_entry *entry)
{
	guard_end(&relay->guard, &entry->wait);
	sim_pool_give(relay->entries, entry->self);
}

struct relay_entry *relay_find(struct relay *relay, const struct msg *answer)
{
	struct relay_entry *entry = sim_pool_get(relay->entries, answer->asker);

	if (entry && entry->epoch == relay->epoch)
		return entry;
	relay->env->counter[NF_COUNT_STALE]++;
	if (entry)
		give(relay, entry);
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
	give(relay, sim_pool_get(relay->entries, answer->asker));
}

static struct relay_entry *entry_of(struct guard_wait *wait)
{
	return (struct relay_entry *)(void *)((char *)wait - offsetof(struct relay_entry, wait));
}

void relay_timer(struct relay *relay)
{
	struct guard_wait *wait;

	while ((wait = guard_expired(&relay->guard)) != NULL) {
		struct relay_entry *entry = entry_of(wait);

		relay->env->counter[NF_COUNT_SBI_TIMEOUTS] += entry->epoch == relay->epoch;
		give(relay, entry);
	}
}

void relay_reset(struct relay *relay)
{
	relay->epoch++;
}
