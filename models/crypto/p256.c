/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: scalar multiplication on secp256r1 by OpenSSL's group, whose field arithmetic is the fast
 * one; the shared secret is the x coordinate (SEC 1 3.3.1). Points met or made before are
 * remembered: to find y of a compressed one costs a square root, a third of the multiplication.
 * Leaves out: side channels.
 * Sources: SEC 1 2.3, 3.2, 3.3; SEC 2 2.4.2; TS 33.501 C.3.4.2.
 */
#include "models/crypto/p256.h"
#include "models/crypto/crypto_internal.h"
#include "models/crypto/p256_internal.h"
#include "sim/core/status.h"
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

struct crypto_p256 *crypto_p256_new(void)
{
	struct crypto_p256 *p = calloc(1, sizeof *p);

	SIM_ASSERT(p);
	p->group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	p->work = BN_CTX_new();
	SIM_ASSERT(p->group && p->work);
	p->result = EC_POINT_new(p->group);
	p->scalar = BN_new();
	p->x = BN_new();
	SIM_ASSERT(p->result && p->scalar && p->x);
	for (uint32_t i = 0; i < CRYPTO_POINTS; i++)
		SIM_ASSERT(p->known[i].point = EC_POINT_new(p->group));
	return p;
}

void crypto_p256_free(struct crypto_p256 *p)
{
	for (uint32_t i = 0; i < CRYPTO_POINTS; i++)
		EC_POINT_free(p->known[i].point);
	EC_POINT_free(p->result);
	BN_free(p->scalar);
	BN_free(p->x);
	BN_CTX_free(p->work);
	EC_GROUP_free(p->group);
	free(p);
}

void crypto_p256_scalar(struct crypto_p256 *p, const uint8_t octets[32], BIGNUM *scalar)
{
	SIM_ASSERT(BN_bin2bn(octets, 32, scalar));
	SIM_ASSERT(BN_nnmod(scalar, scalar, EC_GROUP_get0_order(p->group), p->work) == 1);
	if (BN_is_zero(scalar))
		SIM_ASSERT(BN_one(scalar) == 1);
}

/* Direct-mapped, like keys in crypto.c. */
static struct crypto_point *slot_of(struct crypto_p256 *p, const uint8_t octets[33])
{
	return &p->known[octets[7] % CRYPTO_POINTS];
}

const EC_POINT *crypto_p256_point(struct crypto_p256 *p, const uint8_t octets[33])
{
	struct crypto_point *slot = slot_of(p, octets);

	if (slot->octets[0] && memcmp(slot->octets, octets, 33) == 0)
		return slot->point;
	slot->octets[0] = 0;
	if ((octets[0] != 2 && octets[0] != 3) ||
	    EC_POINT_oct2point(p->group, slot->point, octets, 33, p->work) != 1) {
		ERR_clear_error();
		return NULL;
	}
	memcpy(slot->octets, octets, 33);
	return slot->point;
}

void crypto_p256_public(struct crypto *c, const uint8_t priv[32], uint8_t pub[33])
{
	struct crypto_p256 *p = c->p256;

	crypto_p256_scalar(p, priv, p->scalar);
	SIM_ASSERT(EC_POINT_mul(p->group, p->result, p->scalar, NULL, NULL, p->work) == 1);
	SIM_ASSERT(EC_POINT_point2oct(p->group, p->result, POINT_CONVERSION_COMPRESSED, pub, 33,
	                              p->work) == 33);
	struct crypto_point *slot = slot_of(p, pub);
	SIM_ASSERT(EC_POINT_copy(slot->point, p->result) == 1);
	memcpy(slot->octets, pub, 33);
}

/* The order is prime and the cofactor 1: no multiple of a point here is infinity. */
bool crypto_p256_shared(struct crypto *c, const uint8_t priv[32], const uint8_t peer_pub[33],
                        uint8_t shared[32])
{
	struct crypto_p256 *p = c->p256;
	const EC_POINT *peer = crypto_p256_point(p, peer_pub);

	if (!peer)
		return false;
	crypto_p256_scalar(p, priv, p->scalar);
	SIM_ASSERT(EC_POINT_mul(p->group, p->result, NULL, peer, p->scalar, p->work) == 1);
	SIM_ASSERT(EC_POINT_get_affine_coordinates(p->group, p->result, p->x, NULL, p->work) == 1);
	SIM_ASSERT(BN_bn2binpad(p->x, shared, 32) == 32);
	return true;
}
