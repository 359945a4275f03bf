/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/metric/game.h"
#include "analysis/metric/metric.h"
#include "sim/core/rng.h"
#include <stdlib.h>
#include <string.h>

static void shuffle(uint32_t *x, uint32_t n, struct sim_stream stream)
{
	for (uint32_t i = 0; i < n; i++)
		x[i] = i;
	for (uint32_t i = n; i > 1; i--) {
		uint32_t k = sim_stream_below(&stream, i), swap = x[k];
		x[k] = x[i - 1];
		x[i - 1] = swap;
	}
}

/* seen[place]: its operator is part of the adversary. */
static void choose_places(const struct game_world *world, const struct game_rules *rules,
                          bool *seen)
{
	int64_t collude = rules->adversary->collude;
	uint32_t *order = met_alloc(world->n_places, sizeof *order);
	shuffle(order, world->n_places,
	        sim_stream_open(rules->seed, rules->replication, GAME_STREAM_COLLUDE, 0));
	for (uint32_t i = 0; i < world->n_places; i++)
		seen[order[i]] = rules->adversary->kind != REC_ADVERSARY_HOSPITALS || collude < 0 ||
		                 (int64_t)i < collude;
	free(order);
}

/* Copies of the columns, cut down to what the adversary sees, and the truth in the same order. */
struct table {
	uint32_t n;
	int64_t *t_ns;
	uint16_t *place, *who;
	uint64_t *pseudonym, *holder_key, *commitment, *identity, *clear_msin, *msin;
	uint32_t *disclosed, *session;
	bool *known;
};

#define PICK(column)                                                                               \
	do {                                                                                          \
		if (world->column) {                                                                      \
			t->column = met_alloc(n, sizeof *t->column);                                          \
			for (uint32_t i = 0; i < n; i++)                                                      \
				t->column[i] = world->column[pick[i]];                                            \
		}                                                                                         \
	} while (0)

static void cut(const struct game_world *world, const uint32_t *pick, uint32_t n, struct table *t)
{
	t->n = n;
	t->known = met_alloc(n, sizeof *t->known);
	PICK(t_ns);
	PICK(place);
	PICK(pseudonym);
	PICK(holder_key);
	PICK(commitment);
	PICK(disclosed);
	PICK(identity);
	PICK(clear_msin);
	PICK(session);
	PICK(who);
	PICK(msin);
}
#undef PICK

static void table_free(struct table *t)
{
	free(t->t_ns);
	free(t->place);
	free(t->who);
	free(t->pseudonym);
	free(t->holder_key);
	free(t->commitment);
	free(t->identity);
	free(t->clear_msin);
	free(t->msin);
	free(t->disclosed);
	free(t->session);
	free(t->known);
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

/* The sessions of a subject that were observed, ascending. Returns how many. */
static uint32_t sessions_of(const struct table *t, uint16_t subject, uint32_t *out)
{
	uint32_t n = 0, distinct = 0;
	for (uint32_t i = 0; i < t->n; i++)
		if (t->who[i] == subject && t->session[i] != GAME_NO_SESSION)
			out[n++] = t->session[i];
	qsort(out, n, sizeof *out, by_number);
	for (uint32_t i = 0; i < n; i++)
		if (distinct == 0 || out[distinct - 1] != out[i])
			out[distinct++] = out[i];
	return distinct;
}

static void hand_over(const struct game_rules *rules, uint16_t subject, struct table *t)
{
	uint32_t *session = met_alloc(t->n, sizeof *session), *order = met_alloc(t->n, sizeof *order);
	uint32_t n = sessions_of(t, subject, session);
	shuffle(order, n, sim_stream_open(rules->seed, rules->replication, GAME_STREAM_KNOWN, subject));
	for (uint32_t k = 0; k < n && (int64_t)k < rules->adversary->known_sessions; k++)
		for (uint32_t i = 0; i < t->n; i++)
			t->known[i] |= t->session[i] == session[order[k]];
	free(session);
	free(order);
}

static void play(const struct game_world *world, const struct game_rules *rules, struct table *t,
                 struct game_score *score)
{
	struct adv_known *known = met_alloc(t->n, sizeof *known);
	struct adv_claims claims;
	uint32_t n_known = 0;
	for (uint32_t i = 0; i < t->n; i++)
		if (t->known[i])
			known[n_known++] = (struct adv_known){i, t->who[i]};
	struct adv_view view = {
		.n_obs = t->n, .n_subjects = world->n_subjects, .n_places = world->n_places,
		.n_known = n_known, .subject = world->subject, .known = known, .t_ns = t->t_ns,
		.place = t->place, .pseudonym = t->pseudonym, .holder_key = t->holder_key,
		.commitment = t->commitment, .identity = t->identity, .clear_msin = t->clear_msin,
		.disclosed = rules->adversary->disclosure ? t->disclosed : NULL,
	};
	int failed = adv_claims_init(&claims, t->n, world->n_subjects);
	SIM_ASSERT(!failed);
	rules->entry->run(&view, &claims);
	struct game_truth truth = {t->n,       world->n_subjects, world->n_sessions, t->t_ns,
	                           t->session, t->who,            t->msin,           t->known};
	game_score(&truth, &claims, score);
	adv_claims_free(&claims);
	free(known);
}

void game_play(const struct game_world *world, const struct game_rules *rules,
               struct game_score *score)
{
	bool *seen = met_alloc(world->n_places, sizeof *seen);
	uint32_t *pick = met_alloc(world->n_obs, sizeof *pick), n = 0;
	struct table t = {0};
	choose_places(world, rules, seen);
	for (uint32_t i = 0; i < world->n_obs; i++)
		if (world->place[i] < world->n_places && seen[world->place[i]])
			pick[n++] = i;
	cut(world, pick, n, &t);
	for (uint32_t s = 0; s < world->n_subjects; s++)
		hand_over(rules, (uint16_t)s, &t);
	play(world, rules, &t, score);
	table_free(&t);
	free(pick);
	free(seen);
}
