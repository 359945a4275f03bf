/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The modes have the same lengths, successes and failures: each test runs on every suite, with
 * random good inputs and with each kind of bad ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/nia.h"
#include "models/crypto/sign.h"
#include <cmocka.h>
#include <string.h>
#include "tests/unit/models/crypto/suites.h"

enum { TRIALS = 200, SLOW_TRIALS = 40 };

static void a_signature_belongs_to_one_key_and_one_message(const struct crypto_suite *s)
{
	for (int i = 0; i < SLOW_TRIALS; i++) {
		uint8_t key[32], other[32], pub[32], other_pub[32], message[40], signature[64];
		draw(key, 32);
		draw(other, 32);
		draw(message, sizeof message);
		crypto_sign_public(c, s, key, pub);
		crypto_sign_public(c, s, other, other_pub);
		crypto_sign(c, s, key, message, sizeof message, signature);
		assert_true(crypto_verify(c, s, pub, message, sizeof message, signature));
		assert_false(crypto_verify(c, s, other_pub, message, sizeof message, signature));
		assert_false(crypto_verify(c, s, pub, message, sizeof message - 1, signature));
		spoil(message, sizeof message);
		assert_false(crypto_verify(c, s, pub, message, sizeof message, signature));
		crypto_sign(c, s, key, message, sizeof message, signature);
		spoil(signature, 64);
		assert_false(crypto_verify(c, s, pub, message, sizeof message, signature));
	}
}

static void a_mac_belongs_to_one_key_and_one_message(const struct crypto_suite *s)
{
	for (int i = 0; i < TRIALS; i++) {
		uint8_t key[32], message[40], mac[32];
		draw(key, 32);
		draw(message, sizeof message);
		crypto_mac(c, s, key, message, sizeof message, mac);
		assert_true(crypto_mac_check(c, s, key, message, sizeof message, mac));
		spoil(i % 2 ? key : message, 32);
		assert_false(crypto_mac_check(c, s, key, message, sizeof message, mac));
	}
}

static void nas_protection_depends_on_key_count_and_direction(const struct crypto_suite *s)
{
	for (int i = 0; i < TRIALS; i++) {
		uint8_t key[16], message[50], cipher[50], mac[4];
		struct crypto_nas nas = {key, (uint32_t)draw64() & 0xffffff, 1, CRYPTO_UPLINK}, other = nas;
		draw(key, 16);
		draw(message, sizeof message);
		crypto_nia2(c, s, &nas, message, sizeof message, mac);
		assert_true(crypto_nia2_check(c, s, &nas, message, sizeof message, mac));
		other.direction = CRYPTO_DOWNLINK;
		assert_false(crypto_nia2_check(c, s, &other, message, sizeof message, mac));
		other = nas;
		other.count++;
		assert_false(crypto_nia2_check(c, s, &other, message, sizeof message, mac));
		memcpy(cipher, message, sizeof message);
		crypto_nea2(c, s, &nas, cipher, sizeof cipher);
		assert_memory_not_equal(cipher, message, sizeof message);
		crypto_nea2(c, s, &nas, cipher, sizeof cipher);
		assert_memory_equal(cipher, message, sizeof message);
		spoil(message, sizeof message);
		assert_false(crypto_nia2_check(c, s, &nas, message, sizeof message, mac));
	}
}

/* ---- every suite ---- */

#define PROPERTIES(X)                                                                              \
	X(a_signature_belongs_to_one_key_and_one_message)                                             \
	X(a_mac_belongs_to_one_key_and_one_message)                                                   \
	X(nas_protection_depends_on_key_count_and_direction)
PROPERTIES(ON_EVERY)

/* ---- each alone ---- */

/* RFC 8032 7.1 TEST 1 and TEST 2. */
static void ed25519_gives_the_answers_of_rfc_8032(void **state)
{
	(void)state;
	static const uint8_t seed2[32] = {
		0x4c, 0xcd, 0x08, 0x9b, 0x28, 0xff, 0x96, 0xda, 0x9d, 0xb6, 0xc3, 0x46, 0xec, 0x11, 0x4e,
		0x0f, 0x5b, 0x8a, 0x31, 0x9f, 0x35, 0xab, 0xa6, 0x24, 0xda, 0x8c, 0xf6, 0xed, 0x4f, 0xb8,
		0xa6, 0xfb};
	static const uint8_t pub2[32] = {
		0x3d, 0x40, 0x17, 0xc3, 0xe8, 0x43, 0x89, 0x5a, 0x92, 0xb7, 0x0a, 0xa7, 0x4d, 0x1b, 0x7e,
		0xbc, 0x9c, 0x98, 0x2c, 0xcf, 0x2e, 0xc4, 0x96, 0x8c, 0xc0, 0xcd, 0x55, 0xf1, 0x2a, 0xf4,
		0x66, 0x0c};
	static const uint8_t signature2[64] = {
		0x92, 0xa0, 0x09, 0xa9, 0xf0, 0xd4, 0xca, 0xb8, 0x72, 0x0e, 0x82, 0x0b, 0x5f, 0x64, 0x25,
		0x40, 0xa2, 0xb2, 0x7b, 0x54, 0x16, 0x50, 0x3f, 0x8f, 0xb3, 0x76, 0x22, 0x23, 0xeb, 0xdb,
		0x69, 0xda, 0x08, 0x5a, 0xc1, 0xe4, 0x3e, 0x15, 0x99, 0x6e, 0x45, 0x8f, 0x36, 0x13, 0xd0,
		0xf1, 0x1d, 0x8c, 0x38, 0x7b, 0x2e, 0xae, 0xb4, 0x30, 0x2a, 0xee, 0xb0, 0x0d, 0x29, 0x16,
		0x12, 0xbb, 0x0c, 0x00};
	static const uint8_t message2[1] = {0x72};
	uint8_t pub[32], signature[64];

	crypto_sign_public(c, &crypto_suite_real, seed2, pub);
	assert_memory_equal(pub, pub2, 32);
	crypto_sign(c, &crypto_suite_real, seed2, message2, 1, signature);
	assert_memory_equal(signature, signature2, 64);
	assert_true(crypto_verify(c, &crypto_suite_real, pub2, message2, 1, signature2));
}

static void remembered_keys_are_not_mixed_up(void **state)
{
	(void)state;
	uint8_t seed1[32], seed2[32], pub1[32], pub2[32], again[32];
	draw(seed1, 32);
	memcpy(seed2, seed1, 32);
	seed2[0] ^= 1; /* same slot of the memory, another key */
	crypto_sign_public(c, &crypto_suite_real, seed1, pub1);
	crypto_sign_public(c, &crypto_suite_real, seed2, pub2);
	crypto_suite_real.dh_public(c, seed1, again);
	assert_memory_not_equal(again, pub1, 32);
	assert_memory_not_equal(pub1, pub2, 32);
	crypto_sign_public(c, &crypto_suite_real, seed1, again);
	assert_memory_equal(again, pub1, 32);
}

/* Reference: the same function written in Python, tests/unit/models/crypto/stand_in.py. */
static void the_stand_in_folds_products_of_tagged_fields(void **state)
{
	(void)state;
	static const uint8_t reference[32] = {
		0x49, 0xb9, 0x82, 0x22, 0x36, 0x7b, 0x84, 0x00, 0x2a, 0xc9, 0x6c, 0xe2, 0x7e, 0xcf, 0xa7,
		0xb9, 0x7e, 0x1c, 0xb0, 0x56, 0x02, 0x33, 0x62, 0x1b, 0xca, 0x5e, 0xb2, 0xbd, 0xfe, 0x13,
		0x34, 0x4c};
	uint8_t out[32];
	crypto_hash(c, &crypto_suite_cost, "two surgeons, two twins", 23, out);
	assert_memory_equal(out, reference, 32);
}

/* Of 256 x FLIPS bits; bounds are five standard deviations of fair coins. */
static void a_turned_bit_of_input_turns_half_of_the_stand_ins_output(void **state)
{
	enum { FLIPS = 4096, MEAN = FLIPS / 2, FIVE_SIGMA = 160 };
	uint32_t turned[256] = {0}, all = 0;

	(void)state;
	for (int i = 0; i < FLIPS; i++) {
		uint8_t in[80], before[32], after[32];
		size_t n = 1 + draw64() % sizeof in;
		draw(in, n);
		crypto_hash(c, &crypto_suite_cost, in, n, before);
		spoil(in, n);
		crypto_hash(c, &crypto_suite_cost, in, n, after);
		for (int bit = 0; bit < 256; bit++)
			turned[bit] += (before[bit / 8] ^ after[bit / 8]) >> bit % 8 & 1;
	}
	for (int bit = 0; bit < 256; bit++) {
		assert_in_range(turned[bit], MEAN - FIVE_SIGMA, MEAN + FIVE_SIGMA);
		all += turned[bit];
	}
	assert_in_range(all, 256 * MEAN - 16 * FIVE_SIGMA, 256 * MEAN + 16 * FIVE_SIGMA);
}

static void the_stand_in_tells_lengths_and_fields_apart(void **state)
{
	static const uint8_t zeros[100];
	uint8_t out[sizeof zeros + 1][32];

	(void)state;
	for (size_t n = 0; n <= sizeof zeros; n++) {
		crypto_hash(c, &crypto_suite_cost, zeros, n, out[n]);
		for (size_t i = 0; i < n; i++)
			assert_memory_not_equal(out[i], out[n], 8);
	}
	crypto_suite_cost.mac(c, "ab", 2, "c", 1, out[0]);
	crypto_suite_cost.mac(c, "a", 1, "bc", 2, out[1]);
	assert_memory_not_equal(out[0], out[1], 8);
}

static void the_meter_is_silent_until_it_is_switched_on(void **state)
{
	(void)state;
	uint8_t out[32];
	crypto_hash(c, &crypto_suite_real, "", 0, out);
	assert_int_equal(crypto_spent_ns(c), 0);
}

static void the_meter_counts_each_operation_with_a_public_key_and_some_of_the_others(void **state)
{
	(void)state;
	uint8_t octets[32] = {1}, out[32];
	crypto_meter(c, true);
	crypto_sign_public(c, &crypto_suite_real, octets, out);
	int64_t after_one = crypto_spent_ns(c);
	assert_true(after_one > 0);
	for (int i = 0; i < 100; i++)
		crypto_hash(c, &crypto_suite_cost, octets, sizeof octets, out);
	crypto_sign_public(c, &crypto_suite_cost, octets, out);
	assert_int_equal(crypto_spent_ns(c), after_one);
	for (int i = 0; i < 100; i++)
		crypto_hash(c, &crypto_suite_real, octets, sizeof octets, out);
	assert_true(crypto_spent_ns(c) > after_one);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROPERTIES(TEST_ON_EVERY)
		TEST(ed25519_gives_the_answers_of_rfc_8032),
		TEST(remembered_keys_are_not_mixed_up),
		TEST(the_stand_in_folds_products_of_tagged_fields),
		TEST(a_turned_bit_of_input_turns_half_of_the_stand_ins_output),
		TEST(the_stand_in_tells_lengths_and_fields_apart),
		TEST(the_meter_is_silent_until_it_is_switched_on),
		TEST(the_meter_counts_each_operation_with_a_public_key_and_some_of_the_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
