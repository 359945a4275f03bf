/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: ECIES profile A (TS 33.501 C.3.2, C.3.3, C.3.4.1).
 * Leaves out: profile B (secp256r1), which no scenario chooses.
 * Sources: SEC 1 version 2.0 (3.6.1 X9.63 KDF, 5.1 ECIES), RFC 7748.
 */
#include "models/crypto/ecies.h"
#include "models/crypto/crypto_internal.h"
#include "sim/core/status.h"
#include <string.h>

enum { ENC = 0, ICB = 16, MAC_KEY = 32, KEY_DATA = 64, TAG = 8 };

/* Blocks of SHA-256(Z || counter || SharedInfo), counter from 1 in four octets. */
void crypto_x963(struct crypto *c, const struct crypto_suite *suite, const uint8_t shared[32],
                 const uint8_t info[32], uint8_t *out, size_t n)
{
	uint8_t in[68] = {0}, block[32];

	SIM_ASSERT(n <= (size_t)255 * 32); /* the counter's low octet is enough */
	crypto_enter(c);
	memcpy(in, shared, 32);
	memcpy(in + 36, info, 32);
	for (size_t at = 0; at < n; at += 32) {
		in[35]++;
		suite->hash(c, in, sizeof in, block);
		memcpy(out + at, block, n - at < 32 ? n - at : 32);
	}
	crypto_leave(c);
}

void crypto_ecies_public(struct crypto *c, const struct crypto_suite *suite, const uint8_t priv[32],
                         uint8_t pub[32])
{
	crypto_enter(c);
	suite->dh_public(c, priv, pub);
	crypto_leave(c);
}

static bool conceal(struct crypto *c, const struct crypto_suite *suite, const uint8_t pub[32],
                    const uint8_t eph_seed[32], const uint8_t *in, size_t n, uint8_t *out)
{
	uint8_t shared[32], key[KEY_DATA], tag[32];
	uint8_t *ciphertext = out + 32;

	suite->dh_public(c, eph_seed, out);
	if (!suite->dh_shared(c, eph_seed, pub, shared))
		return false;
	crypto_x963(c, suite, shared, out, key, sizeof key);
	memcpy(ciphertext, in, n);
	suite->ctr(c, key + ENC, key + ICB, ciphertext, n);
	suite->mac(c, key + MAC_KEY, 32, ciphertext, n, tag);
	memcpy(ciphertext + n, tag, TAG);
	return true;
}

bool crypto_ecies_conceal(struct crypto *c, const struct crypto_suite *suite, const uint8_t pub[32],
                          const uint8_t eph_seed[32], const uint8_t *in, size_t n, uint8_t *out)
{
	crypto_enter(c);
	bool ok = conceal(c, suite, pub, eph_seed, in, n, out);
	crypto_leave(c);
	return ok;
}

static bool reveal(struct crypto *c, const struct crypto_suite *suite, const uint8_t priv[32],
                   const uint8_t *in, size_t n, uint8_t *out)
{
	uint8_t shared[32], key[KEY_DATA], tag[32];
	const uint8_t *ciphertext = in + 32;

	if (n < CRYPTO_ECIES_EXTRA || !suite->dh_shared(c, priv, in, shared))
		return false;
	n -= CRYPTO_ECIES_EXTRA;
	crypto_x963(c, suite, shared, in, key, sizeof key);
	suite->mac(c, key + MAC_KEY, 32, ciphertext, n, tag);
	if (memcmp(tag, ciphertext + n, TAG) != 0)
		return false;
	memcpy(out, ciphertext, n);
	suite->ctr(c, key + ENC, key + ICB, out, n);
	return true;
}

bool crypto_ecies_reveal(struct crypto *c, const struct crypto_suite *suite, const uint8_t priv[32],
                         const uint8_t *in, size_t n, uint8_t *out)
{
	crypto_enter(c);
	bool ok = reveal(c, suite, priv, in, n, out);
	crypto_leave(c);
	return ok;
}
