/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside the client: shared by twin.c (procedures), twin_request.c (messages), twin_session.c. */
#ifndef MODELS_NF_TWIN_STATE_H
#define MODELS_NF_TWIN_STATE_H

#include "models/nf/manifest.h"
#include "models/nf/twin.h"
#include "sim/core/fsm.h"

enum twin_state {
	TWIN_OUT,
	TWIN_OPENING,   /* waits for the DTF: session   */
	TWIN_ENROLLING, /* … enrolment                  */
	TWIN_ASKING,    /* … assertion                  */
	TWIN_GREETING,  /* waits for a hospital: challenge */
	TWIN_ENTERING,  /* … admission                  */
	TWIN_CHECKING,  /* checks the last answer       */
	TWIN_INSIDE,
	TWIN_PARTING,   /* waits for the hospital: end  */
	TWIN_KNOCKING,  /* waits for the hospital: AKMA */
	TWIN_STORING,   /* waits for the DTF: stored    */
	TWIN_N_STATES
};
enum twin_event {
	TWIN_E_ENROL,
	TWIN_E_ENTER,
	TWIN_E_LEAVE,
	TWIN_E_ANSWER,    /* to the request that is open       */
	TWIN_E_NO_ANSWER, /* to it, or to a keep-alive         */
	TWIN_E_CHECKED,
	TWIN_E_TICK,      /* a keep-alive is due               */
	TWIN_E_ALIVE,     /* answer to the latest keep-alive   */
	TWIN_N_EVENTS
};
enum twin_goal { TWIN_NO_GOAL, TWIN_ENROL, TWIN_ENTER, TWIN_LEAVE };

/* Steps of the client's draws (nf_stream); parties elsewhere use 0x400 and above. */
enum {
	TWIN_DRAW_SESSION = 0x100,
	TWIN_DRAW_HELLO,
	TWIN_DRAW_AKMA,
	TWIN_DRAW_HOLDER = 0x200,
	TWIN_DRAW_OWNER,
	TWIN_DRAW_PARTS
};
enum { TWIN_PARTS = 8, TWIN_RESTARTS = 3 };
/* Above the serial numbers of requests: each keep-alive has a token of its own. */
#define TWIN_ALIVE_TOKENS UINT32_C(0x80000000)

/* The newest assertion for a hospital. */
struct twin_credential {
	bool valid;
	uint64_t scope;
	struct msg_assertion assertion;
};

/* What the user will be told once the machine has taken its step. */
struct twin_news {
	enum { TWIN_NO_NEWS, TWIN_ENROLLED, TWIN_ENTERED, TWIN_LEFT, TWIN_INTERRUPTED } what;
	bool ok, ended;
	uint8_t cause;
	int64_t from_ns, to_ns;
	struct sim_span span;
};

struct twin {
	struct twins *all;
	uint32_t ue;
	uint8_t state, goal;
	/* the demand */
	uint32_t procedure;         /* number of the UE's procedure                     */
	uint32_t round;             /* of it: counts restarts, names draws              */
	struct sim_span begin, span; /* of the demand's chain: its start, and now        */
	int64_t work_ns;            /* cryptography done since the last message was sent */
	/* the open request */
	uint8_t asked;              /* enum msg_type */
	uint8_t attempt;
	uint32_t serial;
	struct sim_timer timer;
	/* session with the DTF */
	bool in_session;
	uint8_t a_tid[32], kaf[32], nonce[16], nonce2[16];
	uint64_t session;
	uint32_t count;
	/* visit to a hospital */
	uint16_t hospital;
	uint64_t scope;
	uint8_t visit_nonce[16], visit_nonce2[16];
	uint8_t visit_kaf[32]; /* with AKMA */
	uint64_t visit;
	struct twin_credential *credential; /* by hospital */
	/* inside */
	int64_t ready_ns, sent_ns;
	int64_t silent_since_ns; /* -1: the last keep-alive was answered */
	uint32_t keep_alives;
	struct sim_timer tick;
	struct twin_news news;
};

struct twins {
	struct nf_env *env;
	struct ues *ues;
	const struct twins_config *config;
	struct twin_user user;
	uint32_t n;
	struct twin *twin;
};

extern const struct sim_fsm twin_fsm;
int64_t twin_now(const struct twin *t);

/* ---- twin_request.c: what is sent, and whether what came is authentic ---- */

/* A number for messages and draws: the UE's procedure and the round within it (nf_stream). */
uint32_t twin_procedure(const struct twin *t, uint32_t round);
/* Prepares nonces and keys of a new request. false: the headset has no AKMA key. */
bool twin_prepare(struct twin *t, enum msg_type type);
/* Sends the open request, again if attempt > 0, and starts its timer. */
void twin_send(struct twin *t);
/* Checks an answer and takes over what it brings; 0 or the cause. */
uint8_t twin_take(struct twin *t, const struct msg *msg);
bool twin_has_session(const struct twin *t);
bool twin_has_credential(const struct twin *t);

/* ---- twin_session.c: keep-alives ---- */

void twin_session_begin(struct twin *t);
/* Ends the keep-alives; an interruption that lasts is told. */
void twin_session_end(struct twin *t);
void twin_session_event(struct twin *t, enum twin_event event);

#endif
