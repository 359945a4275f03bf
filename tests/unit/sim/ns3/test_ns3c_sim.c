/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ns3c: the simulator, its events, random numbers, and what a fatal error of ns-3 leaves. */
#include "tests/unit/sim/ns3/ns3_pair.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static char order[64];

static void note(void *letter)
{
	strncat(order, letter, sizeof order - strlen(order) - 1);
}

static void note_at(int64_t delay_ns, const char *letter, struct ns3c_event *event)
{
	must(ns3c_schedule(delay_ns, note, (void *)(uintptr_t)letter, event));
}

static void events_run_by_time_and_then_in_order_of_scheduling(void **unused)
{
	(void)unused;
	for (int s = NS3C_SCHEDULER_MAP; s <= NS3C_SCHEDULER_PRIORITY_QUEUE; s++) {
		order[0] = 0;
		must(ns3c_create(s, 1, 1));
		note_at(2 * MS, "d", NULL);
		note_at(MS, "a", NULL);
		note_at(MS, "b", NULL);
		note_at(MS, "c", NULL);
		must(ns3c_run());
		assert_int_equal(ns3c_now_ns(), 2 * MS);
		must(ns3c_destroy());
		assert_string_equal(order, "abcd");
	}
	assert_int_equal(ns3c_now_ns(), -1);
}

static void a_cancelled_event_does_not_run(void **unused)
{
	struct ns3c_event a, b;

	(void)unused;
	order[0] = 0;
	note_at(MS, "a", &a);
	note_at(MS, "b", &b);
	assert_int_equal(ns3c_is_pending(a), 1);
	must(ns3c_cancel(a));
	assert_int_equal(ns3c_is_pending(a), 0);
	must(ns3c_run());
	assert_string_equal(order, "b");
}

static void a_late_cancel_finds_nothing(void **unused)
{
	struct ns3c_event first, second, none = {0};

	(void)unused;
	order[0] = 0;
	note_at(MS, "a", &first);
	must(ns3c_run());
	note_at(MS, "b", &second); /* in the first one's place */
	refused(ns3c_cancel(first), NS3C_E_STALE, "ns3c_cancel: the event is over or never was");
	refused(ns3c_cancel(none), NS3C_E_STALE, "over or never was");
	must(ns3c_run());
	assert_string_equal(order, "ab");
}

static void spawn(void *depth)
{
	int *left = depth;

	strcat(order, "s");
	if (--*left > 0)
		must(ns3c_schedule(0, spawn, left, NULL));
}

static void a_run_until_includes_what_is_born_at_its_end(void **unused)
{
	int depth = 3;

	(void)unused;
	order[0] = 0;
	must(ns3c_schedule(MS, spawn, &depth, NULL));
	note_at(MS + 1, "later", NULL);
	must(ns3c_run_until(MS));
	assert_string_equal(order, "sss");
	assert_int_equal(ns3c_now_ns(), MS);
	must(ns3c_run_until(5 * MS));
	assert_string_equal(order, "ssslater");
	assert_int_equal(ns3c_now_ns(), 5 * MS);
}

static void stop(void *unused)
{
	(void)unused;
	assert_int_equal(ns3c_in_run(), 1);
	must(ns3c_stop());
}

static void a_stopped_run_goes_on_where_it_was(void **unused)
{
	(void)unused;
	order[0] = 0;
	must(ns3c_schedule(MS, stop, NULL, NULL));
	note_at(MS, "a", NULL);
	must(ns3c_run_until(9 * MS));
	assert_int_equal(ns3c_now_ns(), MS);
	assert_string_equal(order, "");
	must(ns3c_run());
	assert_string_equal(order, "a");
	assert_int_equal(ns3c_now_ns(), MS); /* the stopped run's end is forgotten */
	assert_int_equal(ns3c_in_run(), 0);
}

static void run_within(void *unused)
{
	(void)unused;
	refused(ns3c_run(), NS3C_E_STATE, "not allowed in the run");
	refused(ns3c_run_until(9 * MS), NS3C_E_STATE, "not allowed in the run");
	refused(ns3c_destroy(), NS3C_E_STATE, "not allowed in the run");
	strcat(order, "w");
}

static void a_run_within_a_run_is_refused(void **unused)
{
	(void)unused;
	order[0] = 0;
	must(ns3c_schedule(0, run_within, NULL, NULL));
	must(ns3c_run());
	assert_string_equal(order, "w");
}

static void a_second_simulator_finds_the_first_one_s_handles_stale(void **unused)
{
	struct ns3c_event event;
	struct ns3c_node node;
	struct ns3c_socket socket;

	(void)unused;
	must(ns3c_create(NS3C_SCHEDULER_MAP, 1, 1));
	refused(ns3c_create(NS3C_SCHEDULER_MAP, 1, 1), NS3C_E_STATE, "ns3c_destroy it first");
	note_at(MS, "a", &event);
	must(ns3c_node_new(&node));
	must(ns3c_udp_new(node, &socket));
	must(ns3c_destroy());
	refused(ns3c_destroy(), NS3C_E_STATE, "there is no simulator");
	must(ns3c_create(NS3C_SCHEDULER_MAP, 1, 1));
	must(ns3c_node_new(&(struct ns3c_node){0}));
	refused(ns3c_cancel(event), NS3C_E_STALE, "event");
	refused(ns3c_udp_new(node, &socket), NS3C_E_STALE, "node");
	refused(ns3c_bind(socket, NULL, 1), NS3C_E_STALE, "socket");
	must(ns3c_destroy());
}

static void *elsewhere(void *unused)
{
	(void)unused;
	refused(ns3c_schedule(0, note, NULL, NULL), NS3C_E_THREAD,
	        "only the thread that called ns3c_create");
	return NULL;
}

static void another_thread_is_refused(void **unused)
{
	pthread_t thread;

	(void)unused;
	assert_int_equal(pthread_create(&thread, NULL, elsewhere, NULL), 0);
	assert_int_equal(pthread_join(thread, NULL), 0);
}

/* --- Random numbers --------------------------------------------------------------------------- */

static void streams_depend_on_their_number_seed_and_run(void **unused)
{
	static const struct { uint32_t seed; uint64_t run; int64_t stream; } named[] = {
		{1, 1, 7}, {1, 1, 7}, {1, 1, 8}, {1, 2, 7}, {2, 1, 7}, {1, NS3C_RUN_MAX, 7},
		{1, 1, NS3C_STREAM_MAX}};
	const double limits[] = {0, 1};
	double value[7];

	(void)unused;
	for (size_t i = 0; i < 7; i++) {
		struct ns3c_random random;

		must(ns3c_create(NS3C_SCHEDULER_MAP, named[i].seed, named[i].run));
		must(ns3c_random_new(NS3C_UNIFORM, limits, 2, named[i].stream, &random));
		must(ns3c_random_next(random, &value[i]));
		must(ns3c_destroy());
	}
	assert_true(value[0] == value[1]);
	for (size_t i = 2; i < 7; i++)
		for (size_t j = 1; j < i; j++)
			assert_true(value[i] != value[j]);
}

/* Means from the definitions of the distributions; the bound is five standard errors. */
static void distributions_have_their_means(void **unused)
{
	static const struct {
		int distribution;
		double parameter[3];
		size_t n;
		double mean, sd;
	} row[] = {
		{NS3C_CONSTANT, {4}, 1, 4, 0},
		{NS3C_UNIFORM, {2, 4}, 2, 3, 0.577},
		{NS3C_EXPONENTIAL, {3, 0}, 2, 3, 3},
		{NS3C_PARETO, {1, 3}, 2, 1.5, 0.866},
		{NS3C_WEIBULL, {2, 1}, 2, 2, 2},
		{NS3C_NORMAL, {5, 4, 0}, 3, 5, 2},
		{NS3C_LOGNORMAL, {0, 0.5}, 2, 1.1331, 0.604},
		{NS3C_GAMMA, {2, 3}, 2, 6, 4.243},
		{NS3C_ERLANG, {2, 3}, 2, 6, 4.243},
		{NS3C_TRIANGULAR, {1, 0, 2}, 3, 1, 0.408},
		{NS3C_ZIPF, {2, 1}, 2, 4.0 / 3, 0.471},
		{NS3C_ZETA, {4}, 1, 1.1106, 0.536},
	};
	enum { DRAWS = 20000 };

	(void)unused;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct ns3c_random random;
		double sum = 0, value;

		must(ns3c_random_new(row[i].distribution, row[i].parameter, row[i].n, (int64_t)i,
		                     &random));
		for (int k = 0; k < DRAWS; k++) {
			must(ns3c_random_next(random, &value));
			sum += value;
		}
		if (fabs(sum / DRAWS - row[i].mean) > 5 * row[i].sd / sqrt(DRAWS) + 1e-12)
			fail_msg("row %zu has mean %g", i, sum / DRAWS);
	}
}

static void a_bound_is_kept(void **unused)
{
	const double exponential[] = {1, 0.5}, normal[] = {0, 1, 0.25};
	struct ns3c_random e, n;
	double value;

	(void)unused;
	must(ns3c_random_new(NS3C_EXPONENTIAL, exponential, 2, 1, &e));
	must(ns3c_random_new(NS3C_NORMAL, normal, 3, 2, &n));
	for (int i = 0; i < 1000; i++) {
		must(ns3c_random_next(e, &value));
		assert_true(value <= 0.5);
		must(ns3c_random_next(n, &value));
		assert_true(fabs(value) <= 0.25);
	}
}

/* --- Fatal errors ----------------------------------------------------------------------------- */

/* A real one that no check of arguments foresees: ns-3 reads NS_LOG when a simulator begins. */
static const char FATAL[] = "Invalid or unregistered component name \"NoSuchComponent\"";

static void run_into_fatal_error(void)
{
	setenv("NS_LOG", "NoSuchComponent", 1);
	if (freopen("/dev/null", "w", stdout)) /* ns-3 lists its components there */
		ns3c_create(NS3C_SCHEDULER_MAP, 1, 1);
	_exit(0);
}

/* Runs `child` with its standard error in a pipe; returns its wait status and what it wrote. */
static int in_child(void (*child)(int fd), char *text, size_t size)
{
	int ends[2], status;
	size_t used = 0;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		child(ends[1]);
		_exit(0);
	}
	close(ends[1]);
	while (used + 1 < size && (n = read(ends[0], text + used, size - 1 - used)) > 0)
		used += (size_t)n;
	text[used] = 0;
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void die_with_stderr(int fd)
{
	dup2(fd, STDERR_FILENO);
	run_into_fatal_error();
}

static void a_parent_reads_the_fatal_message_of_its_child(void **unused)
{
	char text[8192];
	int status;

	(void)unused;
	status = in_child(die_with_stderr, text, sizeof text);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	assert_non_null(strstr(text, FATAL));
}

static void pass_on(void *context, const char *message)
{
	if (write(*(int *)context, message, strlen(message)) < 0)
		_exit(1);
	_exit(7);
}

static void die_with_hook(int fd)
{
	int dead = dup(STDERR_FILENO);

	if (dead < 0 || !freopen("/dev/null", "w", stderr))
		_exit(1);
	must(ns3c_set_fatal_hook(pass_on, &fd));
	run_into_fatal_error();
}

static void a_hook_gets_the_fatal_message_and_may_exit(void **unused)
{
	char text[8192];
	int status;

	(void)unused;
	status = in_child(die_with_hook, text, sizeof text);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 7);
	assert_int_equal(strncmp(text, "msg=\"", 5), 0);
	assert_non_null(strstr(text, FATAL));
	assert_non_null(strstr(text, "line="));
}

static void die_after_hook_removed(int fd)
{
	static int unused_fd = -1;

	must(ns3c_set_fatal_hook(pass_on, &unused_fd));
	must(ns3c_set_fatal_hook(NULL, NULL));
	die_with_stderr(fd);
}

static void a_removed_hook_is_not_called(void **unused)
{
	char text[8192];
	int status;

	(void)unused;
	status = in_child(die_after_hook_removed, text, sizeof text);
	assert_true(WIFSIGNALED(status));
	assert_non_null(strstr(text, FATAL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    /* The forks first, while the process is fresh. */
	    cmocka_unit_test(a_parent_reads_the_fatal_message_of_its_child),
	    cmocka_unit_test(a_hook_gets_the_fatal_message_and_may_exit),
	    cmocka_unit_test(a_removed_hook_is_not_called),
	    cmocka_unit_test(events_run_by_time_and_then_in_order_of_scheduling),
	    cmocka_unit_test_setup_teardown(a_cancelled_event_does_not_run, create, destroy),
	    cmocka_unit_test_setup_teardown(a_late_cancel_finds_nothing, create, destroy),
	    cmocka_unit_test_setup_teardown(a_run_until_includes_what_is_born_at_its_end, create,
	                                    destroy),
	    cmocka_unit_test_setup_teardown(a_stopped_run_goes_on_where_it_was, create, destroy),
	    cmocka_unit_test_setup_teardown(a_run_within_a_run_is_refused, create, destroy),
	    cmocka_unit_test(a_second_simulator_finds_the_first_one_s_handles_stale),
	    cmocka_unit_test_setup_teardown(another_thread_is_refused, create, destroy),
	    cmocka_unit_test(streams_depend_on_their_number_seed_and_run),
	    cmocka_unit_test_setup_teardown(distributions_have_their_means, create, destroy),
	    cmocka_unit_test_setup_teardown(a_bound_is_kept, create, destroy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
