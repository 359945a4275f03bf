/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside the UDM: shared by udm.c (dispatch), udm_arpf.c (vectors) and udm_uecm.c (who serves whom). */
#ifndef MODELS_NF_UDM_STATE_H
#define MODELS_NF_UDM_STATE_H

#include "models/nf/relay.h"
#include "models/nf/udm.h"

enum { UDM_TIMER_RELAY, UDM_TIMER_REAUTHENTICATION };
enum { UDM_NOBODY = 0xffff };

/* What the UDM holds of a subscriber, in memory: gone after a crash. */
struct udm_subscriber {
	int64_t asked_ns;             /* a vector is out since; -1 the result has come        */
	uint32_t procedure;           /* with `vectors`, so many of it so far, names RANDs    */
	uint32_t uecm_procedure;      /* bookkeeping of what the UDM begins by itself         */
	uint16_t epoch;               /* of the UDM, when this was learnt                     */
	uint16_t amf;                 /* node of the AMF that is registered, or UDM_NOBODY    */
	uint16_t ausf;                /* node of the AUSF that reported the last success      */
	uint8_t sqn[6];               /* SQN_HE                                               */
	uint8_t amf_field[2];         /* of AUTN                                              */
	uint8_t vectors;
	uint8_t method : 6;           /* enum msg_method                                      */
	bool akma : 1;
	bool has_keys : 1;            /* the UDR has told them; K and OPc are drawn again     */
};
struct udm {
	struct nf_env *env;
	const struct udm_config *config;
	const struct home *home;
	struct relay relay;
	struct udm_subscriber *subscriber; /* by MSIN - HOME_MSIN_FIRST */
	struct sim_timer *reauthentication; /* likewise; NULL where nobody is, by configuration */
};

/* NULL: no such subscriber. What was learnt before a restart is forgotten. */
struct udm_subscriber *udm_subscriber(struct udm *udm, uint64_t msin);
void udm_reply(struct udm *udm, const struct msg *request, enum msg_type type, uint8_t cause,
               const struct sim_span *span);

/* udm_arpf.c: Nudm_UEAuthentication_Get and what the UDR says to it. */
void udm_generate(struct udm *udm, const struct msg *request);
void udm_told_keys(struct udm *udm, const struct msg *told);
void udm_told_sqn(struct udm *udm, const struct msg *told);
struct nf_demand udm_generate_demand(const struct udm *udm, const struct msg *msg);

/* udm_uecm.c: registrations of AMFs, and what follows from them. */
void udm_uecm_register(struct udm *udm, const struct msg *request);
void udm_told_status(struct udm *udm, const struct msg *told);
void udm_told_uecm(struct udm *udm, const struct msg *request, const struct msg *told);
void udm_told_deregistered(struct udm *udm, const struct msg *request, const struct msg *told);
void udm_told_event(struct udm *udm, const struct msg *request, const struct msg *told);
void udm_auth_trigger(struct udm *udm, const struct msg *request);
void udm_reauthenticate(struct udm *udm, uint64_t msin);
void udm_stop_reauthentication(struct udm *udm, const struct udm_subscriber *s);
void udm_told_reauthentication(struct udm *udm, const struct msg *told);

#endif
