/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/dt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void af_id_is_fqdn_and_protocol_identifier(void **state)
{
	uint8_t af_id[DT_AF_ID_MAX];

	(void)state;
	uint32_t n = dt_af_id("999", "70", af_id);
	assert_int_equal(n, 37 + 5);
	assert_memory_equal(af_id, "dtf.5gc.mnc070.mcc999.3gppnetwork.org\x01\x00\x01\x13\x01", n);
	n = dt_af_id("310", "260", af_id);
	assert_memory_equal(af_id, "dtf.5gc.mnc260.mcc310", 21);
}

static void an_msin_comes_back_from_its_coding(void **state)
{
	const uint64_t msin[] = {0, 1, 42, 1234567890, UINT64_C(9999999999)};
	uint8_t coded[DT_MSIN_OCTETS];
	uint64_t back;

	(void)state;
	for (size_t i = 0; i < sizeof msin / sizeof *msin; i++) {
		dt_msin_encode(msin[i], coded);
		assert_true(dt_msin_decode(coded, &back));
		assert_int_equal(back, msin[i]);
	}
	dt_msin_encode(1234567890, coded);
	assert_memory_equal(coded, "\x12\x34\x56\x78\x90", 5);
}

static void a_nibble_that_is_no_digit_is_no_msin(void **state)
{
	uint64_t back;

	(void)state;
	assert_false(dt_msin_decode((const uint8_t[]){0x12, 0x3a, 0, 0, 0}, &back));
	assert_false(dt_msin_decode((const uint8_t[]){0xa2, 0x30, 0, 0, 0}, &back));
}

/* No signature made for one purpose is valid for another: no text begins as another does. */
static void labels_are_prefix_free(void **state)
{
	static const uint8_t zero[64];
	static const struct msg msg;
	static const struct msg_assertion assertion;
	const struct dt_text text[] = {
		dt_text_session(zero, zero),
		dt_text_session_answer(zero, zero, zero, 0),
		dt_text_request(&msg, zero),
		dt_text_answer(&msg, zero),
		dt_text_owner(zero, zero, zero),
		dt_text_binding(zero, 0, zero),
		dt_text_pseudonym(0, zero),
		dt_text_salt(0, zero),
		dt_text_commitment(zero, zero),
		dt_text_seal(0, zero, zero),
		dt_text_assertion(&assertion),
		dt_text_mint(zero, zero),
		dt_text_block(0, zero, zero),
		dt_text_final(zero, 0, zero),
		dt_text_challenge(0, zero, zero, 0),
		dt_text_possession(0, zero, zero, &assertion),
		dt_text_admit(0, zero, zero, zero),
		dt_text_leave(0, zero, zero),
	};
	const size_t n = sizeof text / sizeof *text;

	(void)state;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			if (i != j)
				assert_string_not_equal((const char *)text[i].octets,
				                        (const char *)text[j].octets);
}

static void an_assertion_is_signed_over_every_field(void **state)
{
	const struct msg_assertion plain = {.sealed_n = 45};
	struct msg_assertion changed[7];

	(void)state;
	for (int i = 0; i < 7; i++)
		changed[i] = plain;
	changed[0].pseudonym[15] = 1;
	changed[1].holder_key[31] = 1;
	changed[2].commitment[31] = 1;
	changed[3].hospital = 1;
	changed[4].not_after_ns = 1;
	changed[5].sealed_n = 44;
	changed[6].sealed[44] = 1;
	const struct dt_text a = dt_text_assertion(&plain);
	for (int i = 0; i < 7; i++) {
		const struct dt_text b = dt_text_assertion(&changed[i]);
		assert_true(a.n != b.n || memcmp(a.octets, b.octets, a.n) != 0);
	}
}

static void a_cause_has_a_text_and_another_number_none(void **state)
{
	(void)state;
	assert_string_equal(dt_cause_text(DT_CAUSE_EXPIRED), "the assertion is not valid any more");
	assert_null(dt_cause_text(0));
	assert_null(dt_cause_text(20));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(af_id_is_fqdn_and_protocol_identifier),
		cmocka_unit_test(an_msin_comes_back_from_its_coding),
		cmocka_unit_test(a_nibble_that_is_no_digit_is_no_msin),
		cmocka_unit_test(labels_are_prefix_free),
		cmocka_unit_test(an_assertion_is_signed_over_every_field),
		cmocka_unit_test(a_cause_has_a_text_and_another_number_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
