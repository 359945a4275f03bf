/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: the home's vectors and the USIM's checks; AUTS both ways (TS 33.501 6.1.3.1 to 6.1.3.3).
 * Leaves out: the choice of a fresh SQN and the window (TS 33.102 C): state of UDM and UE, not a
 * function.
 * Sources: TS 33.102 6.3, TS 33.501 A.2, A.3, A.4.
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

/* AUTN = (SQN xor AK) || AMF || MAC-A, and what f2 to f5 give. */
static void home_vector(struct crypto *c, const struct crypto_suite *suite,
                        const struct crypto_subscription *who, const uint8_t sqn[6],
                        const uint8_t amf[2], const uint8_t rand[16], uint8_t autn[16],
                        struct crypto_f2345 *f)
{
	const struct crypto_aka *aka = suite->aka[who->set];

	aka->f2345(c, who->k, who->opc, rand, f);
	xor6(autn, sqn, f->ak);
	memcpy(autn + 6, amf, 2);
	aka->f1(c, who->k, who->opc, rand, sqn, amf, autn + 8, NULL);
}

void crypto_av_generate(struct crypto *c, const struct crypto_suite *suite,
                        const struct crypto_subscription *who, const uint8_t sqn[6],
                        const uint8_t amf[2], const uint8_t rand[16], const char *snn,
                        struct crypto_av *av)
{
	struct crypto_f2345 f;

	crypto_enter(c, suite);
	home_vector(c, suite, who, sqn, amf, rand, av->autn, &f);
	crypto_res_star(c, suite, f.ck, f.ik, snn, rand, f.res, sizeof f.res, av->xres_star);
	crypto_kausf(c, suite, f.ck, f.ik, snn, av->autn, av->kausf);
	crypto_leave(c);
}

void crypto_av_prime_generate(struct crypto *c, const struct crypto_suite *suite,
                              const struct crypto_subscription *who, const uint8_t sqn[6],
                              const uint8_t amf[2], const uint8_t rand[16], const char *snn,
                              struct crypto_av_prime *av)
{
	struct crypto_f2345 f;

	crypto_enter(c, suite);
	home_vector(c, suite, who, sqn, amf, rand, av->autn, &f);
	memcpy(av->xres, f.res, sizeof f.res);
	crypto_ck_ik_prime(c, suite, f.ck, f.ik, snn, av->autn, av->ck_prime, av->ik_prime);
	crypto_leave(c);
}

/* false: AUTN's MAC-A is not that of the SQN in it. */
static bool usim_check(struct crypto *c, const struct crypto_suite *suite,
                       const struct crypto_subscription *who, const uint8_t rand[16],
                       const uint8_t autn[16], uint8_t sqn[6], struct crypto_f2345 *f)
{
	const struct crypto_aka *aka = suite->aka[who->set];
	uint8_t mac_a[8];

	aka->f2345(c, who->k, who->opc, rand, f);
	xor6(sqn, autn, f->ak);
	aka->f1(c, who->k, who->opc, rand, sqn, autn + 6, mac_a, NULL);
	return memcmp(mac_a, autn + 8, 8) == 0;
}

bool crypto_usim_authenticate(struct crypto *c, const struct crypto_suite *suite,
                              const struct crypto_subscription *who, const uint8_t rand[16],
                              const uint8_t autn[16], const char *snn,
                              struct crypto_usim_answer *out)
{
	struct crypto_f2345 f;
	uint8_t sqn[6];

	crypto_enter(c, suite);
	bool ok = usim_check(c, suite, who, rand, autn, sqn, &f);
	if (ok) {
		memcpy(out->sqn, sqn, 6);
		memcpy(out->amf, autn + 6, 2);
		crypto_res_star(c, suite, f.ck, f.ik, snn, rand, f.res, sizeof f.res, out->res_star);
		crypto_kausf(c, suite, f.ck, f.ik, snn, autn, out->kausf);
	}
	crypto_leave(c);
	return ok;
}

bool crypto_usim_authenticate_prime(struct crypto *c, const struct crypto_suite *suite,
                                    const struct crypto_subscription *who,
                                    const uint8_t rand[16], const uint8_t autn[16],
                                    const char *snn, struct crypto_usim_prime_answer *out)
{
	struct crypto_f2345 f;
	uint8_t sqn[6];

	crypto_enter(c, suite);
	bool ok = usim_check(c, suite, who, rand, autn, sqn, &f);
	if (ok) {
		memcpy(out->sqn, sqn, 6);
		memcpy(out->amf, autn + 6, 2);
		memcpy(out->res, f.res, sizeof f.res);
		crypto_ck_ik_prime(c, suite, f.ck, f.ik, snn, autn, out->ck_prime, out->ik_prime);
	}
	crypto_leave(c);
	return ok;
}

/*
 * MAC-S of an SQN_MS; AMF = 0x0000 so that it cannot be mistaken for an AUTN's (TS 33.102 6.3.3).
 */
static void mac_s_of(struct crypto *c, const struct crypto_aka *aka,
                     const struct crypto_subscription *who, const uint8_t rand[16],
                     const uint8_t sqn_ms[6], uint8_t mac_s[8])
{
	static const uint8_t amf[2] = {0, 0};
	aka->f1(c, who->k, who->opc, rand, sqn_ms, amf, NULL, mac_s);
}

void crypto_auts_generate(struct crypto *c, const struct crypto_suite *suite,
                          const struct crypto_subscription *who, const uint8_t rand[16],
                          const uint8_t sqn_ms[6], uint8_t auts[14])
{
	const struct crypto_aka *aka = suite->aka[who->set];
	uint8_t ak_star[6];

	crypto_enter(c, suite);
	aka->f5_star(c, who->k, who->opc, rand, ak_star);
	xor6(auts, sqn_ms, ak_star);
	mac_s_of(c, aka, who, rand, sqn_ms, auts + 6);
	crypto_leave(c);
}

bool crypto_auts_verify(struct crypto *c, const struct crypto_suite *suite,
                        const struct crypto_subscription *who, const uint8_t rand[16],
                        const uint8_t auts[14], uint8_t sqn_ms[6])
{
	const struct crypto_aka *aka = suite->aka[who->set];
	uint8_t ak_star[6], mac_s[8];

	crypto_enter(c, suite);
	aka->f5_star(c, who->k, who->opc, rand, ak_star);
	xor6(sqn_ms, auts, ak_star);
	mac_s_of(c, aka, who, rand, sqn_ms, mac_s);
	bool ok = memcmp(mac_s, auts + 6, 8) == 0;
	crypto_leave(c);
	return ok;
}
