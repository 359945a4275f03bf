/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: the home's vector and the USIM's checks; AUTS both ways (TS 33.501 6.1.3.2, 6.1.3.3).
 * Leaves out: the choice of a fresh SQN and the window (TS 33.102 C): state of UDM and UE, not a
 * function.
 * Sources: TS 33.102 6.3, TS 33.501 A.2, A.4.
 */
#include "models/crypto/aka.h"
#include "models/crypto/crypto_internal.h"
#include "models/crypto/kdf.h"
#include <string.h>

static void xor6(uint8_t out[6], const uint8_t a[6], const uint8_t b[6])
{
	for (int i = 0; i < 6; i++)
		out[i] = a[i] ^ b[i];
}

void crypto_av_generate(struct crypto *c, const struct crypto_suite *suite, const uint8_t k[16],
                        const uint8_t opc[16], const uint8_t sqn[6], const uint8_t amf[2],
                        const uint8_t rand[16], const char *snn, struct crypto_av *av)
{
	struct crypto_f2345 f;
	uint8_t mac_a[8], mac_s[8];

	crypto_enter(c);
	suite->f1(c, k, opc, rand, sqn, amf, mac_a, mac_s);
	suite->f2345(c, k, opc, rand, &f);
	xor6(av->autn, sqn, f.ak);
	memcpy(av->autn + 6, amf, 2);
	memcpy(av->autn + 8, mac_a, 8);
	crypto_res_star(c, suite, f.ck, f.ik, snn, rand, f.res, sizeof f.res, av->xres_star);
	crypto_kausf(c, suite, f.ck, f.ik, snn, av->autn, av->kausf);
	crypto_leave(c);
}

bool crypto_usim_authenticate(struct crypto *c, const struct crypto_suite *suite,
                              const uint8_t k[16], const uint8_t opc[16], const uint8_t rand[16],
                              const uint8_t autn[16], const char *snn,
                              struct crypto_usim_answer *out)
{
	struct crypto_f2345 f;
	uint8_t sqn[6], mac_a[8], mac_s[8];

	crypto_enter(c);
	suite->f2345(c, k, opc, rand, &f);
	xor6(sqn, autn, f.ak);
	suite->f1(c, k, opc, rand, sqn, autn + 6, mac_a, mac_s);
	bool ok = memcmp(mac_a, autn + 8, 8) == 0;
	if (ok) {
		memcpy(out->sqn, sqn, 6);
		memcpy(out->amf, autn + 6, 2);
		crypto_res_star(c, suite, f.ck, f.ik, snn, rand, f.res, sizeof f.res, out->res_star);
		crypto_kausf(c, suite, f.ck, f.ik, snn, autn, out->kausf);
	}
	crypto_leave(c);
	return ok;
}

/*
 * MAC-S of an SQN_MS; AMF = 0x0000 so that it cannot be mistaken for an AUTN's (TS 33.102 6.3.3).
 */
static void mac_s_of(struct crypto *c, const struct crypto_suite *suite, const uint8_t k[16],
                     const uint8_t opc[16], const uint8_t rand[16], const uint8_t sqn_ms[6],
                     uint8_t mac_s[8])
{
	static const uint8_t amf[2] = {0, 0};
	uint8_t mac_a[8];
	suite->f1(c, k, opc, rand, sqn_ms, amf, mac_a, mac_s);
}

void crypto_auts_generate(struct crypto *c, const struct crypto_suite *suite, const uint8_t k[16],
                          const uint8_t opc[16], const uint8_t rand[16], const uint8_t sqn_ms[6],
                          uint8_t auts[14])
{
	uint8_t ak_star[6];

	crypto_enter(c);
	suite->f5_star(c, k, opc, rand, ak_star);
	xor6(auts, sqn_ms, ak_star);
	mac_s_of(c, suite, k, opc, rand, sqn_ms, auts + 6);
	crypto_leave(c);
}

bool crypto_auts_verify(struct crypto *c, const struct crypto_suite *suite, const uint8_t k[16],
                        const uint8_t opc[16], const uint8_t rand[16], const uint8_t auts[14],
                        uint8_t sqn_ms[6])
{
	uint8_t ak_star[6], mac_s[8];

	crypto_enter(c);
	suite->f5_star(c, k, opc, rand, ak_star);
	xor6(sqn_ms, auts, ak_star);
	mac_s_of(c, suite, k, opc, rand, sqn_ms, mac_s);
	bool ok = memcmp(mac_s, auts + 6, 8) == 0;
	crypto_leave(c);
	return ok;
}
