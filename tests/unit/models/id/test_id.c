/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/id/guti.h"
#include "models/id/name.h"
#include "models/id/suci.h"
#include "models/id/supi.h"
#include <cmocka.h>
#include <string.h>

static void a_plmn_with_two_digits_of_mnc_is_filled_with_f(void **state)
{
	(void)state;
	struct id_plmn plmn, back;
	uint8_t octets[3];
	static const uint8_t open5gs[3] = {0x99, 0xf9, 0x07}; /* live registration, 999-70 */

	assert_true(id_plmn_parse("999", "70", &plmn));
	id_plmn_encode(plmn, octets);
	assert_memory_equal(octets, open5gs, 3);
	assert_true(id_plmn_decode(octets, &back));
	assert_true(id_plmn_equal(plmn, back));
}

static void every_plmn_survives_coding(void **state)
{
	(void)state;
	for (uint16_t mcc = 0; mcc < 1000; mcc += 7)
		for (uint16_t mnc = 0; mnc < 1000; mnc++)
			for (uint8_t digits = mnc < 100 ? 2 : 3; digits <= 3; digits++) {
				struct id_plmn plmn = {mcc, mnc, digits}, back;
				uint8_t octets[3];
				id_plmn_encode(plmn, octets);
				assert_true(id_plmn_decode(octets, &back));
				assert_true(id_plmn_equal(plmn, back));
			}
}

static void a_plmn_of_wrong_digits_is_refused(void **state)
{
	(void)state;
	struct id_plmn plmn;
	static const uint8_t hexadecimal[3] = {0x9a, 0xf9, 0x07}, f_inside[3] = {0x99, 0xf9, 0xf7};

	assert_false(id_plmn_parse("99", "70", &plmn));
	assert_false(id_plmn_parse("999", "7", &plmn));
	assert_false(id_plmn_parse("999", "7000", &plmn));
	assert_false(id_plmn_parse("99x", "70", &plmn));
	assert_false(id_plmn_decode(hexadecimal, &plmn));
	assert_false(id_plmn_decode(f_inside, &plmn));
}

static void a_supi_is_written_as_it_was_read(void **state)
{
	(void)state;
	struct id_supi supi;
	char text[ID_SUPI_TEXT];

	assert_true(id_supi_parse("001010000000042", 2, &supi));
	assert_int_equal(supi.msin, 42);
	assert_int_equal(supi.msin_digits, 10);
	assert_int_equal(id_supi_text(supi, text), 15);
	assert_string_equal(text, "001010000000042");
	assert_true(id_supi_parse("310260780553060", 3, &supi));
	id_supi_text(supi, text);
	assert_string_equal(text, "310260780553060");
}

static void a_supi_of_wrong_length_or_letters_is_refused(void **state)
{
	(void)state;
	struct id_supi supi;
	assert_false(id_supi_parse("00101", 2, &supi));
	assert_false(id_supi_parse("0010100000000421", 2, &supi));
	assert_false(id_supi_parse("00101000000004a", 2, &supi));
	assert_false(id_supi_parse("001010000000042", 4, &supi));
	assert_false(id_supi_parse("", 2, &supi));
}

/* TS 33.501 C.4.2.1: IMSI 274012001002086, scheme input 00012080f6. */
static void an_odd_msin_is_filled_with_f(void **state)
{
	(void)state;
	static const uint8_t annex_c[5] = {0x00, 0x01, 0x20, 0x80, 0xf6};
	struct id_supi supi, back;
	uint8_t bcd[ID_MSIN_BCD_MAX];

	assert_true(id_supi_parse("274012001002086", 3, &supi));
	assert_int_equal(id_msin_encode(supi, bcd), 5);
	assert_memory_equal(bcd, annex_c, 5);
	assert_true(id_msin_decode(bcd, 5, &back));
	assert_true(back.msin == supi.msin);
	assert_int_equal(back.msin_digits, 9);
}

static void an_msin_that_is_no_bcd_is_refused(void **state)
{
	(void)state;
	struct id_supi supi;
	static const uint8_t letter[5] = {0x00, 0xa1, 0, 0, 0}, f_inside[5] = {0xf0, 1, 0, 0, 0};
	assert_false(id_msin_decode(letter, 5, &supi));
	assert_false(id_msin_decode(f_inside, 5, &supi));
	assert_false(id_msin_decode(f_inside, 0, &supi));
}

static void a_suci_survives_coding_with_any_routing_indicator(void **state)
{
	(void)state;
	static const uint16_t indicator[] = {0, 7, 12, 678, 9999};
	static const uint8_t digits[] = {1, 1, 2, 3, 4};

	for (int i = 0; i < 5; i++) {
		struct id_suci suci = {.plmn = {999, 70, 2}, .routing_indicator = indicator[i],
		                       .routing_digits = digits[i], .scheme = ID_SCHEME_A, .key_id = 1,
		                       .n = 45}, back;
		uint8_t octets[ID_SUCI_OCTETS_MAX];
		memset(suci.output, 0x5a, suci.n);
		assert_int_equal(id_suci_encode(&suci, octets), 53); /* TS 33.501 C.1: profile A */
		assert_true(id_suci_decode(octets, 53, &back));
		assert_int_equal(back.routing_indicator, indicator[i]);
		assert_int_equal(back.routing_digits, digits[i]);
		assert_int_equal(back.scheme, ID_SCHEME_A);
		assert_int_equal(back.key_id, 1);
		assert_int_equal(back.n, 45);
		assert_memory_equal(back.output, suci.output, 45);
	}
}

static void a_malformed_suci_is_refused(void **state)
{
	(void)state;
	struct id_suci suci = {.plmn = {1, 1, 2}, .routing_digits = 1, .n = 5}, back;
	uint8_t octets[ID_SUCI_OCTETS_MAX], n = id_suci_encode(&suci, octets);
	static const struct {
		uint8_t at, value;
	} broken[] = {{0, 2}, {1, 0xaa}, {4, 0xff}, {5, 0x0f}, {6, 3}};

	assert_false(id_suci_decode(octets, ID_SUCI_HEAD, &back));
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		uint8_t saved = octets[broken[i].at];
		octets[broken[i].at] = broken[i].value;
		assert_false(id_suci_decode(octets, n, &back));
		octets[broken[i].at] = saved;
	}
	assert_true(id_suci_decode(octets, n, &back));
}

static void a_guti_is_coded_as_open5gs_codes_it(void **state)
{
	(void)state;
	/* live registration: AMF 02, set 1, pointer 0 */
	static const uint8_t live[11] = {0xf2, 0x99, 0xf9, 0x07, 0x02, 0x00, 0x40,
	                                 0xc0, 0x00, 0x06, 0x3c};
	static const uint8_t live_s_tmsi[7] = {0xf4, 0x00, 0x40, 0xc0, 0x00, 0x06, 0x3c};
	struct id_guti guti = {{999, 70, 2}, 2, 1, 0, 0xc000063c}, back;
	uint8_t octets[11];

	id_guti_encode(guti, octets);
	assert_memory_equal(octets, live, 11);
	assert_true(id_guti_decode(octets, &back));
	assert_int_equal(back.amf_region, 2);
	assert_int_equal(back.amf_set, 1);
	assert_int_equal(back.amf_pointer, 0);
	assert_int_equal(back.tmsi, 0xc000063c);
	id_s_tmsi_encode(guti, octets);
	assert_memory_equal(octets, live_s_tmsi, 7);
	octets[0] = 0xf4;
	assert_false(id_guti_decode(octets, &back));
}

static void a_serving_network_name_pads_the_mnc(void **state)
{
	(void)state;
	char text[ID_SNN_TEXT];
	id_snn_text((struct id_plmn){999, 70, 2}, text);
	assert_string_equal(text, "5G:mnc070.mcc999.3gppnetwork.org");
	id_snn_text((struct id_plmn){1, 1, 3}, text);
	assert_string_equal(text, "5G:mnc001.mcc001.3gppnetwork.org");
}

static void an_a_kid_names_routing_indicator_a_tid_and_home(void **state)
{
	(void)state;
	char text[ID_AKID_TEXT];
	uint8_t a_tid[32];

	memset(a_tid, 0xa5, sizeof a_tid);
	id_akid_text((struct id_plmn){999, 70, 2}, 12, 4, a_tid, text);
	assert_string_equal(text, "0012a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5"
	                          "@5gc.mnc070.mcc999.3gppnetwork.org");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plmn_with_two_digits_of_mnc_is_filled_with_f),
		cmocka_unit_test(every_plmn_survives_coding),
		cmocka_unit_test(a_plmn_of_wrong_digits_is_refused),
		cmocka_unit_test(a_supi_is_written_as_it_was_read),
		cmocka_unit_test(a_supi_of_wrong_length_or_letters_is_refused),
		cmocka_unit_test(an_odd_msin_is_filled_with_f),
		cmocka_unit_test(an_msin_that_is_no_bcd_is_refused),
		cmocka_unit_test(a_suci_survives_coding_with_any_routing_indicator),
		cmocka_unit_test(a_malformed_suci_is_refused),
		cmocka_unit_test(a_guti_is_coded_as_open5gs_codes_it),
		cmocka_unit_test(a_serving_network_name_pads_the_mnc),
		cmocka_unit_test(an_a_kid_names_routing_indicator_a_tid_and_home),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
