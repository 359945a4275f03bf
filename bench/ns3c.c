/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What ns3c's checks and handles cost: the program of ns3c.h through it, and in C++. They are less
 * than a hundredth of the instructions, so short runs of either follow one another, and a round's
 * ratio is the median over its pairs: what disturbs one run does not shift it.
 */
#include "bench/ns3c.h"
#include "bench/bench.h"
#include "sim/core/status.h"
#include "sim/ns3/ns3c.h"

#if WITH_NS3
enum { MESSAGES = 2000, PAIRS = 30 };

struct program {
	struct ns3c_node node[BRIDGE_NODES];
	struct ns3c_device to_next[BRIDGE_NODES], to_last[BRIDGE_NODES];
	struct ns3c_socket client, server;
	uint32_t left;
	uint64_t octets;
	uint8_t data[BRIDGE_OCTETS];
};

static void must(int code)
{
	SIM_ASSERT(code == NS3C_OK);
}

static void send_next(void *context)
{
	struct program *p = context;
	uint32_t taken;

	must(ns3c_send(p->client, p->data, BRIDGE_OCTETS, &taken));
	if (--p->left > 0)
		must(ns3c_schedule(BRIDGE_GAP_NS, send_next, p, NULL));
}

static void begin(void *context)
{
	struct program *p = context;

	must(ns3c_connect(p->client, "10.0.2.2", BRIDGE_PORT));
	send_next(p);
}

static void readable(void *context, struct ns3c_socket socket)
{
	struct program *p = context;
	uint8_t data[BRIDGE_OCTETS];
	uint32_t octets;

	do {
		must(ns3c_recv(socket, data, sizeof data, &octets, NULL));
		p->octets += octets;
	} while (octets > 0);
}

static void make_network(struct program *p)
{
	static const struct ns3c_link link = {BRIDGE_RATE_BPS, BRIDGE_DELAY_NS, BRIDGE_QUEUE};
	char address[16];

	for (int i = 0; i < BRIDGE_NODES; i++)
		must(ns3c_node_new(&p->node[i]));
	for (int i = 0; i + 1 < BRIDGE_NODES; i++) {
		must(ns3c_point_to_point(p->node[i], p->node[i + 1], &link, &p->to_next[i],
		                         &p->to_last[i + 1]));
		snprintf(address, sizeof address, "10.0.%d.1", i);
		must(ns3c_ipv4_address(p->to_next[i], address, 30));
		snprintf(address, sizeof address, "10.0.%d.2", i);
		must(ns3c_ipv4_address(p->to_last[i + 1], address, 30));
	}
	must(ns3c_ipv4_route(p->node[0], "10.0.2.0", 30, "10.0.0.2", p->to_next[0]));
	must(ns3c_ipv4_route(p->node[1], "10.0.2.0", 30, "10.0.1.2", p->to_next[1]));
}

static uint64_t bridge_ns3c(uint32_t messages)
{
	struct program p = {.left = messages};
	struct ns3c_socket_calls calls = {.context = &p, .readable = readable};

	must(ns3c_create(NS3C_SCHEDULER_PRIORITY_QUEUE, 1, 0));
	make_network(&p);
	must(ns3c_udp_new(p.node[BRIDGE_NODES - 1], &p.server));
	must(ns3c_bind(p.server, NULL, BRIDGE_PORT));
	must(ns3c_on(p.server, &calls));
	must(ns3c_udp_new(p.node[0], &p.client));
	must(ns3c_bind(p.client, NULL, 0));
	must(ns3c_schedule(0, begin, &p, NULL));
	must(ns3c_run());
	must(ns3c_destroy());
	return p.octets;
}

static double measure(uint64_t (*program)(uint32_t messages))
{
	double began = bench_cpu_ns();
	uint64_t octets = program(MESSAGES);

	SIM_ASSERT(octets == (uint64_t)MESSAGES * BRIDGE_OCTETS);
	return (bench_cpu_ns() - began) / MESSAGES;
}

static void measure_bridge(FILE *to)
{
	struct bench_result r = {.name = "ns3c", .unit = "ns", .against = "the same program in C++"};

	for (uint32_t round = 0; round < bench_rounds(5); round++) {
		double c_ns[PAIRS], ratio[PAIRS];
		for (int i = 0; i < PAIRS; i++) {
			double before_ns = i % 2 ? measure(bridge_direct) : 0;
			c_ns[i] = measure(bridge_ns3c);
			double cpp_ns = i % 2 ? before_ns : measure(bridge_direct);
			ratio[i] = cpp_ns / c_ns[i];
		}
		bench_add(&r, bench_median(c_ns, PAIRS), bench_median(ratio, PAIRS));
	}
	bench_report(to, &r);
}
#endif

int main(int argc, char **argv)
{
	FILE *to = bench_open(argc, argv);

	puts("A datagram over three hops of ns-3, through ns3c (wanted: a ratio of 0.95)");
#if WITH_NS3
	measure_bridge(to);
#else
	puts("skipped: built without ns-3");
#endif
	fclose(to);
	return 0;
}
