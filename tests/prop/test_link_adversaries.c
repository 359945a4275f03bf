/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What must hold for every adversary on every world, whatever it links. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/analysis/link/worlds.h"

enum { WORLDS = 60 };

/* Calls `check` with every adversary, policy and a few worlds of each. */
static void for_all(void (*check)(const struct made *, const char *, uint32_t))
{
	static struct made made;
	for (uint32_t i = 0; i < adv_n_entries; i++)
		for (int policy = FRESH; policy <= STATIC; policy++)
			for (uint32_t r = 0; r < WORLDS; r++) {
				make_world(&made, (enum policy)policy, FRESH, r);
				check(&made, adv_entries[i]->name, r);
			}
}

static void check_ranges(const struct made *m, const char *adversary, uint32_t r)
{
	struct game_score score = play_world(m, adversary, 4, r % 2, r);
	for (int k = 0; k < GAME_MEASURES; k++) {
		double x = ratio(&score, k), most = k == GAME_ANONYMITY_SET ? 2 : 1;
		if (score.den[k] > 0)
			assert_true(x >= (k == GAME_ADVANTAGE ? -1 : 0) && x <= most);
	}
}

static void every_score_stays_in_its_range(void **state)
{
	(void)state;
	for_all(check_ranges);
}

static void check_repeats(const struct made *m, const char *adversary, uint32_t r)
{
	struct game_score a = play_world(m, adversary, 4, false, r);
	struct game_score b = play_world(m, adversary, 4, false, r);
	assert_memory_equal(&a, &b, sizeof a);
}

static void the_same_world_gives_the_same_score(void **state)
{
	(void)state;
	for_all(check_repeats);
}

/* Pseudonyms are names: others in their place, equal where these were equal, change nothing. */
static void check_renaming(const struct made *m, const char *adversary, uint32_t r)
{
	static struct made other;
	other = *m;
	for (uint32_t i = 0; i < OBS; i++) {
		other.pseudonym[i] = m->pseudonym[i] * UINT64_C(0x9e3779b97f4a7c15);
		other.key[i] = m->key[i] * UINT64_C(0x9e3779b97f4a7c15);
		other.identity[i] = m->identity[i] * UINT64_C(0x9e3779b97f4a7c15);
	}
	other.world.pseudonym = other.pseudonym;
	other.world.holder_key = other.key;
	other.world.identity = other.identity;
	struct game_score a = play_world(m, adversary, 4, false, r);
	struct game_score b = play_world(&other, adversary, 4, false, r);
	assert_memory_equal(&a, &b, sizeof a);
}

static void pseudonyms_are_compared_and_nothing_else(void **state)
{
	(void)state;
	for_all(check_renaming);
}

/* Without the disclosure the column that holds the answer must not be read. */
static void check_disclosure(const struct made *m, const char *adversary, uint32_t r)
{
	static struct made other;
	other = *m;
	memset(other.disclosed, 0, sizeof other.disclosed);
	other.world.disclosed = other.disclosed;
	struct game_score a = play_world(m, adversary, 4, false, r);
	struct game_score b = play_world(&other, adversary, 4, false, r);
	assert_memory_equal(&a, &b, sizeof a);
}

static void what_is_not_disclosed_changes_nothing(void **state)
{
	(void)state;
	for_all(check_disclosure);
}

static void more_colluding_hospitals_see_no_less(void **state)
{
	(void)state;
	static struct made made;
	for (uint32_t r = 0; r < WORLDS; r++) {
		double before = 0;
		make_world(&made, FRESH, FRESH, r);
		for (int64_t c = 0; c <= HOSPITALS; c++) {
			struct game_score score = play_world(&made, "hospitals", c, false, r);
			assert_true(ratio(&score, GAME_COVERAGE) >= before);
			before = ratio(&score, GAME_COVERAGE);
		}
		assert_true(before == 1);
	}
}

static void an_adversary_who_sees_nothing_has_no_score(void **state)
{
	(void)state;
	static struct made made;
	make_world(&made, STATIC, STATIC, 0);
	struct game_score score = play_world(&made, "hospitals", 0, true, 0);
	assert_true(score.den[GAME_ADVANTAGE] == 0 && score.challenges == 0);
	assert_true(ratio(&score, GAME_COVERAGE) == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_score_stays_in_its_range),
		cmocka_unit_test(the_same_world_gives_the_same_score),
		cmocka_unit_test(pseudonyms_are_compared_and_nothing_else),
		cmocka_unit_test(what_is_not_disclosed_changes_nothing),
		cmocka_unit_test(more_colluding_hospitals_see_no_less),
		cmocka_unit_test(an_adversary_who_sees_nothing_has_no_score),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
