/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NAS messages and their protection against a live registration between UERANSIM and Open5GS. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/ecies.h"
#include "models/id/supi.h"
#include "tests/unit/models/msg/nas_fixture.h"

static void a_registration_request_is_that_of_ueransim(void **state)
{
	(void)state;
	struct nas_registration_request m = live_request(false);
	assert_octets(nas_registration_request(&m, out), on_air(2));
}

static void authentication_is_that_of_open5gs_and_ueransim(void **state)
{
	(void)state;
	struct nas_authentication_request m = {.ngksi = 0};
	struct nas_authentication_response r = {.eap = {NULL, 0}};
	hex(value("rand"), m.rand);
	hex(value("autn"), m.autn);
	hex(value("res_star"), r.res_star);
	assert_octets(nas_authentication_request(&m, out), on_air(3));
	assert_octets(nas_authentication_response(&r, out), on_air(4));
}

/* The five protected messages of the trace, in order: plain form, and as sent. */
static const struct {
	const char *plain;
	uint16_t (*make)(void);
	enum nas_security_type type;
	enum crypto_direction direction;
	uint32_t count;
	size_t message;
} protected[] = {
	{"smc_plain", security_mode_command, NAS_INTEGRITY_NEW_CONTEXT, CRYPTO_DOWNLINK, 0, 5},
	{"smc_complete_plain", live_smc_complete, NAS_CIPHERED_NEW_CONTEXT, CRYPTO_UPLINK, 0, 6},
	{"reg_accept_plain", live_accept, NAS_CIPHERED, CRYPTO_DOWNLINK, 1, 7},
	{"reg_complete_plain", NULL, NAS_CIPHERED, CRYPTO_UPLINK, 1, 9},
	{"conf_update_plain", live_configuration_update, NAS_CIPHERED, CRYPTO_DOWNLINK, 2, 10},
};

static uint16_t make(size_t i)
{
	return protected[i].make ? protected[i].make() : nas_registration_complete(out);
}

static void plain_forms_are_those_of_the_trace(void **state)
{
	(void)state;
	for (size_t i = 0; i < 5; i++)
		assert_octets(make(i), value(protected[i].plain));
}

static void protected_messages_are_those_of_the_trace(void **state)
{
	(void)state;
	struct crypto *c = crypto_new();
	uint8_t knas_int[16], knas_enc[16], plain[NAS_OCTETS_MAX];

	hex(value("knas_int_nia2"), knas_int);
	hex(value("knas_enc_nea2"), knas_enc);
	for (size_t i = 0; i < 5; i++) {
		struct nas_security security = {.knas_int = knas_int, .knas_enc = knas_enc,
			.count = protected[i].count, .direction = protected[i].direction};
		uint16_t n = make(i);
		memcpy(plain, out, n);
		n = nas_protect(c, &crypto_suite_real, &security, protected[i].type, plain, n, out);
		assert_octets(n, on_air(protected[i].message));
		assert_int_equal(nas_unprotect(c, &crypto_suite_real, &security, out, n, inner),
		                 n - NAS_SECURITY_HEADER);
		assert_memory_equal(inner, plain, n - NAS_SECURITY_HEADER);
	}
	crypto_free(c);
}

/* In both modes: a turned bit anywhere, another count, another direction. */
static void a_spoiled_message_is_not_unprotected(void **state)
{
	(void)state;
	static const struct crypto_suite *const suites[] = {&crypto_suite_real, &crypto_suite_cost};
	struct crypto *c = crypto_new();
	uint8_t key[16] = {1}, plain[NAS_OCTETS_MAX];

	for (int s = 0; s < 2; s++) {
		struct nas_security security = {.knas_int = key, .knas_enc = key, .count = 7,
			.direction = CRYPTO_UPLINK};
		uint16_t n = live_accept();
		memcpy(plain, out, n);
		n = nas_protect(c, suites[s], &security, NAS_CIPHERED, plain, n, out);
		assert_int_not_equal(nas_unprotect(c, suites[s], &security, out, n, inner), 0);
		for (uint16_t i = 2; i < n; i++) {
			out[i] ^= 4;
			assert_int_equal(nas_unprotect(c, suites[s], &security, out, n, inner), 0);
			out[i] ^= 4;
		}
		security.count += 256; /* same sequence number, next overflow */
		assert_int_equal(nas_unprotect(c, suites[s], &security, out, n, inner), 0);
		security.count -= 256;
		security.direction = CRYPTO_DOWNLINK;
		assert_int_equal(nas_unprotect(c, suites[s], &security, out, n, inner), 0);
		assert_int_equal(nas_unprotect(c, suites[s], &security, out, 7, inner), 0);
	}
	crypto_free(c);
}

static void a_length_needs_no_buffer(void **state)
{
	(void)state;
	struct nas_registration_request m = request(suci(1), true);
	struct nas_registration_accept a = accept_live();
	assert_int_equal(nas_registration_request(&m, NULL), nas_registration_request(&m, out));
	assert_int_equal(nas_registration_accept(&a, NULL), nas_registration_accept(&a, out));
}

static void a_mandatory_field_without_octets_is_sent_empty(void **state)
{
	(void)state;
	const struct nas_security_mode_command m = {.ciphering = 2, .integrity = 2};
	const uint8_t expected[] = {0x7e, 0, NAS_SECURITY_MODE_COMMAND, 0x22, 0, 0};

	assert_int_equal(nas_security_mode_command(&m, out), sizeof expected);
	assert_memory_equal(out, expected, sizeof expected);
}

static void the_home_network_of_the_trace_reveals_its_subscriber(void **state)
{
	(void)state;
	struct crypto *c = crypto_new();
	struct nas_registration_request m = live_request(false);
	struct id_supi supi = {.plmn = {999, 70, 2}};
	uint8_t priv[32], msin[8];
	char text[ID_SUPI_TEXT];

	hex(json_string_value(json_object_get(live, "hn_private_key")), priv);
	assert_true(crypto_ecies_reveal(c, &crypto_suite_real, CRYPTO_ECIES_A, priv,
	                                m.identity.suci.output, m.identity.suci.n, msin));
	assert_true(id_msin_decode(msin, (uint8_t)(m.identity.suci.n - CRYPTO_ECIES_EXTRA), &supi));
	id_supi_text(supi, text);
	assert_string_equal(text, json_string_value(json_object_get(live, "supi")) + strlen("imsi-"));
	crypto_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_registration_request_is_that_of_ueransim),
		cmocka_unit_test(authentication_is_that_of_open5gs_and_ueransim),
		cmocka_unit_test(plain_forms_are_those_of_the_trace),
		cmocka_unit_test(protected_messages_are_those_of_the_trace),
		cmocka_unit_test(a_spoiled_message_is_not_unprotected),
		cmocka_unit_test(a_length_needs_no_buffer),
		cmocka_unit_test(a_mandatory_field_without_octets_is_sent_empty),
		cmocka_unit_test(the_home_network_of_the_trace_reveals_its_subscriber),
	};
	return cmocka_run_group_tests(tests, load_live, unload_live);
}
