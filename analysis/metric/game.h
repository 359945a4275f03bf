/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The two-surgeon game and the other scores of a linking adversary, in one replication. This side
 * of the wall knows the truth; the adversary is run with a view that does not.
 */
#ifndef ANALYSIS_METRIC_GAME_H
#define ANALYSIS_METRIC_GAME_H

#include "analysis/link/view.h"
#include <stdbool.h>
#include <stdint.h>

#define GAME_NO_SESSION UINT32_MAX

/* All observations of one vantage in one replication, with the truth of each. */
struct game_world {
	uint32_t n_obs, n_subjects, n_places;
	const char *const *subject;
	uint32_t n_sessions;     /* planned in this replication: the whole of link.coverage     */
	const int64_t *t_ns;
	const uint16_t *place;
	const uint64_t *pseudonym, *holder_key, *commitment; /* NULL at the radio vantage     */
	const uint32_t *disclosed;
	const uint64_t *identity, *clear_msin;               /* NULL at the hospitals' vantage */
	/* Truth. */
	const uint32_t *session; /* GAME_NO_SESSION: of no planned operation (an enrolment, say) */
	const uint16_t *who;
	const uint64_t *msin;
};

enum game_measure {
	GAME_ADVANTAGE,
	GAME_COVERAGE,
	GAME_TOP1,
	GAME_PRECISION,
	GAME_RECALL,
	GAME_ANONYMITY_SET,
	GAME_ENTROPY,
	GAME_IDENTIFIED,
	GAME_MEASURES
};
/*
 * A measure is num / den, undefined when den is 0; challenges: sessions that it had to answer
 * for.
 */
struct game_score {
	double num[GAME_MEASURES], den[GAME_MEASURES];
	uint32_t challenges;
};

enum { GAME_STREAM_COLLUDE = 4001, GAME_STREAM_KNOWN = 4002 }; /* purposes of sim_stream_open */

/*
 * Which hospitals collude (the first `collude` of a permutation) and which sessions are handed
 * over (of each subject `known_sessions`, drawn from those that the adversary observed) come from
 * streams named by seed and replication: the same for every policy, and more colluders see a
 * superset.
 */
struct game_rules {
	const struct adv_entry *entry;
	const struct rec_adversary *adversary;
	uint64_t seed;
	uint32_t replication;
};
void game_play(const struct game_world *world, const struct game_rules *rules,
               struct game_score *score);

/*
 * --- the two halves of it
 * ------------------------------------------------------------------------
 */

/* Observations in the order of the view; known[i]: its session was handed over. */
struct game_truth {
	uint32_t n_obs, n_subjects, n_sessions;
	const int64_t *t_ns;
	const uint32_t *session;
	const uint16_t *who;
	const uint64_t *msin;
	const bool *known;
};
void game_score(const struct game_truth *truth, const struct adv_claims *claims,
                struct game_score *score);

#endif
