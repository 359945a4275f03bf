/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: ECIES profiles A and B (TS 33.501 C.3.2, C.3.3, C.3.4).
 * Leaves out: schemes of operators (C.1: identifiers 0xC to 0xF).
 * Sources: SEC 1 version 2.0 (2.3 points, 3.6.1 X9.63 KDF, 5.1 ECIES), RFC 7748.
 */
#include "models/crypto/ecies.h"
#include "models/crypto/crypto_internal.h"
#include "sim/core/status.h"
#include <string.h>

enum { ENC = 0, ICB = 16, MAC_KEY = 32, KEY_DATA = 64, TAG = 8 };

static size_t public_octets(enum crypto_ecies_profile profile)
{
	return profile == CRYPTO_ECIES_B ? CRYPTO_P256_POINT : CRYPTO_KEY;
}

static void ephemeral(struct crypto *c, const struct crypto_suite *suite, const uint8_t draw[32],
                      uint8_t priv[32])
{
	if (suite->ephemeral)
		suite->ephemeral(c, draw, priv);
	else
		memcpy(priv, draw, 32);
}

static void public_of(struct crypto *c, const struct crypto_suite *suite,
                      enum crypto_ecies_profile profile, const uint8_t priv[32], uint8_t *pub)
{
	if (profile == CRYPTO_ECIES_B)
		suite->p256_public(c, priv, pub);
	else
		suite->dh_public(c, priv, pub);
}

static bool shared_of(struct crypto *c, const struct crypto_suite *suite,
                      enum crypto_ecies_profile profile, const uint8_t priv[32],
                      const uint8_t *peer_pub, uint8_t shared[32])
{
	if (profile == CRYPTO_ECIES_B)
		return suite->p256_shared(c, priv, peer_pub, shared);
	return suite->dh_shared(c, priv, peer_pub, shared);
}

/* Blocks of SHA-256(Z || counter || SharedInfo), counter from 1 in four octets. */
void crypto_x963(struct crypto *c, const struct crypto_suite *suite, const uint8_t shared[32],
                 const uint8_t *info, size_t n_info, uint8_t *out, size_t n)
{
	uint8_t in[36 + CRYPTO_ECIES_PUBLIC_MAX] = {0}, block[32];

	SIM_ASSERT(n <= (size_t)255 * 32); /* the counter's low octet is enough */
	SIM_ASSERT(n_info <= CRYPTO_ECIES_PUBLIC_MAX);
	crypto_enter(c, suite);
	memcpy(in, shared, 32);
	memcpy(in + 36, info, n_info);
	for (size_t at = 0; at < n; at += 32) {
		in[35]++;
		suite->hash(c, in, 36 + n_info, block);
		memcpy(out + at, block, n - at < 32 ? n - at : 32);
	}
	crypto_leave(c);
}

void crypto_ecies_public(struct crypto *c, const struct crypto_suite *suite,
                         enum crypto_ecies_profile profile, const uint8_t priv[32], uint8_t *pub)
{
	crypto_enter_public(c, suite);
	public_of(c, suite, profile, priv, pub);
	crypto_leave(c);
}

static bool conceal(struct crypto *c, const struct crypto_suite *suite,
                    enum crypto_ecies_profile profile, const uint8_t *pub,
                    const uint8_t eph_seed[32], const uint8_t *in, size_t n, uint8_t *out)
{
	uint8_t priv[32], shared[32], key[KEY_DATA], tag[32];
	uint8_t *ciphertext = out + public_octets(profile);

	ephemeral(c, suite, eph_seed, priv);
	public_of(c, suite, profile, priv, out);
	if (!shared_of(c, suite, profile, priv, pub, shared))
		return false;
	crypto_x963(c, suite, shared, out, public_octets(profile), key, sizeof key);
	memcpy(ciphertext, in, n);
	suite->ctr(c, key + ENC, key + ICB, ciphertext, n);
	suite->mac(c, key + MAC_KEY, 32, ciphertext, n, tag);
	memcpy(ciphertext + n, tag, TAG);
	return true;
}

bool crypto_ecies_conceal(struct crypto *c, const struct crypto_suite *suite,
                          enum crypto_ecies_profile profile, const uint8_t *pub,
                          const uint8_t eph_seed[32], const uint8_t *in, size_t n, uint8_t *out)
{
	crypto_enter_public(c, suite);
	bool ok = conceal(c, suite, profile, pub, eph_seed, in, n, out);
	crypto_leave(c);
	return ok;
}

static bool reveal(struct crypto *c, const struct crypto_suite *suite,
                   enum crypto_ecies_profile profile, const uint8_t priv[32], const uint8_t *in,
                   size_t n, uint8_t *out)
{
	uint8_t shared[32], key[KEY_DATA], tag[32];
	size_t extra = crypto_ecies_extra(profile);

	if (n < extra || !shared_of(c, suite, profile, priv, in, shared))
		return false;
	n -= extra;
	crypto_x963(c, suite, shared, in, public_octets(profile), key, sizeof key);
	const uint8_t *ciphertext = in + public_octets(profile);
	suite->mac(c, key + MAC_KEY, 32, ciphertext, n, tag);
	if (memcmp(tag, ciphertext + n, TAG) != 0)
		return false;
	memcpy(out, ciphertext, n);
	suite->ctr(c, key + ENC, key + ICB, out, n);
	return true;
}

bool crypto_ecies_reveal(struct crypto *c, const struct crypto_suite *suite,
                         enum crypto_ecies_profile profile, const uint8_t priv[32],
                         const uint8_t *in, size_t n, uint8_t *out)
{
	crypto_enter_public(c, suite);
	bool ok = reveal(c, suite, profile, priv, in, n, out);
	crypto_leave(c);
	return ok;
}
