/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside the AUSF: ausf.c (resources, dispatch), ausf_aka.c (5G-AKA), ausf_eap.c (EAP-AKA'), ausf_result.c
 * (what remains of an authentication).
 */
#ifndef MODELS_NF_AUSF_STATE_H
#define MODELS_NF_AUSF_STATE_H

#include "models/msg/eap.h"
#include "models/nf/ausf.h"
#include "models/nf/guard.h"
#include "models/nf/index.h"
#include "models/nf/numbers.h"

/* A ue-authentications resource: one authentication. One SUPI may have several at once. */
struct ausf_context {
	struct sim_handle self;
	struct msg request; /* answered next */
	struct guard_wait life;
	uint32_t epoch;
	uint8_t awaited;         /* enum msg_type: the answer that the UDM owes           */
	uint8_t method;          /* enum msg_method: of the vector                        */
	bool akma;
	uint64_t msin;           /* SUPI, known from the UDM's answer on                  */
	struct id_plmn serving;
	uint8_t rand[16];
	uint8_t xres_star[16], kausf[32], kseaf[32];
	/* EAP-AKA' */
	uint8_t eap_id;          /* of the request that is out                            */
	uint8_t eap_round;       /* enum ausf_round                                       */
	uint8_t synch_failures;
	uint8_t xres[16], xres_n, k_aut[32];
};
enum ausf_round {
	AUSF_ROUND_NONE,      /* the UDM is asked for a vector                  */
	AUSF_ROUND_CHALLENGE, /* the peer is to answer AKA'-Challenge           */
	AUSF_ROUND_FAILING,   /* … AKA'-Notification: whatever it says, it fails */
	AUSF_ROUND_CONFIRMING /* the UDM is told of the success                 */
};

/* What is kept of the last good authentication of a subscriber; gone after a crash. */
struct ausf_result {
	struct sim_handle context; /* authCtxId of the resource that brought it */
	uint16_t epoch;
	bool has_kausf, akma; /* akma: the AAnF has been given KAKMA of it */
};
struct ausf {
	struct nf_env *env;
	const struct ausf_config *config;
	const struct home *home;
	struct sim_pool *contexts;
	struct guard lives;         /* of contexts                                  */
	struct nf_index by_rand;    /* challenges that are out: RAND to context     */
	struct nf_numbers by_context; /* whose last result an authCtxId has brought */
	struct ausf_result *result; /* by MSIN - HOME_MSIN_FIRST                    */
	uint8_t (*kausf)[32];       /* likewise; of background nothing is derived from it: never written */
	uint32_t epoch;
};

/* authCtxId of a subscriber's last result, for by_context. */
uint64_t ausf_context_of(const void *ausf, uint32_t number);

/* ausf.c */
struct ausf_context *ausf_new_context(struct ausf *ausf, const struct msg *request);
struct ausf_context *ausf_find(struct ausf *ausf, struct sim_handle handle); /* counts when gone */
struct ausf_context *ausf_find_silently(struct ausf *ausf, struct sim_handle handle);
/* The context to which this answer is due; others are counted. */
struct ausf_context *ausf_awaiting(struct ausf *ausf, const struct msg *answer);
void ausf_keep(struct ausf *ausf, struct ausf_context *c); /* for another context_lifetime */
void ausf_give(struct ausf *ausf, struct ausf_context *c);
/* The challenge with this RAND is out; of an older one of the resource it no longer is. */
void ausf_note_challenge(struct ausf *ausf, struct ausf_context *c, const uint8_t rand[16]);

/* ausf_aka.c */
void ausf_aka_challenge(struct ausf *ausf, struct ausf_context *c, const struct msg *answer);
void ausf_aka_confirm(struct ausf *ausf, const struct msg *request);

/* ausf_eap.c */
void ausf_eap_challenge(struct ausf *ausf, struct ausf_context *c, const struct msg *answer);
void ausf_eap_notify(struct ausf *ausf, struct ausf_context *c, const struct sim_span *span);
void ausf_eap_session(struct ausf *ausf, const struct msg *request);

/* ausf_result.c: the UDM hears how it ended; KAUSF is stored, the SEAF gets its answer. */
void ausf_report(struct ausf *ausf, struct ausf_context *c, const struct msg *cause_of,
                 bool success);
/* Under 5G-AKA when RES* is right, under EAP-AKA' when EAP-Success is sent (6.2.2.1). */
void ausf_store_kausf(struct ausf *ausf, const struct ausf_context *c);
void ausf_reported(struct ausf *ausf, const struct msg *answer);
void ausf_remove(struct ausf *ausf, const struct msg *request);
void ausf_removed(struct ausf *ausf, const struct msg *answer);
void ausf_deregister(struct ausf *ausf, const struct msg *request);
/* KAUSF of a subscriber (32 octets); NULL when there is none. */
const uint8_t *ausf_kausf(struct ausf *ausf, uint64_t msin);

#endif
