/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hash, MAC and signatures for the twin's interface: SHA-256, HMAC-SHA-256, Ed25519 (RFC 8032). */
#ifndef MODELS_CRYPTO_SIGN_H
#define MODELS_CRYPTO_SIGN_H

#include "models/crypto/suite.h"

void crypto_hash(struct crypto *c, const struct crypto_suite *suite, const void *data, size_t n,
                 uint8_t out[32]);
void crypto_mac(struct crypto *c, const struct crypto_suite *suite, const uint8_t key[32],
                const void *data, size_t n, uint8_t out[32]);
bool crypto_mac_check(struct crypto *c, const struct crypto_suite *suite, const uint8_t key[32],
                      const void *data, size_t n, const uint8_t mac[32]);

void crypto_sign_public(struct crypto *c, const struct crypto_suite *suite, const uint8_t seed[32],
                        uint8_t pub[32]);
void crypto_sign(struct crypto *c, const struct crypto_suite *suite, const uint8_t seed[32],
                 const void *data, size_t n, uint8_t signature[64]);
bool crypto_verify(struct crypto *c, const struct crypto_suite *suite, const uint8_t pub[32],
                   const void *data, size_t n, const uint8_t signature[64]);

#endif
