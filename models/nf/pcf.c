/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the AM policy association of a registration, with its query of the UDR, and its end.
 * Leaves out  policies themselves: the operation is there for its time and its lengths.
 * Sources     TS 29.507; service steps: Open5GS 2.7.7.
 */
#include "models/nf/pcf.h"

#include "models/nf/relay.h"

struct pcf {
	struct nf_env *env;
	struct relay relay;
	uint16_t node;
	bool visited;
};

struct pcf *pcf_new(struct nf_env *env, const struct pcf_config *config)
{
	struct pcf *pcf = sim_arena_alloc(env->sim->arena, sizeof *pcf);

	pcf->env = env;
	pcf->node = env->node.pcf;
	relay_init(&pcf->relay, env, env->node.pcf, config->sbi_timeout_ns);
	return pcf;
}

struct pcf *pcf_new_visited(struct nf_env *env, const struct pcf_config *config)
{
	struct pcf *pcf = pcf_new(env, config);

	pcf->node = env->node.vpcf;
	pcf->visited = true;
	return pcf;
}

static void answer(struct pcf *pcf, const struct msg *request, uint8_t cause,
                   const struct sim_span *span)
{
	struct msg *reply = nf_answer(pcf->env, MSG_PCF_POLICY_RSP, request);

	reply->span = *span;
	reply->cause = cause;
	if (cause == MSG_CAUSE_NONE) /* the association: one for each subscriber */
		reply->context = (struct sim_handle){(uint32_t)request->subscription.msin, 1};
	reply->subscription = request->subscription;
	nf_reply(pcf->env, request, reply);
}

static void create(struct pcf *pcf, const struct msg *request)
{
	struct msg *ask;

	if (pcf->visited) {
		answer(pcf, request, MSG_CAUSE_NONE, &request->span);
		return;
	}
	ask = relay_ask(&pcf->relay, request, MSG_UDR_POLICY);

	ask->subscription.msin = request->subscription.msin;
	nf_send(pcf->env, pcf->node, pcf->env->node.udr, ask);
}

static void told(struct pcf *pcf, const struct msg *msg)
{
	struct relay_entry *entry = relay_find(&pcf->relay, msg);

	if (!entry)
		return;
	answer(pcf, &entry->request, msg->cause, &msg->span);
	relay_forget(&pcf->relay, msg);
}

static void handle(void *self, const struct msg *msg)
{
	struct pcf *pcf = self;

	if (msg->type == MSG_PCF_POLICY)
		create(pcf, msg);
	else if (msg->type == MSG_PCF_POLICY_DELETE)
		nf_reply(pcf->env, msg, nf_answer(pcf->env, MSG_PCF_POLICY_DELETE_RSP, msg));
	else if (msg->type == MSG_UDR_POLICY_RSP)
		told(pcf, msg);
	else
		pcf->env->counter[NF_COUNT_UNEXPECTED]++;
}

static struct nf_demand demand(void *self, const struct msg *msg)
{
	/* assumption: the end of an association takes as long as the first half of its beginning */
	return nf_core_demand(((struct pcf *)self)->env, msg, SVC_pcf_policy,
	                      msg->type == MSG_UDR_POLICY_RSP, 0);
}

static void timer(void *self, const struct sim_event *event)
{
	(void)event;
	relay_timer(&((struct pcf *)self)->relay);
}

static void reset(void *self)
{
	relay_reset(&((struct pcf *)self)->relay);
}

static const struct sim_param rows[] = {
	NF_STATION_ROWS(struct pcf_config),
	{.key = "sbi_timeout", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct pcf_config, sbi_timeout_ns), .fallback = "10s", .min = 0.01,
	 .max = 600, .source = "Open5GS 2.7.7: message duration",
	 .doc = "wait for an answer of the UDR"},
};
const struct sim_section pcf_section = {
	.prefix = "pcf", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct pcf_config), .doc = "PCF",
};

const struct nf_entry nf_pcf = {
	.name = "pcf",
	.doc = "PCF: AM policy, one operation of the registration ladder",
	.source = "TS 29.507",
	.demand = demand,
	.handle = handle,
	.timer = timer,
	.reset = reset,
};
