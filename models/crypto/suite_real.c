/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: the primitives as they are, by OpenSSL 3. A call that cannot fail on good memory is
 * asserted.
 * Leaves out: side channels: a simulation has no attacker with a stopwatch.
 * Sources: RFC 8032; the others stand in their files.
 */
#include "models/crypto/aes.h"
#include "models/crypto/crypto_internal.h"
#include "models/crypto/es256.h"
#include "models/crypto/memo.h"
#include "models/crypto/milenage.h"
#include "models/crypto/p256.h"
#include "models/crypto/sha256.h"
#include "models/crypto/suite.h"
#include "models/crypto/tuak.h"
#include "models/crypto/x25519.h"
#include "sim/core/status.h"
#include <openssl/err.h>

static void hash(struct crypto *c, const void *data, size_t n, uint8_t out[32])
{
	(void)c;
	crypto_sha256(data, n, out);
}

static void cmac(struct crypto *c, const uint8_t key[16], const void *data, size_t n,
                 uint8_t out[16])
{
	crypto_aes_cmac(c, key, data, n, out);
}

static void sign_public(struct crypto *c, const uint8_t seed[32], uint8_t pub[32])
{
	EVP_PKEY *pkey = crypto_pkey(c, true, seed);
	size_t n = 32;

	SIM_ASSERT(pkey && EVP_PKEY_get_raw_public_key(pkey, pub, &n) == 1 && n == 32);
}

static void sign(struct crypto *c, const uint8_t seed[32], const void *data, size_t n,
                 uint8_t signature[64])
{
	EVP_PKEY *pkey = crypto_pkey(c, true, seed);
	size_t n_signature = 64;

	SIM_ASSERT(pkey && EVP_MD_CTX_reset(c->signer) == 1);
	SIM_ASSERT(EVP_DigestSignInit(c->signer, NULL, NULL, NULL, pkey) == 1);
	SIM_ASSERT(EVP_DigestSign(c->signer, signature, &n_signature, data, n) == 1);
}

static bool verify(struct crypto *c, const uint8_t pub[32], const void *data, size_t n,
                   const uint8_t signature[64])
{
	EVP_PKEY *pkey = crypto_pkey(c, false, pub);

	SIM_ASSERT(pkey && EVP_MD_CTX_reset(c->signer) == 1);
	SIM_ASSERT(EVP_DigestVerifyInit(c->signer, NULL, NULL, NULL, pkey) == 1);
	bool ok = EVP_DigestVerify(c->signer, signature, 64, data, n) == 1;
	if (!ok)
		ERR_clear_error();
	return ok;
}

/* All but key agreement. */
#define REAL_PRIMITIVES                                                                            \
	.hash = hash, .mac = crypto_hmac, .cmac = cmac, .ctr = crypto_aes_ctr,                        \
	.gcm_seal = crypto_aes_gcm_seal, .gcm_open = crypto_aes_gcm_open,                             \
	.aka = {[CRYPTO_MILENAGE] = &crypto_milenage, [CRYPTO_TUAK] = &crypto_tuak},                  \
	.es256_sign = crypto_es256_sign_real, .es256_verify = crypto_es256_verify_real,               \
	.sign_public = sign_public, .sign = sign, .verify = verify

const struct crypto_suite crypto_suite_real = {
	.name = "real",
	.gives_up = "Real: everything is computed, by both ends.",
	REAL_PRIMITIVES,
	.dh_public = crypto_x25519_public,
	.dh_shared = crypto_x25519_shared,
	.p256_public = crypto_p256_public,
	.p256_shared = crypto_p256_shared,
};

const struct crypto_suite crypto_suite_memoised = {
	.name = "memoised",
	.gives_up = "Memoised: real octets; of an ECDH secret's two ends one computes it and the other "
	            "one takes it over.",
	REAL_PRIMITIVES,
	.dh_public = crypto_memo_x25519_public,
	.dh_shared = crypto_memo_x25519_shared,
	.p256_public = crypto_memo_p256_public,
	.p256_shared = crypto_memo_p256_shared,
};

const struct crypto_suite crypto_suite_pooled = {
	.name = "pooled",
	.gives_up = "Pooled: real, but the ephemeral keys of SUCIs come from a pool in turn; when all "
	            "have been used they repeat, and an observer sees equal ones.",
	REAL_PRIMITIVES,
	.ephemeral = crypto_pool_ephemeral,
	.dh_public = crypto_memo_x25519_public,
	.dh_shared = crypto_pool_x25519_shared,
	.p256_public = crypto_memo_p256_public,
	.p256_shared = crypto_pool_p256_shared,
};

const struct crypto_suite *const crypto_suites[CRYPTO_N_MODES] = {
	[CRYPTO_REAL] = &crypto_suite_real,
	[CRYPTO_MEMOISED] = &crypto_suite_memoised,
	[CRYPTO_POOLED] = &crypto_suite_pooled,
	[CRYPTO_COST] = &crypto_suite_cost,
};
