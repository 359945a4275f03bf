/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside the AMF: what its procedures share. Each procedure is a machine with a table in a file
 * of its own; a context's 5GMM state (TS 24.501 5.1.3.2.2) follows from theirs. amf_nas.c takes
 * NAS messages apart and feeds the machines, amf_context.c finds, makes and forgets contexts,
 * amf_guti.c gives 5G-GUTIs. Network-initiated procedures on one context follow one another: one
 * NAS timer serves them all.
 */
#ifndef MODELS_NF_AMF_STATE_H
#define MODELS_NF_AMF_STATE_H

#include "models/msg/msg_ngap.h"
#include "models/msg/nas.h"
#include "models/nf/amf.h"
#include "models/nf/guard.h"
#include "models/nf/index.h"
#include "models/nf/numbers.h"
#include "models/nf/security.h"
#include "sim/core/fsm.h"

enum amf_machine {
	AMF_REGISTRATION,
	AMF_IDENTITY,
	AMF_AUTHENTICATION,
	AMF_SECURITY_MODE,
	AMF_CONFIGURATION,
	AMF_DEREGISTRATION,
	AMF_SERVICE,
	AMF_PAGING,
	AMF_N_MACHINES
};
extern const struct sim_fsm amf_registration, amf_identity, amf_authentication, amf_security_mode,
	amf_configuration, amf_deregistration, amf_service, amf_paging;

/* ---- the machines' states and events ---- */

enum { AMF_REG_NONE, AMF_REG_COMMON, AMF_REG_SUBSCRIPTION, AMF_REG_COMPLETE };
enum {
	AMF_REG_E_REQUEST,
	AMF_REG_E_SECURED, /* authentication and security mode are done, or were not needed */
	AMF_REG_E_ANSWER,
	AMF_REG_E_SBI_TIMEOUT,
	AMF_REG_E_COMPLETE,
	AMF_REG_E_T3550,
	AMF_REG_E_ABORT,
	AMF_REG_N_EVENTS
};
enum { AMF_ID_NONE, AMF_ID_REQUESTED };
enum { AMF_ID_E_BEGIN, AMF_ID_E_RESPONSE, AMF_ID_E_T3570, AMF_ID_E_ABORT, AMF_ID_N_EVENTS };
enum { AMF_AUTH_NONE, AMF_AUTH_VECTOR, AMF_AUTH_RESPONSE, AMF_AUTH_CONFIRMATION };
enum {
	AMF_AUTH_E_BEGIN,
	AMF_AUTH_E_ANSWER,
	AMF_AUTH_E_SBI_TIMEOUT,
	AMF_AUTH_E_RESPONSE,
	AMF_AUTH_E_FAILURE,
	AMF_AUTH_E_T3560,
	AMF_AUTH_E_ABORT,
	AMF_AUTH_N_EVENTS
};
enum { AMF_SEC_NONE, AMF_SEC_COMMANDED };
enum {
	AMF_SEC_E_BEGIN,
	AMF_SEC_E_COMPLETE,
	AMF_SEC_E_REJECT,
	AMF_SEC_E_T3560,
	AMF_SEC_E_ABORT,
	AMF_SEC_N_EVENTS
};
enum { AMF_CONF_NONE, AMF_CONF_COMMANDED };
enum {
	AMF_CONF_E_INFORM,     /* names and time: not acknowledged */
	AMF_CONF_E_REALLOCATE, /* a new 5G-GUTI: acknowledged      */
	AMF_CONF_E_COMPLETE,
	AMF_CONF_E_T3555,
	AMF_CONF_E_ABORT,
	AMF_CONF_N_EVENTS
};
enum { AMF_DEREG_NONE, AMF_DEREG_REQUESTED };
enum {
	AMF_DEREG_E_REQUEST, /* the UE's */
	AMF_DEREG_E_BEGIN,   /* ours     */
	AMF_DEREG_E_ACCEPT,
	AMF_DEREG_E_T3522,
	AMF_DEREG_E_ABORT,
	AMF_DEREG_N_EVENTS
};
enum { AMF_SRV_READY };
enum { AMF_SRV_E_REQUEST, AMF_SRV_N_EVENTS };
enum { AMF_PAGE_NONE, AMF_PAGE_PAGED };
enum {
	AMF_PAGE_E_BEGIN,
	AMF_PAGE_E_T3513,
	AMF_PAGE_E_ABORT,
	AMF_PAGE_N_EVENTS
};

/* What a machine is given with an event that a message is. */
struct amf_input {
	const struct msg *msg;
	const struct nas_message *nas; /* NULL: SBI                     */
	struct nas_octets plain;       /* the same, out of its header   */
	bool integrity;                /* passed the integrity check    */
};

/* What is to be done when the UE can be reached: bits. */
enum {
	AMF_THEN_AUTHENTICATE = 1, /* the home network asks for it (TS 33.501 6.1.5)  */
	AMF_THEN_DEREGISTER = 2,
	AMF_THEN_DELIVER = 4       /* user data waits: the service itself is the answer */
};

/* ---- a context ---- */

#define AMF_TIMER_REPETITIONS(name, value, longest, repetitions, clause, doc)                      \
	AMF_REPETITIONS_##name = (repetitions),
enum { AMF_TIMERS(AMF_TIMER_REPETITIONS) };
#undef AMF_TIMER_REPETITIONS

/* What a context has while something is under way: one at rest, connected or idle, has none. */
struct amf_run {
	struct sim_handle self;
	struct sim_span span;        /* of the chain, when the last message was handled   */
	struct sim_timer nas;
	struct guard_wait call;      /* under way: a call is open                         */
	struct amf_ue *of;           /* whose                                             */
	struct msg_identity identity;
	uint8_t rand[16], autn[16], hxres_star[16];
	struct msg_eap eap;          /* the network's last EAP message                    */
	struct security fresh;       /* of the Security Mode Command under way            */
	struct sim_span at_request;  /* when the Registration Request arrived             */
	struct sim_span at_ausf;     /* when the AUSF was asked                           */
	struct sim_handle ausf;      /* its context (its ue-authentications resource)     */
	uint32_t request_hash;       /* of what the last Registration Request says        */
	uint16_t sbi_answer;         /* type of the answer that an open call waits for    */
	uint8_t sbi_machine;         /* enum amf_machine that made the call               */
	uint8_t step;                /* which of a registration's six                     */
	uint8_t resent;              /* retransmissions of the NAS message waited for     */
	uint8_t resync;              /* synch failures of this authentication             */
	uint8_t retried;             /* failed challenges answered by another             */
};

struct amf_ue {
	struct amf *amf;
	struct amf_run *run;    /* NULL: at rest                                        */
	struct sim_handle ran;  /* the radio connection (RAN UE NGAP ID)                */
	struct sim_handle sdm, policy; /* resources of UDM and PCF: the subscription, the association */
	uint8_t at[AMF_N_MACHINES]; /* states */
	uint16_t gnb;           /* node                                                 */
	uint8_t method;         /* enum msg_method                                      */
	uint8_t ngksi;          /* given to the authentication under way                */
	uint8_t type;           /* enum nas_registration_type of the last registration  */
	uint8_t then;           /* AMF_THEN_… bits                                      */
	uint8_t reason;         /* 5GMM cause of a deregistration of ours, 0 none       */
	uint8_t n_capability;
	bool reregister : 1;    /* of a deregistration of ours                          */
	bool follow_on : 1;
	bool connected : 1;     /* 5GMM-CONNECTED                                       */
	bool secure : 1;        /* secure exchange of NAS messages on this connection   */
	bool registered : 1;    /* a Registration Accept has been sent, and not ended   */
	bool asked : 1;         /* the AUSF, and the authentication is not over         */
	bool by_guti : 1;       /* the UE told who it is by 5G-GUTI                     */
	bool retransmit : 1;    /* the initial NAS message is wanted whole (4.4.6)      */
	bool mismatch : 1;      /* HRES* was not HXRES*                                 */
	bool missing : 1;       /* the mobile reachable timer has run out               */
	bool non_3gpp : 1;      /* behind an N3IWF                                      */
	bool finished : 1;      /* freed when the present step is over                  */
	uint32_t epoch;         /* of the AMF, when the context was made                */
	uint32_t ue, procedure; /* bookkeeping                                          */
	uint32_t tmsi, old_tmsi; /* both valid until the new one is confirmed; 0 none   */
	uint32_t msin;          /* SUPI, known after confirmation; 0 before             */
	uint8_t capability[8];  /* UE security capability as received                   */
	struct security security; /* current                                            */
	struct sim_alarm reachable;
};

struct amf {
	struct nf_env *env;
	const struct amf_config *config;
	const struct home *home;
	struct sim_pool *ues, *runs;
	uint16_t reachable;               /* group of alarms */
	struct guard calls;               /* that are open                                    */
	struct sim_handle *by_msin;       /* registered context by MSIN - HOME_MSIN_FIRST     */
	uint32_t *tmsi_of;                /* 5G-TMSI given to each                            */
	uint16_t *triggered;              /* procedures that the network began, of each       */
	struct nf_numbers by_tmsi;        /* whose in tmsi_of it is                           */
	struct nf_index by_old_tmsi;      /* to MSIN, until the new one is confirmed          */
	uint32_t epoch;                   /* counts restarts: an older context is gone        */
	uint32_t last_tmsi;               /* of incrementing allocation                       */
	int64_t admitted_until_ns;        /* time that those admitted so far fill, at the rate */
	uint16_t node, pcf;
	uint16_t gnb0;                    /* its gNBs                                         */
	struct id_plmn plmn;              /* its network                                      */
	struct id_plmn serving;           /* the same on the SBI: no digits at home           */
};

/* ---- driving (amf.c) ---- */

void amf_feed(struct amf_ue *u, enum amf_machine machine, uint8_t event,
              const struct amf_input *input);
void amf_unexpected(void *self, uint8_t state, uint8_t event, const void *arg);
void amf_count(struct amf_ue *u, enum nf_counter what);
/* The one NAS timer: its expiry is an event of the machine. */
void amf_start_timer(struct amf_ue *u, int64_t after_ns, enum amf_machine machine, uint8_t event);
void amf_stop_timer(struct amf_ue *u);
/* On expiry, with the timer's AMF_REPETITIONS_: true, another repetition is due (counted); false:
 * the last has been. */
bool amf_repeats(struct amf_ue *u, int repetitions);
/* A call on behalf of a machine, whose ANSWER or SBI_TIMEOUT follows. */
void amf_call(struct amf_ue *u, enum amf_machine machine, uint16_t node, struct msg *request);
/* A chain that the network begins: number and span of its own. */
void amf_begin_procedure(struct amf_ue *u);

/* ---- NAS (amf_nas.c) ---- */

struct msg *amf_message(struct amf_ue *u, enum msg_type type);
/* Protected where the exchange is secure, then to the UE; msg is given away. */
void amf_send_nas(struct amf_ue *u, struct msg *msg, const uint8_t *plain, uint16_t n);
void amf_send_command(struct amf_ue *u, struct msg *msg, const uint8_t *plain, uint16_t n);
void amf_receive_nas(struct amf *amf, const struct msg *msg);

/* ---- contexts and connections (amf_context.c) ---- */

struct amf_ue *amf_new_context(struct amf *amf, const struct msg *request);
struct amf_ue *amf_find(struct amf *amf, struct sim_handle handle); /* NULL: gone */
struct amf_ue *amf_of_msin(struct amf *amf, uint64_t msin);
/* Something comes to the context, which may be at rest; amf_settle() follows. */
void amf_wake(struct amf_ue *u);
/* The context speaks over the connection that the message came by. */
void amf_attach(struct amf_ue *u, const struct msg *msg);
/* Tells the gNB to release; what was under way ends. */
void amf_release(struct amf_ue *u);
/* The UDM and the PCF hear that the UE is no longer registered here; nobody waits for their
 * answers. */
void amf_purge(struct amf_ue *u);
/* Releases and frees: at the end of the step, see amf_settle. */
void amf_finish(struct amf_ue *u);
/* Frees what has finished, and what an idle context need not have. Call it last after feeding
 * from outside. */
void amf_settle(struct amf_ue *u);
void amf_abort_all(struct amf_ue *u);
/* The newest registration of a SUPI replaces an older one. */
void amf_become_registered(struct amf_ue *u);
/* An idle UE is reached by paging, then what is to be done is done; at once when it is
 * connected. */
void amf_reach(struct amf_ue *u, uint8_t then);
void amf_do_what_waits(struct amf_ue *u);
void amf_start_reachable_timer(struct amf_ue *u);
/* An association that this AMF does not know: Error Indication's effect (TS 38.413 8.7.5). */
void amf_release_unknown(struct amf *amf, const struct msg *msg);

/* ---- 5G-GUTIs (amf_guti.c) ---- */

uint64_t amf_msin_of_tmsi(const struct amf *amf, uint32_t tmsi); /* 0: unknown */
uint64_t amf_tmsi_of(const void *amf, uint32_t number);         /* for by_tmsi */
struct id_guti amf_guti(const struct amf *amf, uint32_t tmsi);
/* Whether it names this AMF: by network, region, set and pointer, or by set and pointer alone. */
bool amf_is_own_guti(const struct amf *amf, const struct id_guti *guti);
bool amf_is_own_s_tmsi(const struct amf *amf, const struct id_guti *guti);
/* A new one beside the present one; both hold until amf_confirm_guti(). */
void amf_allocate_guti(struct amf_ue *u);
void amf_confirm_guti(struct amf_ue *u);

/* ---- from one procedure to the next ---- */

/* Authentication ended well: KSEAF and SUPI. */
void amf_authenticated(struct amf_ue *u, const struct msg_key *key);
/* 24.501 5.3.9: an initial registration is one too many for the rate that is admitted. */
bool amf_is_congested(struct amf *amf);
/* It ended, or could not begin: reject of this type with this cause; the context is lost. */
void amf_reject(struct amf_ue *u, enum msg_type type, uint8_t cause);
/* A secure exchange exists: whatever waited for it goes on. */
void amf_secured(struct amf_ue *u);
/* Who is it? Again by SUCI (5.4.3), and then another authentication. */
void amf_identify(struct amf_ue *u);
void amf_record_failure(struct amf_ue *u, uint8_t cause);
/* The wait from then until now, when both are of one chain. */
void amf_record_success(struct amf_ue *u, enum rec_latency_metric metric,
                        const struct sim_span *from);

#endif
