/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The digest of the events handled, in their order: of each the time (64 bits), kind and detail (16
 * each), and destination (32). Payloads are left out: they hold handles, which may differ between
 * equal runs.
 *
 * Two 64-bit numbers are carried from event to event by multiplications that lose nothing: a run
 * that differs in one event differs in both, and two that differ in more have the same numbers with
 * a probability of 2^-128, as long as nobody seeks such runs on purpose. SHA-256 over all events took
 * three times as long (docs/decisions/0007); now it is over the two numbers and the count.
 */
#ifndef SIM_CORE_TRACE_H
#define SIM_CORE_TRACE_H

#include "sim/core/event.h"

struct sim_trace {
	uint64_t a, b, n;
};

static inline void sim_trace_add(struct sim_trace *trace, const struct sim_event *event)
{
	const uint64_t when = (uint64_t)event->t_ns;
	const uint64_t what = event->kind | (uint64_t)event->detail << 16 | (uint64_t)event->to << 32;
	uint64_t a = trace->a, b = trace->b;

	a = (a ^ when) * UINT64_C(0x9e3779b97f4a7c15);
	b = (b ^ what) * UINT64_C(0xd1b54a32d192ed03);
	a = ((a ^ a >> 32) + what) * UINT64_C(0xbf58476d1ce4e5b9);
	b = ((b ^ b >> 32) + when) * UINT64_C(0x94d049bb133111eb);
	trace->a = a ^ a >> 29;
	trace->b = b ^ b >> 29;
	trace->n++;
}

/* SHA-256 over a, b and n, little-endian. */
void sim_trace_end(const struct sim_trace *trace, uint8_t out[32]);

#endif
