/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What connects radio, gNBs and UEs, and what tells the witness of the air. */
#include "scenarios/world_state.h"

struct wire_config world_wire(const struct nf_env *env, const struct home *home,
                              const struct rec_names *names)
{
	return (struct wire_config){.plmn = home->plmn, .routing_indicator = home->routing_indicator,
		.routing_digits = home->routing_digits, .key_id = home->key_id[ID_SCHEME_A],
		.tuak = home->aka == CRYPTO_TUAK, .prins = env->prins, .vsepp = env->node.vsepp,
		.vamf = env->node.vamf, .vgnb0 = env->node.vgnb0, .visited = home->visited,
		.n_nodes = names->n[REC_NAME_node],
		.node_name = (const char *const *)names->text[REC_NAME_node], .amf = env->node.amf,
		.cells_per_ta = env->cells_per_ta,
		.gnb0 = env->node.gnb0, .n3iwf = env->node.n3iwf, .ap0 = env->node.ap0,
		.n_aps = env->node.n_aps};
}

void world_connected(void *context, uint32_t ue, bool ok)
{
	ue_connected(((struct world *)context)->ues, ue, ok);
}

void world_at_gnb(void *context, uint32_t ue, struct msg *msg)
{
	gnb_from_air(((struct world *)context)->gnbs, ue, msg);
}

void world_at_ue(void *context, uint32_t ue, struct msg *msg)
{
	ue_receive(((struct world *)context)->ues, ue, msg);
}

void world_heard(void *context, uint32_t ue, const struct msg_identity *identity)
{
	struct world *world = context;

	if (world->env.non_3gpp && world->env.non_3gpp[ue])
		return; /* within an IKE SA: the air tells nothing */
	if (world->env.class_of_ue[ue] == REC_CLASS_SURGEON)
		witness_radio(&world->witness, ue, (uint16_t)ue_cell(world->ues, ue), identity);
}

uint32_t world_session_of(const void *context, uint32_t ue)
{
	return surgeons_session(((const struct world *)context)->surgeons, ue);
}
