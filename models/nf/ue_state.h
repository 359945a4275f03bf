/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside a UE: shared by ue.c (who drives it) and ue_registration.c (its 5GMM machine). */
#ifndef MODELS_NF_UE_STATE_H
#define MODELS_NF_UE_STATE_H

#include "models/nf/ue.h"
#include "models/radio/radio.h"
#include "sim/core/fsm.h"

/* 5GMM states of TS 24.501 5.1.3.2.1; CONNECTING is REGISTERED-INITIATED before RRC is up. */
enum ue_state {
	UE_DEREGISTERED,
	UE_ATTEMPTING, /* DEREGISTERED.ATTEMPTING-REGISTRATION: waits for T3511 or T3502 */
	UE_CONNECTING,
	UE_REGISTERED_INITIATED,
	UE_REGISTERED,
	UE_DEREGISTERED_INITIATED
};
enum ue_event {
	UE_E_REGISTER,
	UE_E_CONNECTED,
	UE_E_NOT_CONNECTED,
	UE_E_IDENTITY_REQUEST,
	UE_E_AUTHENTICATION_REQUEST,
	UE_E_REJECT, /* Authentication Reject, Registration Reject */
	UE_E_SECURITY_MODE_COMMAND,
	UE_E_REGISTRATION_ACCEPT,
	UE_E_CONFIGURATION_UPDATE,
	UE_E_T3510,
	UE_E_T3511, /* or T3502 */
	UE_E_DEREGISTER,
	UE_E_DEREGISTRATION_ACCEPT,
	UE_E_T3521,
	UE_N_EVENTS
};

struct ue {
	struct ues *all;
	uint32_t number;
	uint8_t state;           /* enum ue_state                                        */
	uint8_t attempt;         /* registration attempt counter                         */
	uint8_t attempts_made;   /* of this demand                                       */
	uint8_t extra_procedures;
	uint8_t last_cause;
	bool has_keys;
	uint32_t demand;         /* counts demands: high part of procedure numbers       */
	uint32_t tmsi;           /* 5G-TMSI of the stored 5G-GUTI; 0 none                */
	struct sqn_usim sqn;     /* what the USIM has accepted                           */
	uint32_t ul_count, dl_count;
	struct home_card card;
	struct msg_suci suci;    /* last one sent; reused while T3519 runs               */
	struct msg_identity sent; /* of the Registration Request: repeated when secured  */
	int64_t t3519_until_ns;
	uint8_t rand[16], res_star[16]; /* answered last, for a retransmitted request     */
	uint8_t kausf[32], kamf[32], kakma[32], a_tid[32];
	uint8_t knas_int[16], knas_enc[16];
	int64_t began_ns;        /* of the demand                                        */
	struct sim_span span;    /* of the demand's chain                                */
	struct sim_timer guard;  /* T3510 or T3521                                       */
	struct sim_timer retry;  /* T3511 or T3502                                       */
	struct ue_user user;
};

struct ues {
	struct nf_env *env;
	const struct ue_config *config;
	const struct home *home;
	struct radio *radio;
	struct ue *ue;
	struct ue_listener listener;
	bool one_loop; /* they share the station of env->node.ue */
};

extern const struct sim_fsm ue_fsm;
void ue_step(struct ue *ue, enum ue_event event, const struct msg *msg);
uint32_t ue_attempt_procedure(const struct ue *ue);

/* NAS towards the AMF: encodes with the sender's security, goes over the air after `work`. */
void ue_send_nas(struct ue *ue, struct msg *msg, const uint8_t *plain, uint16_t n,
                 struct nf_demand work);
struct nf_demand ue_work(const struct ue *ue, enum svc_step step, const struct msg *msg,
                         int64_t crypto_ns);

#endif
