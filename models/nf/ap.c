/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      an access point as a router: what comes from the air goes to the N3IWF or, through
 *             it, to a node of the user plane; what comes for a UE goes on the air.
 * Leaves out  address translation, which port 4500 passes; the ESP around user-plane messages,
 *             whose octets are those of the message alone.
 * Sources     TS 23.501 4.2.8.2.
 */
#include "models/nf/ap.h"

#include "models/msg/msg_ike.h"
#include "models/radio/wlan.h"

struct aps {
	struct nf_env *env;
	struct wlan *wlan;
	struct ap *ap;
};

struct aps *aps_new(struct nf_env *env, struct wlan *wlan)
{
	struct aps *aps = sim_arena_alloc(env->sim->arena, sizeof *aps);

	*aps = (struct aps){.env = env, .wlan = wlan};
	aps->ap = sim_arena_alloc(env->sim->arena, env->node.n_aps * sizeof *aps->ap);
	for (uint16_t i = 0; i < env->node.n_aps; i++)
		aps->ap[i] = (struct ap){.all = aps, .node = (uint16_t)(env->node.ap0 + i)};
	return aps;
}

struct ap *ap_instance(struct aps *aps, uint32_t i)
{
	return &aps->ap[i];
}

void ap_from_air(struct aps *aps, uint16_t node, struct msg *msg)
{
	if (msg_is_nwu((enum msg_type)msg->type))
		msg->to = aps->env->node.n3iwf;
	nf_send(aps->env, node, msg->to, msg);
}

/* The message given is only lent, so a copy goes over the air. */
static void handle(void *self, const struct msg *msg)
{
	struct ap *ap = self;
	struct nf_env *env = ap->all->env;

	if (msg->ran.index >= env->n_ues)
		return;
	wlan_down(ap->all->wlan, msg->ran.index, nf_copy(env, msg));
}

const struct nf_entry nf_ap = {
	.name = "ap",
	.doc = "WLAN access point: IP between UEs and the N3IWF",
	.source = "TS 23.501 4.2.8.2",
	.handle = handle,
};
