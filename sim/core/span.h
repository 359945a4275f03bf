/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the time went. A span travels with a chain of messages: each stretch of simulated time is
 * given to exactly one part when it ends, so that the parts sum to the whole by construction.
 * A context that waits keeps a copy; the difference of two spans of one chain is itself a span.
 */
#ifndef SIM_CORE_SPAN_H
#define SIM_CORE_SPAN_H

#include "sim/core/status.h"
#include <stdbool.h>
#include <stdint.h>

enum sim_part {
	SIM_PART_RADIO,     /* random access, scheduling, air time, HARQ                    */
	SIM_PART_TRANSPORT, /* links between nodes: serialisation, link queue, propagation  */
	SIM_PART_QUEUEING,  /* waiting for a worker, or for the share of a core             */
	SIM_PART_SERVICE,   /* being served, cryptography apart                             */
	SIM_PART_CRYPTO,    /* cryptography                                                 */
	SIM_PART_TIMER,     /* waiting for a protocol timer or an interval (retry, block)   */
	SIM_PARTS
};

struct sim_span {
	int64_t since_ns; /* up to here every nanosecond has been given to a part */
	int64_t part_ns[SIM_PARTS];
};

static inline struct sim_span sim_span_start(int64_t now_ns)
{
	return (struct sim_span){.since_ns = now_ns};
}
static inline void sim_span_mark(struct sim_span *span, int64_t now_ns, enum sim_part part)
{
	SIM_ASSERT(now_ns >= span->since_ns);
	span->part_ns[part] += now_ns - span->since_ns;
	span->since_ns = now_ns;
}
static inline int64_t sim_span_total(const struct sim_span *span)
{
	int64_t total = 0;
	for (int i = 0; i < SIM_PARTS; i++)
		total += span->part_ns[i];
	return total;
}
/* When the chain began: two spans with different beginnings are not of one chain. */
static inline int64_t sim_span_began(const struct sim_span *span)
{
	return span->since_ns - sim_span_total(span);
}
/* later must descend from earlier. */
static inline struct sim_span sim_span_since(const struct sim_span *later,
                                             const struct sim_span *earlier)
{
	struct sim_span d = {.since_ns = later->since_ns};
	for (int i = 0; i < SIM_PARTS; i++)
		d.part_ns[i] = later->part_ns[i] - earlier->part_ns[i];
	return d;
}
/* Takes over what a message brings when that descends from mine; what somebody else's message brings is a
 * wait of mine until it came. */
static inline void sim_span_follow(struct sim_span *mine, const struct sim_span *brought)
{
	bool descends = brought->since_ns - sim_span_total(brought) ==
	                mine->since_ns - sim_span_total(mine);

	for (int i = 0; i < SIM_PARTS; i++)
		descends = descends && brought->part_ns[i] >= mine->part_ns[i];
	if (descends)
		*mine = *brought;
	else if (brought->since_ns > mine->since_ns)
		sim_span_mark(mine, brought->since_ns, SIM_PART_TIMER);
}

#endif
