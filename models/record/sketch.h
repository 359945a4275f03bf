/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A streaming estimator of non-negative nanoseconds: how many, their sum and sum of squares, least
 * and greatest, always exact; and their quantiles, from all values while there are at most
 * REC_SKETCH_EXACT of them, then from a log-linear histogram (as HdrHistogram's) whose buckets are
 * at most 1/512 of what is in them: a value is told as the middle of its bucket, with a relative
 * error of at most 1/1024 (0.098 %); below 1024 ns it is exact.
 *
 * What a sketch says depends on the values alone, not on their order nor on how they were merged.
 * It grows on demand: 8 octets a value up to 32 KiB, then 4 KiB for each octave (a factor of two)
 * in which there are values. Once it has these, adding allocates nothing.
 */
#ifndef MODELS_RECORD_SKETCH_H
#define MODELS_RECORD_SKETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	REC_SKETCH_EXACT = 4096,
	REC_SKETCH_BITS = 9, /* of the buckets of an octave */
	REC_SKETCH_OCTAVES = 64 - REC_SKETCH_BITS,
	REC_SKETCH_ONE_IN = 2 << REC_SKETCH_BITS /* quantiles beyond EXACT are off by 1 in 1024 at most */
};

/* 128 bits: squares of 10^7 waits of 50 days. All ones stand for more; a deviation is then NaN. */
struct rec_sum {
	uint64_t high, low;
};

struct rec_sketch {
	uint64_t n;
	int64_t min_ns, max_ns; /* 0 when empty */
	struct rec_sum sum, squares;
	int64_t *value;         /* all of them; NULL beyond REC_SKETCH_EXACT */
	uint32_t capacity;
	uint64_t *octave[REC_SKETCH_OCTAVES]; /* counts of 2^BITS buckets each; the first is linear */
};

/* A zeroed one is empty. Aborts when out of memory, as all that records does. */
void rec_sketch_add(struct rec_sketch *sketch, int64_t ns); /* ns >= 0 */
void rec_sketch_merge(struct rec_sketch *sketch, const struct rec_sketch *other);
void rec_sketch_free(struct rec_sketch *sketch); /* it is empty afterwards */

static inline bool rec_sketch_is_exact(const struct rec_sketch *sketch)
{
	return sketch->n <= REC_SKETCH_EXACT;
}
double rec_sketch_mean(const struct rec_sketch *sketch); /* ns; NaN when empty */
double rec_sketch_sd(const struct rec_sketch *sketch);   /* n - 1 below; NaN when n < 2 */
/* x(ceil(n p)), the inverse of the ECDF (as analysis/stat/quantile.h); 0 < p < 1, not empty. */
int64_t rec_sketch_quantile(struct rec_sketch *sketch, double p);
size_t rec_sketch_octets(const struct rec_sketch *sketch); /* of memory, itself included */

/*
 * Values and how often each, ascending: the values themselves, or the middle of each bucket (never
 * beyond min and max). What a result file keeps of a sketch.
 */
typedef void rec_sketch_visit(void *context, int64_t ns, uint64_t count);
void rec_sketch_each(struct rec_sketch *sketch, rec_sketch_visit *visit, void *context);

/* ---- sums, also of a sketch that stands in a file ---- */

void rec_sum_add(struct rec_sum *sum, uint64_t value);
double rec_sum_value(struct rec_sum sum);
/* Sum of (x - mean)^2 of n values of this sum and these squares, without cancellation. */
double rec_sum_of_deviations(uint64_t n, struct rec_sum sum, struct rec_sum squares);

#endif
