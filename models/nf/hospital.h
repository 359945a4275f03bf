/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hospital platform: admits a twin, runs the surgery session, knows the care team.
 *
 * Models: challenge signed by the platform; an assertion checked for the home network's signature,
 * audience, validity, revocation, and proof of possession of the holder key over the transcript;
 * admission signed by the platform; keep-alives; leaving with proof of possession
 * (docs/DT_INTERFACE.md, DT2).
 * The care team opens the sealed identity on a device of its own: the operator of the platform
 * sees the pseudonym alone, and the opening delays nobody.
 * Leaves out: video and haptics (the keep-alive measures whether they could flow), TLS below DT2
 * (its record is in the lengths), entries in the revocation list (nothing revokes yet; looking it
 * up is charged).
 * Sources: the use case, 5.A.3; challenge and response: ISO/IEC 9798-3, three-pass mutual
 * authentication.
 */
#ifndef MODELS_NF_HOSPITAL_H
#define MODELS_NF_HOSPITAL_H

#include "models/nf/anchors.h"
#include "models/nf/station_config.h"
#include "models/nf/witness.h"

struct hospital_config {
	struct nf_station_config station;
	int64_t keep_alive_ns;    /* interval between keep-alives of a session              */
	int64_t answer_ns;        /* a keep-alive unanswered for this long has failed        */
	int64_t entry_timeout_ns; /* an unanswered request of the twin's client is repeated  */
	int64_t entry_retries;    /* so often, before the client gives up                    */
	bool akma;                /* headsets authenticate by AKMA before they say hello     */
	int64_t enrol_timeout_ns; /* the same for an enrolment, which waits for the ledger   */
};
extern const struct sim_section hospital_section;

struct hospital;
/* number: 0 … anchors->n_hospitals - 1; node = env->node.hospital0 + number. Publishes its keys.
 * witness: what the record notes; the platform never decides by it; NULL: nothing. */
struct hospital *hospital_new(struct nf_env *env, const struct hospital_config *config,
                              uint16_t number, struct nf_anchors *anchors,
                              const struct witness *witness);
extern const struct nf_entry nf_hospital;

#endif
