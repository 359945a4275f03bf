/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ECIES profiles A and B on every suite. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/ecies.h"
#include <cmocka.h>
#include <math.h>
#include <string.h>
#include "tests/unit/models/crypto/suites.h"

enum { TRIALS = 40 };
static enum crypto_ecies_profile profile; /* of the tests running */

struct ecies {
	uint8_t priv[32], pub[CRYPTO_ECIES_PUBLIC_MAX], eph[32], in[16];
	uint8_t out[16 + CRYPTO_ECIES_EXTRA_B + 1];
	size_t n, n_out;
};

static struct ecies draw_ecies(const struct crypto_suite *s)
{
	struct ecies e;
	draw(&e, sizeof e);
	e.n = 1 + draw64() % 16;
	e.n_out = e.n + crypto_ecies_extra(profile);
	crypto_ecies_public(c, s, profile, e.priv, e.pub);
	e.out[e.n_out] = 0xa5;
	assert_true(crypto_ecies_conceal(c, s, profile, e.pub, e.eph, e.in, e.n, e.out));
	assert_int_equal(e.out[e.n_out], 0xa5); /* not an octet more */
	return e;
}

static void the_home_network_reveals_what_was_concealed(const struct crypto_suite *s)
{
	for (int i = 0; i < TRIALS; i++) {
		struct ecies e = draw_ecies(s);
		uint8_t back[16];
		assert_true(crypto_ecies_reveal(c, s, profile, e.priv, e.out, e.n_out, back));
		assert_memory_equal(back, e.in, e.n);
	}
}

static void a_spoiled_random_or_short_suci_is_not_revealed(const struct crypto_suite *s)
{
	for (int i = 0; i < TRIALS; i++) {
		struct ecies e = draw_ecies(s);
		uint8_t back[16], other[32];
		draw(other, 32);
		assert_false(crypto_ecies_reveal(c, s, profile, other, e.out, e.n_out, back));
		assert_false(crypto_ecies_reveal(c, s, profile, e.priv, e.out,
		                                 crypto_ecies_extra(profile) - 1u, back));
		spoil(e.out, e.n_out);
		assert_false(crypto_ecies_reveal(c, s, profile, e.priv, e.out, e.n_out, back));
		draw(e.out, e.n_out);
		assert_false(crypto_ecies_reveal(c, s, profile, e.priv, e.out, e.n_out, back));
	}
}

/* What an observer sees of one subscriber twice differs in half of all bits, within 5 sigma. */
static void nothing_links_two_sucis_of_one_subscriber(const struct crypto_suite *s)
{
	enum { PAIRS = 300 };
	static const uint8_t msin[5] = {0x00, 0x00, 0x00, 0x00, 0x10};
	uint8_t priv[32], pub[CRYPTO_ECIES_PUBLIC_MAX], eph[32], suci[2][5 + CRYPTO_ECIES_EXTRA_B];
	/* not random: the top bit of an X25519 key, a point's 02 or 03 */
	const int constant = profile == CRYPTO_ECIES_A ? 31 : 0;
	double differing = 0, bits = 0;

	draw(priv, 32);
	crypto_ecies_public(c, s, profile, priv, pub);
	for (int i = 0; i < PAIRS; i++) {
		for (int j = 0; j < 2; j++) {
			draw(eph, 32);
			assert_true(crypto_ecies_conceal(c, s, profile, pub, eph, msin, 5, suci[j]));
		}
		for (int j = 0; j < 5 + crypto_ecies_extra(profile); j++) {
			if (j == constant)
				continue;
			differing += __builtin_popcount(suci[0][j] ^ suci[1][j]);
			bits += 8;
		}
	}
	assert_true(fabs(differing - bits / 2) < 5 * sqrt(bits) / 2);
}

static void a_suci_made_again_from_its_draw_is_the_same(const struct crypto_suite *s)
{
	for (int i = 0; i < TRIALS; i++) {
		struct ecies e = draw_ecies(s), other = draw_ecies(s);
		uint8_t again[sizeof e.out];
		assert_true(crypto_ecies_conceal(c, s, profile, e.pub, e.eph, e.in, e.n, again));
		assert_memory_equal(again, e.out, e.n_out);
		assert_memory_not_equal(again, other.out, 32);
	}
}

#define PROPERTIES(X)                                                                              \
	X(a_suci_made_again_from_its_draw_is_the_same)                                                \
	X(the_home_network_reveals_what_was_concealed)                                                \
	X(a_spoiled_random_or_short_suci_is_not_revealed)                                             \
	X(nothing_links_two_sucis_of_one_subscriber)

#define IN_BOTH_PROFILES(property)                                                                 \
	static void on_every_suite_in_both_profiles_##property(void **state)                          \
	{                                                                                             \
		(void)state;                                                                              \
		for (int i = 0; i < CRYPTO_N_MODES; i++)                                                  \
			for (profile = CRYPTO_ECIES_A; profile <= CRYPTO_ECIES_B; profile++)                  \
				property(crypto_suites[i]);                                                       \
	}
PROPERTIES(IN_BOTH_PROFILES)
#define TEST_IN_BOTH_PROFILES(property) TEST(on_every_suite_in_both_profiles_##property),

/* ---- points of profile B ---- */

/* A random x lies on the curve with probability 1/2 (within 5 sigma), in every suite. */
static void about_every_second_x_is_a_point(const struct crypto_suite *s)
{
	enum { POINTS = 2000 };
	uint8_t priv[32], pub[33], shared[32];
	int good = 0;

	draw(priv, 32);
	for (int i = 0; i < POINTS; i++) {
		draw(pub, 33);
		pub[0] = (uint8_t)(2 | (pub[0] & 1));
		good += s->p256_shared(c, priv, pub, shared);
	}
	assert_true(fabs(good - POINTS / 2.0) < 5 * sqrt(POINTS) / 2);
}

static void a_prefix_other_than_02_and_03_is_no_point(const struct crypto_suite *s)
{
	uint8_t priv[32], pub[33], shared[32];

	draw(priv, 32);
	s->p256_public(c, priv, pub);
	for (int prefix = 0; prefix < 256; prefix++) {
		pub[0] = (uint8_t)prefix;
		assert_int_equal(s->p256_shared(c, priv, pub, shared), prefix == 2 || prefix == 3);
	}
}

static void both_ends_get_the_same_secret(const struct crypto_suite *s)
{
	for (int i = 0; i < TRIALS; i++) {
		uint8_t priv[2][32], pub[2][33], shared[2][32];
		for (int end = 0; end < 2; end++) {
			draw(priv[end], 32);
			s->p256_public(c, priv[end], pub[end]);
		}
		for (int end = 0; end < 2; end++)
			assert_true(s->p256_shared(c, priv[end], pub[!end], shared[end]));
		assert_memory_equal(shared[0], shared[1], 32);
	}
}
ON_EVERY(about_every_second_x_is_a_point)
ON_EVERY(a_prefix_other_than_02_and_03_is_no_point)
ON_EVERY(both_ends_get_the_same_secret)

/* ---- the real suite alone ---- */

/* RFC 7748 6.1: a point of small order gives an all-zero secret, which must be refused. */
static void a_public_key_of_small_order_is_refused(void **state)
{
	(void)state;
	static const uint8_t zero[32] = {0};
	uint8_t priv[32], shared[32], forged[45] = {0}, back[16];
	draw(priv, 32);
	assert_false(crypto_suite_real.dh_shared(c, priv, zero, shared));
	assert_false(crypto_ecies_reveal(c, &crypto_suite_real, CRYPTO_ECIES_A, priv, forged,
	                                 sizeof forged, back));
}

/* SEC 1 2.3.4: x is a field element. 5 is an x of the curve; p + 5 is the same number modulo p. */
static void an_x_beyond_the_field_is_no_point(void **state)
{
	(void)state;
	static const uint8_t five[33] = {2, [32] = 5};
	static const uint8_t p_and_five[33] = {2, 0xff, 0xff, 0xff, 0xff, [8] = 1, [20] = 1, [32] = 4};
	uint8_t priv[32], shared[32];

	draw(priv, 32);
	assert_true(crypto_suite_real.p256_shared(c, priv, five, shared));
	assert_false(crypto_suite_real.p256_shared(c, priv, p_and_five, shared));
}

/* The order: SEC 2 2.4.2. */
static void a_private_key_is_taken_modulo_the_order(void **state)
{
	(void)state;
	static const uint8_t order[32] = {
		0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63,
		0x25, 0x51};
	uint8_t one[32] = {[31] = 1}, three[32] = {[31] = 3}, more[32], pub[33], other[33];

	crypto_suite_real.p256_public(c, one, pub);
	crypto_suite_real.p256_public(c, order, other); /* 0 is taken as 1 */
	assert_memory_equal(pub, other, 33);
	memcpy(more, order, 32);
	more[31] += 3;
	crypto_suite_real.p256_public(c, three, pub);
	crypto_suite_real.p256_public(c, more, other);
	assert_memory_equal(pub, other, 33);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROPERTIES(TEST_IN_BOTH_PROFILES)
		TEST_ON_EVERY(about_every_second_x_is_a_point)
		TEST_ON_EVERY(a_prefix_other_than_02_and_03_is_no_point)
		TEST_ON_EVERY(both_ends_get_the_same_secret)
		TEST(a_public_key_of_small_order_is_refused),
		TEST(an_x_beyond_the_field_is_no_point),
		TEST(a_private_key_is_taken_modulo_the_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
