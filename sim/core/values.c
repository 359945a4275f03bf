/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/core/values.h"

double sim_values_sum(const struct sim_values *values)
{
	double sum = 0;

	for (uint32_t i = 0; i < values->n; i++)
		sum += values->value[i];
	return sum;
}

uint32_t sim_values_reach(const struct sim_values *values, double mass)
{
	for (uint32_t i = 0; i + 1 < values->n; i++) {
		mass -= values->value[i];
		if (mass < 0)
			return i;
	}
	return values->n - 1;
}
