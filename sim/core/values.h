/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A list of numbers that somebody else owns, and picking one of them. */
#ifndef SIM_CORE_VALUES_H
#define SIM_CORE_VALUES_H

#include <stdint.h>

struct sim_values {
	uint32_t n;
	const double *value; /* SI; durations in nanoseconds */
};

double sim_values_sum(const struct sim_values *values);

/* The first i with value[0] + … + value[i] > mass; n - 1 where there is none. 0 <= mass, n >= 1. */
uint32_t sim_values_reach(const struct sim_values *values, double mass);

#endif
