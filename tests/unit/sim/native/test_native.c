/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/net/net.h"
#include <cmocka.h>
#include <math.h>
#include <string.h>

enum { KIND_SEND = SIM_KIND_MODELS, LOG_SIZE = 4096 };

struct arrival {
	int64_t t_ns;
	uint32_t node;
	uint64_t payload;
	int dropped;
};

struct bed {
	struct sim *sim;
	struct sim_net *net;
	int n;
	struct arrival arrival[LOG_SIZE];
};

static void add(struct bed *bed, uint32_t node, uint64_t payload, int dropped)
{
	assert_true(bed->n < LOG_SIZE);
	bed->arrival[bed->n++] = (struct arrival){bed->sim->now_ns, node, payload, dropped};
}

static void received(void *context, uint32_t node, uint64_t payload)
{
	add(context, node, payload, 0);
}

static void dropped(void *context, uint32_t node, uint64_t payload)
{
	add(context, node, payload, 1);
}

/* to: from << 16 | to, detail: octets */
static void send_now(void *context, const struct sim_event *event)
{
	sim_net_send(((struct bed *)context)->net, event->to >> 16, event->to & 0xffff, event->detail,
	             event->arg);
}

static void send_at(struct bed *bed, int64_t t_ns, uint32_t from, uint32_t to, uint16_t octets,
                    uint64_t payload)
{
	sim_after(bed->sim, t_ns, KIND_SEND, octets, from << 16 | to, payload);
}

/* 8 Mbit/s: an octet takes a microsecond. */
static const struct sim_link slow = {.delay_ns = 500, .rate_bps = 8e6, .queue_packets = 2};

/* A chain of nodes 0 - 1 - … over equal links. */
static void set_up(struct bed *bed, uint32_t n_nodes, const struct sim_link *link)
{
	*bed = (struct bed){.sim = sim_new(3, 0)};
	bed->net = sim_net_new(bed->sim);
	for (uint32_t i = 0; i < n_nodes; i++)
		sim_net_node(bed->net, "node");
	for (uint32_t i = 1; i < n_nodes; i++)
		sim_net_link(bed->net, i - 1, i, link);
	sim_net_on_receive(bed->net, received, dropped, bed);
	sim_on(bed->sim, KIND_SEND, send_now, bed);
	assert_int_equal(sim_net_open(bed->net, NULL, NULL), SIM_OK);
}

static void run(struct bed *bed, int64_t until_ns)
{
	assert_int_equal(sim_net_run(bed->net, until_ns, NULL), SIM_OK);
	assert_int_equal(bed->sim->now_ns, until_ns);
}

static void tear_down(struct bed *bed)
{
	sim_net_close(bed->net);
	sim_free(bed->sim);
}

static void assert_arrival(const struct bed *bed, int i, int64_t t_ns, uint32_t node,
                           uint64_t payload, int was_dropped)
{
	assert_true(i < bed->n);
	assert_int_equal(bed->arrival[i].payload, payload);
	assert_int_equal(bed->arrival[i].t_ns, t_ns);
	assert_int_equal(bed->arrival[i].node, node);
	assert_int_equal(bed->arrival[i].dropped, was_dropped);
}

static struct bed bed;

static void a_message_takes_serialisation_and_delay_at_every_hop(void **state)
{
	(void)state;
	set_up(&bed, 4, &slow);
	send_at(&bed, 100, 0, 3, 10, 42);
	run(&bed, 1000000);
	assert_int_equal(bed.n, 1);
	assert_arrival(&bed, 0, 100 + 3 * (10000 + 500), 3, 42, 0);
	tear_down(&bed);
}

static void messages_wait_for_the_transmitter_in_order(void **state)
{
	(void)state;
	set_up(&bed, 2, &slow);
	send_at(&bed, 0, 0, 1, 10, 1);    /* sent 0 … 10000            */
	send_at(&bed, 4000, 0, 1, 1, 2);  /* waits; 10000 … 11000      */
	send_at(&bed, 20000, 0, 1, 1, 3); /* the transmitter is idle   */
	run(&bed, 1000000);
	assert_int_equal(bed.n, 3);
	assert_arrival(&bed, 0, 10500, 1, 1, 0);
	assert_arrival(&bed, 1, 11500, 1, 2, 0);
	assert_arrival(&bed, 2, 21500, 1, 3, 0);
	tear_down(&bed);
}

static void the_two_directions_do_not_disturb_each_other(void **state)
{
	(void)state;
	set_up(&bed, 2, &slow);
	send_at(&bed, 0, 0, 1, 10, 1);
	send_at(&bed, 0, 1, 0, 10, 2);
	run(&bed, 1000000);
	assert_arrival(&bed, 0, 10500, 1, 1, 0);
	assert_arrival(&bed, 1, 10500, 0, 2, 0);
	tear_down(&bed);
}

/* One is being sent, two may wait (queue_packets 2): the fourth is dropped where it was sent. */
static void a_message_that_finds_the_queue_full_is_dropped(void **state)
{
	(void)state;
	set_up(&bed, 2, &slow);
	for (uint64_t i = 1; i <= 4; i++)
		send_at(&bed, 0, 0, 1, 10, i);
	send_at(&bed, 9999, 0, 1, 10, 5);  /* still two waiting             */
	send_at(&bed, 10000, 0, 1, 10, 6); /* the second starts: one waits  */
	run(&bed, 1000000);
	assert_int_equal(bed.n, 6);
	assert_arrival(&bed, 0, 0, 0, 4, 1);
	assert_arrival(&bed, 1, 9999, 0, 5, 1);
	assert_arrival(&bed, 2, 10500, 1, 1, 0);
	assert_arrival(&bed, 3, 20500, 1, 2, 0);
	assert_arrival(&bed, 4, 30500, 1, 3, 0);
	assert_arrival(&bed, 5, 40500, 1, 6, 0);
	tear_down(&bed);
}

static void a_long_queue_keeps_its_order_while_it_grows(void **state)
{
	struct sim_link link = slow;

	(void)state;
	link.queue_packets = 100000;
	set_up(&bed, 2, &link);
	for (uint64_t i = 0; i < 1000; i++)
		send_at(&bed, (int64_t)(i * 300), 0, 1, 1, i); /* each takes 1000 ns: the queue grows */
	run(&bed, 10000000);
	assert_int_equal(bed.n, 1000);
	for (uint64_t i = 0; i < 1000; i++)
		assert_arrival(&bed, (int)i, (int64_t)(i + 1) * 1000 + 500, 1, i, 0);
	tear_down(&bed);
}

/* Which of n messages were lost, with or without messages of the other direction between them. */
static void lose(int with_others, uint8_t lost[1000])
{
	struct sim_link link = {.delay_ns = 5, .rate_bps = 8e9, .queue_packets = 9, .loss_prob = 0.2};

	set_up(&bed, 2, &link);
	for (int i = 0; i < 1000; i++) {
		if (with_others)
			send_at(&bed, 1000 * i, 1, 0, 1, 5000);
		send_at(&bed, 1000 * i, 0, 1, 1, (uint64_t)i);
	}
	run(&bed, 10000000);
	for (int i = 0; i < bed.n; i++)
		if (bed.arrival[i].payload < 1000)
			lost[bed.arrival[i].payload] = (uint8_t)bed.arrival[i].dropped;
	tear_down(&bed);
}

/* Binomial(1000, 0.2): mean 200, standard deviation 12.6; bounds at four of them. */
static void loss_has_its_probability_and_does_not_depend_on_other_traffic(void **state)
{
	static uint8_t alone[1000], among_others[1000];
	int n = 0;

	(void)state;
	lose(0, alone);
	lose(1, among_others);
	assert_memory_equal(alone, among_others, sizeof alone);
	for (int i = 0; i < 1000; i++)
		n += alone[i];
	assert_in_range(n, 150, 250);
}

static void a_link_that_cannot_be_is_refused_by_a_sentence(void **state)
{
	static const struct sim_link bad[] = {
		{.delay_ns = 1, .rate_bps = 0, .queue_packets = 1},
		{.delay_ns = -1, .rate_bps = 1, .queue_packets = 1},
		{.delay_ns = 1, .rate_bps = 1, .queue_packets = 0},
		{.delay_ns = 1, .rate_bps = 1, .queue_packets = 1, .loss_prob = 1.5},
		{.delay_ns = 1, .rate_bps = NAN, .queue_packets = 1},
	};
	static const char *const because[] = {"rate", "delay", "queue", "loss", "rate"};

	(void)state;
	for (int i = 0; i < 5; i++) {
		struct sim *sim = sim_new(1, 0);
		struct sim_net *net = sim_net_new(sim);
		struct sim_err err;
		sim_net_node(net, "amf");
		sim_net_node(net, "udm");
		sim_net_link(net, 0, 1, &bad[i]);
		assert_int_equal(sim_net_open(net, NULL, &err), SIM_E_ENGINE);
		assert_non_null(strstr(err.text, "amf - udm"));
		assert_non_null(strstr(err.text, because[i]));
		sim_net_close(net);
		sim_free(sim);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_takes_serialisation_and_delay_at_every_hop),
		cmocka_unit_test(messages_wait_for_the_transmitter_in_order),
		cmocka_unit_test(the_two_directions_do_not_disturb_each_other),
		cmocka_unit_test(a_message_that_finds_the_queue_full_is_dropped),
		cmocka_unit_test(a_long_queue_keeps_its_order_while_it_grows),
		cmocka_unit_test(loss_has_its_probability_and_does_not_depend_on_other_traffic),
		cmocka_unit_test(a_link_that_cannot_be_is_refused_by_a_sentence),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
