/* SPDX-License-Identifier: GPL-2.0-or-later */
/* AES-128 of the real suite, on whole octets. */
#ifndef MODELS_CRYPTO_AES_H
#define MODELS_CRYPTO_AES_H

#include "models/crypto/crypto.h"
#include <stddef.h>

/* n whole blocks, each for itself. */
void crypto_aes(struct crypto *c, const uint8_t key[16], const uint8_t *in, uint8_t *out,
                uint32_t blocks);
/* In place; iv is the first counter block. */
void crypto_aes_ctr(struct crypto *c, const uint8_t key[16], const uint8_t iv[16], uint8_t *data,
                    size_t n);
void crypto_aes_cmac(struct crypto *c, const uint8_t key[16], const uint8_t *data, size_t n,
                     uint8_t mac[16]);
/* In place, IV of 96 bits. open: false when the tag is wrong. */
void crypto_aes_gcm_seal(struct crypto *c, const uint8_t key[16], const uint8_t iv[12],
                         const void *aad, size_t n_aad, uint8_t *data, size_t n, uint8_t tag[16]);
bool crypto_aes_gcm_open(struct crypto *c, const uint8_t key[16], const uint8_t iv[12],
                         const void *aad, size_t n_aad, uint8_t *data, size_t n,
                         const uint8_t tag[16]);

#endif
