/* SPDX-License-Identifier: GPL-2.0-or-later */
/* N3IWF: IKEv2 and IPsec towards UEs on NWu, NGAP towards the AMF on N2 (TS 23.501 6.2.9, TS
 * 24.502). */
#ifndef MODELS_NF_N3IWF_H
#define MODELS_NF_N3IWF_H

#include "models/id/plmn.h"
#include "models/nf/nf.h"
#include "models/nf/station_config.h"

struct n3iwf_config {
	struct nf_station_config station;
	int64_t half_open_ns; /* an SA that does not come to its end within this is forgotten */
	int64_t alive_ns;     /* heard nothing for this: asks whether the UE is there; -1 never */
	int64_t timeout_ns, tries; /* of its own requests */
};
extern const struct sim_section n3iwf_section;

struct n3iwf;
/* operator_seed: what the operator certifies its N3IWFs with (models/nf/nwu.h). */
struct n3iwf *n3iwf_new(struct nf_env *env, const struct n3iwf_config *config, struct id_plmn plmn,
                        const uint8_t operator_seed[32]);
extern const struct nf_entry nf_n3iwf;

#endif
