/* SPDX-License-Identifier: GPL-2.0-or-later */
/* 5G-AKA and EAP-AKA' on every suite and with both sets of algorithms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "models/crypto/aka.h"
#include "models/crypto/eap_aka.h"
#include "models/crypto/kdf.h"
#include <cmocka.h>
#include <math.h>
#include <string.h>
#include "tests/unit/models/crypto/suites.h"

enum { TRIALS = 200 };
static const char snn[] = "5G:mnc070.mcc999.3gppnetwork.org";
static enum crypto_aka_set set; /* of the subscriptions of a test */

struct aka {
	uint8_t k[16], opc[32], rand[16], sqn[6], amf[2];
	struct crypto_av av;
};

/* The subscription inside a struct aka, for one call. */
#define WHO(a) (&(struct crypto_subscription){set, (a).k, (a).opc})

static struct aka draw_aka(const struct crypto_suite *s)
{
	struct aka a;
	draw(&a, sizeof a);
	crypto_av_generate(c, s, WHO(a), a.sqn, a.amf, a.rand, snn, &a.av);
	return a;
}

static bool usim(const struct crypto_suite *s, const struct aka *a, struct crypto_usim_answer *out)
{
	return crypto_usim_authenticate(c, s, WHO(*a), a->rand, a->av.autn, snn, out);
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

static void the_sets_of_algorithms_do_not_understand_one_another(const struct crypto_suite *s)
{
	struct aka a = draw_aka(s);
	struct crypto_usim_answer answer;
	struct crypto_subscription other = {set == CRYPTO_TUAK ? CRYPTO_MILENAGE : CRYPTO_TUAK, a.k,
	                                    a.opc};
	assert_false(crypto_usim_authenticate(c, s, &other, a.rand, a.av.autn, snn, &answer));
}

static void every_octet_of_op_changes_opc(const struct crypto_suite *s)
{
	const struct crypto_aka *aka = s->aka[set];
	uint8_t k[16], op[32], opc[32], other[32];

	draw(k, 16);
	draw(op, 32);
	aka->opc(c, k, op, opc);
	for (uint8_t i = 0; i < aka->n_opc; i++) {
		op[i] ^= 1;
		aka->opc(c, k, op, other);
		assert_memory_not_equal(opc, other, aka->n_opc);
		op[i] ^= 1;
	}
	assert_int_equal(aka->n_opc, set == CRYPTO_TUAK ? 32 : 16);
}

static void another_serving_network_gets_another_answer(const struct crypto_suite *s)
{
	struct aka a = draw_aka(s);
	struct crypto_usim_answer answer;
	assert_true(crypto_usim_authenticate(c, s, WHO(a), a.rand, a.av.autn,
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
		crypto_auts_generate(c, s, WHO(a), a.rand, sqn_ms, auts);
		assert_true(crypto_auts_verify(c, s, WHO(a), a.rand, auts, told));
		assert_memory_equal(told, sqn_ms, 6);
		spoil(auts, 14);
		assert_false(crypto_auts_verify(c, s, WHO(a), a.rand, auts, told));
	}
}

/* Borgaonkar et al., PETS'19: the leak that the model must keep in every mode. */
static void two_auts_under_one_rand_leak_the_difference_of_sqn(const struct crypto_suite *s)
{
	struct aka a = draw_aka(s);
	uint8_t one[6], two[6], auts1[14], auts2[14];
	crypto_sqn_octets(0x1234560020, one);
	crypto_sqn_octets(0x1234560041, two);
	crypto_auts_generate(c, s, WHO(a), a.rand, one, auts1);
	crypto_auts_generate(c, s, WHO(a), a.rand, two, auts2);
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

/* ---- EAP-AKA' ---- */

static void both_ends_of_eap_aka_prime_agree(const struct crypto_suite *s)
{
	for (int i = 0; i < TRIALS; i++) {
		struct aka a = draw_aka(s);
		struct crypto_av_prime av;
		struct crypto_usim_prime_answer answer;
		crypto_av_prime_generate(c, s, WHO(a), a.sqn, a.amf, a.rand, snn, &av);
		assert_memory_equal(av.autn, a.av.autn, 16);
		assert_true(crypto_usim_authenticate_prime(c, s, WHO(a), a.rand, av.autn, snn, &answer));
		assert_memory_equal(answer.sqn, a.sqn, 6);
		assert_memory_equal(answer.amf, a.amf, 2);
		assert_memory_equal(answer.res, av.xres, 8);
		assert_memory_equal(answer.ck_prime, av.ck_prime, 16);
		assert_memory_equal(answer.ik_prime, av.ik_prime, 16);
		spoil(av.autn, 16);
		assert_false(crypto_usim_authenticate_prime(c, s, WHO(a), a.rand, av.autn, snn, &answer));
	}
}

static void eap_keys_depend_on_all_that_they_are_made_of(const struct crypto_suite *s)
{
	uint8_t ck[16], ik[16];
	struct crypto_eap_keys keys[4];

	draw(ck, 16);
	draw(ik, 16);
	crypto_eap_keys(c, s, ck, ik, "999700000000001", &keys[0]);
	crypto_eap_keys(c, s, ck, ik, "999700000000002", &keys[1]);
	crypto_eap_keys(c, s, ik, ck, "999700000000001", &keys[2]);
	spoil(ck, 16);
	crypto_eap_keys(c, s, ck, ik, "999700000000001", &keys[3]);
	for (int i = 1; i < 4; i++) {
		assert_memory_not_equal(keys[0].k_encr, keys[i].k_encr, 16);
		assert_memory_not_equal(keys[0].k_aut, keys[i].k_aut, 32);
		assert_memory_not_equal(keys[0].msk, keys[i].msk, 64);
		assert_memory_not_equal(crypto_eap_kausf(&keys[0]), crypto_eap_kausf(&keys[i]), 32);
	}
}

static void a_turned_bit_anywhere_spoils_at_mac(const struct crypto_suite *s)
{
	enum { N = 108, AT = N - 16 };
	uint8_t k_aut[32], packet[N];

	draw(k_aut, 32);
	draw(packet, N);
	assert_true(crypto_eap_mac(c, s, k_aut, packet, N, AT, packet + AT));
	assert_true(crypto_eap_mac_check(c, s, k_aut, packet, N, AT));
	for (int i = 0; i < N; i++) {
		packet[i] ^= 0x10;
		assert_false(crypto_eap_mac_check(c, s, k_aut, packet, N, AT));
		packet[i] ^= 0x10;
	}
	spoil(k_aut, 32);
	assert_false(crypto_eap_mac_check(c, s, k_aut, packet, N, AT));
}

static void at_mac_stands_inside_its_packet(const struct crypto_suite *s)
{
	uint8_t k_aut[32] = {0}, packet[CRYPTO_EAP_OCTETS_MAX + 1] = {0}, mac[16];

	assert_true(crypto_eap_mac(c, s, k_aut, packet, 40, 24, mac));
	assert_false(crypto_eap_mac(c, s, k_aut, packet, 40, 25, mac));
	assert_false(crypto_eap_mac(c, s, k_aut, packet, 40, 41, mac));
	assert_false(crypto_eap_mac(c, s, k_aut, packet, 40, SIZE_MAX, mac));
	assert_false(crypto_eap_mac(c, s, k_aut, packet, 15, 0, mac));
	assert_true(crypto_eap_mac(c, s, k_aut, packet, sizeof packet - 1, 0, mac));
	assert_false(crypto_eap_mac(c, s, k_aut, packet, sizeof packet, 0, mac));
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
		crypto_av_generate(c, s, WHO(a), a.sqn, a.amf, a.rand, snn, &next);
		for (int j = 0; j < 6; j++)
			differing += __builtin_popcount(next.autn[j] ^ a.av.autn[j]);
		bits += 48;
		a.av = next;
	}
	assert_true(fabs(differing - bits / 2) < 5 * sqrt(bits) / 2);
}

#define PROPERTIES(X)                                                                              \
	X(a_usim_accepts_its_home_network)                                                            \
	X(a_usim_refuses_any_turned_bit)                                                              \
	X(the_sets_of_algorithms_do_not_understand_one_another)                                       \
	X(every_octet_of_op_changes_opc)                                                              \
	X(another_serving_network_gets_another_answer)                                                \
	X(a_synch_failure_tells_the_home_the_sqn_of_the_usim)                                         \
	X(two_auts_under_one_rand_leak_the_difference_of_sqn)                                         \
	X(both_ends_derive_the_same_keys_and_nobody_else)                                             \
	X(both_ends_of_eap_aka_prime_agree)                                                           \
	X(eap_keys_depend_on_all_that_they_are_made_of)                                               \
	X(a_turned_bit_anywhere_spoils_at_mac)                                                        \
	X(at_mac_stands_inside_its_packet)                                                            \
	X(a_vector_does_not_show_its_sqn)

#define ON_BOTH_SETS(property)                                                                     \
	static void on_every_suite_and_set_##property(void **state)                                   \
	{                                                                                             \
		(void)state;                                                                              \
		for (int i = 0; i < CRYPTO_N_MODES; i++)                                                  \
			for (set = CRYPTO_MILENAGE; set < CRYPTO_N_AKA; set++)                                \
				property(crypto_suites[i]);                                                       \
	}
PROPERTIES(ON_BOTH_SETS)
#define TEST_ON_BOTH_SETS(property) TEST(on_every_suite_and_set_##property),

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROPERTIES(TEST_ON_BOTH_SETS)
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
