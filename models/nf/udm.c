/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the UDM as a station: which message goes where; operations that only fetch from the UDR or
 *             store there; the record of a twin. Vectors are in udm_arpf.c, registrations in udm_uecm.c.
 * Leaves out  am-data and the like are lengths, not contents.
 * Sources     TS 33.501 6.1.3, 6.12; TS 29.503; service steps: Open5GS 2.7.7.
 */
#include "models/nf/udm_state.h"

/* A subscriber of whom nothing is known. */
static const struct udm_subscriber nobody = {.amf = UDM_NOBODY, .ausf = UDM_NOBODY,
	.asked_ns = -1};

struct udm *udm_new(struct nf_env *env, const struct udm_config *config, const struct home *home)
{
	struct udm *udm = sim_arena_alloc(env->sim->arena, sizeof *udm);

	*udm = (struct udm){.env = env, .config = config, .home = home};
	udm->subscriber = sim_arena_alloc(env->sim->arena, env->n_ues * sizeof *udm->subscriber);
	for (uint32_t i = 0; i < env->n_ues; i++)
		udm->subscriber[i] = nobody;
	if (config->reauthentication_ns > 0)
		udm->reauthentication = sim_arena_alloc(env->sim->arena,
		                                        env->n_ues * sizeof *udm->reauthentication);
	relay_init(&udm->relay, env, env->node.udm, config->sbi_timeout_ns);
	return udm;
}

struct udm_subscriber *udm_subscriber(struct udm *udm, uint64_t msin)
{
	struct udm_subscriber *s;

	if (msin < HOME_MSIN_FIRST || msin >= HOME_MSIN_FIRST + udm->env->n_ues)
		return NULL;
	s = &udm->subscriber[msin - HOME_MSIN_FIRST];
	if (s->epoch != (uint16_t)udm->relay.epoch) {
		udm_stop_reauthentication(udm, s);
		*s = nobody;
		s->epoch = (uint16_t)udm->relay.epoch;
	}
	return s;
}

/* Operations that fetch from or store to the UDR and answer, by request: sub-request, answer. */
struct operation {
	uint8_t ask, answer, step;
};
static const struct operation operations[MSG_N_TYPES] = {
	[MSG_UDM_AUTH_EVENT] = {MSG_UDR_AUTH_STATUS, MSG_UDM_AUTH_EVENT_RSP, SVC_udm_auth_event},
	[MSG_UDM_AUTH_REMOVE] = {MSG_UDR_AUTH_STATUS_DELETE, MSG_UDM_AUTH_REMOVE_RSP,
	                         SVC_udm_auth_event},
	[MSG_UDM_UECM] = {MSG_UDR_UECM, MSG_UDM_UECM_RSP, SVC_udm_uecm},
	[MSG_UDM_UECM_DEREGISTER] = {MSG_UDR_UECM_PATCH, MSG_UDM_UECM_DEREGISTER_RSP, SVC_udm_uecm},
	[MSG_UDM_AM_DATA] = {MSG_UDR_AM_DATA, MSG_UDM_AM_DATA_RSP, SVC_udm_am_data},
	[MSG_UDM_SMF_SELECT] = {MSG_UDR_SMF_SELECT, MSG_UDM_SMF_SELECT_RSP, SVC_udm_smf_select},
	[MSG_UDM_TWIN] = {MSG_UDR_TWIN, MSG_UDM_TWIN_RSP, SVC_udm_twin},
};
/* The UDR's answers, by the request that they are for. */
static const uint8_t told_for[MSG_N_TYPES] = {
	[MSG_UDR_AUTH_STATUS_RSP] = MSG_UDM_AUTH_EVENT,
	[MSG_UDR_AUTH_STATUS_DELETE_RSP] = MSG_UDM_AUTH_REMOVE,
	[MSG_UDR_UECM_RSP] = MSG_UDM_UECM,
	[MSG_UDR_UECM_PATCH_RSP] = MSG_UDM_UECM_DEREGISTER,
	[MSG_UDR_AM_DATA_RSP] = MSG_UDM_AM_DATA,
	[MSG_UDR_SMF_SELECT_RSP] = MSG_UDM_SMF_SELECT,
	[MSG_UDR_TWIN_RSP] = MSG_UDM_TWIN,
};

void udm_reply(struct udm *udm, const struct msg *request, enum msg_type type,
               uint8_t cause, const struct sim_span *span)
{
	struct msg *reply = nf_answer(udm->env, type, request);

	reply->cause = cause;
	reply->span = *span;
	reply->access = request->access;
	if (type == MSG_UDM_SUBSCRIBE_RSP) /* the subscription: one for each subscriber */
		reply->context = (struct sim_handle){(uint32_t)request->subscription.msin, 1};
	if (request->type != MSG_UDM_GENERATE && request->type != MSG_UDM_TWIN) {
		reply->subscription = request->subscription; /* what was created, back (TS 29.503) */
		reply->method = request->method;
	}
	nf_reply(udm->env, request, reply);
}

static void ask_udr(struct udm *udm, const struct msg *request)
{
	struct msg *ask = relay_ask(&udm->relay, request,
	                            (enum msg_type)operations[request->type].ask);

	if (request->type == MSG_UDM_TWIN)
		ask->dt = request->dt;
	else
		ask->subscription = request->subscription;
	ask->method = request->method;
	ask->serving = request->serving;
	ask->access = request->access;
	nf_send(udm->env, udm->env->node.udm, udm->env->node.udr, ask);
}

static void told_by_udr(struct udm *udm, enum msg_type request, const struct msg *told)
{
	struct relay_entry *entry = relay_find_of(&udm->relay, told, request);

	if (!entry)
		return;
	if (request == MSG_UDM_AUTH_EVENT)
		udm_told_event(udm, &entry->request, told);
	else if (request == MSG_UDM_UECM)
		udm_told_uecm(udm, &entry->request, told);
	else if (request == MSG_UDM_UECM_DEREGISTER)
		udm_told_deregistered(udm, &entry->request, told);
	else
		udm_reply(udm, &entry->request, (enum msg_type)operations[request].answer, told->cause,
		          &told->span);
	relay_forget(&udm->relay, told);
}

static void relayed(struct udm *udm, const struct msg *msg)
{
	enum msg_type request = (enum msg_type)told_for[msg->type];

	if (request != MSG_NONE)
		told_by_udr(udm, request, msg);
	else if (operations[msg->type].ask != MSG_NONE)
		ask_udr(udm, msg);
	else
		udm->env->counter[NF_COUNT_UNEXPECTED]++;
}

static void handle(void *self, const struct msg *msg)
{
	struct udm *udm = self;

	switch (msg->type) {
	case MSG_UDM_GENERATE:
		udm_generate(udm, msg);
		break;
	case MSG_UDR_AUTH_SUBSCRIPTION_RSP:
		udm_told_keys(udm, msg);
		break;
	case MSG_UDR_SQN_RSP:
		udm_told_sqn(udm, msg);
		break;
	case MSG_UDM_UECM:
		udm_uecm_register(udm, msg);
		break;
	case MSG_UDR_AUTH_STATUS_GET_RSP:
		udm_told_status(udm, msg);
		break;
	case MSG_UDM_AUTH_TRIGGER:
		udm_auth_trigger(udm, msg);
		break;
	case MSG_UDM_UE_CONTEXT:
		udm_reply(udm, msg, MSG_UDM_UE_CONTEXT_RSP, 0, &msg->span);
		break;
	case MSG_UDM_SUBSCRIBE:
		udm_reply(udm, msg, MSG_UDM_SUBSCRIBE_RSP, 0, &msg->span);
		break;
	case MSG_UDM_UNSUBSCRIBE:
		udm_reply(udm, msg, MSG_UDM_UNSUBSCRIBE_RSP, 0, &msg->span);
		break;
	case MSG_UDM_REAUTH_NOTIFY_RSP:
		udm_told_reauthentication(udm, msg);
		break;
	case MSG_UDM_DEREGISTER_NOTIFY_RSP:
	case MSG_AUSF_DEREGISTER_RSP:
		break; /* the matter is with the AMF or the AUSF now */
	default:
		relayed(udm, msg);
	}
}

static struct nf_demand demand(void *self, const struct msg *msg)
{
	const struct udm *udm = self;
	const struct nf_env *env = udm->env;
	const uint8_t request = told_for[msg->type] ? told_for[msg->type] : msg->type;

	switch (msg->type) {
	case MSG_UDM_GENERATE:
	case MSG_UDR_AUTH_SUBSCRIPTION_RSP:
	case MSG_UDR_SQN_RSP:
		return udm_generate_demand(udm, msg);
	case MSG_UDM_UE_CONTEXT:
		return nf_core_demand(env, msg, SVC_udm_ue_context, 0, 0);
	case MSG_UDM_SUBSCRIBE:
	case MSG_UDM_UNSUBSCRIBE:
		return nf_core_demand(env, msg, SVC_udm_subscribe, 0, 0);
	case MSG_UDM_AUTH_TRIGGER:
	case MSG_UDR_AUTH_STATUS_GET_RSP:
		return nf_core_demand(env, msg, SVC_udm_notify, 0, 0);
	default:
		if (operations[request].ask == MSG_NONE)
			return (struct nf_demand){0, 0};
		return nf_core_demand(env, msg, (enum svc_step)operations[request].step,
		                      request != msg->type, 0);
	}
}

static void timer(void *self, const struct sim_event *event)
{
	struct udm *udm = self;

	if (event->detail == UDM_TIMER_REAUTHENTICATION)
		udm_reauthenticate(udm, event->arg);
	else
		relay_timer(&udm->relay);
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
	{.key = "link_registration", .type = SIM_PAR_BOOL,
	 .offset = offsetof(struct udm_config, link_registration), .fallback = "false",
	 .source = "TS 33.501 6.1.4.2: a policy of the home network; Open5GS 2.7.7 has none",
	 .doc = "an AMF may register a subscriber only soon after an authentication"},
	{.key = "link_window", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct udm_config, link_window_ns), .fallback = "1min", .min = 0.001,
	 .max = 31536000, .source = "assumption: longer than any registration takes",
	 .doc = "how old that authentication may be"},
	{.key = "reauthentication_interval", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct udm_config, reauthentication_ns), .fallback = "never", .min = -1,
	 .max = 31536000, .source = "TS 33.501 6.1.5: a policy of the home network; Open5GS 2.7.7 has none",
	 .doc = "the home network has a subscriber authenticated again this long after the last time"},
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

uint32_t udm_octets_each(void)
{
	return sizeof(struct udm_subscriber);
}
