/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How a topology stands in ns-3: nodes, links, addresses and routes. Every node owns a block of
 * addresses of 10.0.0.0/8, one for each of its interfaces, so that one route leads to a node from
 * whichever interface it speaks: ns-3 makes the outgoing interface's address a connection's source.
 */
#ifndef SIM_NS3_ENGINE_PLAN_H
#define SIM_NS3_ENGINE_PLAN_H

#include "sim/net/engine.h"
#include "sim/ns3/ns3c.h"

struct ns3_plan {
	uint32_t n_nodes;
	int32_t *next_link;     /* copied from the topology                               */
	struct ns3c_node *node;
	uint32_t *block;        /* node -> its first address, less 10.0.0.0               */
	uint8_t *block_bits;    /* node -> its block has 2^bits addresses                 */
	uint32_t *owner;        /* address less 10.0.0.0 -> node                          */
	uint32_t n_addresses;
};

/* Needs an open simulator. 0, or -1 with a sentence; ns3_plan_free is due in both cases. */
int ns3_plan_build(struct ns3_plan *plan, const struct sim_engine_topology *topology, char *error,
                   size_t error_size);
void ns3_plan_free(struct ns3_plan *plan);

/* The address of a node's first interface; whether a way leads from one to the other. */
const char *ns3_plan_address(const struct ns3_plan *plan, uint32_t node, char text[16]);
int ns3_plan_reaches(const struct ns3_plan *plan, uint32_t from, uint32_t to);
/* The node that owns an address, or UINT32_MAX. */
uint32_t ns3_plan_node_at(const struct ns3_plan *plan, const char *address);

#endif
