/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PRINS, on every suite: who has the key opens, who signed is believed, nobody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/prins.h"
#include <cmocka.h>
#include <string.h>
#include "tests/unit/models/crypto/suites.h"

enum { TRIALS = 40 };

/* ---- AES-128-GCM ---- */

struct sealed {
	uint8_t key[16], iv[12], aad[30], plain[50], data[50], tag[16];
};

static struct sealed seal(const struct crypto_suite *s)
{
	struct sealed x;

	draw(&x, sizeof x);
	memcpy(x.data, x.plain, sizeof x.data);
	crypto_gcm_seal(c, s, x.key, x.iv, x.aad, sizeof x.aad, x.data, sizeof x.data, x.tag);
	return x;
}

static bool opens(const struct crypto_suite *s, struct sealed x)
{
	bool ok = crypto_gcm_open(c, s, x.key, x.iv, x.aad, sizeof x.aad, x.data, sizeof x.data, x.tag);

	return ok && memcmp(x.data, x.plain, sizeof x.plain) == 0;
}

static void what_was_sealed_opens_under_the_same_key(const struct crypto_suite *s)
{
	for (int i = 0; i < TRIALS; i++) {
		struct sealed x = seal(s);
		assert_memory_not_equal(x.data, x.plain, sizeof x.plain);
		assert_true(opens(s, x));
	}
}

static void a_turned_bit_anywhere_keeps_it_shut(const struct crypto_suite *s)
{
	for (int i = 0; i < TRIALS; i++)
		for (int what = 0; what < 5; what++) {
			struct sealed x = seal(s);
			uint8_t *victim[] = {x.key, x.iv, x.aad, x.data, x.tag};
			spoil(victim[what], 12);
			assert_false(opens(s, x));
		}
}

static void nothing_can_be_sealed_too(const struct crypto_suite *s)
{
	uint8_t key[16], iv[12], tag[16];

	draw(key, 16);
	draw(iv, 12);
	crypto_gcm_seal(c, s, key, iv, NULL, 0, NULL, 0, tag);
	assert_true(crypto_gcm_open(c, s, key, iv, NULL, 0, NULL, 0, tag));
	spoil(tag, 16);
	assert_false(crypto_gcm_open(c, s, key, iv, NULL, 0, NULL, 0, tag));
}

/* ---- ES256 ---- */

static void an_es256_signature_belongs_to_one_key_and_one_message(const struct crypto_suite *s)
{
	for (int i = 0; i < TRIALS; i++) {
		uint8_t key[32], other[32], pub[33], other_pub[33], message[40], signature[64];
		draw(key, 32);
		draw(other, 32);
		draw(message, sizeof message);
		crypto_es256_public(c, s, key, pub);
		crypto_es256_public(c, s, other, other_pub);
		crypto_es256_sign(c, s, key, message, sizeof message, signature);
		assert_true(crypto_es256_verify(c, s, pub, message, sizeof message, signature));
		assert_false(crypto_es256_verify(c, s, other_pub, message, sizeof message, signature));
		assert_false(crypto_es256_verify(c, s, pub, message, sizeof message - 1, signature));
		spoil(signature, 64);
		assert_false(crypto_es256_verify(c, s, pub, message, sizeof message, signature));
	}
}

static void the_same_key_signs_the_same_message_the_same_way(const struct crypto_suite *s)
{
	uint8_t key[32], message[9], one[64], two[64];

	draw(key, 32);
	draw(message, sizeof message);
	crypto_es256_sign(c, s, key, message, sizeof message, one);
	crypto_es256_sign(c, s, key, message, sizeof message, two);
	assert_memory_equal(one, two, 64);
	message[0] ^= 1;
	crypto_es256_sign(c, s, key, message, sizeof message, two);
	assert_memory_not_equal(one, two, 32); /* another nonce, so another R */
}

static void no_point_verifies_anything(const struct crypto_suite *s)
{
	uint8_t key[32], pub[33], signature[64];

	draw(key, 32);
	crypto_es256_public(c, s, key, pub);
	crypto_es256_sign(c, s, key, "x", 1, signature);
	pub[0] = 4;
	assert_false(crypto_es256_verify(c, s, pub, "x", 1, signature));
}

/* SEC 1 4.1.4 step 1: R and S are in 1 … q - 1. */
static void numbers_out_of_range_are_no_signature(const struct crypto_suite *s)
{
	static const uint8_t order[32] = {
		0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63,
		0x25, 0x51};
	uint8_t key[32], pub[33], good[64], bad[64];

	draw(key, 32);
	crypto_es256_public(c, s, key, pub);
	crypto_es256_sign(c, s, key, "x", 1, good);
	for (int half = 0; half < 64; half += 32) {
		memcpy(bad, good, 64);
		memset(bad + half, 0, 32);
		assert_false(crypto_es256_verify(c, s, pub, "x", 1, bad));
		memcpy(bad + half, order, 32);
		assert_false(crypto_es256_verify(c, s, pub, "x", 1, bad));
		memset(bad + half, 0xff, 32);
		assert_false(crypto_es256_verify(c, s, pub, "x", 1, bad));
	}
}

/* ---- keys of an N32-f context (TS 33.501 13.2.4.4.1) ---- */

static void all_keys_and_salts_of_a_context_differ(const struct crypto_suite *s)
{
	uint8_t master[64];
	struct crypto_n32_keys a, b;

	draw(master, 64);
	crypto_n32_keys(c, s, master, "0600AD1855BD6007", &a);
	for (int i = 0; i < CRYPTO_N32_FLOWS; i++)
		for (int j = 0; j < i; j++) {
			assert_memory_not_equal(a.key[i], a.key[j], 16);
			assert_memory_not_equal(a.iv_salt[i], a.iv_salt[j], 8);
		}
	crypto_n32_keys(c, s, master, "0600AD1855BD6008", &b);
	for (int i = 0; i < CRYPTO_N32_FLOWS; i++) {
		assert_memory_not_equal(a.key[i], b.key[i], 16);
		assert_memory_not_equal(a.iv_salt[i], b.iv_salt[i], 8);
	}
}

#define PROPERTIES(X)                                                                              \
	X(what_was_sealed_opens_under_the_same_key)                                                   \
	X(a_turned_bit_anywhere_keeps_it_shut)                                                        \
	X(nothing_can_be_sealed_too)                                                                  \
	X(an_es256_signature_belongs_to_one_key_and_one_message)                                      \
	X(the_same_key_signs_the_same_message_the_same_way)                                           \
	X(no_point_verifies_anything)                                                                 \
	X(numbers_out_of_range_are_no_signature)                                                      \
	X(all_keys_and_salts_of_a_context_differ)
PROPERTIES(ON_EVERY)

static void a_nonce_is_the_salt_and_the_count(void **state)
{
	(void)state;
	static const uint8_t salt[8] = {1, 2, 3, 4, 5, 6, 7, 8};
	static const uint8_t expected[12] = {1, 2, 3, 4, 5, 6, 7, 8, 0x89, 0xab, 0xcd, 0xef};
	uint8_t nonce[12];

	crypto_n32_nonce(salt, 0x89abcdef, nonce);
	assert_memory_equal(nonce, expected, 12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROPERTIES(TEST_ON_EVERY)
		TEST(a_nonce_is_the_salt_and_the_count),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
