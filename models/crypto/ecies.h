/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ECIES profile A (TS 33.501 C.3.4.1): X25519, ANSI X9.63 KDF over SHA-256, AES-128-CTR,
 * HMAC-SHA-256 truncated to 64 bits. For SUCIs, and for an identity sealed to a care team.
 */
#ifndef MODELS_CRYPTO_ECIES_H
#define MODELS_CRYPTO_ECIES_H

#include "models/crypto/suite.h"

enum {
	CRYPTO_ECIES_EXTRA = 32 + 8, /* ephemeral public key and MAC, around the ciphertext */
	CRYPTO_ECIES_INPUT_MAX = 256
};

/* The public key of a recipient. */
void crypto_ecies_public(struct crypto *c, const struct crypto_suite *suite, const uint8_t priv[32],
                         uint8_t pub[32]);

/* out: n + CRYPTO_ECIES_EXTRA octets. false: pub is of small order. eph_seed is used once. */
bool crypto_ecies_conceal(struct crypto *c, const struct crypto_suite *suite, const uint8_t pub[32],
                          const uint8_t eph_seed[32], const uint8_t *in, size_t n, uint8_t *out);
/* in: n octets; out: n - CRYPTO_ECIES_EXTRA. false: too short, small order, or the MAC is wrong. */
bool crypto_ecies_reveal(struct crypto *c, const struct crypto_suite *suite, const uint8_t priv[32],
                         const uint8_t *in, size_t n, uint8_t *out);

/* ANSI X9.63: key data of n octets from a shared secret and SharedInfo of 32 octets. */
void crypto_x963(struct crypto *c, const struct crypto_suite *suite, const uint8_t shared[32],
                 const uint8_t info[32], uint8_t *out, size_t n);

#endif
