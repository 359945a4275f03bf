/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/hospital_akma.h"

#include "models/crypto/sign.h"
#include "models/nf/index.h"
#include "models/nf/relay.h"
#include <string.h>

/* KAF of an A-TID; a new one of the same takes its place. */
struct key {
	uint8_t a_tid[32], kaf[32];
	int64_t until_ns;
};
struct hospital_akma {
	struct nf_env *env;
	const struct nf_anchors *anchors;
	uint16_t number, node;
	int64_t timeout_ns;
	struct sim_pool *keys;
	struct nf_index by_a_tid;
	struct nf_index given; /* nonces that authenticated headsets may say hello with */
	struct relay relay;    /* who waits for the AAnF */
};

struct hospital_akma *hospital_akma_new(struct nf_env *env, const struct nf_anchors *anchors,
                                        uint16_t number, int64_t timeout_ns)
{
	struct hospital_akma *akma = sim_arena_alloc(env->sim->arena, sizeof *akma);

	*akma = (struct hospital_akma){.env = env, .anchors = anchors, .number = number,
		.node = (uint16_t)(env->node.hospital0 + number), .timeout_ns = timeout_ns};
	akma->keys = sim_pool_new(env->sim->arena, sizeof(struct key), 4);
	nf_index_init(&akma->by_a_tid, env->sim->arena, 8);
	nf_index_init(&akma->given, env->sim->arena, 8);
	relay_init(&akma->relay, env, akma->node, timeout_ns);
	return akma;
}

static struct key *find(struct hospital_akma *akma, const uint8_t a_tid[32])
{
	uint64_t packed;
	struct key *key;

	if (!nf_index_get(&akma->by_a_tid, nf_index_key(a_tid), &packed))
		return NULL;
	key = sim_pool_get(akma->keys, sim_handle_unpack(packed));
	return key && memcmp(key->a_tid, a_tid, 32) == 0 ? key : NULL;
}

static void refuse(struct hospital_akma *akma, const struct msg *request, uint8_t cause,
                   const struct sim_span *span)
{
	struct msg *answer = nf_answer(akma->env, MSG_HOSPITAL_AKMA_RSP, request);

	answer->cause = cause;
	answer->span = *span;
	answer->dt.hospital = akma->number;
	akma->env->counter[NF_COUNT_ENTRIES_REFUSED]++;
	nf_trace_step(akma->env, akma->node, request->ue, NF_P_ENTRY, MSG_HOSPITAL_AKMA_RSP, 1, cause);
	nf_reply(akma->env, request, answer);
}

static void accept(struct hospital_akma *akma, const struct msg *request, const struct key *key,
                   const struct sim_span *span)
{
	struct nf_env *env = akma->env;
	struct sim_stream stream = nf_stream(env, NF_DRAW_TWIN, request->ue, request->procedure,
	                                     0xc00 | request->attempt);
	struct msg *answer = nf_answer(env, MSG_HOSPITAL_AKMA_RSP, request);
	struct dt_text text;

	answer->span = *span;
	answer->dt.hospital = akma->number;
	memcpy(answer->dt.nonce, request->dt.nonce, sizeof answer->dt.nonce);
	sim_stream_octets(&stream, answer->dt.nonce2, sizeof answer->dt.nonce2);
	text = dt_text_akma_answer(akma->number, request->dt.tid, request->dt.nonce,
	                           answer->dt.nonce2);
	crypto_mac(env->crypto, nf_suite(env, request->ue), key->kaf, text.octets, text.n,
	           answer->dt.mac);
	nf_index_put(&akma->given, nf_index_key(answer->dt.nonce2), 1);
	nf_trace_step(env, akma->node, request->ue, NF_P_ENTRY, MSG_HOSPITAL_AKMA_RSP, 0, 0);
	nf_reply(env, request, answer);
}

static void decide(struct hospital_akma *akma, const struct msg *request, const struct key *key,
                   const struct sim_span *span)
{
	struct nf_env *env = akma->env;
	struct dt_text text = dt_text_akma(akma->number, request->dt.tid, request->dt.nonce);

	if (crypto_mac_check(env->crypto, nf_suite(env, request->ue), key->kaf, text.octets, text.n,
	                     request->dt.mac))
		accept(akma, request, key, span);
	else
		refuse(akma, request, DT_CAUSE_MAC_FAILURE, span);
}

/* TS 33.535 6.2.1: a KAF whose lifetime is over is not used; the AAnF has the next. */
void hospital_akma_ask(struct hospital_akma *akma, const struct msg *msg)
{
	const struct key *key = find(akma, msg->dt.tid);
	struct msg *get;

	if (key && akma->env->sim->now_ns < key->until_ns) {
		decide(akma, msg, key, &msg->span);
		return;
	}
	get = relay_ask(&akma->relay, msg, MSG_AANF_KEY);
	memcpy(get->key.a_tid, msg->dt.tid, sizeof get->key.a_tid);
	get->key.af = (uint16_t)(akma->number + 1);
	nf_send(akma->env, akma->node, akma->env->node.aanf, get);
}

static struct key *keep(struct hospital_akma *akma, const uint8_t a_tid[32],
                        const struct msg_key *given)
{
	struct key *key = find(akma, a_tid);
	struct sim_handle handle;

	if (!key) {
		key = sim_pool_take(akma->keys, &handle);
		memcpy(key->a_tid, a_tid, sizeof key->a_tid);
		nf_index_put(&akma->by_a_tid, nf_index_key(a_tid), sim_handle_pack(handle));
	}
	memcpy(key->kaf, given->key, sizeof key->kaf);
	key->until_ns = given->expiry_ns;
	return key;
}

void hospital_akma_told(struct hospital_akma *akma, const struct msg *msg)
{
	struct relay_entry *entry = relay_find(&akma->relay, msg);

	if (!entry)
		return;
	if (msg->cause != MSG_CAUSE_NONE)
		refuse(akma, &entry->request, msg->cause, &msg->span);
	else
		decide(akma, &entry->request, keep(akma, entry->request.dt.tid, &msg->key), &msg->span);
	relay_forget(&akma->relay, msg);
}

void hospital_akma_timer(struct hospital_akma *akma)
{
	relay_timer(&akma->relay);
}

bool hospital_akma_takes(const struct hospital_akma *akma, const uint8_t nonce[16])
{
	uint64_t one;

	return nf_index_get(&akma->given, nf_index_key(nonce), &one);
}

void hospital_akma_reset(struct hospital_akma *akma)
{
	akma->keys = sim_pool_new(akma->env->sim->arena, sizeof(struct key), 4);
	nf_index_clear(&akma->by_a_tid);
	nf_index_clear(&akma->given);
	relay_reset(&akma->relay);
}
