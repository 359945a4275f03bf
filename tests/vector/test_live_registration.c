/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A registration of UERANSIM at Open5GS, recorded (SUCI profile A, 5G-AKA, NIA2, NEA2): every key,
 * MAC and response in it from the subscription, the home network's private key and what went over
 * the air.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/aka.h"
#include "models/crypto/ecies.h"
#include "models/crypto/kdf.h"
#include "models/crypto/nia.h"
#include "models/id/supi.h"
#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

static const struct crypto_suite *const real = &crypto_suite_real;
static struct crypto *c;
static json_t *live;

enum { OCTETS_MAX = 256, HEADER = 7, AT_MAC = 2, AT_SEQUENCE = 6 };

struct octets {
	uint8_t at[OCTETS_MAX];
	size_t n;
};

static struct octets from_hex(const char *hex)
{
	struct octets o = {.n = hex ? strlen(hex) / 2 : 0};

	assert_non_null(hex);
	assert_true(o.n > 0 && o.n <= sizeof o.at);
	for (size_t i = 0; i < o.n; i++) {
		unsigned v;
		assert_int_equal(sscanf(hex + 2 * i, "%2x", &v), 1);
		o.at[i] = (uint8_t)v;
	}
	return o;
}

static struct octets value(const char *name)
{
	return from_hex(json_string_value(json_object_get(json_object_get(live, "values"), name)));
}

static const char *text(const char *name)
{
	return json_string_value(json_object_get(live, name));
}

/* The NAS octets of message `number` of the record. */
static struct octets on_air(size_t number)
{
	json_t *message = json_array_get(json_object_get(live, "messages"), number);
	return from_hex(json_string_value(json_object_get(message, "nas_hex")));
}

static void assert_value(const char *name, const uint8_t *at, size_t n)
{
	struct octets expected = value(name);

	assert_int_equal(n, expected.n);
	if (memcmp(at, expected.at, n) != 0)
		fail_msg("%s differs from the record's", name);
}

/* The subscription of the record; the octets live as long as the test. */
static struct crypto_subscription subscription(void)
{
	static struct octets k, opc;

	k = value("k");
	opc = value("opc");
	return (struct crypto_subscription){CRYPTO_MILENAGE, k.at, opc.at};
}

static void milenage_gives_the_values_of_the_record(void **state)
{
	(void)state;
	struct crypto_subscription who = subscription();
	struct octets rand = value("rand"), sqn = value("sqn"), amf = value("amf");
	struct crypto_f2345 f;
	uint8_t mac_a[8];

	real->aka[who.set]->f1(c, who.k, who.opc, rand.at, sqn.at, amf.at, mac_a, NULL);
	real->aka[who.set]->f2345(c, who.k, who.opc, rand.at, &f);
	assert_value("mac_a", mac_a, 8);
	assert_value("res", f.res, 8);
	assert_value("ck", f.ck, 16);
	assert_value("ik", f.ik, 16);
	assert_value("ak", f.ak, 6);
}

static void the_home_makes_the_vector_of_the_record(void **state)
{
	(void)state;
	struct crypto_subscription who = subscription();
	struct octets rand = value("rand"), sqn = value("sqn"), amf = value("amf");
	struct crypto_av av;
	uint8_t hxres_star[16];

	crypto_av_generate(c, real, &who, sqn.at, amf.at, rand.at, text("serving_network_name"), &av);
	assert_value("autn", av.autn, 16);
	assert_value("res_star", av.xres_star, 16);
	assert_value("kausf", av.kausf, 32);
	crypto_hres_star(c, real, rand.at, av.xres_star, hxres_star);
	assert_value("hxres_star", hxres_star, 16);
}

/* Authentication Request: RAND from octet 8, AUTN from octet 26; Response: RES* from octet 5. */
static void the_usim_accepts_the_challenge_on_air_and_gives_the_answer_on_air(void **state)
{
	(void)state;
	struct crypto_subscription who = subscription();
	struct octets request = on_air(3), response = on_air(4);
	struct crypto_usim_answer answer;

	assert_true(crypto_usim_authenticate(c, real, &who, request.at + 8, request.at + 26,
	                                     text("serving_network_name"), &answer));
	assert_value("rand", request.at + 8, 16);
	assert_value("autn", request.at + 26, 16);
	assert_value("sqn", answer.sqn, 6);
	assert_value("amf", answer.amf, 2);
	assert_value("kausf", answer.kausf, 32);
	assert_int_equal(response.n, 21);
	assert_memory_equal(answer.res_star, response.at + 5, 16);
}

static void the_hierarchy_below_kausf_is_that_of_the_record(void **state)
{
	(void)state;
	struct octets kausf = value("kausf"), abba = from_hex(text("abba"));
	uint8_t kseaf[32], kamf[32], kgnb[32], knas[16];

	crypto_kseaf(c, real, kausf.at, text("serving_network_name"), kseaf);
	assert_value("kseaf", kseaf, 32);
	crypto_kamf(c, real, kseaf, text("supi") + strlen("imsi-"), abba.at, kamf);
	assert_value("kamf", kamf, 32);
	crypto_k_algorithm(c, real, kamf, CRYPTO_NAS_ENC, CRYPTO_NEA2, knas);
	assert_value("knas_enc_nea2", knas, 16);
	crypto_k_algorithm(c, real, kamf, CRYPTO_NAS_INT, CRYPTO_NIA2, knas);
	assert_value("knas_int_nia2", knas, 16);
	crypto_kgnb(c, real, kamf, 0, CRYPTO_3GPP_ACCESS, kgnb);
	assert_value("kgnb_computed_ul0", kgnb, 32);
	assert_value("kgnb_in_ics", kgnb, 32);
}

/* 5GS mobile identity from octet 4: length, type, PLMN, routing indicator, scheme, key, output. */
static void the_home_network_reveals_the_suci_on_air(void **state)
{
	(void)state;
	enum { AT_OUTPUT = 14 };
	struct octets request = on_air(2), priv = from_hex(text("hn_private_key"));
	struct octets output = value("suci_scheme_output");
	struct id_supi supi = {.plmn = {999, 70, 2}};
	uint8_t msin[8];
	char imsi[ID_SUPI_TEXT];

	assert_memory_equal(request.at + AT_OUTPUT, output.at, output.n);
	assert_true(crypto_ecies_reveal(c, real, CRYPTO_ECIES_A, priv.at, request.at + AT_OUTPUT,
	                                output.n, msin));
	assert_value("suci_msin_bcd_decrypted", msin, output.n - CRYPTO_ECIES_EXTRA);
	assert_true(id_msin_decode(msin, 5, &supi));
	id_supi_text(supi, imsi);
	assert_string_equal(imsi, text("supi") + strlen("imsi-"));
}

/* The protected messages, in their order: NAS COUNT, direction, whether ciphered. */
static const struct {
	size_t message;
	uint32_t count;
	enum crypto_direction direction;
	bool ciphered;
	const char *plain;
} protected[5] = {
	{5, 0, CRYPTO_DOWNLINK, false, "smc_plain"},
	{6, 0, CRYPTO_UPLINK, true, "smc_complete_plain"},
	{7, 1, CRYPTO_DOWNLINK, true, "reg_accept_plain"},
	{9, 1, CRYPTO_UPLINK, true, "reg_complete_plain"},
	{10, 2, CRYPTO_DOWNLINK, true, "conf_update_plain"},
};

static void the_macs_of_all_protected_messages_are_right(void **state)
{
	(void)state;
	struct octets key = value("knas_int_nia2");

	for (int i = 0; i < 5; i++) {
		struct octets m = on_air(protected[i].message);
		struct crypto_nas nas = {key.at, protected[i].count, CRYPTO_NAS_BEARER_3GPP,
		                         protected[i].direction};
		assert_int_equal(m.at[AT_SEQUENCE], protected[i].count);
		assert_true(crypto_nia2_check(c, real, &nas, m.at + AT_SEQUENCE, m.n - AT_SEQUENCE,
		                              m.at + AT_MAC));
		nas.count++;
		assert_false(crypto_nia2_check(c, real, &nas, m.at + AT_SEQUENCE, m.n - AT_SEQUENCE,
		                               m.at + AT_MAC));
	}
}

static void all_protected_messages_decipher(void **state)
{
	(void)state;
	struct octets key = value("knas_enc_nea2");

	for (int i = 0; i < 5; i++) {
		struct octets m = on_air(protected[i].message);
		struct crypto_nas nas = {key.at, protected[i].count, CRYPTO_NAS_BEARER_3GPP,
		                         protected[i].direction};
		if (protected[i].ciphered)
			crypto_nea2(c, real, &nas, m.at + HEADER, m.n - HEADER);
		assert_value(protected[i].plain, m.at + HEADER, m.n - HEADER);
	}
}

static int setup(void **state)
{
	(void)state;
	c = crypto_new();
	live = json_load_file("tests/unit/models/msg/data/live_registration.json", 0, NULL);
	return live ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	json_decref(live);
	crypto_free(c);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(milenage_gives_the_values_of_the_record),
		cmocka_unit_test(the_home_makes_the_vector_of_the_record),
		cmocka_unit_test(the_usim_accepts_the_challenge_on_air_and_gives_the_answer_on_air),
		cmocka_unit_test(the_hierarchy_below_kausf_is_that_of_the_record),
		cmocka_unit_test(the_home_network_reveals_the_suci_on_air),
		cmocka_unit_test(the_macs_of_all_protected_messages_are_right),
		cmocka_unit_test(all_protected_messages_decipher),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
