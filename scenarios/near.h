/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The nearest known word to a misspelt one. */
#ifndef SCENARIOS_NEAR_H
#define SCENARIOS_NEAR_H

#include <stddef.h>

/* Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
size_t scn_distance(const char *a, const char *b);

struct scn_near {
	const char *wanted;
	const char *best; /* NULL: none is near, at most half of the longer word differs */
	size_t distance;
};
/* One more candidate; on a tie the first one stays. */
void scn_near_try(struct scn_near *near, const char *candidate);

#endif
