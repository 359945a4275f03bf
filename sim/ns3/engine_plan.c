/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/ns3/engine_plan.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ADDRESSES = 1 << 24, BASE = 10 << 24 };

/* What is needed while building only. */
struct draft {
	struct ns3_plan *plan;
	const struct sim_engine_topology *topology;
	struct ns3c_device *device; /* [2 * link + side], side 0 at a */
	uint32_t *used;             /* node -> addresses handed out   */
	uint32_t *votes;            /* link -> destinations behind it */
	char *error;
	size_t error_size;
};

static int say(struct draft *draft, const char *what)
{
	snprintf(draft->error, draft->error_size, "ns-3: %s", what);
	return -1;
}

/* 0, or -1 with ns3c's sentence. */
static int check(struct draft *draft, int code)
{
	return code == NS3C_OK ? 0 : say(draft, ns3c_error_text());
}

static const char *text_of(uint32_t offset, char text[16])
{
	struct in_addr address = {.s_addr = htonl(BASE + offset)};

	inet_ntop(AF_INET, &address, text, 16);
	return text;
}

static int allocate(struct draft *draft)
{
	struct ns3_plan *plan = draft->plan;
	size_t n = draft->topology->n_nodes, links = draft->topology->n_links;

	plan->n_nodes = draft->topology->n_nodes;
	plan->next_link = malloc(n * n * sizeof *plan->next_link + 1);
	plan->node = calloc(n + 1, sizeof *plan->node);
	plan->block = calloc(n + 1, sizeof *plan->block);
	plan->block_bits = calloc(n + 1, sizeof *plan->block_bits);
	draft->used = calloc(n + 1, sizeof *draft->used);
	draft->device = calloc(2 * links + 1, sizeof *draft->device);
	draft->votes = calloc(links + 1, sizeof *draft->votes);
	if (!plan->next_link || !plan->node || !plan->block || !plan->block_bits || !draft->used ||
	    !draft->device || !draft->votes)
		return say(draft, "out of memory");
	memcpy(plan->next_link, draft->topology->next_link, n * n * sizeof *plan->next_link);
	return 0;
}

static int check_ends(struct draft *draft)
{
	const struct sim_engine_topology *topology = draft->topology;

	for (uint32_t i = 0; i < topology->n_links; i++) {
		const struct sim_engine_link *link = &topology->link[i];

		if (link->a >= topology->n_nodes || link->b >= topology->n_nodes ||
		    link->a == link->b)
			return say(draft, "a link does not join two different nodes");
	}
	return 0;
}

/* Blocks lie at multiples of their size, so that a prefix names each. */
static int place_blocks(struct draft *draft)
{
	struct ns3_plan *plan = draft->plan;
	uint64_t next = 2; /* not 10.0.0.0; a block of one is never the last address either */

	for (uint32_t i = 0; i < draft->topology->n_links; i++) {
		draft->used[draft->topology->link[i].a]++;
		draft->used[draft->topology->link[i].b]++;
	}
	for (uint32_t n = 0; n < plan->n_nodes; n++) {
		while ((1u << plan->block_bits[n]) < draft->used[n])
			plan->block_bits[n]++;
		uint64_t size = UINT64_C(1) << plan->block_bits[n];
		next = (next + size - 1) / size * size;
		plan->block[n] = (uint32_t)next;
		next += size;
		draft->used[n] = 0;
		if (next >= ADDRESSES)
			return say(draft, "more interfaces than 10.0.0.0/8 has addresses for");
	}
	plan->n_addresses = (uint32_t)next;
	plan->owner = malloc(next * sizeof *plan->owner);
	if (!plan->owner)
		return say(draft, "out of memory");
	memset(plan->owner, 0xff, next * sizeof *plan->owner);
	for (uint32_t n = 0; n < plan->n_nodes; n++)
		for (uint32_t i = 0; i < 1u << plan->block_bits[n]; i++)
			plan->owner[plan->block[n] + i] = n;
	return 0;
}

static int make_nodes(struct draft *draft)
{
	for (uint32_t n = 0; n < draft->plan->n_nodes; n++)
		if (check(draft, ns3c_node_new(&draft->plan->node[n])))
			return -1;
	return 0;
}

/* One end of a link: its address, and what it loses of what it receives. */
static int make_interface(struct draft *draft, uint32_t interface, uint32_t node, double loss_prob)
{
	struct ns3c_device device = draft->device[interface];
	char text[16];

	text_of(draft->plan->block[node] + draft->used[node]++, text);
	if (check(draft, ns3c_ipv4_address(device, text, 32)))
		return -1;
	if (loss_prob == 0)
		return 0;
	return check(draft, ns3c_error_rate(device, NS3C_ERROR_PER_PACKET, loss_prob, interface));
}

static int make_links(struct draft *draft)
{
	const struct ns3c_node *node = draft->plan->node;

	for (uint32_t i = 0; i < draft->topology->n_links; i++) {
		const struct sim_engine_link *from = &draft->topology->link[i];
		const struct ns3c_link link = {.rate_bps = from->rate_bps,
		                               .delay_ns = from->delay_ns,
		                               .queue_packets = from->queue_packets};
		struct ns3c_device *ends = &draft->device[2 * (size_t)i];

		if (check(draft, ns3c_point_to_point(node[from->a], node[from->b], &link, &ends[0],
		                                     &ends[1])) ||
		    make_interface(draft, 2 * i, from->a, from->loss_prob) ||
		    make_interface(draft, 2 * i + 1, from->b, from->loss_prob))
			return -1;
	}
	return 0;
}

static int add_route(struct draft *draft, uint32_t node, uint32_t offset, unsigned prefix,
                     int32_t link)
{
	uint32_t side = draft->topology->link[link].b == node;
	char text[16];
	const char *network = prefix == 0 ? "0.0.0.0" : text_of(offset, text);

	return check(draft, ns3c_ipv4_route(draft->plan->node[node], network, prefix, NULL,
	                                    draft->device[2 * (size_t)link + side]));
}

/* The link that leads to the most nodes becomes the default route; the others are named. */
static int make_routes_of(struct draft *draft, uint32_t node)
{
	const struct ns3_plan *plan = draft->plan;
	const int32_t *next = &plan->next_link[(size_t)node * plan->n_nodes];
	int32_t most = -1;

	for (uint32_t to = 0; to < plan->n_nodes; to++)
		if (to != node && next[to] >= 0) {
			draft->votes[next[to]]++;
			if (most < 0 || draft->votes[next[to]] > draft->votes[most])
				most = next[to];
		}
	for (uint32_t to = 0; to < plan->n_nodes; to++) {
		if (to == node || next[to] < 0)
			continue;
		draft->votes[next[to]] = 0;
		if (next[to] != most && add_route(draft, node, plan->block[to],
		                                  32u - plan->block_bits[to], next[to]))
			return -1;
	}
	return most < 0 ? 0 : add_route(draft, node, 0, 0, most);
}

static int check_routes(struct draft *draft)
{
	const struct sim_engine_topology *topology = draft->topology;
	size_t n = topology->n_nodes;

	for (size_t i = 0; i < n * n; i++) {
		int32_t next = topology->next_link[i];
		uint32_t from = (uint32_t)(i / n);

		if (next < 0 || i % n == from)
			continue;
		if ((uint32_t)next >= topology->n_links ||
		    (topology->link[next].a != from && topology->link[next].b != from))
			return say(draft, "a route begins with a link of another node");
	}
	return 0;
}

static int make_routes(struct draft *draft)
{
	for (uint32_t n = 0; n < draft->plan->n_nodes; n++)
		if (make_routes_of(draft, n))
			return -1;
	return 0;
}

int ns3_plan_build(struct ns3_plan *plan, const struct sim_engine_topology *topology, char *error,
                   size_t error_size)
{
	struct draft draft = {
		.plan = plan, .topology = topology, .error = error, .error_size = error_size};
	int failed;

	memset(plan, 0, sizeof *plan);
	failed = check_ends(&draft) || check_routes(&draft) || allocate(&draft) ||
	         place_blocks(&draft) || make_nodes(&draft) || make_links(&draft) ||
	         make_routes(&draft);
	free(draft.device);
	free(draft.used);
	free(draft.votes);
	return failed ? -1 : 0;
}

void ns3_plan_free(struct ns3_plan *plan)
{
	free(plan->next_link);
	free(plan->node);
	free(plan->block);
	free(plan->block_bits);
	free(plan->owner);
	memset(plan, 0, sizeof *plan);
}

const char *ns3_plan_address(const struct ns3_plan *plan, uint32_t node, char text[16])
{
	return text_of(plan->block[node], text);
}

int ns3_plan_reaches(const struct ns3_plan *plan, uint32_t from, uint32_t to)
{
	return plan->next_link[(size_t)from * plan->n_nodes + to] >= 0;
}

uint32_t ns3_plan_node_at(const struct ns3_plan *plan, const char *address)
{
	struct in_addr parsed;

	if (inet_pton(AF_INET, address, &parsed) != 1)
		return UINT32_MAX;
	uint32_t offset = ntohl(parsed.s_addr) - BASE;
	return offset < plan->n_addresses ? plan->owner[offset] : UINT32_MAX;
}
