/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the home network's database: subscriptions with K, OPc and SQN, of which each reader gets
 *             the next (TS 33.102 C.1.1.2, C.1.2), the status of the last authentication, context data
 *             and twins' records as lengths.
 * Leaves out  replication and consistency of the database: what is stored survives a crash.
 * Sources     TS 29.504, TS 33.102 C; service steps: Open5GS 2.7.7.
 */
#include "models/nf/udr.h"

#include "models/crypto/aka.h"

#include <string.h>

enum { NETWORKS = 16 };

/* K and OPc beside it are drawn, by the subscriber's number. */
struct subscription {
	uint64_t sqn : 48;
	uint64_t network : 8;       /* of udr->network: in which the last status was     */
	uint64_t authenticated : 1; /* the status says that the last one succeeded       */
	uint64_t has_status : 1;
	int64_t status_ns;          /* when it was stored                                */
};
struct udr {
	struct nf_env *env;
	const struct home *home;
	struct subscription *subscription; /* by MSIN - HOME_MSIN_FIRST */
	struct id_plmn network[NETWORKS];
	uint8_t n_networks;
};

struct udr *udr_new(struct nf_env *env, const struct udr_config *config, const struct home *home)
{
	struct udr *udr = sim_arena_alloc(env->sim->arena, sizeof *udr);

	(void)config; /* its station is the framework's */
	udr->env = env;
	udr->home = home;
	udr->subscription = sim_arena_alloc(env->sim->arena,
	                                    env->n_ues * sizeof *udr->subscription);
	return udr;
}

static struct subscription *find(struct udr *udr, uint64_t msin)
{
	uint64_t i = msin - HOME_MSIN_FIRST;

	return i < udr->env->n_ues ? &udr->subscription[i] : NULL;
}

static void read_subscription(struct udr *udr, struct subscription *s, const struct msg *request,
                              struct msg *answer)
{
	static const uint8_t amf[2] = {0x80, 0x00}; /* separation bit: TS 33.501 6.1.3.2 */
	struct msg_subscription *out = &answer->subscription;
	const struct home_card card = home_card(udr->env, (uint32_t)(s - udr->subscription));

	s->sqn = sqn_next(&udr->home->sqn, s->sqn);
	out->msin = request->subscription.msin;
	memcpy(out->k, card.k, sizeof card.k);
	memcpy(out->opc, card.opc, sizeof card.opc);
	memcpy(out->amf, amf, sizeof amf);
	crypto_sqn_octets(s->sqn, out->sqn);
	answer->method = udr->home->method;
	out->akma = udr->env->class_of_ue[out->msin - HOME_MSIN_FIRST] == REC_CLASS_SURGEON;
}

/* The number of a network; of the last place are all those for which there is none of their own. */
static uint8_t number_of(struct udr *udr, struct id_plmn network)
{
	uint8_t i = 0;

	while (i < udr->n_networks && !id_plmn_equal(udr->network[i], network))
		i++;
	if (i == NETWORKS)
		i--;
	udr->network[i] = network;
	udr->n_networks = i < udr->n_networks ? udr->n_networks : (uint8_t)(i + 1);
	return i;
}

static void store_status(struct udr *udr, struct subscription *s, const struct msg *request)
{
	s->authenticated = request->subscription.success;
	s->has_status = 1;
	s->status_ns = udr->env->sim->now_ns;
	s->network = number_of(udr, request->serving);
}

static void tell_status(const struct udr *udr, const struct subscription *s, struct msg *answer)
{
	answer->subscription.success = s->authenticated;
	answer->subscription.time_ns = s->has_status ? s->status_ns : -1;
	if (s->has_status)
		answer->serving = udr->network[s->network];
}

/* What an operation on a subscription does beside taking time. */
static void operate(struct udr *udr, struct subscription *s, const struct msg *request,
                    struct msg *answer)
{
	switch (request->type) {
	case MSG_UDR_AUTH_SUBSCRIPTION:
		read_subscription(udr, s, request, answer);
		break;
	case MSG_UDR_SQN:
		s->sqn = crypto_sqn(request->subscription.sqn);
		break;
	case MSG_UDR_AUTH_STATUS:
		store_status(udr, s, request);
		break;
	case MSG_UDR_AUTH_STATUS_DELETE:
		s->authenticated = 0;
		s->has_status = 0;
		break;
	case MSG_UDR_AUTH_STATUS_GET:
		tell_status(udr, s, answer);
		break;
	default:
		break;
	}
}

/* By request. */
static const struct {
	uint8_t answer, step;
} operations[MSG_N_TYPES] = {
	[MSG_UDR_AUTH_SUBSCRIPTION] = {MSG_UDR_AUTH_SUBSCRIPTION_RSP, SVC_udr_auth_subscription},
	[MSG_UDR_SQN] = {MSG_UDR_SQN_RSP, SVC_udr_sqn},
	[MSG_UDR_AUTH_STATUS] = {MSG_UDR_AUTH_STATUS_RSP, SVC_udr_auth_status},
	[MSG_UDR_AUTH_STATUS_GET] = {MSG_UDR_AUTH_STATUS_GET_RSP, SVC_udr_auth_status},
	[MSG_UDR_AUTH_STATUS_DELETE] = {MSG_UDR_AUTH_STATUS_DELETE_RSP, SVC_udr_auth_status},
	[MSG_UDR_UECM] = {MSG_UDR_UECM_RSP, SVC_udr_uecm},
	[MSG_UDR_UECM_PATCH] = {MSG_UDR_UECM_PATCH_RSP, SVC_udr_uecm},
	[MSG_UDR_AM_DATA] = {MSG_UDR_AM_DATA_RSP, SVC_udr_am_data},
	[MSG_UDR_SMF_SELECT] = {MSG_UDR_SMF_SELECT_RSP, SVC_udr_smf_select},
	[MSG_UDR_POLICY] = {MSG_UDR_POLICY_RSP, SVC_udr_policy},
	[MSG_UDR_TWIN] = {MSG_UDR_TWIN_RSP, SVC_udr_twin},
};

static void handle(void *self, const struct msg *msg)
{
	struct udr *udr = self;
	const enum msg_type type = (enum msg_type)operations[msg->type].answer;
	struct subscription *s;
	struct msg *answer;

	if (type == MSG_NONE) {
		udr->env->counter[NF_COUNT_UNEXPECTED]++;
		return;
	}
	answer = nf_answer(udr->env, type, msg);
	s = msg->type == MSG_UDR_TWIN ? NULL : find(udr, msg->subscription.msin);
	if (s)
		operate(udr, s, msg, answer);
	else if (msg->type != MSG_UDR_TWIN)
		answer->cause = MSG_CAUSE_UE_IDENTITY_UNKNOWN;
	nf_reply(udr->env, msg, answer);
}

static struct nf_demand demand(void *self, const struct msg *msg)
{
	const struct udr *udr = self;

	if (operations[msg->type].answer == MSG_NONE)
		return (struct nf_demand){0, 0};
	return nf_core_demand(udr->env, msg, (enum svc_step)operations[msg->type].step, 0, 0);
}

static const struct sim_param rows[] = {NF_STATION_ROWS(struct udr_config)};
const struct sim_section udr_section = {
	.prefix = "udr", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct udr_config), .doc = "UDR, the home network's database",
};

const struct nf_entry nf_udr = {
	.name = "udr",
	.doc = "UDR: the home network's database, of subscriptions and of twins",
	.source = "TS 29.504, TS 33.102 C",
	.demand = demand,
	.handle = handle,
};

uint32_t udr_octets_each(void)
{
	return sizeof(struct subscription);
}
