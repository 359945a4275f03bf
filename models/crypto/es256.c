/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: ECDSA by OpenSSL's group and numbers. OpenSSL 3.0 draws its nonce from the system's
 * entropy and has no option against it; a run must repeat, so the nonce is RFC 6979's.
 * Leaves out: side channels.
 * Sources: SEC 1 4.1.3, 4.1.4; RFC 6979 3.2; RFC 7518 3.4.
 */
#include "models/crypto/es256.h"
#include "models/crypto/crypto_internal.h"
#include "models/crypto/p256_internal.h"
#include "models/crypto/suite.h"
#include "sim/core/status.h"
#include <string.h>

/* HMAC_DRBG of RFC 6979 3.2: the key K and the value V. */
struct drbg {
	uint8_t k[32], v[32];
};

/* K = HMAC(K, V || separator || seed), V = HMAC(K, V) */
static void drbg_update(struct crypto *c, struct drbg *d, uint8_t separator, const uint8_t *seed,
                        size_t n)
{
	uint8_t in[32 + 1 + 64];

	memcpy(in, d->v, 32);
	in[32] = separator;
	memcpy(in + 33, seed, n);
	crypto_suite_real.mac(c, d->k, 32, in, 33 + n, d->k);
	crypto_suite_real.mac(c, d->k, 32, d->v, 32, d->v);
}

/* The seed is int2octets(private key) || bits2octets(hash). */
static void drbg_begin(struct crypto *c, struct drbg *d, const BIGNUM *x, const BIGNUM *z)
{
	uint8_t seed[64];

	SIM_ASSERT(BN_bn2binpad(x, seed, 32) == 32 && BN_bn2binpad(z, seed + 32, 32) == 32);
	memset(d->k, 0, 32);
	memset(d->v, 1, 32);
	drbg_update(c, d, 0, seed, 64);
	drbg_update(c, d, 1, seed, 64);
}

/* The next k in 1 … q - 1. */
static void drbg_next(struct crypto *c, struct drbg *d, const BIGNUM *q, BIGNUM *k)
{
	for (;;) {
		crypto_suite_real.mac(c, d->k, 32, d->v, 32, d->v);
		SIM_ASSERT(BN_bin2bn(d->v, 32, k));
		if (!BN_is_zero(k) && BN_cmp(k, q) < 0)
			return;
		drbg_update(c, d, 0, NULL, 0);
	}
}

/* The hash as a number modulo q, which bits2octets and the signature equation both want. */
static void hash_number(struct crypto *c, const void *data, size_t n, const BIGNUM *q, BIGNUM *z)
{
	uint8_t hash[32];

	crypto_suite_real.hash(c, data, n, hash);
	SIM_ASSERT(BN_bin2bn(hash, 32, z));
	SIM_ASSERT(BN_nnmod(z, z, q, c->p256->work) == 1);
}

/* r = x(k G) mod q; s = (z + r x) / k mod q. false: one is 0, another k is wanted. */
static bool sign_with(struct crypto_p256 *p, const BIGNUM *k, const BIGNUM *x, const BIGNUM *z,
                      BIGNUM *r, BIGNUM *s)
{
	const BIGNUM *q = EC_GROUP_get0_order(p->group);

	SIM_ASSERT(EC_POINT_mul(p->group, p->result, k, NULL, NULL, p->work) == 1);
	SIM_ASSERT(EC_POINT_get_affine_coordinates(p->group, p->result, r, NULL, p->work) == 1);
	SIM_ASSERT(BN_nnmod(r, r, q, p->work) == 1);
	SIM_ASSERT(BN_mod_mul(s, r, x, q, p->work) == 1);
	SIM_ASSERT(BN_mod_add(s, s, z, q, p->work) == 1);
	SIM_ASSERT(BN_mod_inverse(p->x, k, q, p->work));
	SIM_ASSERT(BN_mod_mul(s, s, p->x, q, p->work) == 1);
	return !BN_is_zero(r) && !BN_is_zero(s);
}

void crypto_es256_sign_real(struct crypto *c, const uint8_t priv[32], const void *data, size_t n,
                            uint8_t signature[64])
{
	struct crypto_p256 *p = c->p256;
	const BIGNUM *q = EC_GROUP_get0_order(p->group);
	struct drbg drbg;

	BN_CTX_start(p->work);
	BIGNUM *z = BN_CTX_get(p->work), *k = BN_CTX_get(p->work), *r = BN_CTX_get(p->work);
	BIGNUM *s = BN_CTX_get(p->work);
	SIM_ASSERT(s);
	crypto_p256_scalar(p, priv, p->scalar);
	hash_number(c, data, n, q, z);
	drbg_begin(c, &drbg, p->scalar, z);
	do
		drbg_next(c, &drbg, q, k);
	while (!sign_with(p, k, p->scalar, z, r, s));
	SIM_ASSERT(BN_bn2binpad(r, signature, 32) == 32 && BN_bn2binpad(s, signature + 32, 32) == 32);
	BN_CTX_end(p->work);
}

static bool in_range(const BIGNUM *v, const BIGNUM *q)
{
	return !BN_is_zero(v) && BN_cmp(v, q) < 0;
}

/* x((z / s) G + (r / s) Q) = r modulo q */
static bool verify_with(struct crypto_p256 *p, const EC_POINT *public, BIGNUM *z, const BIGNUM *r,
                        BIGNUM *s)
{
	const BIGNUM *q = EC_GROUP_get0_order(p->group);

	SIM_ASSERT(BN_mod_inverse(s, s, q, p->work));
	SIM_ASSERT(BN_mod_mul(z, z, s, q, p->work) == 1);
	SIM_ASSERT(BN_mod_mul(s, r, s, q, p->work) == 1);
	SIM_ASSERT(EC_POINT_mul(p->group, p->result, z, public, s, p->work) == 1);
	if (EC_POINT_is_at_infinity(p->group, p->result))
		return false;
	SIM_ASSERT(EC_POINT_get_affine_coordinates(p->group, p->result, p->x, NULL, p->work) == 1);
	SIM_ASSERT(BN_nnmod(p->x, p->x, q, p->work) == 1);
	return BN_cmp(p->x, r) == 0;
}

bool crypto_es256_verify_real(struct crypto *c, const uint8_t pub[33], const void *data, size_t n,
                              const uint8_t signature[64])
{
	struct crypto_p256 *p = c->p256;
	const BIGNUM *q = EC_GROUP_get0_order(p->group);
	const EC_POINT *public = crypto_p256_point(p, pub);

	if (!public)
		return false;
	BN_CTX_start(p->work);
	BIGNUM *z = BN_CTX_get(p->work), *r = BN_CTX_get(p->work), *s = BN_CTX_get(p->work);
	SIM_ASSERT(s);
	SIM_ASSERT(BN_bin2bn(signature, 32, r) && BN_bin2bn(signature + 32, 32, s));
	hash_number(c, data, n, q, z);
	bool ok = in_range(r, q) && in_range(s, q) && verify_with(p, public, z, r, s);
	BN_CTX_end(p->work);
	return ok;
}
