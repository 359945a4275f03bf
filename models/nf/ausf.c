/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the AUSF as a station: ue-authentications resources with a life of their own, several of one
 *             SUPI at once; whether the serving network is entitled; vectors asked of the UDM, at a synch
 *             failure by the SUPI that the challenge belonged to.
 * Leaves out  several AUSFs.
 * Sources     TS 33.501 6.1.2, 6.1.3, TS 29.509; service steps: Open5GS 2.7.7.
 */
#include "models/nf/ausf_state.h"

#include <stddef.h>
#include <string.h>

struct ausf *ausf_new(struct nf_env *env, const struct ausf_config *config,
                      const struct home *home)
{
	struct sim_arena *arena = env->sim->arena;
	struct ausf *ausf = sim_arena_alloc(arena, sizeof *ausf);

	*ausf = (struct ausf){.env = env, .config = config, .home = home,
		.lives = {.sim = env->sim, .lasts_ns = config->context_ns, .kind = NF_KIND_TIMER,
		          .node = env->node.ausf}};
	ausf->contexts = sim_pool_new(arena, sizeof(struct ausf_context), 256);
	ausf->result = sim_arena_alloc(arena, env->n_ues * sizeof *ausf->result);
	ausf->kausf = sim_arena_alloc(arena, env->n_ues * sizeof *ausf->kausf);
	nf_index_init(&ausf->by_rand, arena, 256);
	nf_numbers_init(&ausf->by_context, arena, env->n_ues, ausf_context_of, ausf);
	return ausf;
}

/* ---- resources ---- */

/* A resource lives until it is confirmed, or for this long after it was last asked for. */
void ausf_keep(struct ausf *ausf, struct ausf_context *c)
{
	guard_begin(&ausf->lives, &c->life);
}

struct ausf_context *ausf_new_context(struct ausf *ausf, const struct msg *request)
{
	struct sim_handle handle;
	struct ausf_context *c = sim_pool_take(ausf->contexts, &handle);

	c->self = handle;
	msg_copy(&c->request, request);
	c->epoch = ausf->epoch;
	c->serving = home_serving(ausf->home, request->serving);
	ausf_keep(ausf, c);
	return c;
}

static void forget_challenge(struct ausf *ausf, const struct ausf_context *c)
{
	uint64_t packed;

	if (nf_index_get(&ausf->by_rand, nf_index_key(c->rand), &packed) &&
	    packed == sim_handle_pack(c->self))
		nf_index_remove(&ausf->by_rand, nf_index_key(c->rand));
}

void ausf_note_challenge(struct ausf *ausf, struct ausf_context *c, const uint8_t rand[16])
{
	forget_challenge(ausf, c);
	memcpy(c->rand, rand, sizeof c->rand);
	nf_index_put(&ausf->by_rand, nf_index_key(rand), sim_handle_pack(c->self));
}

void ausf_give(struct ausf *ausf, struct ausf_context *c)
{
	forget_challenge(ausf, c);
	guard_end(&ausf->lives, &c->life);
	sim_pool_give(ausf->contexts, c->self);
}

struct ausf_context *ausf_find_silently(struct ausf *ausf, struct sim_handle handle)
{
	struct ausf_context *c = sim_pool_get(ausf->contexts, handle);

	if (c && c->epoch != ausf->epoch) {
		ausf_give(ausf, c);
		c = NULL;
	}
	return c;
}

struct ausf_context *ausf_find(struct ausf *ausf, struct sim_handle handle)
{
	struct ausf_context *c = ausf_find_silently(ausf, handle);

	ausf->env->counter[NF_COUNT_STALE] += c == NULL;
	return c;
}

struct ausf_context *ausf_awaiting(struct ausf *ausf, const struct msg *answer)
{
	struct ausf_context *c = ausf_find(ausf, answer->asker);

	if (c && c->awaited != answer->type) {
		ausf->env->counter[NF_COUNT_UNEXPECTED]++;
		return NULL;
	}
	if (c)
		c->awaited = MSG_NONE;
	return c;
}

/* ---- Nausf_UEAuthentication_Authenticate ---- */

/* The resource whose challenge the USIM would not accept: its SUPI is known, no SUCI need be opened. */
static struct ausf_context *challenged(struct ausf *ausf, const struct msg *request)
{
	uint64_t packed;
	struct ausf_context *c;

	if (request->cause != MSG_CAUSE_SYNCH_FAILURE ||
	    !nf_index_get(&ausf->by_rand, nf_index_key(request->response.rand), &packed))
		return NULL;
	c = ausf_find_silently(ausf, sim_handle_unpack(packed));
	return c && memcmp(c->rand, request->response.rand, sizeof c->rand) == 0 ? c : NULL;
}

static void refuse(struct ausf *ausf, const struct msg *request, uint8_t cause,
                   const struct sim_span *span)
{
	struct msg *reply = nf_answer(ausf->env, MSG_AUSF_AUTHENTICATE_RSP, request);

	reply->cause = cause;
	reply->span = *span;
	nf_reply(ausf->env, request, reply);
}

static void authenticate(struct ausf *ausf, const struct msg *request)
{
	struct nf_env *env = ausf->env;
	struct ausf_context *c, *old;
	struct msg *ask;

	if (!home_is_served_by(ausf->home, home_serving(ausf->home, request->serving))) {
		refuse(ausf, request, MSG_CAUSE_SERVING_NETWORK_NOT_AUTHORIZED, &request->span);
		return;
	}
	old = challenged(ausf, request);
	c = ausf_new_context(ausf, request);
	ask = nf_message(env, MSG_UDM_GENERATE, request);
	c->awaited = MSG_UDM_GENERATE_RSP;
	ask->asker = c->self;
	ask->cause = request->cause;
	ask->serving = c->serving;
	ask->response = request->response;
	if (old) {
		ask->identity.tmsi_msin = old->msin;
		ausf_give(ausf, old);
	} else {
		ask->identity = request->identity;
	}
	nf_send(env, env->node.ausf, env->node.udm, ask);
}

static void vector_answer(struct ausf *ausf, const struct msg *answer)
{
	struct ausf_context *c = ausf_awaiting(ausf, answer);

	if (!c)
		return;
	if (answer->cause != MSG_CAUSE_NONE && c->request.type == MSG_AUSF_EAP) {
		ausf_eap_notify(ausf, c, &answer->span); /* AUTS was wrong */
		return;
	}
	if (answer->cause != MSG_CAUSE_NONE) {
		refuse(ausf, &c->request, answer->cause, &answer->span);
		ausf_give(ausf, c);
		return;
	}
	c->msin = answer->vector.msin;
	c->akma = answer->vector.akma;
	c->method = answer->method;
	if (c->method == MSG_METHOD_EAP_AKA_PRIME)
		ausf_eap_challenge(ausf, c, answer);
	else
		ausf_aka_challenge(ausf, c, answer);
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
		ausf_aka_confirm(ausf, msg);
		break;
	case MSG_AUSF_EAP:
		ausf_eap_session(ausf, msg);
		break;
	case MSG_UDM_AUTH_EVENT_RSP:
		ausf_reported(ausf, msg);
		break;
	case MSG_AUSF_REMOVE:
		ausf_remove(ausf, msg);
		break;
	case MSG_UDM_AUTH_REMOVE_RSP:
		ausf_removed(ausf, msg);
		break;
	case MSG_AUSF_DEREGISTER:
		ausf_deregister(ausf, msg);
		break;
	case MSG_AANF_REGISTER_RSP:
	case MSG_AANF_REMOVE_RSP:
		break;
	default:
		ausf->env->counter[NF_COUNT_UNEXPECTED]++;
	}
}

static bool is_eap(const struct ausf *ausf, const struct msg *msg)
{
	const struct ausf_context *c = sim_pool_get(ausf->contexts, msg->asker);

	if (msg->type == MSG_UDM_AUTH_EVENT_RSP)
		return c && c->method == MSG_METHOD_EAP_AKA_PRIME;
	return msg->method == MSG_METHOD_EAP_AKA_PRIME;
}

/* The second phase of a step is charged when the UDM has answered. */
static struct nf_demand demand(void *self, const struct msg *msg)
{
	const struct nf_env *env = ((struct ausf *)self)->env;
	const int64_t *ns = env->cost->ns;
	bool eap = is_eap(self, msg);

	switch (msg->type) {
	case MSG_AUSF_AUTHENTICATE:
		return nf_core_demand(env, msg, SVC_ausf_authenticate, 0, 0);
	case MSG_UDM_GENERATE_RSP:
		return nf_core_demand(env, msg, SVC_ausf_authenticate, 1,
		                      eap ? ns[CRYPTO_OP_EAP_KEYS] + ns[CRYPTO_OP_EAP_MAC]
		                          : ns[CRYPTO_OP_HRES_STAR] + ns[CRYPTO_OP_KSEAF]);
	case MSG_AUSF_CONFIRM:
		return nf_core_demand(env, msg, SVC_ausf_confirm, 0, 0);
	case MSG_AUSF_EAP:
		return nf_core_demand(env, msg, SVC_ausf_eap, 0,
		                      ns[CRYPTO_OP_EAP_MAC] + ns[CRYPTO_OP_KSEAF]);
	case MSG_UDM_AUTH_EVENT_RSP:
		return nf_core_demand(env, msg, eap ? SVC_ausf_eap : SVC_ausf_confirm, 1, 0);
	case MSG_AUSF_REMOVE:
	case MSG_AUSF_DEREGISTER:
		return nf_core_demand(env, msg, SVC_ausf_remove, 0, 0);
	case MSG_UDM_AUTH_REMOVE_RSP:
		return nf_core_demand(env, msg, SVC_ausf_remove, 1, 0);
	default:
		return (struct nf_demand){0, 0};
	}
}

static void timer(void *self, const struct sim_event *event)
{
	struct ausf *ausf = self;
	struct guard_wait *life;

	(void)event;
	while ((life = guard_expired(&ausf->lives)) != NULL)
		ausf_give(ausf, (struct ausf_context *)(void *)((char *)life -
		                offsetof(struct ausf_context, life)));
}

static void reset(void *self)
{
	struct ausf *ausf = self;

	ausf->epoch++;
	nf_index_clear(&ausf->by_rand);
	nf_numbers_clear(&ausf->by_context);
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
	.doc = "AUSF: 5G-AKA, EAP-AKA', KAUSF, AKMA anchor keys",
	.source = "TS 33.501 6.1.3, TS 29.509, TS 33.535",
	.demand = demand,
	.handle = handle,
	.timer = timer,
	.reset = reset,
};
