/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/crypto/ike_keys.h"

#include "models/crypto/crypto_internal.h"
#include "sim/core/status.h"
#include <string.h>

enum { SEED_MAX = 2 * CRYPTO_IKE_NONCE + 16, PRF = 32 };

void crypto_ike_public(struct crypto *c, const struct crypto_suite *suite, const uint8_t priv[32],
                       uint8_t pub[32])
{
	crypto_enter_public(c, suite);
	suite->dh_public(c, priv, pub);
	crypto_leave(c);
}

bool crypto_ike_shared(struct crypto *c, const struct crypto_suite *suite, const uint8_t priv[32],
                       const uint8_t peer_pub[32], uint8_t shared[32])
{
	crypto_enter_public(c, suite);
	bool good = suite->dh_shared(c, priv, peer_pub, shared);
	crypto_leave(c);
	return good;
}

static void put64(uint8_t *out, uint64_t value)
{
	for (int i = 0; i < 8; i++)
		out[i] = (uint8_t)(value >> (56 - 8 * i));
}

static void prf_plus(struct crypto *c, const struct crypto_suite *suite, const uint8_t key[32],
                     const uint8_t *seed, size_t n_seed, uint8_t *out, size_t n)
{
	uint8_t text[PRF + SEED_MAX + 1], block[PRF];
	size_t before = 0; /* octets of the block before, in front of the seed */

	SIM_ASSERT(n_seed <= SEED_MAX && n <= 255 * PRF);
	for (uint8_t i = 1; n > 0; i++) {
		size_t k = n < PRF ? n : PRF;
		memcpy(text, block, before);
		memcpy(text + before, seed, n_seed);
		text[before + n_seed] = i;
		suite->mac(c, key, PRF, text, before + n_seed + 1, block);
		memcpy(out, block, k);
		before = PRF;
		out += k;
		n -= k;
	}
}

/* Ni | Nr, and the SPIs behind them. */
static void write_seed(const struct crypto_ike_exchange *x, uint8_t seed[SEED_MAX])
{
	memcpy(seed, x->nonce_i, CRYPTO_IKE_NONCE);
	memcpy(seed + CRYPTO_IKE_NONCE, x->nonce_r, CRYPTO_IKE_NONCE);
	put64(seed + 2 * CRYPTO_IKE_NONCE, x->spi_i);
	put64(seed + 2 * CRYPTO_IKE_NONCE + 8, x->spi_r);
}

void crypto_ike_keys(struct crypto *c, const struct crypto_suite *suite, const uint8_t shared[32],
                     const struct crypto_ike_exchange *x, struct crypto_ike_keys *keys)
{
	uint8_t seed[SEED_MAX], skeyseed[PRF], out[3 * PRF + 2 * CRYPTO_IKE_KEYMAT];

	crypto_enter(c, suite);
	write_seed(x, seed);
	suite->mac(c, seed, 2 * CRYPTO_IKE_NONCE, shared, 32, skeyseed);
	prf_plus(c, suite, skeyseed, seed, sizeof seed, out, sizeof out);
	memcpy(keys->d, out, PRF); /* no SK_a: the cipher authenticates */
	memcpy(keys->ei, out + PRF, CRYPTO_IKE_KEYMAT);
	memcpy(keys->er, out + PRF + CRYPTO_IKE_KEYMAT, CRYPTO_IKE_KEYMAT);
	memcpy(keys->pi, out + PRF + 2 * CRYPTO_IKE_KEYMAT, PRF);
	memcpy(keys->pr, out + 2 * PRF + 2 * CRYPTO_IKE_KEYMAT, PRF);
	crypto_leave(c);
}

void crypto_ike_child(struct crypto *c, const struct crypto_suite *suite, const uint8_t d[32],
                      const struct crypto_ike_exchange *x, uint8_t ei[CRYPTO_IKE_KEYMAT],
                      uint8_t er[CRYPTO_IKE_KEYMAT])
{
	uint8_t seed[SEED_MAX], out[2 * CRYPTO_IKE_KEYMAT];

	crypto_enter(c, suite);
	write_seed(x, seed);
	prf_plus(c, suite, d, seed, 2 * CRYPTO_IKE_NONCE, out, sizeof out);
	memcpy(ei, out, CRYPTO_IKE_KEYMAT);
	memcpy(er, out + CRYPTO_IKE_KEYMAT, CRYPTO_IKE_KEYMAT);
	crypto_leave(c);
}

size_t crypto_ike_signed(struct crypto *c, const struct crypto_suite *suite,
                         const uint8_t *message, size_t n_message, const uint8_t nonce[32],
                         const uint8_t sk_p[32], const uint8_t *identity, size_t n_identity,
                         uint8_t *out)
{
	crypto_enter(c, suite);
	memcpy(out, message, n_message);
	memcpy(out + n_message, nonce, CRYPTO_IKE_NONCE);
	suite->mac(c, sk_p, PRF, identity, n_identity, out + n_message + CRYPTO_IKE_NONCE);
	crypto_leave(c);
	return n_message + CRYPTO_IKE_NONCE + PRF;
}

void crypto_ike_auth(struct crypto *c, const struct crypto_suite *suite, const uint8_t secret[32],
                     const uint8_t *octets, size_t n, uint8_t auth[32])
{
	static const char pad[] = "Key Pad for IKEv2";
	uint8_t key[PRF];

	crypto_enter(c, suite);
	suite->mac(c, secret, 32, pad, sizeof pad - 1, key);
	suite->mac(c, key, PRF, octets, n, auth);
	crypto_leave(c);
}
