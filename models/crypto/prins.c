/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: HKDF-Expand and N32-KDF; the rest are the suite's primitives.
 * Leaves out: A256GCM: a SEPP needs one of the two (TS 33.501 13.2.4.9), ours offers A128GCM.
 * Sources: TS 33.501 13.2.4.4.1, 13.2.4.9; RFC 5869; RFC 7518.
 */
#include "models/crypto/prins.h"
#include "models/crypto/crypto_internal.h"
#include "sim/core/status.h"
#include <stdio.h>
#include <string.h>

/* T(i) = HMAC(PRK, T(i-1) || info || i) */
void crypto_hkdf_expand(struct crypto *c, const struct crypto_suite *suite, const void *prk,
                        size_t n_prk, const void *info, size_t n_info, uint8_t *out, size_t n)
{
	uint8_t in[32 + CRYPTO_HKDF_INFO_MAX + 1] = {0}, t[32] = {0};
	size_t before = 0;

	SIM_ASSERT(n_info <= CRYPTO_HKDF_INFO_MAX && n <= (size_t)255 * 32);
	crypto_enter(c, suite);
	memcpy(in + 32, info, n_info);
	for (size_t at = 0; at < n; at += 32) {
		in[32 + n_info]++;
		memcpy(in, t, 32);
		suite->mac(c, prk, n_prk, in + 32 - before, before + n_info + 1, t);
		memcpy(out + at, t, n - at < 32 ? n - at : 32);
		before = 32;
	}
	crypto_leave(c);
}

static void n32_kdf(struct crypto *c, const struct crypto_suite *suite, const uint8_t master[64],
                    const char *context_id, const char *label, uint8_t *out, size_t n)
{
	char info[CRYPTO_HKDF_INFO_MAX];
	int n_info = snprintf(info, sizeof info, "N32%s%s", context_id, label);

	SIM_ASSERT(n_info < (int)sizeof info);
	crypto_hkdf_expand(c, suite, master, 64, info, (size_t)n_info, out, n);
}

void crypto_n32_keys(struct crypto *c, const struct crypto_suite *suite, const uint8_t master[64],
                     const char *context_id, struct crypto_n32_keys *keys)
{
	static const char *const key[CRYPTO_N32_FLOWS] = {
		"parallel_request_key", "parallel_response_key", "reverse_request_key",
		"reverse_response_key"};
	static const char *const iv_salt[CRYPTO_N32_FLOWS] = {
		"parallel_request_iv_salt", "parallel_response_iv_salt", "reverse_request_iv_salt",
		"reverse_response_iv_salt"};

	crypto_enter(c, suite);
	for (int i = 0; i < CRYPTO_N32_FLOWS; i++) {
		n32_kdf(c, suite, master, context_id, key[i], keys->key[i], 16);
		n32_kdf(c, suite, master, context_id, iv_salt[i], keys->iv_salt[i], 8);
	}
	crypto_leave(c);
}

void crypto_n32_nonce(const uint8_t iv_salt[8], uint32_t seq, uint8_t nonce[12])
{
	memcpy(nonce, iv_salt, 8);
	for (int i = 0; i < 4; i++)
		nonce[8 + i] = (uint8_t)(seq >> (24 - 8 * i));
}

void crypto_gcm_seal(struct crypto *c, const struct crypto_suite *suite, const uint8_t key[16],
                     const uint8_t iv[12], const void *aad, size_t n_aad, uint8_t *data, size_t n,
                     uint8_t tag[16])
{
	crypto_enter(c, suite);
	suite->gcm_seal(c, key, iv, aad, n_aad, data, n, tag);
	crypto_leave(c);
}

bool crypto_gcm_open(struct crypto *c, const struct crypto_suite *suite, const uint8_t key[16],
                     const uint8_t iv[12], const void *aad, size_t n_aad, uint8_t *data, size_t n,
                     const uint8_t tag[16])
{
	crypto_enter(c, suite);
	bool ok = suite->gcm_open(c, key, iv, aad, n_aad, data, n, tag);
	crypto_leave(c);
	return ok;
}

void crypto_es256_public(struct crypto *c, const struct crypto_suite *suite,
                         const uint8_t priv[32], uint8_t pub[33])
{
	crypto_enter_public(c, suite);
	suite->p256_public(c, priv, pub);
	crypto_leave(c);
}

void crypto_es256_sign(struct crypto *c, const struct crypto_suite *suite, const uint8_t priv[32],
                       const void *data, size_t n, uint8_t signature[64])
{
	crypto_enter_public(c, suite);
	suite->es256_sign(c, priv, data, n, signature);
	crypto_leave(c);
}

bool crypto_es256_verify(struct crypto *c, const struct crypto_suite *suite, const uint8_t pub[33],
                         const void *data, size_t n, const uint8_t signature[64])
{
	crypto_enter_public(c, suite);
	bool ok = suite->es256_verify(c, pub, data, n, signature);
	crypto_leave(c);
	return ok;
}
