/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Random numbers: counter-based Philox4x32-10 (Salmon et al., SC'11; Random123).
 *
 * A stream is *named*, never numbered by order of creation: (seed, replication, purpose, entity).
 * The name is the key and three words of the counter, so two names never share a draw and opening
 * a stream costs nothing: nothing needs to be kept between two uses of an entity that appends a step
 * number to its name. Adding an attack or changing a policy leaves every other stream as it was,
 * which is what makes variants comparable pairwise (common random numbers).
 *
 *   key        seed, 64 bits
 *   counter    block (32 bits) | entity low (32) | purpose (12), replication (20) | entity high (32)
 *
 * Ranges: purpose < 4096, replication < 2^20.
 */
#ifndef SIM_CORE_RNG_H
#define SIM_CORE_RNG_H

#include "sim/core/status.h"
#include <gsl/gsl_rng.h>
#include <stdint.h>

struct sim_stream {
	uint32_t key[2];
	uint32_t counter[4];
	uint32_t word[4]; /* the current block  */
	uint32_t used;    /* words of it used   */
};

static inline struct sim_stream sim_stream_open(uint64_t seed, uint32_t replication,
                                                uint32_t purpose, uint64_t entity);

static inline uint32_t sim_stream_u32(struct sim_stream *stream);
static inline uint64_t sim_stream_u64(struct sim_stream *stream);
static inline double sim_stream_u01(struct sim_stream *stream);           /* in the open (0, 1)    */
uint32_t sim_stream_below(struct sim_stream *stream, uint32_t n);         /* uniform in [0, n)     */
double sim_stream_exponential(struct sim_stream *stream, double mean);
/* An exponential gap in nanoseconds, at most a century: a rate may be as small as it likes. */
int64_t sim_stream_gap_ns(struct sim_stream *stream, double mean_ns);
double sim_stream_normal(struct sim_stream *stream);                      /* Box-Muller, mean 0 sd 1 */
void sim_stream_octets(struct sim_stream *stream, uint8_t *out, uint32_t n);

/*
 * The same streams for GSL's samplers: gsl_rng_alloc(sim_rng_philox), then sim_rng_name().
 * gsl_rng_set(r, s) names the stream (seed s, 0, 0, 0).
 */
extern const gsl_rng_type *const sim_rng_philox;
void sim_rng_name(gsl_rng *rng, uint64_t seed, uint32_t replication, uint32_t purpose,
                  uint64_t entity);

/* ---- inline: a registration opens some forty streams, most for a single draw ---- */

enum { SIM_STREAM_WORDS = 4 };

void sim_stream_next_block(struct sim_stream *stream);

static inline struct sim_stream sim_stream_open(uint64_t seed, uint32_t replication,
                                                uint32_t purpose, uint64_t entity)
{
	SIM_ASSERT(purpose < UINT32_C(1) << 12);
	SIM_ASSERT(replication < UINT32_C(1) << 20);
	return (struct sim_stream){
		.key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
		.counter = {0, (uint32_t)entity, purpose << 20 | replication, (uint32_t)(entity >> 32)},
		.used = SIM_STREAM_WORDS,
	};
}

static inline uint32_t sim_stream_u32(struct sim_stream *stream)
{
	if (stream->used == SIM_STREAM_WORDS)
		sim_stream_next_block(stream);
	return stream->word[stream->used++];
}

static inline uint64_t sim_stream_u64(struct sim_stream *stream)
{
	uint64_t low = sim_stream_u32(stream);
	return (uint64_t)sim_stream_u32(stream) << 32 | low;
}

static inline double sim_stream_u01(struct sim_stream *stream)
{
	/* 52 bits and a half: the largest value is 1 - 2^-53, which 53 bits would round to 1. */
	return ((double)(sim_stream_u64(stream) >> 12) + 0.5) * 0x1p-52;
}

#endif
