/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pseudo-random function of the cost mode: SipHash-1-3 over tagged fields, with as many output
 * words as asked for (Aumasson, Bernstein: SipHash, INDOCRYPT 2012). For the files *_cost.c.
 */
#ifndef MODELS_CRYPTO_STAND_IN_H
#define MODELS_CRYPTO_STAND_IN_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* What the function stands in for: fields are absorbed behind it. */
enum stand_in {
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
	SIGN,
	OPC,
	TUAK, /* added to F1, F2345, F5_STAR, OPC */
	P256_PUBLIC = 2 * TUAK,
	P256_POINT,
	P256_SHARED,
	ES256,
	GCM,
	GCM_TAG
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

static inline struct prf begin(enum stand_in what)
{
	/* SipHash's own constants: "somepseudorandomlygeneratedbytes" */
	struct prf p = {{0x736f6d6570736575, 0x646f72616e646f6d, 0x6c7967656e657261,
	                 0x7465646279746573}};
	absorb_word(&p, what);
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

#endif
