/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sequence numbers at the home network and at the USIM, clause by clause of TS 33.102 Annex C. */
#include "models/crypto/sqn.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct sqn_rule rule = {.ind_bits = 5, .delta = 1 << 28};

static uint64_t sqn(uint64_t seq, uint64_t ind)
{
	return seq << 5 | ind;
}

static void c_1_2_the_home_gives_each_vector_the_next_seq_and_the_next_ind(void **state)
{
	uint64_t at = 0;

	(void)state;
	for (uint64_t k = 1; k <= 100; k++) {
		at = sqn_next(&rule, at);
		assert_int_equal(at, sqn(k, k % 32));
	}
}

static void c_2_1_a_counter_at_its_end_does_not_wrap(void **state)
{
	uint64_t last = ((uint64_t)1 << SQN_BITS) - 1;
	struct sqn_usim usim = {.highest = last};

	(void)state;
	assert_int_equal(sqn_next(&rule, last), last);
	assert_int_equal(sqn_next(&rule, last - 32) >> 5, last >> 5);
	assert_true(sqn_next(&rule, last - 32) <= last);
	usim.seq[31] = last >> 5;
	assert_false(sqn_accept(&rule, &usim, last)); /* so that the USIM refuses the repetition */
	assert_int_equal(usim.highest, last);
}

static void c_2_1_a_jump_of_delta_is_accepted_and_one_more_is_not(void **state)
{
	struct sqn_usim usim = {.highest = 0};

	(void)state;
	assert_false(sqn_accept(&rule, &usim, sqn(rule.delta + 1, 0)));
	assert_int_equal(usim.highest, 0);
	assert_true(sqn_accept(&rule, &usim, sqn(rule.delta, 0)));
	assert_int_equal(usim.highest, sqn(rule.delta, 0));
	/* the jump counts from the highest of the whole array, not from the element's own */
	assert_true(sqn_accept(&rule, &usim, sqn(rule.delta + 1, 7)));
	assert_true(sqn_accept(&rule, &usim, sqn(2 * rule.delta + 1, 8)));
	assert_false(sqn_accept(&rule, &usim, sqn(3 * rule.delta + 2, 8)));
}

static void c_2_2_the_same_number_twice_is_not_fresh(void **state)
{
	struct sqn_usim usim = {.highest = 0};

	(void)state;
	assert_false(sqn_accept(&rule, &usim, sqn(0, 0))); /* nothing is greater than a new card's 0 */
	assert_true(sqn_accept(&rule, &usim, sqn(1, 1)));
	assert_false(sqn_accept(&rule, &usim, sqn(1, 1)));
	assert_int_equal(usim.highest, sqn(1, 1));
}

static void c_2_2_vectors_used_out_of_order_are_fresh_by_their_own_index(void **state)
{
	struct sqn_usim usim = {.highest = 0};

	(void)state;
	assert_true(sqn_accept(&rule, &usim, sqn(3, 3)));
	assert_true(sqn_accept(&rule, &usim, sqn(1, 1)));
	assert_true(sqn_accept(&rule, &usim, sqn(2, 2)));
	assert_int_equal(usim.highest, sqn(3, 3)); /* what AUTS tells stays the highest */
	assert_false(sqn_accept(&rule, &usim, sqn(2, 3)));
	for (uint64_t k = 1; k <= 3; k++)
		assert_false(sqn_accept(&rule, &usim, sqn(k, k)));
}

static void c_2_2_without_ind_bits_only_a_greater_number_is_fresh(void **state)
{
	const struct sqn_rule plain = {.ind_bits = 0, .delta = 1 << 28};
	struct sqn_usim usim = {.highest = 0};

	(void)state;
	assert_true(sqn_accept(&plain, &usim, sqn_next(&plain, 4)));
	assert_false(sqn_accept(&plain, &usim, 4));
	assert_true(sqn_accept(&plain, &usim, 6));
}

static void c_2_3_a_number_as_old_as_the_limit_is_refused_though_its_index_would_take_it(void **state)
{
	const struct sqn_rule limited = {.ind_bits = 5, .delta = 1 << 28, .age_limit = 10};
	struct sqn_usim usim = {.highest = 0};

	(void)state;
	assert_true(sqn_accept(&limited, &usim, sqn(50, 50 % 32)));
	assert_false(sqn_accept(&limited, &usim, sqn(40, 40 % 32))); /* 50 - 40 is not below L */
	assert_true(sqn_accept(&limited, &usim, sqn(41, 41 % 32)));
	assert_int_equal(usim.highest, sqn(50, 50 % 32));
}

static void a_card_ahead_refuses_every_number_that_its_home_gives_until_it_is_caught_up(void **state)
{
	(void)state;
	for (uint64_t ahead = 0; ahead < 70; ahead++) {
		struct sqn_usim usim;
		uint64_t at = 0;

		sqn_usim_ahead(&rule, &usim, ahead);
		for (uint64_t k = 1; k <= ahead; k++) {
			at = sqn_next(&rule, at);
			assert_false(sqn_accept(&rule, &usim, at));
		}
		assert_int_equal(usim.highest, at);
		assert_true(sqn_accept(&rule, &usim, sqn_next(&rule, at)));
	}
}

static void s_6_3_5_after_resynchronisation_the_next_number_is_accepted(void **state)
{
	struct sqn_usim usim;

	(void)state;
	sqn_usim_ahead(&rule, &usim, 123456789);
	assert_false(sqn_in_range(&rule, sqn_next(&rule, sqn(5, 5)), usim.highest));
	assert_true(sqn_in_range(&rule, sqn_next(&rule, usim.highest), usim.highest));
	assert_false(sqn_in_range(&rule, usim.highest + 32 * (rule.delta + 1), usim.highest));
	assert_true(sqn_accept(&rule, &usim, sqn_next(&rule, usim.highest)));
}

/* ---- in 16 octets ---- */

static uint32_t drawn(uint32_t *seed, uint32_t n)
{
	*seed = *seed * 1664525u + 1013904223u; /* Numerical Recipes' */
	return (*seed >> 8) % n;
}

/* Mostly the next number, or one that comes late, or after some that were lost. */
static uint64_t some_seq(uint32_t *seed, uint64_t *at, uint32_t longest_gap)
{
	uint32_t kind = drawn(seed, 8);

	if (kind == 0 && *at > 0)
		return *at - drawn(seed, *at < 80 ? (uint32_t)*at : 80);
	return *at += kind == 1 ? 1 + drawn(seed, longest_gap) : 1;
}

static void a_card_that_can_be_said_in_16_octets_is_the_same_card_afterwards(void **state)
{
	uint32_t seed = 7, said = 0, not_said = 0;

	(void)state;
	for (uint8_t bits = 0; bits <= SQN_IND_BITS_MAX; bits++) {
		const struct sqn_rule odd = {.ind_bits = bits, .delta = 1 << 28};
		struct sqn_usim card = {.highest = 0};
		uint64_t at = 0;
		for (int i = 0; i < 20000; i++) {
			struct sqn_recent narrow;
			struct sqn_usim again;
			uint64_t seq = some_seq(&seed, &at, i % 1000 < 900 ? 3 : 90);
			sqn_accept(&odd, &card, seq << bits | (seq & ((1u << bits) - 1)));
			if (!sqn_narrow(&odd, &card, &narrow)) {
				not_said++;
				continue;
			}
			said++;
			assert_int_equal(narrow.recent & 1, 1);
			sqn_widen(&odd, &narrow, &again);
			assert_memory_equal(&again, &card, sizeof card);
		}
	}
	assert_true(said > 100000 && not_said > 0);
}

static void a_card_whose_seq_and_ind_do_not_go_together_cannot_be_said_in_16_octets(void **state)
{
	const struct sqn_rule two = {.ind_bits = 2, .delta = 1 << 28};
	struct sqn_usim card = {.highest = 0};
	struct sqn_recent narrow;

	(void)state;
	assert_true(sqn_accept(&two, &card, 5 << 2 | 3)); /* 5 goes with 1 */
	assert_false(sqn_narrow(&two, &card, &narrow));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(c_1_2_the_home_gives_each_vector_the_next_seq_and_the_next_ind),
		cmocka_unit_test(c_2_1_a_counter_at_its_end_does_not_wrap),
		cmocka_unit_test(c_2_1_a_jump_of_delta_is_accepted_and_one_more_is_not),
		cmocka_unit_test(c_2_2_the_same_number_twice_is_not_fresh),
		cmocka_unit_test(c_2_2_vectors_used_out_of_order_are_fresh_by_their_own_index),
		cmocka_unit_test(c_2_2_without_ind_bits_only_a_greater_number_is_fresh),
		cmocka_unit_test(
			c_2_3_a_number_as_old_as_the_limit_is_refused_though_its_index_would_take_it),
		cmocka_unit_test(
			a_card_ahead_refuses_every_number_that_its_home_gives_until_it_is_caught_up),
		cmocka_unit_test(s_6_3_5_after_resynchronisation_the_next_number_is_accepted),
		cmocka_unit_test(a_card_that_can_be_said_in_16_octets_is_the_same_card_afterwards),
		cmocka_unit_test(
			a_card_whose_seq_and_ind_do_not_go_together_cannot_be_said_in_16_octets),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
