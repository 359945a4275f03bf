/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: outputs cmac, hmac_sha256, nia2_mac, nea2_ciphertext.
 * Leaves out: a MAC over a part of an octet: NAS has none.
 * Sources: RFC 4493, RFC 4231, TS 33.401 Annex C.
 */
#include "models/crypto/nia.h"
#include "models/crypto/vectors_internal.h"
#include <string.h>

static void primitives(struct vec *v, const uint8_t *key, size_t n_key, const uint8_t *message,
                       size_t n)
{
	uint8_t out[32];

	v->suite->mac(v->c, key, n_key, message, n, out);
	vec_answer(v, "hmac_sha256", out, 32);
	if (n_key == 16) {
		v->suite->cmac(v->c, key, message, n, out);
		vec_answer(v, "cmac", out, 16);
	}
}

/* The key of the case, or the KNASint and KNASenc that were derived in it. */
static const uint8_t *key_of(const struct vec *v, const uint8_t *given, size_t n_given,
                             const char *derived)
{
	size_t n = n_given;
	const uint8_t *key = given;

	if (!vec_has(v, "key"))
		key = vec_find(v, derived, &n);
	return key && n == 16 ? key : NULL;
}

static void nas(struct vec *v, struct crypto_nas how, const uint8_t *knas_int,
                const uint8_t *knas_enc, const uint8_t *message, size_t n)
{
	uint8_t out[VEC_OCTETS_MAX], mac[4];

	if (knas_int && vec_number(v, "length_bits") % 8 == 0) {
		how.key = knas_int;
		crypto_nia2(v->c, v->suite, &how, message, n, mac);
		vec_answer(v, "nia2_mac", mac, 4);
		if (!crypto_nia2_check(v->c, v->suite, &how, message, n, mac))
			vec_disagree(v, "the other end refuses nia2_mac");
	}
	if (knas_enc) {
		how.key = knas_enc;
		memcpy(out, message, n);
		crypto_nea2(v->c, v->suite, &how, out, n);
		vec_answer(v, "nea2_ciphertext", out, n);
	}
}

void vec_symmetric(struct vec *v)
{
	uint8_t key[VEC_OCTETS_MAX], message[VEC_OCTETS_MAX];
	size_t n_key = vec_string(v, "key", key), n = vec_string(v, "message", message);
	struct crypto_nas how = {NULL, vec_number(v, "count"), (uint8_t)vec_number(v, "bearer"),
	                         vec_number(v, "direction") ? CRYPTO_DOWNLINK : CRYPTO_UPLINK};

	if (v->malformed || !vec_has(v, "message"))
		return;
	if (vec_has(v, "key"))
		primitives(v, key, n_key, message, n);
	if (vec_has(v, "count bearer direction"))
		nas(v, how, key_of(v, key, n_key, "knas_int_alg2"), key_of(v, key, n_key, "knas_enc_alg2"),
		    message, n);
}
