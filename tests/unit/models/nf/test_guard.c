/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/guard.h"
#include "models/nf/nf.h"
#include "sim/core/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { KIND = NF_KIND_TIMER, WAITS = 40, LASTS_NS = 1000, ROUNDS = 4000 };

struct bench {
	struct sim *sim;
	struct guard guard;
	struct guard_wait wait[WAITS];
	int64_t until_ns[WAITS]; /* what each should do: -1 it does not wait */
	uint32_t n_events, n_expired;
	bool is_down; /* events are lost */
};

static void on_event(void *context, const struct sim_event *event)
{
	struct bench *b = context;
	struct guard_wait *wait;

	(void)event;
	b->n_events++;
	if (b->is_down)
		return;
	while ((wait = guard_expired(&b->guard)) != NULL) {
		int64_t *until_ns = &b->until_ns[wait - b->wait];

		assert_true(*until_ns >= 0 && *until_ns <= b->sim->now_ns);
		*until_ns = -1;
		b->n_expired++;
	}
}

static void bench_begin(struct bench *b)
{
	*b = (struct bench){.sim = sim_new(1, 0)};
	b->guard = (struct guard){.sim = b->sim, .lasts_ns = LASTS_NS, .kind = KIND};
	sim_on(b->sim, KIND, on_event, b);
	for (int i = 0; i < WAITS; i++)
		b->until_ns[i] = -1;
}

static void begin(struct bench *b, int i)
{
	guard_begin(&b->guard, &b->wait[i]);
	b->until_ns[i] = b->sim->now_ns + LASTS_NS;
}

static void end(struct bench *b, int i)
{
	guard_end(&b->guard, &b->wait[i]);
	b->until_ns[i] = -1;
}

static void every_wait_runs_out_at_its_time_unless_it_ended(void **state)
{
	struct sim_stream stream = sim_stream_open(1, 0, 1, 0);
	struct bench b;

	(void)state;
	bench_begin(&b);
	for (int round = 0; round < ROUNDS; round++) {
		int i = (int)sim_stream_below(&stream, WAITS);

		if (sim_stream_below(&stream, 3))
			begin(&b, i);
		else
			end(&b, i);
		sim_run_until(b.sim, b.sim->now_ns + sim_stream_below(&stream, 80));
		for (int j = 0; j < WAITS; j++)
			assert_true(b.until_ns[j] < 0 || b.until_ns[j] > b.sim->now_ns);
	}
	sim_run_until(b.sim, b.sim->now_ns + LASTS_NS);
	for (int j = 0; j < WAITS; j++)
		assert_int_equal(b.until_ns[j], -1);
	assert_true(b.n_expired > ROUNDS / 10); /* else the test shows nothing */
	sim_free(b.sim);
}

static void waits_that_end_in_time_cost_an_event_in_each_period_at_most(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b);
	for (int round = 0; round < ROUNDS; round++) {
		begin(&b, round % WAITS);
		sim_run_until(b.sim, b.sim->now_ns + 10);
		end(&b, round % WAITS);
	}
	assert_int_equal(b.n_expired, 0);
	assert_in_range(b.n_events, 1, ROUNDS * 10 / LASTS_NS + 1);
	sim_free(b.sim);
}

static void a_lost_event_is_made_up_for_by_the_next_wait(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b);
	begin(&b, 0);
	b.is_down = true;
	sim_run_until(b.sim, 2 * LASTS_NS);
	assert_int_equal(b.n_events, 1);
	assert_int_equal(b.n_expired, 0);
	b.is_down = false;
	begin(&b, 1);
	sim_run_until(b.sim, b.sim->now_ns);
	assert_int_equal(b.n_expired, 1);
	assert_int_equal(b.until_ns[0], -1);
	sim_run_until(b.sim, b.sim->now_ns + LASTS_NS);
	assert_int_equal(b.n_expired, 2);
	sim_free(b.sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_wait_runs_out_at_its_time_unless_it_ended),
		cmocka_unit_test(waits_that_end_in_time_cost_an_event_in_each_period_at_most),
		cmocka_unit_test(a_lost_event_is_made_up_for_by_the_next_wait),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
