/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/radio/occasion.h"

#include "sim/core/time.h"

#define FRAME_NS (10 * SIM_NS_PER_MS)

/* SFN mod T = (T div N) * (UE_ID mod N); i_s = floor(UE_ID / N) mod Ns. */
int64_t occasion_next_ns(const struct occasion_rule *rule, uint16_t index, int64_t from_ns)
{
	const int64_t cycle_ns = rule->cycle * FRAME_NS;
	uint32_t frame = (uint32_t)(rule->cycle / rule->frames) * (index % rule->frames);
	uint32_t occasion = (uint32_t)(index / rule->frames) % rule->occasions;
	int64_t within_ns = frame * FRAME_NS + occasion * FRAME_NS / rule->occasions;
	int64_t at_ns = from_ns / cycle_ns * cycle_ns + within_ns;

	return at_ns >= from_ns ? at_ns : at_ns + cycle_ns;
}
