/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/link/habit.h"
#include "analysis/link/groups.h"
#include "sim/core/status.h"
#include "sim/core/time.h"
#include <stdlib.h>
#include <string.h>

static uint32_t bin_of(int64_t t_ns)
{
	const int64_t day_ns = 24 * 3600 * SIM_NS_PER_S;
	return (uint32_t)(t_ns % day_ns / (day_ns / ADV_DAY_BINS));
}

int adv_habit_learn(struct adv_habit *habit, const struct adv_view *view)
{
	uint32_t n = view->n_subjects;
	*habit = (struct adv_habit){.n_places = view->n_places, .n_subjects = n};
	habit->place = calloc((size_t)n * view->n_places + 1, sizeof *habit->place);
	habit->bin = calloc((size_t)n * ADV_DAY_BINS, sizeof *habit->bin);
	habit->total = calloc(n, sizeof *habit->total);
	if (!habit->place || !habit->bin || !habit->total) {
		adv_habit_free(habit);
		return -1;
	}
	for (uint32_t k = 0; k < view->n_known; k++) {
		uint32_t s = view->known[k].subject, obs = view->known[k].obs;
		habit->place[s * view->n_places + view->place[obs]]++;
		habit->bin[s * ADV_DAY_BINS + bin_of(view->t_ns[obs])]++;
		habit->total[s]++;
	}
	return 0;
}

void adv_habit_free(struct adv_habit *habit)
{
	free(habit->place);
	free(habit->bin);
	free(habit->total);
	*habit = (struct adv_habit){0};
}

void adv_habit_posterior(const struct adv_habit *habit, uint16_t place, int64_t t_ns,
                         double *posterior)
{
	double sum = 0;
	for (uint32_t s = 0; s < habit->n_subjects; s++) {
		double here = (habit->place[s * habit->n_places + place] + 1) /
		              (habit->total[s] + habit->n_places);
		double now = (habit->bin[s * ADV_DAY_BINS + bin_of(t_ns)] + 1) /
		             (habit->total[s] + ADV_DAY_BINS);
		posterior[s] = here * now;
		sum += posterior[s];
	}
	for (uint32_t s = 0; s < habit->n_subjects; s++)
		posterior[s] /= sum;
}

void adv_habit_tilt(const struct adv_view *view, const int32_t *name, struct adv_claims *claims)
{
	struct adv_habit habit;
	uint32_t n = view->n_subjects;
	int code = adv_habit_learn(&habit, view);
	SIM_ASSERT(code == 0);
	for (uint32_t i = 0; i < view->n_obs; i++) {
		uint32_t first = claims->group[i];
		double *own = &claims->posterior[i * n];
		if (name[first] != ADV_NO_NAME)
			continue;
		if (first == i)
			adv_habit_posterior(&habit, view->place[i], view->t_ns[i], own);
		else
			memcpy(own, &claims->posterior[first * n], n * sizeof *own);
	}
	adv_habit_free(&habit);
}
