/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys of an IKE SA and of its first child SA (RFC 7296 2.13, 2.14, 2.17) for the suite of TS
 * 33.210 5.4.2: PRF_HMAC_SHA2_256, ENCR_AES_GCM_16 with 128-bit keys (RFC 5282), curve25519 (RFC
 * 8031).
 */
#ifndef MODELS_CRYPTO_IKE_KEYS_H
#define MODELS_CRYPTO_IKE_KEYS_H

#include "models/crypto/suite.h"

/* Key material of GCM: a key of 16 octets and a salt of 4 (RFC 5282 7.1). */
enum { CRYPTO_IKE_NONCE = 32, CRYPTO_IKE_KEYMAT = 20 };

/* What both ends have put into IKE_SA_INIT. */
struct crypto_ike_exchange {
	uint8_t nonce_i[CRYPTO_IKE_NONCE], nonce_r[CRYPTO_IKE_NONCE];
	uint64_t spi_i, spi_r;
};
struct crypto_ike_keys {
	uint8_t d[32];                                        /* of child SAs          */
	uint8_t ei[CRYPTO_IKE_KEYMAT], er[CRYPTO_IKE_KEYMAT]; /* of the SK payload     */
	uint8_t pi[32], pr[32];                               /* over the identities   */
};

/* curve25519; shared() is false for a public key of small order. */
void crypto_ike_public(struct crypto *c, const struct crypto_suite *suite, const uint8_t priv[32],
                       uint8_t pub[32]);
bool crypto_ike_shared(struct crypto *c, const struct crypto_suite *suite, const uint8_t priv[32],
                       const uint8_t peer_pub[32], uint8_t shared[32]);
void crypto_ike_keys(struct crypto *c, const struct crypto_suite *suite, const uint8_t shared[32],
                     const struct crypto_ike_exchange *x, struct crypto_ike_keys *keys);
/* KEYMAT of the first child SA: from the initiator, from the responder. */
void crypto_ike_child(struct crypto *c, const struct crypto_suite *suite, const uint8_t d[32],
                      const struct crypto_ike_exchange *x, uint8_t ei[CRYPTO_IKE_KEYMAT],
                      uint8_t er[CRYPTO_IKE_KEYMAT]);

/* 2.15: message | nonce of the other | prf(SK_p, identity). out: n_message + 64. Returns its
 * length. */
size_t crypto_ike_signed(struct crypto *c, const struct crypto_suite *suite,
                         const uint8_t *message, size_t n_message, const uint8_t nonce[32],
                         const uint8_t sk_p[32], const uint8_t *identity, size_t n_identity,
                         uint8_t *out);
/* AUTH by a shared key: prf(prf(secret, "Key Pad for IKEv2"), octets). */
void crypto_ike_auth(struct crypto *c, const struct crypto_suite *suite, const uint8_t secret[32],
                     const uint8_t *octets, size_t n, uint8_t auth[32]);

#endif
