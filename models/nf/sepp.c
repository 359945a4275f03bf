/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      N32-c: TLS handshake, negotiation of the security capability, for PRINS exchange of
 *             parameters; N32-f: messages of the SBI passed on, by TLS or PRINS; a lost context is
 *             found by the first message that needs it, refused and made anew.
 * Leaves out  IPX providers and what they may change, topology hiding, a second N32-f connection
 *             for the other direction, the SBI's own TLS, several SEPPs.
 * Sources     TS 33.501 13.1, 13.2, 13.5; TS 29.573 5.2, 5.3.
 */
#include "models/nf/sepp.h"

#include "models/msg/sbi.h"

enum state {
	DOWN,      /* no context                                      */
	HELLO,     /* N32-c: ClientHello out, or expected             */
	CAPABILITY,
	PARAMETERS,
	FORWARD,   /* N32-f: handshake of the TLS connection          */
	READY
};

struct sepp {
	struct nf_env *env;
	const struct roaming_config *config;
	uint16_t node, peer;
	struct id_plmn serving; /* its network; no digits: the home network */
	uint8_t state; /* enum state: of the end that begins, or that answers */
	struct sim_timer retry;
};

struct sepp *sepp_new(struct nf_env *env, const struct roaming_config *config, uint16_t node,
                      uint16_t peer)
{
	struct sepp *sepp = sim_arena_alloc(env->sim->arena, sizeof *sepp);

	*sepp = (struct sepp){.env = env, .config = config, .node = node, .peer = peer};
	if (node == env->node.vsepp)
		SIM_ASSERT(id_plmn_parse(config->mcc, config->mnc, &sepp->serving));
	return sepp;
}

bool sepp_is_ready(const struct sepp *sepp)
{
	return sepp->state == READY;
}

/* ---- the handshake: TS 33.501 13.2.2, TS 29.573 5.2 ---- */

static void say(struct sepp *sepp, struct msg *msg)
{
	msg->n32.prins = sepp->config->n32 == ROAMING_PRINS;
	msg->serving = sepp->serving;
	nf_send(sepp->env, sepp->node, sepp->peer, msg);
}

/* Each answer is waited for anew. */
static void await(struct sepp *sepp, enum state state)
{
	struct sim *sim = sepp->env->sim;

	sepp->state = (uint8_t)state;
	sim_timer_stop(sim, &sepp->retry);
	sim_timer_start(sim, &sepp->retry, sepp->config->retry_ns, NF_KIND_TIMER, 0, sepp->node, 0);
}

static void begin(struct sepp *sepp, enum state state, const struct sim_span *span)
{
	struct msg *hello = nf_message_for(sepp->env, MSG_N32_CLIENT_HELLO, 0, 0, span);

	hello->n32.forward = state == FORWARD;
	await(sepp, state);
	say(sepp, hello);
}

void sepp_start(struct sepp *sepp)
{
	const struct sim_span span = sim_span_start(sepp->env->sim->now_ns);

	sepp->env->counter[NF_COUNT_N32_HANDSHAKES]++;
	begin(sepp, HELLO, &span);
}

static void ready(struct sepp *sepp)
{
	sepp->state = READY;
	sim_timer_stop(sepp->env->sim, &sepp->retry);
}

/* The next message on the connection that one of N32 came on. */
static void tell(struct sepp *sepp, enum msg_type type, const struct msg *n32)
{
	struct msg *msg = nf_message(sepp->env, type, n32);

	msg->n32.forward = n32->n32.forward;
	say(sepp, msg);
}

static void answer(struct sepp *sepp, enum msg_type type, const struct msg *request)
{
	struct msg *msg = nf_answer(sepp->env, type, request);

	msg->n32 = request->n32;
	msg->serving = sepp->serving;
	nf_reply(sepp->env, request, msg);
}

/* Both ends authenticate by certificates; the second flight of the client carries its own. */
static void client_finished(struct sepp *sepp, const struct msg *server)
{
	tell(sepp, MSG_N32_CLIENT_FINISHED, server);
	if (server->n32.forward) {
		ready(sepp);
		return;
	}
	await(sepp, CAPABILITY);
	tell(sepp, MSG_N32_CAPABILITY, server);
}

static void negotiated(struct sepp *sepp, const struct msg *answered)
{
	if (sepp->config->n32 == ROAMING_PRINS) {
		await(sepp, PARAMETERS);
		tell(sepp, MSG_N32_PARAMETERS, answered);
	} else {
		begin(sepp, FORWARD, &answered->span);
	}
}

/* What this end expects next; anything else is of an earlier handshake. */
static bool expected(const struct sepp *sepp, const struct msg *msg)
{
	switch (msg->type) {
	case MSG_N32_SERVER_HELLO:
		return sepp->state == (msg->n32.forward ? FORWARD : HELLO);
	case MSG_N32_CAPABILITY_RSP:
		return sepp->state == CAPABILITY;
	case MSG_N32_PARAMETERS_RSP:
		return sepp->state == PARAMETERS;
	default:
		return true;
	}
}

static void handle(void *self, const struct msg *msg)
{
	struct sepp *sepp = self;

	if (!expected(sepp, msg)) {
		sepp->env->counter[NF_COUNT_STALE]++;
		return;
	}
	switch (msg->type) {
	case MSG_N32_CLIENT_HELLO: /* ends what was, but no handshake of this end's own: both may begin */
		if (!msg->n32.forward && sepp->state == READY)
			sepp->state = DOWN;
		tell(sepp, MSG_N32_SERVER_HELLO, msg);
		break;
	case MSG_N32_SERVER_HELLO:
		client_finished(sepp, msg);
		break;
	case MSG_N32_CLIENT_FINISHED:
		if (msg->n32.forward)
			ready(sepp);
		break;
	case MSG_N32_CAPABILITY:
		answer(sepp, MSG_N32_CAPABILITY_RSP, msg);
		break;
	case MSG_N32_CAPABILITY_RSP:
		negotiated(sepp, msg);
		break;
	case MSG_N32_PARAMETERS:
		ready(sepp);
		answer(sepp, MSG_N32_PARAMETERS_RSP, msg);
		break;
	case MSG_N32_PARAMETERS_RSP:
		ready(sepp);
		break;
	case MSG_N32_ERROR: /* the other end has no context */
		answer(sepp, MSG_N32_ERROR_RSP, msg);
		if (sepp->state == READY)
			sepp_start(sepp);
		break;
	case MSG_N32_ERROR_RSP:
		break;
	default:
		sepp->env->counter[NF_COUNT_UNEXPECTED]++;
	}
}

/* A handshake that stands still begins again. */
static void timer(void *self, const struct sim_event *event)
{
	struct sepp *sepp = self;

	(void)event;
	if (sepp->state != READY)
		sepp_start(sepp);
}

static void reset(void *self)
{
	struct sepp *sepp = self;

	sim_timer_stop(sepp->env->sim, &sepp->retry);
	sepp->state = DOWN;
}

/* TLS 1.3 (RFC 8446 2): key shares by X25519, certificates by ECDSA on P-256, chains of two. */
static struct nf_demand demand(void *self, const struct msg *msg)
{
	const struct sepp *sepp = self;
	const int64_t *ns = sepp->env->cost->ns;
	const int64_t share = ns[CRYPTO_OP_SUCI_CONCEAL], sign = ns[CRYPTO_OP_ES256_SIGN],
		chain = 3 * ns[CRYPTO_OP_ES256_VERIFY];
	int64_t crypto = 0;

	switch (msg->type) {
	case MSG_N32_CLIENT_HELLO:
		crypto = share + sign;
		break;
	case MSG_N32_SERVER_HELLO:
		crypto = share + chain + sign;
		break;
	case MSG_N32_CLIENT_FINISHED:
		crypto = chain;
		break;
	case MSG_N32_PARAMETERS:
	case MSG_N32_PARAMETERS_RSP:
		crypto = ns[CRYPTO_OP_PRINS_KEYS];
		break;
	default:
		break;
	}
	return nf_twin_demand(sepp->env, msg, SVC_sepp_handshake, 0, crypto);
}

/* ---- N32-f ---- */

/* A record of TLS is opened or sealed at each end of N32, and in PRINS a JWE in it. 12 bits: type <
 * 256 */
static struct nf_demand pass_demand(void *self, const struct msg *msg)
{
	const struct sepp *sepp = self;
	const struct nf_env *env = sepp->env;
	bool home = sepp->node == env->node.hsepp;
	uint32_t name = (uint32_t)home << 11 | (uint32_t)msg->type << 3 | (msg->attempt & 7);
	int64_t aead = env->cost->ns[CRYPTO_OP_AEAD];

	return (struct nf_demand){
		nf_draw_service(env, msg, SVC_sepp_forward, NF_DRAW_SEPP, name),
		sepp->config->n32 == ROAMING_PRINS ? 2 * aead : aead};
}

/* TS 29.573 5.3.2: whoever cannot read N32-f says so to the other end; the sender hears of it in
 * any case. */
static void refuse(struct sepp *sepp, const struct msg *request)
{
	struct nf_env *env = sepp->env;
	struct msg *no = nf_answer(env, sbi_answer_of((enum msg_type)request->type), request);

	env->counter[NF_COUNT_N32_REFUSED]++;
	no->cause = MSG_CAUSE_TARGET_NOT_REACHABLE;
	no->from = request->to;
	no->to = request->from;
	if (request->n32_leg)
		say(sepp, nf_message(env, MSG_N32_ERROR, request));
	else if (sepp->state == DOWN)
		sepp_start(sepp);
	nf_forward(env, sepp->node, no);
}

/* An answer that says no needs no context: it is HTTP's own error. */
static void pass(void *self, struct msg *msg)
{
	struct sepp *sepp = self;
	bool request = sbi_is_request((enum msg_type)msg->type);

	if (sepp->state == READY || (!request && msg->cause != MSG_CAUSE_NONE)) {
		nf_forward(sepp->env, sepp->node, msg);
		return;
	}
	if (request)
		refuse(sepp, msg);
	nf_release(sepp->env, msg);
}

const struct nf_entry nf_sepp = {
	.name = "sepp",
	.doc = "SEPP: N32-c negotiation, N32-f by TLS or PRINS between visited and home network",
	.source = "TS 33.501 13, TS 29.573",
	.demand = demand,
	.handle = handle,
	.timer = timer,
	.reset = reset,
	.pass_demand = pass_demand,
	.pass = pass,
};
