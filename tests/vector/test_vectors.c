/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Published known answers (tests/vector/data/, each file names its source): every output named in a
 * case is computed from the case's inputs alone. An output name that this runner does not know
 * fails.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/aka.h"
#include "models/crypto/ecies.h"
#include "models/crypto/kdf.h"
#include "models/crypto/milenage.h"
#include "models/crypto/nia.h"
#include "models/crypto/sign.h"
#include "models/id/supi.h"
#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

static const struct crypto_suite *const real = &crypto_suite_real;
static struct crypto *c;

enum { TEXT_MAX = 8192, OCTETS_MAX = 4096 };

/* ---- inputs ---- */

struct octets {
	uint8_t at[OCTETS_MAX];
	size_t n;
};

static struct octets from_hex(const char *hex)
{
	struct octets o = {.n = strlen(hex) / 2};
	assert_true(strlen(hex) % 2 == 0 && o.n <= sizeof o.at);
	for (size_t i = 0; i < o.n; i++) {
		unsigned v;
		assert_int_equal(sscanf(hex + 2 * i, "%2x", &v), 1);
		o.at[i] = (uint8_t)v;
	}
	return o;
}

static bool has(json_t *in, const char *name)
{
	return json_object_get(in, name) != NULL;
}

static const char *text(json_t *in, const char *name)
{
	const char *s = json_string_value(json_object_get(in, name));
	return s ? s : "";
}

static void get(json_t *in, const char *name, uint8_t *out, size_t n)
{
	struct octets o = from_hex(text(in, name));
	if (has(in, name)) {
		assert_int_equal(o.n, n);
		memcpy(out, o.at, n);
	}
}

/* A number, or a hexadecimal text; 0 when absent. */
static uint32_t number(json_t *in, const char *name)
{
	json_t *v = json_object_get(in, name);
	return json_is_string(v) ? (uint32_t)strtoul(json_string_value(v), NULL, 16)
	                         : (uint32_t)json_integer_value(v);
}

/* ---- everything that follows from AKA ---- */

struct chain {
	uint8_t k[16], opc[16], rand[16], sqn[6], amf[2], abba[2];
	uint8_t mac_a[8], mac_s[8], ak_star[6];
	struct crypto_f2345 f;
	uint8_t long_res[16];
	size_t n_res;
	uint8_t autn[16], auts[14], res_star[16], hxres_star[16], ck_prime[16], ik_prime[16];
	uint8_t kausf[32], kseaf[32], kamf[32], kgnb[32], kn3iwf[32], nh_1[32], nh_2[32];
	uint8_t kamf_prime[32], kng_ran_star[32], kakma[32], a_tid[32], kaf[32];
	uint8_t knas_enc[4][16], knas_int[4][16], krrc_enc[16], krrc_int[16], kup_enc[16], kup_int[16];
	uint8_t krrc_enc256[32], krrc_int256[32], kup_enc256[32], kup_int256[32];
};

static void milenage(struct chain *x, json_t *in)
{
	struct crypto_subscription who = {CRYPTO_MILENAGE, x->k, x->opc};
	uint8_t op[16];

	if (has(in, "op")) {
		get(in, "op", op, 16);
		crypto_milenage.opc(c, x->k, op, x->opc);
	}
	crypto_milenage.f1(c, x->k, x->opc, x->rand, x->sqn, x->amf, x->mac_a, x->mac_s);
	crypto_milenage.f2345(c, x->k, x->opc, x->rand, &x->f);
	crypto_milenage.f5_star(c, x->k, x->opc, x->rand, x->ak_star);
	memcpy(x->long_res, x->f.res, 8);
	x->n_res = 8;
	crypto_auts_generate(c, real, &who, x->rand, x->sqn, x->auts);
}

/* The published vector and the USIM must both arrive at what the functions above say. */
static void both_ends(struct chain *x, const char *snn)
{
	struct crypto_subscription who = {CRYPTO_MILENAGE, x->k, x->opc};
	struct crypto_av av;
	struct crypto_usim_answer usim;
	uint8_t sqn_ms[6];

	crypto_av_generate(c, real, &who, x->sqn, x->amf, x->rand, snn, &av);
	memcpy(x->autn, av.autn, 16);
	memcpy(x->res_star, av.xres_star, 16);
	memcpy(x->kausf, av.kausf, 32);
	assert_true(crypto_usim_authenticate(c, real, &who, x->rand, av.autn, snn, &usim));
	assert_memory_equal(usim.sqn, x->sqn, 6);
	assert_memory_equal(usim.res_star, av.xres_star, 16);
	assert_memory_equal(usim.kausf, av.kausf, 32);
	assert_true(crypto_auts_verify(c, real, &who, x->rand, x->auts, sqn_ms));
	assert_memory_equal(sqn_ms, x->sqn, 6);
}

static void algorithm_keys(struct chain *x)
{
	for (uint8_t i = 0; i < 4; i++) {
		crypto_k_algorithm(c, real, x->kamf, CRYPTO_NAS_ENC, i, x->knas_enc[i]);
		crypto_k_algorithm(c, real, x->kamf, CRYPTO_NAS_INT, i, x->knas_int[i]);
	}
	crypto_k_algorithm(c, real, x->kgnb, CRYPTO_RRC_ENC, 2, x->krrc_enc);
	crypto_k_algorithm(c, real, x->kgnb, CRYPTO_RRC_INT, 2, x->krrc_int);
	crypto_k_algorithm(c, real, x->kgnb, CRYPTO_UP_ENC, 2, x->kup_enc);
	crypto_k_algorithm(c, real, x->kgnb, CRYPTO_UP_INT, 2, x->kup_int);
}

/* KAF of AF_ID = FQDN || Ua* security protocol identifier. */
static void akma(struct chain *x, json_t *in)
{
	struct octets af_id = {.n = 0}, ua = from_hex(text(in, "ua_star_id"));
	const char *fqdn = text(in, "af_fqdn");

	crypto_kakma(c, real, x->kausf, text(in, "supi"), x->kakma);
	crypto_a_tid(c, real, x->kausf, text(in, "supi"), x->a_tid);
	memcpy(af_id.at, fqdn, strlen(fqdn));
	memcpy(af_id.at + strlen(fqdn), ua.at, ua.n);
	crypto_kaf(c, real, x->kakma, af_id.at, strlen(fqdn) + ua.n, x->kaf);
}

static void hierarchy(struct chain *x, json_t *in)
{
	uint32_t count = number(in, "ul_nas_count");

	crypto_hres_star(c, real, x->rand, x->res_star, x->hxres_star);
	crypto_kseaf(c, real, x->kausf, text(in, "snn"), x->kseaf);
	crypto_kamf(c, real, x->kseaf, text(in, "supi"), x->abba, x->kamf);
	crypto_kgnb(c, real, x->kamf, count, CRYPTO_3GPP_ACCESS, x->kgnb);
	crypto_kgnb(c, real, x->kamf, count, CRYPTO_NON_3GPP_ACCESS, x->kn3iwf);
	crypto_nh(c, real, x->kamf, x->kgnb, x->nh_1);
	crypto_nh(c, real, x->kamf, x->nh_1, x->nh_2);
	crypto_kamf_prime(c, real, x->kamf, 1, count, x->kamf_prime);
	algorithm_keys(x);
	akma(x, in);
}

/* Cases that begin with CK, IK, AK and RES, as a test USIM gives them. */
static void given(struct chain *x, json_t *in)
{
	uint8_t sqn_xor_ak[6];

	get(in, "ck", x->f.ck, 16);
	get(in, "ik", x->f.ik, 16);
	get(in, "ak", x->f.ak, 6);
	struct octets res = from_hex(text(in, "xres"));
	x->n_res = res.n;
	memcpy(x->long_res, res.at, res.n);
	for (int i = 0; i < 6; i++)
		sqn_xor_ak[i] = x->sqn[i] ^ x->f.ak[i];
	crypto_res_star(c, real, x->f.ck, x->f.ik, text(in, "snn"), x->rand, x->long_res, x->n_res,
	                x->res_star);
	crypto_kausf(c, real, x->f.ck, x->f.ik, text(in, "snn"), sqn_xor_ak, x->kausf);
}

/* One 256-bit key of A.8; algorithm from a text like "NEA2". */
static void key256(const uint8_t kgnb[32], uint8_t type, const char *name, uint8_t out[32])
{
	uint8_t algorithm = (uint8_t)(name[3] - '0');
	struct crypto_parameter p[2] = {{&type, 1}, {&algorithm, 1}};
	crypto_kdf(c, real, kgnb, 32, 0x69, p, 2, out);
}

static void radio_keys(struct chain *x, json_t *in)
{
	uint8_t kgnb[32] = {0};

	if (has(in, "kgnb")) {
		get(in, "kgnb", kgnb, 32);
		key256(kgnb, CRYPTO_RRC_ENC, text(in, "enc_alg"), x->krrc_enc256);
		key256(kgnb, CRYPTO_RRC_INT, text(in, "int_alg"), x->krrc_int256);
		key256(kgnb, CRYPTO_UP_ENC, text(in, "enc_alg"), x->kup_enc256);
		key256(kgnb, CRYPTO_UP_INT, text(in, "int_alg"), x->kup_int256);
	}
	if (has(in, "kgnb_or_nh")) {
		get(in, "kgnb_or_nh", kgnb, 32);
		crypto_kng_ran_star(c, real, kgnb, (uint16_t)number(in, "target_pci"),
		                    number(in, "arfcn_dl"), x->kng_ran_star);
	}
}

static void compute_chain(struct chain *x, json_t *in)
{
	get(in, "k", x->k, 16);
	get(in, "opc", x->opc, 16);
	get(in, "rand", x->rand, 16);
	get(in, "sqn", x->sqn, 6);
	get(in, "amf", x->amf, 2);
	get(in, "abba", x->abba, 2);
	if (strcmp(text(in, "alg"), "milenage") == 0) {
		milenage(x, in);
		if (has(in, "snn"))
			both_ends(x, text(in, "snn"));
	} else if (has(in, "ck")) {
		given(x, in);
	}
	if (has(in, "snn")) {
		hierarchy(x, in);
		uint8_t sqn_xor_ak[6];
		for (int i = 0; i < 6; i++)
			sqn_xor_ak[i] = x->sqn[i] ^ x->f.ak[i];
		crypto_ck_ik_prime(c, real, x->f.ck, x->f.ik, text(in, "snn"), sqn_xor_ak,
		                   x->ck_prime, x->ik_prime);
	}
	radio_keys(x, in);
}

#define OUTPUT(name, member)                                                                       \
	{name, offsetof(struct chain, member), sizeof(((struct chain *)0)->member)}
static const struct {
	const char *name;
	size_t offset, n;
} chain_output[] = {
	OUTPUT("opc", opc),
	OUTPUT("mac_a", mac_a),
	OUTPUT("mac_s", mac_s),
	OUTPUT("res", f.res),
	OUTPUT("ck", f.ck),
	OUTPUT("ik", f.ik),
	OUTPUT("ak", f.ak),
	OUTPUT("ak_star", ak_star),
	OUTPUT("autn", autn),
	OUTPUT("auts", auts),
	OUTPUT("res_star", res_star),
	OUTPUT("hxres_star", hxres_star),
	OUTPUT("ck_prime", ck_prime),
	OUTPUT("ik_prime", ik_prime),
	OUTPUT("kausf_5gaka", kausf),
	OUTPUT("kseaf", kseaf),
	OUTPUT("kamf", kamf),
	OUTPUT("kgnb_3gpp", kgnb),
	OUTPUT("kn3iwf", kn3iwf),
	OUTPUT("kn3iwf_non3gpp", kn3iwf),
	OUTPUT("nh", nh_1),
	OUTPUT("nh_1", nh_1),
	OUTPUT("nh_2", nh_2),
	OUTPUT("kamf_prime_dl", kamf_prime),
	OUTPUT("kng_ran_star", kng_ran_star),
	OUTPUT("kakma", kakma),
	OUTPUT("a_tid", a_tid),
	OUTPUT("kaf", kaf),
	OUTPUT("knas_enc_alg1", knas_enc[1]),
	OUTPUT("knas_enc_alg2", knas_enc[2]),
	OUTPUT("knas_enc_alg3", knas_enc[3]),
	OUTPUT("knas_int_alg1", knas_int[1]),
	OUTPUT("knas_int_alg2", knas_int[2]),
	OUTPUT("knas_int_alg3", knas_int[3]),
	OUTPUT("knas_enc_nea0", knas_enc[0]),
	OUTPUT("knas_enc_nea1", knas_enc[1]),
	OUTPUT("knas_enc_nea2", knas_enc[2]),
	OUTPUT("knas_enc_nea3", knas_enc[3]),
	OUTPUT("knas_int_nia0", knas_int[0]),
	OUTPUT("knas_int_nia1", knas_int[1]),
	OUTPUT("knas_int_nia2", knas_int[2]),
	OUTPUT("knas_int_nia3", knas_int[3]),
	OUTPUT("krrc_enc_alg2", krrc_enc),
	OUTPUT("krrc_int_alg2", krrc_int),
	OUTPUT("kup_enc_alg2", kup_enc),
	OUTPUT("kup_int_alg2", kup_int),
	OUTPUT("krrc_enc", krrc_enc256),
	OUTPUT("krrc_int", krrc_int256),
	OUTPUT("kup_enc", kup_enc256),
	OUTPUT("kup_int", kup_int256),
};

/* ---- SUCI ---- */

struct suci {
	struct octets input, output;
	uint8_t hn_priv[32], hn_pub[32], eph_priv[32], shared[32], keys[64];
};

static void compute_suci(struct suci *s, json_t *in)
{
	bool cross = has(in, "hn_priv_a");
	uint8_t back[OCTETS_MAX];

	if (cross) {
		struct id_supi supi = {.msin_digits = (uint8_t)strlen(text(in, "msin"))};
		supi.msin = strtoull(text(in, "msin"), NULL, 10);
		s->input.n = id_msin_encode(supi, s->input.at);
	} else {
		s->input = from_hex(text(in, "scheme_input"));
	}
	if (strcmp(text(in, "scheme"), "null") == 0) {
		s->output = s->input;
		return;
	}
	get(in, cross ? "hn_priv_a" : "hn_priv", s->hn_priv, 32);
	get(in, cross ? "eph_priv_a" : "eph_priv", s->eph_priv, 32);
	crypto_ecies_public(c, real, CRYPTO_ECIES_A, s->hn_priv, s->hn_pub);
	assert_true(crypto_ecies_conceal(c, real, CRYPTO_ECIES_A, s->hn_pub, s->eph_priv,
	                                 s->input.at, s->input.n, s->output.at));
	s->output.n = s->input.n + CRYPTO_ECIES_EXTRA;
	assert_true(real->dh_shared(c, s->hn_priv, s->output.at, s->shared));
	crypto_x963(c, real, s->shared, s->output.at, 32, s->keys, sizeof s->keys);
	assert_true(crypto_ecies_reveal(c, real, CRYPTO_ECIES_A, s->hn_priv, s->output.at, s->output.n,
	                                back));
	assert_memory_equal(back, s->input.at, s->input.n);
}

static bool suci_output(const struct suci *s, const char *name, const uint8_t **at, size_t *n)
{
	const struct {
		const char *name;
		const uint8_t *at;
		size_t n;
	} output[] = {
		{"hn_pub", s->hn_pub, 32},
		{"eph_pub", s->output.at, 32},
		{"shared", s->shared, 32},
		{"enc_key", s->keys, 16},
		{"icb", s->keys + 16, 16},
		{"mac_key", s->keys + 32, 32},
		{"ciphertext", s->output.at + 32, s->input.n},
		{"mac", s->output.at + 32 + s->input.n, 8},
		{"scheme_output", s->output.at, s->output.n},
	};

	if (strncmp(name, "suci_", 5) != 0)
		return false;
	name += strncmp(name, "suci_a_", 7) == 0 ? 7 : 5;
	for (size_t i = 0; i < sizeof output / sizeof *output; i++) {
		if (strcmp(name, output[i].name) != 0)
			continue;
		*at = output[i].at;
		*n = output[i].n;
		return true;
	}
	return false;
}

/* ---- AES-CMAC, HMAC, NIA2, NEA2 ---- */

/* MAC and keystream keys of the cross-implementation cases are their own KNASint and KNASenc. */
static bool symmetric_output(json_t *in, const struct chain *x, const char *name, uint8_t *out,
                             size_t *n)
{
	struct octets key = from_hex(text(in, "key")), message = from_hex(text(in, "message"));
	bool nia = strcmp(name, "nia2_mac") == 0, nea = strcmp(name, "nea2_ciphertext") == 0;
	const uint8_t *k = has(in, "key") ? key.at : nia ? x->knas_int[2] : x->knas_enc[2];
	struct crypto_nas nas = {k, number(in, "count"), (uint8_t)number(in, "bearer"),
	                         number(in, "direction") ? CRYPTO_DOWNLINK : CRYPTO_UPLINK};

	if (strcmp(name, "cmac") == 0) {
		real->cmac(c, key.at, message.at, message.n, out);
		*n = 16;
	} else if (strcmp(name, "hmac_sha256") == 0) {
		real->mac(c, key.at, key.n, message.at, message.n, out);
		*n = 32;
	} else if (nia) {
		crypto_nia2(c, real, &nas, message.at, message.n, out);
		assert_true(crypto_nia2_check(c, real, &nas, message.at, message.n, out));
		*n = 4;
	} else if (nea) {
		memcpy(out, message.at, message.n);
		crypto_nea2(c, real, &nas, out, message.n);
		*n = message.n;
	} else {
		return false;
	}
	return true;
}

/* ---- running ---- */

/* Outputs of models that do not exist yet: profile B, EAP-AKA'. Nothing else may be passed over. */
static const char *const later[] = {"suci_b_", "k_encr", "k_aut", "k_re",
                                    "msk", "emsk", "kausf_eap"};

static bool belongs_to_later(json_t *in, const char *name)
{
	if (strcmp(text(in, "scheme"), "b") == 0)
		return true;
	for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
		size_t n = strlen(later[i]);
		if (later[i][n - 1] == '_' ? strncmp(name, later[i], n) == 0 : strcmp(name, later[i]) == 0)
			return true;
	}
	return false;
}

static bool chain_find(const struct chain *x, const char *name, const uint8_t **at, size_t *n)
{
	for (size_t i = 0; i < sizeof chain_output / sizeof *chain_output; i++) {
		if (strcmp(name, chain_output[i].name) != 0)
			continue;
		*at = (const uint8_t *)x + chain_output[i].offset;
		*n = chain_output[i].n;
		return true;
	}
	return false;
}

/* Bits behind length_bits are padding that the specifications leave open. */
static void compare(const char *name, const char *output, const uint8_t *at, size_t n,
                    const struct octets *expected, uint32_t bits)
{
	bool same = n == expected->n;
	for (size_t i = 0; same && i < n; i++) {
		uint8_t mask = 0xff;
		if (bits && i == bits / 8)
			mask = (uint8_t)(0xff00 >> bits % 8);
		same = ((at[i] ^ expected->at[i]) & mask) == 0;
	}
	if (!same)
		fail_msg("%s: %s differs from the known answer", name, output);
}

static uint32_t run_case(json_t *one)
{
	static struct chain x;
	static struct suci s;
	json_t *in = json_object_get(one, "in"), *value;
	const char *name = text(one, "name"), *output;
	uint8_t symmetric[OCTETS_MAX];
	uint32_t compared = 0;

	memset(&x, 0, sizeof x);
	memset(&s, 0, sizeof s);
	compute_chain(&x, in);
	if (has(in, "scheme_input") || has(in, "hn_priv_a"))
		if (strcmp(text(in, "scheme"), "b") != 0)
			compute_suci(&s, in);
	json_object_foreach(json_object_get(one, "out"), output, value) {
		const uint8_t *at = symmetric;
		size_t n = 0;
		struct octets expected = from_hex(json_string_value(value));
		if (belongs_to_later(in, output))
			continue;
		if (!chain_find(&x, output, &at, &n) && !suci_output(&s, output, &at, &n) &&
		    !symmetric_output(in, &x, output, symmetric, &n))
			fail_msg("%s: nobody here computes %s", name, output);
		compare(name, output, at, n, &expected, number(in, "length_bits"));
		compared++;
	}
	return compared;
}

/* The number of answers is fixed, so that a truncated file cannot pass. */
static void run_file(const char *path, uint32_t answers)
{
	json_error_t error;
	json_t *file = json_load_file(path, 0, &error), *one;
	uint32_t compared = 0;
	size_t i;

	if (!file)
		fail_msg("%s:%d: %s", path, error.line, error.text);
	json_array_foreach(json_object_get(file, "cases"), i, one)
		compared += run_case(one);
	json_decref(file);
	assert_int_equal(compared, answers);
}

static void milenage_gives_the_answers_of_ts_35_207_and_35_208(void **state)
{
	(void)state;
	run_file("tests/vector/data/milenage.json", 26 * 8);
}

static void suci_null_and_profile_a_give_the_answers_of_ts_33_501_c_4(void **state)
{
	(void)state;
	run_file("tests/vector/data/suci.json", 2 + 9 + 8);
}

static void the_5g_aka_chain_gives_the_answers_of_its_implementers(void **state)
{
	(void)state;
	run_file("tests/vector/data/kdf_5g.json", 70);
}

static void nea2_and_nia2_give_the_answers_of_ts_33_401(void **state)
{
	(void)state;
	run_file("tests/vector/data/nea2_nia2.json", 14);
}

static void cmac_and_hmac_give_the_answers_of_their_rfcs(void **state)
{
	(void)state;
	run_file("tests/vector/data/primitives.json", 5);
}

static void five_independent_programs_agree_with_us(void **state)
{
	(void)state;
	run_file("tests/vector/data/cross_implementation.json", 3 * 44);
}

static int setup(void **state)
{
	(void)state;
	c = crypto_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	crypto_free(c);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(milenage_gives_the_answers_of_ts_35_207_and_35_208),
		cmocka_unit_test(suci_null_and_profile_a_give_the_answers_of_ts_33_501_c_4),
		cmocka_unit_test(the_5g_aka_chain_gives_the_answers_of_its_implementers),
		cmocka_unit_test(nea2_and_nia2_give_the_answers_of_ts_33_401),
		cmocka_unit_test(cmac_and_hmac_give_the_answers_of_their_rfcs),
		cmocka_unit_test(five_independent_programs_agree_with_us),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
