/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DTF: the digital twin function of the use case: enrolment, assertions, storage.
 *
 * Models: sessions authenticated both ways by KAF of AKMA (docs/DT_INTERFACE.md, DT1); enrolment:
 * a twin bound to a subscription, a token on the ledger, a record in the home database through the
 * UDM; assertions for hospitals under a pseudonym per holder key, with the subscriber's identity
 * sealed to the hospital's care team; sealing and storing at the end of use.
 * Leaves out: update, transfer, guardianship, revocation, opening by an authority; TLS below DT1
 * (its record is in the lengths, a connection is warm as on the SBI).
 * A crash loses sessions, keys and transactions. Twins that the home database confirmed are read
 * back from it at restart; that takes no simulated time.
 * Sources: the use case, 5.A; TS 33.535 for KAF.
 */
#ifndef MODELS_NF_DTF_H
#define MODELS_NF_DTF_H

#include "models/nf/anchors.h"
#include "models/nf/station_config.h"
#include "models/policy/policy.h"

struct dtf_config {
	struct nf_station_config station;
	int64_t sbi_timeout_ns;
	int64_t ledger_timeout_ns;
};
extern const struct sim_section dtf_section;

struct dtf;
struct dtf *dtf_new(struct nf_env *env, const struct dtf_config *config,
                    const struct pol_config *policy, struct nf_anchors *anchors);
extern const struct nf_entry nf_dtf;

#endif
