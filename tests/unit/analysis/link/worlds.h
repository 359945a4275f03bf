/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Synthetic observations of two surgeons: who operates is a fair coin, where is uniform, four
 * sessions a day, one observation (or two attempts) each. Policies are what the oracles speak of.
 */
#ifndef TESTS_UNIT_ANALYSIS_LINK_WORLDS_H
#define TESTS_UNIT_ANALYSIS_LINK_WORLDS_H

#include "analysis/link/list.h"
#include "analysis/metric/game.h"
#include "sim/core/rng.h"
#include "sim/core/time.h"
#include <stdlib.h>
#include <string.h>

enum { SESSIONS = 40, HOSPITALS = 10, ATTEMPTS = 2, OBS = SESSIONS * ATTEMPTS };
enum policy { FRESH, PER_HOSPITAL, STATIC };

struct made {
	struct game_world world;
	int64_t t_ns[OBS];
	uint16_t place[OBS], who[OBS];
	uint64_t pseudonym[OBS], key[OBS], commitment[OBS], identity[OBS], clear_msin[OBS], msin[OBS];
	uint32_t disclosed[OBS], session[OBS];
};

static const char *const surgeon_names[] = {"Alex", "Bob"};

static inline uint64_t pseudonym_of(enum policy policy, uint16_t who, uint16_t place,
                                    uint32_t session)
{
	switch (policy) {
	case STATIC:
		return 1000u + who;
	case PER_HOSPITAL:
		return 2000u + 2u * place + who;
	default:
		return 10000u + session;
	}
}

/* An attempt is repeated a second later with the same credentials, as a device does. */
static inline void make_world(struct made *m, enum policy policy, enum policy commitment,
                              uint32_t replication)
{
	struct sim_stream stream = sim_stream_open(20, replication, 1, 0);
	memset(m, 0, sizeof *m);
	for (uint32_t i = 0; i < OBS; i++) {
		uint32_t s = i / ATTEMPTS;
		bool again = i % ATTEMPTS > 0;
		m->session[i] = s;
		m->who[i] = again ? m->who[i - 1] : (uint16_t)sim_stream_below(&stream, 2);
		m->place[i] = again ? m->place[i - 1] : (uint16_t)sim_stream_below(&stream, HOSPITALS);
		m->t_ns[i] = ((int64_t)(s / 4) * 24 + 7 + s % 4 * 3) * 3600 * SIM_NS_PER_S +
		             (again ? SIM_NS_PER_S : 0);
		m->pseudonym[i] = pseudonym_of(policy, m->who[i], m->place[i], s);
		m->key[i] = m->pseudonym[i] + 500000;
		m->commitment[i] = pseudonym_of(commitment, m->who[i], m->place[i], s) + 900000;
		m->disclosed[i] = m->who[i] + 1u;
		m->msin[i] = 7000u + m->who[i];
		m->identity[i] = 60000u + i; /* a fresh SUCI for each attempt */
	}
	m->world = (struct game_world){
		.n_obs = OBS, .n_subjects = 2, .n_places = HOSPITALS, .subject = surgeon_names,
		.n_sessions = SESSIONS, .t_ns = m->t_ns, .place = m->place, .pseudonym = m->pseudonym,
		.holder_key = m->key, .commitment = m->commitment, .disclosed = m->disclosed,
		.identity = m->identity, .clear_msin = m->clear_msin, .session = m->session, .who = m->who,
		.msin = m->msin};
}

static inline struct game_score play_world(const struct made *m, const char *adversary,
                                           int64_t collude, bool disclosure, uint32_t replication)
{
	struct game_score score;
	struct rec_adversary a = {.collude = collude, .disclosure = disclosure, .known_sessions = 1};
	const struct adv_entry *entry = adv_find(adversary);
	for (uint8_t i = 0; i < adv_n_entries; i++)
		if (adv_entries[i] == entry)
			a.kind = i;
	game_play(&m->world, &(struct game_rules){entry, &a, 20, replication}, &score);
	return score;
}

static inline double ratio(const struct game_score *score, enum game_measure m)
{
	return score->num[m] / score->den[m];
}

#endif
