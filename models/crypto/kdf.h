/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The key hierarchy: KDF of TS 33.220 B.2 with the parameters of TS 33.501 Annex A and TS 33.535
 * Annex A.
 */
#ifndef MODELS_CRYPTO_KDF_H
#define MODELS_CRYPTO_KDF_H

#include "models/crypto/suite.h"

struct crypto_parameter {
	const void *octets;
	size_t n;
};

/* KDF(key, FC || P0 || L0 || P1 || L1 …) of at most 4 parameters, 256 octets together. */
void crypto_kdf(struct crypto *c, const struct crypto_suite *suite, const void *key, size_t n_key,
                uint8_t fc, const struct crypto_parameter *parameter, uint32_t n_parameters,
                uint8_t out[32]);

/* A.2 KAUSF of 5G-AKA; A.3 CK'||IK'; A.4 (X)RES*; A.5 H(X)RES* */
void crypto_kausf(struct crypto *c, const struct crypto_suite *suite, const uint8_t ck[16],
                  const uint8_t ik[16], const char *snn, const uint8_t sqn_xor_ak[6],
                  uint8_t kausf[32]);
void crypto_ck_ik_prime(struct crypto *c, const struct crypto_suite *suite, const uint8_t ck[16],
                        const uint8_t ik[16], const char *snn, const uint8_t sqn_xor_ak[6],
                        uint8_t ck_prime[16], uint8_t ik_prime[16]);
void crypto_res_star(struct crypto *c, const struct crypto_suite *suite, const uint8_t ck[16],
                     const uint8_t ik[16], const char *snn, const uint8_t rand[16],
                     const uint8_t *res, size_t n_res, uint8_t res_star[16]);
void crypto_hres_star(struct crypto *c, const struct crypto_suite *suite, const uint8_t rand[16],
                      const uint8_t res_star[16], uint8_t hres_star[16]);

/* A.6, A.7: supi is the IMSI's digits (or a NAI) */
void crypto_kseaf(struct crypto *c, const struct crypto_suite *suite, const uint8_t kausf[32],
                  const char *snn, uint8_t kseaf[32]);
void crypto_kamf(struct crypto *c, const struct crypto_suite *suite, const uint8_t kseaf[32],
                 const char *supi, const uint8_t abba[2], uint8_t kamf[32]);

/* A.8 algorithm keys, from KAMF (NAS) or KgNB (RRC, UP) */
enum crypto_key_type {
	CRYPTO_NAS_ENC = 1,
	CRYPTO_NAS_INT,
	CRYPTO_RRC_ENC,
	CRYPTO_RRC_INT,
	CRYPTO_UP_ENC,
	CRYPTO_UP_INT
};
void crypto_k_algorithm(struct crypto *c, const struct crypto_suite *suite, const uint8_t from[32],
                        enum crypto_key_type type, uint8_t algorithm, uint8_t key[16]);

/* A.9 KgNB (access 1) and KN3IWF (access 2); A.10 NH; A.11 KNG-RAN*; A.13 K'AMF */
enum crypto_access { CRYPTO_3GPP_ACCESS = 1, CRYPTO_NON_3GPP_ACCESS = 2 };
void crypto_kgnb(struct crypto *c, const struct crypto_suite *suite, const uint8_t kamf[32],
                 uint32_t ul_nas_count, enum crypto_access access, uint8_t kgnb[32]);
void crypto_nh(struct crypto *c, const struct crypto_suite *suite, const uint8_t kamf[32],
               const uint8_t sync_input[32], uint8_t nh[32]);
void crypto_kng_ran_star(struct crypto *c, const struct crypto_suite *suite,
                         const uint8_t kgnb_or_nh[32], uint16_t target_pci, uint32_t arfcn_dl,
                         uint8_t key[32]);
void crypto_kamf_prime(struct crypto *c, const struct crypto_suite *suite, const uint8_t kamf[32],
                       uint8_t direction, uint32_t count, uint8_t kamf_prime[32]);

/* TS 33.535 A.2, A.3, A.4; af_id = FQDN || Ua* security protocol identifier (5 octets) */
void crypto_kakma(struct crypto *c, const struct crypto_suite *suite, const uint8_t kausf[32],
                  const char *supi, uint8_t kakma[32]);
void crypto_a_tid(struct crypto *c, const struct crypto_suite *suite, const uint8_t kausf[32],
                  const char *supi, uint8_t a_tid[32]);
void crypto_kaf(struct crypto *c, const struct crypto_suite *suite, const uint8_t kakma[32],
                const void *af_id, size_t n_af_id, uint8_t kaf[32]);

#endif
