/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: PRF' and what is cut from MK, AT_MAC, AT_CHECKCODE (RFC 5448 3.3 to 3.5).
 * Leaves out: fast re-authentication, which 5GS does not use (TS 33.501 F.1).
 * Sources: RFC 5448, RFC 9048, RFC 4187 10.15, TS 33.501 Annex F.
 */
#include "models/crypto/eap_aka.h"
#include "models/crypto/crypto_internal.h"
#include "sim/core/status.h"
#include <string.h>

enum { MK_OCTETS = 16 + 32 + 32 + 64 + 64, LABEL = 8, IDENTITY_MAX = 256 };
_Static_assert(sizeof(struct crypto_eap_keys) == MK_OCTETS, "MK is the struct");

/* T1 = HMAC(K, S || 1), Tn = HMAC(K, Tn-1 || S || n) (RFC 5448 3.4.1). */
static void prf_prime(struct crypto *c, const struct crypto_suite *suite, const uint8_t key[32],
                      const uint8_t *s, size_t n_s, uint8_t *out, size_t n)
{
	uint8_t in[32 + LABEL + IDENTITY_MAX + 1], t[32] = {0};
	size_t before = 0;

	memcpy(in + 32, s, n_s);
	for (size_t at = 0; at < n; at += 32) {
		in[32 + n_s] = (uint8_t)(at / 32 + 1);
		memcpy(in, t, before);
		suite->mac(c, key, 32, in + 32 - before, before + n_s + 1, t);
		memcpy(out + at, t, n - at < 32 ? n - at : 32);
		before = 32;
	}
}

void crypto_eap_keys(struct crypto *c, const struct crypto_suite *suite,
                     const uint8_t ck_prime[16], const uint8_t ik_prime[16], const char *identity,
                     struct crypto_eap_keys *keys)
{
	uint8_t key[32], s[LABEL + IDENTITY_MAX];
	size_t n = strlen(identity);

	SIM_ASSERT(n <= IDENTITY_MAX);
	crypto_enter(c, suite);
	memcpy(key, ik_prime, 16);
	memcpy(key + 16, ck_prime, 16);
	memcpy(s, "EAP-AKA'", LABEL);
	memcpy(s + LABEL, identity, n);
	prf_prime(c, suite, key, s, LABEL + n, (uint8_t *)keys, sizeof *keys);
	crypto_leave(c);
}

bool crypto_eap_mac(struct crypto *c, const struct crypto_suite *suite, const uint8_t k_aut[32],
                    const uint8_t *packet, size_t n, size_t at, uint8_t mac[16])
{
	uint8_t copy[CRYPTO_EAP_OCTETS_MAX], whole[32];

	if (n > sizeof copy || at > n || n - at < CRYPTO_EAP_MAC)
		return false;
	crypto_enter(c, suite);
	memcpy(copy, packet, n);
	memset(copy + at, 0, CRYPTO_EAP_MAC);
	suite->mac(c, k_aut, 32, copy, n, whole);
	memcpy(mac, whole, CRYPTO_EAP_MAC);
	crypto_leave(c);
	return true;
}

bool crypto_eap_mac_check(struct crypto *c, const struct crypto_suite *suite,
                          const uint8_t k_aut[32], const uint8_t *packet, size_t n, size_t at)
{
	uint8_t mac[CRYPTO_EAP_MAC];

	return crypto_eap_mac(c, suite, k_aut, packet, n, at, mac) &&
	       memcmp(mac, packet + at, sizeof mac) == 0;
}
