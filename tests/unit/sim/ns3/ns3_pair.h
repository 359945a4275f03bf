/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tests of ns3c share: a refusal that fails the test, and small networks. */
#ifndef TESTS_NS3_PAIR_H
#define TESTS_NS3_PAIR_H

#include "sim/ns3/ns3c.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define MS INT64_C(1000000)
#define SECOND INT64_C(1000000000)

static inline void must(int code)
{
	if (code != NS3C_OK)
		fail_msg("%s", ns3c_error_text());
}

static inline int create(void **state)
{
	(void)state;
	return ns3c_create(NS3C_SCHEDULER_PRIORITY_QUEUE, 1, 1);
}

static inline int destroy(void **state)
{
	(void)state;
	return ns3c_destroy();
}

/* A refused call: its code, and a piece of its sentence. */
static inline void refused(int code, int expected, const char *piece)
{
	if (code != expected || !strstr(ns3c_error_text(), piece))
		fail_msg("expected %s and \"%s\"; found %s and \"%s\"", ns3c_code_name(expected),
		         piece, ns3c_code_name(code), ns3c_error_text());
}

/* Two nodes, 10.0.0.1 and 10.0.0.2, on a link of 1 Gbit/s and 1 ms unless said otherwise. */
struct pair {
	struct ns3c_node node[2];
	struct ns3c_device device[2];
};

static inline struct pair make_pair_on(const struct ns3c_link *link)
{
	struct pair pair;

	must(ns3c_node_new(&pair.node[0]));
	must(ns3c_node_new(&pair.node[1]));
	must(ns3c_point_to_point(pair.node[0], pair.node[1], link, &pair.device[0],
	                         &pair.device[1]));
	must(ns3c_ipv4_address(pair.device[0], "10.0.0.1", 24));
	must(ns3c_ipv4_address(pair.device[1], "10.0.0.2", 24));
	return pair;
}

static inline struct pair make_pair(void)
{
	const struct ns3c_link link = {.rate_bps = 1e9, .delay_ns = MS, .queue_packets = 1000};

	return make_pair_on(&link);
}

#endif
