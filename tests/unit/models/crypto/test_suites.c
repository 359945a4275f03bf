/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The two modes have the same lengths, successes and failures: each test runs on both suites, with
 * random good inputs and with each kind of bad ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/aka.h"
#include "models/crypto/ecies.h"
#include "models/crypto/kdf.h"
#include "models/crypto/nia.h"
#include "models/crypto/sign.h"
#include <cmocka.h>
#include <math.h>
#include <string.h>

enum { TRIALS = 200, SLOW_TRIALS = 40 };
static const struct crypto_suite *const suites[] = {&crypto_suite_real, &crypto_suite_cost};
static const char snn[] = "5G:mnc070.mcc999.3gppnetwork.org";
static struct crypto *c;

/* SplitMix64 (Steele et al., OOPSLA'14) with a fixed seed. */
static uint64_t seed;
static uint64_t draw64(void)
{
	uint64_t z = seed += 0x9e3779b97f4a7c15;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}
static void draw(void *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		((uint8_t *)out)[i] = (uint8_t)draw64();
}
/* Turns one bit of n octets. */
static void spoil(void *octets, size_t n)
{
	uint64_t bit = draw64() % (8 * n);
	((uint8_t *)octets)[bit / 8] ^= (uint8_t)(1u << bit % 8);
}

struct aka {
	uint8_t k[16], opc[16], rand[16], sqn[6], amf[2];
	struct crypto_av av;
};

static struct aka draw_aka(const struct crypto_suite *s)
{
	struct aka a;
	draw(&a, sizeof a);
	crypto_av_generate(c, s, a.k, a.opc, a.sqn, a.amf, a.rand, snn, &a.av);
	return a;
}

static bool usim(const struct crypto_suite *s, const struct aka *a, struct crypto_usim_answer *out)
{
	return crypto_usim_authenticate(c, s, a->k, a->opc, a->rand, a->av.autn, snn, out);
}

static void a_usim_accepts_its_home_network(const struct crypto_suite *s)
{
	for (int i = 0; i < TRIALS; i++) {
		struct aka a = draw_aka(s);
		struct crypto_usim_answer answer;
		assert_true(usim(s, &a, &answer));
		assert_memory_equal(answer.sqn, a.sqn, 6);
		assert_memory_equal(answer.amf, a.amf, 2);
		assert_memory_equal(answer.res_star, a.av.xres_star, 16);
		assert_memory_equal(answer.kausf, a.av.kausf, 32);
	}
}

static void a_usim_refuses_any_turned_bit(const struct crypto_suite *s)
{
	for (int i = 0; i < TRIALS; i++)
		for (int what = 0; what < 4; what++) {
			struct aka a = draw_aka(s);
			struct crypto_usim_answer answer;
			uint8_t *victim[] = {a.k, a.opc, a.rand, a.av.autn};
			spoil(victim[what], 16);
			assert_false(usim(s, &a, &answer));
		}
}

static void another_serving_network_gets_another_answer(const struct crypto_suite *s)
{
	struct aka a = draw_aka(s);
	struct crypto_usim_answer answer;
	assert_true(crypto_usim_authenticate(c, s, a.k, a.opc, a.rand, a.av.autn,
	                                     "5G:mnc001.mcc001.3gppnetwork.org", &answer));
	assert_memory_not_equal(answer.res_star, a.av.xres_star, 16);
	assert_memory_not_equal(answer.kausf, a.av.kausf, 32);
}

static void a_synch_failure_tells_the_home_the_sqn_of_the_usim(const struct crypto_suite *s)
{
	for (int i = 0; i < TRIALS; i++) {
		struct aka a = draw_aka(s);
		uint8_t sqn_ms[6], told[6], auts[14];
		draw(sqn_ms, 6);
		crypto_auts_generate(c, s, a.k, a.opc, a.rand, sqn_ms, auts);
		assert_true(crypto_auts_verify(c, s, a.k, a.opc, a.rand, auts, told));
		assert_memory_equal(told, sqn_ms, 6);
		spoil(auts, 14);
		assert_false(crypto_auts_verify(c, s, a.k, a.opc, a.rand, auts, told));
	}
}

/* Borgaonkar et al., PETS'19: the leak that the model must keep in both modes. */
static void two_auts_under_one_rand_leak_the_difference_of_sqn(const struct crypto_suite *s)
{
	struct aka a = draw_aka(s);
	uint8_t one[6], two[6], auts1[14], auts2[14];
	crypto_sqn_octets(0x1234560020, one);
	crypto_sqn_octets(0x1234560041, two);
	crypto_auts_generate(c, s, a.k, a.opc, a.rand, one, auts1);
	crypto_auts_generate(c, s, a.k, a.opc, a.rand, two, auts2);
	for (int i = 0; i < 6; i++)
		assert_int_equal(auts1[i] ^ auts2[i], one[i] ^ two[i]);
}

static void both_ends_derive_the_same_keys_and_nobody_else(const struct crypto_suite *s)
{
	struct aka a = draw_aka(s);
	static const uint8_t abba[2] = {0, 0};
	uint8_t kseaf[2][32], kamf[2][32], h[2][16];

	crypto_hres_star(c, s, a.rand, a.av.xres_star, h[0]);
	crypto_kseaf(c, s, a.av.kausf, snn, kseaf[0]);
	crypto_kamf(c, s, kseaf[0], "999700000000001", abba, kamf[0]);
	spoil(a.av.xres_star, 16);
	crypto_hres_star(c, s, a.rand, a.av.xres_star, h[1]);
	assert_memory_not_equal(h[0], h[1], 16);
	spoil(a.av.kausf, 32);
	crypto_kseaf(c, s, a.av.kausf, snn, kseaf[1]);
	assert_memory_not_equal(kseaf[0], kseaf[1], 32);
	crypto_kamf(c, s, kseaf[0], "999700000000002", abba, kamf[1]);
	assert_memory_not_equal(kamf[0], kamf[1], 32);
}

struct ecies {
	uint8_t priv[32], pub[32], eph[32], in[16], out[16 + CRYPTO_ECIES_EXTRA + 1];
	size_t n;
};

static struct ecies draw_ecies(const struct crypto_suite *s)
{
	struct ecies e;
	draw(&e, sizeof e);
	e.n = 1 + draw64() % 16;
	crypto_ecies_public(c, s, e.priv, e.pub);
	e.out[e.n + CRYPTO_ECIES_EXTRA] = 0xa5;
	assert_true(crypto_ecies_conceal(c, s, e.pub, e.eph, e.in, e.n, e.out));
	assert_int_equal(e.out[e.n + CRYPTO_ECIES_EXTRA], 0xa5); /* not an octet more */
	return e;
}

static void the_home_network_reveals_what_was_concealed(const struct crypto_suite *s)
{
	for (int i = 0; i < SLOW_TRIALS; i++) {
		struct ecies e = draw_ecies(s);
		uint8_t back[16];
		assert_true(crypto_ecies_reveal(c, s, e.priv, e.out, e.n + CRYPTO_ECIES_EXTRA, back));
		assert_memory_equal(back, e.in, e.n);
	}
}

static void a_spoiled_random_or_short_suci_is_not_revealed(const struct crypto_suite *s)
{
	for (int i = 0; i < SLOW_TRIALS; i++) {
		struct ecies e = draw_ecies(s);
		size_t n = e.n + CRYPTO_ECIES_EXTRA;
		uint8_t back[16], other[32];
		draw(other, 32);
		assert_false(crypto_ecies_reveal(c, s, other, e.out, n, back));
		assert_false(crypto_ecies_reveal(c, s, e.priv, e.out, CRYPTO_ECIES_EXTRA - 1, back));
		spoil(e.out, n);
		assert_false(crypto_ecies_reveal(c, s, e.priv, e.out, n, back));
		draw(e.out, n);
		assert_false(crypto_ecies_reveal(c, s, e.priv, e.out, n, back));
	}
}

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

/* What an observer sees of one subscriber twice differs in half of all bits, within 5 sigma. */
static void nothing_links_two_sucis_of_one_subscriber(const struct crypto_suite *s)
{
	enum { PAIRS = 300, OCTETS = 5 + CRYPTO_ECIES_EXTRA };
	static const uint8_t msin[5] = {0x00, 0x00, 0x00, 0x00, 0x10};
	uint8_t priv[32], pub[32], eph[32], suci[2][OCTETS];
	double differing = 0, bits = 0;

	draw(priv, 32);
	crypto_ecies_public(c, s, priv, pub);
	for (int i = 0; i < PAIRS; i++) {
		for (int j = 0; j < 2; j++) {
			draw(eph, 32);
			assert_true(crypto_ecies_conceal(c, s, pub, eph, msin, 5, suci[j]));
		}
		for (int j = 0; j < OCTETS; j++) {
			if (j == 31) /* the top bit of an X25519 key is always 0 */
				continue;
			differing += __builtin_popcount(suci[0][j] ^ suci[1][j]);
			bits += 8;
		}
	}
	assert_true(fabs(differing - bits / 2) < 5 * sqrt(bits) / 2);
}

static void a_vector_does_not_show_its_sqn(const struct crypto_suite *s)
{
	double differing = 0, bits = 0;
	struct aka a = draw_aka(s);
	struct crypto_av next;

	for (int i = 0; i < TRIALS; i++) {
		uint64_t sqn = crypto_sqn(a.sqn) + 32;
		crypto_sqn_octets(sqn, a.sqn);
		draw(a.rand, 16);
		crypto_av_generate(c, s, a.k, a.opc, a.sqn, a.amf, a.rand, snn, &next);
		for (int j = 0; j < 6; j++)
			differing += __builtin_popcount(next.autn[j] ^ a.av.autn[j]);
		bits += 48;
		a.av = next;
	}
	assert_true(fabs(differing - bits / 2) < 5 * sqrt(bits) / 2);
}

/* ---- both suites ---- */

#define PROPERTIES(X)                                                                              \
	X(a_usim_accepts_its_home_network)                                                            \
	X(a_usim_refuses_any_turned_bit)                                                              \
	X(another_serving_network_gets_another_answer)                                                \
	X(a_synch_failure_tells_the_home_the_sqn_of_the_usim)                                         \
	X(two_auts_under_one_rand_leak_the_difference_of_sqn)                                         \
	X(both_ends_derive_the_same_keys_and_nobody_else)                                             \
	X(the_home_network_reveals_what_was_concealed)                                                \
	X(a_spoiled_random_or_short_suci_is_not_revealed)                                             \
	X(a_signature_belongs_to_one_key_and_one_message)                                             \
	X(a_mac_belongs_to_one_key_and_one_message)                                                   \
	X(nas_protection_depends_on_key_count_and_direction)                                          \
	X(nothing_links_two_sucis_of_one_subscriber)                                                  \
	X(a_vector_does_not_show_its_sqn)

#define ON_BOTH(property)                                                                          \
	static void on_both_suites_##property(void **state)                                           \
	{                                                                                             \
		(void)state;                                                                              \
		for (int i = 0; i < 2; i++)                                                               \
			property(suites[i]);                                                                  \
	}
PROPERTIES(ON_BOTH)

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

/* RFC 7748 6.1: a point of small order gives an all-zero secret, which must be refused. */
static void a_public_key_of_small_order_is_refused(void **state)
{
	(void)state;
	static const uint8_t zero[32] = {0};
	uint8_t priv[32], shared[32], forged[45] = {0}, back[16];
	draw(priv, 32);
	assert_false(crypto_suite_real.dh_shared(c, priv, zero, shared));
	assert_false(crypto_ecies_reveal(c, &crypto_suite_real, priv, forged, sizeof forged, back));
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
static void the_stand_in_is_siphash_1_3_over_tagged_fields(void **state)
{
	(void)state;
	static const uint8_t reference[32] = {
		0xa6, 0xe1, 0xa3, 0x1a, 0x7d, 0xe6, 0x5c, 0x5f, 0x49, 0x76, 0x2d, 0x77, 0xcc, 0x38, 0x56,
		0x93, 0x3d, 0xff, 0xa8, 0x21, 0xe0, 0x66, 0xe5, 0x66, 0x43, 0xcc, 0x74, 0x47, 0x4e, 0xb4,
		0x53, 0xd0};
	uint8_t out[32];
	crypto_hash(c, &crypto_suite_cost, "two surgeons, two twins", 23, out);
	assert_memory_equal(out, reference, 32);
}

static void the_meter_is_silent_until_it_is_switched_on(void **state)
{
	(void)state;
	uint8_t out[32];
	crypto_hash(c, &crypto_suite_real, "", 0, out);
	assert_int_equal(crypto_spent_ns(c), 0);
}

static int setup(void **state)
{
	(void)state;
	seed = 20260101;
	c = crypto_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	crypto_free(c);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
#define TEST_ON_BOTH(property) TEST(on_both_suites_##property),

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROPERTIES(TEST_ON_BOTH)
		TEST(ed25519_gives_the_answers_of_rfc_8032),
		TEST(a_public_key_of_small_order_is_refused),
		TEST(remembered_keys_are_not_mixed_up),
		TEST(the_stand_in_is_siphash_1_3_over_tagged_fields),
		TEST(the_meter_is_silent_until_it_is_switched_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
