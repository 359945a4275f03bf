/* SPDX-License-Identifier: GPL-2.0-or-later */
/* X25519 (RFC 7748) of the real suite. */
#ifndef MODELS_CRYPTO_X25519_H
#define MODELS_CRYPTO_X25519_H

#include "models/crypto/crypto.h"

void crypto_x25519_public(struct crypto *c, const uint8_t priv[32], uint8_t pub[32]);
/* false: peer_pub is of small order, the secret would be 0 (RFC 7748 6.1). */
bool crypto_x25519_shared(struct crypto *c, const uint8_t priv[32], const uint8_t peer_pub[32],
                          uint8_t shared[32]);

#endif
