/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/core/memory.h"
#include "sim/core/sim.h"
#include "sim/core/status.h"
#include <cmocka.h>
#include <openssl/evp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KIND_LOG = 20, KIND_CHAIN, KIND_IGNORE, LOG_SIZE = 64 };

struct journal {
	struct sim *sim;
	int n;
	struct sim_event event[LOG_SIZE];
};

static void log_event(void *context, const struct sim_event *event)
{
	struct journal *log = context;

	assert_true(log->n < LOG_SIZE);
	assert_int_equal(log->sim->now_ns, event->t_ns);
	log->event[log->n++] = *event;
}

static struct sim *new_sim(struct journal *log)
{
	struct sim *sim = sim_new(1, 2);

	*log = (struct journal){.sim = sim};
	sim_on(sim, KIND_LOG, log_event, log);
	return sim;
}

static void ties_are_handled_by_priority_then_by_sequence(void **state)
{
	struct journal log;
	struct sim *sim = new_sim(&log);
	static const uint64_t expected[] = {4, 2, 1, 3, 5, 0};

	(void)state;
	sim_after(sim, 20, KIND_LOG, 0, 0, 0);
	sim_after(sim, 10, KIND_LOG, 0, 0, 1);
	sim_after_priority(sim, 10, 1, KIND_LOG, 0, 0, 2);
	sim_after(sim, 10, KIND_LOG, 0, 0, 3);
	sim_after_priority(sim, 10, 0, KIND_LOG, 0, 0, 4);
	sim_after_priority(sim, 10, 255, KIND_LOG, 0, 0, 5);
	sim_run_until(sim, 100);
	assert_int_equal(log.n, 6);
	for (int i = 0; i < 6; i++)
		assert_int_equal(log.event[i].arg, expected[i]);
	assert_int_equal(sim->now_ns, 100);
	assert_int_equal(sim->handled, 6);
	sim_free(sim);
}

static void running_stops_after_the_events_of_the_last_moment(void **state)
{
	struct journal log;
	struct sim *sim = new_sim(&log);

	(void)state;
	sim_after(sim, 10, KIND_LOG, 0, 0, 0);
	sim_after(sim, 11, KIND_LOG, 0, 0, 1);
	sim_run_until(sim, 10);
	assert_int_equal(log.n, 1);
	assert_int_equal(sim_next_ns(sim), 11);
	sim_run_until(sim, 11);
	assert_int_equal(log.n, 2);
	assert_true(sim_next_ns(sim) == SIM_TIME_MAX);
	sim_free(sim);
}

static void a_run_until_the_end_of_time_handles_what_there_is(void **state)
{
	struct journal log;
	struct sim *sim = new_sim(&log);

	(void)state;
	sim_after(sim, 10, KIND_LOG, 0, 0, 0);
	sim_run_until(sim, SIM_TIME_MAX);
	assert_int_equal(log.n, 1);
	sim_free(sim);
}

static void a_timer_fires_once_as_the_event_it_was_started_for(void **state)
{
	struct journal log;
	struct sim *sim = new_sim(&log);
	struct sim_timer timer = {SIM_HANDLE_NONE};

	(void)state;
	assert_false(sim_timer_running(sim, &timer));
	sim_timer_start(sim, &timer, 5, KIND_LOG, 7, 8, 9);
	assert_true(sim_timer_running(sim, &timer));
	sim_run_until(sim, 100);
	assert_int_equal(log.n, 1);
	assert_int_equal(log.event[0].t_ns, 5);
	assert_int_equal(log.event[0].detail, 7);
	assert_int_equal(log.event[0].to, 8);
	assert_int_equal(log.event[0].arg, 9);
	assert_false(sim_timer_running(sim, &timer));
	sim_free(sim);
}

static void a_stopped_timer_never_fires_and_stopping_again_is_harmless(void **state)
{
	struct journal log;
	struct sim *sim = new_sim(&log);
	struct sim_timer timer, copy, other;

	(void)state;
	sim_timer_start(sim, &timer, 5, KIND_LOG, 0, 0, 0);
	copy = timer;
	sim_timer_stop(sim, &timer);
	sim_timer_start(sim, &other, 6, KIND_LOG, 0, 0, 1);
	sim_timer_stop(sim, &copy); /* a late handle: must not stop the timer in the same place */
	assert_int_equal(sim_next_ns(sim), 6);
	sim_run_until(sim, 100);
	assert_int_equal(log.n, 1);
	assert_int_equal(log.event[0].arg, 1);
	sim_timer_stop(sim, &other);
	sim_timer_stop(sim, &copy);
	sim_free(sim);
}

static size_t events_alive(const struct sim *sim)
{
	return sim->queue.n - sim->stale;
}

static void stopped_timers_are_never_more_than_the_living_events_or_64(void **state)
{
	struct journal log;
	struct sim *sim = new_sim(&log);
	struct sim_timer timer, last;

	(void)state;
	sim_timer_start(sim, &last, 2000000, KIND_LOG, 0, 0, 77);
	for (int i = 0; i < 1000000; i++) {
		sim_timer_start(sim, &timer, 1000000 - i, KIND_LOG, 0, 0, 0);
		sim_timer_stop(sim, &timer);
		assert_int_equal(events_alive(sim), 1);
		assert_true(sim->stale <= 64);
	}
	sim_run_until(sim, 3000000);
	assert_int_equal(log.n, 1);
	assert_int_equal(log.event[0].arg, 77);
	assert_int_equal(sim->stale, 0);
	sim_free(sim);
}

static void ignore(void *context, const struct sim_event *event)
{
	(void)context;
	(void)event;
}

/* Timers are stopped while as many events live, and then the events go. */
static void stopped_timers_go_when_the_living_events_have_gone(void **state)
{
	enum { EVENTS = 1000 };
	struct journal log;
	struct sim *sim = new_sim(&log);
	static struct sim_timer timers[EVENTS];

	(void)state;
	sim_on(sim, KIND_IGNORE, ignore, NULL);
	for (int i = 0; i < EVENTS; i++) {
		sim_after(sim, i, KIND_IGNORE, 0, 0, 0);
		sim_timer_start(sim, &timers[i], 1000000, KIND_LOG, 0, 0, 0);
	}
	for (int i = 0; i < EVENTS; i++)
		sim_timer_stop(sim, &timers[i]);
	assert_int_equal(sim->queue.n, 2 * EVENTS);
	for (int i = 0; i < EVENTS; i++) {
		sim_run_until(sim, i);
		assert_int_equal(events_alive(sim), EVENTS - 1 - i);
		assert_true(sim->stale <= 64 || sim->stale <= events_alive(sim));
	}
	assert_true(sim->queue.n <= 64);
	assert_int_equal(log.n, 0);
	sim_free(sim);
}

static void digest_of(int with_stopped_timer, uint64_t arg, uint16_t detail,
                      uint8_t out[SIM_DIGEST_OCTETS])
{
	struct journal log;
	struct sim *sim = new_sim(&log);
	struct sim_timer timer;

	sim_after(sim, 10, KIND_LOG, 1, 2, arg);
	if (with_stopped_timer) {
		sim_timer_start(sim, &timer, 12, KIND_LOG, 0, 0, 0);
		sim_timer_stop(sim, &timer);
	}
	sim_after(sim, UINT64_C(0x1234567890), KIND_LOG, detail, UINT32_C(0x89abcdef), 0);
	sim_run_until(sim, UINT64_C(0x2000000000));
	sim_trace_digest(sim, out);
	sim_free(sim);
}

/* a, b and n of trace.h after these two events, by Python's integers. */
static void the_digest_is_of_the_events_handled(void **state)
{
	static const uint8_t trace[] = {
		0xb2, 0x3d, 0x8e, 0xc5, 0xa6, 0xd5, 0x69, 0x8f,
		0x87, 0xa9, 0x82, 0xa7, 0x4a, 0xa1, 0xe6, 0x8b,
		0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	};
	uint8_t expected[SIM_DIGEST_OCTETS], digest[SIM_DIGEST_OCTETS];

	(void)state;
	assert_int_equal(EVP_Digest(trace, sizeof trace, expected, NULL, EVP_sha256(), NULL), 1);
	digest_of(0, 5, 0xbeef, digest);
	assert_memory_equal(digest, expected, sizeof digest);
	digest_of(1, 6, 0xbeef, digest); /* neither stopped timers nor payloads count */
	assert_memory_equal(digest, expected, sizeof digest);
	digest_of(0, 5, 0xbeee, digest);
	assert_memory_not_equal(digest, expected, sizeof digest);
}

static void without_a_trace_events_are_handled_and_the_digest_is_zero(void **state)
{
	static const uint8_t zero[SIM_DIGEST_OCTETS];
	uint8_t digest[SIM_DIGEST_OCTETS];
	struct journal log;
	struct sim *sim = new_sim(&log);

	(void)state;
	sim_trace_off(sim);
	sim_after(sim, 10, KIND_LOG, 1, 2, 3);
	sim_run_until(sim, 20);
	assert_int_equal(log.n, 1);
	memset(digest, 1, sizeof digest);
	sim_trace_digest(sim, digest);
	assert_memory_equal(digest, zero, sizeof digest);
	sim_free(sim);
}

/* A random tree of events: each schedules up to two more. */
static void chain(void *context, const struct sim_event *event)
{
	struct sim *sim = context;
	struct sim_stream stream = sim_stream_of(sim, 3, event->arg);

	for (uint64_t i = 1; i <= 2 && event->arg < 100000; i++)
		if (sim_stream_below(&stream, 8) > 0)
			sim_after(sim, sim_stream_below(&stream, 50), KIND_CHAIN, event->detail + 1,
			          (uint32_t)event->arg, 2 * event->arg + i);
}

static void random_run(uint64_t seed, uint8_t out[SIM_DIGEST_OCTETS])
{
	struct sim *sim = sim_new(seed, 0);

	sim_on(sim, KIND_CHAIN, chain, sim);
	sim_after(sim, 0, KIND_CHAIN, 0, 0, 1);
	sim_run_until(sim, 1000000);
	assert_true(sim->handled > 1000);
	sim_trace_digest(sim, out);
	sim_free(sim);
}

static void the_same_seed_gives_the_same_trace_and_another_another(void **state)
{
	uint8_t a[SIM_DIGEST_OCTETS], b[SIM_DIGEST_OCTETS], c[SIM_DIGEST_OCTETS];

	(void)state;
	random_run(5, a);
	random_run(5, b);
	random_run(6, c);
	assert_memory_equal(a, b, sizeof a);
	assert_memory_not_equal(a, c, sizeof a);
}

/* Runs misuse in a child; its standard error goes to text. Its exit status, or -1 when it aborts. */
static int ends(void (*misuse)(void), char *text, size_t size)
{
	int pipes[2], status;

	assert_int_equal(pipe(pipes), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		signal(SIGABRT, SIG_DFL);
		dup2(pipes[1], STDERR_FILENO);
		misuse();
		_exit(0);
	}
	close(pipes[1]);
	ssize_t n = read(pipes[0], text, size - 1);
	text[n > 0 ? n : 0] = '\0';
	close(pipes[0]);
	waitpid(child, &status, 0);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? -1 : WEXITSTATUS(status);
}

static int dies(void (*misuse)(void), char *text, size_t size)
{
	return ends(misuse, text, size) == -1;
}

static void find_no_memory(void)
{
	sim_memory_given("a replication's state", NULL, 1000000);
}

static void who_finds_no_memory_ends_with_status_3_and_a_sentence(void **state)
{
	char text[512];

	(void)state;
	assert_int_equal(ends(find_no_memory, text, sizeof text), 3);
	assert_non_null(strstr(text, "out of memory: a replication's state wanted 1.0 MB more"));
	assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
}

static void schedule_in_the_past(void)
{
	struct journal log;
	struct sim *sim = new_sim(&log);

	sim_here.variant = "flood";
	sim_after(sim, 30, KIND_LOG, 0, 4, 0);
	sim_run_until(sim, 30);
	sim_after(sim, -1, KIND_LOG, 0, 0, 0);
}

static void schedule_for_nobody(void)
{
	sim_after(sim_new(1, 1), 1, KIND_LOG, 0, 0, 0);
}

static void give_twice(void)
{
	struct sim_pool *pool = sim_pool_new(sim_arena_new(), 8, 1);
	struct sim_handle handle;

	sim_pool_take(pool, &handle);
	sim_pool_give(pool, handle);
	sim_pool_give(pool, handle);
}

static void name_a_purpose_out_of_range(void)
{
	sim_stream_open(1, 0, 4096, 0);
}

static void misuse_is_a_bug_that_says_where_the_replication_stood(void **state)
{
	char text[600];

	(void)state;
	assert_true(dies(schedule_in_the_past, text, sizeof text));
	assert_non_null(strstr(text, "variant flood, seed 1, replication 2, time 30 ns"));
	assert_non_null(strstr(text, "event kind 20, entity 4"));
	assert_true(dies(schedule_for_nobody, text, sizeof text));
	assert_true(dies(give_twice, text, sizeof text));
	assert_true(dies(name_a_purpose_out_of_range, text, sizeof text));
}

static void failures_carry_a_sentence_and_an_exit_status(void **state)
{
	struct sim_err err;

	(void)state;
	assert_int_equal(sim_fail(&err, SIM_E_INPUT, "line %d", 7), SIM_E_INPUT);
	assert_int_equal(err.code, SIM_E_INPUT);
	assert_string_equal(err.text, "line 7");
	assert_int_equal(sim_fail(NULL, SIM_E_IO, "x"), SIM_E_IO);
	assert_int_equal(sim_exit_status(SIM_OK), 0);
	assert_int_equal(sim_exit_status(SIM_E_VERDICT), 1);
	assert_int_equal(sim_exit_status(SIM_E_USAGE), 2);
	assert_int_equal(sim_exit_status(SIM_E_INPUT), 2);
	for (int code = SIM_E_IO; code <= SIM_E_INTERRUPT; code++)
		assert_int_equal(sim_exit_status((enum sim_code)code), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ties_are_handled_by_priority_then_by_sequence),
		cmocka_unit_test(running_stops_after_the_events_of_the_last_moment),
		cmocka_unit_test(a_run_until_the_end_of_time_handles_what_there_is),
		cmocka_unit_test(a_timer_fires_once_as_the_event_it_was_started_for),
		cmocka_unit_test(a_stopped_timer_never_fires_and_stopping_again_is_harmless),
		cmocka_unit_test(stopped_timers_are_never_more_than_the_living_events_or_64),
		cmocka_unit_test(stopped_timers_go_when_the_living_events_have_gone),
		cmocka_unit_test(without_a_trace_events_are_handled_and_the_digest_is_zero),
		cmocka_unit_test(the_digest_is_of_the_events_handled),
		cmocka_unit_test(the_same_seed_gives_the_same_trace_and_another_another),
		cmocka_unit_test(who_finds_no_memory_ends_with_status_3_and_a_sentence),
		cmocka_unit_test(misuse_is_a_bug_that_says_where_the_replication_stood),
		cmocka_unit_test(failures_carry_a_sentence_and_an_exit_status),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
