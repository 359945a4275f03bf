/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The DTF's twins: binding to a subscription, token, record, assertions (docs/DT_INTERFACE.md). */
#include "models/crypto/ecies.h"
#include "models/crypto/sign.h"
#include "models/nf/dtf_state.h"

#include <string.h>

static bool owner_is_proven(struct dtf *dtf, const struct dtf_subscriber *s,
                            const struct msg *request)
{
	struct nf_env *env = dtf->env;
	struct dt_text text = dt_text_owner(s->nonce2, request->dt.root, request->dt.key);

	return crypto_verify(env->crypto, nf_suite(env, request->ue), request->dt.key, text.octets,
	                     text.n, request->dt.proof);
}

/*
 * One twin per subscriber, one subscriber per manifest; the same enrolment again is no second
 * one.
 */
uint8_t dtf_may_enrol(struct dtf *dtf, const struct dtf_subscriber *s, const struct msg *request)
{
	uint64_t other;

	if (!owner_is_proven(dtf, s, request))
		return DT_CAUSE_OWNER_PROOF;
	if (s->twin != DTF_NO_TWIN) {
		bool same = memcmp(s->root, request->dt.root, sizeof s->root) == 0 &&
		            memcmp(s->owner_key, request->dt.key, sizeof s->owner_key) == 0;
		return same ? 0 : DT_CAUSE_TWIN_EXISTS;
	}
	if (nf_index_get(&dtf->by_root, nf_index_key(request->dt.root), &other))
		return DT_CAUSE_MANIFEST_EXISTS;
	return 0;
}

void dtf_bind(struct dtf *dtf, struct dtf_subscriber *s, const struct msg *request)
{
	struct nf_env *env = dtf->env;
	struct sim_stream stream =
		nf_stream(env, NF_DRAW_TWIN, request->ue, request->procedure, DTF_DRAW_SALT);

	s->twin = DTF_PENDING;
	memcpy(s->root, request->dt.root, sizeof s->root);
	memcpy(s->owner_key, request->dt.key, sizeof s->owner_key);
	sim_stream_octets(&stream, s->salt, sizeof s->salt);
	struct dt_text text = dt_text_binding(s->salt, s->msin, s->root);
	crypto_hash(env->crypto, nf_suite(env, request->ue), text.octets, text.n, s->token);
	nf_index_put(&dtf->by_root, nf_index_key(s->root), s->msin);
}

void dtf_unbind(struct dtf *dtf, struct dtf_subscriber *s)
{
	nf_index_remove(&dtf->by_root, nf_index_key(s->root));
	s->twin = DTF_NO_TWIN;
	s->enrolment = SIM_HANDLE_NONE;
}

void dtf_fill_mint(struct dtf *dtf, const struct dtf_subscriber *s, struct msg *mint)
{
	struct nf_env *env = dtf->env;
	struct dt_text text = dt_text_mint(s->token, s->owner_key);

	memcpy(mint->dt.tid, s->token, sizeof mint->dt.tid);
	memcpy(mint->dt.key, s->owner_key, sizeof mint->dt.key);
	crypto_sign(env->crypto, nf_suite(env, mint->ue), dtf->secret[DTF_SECRET_SIGN], text.octets,
	            text.n, mint->dt.proof);
}

bool dtf_is_final(struct dtf *dtf, const struct dtf_subscriber *s, const struct msg *final)
{
	struct nf_env *env = dtf->env;
	struct dt_text text = dt_text_final(s->token, final->dt.session, final->dt.root);

	return crypto_verify(env->crypto, nf_suite(env, final->ue), dtf->anchors->ledger_key,
	                     text.octets, text.n, final->dt.proof);
}

void dtf_fill_record(struct dtf *dtf, const struct dtf_subscriber *s, struct msg *record)
{
	struct nf_env *env = dtf->env;
	struct dt_text text = dt_text_seal(s->msin, s->token, s->root);

	record->dt.msin = s->msin;
	memcpy(record->dt.tid, s->token, sizeof record->dt.tid);
	memcpy(record->dt.root, s->root, sizeof record->dt.root);
	memcpy(record->dt.key, s->owner_key, sizeof record->dt.key);
	memcpy(record->dt.nonce, s->salt, sizeof record->dt.nonce);
	crypto_mac(env->crypto, nf_suite(env, record->ue), dtf->secret[DTF_SECRET_STORE],
	           text.octets, text.n, record->dt.mac);
}

/*
 * Pseudonym and salt are pseudo-random functions of subscriber and holder key: the same for the
 * same scope, unlinkable between scopes, and nothing to store.
 */
static void name_holder(struct dtf *dtf, const struct dtf_subscriber *s, const struct msg *request,
                        struct msg_assertion *assertion)
{
	struct nf_env *env = dtf->env;
	const struct crypto_suite *suite = nf_suite(env, request->ue);
	const uint8_t *key = dtf->secret[DTF_SECRET_PSEUDONYM];
	struct dt_text text = dt_text_pseudonym(s->msin, request->dt.key);
	uint8_t prf[32];

	crypto_mac(env->crypto, suite, key, text.octets, text.n, prf);
	memcpy(assertion->pseudonym, prf, sizeof assertion->pseudonym);
	memcpy(assertion->holder_key, request->dt.key, sizeof assertion->holder_key);
	memcpy(assertion->commitment, s->root, sizeof assertion->commitment);
	if (dtf->policy->commitment == POL_COMMITMENT_SALTED) {
		text = dt_text_salt(s->msin, request->dt.key);
		crypto_mac(env->crypto, suite, key, text.octets, text.n, prf);
		text = dt_text_commitment(prf, s->root);
		crypto_hash(env->crypto, suite, text.octets, text.n, assertion->commitment);
	}
}

static void seal_identity(struct dtf *dtf, const struct dtf_subscriber *s,
                          const struct msg *request, struct msg_assertion *assertion)
{
	struct nf_env *env = dtf->env;
	struct sim_stream stream =
		nf_stream(env, NF_DRAW_TWIN, request->ue, request->procedure, DTF_DRAW_SEAL);
	uint8_t seed[32], msin[DT_MSIN_OCTETS];

	sim_stream_octets(&stream, seed, sizeof seed);
	dt_msin_encode(s->msin, msin);
	bool sealed = crypto_ecies_conceal(
		env->crypto, nf_suite(env, request->ue), CRYPTO_ECIES_A,
		dtf->anchors->hospital[request->dt.hospital].care_team, seed, msin, sizeof msin,
		assertion->sealed);
	assertion->sealed_n = sealed ? CRYPTO_ECIES_EXTRA + DT_MSIN_OCTETS : 0;
}

void dtf_assert(struct dtf *dtf, const struct dtf_subscriber *s, const struct msg *request,
                struct msg_assertion *assertion)
{
	struct nf_env *env = dtf->env;

	name_holder(dtf, s, request, assertion);
	seal_identity(dtf, s, request, assertion);
	assertion->hospital = request->dt.hospital;
	assertion->not_after_ns = env->sim->now_ns + dtf->policy->assertion_lifetime_ns;
	struct dt_text text = dt_text_assertion(assertion);
	crypto_sign(env->crypto, nf_suite(env, request->ue), dtf->secret[DTF_SECRET_SIGN],
	            text.octets, text.n, assertion->signature);
}
