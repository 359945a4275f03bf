/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      what makes an AMF page for the sake of user data:
 *             Namf_Communication_N1N2MessageTransfer when a packet has come to the UPF (TS 23.502
 *             4.2.3.3 steps 1 to 3a), and its answer.
 * Leaves out  subscribers who roam, PDU sessions, N4, buffering: the packet itself is not carried;
 *             a UE that is connected has its user plane.
 * Sources     TS 23.502 4.2.3.3; TS 29.518 5.2.2.3.1.
 */
#include "models/nf/smf.h"

struct smf {
	struct nf_env *env;
	uint16_t *told; /* of each subscriber: numbers its procedures */
};

struct smf *smf_new(struct nf_env *env)
{
	struct smf *smf = sim_arena_alloc(env->sim->arena, sizeof *smf);

	smf->env = env;
	smf->told = sim_arena_alloc(env->sim->arena, env->n_ues * sizeof *smf->told);
	return smf;
}

void smf_data_waits(struct smf *smf, uint32_t ue)
{
	const uint32_t by_smf = UINT32_C(3) << 30; /* UEs number theirs from 0, the AMF from 2^31 */
	struct nf_env *env = smf->env;

	if (nf_roams(env, ue))
		return; /* its SMF is the visited network's, which has none here */
	const struct sim_span span = sim_span_start(env->sim->now_ns);
	struct msg *msg = nf_message_for(env, MSG_AMF_TRANSFER, ue, by_smf | smf->told[ue]++, &span);

	msg->subscription.msin = HOME_MSIN_FIRST + ue;
	nf_send(env, env->node.upf, env->node.amf, msg);
}

/* Reached, being reached, or not here (404): there is nothing to be done about it. */
static void handle(void *self, const struct msg *msg)
{
	struct smf *smf = self;

	smf->env->counter[NF_COUNT_UNEXPECTED] += msg->type != MSG_AMF_TRANSFER_RSP;
}

const struct nf_entry nf_smf = {
	.name = "smf",
	.doc = "SMF beside the UPF: tells the AMF that user data waits",
	.source = "TS 23.502 4.2.3.3, TS 29.518",
	.handle = handle,
};

uint32_t smf_octets_each(void)
{
	return sizeof(uint16_t);
}
