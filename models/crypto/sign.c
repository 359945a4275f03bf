/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/crypto/sign.h"
#include "models/crypto/crypto_internal.h"
#include <string.h>

void crypto_hash(struct crypto *c, const struct crypto_suite *suite, const void *data, size_t n,
                 uint8_t out[32])
{
	crypto_enter(c, suite);
	suite->hash(c, data, n, out);
	crypto_leave(c);
}

void crypto_mac(struct crypto *c, const struct crypto_suite *suite, const uint8_t key[32],
                const void *data, size_t n, uint8_t out[32])
{
	crypto_enter(c, suite);
	suite->mac(c, key, 32, data, n, out);
	crypto_leave(c);
}

bool crypto_mac_check(struct crypto *c, const struct crypto_suite *suite, const uint8_t key[32],
                      const void *data, size_t n, const uint8_t mac[32])
{
	uint8_t expected[32];
	crypto_mac(c, suite, key, data, n, expected);
	return memcmp(expected, mac, 32) == 0;
}

void crypto_sign_public(struct crypto *c, const struct crypto_suite *suite, const uint8_t seed[32],
                        uint8_t pub[32])
{
	crypto_enter_public(c, suite);
	suite->sign_public(c, seed, pub);
	crypto_leave(c);
}

void crypto_sign(struct crypto *c, const struct crypto_suite *suite, const uint8_t seed[32],
                 const void *data, size_t n, uint8_t signature[64])
{
	crypto_enter_public(c, suite);
	suite->sign(c, seed, data, n, signature);
	crypto_leave(c);
}

bool crypto_verify(struct crypto *c, const struct crypto_suite *suite, const uint8_t pub[32],
                   const void *data, size_t n, const uint8_t signature[64])
{
	crypto_enter_public(c, suite);
	bool ok = suite->verify(c, pub, data, n, signature);
	crypto_leave(c);
	return ok;
}
