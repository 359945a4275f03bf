/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/link/groups.h"
#include "sim/core/status.h"
#include <stdlib.h>

uint32_t adv_group_of(uint32_t *group, uint32_t obs)
{
	while (group[obs] != obs) {
		group[obs] = group[group[obs]];
		obs = group[obs];
	}
	return obs;
}

/* The smaller number represents, so that the answer does not depend on the order of joining. */
void adv_groups_join(uint32_t *group, uint32_t a, uint32_t b)
{
	a = adv_group_of(group, a);
	b = adv_group_of(group, b);
	if (a < b)
		group[b] = a;
	else
		group[a] = b;
}

struct seen {
	uint64_t identifier;
	uint32_t obs;
};

static int by_identifier(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	if (x->identifier != y->identifier)
		return x->identifier < y->identifier ? -1 : 1;
	return (x->obs > y->obs) - (x->obs < y->obs);
}

void adv_groups_join_equal(uint32_t *group, const uint64_t *identifier, uint32_t n_obs)
{
	struct seen *s = malloc(((size_t)n_obs + 1) * sizeof *s);
	SIM_ASSERT(s);
	for (uint32_t i = 0; i < n_obs; i++)
		s[i] = (struct seen){identifier[i], i};
	qsort(s, n_obs, sizeof *s, by_identifier);
	for (uint32_t i = 1; i < n_obs; i++)
		if (s[i].identifier != 0 && s[i].identifier == s[i - 1].identifier)
			adv_groups_join(group, s[i].obs, s[i - 1].obs);
	free(s);
}

void adv_groups_settle(uint32_t *group, uint32_t n_obs)
{
	for (uint32_t i = 0; i < n_obs; i++)
		group[i] = adv_group_of(group, i);
}

void adv_groups_name(const struct adv_view *view, const uint32_t *group, int32_t *name)
{
	for (uint32_t i = 0; i < view->n_obs; i++)
		name[i] = ADV_NO_NAME;
	for (uint32_t k = 0; k < view->n_known; k++) {
		int32_t *n = &name[group[view->known[k].obs]], subject = view->known[k].subject;
		if (*n == ADV_NO_NAME)
			*n = subject;
		else if (*n != subject)
			*n = ADV_CONTRADICTION;
	}
}

void adv_certain(struct adv_claims *claims, uint32_t obs, uint32_t subject)
{
	for (uint32_t s = 0; s < claims->n_subjects; s++)
		claims->posterior[obs * claims->n_subjects + s] = s == subject;
}
