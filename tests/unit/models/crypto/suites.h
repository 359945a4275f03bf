/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For tests of models/crypto: random inputs with a fixed seed, and each property run on every
 * suite. Include after <cmocka.h>.
 */
#ifndef TESTS_CRYPTO_SUITES_H
#define TESTS_CRYPTO_SUITES_H

#include "models/crypto/suite.h"

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

static int setup(void **state)
{
	(void)state;
	seed = 20260101;
	c = crypto_new();
	uint8_t pool[32];
	draw(pool, sizeof pool);
	crypto_pool(c, 4096, pool);
	seed = 20260101;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	crypto_free(c);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
#define TEST_ON_EVERY(property) TEST(on_every_suite_##property),
#define ON_EVERY(property)                                                                         \
	static void on_every_suite_##property(void **state)                                           \
	{                                                                                             \
		(void)state;                                                                              \
		for (int i = 0; i < CRYPTO_N_MODES; i++)                                                  \
			property(crypto_suites[i]);                                                           \
	}

#endif
