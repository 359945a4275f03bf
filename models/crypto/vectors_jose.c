/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: outputs hkdf_okm, n32_…, gcm_ciphertext, gcm_tag, es256_public, es256_signature. Whoever
 * receives must open what was sealed and accept what was signed.
 * Leaves out: nothing.
 * Sources: RFC 5869, TS 33.501 13.2.4.4.1, SP 800-38D, RFC 6979, RFC 7518.
 */
#include "models/crypto/prins.h"
#include "models/crypto/vectors_internal.h"
#include <string.h>

static void hkdf(struct vec *v)
{
	uint8_t prk[VEC_OCTETS_MAX], info[VEC_OCTETS_MAX], okm[VEC_OCTETS_MAX];
	size_t n_prk = vec_string(v, "prk", prk), n_info = vec_string(v, "info", info);
	size_t n = vec_number(v, "length");

	if (!vec_has(v, "prk info length") || n_info > CRYPTO_HKDF_INFO_MAX || n > sizeof okm)
		return;
	crypto_hkdf_expand(v->c, v->suite, prk, n_prk, info, n_info, okm, n);
	vec_answer(v, "hkdf_okm", okm, n);
}

static void n32(struct vec *v)
{
	static const char *const key[CRYPTO_N32_FLOWS] = {
		"n32_parallel_request_key", "n32_parallel_response_key", "n32_reverse_request_key",
		"n32_reverse_response_key"};
	static const char *const salt[CRYPTO_N32_FLOWS] = {
		"n32_parallel_request_iv_salt", "n32_parallel_response_iv_salt",
		"n32_reverse_request_iv_salt", "n32_reverse_response_iv_salt"};
	struct crypto_n32_keys keys;
	uint8_t master[64];

	if (!vec_has(v, "n32_context_id") || !vec_octets(v, "n32_master", master, 64))
		return;
	crypto_n32_keys(v->c, v->suite, master, vec_text(v, "n32_context_id"), &keys);
	for (int i = 0; i < CRYPTO_N32_FLOWS; i++) {
		vec_answer(v, key[i], keys.key[i], 16);
		vec_answer(v, salt[i], keys.iv_salt[i], 8);
	}
}

static void gcm(struct vec *v)
{
	uint8_t key[16], iv[12], aad[VEC_OCTETS_MAX], plain[VEC_OCTETS_MAX], data[VEC_OCTETS_MAX];
	uint8_t tag[16];
	size_t n_aad = vec_string(v, "aad", aad), n = vec_string(v, "plaintext", plain);

	if (!vec_has(v, "key iv aad plaintext") || !vec_octets(v, "key", key, 16) ||
	    !vec_octets(v, "iv", iv, 12))
		return;
	memcpy(data, plain, n);
	crypto_gcm_seal(v->c, v->suite, key, iv, aad, n_aad, data, n, tag);
	vec_answer(v, "gcm_ciphertext", data, n);
	vec_answer(v, "gcm_tag", tag, 16);
	if (!crypto_gcm_open(v->c, v->suite, key, iv, aad, n_aad, data, n, tag) ||
	    memcmp(data, plain, n) != 0)
		vec_disagree(v, "what was sealed cannot be opened");
}

static void es256(struct vec *v)
{
	uint8_t priv[32], pub[33], message[VEC_OCTETS_MAX], signature[64];
	size_t n = vec_string(v, "message", message);

	if (!vec_has(v, "message") || !vec_octets(v, "es256_priv", priv, 32))
		return;
	crypto_es256_public(v->c, v->suite, priv, pub);
	vec_answer(v, "es256_public", pub, 33);
	crypto_es256_sign(v->c, v->suite, priv, message, n, signature);
	vec_answer(v, "es256_signature", signature, 64);
	if (!crypto_es256_verify(v->c, v->suite, pub, message, n, signature))
		vec_disagree(v, "what was signed is not accepted");
}

void vec_jose(struct vec *v)
{
	hkdf(v);
	n32(v);
	gcm(v);
	es256(v);
}
