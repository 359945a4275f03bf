/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: outputs suci_… of a case with one scheme ("null", "a", "b"), and suci_a_…, suci_b_… of a
 * case that has keys for both profiles. The home network must reveal what was concealed.
 * Leaves out: nothing.
 * Sources: TS 33.501 C.3, C.4.
 */
#include "models/crypto/ecies.h"
#include "models/crypto/vectors_internal.h"
#include "models/id/supi.h"
#include <stdlib.h>
#include <string.h>

/* Names of outputs live as long as the case is looked at: constants. */
struct names {
	const char *hn_pub, *eph_pub, *shared, *enc_key, *icb, *mac_key, *ciphertext, *mac, *output;
};
#define NAMES(p)                                                                                   \
	{                                                                                             \
		p "hn_pub", p "eph_pub", p "shared", p "enc_key", p "icb", p "mac_key", p "ciphertext",   \
			p "mac", p "scheme_output"                                                            \
	}
static const struct names plain = NAMES("suci_"), in_a = NAMES("suci_a_"), in_b = NAMES("suci_b_");

static void answer(struct vec *v, const struct names *name, enum crypto_ecies_profile profile,
                   const uint8_t *hn_priv, const uint8_t *hn_pub, const uint8_t *output, size_t n)
{
	size_t n_pub = crypto_ecies_extra(profile) - 8u, n_input = n - crypto_ecies_extra(profile);
	uint8_t shared[32], keys[64];
	bool good = profile == CRYPTO_ECIES_B ? v->suite->p256_shared(v->c, hn_priv, output, shared)
	                                      : v->suite->dh_shared(v->c, hn_priv, output, shared);

	if (!good) {
		vec_disagree(v, "the home network refuses the ephemeral key");
		return;
	}
	crypto_x963(v->c, v->suite, shared, output, n_pub, keys, sizeof keys);
	vec_answer(v, name->hn_pub, hn_pub, n_pub);
	vec_answer(v, name->eph_pub, output, n_pub);
	vec_answer(v, name->shared, shared, 32);
	vec_answer(v, name->enc_key, keys, 16);
	vec_answer(v, name->icb, keys + 16, 16);
	vec_answer(v, name->mac_key, keys + 32, 32);
	vec_answer(v, name->ciphertext, output + n_pub, n_input);
	vec_answer(v, name->mac, output + n - 8, 8);
	vec_answer(v, name->output, output, n);
}

static void conceal(struct vec *v, const struct names *name, enum crypto_ecies_profile profile,
                    const char *hn, const char *eph, const uint8_t *input, size_t n)
{
	uint8_t hn_priv[32], eph_priv[32], hn_pub[CRYPTO_ECIES_PUBLIC_MAX];
	uint8_t output[VEC_OCTETS_MAX + CRYPTO_ECIES_EXTRA_B], back[VEC_OCTETS_MAX];
	size_t n_output = n + crypto_ecies_extra(profile);

	if (!vec_octets(v, hn, hn_priv, 32) || !vec_octets(v, eph, eph_priv, 32))
		return;
	crypto_ecies_public(v->c, v->suite, profile, hn_priv, hn_pub);
	if (!crypto_ecies_conceal(v->c, v->suite, profile, hn_pub, eph_priv, input, n, output) ||
	    !crypto_ecies_reveal(v->c, v->suite, profile, hn_priv, output, n_output, back) ||
	    memcmp(back, input, n) != 0)
		vec_disagree(v, "the home network does not reveal what was concealed");
	else
		answer(v, name, profile, hn_priv, hn_pub, output, n_output);
}

/* The scheme input: as given, or the digits of an MSIN (TS 33.501 C.3.2). */
static size_t scheme_input(struct vec *v, uint8_t input[VEC_OCTETS_MAX])
{
	const char *digits = vec_text(v, "msin");
	size_t n_digits = strlen(digits);
	struct id_supi supi = {.msin_digits = (uint8_t)n_digits};

	if (vec_has(v, "scheme_input"))
		return vec_string(v, "scheme_input", input);
	if (n_digits == 0 || n_digits > 2 * ID_MSIN_BCD_MAX || digits[strspn(digits, "0123456789")])
		return 0;
	supi.msin = strtoull(digits, NULL, 10);
	return id_msin_encode(supi, input);
}

void vec_suci(struct vec *v)
{
	uint8_t input[VEC_OCTETS_MAX];
	size_t n = scheme_input(v, input);
	const char *scheme = vec_text(v, "scheme");

	if (n == 0 || n > CRYPTO_ECIES_INPUT_MAX || v->malformed)
		return;
	if (strcmp(scheme, "null") == 0)
		vec_answer(v, plain.output, input, n);
	else if (strcmp(scheme, "a") == 0)
		conceal(v, &plain, CRYPTO_ECIES_A, "hn_priv", "eph_priv", input, n);
	else if (strcmp(scheme, "b") == 0)
		conceal(v, &plain, CRYPTO_ECIES_B, "hn_priv", "eph_priv", input, n);
	conceal(v, &in_a, CRYPTO_ECIES_A, "hn_priv_a", "eph_priv_a", input, n);
	conceal(v, &in_b, CRYPTO_ECIES_B, "hn_priv_b", "eph_priv_b", input, n);
}
