/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The hold model: of n pending events the first is taken out and put back after a random delay. Our
 * event list and ns-3's schedulers, and both event loops, behind the same calls.
 */
#ifndef BENCH_HOLD_H
#define BENCH_HOLD_H

#include <math.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { HOLD_QUANTILES = 1024, HOLD_SCHEDULERS = 4 };

/* Exponential with a mean of a second: a quantile and up to a millisecond. As cheap as can be. */
struct hold_delays {
	uint64_t state;
	int64_t quantile_ns[HOLD_QUANTILES];
};

static inline void hold_delays_init(struct hold_delays *delays)
{
	delays->state = UINT64_C(88172645463325252);
	for (int i = 0; i < HOLD_QUANTILES; i++)
		delays->quantile_ns[i] = (int64_t)(-1e9 * log1p(-(i + 0.5) / HOLD_QUANTILES));
}

static inline int64_t hold_delay(struct hold_delays *delays)
{
	uint64_t x = delays->state;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	delays->state = x;
	return delays->quantile_ns[x & (HOLD_QUANTILES - 1)] + (int64_t)(x >> 44);
}

/* make: with n events; run: about so many holds, and how many. */
struct hold_kind {
	const char *name;
	void *(*make)(const struct hold_kind *kind, uint32_t n);
	uint64_t (*run)(void *list, uint32_t holds);
	void (*free)(void *list);
};

extern const struct hold_kind hold_ns3_schedulers[HOLD_SCHEDULERS], hold_ns3_loop;

#ifdef __cplusplus
}
#endif
#endif
