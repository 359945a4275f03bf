/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The client's messages: what they carry, what making and checking them costs, whether answers
 * are authentic.
 */
#include "models/crypto/kdf.h"
#include "models/crypto/sign.h"
#include "models/nf/twin_state.h"

#include <string.h>

static int64_t cost(const struct twin *t, enum crypto_op op)
{
	return t->all->env->cost->ns[op];
}

static const struct crypto_suite *suite(const struct twin *t)
{
	return nf_suite(t->all->env, t->ue);
}

/*
 * 20 bits of the UE's procedure, 12 of the round: restarts of a demand, keep-alives of a
 * session.
 */
uint32_t twin_procedure(const struct twin *t, uint32_t round)
{
	return (t->procedure & 0xfffff) | (round & 0xfff) << 20;
}

static void draw(const struct twin *t, uint32_t procedure, uint32_t step, uint8_t *out, uint32_t n)
{
	struct sim_stream stream =
		nf_stream(t->all->env, NF_DRAW_TWIN, t->ue, procedure, step);

	sim_stream_octets(&stream, out, n);
}

/* ---- what the headset keeps ---- */

bool twin_has_session(const struct twin *t)
{
	const uint8_t *a_tid = ue_a_tid(t->all->ues, t->ue);

	return t->in_session && a_tid && memcmp(a_tid, t->a_tid, sizeof t->a_tid) == 0;
}

bool twin_has_credential(const struct twin *t)
{
	const struct twin_credential *c = &t->credential[t->hospital];

	return c->valid && c->scope == t->scope && twin_now(t) < c->assertion.not_after_ns;
}

/* The holder key belongs to the scope: equal scopes, equal keys, whatever happens between. */
static void holder_seed(const struct twin *t, uint8_t seed[32])
{
	draw(t, (uint32_t)(t->scope ^ t->scope >> 32), TWIN_DRAW_HOLDER, seed, 32);
}

static void make_root(struct twin *t, uint8_t root[32])
{
	uint8_t part[TWIN_PARTS][MANIFEST_PART_OCTETS];

	draw(t, 0, TWIN_DRAW_PARTS, &part[0][0], sizeof part);
	manifest_root(t->all->env->crypto, suite(t), (const uint8_t(*)[MANIFEST_PART_OCTETS])part,
	              TWIN_PARTS, root);
	t->work_ns += manifest_hashes(TWIN_PARTS) * cost(t, CRYPTO_OP_HASH);
}

/* ---- requests ---- */

static bool prepare_session(struct twin *t)
{
	const struct nf_anchors *anchors = t->all->config->anchors;
	const uint8_t *kakma = ue_kakma(t->all->ues, t->ue), *a_tid = ue_a_tid(t->all->ues, t->ue);

	if (!kakma || !a_tid || !ue_is_registered(t->all->ues, t->ue))
		return false;
	memcpy(t->a_tid, a_tid, sizeof t->a_tid);
	crypto_kaf(t->all->env->crypto, suite(t), kakma, anchors->af_id, anchors->n_af_id, t->kaf);
	t->work_ns += cost(t, CRYPTO_OP_KAF);
	draw(t, twin_procedure(t, t->round), TWIN_DRAW_SESSION, t->nonce, sizeof t->nonce);
	t->count = 0;
	return true;
}

/* KAF of the hospital, by the KAKMA that the A-KID stands for now. */
static bool prepare_akma(struct twin *t)
{
	const struct nf_hospital_keys *af = &t->all->config->anchors->hospital[t->hospital];
	const uint8_t *kakma = ue_kakma(t->all->ues, t->ue), *a_tid = ue_a_tid(t->all->ues, t->ue);

	if (!kakma || !a_tid)
		return false;
	memcpy(t->a_tid, a_tid, sizeof t->a_tid);
	crypto_kaf(t->all->env->crypto, suite(t), kakma, af->af_id, af->n_af_id, t->visit_kaf);
	t->work_ns += cost(t, CRYPTO_OP_KAF);
	draw(t, twin_procedure(t, t->round), TWIN_DRAW_AKMA, t->visit_nonce, sizeof t->visit_nonce);
	return true;
}

bool twin_prepare(struct twin *t, enum msg_type type)
{
	t->serial++;
	t->attempt = 0;
	t->asked = (uint8_t)type;
	switch (type) {
	case MSG_DTF_SESSION:
		return prepare_session(t);
	case MSG_DTF_ENROL:
	case MSG_DTF_ASSERTION:
	case MSG_DTF_LEAVE:
		t->count++;
		return true;
	case MSG_HOSPITAL_AKMA:
		return prepare_akma(t);
	case MSG_HOSPITAL_HELLO:
		if (t->all->config->akma) /* the nonce that the hospital gave is its own */
			return true;
		draw(t, twin_procedure(t, t->round), TWIN_DRAW_HELLO, t->visit_nonce,
		     sizeof t->visit_nonce);
		return true;
	default:
		return true;
	}
}

static void mac(struct twin *t, const struct dt_text *text, struct msg *msg)
{
	crypto_mac(t->all->env->crypto, suite(t), t->kaf, text->octets, text->n, msg->dt.mac);
	t->work_ns += cost(t, CRYPTO_OP_MAC);
}

static void sign(struct twin *t, const uint8_t seed[32], const struct dt_text *text,
                 struct msg *msg)
{
	crypto_sign(t->all->env->crypto, suite(t), seed, text->octets, text->n, msg->dt.proof);
	t->work_ns += cost(t, CRYPTO_OP_SIGN);
}

static void public_of(struct twin *t, const uint8_t seed[32], uint8_t key[32])
{
	crypto_sign_public(t->all->env->crypto, suite(t), seed, key);
	t->work_ns += cost(t, CRYPTO_OP_SIGN_KEY);
}

static void fill_akma(struct twin *t, struct msg *msg)
{
	struct dt_text text = dt_text_akma(t->hospital, t->a_tid, t->visit_nonce);

	msg->dt.hospital = t->hospital;
	memcpy(msg->dt.tid, t->a_tid, sizeof msg->dt.tid);
	memcpy(msg->dt.nonce, t->visit_nonce, sizeof msg->dt.nonce);
	crypto_mac(t->all->env->crypto, suite(t), t->visit_kaf, text.octets, text.n, msg->dt.mac);
	t->work_ns += cost(t, CRYPTO_OP_MAC);
}

static void fill_session(struct twin *t, struct msg *msg)
{
	struct dt_text text = dt_text_session(t->a_tid, t->nonce);

	memcpy(msg->dt.tid, t->a_tid, sizeof msg->dt.tid);
	memcpy(msg->dt.nonce, t->nonce, sizeof msg->dt.nonce);
	mac(t, &text, msg);
}

/* Requests within the session: number, count, MAC over all that they carry. */
static void fill_request(struct twin *t, struct msg *msg)
{
	msg->dt.session = t->session;
	msg->dt.count = t->count;
	struct dt_text text = dt_text_request(msg, t->nonce2);
	mac(t, &text, msg);
}

static void fill_enrol(struct twin *t, struct msg *msg)
{
	uint8_t seed[32];

	draw(t, 0, TWIN_DRAW_OWNER, seed, sizeof seed);
	make_root(t, msg->dt.root);
	public_of(t, seed, msg->dt.key);
	struct dt_text text = dt_text_owner(t->nonce2, msg->dt.root, msg->dt.key);
	sign(t, seed, &text, msg);
	fill_request(t, msg);
}

static void fill_assertion(struct twin *t, struct msg *msg)
{
	uint8_t seed[32];

	holder_seed(t, seed);
	public_of(t, seed, msg->dt.key);
	msg->dt.hospital = t->hospital;
	fill_request(t, msg);
}

static void fill_entry(struct twin *t, struct msg *msg)
{
	uint8_t seed[32];

	holder_seed(t, seed);
	msg->dt.session = t->visit;
	msg->assertion = t->credential[t->hospital].assertion;
	struct dt_text text =
		dt_text_possession(t->hospital, t->visit_nonce, t->visit_nonce2, &msg->assertion);
	sign(t, seed, &text, msg);
}

static void fill_parting(struct twin *t, struct msg *msg)
{
	uint8_t seed[32];
	struct dt_text text = dt_text_leave(t->hospital, t->visit_nonce, t->visit_nonce2);

	holder_seed(t, seed);
	msg->dt.session = t->visit;
	sign(t, seed, &text, msg);
}

static void fill(struct twin *t, struct msg *msg)
{
	switch (msg->type) {
	case MSG_DTF_SESSION:
		fill_session(t, msg);
		break;
	case MSG_DTF_ENROL:
		fill_enrol(t, msg);
		break;
	case MSG_DTF_ASSERTION:
		fill_assertion(t, msg);
		break;
	case MSG_DTF_LEAVE:
		fill_request(t, msg);
		break;
	case MSG_HOSPITAL_AKMA:
		fill_akma(t, msg);
		break;
	case MSG_HOSPITAL_HELLO:
		msg->dt.hospital = t->hospital;
		memcpy(msg->dt.nonce, t->visit_nonce, sizeof msg->dt.nonce);
		break;
	case MSG_HOSPITAL_ENTRY:
		fill_entry(t, msg);
		break;
	default:
		fill_parting(t, msg);
	}
}

static uint16_t node_of(const struct twin *t)
{
	const struct nf_nodes *node = &t->all->env->node;

	switch (t->asked) {
	case MSG_DTF_SESSION:
	case MSG_DTF_ENROL:
	case MSG_DTF_ASSERTION:
	case MSG_DTF_LEAVE:
		return node->dtf;
	default:
		return (uint16_t)(node->hospital0 + t->hospital);
	}
}

/* A repetition is sent from memory: it costs no cryptography. */
void twin_send(struct twin *t)
{
	struct nf_env *env = t->all->env;
	const struct twins_config *config = t->all->config;
	struct msg *msg = nf_message_for(env, (enum msg_type)t->asked, t->ue,
	                                 twin_procedure(t, t->round), &t->span);
	int64_t timeout_ns =
		t->asked == MSG_DTF_ENROL ? config->enrol_timeout_ns : config->entry_timeout_ns;

	msg->asker = (struct sim_handle){t->ue, t->serial};
	msg->attempt = t->attempt;
	fill(t, msg);
	struct nf_demand work = {0, t->attempt ? 0 : t->work_ns};
	t->work_ns = 0;
	sim_timer_stop(env->sim, &t->timer);
	sim_timer_start(env->sim, &t->timer, work.crypto_ns + timeout_ns, NF_KIND_SURGEON,
	                TWIN_EVENT | TWIN_E_NO_ANSWER, t->ue, 0);
	ue_send(t->all->ues, t->ue, node_of(t), work, msg);
}

/* ---- answers ---- */

static bool verified(struct twin *t, const uint8_t key[32], const struct dt_text *text,
                     const uint8_t signature[64])
{
	t->work_ns += cost(t, CRYPTO_OP_VERIFY);
	return crypto_verify(t->all->env->crypto, suite(t), key, text->octets, text->n, signature);
}

static bool mac_is_right(struct twin *t, const struct dt_text *text, const struct msg *msg)
{
	t->work_ns += cost(t, CRYPTO_OP_MAC);
	return crypto_mac_check(t->all->env->crypto, suite(t), t->kaf, text->octets, text->n,
	                        msg->dt.mac);
}

static uint8_t take_session(struct twin *t, const struct msg *msg)
{
	struct dt_text text =
		dt_text_session_answer(t->a_tid, t->nonce, msg->dt.nonce2, msg->dt.session);

	if (!mac_is_right(t, &text, msg))
		return DT_CAUSE_DTF_UNTRUSTED;
	memcpy(t->nonce2, msg->dt.nonce2, sizeof t->nonce2);
	t->session = msg->dt.session;
	t->in_session = true;
	return 0;
}

static uint8_t take_request(struct twin *t, const struct msg *msg)
{
	struct dt_text text = dt_text_answer(msg, t->nonce2);

	return mac_is_right(t, &text, msg) ? 0 : DT_CAUSE_DTF_UNTRUSTED;
}

static uint8_t take_assertion(struct twin *t, const struct msg *msg)
{
	const struct msg_assertion *assertion = &msg->assertion;
	uint8_t cause = take_request(t, msg), seed[32], mine[32];

	if (cause || assertion->hospital != t->hospital || assertion->sealed_n > MSG_SCHEME_MAX)
		return DT_CAUSE_DTF_UNTRUSTED;
	struct dt_text text = dt_text_assertion(assertion);
	if (!verified(t, t->all->config->anchors->network_key, &text, assertion->signature))
		return DT_CAUSE_SIGNATURE;
	holder_seed(t, seed);
	crypto_sign_public(t->all->env->crypto, suite(t), seed, mine);
	if (memcmp(mine, assertion->holder_key, sizeof mine) != 0)
		return DT_CAUSE_DTF_UNTRUSTED;
	t->credential[t->hospital] =
		(struct twin_credential){.valid = true, .scope = t->scope, .assertion = *assertion};
	return 0;
}

static uint8_t take_akma(struct twin *t, const struct msg *msg)
{
	struct dt_text text = dt_text_akma_answer(t->hospital, t->a_tid, t->visit_nonce,
	                                          msg->dt.nonce2);

	t->work_ns += cost(t, CRYPTO_OP_MAC);
	if (!crypto_mac_check(t->all->env->crypto, suite(t), t->visit_kaf, text.octets, text.n,
	                      msg->dt.mac))
		return DT_CAUSE_HOSPITAL_UNTRUSTED;
	memcpy(t->visit_nonce, msg->dt.nonce2, sizeof t->visit_nonce);
	return 0;
}

static uint8_t take_challenge(struct twin *t, const struct msg *msg)
{
	const uint8_t *key = t->all->config->anchors->hospital[t->hospital].identity;
	struct dt_text text = dt_text_challenge(t->hospital, t->visit_nonce, msg->dt.nonce2,
	                                        msg->dt.session);

	if (!verified(t, key, &text, msg->dt.proof))
		return DT_CAUSE_HOSPITAL_UNTRUSTED;
	memcpy(t->visit_nonce2, msg->dt.nonce2, sizeof t->visit_nonce2);
	t->visit = msg->dt.session;
	return 0;
}

static uint8_t take_admission(struct twin *t, const struct msg *msg)
{
	const uint8_t *key = t->all->config->anchors->hospital[t->hospital].identity;
	struct dt_text text =
		dt_text_admit(t->hospital, t->visit_nonce, t->visit_nonce2,
	                  t->credential[t->hospital].assertion.pseudonym);

	return verified(t, key, &text, msg->dt.proof) ? 0 : DT_CAUSE_HOSPITAL_UNTRUSTED;
}

uint8_t twin_take(struct twin *t, const struct msg *msg)
{
	if (msg->cause)
		return msg->cause;
	switch (msg->type) {
	case MSG_DTF_SESSION_RSP:
		return take_session(t, msg);
	case MSG_DTF_ENROL_RSP:
	case MSG_DTF_LEAVE_RSP:
		return take_request(t, msg);
	case MSG_DTF_ASSERTION_RSP:
		return take_assertion(t, msg);
	case MSG_HOSPITAL_AKMA_RSP:
		return take_akma(t, msg);
	case MSG_HOSPITAL_CHALLENGE:
		return take_challenge(t, msg);
	case MSG_HOSPITAL_ADMIT:
		return take_admission(t, msg);
	default:
		return 0;
	}
}
