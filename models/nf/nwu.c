/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/nwu.h"

#include "models/crypto/sign.h"
#include "models/nf/anchors.h"
#include <string.h>

enum { OPERATOR_SECRET = 1 };
enum { SIGNED_MAX = MSG_IKE_INIT_MAX + 64 };

void nwu_draw(struct nf_env *env, uint32_t ue, uint32_t procedure, uint32_t role,
              struct nwu_sa *sa, struct msg_ike *init)
{
	struct sim_stream stream = nf_stream(env, NF_DRAW_IKE, ue, procedure, role);
	uint64_t spi = (uint64_t)sim_stream_u32(&stream) << 32 | sim_stream_u32(&stream);

	spi += spi == 0; /* RFC 7296 3.1: never zero */
	sim_stream_octets(&stream, init->nonce, sizeof init->nonce);
	sim_stream_octets(&stream, sa->private_key, sizeof sa->private_key);
	crypto_ike_public(env->crypto, nf_suite(env, ue), sa->private_key, init->ke);
	if (role == 0) {
		init->spi_i = sa->x.spi_i = spi;
		memcpy(sa->x.nonce_i, init->nonce, sizeof init->nonce);
		sim_stream_octets(&stream, sa->identity, sizeof sa->identity);
	} else {
		init->spi_r = sa->x.spi_r = spi;
		memcpy(sa->x.nonce_r, init->nonce, sizeof init->nonce);
	}
}

bool nwu_agree(struct nf_env *env, uint32_t ue, struct nwu_sa *sa, const uint8_t peer_public[32])
{
	const struct crypto_suite *suite = nf_suite(env, ue);
	uint8_t shared[32];

	if (!crypto_ike_shared(env->crypto, suite, sa->private_key, peer_public, shared))
		return false;
	crypto_ike_keys(env->crypto, suite, shared, &sa->x, &sa->keys);
	return true;
}

void nwu_child(struct nf_env *env, uint32_t ue, struct nwu_sa *sa)
{
	crypto_ike_child(env->crypto, nf_suite(env, ue), sa->keys.d, &sa->x, sa->esp_i, sa->esp_r);
}

static size_t signed_octets(struct nf_env *env, uint32_t ue, const struct nwu_sa *sa,
                            struct id_plmn plmn, bool initiator, uint8_t out[SIGNED_MAX])
{
	const struct crypto_suite *suite = nf_suite(env, ue);
	struct msg_ike open = {0};
	uint8_t body[4 + N3IWF_FQDN_TEXT];
	size_t n;

	if (initiator) {
		memcpy(open.identity, sa->identity, sizeof open.identity);
		n = msg_ike_initiator_body(&open, body);
		return crypto_ike_signed(env->crypto, suite, sa->init_i, sa->n_init_i, sa->x.nonce_r,
		                         sa->keys.pi, body, n, out);
	}
	n = msg_ike_responder_body(plmn, body);
	return crypto_ike_signed(env->crypto, suite, sa->init_r, sa->n_init_r, sa->x.nonce_i,
	                         sa->keys.pr, body, n, out);
}

void nwu_auth(struct nf_env *env, uint32_t ue, const struct nwu_sa *sa, struct id_plmn plmn,
              bool initiator, const uint8_t kn3iwf[32], uint8_t auth[32])
{
	uint8_t octets[SIGNED_MAX];
	size_t n = signed_octets(env, ue, sa, plmn, initiator, octets);

	crypto_ike_auth(env->crypto, nf_suite(env, ue), kn3iwf, octets, n, auth);
}

/* What the operator signs of a certificate. */
static const uint8_t *to_be_signed(struct id_plmn plmn, const uint8_t key[32],
                                   uint8_t certificate[N3IWF_CERTIFICATE_OCTETS])
{
	static const uint8_t none[64];

	n3iwf_certificate(plmn, key, none, certificate);
	return certificate + N3IWF_CERTIFICATE_SIGNED_AT;
}

void nwu_certify(struct nf_env *env, uint32_t ue, const struct nwu_sa *sa, struct id_plmn plmn,
                 const uint8_t operator_seed[32], const uint8_t own_seed[32], struct msg_ike *open)
{
	const struct crypto_suite *suite = nf_suite(env, ue);
	uint8_t certificate[N3IWF_CERTIFICATE_OCTETS], octets[SIGNED_MAX];
	size_t n = signed_octets(env, ue, sa, plmn, false, octets);

	crypto_sign_public(env->crypto, suite, own_seed, open->cert_key);
	crypto_sign(env->crypto, suite, operator_seed, to_be_signed(plmn, open->cert_key, certificate),
	            N3IWF_CERTIFICATE_SIGNED_OCTETS, open->cert_signature);
	crypto_sign(env->crypto, suite, own_seed, octets, n, open->auth);
}

bool nwu_is_genuine(struct nf_env *env, uint32_t ue, const struct nwu_sa *sa, struct id_plmn plmn,
                    const struct msg_ike *open)
{
	const struct crypto_suite *suite = nf_suite(env, ue);
	uint8_t certificate[N3IWF_CERTIFICATE_OCTETS], octets[SIGNED_MAX], key[32];
	size_t n = signed_octets(env, ue, sa, plmn, false, octets);

	nwu_operator_key(env, ue, key);
	return crypto_verify(env->crypto, suite, key,
	                     to_be_signed(plmn, open->cert_key, certificate),
	                     N3IWF_CERTIFICATE_SIGNED_OCTETS, open->cert_signature) &&
	       crypto_verify(env->crypto, suite, open->cert_key, octets, n, open->auth);
}

void nwu_operator_seed(const struct nf_env *env, uint8_t seed[32])
{
	nf_own_secret(env, env->node.n3iwf, OPERATOR_SECRET, seed);
}

void nwu_operator_key(struct nf_env *env, uint32_t ue, uint8_t key[32])
{
	uint8_t seed[32];

	nwu_operator_seed(env, seed);
	crypto_sign_public(env->crypto, nf_suite(env, ue), seed, key);
}
