/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/dtf.h"

#include "models/crypto/sign.h"
#include "models/nf/dtf_state.h"
#include "sim/core/fsm.h"
#include <string.h>

static const struct sim_param rows[] = {
	NF_STATION_ROWS(struct dtf_config),
	{.key = "sbi_timeout", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct dtf_config, sbi_timeout_ns), .fallback = "10s", .min = 0.001,
	 .max = 3600, .source = "Open5GS lib/app/ogs-config.c: message duration 10 s",
	 .doc = "no answer from the AAnF or the UDM"},
	{.key = "ledger_timeout", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct dtf_config, ledger_timeout_ns), .fallback = "30s", .min = 0.001,
	 .max = 86400, .source = "assumption: several times block interval and finality",
	 .doc = "no confirmation from the ledger"},
};
const struct sim_section dtf_section = {
	.prefix = "dtf", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct dtf_config), .doc = "digital twin function",
};

/* ---- one transaction: a request of a headset, until it is answered ---- */

enum state { NEW, WAIT_KEY, WAIT_FINAL, WAIT_STORED, ANSWERED, N_STATES };
enum event {
	E_SESSION,
	E_ENROL,
	E_ASSERTION,
	E_LEAVE,
	E_KEY,
	E_FINAL,
	E_STORED,
	E_TIMEOUT,
	N_EVENTS
};

struct dtf_transaction {
	struct dtf *dtf;
	struct dtf_transaction *next, *previous;
	struct sim_handle self;
	uint8_t state;
	struct msg request; /* what will be answered; its span follows the chain */
	struct dtf_subscriber *subscriber;
	struct sim_timer timer;
};

static struct dtf_transaction *begin(struct dtf *dtf, const struct msg *request)
{
	struct sim_handle self;
	struct dtf_transaction *t = sim_pool_take(dtf->transactions, &self);

	t->dtf = dtf;
	t->self = self;
	t->request = *request;
	t->next = dtf->first;
	if (t->next)
		t->next->previous = t;
	dtf->first = t;
	return t;
}

static void end(struct dtf_transaction *t)
{
	struct dtf *dtf = t->dtf;

	sim_timer_stop(dtf->env->sim, &t->timer);
	if (t->next)
		t->next->previous = t->previous;
	if (t->previous)
		t->previous->next = t->next;
	else
		dtf->first = t->next;
	sim_pool_give(dtf->transactions, t->self);
}

static enum msg_type answer_type(enum msg_type request)
{
	switch (request) {
	case MSG_DTF_SESSION:
		return MSG_DTF_SESSION_RSP;
	case MSG_DTF_ENROL:
		return MSG_DTF_ENROL_RSP;
	case MSG_DTF_ASSERTION:
		return MSG_DTF_ASSERTION_RSP;
	default:
		return MSG_DTF_LEAVE_RSP;
	}
}

static enum nf_procedure procedure_of(enum msg_type request)
{
	switch (request) {
	case MSG_DTF_ENROL:
		return NF_P_ENROLMENT;
	case MSG_DTF_LEAVE:
		return NF_P_LEAVE;
	default:
		return NF_P_ASSERTION;
	}
}

static void fill_good(struct dtf_transaction *t, struct msg *msg)
{
	const struct dtf_subscriber *s = t->subscriber;

	if (msg->type == MSG_DTF_SESSION_RSP) {
		memcpy(msg->dt.nonce, s->nonce, sizeof msg->dt.nonce);
		memcpy(msg->dt.nonce2, s->nonce2, sizeof msg->dt.nonce2);
	} else if (msg->type == MSG_DTF_ENROL_RSP) {
		memcpy(msg->dt.tid, s->token, sizeof msg->dt.tid);
	} else if (msg->type == MSG_DTF_ASSERTION_RSP) {
		dtf_assert(t->dtf, s, &t->request, &msg->assertion);
	}
}

/* Who has not proven KAF learns the cause alone, without the DTF's proof. */
static enum state answer(struct dtf_transaction *t, uint8_t cause)
{
	struct dtf *dtf = t->dtf;
	const struct dtf_subscriber *s = t->subscriber;
	struct msg *msg = nf_answer(dtf->env, answer_type(t->request.type), &t->request);
	bool proven = t->request.type != MSG_DTF_SESSION || cause == 0;

	msg->cause = cause;
	msg->dt.count = t->request.dt.count;
	if (s && s->in_session && proven) {
		msg->dt.session = nf_index_key(s->nonce2);
		if (cause == 0)
			fill_good(t, msg);
		dtf_mac_answer(dtf, s, msg);
	}
	nf_trace_step(dtf->env, dtf->env->node.dtf, t->request.ue, procedure_of(t->request.type),
	              msg->type, cause != 0, cause);
	nf_reply(dtf->env, &t->request, msg);
	return ANSWERED;
}

/* Asks another function and waits for it. */
static void ask(struct dtf_transaction *t, uint16_t node, struct msg *msg, int64_t timeout_ns)
{
	struct nf_env *env = t->dtf->env;

	msg->asker = t->self;
	nf_send(env, env->node.dtf, node, msg);
	sim_timer_stop(env->sim, &t->timer);
	sim_timer_start(env->sim, &t->timer, timeout_ns, NF_KIND_TIMER, 0, env->node.dtf,
	                sim_handle_pack(t->self));
}

/* ---- session ---- */

static enum state session(struct dtf_transaction *t)
{
	struct dtf *dtf = t->dtf;

	t->subscriber = dtf_by_a_tid(dtf, t->request.dt.tid);
	if (t->subscriber)
		return answer(t, dtf_open_session(dtf, t->subscriber, &t->request));
	struct msg *get = nf_message(dtf->env, MSG_AANF_KEY, &t->request);
	memcpy(get->key.a_tid, t->request.dt.tid, sizeof get->key.a_tid);
	ask(t, dtf->env->node.aanf, get, dtf->config->sbi_timeout_ns);
	return WAIT_KEY;
}

static uint8_t on_key(void *self, uint8_t event, const void *arg)
{
	struct dtf_transaction *t = self;
	const struct msg *msg = arg;

	if (event == E_TIMEOUT)
		return answer(t, DT_CAUSE_AANF_TIMEOUT);
	if (msg->cause)
		return answer(t, msg->cause);
	t->subscriber = dtf_keep_kaf(t->dtf, t->request.dt.tid, &msg->key);
	return answer(t, dtf_open_session(t->dtf, t->subscriber, &t->request));
}

/* ---- enrolment ---- */

/* A repeated request takes over the transaction of the first: the answer goes to the latest. */
static enum state join_enrolment(struct dtf_transaction *t)
{
	struct dtf *dtf = t->dtf;
	struct dtf_transaction *under_way = sim_pool_get(dtf->transactions, t->subscriber->enrolment);

	SIM_ASSERT(under_way != NULL);
	struct sim_span chain = under_way->request.span;
	under_way->request = t->request;
	under_way->request.span = chain;
	return ANSWERED;
}

static enum state enrol(struct dtf_transaction *t)
{
	struct dtf *dtf = t->dtf;
	struct dtf_subscriber *s = t->subscriber;
	uint8_t cause = dtf_may_enrol(dtf, s, &t->request);

	if (cause || s->twin == DTF_STORED)
		return answer(t, cause);
	if (s->twin == DTF_PENDING)
		return join_enrolment(t);
	dtf_bind(dtf, s, &t->request);
	s->enrolment = t->self;
	struct msg *mint = nf_message(dtf->env, MSG_LEDGER_MINT, &t->request);
	dtf_fill_mint(dtf, s, mint);
	ask(t, dtf->env->node.ledger, mint, dtf->config->ledger_timeout_ns);
	return WAIT_FINAL;
}

static enum state enrolment_failed(struct dtf_transaction *t, uint8_t cause)
{
	dtf_unbind(t->dtf, t->subscriber);
	return answer(t, cause);
}

static enum state store(struct dtf_transaction *t)
{
	struct dtf *dtf = t->dtf;
	struct msg *record = nf_message(dtf->env, MSG_UDM_TWIN, &t->request);

	dtf_fill_record(dtf, t->subscriber, record);
	ask(t, dtf->env->node.udm, record, dtf->config->sbi_timeout_ns);
	return WAIT_STORED;
}

static uint8_t on_final(void *self, uint8_t event, const void *arg)
{
	struct dtf_transaction *t = self;
	const struct msg *msg = arg;

	if (event == E_TIMEOUT)
		return enrolment_failed(t, DT_CAUSE_LEDGER_TIMEOUT);
	if (msg->cause)
		return enrolment_failed(t, msg->cause);
	if (!dtf_is_final(t->dtf, t->subscriber, msg))
		return enrolment_failed(t, DT_CAUSE_LEDGER_SIGNATURE);
	return store(t);
}

/* Both an enrolment and a leaving end with the home database's confirmation. */
static uint8_t on_stored(void *self, uint8_t event, const void *arg)
{
	struct dtf_transaction *t = self;
	const struct msg *msg = arg;
	uint8_t cause = event == E_TIMEOUT ? DT_CAUSE_STORE_TIMEOUT : msg->cause;

	if (t->request.type == MSG_DTF_LEAVE)
		return answer(t, cause);
	if (cause)
		return enrolment_failed(t, cause);
	t->subscriber->twin = DTF_STORED;
	t->subscriber->enrolment = SIM_HANDLE_NONE;
	t->dtf->env->counter[NF_COUNT_TWINS]++;
	return answer(t, 0);
}

/* ---- assertion, leaving ---- */

static enum state assertion(struct dtf_transaction *t)
{
	if (t->subscriber->twin != DTF_STORED)
		return answer(t, DT_CAUSE_NO_TWIN);
	if (t->request.dt.hospital >= t->dtf->anchors->n_hospitals)
		return answer(t, DT_CAUSE_UNKNOWN_AUDIENCE);
	t->dtf->env->counter[NF_COUNT_ASSERTIONS]++;
	return answer(t, 0);
}

static uint8_t on_request(void *self, uint8_t event, const void *arg)
{
	struct dtf_transaction *t = self;
	uint8_t cause;

	(void)arg;
	if (event == E_SESSION)
		return session(t);
	t->subscriber = dtf_check_request(t->dtf, &t->request, &cause);
	if (!t->subscriber)
		return answer(t, cause);
	if (event == E_ENROL)
		return enrol(t);
	if (event == E_ASSERTION)
		return assertion(t);
	return t->subscriber->twin == DTF_STORED ? store(t) : answer(t, DT_CAUSE_NO_TWIN);
}

/* ---- the machine ---- */

#define BIT SIM_FSM_BIT
static const struct sim_fsm_row states[] = {
	{NEW, "NEW", "docs/DT_INTERFACE.md, DT1",
	 BIT(E_SESSION) | BIT(E_ENROL) | BIT(E_ASSERTION) | BIT(E_LEAVE),
	 BIT(WAIT_KEY) | BIT(WAIT_FINAL) | BIT(WAIT_STORED) | BIT(ANSWERED), on_request},
	{WAIT_KEY, "WAIT-KEY", "TS 33.535 6.2.1", BIT(E_KEY) | BIT(E_TIMEOUT), BIT(ANSWERED), on_key},
	{WAIT_FINAL, "WAIT-FINAL", "docs/DT_INTERFACE.md, DT3", BIT(E_FINAL) | BIT(E_TIMEOUT),
	 BIT(WAIT_STORED) | BIT(ANSWERED), on_final},
	{WAIT_STORED, "WAIT-STORED", "docs/DT_INTERFACE.md, DT4", BIT(E_STORED) | BIT(E_TIMEOUT),
	 BIT(ANSWERED), on_stored},
	{ANSWERED, "ANSWERED", "docs/DT_INTERFACE.md, DT1", 0, 0, NULL},
};
#undef BIT
static const char *const event_names[] = {"SESSION", "ENROL", "ASSERTION", "LEAVE",
                                          "KEY",     "FINAL", "STORED",    "TIMEOUT"};

/* A second answer to one question, or an answer of another kind: nothing waits for it. */
static void unexpected(void *self, uint8_t state, uint8_t event, const void *arg)
{
	struct dtf_transaction *t = self;

	(void)state;
	(void)event;
	(void)arg;
	t->dtf->env->counter[NF_COUNT_UNEXPECTED]++;
}

const struct sim_fsm dtf_fsm = {
	.name = "DTF transaction", .rows = states, .n_rows = N_STATES, .event_names = event_names,
	.n_events = N_EVENTS, .unexpected = unexpected,
};

static void step(struct dtf_transaction *t, enum event event, const struct msg *msg)
{
	sim_fsm_step(&dtf_fsm, &t->state, t, (uint8_t)event, msg);
	if (t->state == ANSWERED)
		end(t);
}

/* ---- the function ---- */

static void answered_by_other(struct dtf *dtf, enum event event, const struct msg *msg)
{
	struct dtf_transaction *t = sim_pool_get(dtf->transactions, msg->asker);

	if (!t) {
		dtf->env->counter[NF_COUNT_STALE]++;
		return;
	}
	t->request.span = msg->span;
	step(t, event, msg);
}

static void handle(void *self, const struct msg *msg)
{
	struct dtf *dtf = self;

	switch (msg->type) {
	case MSG_DTF_SESSION:
		step(begin(dtf, msg), E_SESSION, msg);
		break;
	case MSG_DTF_ENROL:
		step(begin(dtf, msg), E_ENROL, msg);
		break;
	case MSG_DTF_ASSERTION:
		step(begin(dtf, msg), E_ASSERTION, msg);
		break;
	case MSG_DTF_LEAVE:
		step(begin(dtf, msg), E_LEAVE, msg);
		break;
	case MSG_AANF_KEY_RSP:
		answered_by_other(dtf, E_KEY, msg);
		break;
	case MSG_LEDGER_FINAL:
		answered_by_other(dtf, E_FINAL, msg);
		break;
	case MSG_UDM_TWIN_RSP:
		answered_by_other(dtf, E_STORED, msg);
		break;
	default:
		dtf->env->counter[NF_COUNT_UNEXPECTED]++;
	}
}

static void timeout(void *self, const struct sim_event *event)
{
	struct dtf *dtf = self;
	struct dtf_transaction *t = sim_pool_get(dtf->transactions, sim_handle_unpack(event->arg));

	if (!t)
		return;
	dtf->env->counter[NF_COUNT_SBI_TIMEOUTS]++;
	sim_span_mark(&t->request.span, dtf->env->sim->now_ns, SIM_PART_TIMER);
	step(t, E_TIMEOUT, NULL);
}

/* ---- what the steps cost ---- */

static int64_t session_crypto(const struct dtf *dtf, const struct msg *msg)
{
	return dtf_by_a_tid(dtf, msg->dt.tid) ? 2 * dtf->env->cost->ns[CRYPTO_OP_MAC] : 0;
}

static int64_t assertion_crypto(const struct dtf *dtf)
{
	const int64_t *ns = dtf->env->cost->ns;
	int64_t salted = dtf->policy->commitment == POL_COMMITMENT_SALTED
	                     ? ns[CRYPTO_OP_MAC] + ns[CRYPTO_OP_HASH]
	                     : 0;

	return 3 * ns[CRYPTO_OP_MAC] + salted + ns[CRYPTO_OP_SUCI_CONCEAL] + ns[CRYPTO_OP_SIGN];
}

static struct nf_demand stored_demand(const struct dtf *dtf, const struct msg *msg)
{
	const struct dtf_transaction *t = sim_pool_get(dtf->transactions, msg->asker);
	bool leave = t && t->request.type == MSG_DTF_LEAVE;

	return nf_twin_demand(dtf->env, msg, leave ? SVC_dtf_leave : SVC_dtf_enrol, leave ? 1 : 2,
	                      dtf->env->cost->ns[CRYPTO_OP_MAC]);
}

static struct nf_demand demand(void *self, const struct msg *msg)
{
	const struct dtf *dtf = self;
	const int64_t *ns = dtf->env->cost->ns;

	switch (msg->type) {
	case MSG_DTF_SESSION:
		return nf_twin_demand(dtf->env, msg, SVC_dtf_session, 0, session_crypto(dtf, msg));
	case MSG_AANF_KEY_RSP:
		return nf_twin_demand(dtf->env, msg, SVC_dtf_session, 1, 2 * ns[CRYPTO_OP_MAC]);
	case MSG_DTF_ENROL: /* request, owner's proof, binding, mint */
		return nf_twin_demand(dtf->env, msg, SVC_dtf_enrol, 0,
		                      ns[CRYPTO_OP_MAC] + ns[CRYPTO_OP_VERIFY] + ns[CRYPTO_OP_HASH] +
		                          ns[CRYPTO_OP_SIGN]);
	case MSG_LEDGER_FINAL: /* confirmation, seal of the record */
		return nf_twin_demand(dtf->env, msg, SVC_dtf_enrol, 1,
		                      ns[CRYPTO_OP_VERIFY] + ns[CRYPTO_OP_MAC]);
	case MSG_DTF_ASSERTION:
		return nf_twin_demand(dtf->env, msg, SVC_dtf_assertion, 0, assertion_crypto(dtf));
	case MSG_DTF_LEAVE: /* request, seal of the record */
		return nf_twin_demand(dtf->env, msg, SVC_dtf_leave, 0, 2 * ns[CRYPTO_OP_MAC]);
	default:
		return stored_demand(dtf, msg);
	}
}

/* ---- start and crash ---- */

struct dtf *dtf_new(struct nf_env *env, const struct dtf_config *config,
                    const struct pol_config *policy, struct nf_anchors *anchors)
{
	struct sim_arena *arena = env->sim->arena;
	struct dtf *dtf = sim_arena_alloc(arena, sizeof *dtf);

	SIM_ASSERT(sim_fsm_check(&dtf_fsm, NULL) == SIM_OK);
	*dtf = (struct dtf){.env = env, .config = config, .policy = policy, .anchors = anchors};
	dtf->subscriber_pool = sim_pool_new(arena, sizeof(struct dtf_subscriber), 4);
	dtf->transactions = sim_pool_new(arena, sizeof(struct dtf_transaction), 8);
	nf_index_init(&dtf->by_msin, arena, 16);
	nf_index_init(&dtf->by_a_tid, arena, 16);
	nf_index_init(&dtf->by_session, arena, 16);
	nf_index_init(&dtf->by_root, arena, 16);
	for (uint32_t i = 0; i < 3; i++)
		nf_own_secret(env, env->node.dtf, i, dtf->secret[i]);
	crypto_sign_public(env->crypto, nf_twin_suite(env), dtf->secret[DTF_SECRET_SIGN],
	                   anchors->network_key);
	return dtf;
}

static void reset(void *self)
{
	struct dtf *dtf = self;

	while (dtf->first)
		end(dtf->first);
	dtf_forget(dtf);
}

const struct nf_entry nf_dtf = {
	.name = "dtf", .doc = "digital twin function: enrolment, assertions, storage",
	.source = "the use case; TS 33.535 for KAF", .demand = demand, .handle = handle,
	.timer = timeout, .reset = reset,
};
