/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys and AUTH of IKEv2 (RFC 7296 2.13, 2.14, 2.15, 2.17). The expected octets were computed from these
 * formulas with Python's hmac module, which shares no code with this one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/ike_keys.h"
#include <cmocka.h>
#include <string.h>

static struct crypto *c;
static struct crypto_ike_exchange x;
static struct crypto_ike_keys keys;

static const uint8_t expected[136] = {
		0x0c, 0x26, 0x34, 0x1d, 0x77, 0x31, 0x3c, 0x22, 0x72, 0x36, 0xf4, 0xae, 0xbf, 0x29, 0x18, 0x2f,
		0x06, 0x29, 0xdb, 0xe1, 0x0e, 0x8a, 0xc5, 0x63, 0x47, 0xf0, 0x67, 0xa8, 0xde, 0xfc, 0x22, 0xd5,
		0x87, 0x48, 0x59, 0x4d, 0x33, 0x53, 0xb3, 0xe0, 0x41, 0x21, 0x02, 0x6e, 0xbf, 0x49, 0xd4, 0xa4,
		0x90, 0x7e, 0x2a, 0xe4, 0xeb, 0x2a, 0x98, 0x31, 0x83, 0x23, 0x97, 0xda, 0x89, 0xaf, 0x6f, 0x79,
		0x68, 0xb6, 0x7c, 0xe3, 0xc7, 0x0f, 0xad, 0x27, 0x3a, 0xe0, 0xbb, 0xb3, 0x4e, 0xe5, 0x81, 0x34,
		0x1b, 0xbf, 0xd3, 0x30, 0x3a, 0xb1, 0xd4, 0x81, 0x66, 0xdd, 0xe5, 0x46, 0x04, 0xd0, 0x28, 0x6b,
		0xd7, 0x54, 0x27, 0x66, 0x5f, 0xbb, 0xb1, 0x17, 0xf4, 0xd9, 0xf8, 0x77, 0xd7, 0x36, 0x06, 0xca,
		0x95, 0x9f, 0xbd, 0xb3, 0x4f, 0x74, 0x6d, 0x24, 0xf8, 0x93, 0x91, 0x91, 0xf8, 0xd3, 0xaf, 0x60,
		0xfc, 0x81, 0x6d, 0x7e, 0xdf, 0xca, 0x54, 0xae,
};
static const uint8_t child[40] = {
		0x2b, 0x9b, 0x2f, 0x8d, 0x7f, 0x64, 0x69, 0xc5, 0x05, 0x31, 0x14, 0xfe, 0x8b, 0x9f, 0x09, 0x3e,
		0x4c, 0x8d, 0x11, 0x56, 0xc6, 0x4f, 0x99, 0x5b, 0x9b, 0x64, 0x55, 0xe3, 0xa9, 0x87, 0x72, 0xfa,
		0x1f, 0x7a, 0x4a, 0xac, 0xe2, 0xfe, 0x23, 0x58,
};
static const uint8_t expected_auth[32] = {
		0xe5, 0x17, 0x47, 0x71, 0x5b, 0x7d, 0x91, 0xf1, 0x7a, 0x15, 0x0e, 0x30, 0xe1, 0x0e, 0xce, 0x56,
		0xde, 0xa5, 0x86, 0xc0, 0xb8, 0xb4, 0xee, 0xfe, 0x83, 0x63, 0xb9, 0xcf, 0x68, 0x2e, 0x49, 0x60,
};

static void the_keys_of_an_ike_sa_follow_from_nonces_secret_and_spis(void **state)
{
	(void)state;
	assert_memory_equal(keys.d, expected, 32);
	assert_memory_equal(keys.ei, expected + 32, 20);
	assert_memory_equal(keys.er, expected + 52, 20);
	assert_memory_equal(keys.pi, expected + 72, 32);
	assert_memory_equal(keys.pr, expected + 104, 32);
}

static void the_keys_of_its_child_follow_from_sk_d_and_the_nonces(void **state)
{
	uint8_t ei[CRYPTO_IKE_KEYMAT], er[CRYPTO_IKE_KEYMAT];

	(void)state;
	crypto_ike_child(c, &crypto_suite_real, keys.d, &x, ei, er);
	assert_memory_equal(ei, child, sizeof ei);
	assert_memory_equal(er, child + sizeof ei, sizeof er);
}

static void auth_is_over_message_nonce_and_identity(void **state)
{
	static const uint8_t message[] = "message", identity[] = "\x0b\0\0\0identity";
	uint8_t octets[sizeof message + 64], secret[32], auth[32];
	size_t n = crypto_ike_signed(c, &crypto_suite_real, message, sizeof message - 1, x.nonce_r,
	                             keys.pi, identity, sizeof identity - 1, octets);

	(void)state;
	memset(secret, 0x3a, sizeof secret);
	crypto_ike_auth(c, &crypto_suite_real, secret, octets, n, auth);
	assert_memory_equal(auth, expected_auth, sizeof auth);
}

/* RFC 7748 6.1 */
static void both_ends_agree_on_a_secret_in_every_mode(void **state)
{
	uint8_t a[32] = {1}, b[32] = {2}, pub_a[32], pub_b[32], shared_a[32], shared_b[32];

	(void)state;
	for (int i = 0; i < CRYPTO_N_MODES; i++) {
		crypto_ike_public(c, crypto_suites[i], a, pub_a);
		crypto_ike_public(c, crypto_suites[i], b, pub_b);
		assert_true(crypto_ike_shared(c, crypto_suites[i], a, pub_b, shared_a));
		assert_true(crypto_ike_shared(c, crypto_suites[i], b, pub_a, shared_b));
		assert_memory_equal(shared_a, shared_b, sizeof shared_a);
	}
}

static int make(void **state)
{
	uint8_t shared[32];

	(void)state;
	c = crypto_new();
	for (int i = 0; i < 32; i++) {
		x.nonce_i[i] = (uint8_t)i;
		x.nonce_r[i] = (uint8_t)(32 + i);
		shared[i] = (uint8_t)(64 + i);
	}
	x.spi_i = UINT64_C(0x0102030405060708);
	x.spi_r = UINT64_C(0x1112131415161718);
	crypto_ike_keys(c, &crypto_suite_real, shared, &x, &keys);
	return 0;
}

static int unmake(void **state)
{
	(void)state;
	crypto_free(c);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_keys_of_an_ike_sa_follow_from_nonces_secret_and_spis),
		cmocka_unit_test(the_keys_of_its_child_follow_from_sk_d_and_the_nonces),
		cmocka_unit_test(auth_is_over_message_nonce_and_identity),
		cmocka_unit_test(both_ends_agree_on_a_secret_in_every_mode),
	};
	return cmocka_run_group_tests(tests, make, unmake);
}
