/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/core/memory.h"
#include "sim/core/sim.h"
#include "sim/core/status.h"
#include <stdlib.h>
#include <string.h>

enum { FIRST_TIMERS = 1024, STALE_LEFT = 64 };

struct armed {
	uint64_t arg;
	uint32_t to;
	uint16_t kind, detail;
};

struct sim *sim_new(uint64_t seed, uint32_t replication)
{
	struct sim *sim = sim_memory_new("a replication", 1, sizeof *sim);

	sim->seed = seed;
	sim->replication = replication;
	sim->arena = sim_arena_new();
	sim->timers = sim_pool_new(sim->arena, sizeof(struct armed), FIRST_TIMERS);
	sim->alarms_ns = SIM_TIME_MAX;
	sim->is_traced = true;
	sim_evq_init(&sim->queue);
	sim_here = (struct sim_whereabouts){
		.seed = seed, .replication = replication, .variant = sim_here.variant};
	return sim;
}

void sim_free(struct sim *sim)
{
	if (!sim)
		return;
	sim_evq_free(&sim->queue);
	sim_arena_free(sim->arena);
	free(sim);
}

void sim_on(struct sim *sim, uint16_t kind, sim_handler *handler, void *context)
{
	SIM_ASSERT(kind != SIM_KIND_TIMER && kind < SIM_KINDS);
	SIM_ASSERT(handler && !sim->handler[kind]);
	sim->handler[kind] = handler;
	sim->context[kind] = context;
}

void sim_timer_start(struct sim *sim, struct sim_timer *timer, int64_t delay_ns, uint16_t kind,
                     uint16_t detail, uint32_t to, uint64_t arg)
{
	SIM_ASSERT(kind < SIM_KINDS && sim->handler[kind]);
	struct armed *armed = sim_pool_take_as_is(sim->timers, &timer->handle);
	*armed = (struct armed){arg, to, kind, detail};
	sim_push(sim, delay_ns, SIM_ORDINARY, SIM_KIND_TIMER, 0, 0, sim_handle_pack(timer->handle));
}

static int is_wanted(const void *context, const struct sim_event *event)
{
	const struct sim *sim = context;

	if (event->kind != SIM_KIND_TIMER)
		return 1;
	if (event->detail != 0)
		return sim_alarm_is_wanted(sim, event);
	return sim_pool_get(sim->timers, sim_handle_unpack(event->arg)) != NULL;
}

/* Retransmission timers hardly ever fire: without this the dead would outnumber the living. */
static inline void compact(struct sim *sim)
{
	if (sim->stale <= STALE_LEFT || sim->stale <= sim->queue.n / 2)
		return;
	sim_evq_keep(&sim->queue, is_wanted, sim);
	sim->stale = 0;
}

void sim_note_stale(struct sim *sim)
{
	sim->stale++;
	compact(sim);
}

void sim_timer_stop(struct sim *sim, struct sim_timer *timer)
{
	if (!sim_timer_running(sim, timer))
		return;
	sim_pool_give(sim->timers, timer->handle);
	timer->handle = SIM_HANDLE_NONE;
	sim_note_stale(sim);
}

int sim_timer_running(const struct sim *sim, const struct sim_timer *timer)
{
	return sim_pool_get(sim->timers, timer->handle) != NULL;
}

static int64_t next_in_list_ns(struct sim *sim)
{
	const struct sim_event *head = sim_evq_head(&sim->queue);

	while (head && !is_wanted(sim, head)) {
		struct sim_event stale;
		sim_evq_pop(&sim->queue, &stale);
		sim->stale--;
		head = sim_evq_head(&sim->queue);
	}
	return head ? head->t_ns : SIM_TIME_MAX;
}

int64_t sim_next_ns(struct sim *sim)
{
	int64_t next_ns = next_in_list_ns(sim);

	while (sim->alarms_ns != SIM_TIME_MAX && sim->alarms_ns <= next_ns) {
		sim_alarms_open(sim);
		next_ns = next_in_list_ns(sim);
	}
	return next_ns;
}

/* Turns the event of a timer into the event that the timer was started for; 0: it was stopped. */
static int fire(struct sim *sim, struct sim_event *event)
{
	struct sim_handle handle = sim_handle_unpack(event->arg);
	const struct armed *armed;

	if (event->detail != 0 && sim_alarm_fire(sim, event))
		return 1;
	armed = event->detail != 0 ? NULL : sim_pool_get(sim->timers, handle);
	if (!armed) {
		sim->stale--;
		return 0;
	}
	event->kind = armed->kind;
	event->detail = armed->detail;
	event->to = armed->to;
	event->arg = armed->arg;
	sim_pool_give(sim->timers, handle);
	return 1;
}

static void handle(struct sim *sim, const struct sim_event *event)
{
	SIM_ASSERT(event->t_ns >= sim->now_ns);
	sim->now_ns = event->t_ns;
	sim_here.now_ns = event->t_ns;
	sim_here.event_kind = event->kind;
	sim_here.entity = event->to;
	sim->handled++;
	if (sim->is_traced)
		sim_trace_add(&sim->trace, event);
	sim->handler[event->kind](sim->context[event->kind], event);
}

void sim_run_until(struct sim *sim, int64_t until_ns)
{
	struct sim_event event;

	SIM_ASSERT(until_ns >= sim->now_ns);
	for (;;) {
		bool alarms = sim->alarms_ns <= until_ns && sim->alarms_ns != SIM_TIME_MAX;
		if (!sim_evq_pop_until(&sim->queue, alarms ? sim->alarms_ns - 1 : until_ns, &event)) {
			if (!alarms)
				break;
			sim_alarms_open(sim);
			continue;
		}
		if (event.kind == SIM_KIND_TIMER && !fire(sim, &event))
			continue;
		compact(sim); /* there is one living event less */
		handle(sim, &event);
	}
	sim->now_ns = until_ns;
	sim_here.now_ns = until_ns;
}

struct sim_stream sim_stream_of(const struct sim *sim, uint32_t purpose, uint64_t entity)
{
	return sim_stream_open(sim->seed, sim->replication, purpose, entity);
}

void sim_trace_off(struct sim *sim)
{
	SIM_ASSERT(sim->handled == 0);
	sim->is_traced = false;
}

void sim_trace_digest(struct sim *sim, uint8_t out[SIM_DIGEST_OCTETS])
{
	if (sim->is_traced)
		sim_trace_end(&sim->trace, out);
	else
		memset(out, 0, SIM_DIGEST_OCTETS);
}
