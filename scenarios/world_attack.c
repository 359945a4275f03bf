/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The port through which attacks and faults act on a world. */
#include "models/msg/msg_ngap.h"
#include "models/msg/nas.h"
#include "scenarios/world_state.h"

#include <string.h>

static uint32_t n_cells(void *context)
{
	return ((struct world *)context)->env.node.n_gnbs;
}

static uint16_t nas_octets(const struct world *world, const struct msg_suci *suci, uint8_t *out)
{
	const struct nas_registration_request request = {.ngksi = NAS_NGKSI_NONE, .type = NAS_INITIAL,
		.follow_on = true,
		.identity = {.kind = NAS_IDENTITY_SUCI, .suci = home_suci(&world->home, suci)},
		.security_capability = {nas_ue_capability, sizeof nas_ue_capability}};

	return nas_registration_request(&request, out);
}

static void inject_suci(void *context, uint32_t attack, uint32_t cell, uint32_t k,
                        const uint8_t *output, uint32_t n)
{
	struct world *world = context;
	struct nf_env *env = &world->env;
	const struct sim_span span = sim_span_start(env->sim->now_ns);
	struct msg *msg = nf_message_for(env, MSG_REGISTRATION_REQUEST, env->n_ues + attack, k, &span);

	SIM_ASSERT(n <= MSG_SCHEME_MAX);
	msg->identity.suci = (struct msg_suci){.scheme = ID_SCHEME_A,
		.key_id = world->home.key_id[ID_SCHEME_A], .n = (uint8_t)n};
	memcpy(msg->identity.suci.output, output, n);
	msg->nas_octets = nas_octets(world, &msg->identity.suci, msg->nas);
	msg->ran.index = env->n_ues + attack;
	msg->octets = (uint16_t)msg_n2_octets(msg);
	env->counter[NF_COUNT_ATTACK_MESSAGES]++;
	nf_note_nas(env, env->node.ue, env->node.amf, 0, msg, msg->nas, msg->nas_octets);
	nf_send(env, (uint16_t)(env->node.gnb0 + cell), env->node.amf, msg);
}

/* A hospital by its name, which no function has (scenarios/refs.c), or a node by its own. */
static int nf_find(void *context, const char *name)
{
	const struct world *world = context;
	const struct rec_names *names = &world->names;

	for (uint16_t i = 0; i < world->env.node.n_hospitals; i++)
		if (strcmp(world->config->hospital[i].name, name) == 0)
			return world->env.node.hospital0 + i;
	for (uint16_t i = 0; i < world->env.node.n; i++)
		if (strcmp(names->text[REC_NAME_node][i], name) == 0)
			return i;
	return -1;
}

static void down(void *context, int nf)
{
	nf_down(&((struct world *)context)->env, (uint16_t)nf);
}

static void up(void *context, int nf)
{
	nf_up(&((struct world *)context)->env, (uint16_t)nf);
}

static void wake(void *context, const struct sim_event *event)
{
	struct world *world = context;
	const struct scn_attack *attack = &world->config->attack[event->to];

	attack->entry->wake(&world->port[event->to], attack->config, event);
}

void world_start_attacks(struct world *world)
{
	sim_on(world->env.sim, NF_KIND_ATTACK, wake, world);
	for (uint32_t i = 0; i < world->config->n_attacks; i++) {
		const struct scn_attack *attack = &world->config->attack[i];
		world->port[i] = (struct atk_port){.sim = world->env.sim, .kind = NF_KIND_ATTACK,
			.index = i, .purpose = NF_DRAW_ATTACK, .world = world,
			.inject_suci = inject_suci, .n_cells = n_cells, .nf_find = nf_find,
			.nf_down = down, .nf_up = up};
		attack->entry->start(&world->port[i], attack->config);
	}
}
