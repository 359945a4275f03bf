/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a linking adversary is given and what it answers. It sees the observations of its vantage
 * and the sessions that it was handed with names; never ground truth. A column that its vantage
 * does not have, or that it has no right to, is NULL: it is not there, it is not merely left
 * alone.
 */
#ifndef ANALYSIS_LINK_VIEW_H
#define ANALYSIS_LINK_VIEW_H

#include "models/record/adversary.h"
#include <stdint.h>

enum { ADV_MAX_SUBJECTS = 8 };

/* An observation of a session that it was handed together with the name. */
struct adv_known {
	uint32_t obs;
	uint16_t subject;
};

struct adv_view {
	uint32_t n_obs, n_subjects, n_places, n_known;
	const char *const *subject; /* names; n_subjects of them, at most ADV_MAX_SUBJECTS */
	const struct adv_known *known;
	/* Columns of n_obs. */
	const int64_t *t_ns;
	const uint16_t *place; /* hospital or cell */
	/* Hospitals. */
	const uint64_t *pseudonym, *holder_key, *commitment;
	const uint32_t *disclosed; /* subject + 1, 0 nothing; NULL without the disclosure */
	/* Radio. */
	const uint64_t *identity, *clear_msin;
};

/*
 * What it claims. posterior[obs * n_subjects + s]: probability that the observation is subject s;
 * equal probabilities mean undecided. Observations of one group are claimed to be one subject,
 * whoever it is. msin[obs]: the subscription that it read in clear, 0 when it did not.
 */
struct adv_claims {
	uint32_t n_obs, n_subjects;
	double *posterior;
	uint32_t *group;
	uint64_t *msin;
};
/* 0, or -1: out of memory. */
int adv_claims_init(struct adv_claims *claims, uint32_t n_obs, uint32_t n_subjects);
void adv_claims_free(struct adv_claims *claims);
/* Undecided about everything: uniform posteriors, each observation a group of its own. */
void adv_claims_undecided(struct adv_claims *claims);
/* The claimed probability that two observations are one subject. */
double adv_same_prob(const struct adv_claims *claims, uint32_t a, uint32_t b);

struct adv_entry {
	const char *name, *doc, *source;
	const char *oracle; /* what theory says must come out */
	enum rec_vantage vantage;
	void (*run)(const struct adv_view *view, struct adv_claims *claims); /* claims: undecided */
};

#endif
