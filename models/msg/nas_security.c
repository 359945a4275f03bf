/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: the security header: 128-NEA2 or NEA0 over the plain message, then 128-NIA2 or NIA0 over
 * sequence number and what is sent (TS 24.501 4.4.3.2, 4.4.5, 9.1.1); the receiver's estimate of
 * COUNT.
 * Leaves out: NIA1, NIA3, NEA1, NEA3: the model's network chooses NIA2 and NEA2.
 * Sources: TS 24.501 4.4, 9.1.1, 9.3; TS 33.501 D.1 (null algorithms), D.2, D.3.
 */
#include "models/msg/nas.h"
#include "sim/core/status.h"
#include <string.h>

enum {
	AT_MAC = 2,
	AT_SEQUENCE = 6,
	COUNT_BITS = 0xffffff /* overflow 16, sequence number 8 */
};

static bool ciphered(uint8_t type)
{
	return type == NAS_CIPHERED || type == NAS_CIPHERED_NEW_CONTEXT;
}

static struct crypto_nas use(const struct nas_security *security, const uint8_t *key)
{
	uint8_t bearer = security->non_3gpp ? CRYPTO_NAS_BEARER_NON_3GPP : CRYPTO_NAS_BEARER_3GPP;

	return (struct crypto_nas){key, security->count, bearer, security->direction};
}

/* The MAC of NIA0 is 0. */
static void make_mac(struct crypto *c, const struct crypto_suite *suite,
                     const struct nas_security *security, const uint8_t *in, size_t n,
                     uint8_t mac[4])
{
	const struct crypto_nas integrity = use(security, security->knas_int);

	if (security->null_integrity)
		memset(mac, 0, 4);
	else
		crypto_nia2(c, suite, &integrity, in, n, mac);
}

static bool good_mac(struct crypto *c, const struct crypto_suite *suite,
                     const struct nas_security *security, const uint8_t *in, size_t n,
                     const uint8_t mac[4])
{
	static const uint8_t zero[4];
	const struct crypto_nas integrity = use(security, security->knas_int);

	if (security->null_integrity)
		return memcmp(mac, zero, sizeof zero) == 0;
	return crypto_nia2_check(c, suite, &integrity, in, n, mac);
}

static void cipher(struct crypto *c, const struct crypto_suite *suite,
                   const struct nas_security *security, uint8_t type, uint8_t *octets, uint16_t n)
{
	const struct crypto_nas ciphering = use(security, security->knas_enc);

	if (ciphered(type) && !security->null_ciphering)
		crypto_nea2(c, suite, &ciphering, octets, n);
}

uint16_t nas_protect(struct crypto *c, const struct crypto_suite *suite,
                     const struct nas_security *security, enum nas_security_type type,
                     const uint8_t *plain, uint16_t n, uint8_t *out)
{
	SIM_ASSERT(type != NAS_PLAIN && n + NAS_SECURITY_HEADER <= NAS_OCTETS_MAX);
	memmove(out + NAS_SECURITY_HEADER, plain, n);
	out[0] = NAS_EPD;
	out[1] = (uint8_t)type;
	out[AT_SEQUENCE] = (uint8_t)security->count;
	cipher(c, suite, security, out[1], out + NAS_SECURITY_HEADER, n);
	make_mac(c, suite, security, out + AT_SEQUENCE, 1u + n, out + AT_MAC);
	return (uint16_t)(n + NAS_SECURITY_HEADER);
}

uint16_t nas_unprotect(struct crypto *c, const struct crypto_suite *suite,
                       const struct nas_security *security, const uint8_t *in, uint16_t n,
                       uint8_t *out)
{
	struct nas_header header;
	struct msg_fault fault;

	if (!nas_header(in, n, &header, &fault) || header.security == NAS_PLAIN ||
	    n > NAS_OCTETS_MAX || header.sequence != (uint8_t)security->count)
		return 0;
	if (!good_mac(c, suite, security, in + AT_SEQUENCE, (size_t)(n - AT_SEQUENCE), header.mac))
		return 0;
	n = (uint16_t)(n - NAS_SECURITY_HEADER);
	memcpy(out, in + NAS_SECURITY_HEADER, n);
	cipher(c, suite, security, header.security, out, n);
	return n;
}

uint32_t nas_estimate_count(uint32_t expected, uint8_t sequence)
{
	uint32_t count = (expected & ~UINT32_C(0xff)) | sequence;

	return (count < expected ? count + 0x100 : count) & COUNT_BITS;
}
