/* SPDX-License-Identifier: GPL-2.0-or-later */
/* EAP packets: lengths, attributes and their rules, EAP-5G. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/eap_aka.h"
#include "models/msg/eap.h"
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static uint8_t out[EAP_OCTETS_MAX];
static const char snn[] = "5G:mnc070.mcc999.3gppnetwork.org";

static struct eap_packet challenge(void)
{
	struct eap_packet m = {.code = EAP_REQUEST, .identifier = 7, .type = EAP_AKA_PRIME};

	m.aka.subtype = EAP_AKA_CHALLENGE;
	m.aka.has_rand = m.aka.has_autn = m.aka.has_mac = true;
	memset(m.aka.rand, 0x11, 16);
	memset(m.aka.autn, 0x22, 16);
	m.aka.n_kdf = 1;
	m.aka.kdf[0] = EAP_KDF_AKA_PRIME;
	m.aka.kdf_input = (struct eap_octets){(const uint8_t *)snn, sizeof snn - 1};
	return m;
}

static struct eap_packet response(void)
{
	struct eap_packet m = {.code = EAP_RESPONSE, .identifier = 7, .type = EAP_AKA_PRIME};

	m.aka.subtype = EAP_AKA_CHALLENGE;
	m.aka.n_res = 8;
	m.aka.has_mac = true;
	return m;
}

static struct eap_packet read_back(uint16_t n)
{
	struct eap_packet m;
	struct msg_fault fault;

	if (!eap_decode(out, n, &m, &fault))
		fail_msg("cause %u at %u: %s", fault.cause, fault.offset, fault.what);
	return m;
}

/* 8 + RAND 20 + AUTN 20 + KDF 4 + KDF_INPUT 36 + MAC 20; 8 + RES 12 + MAC 20. */
static void a_challenge_has_108_octets_and_its_response_40(void **state)
{
	(void)state;
	struct eap_packet m = challenge(), r = response();

	assert_int_equal(eap_encode(&m, out), 108);
	assert_int_equal(eap_encode(&m, NULL), 108);
	assert_int_equal(eap_encode(&r, out), 40);
}

static void a_challenge_is_read_as_it_was_written(void **state)
{
	(void)state;
	struct eap_packet m = challenge(), back = read_back(eap_encode(&m, out));

	assert_int_equal(back.code, EAP_REQUEST);
	assert_int_equal(back.identifier, 7);
	assert_int_equal(back.aka.subtype, EAP_AKA_CHALLENGE);
	assert_memory_equal(back.aka.rand, m.aka.rand, 16);
	assert_memory_equal(back.aka.autn, m.aka.autn, 16);
	assert_int_equal(back.aka.n_kdf, 1);
	assert_int_equal(back.aka.kdf[0], EAP_KDF_AKA_PRIME);
	assert_int_equal(back.aka.kdf_input.n, 32);
	assert_memory_equal(back.aka.kdf_input.at, snn, 32);
	assert_int_equal(back.aka.mac_at, 92);
	assert_int_equal(eap_mac_at(out, 108), 92);
}

static void at_mac_is_written_and_checked_where_it_stands(void **state)
{
	(void)state;
	struct crypto *c = crypto_new();
	const uint8_t k_aut[32] = {5};
	struct eap_packet m = challenge();
	uint16_t n = eap_encode(&m, out), at = eap_mac_at(out, n);

	assert_true(crypto_eap_mac(c, &crypto_suite_real, k_aut, out, n, at, out + at));
	assert_true(crypto_eap_mac_check(c, &crypto_suite_real, k_aut, out, n, read_back(n).aka.mac_at));
	out[20] ^= 1;
	assert_false(crypto_eap_mac_check(c, &crypto_suite_real, k_aut, out, n, at));
	crypto_free(c);
}

static void a_synchronization_failure_carries_auts(void **state)
{
	(void)state;
	struct eap_packet m = {.code = EAP_RESPONSE, .type = EAP_AKA_PRIME};

	m.aka.subtype = EAP_AKA_SYNCHRONIZATION_FAILURE;
	m.aka.has_auts = true;
	memcpy(m.aka.auts, "0123456789abcd", 14);
	m.aka.n_kdf = 1;
	m.aka.kdf[0] = 1;
	assert_int_equal(eap_encode(&m, out), 8 + 16 + 4);
	assert_memory_equal(read_back(28).aka.auts, "0123456789abcd", 14);
}

/* RFC 9048 3.2: the peer asks for another function by the AT_KDF of its choice alone. */
static void several_functions_are_offered_and_one_is_chosen(void **state)
{
	(void)state;
	struct eap_packet m = challenge(), r = response();

	m.aka.n_kdf = 3;
	memcpy(m.aka.kdf, (const uint16_t[]){2, 1, 3}, 3 * sizeof *m.aka.kdf);
	struct eap_packet back = read_back(eap_encode(&m, out));
	assert_int_equal(back.aka.n_kdf, 3);
	assert_memory_equal(back.aka.kdf, m.aka.kdf, 3 * sizeof *m.aka.kdf);
	r.aka = (struct eap_aka){.subtype = EAP_AKA_CHALLENGE, .n_kdf = 1, .kdf = {1}};
	assert_int_equal(read_back(eap_encode(&r, out)).aka.kdf[0], 1);
}

static void success_and_failure_are_four_octets(void **state)
{
	(void)state;
	struct eap_packet m = {.code = EAP_SUCCESS, .identifier = 9};

	assert_int_equal(eap_encode(&m, out), 4);
	assert_memory_equal(out, "\3\11\0\4", 4);
	assert_int_equal(read_back(4).code, EAP_SUCCESS);
}

static uint16_t hex(const char *text, uint8_t *octets)
{
	uint16_t n = (uint16_t)(strlen(text) / 2);
	for (uint16_t i = 0; i < n; i++) {
		unsigned v;
		assert_int_equal(sscanf(text + 2 * i, "%2x", &v), 1);
		octets[i] = (uint8_t)v;
	}
	return n;
}

static const struct {
	const char *octets;
	bool packet;
	uint8_t cause, offset;
} rules[] = {
	{"030900", false, EAP_DISCARD, 3},                     /* RFC 3748 4.1: short */
	{"0309000500", false, EAP_DISCARD, 4},                 /* 4.2: Success has no data */
	{"01090008", false, EAP_DISCARD, 2},                   /* 4.1: longer than received */
	{"0309000499", true, 0, 0},                            /* 4.1: padding */
	{"05090004", false, EAP_DISCARD, 0},                   /* 4: unknown code */
	{"0109000532", false, EAP_MALFORMED, 5},               /* no subtype */
	{"010900050d", false, EAP_NAK_DUE, 4},                 /* 5.3: EAP-TLS */
	{"0109000832050000", true, 0, 0},                      /* AKA-Identity */
	{"0109000c320500000a010000", true, 0, 0},              /* AT_PERMANENT_ID_REQ */
	{"0109000c3205000032010000", false, EAP_MALFORMED, 8}, /* RFC 4187 8.1: unknown, below 128 */
	{"0109000c32050000f0010000", true, 0, 0},              /* unknown, skippable */
	{"0109000c320500000a000000", false, EAP_MALFORMED, 8}, /* length 0 */
	{"0109000c320500000a020000", false, EAP_MALFORMED, 8}, /* runs over the end */
	{"01090010320500000a0100000a010000", false, EAP_MALFORMED, 12}, /* twice */
	{"0209000832040000", false, EAP_MALFORMED, 8},         /* AT_AUTS missing */
	{"0209000832020000", true, 0, 0},                      /* Authentication-Reject */
	{"0209000c320e000016010000", true, 0, 0},              /* Client-Error */
	{"0109000832030000", false, EAP_MALFORMED, 8},         /* unknown subtype */
	{"0109000efe0028af000000030100", true, 0, 0},          /* TS 24.502: 5G-Start */
	{"0109000efe0028af000000040100", false, EAP_NAK_DUE, 5},
	{"0209000efe0028af000000030400", true, 0, 0},          /* 5G-Stop */
	{"0209000efe0028af000000030900", false, EAP_DISCARD, 12},
	{"02090010fe0028af0000000302000001", false, EAP_DISCARD, 16},
};

static void rules_say_what_comes_of_a_wrong_packet(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		struct msg_fault fault = {0, 0, ""};
		struct eap_packet m;
		bool good = eap_decode(out, hex(rules[i].octets, out), &m, &fault);

		if (good != rules[i].packet || (!good && (fault.cause != rules[i].cause ||
		                                          fault.offset != rules[i].offset)))
			fail_msg("%s: %d, cause %u at %u: %s", rules[i].octets, good, fault.cause,
			         fault.offset, fault.what);
	}
}

/* TS 24.502 9.3.2.2.2: method header 14, AN-parameters 2 + 8 + 5 + 3, NAS PDU 2 + 3. */
static void a_5g_nas_response_carries_an_parameters_and_a_nas_pdu(void **state)
{
	(void)state;
	static const uint8_t nas[3] = {0x7e, 0, 0x43};
	struct eap_packet m = {.code = EAP_RESPONSE, .identifier = 1, .type = EAP_EXPANDED};

	m.five_g = (struct eap_5g){.message = EAP_5G_NAS, .has_guami = true, .has_plmn = true,
		.guami = {0x99, 0xf9, 7, 2, 0, 0x40}, .plmn = {999, 70, 2}, .has_cause = true,
		.establishment_cause = 3, .nas = {nas, 3}};
	assert_int_equal(eap_encode(&m, out), 14 + 2 + 8 + 5 + 3 + 2 + 3);
	struct eap_packet back = read_back(37);
	assert_true(id_plmn_equal(back.five_g.plmn, m.five_g.plmn));
	assert_memory_equal(back.five_g.guami, m.five_g.guami, 6);
	assert_int_equal(back.five_g.establishment_cause, 3);
	assert_int_equal(back.five_g.nas.n, 3);
	assert_memory_equal(back.five_g.nas.at, nas, 3);
	m.code = EAP_REQUEST; /* towards the UE there are no AN-parameters */
	assert_int_equal(eap_encode(&m, out), 14 + 2 + 3);
	assert_int_equal(read_back(19).five_g.nas.n, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_challenge_has_108_octets_and_its_response_40),
		cmocka_unit_test(a_challenge_is_read_as_it_was_written),
		cmocka_unit_test(at_mac_is_written_and_checked_where_it_stands),
		cmocka_unit_test(a_synchronization_failure_carries_auts),
		cmocka_unit_test(several_functions_are_offered_and_one_is_chosen),
		cmocka_unit_test(success_and_failure_are_four_octets),
		cmocka_unit_test(rules_say_what_comes_of_a_wrong_packet),
		cmocka_unit_test(a_5g_nas_response_carries_an_parameters_and_a_nas_pdu),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
