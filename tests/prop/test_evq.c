/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The event list against the 4-ary heap: the same calls give the same events. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/core/evq.h"
#include "sim/core/rng.h"
#include <cmocka.h>

enum { RUNS = 40, STEPS = 20000 };

struct pair {
	struct sim_evq list;
	struct sim_heap oracle;
	struct sim_stream stream;
	int64_t now_ns;
	uint64_t sequence;
};

static void start(struct pair *p, uint64_t seed)
{
	sim_evq_init(&p->list);
	sim_heap_init(&p->oracle);
	p->stream = sim_stream_open(seed, 0, 1, 0);
	p->now_ns = 0;
	p->sequence = 0;
}

static void end(struct pair *p)
{
	sim_evq_free(&p->list);
	sim_heap_free(&p->oracle);
}

static void push(struct pair *p, int64_t t_ns)
{
	static const uint8_t priority[] = {0, 1, 128, 128, 128, 255};
	struct sim_event event = {
		.t_ns = t_ns,
		.order = (uint64_t)priority[sim_stream_below(&p->stream, 6)] << 56 | p->sequence++,
		.kind = (uint16_t)sim_stream_below(&p->stream, 64),
		.detail = (uint16_t)sim_stream_below(&p->stream, 65536),
		.to = sim_stream_below(&p->stream, UINT32_MAX),
		.arg = p->sequence,
	};

	sim_evq_push(&p->list, &event);
	sim_heap_push(&p->oracle, &event);
}

static void assert_same(const struct sim_event *a, const struct sim_event *b)
{
	assert_true(a->t_ns == b->t_ns && a->order == b->order && a->kind == b->kind &&
	            a->detail == b->detail && a->to == b->to && a->arg == b->arg);
}

static void pop(struct pair *p)
{
	struct sim_event event, expected;
	int left = sim_heap_pop(&p->oracle, &expected);

	assert_int_equal(sim_evq_pop(&p->list, &event), left);
	assert_int_equal(p->list.n, p->oracle.n);
	if (!left)
		return;
	assert_same(&event, &expected);
	p->now_ns = event.t_ns;
}

static void look(struct pair *p)
{
	const struct sim_event *head = sim_evq_head(&p->list);
	const struct sim_event *expected = sim_heap_head(&p->oracle);

	assert_int_equal(head != NULL, expected != NULL);
	if (head)
		assert_same(head, expected);
}

static int is_not_of(const void *kind, const struct sim_event *event)
{
	return event->kind % 8 != *(const uint16_t *)kind;
}

static void remove_some(struct pair *p)
{
	uint16_t kind = (uint16_t)sim_stream_below(&p->stream, 8);

	sim_evq_keep(&p->list, is_not_of, &kind);
	sim_heap_keep(&p->oracle, is_not_of, &kind);
	assert_int_equal(p->list.n, p->oracle.n);
}

static void empty(struct pair *p)
{
	do {
		look(p);
		pop(p);
	} while (p->oracle.n > 0);
	pop(p);
}

/* Grows to some hundred events, stays, shrinks, and looks and removes in between. */
static void drive(struct pair *p, int64_t (*later)(struct pair *p))
{
	for (int i = 0; i < STEPS; i++) {
		uint32_t pushes_of_8 = i < STEPS / 4 ? 5 : i < STEPS / 2 ? 4 : 3;
		if (sim_stream_below(&p->stream, 8) < pushes_of_8)
			push(p, later(p));
		else
			pop(p);
		if (sim_stream_below(&p->stream, 4) == 0)
			look(p);
		if (sim_stream_below(&p->stream, 500) == 0)
			remove_some(p);
	}
}

static void check(int64_t (*later)(struct pair *p))
{
	struct pair p;

	for (uint64_t run = 0; run < RUNS; run++) {
		start(&p, run);
		drive(&p, later);
		empty(&p);
		end(&p);
	}
}

/* Half of all pushes are at the present time, the rest at one of few times to come. */
static int64_t tied(struct pair *p)
{
	static const uint8_t delay[] = {0, 0, 0, 0, 1, 2, 64, 70};
	return p->now_ns + delay[sim_stream_below(&p->stream, 8)];
}

static void ties_are_told_apart_as_the_heap_does(void **state)
{
	(void)state;
	check(tied);
}

/* Every number of bits is as likely: all levels, and the edges between them. */
static int64_t of_any_length(struct pair *p)
{
	uint32_t bits = sim_stream_below(&p->stream, 50);
	uint64_t delay = sim_stream_u64(&p->stream) >> (63 - bits);

	if (sim_stream_below(&p->stream, 4) == 0)
		delay = (UINT64_C(1) << bits) - 1;
	return p->now_ns + (int64_t)delay;
}

static void delays_of_any_length_come_out_as_the_heap_says(void **state)
{
	(void)state;
	check(of_any_length);
}

static int64_t anywhere(struct pair *p)
{
	return (int64_t)(sim_stream_u64(&p->stream) >> (1 + sim_stream_below(&p->stream, 62)));
}

static void even_times_gone_by_come_out_as_the_heap_says(void **state)
{
	(void)state;
	check(anywhere);
}

/* As in a big run: buckets of many chunks. */
static void a_hundred_thousand_pending_events_come_out_as_the_heap_says(void **state)
{
	enum { PENDING = 100000 };
	struct pair p;

	(void)state;
	start(&p, 77);
	for (int i = 0; i < PENDING; i++)
		push(&p, sim_stream_below(&p.stream, 1000000) * INT64_C(1000));
	for (int i = 0; i < PENDING; i++) {
		pop(&p);
		push(&p, p.now_ns + sim_stream_below(&p.stream, 1000000) * INT64_C(1000));
	}
	empty(&p);
	end(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ties_are_told_apart_as_the_heap_does),
		cmocka_unit_test(delays_of_any_length_come_out_as_the_heap_says),
		cmocka_unit_test(even_times_gone_by_come_out_as_the_heap_says),
		cmocka_unit_test(a_hundred_thousand_pending_events_come_out_as_the_heap_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
