/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SHA-256 and HMAC-SHA-256 of the real suite. */
#ifndef MODELS_CRYPTO_SHA256_H
#define MODELS_CRYPTO_SHA256_H

#include "models/crypto/crypto.h"
#include <stddef.h>

void crypto_sha256(const void *data, size_t n, uint8_t out[32]);
void crypto_hmac(struct crypto *c, const void *key, size_t n_key, const void *data, size_t n,
                 uint8_t out[32]);

#endif
