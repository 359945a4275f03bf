/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What PRINS and its JOSE objects are made of (TS 33.501 13.2.4): HKDF-Expand (RFC 5869), the keys
 * of an N32-f context, AES-128-GCM (JWE A128GCM, RFC 7518 5.3), ES256 (JWS, RFC 7518 3.4).
 */
#ifndef MODELS_CRYPTO_PRINS_H
#define MODELS_CRYPTO_PRINS_H

#include "models/crypto/suite.h"

/* RFC 5869 2.3: n octets, at most 255 * 32, from a pseudo-random key and at most 256 of info. */
enum { CRYPTO_HKDF_INFO_MAX = 256 };
void crypto_hkdf_expand(struct crypto *c, const struct crypto_suite *suite, const void *prk,
                        size_t n_prk, const void *info, size_t n_info, uint8_t *out, size_t n);

/*
 * The session keys and IV salts of an N32-f context (13.2.4.4.1): parallel when the SEPP that began
 * N32-c is the HTTP client, reverse when the other one is.
 */
enum crypto_n32_flow {
	CRYPTO_N32_PARALLEL_REQUEST,
	CRYPTO_N32_PARALLEL_RESPONSE,
	CRYPTO_N32_REVERSE_REQUEST,
	CRYPTO_N32_REVERSE_RESPONSE,
	CRYPTO_N32_FLOWS
};
struct crypto_n32_keys {
	uint8_t key[CRYPTO_N32_FLOWS][16];
	uint8_t iv_salt[CRYPTO_N32_FLOWS][8];
};
/* master: by the TLS exporter; context_id: N32-f context ID, a text of at most 200 octets. */
void crypto_n32_keys(struct crypto *c, const struct crypto_suite *suite, const uint8_t master[64],
                     const char *context_id, struct crypto_n32_keys *keys);
/* IV salt || SEQ; SEQ counts the encryptions under one salt from 0. */
void crypto_n32_nonce(const uint8_t iv_salt[8], uint32_t seq, uint8_t nonce[12]);

/* AES-128-GCM with an IV of 96 bits and a tag of 128, in place. */
void crypto_gcm_seal(struct crypto *c, const struct crypto_suite *suite, const uint8_t key[16],
                     const uint8_t iv[12], const void *aad, size_t n_aad, uint8_t *data, size_t n,
                     uint8_t tag[16]);
/* false: the tag is wrong, and the data are not to be used. */
bool crypto_gcm_open(struct crypto *c, const struct crypto_suite *suite, const uint8_t key[16],
                     const uint8_t iv[12], const void *aad, size_t n_aad, uint8_t *data, size_t n,
                     const uint8_t tag[16]);

/*
 * ECDSA on P-256 with SHA-256; signature: R || S. The nonce follows from key and message (RFC
 * 6979), so that runs repeat. Public keys are compressed points.
 */
void crypto_es256_public(struct crypto *c, const struct crypto_suite *suite,
                         const uint8_t priv[32], uint8_t pub[33]);
void crypto_es256_sign(struct crypto *c, const struct crypto_suite *suite, const uint8_t priv[32],
                       const void *data, size_t n, uint8_t signature[64]);
bool crypto_es256_verify(struct crypto *c, const struct crypto_suite *suite, const uint8_t pub[33],
                         const void *data, size_t n, const uint8_t signature[64]);

#endif
