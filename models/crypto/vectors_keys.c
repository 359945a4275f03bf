/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: outputs of the key hierarchy of 5G-AKA and of EAP-AKA', from what the AKA functions gave
 * or from a key of the radio (kgnb, kgnb_or_nh).
 * Leaves out: nothing.
 * Sources: TS 33.501 Annex A, TS 33.535 Annex A, RFC 5448.
 */
#include "models/crypto/eap_aka.h"
#include "models/crypto/kdf.h"
#include "models/crypto/vectors_internal.h"
#include <string.h>

/* ---- 5G-AKA and the hierarchy ---- */

static void algorithm_keys(struct vec *v, const uint8_t *from, enum crypto_key_type type,
                           const char *const name[2][4])
{
	uint8_t key[16];

	for (uint8_t i = 0; i < 4; i++) {
		crypto_k_algorithm(v->c, v->suite, from, type, i, key);
		for (int j = 0; j < 2; j++)
			if (name[j][i])
				vec_answer(v, name[j][i], key, 16);
	}
}

static void nas_keys(struct vec *v, const uint8_t kamf[32])
{
	static const char *const enc[2][4] = {
		{NULL, "knas_enc_alg1", "knas_enc_alg2", "knas_enc_alg3"},
		{"knas_enc_nea0", "knas_enc_nea1", "knas_enc_nea2", "knas_enc_nea3"}};
	static const char *const integrity[2][4] = {
		{NULL, "knas_int_alg1", "knas_int_alg2", "knas_int_alg3"},
		{"knas_int_nia0", "knas_int_nia1", "knas_int_nia2", "knas_int_nia3"}};

	algorithm_keys(v, kamf, CRYPTO_NAS_ENC, enc);
	algorithm_keys(v, kamf, CRYPTO_NAS_INT, integrity);
}

static void radio_keys(struct vec *v, const uint8_t kgnb[32])
{
	static const char *const name[4][2][4] = {
		{{NULL, "krrc_enc_alg1", "krrc_enc_alg2", "krrc_enc_alg3"}},
		{{NULL, "krrc_int_alg1", "krrc_int_alg2", "krrc_int_alg3"}},
		{{NULL, "kup_enc_alg1", "kup_enc_alg2", "kup_enc_alg3"}},
		{{NULL, "kup_int_alg1", "kup_int_alg2", "kup_int_alg3"}}};

	for (int i = 0; i < 4; i++)
		algorithm_keys(v, kgnb, (enum crypto_key_type)(CRYPTO_RRC_ENC + i), name[i]);
}

/* KAF of AF_ID = FQDN || Ua* security protocol identifier (TS 33.535 A.4). */
static void akma(struct vec *v, const uint8_t kausf[32])
{
	const char *fqdn = vec_text(v, "af_fqdn"), *supi = vec_text(v, "supi");
	uint8_t kakma[32], key[32], af_id[VEC_OCTETS_MAX];
	size_t n = strlen(fqdn);

	crypto_kakma(v->c, v->suite, kausf, supi, kakma);
	vec_answer(v, "kakma", kakma, 32);
	crypto_a_tid(v->c, v->suite, kausf, supi, key);
	vec_answer(v, "a_tid", key, 32);
	if (n == 0 || !vec_octets(v, "ua_star_id", af_id + n, 5))
		return;
	memcpy(af_id, fqdn, n);
	crypto_kaf(v->c, v->suite, kakma, af_id, n + 5, key);
	vec_answer(v, "kaf", key, 32);
}

static void below_kamf(struct vec *v, const uint8_t kamf[32])
{
	uint32_t count = vec_number(v, "ul_nas_count");
	uint8_t kgnb[32], key[32], next[32];

	nas_keys(v, kamf);
	crypto_kgnb(v->c, v->suite, kamf, count, CRYPTO_3GPP_ACCESS, kgnb);
	vec_answer(v, "kgnb_3gpp", kgnb, 32);
	radio_keys(v, kgnb);
	crypto_kgnb(v->c, v->suite, kamf, count, CRYPTO_NON_3GPP_ACCESS, key);
	vec_answer(v, "kn3iwf", key, 32);
	vec_answer(v, "kn3iwf_non3gpp", key, 32);
	crypto_nh(v->c, v->suite, kamf, kgnb, key);
	vec_answer(v, "nh", key, 32);
	vec_answer(v, "nh_1", key, 32);
	crypto_nh(v->c, v->suite, kamf, key, next);
	vec_answer(v, "nh_2", next, 32);
	crypto_kamf_prime(v->c, v->suite, kamf, 1, count, key);
	vec_answer(v, "kamf_prime_dl", key, 32);
}

static void hierarchy(struct vec *v, const struct vec_aka *x)
{
	const char *snn = vec_text(v, "snn");
	uint8_t kausf[32], kseaf[32], kamf[32], abba[2];

	crypto_kausf(v->c, v->suite, x->ck, x->ik, snn, x->sqn_xor_ak, kausf);
	vec_answer(v, "kausf_5gaka", kausf, 32);
	crypto_kseaf(v->c, v->suite, kausf, snn, kseaf);
	vec_answer(v, "kseaf", kseaf, 32);
	if (!vec_has(v, "supi"))
		return;
	akma(v, kausf);
	if (!vec_octets(v, "abba", abba, 2))
		return;
	crypto_kamf(v->c, v->suite, kseaf, vec_text(v, "supi"), abba, kamf);
	vec_answer(v, "kamf", kamf, 32);
	below_kamf(v, kamf);
}

static void response(struct vec *v, const struct vec_aka *x)
{
	uint8_t res_star[16], hres_star[16];

	crypto_res_star(v->c, v->suite, x->ck, x->ik, vec_text(v, "snn"), x->rand, x->res, x->n_res,
	                res_star);
	vec_answer(v, "res_star", res_star, 16);
	crypto_hres_star(v->c, v->suite, x->rand, res_star, hres_star);
	vec_answer(v, "hxres_star", hres_star, 16);
}

/* ---- EAP-AKA' ---- */

static void eap(struct vec *v, const struct vec_aka *x, const char *network, const char *identity)
{
	uint8_t ck_prime[16], ik_prime[16];
	struct crypto_eap_keys keys;

	crypto_ck_ik_prime(v->c, v->suite, x->ck, x->ik, network, x->sqn_xor_ak, ck_prime, ik_prime);
	vec_answer(v, "ck_prime", ck_prime, 16);
	vec_answer(v, "ik_prime", ik_prime, 16);
	if (!*identity)
		return;
	crypto_eap_keys(v->c, v->suite, ck_prime, ik_prime, identity, &keys);
	vec_answer(v, "k_encr", keys.k_encr, 16);
	vec_answer(v, "k_aut", keys.k_aut, 32);
	vec_answer(v, "k_re", keys.k_re, 32);
	vec_answer(v, "msk", keys.msk, 64);
	vec_answer(v, "emsk", keys.emsk, 64);
	vec_answer(v, "kausf_eap", crypto_eap_kausf(&keys), 32);
}

/* ---- keys of the radio ---- */

/* A whole output of A.8; the algorithm from a text like "NEA2". */
static void key256(struct vec *v, const char *output, const uint8_t kgnb[32], uint8_t type,
                   const char *algorithm)
{
	uint8_t identity = (uint8_t)(strlen(algorithm) == 4 ? algorithm[3] - '0' : UINT8_MAX), key[32];
	struct crypto_parameter p[2] = {{&type, 1}, {&identity, 1}};

	if (identity > 3)
		return;
	crypto_kdf(v->c, v->suite, kgnb, 32, 0x69, p, 2, key);
	vec_answer(v, output, key, 32);
}

static void radio(struct vec *v)
{
	uint8_t key[32], out[32];

	if (vec_octets(v, "kgnb", key, 32)) {
		key256(v, "krrc_enc", key, CRYPTO_RRC_ENC, vec_text(v, "enc_alg"));
		key256(v, "krrc_int", key, CRYPTO_RRC_INT, vec_text(v, "int_alg"));
		key256(v, "kup_enc", key, CRYPTO_UP_ENC, vec_text(v, "enc_alg"));
		key256(v, "kup_int", key, CRYPTO_UP_INT, vec_text(v, "int_alg"));
	}
	if (vec_has(v, "target_pci arfcn_dl") && vec_octets(v, "kgnb_or_nh", key, 32)) {
		crypto_kng_ran_star(v->c, v->suite, key, (uint16_t)vec_number(v, "target_pci"),
		                    vec_number(v, "arfcn_dl"), out);
		vec_answer(v, "kng_ran_star", out, 32);
	}
}

void vec_keys(struct vec *v)
{
	bool has_snn = vec_has(v, "snn");
	struct vec_aka x = {.n_res = 0};

	radio(v);
	vec_aka(v, &x);
	if (!x.keys || v->malformed)
		return;
	if (has_snn)
		hierarchy(v, &x);
	if (has_snn && x.response)
		response(v, &x);
	if (has_snn || vec_has(v, "network_name"))
		eap(v, &x, vec_text(v, has_snn ? "snn" : "network_name"),
		    vec_text(v, vec_has(v, "identity") ? "identity" : "supi"));
}
