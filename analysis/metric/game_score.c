/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scores. A session's posterior is that of the most decided of its observations (the mean of
 * those equally decided), so that attempts of one session are not taken for independent evidence.
 */
#include "analysis/metric/game.h"
#include "analysis/metric/metric.h"
#include "analysis/stat/moment.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double identified_prob = 0.95, tie = 1e-12;

struct session {
	uint32_t number;
	uint16_t who;
	bool known, named; /* named: its subscription was read in clear, and rightly */
	int64_t first_ns;
	double p[ADV_MAX_SUBJECTS], entropy_bit;
	uint32_t tied, obs; /* observations that p is the mean of; one of them */
};

static struct session *find(struct session *s, uint32_t n, uint32_t number)
{
	for (uint32_t i = n; i-- > 0;) /* the latest is the likeliest: observations come by time */
		if (s[i].number == number)
			return &s[i];
	return NULL;
}

/* Takes the observation's posterior when it is more decided than what the session has. */
static void learn(struct session *s, const double *p, uint32_t n, uint32_t obs)
{
	double h = stat_entropy_bit(p, n);
	if (s->tied > 0 && h > s->entropy_bit + tie)
		return;
	if (s->tied == 0 || h < s->entropy_bit - tie) {
		memcpy(s->p, p, n * sizeof *p);
		s->entropy_bit = h;
		s->tied = 1;
		s->obs = obs;
		return;
	}
	s->tied++;
	for (uint32_t k = 0; k < n; k++)
		s->p[k] += (p[k] - s->p[k]) / s->tied;
}

static uint32_t gather(const struct game_truth *t, const struct adv_claims *c, struct session *s)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < t->n_obs; i++) {
		if (t->session[i] == GAME_NO_SESSION)
			continue;
		struct session *of = find(s, n, t->session[i]);
		if (!of) {
			of = &s[n++];
			*of = (struct session){.number = t->session[i], .who = t->who[i],
			                       .known = t->known[i], .first_ns = t->t_ns[i]};
		}
		if (t->t_ns[i] < of->first_ns)
			of->first_ns = t->t_ns[i];
		of->named |= c->msin[i] != 0 && c->msin[i] == t->msin[i];
		learn(of, &c->posterior[i * t->n_subjects], t->n_subjects, i);
	}
	return n;
}

/* 1 right, 0 wrong; shared among subjects that are equally probable, so undecided of two is 1/2. */
static double answer(const struct session *s, uint32_t n)
{
	double most = 0;
	uint32_t best = 0;
	for (uint32_t k = 0; k < n; k++)
		most = fmax(most, s->p[k]);
	for (uint32_t k = 0; k < n; k++)
		best += s->p[k] >= most - tie;
	return s->p[s->who] >= most - tie ? 1.0 / best : 0;
}

static void add(struct game_score *score, enum game_measure m, double num, double den)
{
	score->num[m] += num;
	score->den[m] += den;
}

static void score_session(const struct session *s, uint32_t n, struct game_score *score)
{
	/* n (mean - 1/n) / (n - 1): 2 (mean - 1/2) for two. */
	add(score, GAME_ADVANTAGE, (n * answer(s, n) - 1) / (n - 1), 1);
	double h = stat_entropy_bit(s->p, n);
	add(score, GAME_ENTROPY, h, 1);
	add(score, GAME_ANONYMITY_SET, exp2(h), 1);
	add(score, GAME_IDENTIFIED, s->named || s->p[s->who] >= identified_prob, 1);
	score->challenges++;
}

static bool is_challenge(const struct game_truth *t, uint32_t obs)
{
	return t->session[obs] != GAME_NO_SESSION && !t->known[obs];
}

static void score_pairs(const struct game_truth *t, const struct adv_claims *c,
                        struct game_score *score)
{
	for (uint32_t a = 0; a < t->n_obs; a++)
		for (uint32_t b = a + 1; b < t->n_obs && is_challenge(t, a); b++) {
			if (!is_challenge(t, b) || t->session[a] == t->session[b])
				continue;
			bool same = t->who[a] == t->who[b];
			bool claimed = adv_same_prob(c, a, b) > 0.5 + tie;
			add(score, GAME_PRECISION, claimed && same, claimed);
			add(score, GAME_RECALL, claimed && same, same);
		}
}

/*
 * The best assignments of last to first sessions: their weight, how many tie, how many are right.
 */
struct assignment {
	uint32_t n;
	double same[ADV_MAX_SUBJECTS][ADV_MAX_SUBJECTS];
	double weight, ties, right;
};

static void assign(struct assignment *a, uint32_t row, uint32_t used, double weight, uint32_t right)
{
	if (row == a->n) {
		if (weight > a->weight * (1 + tie) || a->ties == 0) {
			a->weight = weight;
			a->ties = a->right = 0;
		} else if (weight < a->weight * (1 - tie))
			return;
		a->ties++;
		a->right += right;
		return;
	}
	for (uint32_t k = 0; k < a->n; k++)
		if (!(used >> k & 1))
			assign(a, row + 1, used | 1u << k, weight * a->same[row][k], right + (k == row));
}

static double same_prob(const struct adv_claims *c, const struct session *a,
                        const struct session *b)
{
	double same = 0;
	if (c->group[a->obs] == c->group[b->obs])
		return 1;
	for (uint32_t k = 0; k < c->n_subjects; k++)
		same += a->p[k] * b->p[k];
	return same;
}

static void score_top1(const struct session *s, uint32_t n, const struct adv_claims *c,
                       struct game_score *score)
{
	const struct session *first[ADV_MAX_SUBJECTS] = {0}, *last[ADV_MAX_SUBJECTS] = {0};
	for (uint32_t i = 0; i < n; i++) {
		if (s[i].known)
			continue;
		const struct session **f = &first[s[i].who], **l = &last[s[i].who];
		*f = !*f || s[i].first_ns < (*f)->first_ns ? &s[i] : *f;
		*l = !*l || s[i].first_ns > (*l)->first_ns ? &s[i] : *l;
	}
	struct assignment a = {.n = c->n_subjects};
	for (uint32_t i = 0; i < a.n; i++)
		if (!first[i] || first[i] == last[i])
			return; /* a subject without two sessions: there is nothing to assign */
	for (uint32_t i = 0; i < a.n; i++)
		for (uint32_t k = 0; k < a.n; k++)
			a.same[i][k] = same_prob(c, first[i], last[k]);
	assign(&a, 0, 0, 1, 0);
	add(score, GAME_TOP1, a.right / a.ties / a.n, 1);
}

void game_score(const struct game_truth *truth, const struct adv_claims *claims,
                struct game_score *score)
{
	struct session *s = met_alloc(truth->n_obs, sizeof *s);
	uint32_t n = gather(truth, claims, s);
	*score = (struct game_score){0};
	for (uint32_t i = 0; i < n; i++)
		if (!s[i].known)
			score_session(&s[i], truth->n_subjects, score);
	add(score, GAME_COVERAGE, n, truth->n_sessions);
	score_pairs(truth, claims, score);
	score_top1(s, n, claims, score);
	free(s);
}
