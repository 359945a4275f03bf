/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/aanf.h"

#include "models/crypto/kdf.h"
#include "models/nf/index.h"
#include <string.h>

static const struct sim_param rows[] = {
	NF_STATION_ROWS(struct aanf_config),
	{.key = "kaf_lifetime", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct aanf_config, kaf_lifetime_ns), .fallback = "12h", .min = 1,
	 .max = 31536000, .source = "assumption: operator policy (TS 33.535 6.2.1), one working day",
	 .doc = "lifetime of KAF"},
};
const struct sim_section aanf_section = {
	.prefix = "aanf", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct aanf_config), .doc = "AKMA anchor function",
};

enum { FIRST_ANCHORS = 64 }; /* few subscribers have AKMA */

/* A subscriber's AKMA context; the newest only. */
struct anchor {
	uint8_t a_tid[32], kakma[32];
	uint64_t msin;
};
struct aanf {
	struct nf_env *env;
	const struct aanf_config *config;
	const struct nf_anchors *anchors;
	struct sim_pool *contexts;
	struct nf_index by_msin, by_a_tid; /* to handles */
};

struct aanf *aanf_new(struct nf_env *env, const struct aanf_config *config,
                      const struct nf_anchors *anchors)
{
	struct sim_arena *arena = env->sim->arena;
	struct aanf *aanf = sim_arena_alloc(arena, sizeof *aanf);

	*aanf = (struct aanf){.env = env, .config = config, .anchors = anchors};
	aanf->contexts = sim_pool_new(arena, sizeof(struct anchor), FIRST_ANCHORS);
	nf_index_init(&aanf->by_msin, arena, FIRST_ANCHORS);
	nf_index_init(&aanf->by_a_tid, arena, FIRST_ANCHORS);
	return aanf;
}

static struct nf_demand demand(void *self, const struct msg *msg)
{
	const struct aanf *aanf = self;
	const struct nf_env *env = aanf->env;

	if (msg->type == MSG_AANF_KEY)
		return nf_twin_demand(env, msg, SVC_aanf_key, 0, env->cost->ns[CRYPTO_OP_KAF]);
	return nf_twin_demand(env, msg, SVC_aanf_register, 0, 0);
}

/* TS 33.535 6.1 step 4: the AAnF keeps the latest anchor of a subscriber. */
static void register_anchor(struct aanf *aanf, const struct msg *msg)
{
	const struct msg_key *key = &msg->key;
	struct sim_handle handle;
	struct anchor *anchor;
	struct msg *answer;
	uint64_t packed;

	if (nf_index_get(&aanf->by_msin, key->msin, &packed)) {
		handle = sim_handle_unpack(packed);
		anchor = sim_pool_get(aanf->contexts, handle);
		nf_index_remove(&aanf->by_a_tid, nf_index_key(anchor->a_tid));
	} else {
		anchor = sim_pool_take(aanf->contexts, &handle);
		nf_index_put(&aanf->by_msin, key->msin, sim_handle_pack(handle));
	}
	anchor->msin = key->msin;
	memcpy(anchor->a_tid, key->a_tid, sizeof anchor->a_tid);
	memcpy(anchor->kakma, key->key, sizeof anchor->kakma);
	nf_index_put(&aanf->by_a_tid, nf_index_key(key->a_tid), sim_handle_pack(handle));
	answer = nf_answer(aanf->env, MSG_AANF_REGISTER_RSP, msg);
	answer->key = *key;
	nf_reply(aanf->env, msg, answer);
}

static const struct anchor *find(const struct aanf *aanf, const uint8_t a_tid[32])
{
	uint64_t packed;

	if (!nf_index_get(&aanf->by_a_tid, nf_index_key(a_tid), &packed))
		return NULL;
	const struct anchor *anchor = sim_pool_get(aanf->contexts, sim_handle_unpack(packed));
	return anchor && memcmp(anchor->a_tid, a_tid, sizeof anchor->a_tid) == 0 ? anchor : NULL;
}

static void give_key(struct aanf *aanf, const struct msg *msg)
{
	struct nf_env *env = aanf->env;
	const struct anchor *anchor = find(aanf, msg->key.a_tid);
	const struct nf_anchors *anchors = aanf->anchors;
	const struct nf_hospital_keys *af = NULL;
	struct msg *answer = nf_answer(env, MSG_AANF_KEY_RSP, msg);

	answer->key.af = msg->key.af;
	if (msg->key.af > 0 && msg->key.af <= anchors->n_hospitals)
		af = &anchors->hospital[msg->key.af - 1];
	if (msg->key.af > anchors->n_hospitals) {
		answer->cause = DT_CAUSE_UNKNOWN_AUDIENCE;
	} else if (anchor) {
		crypto_kaf(env->crypto, nf_suite(env, msg->ue), anchor->kakma,
		           af ? af->af_id : anchors->af_id, af ? af->n_af_id : anchors->n_af_id,
		           answer->key.key);
		answer->key.msin = af ? 0 : anchor->msin; /* the NEF keeps the SUPI: 33.535 6.3 */
		answer->key.expiry_ns = env->sim->now_ns + aanf->config->kaf_lifetime_ns;
	} else {
		answer->cause = DT_CAUSE_A_TID_UNKNOWN;
	}
	nf_reply(env, msg, answer);
}

/* TS 29.535: the AUSF has no KAUSF any more, or the subscriber no AKMA. */
static void remove_anchor(struct aanf *aanf, const struct msg *msg)
{
	struct msg *answer = nf_answer(aanf->env, MSG_AANF_REMOVE_RSP, msg);
	struct sim_handle handle;
	const struct anchor *anchor;
	uint64_t packed;

	if (nf_index_get(&aanf->by_msin, msg->key.msin, &packed)) {
		handle = sim_handle_unpack(packed);
		anchor = sim_pool_get(aanf->contexts, handle);
		nf_index_remove(&aanf->by_a_tid, nf_index_key(anchor->a_tid));
		nf_index_remove(&aanf->by_msin, anchor->msin);
		sim_pool_give(aanf->contexts, handle);
	} else {
		answer->cause = MSG_CAUSE_UE_IDENTITY_UNKNOWN;
	}
	nf_reply(aanf->env, msg, answer);
}

static void handle(void *self, const struct msg *msg)
{
	struct aanf *aanf = self;

	if (msg->type == MSG_AANF_REGISTER)
		register_anchor(aanf, msg);
	else if (msg->type == MSG_AANF_KEY)
		give_key(aanf, msg);
	else if (msg->type == MSG_AANF_REMOVE)
		remove_anchor(aanf, msg);
	else
		aanf->env->counter[NF_COUNT_UNEXPECTED]++;
}

/* Anchors are volatile: a new one comes with the subscriber's next authentication. */
static void reset(void *self)
{
	struct aanf *aanf = self;

	aanf->contexts = sim_pool_new(aanf->env->sim->arena, sizeof(struct anchor),
	                              FIRST_ANCHORS);
	nf_index_clear(&aanf->by_msin);
	nf_index_clear(&aanf->by_a_tid);
}

const struct nf_entry nf_aanf = {
	.name = "aanf", .doc = "AKMA anchor function: KAKMA by A-KID, KAF for the DTF",
	.source = "TS 33.535", .demand = demand, .handle = handle, .reset = reset,
};
