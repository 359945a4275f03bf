/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: quantiles of a stream in bounded memory. Leaves out: negative values.
 * Sources: G. Tene, HdrHistogram (log-linear buckets); ranks as analysis/stat/quantile.h.
 */
#include "models/record/sketch.h"

#include "sim/core/memory.h"
#include "sim/core/status.h"
#include <math.h>
#include <stdlib.h>

enum { BUCKETS = 1 << REC_SKETCH_BITS, FIRST_VALUES = 16 };

__extension__ typedef unsigned __int128 wide;

/* ---- sums ---- */

static wide widen(struct rec_sum sum)
{
	return (wide)sum.high << 64 | sum.low;
}

static void increase(struct rec_sum *sum, wide by)
{
	wide after = widen(*sum) + by;

	after = after < by ? ~(wide)0 : after;
	*sum = (struct rec_sum){(uint64_t)(after >> 64), (uint64_t)after};
}

void rec_sum_add(struct rec_sum *sum, uint64_t value)
{
	increase(sum, value);
}

double rec_sum_value(struct rec_sum sum)
{
	return ldexp((double)sum.high, 64) + (double)sum.low;
}

/*
 * About the whole number m next below the mean, which is exact: the terms may wrap, their sum does
 * not, because it is the sum of (x - m)^2, no more than the squares.
 */
double rec_sum_of_deviations(uint64_t n, struct rec_sum sum, struct rec_sum squares)
{
	if (n == 0 || widen(squares) == ~(wide)0)
		return NAN;
	wide s = widen(sum), m = s / n, rest = s - m * n;
	wide about_m = widen(squares) - m * (s + rest); /* s + rest = 2 s - n m */
	double off = (double)(uint64_t)rest;

	return (double)about_m - off * off / (double)n;
}

/* ---- memory ---- */

static uint64_t *new_octave(void)
{
	return sim_memory_new("a sketch", BUCKETS, sizeof(uint64_t));
}

void rec_sketch_free(struct rec_sketch *sketch)
{
	free(sketch->value);
	for (int i = 0; i < REC_SKETCH_OCTAVES; i++)
		free(sketch->octave[i]);
	*sketch = (struct rec_sketch){0};
}

size_t rec_sketch_octets(const struct rec_sketch *sketch)
{
	size_t octets = sizeof *sketch + sketch->capacity * sizeof *sketch->value;

	for (int i = 0; i < REC_SKETCH_OCTAVES; i++)
		octets += sketch->octave[i] ? BUCKETS * sizeof **sketch->octave : 0;
	return octets;
}

/* ---- values and buckets ---- */

/* How many low bits a bucket leaves out: none below 2 x BUCKETS, then one more each octave. */
static unsigned shift_of(uint64_t value)
{
	unsigned length = 64 - (unsigned)__builtin_clzll(value | 1);

	return length > REC_SKETCH_BITS + 1 ? length - (REC_SKETCH_BITS + 1) : 0;
}

/* Buckets are numbered through: octave o begins at o x BUCKETS, the first two are linear. */
static void count(struct rec_sketch *sketch, uint64_t value, uint64_t times)
{
	unsigned shift = shift_of(value);
	uint64_t bucket = (uint64_t)shift * BUCKETS + (value >> shift);
	uint64_t **octave = &sketch->octave[bucket / BUCKETS];

	if (!*octave)
		*octave = new_octave();
	(*octave)[bucket % BUCKETS] += times;
}

static int64_t middle(int octave, int bucket)
{
	unsigned shift = octave > 1 ? (unsigned)octave - 1 : 0;
	uint64_t at = (uint64_t)octave * BUCKETS + (uint64_t)bucket - (uint64_t)shift * BUCKETS;

	return (int64_t)((at << shift) + (UINT64_C(1) << shift >> 1));
}

static void spill(struct rec_sketch *sketch, uint64_t n)
{
	for (uint64_t i = 0; i < n; i++)
		count(sketch, (uint64_t)sketch->value[i], 1);
	free(sketch->value);
	sketch->value = NULL;
	sketch->capacity = 0;
}

static void keep(struct rec_sketch *sketch, uint64_t n, int64_t ns)
{
	if (n == sketch->capacity) {
		sketch->capacity = sketch->capacity ? 2 * sketch->capacity : FIRST_VALUES;
		sketch->value = sim_memory_resize("a sketch", sketch->value, sketch->capacity,
		                                  sizeof *sketch->value);
	}
	sketch->value[n] = ns;
}

void rec_sketch_add(struct rec_sketch *sketch, int64_t ns)
{
	uint64_t n = sketch->n++;

	SIM_ASSERT(ns >= 0);
	sketch->min_ns = n == 0 || ns < sketch->min_ns ? ns : sketch->min_ns;
	sketch->max_ns = ns > sketch->max_ns ? ns : sketch->max_ns;
	increase(&sketch->sum, (wide)ns);
	increase(&sketch->squares, (wide)ns * (wide)ns);
	if (n < REC_SKETCH_EXACT) {
		keep(sketch, n, ns);
		return;
	}
	if (n == REC_SKETCH_EXACT)
		spill(sketch, n);
	count(sketch, (uint64_t)ns, 1);
}

static void take_values(struct rec_sketch *sketch, uint64_t n, const struct rec_sketch *other)
{
	bool exact = n + other->n <= REC_SKETCH_EXACT;

	for (uint64_t i = 0; i < other->n; i++)
		if (exact)
			keep(sketch, n + i, other->value[i]);
		else
			count(sketch, (uint64_t)other->value[i], 1);
}

static void take_counts(struct rec_sketch *sketch, const struct rec_sketch *other)
{
	for (int o = 0; o < REC_SKETCH_OCTAVES; o++) {
		if (!other->octave[o])
			continue;
		if (!sketch->octave[o])
			sketch->octave[o] = new_octave();
		for (int b = 0; b < BUCKETS; b++)
			sketch->octave[o][b] += other->octave[o][b];
	}
}

void rec_sketch_merge(struct rec_sketch *sketch, const struct rec_sketch *other)
{
	uint64_t n = sketch->n;

	if (other->n == 0)
		return;
	if (rec_sketch_is_exact(sketch) && n + other->n > REC_SKETCH_EXACT)
		spill(sketch, n);
	if (rec_sketch_is_exact(other))
		take_values(sketch, n, other);
	else
		take_counts(sketch, other);
	sketch->n += other->n;
	sketch->min_ns = n == 0 || other->min_ns < sketch->min_ns ? other->min_ns : sketch->min_ns;
	sketch->max_ns = other->max_ns > sketch->max_ns ? other->max_ns : sketch->max_ns;
	increase(&sketch->sum, widen(other->sum));
	increase(&sketch->squares, widen(other->squares));
}

/* ---- what it says ---- */

double rec_sketch_mean(const struct rec_sketch *sketch)
{
	return sketch->n ? rec_sum_value(sketch->sum) / (double)sketch->n : NAN;
}

double rec_sketch_sd(const struct rec_sketch *sketch)
{
	if (sketch->n < 2)
		return NAN;
	return sqrt(rec_sum_of_deviations(sketch->n, sketch->sum, sketch->squares) /
	            ((double)sketch->n - 1));
}

static int ascending(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void each_value(struct rec_sketch *sketch, rec_sketch_visit *visit, void *context)
{
	const int64_t *value = sketch->value;

	if (sketch->n > 0)
		qsort(sketch->value, sketch->n, sizeof *value, ascending);
	for (uint64_t first = 0, end; first < sketch->n; first = end) {
		for (end = first + 1; end < sketch->n && value[end] == value[first];)
			end++;
		visit(context, value[first], end - first);
	}
}

void rec_sketch_each(struct rec_sketch *sketch, rec_sketch_visit *visit, void *context)
{
	if (rec_sketch_is_exact(sketch)) {
		each_value(sketch, visit, context);
		return;
	}
	for (int o = 0; o < REC_SKETCH_OCTAVES; o++)
		for (int b = 0; sketch->octave[o] && b < BUCKETS; b++) {
			int64_t ns = middle(o, b);

			if (sketch->octave[o][b] == 0)
				continue;
			ns = ns < sketch->min_ns ? sketch->min_ns : ns;
			visit(context, ns > sketch->max_ns ? sketch->max_ns : ns, sketch->octave[o][b]);
		}
}

struct search {
	uint64_t left; /* values up to the one that is looked for */
	int64_t found_ns;
};

static void pass(void *context, int64_t ns, uint64_t n)
{
	struct search *search = context;

	if (search->left == 0)
		return;
	search->left -= n < search->left ? n : search->left;
	search->found_ns = ns;
}

int64_t rec_sketch_quantile(struct rec_sketch *sketch, double p)
{
	double rank = ceil((double)sketch->n * p - 1e-9 * (double)sketch->n * p);
	struct search search = {.left = rank < 1 ? 1 : (uint64_t)rank};

	SIM_ASSERT(sketch->n > 0 && p > 0 && p < 1);
	rec_sketch_each(sketch, pass, &search);
	return search.found_ns;
}
