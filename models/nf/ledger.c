/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/ledger.h"

#include "models/crypto/sign.h"
#include "models/nf/index.h"
#include <string.h>

static const struct sim_param rows[] = {
	NF_STATION_ROWS(struct ledger_config),
	{.key = "block_interval", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct ledger_config, block_interval_ns), .fallback = "2s", .min = 0.001,
	 .max = 86400, .source = "assumption: a permissioned chain of the operator",
	 .doc = "time between blocks"},
	{.key = "finality", .type = SIM_PAR_COUNT, .offset = offsetof(struct ledger_config, finality),
	 .fallback = "2", .min = 1, .max = 1000, .source = "assumption: one block on top",
	 .doc = "blocks after which an entry is final, its own included"},
};
const struct sim_section ledger_section = {
	.prefix = "ledger", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct ledger_config), .doc = "the registry of tokens (NFT) of twins",
};

/* A growing array in the replication's arena. */
struct list {
	void *item;
	uint32_t n, capacity;
};
/* Who waits for the confirmation of an entry. */
struct asker {
	uint32_t entry;
	uint16_t node;
	uint32_t ue, procedure;
	struct sim_handle context;
	uint32_t stream;
	struct sim_span span;
};
struct ledger {
	struct nf_env *env;
	const struct ledger_config *config;
	const struct nf_anchors *anchors;
	uint8_t secret[32];
	int64_t phase_ns;            /* of the grid of blocks          */
	struct list blocks, entries; /* durable                        */
	uint32_t n_in_blocks;        /* entries that have a block      */
	struct list askers;          /* volatile                       */
	struct nf_index by_token;    /* to the entry's number          */
	struct sim_timer block_due;
};

static void *append(struct ledger *ledger, struct list *list, size_t size)
{
	if (list->n == list->capacity) {
		uint32_t capacity = list->capacity ? 2 * list->capacity : 16;
		void *item = sim_arena_alloc(ledger->env->sim->arena, capacity * size);
		if (list->n)
			memcpy(item, list->item, list->n * size);
		list->item = item;
		list->capacity = capacity;
	}
	void *fresh = (char *)list->item + list->n++ * size;
	return memset(fresh, 0, size);
}

/* The chain was there before the run: its grid has nothing to do with midnight. */
static int64_t draw_phase(const struct ledger *ledger)
{
	uint8_t octets[32];

	nf_own_secret(ledger->env, ledger->env->node.ledger, 1, octets);
	return (int64_t)(nf_index_key(octets) % (uint64_t)ledger->config->block_interval_ns);
}

struct ledger *ledger_new(struct nf_env *env, const struct ledger_config *config,
                          struct nf_anchors *anchors)
{
	struct ledger *ledger = sim_arena_alloc(env->sim->arena, sizeof *ledger);

	ledger->env = env;
	ledger->config = config;
	ledger->anchors = anchors;
	nf_index_init(&ledger->by_token, env->sim->arena, 16);
	nf_own_secret(env, env->node.ledger, 0, ledger->secret);
	crypto_sign_public(env->crypto, nf_twin_suite(env), ledger->secret, anchors->ledger_key);
	ledger->phase_ns = draw_phase(ledger);
	return ledger;
}

uint32_t ledger_n_blocks(const struct ledger *ledger)
{
	return ledger->blocks.n;
}

const struct ledger_block *ledger_block(const struct ledger *ledger, uint32_t i)
{
	SIM_ASSERT(i < ledger->blocks.n);
	return (const struct ledger_block *)ledger->blocks.item + i;
}

const struct ledger_entry *ledger_entry(const struct ledger *ledger, uint32_t i)
{
	SIM_ASSERT(i < ledger->entries.n);
	return (const struct ledger_entry *)ledger->entries.item + i;
}

static struct ledger_entry *entry_at(struct ledger *ledger, uint32_t i)
{
	return (struct ledger_entry *)ledger->entries.item + i;
}

/* ---- blocks ---- */

static void schedule_block(struct ledger *ledger)
{
	int64_t interval = ledger->config->block_interval_ns, now = ledger->env->sim->now_ns;
	int64_t k = (now - ledger->phase_ns + interval) / interval;

	if (!sim_timer_running(ledger->env->sim, &ledger->block_due))
		sim_timer_start(ledger->env->sim, &ledger->block_due,
		                k * interval + ledger->phase_ns - now, NF_KIND_TIMER, 0,
		                ledger->env->node.ledger, 0);
}

/* The digest of a block's entries: a chain of hashes, so that their number is open. */
static void digest_entries(struct ledger *ledger, struct ledger_block *block)
{
	struct nf_env *env = ledger->env;

	for (uint32_t i = 0; i < block->n_entries; i++) {
		struct ledger_entry *entry = entry_at(ledger, block->first_entry + i);
		struct dt_text mint = dt_text_mint(entry->token, entry->owner_key);
		uint8_t link[32];
		crypto_hash(env->crypto, nf_twin_suite(env), mint.octets, mint.n, link);
		struct dt_text chain = dt_text_block(i, block->entries, link);
		crypto_hash(env->crypto, nf_twin_suite(env), chain.octets, chain.n, block->entries);
		entry->block = block->number;
	}
}

static void make_block(struct ledger *ledger)
{
	struct nf_env *env = ledger->env;
	struct ledger_block *block = append(ledger, &ledger->blocks, sizeof *block);

	block->number = ledger->blocks.n;
	block->first_entry = ledger->n_in_blocks;
	block->n_entries = ledger->entries.n - ledger->n_in_blocks;
	ledger->n_in_blocks = ledger->entries.n;
	if (block->number > 1)
		memcpy(block->previous, block[-1].hash, sizeof block->previous);
	digest_entries(ledger, block);
	struct dt_text text = dt_text_block(block->number, block->previous, block->entries);
	crypto_hash(env->crypto, nf_twin_suite(env), text.octets, text.n, block->hash);
	crypto_sign(env->crypto, nf_twin_suite(env), ledger->secret, text.octets, text.n,
	            block->signature);
}

static bool is_final(const struct ledger *ledger, const struct ledger_entry *entry)
{
	return entry->block > 0 &&
	       entry->block + (uint64_t)ledger->config->finality <= (uint64_t)ledger->blocks.n + 1;
}

static void confirm(struct ledger *ledger, struct asker *asker)
{
	struct nf_env *env = ledger->env;
	const struct ledger_entry *entry = entry_at(ledger, asker->entry);
	const struct ledger_block *block = ledger_block(ledger, (uint32_t)entry->block - 1);

	sim_span_mark(&asker->span, env->sim->now_ns, SIM_PART_TIMER);
	struct msg *final =
		nf_message_for(env, MSG_LEDGER_FINAL, asker->ue, asker->procedure, &asker->span);
	struct dt_text text = dt_text_final(entry->token, block->number, block->hash);
	final->asker = asker->context;
	final->stream = asker->stream;
	memcpy(final->dt.tid, entry->token, sizeof final->dt.tid);
	memcpy(final->dt.root, block->hash, sizeof final->dt.root);
	final->dt.session = block->number;
	crypto_sign(env->crypto, nf_suite(env, asker->ue), ledger->secret, text.octets, text.n,
	            final->dt.proof);
	nf_send(env, env->node.ledger, asker->node, final);
}

/* Confirms what is final; keeps the others, in their order. */
static void confirm_all(struct ledger *ledger)
{
	struct asker *asker = ledger->askers.item;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < ledger->askers.n; i++) {
		if (is_final(ledger, entry_at(ledger, asker[i].entry)))
			confirm(ledger, &asker[i]);
		else
			asker[kept++] = asker[i];
	}
	ledger->askers.n = kept;
}

static void block_due(void *self, const struct sim_event *event)
{
	struct ledger *ledger = self;

	(void)event;
	make_block(ledger);
	confirm_all(ledger);
	if (ledger->askers.n)
		schedule_block(ledger);
}

/* ---- entries ---- */

static bool is_signed(const struct ledger *ledger, const struct msg *msg)
{
	struct nf_env *env = ledger->env;
	struct dt_text text = dt_text_mint(msg->dt.tid, msg->dt.key);

	return crypto_verify(env->crypto, nf_suite(env, msg->ue), ledger->anchors->network_key,
	                     text.octets, text.n, msg->dt.proof);
}

/* The entry of this mint, old or new. false: the token belongs to another owner key. */
static bool find_or_add(struct ledger *ledger, const struct msg *msg, uint32_t *number)
{
	uint64_t key = nf_index_key(msg->dt.tid), found;

	if (nf_index_get(&ledger->by_token, key, &found)) {
		const struct ledger_entry *entry = entry_at(ledger, (uint32_t)found);
		*number = (uint32_t)found;
		return memcmp(entry->token, msg->dt.tid, 32) == 0 &&
		       memcmp(entry->owner_key, msg->dt.key, 32) == 0;
	}
	*number = ledger->entries.n;
	struct ledger_entry *entry = append(ledger, &ledger->entries, sizeof *entry);
	memcpy(entry->token, msg->dt.tid, sizeof entry->token);
	memcpy(entry->owner_key, msg->dt.key, sizeof entry->owner_key);
	nf_index_put(&ledger->by_token, key, *number);
	return true;
}

static void refuse(struct ledger *ledger, const struct msg *msg, uint8_t cause)
{
	struct msg *answer = nf_answer(ledger->env, MSG_LEDGER_FINAL, msg);

	answer->cause = cause;
	memcpy(answer->dt.tid, msg->dt.tid, sizeof answer->dt.tid);
	nf_reply(ledger->env, msg, answer);
}

static void mint(struct ledger *ledger, const struct msg *msg)
{
	uint32_t number;

	if (!is_signed(ledger, msg)) {
		refuse(ledger, msg, DT_CAUSE_SIGNATURE);
		return;
	}
	if (!find_or_add(ledger, msg, &number)) {
		refuse(ledger, msg, DT_CAUSE_TOKEN_TAKEN);
		return;
	}
	struct asker *asker = append(ledger, &ledger->askers, sizeof *asker);
	*asker = (struct asker){.entry = number, .node = msg->from, .ue = msg->ue,
		.procedure = msg->procedure, .context = msg->asker, .stream = msg->stream, .span = msg->span};
	confirm_all(ledger);
	if (ledger->askers.n)
		schedule_block(ledger);
}

static struct nf_demand demand(void *self, const struct msg *msg)
{
	const struct nf_env *env = ((const struct ledger *)self)->env;
	const int64_t *cost = env->cost->ns;

	return nf_twin_demand(env, msg, SVC_ledger_append, 0,
	                      cost[CRYPTO_OP_VERIFY] + cost[CRYPTO_OP_HASH]);
}

static void handle(void *self, const struct msg *msg)
{
	struct ledger *ledger = self;

	if (msg->type == MSG_LEDGER_MINT)
		mint(ledger, msg);
	else
		ledger->env->counter[NF_COUNT_UNEXPECTED]++;
}

/* Accepted entries are durable and go into the next block made; who waited is forgotten. */
static void reset(void *self)
{
	struct ledger *ledger = self;

	sim_timer_stop(ledger->env->sim, &ledger->block_due);
	ledger->askers.n = 0;
}

const struct nf_entry nf_ledger = {
	.name = "ledger", .doc = "registry of tokens (NFT): append-only, hash-linked, signed",
	.source = "the use case; Haber and Stornetta, J. Cryptology 3, 1991", .demand = demand,
	.handle = handle, .timer = block_due, .reset = reset,
};
