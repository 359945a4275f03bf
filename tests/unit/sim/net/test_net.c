/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/net/net.h"
#include "sim/net/route.h"
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

enum { KIND_TICK = SIM_KIND_MODELS };

/* An engine with a clock of its own, as ns-3 has: a fixed delay of 100 ns between all nodes. */
enum { FAKE_DELAY_NS = 100, FAKE_ROOM = 4096 };

struct fake {
	struct sim_engine_host host;
	int64_t now_ns, wake_ns;
	uint64_t wake_requests, head, tail;
	struct {
		int64_t t_ns;
		uint32_t to;
		uint64_t cookie;
		uint32_t octets;
		uint8_t data[64];
	} message[FAKE_ROOM];
};

static struct fake fake;

static void *fake_open(const struct sim_engine_topology *topology,
                       const struct sim_engine_host *host, uint64_t seed, uint32_t replication,
                       char *error, size_t error_size)
{
	(void)topology, (void)seed, (void)replication, (void)error, (void)error_size;
	fake = (struct fake){.host = *host, .wake_ns = SIM_TIME_MAX};
	return &fake;
}

static void fake_wake_at(void *engine, int64_t t_ns)
{
	(void)engine;
	assert_true(t_ns >= fake.now_ns);
	assert_true(t_ns != fake.wake_ns); /* asked only when the head moved */
	fake.wake_ns = t_ns;
	fake.wake_requests++;
}

static void fake_send(void *engine, uint32_t from, uint32_t to, const void *data, uint32_t octets,
                      uint64_t cookie)
{
	(void)engine, (void)from;
	assert_true(fake.tail - fake.head < FAKE_ROOM);
	fake.message[fake.tail % FAKE_ROOM].t_ns = fake.now_ns + FAKE_DELAY_NS;
	fake.message[fake.tail % FAKE_ROOM].to = to;
	fake.message[fake.tail % FAKE_ROOM].octets = data ? octets : 0;
	memcpy(fake.message[fake.tail % FAKE_ROOM].data, data ? data : "", data ? octets : 0);
	fake.message[fake.tail++ % FAKE_ROOM].cookie = cookie;
}

static int64_t fake_now(void *engine)
{
	(void)engine;
	return fake.now_ns;
}

static void fake_deliver(void)
{
	uint64_t i = fake.head++ % FAKE_ROOM;

	fake.now_ns = fake.message[i].t_ns;
	if (fake.message[i].to == 9)
		fake.host.drop(fake.host.context, fake.now_ns, fake.message[i].to, fake.message[i].cookie);
	else
		fake.host.deliver(fake.host.context, fake.now_ns, fake.message[i].to,
		                  fake.message[i].cookie,
		                  fake.message[i].octets ? fake.message[i].data : NULL,
		                  fake.message[i].octets);
}

static int fake_run(void *engine, int64_t until_ns, char *error, size_t error_size)
{
	(void)engine;
	for (;;) {
		int64_t message_ns =
			fake.head < fake.tail ? fake.message[fake.head % FAKE_ROOM].t_ns : SIM_TIME_MAX;
		if (message_ns > until_ns && fake.wake_ns > until_ns)
			break;
		if (message_ns <= fake.wake_ns) {
			fake_deliver();
		} else {
			fake.now_ns = fake.wake_ns;
			fake.wake_ns = SIM_TIME_MAX;
			fake.host.wake(fake.host.context, fake.now_ns);
		}
	}
	fake.now_ns = until_ns;
	if (until_ns == 666) {
		strncpy(error, "out of luck", error_size);
		return -1;
	}
	return 0;
}

static void fake_close(void *engine)
{
	(void)engine;
}

static const struct sim_engine_ops fake_ops = {
	SIM_ENGINE_ABI, "fake", 1, fake_open, fake_wake_at, fake_send, fake_now, fake_run, fake_close,
};

enum { NODES = 10, TICKS = 400 };

struct world {
	struct sim *sim;
	struct sim_net *net;
	uint64_t received, dropped;
};

static void assert_nothing_is_lost(const struct world *world)
{
	struct sim_net_count c = sim_net_counts(world->net);

	assert_int_equal(c.sent, c.delivered + c.dropped + sim_net_in_flight(world->net));
	assert_int_equal(c.delivered, world->received);
	assert_int_equal(c.dropped, world->dropped);
}

static void on_receive(void *context, uint32_t node, uint64_t payload)
{
	struct world *world = context;
	struct sim_stream stream = sim_stream_of(world->sim, 5, payload);

	world->received++;
	assert_nothing_is_lost(world);
	if (payload < 2000) /* answer or forward */
		sim_net_send(world->net, node, sim_stream_below(&stream, NODES), 100, payload + 1000);
}

static void on_drop(void *context, uint32_t node, uint64_t payload)
{
	struct world *world = context;

	(void)node, (void)payload;
	world->dropped++;
	assert_nothing_is_lost(world);
}

static void tick(void *context, const struct sim_event *event)
{
	struct world *world = context;
	struct sim_stream stream = sim_stream_of(world->sim, 6, event->arg);

	sim_net_send(world->net, sim_stream_below(&stream, NODES), sim_stream_below(&stream, NODES),
	             sim_stream_below(&stream, 1500), event->arg);
	assert_nothing_is_lost(world);
	if (event->arg < TICKS)
		sim_after(world->sim, sim_stream_below(&stream, 200), KIND_TICK, 0, 0, event->arg + 1);
}

static void set_up(struct world *world, const struct sim_engine_ops *ops)
{
	struct sim_link link = {
		.delay_ns = 100, .rate_bps = 1e11, .queue_packets = 1, .loss_prob = 0.1};

	*world = (struct world){.sim = sim_new(1, 0)};
	world->net = sim_net_new(world->sim);
	for (uint32_t i = 0; i < NODES; i++)
		assert_int_equal(sim_net_node(world->net, "n"), i);
	for (uint32_t i = 0; i < NODES; i++)
		sim_net_link(world->net, i, (i + 1) % NODES, &link);
	sim_net_on_receive(world->net, on_receive, on_drop, world);
	sim_on(world->sim, KIND_TICK, tick, world);
	assert_int_equal(sim_net_open(world->net, ops, NULL), SIM_OK);
}

static void run_random_traffic(const struct sim_engine_ops *ops, uint8_t out[SIM_DIGEST_OCTETS])
{
	struct world world;

	set_up(&world, ops);
	sim_after(world.sim, 0, KIND_TICK, 0, 0, 0);
	for (int64_t t = 0; t <= 100000; t += 777) {
		assert_int_equal(sim_net_run(world.net, t, NULL), SIM_OK);
		assert_int_equal(world.sim->now_ns, t);
		assert_nothing_is_lost(&world);
	}
	assert_int_equal(sim_net_in_flight(world.net), 0);
	assert_true(sim_net_counts(world.net).sent > TICKS);
	assert_true(world.dropped > 0);
	sim_trace_digest(world.sim, out);
	sim_net_close(world.net);
	sim_free(world.sim);
}

static void sent_is_delivered_dropped_or_in_flight_at_every_moment(void **state)
{
	uint8_t digest[SIM_DIGEST_OCTETS], again[SIM_DIGEST_OCTETS];

	(void)state;
	run_random_traffic(NULL, digest);
	run_random_traffic(NULL, again);
	assert_memory_equal(digest, again, sizeof digest);
}

static void an_engine_with_its_own_clock_is_woken_for_every_event_in_order(void **state)
{
	uint8_t digest[SIM_DIGEST_OCTETS], again[SIM_DIGEST_OCTETS];

	(void)state;
	run_random_traffic(&fake_ops, digest);
	assert_true(fake.wake_requests > TICKS);
	run_random_traffic(&fake_ops, again);
	assert_memory_equal(digest, again, sizeof digest);
}

static void messages_in_flight_at_the_end_stay_in_flight(void **state)
{
	struct world world;

	(void)state;
	set_up(&world, &fake_ops);
	sim_net_send(world.net, 0, 1, 10, 3000);
	assert_int_equal(sim_net_run(world.net, 99, NULL), SIM_OK);
	assert_int_equal(sim_net_in_flight(world.net), 1);
	assert_int_equal(sim_net_run(world.net, 100, NULL), SIM_OK);
	assert_int_equal(sim_net_in_flight(world.net), 0);
	assert_int_equal(world.received, 1);
	assert_int_equal(sim_net_counts(world.net).octets, 10);
	sim_net_close(world.net);
	sim_free(world.sim);
}

static void a_message_to_oneself_arrives_now_after_what_is_scheduled(void **state)
{
	struct world world;

	(void)state;
	set_up(&world, NULL);
	sim_net_send(world.net, 4, 4, 10, 3000);
	assert_int_equal(world.received, 0);
	assert_int_equal(sim_net_run(world.net, 0, NULL), SIM_OK);
	assert_int_equal(world.received, 1);
	sim_net_close(world.net);
	sim_free(world.sim);
}

static void an_engines_failure_is_a_sentence_with_the_time(void **state)
{
	struct world world;
	struct sim_err err;

	(void)state;
	set_up(&world, &fake_ops);
	assert_int_equal(sim_net_run(world.net, 666, &err), SIM_E_ENGINE);
	assert_non_null(strstr(err.text, "the fake engine failed"));
	assert_non_null(strstr(err.text, "out of luck"));
	sim_net_close(world.net);
	sim_free(world.sim);
}

static void an_engine_of_another_interface_version_is_refused(void **state)
{
	struct sim_engine_ops old = fake_ops;
	struct sim *sim = sim_new(1, 0);
	struct sim_net *net = sim_net_new(sim);
	struct sim_err err;

	(void)state;
	old.abi = SIM_ENGINE_ABI + 1;
	sim_net_node(net, "a");
	assert_int_equal(sim_net_open(net, &old, &err), SIM_E_ENGINE);
	assert_non_null(strstr(err.text, "interface version 3"));
	sim_net_close(net);
	sim_free(sim);
}

static void routes_take_the_fewest_hops_and_the_lowest_link_on_a_tie(void **state)
{
	/* 0 - 1 - 2 - 3 and a short cut 0 - 3; two links between 1 and 2; 4 is alone. */
	static const struct sim_engine_link link[] = {
		{.a = 0, .b = 1}, {.a = 2, .b = 1}, {.a = 1, .b = 2}, {.a = 2, .b = 3}, {.a = 3, .b = 0}};
	static const int32_t expected[5][5] = {
		{-1, 0, 0, 4, -1},
		{0, -1, 1, 0, -1},
		{1, 1, -1, 3, -1},
		{4, 3, 3, -1, -1},
		{-1, -1, -1, -1, -1},
	};
	int32_t next_link[5][5];

	(void)state;
	sim_route(5, link, 5, &next_link[0][0]);
	assert_memory_equal(next_link, expected, sizeof expected);
}

static uint32_t hops_along(const struct sim_engine_link *link, const int32_t *next, uint32_t n,
                           uint32_t from, uint32_t to)
{
	uint32_t hops = 0;

	for (uint32_t at = from; at != to; hops++) {
		const struct sim_engine_link *l = &link[next[at * n + to]];
		assert_true(hops < n);
		at = l->a == at ? l->b : l->a;
	}
	return hops;
}

/* The oracle is Floyd and Warshall's algorithm on random connected graphs. */
static void routes_are_as_short_as_floyd_and_warshall_find(void **state)
{
	enum { N = 25, L = 40, FAR = 1000 };
	struct sim_stream stream = sim_stream_open(1, 0, 1, 0);
	struct sim_engine_link link[L] = {{0}};
	int32_t next[N * N];
	uint32_t d[N][N];

	(void)state;
	for (int round = 0; round < 30; round++) {
		for (uint32_t i = 0; i < L; i++) {
			link[i].a = i < N - 1 ? i + 1 : sim_stream_below(&stream, N);
			link[i].b = i < N - 1 ? sim_stream_below(&stream, i + 1)
			                      : (link[i].a + 1 + sim_stream_below(&stream, N - 1)) % N;
		}
		sim_route(N, link, L, next);
		for (uint32_t i = 0; i < N * N; i++)
			d[i / N][i % N] = i / N == i % N ? 0 : FAR;
		for (uint32_t i = 0; i < L; i++)
			d[link[i].a][link[i].b] = d[link[i].b][link[i].a] = 1;
		for (uint32_t k = 0; k < N; k++)
			for (uint32_t i = 0; i < N * N; i++)
				if (d[i / N][k] + d[k][i % N] < d[i / N][i % N])
					d[i / N][i % N] = d[i / N][k] + d[k][i % N];
		for (uint32_t i = 0; i < N * N; i++)
			assert_int_equal(hops_along(link, next, N, i / N, i % N), d[i / N][i % N]);
	}
}

static void an_engine_that_is_not_installed_is_refused_by_a_sentence(void **state)
{
	const struct sim_engine_ops *ops = NULL;
	struct sim_err err;

	(void)state;
	setenv("DTSIM_ENGINE_DIR", "/nonexistent-dir", 1);
	if (sim_engine_load("ns3", &ops, &err) == SIM_OK)
		skip(); /* it is installed beside this program or in the library directory */
	assert_int_equal(err.code, SIM_E_ENGINE);
	assert_int_equal(strncmp(err.text, "the ns3 engine is not installed: ", 33), 0);
	assert_non_null(strstr(err.text, "/nonexistent-dir"));
}

static void only_known_engines_have_names(void **state)
{
	const struct sim_engine_ops *ops = NULL;
	struct sim_err err;

	(void)state;
	assert_int_equal(sim_engine_load("native", &ops, &err), SIM_OK);
	assert_string_equal(ops->name, "native");
	assert_int_equal(sim_engine_load("../evil", &ops, &err), SIM_E_INPUT);
	assert_non_null(strstr(err.text, "allowed: native ns3"));
}

struct arrivals {
	uint32_t octets, received, dropped;
	uint8_t data[64];
	uint32_t n;
};

static bool note_octets(void *context, uint32_t node, uint64_t payload, const uint8_t *data,
                        uint32_t octets)
{
	struct arrivals *arrivals = context;

	(void)node, (void)payload;
	assert_int_equal(arrivals->octets++, arrivals->received); /* before it is received */
	memcpy(arrivals->data, data, octets);
	arrivals->n = octets;
	return data[0] != 0;
}

static void note_received(void *context, uint32_t node, uint64_t payload)
{
	(void)node, (void)payload;
	((struct arrivals *)context)->received++;
}

static void note_dropped(void *context, uint32_t node, uint64_t payload)
{
	(void)node, (void)payload;
	((struct arrivals *)context)->dropped++;
}

/* Sends three octets from 0 to `to` and forgets them at once. */
static struct arrivals send_three(const struct sim_engine_ops *ops, uint32_t to, uint8_t first)
{
	struct arrivals arrivals = {0};
	uint8_t data[3] = {first, 2, 3};
	struct sim *sim = sim_new(1, 0);
	struct sim_net *net = sim_net_new(sim);
	struct sim_err err;

	sim_net_node(net, "a");
	sim_net_node(net, "b");
	sim_net_link(net, 0, 1, &(struct sim_link){.delay_ns = 1000, .rate_bps = 1e9, .queue_packets = 9});
	sim_net_on_receive(net, note_received, note_dropped, &arrivals);
	sim_net_on_octets(net, note_octets);
	assert_int_equal(sim_net_open(net, ops, &err), SIM_OK);
	sim_net_send_octets(net, 0, to, data, sizeof data, 7);
	memset(data, 0, sizeof data);
	assert_int_equal(sim_net_run(net, SIM_NS_PER_S, &err), SIM_OK);
	sim_net_close(net);
	sim_free(sim);
	return arrivals;
}

static void octets_arrive_with_their_message_where_the_engine_carries_them(void **state)
{
	(void)state;
	for (uint32_t to = 0; to < 2; to++) {
		struct arrivals arrivals = send_three(&fake_ops, to, 1);
		assert_int_equal(arrivals.received, 1);
		assert_int_equal(arrivals.octets, 1);
		assert_int_equal(arrivals.n, 3);
		assert_memory_equal(arrivals.data, ((uint8_t[]){1, 2, 3}), 3);
	}
}

static void a_message_whose_octets_cannot_be_read_is_dropped(void **state)
{
	struct arrivals arrivals = send_three(&fake_ops, 1, 0);

	(void)state;
	assert_int_equal(arrivals.octets, 1);
	assert_int_equal(arrivals.received, 0);
	assert_int_equal(arrivals.dropped, 1);
}

static void the_native_engine_carries_lengths_alone(void **state)
{
	struct arrivals arrivals = send_three(NULL, 1, 1);

	(void)state;
	assert_int_equal(arrivals.received, 1);
	assert_int_equal(arrivals.octets, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sent_is_delivered_dropped_or_in_flight_at_every_moment),
		cmocka_unit_test(an_engine_with_its_own_clock_is_woken_for_every_event_in_order),
		cmocka_unit_test(messages_in_flight_at_the_end_stay_in_flight),
		cmocka_unit_test(a_message_to_oneself_arrives_now_after_what_is_scheduled),
		cmocka_unit_test(an_engines_failure_is_a_sentence_with_the_time),
		cmocka_unit_test(an_engine_of_another_interface_version_is_refused),
		cmocka_unit_test(routes_take_the_fewest_hops_and_the_lowest_link_on_a_tie),
		cmocka_unit_test(routes_are_as_short_as_floyd_and_warshall_find),
		cmocka_unit_test(octets_arrive_with_their_message_where_the_engine_carries_them),
		cmocka_unit_test(a_message_whose_octets_cannot_be_read_is_dropped),
		cmocka_unit_test(the_native_engine_carries_lengths_alone),
		cmocka_unit_test(an_engine_that_is_not_installed_is_refused_by_a_sentence),
		cmocka_unit_test(only_known_engines_have_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
