/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The protocol trace: what each entity did, in its own order, without times. An entity is a node on
 * behalf of a subscriber, or the UE itself. Of each step a number of 128 bits is computed, from the
 * entity, the step's place among the entity's own (modulo 2^16) and what it was; the numbers are
 * added. So the digest does not depend on how the sequences of different entities interleave, which
 * makes it comparable between engines, and nothing is kept but how many steps an entity has taken:
 * 16 octets for a subscriber, however long the run.
 *
 * Two runs that differ have the same sum with a probability of 2^-128, as long as nobody seeks such
 * runs on purpose. The numbers are made by the finaliser of SplitMix64, a permutation, with Stafford's
 * constants, variant 13 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
 * OOPSLA 2014).
 */
#include "models/nf/nf.h"
#include "sim/core/memory.h"

#include <endian.h>
#include <openssl/sha.h>
#include <stdlib.h>

enum {
	UE_BITS = 24,
	NODE_BITS = 12,
	COUNT_BITS = 16,
	BLOCK_BITS = 12, /* subscribers whose counts are allocated together */
	COLUMNS = 8,     /* counts of a subscriber: of the nodes that were first to take a step */
	NO_COLUMN = 255,
	FIRST_ROOM = 1024
};

struct row {
	uint16_t steps[COLUMNS];
};

struct nf_trace {
	struct row *block[1 << (UE_BITS - BLOCK_BITS)];
	uint8_t column[1 << NODE_BITS]; /* of a node, from 1 on; 0: not asked yet */
	uint8_t n_columns;
	uint64_t *other; /* hash table of (entity + 1, count): of nodes without a column; 0: free */
	size_t n_others, room;
	uint64_t half[2], n; /* of the sum; steps */
};

struct nf_trace *nf_trace_new(void)
{
	return sim_memory_new("the protocol trace", 1, sizeof(struct nf_trace));
}

void nf_trace_free(struct nf_trace *trace)
{
	for (size_t i = 0; i < sizeof trace->block / sizeof *trace->block; i++)
		free(trace->block[i]);
	free(trace->other);
	free(trace);
}

static uint64_t mix(uint64_t v)
{
	v = (v ^ v >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	v = (v ^ v >> 27) * UINT64_C(0x94d049bb133111eb);
	return v ^ v >> 31;
}

/* Where this entity is, or may be put. */
static uint64_t *find(uint64_t *table, size_t room, uint64_t entity)
{
	size_t i = mix(entity) & (room - 1);

	while (table[i] != 0 && table[i] >> COUNT_BITS != entity + 1)
		i = (i + 1) & (room - 1);
	return &table[i];
}

static void grow(struct nf_trace *trace)
{
	size_t room = trace->room ? 2 * trace->room : FIRST_ROOM;
	uint64_t *table = sim_memory_new("the protocol trace", room, sizeof *table);

	for (size_t i = 0; i < trace->room; i++)
		if (trace->other[i] != 0)
			*find(table, room, (trace->other[i] >> COUNT_BITS) - 1) = trace->other[i];
	free(trace->other);
	trace->other = table;
	trace->room = room;
}

static uint16_t count_other(struct nf_trace *trace, uint64_t entity)
{
	if (2 * trace->n_others >= trace->room)
		grow(trace);
	uint64_t *at = find(trace->other, trace->room, entity);
	uint16_t steps = (uint16_t)*at;
	trace->n_others += *at == 0;
	*at = (entity + 1) << COUNT_BITS | (uint16_t)(steps + 1);
	return steps;
}

static uint8_t column_of(struct nf_trace *trace, uint16_t node)
{
	if (trace->column[node] == 0)
		trace->column[node] = trace->n_columns < COLUMNS ? ++trace->n_columns : NO_COLUMN;
	return trace->column[node];
}

/* How many steps the entity has taken before this one. */
static uint16_t count(struct nf_trace *trace, uint16_t node, uint32_t ue)
{
	uint8_t column = column_of(trace, node);
	struct row **block = &trace->block[ue >> BLOCK_BITS];

	if (column == NO_COLUMN)
		return count_other(trace, (uint64_t)ue << NODE_BITS | node);
	if (!*block)
		*block = sim_memory_new("the protocol trace", 1 << BLOCK_BITS, sizeof **block);
	return (*block)[ue & ((1 << BLOCK_BITS) - 1)].steps[column - 1]++;
}

void nf_trace_add(struct nf_trace *trace, uint16_t node, uint32_t ue, enum nf_procedure procedure,
                  enum msg_type message, uint8_t outcome, uint8_t cause)
{
	SIM_ASSERT(ue < 1u << UE_BITS && node < 1u << NODE_BITS);
	uint64_t place = ((uint64_t)ue << NODE_BITS | node) << COUNT_BITS | count(trace, node, ue);
	uint64_t what = (uint64_t)procedure << 24 | (uint64_t)message << 16 |
	                (uint64_t)outcome << 8 | cause;
	trace->half[0] += mix(mix(place + UINT64_C(0x9e3779b97f4a7c15)) ^ what);
	trace->half[1] += mix(mix(place ^ UINT64_C(0xd1b54a32d192ed03)) + what);
	trace->n++;
}

void nf_trace_digest(struct nf_trace *trace, uint8_t digest[REC_DIGEST_OCTETS])
{
	const uint64_t words[3] = {htole64(trace->half[0]), htole64(trace->half[1]),
		htole64(trace->n)};

	SIM_ASSERT(SHA256((const uint8_t *)words, sizeof words, digest) != NULL);
}
