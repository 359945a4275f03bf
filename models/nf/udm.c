/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      SIDF de-concealment, ARPF vectors, resynchronisation, authentication events, UECM and SDM,
 *             and the record of a twin; every operation that touches data asks the UDR.
 * Leaves out  SUCI profile B, EAP-AKA', notifications; am-data and the like are lengths, not contents.
 * Sources     TS 33.501 6.1.3, 6.12; TS 29.503; service steps: Open5GS 2.7.7.
 */
#include "models/nf/udm.h"

#include "models/crypto/aka.h"
#include "models/crypto/ecies.h"
#include "models/nf/relay.h"

#include <string.h>

struct udm {
	struct nf_env *env;
	const struct home *home;
	struct relay relay;
};

struct udm *udm_new(struct nf_env *env, const struct udm_config *config, const struct home *home)
{
	struct udm *udm = sim_arena_alloc(env->sim->arena, sizeof *udm);

	*udm = (struct udm){.env = env, .home = home};
	relay_init(&udm->relay, env, env->node.udm, config->sbi_timeout_ns);
	return udm;
}

/* Operations that fetch from or store to the UDR and answer: request, sub-request, its answer, answer. */
static const struct operation {
	uint8_t request, ask, told, answer;
	uint8_t step;
} operations[] = {
	{MSG_UDM_AUTH_EVENT, MSG_UDR_AUTH_STATUS, MSG_UDR_AUTH_STATUS_RSP, MSG_UDM_AUTH_EVENT_RSP,
	 SVC_udm_auth_event},
	{MSG_UDM_UECM, MSG_UDR_UECM, MSG_UDR_UECM_RSP, MSG_UDM_UECM_RSP, SVC_udm_uecm},
	{MSG_UDM_AM_DATA, MSG_UDR_AM_DATA, MSG_UDR_AM_DATA_RSP, MSG_UDM_AM_DATA_RSP,
	 SVC_udm_am_data},
	{MSG_UDM_SMF_SELECT, MSG_UDR_SMF_SELECT, MSG_UDR_SMF_SELECT_RSP, MSG_UDM_SMF_SELECT_RSP,
	 SVC_udm_smf_select},
	{MSG_UDM_TWIN, MSG_UDR_TWIN, MSG_UDR_TWIN_RSP, MSG_UDM_TWIN_RSP, SVC_udm_twin},
};

static const struct operation *operation_of(enum msg_type type, bool *answer)
{
	for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
		*answer = operations[i].told == type;
		if (operations[i].request == type || *answer)
			return &operations[i];
	}
	return NULL;
}

static void reply_with(struct udm *udm, const struct msg *request, enum msg_type type,
                       uint8_t cause, const struct sim_span *span)
{
	struct msg *reply = nf_answer(udm->env, type, request);

	reply->cause = cause;
	reply->span = *span;
	nf_reply(udm->env, request, reply);
}

/* ---- authentication data ---- */

/* SIDF: the MSIN behind an identity; 0 when there is none (a random SUCI fails its MAC). */
static uint64_t reveal(struct udm *udm, const struct msg *request)
{
	const struct msg_suci *suci = &request->identity.suci;
	struct nf_env *env = udm->env;
	struct id_supi supi = {.msin = 0};
	uint8_t input[MSG_SCHEME_MAX];
	uint8_t n = suci->n;

	if (suci->scheme == ID_SCHEME_NULL)
		memcpy(input, suci->output, n);
	else if (crypto_ecies_reveal(env->crypto, nf_suite(env, request->ue),
	                             udm->home->suci_private, suci->output, n, input))
		n = (uint8_t)(n - CRYPTO_ECIES_EXTRA);
	else
		return 0;
	return id_msin_decode(input, n, &supi) ? supi.msin : 0;
}

static bool is_subscriber(const struct udm *udm, uint64_t msin)
{
	return msin >= HOME_MSIN_FIRST && msin < HOME_MSIN_FIRST + udm->env->n_ues;
}

static void generate(struct udm *udm, const struct msg *request)
{
	struct nf_env *env = udm->env;
	uint64_t msin = request->identity.suci.n > 0 ? reveal(udm, request)
	                                             : request->identity.tmsi_msin;
	struct msg *ask;

	if (!is_subscriber(udm, msin)) {
		env->counter[NF_COUNT_SUCI_REFUSED]++;
		reply_with(udm, request, MSG_UDM_GENERATE_RSP, MSG_CAUSE_ILLEGAL_UE, &request->span);
		return;
	}
	ask = relay_ask(&udm->relay, request, MSG_UDR_AUTH_SUBSCRIPTION);
	ask->subscription.msin = msin;
	nf_send(env, env->node.udm, env->node.udr, ask);
}

/* TS 33.501 6.1.3.3.1: a good AUTS sets SQN to the USIM's; the next one is stored and used. */
static bool resynchronise(struct udm *udm, const struct msg *request, struct msg_subscription *s)
{
	struct nf_env *env = udm->env;
	uint8_t sqn_ms[6];

	if (!crypto_auts_verify(env->crypto, nf_suite(env, request->ue), s->k, s->opc,
	                        request->response.rand, request->response.auts, sqn_ms))
		return false;
	crypto_sqn_octets(crypto_sqn(sqn_ms) + 32, s->sqn); /* SEQ + 1, IND as it was */
	s->resynchronised = true;
	return true;
}

static void store_sqn(struct udm *udm, const struct msg *cause_of, const struct msg_subscription *s)
{
	struct msg *patch = nf_message(udm->env, MSG_UDR_AUTH_SUBSCRIPTION, cause_of);

	patch->subscription = *s; /* nobody waits: asker stays empty */
	nf_send(udm->env, udm->env->node.udm, udm->env->node.udr, patch);
}

static void make_vector(struct udm *udm, const struct msg *told, const struct msg *request)
{
	struct nf_env *env = udm->env;
	struct msg_subscription s = told->subscription;
	struct msg *reply;
	struct crypto_av av;
	struct sim_stream stream;

	if (request->cause == MSG_CAUSE_SYNCH_FAILURE) {
		if (!resynchronise(udm, request, &s)) {
			reply_with(udm, request, MSG_UDM_GENERATE_RSP, MSG_CAUSE_ILLEGAL_UE, &told->span);
			return;
		}
		store_sqn(udm, told, &s);
	}
	reply = nf_answer(env, MSG_UDM_GENERATE_RSP, request);
	reply->span = told->span;
	stream = nf_stream(env, NF_DRAW_RAND, told->ue, told->procedure,
	                   request->cause == MSG_CAUSE_SYNCH_FAILURE);
	sim_stream_octets(&stream, reply->vector.rand, sizeof reply->vector.rand);
	crypto_av_generate(env->crypto, nf_suite(env, told->ue), s.k, s.opc, s.sqn, s.amf,
	                   reply->vector.rand, udm->home->snn, &av);
	memcpy(reply->vector.autn, av.autn, sizeof av.autn);
	memcpy(reply->vector.xres_star, av.xres_star, sizeof av.xres_star);
	memcpy(reply->vector.kausf, av.kausf, sizeof av.kausf);
	reply->vector.msin = s.msin;
	reply->vector.akma = s.akma;
	nf_reply(env, request, reply);
}

/* ---- the rest ---- */

static void ask_udr(struct udm *udm, const struct operation *operation, const struct msg *request)
{
	struct msg *ask = relay_ask(&udm->relay, request, (enum msg_type)operation->ask);

	if (request->type == MSG_UDM_TWIN)
		ask->dt = request->dt;
	else
		ask->subscription.msin = request->subscription.msin;
	nf_send(udm->env, udm->env->node.udm, udm->env->node.udr, ask);
}

static void told_by_udr(struct udm *udm, const struct operation *operation, const struct msg *told)
{
	struct relay_entry *entry = relay_find(&udm->relay, told);

	if (!entry)
		return;
	if (told->type == MSG_UDR_AUTH_SUBSCRIPTION_RSP)
		make_vector(udm, told, &entry->request);
	else
		reply_with(udm, &entry->request, (enum msg_type)operation->answer, told->cause,
		           &told->span);
	relay_forget(&udm->relay, told);
}

static void handle(void *self, const struct msg *msg)
{
	struct udm *udm = self;
	bool answer = msg->type == MSG_UDR_AUTH_SUBSCRIPTION_RSP;
	const struct operation *operation = answer ? NULL
	                                           : operation_of((enum msg_type)msg->type, &answer);

	if (msg->type == MSG_UDM_GENERATE)
		generate(udm, msg);
	else if (msg->type == MSG_UDM_UE_CONTEXT)
		reply_with(udm, msg, MSG_UDM_UE_CONTEXT_RSP, 0, &msg->span);
	else if (msg->type == MSG_UDM_SUBSCRIBE)
		reply_with(udm, msg, MSG_UDM_SUBSCRIBE_RSP, 0, &msg->span);
	else if (answer)
		told_by_udr(udm, operation, msg);
	else if (operation)
		ask_udr(udm, operation, msg);
	else
		udm->env->counter[NF_COUNT_UNEXPECTED]++;
}

static struct nf_demand generate_demand(const struct udm *udm, const struct msg *msg,
                                        uint32_t phase)
{
	const struct nf_env *env = udm->env;
	const int64_t *ns = env->cost->ns;
	bool concealed = udm->home->scheme == ID_SCHEME_A;
	int64_t vector = ns[CRYPTO_OP_MILENAGE] + ns[CRYPTO_OP_RES_STAR] + ns[CRYPTO_OP_KAUSF];

	if (phase == 0)
		concealed = msg->identity.suci.n > 0 && msg->identity.suci.scheme == ID_SCHEME_A;
	return nf_core_demand(env, msg, concealed ? SVC_udm_generate_a : SVC_udm_generate_null, phase,
	                      phase ? vector : concealed ? ns[CRYPTO_OP_SUCI_REVEAL] : 0);
}

static struct nf_demand demand(void *self, const struct msg *msg)
{
	const struct udm *udm = self;
	bool answer;
	const struct operation *operation = operation_of((enum msg_type)msg->type, &answer);

	if (msg->type == MSG_UDM_GENERATE || msg->type == MSG_UDR_AUTH_SUBSCRIPTION_RSP)
		return generate_demand(udm, msg, msg->type != MSG_UDM_GENERATE);
	if (msg->type == MSG_UDM_UE_CONTEXT)
		return nf_core_demand(udm->env, msg, SVC_udm_ue_context, 0, 0);
	if (msg->type == MSG_UDM_SUBSCRIBE)
		return nf_core_demand(udm->env, msg, SVC_udm_subscribe, 0, 0);
	if (!operation)
		return (struct nf_demand){0, 0};
	return nf_core_demand(udm->env, msg, (enum svc_step)operation->step, answer, 0);
}

static void timer(void *self, const struct sim_event *event)
{
	relay_timer(&((struct udm *)self)->relay, event);
}

static void reset(void *self)
{
	relay_reset(&((struct udm *)self)->relay);
}

static const struct sim_param rows[] = {
	NF_STATION_ROWS(struct udm_config),
	{.key = "sbi_timeout", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct udm_config, sbi_timeout_ns), .fallback = "10s", .min = 0.01,
	 .max = 600, .source = "Open5GS 2.7.7: message duration",
	 .doc = "wait for an answer of the UDR"},
};
const struct sim_section udm_section = {
	.prefix = "udm", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct udm_config), .doc = "UDM with ARPF and SIDF",
};

const struct nf_entry nf_udm = {
	.name = "udm",
	.doc = "UDM with ARPF and SIDF: de-concealment, vectors, resynchronisation, UECM, SDM",
	.source = "TS 33.501 6.1.3, TS 29.503",
	.demand = demand,
	.handle = handle,
	.timer = timer,
	.reset = reset,
};
