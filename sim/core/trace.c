/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/core/trace.h"
#include "sim/core/evq.h"
#include "sim/core/status.h"
#include <endian.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

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

/* Little-endian; whole words, because octet by octet it was a tenth of an event's instructions. */
void sim_trace_add(struct sim_trace *trace, const struct sim_event *event)
{
	uint64_t what = event->kind | (uint64_t)event->detail << 16 | (uint64_t)event->to << 32;
	const uint64_t row[2] = {htole64((uint64_t)event->t_ns), htole64(what)};
	_Static_assert(sizeof row == EVENT_OCTETS, "time, kind, detail, destination");

	SIM_ASSERT(!trace->ended);
	memcpy(trace->buffer + trace->used, row, sizeof row);
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
