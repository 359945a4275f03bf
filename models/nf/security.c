/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/security.h"

#include "models/crypto/kdf.h"

#include <string.h>

enum { COUNT_END = 1 << 24 }; /* 4.4.3.1: COUNT has 24 bits; new keys are due long before */

/*
 * Keys of the contexts that have been used last, of UEs and of the AMF apart: each end derives its
 * own, and a context at rest need not keep them.
 */
enum { MOST_PLACES = 1 << 12, LEAST_PLACES = 1 << 6, CACHE_LINE = 64 };
struct nas_keys {
	_Alignas(CACHE_LINE) uint8_t kamf[32]; /* of another place: this one is free */
	uint8_t knas_int[16], knas_enc[16];
};
_Static_assert(sizeof(struct nas_keys) == CACHE_LINE, "a place is met by one miss of the cache");
struct security_keys {
	uint32_t mask;
	struct nas_keys *of_ues, *of_amf;
};

/* Random itself. */
static uint32_t place_of(const struct security_keys *keys, const uint8_t kamf[32])
{
	uint32_t place;

	memcpy(&place, kamf, sizeof place);
	return place & keys->mask;
}

static struct nas_keys *places_new(struct sim_arena *arena, uint32_t n)
{
	char *octets = sim_arena_alloc(arena, n * sizeof(struct nas_keys) + CACHE_LINE);
	struct nas_keys *place = (void *)(octets + -(uintptr_t)octets % CACHE_LINE);

	for (uint32_t i = 0; i < n; i++) {
		const uint32_t another = ~i;
		memcpy(place[i].kamf, &another, sizeof another);
	}
	return place;
}

static struct security_keys *keys_new(const struct nf_env *env)
{
	struct sim_arena *arena = env->sim->arena;
	struct security_keys *keys = sim_arena_alloc(arena, sizeof *keys);
	uint32_t places = LEAST_PLACES;

	while (places < env->n_ues && places < MOST_PLACES)
		places *= 2;
	keys->mask = places - 1;
	keys->of_ues = places_new(arena, places);
	keys->of_amf = places_new(arena, places);
	return keys;
}

/* TS 33.501 A.8. Valid until the next call. */
static const struct nas_keys *keys_of(struct nf_env *env, uint32_t ue,
                                      const struct security *security, bool at_ue)
{
	const struct crypto_suite *suite = nf_suite(env, ue);
	struct nas_keys *keys;
	uint32_t place;

	if (!env->nas_keys)
		env->nas_keys = keys_new(env);
	place = place_of(env->nas_keys, security->kamf);
	keys = at_ue ? &env->nas_keys->of_ues[place] : &env->nas_keys->of_amf[place];
	if (memcmp(keys->kamf, security->kamf, sizeof keys->kamf) == 0)
		return keys;
	memcpy(keys->kamf, security->kamf, sizeof keys->kamf);
	crypto_k_algorithm(env->crypto, suite, keys->kamf, CRYPTO_NAS_INT, CRYPTO_NIA2,
	                   keys->knas_int);
	crypto_k_algorithm(env->crypto, suite, keys->kamf, CRYPTO_NAS_ENC, CRYPTO_NEA2,
	                   keys->knas_enc);
	return keys;
}

static uint32_t *count_of(struct security *security, enum crypto_direction direction)
{
	return direction == CRYPTO_UPLINK ? &security->ul : &security->dl;
}

static struct nas_security at(const struct nas_keys *keys, const struct security *security,
                              enum crypto_direction direction, uint32_t count)
{
	return (struct nas_security){.knas_int = keys->knas_int, .knas_enc = keys->knas_enc,
		.count = count, .direction = direction, .non_3gpp = security->non_3gpp};
}

uint16_t security_protect(struct nf_env *env, uint32_t ue, struct security *security,
                          enum crypto_direction direction, enum nas_security_type type,
                          const uint8_t *plain, uint16_t n, uint8_t *out)
{
	uint32_t *count = count_of(security, direction);
	const struct nas_keys *keys = keys_of(env, ue, security, direction == CRYPTO_UPLINK);
	const struct nas_security now = at(keys, security, direction, (*count)++ % COUNT_END);

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
	const struct nas_keys *keys = keys_of(env, ue, security, direction == CRYPTO_DOWNLINK);
	const struct nas_security then = at(keys, security, direction,
	                                    nas_estimate_count(*count, header.sequence));
	plain = nas_unprotect(env->crypto, nf_suite(env, ue), &then, in, n, out);
	if (plain > 0)
		*count = then.count + 1;
	return plain;
}

void security_cipher(struct nf_env *env, uint32_t ue, const struct security *security, bool sending,
                     uint8_t *octets, uint16_t n)
{
	const struct crypto_nas nas = {keys_of(env, ue, security, sending)->knas_enc,
		(sending ? security->ul : security->ul - 1) % COUNT_END,
		security->non_3gpp ? CRYPTO_NAS_BEARER_NON_3GPP : CRYPTO_NAS_BEARER_3GPP, CRYPTO_UPLINK};

	crypto_nea2(env->crypto, nf_suite(env, ue), &nas, octets, n);
}
