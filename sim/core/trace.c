/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/core/trace.h"
#include "sim/core/status.h"
#include <endian.h>
#include <openssl/sha.h>

void sim_trace_end(const struct sim_trace *trace, uint8_t out[32])
{
	const uint64_t words[3] = {htole64(trace->a), htole64(trace->b), htole64(trace->n)};

	SIM_ASSERT(SHA256((const uint8_t *)words, sizeof words, out) != NULL);
}
