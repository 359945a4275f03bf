/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: the AKA functions of the cost mode. Those of MILENAGE and of TUAK are unrelated, so a
 * subscriber whose home took the other set fails as in the real suite.
 * Leaves out: one-wayness, as suite_cost.c says.
 * Sources: TS 33.102 6.3 for the lengths.
 */
#include "models/crypto/aka_cost.h"
#include "models/crypto/stand_in.h"

static struct prf begin_aka(enum crypto_aka_set set, enum stand_in what, const uint8_t k[16],
                            const uint8_t *opc, const uint8_t rand[16])
{
	struct prf p = begin(what + (set == CRYPTO_TUAK ? TUAK : 0));
	absorb16(&p, k);
	absorb(&p, opc, set == CRYPTO_TUAK ? 32 : 16);
	absorb16(&p, rand);
	return p;
}

static void opc_of(enum crypto_aka_set set, const uint8_t k[16], const uint8_t *op, uint8_t *opc)
{
	size_t n = set == CRYPTO_TUAK ? 32 : 16;
	struct prf p = begin(OPC + (set == CRYPTO_TUAK ? TUAK : 0));
	absorb16(&p, k);
	absorb(&p, op, n);
	squeeze(&p, opc, n);
}

static void f1_of(enum crypto_aka_set set, const uint8_t k[16], const uint8_t *opc,
                  const uint8_t rand[16], const uint8_t sqn[6], const uint8_t amf[2],
                  uint8_t *mac_a, uint8_t *mac_s)
{
	uint8_t both[16];
	struct prf p = begin_aka(set, F1, k, opc, rand);
	absorb(&p, sqn, 6);
	absorb(&p, amf, 2);
	squeeze(&p, both, 16);
	if (mac_a)
		memcpy(mac_a, both, 8);
	if (mac_s)
		memcpy(mac_s, both + 8, 8);
}

static void f2345_of(enum crypto_aka_set set, const uint8_t k[16], const uint8_t *opc,
                     const uint8_t rand[16], struct crypto_f2345 *out)
{
	struct prf p = begin_aka(set, F2345, k, opc, rand);
	squeeze(&p, out->res, 8);
	squeeze(&p, out->ck, 16);
	squeeze(&p, out->ik, 16);
	squeeze(&p, out->ak, 6);
}

static void f5_star_of(enum crypto_aka_set set, const uint8_t k[16], const uint8_t *opc,
                       const uint8_t rand[16], uint8_t ak_star[6])
{
	struct prf p = begin_aka(set, F5_STAR, k, opc, rand);
	squeeze(&p, ak_star, 6);
}

static void milenage_opc(struct crypto *c, const uint8_t k[16], const uint8_t *op, uint8_t *opc)
{
	(void)c;
	opc_of(CRYPTO_MILENAGE, k, op, opc);
}

static void milenage_f1(struct crypto *c, const uint8_t k[16], const uint8_t *opc,
                        const uint8_t rand[16], const uint8_t sqn[6], const uint8_t amf[2],
                        uint8_t mac_a[8], uint8_t mac_s[8])
{
	(void)c;
	f1_of(CRYPTO_MILENAGE, k, opc, rand, sqn, amf, mac_a, mac_s);
}

static void milenage_f2345(struct crypto *c, const uint8_t k[16], const uint8_t *opc,
                           const uint8_t rand[16], struct crypto_f2345 *out)
{
	(void)c;
	f2345_of(CRYPTO_MILENAGE, k, opc, rand, out);
}

static void milenage_f5_star(struct crypto *c, const uint8_t k[16], const uint8_t *opc,
                             const uint8_t rand[16], uint8_t ak_star[6])
{
	(void)c;
	f5_star_of(CRYPTO_MILENAGE, k, opc, rand, ak_star);
}

const struct crypto_aka crypto_milenage_cost = {
	.name = "milenage",
	.n_opc = 16,
	.opc = milenage_opc,
	.f1 = milenage_f1,
	.f2345 = milenage_f2345,
	.f5_star = milenage_f5_star,
};

static void tuak_opc(struct crypto *c, const uint8_t k[16], const uint8_t *op, uint8_t *opc)
{
	(void)c;
	opc_of(CRYPTO_TUAK, k, op, opc);
}

static void tuak_f1(struct crypto *c, const uint8_t k[16], const uint8_t *opc,
                    const uint8_t rand[16], const uint8_t sqn[6], const uint8_t amf[2],
                    uint8_t mac_a[8], uint8_t mac_s[8])
{
	(void)c;
	f1_of(CRYPTO_TUAK, k, opc, rand, sqn, amf, mac_a, mac_s);
}

static void tuak_f2345(struct crypto *c, const uint8_t k[16], const uint8_t *opc,
                       const uint8_t rand[16], struct crypto_f2345 *out)
{
	(void)c;
	f2345_of(CRYPTO_TUAK, k, opc, rand, out);
}

static void tuak_f5_star(struct crypto *c, const uint8_t k[16], const uint8_t *opc,
                         const uint8_t rand[16], uint8_t ak_star[6])
{
	(void)c;
	f5_star_of(CRYPTO_TUAK, k, opc, rand, ak_star);
}

const struct crypto_aka crypto_tuak_cost = {
	.name = "tuak",
	.n_opc = 32,
	.opc = tuak_opc,
	.f1 = tuak_f1,
	.f2345 = tuak_f2345,
	.f5_star = tuak_f5_star,
};
