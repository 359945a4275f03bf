/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: TOPc, f1, f1*, f2 to f5, f5* of TUAK (TS 35.231 6, 7).
 * Leaves out: nothing.
 * Sources: TS 35.231; FIPS 202.
 */
#include "models/crypto/tuak.h"
#include "models/crypto/keccak.h"
#include <endian.h>
#include <string.h>

/* Where the fields lie in the 200 octets of IN and OUT (TS 35.231 6.1 to 6.5). */
enum {
	AT_TOPC = 0,
	AT_INSTANCE = 32,
	AT_NAME = 33,
	AT_RAND = 40,
	AT_AMF = 56,
	AT_SQN = 58,
	AT_KEY = 64,
	AT_PAD = 96,
	AT_PAD_END = 135,
	OUT_RES = 0,
	OUT_CK = 32,
	OUT_IK = 64,
	OUT_AK = 96
};
/* Bits of INSTANCE, which says which function it is and which lengths it has. */
enum { F1_STAR = 0x80, F2345 = 0x40, F5_STAR = 0xc0, CK256 = 0x04, IK256 = 0x02, K256 = 0x01 };

union state {
	uint8_t octets[200];
	uint64_t lane[25];
};

static bool one_of(uint8_t n, uint8_t a, uint8_t b, uint8_t c, uint8_t d)
{
	return n == a || n == b || n == c || n == d;
}

bool crypto_tuak_valid(const struct crypto_tuak_lengths *t)
{
	return one_of(t->n_k, 16, 32, 32, 32) && one_of(t->n_mac, 8, 16, 32, 32) &&
	       one_of(t->n_res, 4, 8, 16, 32) && one_of(t->n_ck, 16, 32, 32, 32) &&
	       one_of(t->n_ik, 16, 32, 32, 32) && t->iterations > 0;
}

/* Bits of a string are counted from its end (TS 35.231 3.2): octets are turned round. */
static void put(union state *s, uint32_t at, const uint8_t *octets, size_t n)
{
	for (size_t i = 0; i < n; i++)
		s->octets[at + i] = octets[n - 1 - i];
}

static void get(const union state *s, uint32_t at, uint8_t *octets, size_t n)
{
	for (size_t i = 0; i < n; i++)
		octets[i] = s->octets[at + n - 1 - i];
}

/* IN without RAND, AMF, SQN, which not all functions have. */
static void begin(union state *s, const struct crypto_tuak_lengths *t, uint8_t instance,
                  const uint8_t *k, const uint8_t topc[32])
{
	static const uint8_t name[7] = {'T', 'U', 'A', 'K', '1', '.', '0'};

	memset(s, 0, sizeof *s);
	put(s, AT_TOPC, topc, 32);
	s->octets[AT_INSTANCE] = (uint8_t)(instance | (t->n_k == 32 ? K256 : 0));
	put(s, AT_NAME, name, sizeof name);
	put(s, AT_KEY, k, t->n_k);
	s->octets[AT_PAD] = 0x1f;
	s->octets[AT_PAD_END] = 0x80;
}

/* Octets of a lane from its low end, whatever the host's order. */
static void permute(union state *s, uint8_t iterations)
{
	for (int i = 0; i < 25; i++)
		s->lane[i] = le64toh(s->lane[i]);
	for (uint8_t i = 0; i < iterations; i++)
		crypto_keccak_f1600(s->lane);
	for (int i = 0; i < 25; i++)
		s->lane[i] = htole64(s->lane[i]);
}

void crypto_tuak_topc(const struct crypto_tuak_lengths *t, const uint8_t *k,
                      const uint8_t top[32], uint8_t topc[32])
{
	union state s;

	begin(&s, t, 0, k, top);
	permute(&s, t->iterations);
	get(&s, AT_TOPC, topc, 32);
}

/* 8, 16, 32 octets of MAC are told by the bits 0x08, 0x10, 0x20. */
static void mac(const struct crypto_tuak_lengths *t, uint8_t instance, const uint8_t *k,
                const uint8_t topc[32], const uint8_t rand[16], const uint8_t sqn[6],
                const uint8_t amf[2], uint8_t *out)
{
	union state s;

	begin(&s, t, instance | t->n_mac, k, topc);
	put(&s, AT_RAND, rand, 16);
	put(&s, AT_AMF, amf, 2);
	put(&s, AT_SQN, sqn, 6);
	permute(&s, t->iterations);
	get(&s, 0, out, t->n_mac);
}

void crypto_tuak_f1(const struct crypto_tuak_lengths *t, const uint8_t *k,
                    const uint8_t topc[32], const uint8_t rand[16], const uint8_t sqn[6],
                    const uint8_t amf[2], uint8_t *mac_a)
{
	mac(t, 0, k, topc, rand, sqn, amf, mac_a);
}

void crypto_tuak_f1_star(const struct crypto_tuak_lengths *t, const uint8_t *k,
                         const uint8_t topc[32], const uint8_t rand[16], const uint8_t sqn[6],
                         const uint8_t amf[2], uint8_t *mac_s)
{
	mac(t, F1_STAR, k, topc, rand, sqn, amf, mac_s);
}

/* 8, 16, 32 octets of RES are told by the bits 0x08, 0x10, 0x20; 4 octets by none. */
void crypto_tuak_f2345(const struct crypto_tuak_lengths *t, const uint8_t *k,
                       const uint8_t topc[32], const uint8_t rand[16],
                       struct crypto_tuak_f2345 *out)
{
	uint8_t instance = (uint8_t)(F2345 | (t->n_res > 4 ? t->n_res : 0) |
	                             (t->n_ck == 32 ? CK256 : 0) | (t->n_ik == 32 ? IK256 : 0));
	union state s;

	begin(&s, t, instance, k, topc);
	put(&s, AT_RAND, rand, 16);
	permute(&s, t->iterations);
	get(&s, OUT_RES, out->res, t->n_res);
	get(&s, OUT_CK, out->ck, t->n_ck);
	get(&s, OUT_IK, out->ik, t->n_ik);
	get(&s, OUT_AK, out->ak, 6);
}

void crypto_tuak_f5_star(const struct crypto_tuak_lengths *t, const uint8_t *k,
                         const uint8_t topc[32], const uint8_t rand[16], uint8_t ak_star[6])
{
	union state s;

	begin(&s, t, F5_STAR, k, topc);
	put(&s, AT_RAND, rand, 16);
	permute(&s, t->iterations);
	get(&s, OUT_AK, ak_star, 6);
}

/* ---- the set of subscriptions ---- */

static const struct crypto_tuak_lengths usual = {16, 8, 8, 16, 16, 1};

static void make_topc(struct crypto *c, const uint8_t k[16], const uint8_t *top, uint8_t *topc)
{
	(void)c;
	crypto_tuak_topc(&usual, k, top, topc);
}

/* MAC-A and MAC-S are two functions, unlike in MILENAGE. */
static void f1(struct crypto *c, const uint8_t k[16], const uint8_t *topc, const uint8_t rand[16],
               const uint8_t sqn[6], const uint8_t amf[2], uint8_t mac_a[8], uint8_t mac_s[8])
{
	(void)c;
	if (mac_a)
		crypto_tuak_f1(&usual, k, topc, rand, sqn, amf, mac_a);
	if (mac_s)
		crypto_tuak_f1_star(&usual, k, topc, rand, sqn, amf, mac_s);
}

static void f2345(struct crypto *c, const uint8_t k[16], const uint8_t *topc,
                  const uint8_t rand[16], struct crypto_f2345 *out)
{
	struct crypto_tuak_f2345 f;

	(void)c;
	crypto_tuak_f2345(&usual, k, topc, rand, &f);
	memcpy(out->res, f.res, sizeof out->res);
	memcpy(out->ck, f.ck, sizeof out->ck);
	memcpy(out->ik, f.ik, sizeof out->ik);
	memcpy(out->ak, f.ak, sizeof out->ak);
}

static void f5_star(struct crypto *c, const uint8_t k[16], const uint8_t *topc,
                    const uint8_t rand[16], uint8_t ak_star[6])
{
	(void)c;
	crypto_tuak_f5_star(&usual, k, topc, rand, ak_star);
}

const struct crypto_aka crypto_tuak = {
	.name = "tuak",
	.n_opc = 32,
	.opc = make_topc,
	.f1 = f1,
	.f2345 = f2345,
	.f5_star = f5_star,
};
