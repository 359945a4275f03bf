/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the suites memoised and pooled remember: public keys by their private keys, and shared
 * secrets by the two public keys. A secret is found by whoever has the private key of one end and
 * the public key of the other, and by nobody else; what is not found is computed. So the outputs
 * are those of the real suite, octet for octet.
 *
 * Memory is bounded: an entry that nobody asks for is replaced by a later one.
 */
#ifndef MODELS_CRYPTO_MEMO_H
#define MODELS_CRYPTO_MEMO_H

#include "models/crypto/crypto.h"

void crypto_memo_x25519_public(struct crypto *c, const uint8_t priv[32], uint8_t pub[32]);
void crypto_memo_p256_public(struct crypto *c, const uint8_t priv[32], uint8_t pub[33]);

/* memoised: the second of the two ends takes what the first has left */
bool crypto_memo_x25519_shared(struct crypto *c, const uint8_t priv[32],
                               const uint8_t peer_pub[32], uint8_t shared[32]);
bool crypto_memo_p256_shared(struct crypto *c, const uint8_t priv[32], const uint8_t peer_pub[33],
                             uint8_t shared[32]);

/* pooled: what was found stays: the pair of keys comes again */
bool crypto_pool_x25519_shared(struct crypto *c, const uint8_t priv[32],
                               const uint8_t peer_pub[32], uint8_t shared[32]);
bool crypto_pool_p256_shared(struct crypto *c, const uint8_t priv[32], const uint8_t peer_pub[33],
                             uint8_t shared[32]);
/* The pool's next private key, the same for both curves; for the same draw soon again the same. */
void crypto_pool_ephemeral(struct crypto *c, const uint8_t draw[32], uint8_t priv[32]);

#endif
