/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JOSE objects as PRINS uses them (TS 33.501 13.2.4, TS 29.573 6.2.5): a flattened JWE with direct
 * encryption by AES-128-GCM (RFC 7516 7.2.2, "dir" and "A128GCM"), a flattened JWS by ES256 (RFC
 * 7515 7.2.2). They are values of jansson; the caller owns what is returned.
 */
#ifndef MODELS_MSG_JOSE_H
#define MODELS_MSG_JOSE_H

#include "models/crypto/suite.h"
#include <jansson.h>

enum { JOSE_PLAIN_MAX = 8192 }; /* octets of a plaintext, an AAD or a payload */

/* RFC 4648 5 without padding. write: returns the length, out has room for 4 (n + 2) / 3. */
uint32_t jose_base64_write(const uint8_t *in, uint32_t n, char *out);
/* Canonical only. false: not that, or longer than room. */
bool jose_base64_read(const char *in, uint32_t n_in, uint8_t *out, uint32_t room, uint32_t *n);

struct jose_keys {
	struct crypto *crypto;
	const struct crypto_suite *suite;
};
/* NULL: longer than JOSE_PLAIN_MAX. */
json_t *jose_jwe_seal(const struct jose_keys *keys, const uint8_t key[16], const uint8_t iv[12],
                      const void *aad, uint32_t n_aad, const void *plain, uint32_t n_plain);

/* What a JWE held. */
struct jose_opened {
	uint32_t n_aad, n_plain;
	uint8_t iv[12];
	uint8_t aad[JOSE_PLAIN_MAX], plain[JOSE_PLAIN_MAX];
};
/* NULL: good; else what is wrong with it, a constant text. */
const char *jose_jwe_open(const struct jose_keys *keys, const uint8_t key[16], const json_t *jwe,
                          struct jose_opened *opened);

json_t *jose_jws_sign(const struct jose_keys *keys, const uint8_t priv[32], const void *payload,
                      uint32_t n);
/* The payload; NULL: good, else what is wrong. */
const char *jose_jws_verify(const struct jose_keys *keys, const uint8_t pub[33], const json_t *jws,
                            uint8_t payload[JOSE_PLAIN_MAX], uint32_t *n);

#endif
