/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The DTF's sessions with subscribers, authenticated by KAF (docs/DT_INTERFACE.md, DT1). */
#include "models/crypto/sign.h"
#include "models/nf/dtf_state.h"

#include <string.h>

static struct dtf_subscriber *find(const struct dtf *dtf, const struct nf_index *index,
                                   uint64_t key)
{
	uint64_t packed;

	if (!nf_index_get(index, key, &packed))
		return NULL;
	return sim_pool_get(dtf->subscriber_pool, sim_handle_unpack(packed));
}

struct dtf_subscriber *dtf_by_a_tid(const struct dtf *dtf, const uint8_t a_tid[32])
{
	struct dtf_subscriber *s = find(dtf, &dtf->by_a_tid, nf_index_key(a_tid));

	if (!s || !s->has_kaf || memcmp(s->a_tid, a_tid, sizeof s->a_tid) != 0)
		return NULL;
	return dtf->env->sim->now_ns < s->kaf_until_ns ? s : NULL;
}

static struct dtf_subscriber *add(struct dtf *dtf, uint64_t msin, struct sim_handle *handle)
{
	struct dtf_subscriber *s = sim_pool_take(dtf->subscriber_pool, handle);

	s->msin = msin;
	s->next = dtf->subscribers;
	dtf->subscribers = s;
	nf_index_put(&dtf->by_msin, msin, sim_handle_pack(*handle));
	return s;
}

static void end_session(struct dtf *dtf, struct dtf_subscriber *s)
{
	if (s->in_session)
		nf_index_remove(&dtf->by_session, nf_index_key(s->nonce2));
	s->in_session = false;
}

struct dtf_subscriber *dtf_keep_kaf(struct dtf *dtf, const uint8_t a_tid[32],
                                    const struct msg_key *key)
{
	uint64_t packed;
	struct sim_handle handle;
	struct dtf_subscriber *s;

	if (nf_index_get(&dtf->by_msin, key->msin, &packed)) {
		handle = sim_handle_unpack(packed);
		s = sim_pool_get(dtf->subscriber_pool, handle);
		if (s->has_kaf && memcmp(s->a_tid, a_tid, sizeof s->a_tid) != 0) {
			nf_index_remove(&dtf->by_a_tid, nf_index_key(s->a_tid));
			end_session(dtf, s);
		}
	} else {
		s = add(dtf, key->msin, &handle);
	}
	s->has_kaf = true;
	s->kaf_until_ns = key->expiry_ns;
	memcpy(s->a_tid, a_tid, sizeof s->a_tid);
	memcpy(s->kaf, key->key, sizeof s->kaf);
	nf_index_put(&dtf->by_a_tid, nf_index_key(s->a_tid), sim_handle_pack(handle));
	return s;
}

static bool mac_is_right(const struct dtf *dtf, const struct dtf_subscriber *s,
                         const struct msg *request, const struct dt_text *text)
{
	struct nf_env *env = dtf->env;

	return crypto_mac_check(env->crypto, nf_suite(env, request->ue), s->kaf, text->octets,
	                        text->n, request->dt.mac);
}

uint8_t dtf_open_session(struct dtf *dtf, struct dtf_subscriber *s, const struct msg *request)
{
	struct nf_env *env = dtf->env;
	struct dt_text text = dt_text_session(request->dt.tid, request->dt.nonce);
	uint64_t packed;

	if (!mac_is_right(dtf, s, request, &text))
		return DT_CAUSE_MAC_FAILURE;
	if (s->in_session && memcmp(s->nonce, request->dt.nonce, sizeof s->nonce) == 0)
		return 0;
	end_session(dtf, s);
	struct sim_stream stream =
		nf_stream(env, NF_DRAW_TWIN, request->ue, request->procedure, DTF_DRAW_NONCE);
	sim_stream_octets(&stream, s->nonce2, sizeof s->nonce2);
	memcpy(s->nonce, request->dt.nonce, sizeof s->nonce);
	s->count = 0;
	s->in_session = true;
	if (nf_index_get(&dtf->by_msin, s->msin, &packed))
		nf_index_put(&dtf->by_session, nf_index_key(s->nonce2), packed);
	return 0;
}

struct dtf_subscriber *dtf_check_request(struct dtf *dtf, const struct msg *request, uint8_t *cause)
{
	struct dtf_subscriber *s = find(dtf, &dtf->by_session, request->dt.session);

	if (!s || dtf->env->sim->now_ns >= s->kaf_until_ns) {
		*cause = DT_CAUSE_SESSION_UNKNOWN;
		return NULL;
	}
	struct dt_text text = dt_text_request(request, s->nonce2);
	if (!mac_is_right(dtf, s, request, &text)) {
		*cause = DT_CAUSE_MAC_FAILURE;
		return NULL;
	}
	if (request->dt.count < s->count) { /* equal: repeated, answered again */
		*cause = DT_CAUSE_REPLAY;
		return NULL;
	}
	s->count = request->dt.count;
	*cause = 0;
	return s;
}

void dtf_mac_answer(struct dtf *dtf, const struct dtf_subscriber *s, struct msg *answer)
{
	struct nf_env *env = dtf->env;
	struct dt_text text =
		answer->type == MSG_DTF_SESSION_RSP
			? dt_text_session_answer(s->a_tid, s->nonce, s->nonce2, answer->dt.session)
			: dt_text_answer(answer, s->nonce2);

	crypto_mac(env->crypto, nf_suite(env, answer->ue), s->kaf, text.octets, text.n,
	           answer->dt.mac);
}

void dtf_forget(struct dtf *dtf)
{
	for (struct dtf_subscriber *s = dtf->subscribers; s; s = s->next) {
		s->has_kaf = s->in_session = false;
		if (s->twin == DTF_PENDING)
			dtf_unbind(dtf, s);
	}
	nf_index_clear(&dtf->by_a_tid);
	nf_index_clear(&dtf->by_session);
}
