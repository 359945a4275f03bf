/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NAS decoder: the live registration, and clause 7 of TS 24.501 case by case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "tests/unit/models/msg/nas_fixture.h"

static void assert_survives(const uint8_t *in, uint16_t n)
{
	struct nas_message m;
	struct msg_fault fault = {0, 0, ""};

	if (!nas_decode(in, n, &m, &fault))
		fail_msg("cause %u at %u: %s", fault.cause, fault.offset, fault.what);
	assert_int_equal(nas_encode(&m, out), n);
	assert_memory_equal(out, in, n);
}

static void every_message_of_the_trace_decodes_and_encodes_to_the_same_octets(void **state)
{
	(void)state;
	static const char *const plain[] = {"smc_plain", "smc_complete_plain", "reg_accept_plain",
	                                    "reg_complete_plain", "conf_update_plain"};
	size_t n_messages = json_array_size(json_object_get(live, "messages")), seen = 0;
	uint8_t octets[NAS_OCTETS_MAX];

	for (size_t i = 0; i < n_messages; i++)
		if (on_air(i)) {
			assert_survives(octets, hex(on_air(i), octets));
			seen++;
		}
	assert_int_equal(seen, 8);
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		assert_survives(octets, hex(value(plain[i]), octets));
}

static void the_container_of_the_complete_is_the_whole_request(void **state)
{
	(void)state;
	struct nas_message complete, request_m;
	struct msg_fault fault;
	uint8_t octets[NAS_OCTETS_MAX];

	assert_true(nas_decode(octets, hex(value("smc_complete_plain"), octets), &complete, &fault));
	assert_int_equal(complete.type, NAS_SECURITY_MODE_COMPLETE);
	assert_string_equal(complete.security_mode_complete.imeisv, "4370816125816151");
	const struct nas_octets container = complete.security_mode_complete.container;
	assert_survives(container.at, container.n);
	assert_true(nas_decode(container.at, container.n, &request_m, &fault));
	assert_int_equal(request_m.type, NAS_REGISTRATION_REQUEST);
	const struct nas_registration_request *r = &request_m.registration_request;
	assert_int_equal(r->ngksi, NAS_NGKSI_NONE);
	assert_int_equal(r->identity.kind, NAS_IDENTITY_SUCI);
	assert_int_equal(r->identity.suci.scheme, ID_SCHEME_A);
	assert_int_equal(r->identity.suci.key_id, 1);
	assert_int_equal(r->security_capability.n, 4);
	assert_int_equal(r->requested_nssai.n, 2);
}

/* One row per rule of clause 7 and 24.007 11.2: octets, and what comes of them. */
static const struct {
	const char *octets;
	bool message;
	uint8_t cause, offset;
} clause_7[] = {
	{"7e00", false, NAS_IGNORE, 2},             /* 7.2.1: too short for a message type */
	{"2e0041", false, NAS_IGNORE, 0},           /* 24.007 11.2.3.1.1A */
	{"7e0541", false, NAS_IGNORE, 1},           /* 9.3.1: reserved */
	{"7e010000000000", false, NAS_IGNORE, 7},   /* a header and nothing behind it */
	{"7e0040", false, NAS_TYPE_UNKNOWN, 2},     /* 7.4 */
	{"7e0044", false, NAS_INVALID_MANDATORY, 3},          /* 7.5.1: cause missing */
	{"7e004179000bf299f907020040c00000", false, NAS_INVALID_MANDATORY, 4}, /* short */
	{"7e004179000bf2a9f907020040c000063c", false, NAS_INVALID_MANDATORY, 4}, /* no digit */
	{"7e0044165f0121", true, 0, 0},
	{"7e0044165f01215f0122", true, 0, 0},       /* 7.6.3: repeated */
	{"7e0044167e0003000000160121", true, 0, 0}, /* unknown type 6: skipped */
	{"7e0044167002ffff", true, 0, 0},           /* type 6, two octets of length: cut short */
	{"7e0044163f02ffff5f0121", true, 0, 0},     /* unknown type 4: skipped */
	{"7e004416c15f0121", true, 0, 0},           /* unknown type 1 or 2: skipped */
	{"7e0044165f00160121", true, 0, 0},         /* 7.7.1: short optional */
	{"7e0044160f0121", false, NAS_INVALID_MANDATORY, 4},  /* demands comprehension */
	{"7e0056000200002d", false, NAS_CONDITIONAL_IE, 8},   /* 7.7.2: no RAND, no EAP */
};

static void clause_7_says_what_comes_of_a_wrong_message(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof clause_7 / sizeof *clause_7; i++) {
		uint8_t octets[NAS_OCTETS_MAX];
		struct msg_fault fault = {0, 0, ""};
		struct nas_message m;
		bool good = nas_decode(octets, hex(clause_7[i].octets, octets), &m, &fault);

		if (good != clause_7[i].message || (!good && (fault.cause != clause_7[i].cause ||
		                                              fault.offset != clause_7[i].offset)))
			fail_msg("%s: %d, cause %u at %u: %s", clause_7[i].octets, good, fault.cause,
			         fault.offset, fault.what);
	}
}

static struct nas_registration_reject reject_of(const char *text)
{
	static uint8_t octets[NAS_OCTETS_MAX];
	struct nas_message m;
	struct msg_fault fault;

	assert_true(nas_decode(octets, hex(text, octets), &m, &fault));
	assert_int_equal(m.registration_reject.cause, 22);
	return m.registration_reject;
}

static void of_repeated_fields_the_first_counts_and_an_incorrect_one_is_absent(void **state)
{
	(void)state;
	assert_int_equal(reject_of("7e0044165f01215f0122").t3346.value, 0x21);
	assert_false(reject_of("7e0044165f00160121").t3346.present);
	assert_int_equal(reject_of("7e0044165f00160121").t3502.value, 0x21);
	assert_int_equal(reject_of("7e0044165f022199160121").t3346.value, 0x21); /* longer: spare */
	/* 7.6.2: T3346 stands before T3502 */
	assert_true(reject_of("7e0044161601215f0122").t3502.present);
	assert_false(reject_of("7e0044161601215f0122").t3346.present);
}

static void a_count_is_estimated_from_the_sequence_number(void **state)
{
	(void)state;
	assert_int_equal(nas_estimate_count(0, 0), 0);
	assert_int_equal(nas_estimate_count(5, 5), 5);
	assert_int_equal(nas_estimate_count(5, 9), 9);
	assert_int_equal(nas_estimate_count(0x1fe, 0x02), 0x202); /* the sequence number went round */
	assert_int_equal(nas_estimate_count(5, 4), 0x104); /* a replay: its MAC will not match */
	assert_int_equal(nas_estimate_count(0xffffff, 0), 0);
}

static void null_algorithms_protect_nothing_and_need_no_key(void **state)
{
	(void)state;
	struct crypto *c = crypto_new();
	struct nas_security security = {.null_integrity = true, .null_ciphering = true, .count = 3};
	uint8_t plain[NAS_OCTETS_MAX];
	uint16_t n = live_accept();

	memcpy(plain, out, n);
	assert_int_equal(nas_protect(c, &crypto_suite_real, &security, NAS_CIPHERED, plain, n, out),
	                 n + NAS_SECURITY_HEADER);
	assert_memory_equal(out + 2, "\0\0\0\0\3", 5);
	assert_memory_equal(out + NAS_SECURITY_HEADER, plain, n);
	assert_int_equal(nas_unprotect(c, &crypto_suite_real, &security, out,
	                               (uint16_t)(n + NAS_SECURITY_HEADER), inner), n);
	out[2] = 1;
	assert_int_equal(nas_unprotect(c, &crypto_suite_real, &security, out,
	                               (uint16_t)(n + NAS_SECURITY_HEADER), inner), 0);
	crypto_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_message_of_the_trace_decodes_and_encodes_to_the_same_octets),
		cmocka_unit_test(the_container_of_the_complete_is_the_whole_request),
		cmocka_unit_test(clause_7_says_what_comes_of_a_wrong_message),
		cmocka_unit_test(of_repeated_fields_the_first_counts_and_an_incorrect_one_is_absent),
		cmocka_unit_test(a_count_is_estimated_from_the_sequence_number),
		cmocka_unit_test(null_algorithms_protect_nothing_and_need_no_key),
	};
	return cmocka_run_group_tests(tests, load_live, unload_live);
}
