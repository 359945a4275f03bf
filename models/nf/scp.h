/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The service communication proxy: with it no function talks to another directly, but each request and
 * each answer of the SBI passes through one more event loop (TS 23.501 6.2.19, Annex E: models C, D).
 */
#ifndef MODELS_NF_SCP_H
#define MODELS_NF_SCP_H

#include "models/nf/nf.h"

/* From now on all messages of the SBI pass through this station. */
void nf_scp_start(struct nf_env *env, uint32_t station);
bool nf_scp_is_on_the_way(const struct nf_env *env, const struct msg *msg);
struct nf_demand nf_scp_demand(const struct nf_env *env, const struct msg *msg);

#endif
