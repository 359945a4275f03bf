/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/core/trace.h"
#include "sim/core/evq.h"
#include "sim/core/status.h"
#include <openssl/evp.h>
#include <stdlib.h>

enum { EVENT_OCTETS = 16, BUFFER_EVENTS = 1024 };

struct sim_trace {
	EVP_MD_CTX *sha256;
	int ended;
	size_t used; /* octets of the buffer */
	uint8_t buffer[BUFFER_EVENTS * EVENT_OCTETS];
};

struct sim_trace *sim_trace_new(void)
{
	struct sim_trace *trace = calloc(1, sizeof *trace);

	SIM_ASSERT(trace && "memory for a trace");
	trace->sha256 = EVP_MD_CTX_new();
	SIM_ASSERT(trace->sha256 && EVP_DigestInit_ex(trace->sha256, EVP_sha256(), NULL) == 1);
	return trace;
}

static void flush(struct sim_trace *trace)
{
	SIM_ASSERT(EVP_DigestUpdate(trace->sha256, trace->buffer, trace->used) == 1);
	trace->used = 0;
}

static inline uint8_t *put(uint8_t *at, uint64_t value, int octets)
{
	for (int i = 0; i < octets; i++)
		at[i] = (uint8_t)(value >> (8 * i));
	return at + octets;
}

void sim_trace_add(struct sim_trace *trace, const struct sim_event *event)
{
	uint8_t *at = trace->buffer + trace->used;

	SIM_ASSERT(!trace->ended);
	at = put(at, (uint64_t)event->t_ns, 8);
	at = put(at, event->kind, 2);
	at = put(at, event->detail, 2);
	put(at, event->to, 4);
	trace->used += EVENT_OCTETS;
	if (trace->used == sizeof trace->buffer)
		flush(trace);
}

void sim_trace_end(struct sim_trace *trace, uint8_t out[32])
{
	SIM_ASSERT(!trace->ended);
	flush(trace);
	SIM_ASSERT(EVP_DigestFinal_ex(trace->sha256, out, NULL) == 1);
	trace->ended = 1;
}

void sim_trace_free(struct sim_trace *trace)
{
	if (!trace)
		return;
	EVP_MD_CTX_free(trace->sha256);
	free(trace);
}
