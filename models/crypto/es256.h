/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ES256 of the real suite: ECDSA on secp256r1 with SHA-256 and the nonce of RFC 6979. */
#ifndef MODELS_CRYPTO_ES256_H
#define MODELS_CRYPTO_ES256_H

#include "models/crypto/crypto.h"
#include <stddef.h>

void crypto_es256_sign_real(struct crypto *c, const uint8_t priv[32], const void *data, size_t n,
                            uint8_t signature[64]);
bool crypto_es256_verify_real(struct crypto *c, const uint8_t pub[33], const void *data, size_t n,
                              const uint8_t signature[64]);

#endif
