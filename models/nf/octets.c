/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/octets.h"

#include <stdlib.h>
#include <string.h>

struct nf_octets {
	struct wire *wire;
	struct wire_link **link;
	enum wire_point *point; /* of each link */
	uint32_t n, room;
	uint8_t buffer[WIRE_OCTETS_MAX];
};

/* N1 travels on N2's association. */
static enum wire_point point_of(const struct msg *msg)
{
	const enum wire_point point = wire_point_of(msg);

	return point == WIRE_POINT_N1 ? WIRE_POINT_N2 : point;
}

static void add_link(struct nf_octets *o, enum wire_point point, uint16_t opener, uint16_t other)
{
	if (o->n == o->room) {
		o->room = o->room ? 2 * o->room : 32;
		o->link = realloc(o->link, o->room * sizeof *o->link);
		o->point = realloc(o->point, o->room * sizeof *o->point);
		SIM_ASSERT(o->link && o->point && "memory for links");
	}
	o->point[o->n] = point;
	o->link[o->n] = wire_link_new(o->wire, point, opener, other);
	SIM_ASSERT(o->link[o->n] && "memory for links");
	o->n++;
}

static struct wire_link *link_of(struct nf_octets *o, const struct msg *msg, int end)
{
	const enum wire_point point = point_of(msg);
	const uint16_t opener = end == 0 ? msg->hop_from : msg->hop_to;
	const uint16_t other = end == 0 ? msg->hop_to : msg->hop_from;

	for (uint32_t i = 0; i < o->n; i++)
		if (o->point[i] == point && o->link[i]->node[0] == opener && o->link[i]->node[1] == other)
			return o->link[i];
	add_link(o, point, opener, other);
	return o->link[o->n - 1];
}

bool nf_octets_send(struct nf_env *env, const struct msg *msg)
{
	struct nf_octets *o = env->octets;

	if (!wire_codec(point_of(msg)))
		return false;
	const int end = wire_from_end(o->wire, msg);
	const size_t n = wire_encode(link_of(o, msg, end), end, msg, o->buffer, sizeof o->buffer);
	SIM_ASSERT(n > 0 && "every message of ours can be encoded");
	sim_net_send_octets(env->net, msg->hop_from, msg->hop_to, o->buffer, (uint32_t)n,
	                    sim_handle_pack(msg->self));
	return true;
}

/* What came out. A message that cannot be read is lost: its sender's timer finds out. */
static bool arrived(void *context, uint32_t node, uint64_t payload, const uint8_t *data, uint32_t n)
{
	struct nf_env *env = context;
	struct msg *msg = sim_pool_get(env->messages, sim_handle_unpack(payload));
	struct msg_fault fault;

	(void)node;
	SIM_ASSERT(msg != NULL);
	const int end = wire_from_end(env->octets->wire, msg);
	struct wire_link *link = link_of(env->octets, msg, end);
	if (wire_rebuild(link, end, data, n, msg, &fault))
		return true;
	env->counter[NF_COUNT_UNREADABLE]++;
	SIM_ASSERT(wire_link_reset(link) && "memory for a link");
	return false;
}

void nf_octets_start(struct nf_env *env, const struct wire_config *config)
{
	env->octets = calloc(1, sizeof *env->octets);
	SIM_ASSERT(env->octets && "memory for octets");
	env->octets->wire = wire_new(config);
	SIM_ASSERT(env->octets->wire && "memory for codecs");
	sim_net_on_octets(env->net, arrived);
}

void nf_octets_end(struct nf_env *env)
{
	struct nf_octets *o = env->octets;

	if (!o)
		return;
	for (uint32_t i = 0; i < o->n; i++)
		wire_link_free(o->link[i]);
	wire_free(o->wire);
	free(o->link);
	free(o->point);
	free(o);
	env->octets = NULL;
}
