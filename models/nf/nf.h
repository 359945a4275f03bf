/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What every network function stands on: nodes, stations, messages, draws, the trace. A function is one
 * file with a const struct nf_entry; it meets the others only through messages.
 *
 * The life of a message at a function: it arrives at the node (its span is marked TRANSPORT), the entry's
 * demand() says how long serving it takes, it waits and is served at the function's station (QUEUEING,
 * SERVICE, CRYPTO), then the entry's handle() acts and may send; the message goes back to the pool when
 * handle() returns. A blocked or lost job vanishes: the asker's timer finds out.
 */
#ifndef MODELS_NF_NF_H
#define MODELS_NF_NF_H

#include "models/crypto/cost.h"
#include "models/crypto/suite.h"
#include "models/msg/msg.h"
#include "models/msg/n32.h"
#include "models/nf/service.h"
#include "models/record/record.h"
#include "sim/core/sim.h"
#include "sim/core/span.h"
#include "sim/net/net.h"
#include "sim/net/station.h"
#include <stdbool.h>

struct nf_events;
struct nf_trace;

/* Well-known nodes; gNBs and hospitals are numbered from gnb0 and hospital0 on. */
struct nf_nodes {
	uint16_t amf, ausf, udm, udr, pcf, aanf, dtf, ledger, upf;
	uint16_t gnb0, n_gnbs, hospital0, n_hospitals;
	uint16_t n3iwf, ap0, n_aps; /* untrusted non-3GPP access; n_aps 0: nobody uses it */
	/* Roaming, 0: nobody roams. vgnb0 has as many as gnb0, at the same sites. */
	uint16_t vamf, vpcf, vupf, vsepp, hsepp, vgnb0;
	uint16_t n, ue; /* number of nodes; `ue` stands for the headset in the ladder, it is no node */
};

/* Purposes of random streams: part of their names, so the order is for ever (append only). */
enum nf_purpose {
	NF_DRAW_SERVICE = 1,
	NF_DRAW_RADIO,
	NF_DRAW_PLACE,
	NF_DRAW_PROBE,
	NF_DRAW_SCHEDULE,
	NF_DRAW_SUBSCRIPTION,
	NF_DRAW_EPHEMERAL,
	NF_DRAW_RAND,
	NF_DRAW_TMSI,
	NF_DRAW_TWIN,
	NF_DRAW_ATTACK,
	NF_DRAW_LINK,
	NF_DRAW_POPULATION,
	NF_DRAW_PACE,
	NF_DRAW_SCP,
	NF_DRAW_ACCESS,
	NF_DRAW_BACK_OFF,
	NF_DRAW_WLAN,
	NF_DRAW_IKE,
	NF_DRAW_NON_3GPP,
	NF_DRAW_SEPP,
	NF_DRAW_ROAMING,
	NF_DRAW_POOL = NF_DRAW_ROAMING + 3 /* two that were between them are of no use any more */
};

/* Event kinds of the models (sim/core/sim.h). */
enum nf_kind {
	NF_KIND_TIMER = SIM_KIND_MODELS, /* a function's timer: to = node, detail and arg its own */
	NF_KIND_RADIO,
	NF_KIND_UE,         /* a UE's timer or delayed step      */
	NF_KIND_PROBE,
	NF_KIND_SURGEON,    /* operations                        */
	NF_KIND_ATTACK,
	NF_KIND_POPULATION, /* load, background, populations     */
	NF_KIND_HOUSEKEEPING,
	NF_KIND_WLAN,
	NF_KIND_IKE         /* a UE's timer of IKEv2 */
};

/* A subscriber's class decides the suite. */
struct nf_instance {
	const struct nf_entry *entry;
	void *self;
	uint32_t station; /* NF_NO_STATION: messages are handled as they arrive */
	uint32_t down; /* causes that keep it down: overlapping crashes */
	int64_t down_ns;
};
#define NF_NO_STATION UINT32_MAX
#define NF_NOBODY     UINT64_MAX /* of a station's job: no message, nobody waits for its end */

/*
 * Whoever watches the messages of a run: a capture, a ladder, a test. NULL normally. A message is lent
 * for the call. Its sent_ns says when it leaves; at nas() that may lie ahead by the UE's own work.
 */
struct nf_tap {
	void *context;
	/* A message leaves a node for another: nf_send(). */
	void (*message)(void *context, const struct msg *msg);
	/* A NAS message leaves a UE (msg->to is the AMF), the AMF (msg->to is the gNB) or an attacker:
	 * its n octets before security protection; msg->nas holds them as they are on the air. */
	void (*nas)(void *context, const struct msg *msg, const uint8_t *plain, uint16_t n);
};

struct demand;

struct nf_env {
	struct sim *sim;
	struct sim_net *net;
	struct sim_stations *stations;
	struct crypto *crypto;
	const struct crypto_suite *suite_of_class[REC_N_class];
	uint8_t method;             /* enum rec_method: of every primary authentication */
	const bool *roams;          /* by subscriber number; NULL: nobody                          */
	const uint8_t *class_of_ue; /* enum rec_class by subscriber number, then by attack number */
	const uint8_t *non_3gpp;    /* by subscriber: behind an N3IWF; NULL nobody                */
	uint32_t n_ues;             /* attackers are numbered from here on                        */
	const struct svc_config *service;
	const struct crypto_costs *cost;
	struct sim_pool *messages;
	struct nf_instance *instance; /* by node; the last for UEs that share one event loop */
	struct nf_nodes node;
	bool has_scp; /* models/nf/scp.h */
	uint32_t scp_station;
	uint32_t cells_per_ta; /* 0: one tracking area for all of them */
	struct nf_trace *trace; /* NULL: no protocol digest (below record.level samples) */
	struct nf_events *events; /* models/nf/events.h; NULL: below record.level events */
	struct rec *rec;        /* rec->level: what it wants (rec_wants()) */
	struct demand *demand;  /* models/nf/demand.h; NULL: nobody counts */
	uint32_t record_every; /* latency rows of every n-th background subscriber */
	uint32_t ladder_ue; /* whose messages the ladder records now; UINT32_MAX nobody's */
	uint64_t counter[64]; /* enum nf_counter */
	const struct nf_tap *tap;
	struct security_keys *nas_keys; /* models/nf/security.c */
	struct nf_octets *octets; /* models/nf/octets.h; NULL: lengths alone travel */
	uint32_t stream; /* the last HTTP/2 stream: each request of the SBI has its own */
	const struct sbi_octets *lengths; /* of messages of the SBI: nf_measure()             */
	const struct n32_octets *lengths_n32;
	bool prins; /* N32-f; before nf_measure() */
	uint64_t sent[MSG_N_TYPES];     /* messages between nodes: nf_send()                   */
	uint64_t sent_n32[MSG_N_TYPES]; /* of these, between SEPPs                             */
	uint64_t sent_nas[MSG_N_TYPES]; /* NAS messages by UE, AMF and attackers: nf_note_nas() */
};

/* Counters: COUNTER(symbol, "text"). */
#define NF_COUNTERS(COUNTER)                                                                       \
	COUNTER(MESSAGES_SENT, "messages sent between nodes")                                         \
	COUNTER(MESSAGES_DELIVERED, "messages delivered")                                             \
	COUNTER(MESSAGES_DROPPED, "messages dropped by links")                                        \
	COUNTER(MESSAGES_IN_FLIGHT, "messages in flight at the end")                                  \
	COUNTER(OCTETS_SENT, "octets sent between nodes")                                             \
	COUNTER(UNEXPECTED, "events that a state machine did not permit")                             \
	COUNTER(STALE, "messages for a context that was gone")                                        \
	COUNTER(RACH_ATTEMPTS, "preambles sent")                                                      \
	COUNTER(RACH_COLLISIONS, "preambles that collided")                                           \
	COUNTER(RACH_FAILURES, "random accesses given up")                                            \
	COUNTER(HARQ_FAILURES, "radio messages lost after the last HARQ transmission")                \
	COUNTER(AUTH_REQUESTS, "Authentication Requests sent (AMF.AuthReq)")                          \
	COUNTER(AUTH_REJECTS, "Authentication Rejects sent (AMF.AuthReject)")                         \
	COUNTER(AUTH_FAILURES, "Authentication Failures received (AMF.AuthFail)")                     \
	COUNTER(REG_REQUESTS, "initial Registration Requests received (RM.RegInitReq)")               \
	COUNTER(REG_ACCEPTS, "initial Registration Accepts sent (RM.RegInitSucc)")                    \
	COUNTER(REG_REJECTS, "Registration Rejects sent (RM.RegInitFail)")                            \
	COUNTER(RETRANSMISSIONS, "messages of the AMF repeated on expiry of a timer")                \
	COUNTER(UPDATES, "mobility and periodic Registration Requests received")                      \
	COUNTER(UPDATES_ACCEPTED, "Registration Accepts sent to mobility and periodic requests")      \
	COUNTER(STATUS, "5GMM Status messages sent")                                                  \
	COUNTER(NAS_DISCARDED, "NAS messages discarded: integrity, replay or no message at all")     \
	COUNTER(NOT_GENUINE, "networks that failed a UE's authentication check (24.501 5.4.1.3.7)")   \
	COUNTER(SERVICE_REQUESTS, "Service Requests received")                                        \
	COUNTER(SERVICE_REJECTS, "Service Rejects sent")                                              \
	COUNTER(PAGINGS, "pagings begun (MM.Paging5gReq)")                                            \
	COUNTER(PAGING_FAILURES, "pagings without an answer")                                         \
	COUNTER(CONFIGURATION_UPDATES, "Configuration Update Commands sent (MM.ConfUpdate)")          \
	COUNTER(DEREGISTRATIONS, "Deregistration Requests received from UEs")                         \
	COUNTER(NETWORK_DEREGISTRATIONS, "deregistrations begun by the network")                      \
	COUNTER(IMPLICIT_DEREGISTRATIONS, "UEs deregistered because they were not heard of")          \
	COUNTER(RELEASES, "N1 connections released for inactivity")                                   \
	COUNTER(SBI_TIMEOUTS, "SBI requests without an answer in time")                               \
	COUNTER(SUCI_REFUSED, "SUCIs that the SIDF could not de-conceal")                             \
	COUNTER(UNREADABLE, "messages whose octets could not be decoded")                             \
	COUNTER(ATTACK_MESSAGES, "messages sent by attackers")                                        \
	COUNTER(TWINS, "digital twins enrolled")                                                      \
	COUNTER(ASSERTIONS, "assertions issued")                                                      \
	COUNTER(ENTRIES_REFUSED, "entries that a hospital refused")                                   \
	COUNTER(PROBES_SKIPPED, "probes not sent because every probe subscriber was still trying")      \
	COUNTER(RESYNCHRONISATIONS, "resynchronisations of SQN asked of the UDM")                     \
	COUNTER(REGISTRATIONS_UNLINKED, "registrations refused for want of a recent authentication")  \
	COUNTER(REAUTHENTICATIONS, "re-authentications asked for by the home network")                \
	COUNTER(TURNS_SKIPPED, "registrations not begun in turn: the subscriber had not left")         \
	COUNTER(WLAN_LOSSES, "messages lost on WLANs")                                                \
	COUNTER(IKE_RETRANSMISSIONS, "IKE requests sent again (RFC 7296 2.1)")                        \
	COUNTER(IKE_FAILURES, "IKE SAs given up")                                                     \
	COUNTER(N32_HANDSHAKES, "N32-c handshakes begun")                                              \
	COUNTER(N32_REFUSED, "requests that a SEPP refused for want of an N32-f context")             \
	COUNTER(POOL_REPEATS, REC_COUNTER_POOL_REPEATS)                                               \
	COUNTER(EVENTS, "events handled")
#define NF_COUNTER_NUMBER(symbol, text) NF_COUNT_##symbol,
enum nf_counter { NF_COUNTERS(NF_COUNTER_NUMBER) NF_N_COUNTERS };
#undef NF_COUNTER_NUMBER

/* ---- a network function ---- */

struct nf_demand {
	int64_t service_ns, crypto_ns;
};
struct nf_entry {
	const char *name, *doc, *source;
	/* NULL: the function has no station (messages are handled as they arrive). */
	struct nf_demand (*demand)(void *self, const struct msg *msg);
	void (*handle)(void *self, const struct msg *msg);
	void (*timer)(void *self, const struct sim_event *event);
	/* Of a SEPP: what passing a message costs that is for another, and what becomes of it; NULL: nothing
	 * passes. The message is given. */
	struct nf_demand (*pass_demand)(void *self, const struct msg *msg);
	void (*pass)(void *self, struct msg *msg);
	void (*reset)(void *self); /* crash: volatile state is lost; NULL: nothing to lose */
};

/* The TAC that a cell broadcasts. */
static inline uint32_t nf_tac(const struct nf_env *env, uint32_t cell)
{
	return 1 + (env->cells_per_ta ? cell / env->cells_per_ta : 0);
}

/* Wires the framework to the network, the stations and NF_KIND_TIMER; before sim_net_open(). */
void nf_init(struct nf_env *env);
/* Lengths on the wire, by the encoders, for a network; those of the SBI only where env has none yet. */
void nf_measure(struct nf_env *env, const struct sbi_network *network);
void nf_attach(struct nf_env *env, uint16_t node, const struct nf_entry *entry, void *self,
               uint32_t station);
/* A message that has come to `node`: waits and is served at its station; then handle() follows. */
void nf_serve(struct nf_env *env, uint16_t node, struct msg *msg);
/* A crash: queue, jobs and volatile state are lost; messages to it are lost until it is up again. */
void nf_down(struct nf_env *env, uint16_t node);
void nf_up(struct nf_env *env, uint16_t node);
/* Outages still open and the counters and stations of the run go to the record. */
void nf_finish(struct nf_env *env);

/* ---- messages ---- */

/* A fresh message belonging to the procedure of `cause_of` (ue, procedure, span are taken over). */
struct msg *nf_message(struct nf_env *env, enum msg_type type, const struct msg *cause_of);
struct msg *nf_message_for(struct nf_env *env, enum msg_type type, uint32_t ue, uint32_t procedure,
                           const struct sim_span *span);
/* The same message once more, with a handle of its own: the one given is only lent. */
struct msg *nf_copy(struct nf_env *env, const struct msg *msg);
/* Sends from one node to another; the message is the receiver's from now on. Sets from and to. */
void nf_send(struct nf_env *env, uint16_t from, uint16_t to, struct msg *msg);
/* Passes a message with its sender and receiver on from the node that it has reached. */
void nf_forward(struct nf_env *env, uint16_t at, struct msg *msg);
/* Whoever sends NAS says so first: counts it, tells the tap. It leaves from `from` after delay_ns. */
void nf_note_nas(struct nf_env *env, uint16_t from, uint16_t to, int64_t delay_ns, struct msg *msg,
                 const uint8_t *plain, uint16_t n);
/* Answers a request: same asker, back to where it came from. */
struct msg *nf_answer(struct nf_env *env, enum msg_type type, const struct msg *request);
void nf_reply(struct nf_env *env, const struct msg *request, struct msg *answer);
void nf_release(struct nf_env *env, struct msg *msg);

/* ---- draws and costs ---- */

/*
 * A stream named by purpose, subscriber (24 bits), procedure (32 bits) and step (12 bits), not by order
 * of arrival. Procedures are numbered 256 x demand + attempt, so that a retry shifts no later draw.
 */
enum { NF_UES_MAX = 1 << 24 };
struct sim_stream nf_stream(const struct nf_env *env, enum nf_purpose purpose, uint32_t ue,
                            uint32_t procedure, uint32_t step);
/* The whole time of a step, drawn from the stream with this purpose and 12-bit name. */
int64_t nf_draw_service(const struct nf_env *env, const struct msg *msg, enum svc_step step,
                        enum nf_purpose purpose, uint32_t name);
/* One phase of a step of the ladder; crypto_ns is what its cryptography costs by the table. The UE and
 * core functions follow service.includes_cryptography, the twin's side adds. */
struct nf_demand nf_core_demand(const struct nf_env *env, const struct msg *msg, enum svc_step step,
                                uint32_t phase, int64_t crypto_ns);
struct nf_demand nf_twin_demand(const struct nf_env *env, const struct msg *msg, enum svc_step step,
                                uint32_t phase, int64_t crypto_ns);
/* Whether a subscriber is in the visited network, and the AMF that serves it. */
bool nf_roams(const struct nf_env *env, uint32_t ue);
uint16_t nf_amf_of(const struct nf_env *env, uint32_t ue);
const struct crypto_suite *nf_suite(const struct nf_env *env, uint32_t ue);

/* ---- trace: protocol digest, ladder ---- */

/* Procedures of the trace. */
enum nf_procedure {
	NF_P_MESSAGE = 1, /* a message handled by a function: traced by the framework */
	NF_P_REGISTRATION,
	NF_P_AUTHENTICATION,
	NF_P_DEREGISTRATION,
	NF_P_ENROLMENT,
	NF_P_ASSERTION,
	NF_P_ENTRY,
	NF_P_SESSION,
	NF_P_LEAVE,
	NF_P_IDENTITY,
	NF_P_SECURITY_MODE,
	NF_P_CONFIGURATION,
	NF_P_SERVICE,
	NF_P_PAGING,
	NF_P_RELEASE
};
struct nf_trace *nf_trace_new(void);
void nf_trace_free(struct nf_trace *trace);
/* One step of an entity's own sequence: node `node` (or the UE itself: NF_TRACE_UE) on behalf of ue. */
enum { NF_TRACE_UE = 0xfff };
void nf_trace_add(struct nf_trace *trace, uint16_t node, uint32_t ue, enum nf_procedure procedure,
                  enum msg_type message, uint8_t outcome, uint8_t cause);
/* Inline: most long runs keep no trace, and each message served is a step. */
static inline void nf_trace_step(struct nf_env *env, uint16_t node, uint32_t ue,
                                 enum nf_procedure procedure, enum msg_type message,
                                 uint8_t outcome, uint8_t cause)
{
	if (env->trace)
		nf_trace_add(env->trace, node, ue, procedure, message, outcome, cause);
}
/* SHA-256 over each entity's own sequence, entities in order. */
void nf_trace_digest(struct nf_trace *trace, uint8_t digest[REC_DIGEST_OCTETS]);

/* ---- measuring ---- */

/* The span of a message as it was when it arrived at the station whose job has just ended. */
struct sim_span nf_span_at_arrival(const struct msg *msg);

/* Records a finished wait: span from `begin` to `end`; met by the deadline. */
void nf_record_latency(struct nf_env *env, enum rec_latency_metric metric, uint32_t ue,
                       int64_t start_ns, const struct sim_span *total, uint8_t outcome, bool met,
                       uint8_t cause, uint8_t attempts);

#endif
