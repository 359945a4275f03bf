/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/security.h"

#include "models/crypto/kdf.h"

enum { COUNT_END = 1 << 24 }; /* 4.4.3.1: COUNT has 24 bits; new keys are due long before */

void security_derive(struct nf_env *env, uint32_t ue, struct security *security)
{
	const struct crypto_suite *suite = nf_suite(env, ue);

	crypto_k_algorithm(env->crypto, suite, security->kamf, CRYPTO_NAS_INT, CRYPTO_NIA2,
	                   security->knas_int);
	crypto_k_algorithm(env->crypto, suite, security->kamf, CRYPTO_NAS_ENC, CRYPTO_NEA2,
	                   security->knas_enc);
	security->ul = 0;
	security->dl = 0;
}

static uint32_t *count_of(struct security *security, enum crypto_direction direction)
{
	return direction == CRYPTO_UPLINK ? &security->ul : &security->dl;
}

static struct nas_security at(const struct security *security, enum crypto_direction direction,
                              uint32_t count)
{
	return (struct nas_security){.knas_int = security->knas_int, .knas_enc = security->knas_enc,
		.count = count, .direction = direction, .non_3gpp = security->non_3gpp};
}

uint16_t security_protect(struct nf_env *env, uint32_t ue, struct security *security,
                          enum crypto_direction direction, enum nas_security_type type,
                          const uint8_t *plain, uint16_t n, uint8_t *out)
{
	uint32_t *count = count_of(security, direction);
	const struct nas_security now = at(security, direction, (*count)++ % COUNT_END);

	return nas_protect(env->crypto, nf_suite(env, ue), &now, type, plain, n, out);
}

uint16_t security_open(struct nf_env *env, uint32_t ue, struct security *security,
                       enum crypto_direction direction, const uint8_t *in, uint16_t n,
                       uint8_t *out)
{
	uint32_t *count = count_of(security, direction);
	struct nas_header header;
	struct msg_fault fault;
	uint16_t plain;

	if (!security_valid(security) || !nas_header(in, n, &header, &fault) ||
	    header.security == NAS_PLAIN)
		return 0;
	const struct nas_security then = at(security, direction,
	                                    nas_estimate_count(*count, header.sequence));
	plain = nas_unprotect(env->crypto, nf_suite(env, ue), &then, in, n, out);
	if (plain > 0)
		*count = then.count + 1;
	return plain;
}

void security_cipher(struct nf_env *env, uint32_t ue, const struct security *security, bool sending,
                     uint8_t *octets, uint16_t n)
{
	const struct crypto_nas nas = {security->knas_enc,
		(sending ? security->ul : security->ul - 1) % COUNT_END,
		security->non_3gpp ? CRYPTO_NAS_BEARER_NON_3GPP : CRYPTO_NAS_BEARER_3GPP, CRYPTO_UPLINK};

	crypto_nea2(env->crypto, nf_suite(env, ue), &nas, octets, n);
}
