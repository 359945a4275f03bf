/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 128-NIA2 and 128-NEA2 (TS 33.501 D.2.1, D.3.1; TS 33.401 B.1.3, B.2.3), whole octets. */
#ifndef MODELS_CRYPTO_NIA_H
#define MODELS_CRYPTO_NIA_H

#include "models/crypto/suite.h"

enum crypto_direction { CRYPTO_UPLINK, CRYPTO_DOWNLINK };
enum {
	CRYPTO_NIA2 = 2,
	CRYPTO_NEA2 = 2,
	CRYPTO_NAS_BEARER_3GPP = 1,
	CRYPTO_NAS_BEARER_NON_3GPP = 2, /* TS 33.501 6.4.3.1 */
	CRYPTO_NAS_OCTETS_MAX = 4096
};

/* A NAS security context's keys and how it is used now. */
struct crypto_nas {
	const uint8_t *key;  /* 16 octets: KNASint or KNASenc       */
	uint32_t count;      /* NAS COUNT: overflow 16, sequence 8  */
	uint8_t bearer;      /* 1 on 3GPP access, 2 on non-3GPP     */
	enum crypto_direction direction;
};

void crypto_nia2(struct crypto *c, const struct crypto_suite *suite, const struct crypto_nas *nas,
                 const uint8_t *message, size_t n, uint8_t mac[4]);
bool crypto_nia2_check(struct crypto *c, const struct crypto_suite *suite,
                       const struct crypto_nas *nas, const uint8_t *message, size_t n,
                       const uint8_t mac[4]);
/* In place; the same call deciphers. */
void crypto_nea2(struct crypto *c, const struct crypto_suite *suite, const struct crypto_nas *nas,
                 uint8_t *message, size_t n);

#endif
