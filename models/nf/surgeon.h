/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The surgeons' days: each operation of the plan from the start of the headset to its end, and the
 * enrolment of the twins on the first morning. Drives the UE (ue.h) and the twin's client (twin.h).
 *
 * An operation is lost when the registration is given up, when entering fails, when an
 * interruption lasts longer than lost_ns, or when its surgeon is still busy with the one before. A
 * surgeon without a twin tries to enrol again and again, when no operation is on.
 */
#ifndef MODELS_NF_SURGEON_H
#define MODELS_NF_SURGEON_H

#include "models/nf/twin.h"
#include "models/nf/ue.h"

struct hospital_config;

struct surgeon_operation {
	int64_t start_ns; /* the headset starts    */
	int64_t length_ns; /* of the session       */
	uint32_t ue;      /* who operates         */
	uint16_t hospital; /* number, from 0       */
	uint16_t cell;    /* where the surgeon is */
};
struct surgeon_plan {
	const struct surgeon_operation *operation; /* in order of start; at most one at a time */
	uint32_t n_operations;
	int64_t enrol_ns;       /* the first surgeon enrols at this time …              */
	int64_t enrol_apart_ns; /* … the second one this much later                     */
	int64_t enrol_again_ns; /* a surgeon still without a twin tries again after this */
	int64_t registration_deadline_ns, entering_deadline_ns, survival_ns, lost_ns;
	bool ladder; /* record the messages of the first operation, up to the entry */
};

struct surgeons;
/* Takes over NF_KIND_SURGEON events. The surgeons are the subscribers 0 … n_surgeons - 1. */
struct surgeons *surgeons_new(struct nf_env *env, struct ues *ues, const struct nf_anchors *anchors,
                              const struct pol_config *policy,
                              const struct hospital_config *hospital,
                              const struct surgeon_plan *plan, uint32_t n_surgeons);
void surgeons_start(struct surgeons *surgeons);
/* The number of the operation this UE is in, or UINT32_MAX. */
uint32_t surgeons_session(const struct surgeons *surgeons, uint32_t ue);
/* Rows for demands still open at the end of the run (censored). */
void surgeons_finish(struct surgeons *surgeons);

#endif
