/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The pseudo-random function of the cost mode, over tagged fields, with as many output words as
 * asked for: each 16 octets go into the state by one folded multiplication (the 128-bit product's
 * halves, exclusive or), as in Wang Yi's wyhash; output is its generator wyrand. For the files
 * *_cost.c.
 *
 * SipHash-1-3, which stood here before, took a sixth of the instructions of a registration and four
 * times those of this; nobody in the model attacks either.
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
	uint64_t state;
};

/* wyhash's constants. */
#define STAND_IN_A UINT64_C(0xa0761d6478bd642f)
#define STAND_IN_B UINT64_C(0xe7037ed1a0b428db)
#define STAND_IN_C UINT64_C(0x8ebc6af09c88c6e3)

__extension__ typedef unsigned __int128 stand_in_product;

static inline uint64_t fold(uint64_t x, uint64_t y)
{
	stand_in_product product = (stand_in_product)x * y;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Little-endian whatever the host, so that a result file has the same octets everywhere. */
static inline uint64_t load64(const uint8_t *at)
{
	uint64_t w;
	memcpy(&w, at, sizeof w);
	return le64toh(w);
}

static inline uint64_t load32(const uint8_t *at)
{
	uint32_t w;
	memcpy(&w, at, sizeof w);
	return le32toh(w);
}

/* Fewer than eight octets: two loads that overlap, since a copy of variable length is a call. */
static inline uint64_t load_rest(const uint8_t *at, size_t n)
{
	if (n >= 4)
		return load32(at) | load32(at + n - 4) << 8 * (n - 4);
	if (n == 0)
		return 0;
	return at[0] | (uint64_t)at[n / 2] << 8 * (n / 2) | (uint64_t)at[n - 1] << 8 * (n - 1);
}

static inline void absorb_words(struct prf *p, uint64_t low, uint64_t high)
{
	p->state = fold(low ^ STAND_IN_A, high ^ p->state);
}

/* A field whose length its tag tells. */
static inline void absorb16(struct prf *p, const uint8_t at[16])
{
	absorb_words(p, load64(at), load64(at + 8));
}

static inline void absorb32(struct prf *p, const uint8_t at[32])
{
	absorb16(p, at);
	absorb16(p, at + 16);
}

/* A field and its length: ("ab", "c") and ("a", "bc") differ. */
static inline void absorb(struct prf *p, const void *data, size_t n)
{
	const uint8_t *at = data;
	size_t left = n;

	for (; left >= 16; left -= 16, at += 16)
		absorb16(p, at);
	if (left >= 8)
		absorb_words(p, load64(at), (uint64_t)n << 56 | load_rest(at + 8, left - 8));
	else
		absorb_words(p, load_rest(at, left), (uint64_t)n << 56);
}

static inline struct prf begin(enum stand_in what)
{
	return (struct prf){STAND_IN_B * (2u * what + 1)};
}

static inline uint64_t next(struct prf *p)
{
	p->state += STAND_IN_C;
	return fold(p->state, p->state ^ STAND_IN_B);
}

static inline void store64(uint8_t *at, uint64_t w)
{
	w = htole64(w);
	memcpy(at, &w, sizeof w);
}

static inline void squeeze(struct prf *p, uint8_t *out, size_t n)
{
	size_t i = 0;

	for (; i + 8 <= n; i += 8)
		store64(out + i, next(p));
	if (i < n) {
		uint64_t w = htole64(next(p));
		memcpy(out + i, &w, n - i);
	}
}

#endif
