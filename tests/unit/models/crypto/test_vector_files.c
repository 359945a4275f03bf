/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a file of known answers must be, and that a wrong one fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/vectors.h"
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* RFC 4231 test case 2 (HMAC-SHA-256 of "what do ya want for nothing?" by "Jefe"). */
#define HEAD "{\"source\": \"here\", \"cases\": [{\"name\": \"a case\", "
#define IN "\"in\": {\"key\": \"4a656665\", \"message\": "                                         \
	"\"7768617420646f2079612077616e7420666f72206e6f7468696e673f\"}, "
#define MAC "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384"
#define TAIL "}]}"

static struct {
	uint32_t passed, failed;
	char why[512];
	struct sim_err err;
} seen;

static void note(void *to, const struct crypto_vector_case *one)
{
	(void)to;
	seen.passed += one->passed;
	seen.failed += !one->passed;
	snprintf(seen.why, sizeof seen.why, "%s", one->why);
}

static enum sim_code run(const char *text)
{
	static const struct crypto_vector_report report = {note, NULL};
	char path[] = "/tmp/vectors-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	memset(&seen, 0, sizeof seen);
	enum sim_code code = crypto_vectors_run(path, &report, &seen.err);
	unlink(path);
	return code;
}

static void assert_fails(const char *text, const char *why)
{
	assert_int_equal(run(text), SIM_OK);
	assert_int_equal(seen.passed, 0);
	assert_int_equal(seen.failed, 1);
	if (!strstr(seen.why, why))
		fail_msg("`%s` does not say `%s`", seen.why, why);
}

static void assert_refused(const char *text, const char *why)
{
	assert_int_equal(run(text), SIM_E_INPUT);
	assert_int_equal(seen.passed + seen.failed, 0);
	if (!strstr(seen.err.text, why))
		fail_msg("`%s` does not say `%s`", seen.err.text, why);
}

static void a_right_answer_passes(void **state)
{
	(void)state;
	assert_int_equal(run(HEAD IN "\"out\": {\"hmac_sha256\": \"" MAC "3\"}" TAIL), SIM_OK);
	assert_int_equal(seen.passed, 1);
	assert_int_equal(seen.failed, 0);
	assert_string_equal(seen.why, "");
}

static void a_wrong_answer_fails(void **state)
{
	(void)state;
	assert_fails(HEAD IN "\"out\": {\"hmac_sha256\": \"" MAC "2\"}" TAIL,
	             "hmac_sha256 is 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843, "
	             "expected 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3842");
}

static void an_answer_of_another_length_fails(void **state)
{
	(void)state;
	assert_fails(HEAD IN "\"out\": {\"hmac_sha256\": \"5bdc\"}" TAIL, "expected 5bdc");
	assert_fails(HEAD IN "\"out\": {\"hmac_sha256\": \"" MAC "300\"}" TAIL, "hmac_sha256 is");
	assert_fails(HEAD IN "\"out\": {\"hmac_sha256\": \"\"}" TAIL, "expected nothing");
}

static void an_output_that_is_not_known_fails(void **state)
{
	(void)state;
	assert_fails(HEAD IN "\"out\": {\"hmac_sha256\": \"" MAC "3\", \"kfoo\": \"00\"}" TAIL,
	             "kfoo is not known");
}

static void an_output_whose_inputs_are_missing_fails(void **state)
{
	(void)state;
	assert_fails(HEAD IN "\"out\": {\"kamf\": \"00\"}" TAIL, "kamf is not known, or its inputs");
	/* AES-CMAC wants a key of 16 octets, and here are four */
	assert_fails(HEAD IN "\"out\": {\"cmac\": \"00\"}" TAIL, "cmac is not known, or its inputs");
}

static void a_case_without_outputs_fails(void **state)
{
	(void)state;
	assert_fails(HEAD IN "\"out\": {}" TAIL, "no outputs");
}

static void every_wrong_output_is_named(void **state)
{
	(void)state;
	assert_fails(HEAD IN "\"out\": {\"one\": \"00\", \"two\": \"00\"}" TAIL, "one is not known");
	assert_non_null(strstr(seen.why, "; two is not known"));
}

static void an_odd_number_of_digits_is_refused(void **state)
{
	(void)state;
	assert_refused(HEAD IN "\"out\": {\"hmac_sha256\": \"" MAC "\"}" TAIL,
	               "case `a case`: out.hmac_sha256 has an odd number of hexadecimal digits: 63");
	assert_refused(HEAD "\"in\": {\"key\": \"4a6\"}, \"out\": {\"cmac\": \"00\"}" TAIL,
	               "in.key has an odd number of hexadecimal digits: 3");
}

static void a_key_of_the_wrong_length_is_refused(void **state)
{
	(void)state;
	assert_refused(HEAD "\"in\": {\"kgnb\": \"00\"}, \"out\": {\"krrc_enc\": \"00\"}" TAIL,
	               "in.kgnb has 1 octets, not 32");
}

static void values_of_another_form_are_refused(void **state)
{
	(void)state;
	assert_refused(HEAD IN "\"out\": {\"hmac_sha256\": \"5g\"}" TAIL, "is not hexadecimal");
	assert_refused(HEAD IN "\"out\": {\"hmac_sha256\": 5}" TAIL, "is not hexadecimal");
	assert_refused(HEAD "\"in\": {\"count\": \"xyz\"}, \"out\": {\"cmac\": \"00\"}" TAIL,
	               "in.count is no number");
	assert_refused(HEAD "\"in\": {\"count\": 4294967296}, \"out\": {\"cmac\": \"00\"}" TAIL,
	               "in.count is no number of 32 bits");
	assert_refused(HEAD "\"in\": {\"alg\": 5}, \"out\": {\"cmac\": \"00\"}" TAIL,
	               "in.alg is no text");
}

/* A text of a file reaches the key derivation, whose input is bounded. */
static void a_text_without_end_is_refused(void **state)
{
	(void)state;
	char text[2000];
	snprintf(text, sizeof text, HEAD
	         "\"in\": {\"snn\": \"%0201d\", \"ck\": \"%032d\", \"ik\": \"%032d\", \"ak\": "
	         "\"%012d\", \"sqn\": \"%012d\"}, \"out\": {\"kausf_5gaka\": \"00\"}" TAIL,
	         0, 0, 0, 0, 0);
	assert_refused(text, "in.snn is longer than 200 octets");
}

static void what_is_no_file_of_known_answers_is_refused(void **state)
{
	(void)state;
	assert_refused("", ":1:");
	assert_refused("{\"cases\": [", "no JSON");
	assert_refused("[]", "found no \"cases\"");
	assert_refused("{\"cases\": {}}", "found no \"cases\"");
	assert_refused("{\"cases\": []}", "found no \"cases\"");
	assert_refused("{\"cases\": [5]}", "case `number 1`: a case has a text \"name\"");
	assert_refused("{\"cases\": [{\"name\": \"x\", \"in\": {}}]}", "case `x`: a case has a text");
	assert_refused("{\"cases\": 1, \"cases\": 1}", "no JSON");
}

static void a_file_that_cannot_be_read_is_said_so(void **state)
{
	(void)state;
	static const struct crypto_vector_report report = {note, NULL};
	struct sim_err err;
	assert_int_equal(crypto_vectors_run("/nowhere/x.json", &report, &err), SIM_E_INPUT);
	assert_string_equal(err.text, "/nowhere/x.json: No such file or directory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_right_answer_passes),
		cmocka_unit_test(a_wrong_answer_fails),
		cmocka_unit_test(an_answer_of_another_length_fails),
		cmocka_unit_test(an_output_that_is_not_known_fails),
		cmocka_unit_test(an_output_whose_inputs_are_missing_fails),
		cmocka_unit_test(a_case_without_outputs_fails),
		cmocka_unit_test(every_wrong_output_is_named),
		cmocka_unit_test(an_odd_number_of_digits_is_refused),
		cmocka_unit_test(a_key_of_the_wrong_length_is_refused),
		cmocka_unit_test(values_of_another_form_are_refused),
		cmocka_unit_test(a_text_without_end_is_refused),
		cmocka_unit_test(what_is_no_file_of_known_answers_is_refused),
		cmocka_unit_test(a_file_that_cannot_be_read_is_said_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
