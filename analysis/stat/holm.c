/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Holm's step-down adjustment (Scand. J. Statist. 6, 1979): family-wise like Bonferroni, never
 * weaker.
 */
#include "analysis/stat/interval.h"
#include "sim/core/status.h"
#include <math.h>
#include <stdlib.h>

struct ranked {
	double p;
	size_t index;
};

static int by_p(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	if (x->p != y->p)
		return x->p < y->p ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

void stat_holm(const double *p, double *adjusted, size_t n)
{
	struct ranked *r = malloc((n + 1) * sizeof *r);
	SIM_ASSERT(r);
	size_t m = 0;
	for (size_t i = 0; i < n; i++) {
		adjusted[i] = NAN;
		if (!isnan(p[i]))
			r[m++] = (struct ranked){p[i], i};
	}
	qsort(r, m, sizeof *r, by_p);
	double most = 0;
	for (size_t i = 0; i < m; i++) {
		most = fmax(most, fmin(1, (double)(m - i) * r[i].p));
		adjusted[r[i].index] = most;
	}
	free(r);
}
