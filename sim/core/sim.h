/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The simulator: clock, event list, timers, digest of the event trace. Knows nothing of networks.
 *
 * Lifetimes: (1) a struct sim is one replication; (2) events and timers refer to things by number or
 * handle, never by pointer; (3) a handler may schedule at the present time or later, never earlier;
 * (4) cancelling a timer that fired or was cancelled is harmless.
 */
#ifndef SIM_CORE_SIM_H
#define SIM_CORE_SIM_H

#include "sim/core/alarm.h"
#include "sim/core/evq.h"
#include "sim/core/pool.h"
#include "sim/core/rng.h"
#include "sim/core/time.h"
#include "sim/core/trace.h"
#include <stdbool.h>

enum { SIM_KINDS = 64, SIM_DIGEST_OCTETS = 32 };

typedef void sim_handler(void *context, const struct sim_event *event);

struct sim {
	int64_t now_ns;
	uint64_t seed;
	uint32_t replication;
	uint64_t sequence;
	uint64_t handled; /* events handed to handlers */
	struct sim_evq queue;
	size_t stale; /* events of the queue whose timer was stopped: at most the others, or 64 */
	struct sim_arena *arena;
	struct sim_pool *timers;
	struct sim_alarms *alarms;
	int64_t alarms_ns; /* alarms may go off from then on; SIM_TIME_MAX: none is set */
	sim_handler *handler[SIM_KINDS];
	void *context[SIM_KINDS];
	bool is_traced;
	struct sim_trace trace; /* of every handled event */
};

struct sim *sim_new(uint64_t seed, uint32_t replication);
void sim_free(struct sim *sim);

/* Names the handler of an event kind (1 … SIM_KINDS-1). Once per kind. */
void sim_on(struct sim *sim, uint16_t kind, sim_handler *handler, void *context);

/* Schedules. delay_ns >= 0 is asserted. priority: 0 first; 128 is the ordinary one. */
static inline void sim_after(struct sim *sim, int64_t delay_ns, uint16_t kind, uint16_t detail,
                             uint32_t to, uint64_t arg);
static inline void sim_after_priority(struct sim *sim, int64_t delay_ns, uint8_t priority,
                                      uint16_t kind, uint16_t detail, uint32_t to, uint64_t arg);

/* A timer is an event that can be cancelled. *timer is overwritten; stop it before reusing it. */
struct sim_timer {
	struct sim_handle handle;
};
void sim_timer_start(struct sim *sim, struct sim_timer *timer, int64_t delay_ns, uint16_t kind,
                     uint16_t detail, uint32_t to, uint64_t arg);
void sim_timer_stop(struct sim *sim, struct sim_timer *timer);
int sim_timer_running(const struct sim *sim, const struct sim_timer *timer);

/* Time of the next event, or SIM_TIME_MAX. Skips cancelled timers. */
int64_t sim_next_ns(struct sim *sim);
/* Handles every event up to and including until_ns in order; the clock ends at until_ns. */
void sim_run_until(struct sim *sim, int64_t until_ns);

/* A stream named within this replication. */
struct sim_stream sim_stream_of(const struct sim *sim, uint32_t purpose, uint64_t entity);

/* Before the first event: events are not hashed, the digest is all zero. */
void sim_trace_off(struct sim *sim);
/* Of the trace so far: trace.h. */
void sim_trace_digest(struct sim *sim, uint8_t out[SIM_DIGEST_OCTETS]);

/* ---- inline, so that what the caller knows need not be passed ---- */

/* An event of this kind stands for a timer: arg is its handle; or, with a detail, for an alarm. */
enum { SIM_KIND_TIMER = 0, SIM_ORDINARY = 128, SIM_SEQUENCE_BITS = 56 };

/* One more event of the list is not wanted any more. */
void sim_note_stale(struct sim *sim);

static inline void sim_push(struct sim *sim, int64_t delay_ns, uint8_t priority, uint16_t kind,
                            uint16_t detail, uint32_t to, uint64_t arg)
{
	SIM_ASSERT(delay_ns >= 0 && delay_ns <= SIM_TIME_MAX - sim->now_ns);
	SIM_ASSERT(sim->sequence < UINT64_C(1) << SIM_SEQUENCE_BITS);
	const struct sim_event event = {
		.t_ns = sim->now_ns + delay_ns,
		.order = (uint64_t)priority << SIM_SEQUENCE_BITS | sim->sequence++,
		.kind = kind,
		.detail = detail,
		.to = to,
		.arg = arg,
	};
	sim_evq_push(&sim->queue, &event);
}

static inline void sim_after_priority(struct sim *sim, int64_t delay_ns, uint8_t priority,
                                      uint16_t kind, uint16_t detail, uint32_t to, uint64_t arg)
{
	SIM_ASSERT(kind < SIM_KINDS && sim->handler[kind]);
	sim_push(sim, delay_ns, priority, kind, detail, to, arg);
}

static inline void sim_after(struct sim *sim, int64_t delay_ns, uint16_t kind, uint16_t detail,
                             uint32_t to, uint64_t arg)
{
	sim_after_priority(sim, delay_ns, SIM_ORDINARY, kind, detail, to, arg);
}

#endif
