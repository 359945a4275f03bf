/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ECIES profiles A (TS 33.501 C.3.4.1: X25519) and B (C.3.4.2: secp256r1, compressed points): ANSI
 * X9.63 KDF over SHA-256, AES-128-CTR, HMAC-SHA-256 truncated to 64 bits. For SUCIs, and for an
 * identity sealed to a care team.
 */
#ifndef MODELS_CRYPTO_ECIES_H
#define MODELS_CRYPTO_ECIES_H

#include "models/crypto/suite.h"

/* The numbers are the protection scheme identifiers of TS 33.501 C.1. */
enum crypto_ecies_profile { CRYPTO_ECIES_A = 1, CRYPTO_ECIES_B };

enum {
	CRYPTO_ECIES_PUBLIC_MAX = 33, /* octets of a public key: 32 in profile A, 33 in B   */
	CRYPTO_ECIES_EXTRA = 32 + 8,  /* profile A: ephemeral public key and MAC, around    */
	CRYPTO_ECIES_EXTRA_B = 33 + 8, /* profile B                        the ciphertext   */
	CRYPTO_ECIES_INPUT_MAX = 256
};
static inline uint8_t crypto_ecies_extra(enum crypto_ecies_profile profile)
{
	return profile == CRYPTO_ECIES_B ? CRYPTO_ECIES_EXTRA_B : CRYPTO_ECIES_EXTRA;
}

/* The public key of a recipient. */
void crypto_ecies_public(struct crypto *c, const struct crypto_suite *suite,
                         enum crypto_ecies_profile profile, const uint8_t priv[32], uint8_t *pub);

/*
 * out: n + crypto_ecies_extra() octets. false: pub is of small order (A) or no point (B). eph_seed
 * is used once.
 */
bool crypto_ecies_conceal(struct crypto *c, const struct crypto_suite *suite,
                          enum crypto_ecies_profile profile, const uint8_t *pub,
                          const uint8_t eph_seed[32], const uint8_t *in, size_t n, uint8_t *out);
/*
 * in: n octets, any; out: n - crypto_ecies_extra(). false: too short, no good ephemeral key, or the
 * MAC is wrong.
 */
bool crypto_ecies_reveal(struct crypto *c, const struct crypto_suite *suite,
                         enum crypto_ecies_profile profile, const uint8_t priv[32],
                         const uint8_t *in, size_t n, uint8_t *out);

/* ANSI X9.63: key data of n octets from a shared secret and SharedInfo, a public key. */
void crypto_x963(struct crypto *c, const struct crypto_suite *suite, const uint8_t shared[32],
                 const uint8_t *info, size_t n_info, uint8_t *out, size_t n);

#endif
