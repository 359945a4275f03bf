/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: f1, f1*, f2, f3, f4, f5, f5* of MILENAGE and OPc (TS 35.206 4.1).
 * Leaves out: operator-specific constants: nothing in the model depends on them.
 * Sources: TS 35.206.
 */
#include "models/crypto/milenage.h"
#include "models/crypto/aes.h"
#include <string.h>

static void xor16(uint8_t out[16], const uint8_t a[16], const uint8_t b[16])
{
	for (int i = 0; i < 16; i++)
		out[i] = a[i] ^ b[i];
}

/* TEMP = E_K(RAND xor OPc) */
static void temp(struct crypto *c, const uint8_t k[16], const uint8_t opc[16],
                 const uint8_t rand[16], uint8_t out[16])
{
	uint8_t block[16];
	xor16(block, rand, opc);
	crypto_aes(c, k, block, out, 1);
}

/*
 * rot(in xor OPc, r) xor c, with r a whole number of octets and c one low octet: r2 … r5, c2 … c5.
 */
static void rotate(const uint8_t in[16], const uint8_t opc[16], uint32_t octets, uint8_t constant,
                   uint8_t out[16])
{
	for (uint32_t i = 0; i < 16; i++) {
		uint32_t from = (i + octets) % 16;
		out[i] = in[from] ^ opc[from];
	}
	out[15] ^= constant;
}

static void make_opc(struct crypto *c, const uint8_t k[16], const uint8_t *op, uint8_t *opc)
{
	uint8_t block[16];
	crypto_aes(c, k, op, block, 1);
	xor16(opc, block, op);
}

static void f1(struct crypto *c, const uint8_t k[16], const uint8_t *opc,
               const uint8_t rand[16], const uint8_t sqn[6], const uint8_t amf[2],
               uint8_t mac_a[8], uint8_t mac_s[8])
{
	uint8_t in1[16], block[16], out[16], first[16];

	memcpy(in1, sqn, 6);
	memcpy(in1 + 6, amf, 2);
	memcpy(in1 + 8, in1, 8);
	temp(c, k, opc, rand, first);
	rotate(in1, opc, 8, 0, block); /* r1 = 64, c1 = 0 */
	xor16(block, block, first);
	crypto_aes(c, k, block, out, 1);
	xor16(out, out, opc);
	if (mac_a)
		memcpy(mac_a, out, 8);
	if (mac_s)
		memcpy(mac_s, out + 8, 8);
}

static void f2345(struct crypto *c, const uint8_t k[16], const uint8_t *opc,
                  const uint8_t rand[16], struct crypto_f2345 *result)
{
	uint8_t first[16], in[48], out[48];

	temp(c, k, opc, rand, first);
	rotate(first, opc, 0, 1, in);      /* r2 = 0,  c2 = 1: f2, f5 */
	rotate(first, opc, 4, 2, in + 16); /* r3 = 32, c3 = 2: f3     */
	rotate(first, opc, 8, 4, in + 32); /* r4 = 64, c4 = 4: f4     */
	crypto_aes(c, k, in, out, 3);
	for (int i = 0; i < 48; i++)
		out[i] ^= opc[i % 16];
	memcpy(result->ak, out, 6);
	memcpy(result->res, out + 8, 8);
	memcpy(result->ck, out + 16, 16);
	memcpy(result->ik, out + 32, 16);
}

static void f5_star(struct crypto *c, const uint8_t k[16], const uint8_t *opc,
                    const uint8_t rand[16], uint8_t ak_star[6])
{
	uint8_t first[16], block[16], out[16];

	temp(c, k, opc, rand, first);
	rotate(first, opc, 12, 8, block); /* r5 = 96, c5 = 8 */
	crypto_aes(c, k, block, out, 1);
	for (int i = 0; i < 6; i++)
		ak_star[i] = out[i] ^ opc[i];
}

const struct crypto_aka crypto_milenage = {
	.name = "milenage",
	.n_opc = 16,
	.opc = make_opc,
	.f1 = f1,
	.f2345 = f2345,
	.f5_star = f5_star,
};
