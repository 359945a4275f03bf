/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The way of a message between two networks (TS 29.573 4.2): over the SEPP of its sender's network
 * and that of its receiver's. Within one network, and for what is not of the SBI, there is one hop.
 */
#ifndef MODELS_NF_HOP_H
#define MODELS_NF_HOP_H

#include "models/nf/nf.h"

/* With two networks: the node to which a message for msg->to goes from `at`: msg->to, or a SEPP. */
uint16_t hop_between(const struct nf_env *env, uint16_t at, const struct msg *msg);

/* The same in any run; inline, as the next: where nobody roams every message would call for nothing. */
static inline uint16_t hop_next(const struct nf_env *env, uint16_t at, const struct msg *msg)
{
	return env->node.vsepp == 0 ? msg->to : hop_between(env, at, msg);
}

/* Whether a message has come to a SEPP that is not its receiver. */
static inline bool hop_is_passed(const struct nf_env *env, const struct msg *msg)
{
	const struct nf_nodes *node = &env->node;

	return node->vsepp != 0 && msg->hop_to != msg->to &&
	       (msg->hop_to == node->vsepp || msg->hop_to == node->hsepp);
}

#endif
