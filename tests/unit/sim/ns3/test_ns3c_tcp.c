/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ns3c: TCP connections from opening to closing. */
#include "tests/unit/sim/ns3/ns3_pair.h"

/* One end of a connection that sends `total` octets of a pattern, and checks those it gets. */
struct end {
	struct ns3c_socket socket;
	uint32_t total, sent, received, n_writable;
	int connected, accepted, closed; /* -1: not yet; else what the callback said */
	int close_after_sending;
	struct end *accepts_into;
	int64_t last_ns;
	uint16_t port;
};

static const struct end IDLE = {.connected = -1, .accepted = -1, .closed = -1};

static uint8_t pattern(uint32_t i)
{
	return (uint8_t)(i * 7 + i / 251);
}

static void send_more(struct end *end)
{
	uint8_t data[3000];
	uint32_t taken;

	while (end->sent < end->total) {
		uint32_t n = end->total - end->sent;

		if (n > sizeof data)
			n = sizeof data;
		for (uint32_t i = 0; i < n; i++)
			data[i] = pattern(end->sent + i);
		must(ns3c_send(end->socket, data, n, &taken));
		end->sent += taken;
		if (taken < n)
			return;
	}
	if (end->close_after_sending)
		must(ns3c_close(end->socket));
}

static void on_connected(void *context, struct ns3c_socket socket, int ok)
{
	struct end *end = context;

	assert_true(socket.id == end->socket.id);
	end->connected = ok;
	end->last_ns = ns3c_now_ns();
	if (ok)
		send_more(end);
}

static void on_writable(void *context, struct ns3c_socket socket)
{
	struct end *end = context;

	assert_true(socket.id == end->socket.id);
	end->n_writable++;
	send_more(end);
}

static void on_readable(void *context, struct ns3c_socket socket)
{
	struct end *end = context;
	uint8_t data[1000];
	uint32_t octets;

	for (;;) {
		must(ns3c_recv(socket, data, sizeof data, &octets, NULL));
		if (octets == 0)
			return;
		for (uint32_t i = 0; i < octets; i++)
			assert_int_equal(data[i], pattern(end->received + i));
		end->received += octets;
		end->last_ns = ns3c_now_ns();
	}
}

static void on_closed(void *context, struct ns3c_socket socket, int broken)
{
	struct end *end = context;

	end->closed = broken;
	must(ns3c_close(socket));
}

static struct ns3c_socket_calls calls_of(struct end *end)
{
	return (struct ns3c_socket_calls){.context = end,
	                                  .connected = on_connected,
	                                  .readable = on_readable,
	                                  .writable = on_writable,
	                                  .closed = on_closed};
}

static void on_accepted(void *context, struct ns3c_socket listener, struct ns3c_socket socket,
                        const struct ns3c_endpoint *peer)
{
	struct end *self = context;
	struct end *end = self->accepts_into;
	struct ns3c_socket_calls calls = calls_of(end);

	assert_true(listener.id == self->socket.id);
	assert_string_equal(peer->address, "10.0.0.1");
	self->accepted = 1;
	end->socket = socket;
	end->port = peer->port;
	must(ns3c_on(socket, &calls));
	send_more(end);
}

static void dial(void *context)
{
	struct end *end = context;

	must(ns3c_connect(end->socket, "10.0.0.2", 80));
}

/* client at node 0 dials; server at node 1 listens unless NULL. */
static void dialogue(const struct pair *pair, const struct ns3c_tcp *tcp, struct end *client,
                     struct end *server)
{
	static struct end listener; /* lives until the simulator is destroyed */
	struct ns3c_socket_calls calls = calls_of(client);

	must(ns3c_tcp_new(pair->node[0], tcp, &client->socket));
	must(ns3c_on(client->socket, &calls));
	if (server) {
		listener = IDLE;
		listener.accepts_into = server;
		calls = (struct ns3c_socket_calls){.context = &listener, .accepted = on_accepted};
		must(ns3c_tcp_new(pair->node[1], tcp, &listener.socket));
		must(ns3c_on(listener.socket, &calls));
		must(ns3c_bind(listener.socket, NULL, 80));
		must(ns3c_listen(listener.socket));
	}
	must(ns3c_schedule(0, dial, client, NULL));
	must(ns3c_run());
}

static void both_ends_get_what_the_other_sent(void **unused)
{
	struct pair pair = make_pair();
	struct end client = IDLE, server = IDLE;

	(void)unused;
	client.total = 100;
	server.total = 70000;
	dialogue(&pair, NULL, &client, &server);
	assert_int_equal(client.connected, 1);
	assert_int_equal(server.received, 100);
	assert_int_equal(client.received, 70000);
	assert_int_not_equal(server.port, 0);
	assert_int_equal(client.closed, -1);
}

static void a_full_send_buffer_takes_a_part_and_calls_when_there_is_room(void **unused)
{
	const struct ns3c_tcp tcp = {.send_buffer_octets = 4096, .segment_octets = 1000};
	struct pair pair = make_pair();
	struct end client = IDLE, server = IDLE;

	(void)unused;
	client.total = 100000;
	dialogue(&pair, &tcp, &client, &server);
	assert_int_equal(server.received, 100000);
	assert_true(client.n_writable >= 100000 / 4096 - 1);
}

static void lost_packets_are_sent_again(void **unused)
{
	const struct ns3c_tcp tcp = {.min_rto_ns = 200 * MS, .data_retries = 100};
	struct pair pair = make_pair();
	struct end client = IDLE, server = IDLE;

	(void)unused;
	must(ns3c_error_rate(pair.device[0], NS3C_ERROR_PER_PACKET, 0.1, 1));
	must(ns3c_error_rate(pair.device[1], NS3C_ERROR_PER_PACKET, 0.1, 2));
	client.total = 100000;
	dialogue(&pair, &tcp, &client, &server);
	assert_int_equal(server.received, 100000);
	assert_true(server.last_ns > 200 * MS); /* it was not for nothing */
}

static void a_peer_s_close_comes_after_its_data(void **unused)
{
	struct pair pair = make_pair();
	struct end client = IDLE, server = IDLE;

	(void)unused;
	client.total = 50000;
	client.close_after_sending = 1;
	dialogue(&pair, NULL, &client, &server);
	assert_int_equal(server.received, 50000);
	assert_int_equal(server.closed, 0);
	assert_int_equal(client.closed, -1); /* nothing comes after one's own close */
	refused(ns3c_close(server.socket), NS3C_E_STALE, "socket");
}

/* ns-3 3.37 ignores the reset that answers a SYN. */
static void a_port_without_listener_fails_after_the_retries(void **unused)
{
	const struct ns3c_tcp tcp = {.connect_retries = 2};
	struct pair pair = make_pair();
	struct end client = IDLE;

	(void)unused;
	dialogue(&pair, &tcp, &client, NULL);
	assert_int_equal(client.connected, 0);
	assert_int_equal(client.last_ns, 9 * SECOND); /* 3 s, then twice as long */
}

static void a_dead_line_fails_after_the_retries(void **unused)
{
	const struct ns3c_tcp tcp = {.connect_retries = 2};
	struct pair pair = make_pair();
	struct end client = IDLE, server = IDLE;

	(void)unused;
	must(ns3c_error_rate(pair.device[1], NS3C_ERROR_PER_PACKET, 1, 2));
	dialogue(&pair, &tcp, &client, &server);
	assert_int_equal(client.connected, 0);
	assert_int_equal(client.last_ns, 9 * SECOND);
}

static void cut(void *device)
{
	must(ns3c_error_rate(*(struct ns3c_device *)device, NS3C_ERROR_PER_PACKET, 1, 1));
}

static void a_line_that_dies_breaks_the_connection(void **unused)
{
	const struct ns3c_tcp tcp = {.data_retries = 2, .min_rto_ns = 200 * MS};
	struct pair pair = make_pair();
	struct end client = IDLE, server = IDLE;

	(void)unused;
	must(ns3c_schedule(5 * MS, cut, &pair.device[0], NULL)); /* no acknowledgement arrives */
	client.total = 10000000;
	dialogue(&pair, &tcp, &client, &server);
	assert_int_equal(client.connected, 1);
	assert_int_equal(client.closed, 1);
	assert_true(server.received < 10000000);
}

static void a_closed_listener_accepts_no_more(void **unused)
{
	const struct ns3c_tcp tcp = {.connect_retries = 1};
	struct pair pair = make_pair();
	struct end client = IDLE;
	struct ns3c_socket listener;

	(void)unused;
	must(ns3c_tcp_new(pair.node[1], NULL, &listener));
	must(ns3c_bind(listener, "10.0.0.2", 80));
	must(ns3c_listen(listener));
	must(ns3c_close(listener));
	dialogue(&pair, &tcp, &client, NULL);
	assert_int_equal(client.connected, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(both_ends_get_what_the_other_sent, create, destroy),
	    cmocka_unit_test_setup_teardown(
		a_full_send_buffer_takes_a_part_and_calls_when_there_is_room, create, destroy),
	    cmocka_unit_test_setup_teardown(lost_packets_are_sent_again, create, destroy),
	    cmocka_unit_test_setup_teardown(a_peer_s_close_comes_after_its_data, create, destroy),
	    cmocka_unit_test_setup_teardown(a_port_without_listener_fails_after_the_retries, create,
	                                    destroy),
	    cmocka_unit_test_setup_teardown(a_dead_line_fails_after_the_retries, create, destroy),
	    cmocka_unit_test_setup_teardown(a_line_that_dies_breaks_the_connection, create,
	                                    destroy),
	    cmocka_unit_test_setup_teardown(a_closed_listener_accepts_no_more, create, destroy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
