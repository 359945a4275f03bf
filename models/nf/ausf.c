/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      5G-AKA at the AUSF: HXRES*, KSEAF, confirmation of RES*, the authentication event, and for
 *             subscribers with the AKMA indication KAKMA and A-TID pushed to the AAnF.
 * Leaves out  EAP-AKA', several AUSFs, expiry of a vector other than by the context's guard.
 * Sources     TS 33.501 6.1.3.2, TS 33.535 6.1, TS 29.509; service steps: Open5GS 2.7.7.
 */
#include "models/nf/ausf.h"

#include "models/crypto/kdf.h"

#include <string.h>

struct context { /* a ue-authentications resource */
	struct msg request; /* answered next */
	struct sim_timer guard;
	uint32_t epoch;
	bool akma;
	uint64_t msin;
	uint8_t xres_star[16], kausf[32], kseaf[32];
};
struct ausf {
	struct nf_env *env;
	const struct ausf_config *config;
	const struct home *home;
	struct sim_pool *contexts;
	uint32_t epoch;
};

struct ausf *ausf_new(struct nf_env *env, const struct ausf_config *config,
                      const struct home *home)
{
	struct ausf *ausf = sim_arena_alloc(env->sim->arena, sizeof *ausf);

	*ausf = (struct ausf){.env = env, .config = config, .home = home};
	ausf->contexts = sim_pool_new(env->sim->arena, sizeof(struct context), 256);
	return ausf;
}

/* A resource lives until it is confirmed, or for this long after it was last asked for. */
static void guard(struct ausf *ausf, struct context *c, struct sim_handle handle)
{
	sim_timer_stop(ausf->env->sim, &c->guard);
	sim_timer_start(ausf->env->sim, &c->guard, ausf->config->context_ns, NF_KIND_TIMER,
	                0, ausf->env->node.ausf, sim_handle_pack(handle));
}

static void give(struct ausf *ausf, struct context *c, struct sim_handle handle)
{
	sim_timer_stop(ausf->env->sim, &c->guard);
	sim_pool_give(ausf->contexts, handle);
}

static struct context *find(struct ausf *ausf, struct sim_handle handle)
{
	struct context *c = sim_pool_get(ausf->contexts, handle);

	if (c && c->epoch != ausf->epoch) {
		give(ausf, c, handle);
		c = NULL;
	}
	if (!c)
		ausf->env->counter[NF_COUNT_STALE]++;
	return c;
}

static void authenticate(struct ausf *ausf, const struct msg *request)
{
	struct nf_env *env = ausf->env;
	struct sim_handle handle;
	struct context *c = sim_pool_take(ausf->contexts, &handle);
	struct msg *ask = nf_message(env, MSG_UDM_GENERATE, request);

	c->request = *request;
	c->epoch = ausf->epoch;
	guard(ausf, c, handle);
	ask->asker = handle;
	ask->cause = request->cause;
	ask->identity = request->identity;
	ask->response = request->response;
	if (request->identity.suci.scheme == ID_SCHEME_NULL)
		ask->octets -= MSG_NULL_SHORTER;
	nf_send(env, env->node.ausf, env->node.udm, ask);
}

static void vector_answer(struct ausf *ausf, const struct msg *answer)
{
	struct nf_env *env = ausf->env;
	const struct crypto_suite *suite = nf_suite(env, answer->ue);
	struct context *c = find(ausf, answer->asker);
	struct msg *reply;

	if (!c)
		return;
	reply = nf_answer(env, MSG_AUSF_AUTHENTICATE_RSP, &c->request);
	reply->span = answer->span;
	reply->cause = answer->cause;
	reply->context = answer->asker;
	if (answer->cause == MSG_CAUSE_NONE) {
		c->msin = answer->vector.msin;
		c->akma = answer->vector.akma;
		memcpy(c->xres_star, answer->vector.xres_star, sizeof c->xres_star);
		memcpy(c->kausf, answer->vector.kausf, sizeof c->kausf);
		crypto_kseaf(env->crypto, suite, c->kausf, ausf->home->snn, c->kseaf);
		memcpy(reply->vector.rand, answer->vector.rand, 16);
		memcpy(reply->vector.autn, answer->vector.autn, 16);
		crypto_hres_star(env->crypto, suite, answer->vector.rand, c->xres_star,
		                 reply->vector.xres_star);
	}
	nf_reply(env, &c->request, reply);
	if (answer->cause != MSG_CAUSE_NONE)
		give(ausf, c, answer->asker);
}

static void confirm(struct ausf *ausf, const struct msg *request)
{
	struct nf_env *env = ausf->env;
	struct context *c = find(ausf, request->context);
	struct msg *next;

	if (!c || memcmp(c->xres_star, request->response.res_star, sizeof c->xres_star) != 0) {
		next = nf_answer(env, MSG_AUSF_CONFIRM_RSP, request); /* 404: the resource is gone */
		next->cause = c ? MSG_CAUSE_ILLEGAL_UE : MSG_CAUSE_PAYLOAD_NOT_FORWARDED;
		nf_reply(env, request, next);
		return;
	}
	c->request = *request;
	guard(ausf, c, request->context);
	next = nf_message(env, MSG_UDM_AUTH_EVENT, request);
	next->asker = request->context;
	next->subscription.msin = c->msin;
	next->subscription.success = true;
	nf_send(env, env->node.ausf, env->node.udm, next);
}

/* TS 33.535 6.1 step 3: pushed, and nobody waits for the answer. */
static void push_akma(struct ausf *ausf, const struct context *c, const struct msg *cause_of)
{
	struct nf_env *env = ausf->env;
	const struct crypto_suite *suite = nf_suite(env, cause_of->ue);
	struct msg *push = nf_message(env, MSG_AANF_REGISTER, cause_of);
	char supi[ID_SUPI_TEXT];

	home_supi_text(ausf->home, c->msin, supi);
	crypto_kakma(env->crypto, suite, c->kausf, supi, push->key.key);
	crypto_a_tid(env->crypto, suite, c->kausf, supi, push->key.a_tid);
	push->key.msin = c->msin;
	nf_send(env, env->node.ausf, env->node.aanf, push);
}

static void event_answer(struct ausf *ausf, const struct msg *answer)
{
	struct nf_env *env = ausf->env;
	struct context *c = find(ausf, answer->asker);
	struct msg *reply;

	if (!c)
		return;
	reply = nf_answer(env, MSG_AUSF_CONFIRM_RSP, &c->request);
	reply->span = answer->span;
	reply->cause = answer->cause;
	reply->key.msin = c->msin;
	memcpy(reply->key.key, c->kseaf, sizeof c->kseaf);
	nf_reply(env, &c->request, reply);
	if (c->akma)
		push_akma(ausf, c, answer);
	give(ausf, c, answer->asker);
}

static void handle(void *self, const struct msg *msg)
{
	struct ausf *ausf = self;

	switch (msg->type) {
	case MSG_AUSF_AUTHENTICATE:
		authenticate(ausf, msg);
		break;
	case MSG_UDM_GENERATE_RSP:
		vector_answer(ausf, msg);
		break;
	case MSG_AUSF_CONFIRM:
		confirm(ausf, msg);
		break;
	case MSG_UDM_AUTH_EVENT_RSP:
		event_answer(ausf, msg);
		break;
	case MSG_AANF_REGISTER_RSP:
		break;
	default:
		ausf->env->counter[NF_COUNT_UNEXPECTED]++;
	}
}

static struct nf_demand demand(void *self, const struct msg *msg)
{
	const struct nf_env *env = ((struct ausf *)self)->env;
	const int64_t *ns = env->cost->ns;

	switch (msg->type) {
	case MSG_AUSF_AUTHENTICATE:
		return nf_core_demand(env, msg, SVC_ausf_authenticate, 0, 0);
	case MSG_UDM_GENERATE_RSP:
		return nf_core_demand(env, msg, SVC_ausf_authenticate, 1,
		                      ns[CRYPTO_OP_HRES_STAR] + ns[CRYPTO_OP_KSEAF]);
	case MSG_AUSF_CONFIRM:
		return nf_core_demand(env, msg, SVC_ausf_confirm, 0, 0);
	case MSG_UDM_AUTH_EVENT_RSP:
		return nf_core_demand(env, msg, SVC_ausf_confirm, 1, 0);
	default:
		return (struct nf_demand){0, 0};
	}
}

static void timer(void *self, const struct sim_event *event)
{
	struct ausf *ausf = self;
	struct sim_handle handle = sim_handle_unpack(event->arg);
	struct context *c = sim_pool_get(ausf->contexts, handle);

	if (c)
		give(ausf, c, handle);
}

static void reset(void *self)
{
	((struct ausf *)self)->epoch++;
}

static const struct sim_param rows[] = {
	NF_STATION_ROWS(struct ausf_config),
	{.key = "sbi_timeout", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct ausf_config, sbi_timeout_ns), .fallback = "10s", .min = 0.01,
	 .max = 600, .source = "Open5GS 2.7.7: message duration",
	 .doc = "wait for an answer of another function"},
	{.key = "context_lifetime", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct ausf_config, context_ns), .fallback = "2min", .min = 1,
	 .max = 86400, .source = "assumption: longer than five times T3560 and a call",
	 .doc = "an authentication that is not confirmed is forgotten"},
};
const struct sim_section ausf_section = {
	.prefix = "ausf", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct ausf_config), .doc = "AUSF",
};

const struct nf_entry nf_ausf = {
	.name = "ausf",
	.doc = "AUSF: 5G-AKA, KAUSF, HXRES*, AKMA anchor keys",
	.source = "TS 33.501 6.1.3.2, TS 29.509, TS 33.535",
	.demand = demand,
	.handle = handle,
	.timer = timer,
	.reset = reset,
};
