/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The cryptography of EAP-AKA' (RFC 5448 3, RFC 9048; TS 33.501 Annex F): keys from CK' and IK',
 * AT_MAC, AT_CHECKCODE. Packets and attributes are models/msg/eap.h's.
 */
#ifndef MODELS_CRYPTO_EAP_AKA_H
#define MODELS_CRYPTO_EAP_AKA_H

#include "models/crypto/suite.h"

enum { CRYPTO_EAP_OCTETS_MAX = 1024, CRYPTO_EAP_MAC = 16, CRYPTO_EAP_CHECKCODE = 32 };

/* MK = PRF'(IK' || CK', "EAP-AKA'" || identity), in its order (RFC 5448 3.3). */
struct crypto_eap_keys {
	uint8_t k_encr[16], k_aut[32], k_re[32], msk[64], emsk[64];
};
/* identity: the SUPI, IMSI digits or NAI, whatever went over the air (TS 33.501 F.3). */
void crypto_eap_keys(struct crypto *c, const struct crypto_suite *suite,
                     const uint8_t ck_prime[16], const uint8_t ik_prime[16], const char *identity,
                     struct crypto_eap_keys *keys);
/* KAUSF: the first 32 octets of EMSK (TS 33.501 6.1.3.1). */
static inline const uint8_t *crypto_eap_kausf(const struct crypto_eap_keys *keys)
{
	return keys->emsk;
}

/*
 * AT_MAC (RFC 5448 3.4: HMAC-SHA-256-128 under K_aut): of the whole EAP packet with the 16 octets
 * at `at`, where the MAC stands, taken as zero (RFC 4187 10.15). false: the packet is longer than
 * CRYPTO_EAP_OCTETS_MAX, or `at` is not inside it.
 */
bool crypto_eap_mac(struct crypto *c, const struct crypto_suite *suite, const uint8_t k_aut[32],
                    const uint8_t *packet, size_t n, size_t at, uint8_t mac[16]);
bool crypto_eap_mac_check(struct crypto *c, const struct crypto_suite *suite,
                          const uint8_t k_aut[32], const uint8_t *packet, size_t n, size_t at);

#endif
