/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside the AMF: shared by amf.c (contexts, messages) and amf_registration.c (the procedure). */
#ifndef MODELS_NF_AMF_STATE_H
#define MODELS_NF_AMF_STATE_H

#include "models/nf/amf.h"
#include "models/nf/index.h"
#include "sim/core/fsm.h"

enum amf_ue_state {
	AMF_NEW,
	AMF_WAIT_IDENTITY,
	AMF_WAIT_VECTOR,
	AMF_WAIT_RESPONSE,
	AMF_WAIT_CONFIRMATION,
	AMF_WAIT_SMC_COMPLETE,
	AMF_WAIT_SUBSCRIPTION, /* six calls, one after another */
	AMF_WAIT_COMPLETE,
	AMF_REGISTERED
};
enum amf_ue_event {
	AMF_E_REGISTRATION_REQUEST,
	AMF_E_IDENTITY_RESPONSE,
	AMF_E_SBI_ANSWER,
	AMF_E_AUTHENTICATION_RESPONSE,
	AMF_E_AUTHENTICATION_FAILURE,
	AMF_E_SMC_COMPLETE,
	AMF_E_REGISTRATION_COMPLETE,
	AMF_E_DEREGISTRATION_REQUEST,
	AMF_E_NAS_TIMER, /* T3560, T3550 or T3570 */
	AMF_E_SBI_TIMEOUT,
	AMF_N_EVENTS
};

struct amf_ue {
	struct amf *amf;
	struct sim_handle self;
	struct sim_handle ran;  /* the radio connection (RAN UE NGAP ID)                */
	struct sim_handle ausf; /* the AUSF's context (its ue-authentications resource) */
	uint16_t gnb;           /* node                                                 */
	uint8_t state;          /* enum amf_ue_state                                    */
	uint8_t call;           /* which of the six                                     */
	uint8_t resent;         /* retransmissions of the NAS message waited for        */
	uint8_t resync;         /* synch failures of this authentication                */
	uint8_t scheme;
	uint32_t epoch;         /* of the AMF, when the context was made                */
	bool accepted;          /* Registration Accept has been sent                    */
	bool asked;             /* the AUSF, and the authentication is not over         */
	bool finished;          /* freed when the present step is over                  */
	uint32_t ue, procedure; /* bookkeeping                                          */
	uint32_t tmsi;
	uint64_t msin;          /* SUPI, known after confirmation; 0 before             */
	uint32_t ul_count, dl_count;
	struct msg_identity identity;
	uint8_t rand[16], autn[16], hxres_star[16], res_star[16];
	uint8_t kseaf[32], kamf[32], kgnb[32], knas_int[16], knas_enc[16];
	struct sim_span span;        /* of the chain, when the last message was handled   */
	struct sim_span at_request;  /* when the Registration Request arrived             */
	struct sim_span at_ausf;     /* when the AUSF was asked                           */
	struct sim_timer nas, sbi;
	int64_t sbi_deadline_ns;     /* 0: no call is open                                */
};

struct amf {
	struct nf_env *env;
	const struct amf_config *config;
	const struct home *home;
	struct sim_pool *ues;
	struct sim_handle *by_msin;       /* registered context by MSIN - HOME_MSIN_FIRST     */
	uint32_t *tmsi_of;                /* 5G-TMSI given to each                            */
	struct nf_index by_tmsi;          /* 5G-TMSI to MSIN                                  */
	uint32_t epoch;                   /* counts restarts: an older context is gone        */
};

extern const struct sim_fsm amf_fsm;
/* Feeds an event; frees the context when the procedure has finished it. */
void amf_step(struct amf_ue *u, enum amf_ue_event event, const struct msg *msg);

/* Sending on behalf of a context (amf.c). */
struct msg *amf_message(struct amf_ue *u, enum msg_type type);
void amf_send_nas(struct amf_ue *u, struct msg *msg, const uint8_t *plain, uint16_t n);
void amf_call(struct amf_ue *u, uint16_t node, struct msg *request);
/* Checks an uplink message's MAC under the context's keys. */
bool amf_good_uplink(struct amf_ue *u, const struct msg *msg);
void amf_start_nas_timer(struct amf_ue *u, int64_t after_ns);
/* A context found by 5G-TMSI: its MSIN, or 0. */
uint64_t amf_msin_of_tmsi(const struct amf *amf, uint32_t tmsi);
void amf_allocate_tmsi(struct amf_ue *u);

#endif
