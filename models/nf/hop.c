/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/hop.h"

#include "models/msg/wire.h"

static bool is_visited(const struct nf_nodes *node, uint16_t who)
{
	return who == node->vamf || who == node->vpcf || who == node->vsepp;
}

uint16_t hop_between(const struct nf_env *env, uint16_t at, const struct msg *msg)
{
	const struct nf_nodes *node = &env->node;
	uint16_t own = is_visited(node, at) ? node->vsepp : node->hsepp;

	if (wire_carrier_of((enum msg_type)msg->type) != WIRE_SBI ||
	    is_visited(node, at) == is_visited(node, msg->to))
		return msg->to;
	return at != own ? own : own == node->vsepp ? node->hsepp : node->vsepp;
}
