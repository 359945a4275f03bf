/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ns-3 engine keeps the rules of sim/net/engine.h. */
#include "sim/net/engine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define MS INT64_C(1000000)
#define SECOND INT64_C(1000000000)

const struct sim_engine_ops *dtsim_engine(void);

enum { MAX_NODES = 8, MAX_SEEN = 4096 };

struct seen {
	char what; /* 'd' delivered, 'x' dropped, 'w' woken */
	int64_t now_ns;
	uint32_t node;
	uint64_t cookie;
};

/* A model that writes down what the engine tells it, and may answer. */
struct model {
	const struct sim_engine_ops *ops;
	void *engine;
	struct seen seen[MAX_SEEN];
	size_t n_seen;
	int answers;       /* a delivered message goes back, that many times */
	int64_t rearm_ns;  /* each wake asks for the next, so much later     */
	char error[512];
	const void *data; /* what came with the last message: NULL, or octets */
	uint32_t n_octets;
	uint8_t octets[100000];
};

static void note(struct model *model, char what, int64_t now_ns, uint32_t node, uint64_t cookie)
{
	assert_true(model->n_seen < MAX_SEEN);
	assert_int_equal(model->ops->now(model->engine), now_ns);
	model->seen[model->n_seen++] =
		(struct seen){.what = what, .now_ns = now_ns, .node = node, .cookie = cookie};
}

static void on_wake(void *context, int64_t now_ns)
{
	struct model *model = context;

	note(model, 'w', now_ns, 0, 0);
	if (model->rearm_ns > 0)
		model->ops->wake_at(model->engine, now_ns + model->rearm_ns);
}

static void on_deliver(void *context, int64_t now_ns, uint32_t to, uint64_t cookie, const void *data,
                       uint32_t octets)
{
	struct model *model = context;

	note(model, 'd', now_ns, to, cookie);
	model->data = data ? memcpy(model->octets, data, octets) : NULL;
	model->n_octets = octets;
	if (model->answers > 0) {
		model->answers--;
		model->ops->send(model->engine, to, 1 - to, NULL, 100, cookie + 1);
	}
}

static void on_drop(void *context, int64_t now_ns, uint32_t at, uint64_t cookie)
{
	note(context, 'x', now_ns, at, cookie);
}

/* Opens a chain 0 - 1 - … - n-1, or reports why not. */
static int open_chain(struct model *model, uint32_t n_nodes, double rate_bps, int64_t delay_ns,
                      double loss_prob)
{
	static struct sim_engine_link link[MAX_NODES];
	static int32_t next[MAX_NODES * MAX_NODES];
	const char *name[MAX_NODES] = {"a", "b", "c", "d", "e", "f", "g", "h"};
	struct sim_engine_topology topology = {.n_nodes = n_nodes,
	                                       .node_name = name,
	                                       .n_links = n_nodes - 1,
	                                       .link = link,
	                                       .next_link = next};
	const struct sim_engine_host host = {
		.context = model, .wake = on_wake, .deliver = on_deliver, .drop = on_drop};

	memset(model, 0, sizeof *model);
	model->ops = dtsim_engine();
	for (uint32_t i = 0; i + 1 < n_nodes; i++)
		link[i] = (struct sim_engine_link){.a = i,
		                                   .b = i + 1,
		                                   .delay_ns = delay_ns,
		                                   .rate_bps = rate_bps,
		                                   .queue_packets = 1000,
		                                   .loss_prob = loss_prob};
	for (uint32_t from = 0; from < n_nodes; from++)
		for (uint32_t to = 0; to < n_nodes; to++)
			next[from * n_nodes + to] =
				from == to ? -1 : (int32_t)(from < to ? from : from - 1);
	model->engine = model->ops->open(&topology, &host, 42, 7, model->error,
	                                 sizeof model->error);
	return model->engine ? 0 : -1;
}

static void open_quick(struct model *model, uint32_t n_nodes)
{
	if (open_chain(model, n_nodes, 1e9, MS, 0))
		fail_msg("%s", model->error);
}

static void run(struct model *model, int64_t until_ns)
{
	if (model->ops->run(model->engine, until_ns, model->error, sizeof model->error))
		fail_msg("%s", model->error);
	assert_int_equal(model->ops->now(model->engine), until_ns);
}

static void messages_of_a_pair_arrive_once_and_in_order(void **state)
{
	static struct model model;

	(void)state;
	open_quick(&model, 3);
	for (uint32_t i = 0; i < 1000; i++)
		model.ops->send(model.engine, 0, 2, NULL, i % 50 == 0 ? 20000 : i % 7 * 100, i);
	run(&model, 10 * SECOND);
	assert_int_equal(model.n_seen, 1000);
	for (uint32_t i = 0; i < 1000; i++) {
		assert_int_equal(model.seen[i].what, 'd');
		assert_int_equal(model.seen[i].node, 2);
		assert_int_equal(model.seen[i].cookie, i);
	}
	model.ops->close(model.engine);
}

static void every_pair_of_nodes_reaches_each_other(void **state)
{
	static struct model model;

	(void)state;
	open_quick(&model, 5);
	for (uint32_t from = 0; from < 5; from++)
		for (uint32_t to = 0; to < 5; to++)
			if (from != to)
				model.ops->send(model.engine, from, to, NULL, 300, from * 10 + to);
	run(&model, SECOND);
	assert_int_equal(model.n_seen, 20);
	for (uint32_t i = 0; i < 20; i++) {
		assert_int_equal(model.seen[i].what, 'd');
		assert_int_equal(model.seen[i].node, model.seen[i].cookie % 10);
		for (uint32_t j = 0; j < i; j++)
			assert_true(model.seen[i].cookie != model.seen[j].cookie);
	}
	model.ops->close(model.engine);
}

/* 1000 octets and 42 of headers at 1 Gbit/s: 8.3 us; TCP's own step of 1 ns; 1 ms of way. */
static void a_warm_message_takes_the_link_s_time_and_a_cold_one_a_handshake_more(void **state)
{
	static struct model model;

	(void)state;
	open_quick(&model, 2);
	model.ops->send(model.engine, 0, 1, NULL, 1000, 1);
	run(&model, SECOND);
	assert_in_range(model.seen[0].now_ns, 3 * MS, 3 * MS + 100000);
	model.ops->send(model.engine, 0, 1, NULL, 1000, 2);
	run(&model, 2 * SECOND);
	assert_int_equal(model.n_seen, 2);
	assert_in_range(model.seen[1].now_ns - SECOND, MS + 8000, MS + 10000);
	model.ops->close(model.engine);
}

static void ten_segments_travel_without_waiting(void **state)
{
	static struct model model;

	(void)state;
	open_quick(&model, 2);
	model.ops->send(model.engine, 0, 1, NULL, 1, 1);
	run(&model, SECOND);
	model.ops->send(model.engine, 0, 1, NULL, 14000, 2);
	run(&model, 2 * SECOND);
	assert_int_equal(model.n_seen, 2);
	assert_in_range(model.seen[1].now_ns - SECOND, MS, MS + 200000);
	model.ops->close(model.engine);
}

static void answers_from_within_a_delivery_are_carried(void **state)
{
	static struct model model;

	(void)state;
	open_quick(&model, 2);
	model.answers = 9;
	model.ops->send(model.engine, 0, 1, NULL, 100, 0);
	run(&model, SECOND);
	assert_int_equal(model.n_seen, 10);
	for (uint32_t i = 0; i < 10; i++) {
		assert_int_equal(model.seen[i].cookie, i);
		assert_int_equal(model.seen[i].node, 1 - i % 2);
	}
	model.ops->close(model.engine);
}

static void a_megabyte_beyond_the_send_buffer_arrives_whole(void **state)
{
	static struct model model;

	(void)state;
	open_quick(&model, 2);
	model.ops->send(model.engine, 0, 1, NULL, 12000000, 1); /* the buffer has 4 MiB */
	model.ops->send(model.engine, 0, 1, NULL, 0, 2);
	run(&model, 10 * SECOND);
	assert_int_equal(model.n_seen, 2);
	assert_int_equal(model.seen[0].cookie, 1);
	assert_int_equal(model.seen[1].cookie, 2);
	assert_in_range(model.seen[0].now_ns, 96 * MS, 5 * SECOND); /* 12 MB at 1 Gbit/s */
	model.ops->close(model.engine);
}

/* --- Waking ----------------------------------------------------------------------------------- */

static void a_later_wake_at_replaces_the_earlier(void **state)
{
	static struct model model;

	(void)state;
	open_quick(&model, 2);
	model.ops->wake_at(model.engine, 5 * MS);
	model.ops->wake_at(model.engine, 9 * MS); /* later */
	run(&model, 8 * MS);
	assert_int_equal(model.n_seen, 0);
	model.ops->wake_at(model.engine, 20 * MS);
	model.ops->wake_at(model.engine, 10 * MS); /* earlier */
	run(&model, 30 * MS);
	assert_int_equal(model.n_seen, 1);
	assert_int_equal(model.seen[0].now_ns, 10 * MS);
	model.ops->wake_at(model.engine, 40 * MS);
	model.ops->wake_at(model.engine, INT64_MAX); /* never */
	run(&model, 50 * MS);
	assert_int_equal(model.n_seen, 1);
	model.ops->close(model.engine);
}

static void a_wake_may_ask_for_the_next_and_comes_at_the_end_too(void **state)
{
	static struct model model;

	(void)state;
	open_quick(&model, 2);
	model.rearm_ns = 10 * MS;
	model.ops->wake_at(model.engine, 0);
	run(&model, 50 * MS);
	assert_int_equal(model.n_seen, 6);
	for (int i = 0; i < 6; i++)
		assert_int_equal(model.seen[i].now_ns, i * 10 * MS);
	run(&model, 60 * MS);
	assert_int_equal(model.n_seen, 7);
	model.ops->close(model.engine);
}

static void a_wake_for_the_past_comes_now(void **state)
{
	static struct model model;

	(void)state;
	open_quick(&model, 2);
	run(&model, 10 * MS);
	model.ops->wake_at(model.engine, 3 * MS);
	run(&model, 10 * MS);
	assert_int_equal(model.n_seen, 1);
	assert_int_equal(model.seen[0].now_ns, 10 * MS);
	model.ops->close(model.engine);
}

/* --- Loss ------------------------------------------------------------------------------------- */

static void tcp_makes_good_what_a_lossy_link_loses(void **state)
{
	static struct model model;

	(void)state;
	if (open_chain(&model, 3, 1e9, MS, 0.05))
		fail_msg("%s", model.error);
	for (uint32_t i = 0; i < 300; i++)
		model.ops->send(model.engine, 0, 2, NULL, 1000, i);
	run(&model, 1000 * SECOND);
	assert_int_equal(model.n_seen, 300);
	for (uint32_t i = 0; i < 300; i++)
		assert_int_equal(model.seen[i].cookie, i);
	model.ops->close(model.engine);
}

static void a_dead_link_drops_each_message_once(void **state)
{
	static struct model model;

	(void)state;
	if (open_chain(&model, 2, 1e9, MS, 1))
		fail_msg("%s", model.error);
	for (uint32_t i = 0; i < 5; i++)
		model.ops->send(model.engine, 0, 1, NULL, 1000, i);
	run(&model, 1000 * SECOND);
	model.ops->send(model.engine, 0, 1, NULL, 1000, 5); /* tries anew */
	run(&model, 2000 * SECOND);
	assert_int_equal(model.n_seen, 6);
	for (uint32_t i = 0; i < 6; i++) {
		assert_int_equal(model.seen[i].what, 'x');
		assert_int_equal(model.seen[i].node, 0);
		assert_int_equal(model.seen[i].cookie, i);
	}
	assert_true(model.seen[5].now_ns > 1000 * SECOND);
	model.ops->close(model.engine);
}

/* At 60 % a connection opens now and then and breaks in the middle. */
static void what_is_neither_delivered_nor_under_way_has_been_dropped(void **state)
{
	static struct model model;
	static int ends[300];
	size_t delivered = 0;

	(void)state;
	memset(ends, 0, sizeof ends);
	if (open_chain(&model, 2, 1e6, MS, 0.6))
		fail_msg("%s", model.error);
	for (int64_t t = 0; t < 300; t++) {
		model.ops->send(model.engine, 0, 1, NULL, 3000, (uint64_t)t);
		run(&model, (t + 1) * 100 * SECOND);
	}
	run(&model, 1000000 * SECOND);
	assert_int_equal(model.n_seen, 300);
	for (size_t i = 0; i < 300; i++) {
		assert_true(model.seen[i].cookie < 300);
		assert_int_equal(ends[model.seen[i].cookie]++, 0);
		delivered += model.seen[i].what == 'd';
	}
	assert_in_range(delivered, 1, 299); /* some each way */
	model.ops->close(model.engine);
}

/* --- Failures --------------------------------------------------------------------------------- */

static void a_wrong_topology_comes_back_as_a_sentence(void **state)
{
	static struct model model;

	(void)state;
	assert_int_equal(open_chain(&model, 2, 0, MS, 0), -1);
	assert_string_equal(model.error,
	                    "ns-3: ns3c_point_to_point: rate_bps is 0; allowed is 1 ... 1e+15");
	assert_int_equal(open_chain(&model, 2, 1e9, -MS, 0), -1);
	assert_non_null(strstr(model.error, "delay_ns is -1000000"));
	assert_int_equal(open_chain(&model, 2, 1e9, MS, 2), -1);
	assert_non_null(strstr(model.error, "rate is 2; allowed is 0 ... 1"));
	open_quick(&model, 2); /* and the next one opens */
	model.ops->close(model.engine);
}

static void a_second_engine_at_once_and_a_past_end_come_back_as_sentences(void **state)
{
	static struct model model, second;

	(void)state;
	open_quick(&model, 2);
	assert_int_equal(open_chain(&second, 2, 1e9, MS, 0), -1);
	assert_non_null(strstr(second.error, "there is a simulator already"));
	run(&model, SECOND);
	assert_int_equal(model.ops->run(model.engine, MS, model.error, sizeof model.error), -1);
	assert_non_null(strstr(model.error, "until_ns is 1000000"));
	model.ops->close(model.engine);
}

/* What a worker does: ns-3 dies of its own error in the child, the parent reads why. NS_LOG is read
 * by ns-3 when a simulator begins, so no check of ours foresees it. */
static void a_fatal_error_in_a_worker_reaches_its_parent(void **state)
{
	static struct model model;
	static char text[8192];
	int ends[2], status;
	size_t used = 0;
	ssize_t n;
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDERR_FILENO);
		close(ends[0]);
		close(ends[1]);
		setenv("NS_LOG", "NoSuchComponent", 1);
		if (freopen("/dev/null", "w", stdout))
			open_chain(&model, 2, 1e9, MS, 0);
		_exit(0);
	}
	close(ends[1]);
	while (used + 1 < sizeof text &&
	       (n = read(ends[0], text + used, sizeof text - 1 - used)) > 0)
		used += (size_t)n;
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_non_null(strstr(text, "msg=\"Invalid or unregistered component name"));
}

/* --- Determinism ------------------------------------------------------------------------------ */

static void fill(struct model *model)
{
	if (open_chain(model, 4, 1e7, MS, 0.02))
		fail_msg("%s", model->error);
	for (uint32_t i = 0; i < 400; i++)
		model->ops->send(model->engine, i % 4, (i + 1 + i / 4 % 3) % 4, NULL, 50 + i * 37 % 3000,
		                 i);
	model->ops->wake_at(model->engine, 70 * MS);
	run(model, 1000 * SECOND);
	model->ops->close(model->engine);
}

static void two_runs_in_one_process_are_equal(void **state)
{
	static struct model once, again;

	(void)state;
	fill(&once);
	fill(&again);
	assert_int_equal(once.n_seen, 401);
	assert_int_equal(once.n_seen, again.n_seen);
	for (size_t i = 0; i < once.n_seen; i++) {
		assert_int_equal(once.seen[i].what, again.seen[i].what);
		assert_int_equal(once.seen[i].now_ns, again.seen[i].now_ns);
		assert_int_equal(once.seen[i].node, again.seen[i].node);
		assert_int_equal(once.seen[i].cookie, again.seen[i].cookie);
	}
}

static void a_run_in_pieces_equals_a_run_in_one(void **state)
{
	static struct model whole, pieces;

	(void)state;
	open_quick(&whole, 3);
	whole.answers = 50;
	whole.ops->send(whole.engine, 0, 1, NULL, 5000, 1);
	run(&whole, SECOND);
	whole.ops->close(whole.engine);
	open_quick(&pieces, 3);
	pieces.answers = 50;
	pieces.ops->send(pieces.engine, 0, 1, NULL, 5000, 1);
	for (int64_t t_ns = 0; t_ns <= SECOND; t_ns += 250000)
		run(&pieces, t_ns);
	pieces.ops->close(pieces.engine);
	assert_int_equal(whole.n_seen, 51);
	assert_int_equal(pieces.n_seen, 51);
	for (size_t i = 0; i < 51; i++)
		assert_int_equal(whole.seen[i].now_ns, pieces.seen[i].now_ns);
}

static void the_engine_names_itself(void **state)
{
	(void)state;
	assert_int_equal(dtsim_engine()->abi, SIM_ENGINE_ABI);
	assert_string_equal(dtsim_engine()->name, "ns3");
}

static void octets_travel_and_come_out_as_they_went_in(void **state)
{
	enum { N = 60000 }; /* many segments */
	static uint8_t data[N];
	struct model model;

	(void)state;
	for (uint32_t i = 0; i < N; i++)
		data[i] = (uint8_t)(i * 2654435761u >> 24);
	open_quick(&model, 3);
	model.ops->send(model.engine, 0, 2, NULL, 500, 1);
	model.ops->send(model.engine, 0, 2, data, N, 2);
	run(&model, SECOND);
	assert_int_equal(model.n_octets, N);
	assert_memory_equal(model.octets, data, N);
	model.ops->send(model.engine, 0, 2, data + 1, 1, 3);
	run(&model, 2 * SECOND);
	assert_int_equal(model.n_octets, 1);
	assert_int_equal(model.octets[0], data[1]);
	model.ops->send(model.engine, 0, 2, NULL, 500, 4);
	run(&model, 3 * SECOND);
	assert_null(model.data);
	assert_int_equal(model.n_octets, 0);
	model.ops->close(model.engine);
}

static void octets_still_travelling_are_freed_with_the_engine(void **state)
{
	static const uint8_t data[3000] = {1};
	struct model model;

	(void)state;
	open_quick(&model, 2);
	model.ops->send(model.engine, 0, 1, data, sizeof data, 1);
	run(&model, MS);
	assert_int_equal(model.n_seen, 0);
	model.ops->close(model.engine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(octets_travel_and_come_out_as_they_went_in),
		cmocka_unit_test(octets_still_travelling_are_freed_with_the_engine),
	    cmocka_unit_test(a_fatal_error_in_a_worker_reaches_its_parent),
	    cmocka_unit_test(messages_of_a_pair_arrive_once_and_in_order),
	    cmocka_unit_test(every_pair_of_nodes_reaches_each_other),
	    cmocka_unit_test(a_warm_message_takes_the_link_s_time_and_a_cold_one_a_handshake_more),
	    cmocka_unit_test(ten_segments_travel_without_waiting),
	    cmocka_unit_test(answers_from_within_a_delivery_are_carried),
	    cmocka_unit_test(a_megabyte_beyond_the_send_buffer_arrives_whole),
	    cmocka_unit_test(a_later_wake_at_replaces_the_earlier),
	    cmocka_unit_test(a_wake_may_ask_for_the_next_and_comes_at_the_end_too),
	    cmocka_unit_test(a_wake_for_the_past_comes_now),
	    cmocka_unit_test(tcp_makes_good_what_a_lossy_link_loses),
	    cmocka_unit_test(a_dead_link_drops_each_message_once),
	    cmocka_unit_test(what_is_neither_delivered_nor_under_way_has_been_dropped),
	    cmocka_unit_test(a_wrong_topology_comes_back_as_a_sentence),
	    cmocka_unit_test(a_second_engine_at_once_and_a_past_end_come_back_as_sentences),
	    cmocka_unit_test(two_runs_in_one_process_are_equal),
	    cmocka_unit_test(a_run_in_pieces_equals_a_run_in_one),
	    cmocka_unit_test(the_engine_names_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
