/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * AAnF: AKMA anchor, KAKMA by A-KID, KAF for the DTF (TS 33.535).
 *
 * Models: Naanf_AKMA_AnchorKey_Register from the AUSF (6.1; an anchor replaces the subscriber's
 * older one), Naanf_AKMA_ApplicationKey_Get from the DTF (6.2.1), KAF with a lifetime of its own.
 * Leaves out: NEF (the DTF is inside the operator's trust domain), removal at deregistration
 * (optional).
 */
#ifndef MODELS_NF_AANF_H
#define MODELS_NF_AANF_H

#include "models/nf/anchors.h"
#include "models/nf/station_config.h"

struct aanf_config {
	struct nf_station_config station;
	int64_t kaf_lifetime_ns;
};
extern const struct sim_section aanf_section;

struct aanf;
struct aanf *aanf_new(struct nf_env *env, const struct aanf_config *config,
                      const struct nf_anchors *anchors);
extern const struct nf_entry nf_aanf;

#endif
