/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An example of ns3c in plain C: a client sends a line over TCP across a link of 10 Mbit/s and 5
 * ms, the server echoes it, and the packets of the link go to a file for wireshark.
 *
 *     make ns3c-example          or          cc example.c $(pkg-config --cflags --libs ns3c)
 */
#include "ns3c.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PORT = 7 };
static const char LINE[] = "hello across ns-3";

struct client {
	struct ns3c_socket socket;
	char answer[sizeof LINE];
	uint32_t received;
};

static void must(int code)
{
	if (code == NS3C_OK)
		return;
	fprintf(stderr, "example: %s\n", ns3c_error_text());
	exit(EXIT_FAILURE);
}

static void echo(void *context, struct ns3c_socket socket)
{
	char data[512];
	uint32_t octets, taken;

	(void)context;
	for (;;) {
		must(ns3c_recv(socket, data, sizeof data, &octets, NULL));
		if (octets == 0)
			return;
		must(ns3c_send(socket, data, octets, &taken));
	}
}

static void peer_closed(void *context, struct ns3c_socket socket, int broken)
{
	(void)context;
	(void)broken;
	must(ns3c_close(socket));
}

static void start_client(void *context)
{
	struct client *client = context;

	must(ns3c_connect(client->socket, "10.0.0.2", PORT));
}

static void connected(void *context, struct ns3c_socket socket, int ok)
{
	uint32_t taken;

	(void)context;
	if (!ok) {
		fprintf(stderr, "example: nobody answered\n");
		exit(EXIT_FAILURE);
	}
	printf("%8.3f ms  connected\n", (double)ns3c_now_ns() / 1e6);
	must(ns3c_send(socket, LINE, sizeof LINE, &taken));
}

static void answered(void *context, struct ns3c_socket socket)
{
	struct client *client = context;
	uint32_t octets;

	do {
		uint32_t room = (uint32_t)sizeof client->answer - client->received;
		if (room == 0)
			break;
		must(ns3c_recv(socket, client->answer + client->received, room, &octets, NULL));
		client->received += octets;
	} while (octets > 0);
	if (client->received == sizeof LINE) {
		printf("%8.3f ms  \"%s\"\n", (double)ns3c_now_ns() / 1e6, client->answer);
		must(ns3c_close(socket));
	}
}

static void build(struct ns3c_node node[2], const char *pcap_path)
{
	const struct ns3c_link link = {.rate_bps = 10e6, .delay_ns = 5000000, .queue_packets = 100};
	struct ns3c_device device[2];

	must(ns3c_node_new(&node[0]));
	must(ns3c_node_new(&node[1]));
	must(ns3c_point_to_point(node[0], node[1], &link, &device[0], &device[1]));
	must(ns3c_ipv4_address(device[0], "10.0.0.1", 24));
	must(ns3c_ipv4_address(device[1], "10.0.0.2", 24));
	must(ns3c_pcap(device[0], pcap_path));
}

int main(int argc, char **argv)
{
	const char *pcap_path = argc > 1 ? argv[1] : "ns3c-example.pcap";
	const struct ns3c_socket_calls serve = {.readable = echo, .closed = peer_closed};
	struct client client = {.received = 0};
	const struct ns3c_socket_calls ask = {
		.context = &client, .connected = connected, .readable = answered};
	struct ns3c_node node[2];
	struct ns3c_socket listener;

	must(ns3c_create(NS3C_SCHEDULER_PRIORITY_QUEUE, 1, 1));
	build(node, pcap_path);
	must(ns3c_tcp_new(node[1], NULL, &listener));
	must(ns3c_on(listener, &serve));
	must(ns3c_bind(listener, NULL, PORT));
	must(ns3c_listen(listener));
	must(ns3c_tcp_new(node[0], NULL, &client.socket));
	must(ns3c_on(client.socket, &ask));
	must(ns3c_schedule(0, start_client, &client, NULL));
	must(ns3c_run());
	must(ns3c_destroy());
	printf("packets: %s\n", pcap_path);
	return strcmp(client.answer, LINE) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
