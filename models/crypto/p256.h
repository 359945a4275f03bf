/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ECDH on secp256r1 (SEC 2 2.4.2) with compressed points (SEC 1 2.3.3): the real suite's. A private
 * key is taken modulo the group's order, and 0 as 1: any 32 octets are one.
 */
#ifndef MODELS_CRYPTO_P256_H
#define MODELS_CRYPTO_P256_H

#include "models/crypto/crypto.h"

void crypto_p256_public(struct crypto *c, const uint8_t priv[32], uint8_t pub[33]);
/* false: no point (SEC 1 2.3.4): another prefix than 02 and 03, or an x off the curve. */
bool crypto_p256_shared(struct crypto *c, const uint8_t priv[32], const uint8_t peer_pub[33],
                        uint8_t shared[32]);

#endif
