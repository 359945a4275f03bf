/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ns3c: what ns-3 would crash on is refused with a sentence, and nothing has changed. */
#include "tests/unit/sim/ns3/ns3_pair.h"

#include <math.h>

#define ARG NS3C_E_ARGUMENT

static const struct ns3c_link LINK = {.rate_bps = 1e9, .delay_ns = MS, .queue_packets = 10};

static void nothing(void *unused)
{
	(void)unused;
}

static void a_simulator_is_refused_for_each_wrong_argument(void **unused)
{
	(void)unused;
	refused(ns3c_create(9, 1, 1), ARG,
	        "ns3c_create: scheduler is 9; allowed is 1 ... 5");
	refused(ns3c_create(NS3C_SCHEDULER_MAP, 0, 1), ARG, "seed is 0");
	refused(ns3c_create(NS3C_SCHEDULER_MAP, UINT32_MAX, 1), ARG, "seed is 4294967295");
	refused(ns3c_create(NS3C_SCHEDULER_MAP, 1, NS3C_RUN_MAX + 1), ARG,
	        "run is 2251799813685248");
	assert_int_equal(ns3c_now_ns(), -1);
}

static void everything_needs_a_simulator(void **unused)
{
	struct ns3c_node node;

	(void)unused;
	refused(ns3c_run(), NS3C_E_STATE,
	        "ns3c_run: there is no simulator; call ns3c_create first");
	refused(ns3c_node_new(&node), NS3C_E_STATE, "no simulator");
	refused(ns3c_schedule(0, nothing, NULL, NULL), NS3C_E_STATE, "no simulator");
	refused(ns3c_stop(), NS3C_E_STATE, "no simulator");
}

static void times_are_refused_outside_their_range(void **unused)
{
	(void)unused;
	refused(ns3c_schedule(-1, nothing, NULL, NULL), ARG, "ns3c_schedule: delay_ns is -1");
	refused(ns3c_schedule(0, NULL, NULL, NULL), ARG, "callback is NULL");
	refused(ns3c_schedule(NS3C_TIME_MAX + 1, nothing, NULL, NULL), ARG,
	        "delay_ns is 4611686018427387904; allowed is 0 ... 4611686018427387903");
	must(ns3c_run_until(10));
	refused(ns3c_schedule(NS3C_TIME_MAX - 9, nothing, NULL, NULL), ARG,
	        "allowed is 0 ... 4611686018427387893");
	refused(ns3c_run_until(9), ARG, "until_ns is 9; allowed is 10 (now)");
	refused(ns3c_run_until(INT64_MAX), ARG, "until_ns is");
	refused(ns3c_stop(), NS3C_E_STATE, "only in the run");
	assert_int_equal(ns3c_now_ns(), 10);
}

static void random_variables_are_refused_outside_their_range(void **unused)
{
	static const struct {
		int distribution;
		double parameter[3];
		size_t n;
		const char *piece;
	} row[] = {
		{0, {1}, 1, "distribution is 0; allowed is 1 ... 12"},
		{NS3C_UNIFORM, {1}, 1, "has 2 parameters; found 1"},
		{NS3C_UNIFORM, {2, 1}, 2, "Min is 2 and Max 1"},
		{NS3C_UNIFORM, {0, INFINITY}, 2, "Max of ns3::UniformRandomVariable is inf"},
		{NS3C_EXPONENTIAL, {0, 0}, 2, "Mean of ns3::ExponentialRandomVariable is 0"},
		{NS3C_EXPONENTIAL, {1, 1e-9}, 2, "Bound is 1e-09"},
		{NS3C_NORMAL, {0, -1, 0}, 3, "Variance of ns3::NormalRandomVariable is -1"},
		{NS3C_NORMAL, {0, 1, 1e-9}, 3, "Bound is 1e-09"},
		{NS3C_NORMAL, {NAN, 1, 0}, 3, "Mean of ns3::NormalRandomVariable is nan"},
		{NS3C_ERLANG, {1.5, 1}, 2, "K of ns3::ErlangRandomVariable is 1.5"},
		{NS3C_ERLANG, {1e9, 1}, 2, "allowed is a whole number 1 ... 1000"},
		{NS3C_TRIANGULAR, {0.1, 0, 3}, 3, "with the mode"},
		{NS3C_ZIPF, {0, 1}, 2, "N of ns3::ZipfRandomVariable is 0"},
		{NS3C_ZETA, {1}, 1, "Alpha of ns3::ZetaRandomVariable is 1; allowed is above 1"},
	};
	struct ns3c_random random = {0};
	const double one = 1;
	double value;

	(void)unused;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		refused(
		    ns3c_random_new(row[i].distribution, row[i].parameter, row[i].n, 0, &random),
		    ARG, row[i].piece);
	refused(ns3c_random_new(NS3C_CONSTANT, &one, 1, -1, &random), ARG, "stream is -1");
	refused(ns3c_random_new(NS3C_CONSTANT, &one, 1, NS3C_STREAM_MAX + 1, &random), ARG,
	        "stream is");
	refused(ns3c_random_new(NS3C_CONSTANT, NULL, 1, 0, &random), ARG, "found 0");
	refused(ns3c_random_new(NS3C_CONSTANT, &one, 1, 0, NULL), ARG, "random is NULL");
	refused(ns3c_random_next(random, &value), NS3C_E_STALE, "random variable");
}

static void links_are_refused_outside_their_range(void **unused)
{
	static const struct { struct ns3c_link link; const char *piece; } row[] = {
		{{.rate_bps = 0, .delay_ns = 0, .queue_packets = 1}, "rate_bps is 0"},
		{{.rate_bps = NAN, .delay_ns = 0, .queue_packets = 1}, "rate_bps is nan"},
		{{.rate_bps = 1e16, .delay_ns = 0, .queue_packets = 1}, "rate_bps is 1e+16"},
		{{.rate_bps = 1e9, .delay_ns = -1, .queue_packets = 1}, "delay_ns is -1"},
		{{.rate_bps = 1e9, .delay_ns = INT64_MAX, .queue_packets = 1}, "allowed is 0 ..."},
		{{.rate_bps = 1e9, .delay_ns = 0, .queue_packets = 0}, "queue_packets is 0"},
	};
	struct ns3c_node node[2], stale = {0};
	struct ns3c_device device[2];

	(void)unused;
	must(ns3c_node_new(&node[0]));
	must(ns3c_node_new(&node[1]));
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		refused(ns3c_point_to_point(node[0], node[1], &row[i].link, &device[0], &device[1]),
		        ARG, row[i].piece);
		refused(ns3c_csma(node, 2, &row[i].link, device), ARG, row[i].piece);
	}
	refused(ns3c_point_to_point(node[0], node[1], NULL, &device[0], &device[1]), ARG, "link");
	refused(ns3c_point_to_point(node[0], node[1], &LINK, &device[0], NULL), ARG, "device_b");
	refused(ns3c_point_to_point(node[0], node[0], &LINK, &device[0], &device[1]), ARG, "twice");
	refused(ns3c_point_to_point(node[0], stale, &LINK, &device[0], &device[1]), NS3C_E_STALE,
	        "node");
	refused(ns3c_csma(node, 1, &LINK, device), ARG, "n_nodes is 1");
	refused(ns3c_csma(NULL, 2, &LINK, device), ARG, "node is NULL");
	refused(ns3c_node_new(NULL), ARG, "node is NULL");
}

static void error_models_are_refused_outside_their_range(void **unused)
{
	struct pair pair = make_pair();
	struct ns3c_device stale = {pair.node[0].id}; /* a handle of another kind */

	(void)unused;
	refused(ns3c_error_rate(pair.device[0], NS3C_ERROR_PER_BIT, 1.5, 0), ARG, "rate is 1.5");
	refused(ns3c_error_rate(pair.device[0], NS3C_ERROR_PER_BIT, NAN, 0), ARG, "rate is nan");
	refused(ns3c_error_rate(pair.device[0], 4, 0, 0), ARG, "unit is 4");
	refused(ns3c_error_rate(pair.device[0], NS3C_ERROR_PER_BIT, 0, -2), ARG, "stream is -2");
	refused(ns3c_error_rate(stale, NS3C_ERROR_PER_BIT, 0, 0), NS3C_E_STALE, "device");
	refused(ns3c_error_burst(pair.device[0], 0.1, 3, 2, 0), ARG, "3 ... 2 packets");
	refused(ns3c_error_burst(pair.device[0], 0.1, 0, 2, 0), ARG, "0 ... 2 packets");
	refused(ns3c_error_burst(pair.device[0], 0.1, 1, 2, NS3C_STREAM_MAX), ARG, "stream is");
	refused(ns3c_error_none(stale), NS3C_E_STALE, "device");
}

static void addresses_and_routes_are_refused_when_senseless(void **unused)
{
	struct pair pair = make_pair(), other;
	struct ns3c_device fresh[2];

	(void)unused;
	must(ns3c_point_to_point(pair.node[0], pair.node[1], &LINK, &fresh[0], &fresh[1]));
	refused(ns3c_ipv4_address(pair.device[0], "10.9.0.1", 24), NS3C_E_STATE, "already");
	refused(ns3c_ipv4_address(fresh[0], "10.0.0", 24), ARG, "address is \"10.0.0\"");
	refused(ns3c_ipv4_address(fresh[0], "10.0.0.256", 24), ARG, "address is");
	refused(ns3c_ipv4_address(fresh[0], NULL, 24), ARG, "address is NULL");
	refused(ns3c_ipv4_address(fresh[0], "10.9.0.1", 7), ARG,
	        "prefix is 7; allowed is 8 ... 32");
	refused(ns3c_ipv4_address(fresh[0], "10.9.0.0", 24), ARG, "network or the broadcast");
	refused(ns3c_ipv4_address(fresh[0], "10.9.0.255", 24), ARG, "network or the broadcast");
	refused(ns3c_ipv4_address(fresh[0], "224.0.0.1", 24), ARG, "unicast");
	refused(ns3c_ipv4_address(fresh[0], "127.0.0.1", 24), ARG, "unicast");
	refused(ns3c_ipv4_address(fresh[0], "10.0.0.1", 24), ARG, "has the address");

	refused(ns3c_ipv4_route(pair.node[0], "10.7.0.0", 16, NULL, fresh[0]), NS3C_E_STATE,
	        "no address yet");
	refused(ns3c_ipv4_route(pair.node[1], "10.7.0.0", 16, "10.0.0.2", pair.device[0]), ARG,
	        "another node's");
	refused(ns3c_ipv4_route(pair.node[0], "10.7.0.1", 16, "10.0.0.2", pair.device[0]), ARG,
	        "bits set beyond its prefix of 16");
	refused(ns3c_ipv4_route(pair.node[0], "10.7.0.0", 33, "10.0.0.2", pair.device[0]), ARG,
	        "prefix is 33");
	refused(ns3c_ipv4_route(pair.node[0], "10.7.0.0", 16, "10.1.0.2", pair.device[0]), ARG,
	        "next_hop is \"10.1.0.2\"");
	refused(ns3c_ipv4_route(pair.node[0], "10.7.0.0", 16, "10.0.0.1", pair.device[0]), ARG,
	        "next_hop is \"10.0.0.1\"");

	must(ns3c_csma(pair.node, 2, &LINK, other.device));
	must(ns3c_ipv4_address(other.device[0], "10.8.0.1", 24));
	refused(ns3c_ipv4_address(other.device[1], "10.8.0.2", 32), ARG, "allowed is 8 ... 31");
	refused(ns3c_ipv4_route(pair.node[0], "10.7.0.0", 16, NULL, other.device[0]), ARG,
	        "next_hop is NULL");
}

static void tcp_parameters_are_refused_outside_their_range(void **unused)
{
	static const struct { struct ns3c_tcp tcp; const char *piece; } row[] = {
		{{.segment_octets = 10}, "segment_octets is 10; allowed is 88 ... 1448 (0: 536)"},
		{{.segment_octets = 9000}, "segment_octets is 9000"},
		{{.initial_cwnd_segments = 1001}, "initial_cwnd_segments is 1001"},
		{{.send_buffer_octets = 1}, "send_buffer_octets is 1"},
		{{.receive_buffer_octets = UINT32_MAX}, "receive_buffer_octets is 4294967295"},
		{{.segments_per_ack = 101}, "segments_per_ack is 101"},
		{{.connect_retries = 101}, "connect_retries is 101"},
		{{.data_retries = 101}, "data_retries is 101"},
		{{.min_rto_ns = -1}, "min_rto_ns is -1"},
		{{.congestion = "ns3::TcpNoSuch"}, "congestion is \"ns3::TcpNoSuch\""},
		{{.congestion = "ns3::TcpSocketBase"}, "congestion is \"ns3::TcpSocketBase\""},
		{{.congestion = "ns3::Node"}, "congestion is \"ns3::Node\""},
		{{.congestion = "ns3::TcpCongestionOps"}, "congestion is"}, /* abstract */
	};
	struct ns3c_node node, stale = {0};
	struct ns3c_socket socket;

	(void)unused;
	must(ns3c_node_new(&node));
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		refused(ns3c_tcp_new(node, &row[i].tcp, &socket), ARG, row[i].piece);
	refused(ns3c_tcp_new(stale, NULL, &socket), NS3C_E_STALE, "node");
	refused(ns3c_tcp_new(node, NULL, NULL), ARG, "socket is NULL");
	refused(ns3c_udp_new(node, NULL), ARG, "socket is NULL");
	must(ns3c_tcp_new(node, &(struct ns3c_tcp){.congestion = "ns3::TcpCubic"}, &socket));
}

struct sockets {
	struct ns3c_socket udp, tcp, listener;
};

static void speak(void *context)
{
	struct sockets *s = context;
	uint32_t octets;

	refused(ns3c_connect(s->tcp, "10.0.0.300", 80), ARG, "address is \"10.0.0.300\"");
	refused(ns3c_connect(s->tcp, "255.255.255.255", 80), ARG, "unicast");
	refused(ns3c_connect(s->tcp, "0.0.0.0", 80), ARG, "unicast");
	refused(ns3c_connect(s->tcp, "10.0.0.2", 0), ARG, "port is 0");
	refused(ns3c_connect(s->listener, "10.0.0.2", 80), NS3C_E_STATE, "listening");
	refused(ns3c_send(s->tcp, "x", 1, &octets), NS3C_E_STATE, "not connected");
	refused(ns3c_send(s->udp, "x", 1, &octets), NS3C_E_STATE, "not connected");
	refused(ns3c_send(s->udp, "x", 1, NULL), ARG, "taken is NULL");
	refused(ns3c_send_to(s->tcp, "10.0.0.2", 80, "x", 1), ARG, "of TCP");
	refused(ns3c_send_to(s->udp, "10.0.0.2", 80, NULL, 65508), ARG, "octets is 65508");
	refused(ns3c_recv(s->listener, NULL, 1, &octets, NULL), NS3C_E_STATE, "listening");
	must(ns3c_connect(s->tcp, "10.0.0.2", 80));
	refused(ns3c_connect(s->tcp, "10.0.0.2", 80), NS3C_E_STATE, "already");
	must(ns3c_connect(s->udp, "10.0.0.2", 80));
	refused(ns3c_send_to(s->udp, "10.0.0.2", 80, "x", 1), NS3C_E_STATE, "peer is fixed");
	refused(ns3c_send(s->udp, NULL, 65508, &octets), ARG, "octets is 65508");
	must(ns3c_stop());
}

static void sockets_are_refused_out_of_turn(void **unused)
{
	struct pair pair = make_pair();
	struct sockets s;
	struct ns3c_socket second;
	uint32_t octets;

	(void)unused;
	must(ns3c_udp_new(pair.node[0], &s.udp));
	must(ns3c_tcp_new(pair.node[0], NULL, &s.tcp));
	must(ns3c_tcp_new(pair.node[0], NULL, &s.listener));
	must(ns3c_tcp_new(pair.node[0], NULL, &second));
	refused(ns3c_connect(s.tcp, "10.0.0.2", 80), NS3C_E_STATE, "only in the run");
	refused(ns3c_send(s.tcp, "x", 1, &octets), NS3C_E_STATE, "only in the run");
	refused(ns3c_send_to(s.udp, "10.0.0.2", 80, "x", 1), NS3C_E_STATE, "only in the run");
	refused(ns3c_listen(s.listener), NS3C_E_STATE, "after ns3c_bind");
	refused(ns3c_listen(s.udp), ARG, "of UDP");
	refused(ns3c_bind(s.listener, "10.0.0.2", 80), ARG, "an address of the socket's node");
	must(ns3c_bind(s.listener, "10.0.0.1", 80));
	refused(ns3c_bind(s.listener, NULL, 81), NS3C_E_STATE, "bound already");
	refused(ns3c_bind(second, "10.0.0.1", 80), NS3C_E_REFUSED, "in use");
	must(ns3c_listen(s.listener));
	refused(ns3c_listen(s.listener), NS3C_E_STATE, "only once");
	refused(ns3c_on(s.tcp, NULL), ARG, "calls is NULL");
	refused(ns3c_recv(s.tcp, NULL, 0, &octets, NULL), ARG, "size is 0");
	refused(ns3c_recv(s.tcp, NULL, 1, NULL, NULL), ARG, "octets is NULL");
	must(ns3c_schedule(0, speak, &s, NULL));
	must(ns3c_run());
	refused(ns3c_close(s.tcp), NS3C_E_STATE, "closed only in the run");
	must(ns3c_close(s.listener));
	refused(ns3c_close(s.listener), NS3C_E_STALE, "socket");
	refused(ns3c_recv(s.listener, NULL, 1, &octets, NULL), NS3C_E_STALE, "socket");
}

static void trace_files_are_refused_when_they_cannot_be_written(void **unused)
{
	struct pair pair = make_pair();

	(void)unused;
	refused(ns3c_pcap(pair.device[0], "/no/such/directory/a.pcap"), NS3C_E_IO,
	        "\"/no/such/directory/a.pcap\" cannot be written: No such file or directory");
	refused(ns3c_pcap(pair.device[0], ""), ARG, "path is empty");
	refused(ns3c_pcap((struct ns3c_device){7}, "a"), NS3C_E_STALE, "device");
	refused(ns3c_ascii(pair.device, 2, "/no/such/directory/a.tr"), NS3C_E_IO, "No such file");
	refused(ns3c_ascii(pair.device, 0, "a"), ARG, "no device is given");
	refused(ns3c_ascii(pair.device, 2, NULL), ARG, "path is NULL");
}

static void codes_have_names(void **unused)
{
	(void)unused;
	assert_string_equal(ns3c_code_name(NS3C_OK), "ok");
	assert_string_equal(ns3c_code_name(NS3C_E_INTERNAL), "internal");
	assert_string_equal(ns3c_code_name(-1), "unknown");
	assert_string_equal(ns3c_code_name(NS3C_E_INTERNAL + 1), "unknown");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_simulator_is_refused_for_each_wrong_argument),
	    cmocka_unit_test(everything_needs_a_simulator),
	    cmocka_unit_test_setup_teardown(times_are_refused_outside_their_range, create, destroy),
	    cmocka_unit_test_setup_teardown(random_variables_are_refused_outside_their_range,
	                                    create, destroy),
	    cmocka_unit_test_setup_teardown(links_are_refused_outside_their_range, create, destroy),
	    cmocka_unit_test_setup_teardown(error_models_are_refused_outside_their_range, create,
	                                    destroy),
	    cmocka_unit_test_setup_teardown(addresses_and_routes_are_refused_when_senseless, create,
	                                    destroy),
	    cmocka_unit_test_setup_teardown(tcp_parameters_are_refused_outside_their_range, create,
	                                    destroy),
	    cmocka_unit_test_setup_teardown(sockets_are_refused_out_of_turn, create, destroy),
	    cmocka_unit_test_setup_teardown(trace_files_are_refused_when_they_cannot_be_written,
	                                    create, destroy),
	    cmocka_unit_test(codes_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
