/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ns3c: links, addresses, sockets and traces carry what they should. */
#include "tests/unit/sim/ns3/ns3_pair.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* --- UDP -------------------------------------------------------------------------------------- */

struct udp {
	struct ns3c_socket socket, peer_socket;
	const char *to;
	int64_t arrived_ns;  /* of the last datagram                         */
	uint32_t n_sent, n_arrived;
	uint64_t hash;       /* over the arrival times                       */
	uint32_t left;       /* datagrams to send, one each 1 ms, or at once */
	int64_t pause_ns;
};

static void udp_readable(void *context, struct ns3c_socket socket)
{
	struct udp *udp = context;
	struct ns3c_endpoint from;
	uint32_t octets;

	for (;;) {
		must(ns3c_recv(socket, NULL, 0, &octets, &from));
		if (from.port == 0)
			return;
		udp->n_arrived++;
		udp->arrived_ns = ns3c_now_ns();
		udp->hash = (udp->hash ^ (uint64_t)udp->arrived_ns) * UINT64_C(1099511628211);
	}
}

static void udp_send_one(void *context)
{
	struct udp *udp = context;

	must(ns3c_send_to(udp->socket, udp->to, 9, NULL, 972));
	udp->n_sent++;
	if (--udp->left > 0)
		must(ns3c_schedule(udp->pause_ns, udp_send_one, udp, NULL));
}

static void udp_open(struct udp *udp, struct ns3c_node from, struct ns3c_node to,
                     const char *address)
{
	const struct ns3c_socket_calls calls = {.context = udp, .readable = udp_readable};

	memset(udp, 0, sizeof *udp);
	udp->to = address;
	must(ns3c_udp_new(from, &udp->socket));
	must(ns3c_udp_new(to, &udp->peer_socket));
	must(ns3c_on(udp->peer_socket, &calls));
	must(ns3c_bind(udp->peer_socket, NULL, 9));
}

static void udp_run(struct udp *udp, uint32_t n, int64_t pause_ns)
{
	udp->left = n;
	udp->pause_ns = pause_ns;
	must(ns3c_schedule(0, udp_send_one, udp, NULL));
	must(ns3c_run());
}

static void answer(void *context, struct ns3c_socket socket)
{
	char data[8];
	uint32_t octets;
	struct ns3c_endpoint from;

	(void)context;
	must(ns3c_recv(socket, data, sizeof data, &octets, &from));
	assert_int_equal(octets, 11); /* all of it, of which 8 fitted */
	assert_memory_equal(data, "hello wo", 8);
	assert_string_equal(from.address, "10.0.0.1");
	must(ns3c_send_to(socket, from.address, from.port, "back", 4));
	must(ns3c_send_to(socket, from.address, from.port, NULL, 0));
}

static void take_answer(void *context, struct ns3c_socket socket)
{
	char *text = context;
	uint32_t octets;
	struct ns3c_endpoint from;

	for (;;) {
		char data[16] = "";

		must(ns3c_recv(socket, data, sizeof data - 1, &octets, &from));
		if (from.port == 0)
			return;
		snprintf(text + strlen(text), 32, "[%s %u %s:%u]", data, octets, from.address,
		         from.port);
	}
}

static void ask(void *context)
{
	struct ns3c_socket *socket = context;
	uint32_t taken;

	must(ns3c_connect(*socket, "10.0.0.2", 53));
	must(ns3c_send(*socket, "hello world", 11, &taken));
	assert_int_equal(taken, 11);
}

static void a_datagram_and_its_answer_arrive_with_their_senders(void **unused)
{
	struct pair pair = make_pair();
	struct ns3c_socket client, server;
	char text[128] = "";
	const struct ns3c_socket_calls serve = {.readable = answer};
	const struct ns3c_socket_calls wait = {.context = text, .readable = take_answer};

	(void)unused;
	must(ns3c_udp_new(pair.node[0], &client));
	must(ns3c_udp_new(pair.node[1], &server));
	must(ns3c_on(server, &serve));
	must(ns3c_on(client, &wait));
	must(ns3c_bind(server, "10.0.0.2", 53));
	must(ns3c_schedule(0, ask, &client, NULL));
	must(ns3c_run());
	assert_string_equal(text, "[back 4 10.0.0.2:53][ 0 10.0.0.2:53]");
}

/* 972 octets + 8 UDP + 20 IPv4 + 2 PPP = 1002 octets: 8.016 ms at 1 Mbit/s, and 10 ms of way. */
static void a_datagram_takes_its_transmission_time_and_the_delay(void **unused)
{
	const struct ns3c_link link = {.rate_bps = 1e6, .delay_ns = 10 * MS, .queue_packets = 10};
	struct pair pair = make_pair_on(&link);
	struct udp udp;

	(void)unused;
	udp_open(&udp, pair.node[0], pair.node[1], "10.0.0.2");
	udp_run(&udp, 1, 0);
	assert_int_equal(udp.n_arrived, 1);
	assert_int_equal(udp.arrived_ns, 10 * MS + 8016000);
}

static void a_full_queue_drops_the_rest_of_a_burst(void **unused)
{
	const struct ns3c_link link = {.rate_bps = 1e6, .delay_ns = MS, .queue_packets = 3};
	struct pair pair = make_pair_on(&link);
	struct udp udp;

	(void)unused;
	udp_open(&udp, pair.node[0], pair.node[1], "10.0.0.2");
	udp_run(&udp, 10, 0);
	assert_int_equal(udp.n_arrived, 4); /* one in transmission, three waiting */
}

/* --- Errors ----------------------------------------------------------------------------------- */

static uint32_t arrivals_with_errors(int kind, double rate, uint64_t *hash)
{
	struct pair pair = make_pair();
	struct udp udp;

	if (kind == 'r')
		must(ns3c_error_rate(pair.device[1], NS3C_ERROR_PER_PACKET, rate, 3));
	if (kind == 'b')
		must(ns3c_error_burst(pair.device[1], rate, 2, 2, 3));
	if (kind == 'n') {
		must(ns3c_error_rate(pair.device[1], NS3C_ERROR_PER_BIT, 1, 3));
		must(ns3c_error_none(pair.device[1]));
	}
	udp_open(&udp, pair.node[0], pair.node[1], "10.0.0.2");
	udp_run(&udp, 1000, MS);
	assert_int_equal(udp.n_sent, 1000);
	if (hash)
		*hash = udp.hash;
	must(ns3c_destroy());
	must(ns3c_create(NS3C_SCHEDULER_PRIORITY_QUEUE, 1, 1));
	return udp.n_arrived;
}

static void error_models_lose_at_their_rates(void **unused)
{
	(void)unused;
	assert_int_equal(arrivals_with_errors('-', 0, NULL), 1000);
	assert_int_equal(arrivals_with_errors('n', 0, NULL), 1000);
	assert_int_equal(arrivals_with_errors('r', 0, NULL), 1000);
	assert_int_equal(arrivals_with_errors('r', 1, NULL), 0);
	assert_in_range(arrivals_with_errors('r', 0.3, NULL), 628, 772); /* 5 sigma */
	assert_in_range(arrivals_with_errors('b', 0.1, NULL), 740, 890);
}

static void the_same_simulation_loses_the_same_packets(void **unused)
{
	uint64_t once, again, other;

	(void)unused;
	arrivals_with_errors('r', 0.3, &once);
	arrivals_with_errors('b', 0.1, &other);
	arrivals_with_errors('r', 0.3, &again);
	assert_true(once == again);
	assert_true(once != other);
}

/* --- Networks --------------------------------------------------------------------------------- */

static void make_bus(struct ns3c_node node[3], struct ns3c_device device[3])
{
	const struct ns3c_link link = {.rate_bps = 100e6, .delay_ns = 6560, .queue_packets = 100};
	static const char *const address[] = {"192.168.1.1", "192.168.1.2", "192.168.1.3"};

	for (int i = 0; i < 3; i++)
		must(ns3c_node_new(&node[i]));
	must(ns3c_csma(node, 3, &link, device));
	for (int i = 0; i < 3; i++)
		must(ns3c_ipv4_address(device[i], address[i], 24));
}

static void a_csma_bus_carries_between_its_nodes_and_equally_each_time(void **unused)
{
	struct ns3c_node node[3];
	struct ns3c_device device[3];
	struct udp there, back, again;

	(void)unused;
	for (int turn = 0; turn < 2; turn++) {
		make_bus(node, device);
		udp_open(&there, node[0], node[2], "192.168.1.3");
		udp_open(&back, node[2], node[1], "192.168.1.2");
		back.left = 50; /* at the same moments: collisions back off at random */
		back.pause_ns = 20 * MS; /* ARP takes its time, and keeps three packets only */
		must(ns3c_schedule(0, udp_send_one, &back, NULL));
		udp_run(&there, 50, 20 * MS);
		assert_int_equal(there.n_arrived, 50);
		assert_int_equal(back.n_arrived, 50);
		if (turn == 1)
			assert_true(again.hash == back.hash);
		again = back;
		must(ns3c_destroy());
		must(ns3c_create(NS3C_SCHEDULER_PRIORITY_QUEUE, 1, 1));
	}
}

/* 0 -- 1 -- 2, routes over the middle given or not. */
static void make_chain(struct ns3c_node node[3], int routed)
{
	const struct ns3c_link link = {.rate_bps = 1e9, .delay_ns = MS, .queue_packets = 100};
	struct ns3c_device left[2], right[2];

	for (int i = 0; i < 3; i++)
		must(ns3c_node_new(&node[i]));
	must(ns3c_point_to_point(node[0], node[1], &link, &left[0], &left[1]));
	must(ns3c_point_to_point(node[1], node[2], &link, &right[0], &right[1]));
	must(ns3c_ipv4_address(left[0], "10.0.1.1", 30));
	must(ns3c_ipv4_address(left[1], "10.0.1.2", 30));
	must(ns3c_ipv4_address(right[0], "10.0.2.1", 30));
	must(ns3c_ipv4_address(right[1], "10.0.2.2", 30));
	if (!routed)
		return;
	must(ns3c_ipv4_route(node[0], "10.0.2.0", 30, "10.0.1.2", left[0]));
	must(ns3c_ipv4_route(node[2], "0.0.0.0", 0, NULL, right[1]));
}

static void static_routes_lead_over_two_hops(void **unused)
{
	struct ns3c_node node[3];
	struct udp there, back;

	(void)unused;
	make_chain(node, 1);
	udp_open(&there, node[0], node[2], "10.0.2.2");
	udp_run(&there, 1, 0);
	assert_int_equal(there.n_arrived, 1);
	assert_in_range(there.arrived_ns, 2 * MS, 2 * MS + 100000);
	udp_open(&back, node[2], node[0], "10.0.1.1");
	udp_run(&back, 1, 0);
	assert_int_equal(back.n_arrived, 1);
}

static void send_nowhere(void *context)
{
	struct ns3c_socket *socket = context;
	struct ns3c_socket tcp = socket[1];

	refused(ns3c_send_to(socket[0], "10.0.2.2", 9, "x", 1), NS3C_E_REFUSED, "no route");
	refused(ns3c_connect(tcp, "10.0.2.2", 9), NS3C_E_REFUSED, "no route");
	must(ns3c_close(tcp));
}

static void without_a_route_sending_is_refused(void **unused)
{
	struct ns3c_node node[3];
	struct ns3c_socket socket[2];

	(void)unused;
	make_chain(node, 0);
	must(ns3c_udp_new(node[0], &socket[0]));
	must(ns3c_tcp_new(node[0], NULL, &socket[1]));
	must(ns3c_schedule(0, send_nowhere, socket, NULL));
	must(ns3c_run());
}

/* --- Traces ----------------------------------------------------------------------------------- */

static size_t read_file(const char *path, char *text, size_t size)
{
	FILE *file = fopen(path, "rb");
	size_t n;

	assert_non_null(file);
	n = fread(text, 1, size - 1, file);
	text[n] = 0;
	fclose(file);
	return n;
}

static void traces_are_complete_after_destroy(void **unused)
{
	char directory[] = "/tmp/ns3c-XXXXXX", pcap[64], ascii[64], text[4096];
	struct pair pair;
	struct udp udp;
	uint32_t magic;

	(void)unused;
	assert_non_null(mkdtemp(directory));
	snprintf(pcap, sizeof pcap, "%s/a.pcap", directory);
	snprintf(ascii, sizeof ascii, "%s/a.tr", directory);
	pair = make_pair();
	must(ns3c_pcap(pair.device[0], pcap));
	must(ns3c_ascii(pair.device, 2, ascii));
	udp_open(&udp, pair.node[0], pair.node[1], "10.0.0.2");
	udp_run(&udp, 1, 0);
	refused(ns3c_ascii(pair.device, 2, ascii), NS3C_E_STATE, "before the first run");
	must(ns3c_destroy());

	/* Header of 24 octets, record header of 16, PPP frame of 1002. */
	assert_int_equal(read_file(pcap, text, sizeof text), 24 + 16 + 1002);
	memcpy(&magic, text, sizeof magic);
	assert_true(magic == 0xa1b2c3d4u || magic == 0xd4c3b2a1u);
	read_file(ascii, text, sizeof text);
	assert_int_equal(text[0], '+');
	assert_non_null(strstr(text, "\n- 0 "));
	assert_non_null(strstr(text, "\nr 0.001008016 "));
	assert_non_null(strstr(text, "10.0.0.1 > 10.0.0.2"));
	unlink(pcap);
	unlink(ascii);
	rmdir(directory);
	must(ns3c_create(NS3C_SCHEDULER_PRIORITY_QUEUE, 1, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(a_datagram_and_its_answer_arrive_with_their_senders,
	                                    create, destroy),
	    cmocka_unit_test_setup_teardown(a_datagram_takes_its_transmission_time_and_the_delay,
	                                    create, destroy),
	    cmocka_unit_test_setup_teardown(a_full_queue_drops_the_rest_of_a_burst, create,
	                                    destroy),
	    cmocka_unit_test_setup_teardown(error_models_lose_at_their_rates, create, destroy),
	    cmocka_unit_test_setup_teardown(the_same_simulation_loses_the_same_packets, create,
	                                    destroy),
	    cmocka_unit_test_setup_teardown(
		a_csma_bus_carries_between_its_nodes_and_equally_each_time, create, destroy),
	    cmocka_unit_test_setup_teardown(static_routes_lead_over_two_hops, create, destroy),
	    cmocka_unit_test_setup_teardown(without_a_route_sending_is_refused, create, destroy),
	    cmocka_unit_test_setup_teardown(traces_are_complete_after_destroy, create, destroy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
