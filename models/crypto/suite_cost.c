/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: the same primitives by a stand-in: a pseudo-random function over tagged fields,
 * SipHash-1-3 with as many output words as asked for. Two ends that know the same octets get the
 * same octets; every other input gives unrelated ones, so checks fail with the real probabilities
 * and observers see uniform, unlinkable values of the real lengths.
 * Leaves out: one-wayness. A shared secret or a signature here follows from the public key; nobody
 * in the model computes it so. All X25519 public keys are accepted, as all but a few are in the
 * real suite.
 * Sources: Aumasson, Bernstein: SipHash (INDOCRYPT 2012).
 */
#include "models/crypto/suite.h"
#include <endian.h>
#include <string.h>

enum domain {
	HASH = 1,
	MAC,
	CMAC,
	CTR,
	F1,
	F2345,
	F5_STAR,
	DH_PUBLIC,
	DH_SHARED,
	SIGN_PUBLIC,
	SIGN
};

struct prf {
	uint64_t v[4];
};

static inline uint64_t rotl(uint64_t x, int n)
{
	return x << n | x >> (64 - n);
}

static inline void sip_round(struct prf *p)
{
	uint64_t *v = p->v;
	v[0] += v[1];
	v[2] += v[3];
	v[1] = rotl(v[1], 13) ^ v[0];
	v[3] = rotl(v[3], 16) ^ v[2];
	v[0] = rotl(v[0], 32) + v[3];
	v[2] += v[1];
	v[1] = rotl(v[1], 17) ^ v[2];
	v[3] = rotl(v[3], 21) ^ v[0];
	v[2] = rotl(v[2], 32);
}

/* Little-endian whatever the host, so that a result file has the same octets everywhere. */
static inline uint64_t load64(const uint8_t *at, size_t n)
{
	uint64_t w = 0;
	memcpy(&w, at, n);
	return le64toh(w);
}

static inline void absorb_word(struct prf *p, uint64_t w)
{
	p->v[3] ^= w;
	sip_round(p);
	p->v[0] ^= w;
}

/* A field and its length: ("ab", "c") and ("a", "bc") differ. */
static inline void absorb(struct prf *p, const void *data, size_t n)
{
	const uint8_t *at = data;
	size_t i = 0;

	for (; i + 8 <= n; i += 8)
		absorb_word(p, load64(at + i, 8));
	absorb_word(p, (uint64_t)n << 56 | (i < n ? load64(at + i, n - i) : 0));
}

static inline struct prf begin(enum domain domain)
{
	/* SipHash's own constants: "somepseudorandomlygeneratedbytes" */
	struct prf p = {{0x736f6d6570736575, 0x646f72616e646f6d, 0x6c7967656e657261,
	                 0x7465646279746573}};
	absorb_word(&p, domain);
	return p;
}

static inline void end(struct prf *p)
{
	p->v[2] ^= 0xee;
	for (int i = 0; i < 3; i++)
		sip_round(p);
}

static inline uint64_t next(struct prf *p)
{
	uint64_t w = p->v[0] ^ p->v[1] ^ p->v[2] ^ p->v[3];
	p->v[1] ^= 0xdd;
	sip_round(p);
	sip_round(p);
	return w;
}

static inline void squeeze(struct prf *p, uint8_t *out, size_t n)
{
	for (size_t i = 0; i < n; i += 8) {
		uint64_t w = htole64(next(p));
		memcpy(out + i, &w, n - i < 8 ? n - i : 8);
	}
}

static void hash(struct crypto *c, const void *data, size_t n, uint8_t out[32])
{
	(void)c;
	struct prf p = begin(HASH);
	absorb(&p, data, n);
	end(&p);
	squeeze(&p, out, 32);
}

static void mac(struct crypto *c, const void *key, size_t n_key, const void *data, size_t n,
                uint8_t out[32])
{
	(void)c;
	struct prf p = begin(MAC);
	absorb(&p, key, n_key);
	absorb(&p, data, n);
	end(&p);
	squeeze(&p, out, 32);
}

static void cmac(struct crypto *c, const uint8_t key[16], const void *data, size_t n,
                 uint8_t out[16])
{
	(void)c;
	struct prf p = begin(CMAC);
	absorb(&p, key, 16);
	absorb(&p, data, n);
	end(&p);
	squeeze(&p, out, 16);
}

static void ctr(struct crypto *c, const uint8_t key[16], const uint8_t iv[16], uint8_t *data,
                size_t n)
{
	(void)c;
	struct prf p = begin(CTR);
	absorb(&p, key, 16);
	absorb(&p, iv, 16);
	end(&p);
	for (size_t i = 0; i < n; i += 8) {
		uint64_t w = next(&p);
		for (size_t j = 0; j < 8 && i + j < n; j++)
			data[i + j] ^= (uint8_t)(w >> (8 * j));
	}
}

static struct prf begin_aka(enum domain domain, const uint8_t k[16], const uint8_t opc[16],
                            const uint8_t rand[16])
{
	struct prf p = begin(domain);
	absorb(&p, k, 16);
	absorb(&p, opc, 16);
	absorb(&p, rand, 16);
	return p;
}

static void f1(struct crypto *c, const uint8_t k[16], const uint8_t opc[16],
               const uint8_t rand[16], const uint8_t sqn[6], const uint8_t amf[2],
               uint8_t mac_a[8], uint8_t mac_s[8])
{
	(void)c;
	struct prf p = begin_aka(F1, k, opc, rand);
	absorb(&p, sqn, 6);
	absorb(&p, amf, 2);
	end(&p);
	squeeze(&p, mac_a, 8);
	squeeze(&p, mac_s, 8);
}

static void f2345(struct crypto *c, const uint8_t k[16], const uint8_t opc[16],
                  const uint8_t rand[16], struct crypto_f2345 *out)
{
	(void)c;
	struct prf p = begin_aka(F2345, k, opc, rand);
	end(&p);
	squeeze(&p, out->res, 8);
	squeeze(&p, out->ck, 16);
	squeeze(&p, out->ik, 16);
	squeeze(&p, out->ak, 6);
}

static void f5_star(struct crypto *c, const uint8_t k[16], const uint8_t opc[16],
                    const uint8_t rand[16], uint8_t ak_star[6])
{
	(void)c;
	struct prf p = begin_aka(F5_STAR, k, opc, rand);
	end(&p);
	squeeze(&p, ak_star, 6);
}

static void public_of(enum domain domain, const uint8_t priv[32], uint8_t pub[32])
{
	struct prf p = begin(domain);
	absorb(&p, priv, 32);
	end(&p);
	squeeze(&p, pub, 32);
}

static void dh_public(struct crypto *c, const uint8_t priv[32], uint8_t pub[32])
{
	(void)c;
	public_of(DH_PUBLIC, priv, pub);
}

/* Both ends know both public keys: ordered, they give both ends the same secret. */
static bool dh_shared(struct crypto *c, const uint8_t priv[32], const uint8_t peer_pub[32],
                      uint8_t shared[32])
{
	(void)c;
	uint8_t own[32];
	public_of(DH_PUBLIC, priv, own);
	bool own_first = memcmp(own, peer_pub, 32) < 0;
	struct prf p = begin(DH_SHARED);
	absorb(&p, own_first ? own : peer_pub, 32);
	absorb(&p, own_first ? peer_pub : own, 32);
	end(&p);
	squeeze(&p, shared, 32);
	return true;
}

static void sign_public(struct crypto *c, const uint8_t seed[32], uint8_t pub[32])
{
	(void)c;
	public_of(SIGN_PUBLIC, seed, pub);
}

static void signature_of(const uint8_t pub[32], const void *data, size_t n, uint8_t signature[64])
{
	struct prf p = begin(SIGN);
	absorb(&p, pub, 32);
	absorb(&p, data, n);
	end(&p);
	squeeze(&p, signature, 64);
}

static void sign(struct crypto *c, const uint8_t seed[32], const void *data, size_t n,
                 uint8_t signature[64])
{
	(void)c;
	uint8_t pub[32];
	public_of(SIGN_PUBLIC, seed, pub);
	signature_of(pub, data, n, signature);
}

static bool verify(struct crypto *c, const uint8_t pub[32], const void *data, size_t n,
                   const uint8_t signature[64])
{
	(void)c;
	uint8_t expected[64];
	signature_of(pub, data, n, expected);
	return memcmp(expected, signature, 64) == 0;
}

const struct crypto_suite crypto_suite_cost = {
	.name = "cost",
	.hash = hash,
	.mac = mac,
	.cmac = cmac,
	.ctr = ctr,
	.f1 = f1,
	.f2345 = f2345,
	.f5_star = f5_star,
	.dh_public = dh_public,
	.dh_shared = dh_shared,
	.sign_public = sign_public,
	.sign = sign,
	.verify = verify,
};
