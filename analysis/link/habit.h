/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Weak evidence: a subject's habit of place and time of day, learnt from the handed-over sessions
 * alone, with Dirichlet smoothing (one pseudo-count for each place and each of the day's eight
 * bins of three hours). A group of linked observations counts once, by its first: its other
 * members are where they are for the same reason.
 */
#ifndef ANALYSIS_LINK_HABIT_H
#define ANALYSIS_LINK_HABIT_H

#include "analysis/link/view.h"

struct adv_habit {
	uint32_t n_places, n_subjects;
	double *place;   /* [subject * n_places + place]: counts */
	double *bin;     /* [subject * ADV_DAY_BINS + bin]       */
	double *total;   /* [subject]                            */
};
enum { ADV_DAY_BINS = 8 };

int adv_habit_learn(struct adv_habit *habit, const struct adv_view *view); /* -1: out of memory */
void adv_habit_free(struct adv_habit *habit);
/* Fills posterior[n_subjects] of an observation, from a uniform prior. */
void adv_habit_posterior(const struct adv_habit *habit, uint16_t place, int64_t t_ns,
                         double *posterior);
/* Gives each group that is not named yet the habit's posterior of its first observation. */
void adv_habit_tilt(const struct adv_view *view, const int32_t *name, struct adv_claims *claims);

#endif
