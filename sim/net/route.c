/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A breadth-first search from every destination: O(nodes * links), done once. */
#include "sim/net/route.h"
#include "sim/core/memory.h"
#include "sim/core/status.h"
#include <stdlib.h>

static const uint32_t unreached = UINT32_MAX;

struct search {
	uint32_t n_nodes, n_links;
	const struct sim_engine_link *link;
	uint32_t *first;    /* per node: its part of incident begins here */
	uint32_t *incident; /* numbers of a node's links, ascending       */
	uint32_t *hops, *queue;
};

static uint32_t other_end(const struct sim_engine_link *link, uint32_t node)
{
	return link->a == node ? link->b : link->a;
}

static void list_links(struct search *s)
{
	for (uint32_t i = 0; i < s->n_links; i++) {
		s->first[s->link[i].a + 1]++;
		s->first[s->link[i].b + 1]++;
	}
	for (uint32_t n = 0; n < s->n_nodes; n++)
		s->first[n + 1] += s->first[n];
	for (uint32_t n = 0; n < s->n_nodes; n++)
		s->queue[n] = s->first[n];
	for (uint32_t i = 0; i < s->n_links; i++) {
		s->incident[s->queue[s->link[i].a]++] = i;
		s->incident[s->queue[s->link[i].b]++] = i;
	}
}

static void count_hops(struct search *s, uint32_t to)
{
	uint32_t head = 0, tail = 0;

	for (uint32_t n = 0; n < s->n_nodes; n++)
		s->hops[n] = unreached;
	s->hops[to] = 0;
	s->queue[tail++] = to;
	while (head < tail) {
		uint32_t at = s->queue[head++];
		for (uint32_t k = s->first[at]; k < s->first[at + 1]; k++) {
			uint32_t next = other_end(&s->link[s->incident[k]], at);
			if (s->hops[next] != unreached)
				continue;
			s->hops[next] = s->hops[at] + 1;
			s->queue[tail++] = next;
		}
	}
}

static int32_t first_link(const struct search *s, uint32_t from)
{
	if (s->hops[from] == unreached || s->hops[from] == 0)
		return -1;
	for (uint32_t k = s->first[from]; k < s->first[from + 1]; k++)
		if (s->hops[other_end(&s->link[s->incident[k]], from)] + 1 == s->hops[from])
			return (int32_t)s->incident[k];
	return -1;
}

void sim_route(uint32_t n_nodes, const struct sim_engine_link *link, uint32_t n_links,
               int32_t *next_link)
{
	struct search s = {.n_nodes = n_nodes, .n_links = n_links, .link = link};
	size_t n = n_nodes;

	uint32_t *memory = sim_memory_new("a network's routes", 3 * n + 1 + 2 * (size_t)n_links,
	                                  sizeof *memory);
	s.hops = memory;
	s.queue = s.hops + n;
	s.first = s.queue + n;
	s.incident = s.first + n + 1;
	list_links(&s);
	for (uint32_t to = 0; to < n_nodes; to++) {
		count_hops(&s, to);
		for (uint32_t from = 0; from < n_nodes; from++)
			next_link[(size_t)from * n + to] = first_link(&s, from);
	}
	free(memory);
}
