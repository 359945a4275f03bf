/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SMF, which stands beside the UPF: tells the AMF that user data waits for a UE (TS 23.502
 * 4.2.3.3). */
#ifndef MODELS_NF_SMF_H
#define MODELS_NF_SMF_H

#include "models/nf/home.h"
#include "models/nf/nf.h"

struct smf;
struct smf *smf_new(struct nf_env *env);
/* User data for a subscriber has come to the UPF. */
void smf_data_waits(struct smf *smf, uint32_t ue);
extern const struct nf_entry nf_smf;

/* Of each subscriber, at rest (scenarios/at_rest.h). */
uint32_t smf_octets_each(void);

#endif
