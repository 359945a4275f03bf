/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The suites memoised and pooled: what they remember saves work and changes no outcome. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/ecies.h"
#include <cmocka.h>
#include <string.h>
#include "tests/unit/models/crypto/suites.h"

enum { TRIALS = 20, MSIN = 5, SUCI = MSIN + CRYPTO_ECIES_EXTRA_B, POOL = 4096 };
static enum crypto_ecies_profile profile; /* of the tests running */

struct home {
	uint8_t priv[32], pub[CRYPTO_ECIES_PUBLIC_MAX];
};

static struct home draw_home(const struct crypto_suite *s)
{
	struct home home;
	draw(home.priv, 32);
	crypto_ecies_public(c, s, profile, home.priv, home.pub);
	return home;
}

/* Octets of the SUCI, which conceals MSIN octets of zeros. */
static size_t conceal(const struct crypto_suite *s, const struct home *home, uint8_t out[SUCI])
{
	static const uint8_t msin[MSIN];
	uint8_t eph[32];
	draw(eph, 32);
	assert_true(crypto_ecies_conceal(c, s, profile, home->pub, eph, msin, MSIN, out));
	return MSIN + crypto_ecies_extra(profile);
}

static bool reveals(const struct crypto_suite *s, const struct home *home, const uint8_t *suci,
                    size_t n)
{
	static const uint8_t msin[MSIN];
	uint8_t back[MSIN];
	return crypto_ecies_reveal(c, s, profile, home->priv, suci, n, back) &&
	       memcmp(back, msin, MSIN) == 0;
}

static void a_suci_for_another_home_network_is_not_revealed(const struct crypto_suite *s)
{
	struct home ours = draw_home(s), another = draw_home(s);
	for (int i = 0; i < TRIALS; i++) {
		uint8_t suci[SUCI];
		size_t n = conceal(s, &another, suci);
		assert_false(reveals(s, &ours, suci, n));
		assert_false(reveals(s, &ours, suci, n)); /* nor from what is remembered now */
		assert_true(reveals(s, &another, suci, n));
	}
}

static void a_damaged_suci_is_not_revealed_and_the_whole_one_is_afterwards(
	const struct crypto_suite *s)
{
	struct home home = draw_home(s);
	for (int i = 0; i < TRIALS; i++) {
		uint8_t suci[SUCI], damaged[SUCI];
		size_t n = conceal(s, &home, suci), n_pub = profile == CRYPTO_ECIES_A ? 32 : 33;
		const struct part {
			size_t at, n;
		} parts[] = {{0, n_pub}, {n_pub, MSIN}, {n - 8, 8}}; /* key, ciphertext, MAC */
		for (size_t part = 0; part < 3; part++) {
			memcpy(damaged, suci, n);
			spoil(damaged + parts[part].at, parts[part].n);
			assert_false(reveals(s, &home, damaged, n));
		}
		assert_true(reveals(s, &home, suci, n));
	}
}

static void a_suci_that_comes_again_is_revealed_again(const struct crypto_suite *s)
{
	struct home home = draw_home(s);
	uint8_t suci[SUCI];
	size_t n = conceal(s, &home, suci);
	for (int i = 0; i < 3; i++)
		assert_true(reveals(s, &home, suci, n));
}

/* Each one leaves a public key and a secret in a memory of 16,384 entries. */
static void ten_thousand_sucis_that_never_arrive_do_no_harm(const struct crypto_suite *s)
{
	struct home home = draw_home(s);
	uint8_t first[SUCI], suci[SUCI];
	size_t n = conceal(s, &home, first);
	for (int i = 0; i < 10000; i++)
		conceal(s, &home, suci);
	assert_true(reveals(s, &home, suci, n));
	assert_true(reveals(s, &home, first, n));
}

#define PROPERTIES(X)                                                                              \
	X(a_suci_for_another_home_network_is_not_revealed)                                            \
	X(a_damaged_suci_is_not_revealed_and_the_whole_one_is_afterwards)                             \
	X(a_suci_that_comes_again_is_revealed_again)                                                  \
	X(ten_thousand_sucis_that_never_arrive_do_no_harm)

#define IN_EITHER(property)                                                                        \
	static void memoised_and_pooled_##property(void **state)                                      \
	{                                                                                             \
		(void)state;                                                                              \
		for (profile = CRYPTO_ECIES_A; profile <= CRYPTO_ECIES_B; profile++) {                    \
			property(&crypto_suite_memoised);                                                     \
			property(&crypto_suite_pooled);                                                       \
		}                                                                                         \
	}
PROPERTIES(IN_EITHER)
#define TEST_IN_EITHER(property) TEST(memoised_and_pooled_##property),

static void memoised_has_the_octets_of_real(void **state)
{
	(void)state;
	for (profile = CRYPTO_ECIES_A; profile <= CRYPTO_ECIES_B; profile++) {
		struct home home = draw_home(&crypto_suite_real);
		for (int i = 0; i < TRIALS; i++) {
			uint8_t real[SUCI], memoised[SUCI];
			uint64_t before = seed;
			size_t n = conceal(&crypto_suite_real, &home, real);
			seed = before;
			conceal(&crypto_suite_memoised, &home, memoised);
			assert_memory_equal(real, memoised, n);
			assert_true(reveals(&crypto_suite_memoised, &home, real, n));
		}
	}
}

static void who_reveals_takes_the_secret_over_and_takes_it_away(void **state)
{
	(void)state;
	for (profile = CRYPTO_ECIES_A; profile <= CRYPTO_ECIES_B; profile++) {
		struct home home = draw_home(&crypto_suite_memoised);
		uint8_t suci[SUCI];
		size_t n = conceal(&crypto_suite_memoised, &home, suci);
		uint64_t before = crypto_remembered(c);
		assert_true(reveals(&crypto_suite_memoised, &home, suci, n));
		assert_int_equal(crypto_remembered(c), before + 1);
		assert_true(reveals(&crypto_suite_memoised, &home, suci, n)); /* computes it */
		assert_int_equal(crypto_remembered(c), before + 1);
	}
}

static void pooled_computes_the_secret_of_a_key_pair_and_a_recipient_once(void **state)
{
	(void)state;
	profile = CRYPTO_ECIES_B;
	struct home home = draw_home(&crypto_suite_pooled);
	uint8_t suci[SUCI];
	for (int i = 0; i < 2 * POOL; i++) {
		size_t n = conceal(&crypto_suite_pooled, &home, suci);
		assert_true(reveals(&crypto_suite_pooled, &home, suci, n));
	}
	/* Of 4 * POOL secrets asked for; in a few sets of the memory more meet than it has ways. */
	assert_in_range(crypto_remembered(c), 3 * POOL - POOL / 100, 3 * POOL);
}

static void a_point_that_is_none_stays_none(void **state)
{
	(void)state;
	static const uint8_t zero[33];
	uint8_t priv[32], shared[32];
	draw(priv, 32);
	for (int i = 0; i < 3; i++) {
		assert_false(crypto_suite_memoised.dh_shared(c, priv, zero, shared));
		assert_false(crypto_suite_pooled.dh_shared(c, priv, zero, shared));
		assert_false(crypto_suite_memoised.p256_shared(c, priv, zero, shared));
		assert_false(crypto_suite_pooled.p256_shared(c, priv, zero, shared));
	}
}

/* suites.h makes a pool of POOL key pairs. */
static void a_key_pair_of_the_pool_comes_again_when_all_have_been_used(void **state)
{
	(void)state;
	static uint8_t suci[POOL + 1][SUCI];
	profile = CRYPTO_ECIES_B;
	struct home home = draw_home(&crypto_suite_pooled);
	for (int i = 0; i <= POOL; i++) {
		assert_int_equal(crypto_pool_repeats(c), 0);
		conceal(&crypto_suite_pooled, &home, suci[i]);
	}
	assert_int_equal(crypto_pool_repeats(c), 1);
	assert_memory_equal(suci[POOL], suci[0], 33);
	for (int i = 1; i < POOL; i++)
		assert_memory_not_equal(suci[i], suci[0], 33);
}

static void the_pool_follows_from_its_seed_and_not_from_the_draws(void **state)
{
	(void)state;
	uint8_t suci[3][SUCI];
	profile = CRYPTO_ECIES_A;
	for (int i = 0; i < 3; i++) {
		struct crypto *own = crypto_new(), *kept = c;
		crypto_pool(own, 10, (const uint8_t[32]){i == 2});
		c = own;
		struct home home = {.priv = {1}};
		crypto_ecies_public(c, &crypto_suite_pooled, profile, home.priv, home.pub);
		conceal(&crypto_suite_pooled, &home, suci[i]);
		c = kept;
		crypto_free(own);
	}
	assert_memory_equal(suci[0], suci[1], 32);
	assert_memory_not_equal(suci[0], suci[2], 32);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROPERTIES(TEST_IN_EITHER)
		TEST(memoised_has_the_octets_of_real),
		TEST(who_reveals_takes_the_secret_over_and_takes_it_away),
		TEST(pooled_computes_the_secret_of_a_key_pair_and_a_recipient_once),
		TEST(a_point_that_is_none_stays_none),
		TEST(a_key_pair_of_the_pool_comes_again_when_all_have_been_used),
		TEST(the_pool_follows_from_its_seed_and_not_from_the_draws),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
