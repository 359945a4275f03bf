/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Published known answers (tests/vector/data/, each file names its source), all of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/vectors.h"
#include <cmocka.h>

struct count {
	uint32_t cases, outputs;
};

static void add(void *to, const struct crypto_vector_case *one)
{
	struct count *count = to;

	if (!one->passed)
		fail_msg("%s: %s", one->name, one->why);
	count->cases++;
	count->outputs += one->outputs;
}

/* The number of answers is fixed, so that a truncated file cannot pass. */
static void run_file(const char *path, uint32_t cases, uint32_t outputs)
{
	struct count count = {0, 0};
	struct crypto_vector_report report = {add, &count};
	struct sim_err err;

	if (crypto_vectors_run(path, &report, &err) != SIM_OK)
		fail_msg("%s", err.text);
	assert_int_equal(count.cases, cases);
	assert_int_equal(count.outputs, outputs);
}

static void milenage_gives_the_answers_of_ts_35_207_and_35_208(void **state)
{
	(void)state;
	run_file("tests/vector/data/milenage.json", 26, 26 * 8);
}

static void tuak_gives_the_answers_of_ts_35_233(void **state)
{
	(void)state;
	run_file("tests/vector/data/tuak.json", 6, 6 * 8);
}

static void suci_schemes_give_the_answers_of_ts_33_501_c_4(void **state)
{
	(void)state;
	run_file("tests/vector/data/suci.json", 6, 2 + 2 * (9 + 8));
}

static void eap_aka_prime_gives_the_answers_of_rfc_5448(void **state)
{
	(void)state;
	run_file("tests/vector/data/eap_aka_prime.json", 4, 4 * 8);
}

static void the_5g_aka_chain_gives_the_answers_of_its_implementers(void **state)
{
	(void)state;
	run_file("tests/vector/data/kdf_5g.json", 8, 70);
}

static void nea2_and_nia2_give_the_answers_of_ts_33_401(void **state)
{
	(void)state;
	run_file("tests/vector/data/nea2_nia2.json", 14, 14);
}

static void cmac_and_hmac_give_the_answers_of_their_rfcs(void **state)
{
	(void)state;
	run_file("tests/vector/data/primitives.json", 5, 5);
}

static void five_independent_programs_agree_with_us(void **state)
{
	(void)state;
	run_file("tests/vector/data/cross_implementation.json", 3, 3 * 59);
}

static void prins_gives_the_answers_of_its_rfcs(void **state)
{
	(void)state;
	run_file("tests/vector/data/prins.json", 7, 1 + 8 + 3 * 2 + 2 * 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(milenage_gives_the_answers_of_ts_35_207_and_35_208),
		cmocka_unit_test(tuak_gives_the_answers_of_ts_35_233),
		cmocka_unit_test(suci_schemes_give_the_answers_of_ts_33_501_c_4),
		cmocka_unit_test(eap_aka_prime_gives_the_answers_of_rfc_5448),
		cmocka_unit_test(the_5g_aka_chain_gives_the_answers_of_its_implementers),
		cmocka_unit_test(nea2_and_nia2_give_the_answers_of_ts_33_401),
		cmocka_unit_test(cmac_and_hmac_give_the_answers_of_their_rfcs),
		cmocka_unit_test(five_independent_programs_agree_with_us),
		cmocka_unit_test(prins_gives_the_answers_of_its_rfcs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
