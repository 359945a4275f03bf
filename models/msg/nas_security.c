/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: the security header: 128-NEA2 over the plain message, then 128-NIA2 over sequence number
 * and what is sent (TS 24.501 4.4.3.2, 4.4.5, 9.1.1).
 * Leaves out: NIA0, NEA0 and the other algorithms: the model's network chooses NIA2 and NEA2.
 * Sources: TS 24.501 4.4, 9.1.1, 9.3; TS 33.501 D.
 */
#include "models/msg/nas.h"
#include "sim/core/status.h"
#include <string.h>

enum { AT_MAC = 2, AT_SEQUENCE = 6 };

static bool ciphered(uint8_t type)
{
	return type == NAS_CIPHERED || type == NAS_CIPHERED_NEW_CONTEXT;
}

static struct crypto_nas use(const struct nas_security *security, const uint8_t *key)
{
	return (struct crypto_nas){key, security->count, CRYPTO_NAS_BEARER_3GPP,
	                           security->direction};
}

uint16_t nas_protect(struct crypto *c, const struct crypto_suite *suite,
                     const struct nas_security *security, enum nas_security_type type,
                     const uint8_t *plain, uint16_t n, uint8_t *out)
{
	struct crypto_nas integrity = use(security, security->knas_int);
	struct crypto_nas ciphering = use(security, security->knas_enc);

	SIM_ASSERT(type != NAS_PLAIN && n + NAS_SECURITY_HEADER <= NAS_OCTETS_MAX);
	memmove(out + NAS_SECURITY_HEADER, plain, n);
	out[0] = 0x7e;
	out[1] = (uint8_t)type;
	out[AT_SEQUENCE] = (uint8_t)security->count;
	if (ciphered((uint8_t)type))
		crypto_nea2(c, suite, &ciphering, out + NAS_SECURITY_HEADER, n);
	crypto_nia2(c, suite, &integrity, out + AT_SEQUENCE, 1u + n, out + AT_MAC);
	return (uint16_t)(n + NAS_SECURITY_HEADER);
}

uint16_t nas_unprotect(struct crypto *c, const struct crypto_suite *suite,
                       const struct nas_security *security, const uint8_t *in, uint16_t n,
                       uint8_t *out)
{
	struct crypto_nas integrity = use(security, security->knas_int);
	struct crypto_nas ciphering = use(security, security->knas_enc);

	if (n <= NAS_SECURITY_HEADER || n > NAS_OCTETS_MAX || in[0] != 0x7e ||
	    in[1] == NAS_PLAIN || in[1] > NAS_CIPHERED_NEW_CONTEXT ||
	    in[AT_SEQUENCE] != (uint8_t)security->count)
		return 0;
	if (!crypto_nia2_check(c, suite, &integrity, in + AT_SEQUENCE,
	                       (size_t)(n - AT_SEQUENCE), in + AT_MAC))
		return 0;
	n = (uint16_t)(n - NAS_SECURITY_HEADER);
	memcpy(out, in + NAS_SECURITY_HEADER, n);
	if (ciphered(in[1]))
		crypto_nea2(c, suite, &ciphering, out, n);
	return n;
}
