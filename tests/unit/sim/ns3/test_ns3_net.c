/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Models that speak through sim/net notice nothing of the engine but times. */
#include "sim/net/net.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

const struct sim_engine_ops *dtsim_engine(void);

enum { HOSTS = 6, ROUNDS = 20, TICK = SIM_KIND_MODELS };

/* Hosts around two routers: each sends to all others in rounds, and every message is answered. */
struct world {
	struct sim *sim;
	struct sim_net *net;
	uint32_t host[HOSTS];
	uint32_t expected[HOSTS][HOSTS][2]; /* next round from, to, question or answer */
	uint64_t questions, answers;
	int64_t last_ns;
};

struct word {
	uint32_t from, to, round, is_answer;
};

static uint64_t pack(struct word w)
{
	return (uint64_t)w.is_answer << 48 | (uint64_t)w.round << 32 | w.from << 16 | w.to;
}

static struct word unpack(uint64_t p)
{
	return (struct word){.from = p >> 16 & 0xffff,
	                     .to = p & 0xffff,
	                     .round = p >> 32 & 0xffff,
	                     .is_answer = p >> 48 & 1};
}

static void on_tick(void *context, const struct sim_event *event)
{
	struct world *world = context;
	uint32_t from = event->to, round = (uint32_t)event->arg;

	for (uint32_t to = 0; to < HOSTS; to++)
		if (to != from)
			sim_net_send(world->net, world->host[from], world->host[to], 200 + 300 * to,
			             pack((struct word){.from = from, .to = to, .round = round}));
	if (round + 1 < ROUNDS)
		sim_after(world->sim, 7 * SIM_NS_PER_MS, TICK, 0, from, round + 1);
}

static void on_receive(void *context, uint32_t node, uint64_t payload)
{
	struct world *world = context;
	struct word w = unpack(payload);

	assert_int_equal(node, world->host[w.to]);
	assert_int_equal(w.round, world->expected[w.from][w.to][w.is_answer]++);
	assert_true(world->sim->now_ns >= world->last_ns);
	world->last_ns = world->sim->now_ns;
	if (w.is_answer) {
		world->answers++;
		return;
	}
	world->questions++;
	struct word answer = {.from = w.to, .to = w.from, .round = w.round, .is_answer = 1};
	sim_net_send(world->net, world->host[w.to], world->host[w.from], 900, pack(answer));
}

static void on_drop(void *context, uint32_t node, uint64_t payload)
{
	(void)context;
	fail_msg("lost at node %u: %llx", node, (unsigned long long)payload);
}

static void build(struct world *world, const struct sim_engine_ops *ops, double loss_prob)
{
	const struct sim_link link = {.delay_ns = SIM_NS_PER_MS,
	                              .rate_bps = 1e8,
	                              .queue_packets = 1000,
	                              .loss_prob = loss_prob};
	struct sim_err err;
	uint32_t router[2];

	memset(world, 0, sizeof *world);
	world->sim = sim_new(5, 2);
	world->net = sim_net_new(world->sim);
	sim_on(world->sim, TICK, on_tick, world);
	router[0] = sim_net_node(world->net, "r0");
	router[1] = sim_net_node(world->net, "r1");
	sim_net_link(world->net, router[0], router[1], &link);
	for (uint32_t i = 0; i < HOSTS; i++) {
		world->host[i] = sim_net_node(world->net, "host");
		sim_net_link(world->net, world->host[i], router[i % 2], &link);
		sim_after(world->sim, (int64_t)i * SIM_NS_PER_MS, TICK, 0, i, 0);
	}
	sim_net_on_receive(world->net, on_receive, on_drop, world);
	if (sim_net_open(world->net, ops, &err) != SIM_OK)
		fail_msg("%s", err.text);
}

static void play(struct world *world, const struct sim_engine_ops *ops, double loss_prob)
{
	const uint64_t pairs = HOSTS * (HOSTS - 1);
	struct sim_err err;
	struct sim_net_count count;

	build(world, ops, loss_prob);
	for (int64_t s = 1; s <= 100; s++) {
		if (sim_net_run(world->net, s * SIM_NS_PER_S, &err) != SIM_OK)
			fail_msg("%s", err.text);
		count = sim_net_counts(world->net);
		assert_int_equal(count.sent,
		                 count.delivered + count.dropped + sim_net_in_flight(world->net));
	}
	assert_int_equal(world->questions, pairs * ROUNDS);
	assert_int_equal(world->answers, pairs * ROUNDS);
	assert_int_equal(sim_net_in_flight(world->net), 0);
	sim_net_close(world->net);
	sim_free(world->sim);
}

static void the_same_conversation_takes_place_on_both_engines(void **state)
{
	static struct world native, ns3;

	(void)state;
	play(&native, NULL, 0);
	play(&ns3, dtsim_engine(), 0);
	assert_true(ns3.last_ns > native.last_ns); /* TCP takes its time */
	assert_true(ns3.last_ns < native.last_ns + 10 * SIM_NS_PER_MS);
}

static void loss_delays_the_conversation_on_ns3_and_changes_nothing_else(void **state)
{
	static struct world clear, lossy;

	(void)state;
	play(&clear, dtsim_engine(), 0);
	play(&lossy, dtsim_engine(), 0.02);
	assert_true(lossy.last_ns > clear.last_ns);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_conversation_takes_place_on_both_engines),
		cmocka_unit_test(loss_delays_the_conversation_on_ns3_and_changes_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
