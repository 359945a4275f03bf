/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The protocol trace: what each entity did, in its own order, without times. Steps are logged as they
 * happen and sorted by entity at the end, so that the digest does not depend on how the sequences of
 * different entities interleave: that is what makes it comparable between engines.
 */
#include "models/nf/nf.h"
#include "sim/core/memory.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

struct step {
	uint32_t entity; /* subscriber (20 bits), node (12 bits) */
	uint32_t what;   /* procedure, message, outcome, cause   */
};
struct nf_trace {
	struct step *step;
	size_t n, capacity;
};

struct nf_trace *nf_trace_new(void)
{
	struct nf_trace *trace = calloc(1, sizeof *trace);
	SIM_ASSERT(trace != NULL);
	return trace;
}

void nf_trace_free(struct nf_trace *trace)
{
	free(trace->step);
	free(trace);
}

void nf_trace_step(struct nf_env *env, uint16_t node, uint32_t ue, enum nf_procedure procedure,
                   enum msg_type message, uint8_t outcome, uint8_t cause)
{
	struct nf_trace *trace = env->trace;

	if (!trace)
		return;
	if (trace->n == trace->capacity) {
		trace->capacity = trace->capacity ? 2 * trace->capacity : 65536;
		trace->step = sim_memory_resize("the protocol trace", trace->step, trace->capacity,
		                                sizeof *trace->step);
	}
	trace->step[trace->n++] = (struct step){
		.entity = ue << 12 | node,
		.what = (uint32_t)procedure << 24 | (uint32_t)message << 16 | (uint32_t)outcome << 8 |
		        cause};
}

/* Stable radix sort by entity, 16 bits a pass. */
static void sort_pass(const struct step *from, struct step *to, size_t n, int shift)
{
	static size_t start[65536];

	memset(start, 0, sizeof start);
	for (size_t i = 0; i < n; i++)
		start[from[i].entity >> shift & 0xffff]++;
	for (size_t i = 0, sum = 0; i < 65536; i++) {
		size_t here = start[i];
		start[i] = sum;
		sum += here;
	}
	for (size_t i = 0; i < n; i++)
		to[start[from[i].entity >> shift & 0xffff]++] = from[i];
}

static void put_u32(uint8_t *out, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		out[i] = (uint8_t)(v >> 8 * i);
}

void nf_trace_digest(struct nf_trace *trace, uint8_t digest[REC_DIGEST_OCTETS])
{
	struct step *other = sim_memory_new("the protocol trace", trace->n + 1, sizeof *other);
	EVP_MD_CTX *sha = EVP_MD_CTX_new();

	SIM_ASSERT(sha != NULL);
	sort_pass(trace->step, other, trace->n, 0);
	sort_pass(other, trace->step, trace->n, 16);
	free(other);
	EVP_DigestInit_ex(sha, EVP_sha256(), NULL);
	for (size_t i = 0; i < trace->n; i++) {
		uint8_t octets[8];
		put_u32(octets, trace->step[i].entity);
		put_u32(octets + 4, trace->step[i].what);
		EVP_DigestUpdate(sha, octets, sizeof octets);
	}
	EVP_DigestFinal_ex(sha, digest, NULL);
	EVP_MD_CTX_free(sha);
}
