/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/near.h"

#include <string.h>

enum { LONGEST = 127 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t scn_distance(const char *a, const char *b)
{
	size_t n_a = strnlen(a, LONGEST), n_b = strnlen(b, LONGEST);
	size_t row[3][LONGEST + 1]; /* the last two rows and this one */

	for (size_t j = 0; j <= n_b; j++)
		row[0][j] = j;
	for (size_t i = 1; i <= n_a; i++) {
		size_t *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= n_b; j++) {
			now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = least(now[j], before[j - 2] + 1);
		}
	}
	return row[n_a % 3][n_b];
}

void scn_near_try(struct scn_near *near, const char *candidate)
{
	size_t wanted = strlen(near->wanted), length = strlen(candidate);
	size_t distance = scn_distance(near->wanted, candidate);

	if (2 * distance > (wanted > length ? wanted : length))
		return;
	if (!near->best || distance < near->distance) {
		near->best = candidate;
		near->distance = distance;
	}
}
