/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: outputs of the AKA functions and of the two ends that use them. A case begins with a
 * subscription (alg "milenage" or "tuak"), or with what its functions give (ck, ik, ak or autn, res
 * or xres).
 * Leaves out: nothing.
 * Sources: TS 35.206, TS 35.231, TS 33.102 6.3.
 */
#include "models/crypto/aka.h"
#include "models/crypto/tuak.h"
#include "models/crypto/vectors_internal.h"
#include <string.h>

static void xor6(uint8_t out[6], const uint8_t a[6], const uint8_t b[6])
{
	for (int i = 0; i < 6; i++)
		out[i] = a[i] ^ b[i];
}

/* ---- MILENAGE, TUAK ---- */

/* The home's vector, the USIM's answer and AUTS: each end must come to what the other one has. */
static void both_ends(struct vec *v, const struct vec_aka *x, enum crypto_aka_set set)
{
	struct crypto_subscription who = {set, x->k, x->opc};
	const char *snn = vec_text(v, "snn");
	struct crypto_av av;
	struct crypto_usim_answer usim;
	uint8_t auts[14], sqn_ms[6];

	crypto_av_generate(v->c, v->suite, &who, x->sqn, x->amf, x->rand, snn, &av);
	if (!crypto_usim_authenticate(v->c, v->suite, &who, x->rand, av.autn, snn, &usim) ||
	    memcmp(usim.sqn, x->sqn, 6) != 0 || memcmp(usim.res_star, av.xres_star, 16) != 0 ||
	    memcmp(usim.kausf, av.kausf, 32) != 0)
		vec_disagree(v, "the USIM refuses the home's vector");
	crypto_auts_generate(v->c, v->suite, &who, x->rand, x->sqn, auts);
	if (!crypto_auts_verify(v->c, v->suite, &who, x->rand, auts, sqn_ms) ||
	    memcmp(sqn_ms, x->sqn, 6) != 0)
		vec_disagree(v, "the home refuses the USIM's AUTS");
	vec_answer(v, "autn", av.autn, 16);
	vec_answer(v, "auts", auts, 14);
}

static void answer_f2345(struct vec *v, struct vec_aka *x, const uint8_t *ak)
{
	memcpy(x->ak, ak, 6);
	xor6(x->sqn_xor_ak, x->sqn, x->ak);
	vec_answer(v, "ck", x->ck, 16);
	vec_answer(v, "ik", x->ik, 16);
	vec_answer(v, "ak", x->ak, 6);
	vec_answer(v, "res", x->res, x->n_res);
	x->keys = x->response = true;
}

static void milenage(struct vec *v, struct vec_aka *x)
{
	const struct crypto_aka *aka = v->suite->aka[CRYPTO_MILENAGE];
	struct crypto_f2345 f;
	uint8_t op[16], mac_a[8], mac_s[8], ak_star[6];

	if (!vec_octets(v, "k", x->k, 16))
		return;
	if (vec_octets(v, "op", op, 16))
		aka->opc(v->c, x->k, op, x->opc);
	else if (!vec_octets(v, "opc", x->opc, 16))
		return;
	aka->f1(v->c, x->k, x->opc, x->rand, x->sqn, x->amf, mac_a, mac_s);
	aka->f2345(v->c, x->k, x->opc, x->rand, &f);
	aka->f5_star(v->c, x->k, x->opc, x->rand, ak_star);
	memcpy(x->ck, f.ck, 16);
	memcpy(x->ik, f.ik, 16);
	memcpy(x->res, f.res, x->n_res = sizeof f.res);
	vec_answer(v, "opc", x->opc, 16);
	vec_answer(v, "mac_a", mac_a, 8);
	vec_answer(v, "mac_s", mac_s, 8);
	vec_answer(v, "ak_star", ak_star, 6);
	answer_f2345(v, x, f.ak);
	both_ends(v, x, CRYPTO_MILENAGE);
}

/* TUAK has several lengths, which a case tells by its outputs. */
static struct crypto_tuak_lengths tuak_lengths(struct vec *v, uint8_t n_k)
{
	uint32_t iterations = vec_has(v, "keccak_iterations") ? vec_number(v, "keccak_iterations") : 1;

	return (struct crypto_tuak_lengths){
		.n_k = n_k,
		.n_mac = vec_length(v, "mac_a", vec_length(v, "mac_s", 8)),
		.n_res = vec_length(v, "res", 8),
		.n_ck = vec_length(v, "ck", 16),
		.n_ik = vec_length(v, "ik", 16),
		.iterations = iterations <= UINT8_MAX ? (uint8_t)iterations : 0,
	};
}

static bool usual(const struct crypto_tuak_lengths *t)
{
	return t->n_k == 16 && t->n_mac == 8 && t->n_res == 8 && t->n_ck == 16 && t->n_ik == 16 &&
	       t->iterations == 1;
}

static void tuak_answers(struct vec *v, struct vec_aka *x, const struct crypto_tuak_lengths *t)
{
	struct crypto_tuak_f2345 f;
	uint8_t mac_a[32], mac_s[32], ak_star[6];

	crypto_tuak_f1(t, x->k, x->opc, x->rand, x->sqn, x->amf, mac_a);
	crypto_tuak_f1_star(t, x->k, x->opc, x->rand, x->sqn, x->amf, mac_s);
	crypto_tuak_f2345(t, x->k, x->opc, x->rand, &f);
	crypto_tuak_f5_star(t, x->k, x->opc, x->rand, ak_star);
	vec_answer(v, "topc", x->opc, 32);
	vec_answer(v, "mac_a", mac_a, t->n_mac);
	vec_answer(v, "mac_s", mac_s, t->n_mac);
	vec_answer(v, "ak_star", ak_star, 6);
	memcpy(x->res, f.res, x->n_res = t->n_res);
	if (t->n_ck == 16 && t->n_ik == 16) {
		memcpy(x->ck, f.ck, 16);
		memcpy(x->ik, f.ik, 16);
		answer_f2345(v, x, f.ak);
		return;
	}
	vec_answer(v, "ck", f.ck, t->n_ck);
	vec_answer(v, "ik", f.ik, t->n_ik);
	vec_answer(v, "ak", f.ak, 6);
	vec_answer(v, "res", f.res, t->n_res);
}

static void tuak(struct vec *v, struct vec_aka *x)
{
	uint8_t octets[VEC_OCTETS_MAX], top[32];
	size_t n_k = vec_string(v, "k", octets);
	struct crypto_tuak_lengths t = tuak_lengths(v, (uint8_t)n_k);

	if (n_k > 32 || !crypto_tuak_valid(&t) || v->malformed)
		return;
	memcpy(x->k, octets, n_k);
	if (vec_octets(v, "top", top, 32))
		crypto_tuak_topc(&t, x->k, top, x->opc);
	else if (!vec_octets(v, "topc", x->opc, 32))
		return;
	tuak_answers(v, x, &t);
	if (usual(&t))
		both_ends(v, x, CRYPTO_TUAK);
}

/* ---- what the functions give, given ---- */

static void given(struct vec *v, struct vec_aka *x)
{
	uint8_t autn[16];
	bool keys = vec_octets(v, "ck", x->ck, 16) && vec_octets(v, "ik", x->ik, 16);

	x->response = vec_has(v, "xres") || vec_has(v, "res");
	x->n_res = vec_string(v, vec_has(v, "xres") ? "xres" : "res", x->res);
	if (vec_octets(v, "autn", autn, 16))
		memcpy(x->sqn_xor_ak, autn, 6);
	else if (vec_octets(v, "ak", x->ak, 6))
		xor6(x->sqn_xor_ak, x->sqn, x->ak);
	else
		keys = false;
	x->keys = keys && !v->malformed && x->n_res <= 16;
}

void vec_aka(struct vec *v, struct vec_aka *x)
{
	const char *algorithm = vec_text(v, "alg");
	bool rand = vec_octets(v, "rand", x->rand, 16), sqn = vec_octets(v, "sqn", x->sqn, 6);
	bool whole = vec_octets(v, "amf", x->amf, 2) && rand && sqn;

	if (whole && strcmp(algorithm, "milenage") == 0)
		milenage(v, x);
	else if (whole && strcmp(algorithm, "tuak") == 0)
		tuak(v, x);
	else
		given(v, x);
	x->response = x->response && x->keys && rand;
}
