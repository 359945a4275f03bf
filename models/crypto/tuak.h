/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * TUAK (TS 35.231): the AKA functions on Keccak-f[1600], with all lengths that it knows. The set
 * for subscriptions has K, CK, IK of 128 bits, MAC and RES of 64, one iteration.
 */
#ifndef MODELS_CRYPTO_TUAK_H
#define MODELS_CRYPTO_TUAK_H

#include "models/crypto/suite.h"

/* Lengths in octets. */
struct crypto_tuak_lengths {
	uint8_t n_k;        /* 16, 32       */
	uint8_t n_mac;      /* 8, 16, 32    */
	uint8_t n_res;      /* 4, 8, 16, 32 */
	uint8_t n_ck, n_ik; /* 16, 32       */
	uint8_t iterations; /* 1 …          */
};
struct crypto_tuak_f2345 {
	uint8_t res[32], ck[32], ik[32], ak[6]; /* the first n_res, n_ck, n_ik octets */
};
bool crypto_tuak_valid(const struct crypto_tuak_lengths *t);

void crypto_tuak_topc(const struct crypto_tuak_lengths *t, const uint8_t *k,
                      const uint8_t top[32], uint8_t topc[32]);
void crypto_tuak_f1(const struct crypto_tuak_lengths *t, const uint8_t *k,
                    const uint8_t topc[32], const uint8_t rand[16], const uint8_t sqn[6],
                    const uint8_t amf[2], uint8_t *mac_a);
void crypto_tuak_f1_star(const struct crypto_tuak_lengths *t, const uint8_t *k,
                         const uint8_t topc[32], const uint8_t rand[16], const uint8_t sqn[6],
                         const uint8_t amf[2], uint8_t *mac_s);
void crypto_tuak_f2345(const struct crypto_tuak_lengths *t, const uint8_t *k,
                       const uint8_t topc[32], const uint8_t rand[16],
                       struct crypto_tuak_f2345 *out);
void crypto_tuak_f5_star(const struct crypto_tuak_lengths *t, const uint8_t *k,
                         const uint8_t topc[32], const uint8_t rand[16], uint8_t ak_star[6]);

extern const struct crypto_aka crypto_tuak;

#endif
