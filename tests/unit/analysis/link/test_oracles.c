/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What theory says must come out of each adversary, on observations made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "analysis/stat/interval.h"
#include "tests/unit/analysis/link/worlds.h"
#include "tests/unit/analysis/near.h"

enum { REPLICATIONS = 100 };

struct setting {
	const char *adversary;
	enum policy policy, commitment;
	int64_t collude;
	bool disclosure;
};

/* A measure over replications, with its interval. */
static struct stat_interval measure(struct setting s, enum game_measure m, double level)
{
	static struct made made;
	double x[REPLICATIONS];
	size_t n = 0;
	for (uint32_t r = 0; r < REPLICATIONS; r++) {
		make_world(&made, s.policy, s.commitment, r);
		struct game_score score = play_world(&made, s.adversary, s.collude, s.disclosure, r);
		if (score.den[m] > 0)
			x[n++] = ratio(&score, m);
	}
	return stat_t_interval(x, n, level);
}

static void assert_certain(struct setting s)
{
	struct stat_interval i = measure(s, GAME_ADVANTAGE, 0.95);
	assert_true(i.value == 1 && i.low == 1 && i.high == 1);
}

static void assert_chance(struct setting s)
{
	struct stat_interval i = measure(s, GAME_ADVANTAGE, 0.99);
	if (!(i.low <= 0 && i.high >= 0))
		fail_msg("advantage %g [%g, %g] is not chance", i.value, i.low, i.high);
}

static void a_static_pseudonym_is_linked_with_certainty(void **state)
{
	(void)state;
	assert_certain((struct setting){"hospitals", STATIC, FRESH, -1, false});
	struct setting s = {"hospitals", STATIC, FRESH, -1, false};
	assert_true(measure(s, GAME_TOP1, 0.95).low == 1);
	assert_true(measure(s, GAME_PRECISION, 0.95).low == 1);
	assert_true(measure(s, GAME_RECALL, 0.95).low == 1);
	assert_true(measure(s, GAME_IDENTIFIED, 0.95).low == 1);
	assert_true(measure(s, GAME_ENTROPY, 0.95).value == 0);
	assert_true(measure(s, GAME_ANONYMITY_SET, 0.95).value == 1);
}

static void fresh_pseudonyms_leave_chance(void **state)
{
	(void)state;
	struct setting s = {"hospitals", FRESH, FRESH, -1, false};
	assert_chance(s);
	struct stat_interval top1 = measure(s, GAME_TOP1, 0.99);
	assert_true(top1.low <= 0.5 && top1.high >= 0.5); /* expected right: 1 of n = 2 */
	double set = measure(s, GAME_ANONYMITY_SET, 0.95).value; /* habits tilt it,
	    they do not decide */
	assert_true(set > 1.7 && set < 2);
	assert_true(measure(s, GAME_IDENTIFIED, 0.95).value == 0);
}

static void a_static_commitment_links_fresh_pseudonyms(void **state)
{
	(void)state;
	assert_certain((struct setting){"hospitals", FRESH, STATIC, -1, false});
}

static void the_disclosure_names_every_session(void **state)
{
	(void)state;
	struct setting s = {"hospitals", FRESH, FRESH, -1, true};
	assert_certain(s);
	assert_true(measure(s, GAME_IDENTIFIED, 0.95).low == 1);
}

static void few_hospitals_with_the_disclosure_name_all_that_they_see(void **state)
{
	(void)state;
	struct setting s = {"hospitals", FRESH, FRESH, 3, true};
	assert_certain(s);
	struct stat_interval c = measure(s, GAME_COVERAGE, 0.99);
	assert_true(c.low <= 0.3 && c.high >= 0.3);
}

static void an_adversary_that_ignores_its_input_is_at_zero_exactly(void **state)
{
	(void)state;
	struct setting s = {"blind", STATIC, STATIC, -1, true};
	struct stat_interval i = measure(s, GAME_ADVANTAGE, 0.95);
	assert_true(i.value == 0 && i.low == 0 && i.high == 0);
	assert_true(measure(s, GAME_ENTROPY, 0.95).value == 1);
	assert_true(measure(s, GAME_ANONYMITY_SET, 0.95).value == 2);
	assert_true(measure(s, GAME_TOP1, 0.95).value == 0.5);
	assert_true(measure(s, GAME_RECALL, 0.95).value == 0);
	assert_true(isnan(measure(s, GAME_PRECISION, 0.95).value));
	assert_true(measure(s, GAME_IDENTIFIED, 0.95).value == 0);
}

/*
 * Posteriors of one replication under per-hospital pseudonyms, split by whether a named one is
 * there.
 */
static void play_per_hospital(uint32_t r, double score[2], double n[2])
{
	static struct made made;
	struct adv_claims claims;
	struct adv_known known[2 * ATTEMPTS];
	uint32_t n_known = 0;
	bool named[HOSPITALS] = {false}, handed[SESSIONS] = {false};
	make_world(&made, PER_HOSPITAL, FRESH, r);
	for (uint16_t s = 0; s < 2; s++) {
		uint32_t first = 0;
		while (made.who[first] != s)
			first += ATTEMPTS;
		for (uint32_t k = 0; k < ATTEMPTS; k++)
			known[n_known++] = (struct adv_known){first + k, s};
		named[made.place[first]] = handed[made.session[first]] = true;
	}
	struct adv_view view = {
		.n_obs = OBS, .n_subjects = 2, .n_places = HOSPITALS, .n_known = n_known,
		.subject = surgeon_names, .known = known, .t_ns = made.t_ns, .place = made.place,
		.pseudonym = made.pseudonym, .holder_key = made.key, .commitment = made.commitment};
	assert_int_equal(adv_claims_init(&claims, OBS, 2), 0);
	adv_find("hospitals")->run(&view, &claims);
	for (uint32_t i = 0; i < OBS; i += ATTEMPTS) {
		double right = claims.posterior[2 * i + made.who[i]];
		if (handed[made.session[i]])
			continue;
		score[named[made.place[i]]] += right == 0.5 ? 0.5 : right > 0.5;
		n[named[made.place[i]]]++;
	}
	adv_claims_free(&claims);
}

static void per_hospital_pseudonyms_link_within_a_hospital_and_not_across(void **state)
{
	(void)state;
	double across[REPLICATIONS], score[2], n[2];
	for (uint32_t r = 0; r < REPLICATIONS; r++) {
		score[0] = score[1] = n[0] = n[1] = 0;
		play_per_hospital(r, score, n);
		assert_true(n[1] > 0 && score[1] == n[1]);
		across[r] = score[0] / n[0];
	}
	struct stat_interval i = stat_t_interval(across, REPLICATIONS, 0.99);
	assert_true(i.low <= 0.5 && i.high >= 0.5);
}

static void radio_sees_nothing_in_fresh_sucis(void **state)
{
	(void)state;
	assert_chance((struct setting){"radio", STATIC, STATIC, -1, false});
}

/* Plays the radio adversary on worlds changed by `change`; every replication must be at 1. */
static void assert_radio_certain(void (*change)(struct made *), bool identified)
{
	static struct made made;
	for (uint32_t r = 0; r < REPLICATIONS; r++) {
		make_world(&made, FRESH, FRESH, r);
		change(&made);
		struct game_score score = play_world(&made, "radio", -1, false, r);
		assert_true(ratio(&score, GAME_ADVANTAGE) == 1);
		assert_true(ratio(&score, GAME_RECALL) == 1);
		assert_int_equal(ratio(&score, GAME_IDENTIFIED) == 1, identified);
	}
}

static void null_scheme(struct made *m)
{
	memcpy(m->clear_msin, m->msin, sizeof m->msin);
}

static void static_guti(struct made *m)
{
	for (uint32_t i = 0; i < OBS; i++)
		m->identity[i] = 1u + m->who[i];
}

static void the_null_scheme_gives_the_subscriber_away(void **state)
{
	(void)state;
	assert_radio_certain(null_scheme, true);
}

static void a_guti_that_never_changes_links_with_certainty(void **state)
{
	(void)state;
	assert_radio_certain(static_guti, true);
}

static void a_clear_msin_identifies_without_any_known_session(void **state)
{
	(void)state;
	static struct made made;
	struct game_score score;
	struct rec_adversary a = {.kind = REC_ADVERSARY_RADIO, .known_sessions = 0};
	make_world(&made, FRESH, FRESH, 3);
	null_scheme(&made);
	game_play(&made.world, &(struct game_rules){adv_find("radio"), &a, 20, 3}, &score);
	assert_true(ratio(&score, GAME_IDENTIFIED) == 1);
	assert_true(ratio(&score, GAME_ADVANTAGE) == 0); /* which of two names it is, nobody said */
	assert_true(ratio(&score, GAME_PRECISION) == 1);
}

/*
 * Answers from the truth that the test put into the disclosed column, as a perfect adversary
 * would.
 */
static void run_perfect(const struct adv_view *view, struct adv_claims *claims)
{
	for (uint32_t i = 0; i < view->n_obs; i++)
		for (uint32_t s = 0; s < view->n_subjects; s++)
			claims->posterior[i * view->n_subjects + s] = s + 1 == view->disclosed[i];
}

static void a_perfect_adversary_is_at_one_in_every_score(void **state)
{
	(void)state;
	static const struct adv_entry perfect = {.name = "perfect", .run = run_perfect};
	static struct made made;
	struct game_score score;
	struct rec_adversary a = {.kind = REC_ADVERSARY_HOSPITALS, .collude = -1, .disclosure = true};
	make_world(&made, FRESH, FRESH, 0);
	game_play(&made.world, &(struct game_rules){&perfect, &a, 20, 0}, &score);
	assert_int_equal(score.challenges, SESSIONS);
	for (int m = 0; m < GAME_MEASURES; m++)
		assert_true(ratio(&score, m) == (m == GAME_ENTROPY ? 0 : 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_static_pseudonym_is_linked_with_certainty),
		cmocka_unit_test(fresh_pseudonyms_leave_chance),
		cmocka_unit_test(a_static_commitment_links_fresh_pseudonyms),
		cmocka_unit_test(the_disclosure_names_every_session),
		cmocka_unit_test(few_hospitals_with_the_disclosure_name_all_that_they_see),
		cmocka_unit_test(an_adversary_that_ignores_its_input_is_at_zero_exactly),
		cmocka_unit_test(per_hospital_pseudonyms_link_within_a_hospital_and_not_across),
		cmocka_unit_test(radio_sees_nothing_in_fresh_sucis),
		cmocka_unit_test(the_null_scheme_gives_the_subscriber_away),
		cmocka_unit_test(a_guti_that_never_changes_links_with_certainty),
		cmocka_unit_test(a_clear_msin_identifies_without_any_known_session),
		cmocka_unit_test(a_perfect_adversary_is_at_one_in_every_score),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
