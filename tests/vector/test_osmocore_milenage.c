/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A second opinion on MILENAGE: libosmocore's, on random subscriptions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/aka.h"
#include <cmocka.h>
#include <osmocom/crypt/auth.h>
#include <string.h>

enum { SUBSCRIPTIONS = 1000 };

/* SplitMix64 (Steele et al., OOPSLA'14) with a fixed seed. */
static uint64_t seed = 1;
static void draw(uint8_t *out, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint64_t z = seed += 0x9e3779b97f4a7c15;
		z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
		z = (z ^ z >> 27) * 0x94d049bb133111eb;
		out[i] = (uint8_t)(z >> 56);
	}
}

struct subscription {
	uint8_t k[16], opc[16], rand[16], sqn[6], amf[2];
};

static struct subscription draw_subscription(void)
{
	struct subscription s;
	draw(s.k, 16);
	draw(s.opc, 16);
	draw(s.rand, 16);
	draw(s.sqn, 6);
	draw(s.amf, 2);
	return s;
}

/* libosmocore uses the SQN after the one it is given (no IND). */
static struct osmo_sub_auth_data osmo_subscription(const struct subscription *s)
{
	struct osmo_sub_auth_data aud = {.type = OSMO_AUTH_TYPE_UMTS, .algo = OSMO_AUTH_ALG_MILENAGE};
	memcpy(aud.u.umts.k, s->k, 16);
	memcpy(aud.u.umts.opc, s->opc, 16);
	memcpy(aud.u.umts.amf, s->amf, 2);
	aud.u.umts.sqn = crypto_sqn(s->sqn) - 1;
	return aud;
}

static void our_vectors_are_those_of_libosmocore(void **state)
{
	struct crypto *c = *state;

	for (int i = 0; i < SUBSCRIPTIONS; i++) {
		struct subscription s = draw_subscription();
		struct crypto_subscription who = {CRYPTO_MILENAGE, s.k, s.opc};
		struct osmo_sub_auth_data aud = osmo_subscription(&s);
		struct osmo_auth_vector theirs = {.res_len = 8};
		struct crypto_f2345 ours;
		struct crypto_av av;

		assert_int_equal(osmo_auth_gen_vec(&theirs, &aud, s.rand), 0);
		crypto_suite_real.aka[CRYPTO_MILENAGE]->f2345(c, s.k, s.opc, s.rand, &ours);
		crypto_av_generate(c, &crypto_suite_real, &who, s.sqn, s.amf, s.rand, "5G:", &av);
		assert_memory_equal(theirs.autn, av.autn, 16);
		assert_memory_equal(theirs.ck, ours.ck, 16);
		assert_memory_equal(theirs.ik, ours.ik, 16);
		assert_int_equal(theirs.res_len, 8);
		assert_memory_equal(theirs.res, ours.res, 8);
	}
}

static void libosmocore_understands_our_auts(void **state)
{
	struct crypto *c = *state;

	for (int i = 0; i < SUBSCRIPTIONS; i++) {
		struct subscription s = draw_subscription();
		struct crypto_subscription who = {CRYPTO_MILENAGE, s.k, s.opc};
		struct osmo_sub_auth_data aud = osmo_subscription(&s);
		struct osmo_auth_vector theirs = {.res_len = 8};
		uint8_t sqn_ms[6], auts[14];

		draw(sqn_ms, 6);
		crypto_auts_generate(c, &crypto_suite_real, &who, s.rand, sqn_ms, auts);
		assert_int_equal(osmo_auth_gen_vec_auts(&theirs, &aud, auts, s.rand, s.rand), 0);
		assert_true(aud.u.umts.sqn_ms == crypto_sqn(sqn_ms));
	}
}

static int setup(void **state)
{
	*state = crypto_new();
	return 0;
}

static int teardown(void **state)
{
	crypto_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(our_vectors_are_those_of_libosmocore),
		cmocka_unit_test(libosmocore_understands_our_auts),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
