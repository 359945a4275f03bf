/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sources: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11
 * (Philox); Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019
 * (sim_stream_below).
 */
#include "sim/core/rng.h"
#include "sim/core/status.h"
#include <Random123/philox.h>
#include <endian.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

void sim_stream_next_block(struct sim_stream *stream)
{
	philox4x32_ctr_t counter;
	philox4x32_key_t key;

	SIM_ASSERT(stream->counter[0] != UINT32_MAX); /* or the stream would begin again */
	for (int i = 0; i < SIM_STREAM_WORDS; i++)
		counter.v[i] = stream->counter[i];
	key.v[0] = stream->key[0];
	key.v[1] = stream->key[1];
	counter = philox4x32(counter, key);
	for (int i = 0; i < SIM_STREAM_WORDS; i++)
		stream->word[i] = counter.v[i];
	stream->counter[0]++;
	stream->used = 0;
}

uint32_t sim_stream_below(struct sim_stream *stream, uint32_t n)
{
	SIM_ASSERT(n > 0);
	uint32_t rejected = -n % n; /* 2^32 mod n */
	uint64_t product;
	do {
		product = (uint64_t)sim_stream_u32(stream) * n;
	} while ((uint32_t)product < rejected);
	return (uint32_t)(product >> 32);
}

double sim_stream_exponential(struct sim_stream *stream, double mean)
{
	return -mean * log(sim_stream_u01(stream));
}

int64_t sim_stream_gap_ns(struct sim_stream *stream, double mean_ns)
{
	const double century_ns = 3.15576e18;
	double gap_ns = sim_stream_exponential(stream, mean_ns);

	return (int64_t)(gap_ns < century_ns ? gap_ns : century_ns);
}

double sim_stream_normal(struct sim_stream *stream)
{
	double radius = sqrt(-2 * log(sim_stream_u01(stream)));
	return radius * cos(2 * M_PI * sim_stream_u01(stream));
}

void sim_stream_octets(struct sim_stream *stream, uint8_t *out, uint32_t n)
{
	for (; n >= sizeof(uint32_t); n -= sizeof(uint32_t), out += sizeof(uint32_t)) {
		uint32_t word = htole32(sim_stream_u32(stream));
		memcpy(out, &word, sizeof word);
	}
	if (n == 0)
		return;
	for (uint32_t word = sim_stream_u32(stream); n > 0; n--, word >>= 8)
		*out++ = (uint8_t)word;
}

/* The face for GSL: the state of a gsl_rng is a struct sim_stream. */

static void face_set(void *state, unsigned long seed)
{
	*(struct sim_stream *)state = sim_stream_open(seed, 0, 0, 0);
}

static unsigned long face_get(void *state)
{
	return sim_stream_u32(state);
}

static double face_get_double(void *state)
{
	return sim_stream_u01(state);
}

static const gsl_rng_type face = {
	.name = "philox4x32-10",
	.max = UINT32_MAX,
	.min = 0,
	.size = sizeof(struct sim_stream),
	.set = face_set,
	.get = face_get,
	.get_double = face_get_double,
};
const gsl_rng_type *const sim_rng_philox = &face;

void sim_rng_name(gsl_rng *rng, uint64_t seed, uint32_t replication, uint32_t purpose,
                  uint64_t entity)
{
	SIM_ASSERT(rng->type == sim_rng_philox);
	*(struct sim_stream *)rng->state = sim_stream_open(seed, replication, purpose, entity);
}
