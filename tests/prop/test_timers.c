/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Timers and events of the simulator against the 4-ary heap, which never forgets a stopped timer but
 * passes over it: the same ones come at the same time in the same order, however many are stopped,
 * started anew or tied, and the event list stays within twice those that are alive.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/core/sim.h"
#include <cmocka.h>
#include <string.h>

enum { KIND = 1, RUNS = 20, EVENTS = 20000, TIMERS = 300, NO_TIMER = TIMERS, STALE_LEFT = 64 };

struct bench {
	struct sim *sim;
	struct sim_heap oracle; /* kind: a timer or NO_TIMER; arg: the number of its start */
	struct sim_stream stream;
	struct sim_timer timer[TIMERS];
	uint64_t started[TIMERS]; /* number of its last start; 0: it is not running */
	uint64_t starts;
	size_t alive;
	int handled;
	int64_t (*later)(struct bench *b);
};

/* The oracle counts on its own: priority 128 and the order of the starts. */
static void note(struct bench *b, int64_t delay_ns, uint16_t which)
{
	b->starts++;
	sim_heap_push(&b->oracle, &(struct sim_event){.t_ns = b->sim->now_ns + delay_ns,
		.order = UINT64_C(128) << 56 | b->starts, .kind = which, .arg = b->starts});
	b->alive++;
}

static void start_event(struct bench *b)
{
	int64_t delay_ns = b->later(b);

	note(b, delay_ns, NO_TIMER);
	sim_after(b->sim, delay_ns, KIND, NO_TIMER, 0, b->starts);
}

static void start_timer(struct bench *b, uint16_t which)
{
	int64_t delay_ns = b->later(b);

	note(b, delay_ns, which);
	b->started[which] = b->starts;
	sim_timer_start(b->sim, &b->timer[which], delay_ns, KIND, which, 0, b->starts);
}

static void stop_timer(struct bench *b, uint16_t which)
{
	assert_int_equal(sim_timer_running(b->sim, &b->timer[which]), b->started[which] != 0);
	b->alive -= b->started[which] != 0;
	b->started[which] = 0;
	sim_timer_stop(b->sim, &b->timer[which]);
}

static void do_something(struct bench *b)
{
	uint16_t which = (uint16_t)sim_stream_below(&b->stream, TIMERS);

	if (sim_stream_below(&b->stream, 4) == 0) {
		start_event(b);
		return;
	}
	stop_timer(b, which);
	if (sim_stream_below(&b->stream, 3) > 0)
		start_timer(b, which);
}

static struct sim_event expected(struct bench *b)
{
	struct sim_event event;

	do
		assert_true(sim_heap_pop(&b->oracle, &event));
	while (event.kind != NO_TIMER && b->started[event.kind] != event.arg);
	return event;
}

static void handle(void *context, const struct sim_event *event)
{
	struct bench *b = context;
	struct sim_event due = expected(b);

	assert_int_equal(event->t_ns, due.t_ns);
	assert_int_equal(event->detail, due.kind);
	assert_int_equal(event->arg, due.arg);
	if (due.kind != NO_TIMER)
		b->started[due.kind] = 0;
	b->alive--;
	b->handled++;
	for (uint32_t n = sim_stream_below(&b->stream, 6); n > 0 && b->handled < EVENTS; n--) {
		do_something(b);
		assert_true(b->sim->queue.n <= 2 * b->alive + STALE_LEFT + 1);
	}
	if (b->alive == 0 && b->handled < EVENTS)
		start_event(b);
}

static void check(int64_t (*later)(struct bench *b))
{
	for (uint64_t run = 0; run < RUNS; run++) {
		static struct bench b;
		memset(&b, 0, sizeof b);
		b.later = later;
		b.sim = sim_new(run, 0);
		b.stream = sim_stream_of(b.sim, 1, 0);
		sim_heap_init(&b.oracle);
		sim_on(b.sim, KIND, handle, &b);
		start_event(&b);
		sim_run_until(b.sim, INT64_C(1) << 62);
		assert_true(b.handled >= EVENTS);
		assert_int_equal(b.alive, 0);
		assert_int_equal(b.sim->stale, b.sim->queue.n);
		sim_heap_free(&b.oracle);
		sim_free(b.sim);
	}
}

/* Half of all at the present time, the rest at one of few times to come. */
static int64_t tied(struct bench *b)
{
	static const uint8_t delay[] = {0, 0, 0, 0, 1, 2, 64, 70};
	return delay[sim_stream_below(&b->stream, 8)];
}

static void tied_timers_come_in_the_order_of_their_starts(void **state)
{
	(void)state;
	check(tied);
}

/* As guards of requests: long beside what happens meanwhile, hardly any fires. */
static int64_t guarding(struct bench *b)
{
	return sim_stream_below(&b->stream, 4) ? INT64_C(1000000) + sim_stream_below(&b->stream, 9)
	                                       : sim_stream_below(&b->stream, 5000);
}

static void timers_that_hardly_ever_fire_do_not_fill_the_list(void **state)
{
	(void)state;
	check(guarding);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tied_timers_come_in_the_order_of_their_starts),
		cmocka_unit_test(timers_that_hardly_ever_fire_do_not_fill_the_list),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
