/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SUCI as NAI. The texts are shaped after the examples of TS 23.003 28.7.3. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/id/nai.h"
#include "models/id/supi.h"
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#define KEY_32 "e9b9916c911f448d8792e6b2f387f85d3ecab9040049427d9edad5431b0bc711"
#define IMSI_REALM "@nai.5gc.mnc015.mcc234.3gppnetwork.org"

static const char *const good[] = {
	"type0.rid0.schid0.userid0999999999" IMSI_REALM,
	"type0.rid678.schid1.hnkey27.ecckey" KEY_32 ".cip023be9fdf0.mac1122334455667788" IMSI_REALM,
	"type0.rid0678.schid2.hnkey255.ecckey02" KEY_32 ".cip023be9fdf0.mac1122334455667788" IMSI_REALM,
	"type1.rid678.schid0.useriduser17@example.com",
	"type1.rid678.schid1.hnkey27.ecckey" KEY_32 ".cip75736572.mac1122334455667788@example.com",
};

static void every_form_is_written_as_it_was_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct id_nai nai;
		char text[ID_NAI_TEXT];

		if (!id_nai_decode(good[i], strlen(good[i]), &nai))
			fail_msg("not read: %s", good[i]);
		assert_int_equal(id_nai_encode(&nai, text), strlen(good[i]));
		assert_string_equal(text, good[i]);
	}
}

static void a_suci_of_an_imsi_survives_the_form(void **state)
{
	(void)state;
	static const uint8_t octets[3] = {5, 45, 46};

	for (size_t i = 0; i < 3; i++) {
		struct id_nai nai, again;
		struct id_suci suci;
		char text[ID_NAI_TEXT];

		assert_true(id_nai_decode(good[i], strlen(good[i]), &nai));
		assert_true(id_nai_to_suci(&nai, 2, &suci));
		assert_int_equal(suci.plmn.mcc, 234);
		assert_int_equal(suci.plmn.mnc, 15);
		assert_int_equal(suci.n, octets[i]);
		id_nai_of_suci(&suci, &again);
		id_nai_encode(&again, text);
		assert_string_equal(text, good[i]);
	}
}

static void a_network_specific_identifier_is_no_imsi(void **state)
{
	(void)state;
	struct id_nai nai;
	struct id_suci suci;

	assert_true(id_nai_decode(good[3], strlen(good[3]), &nai));
	assert_memory_equal(nai.output, "user17", 6);
	assert_string_equal(nai.realm, "example.com");
	assert_false(id_nai_to_suci(&nai, 2, &suci));
}

static void a_wrong_text_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"", "type", "type0", "type2.rid0.schid0.useridx@y", "type0.rid.schid0.userid1" IMSI_REALM,
		"type0.rid00000.schid0.userid1" IMSI_REALM, "type0.rid0.schid3.userid1" IMSI_REALM,
		"type0.rid0.schid0.useridabc" IMSI_REALM, "type0.rid0.schid0.userid" IMSI_REALM,
		"type0.rid0.schid0.userid1", "type0.rid0.schid0.userid1@",
		"type1.rid0.schid1.hnkey256.ecckey" KEY_32 ".cip00.mac1122334455667788@a",
		"type1.rid0.schid1.hnkey1.ecckey00" KEY_32 ".cip00.mac1122334455667788@a",
		"type1.rid0.schid1.hnkey1.ecckey" KEY_32 ".cip.mac1122334455667788@a",
		"type1.rid0.schid1.hnkey1.ecckey" KEY_32 ".cip00.mac11223344556677@a",
	};
	struct id_nai nai;

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (id_nai_decode(wrong[i], strlen(wrong[i]), &nai))
			fail_msg("read: %s", wrong[i]);
}

/* In memory of its exact size. */
static void every_truncation_and_every_flipped_bit_stays_within_bounds(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		size_t length = strlen(good[i]);
		struct id_nai nai;
		struct id_suci suci;
		char text[ID_NAI_TEXT];

		for (size_t n = 0; n <= length; n++)
			for (int bit = 0; bit < 8; bit++) {
				char *copy = malloc(n + 1);

				assert_non_null(copy);
				memcpy(copy, good[i], n);
				if (n)
					copy[n * 7 / 11] ^= (char)(1 << bit);
				copy = realloc(copy, n ? n : 1);
				assert_non_null(copy);
				if (id_nai_decode(copy, n, &nai)) {
					id_nai_encode(&nai, text);
					id_nai_to_suci(&nai, 3, &suci);
				}
				free(copy);
			}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_is_written_as_it_was_read),
		cmocka_unit_test(a_suci_of_an_imsi_survives_the_form),
		cmocka_unit_test(a_network_specific_identifier_is_no_imsi),
		cmocka_unit_test(a_wrong_text_is_refused),
		cmocka_unit_test(every_truncation_and_every_flipped_bit_stays_within_bounds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
