/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/hospital.h"

#include "models/crypto/ecies.h"
#include "models/crypto/sign.h"
#include "models/nf/hospital_akma.h"
#include "models/nf/index.h"
#include "sim/core/fsm.h"
#include <string.h>

static const struct sim_param rows[] = {
	NF_STATION_ROWS(struct hospital_config),
	{.key = "keep_alive", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct hospital_config, keep_alive_ns), .fallback = "5s", .min = 0.01,
	 .max = 3600, .source = "assumption: the resolution of surgery.interruption",
	 .doc = "interval between keep-alives of a surgery session"},
	{.key = "answer", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct hospital_config, answer_ns), .fallback = "500ms", .min = 0.001,
	 .max = 3600, .source = "assumption: several round trips",
	 .doc = "a keep-alive unanswered for this long has failed"},
	{.key = "entry_timeout", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct hospital_config, entry_timeout_ns), .fallback = "2s", .min = 0.001,
	 .max = 3600, .source = "assumption: many times the time of an unloaded entry",
	 .doc = "an unanswered request of the twin's client is repeated after this"},
	{.key = "entry_retries", .type = SIM_PAR_COUNT,
	 .offset = offsetof(struct hospital_config, entry_retries), .fallback = "4", .min = 0,
	 .max = 200, .source = "assumption: as NAS timers, given up on the fifth expiry",
	 .doc = "repetitions of a request before the twin's client gives up"},
	{.key = "akma", .type = SIM_PAR_BOOL, .offset = offsetof(struct hospital_config, akma),
	 .fallback = "false", .source = "docs/DT_INTERFACE.md: a hospital sees an assertion and nothing else",
	 .doc = "hospitals are application functions of AKMA: headsets show their A-KID and prove KAF"},
	{.key = "enrol_timeout", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct hospital_config, enrol_timeout_ns), .fallback = "20s", .min = 0.001,
	 .max = 86400, .source = "assumption: several times block interval and finality",
	 .doc = "an unanswered enrolment is repeated after this"},
};
const struct sim_section hospital_section = {
	.prefix = "hospital", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct hospital_config),
	.doc = "hospital platforms, and the client of the twin on the headset",
};

enum state { NEW, CHALLENGED, ADMITTED, GONE, N_STATES };
enum event { E_HELLO, E_ENTRY, E_KEEP_ALIVE, E_LEAVE, E_SILENCE, N_EVENTS };

/* A visit of a twin, from its hello to its leaving, or to a long silence. */
struct visit {
	struct hospital *hospital;
	struct visit *next, *previous;
	struct sim_handle self;
	uint8_t state;
	uint8_t nonce[16], nonce2[16]; /* session number: the first octets of nonce2 */
	uint8_t holder_key[32], pseudonym[16], shown[64]; /* shown: signature of the assertion */
	int64_t heard_ns;
	struct sim_timer silence;
};
struct hospital {
	struct nf_env *env;
	const struct hospital_config *config;
	const struct nf_anchors *anchors;
	const struct witness *witness;
	uint16_t number, node;
	uint8_t identity[32], care_team[32]; /* secret keys; the second is the care team's alone */
	struct sim_pool *visits;
	struct visit *first;
	struct nf_index by_session;
	struct hospital_akma *akma; /* NULL: without */
};
enum { TIMER_AKMA, TIMER_SILENCE };

extern const struct sim_fsm hospital_fsm; /* the table, below */

struct hospital *hospital_new(struct nf_env *env, const struct hospital_config *config,
                              uint16_t number, struct nf_anchors *anchors,
                              const struct witness *witness)
{
	struct hospital *h = sim_arena_alloc(env->sim->arena, sizeof *h);
	struct nf_hospital_keys *keys = &anchors->hospital[number];

	SIM_ASSERT(sim_fsm_check(&hospital_fsm, NULL) == SIM_OK);
	*h = (struct hospital){.env = env, .config = config, .anchors = anchors, .witness = witness,
		.number = number, .node = (uint16_t)(env->node.hospital0 + number)};
	h->visits = sim_pool_new(env->sim->arena, sizeof(struct visit), 4);
	nf_index_init(&h->by_session, env->sim->arena, 8);
	if (config->akma)
		h->akma = hospital_akma_new(env, anchors, number, config->entry_timeout_ns);
	nf_own_secret(env, h->node, 0, h->identity);
	nf_own_secret(env, h->node, 1, h->care_team);
	crypto_sign_public(env->crypto, nf_twin_suite(env), h->identity, keys->identity);
	crypto_ecies_public(env->crypto, nf_twin_suite(env), CRYPTO_ECIES_A, h->care_team,
	                    keys->care_team);
	return h;
}

/* ---- visits ---- */

/* How long a visit may be silent: ten keep-alives, or the client's patience in an entry. */
static int64_t patience_ns(const struct hospital *h)
{
	int64_t entry = h->config->entry_timeout_ns * (h->config->entry_retries + 1);
	int64_t session = 10 * h->config->keep_alive_ns;

	return entry > session ? entry : session;
}

static void listen(struct visit *v, int64_t delay_ns)
{
	struct hospital *h = v->hospital;

	sim_timer_start(h->env->sim, &v->silence, delay_ns, NF_KIND_TIMER, TIMER_SILENCE, h->node,
	                sim_handle_pack(v->self));
}

static struct visit *begin(struct hospital *h)
{
	struct sim_handle self;
	struct visit *v = sim_pool_take(h->visits, &self);

	v->hospital = h;
	v->self = self;
	v->next = h->first;
	if (v->next)
		v->next->previous = v;
	h->first = v;
	v->heard_ns = h->env->sim->now_ns;
	listen(v, patience_ns(h));
	return v;
}

static void end(struct visit *v)
{
	struct hospital *h = v->hospital;

	sim_timer_stop(h->env->sim, &v->silence);
	nf_index_remove(&h->by_session, nf_index_key(v->nonce2));
	if (v->next)
		v->next->previous = v->previous;
	if (v->previous)
		v->previous->next = v->next;
	else
		h->first = v->next;
	sim_pool_give(h->visits, v->self);
}

static struct visit *find(const struct hospital *h, uint64_t session)
{
	uint64_t packed;

	if (!nf_index_get(&h->by_session, session, &packed))
		return NULL;
	return sim_pool_get(h->visits, sim_handle_unpack(packed));
}

static void sign(struct hospital *h, const struct dt_text *text, struct msg *msg)
{
	crypto_sign(h->env->crypto, nf_suite(h->env, msg->ue), h->identity, text->octets, text->n,
	            msg->dt.proof);
}

static void reply(struct hospital *h, const struct msg *request, struct msg *answer,
                  enum nf_procedure procedure, uint8_t cause)
{
	answer->cause = cause;
	answer->dt.hospital = h->number;
	nf_trace_step(h->env, h->node, request->ue, procedure, answer->type, cause != 0, cause);
	nf_reply(h->env, request, answer);
}

static void refuse(struct hospital *h, const struct msg *msg, enum msg_type answer, uint8_t cause)
{
	h->env->counter[NF_COUNT_ENTRIES_REFUSED]++;
	reply(h, msg, nf_answer(h->env, answer, msg), NF_P_ENTRY, cause);
}

/* ---- challenge ---- */

static uint8_t on_hello(void *self, uint8_t event, const void *arg)
{
	struct visit *v = self;
	struct hospital *h = v->hospital;
	const struct msg *msg = arg;
	/* A repeated hello is a new visit with a new challenge; the old one is left to its silence. */
	struct sim_stream stream = nf_stream(h->env, NF_DRAW_TWIN, msg->ue, msg->procedure,
	                                     0x800 | msg->attempt);

	(void)event;
	if (h->akma && !hospital_akma_takes(h->akma, msg->dt.nonce)) {
		refuse(h, msg, MSG_HOSPITAL_CHALLENGE, DT_CAUSE_MAC_FAILURE);
		return GONE;
	}
	memcpy(v->nonce, msg->dt.nonce, sizeof v->nonce);
	sim_stream_octets(&stream, v->nonce2, sizeof v->nonce2);
	nf_index_put(&h->by_session, nf_index_key(v->nonce2), sim_handle_pack(v->self));

	struct msg *challenge = nf_answer(h->env, MSG_HOSPITAL_CHALLENGE, msg);
	challenge->dt.session = nf_index_key(v->nonce2);
	memcpy(challenge->dt.nonce, v->nonce, sizeof v->nonce);
	memcpy(challenge->dt.nonce2, v->nonce2, sizeof v->nonce2);
	struct dt_text text =
		dt_text_challenge(h->number, v->nonce, v->nonce2, challenge->dt.session);
	sign(h, &text, challenge);
	reply(h, msg, challenge, NF_P_ENTRY, 0);
	return CHALLENGED;
}

/* ---- entry ---- */

static bool is_signed_by_network(const struct hospital *h, const struct msg *msg)
{
	const struct msg_assertion *assertion = &msg->assertion;

	if (assertion->sealed_n > MSG_SCHEME_MAX)
		return false;
	struct dt_text text = dt_text_assertion(assertion);
	return crypto_verify(h->env->crypto, nf_suite(h->env, msg->ue), h->anchors->network_key,
	                     text.octets, text.n, assertion->signature);
}

static bool holder_is_proven(const struct visit *v, const struct msg *msg)
{
	const struct hospital *h = v->hospital;
	struct dt_text text =
		dt_text_possession(h->number, v->nonce, v->nonce2, &msg->assertion);

	return crypto_verify(h->env->crypto, nf_suite(h->env, msg->ue), msg->assertion.holder_key,
	                     text.octets, text.n, msg->dt.proof);
}

static uint8_t check_entry(const struct visit *v, const struct msg *msg)
{
	const struct hospital *h = v->hospital;

	if (!is_signed_by_network(h, msg))
		return DT_CAUSE_SIGNATURE;
	if (msg->assertion.hospital != h->number)
		return DT_CAUSE_AUDIENCE;
	if (h->env->sim->now_ns >= msg->assertion.not_after_ns)
		return DT_CAUSE_EXPIRED;
	if (!holder_is_proven(v, msg))
		return DT_CAUSE_POSSESSION;
	return 0;
}

/* The care team opens the seal on its own device: outside the platform, and outside the wait. */
static void note_seen(const struct hospital *h, const struct msg *msg)
{
	const struct msg_assertion *assertion = &msg->assertion;
	uint8_t opened[MSG_SCHEME_MAX];
	uint64_t msin = 0;

	if (!h->witness)
		return;
	bool disclosed = assertion->sealed_n == CRYPTO_ECIES_EXTRA + DT_MSIN_OCTETS &&
	                 crypto_ecies_reveal(h->env->crypto, nf_suite(h->env, msg->ue), CRYPTO_ECIES_A,
	                                     h->care_team, assertion->sealed, assertion->sealed_n, opened) &&
	                 dt_msin_decode(opened, &msin);
	witness_hospital(h->witness, msg->ue, h->number, assertion, disclosed, msin);
}

static void admit(const struct visit *v, const struct msg *msg)
{
	struct hospital *h = v->hospital;
	struct msg *answer = nf_answer(h->env, MSG_HOSPITAL_ADMIT, msg);
	struct dt_text text = dt_text_admit(h->number, v->nonce, v->nonce2, v->pseudonym);

	answer->dt.session = msg->dt.session;
	sign(h, &text, answer);
	reply(h, msg, answer, NF_P_ENTRY, 0);
}

static uint8_t on_entry(void *self, uint8_t event, const void *arg)
{
	struct visit *v = self;
	const struct msg *msg = arg;

	if (event == E_SILENCE)
		return GONE;
	uint8_t cause = check_entry(v, msg);
	if (cause) {
		refuse(v->hospital, msg, MSG_HOSPITAL_ADMIT, cause);
		return GONE;
	}
	memcpy(v->holder_key, msg->assertion.holder_key, sizeof v->holder_key);
	memcpy(v->pseudonym, msg->assertion.pseudonym, sizeof v->pseudonym);
	memcpy(v->shown, msg->assertion.signature, sizeof v->shown);
	note_seen(v->hospital, msg);
	admit(v, msg);
	return ADMITTED;
}

/* ---- session ---- */

static void keep_alive(struct hospital *h, const struct msg *msg)
{
	struct msg *answer = nf_answer(h->env, MSG_KEEP_ALIVE_RSP, msg);

	answer->dt.session = msg->dt.session;
	answer->dt.count = msg->dt.count;
	nf_reply(h->env, msg, answer);
}

static enum state leave(const struct visit *v, const struct msg *msg)
{
	struct hospital *h = v->hospital;
	struct dt_text text = dt_text_leave(h->number, v->nonce, v->nonce2);
	bool proven = crypto_verify(h->env->crypto, nf_suite(h->env, msg->ue), v->holder_key,
	                            text.octets, text.n, msg->dt.proof);

	reply(h, msg, nf_answer(h->env, MSG_HOSPITAL_LEAVE_RSP, msg), NF_P_LEAVE,
	      proven ? 0 : DT_CAUSE_POSSESSION);
	return proven ? GONE : ADMITTED;
}

static uint8_t on_session(void *self, uint8_t event, const void *arg)
{
	struct visit *v = self;
	const struct msg *msg = arg;

	switch (event) {
	case E_ENTRY: /* the admission was lost: the same proof is answered again */
		if (memcmp(v->shown, msg->assertion.signature, sizeof v->shown) == 0 &&
		    holder_is_proven(v, msg))
			admit(v, msg);
		else
			refuse(v->hospital, msg, MSG_HOSPITAL_ADMIT, DT_CAUSE_POSSESSION);
		return ADMITTED;
	case E_KEEP_ALIVE:
		keep_alive(v->hospital, msg);
		return ADMITTED;
	case E_LEAVE:
		return leave(v, msg);
	default:
		return GONE;
	}
}

/* ---- the machine ---- */

#define BIT SIM_FSM_BIT
static const struct sim_fsm_row states[] = {
	{NEW, "NEW", "docs/DT_INTERFACE.md, DT2", BIT(E_HELLO), BIT(CHALLENGED) | BIT(GONE),
	 on_hello},
	{CHALLENGED, "CHALLENGED", "docs/DT_INTERFACE.md, DT2", BIT(E_ENTRY) | BIT(E_SILENCE),
	 BIT(ADMITTED) | BIT(GONE), on_entry},
	{ADMITTED, "ADMITTED", "docs/DT_INTERFACE.md, DT2",
	 BIT(E_ENTRY) | BIT(E_KEEP_ALIVE) | BIT(E_LEAVE) | BIT(E_SILENCE), BIT(ADMITTED) | BIT(GONE),
	 on_session},
	{GONE, "GONE", "docs/DT_INTERFACE.md, DT2", 0, 0, NULL},
};
#undef BIT
static const char *const event_names[] = {"HELLO", "ENTRY", "KEEP-ALIVE", "LEAVE", "SILENCE"};

static void unexpected(void *self, uint8_t state, uint8_t event, const void *arg)
{
	struct visit *v = self;

	(void)state;
	(void)event;
	(void)arg;
	v->hospital->env->counter[NF_COUNT_UNEXPECTED]++;
}

const struct sim_fsm hospital_fsm = {
	.name = "visit to a hospital", .rows = states, .n_rows = N_STATES,
	.event_names = event_names, .n_events = N_EVENTS, .unexpected = unexpected,
};

static void step(struct visit *v, enum event event, const struct msg *msg)
{
	v->heard_ns = v->hospital->env->sim->now_ns;
	sim_fsm_step(&hospital_fsm, &v->state, v, (uint8_t)event, msg);
	if (v->state == GONE)
		end(v);
}

/* A visit that is gone (left, silent, lost in a crash) is answered with that cause. */
static void no_visit(struct hospital *h, const struct msg *msg)
{
	if (msg->type == MSG_HOSPITAL_ENTRY)
		refuse(h, msg, MSG_HOSPITAL_ADMIT, DT_CAUSE_SESSION_UNKNOWN);
	else if (msg->type == MSG_HOSPITAL_LEAVE)
		reply(h, msg, nf_answer(h->env, MSG_HOSPITAL_LEAVE_RSP, msg), NF_P_LEAVE,
		      DT_CAUSE_SESSION_UNKNOWN);
	else
		reply(h, msg, nf_answer(h->env, MSG_KEEP_ALIVE_RSP, msg), NF_P_SESSION,
		      DT_CAUSE_SESSION_UNKNOWN);
}

static void handle(void *self, const struct msg *msg)
{
	struct hospital *h = self;
	struct visit *v = msg->type == MSG_AANF_KEY_RSP ? NULL : find(h, msg->dt.session);
	enum event event;

	if (h->akma && msg->type == MSG_HOSPITAL_AKMA) {
		hospital_akma_ask(h->akma, msg);
		return;
	}
	if (h->akma && msg->type == MSG_AANF_KEY_RSP) {
		hospital_akma_told(h->akma, msg);
		return;
	}
	switch (msg->type) {
	case MSG_HOSPITAL_HELLO:
		step(begin(h), E_HELLO, msg);
		return;
	case MSG_HOSPITAL_ENTRY:
		event = E_ENTRY;
		break;
	case MSG_KEEP_ALIVE:
		event = E_KEEP_ALIVE;
		break;
	case MSG_HOSPITAL_LEAVE:
		event = E_LEAVE;
		break;
	default:
		h->env->counter[NF_COUNT_UNEXPECTED]++;
		return;
	}
	if (v)
		step(v, event, msg);
	else
		no_visit(h, msg);
}

/* Looks once per patience, instead of restarting a timer at each keep-alive. */
static void silence(void *self, const struct sim_event *event)
{
	struct hospital *h = self;
	struct visit *v;

	if (event->detail == TIMER_AKMA) {
		hospital_akma_timer(h->akma);
		return;
	}
	v = sim_pool_get(h->visits, sim_handle_unpack(event->arg));

	if (!v)
		return;
	int64_t left = v->heard_ns + patience_ns(h) - h->env->sim->now_ns;
	if (left > 0)
		listen(v, left);
	else
		step(v, E_SILENCE, NULL);
}

static struct nf_demand demand(void *self, const struct msg *msg)
{
	const struct nf_env *env = ((const struct hospital *)self)->env;
	const int64_t *ns = env->cost->ns;

	switch (msg->type) {
	case MSG_HOSPITAL_AKMA: /* assumption: as a hello; check and proof by MAC */
	case MSG_AANF_KEY_RSP:
		return nf_twin_demand(env, msg, SVC_hospital_hello, 0, 2 * ns[CRYPTO_OP_MAC]);
	case MSG_HOSPITAL_HELLO:
		return nf_twin_demand(env, msg, SVC_hospital_hello, 0, ns[CRYPTO_OP_SIGN]);
	case MSG_HOSPITAL_ENTRY: /* network, possession; revocation list; admission */
		return nf_twin_demand(env, msg, SVC_hospital_entry, 0,
		                      2 * ns[CRYPTO_OP_VERIFY] + ns[CRYPTO_OP_HASH] +
		                          ns[CRYPTO_OP_SIGN]);
	case MSG_HOSPITAL_LEAVE:
		return nf_twin_demand(env, msg, SVC_hospital_leave, 0, ns[CRYPTO_OP_VERIFY]);
	default:
		return nf_twin_demand(env, msg, SVC_hospital_keep_alive, 0, 0);
	}
}

static void reset(void *self)
{
	struct hospital *h = self;

	while (h->first)
		end(h->first);
	if (h->akma)
		hospital_akma_reset(h->akma);
}

const struct nf_entry nf_hospital = {
	.name = "hospital", .doc = "hospital platform: admits twins, runs surgery sessions",
	.source = "the use case; ISO/IEC 9798-3", .demand = demand, .handle = handle,
	.timer = silence, .reset = reset,
};
