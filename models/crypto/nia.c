/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: AES-CMAC over COUNT || BEARER || DIRECTION || 0^26 || message, first 32 bits; AES-CTR
 * whose first counter block begins with the same eight octets.
 * Leaves out: lengths that are no whole octets: NAS has none.
 * Sources: TS 33.401 B.1.3, B.2.3; TS 33.501 D.
 */
#include "models/crypto/nia.h"
#include "models/crypto/crypto_internal.h"
#include "sim/core/status.h"
#include <endian.h>
#include <string.h>

static void put_head(const struct crypto_nas *nas, uint8_t head[8])
{
	const uint32_t bearer = nas->bearer & 31u, down = nas->direction == CRYPTO_DOWNLINK;
	const uint64_t octets = htobe64((uint64_t)nas->count << 32 | bearer << 27 | down << 26);

	memcpy(head, &octets, sizeof octets);
}

void crypto_nia2(struct crypto *c, const struct crypto_suite *suite, const struct crypto_nas *nas,
                 const uint8_t *message, size_t n, uint8_t mac[4])
{
	uint8_t in[8 + CRYPTO_NAS_OCTETS_MAX], out[16];

	SIM_ASSERT(n <= CRYPTO_NAS_OCTETS_MAX);
	crypto_enter(c, suite);
	put_head(nas, in);
	memcpy(in + 8, message, n);
	suite->cmac(c, nas->key, in, 8 + n, out);
	memcpy(mac, out, 4);
	crypto_leave(c);
}

bool crypto_nia2_check(struct crypto *c, const struct crypto_suite *suite,
                       const struct crypto_nas *nas, const uint8_t *message, size_t n,
                       const uint8_t mac[4])
{
	uint8_t expected[4];
	crypto_nia2(c, suite, nas, message, n, expected);
	return memcmp(expected, mac, 4) == 0;
}

void crypto_nea2(struct crypto *c, const struct crypto_suite *suite, const struct crypto_nas *nas,
                 uint8_t *message, size_t n)
{
	uint8_t iv[16] = {0};

	crypto_enter(c, suite);
	put_head(nas, iv);
	suite->ctr(c, nas->key, iv, message, n);
	crypto_leave(c);
}
