/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the parties of the twin's interface know of each other before the run: public keys,
 * installed by the people who run them, and the DTF's name. Each owner publishes its own when it
 * is made.
 * Leaves out: certificates and their renewal; a run is days, a certificate lives for months.
 */
#ifndef MODELS_NF_ANCHORS_H
#define MODELS_NF_ANCHORS_H

#include "models/msg/dt.h"
#include "models/nf/network.h"
#include "models/nf/nf.h"

struct nf_hospital_keys {
	uint8_t identity[32];  /* Ed25519: the platform signs challenges */
	uint8_t af_id[DT_AF_ID_MAX]; /* as an application function of AKMA */
	uint32_t n_af_id;
	uint8_t care_team[32]; /* X25519: identities are sealed to it    */
};
struct nf_anchors {
	uint8_t af_id[DT_AF_ID_MAX];
	uint32_t n_af_id;
	uint8_t network_key[32]; /* Ed25519: the home network signs assertions and mints */
	uint8_t ledger_key[32];  /* Ed25519: the ledger signs blocks and confirmations   */
	uint16_t n_hospitals;
	struct nf_hospital_keys *hospital;
};

/* env->node must be filled. */
struct nf_anchors *nf_anchors_new(struct nf_env *env, const struct network_config *network);

/* The suite in which parties that are no subscribers make their keys: that of the surgeons. */
const struct crypto_suite *nf_twin_suite(const struct nf_env *env);
/* A secret of 32 octets of a node's own, by number. */
void nf_own_secret(const struct nf_env *env, uint16_t node, uint32_t number, uint8_t secret[32]);

#endif
