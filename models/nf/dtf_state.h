/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside the DTF: shared by dtf.c (the procedures), dtf_subscriber.c (sessions), dtf_twin.c
 * (twins).
 */
#ifndef MODELS_NF_DTF_STATE_H
#define MODELS_NF_DTF_STATE_H

#include "models/nf/dtf.h"
#include "models/nf/index.h"
#include "sim/core/fsm.h"

enum dtf_twin { DTF_NO_TWIN, DTF_PENDING, DTF_STORED };

/* Numbers of the DTF's own secrets, and steps of its draws (nf_stream). */
enum { DTF_SECRET_SIGN, DTF_SECRET_PSEUDONYM, DTF_SECRET_STORE };
enum { DTF_DRAW_NONCE = 0x400, DTF_DRAW_SALT, DTF_DRAW_SEAL };

struct dtf_subscriber {
	struct dtf_subscriber *next; /* all of them */
	uint64_t msin;
	/* volatile: KAF and the session opened with it */
	bool has_kaf, in_session;
	uint8_t a_tid[32], kaf[32], nonce[16], nonce2[16];
	int64_t kaf_until_ns;
	uint32_t count; /* of the last request */
	/* the home database's, from the moment that it confirms */
	uint8_t twin; /* enum dtf_twin */
	uint8_t root[32], owner_key[32], salt[16], token[32];
	struct sim_handle enrolment; /* while DTF_PENDING */
};

struct dtf {
	struct nf_env *env;
	const struct dtf_config *config;
	const struct pol_config *policy;
	struct nf_anchors *anchors;
	uint8_t secret[3][32];
	struct dtf_subscriber *subscribers;
	struct sim_pool *subscriber_pool;
	struct nf_index by_msin, by_a_tid, by_session, by_root; /* to handles of subscribers */
	struct sim_pool *transactions;
	struct dtf_transaction *first; /* live ones */
};

extern const struct sim_fsm dtf_fsm; /* one transaction */

/* ---- dtf_subscriber.c ---- */

/* Who has an unexpired KAF under this A-TID; NULL nobody. */
struct dtf_subscriber *dtf_by_a_tid(const struct dtf *dtf, const uint8_t a_tid[32]);
/* Keeps a KAF that the AAnF gave, in place of the subscriber's older one. */
struct dtf_subscriber *dtf_keep_kaf(struct dtf *dtf, const uint8_t a_tid[32],
                                    const struct msg_key *key);
/* Checks a DTF session request; 0 or the cause. A repeated request finds the session it opened. */
uint8_t dtf_open_session(struct dtf *dtf, struct dtf_subscriber *subscriber,
                         const struct msg *request);
/*
 * Finds the session of a request and checks its MAC and count. NULL and the cause, or the
 * subscriber.
 */
struct dtf_subscriber *dtf_check_request(struct dtf *dtf, const struct msg *request,
                                         uint8_t *cause);
void dtf_mac_answer(struct dtf *dtf, const struct dtf_subscriber *subscriber, struct msg *answer);
void dtf_forget(struct dtf *dtf); /* what a crash loses */

/* ---- dtf_twin.c ---- */

/* May this subscriber enrol what the request says; 0 or the cause. */
uint8_t dtf_may_enrol(struct dtf *dtf, const struct dtf_subscriber *subscriber,
                      const struct msg *request);
void dtf_bind(struct dtf *dtf, struct dtf_subscriber *subscriber, const struct msg *request);
void dtf_unbind(struct dtf *dtf, struct dtf_subscriber *subscriber); /* an enrolment failed */
void dtf_fill_mint(struct dtf *dtf, const struct dtf_subscriber *subscriber, struct msg *mint);
bool dtf_is_final(struct dtf *dtf, const struct dtf_subscriber *subscriber,
                  const struct msg *final);
/* The record as it goes to the home database. */
void dtf_fill_record(struct dtf *dtf, const struct dtf_subscriber *subscriber, struct msg *record);
void dtf_assert(struct dtf *dtf, const struct dtf_subscriber *subscriber, const struct msg *request,
                struct msg_assertion *assertion);

#endif
