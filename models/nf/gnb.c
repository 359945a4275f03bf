/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      NGAP's pairing of a radio connection with an AMF context (TS 38.413 8.6), the Initial
 *             Context Setup Response (8.3.1), forwarding of user-plane messages on N3.
 * Leaves out  handover, paging, the scheduler beyond models/radio: a UE stays in its cell.
 * Sources     TS 38.413.
 */
#include "models/nf/gnb.h"

#include "models/msg/msg_ngap.h"

struct gnbs {
	struct nf_env *env;
	struct radio *radio;
	struct gnb *gnb;
	struct sim_handle *context; /* AMF UE NGAP ID by UE */
};

struct gnbs *gnbs_new(struct nf_env *env, struct radio *radio)
{
	struct gnbs *gnbs = sim_arena_alloc(env->sim->arena, sizeof *gnbs);

	*gnbs = (struct gnbs){.env = env, .radio = radio};
	gnbs->gnb = sim_arena_alloc(env->sim->arena, env->node.n_gnbs * sizeof *gnbs->gnb);
	gnbs->context = sim_arena_alloc(env->sim->arena, env->n_ues * sizeof *gnbs->context);
	for (uint16_t i = 0; i < env->node.n_gnbs; i++)
		gnbs->gnb[i] = (struct gnb){.all = gnbs, .node = (uint16_t)(env->node.gnb0 + i)};
	return gnbs;
}

struct gnb *gnb_instance(struct gnbs *gnbs, uint32_t i)
{
	return &gnbs->gnb[i];
}

static uint16_t node_of(const struct gnbs *gnbs, uint32_t ue)
{
	return (uint16_t)(gnbs->env->node.gnb0 + radio_cell(gnbs->radio, ue));
}

void gnb_from_air(void *context, uint32_t ue, struct msg *msg)
{
	struct gnbs *gnbs = context;
	bool user_plane = msg->nas_octets == 0;

	if (!user_plane) {
		msg->to = gnbs->env->node.amf;
		if (msg->type == MSG_REGISTRATION_REQUEST)
			gnbs->context[ue] = SIM_HANDLE_NONE; /* Initial UE Message: a new association */
		msg->context = gnbs->context[ue];
		msg->ngap = msg->context.generation ? NGAP_UPLINK_NAS : NGAP_INITIAL_UE_MESSAGE;
		msg->octets = (uint16_t)msg_n2_octets(msg);
	}
	nf_send(gnbs->env, node_of(gnbs, ue), msg->to, msg);
}

static void answer_context_setup(struct gnb *gnb, const struct msg *request)
{
	struct nf_env *env = gnb->all->env;
	struct msg *answer = nf_message(env, MSG_CONTEXT_SETUP_RESPONSE, request);

	answer->context = request->asker;
	answer->octets = (uint16_t)msg_n2_octets(answer);
	nf_send(env, gnb->node, request->from, answer);
}

/* From N2 or N3: on to the UE. The message given is only lent, so a copy goes over the air. */
static void handle(void *self, const struct msg *msg)
{
	struct gnb *gnb = self;
	struct nf_env *env = gnb->all->env;
	uint32_t ue = msg->ran.index;

	if (ue >= env->n_ues)
		return; /* an attacker's association: nobody listens */
	if (!radio_is_current(gnb->all->radio, msg->ran)) {
		env->counter[NF_COUNT_STALE]++; /* of an earlier connection of this UE */
		return;
	}
	if (msg->from == env->node.amf)
		gnb->all->context[ue] = msg->asker;
	if (msg->type == MSG_REGISTRATION_ACCEPT)
		answer_context_setup(gnb, msg);
	struct msg *onward = nf_message(env, (enum msg_type)msg->type, msg);
	struct sim_handle own = onward->self;
	*onward = *msg;
	onward->self = own;
	radio_down(gnb->all->radio, ue, onward);
}

const struct nf_entry nf_gnb = {
	.name = "gnb",
	.doc = "gNB: random access, RRC, path loss, N2 and N3",
	.source = "TS 38.321, TS 38.331, TS 38.413, TR 38.901",
	.handle = handle,
};
