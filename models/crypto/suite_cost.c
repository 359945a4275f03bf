/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: the same primitives by a stand-in: a pseudo-random function over tagged fields, with as
 * many output words as asked for (stand_in.h). Two ends that know the same octets get the same
 * octets; every other input gives unrelated ones, so checks fail with the real probabilities and
 * observers see uniform, unlinkable values of the real lengths.
 * Leaves out: one-wayness. A shared secret or a signature here follows from the public key; nobody
 * in the model computes it so. All X25519 public keys are accepted, as all but a few are in the
 * real suite.
 * Sources: Wang Yi: wyhash (2019), for the mixing.
 */
#include "models/crypto/aka_cost.h"
#include "models/crypto/stand_in.h"
#include "models/crypto/suite.h"
#include <string.h>

static void hash(struct crypto *c, const void *data, size_t n, uint8_t out[32])
{
	(void)c;
	struct prf p = begin(HASH);
	absorb(&p, data, n);
	squeeze(&p, out, 32);
}

static void mac(struct crypto *c, const void *key, size_t n_key, const void *data, size_t n,
                uint8_t out[32])
{
	(void)c;
	struct prf p = begin(MAC);
	absorb(&p, key, n_key);
	absorb(&p, data, n);
	squeeze(&p, out, 32);
}

static void cmac(struct crypto *c, const uint8_t key[16], const void *data, size_t n,
                 uint8_t out[16])
{
	(void)c;
	struct prf p = begin(CMAC);
	absorb16(&p, key);
	absorb(&p, data, n);
	squeeze(&p, out, 16);
}

static void key_stream(enum stand_in what, const uint8_t key[16], const uint8_t *iv, size_t n_iv,
                       uint8_t *data, size_t n)
{
	struct prf p = begin(what);
	absorb16(&p, key);
	absorb(&p, iv, n_iv);
	for (; n >= 8; n -= 8, data += 8)
		store64(data, load64(data) ^ next(&p));
	for (uint64_t w = n ? next(&p) : 0; n > 0; n--, data++, w >>= 8)
		*data ^= (uint8_t)w;
}

static void ctr(struct crypto *c, const uint8_t key[16], const uint8_t iv[16], uint8_t *data,
                size_t n)
{
	(void)c;
	key_stream(CTR, key, iv, 16, data, n);
}

static void gcm_tag(const uint8_t key[16], const uint8_t iv[12], const void *aad, size_t n_aad,
                    const uint8_t *data, size_t n, uint8_t tag[16])
{
	struct prf p = begin(GCM_TAG);
	absorb16(&p, key);
	absorb(&p, iv, 12);
	absorb(&p, aad, n_aad);
	absorb(&p, data, n);
	squeeze(&p, tag, 16);
}

static void gcm_seal(struct crypto *c, const uint8_t key[16], const uint8_t iv[12],
                     const void *aad, size_t n_aad, uint8_t *data, size_t n, uint8_t tag[16])
{
	(void)c;
	key_stream(GCM, key, iv, 12, data, n);
	gcm_tag(key, iv, aad, n_aad, data, n, tag);
}

static bool gcm_open(struct crypto *c, const uint8_t key[16], const uint8_t iv[12],
                     const void *aad, size_t n_aad, uint8_t *data, size_t n,
                     const uint8_t tag[16])
{
	uint8_t expected[16];

	(void)c;
	gcm_tag(key, iv, aad, n_aad, data, n, expected);
	key_stream(GCM, key, iv, 12, data, n);
	return memcmp(expected, tag, 16) == 0;
}

/* ---- public keys ---- */

static void public_of(enum stand_in what, const uint8_t priv[32], uint8_t pub[32])
{
	struct prf p = begin(what);
	absorb32(&p, priv);
	squeeze(&p, pub, 32);
}

static void dh_public(struct crypto *c, const uint8_t priv[32], uint8_t pub[32])
{
	(void)c;
	public_of(DH_PUBLIC, priv, pub);
}

/* Both ends know both public keys: ordered, they give both ends the same secret. */
static void shared_of(enum stand_in what, const uint8_t *own, const uint8_t *peer, size_t n,
                      uint8_t shared[32])
{
	bool own_first = memcmp(own, peer, n) < 0;
	struct prf p = begin(what);
	absorb(&p, own_first ? own : peer, n);
	absorb(&p, own_first ? peer : own, n);
	squeeze(&p, shared, 32);
}

static bool dh_shared(struct crypto *c, const uint8_t priv[32], const uint8_t peer_pub[32],
                      uint8_t shared[32])
{
	(void)c;
	uint8_t own[32];
	public_of(DH_PUBLIC, priv, own);
	shared_of(DH_SHARED, own, peer_pub, 32, shared);
	return true;
}

/*
 * Points: 02 or 03 and an x that lies on the curve, which about every second one does. So random
 * octets are a point as rarely as in the real suite.
 */
static bool p256_on_curve(const uint8_t x[32])
{
	struct prf p = begin(P256_POINT);
	absorb32(&p, x);
	return next(&p) & 1;
}

static bool p256_is_point(const uint8_t octets[33])
{
	return (octets[0] & 0xfe) == 2 && p256_on_curve(octets + 1);
}

static void p256_public(struct crypto *c, const uint8_t priv[32], uint8_t pub[33])
{
	(void)c;
	struct prf p = begin(P256_PUBLIC);
	absorb32(&p, priv);
	pub[0] = (uint8_t)(2 | (next(&p) & 1));
	do
		squeeze(&p, pub + 1, 32);
	while (!p256_on_curve(pub + 1));
}

static bool p256_shared(struct crypto *c, const uint8_t priv[32], const uint8_t peer_pub[33],
                        uint8_t shared[32])
{
	uint8_t own[33];
	if (!p256_is_point(peer_pub))
		return false;
	p256_public(c, priv, own);
	shared_of(P256_SHARED, own, peer_pub, 33, shared);
	return true;
}

static void sign_public(struct crypto *c, const uint8_t seed[32], uint8_t pub[32])
{
	(void)c;
	public_of(SIGN_PUBLIC, seed, pub);
}

static void signature_of(enum stand_in what, const uint8_t *pub, size_t n_pub, const void *data,
                         size_t n, uint8_t signature[64])
{
	struct prf p = begin(what);
	absorb(&p, pub, n_pub);
	absorb(&p, data, n);
	squeeze(&p, signature, 64);
}

static void sign(struct crypto *c, const uint8_t seed[32], const void *data, size_t n,
                 uint8_t signature[64])
{
	(void)c;
	uint8_t pub[32];
	public_of(SIGN_PUBLIC, seed, pub);
	signature_of(SIGN, pub, 32, data, n, signature);
}

static bool verify(struct crypto *c, const uint8_t pub[32], const void *data, size_t n,
                   const uint8_t signature[64])
{
	(void)c;
	uint8_t expected[64];
	signature_of(SIGN, pub, 32, data, n, expected);
	return memcmp(expected, signature, 64) == 0;
}

static void es256_sign(struct crypto *c, const uint8_t priv[32], const void *data, size_t n,
                       uint8_t signature[64])
{
	uint8_t pub[33];
	p256_public(c, priv, pub);
	signature_of(ES256, pub, 33, data, n, signature);
}

static bool es256_verify(struct crypto *c, const uint8_t pub[33], const void *data, size_t n,
                         const uint8_t signature[64])
{
	(void)c;
	uint8_t expected[64];
	if (!p256_is_point(pub))
		return false;
	signature_of(ES256, pub, 33, data, n, expected);
	return memcmp(expected, signature, 64) == 0;
}

const struct crypto_suite crypto_suite_cost = {
	.name = "cost",
	.gives_up = "Cost: a keyed stand-in with the same lengths, successes and failures; nothing is "
	            "enciphered or signed in fact.",
	.stands_in = true,
	.hash = hash,
	.mac = mac,
	.cmac = cmac,
	.ctr = ctr,
	.gcm_seal = gcm_seal,
	.gcm_open = gcm_open,
	.aka = {[CRYPTO_MILENAGE] = &crypto_milenage_cost,
	        [CRYPTO_TUAK] = &crypto_tuak_cost},
	.dh_public = dh_public,
	.dh_shared = dh_shared,
	.p256_public = p256_public,
	.p256_shared = p256_shared,
	.es256_sign = es256_sign,
	.es256_verify = es256_verify,
	.sign_public = sign_public,
	.sign = sign,
	.verify = verify,
};
