/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/anchors.h"

struct nf_anchors *nf_anchors_new(struct nf_env *env, const struct network_config *network)
{
	struct nf_anchors *anchors = sim_arena_alloc(env->sim->arena, sizeof *anchors);

	anchors->n_af_id = dt_af_id(network->mcc, network->mnc, anchors->af_id);
	anchors->n_hospitals = env->node.n_hospitals;
	anchors->hospital = sim_arena_alloc(env->sim->arena, (size_t)anchors->n_hospitals *
	                                                         sizeof *anchors->hospital);
	for (uint16_t i = 0; i < anchors->n_hospitals; i++)
		anchors->hospital[i].n_af_id = dt_hospital_af_id(network->mcc, network->mnc, i,
		                                                 anchors->hospital[i].af_id);
	return anchors;
}

const struct crypto_suite *nf_twin_suite(const struct nf_env *env)
{
	return env->suite_of_class[REC_CLASS_SURGEON];
}

void nf_own_secret(const struct nf_env *env, uint16_t node, uint32_t number, uint8_t secret[32])
{
	const uint32_t no_subscriber = NF_UES_MAX - 1; /* the last number that nf_stream() takes */
	struct sim_stream stream = nf_stream(env, NF_DRAW_TWIN, no_subscriber, node, number);

	sim_stream_octets(&stream, secret, 32);
}
