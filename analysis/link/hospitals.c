/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: operators of hospital platforms who put their logs together. The same pseudonym, holder
 * key or manifest commitment is one subject. Once pseudonyms are seen to last at one hospital,
 * two of them there are two people, so that naming one names the other. Where all that says
 * nothing, habits. With the disclosure (a second row, never the same one) it reads what the care
 * team learns. Leaves out: the content of the surgery sessions.
 */
#include "analysis/link/groups.h"
#include "analysis/link/habit.h"
#include "sim/core/status.h"
#include "sim/core/time.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Assumption: observations of one hospital further apart than this are of two sessions. */
static const int64_t session_gap_ns = 3600 * SIM_NS_PER_S;

/* The groups that a hospital has seen, at most one a person, and when each began there. */
struct visits {
	uint32_t n;
	uint32_t group[ADV_MAX_SUBJECTS];
	int64_t first_ns[ADV_MAX_SUBJECTS];
};

/*
 * Do pseudonyms last at a hospital? Yes, when one was seen there in two sessions, and no hospital
 * shows more of them than there are people.
 */
static bool pseudonyms_last(const struct adv_view *view, const uint32_t *group)
{
	struct visits *at = calloc((size_t)view->n_places + 1, sizeof *at);
	bool reused = false, too_many = false;
	SIM_ASSERT(at);
	for (uint32_t i = 0; i < view->n_obs && !too_many; i++) {
		struct visits *v = &at[view->place[i]];
		uint32_t k = 0;
		while (k < v->n && v->group[k] != group[i])
			k++;
		if (k < v->n)
			reused |= llabs(view->t_ns[i] - v->first_ns[k]) > session_gap_ns;
		else if (v->n == view->n_subjects)
			too_many = true;
		else {
			v->group[v->n] = group[i];
			v->first_ns[v->n++] = view->t_ns[i];
		}
	}
	free(at);
	return reused && !too_many;
}

/* One pass of: a group that was at a hospital together with another's is not that other subject. */
static bool name_more(const struct adv_view *view, const uint32_t *group, int32_t *name,
                      uint32_t *named_at, uint32_t *excluded)
{
	bool changed = false;
	memset(named_at, 0, view->n_places * sizeof *named_at);
	memset(excluded, 0, view->n_obs * sizeof *excluded);
	for (uint32_t i = 0; i < view->n_obs; i++)
		if (name[group[i]] >= 0)
			named_at[view->place[i]] |= 1u << name[group[i]];
	for (uint32_t i = 0; i < view->n_obs; i++)
		excluded[group[i]] |= named_at[view->place[i]];
	for (uint32_t g = 0; g < view->n_obs; g++) {
		uint32_t left = ((1u << view->n_subjects) - 1) & ~excluded[g];
		if (group[g] != g || name[g] != ADV_NO_NAME || left == 0 || (left & (left - 1)) != 0)
			continue;
		for (name[g] = 0; !(left >> name[g] & 1);)
			name[g]++;
		changed = true;
	}
	return changed;
}

static void name_by_exclusion(const struct adv_view *view, const uint32_t *group, int32_t *name)
{
	uint32_t *named_at = malloc(((size_t)view->n_places + 1) * sizeof *named_at);
	uint32_t *excluded = malloc(((size_t)view->n_obs + 1) * sizeof *excluded);
	SIM_ASSERT(named_at && excluded);
	while (name_more(view, group, name, named_at, excluded))
		;
	free(named_at);
	free(excluded);
}

static void run(const struct adv_view *view, struct adv_claims *claims)
{
	int32_t *name = malloc(((size_t)view->n_obs + 1) * sizeof *name);
	SIM_ASSERT(name);
	adv_groups_join_equal(claims->group, view->pseudonym, view->n_obs);
	adv_groups_join_equal(claims->group, view->holder_key, view->n_obs);
	adv_groups_join_equal(claims->group, view->commitment, view->n_obs);
	adv_groups_settle(claims->group, view->n_obs);
	adv_groups_name(view, claims->group, name);
	if (pseudonyms_last(view, claims->group))
		name_by_exclusion(view, claims->group, name);
	for (uint32_t i = 0; i < view->n_obs; i++)
		if (name[claims->group[i]] >= 0)
			adv_certain(claims, i, (uint32_t)name[claims->group[i]]);
	adv_habit_tilt(view, name, claims);
	for (uint32_t i = 0; view->disclosed && i < view->n_obs; i++)
		if (view->disclosed[i] >= 1 && view->disclosed[i] <= view->n_subjects)
			adv_certain(claims, i, view->disclosed[i] - 1);
	free(name);
}

const struct adv_entry adv_hospitals = {
	.name = "hospitals",
	.doc = "operators of colluding hospital platforms: pseudonym, holder key, commitment, time",
	.source = "TR 22.856 pseudo-CR, user privacy; Pfitzmann, Hansen: pseudonym types, 2010",
	.oracle = "static pseudonym or commitment, or with the disclosure: link.advantage 1; per "
	          "hospital: 1 within, chance across; per session: the interval contains 0",
	.vantage = REC_VANTAGE_HOSPITAL,
	.run = run,
};
