/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/core/evq.h"
#include "sim/core/rng.h"
#include <cmocka.h>
#include <stdlib.h>

enum { MANY = 5000 };

static int by_order(const void *a, const void *b)
{
	const struct sim_event *x = a, *y = b;

	if (x->t_ns != y->t_ns)
		return x->t_ns < y->t_ns ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* Few times and few priorities: nearly all comparisons are ties. */
static struct sim_event tied_event(struct sim_stream *stream, uint64_t sequence)
{
	return (struct sim_event){
		.t_ns = sim_stream_below(stream, 8),
		.order = (uint64_t)sim_stream_below(stream, 3) << 56 | sequence,
		.arg = sequence,
	};
}

static void assert_same_event(const struct sim_event *a, const struct sim_event *b)
{
	assert_int_equal(a->t_ns, b->t_ns);
	assert_int_equal(a->order, b->order);
	assert_int_equal(a->arg, b->arg);
}

static void events_come_out_as_a_sort_would_order_them(void **state)
{
	struct sim_stream stream = sim_stream_open(1, 0, 1, 0);
	struct sim_event sorted[MANY], event;
	struct sim_evq queue;

	(void)state;
	sim_evq_init(&queue);
	for (uint64_t i = 0; i < MANY; i++) {
		sorted[i] = tied_event(&stream, i);
		sim_evq_push(&queue, &sorted[i]);
	}
	qsort(sorted, MANY, sizeof *sorted, by_order);
	for (int i = 0; i < MANY; i++) {
		assert_same_event(sim_evq_head(&queue), &sorted[i]);
		assert_int_equal(sim_evq_pop(&queue, &event), 1);
		assert_same_event(&event, &sorted[i]);
	}
	assert_int_equal(sim_evq_pop(&queue, &event), 0);
	sim_evq_free(&queue);
}

/* The oracle is an array kept sorted by insertion. */
static void pushes_between_pops_keep_the_order(void **state)
{
	struct sim_stream stream = sim_stream_open(2, 0, 1, 0);
	static struct sim_event oracle[MANY];
	struct sim_event event;
	struct sim_evq queue;
	size_t n = 0;

	(void)state;
	sim_evq_init(&queue);
	for (uint64_t i = 0; i < MANY; i++) {
		event = tied_event(&stream, i);
		sim_evq_push(&queue, &event);
		oracle[n++] = event;
		qsort(oracle, n, sizeof *oracle, by_order);
		if (n > 40 || sim_stream_below(&stream, 3) == 0) {
			assert_int_equal(sim_evq_pop(&queue, &event), 1);
			assert_same_event(&event, &oracle[0]);
			for (size_t k = 1; k < n; k++)
				oracle[k - 1] = oracle[k];
			n--;
		}
		assert_int_equal(queue.n, n);
	}
	sim_evq_free(&queue);
}

static int is_even(const void *context, const struct sim_event *event)
{
	(void)context;
	return event->arg % 2 == 0;
}

static void removing_events_leaves_the_others_in_order(void **state)
{
	struct sim_stream stream = sim_stream_open(3, 0, 1, 0);
	struct sim_evq queue;

	(void)state;
	for (uint64_t n = 0; n < 70; n++) {
		struct sim_event last = {.t_ns = -1}, event;
		uint64_t left = 0;
		sim_evq_init(&queue);
		for (uint64_t i = 0; i < n; i++) {
			event = tied_event(&stream, i);
			sim_evq_push(&queue, &event);
		}
		sim_evq_keep(&queue, is_even, NULL);
		while (sim_evq_pop(&queue, &event)) {
			assert_int_equal(event.arg % 2, 0);
			assert_true(by_order(&last, &event) < 0);
			last = event;
			left++;
		}
		assert_int_equal(left, (n + 1) / 2);
		sim_evq_free(&queue);
	}
}

static void an_empty_list_has_no_head(void **state)
{
	struct sim_evq queue;
	struct sim_event event;

	(void)state;
	sim_evq_init(&queue);
	assert_null(sim_evq_head(&queue));
	assert_int_equal(sim_evq_pop(&queue, &event), 0);
	sim_evq_free(&queue);
}

static void push_at(struct sim_evq *queue, int64_t t_ns, uint64_t order)
{
	sim_evq_push(queue, &(struct sim_event){.t_ns = t_ns, .order = order});
}

static void assert_pops(struct sim_evq *queue, int64_t t_ns, uint64_t order)
{
	struct sim_event event;

	assert_int_equal(sim_evq_pop(queue, &event), 1);
	assert_int_equal(event.t_ns, t_ns);
	assert_int_equal(event.order, order);
}

static void a_push_at_the_present_time_overtakes_by_its_priority(void **state)
{
	struct sim_evq queue;

	(void)state;
	sim_evq_init(&queue);
	for (uint64_t i = 0; i < 100; i++)
		push_at(&queue, 70, (uint64_t)128 << 56 | i);
	assert_pops(&queue, 70, (uint64_t)128 << 56);
	push_at(&queue, 70, (uint64_t)200 << 56 | 100);
	push_at(&queue, 70, (uint64_t)1 << 56 | 101);
	assert_pops(&queue, 70, (uint64_t)1 << 56 | 101);
	for (uint64_t i = 1; i < 100; i++)
		assert_pops(&queue, 70, (uint64_t)128 << 56 | i);
	assert_pops(&queue, 70, (uint64_t)200 << 56 | 100);
	sim_evq_free(&queue);
}

/* A run ends at a time before the head, and goes on with something earlier. */
static void a_push_before_a_head_that_was_looked_at_comes_first(void **state)
{
	struct sim_evq queue;

	(void)state;
	sim_evq_init(&queue);
	push_at(&queue, INT64_MAX, 1);
	push_at(&queue, INT64_C(1) << 40, 2);
	assert_int_equal(sim_evq_head(&queue)->order, 2);
	push_at(&queue, 5, 3);
	assert_int_equal(sim_evq_head(&queue)->order, 3);
	push_at(&queue, 4, 4);
	assert_pops(&queue, 4, 4);
	assert_pops(&queue, 5, 3);
	assert_pops(&queue, INT64_C(1) << 40, 2);
	assert_pops(&queue, INT64_MAX, 1);
	sim_evq_free(&queue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_come_out_as_a_sort_would_order_them),
		cmocka_unit_test(pushes_between_pops_keep_the_order),
		cmocka_unit_test(removing_events_leaves_the_others_in_order),
		cmocka_unit_test(a_push_at_the_present_time_overtakes_by_its_priority),
		cmocka_unit_test(a_push_before_a_head_that_was_looked_at_comes_first),
		cmocka_unit_test(an_empty_list_has_no_head),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
