/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/link/view.h"
#include "sim/core/status.h"
#include <stdlib.h>

int adv_claims_init(struct adv_claims *claims, uint32_t n_obs, uint32_t n_subjects)
{
	SIM_ASSERT(n_subjects >= 1 && n_subjects <= ADV_MAX_SUBJECTS);
	*claims = (struct adv_claims){.n_obs = n_obs, .n_subjects = n_subjects};
	claims->posterior = malloc(((size_t)n_obs * n_subjects + 1) * sizeof *claims->posterior);
	claims->group = malloc(((size_t)n_obs + 1) * sizeof *claims->group);
	claims->msin = malloc(((size_t)n_obs + 1) * sizeof *claims->msin);
	if (!claims->posterior || !claims->group || !claims->msin) {
		adv_claims_free(claims);
		return -1;
	}
	adv_claims_undecided(claims);
	return 0;
}

void adv_claims_free(struct adv_claims *claims)
{
	free(claims->posterior);
	free(claims->group);
	free(claims->msin);
	*claims = (struct adv_claims){0};
}

void adv_claims_undecided(struct adv_claims *claims)
{
	for (uint32_t i = 0; i < claims->n_obs; i++) {
		claims->group[i] = i;
		claims->msin[i] = 0;
		for (uint32_t s = 0; s < claims->n_subjects; s++)
			claims->posterior[i * claims->n_subjects + s] = 1.0 / claims->n_subjects;
	}
}

double adv_same_prob(const struct adv_claims *claims, uint32_t a, uint32_t b)
{
	if (claims->group[a] == claims->group[b])
		return 1;
	const double *p = &claims->posterior[a * claims->n_subjects];
	const double *q = &claims->posterior[b * claims->n_subjects];
	double same = 0;
	for (uint32_t s = 0; s < claims->n_subjects; s++)
		same += p[s] * q[s];
	return same;
}
