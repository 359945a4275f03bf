/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The twin's client on the headset: enrolment at the DTF (authenticated by KAF of AKMA),
 * pseudonymous assertions, entering a hospital with mutual authentication, keep-alives, leaving.
 *
 * Models: the headset's side of DT1 and DT2 (docs/DT_INTERFACE.md), its cryptography by the cost
 * table, repetition of unanswered requests, assertions kept while the policy's scope and their
 * validity allow.
 * Leaves out: scanning of the representation (its parts are drawn), re-entry into a session that
 * the hospital has lost (the interruption ends it), video and haptics.
 * Sources: the use case, 5.A.3; TS 33.535.
 */
#ifndef MODELS_NF_TWIN_H
#define MODELS_NF_TWIN_H

#include "models/nf/anchors.h"
#include "models/nf/ue.h"
#include "models/policy/policy.h"

struct twins; /* the twins of all surgeons, addressed by subscriber number 0 … n-1 */

struct twins_config {
	const struct pol_config *policy;
	const struct nf_anchors *anchors;
	int64_t keep_alive_ns, answer_ns;               /* section `hospital` … */
	int64_t entry_timeout_ns, enrol_timeout_ns;
	int64_t entry_retries;
	bool akma;                    /* hospitals want an A-KID and KAF before a hello    */
	int64_t entering_deadline_ns; /* dt.auth_latency within it is met           */
	int64_t lost_ns;              /* an interruption longer than this is the end */
};

struct twin_user {
	void *context;
	/* The demand ended; span: the chain that it was asked with, up to now. */
	void (*enrolled)(void *context, uint32_t ue, bool ok, const struct sim_span *span);
	void (*entered)(void *context, uint32_t ue, bool ok, uint8_t cause,
	                const struct sim_span *span);
	void (*left)(void *context, uint32_t ue);
	/* The session was without an answer from from_ns to to_ns; ended: it was given up. */
	void (*interrupted)(void *context, uint32_t ue, int64_t from_ns, int64_t to_ns, bool ended);
};

struct twins *twins_new(struct nf_env *env, struct ues *ues, const struct twins_config *config,
                        uint32_t n_twins);
void twins_set_user(struct twins *twins, const struct twin_user *user);
/*
 * Each continues the chain of `span` (marked up to now) and records its latency when it ends.
 * session: how many sessions the surgeon has had; a policy may name a pseudonym by it. One demand
 * at a time: another is counted as unexpected and does nothing.
 */
void twin_enrol(struct twins *twins, uint32_t ue, const struct sim_span *span);
void twin_enter(struct twins *twins, uint32_t ue, uint16_t hospital, uint32_t session,
                const struct sim_span *span);
void twin_leave(struct twins *twins, uint32_t ue);
/*
 * The UE's user-plane messages, and the twin's timers (NF_KIND_SURGEON with detail >=
 * TWIN_EVENT).
 */
enum { TWIN_EVENT = 0x100 };
void twin_message(void *twins, uint32_t ue, const struct msg *msg);
void twin_event(void *twins, const struct sim_event *event);
/* Demands still open at the end of the run are recorded as censored. */
void twins_finish(struct twins *twins);

#endif
