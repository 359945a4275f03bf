/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * 5G-AKA and EAP-AKA' at their two ends: vectors in the UDM/ARPF, the USIM's and ME's answers (TS
 * 33.501 6.1.3, TS 33.102 6.3).
 */
#ifndef MODELS_CRYPTO_AKA_H
#define MODELS_CRYPTO_AKA_H

#include "models/crypto/suite.h"

/* What a USIM and its home share (borrowed octets). Both must have the same set. */
struct crypto_subscription {
	enum crypto_aka_set set;
	const uint8_t *k;   /* 16 octets                            */
	const uint8_t *opc; /* OPc, 16 octets; with TUAK TOPc, 32   */
};

/* The 5G home environment's authentication vector without its RAND (6.1.3.2.0). */
struct crypto_av {
	uint8_t autn[16], xres_star[16], kausf[32];
};
void crypto_av_generate(struct crypto *c, const struct crypto_suite *suite,
                        const struct crypto_subscription *who, const uint8_t sqn[6],
                        const uint8_t amf[2], const uint8_t rand[16], const char *snn,
                        struct crypto_av *av);

/* The transformed vector AV' of EAP-AKA' without its RAND (6.1.3.1). */
struct crypto_av_prime {
	uint8_t autn[16], xres[8], ck_prime[16], ik_prime[16];
};
void crypto_av_prime_generate(struct crypto *c, const struct crypto_suite *suite,
                              const struct crypto_subscription *who, const uint8_t sqn[6],
                              const uint8_t amf[2], const uint8_t rand[16], const char *snn,
                              struct crypto_av_prime *av);

/*
 * USIM and ME: checks AUTN's MAC. false: MAC failure (5GMM cause 20), *out is not set. true:
 * out->sqn is for the caller to judge: fresh, then res_star and kausf hold; not fresh, synch
 * failure (cause 21), and crypto_auts_generate() makes the answer.
 */
struct crypto_usim_answer {
	uint8_t sqn[6], amf[2], res_star[16], kausf[32];
};
bool crypto_usim_authenticate(struct crypto *c, const struct crypto_suite *suite,
                              const struct crypto_subscription *who, const uint8_t rand[16],
                              const uint8_t autn[16], const char *snn,
                              struct crypto_usim_answer *out);

/* The same under EAP-AKA': RES as it is, CK' and IK' (RFC 5448 3). */
struct crypto_usim_prime_answer {
	uint8_t sqn[6], amf[2], res[8], ck_prime[16], ik_prime[16];
};
bool crypto_usim_authenticate_prime(struct crypto *c, const struct crypto_suite *suite,
                                    const struct crypto_subscription *who,
                                    const uint8_t rand[16], const uint8_t autn[16],
                                    const char *snn, struct crypto_usim_prime_answer *out);

/* AUTS = (SQN_MS xor AK*) || MAC-S, with AMF = 0x0000 in MAC-S (TS 33.102 6.3.3). */
void crypto_auts_generate(struct crypto *c, const struct crypto_suite *suite,
                          const struct crypto_subscription *who, const uint8_t rand[16],
                          const uint8_t sqn_ms[6], uint8_t auts[14]);
/* UDM: false: MAC-S is wrong. true: *sqn_ms is the USIM's. */
bool crypto_auts_verify(struct crypto *c, const struct crypto_suite *suite,
                        const struct crypto_subscription *who, const uint8_t rand[16],
                        const uint8_t auts[14], uint8_t sqn_ms[6]);

/* SQN as number and back (48 bits, big-endian on the air). */
static inline uint64_t crypto_sqn(const uint8_t sqn[6])
{
	uint64_t v = 0;
	for (int i = 0; i < 6; i++)
		v = v << 8 | sqn[i];
	return v;
}
static inline void crypto_sqn_octets(uint64_t v, uint8_t sqn[6])
{
	for (int i = 6; i-- > 0; v >>= 8)
		sqn[i] = (uint8_t)v;
}

#endif
