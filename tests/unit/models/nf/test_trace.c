/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The protocol trace: whose order counts, and whose does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "models/nf/nf.h"
#include <cmocka.h>
#include <string.h>

struct step {
	uint16_t node;
	uint32_t ue;
	uint8_t message;
};

/* The digest of these steps. */
static void digest_of(const struct step *steps, size_t n, uint8_t out[REC_DIGEST_OCTETS])
{
	struct nf_env env = {.trace = nf_trace_new()};

	for (size_t i = 0; i < n; i++)
		nf_trace_step(&env, steps[i].node, steps[i].ue, NF_P_MESSAGE, steps[i].message, 0, 0);
	nf_trace_digest(env.trace, out);
	nf_trace_free(env.trace);
}

static bool same(const struct step *a, const struct step *b, size_t n)
{
	uint8_t of_a[REC_DIGEST_OCTETS], of_b[REC_DIGEST_OCTETS];

	digest_of(a, n, of_a);
	digest_of(b, n, of_b);
	return memcmp(of_a, of_b, sizeof of_a) == 0;
}

static void entities_may_take_turns_in_any_order(void **state)
{
	static const struct step one[] = {{1, 7, 1}, {1, 7, 2}, {1, 8, 3}, {2, 7, 4}};
	static const struct step other[] = {{2, 7, 4}, {1, 7, 1}, {1, 8, 3}, {1, 7, 2}};

	(void)state;
	assert_true(same(one, other, 4));
}

static void an_entity_may_not_do_the_same_in_another_order(void **state)
{
	static const struct step one[] = {{1, 7, 1}, {1, 7, 2}, {1, 8, 3}};
	static const struct step other[] = {{1, 7, 2}, {1, 7, 1}, {1, 8, 3}};

	(void)state;
	assert_false(same(one, other, 3));
}

static void it_matters_who_did_it(void **state)
{
	static const struct step one[] = {{1, 7, 1}, {2, 8, 1}};
	static const struct step other[] = {{2, 7, 1}, {1, 8, 1}};

	(void)state;
	assert_false(same(one, other, 2));
}

static void a_step_more_is_another_trace_even_if_it_is_the_same_step(void **state)
{
	static const struct step steps[] = {{1, 7, 1}, {1, 7, 1}, {1, 7, 1}};
	uint8_t of_two[REC_DIGEST_OCTETS], of_three[REC_DIGEST_OCTETS];

	(void)state;
	digest_of(steps, 2, of_two);
	digest_of(steps, 3, of_three);
	assert_memory_not_equal(of_two, of_three, sizeof of_two);
}

/* More nodes than have a count of their own in the subscribers' rows; the last subscriber. */
static void which_nodes_come_first_does_not_matter(void **state)
{
	enum { NODES = 40, ROUNDS = 60, MANY = NODES * ROUNDS };
	static struct step up[MANY], down[MANY];

	(void)state;
	for (uint32_t i = 0; i < MANY; i++) {
		uint16_t node = (uint16_t)(i % NODES);
		uint8_t message = (uint8_t)(i / NODES);
		up[i] = (struct step){node, (1 << 24) - 1 - node % 3, message};
		down[i] = (struct step){(uint16_t)(NODES - 1 - node),
			(1 << 24) - 1 - (NODES - 1u - node) % 3, message};
	}
	assert_true(same(up, down, MANY));
	down[MANY - 1].message++;
	assert_false(same(up, down, MANY));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entities_may_take_turns_in_any_order),
		cmocka_unit_test(an_entity_may_not_do_the_same_in_another_order),
		cmocka_unit_test(it_matters_who_did_it),
		cmocka_unit_test(a_step_more_is_another_trace_even_if_it_is_the_same_step),
		cmocka_unit_test(which_nodes_come_first_does_not_matter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
