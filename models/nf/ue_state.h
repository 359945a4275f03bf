/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside a UE: what its procedures share. Each procedure is a machine with a table in a file of
 * its own; the 5GMM state of TS 24.501 5.1.3.2.1 follows from theirs (ue_mm). ue_nas.c takes NAS
 * messages apart and feeds the machines, ue_connection.c keeps the N1 NAS signalling connection.
 */
#ifndef MODELS_NF_UE_STATE_H
#define MODELS_NF_UE_STATE_H

#include "models/msg/nas.h"
#include "models/nf/demand.h"
#include "models/nf/security.h"
#include "models/nf/ue.h"
#include "models/radio/radio.h"
#include "sim/core/fsm.h"

#include <stddef.h>

/* TS 24.501 5.1.3.2.1 */
enum ue_mm {
	UE_DEREGISTERED,
	UE_REGISTERED_INITIATED,
	UE_REGISTERED,
	UE_DEREGISTERED_INITIATED,
	UE_SERVICE_REQUEST_INITIATED
};

enum ue_machine {
	UE_REGISTRATION,
	UE_AUTHENTICATION,
	UE_IDENTITY_PROCEDURE,
	UE_SECURITY_MODE,
	UE_CONFIGURATION,
	UE_DEREGISTRATION,
	UE_SERVICE,
	UE_N_MACHINES
};
extern const struct sim_fsm ue_registration, ue_authentication, ue_identity_procedure,
	ue_security_mode, ue_configuration, ue_deregistration, ue_service;

/* ---- the machines' states and events ---- */

enum {
	UE_REG_NONE,
	UE_REG_CONNECTING,
	UE_REG_REQUESTED,
	UE_REG_WAITING, /* ATTEMPTING-REGISTRATION(-UPDATE): T3511, T3502 or T3346 */
	UE_REG_LIMITED  /* no service, no attempt until a timer says otherwise     */
};
enum {
	UE_REG_E_BEGIN, /* of ue->type */
	UE_REG_E_CONNECTED,
	UE_REG_E_NOT_CONNECTED,
	UE_REG_E_ACCEPT,
	UE_REG_E_REJECT,
	UE_REG_E_AUTHENTICATION_REJECT,
	UE_REG_E_REJECTED_ELSEWHERE, /* Service Reject, Deregistration Request */
	UE_REG_E_NOT_GENUINE, /* the network failed the authentication check */
	UE_REG_E_RELEASED,
	UE_REG_E_T3510,
	UE_REG_E_T3512,
	UE_REG_E_RETRY, /* T3511, T3502, T3346, T3247, or the cell's bar is over */
	UE_REG_E_ABORT,
	UE_REG_N_EVENTS
};
enum { UE_AUTH_IDLE, UE_AUTH_ANSWERED /* T3516 */, UE_AUTH_FAILED /* T3520 */ };
enum {
	UE_AUTH_E_REQUEST,
	UE_AUTH_E_RESULT,
	UE_AUTH_E_REJECT,
	UE_AUTH_E_T3520,
	UE_AUTH_E_STOP, /* T3516 and T3520 stop, RAND and RES* are forgotten (5.4.1.3.2) */
	UE_AUTH_N_EVENTS
};
enum { UE_ID_READY };
enum { UE_ID_E_REQUEST, UE_ID_N_EVENTS };
enum { UE_SEC_OPEN, UE_SEC_SECURE /* secure exchange of NAS messages, 4.4.2.5 */ };
enum { UE_SEC_E_COMMAND, UE_SEC_E_ESTABLISHED, UE_SEC_E_RELEASED, UE_SEC_N_EVENTS };
enum { UE_CONF_READY };
enum { UE_CONF_E_COMMAND, UE_CONF_N_EVENTS };
enum {
	UE_DEREG_NONE,
	UE_DEREG_CONNECTING,
	UE_DEREG_REQUESTED,
	UE_DEREG_LEAVING,  /* agreed: the network releases the connection    */
	UE_DEREG_RELEASING /* the same, and then an initial registration     */
};
enum {
	UE_DEREG_E_DEREGISTER,
	UE_DEREG_E_CONNECTED,
	UE_DEREG_E_NOT_CONNECTED,
	UE_DEREG_E_ACCEPT,
	UE_DEREG_E_COMMAND, /* Deregistration Request of the network */
	UE_DEREG_E_RELEASED,
	UE_DEREG_E_T3521,
	UE_DEREG_N_EVENTS
};
enum { UE_SRV_NONE, UE_SRV_CONNECTING, UE_SRV_REQUESTED, UE_SRV_BLOCKED /* T3525, T3346 */ };
enum {
	UE_SRV_E_SEND, /* user data waits */
	UE_SRV_E_PAGED,
	UE_SRV_E_CONNECTED,
	UE_SRV_E_NOT_CONNECTED,
	UE_SRV_E_ACCEPT,
	UE_SRV_E_REJECT,
	UE_SRV_E_RELEASED,
	UE_SRV_E_T3517,
	UE_SRV_E_UNBLOCK, /* T3525, T3346 */
	UE_SRV_E_ABORT,
	UE_SRV_N_EVENTS
};

/* What a machine is given with an event that a NAS message is. */
struct ue_input {
	const struct msg *msg;         /* bookkeeping: its span, attempt, procedure */
	const struct nas_message *nas; /* what it says                              */
	bool integrity;                /* passed the integrity check                */
};

/* ---- a UE ---- */

enum {
	UE_PENDING = 4,
	UE_AREA = 16,       /* TAIs of a registration area, at the most: 9.11.3.9 */
	UE_EAP_RES = 8,
	UE_REJECTS_MAX = 10 /* assumption: 5.3.20 leaves it open                  */
};
#define UE_TIMER_TRIES(name, value, longest, tries, clause, doc) UE_TRIES_##name = (tries),
enum { UE_TIMERS(UE_TIMER_TRIES) };
#undef UE_TIMER_TRIES

#define UE_WHOLE_NETWORK UINT32_MAX

enum ue_link { UE_IDLE, UE_CONNECTING, UE_CONNECTED };

/* What a UE has while something is under way: one at rest has none. */
struct ue_run {
	struct sim_handle self;
	struct sim_span span;      /* of the chain under way                                  */
	struct sim_timer guard;    /* T3510, T3517, T3521 or T3540                            */
	struct sim_timer t3520;
	int64_t t3516_until_ns;
	uint8_t rand[16], res_star[16]; /* answered last, for a retransmitted request          */
	uint8_t kausf[32];
	uint8_t k_aut[32];         /* of EAP-AKA', for a retransmitted challenge               */
	uint8_t abba[2];           /* of the last challenge                                   */
	uint8_t sent_ngksi;        /* of the initial NAS message                              */
	uint32_t sent_tmsi;        /* likewise, 0 it was the SUCI                             */
	bool has_suci;
	struct msg_suci suci;      /* the last one sent                                       */
	struct sim_handle pending[UE_PENDING]; /* user data that waits for service              */
};

/* What few UEs have: made when it is needed, and kept. */
struct ue_more {
	struct sqn_usim sqn;       /* when struct sqn_recent cannot say it                    */
	uint32_t area[UE_AREA - 1]; /* TACs behind the first                                    */
	uint8_t kakma[32], a_tid[32];
};

/* Of a 5G-GUTI all but the 5G-TMSI. */
struct ue_guami {
	struct id_plmn plmn;
	uint16_t amf_set;
	uint8_t amf_region, amf_pointer;
};

/* From the largest alignment to the least: there is one of it for each of very many UEs. */
struct ue {
	struct ue_run *run;        /* NULL: at rest (ue_rest.c)                               */
	struct ue_more *more;
	struct sqn_recent sqn;     /* what the USIM has accepted; recent 0: more->sqn         */
	struct sim_alarm t3512;
	int64_t t3519_until_ns;    /* the last SUCI may be sent again                         */
	struct sim_timer retry;    /* T3511, T3502, T3346, T3247, T3525 or a bar              */
	uint32_t number;
	uint32_t connection;       /* number of the last: what waits in a loop is for one alone */
	uint32_t demand;           /* counts demands: high part of procedure numbers          */
	uint32_t procedure;        /* number of the one that its messages belong to           */
	uint32_t suci_procedure;   /* of the last SUCI: names what it is drawn from           */
	uint32_t tmsi;             /* 5G-TMSI of the stored 5G-GUTI; 0 none                   */
	uint32_t forbidden;        /* TAC, UE_WHOLE_NETWORK, or 0: where it has no service     */
	uint32_t area[1];          /* the first TAC of the registration area                  */
	struct security security;  /* the current 5G NAS security context                     */
	struct ue_guami guami;     /* of the last 5G-GUTI given                               */
	uint16_t user;             /* of ues->user                                            */
	bool awake : 1;            /* something from outside is being acted upon              */
	bool registered : 1;       /* 5GMM-REGISTERED, whatever runs besides                  */
	bool demanded : 1;         /* the user waits to hear how its demand ended             */
	bool anew : 1;             /* it is the UE's own, of after T3502, T3346 or the like   */
	bool has_keys : 1;         /* kakma, a_tid                                            */
	bool usim_invalid : 1;     /* for 5GS services, until switched off (5.5.1.2.5)        */
	bool leaving : 1;          /* T3540 runs: nothing more is sent on this connection     */
	bool guarded : 1;          /* T3510, T3517 or T3521 stopped by a failed challenge     */
	bool paged : 1;            /* the service asked for answers a paging                  */
	bool update_wanted : 1;    /* by the network, once the connection is released          */
	bool has_t3512 : 1, has_t3502 : 1; /* the network has given them; else as configured     */
	uint8_t t3512_value, t3502_value;  /* GPRS timers 3 and 2, as given                      */
	uint8_t at[UE_N_MACHINES]; /* states */
	uint8_t link;              /* enum ue_link: the N1 NAS signalling connection          */
	uint8_t access;            /* of ues->access                                          */
	uint8_t type;              /* enum nas_registration_type under way, 0 none             */
	uint8_t attempt;           /* registration attempt counter                            */
	uint8_t attempts_made;     /* of this demand                                          */
	uint8_t service_attempt;   /* service request attempt counter                         */
	uint8_t deregistration_attempt;
	uint8_t failures;          /* consecutive authentication challenges that failed       */
	uint8_t extra_procedures;
	uint8_t last_cause;
	uint8_t fresh_ngksi;       /* of kausf: a partial context; NAS_NGKSI_NONE none         */
	uint8_t rejects;           /* without integrity protection (5.3.20)                   */
	uint8_t n_pending : 3, n_area : 5;
};
_Static_assert(UE_PENDING < 1 << 3 && UE_AREA < 1 << 5, "n_pending and n_area hold them");

struct ue_retry_group {
	uint32_t first, n;
	const struct ue_retry *retry;
};
enum { UE_ACCESSES = 4 };

struct ues {
	struct nf_env *env;
	const struct ue_config *config;
	const struct home *home;
	struct radio *radio;
	struct ue_access on_radio; /* of every UE that has no other */
	const struct ue_access *access[UE_ACCESSES];
	struct ue_user *user;      /* the first: nobody's */
	uint32_t n_users, users_room;
	struct sim_pool *runs;
	uint16_t t3512; /* group of alarms */
	struct ue_listener listener;
	struct ue_retry_group retry[UE_RETRY_GROUPS];
	uint32_t n_retry;
	bool one_loop; /* they share the station of env->node.ue */
	struct ue ue[]; /* by number */
};

static inline struct ues *ue_all(const struct ue *ue)
{
	return (struct ues *)(void *)((char *)(ue - ue->number) - offsetof(struct ues, ue));
}

static inline const struct ue_access *ue_access(const struct ue *ue)
{
	return ue_all(ue)->access[ue->access];
}

static inline const struct ue_user *ue_user(const struct ue *ue)
{
	return &ue_all(ue)->user[ue->user];
}

/* ---- at rest and awake (ue_rest.c) ---- */

/*
 * Whatever comes to a UE from outside is acted upon between these two; true: nothing is being
 * acted upon already, and ue_rest() may give back what a UE at rest need not have.
 */
bool ue_wake(struct ue *ue);
void ue_rest(struct ue *ue, bool outermost);
struct ue_more *ue_more(struct ue *ue);
/* Whether the USIM accepts a challenge's SQN (models/crypto/sqn.h). */
bool ue_accept_sqn(struct ue *ue, uint64_t sqn);
/* Sets what the USIM has accepted. */
void ue_set_sqn(struct ue *ue, const struct sqn_usim *sqn);

/* ---- driving (ue.c) ---- */

enum ue_mm ue_mm(const struct ue *ue);
void ue_feed(struct ue *ue, enum ue_machine machine, uint8_t event, const struct ue_input *input);
/* A timer whose expiry is an event of a machine. */
void ue_start_timer(struct ue *ue, struct sim_timer *timer, int64_t after_ns,
                    enum ue_machine machine, uint8_t event);
void ue_stop_timer(struct ue *ue, struct sim_timer *timer);
void ue_trace(struct ue *ue, enum nf_procedure procedure, enum msg_type type, uint8_t outcome,
              uint8_t cause);
int64_t ue_cost(const struct ue *ue, enum crypto_op op);
/* One more in the course of registrations (demand.h), now. */
void ue_count(const struct ue *ue, void (*what)(struct demand *, enum rec_class, int64_t));
/* Not permitted in this state: counted, traced, answered by 5GMM Status (TS 24.501 7.4). */
void ue_unexpected(void *self, uint8_t state, uint8_t event, const void *arg);

/* ---- NAS (ue_nas.c) ---- */

struct ue_output {
	enum msg_type type;         /* bookkeeping                                         */
	uint8_t attempt;            /* bookkeeping: of what it answers                     */
	uint8_t cause;              /* bookkeeping                                         */
	uint8_t security;           /* enum nas_security_type                              */
	uint8_t step;               /* enum svc_step it costs, SVC_N_STEPS none            */
	int64_t crypto_ns;
	const uint8_t *whole;       /* for the tap: what stands ciphered at its end, in clear */
	uint16_t n_whole;
};
/* Towards the AMF: protects, goes over the air after the work is done. */
void ue_send_nas(struct ue *ue, const struct ue_output *output, const uint8_t *plain, uint16_t n);
/* As above, protected where the exchange is secure; its cryptography is charged. */
void ue_answer(struct ue *ue, enum msg_type type, const struct ue_input *to, enum svc_step step,
               const uint8_t *plain, uint16_t n);
void ue_send_status(struct ue *ue, uint8_t cause);
bool ue_is_secure(const struct ue *ue);

/* ---- the connection (ue_connection.c) ---- */

/* Begins to connect; the machine that waits in its CONNECTING state is told. */
void ue_connect(struct ue *ue);
/* Releases it from this side; every machine is told. Harmless when idle. */
void ue_disconnect(struct ue *ue);
/* 5.3.1.3: waits for the network's release under T3540. */
void ue_await_release(struct ue *ue);
/* A new procedure may be begun on the present connection. */
bool ue_may_send(const struct ue *ue);
void ue_flush(struct ue *ue);   /* user data that waited goes */
void ue_discard(struct ue *ue); /* user data that waited is lost */
void ue_begin_periodic_timer(struct ue *ue);
int64_t ue_t3512_ns(const struct ue *ue); /* -1: there are no periodic updates */
int64_t ue_t3502_ns(const struct ue *ue);
bool ue_in_area(const struct ue *ue);
uint32_t ue_area(const struct ue *ue, uint8_t i); /* the i-th TAC of the registration area */

/* ---- shared by procedures ---- */

/* A fresh SUCI, or the last one while T3519 runs (ue_identity.c). Returns what it costs. */
int64_t ue_make_suci(struct ue *ue);
struct nas_identity ue_suci(const struct ue *ue);
struct nas_identity ue_guti(const struct ue *ue, uint32_t tmsi);
void ue_note_heard(struct ue *ue, uint32_t tmsi); /* 0: the SUCI */
/* The initial NAS message of a registration as it is told whole (ue_registration.c). */
uint16_t ue_whole_request(const struct ue *ue, uint8_t *out);
/* Takes the area, timers and 5G-GUTI that the network gives. false: no new 5G-GUTI. */
bool ue_take_guti(struct ue *ue, bool has_guti, const struct id_guti *guti);
void ue_take_area(struct ue *ue, const struct nas_octets *tai_list);
void ue_forget_context(struct ue *ue); /* 5G-GUTI, area, ngKSI (5.5.1.2.5) */
/* The machine begins a registration of the type. */
void ue_begin_registration(struct ue *ue, enum nas_registration_type type);
uint8_t ue_begin_initial(struct ue *ue);
/* The user hears how its demand ended, once. */
void ue_tell(struct ue *ue, bool ok);
/* Sets the registration's state within a step, so that the user, and a release, may act at once. */
static inline uint8_t ue_enter(struct ue *ue, uint8_t state)
{
	ue->at[UE_REGISTRATION] = state;
	return state;
}

/* The wait after a failed attempt, its number in ue->attempt: `standard_ns`, or what the device makes
 * of it (ue_retry.c). */
int64_t ue_retry_wait_ns(const struct ue *ue, int64_t standard_ns);

/* A registration that fails (ue_registration_failure.c); each gives the machine's next state. */
uint8_t ue_attempt_failed(struct ue *ue, uint8_t cause, bool set_to_limit);
uint8_t ue_attempt_lost(struct ue *ue);
uint8_t ue_rejected(struct ue *ue, const struct ue_input *input);
uint8_t ue_rejected_elsewhere(struct ue *ue, const struct ue_input *input);
uint8_t ue_authentication_rejected(struct ue *ue, const struct ue_input *input);
uint8_t ue_network_not_genuine(struct ue *ue);

/* No longer registered, disconnected; the user is told. */
void ue_end(struct ue *ue);
/* T3510, T3517 or T3521, whichever the present procedure is guarded by. */
void ue_start_guard(struct ue *ue);

extern const char ue_imeisv[NAS_IMEISV_DIGITS + 1];

/*
 * A challenge could not be accepted, with this cause (5.4.1.3.7): T3520. Gives the machine's
 * next state; when it is not UE_AUTH_FAILED the network is not genuine, and nothing more is
 * said.
 */
uint8_t ue_challenge_failed(struct ue *ue, uint8_t cause);
/* A challenge was accepted: T3520 stops, what it had stopped goes on. */
void ue_challenge_accepted(struct ue *ue);
/* The network's EAP message in an Authentication Request, Result or Security Mode Command
 * (ue_eap_aka.c). */
uint8_t ue_eap_request(struct ue *ue, const struct ue_input *input);
void ue_eap_outcome(struct ue *ue, const struct nas_octets *eap);
/* A verified challenge: KAUSF, and AKMA's keys for those who have a twin. */
void ue_take_kausf(struct ue *ue, const uint8_t kausf[32], uint8_t ngksi);

/* What a reject's cause means (5.5.1.2.5, 5.5.1.3.5, 5.6.1.5): ue_reject.c. */
enum ue_then {
	UE_THEN_RETRY,     /* abnormal: attempt counter, T3511 or T3502 (5.5.1.2.7) */
	UE_THEN_LAST,      /* abnormal, the attempt counter is set to its limit     */
	UE_THEN_AGAIN,     /* initial registration at once                          */
	UE_THEN_BACK_OFF,  /* T3346                                                 */
	UE_THEN_FORBIDDEN, /* this tracking area or network: limited service        */
	UE_THEN_FORBIDDEN_KEEPING, /* and who was registered stays so (5.5.1.3.5)   */
	UE_THEN_NO_SUPI    /* USIM invalid for 5GS until switched off               */
};
struct ue_reject {
	uint8_t cause, then; /* enum ue_then */
	bool network;        /* UE_THEN_FORBIDDEN: the whole network, not the tracking area */
	bool forget;         /* 5G-GUTI, last TAI, TAI list, ngKSI */
	const char *clause;
};
const struct ue_reject *ue_reject_of(uint8_t cause);

#endif
