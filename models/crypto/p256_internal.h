/* SPDX-License-Identifier: GPL-2.0-or-later */
/* secp256r1 inside struct crypto: for p256.c and the signatures on it. */
#ifndef MODELS_CRYPTO_P256_INTERNAL_H
#define MODELS_CRYPTO_P256_INTERNAL_H

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <stdint.h>

enum { CRYPTO_POINTS = 64 };

struct crypto_point {
	uint8_t octets[33]; /* compressed; octets[0] = 0: empty */
	EC_POINT *point;
};

struct crypto_p256 {
	EC_GROUP *group;
	BN_CTX *work;
	EC_POINT *result;
	BIGNUM *scalar, *x;
	struct crypto_point known[CRYPTO_POINTS];
};

/* The number that 32 octets are, modulo the order; 1 for 0. */
void crypto_p256_scalar(struct crypto_p256 *p, const uint8_t octets[32], BIGNUM *scalar);
/* The point, remembered in p until another one takes its place; NULL when the octets are none. */
const EC_POINT *crypto_p256_point(struct crypto_p256 *p, const uint8_t octets[33]);

#endif
