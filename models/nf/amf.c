/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the AMF with SEAF as a station: machines, timers, one SBI guard per context, what
 *             other functions and gNBs ask of it, what serving costs.
 * Leaves out  several AMFs, slices, PDU sessions, overload control: one AMF serves the whole
 *             network.
 * Sources     TS 23.502 4.2.2.2.2, TS 24.501 5.5.1, TS 33.501 6.1, 6.7; service steps: Open5GS
 *             2.7.7.
 */
#include "models/nf/amf_state.h"

#include <stddef.h>
#include <string.h>

static const struct sim_fsm *const machines[AMF_N_MACHINES] = {
	[AMF_REGISTRATION] = &amf_registration,
	[AMF_IDENTITY] = &amf_identity,
	[AMF_AUTHENTICATION] = &amf_authentication,
	[AMF_SECURITY_MODE] = &amf_security_mode,
	[AMF_CONFIGURATION] = &amf_configuration,
	[AMF_DEREGISTRATION] = &amf_deregistration,
	[AMF_SERVICE] = &amf_service,
	[AMF_PAGING] = &amf_paging,
};
/* Timers' details beyond machine << 8 | event. */
enum { TIMER_SBI = AMF_N_MACHINES << 8, TIMER_REACHABLE };

static struct sim_alarm *find_reachable(void *context, uint32_t index)
{
	const struct amf *amf = context;
	struct amf_ue *u = sim_pool_at(amf->ues, index);

	return u ? &u->reachable : NULL;
}

static void reachable_event(void *context, uint32_t index, struct sim_event *event)
{
	const struct amf *amf = context;
	const struct amf_ue *u = sim_pool_at(amf->ues, index);

	event->kind = NF_KIND_TIMER;
	event->detail = TIMER_REACHABLE;
	event->to = amf->node;
	event->arg = sim_handle_pack(sim_pool_handle(u));
}

struct amf *amf_new(struct nf_env *env, const struct amf_config *config, const struct home *home)
{
	struct sim_arena *arena = env->sim->arena;
	struct amf *amf = sim_arena_alloc(arena, sizeof *amf);

	for (int i = 0; i < AMF_N_MACHINES; i++)
		SIM_ASSERT(sim_fsm_check(machines[i], NULL) == SIM_OK);
	*amf = (struct amf){.env = env, .config = config, .home = home, .node = env->node.amf,
		.pcf = env->node.pcf, .gnb0 = env->node.gnb0, .plmn = home->plmn};
	amf->calls = (struct guard){.sim = env->sim, .lasts_ns = config->sbi_timeout_ns,
		.kind = NF_KIND_TIMER, .detail = TIMER_SBI, .node = amf->node};
	amf->ues = sim_pool_new(arena, sizeof(struct amf_ue), 1024);
	amf->runs = sim_pool_new(arena, sizeof(struct amf_run), 256);
	amf->reachable = sim_alarm_group(
		env->sim, &(struct sim_alarm_kind){amf, find_reachable, reachable_event});
	amf->by_msin = sim_arena_alloc(arena, env->n_ues * sizeof *amf->by_msin);
	amf->tmsi_of = sim_arena_alloc(arena, env->n_ues * sizeof *amf->tmsi_of);
	amf->triggered = sim_arena_alloc(arena, env->n_ues * sizeof *amf->triggered);
	nf_numbers_init(&amf->by_tmsi, arena, env->n_ues, amf_tmsi_of, amf);
	nf_index_init(&amf->by_old_tmsi, arena, 1024);
	return amf;
}

struct amf *amf_new_visited(struct nf_env *env, const struct amf_config *config,
                            const struct home *home)
{
	struct amf *amf = amf_new(env, config, home);

	amf->node = amf->calls.node = env->node.vamf;
	amf->pcf = env->node.vpcf;
	amf->gnb0 = env->node.vgnb0;
	amf->plmn = amf->serving = home->visited;
	return amf;
}

/* ---- machines ---- */

void amf_feed(struct amf_ue *u, enum amf_machine machine, uint8_t event,
              const struct amf_input *input)
{
	amf_wake(u);
	sim_fsm_step(machines[machine], &u->at[machine], u, event, input);
}

void amf_count(struct amf_ue *u, enum nf_counter what)
{
	u->amf->env->counter[what]++;
}

/* TS 24.501 7.4: what the network does is its own affair: counted, traced and otherwise ignored. */
void amf_unexpected(void *self, uint8_t state, uint8_t event, const void *arg)
{
	struct amf_ue *u = self;
	const struct amf_input *input = arg;

	(void)event;
	amf_count(u, NF_COUNT_UNEXPECTED);
	nf_trace_step(u->amf->env, u->amf->node, u->ue, NF_P_MESSAGE,
	              input ? (enum msg_type)input->msg->type : MSG_NONE, (uint8_t)(0x80 | state),
	              MSG_CAUSE_TYPE_NOT_COMPATIBLE);
}

void amf_begin_procedure(struct amf_ue *u)
{
	const uint32_t by_network = UINT32_C(1) << 31; /* UEs number theirs from 0 */
	uint32_t i = u->msin - HOME_MSIN_FIRST;

	SIM_ASSERT(i < u->amf->env->n_ues);
	amf_wake(u);
	u->procedure = by_network | u->amf->triggered[i]++;
	u->run->span = sim_span_start(u->amf->env->sim->now_ns);
}

/* ---- timers ---- */

static void start(struct amf_ue *u, struct sim_timer *timer, int64_t after_ns, uint16_t detail)
{
	struct sim *sim = u->amf->env->sim;

	sim_timer_stop(sim, timer);
	sim_timer_start(sim, timer, after_ns, NF_KIND_TIMER, detail, u->amf->node,
	                sim_handle_pack(sim_pool_handle(u)));
}

void amf_start_timer(struct amf_ue *u, int64_t after_ns, enum amf_machine machine, uint8_t event)
{
	start(u, &u->run->nas, after_ns, (uint16_t)(machine << 8 | event));
}

void amf_stop_timer(struct amf_ue *u)
{
	sim_timer_stop(u->amf->env->sim, &u->run->nas);
	u->run->resent = 0;
}

bool amf_repeats(struct amf_ue *u, int repetitions)
{
	const int64_t limit = repetitions == AMF_AS_CONFIGURED ? u->amf->config->retransmissions
	                                                       : repetitions;

	sim_span_mark(&u->run->span, u->amf->env->sim->now_ns, SIM_PART_TIMER);
	if (u->run->resent >= limit) {
		u->run->resent = 0;
		return false;
	}
	u->run->resent++;
	amf_count(u, NF_COUNT_RETRANSMISSIONS);
	return true;
}

void amf_start_reachable_timer(struct amf_ue *u)
{
	const struct amf_config *config = u->amf->config;

	sim_alarm_set(u->amf->env->sim, u->amf->reachable, sim_pool_handle(u).index, &u->reachable,
	              config->t3512_ns + (u->missing ? config->implicit_deregistration_ns
	                                             : config->mobile_reachable_ns));
}

/* 5.3.7: first no paging any more, then implicit deregistration. */
static void not_heard_of(struct amf_ue *u)
{
	if (!u->missing) {
		u->missing = true;
		amf_start_reachable_timer(u);
		return;
	}
	amf_count(u, NF_COUNT_IMPLICIT_DEREGISTRATIONS);
	amf_purge(u);
	amf_finish(u);
}

/* ---- calls ---- */

void amf_call(struct amf_ue *u, enum amf_machine machine, uint16_t node, struct msg *request)
{
	guard_begin(&u->amf->calls, &u->run->call);
	/* msg_list.h: the answer follows its request. */
	u->run->sbi_answer = (uint16_t)(request->type + 1);
	u->run->sbi_machine = (uint8_t)machine;
	nf_send(u->amf->env, u->amf->node, node, request);
}

static void answered(struct amf *amf, const struct msg *msg)
{
	struct amf_ue *u = amf_find(amf, msg->asker);
	const struct amf_input input = {.msg = msg};

	if (msg->asker.generation == 0)
		return; /* nobody waits for it */
	if (!u || !u->run || u->run->sbi_answer != msg->type) {
		amf->env->counter[NF_COUNT_STALE]++;
		return;
	}
	amf_wake(u);
	sim_span_follow(&u->run->span, &msg->span);
	guard_end(&amf->calls, &u->run->call);
	u->run->sbi_answer = MSG_NONE;
	amf_feed(u, (enum amf_machine)u->run->sbi_machine,
	         u->run->sbi_machine == AMF_REGISTRATION ? AMF_REG_E_ANSWER : AMF_AUTH_E_ANSWER, &input);
	amf_settle(u);
}

static void call_unanswered(struct amf_ue *u)
{
	u->run->sbi_answer = MSG_NONE;
	sim_span_mark(&u->run->span, u->amf->env->sim->now_ns, SIM_PART_TIMER);
	amf_feed(u, (enum amf_machine)u->run->sbi_machine,
	         u->run->sbi_machine == AMF_REGISTRATION ? AMF_REG_E_SBI_TIMEOUT : AMF_AUTH_E_SBI_TIMEOUT,
	         NULL);
	amf_settle(u);
}

static void calls_timer(struct amf *amf)
{
	struct guard_wait *call;

	while ((call = guard_expired(&amf->calls)) != NULL) {
		const struct amf_run *run =
			(struct amf_run *)(void *)((char *)call - offsetof(struct amf_run, call));
		struct amf_ue *u = amf_find(amf, sim_pool_handle(run->of));

		if (u)
			call_unanswered(u);
	}
}

static void timer(void *self, const struct sim_event *event)
{
	struct amf *amf = self;
	struct amf_ue *u;

	if (event->detail == TIMER_SBI) {
		calls_timer(amf);
		return;
	}
	u = amf_find(amf, sim_handle_unpack(event->arg));
	if (!u)
		return;
	amf_wake(u);
	if (event->detail == TIMER_REACHABLE)
		not_heard_of(u);
	else
		amf_feed(u, (enum amf_machine)(event->detail >> 8), (uint8_t)event->detail, NULL);
	amf_settle(u);
}

/* ---- messages ---- */

/* From the gNB: the UE has been silent for long enough (TS 38.413 8.3.2). */
static void release_requested(struct amf *amf, const struct msg *msg)
{
	struct amf_ue *u = amf_find(amf, msg->context);

	if (!u) {
		amf_release_unknown(amf, msg);
		return;
	}
	amf_wake(u);
	sim_span_follow(&u->run->span, &msg->span);
	amf_count(u, NF_COUNT_RELEASES);
	if (u->registered)
		amf_release(u);
	else
		amf_finish(u);
	amf_settle(u);
}

/* From the UDM (TS 33.501 6.1.5; TS 23.502 4.2.2.3.3): the SUPI is served here, or was. */
static void asked_by_udm(struct amf *amf, const struct msg *msg)
{
	struct nf_env *env = amf->env;
	bool authenticate = msg->type == MSG_UDM_REAUTH_NOTIFY;
	struct amf_ue *u = amf_of_msin(amf, msg->subscription.msin);

	nf_reply(env, msg, nf_answer(env, authenticate ? MSG_UDM_REAUTH_NOTIFY_RSP
	                                               : MSG_UDM_DEREGISTER_NOTIFY_RSP, msg));
	if (!u)
		return;
	amf_wake(u);
	if (authenticate) {
		amf_reach(u, AMF_THEN_AUTHENTICATE);
	} else if (msg->subscription.reason == MSG_REASON_INITIAL_REGISTRATION) {
		u->connected = false; /* the UE is with another AMF: nothing is said to it */
		amf_finish(u);
	} else {
		u->reason = MSG_CAUSE_ILLEGAL_UE; /* subscription withdrawn: 5.5.2.3.2 #3 */
		amf_reach(u, AMF_THEN_DEREGISTER);
	}
	amf_settle(u);
}

/* From an SMF (TS 23.502 4.2.3.3): user data waits. */
static void transfer(struct amf *amf, const struct msg *msg)
{
	struct amf_ue *u = amf_of_msin(amf, msg->subscription.msin);
	struct msg *answer = nf_answer(amf->env, MSG_AMF_TRANSFER_RSP, msg);

	answer->cause = u ? MSG_CAUSE_NONE : MSG_CAUSE_UE_IDENTITY_UNKNOWN;
	nf_reply(amf->env, msg, answer);
	if (!u)
		return;
	amf_wake(u);
	amf_reach(u, AMF_THEN_DELIVER);
	amf_settle(u);
}

static void handle(void *self, const struct msg *msg)
{
	struct amf *amf = self;

	switch (msg->type) {
	case MSG_CONTEXT_SETUP_RESPONSE: /* the radio side is ready; nothing waits for it */
	case MSG_CONTEXT_RELEASE_COMPLETE:
		break;
	case MSG_CONTEXT_RELEASE_REQUEST:
		release_requested(amf, msg);
		break;
	case MSG_UDM_REAUTH_NOTIFY:
	case MSG_UDM_DEREGISTER_NOTIFY:
		asked_by_udm(amf, msg);
		break;
	case MSG_AMF_TRANSFER:
		transfer(amf, msg);
		break;
	default:
		if (msg->nas_octets > 0)
			amf_receive_nas(amf, msg);
		else
			answered(amf, msg);
	}
}

/* A restarted AMF knows no context. */
static void reset(void *self)
{
	struct amf *amf = self;
	uint32_t n = amf->env->n_ues;

	amf->epoch++;
	memset(amf->by_msin, 0, n * sizeof *amf->by_msin);
	memset(amf->tmsi_of, 0, n * sizeof *amf->tmsi_of);
	nf_numbers_clear(&amf->by_tmsi);
	nf_index_clear(&amf->by_old_tmsi);
}

/* ---- what serving costs ---- */

static struct nf_demand demand(void *self, const struct msg *msg)
{
	const struct nf_env *env = ((struct amf *)self)->env;
	const int64_t *ns = env->cost->ns;
	const int64_t nas = ns[CRYPTO_OP_NAS_MAC] + ns[CRYPTO_OP_NAS_CIPHER];

	switch (msg->type) {
	case MSG_REGISTRATION_REQUEST:
	case MSG_IDENTITY_RESPONSE:
		return nf_core_demand(env, msg, SVC_amf_registration_request, 0, 0);
	case MSG_AUSF_AUTHENTICATE_RSP:
		return nf_core_demand(env, msg, SVC_amf_registration_request, 1, 0);
	case MSG_AUTHENTICATION_RESPONSE:
	case MSG_AUTHENTICATION_FAILURE:
		return nf_core_demand(env, msg, SVC_amf_auth_response, 0, ns[CRYPTO_OP_HRES_STAR]);
	case MSG_AUSF_CONFIRM_RSP:
	case MSG_AUSF_EAP_RSP:
		return nf_core_demand(env, msg, SVC_amf_auth_response, 1,
		                      ns[CRYPTO_OP_KAMF] + 2 * ns[CRYPTO_OP_NAS_KEY] +
		                          ns[CRYPTO_OP_NAS_MAC]);
	case MSG_SECURITY_MODE_COMPLETE:
		return nf_core_demand(env, msg, SVC_amf_smc_complete, 0, nas + ns[CRYPTO_OP_KGNB]);
	case MSG_UDM_UECM_RSP:
		return nf_core_demand(env, msg, SVC_amf_smc_complete, 1, 0);
	case MSG_UDM_AM_DATA_RSP:
		return nf_core_demand(env, msg, SVC_amf_smc_complete, 2, 0);
	case MSG_UDM_SMF_SELECT_RSP:
		return nf_core_demand(env, msg, SVC_amf_smc_complete, 3, 0);
	case MSG_UDM_UE_CONTEXT_RSP:
		return nf_core_demand(env, msg, SVC_amf_smc_complete, 4, 0);
	case MSG_UDM_SUBSCRIBE_RSP:
		return nf_core_demand(env, msg, SVC_amf_smc_complete, 5, 0);
	case MSG_PCF_POLICY_RSP:
		return nf_core_demand(env, msg, SVC_amf_smc_complete, 6, nas);
	case MSG_REGISTRATION_COMPLETE:
	case MSG_CONFIGURATION_UPDATE_COMPLETE: /* assumption: one like the other */
		return nf_core_demand(env, msg, SVC_amf_registration_complete, 0, 2 * nas);
	case MSG_SERVICE_REQUEST: /* assumption: as a message in, a message out under one context */
		return nf_core_demand(env, msg, SVC_amf_registration_complete, 0,
		                      2 * nas + ns[CRYPTO_OP_KGNB]);
	case MSG_DEREGISTRATION_REQUEST:
	case MSG_NETWORK_DEREGISTRATION_ACCEPT:
		return nf_core_demand(env, msg, SVC_amf_deregistration, 0, 2 * nas);
	default: /* NGAP without NAS: within the measured step that it follows */
		return (struct nf_demand){0, 0};
	}
}

/* What a row says of the repetitions of its timer. */
#define TIMES_0                 ""
#define TIMES_2                 " (repeated twice)"
#define TIMES_AMF_AS_CONFIGURED " (repeated amf.retransmissions times)"

static const struct sim_param rows[] = {
	NF_STATION_ROWS(struct amf_config),
#define AMF_TIMER_ROW(name, value, longest, repetitions, clause, text)                             \
	{.key = #name, .type = SIM_PAR_DURATION, .offset = offsetof(struct amf_config, name##_ns),    \
	 .fallback = value, .min = 0.1, .max = longest,                                               \
	 .source = clause TIMES_##repetitions, .doc = text},
	AMF_TIMERS(AMF_TIMER_ROW)
#undef AMF_TIMER_ROW
	{.key = "retransmissions", .type = SIM_PAR_COUNT,
	 .offset = offsetof(struct amf_config, retransmissions), .fallback = "4", .min = 0, .max = 7,
	 .source = "TS 24.501 5.4.1.3.7, 5.4.2.7, 5.5.1.2.8: aborted on the fifth expiry",
	 .doc = "retransmissions of a NAS message"},
	{.key = "sbi_timeout", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct amf_config, sbi_timeout_ns), .fallback = "10s", .min = 0.01,
	 .max = 600, .source = "Open5GS 2.7.7: message duration; TS 29.500 gives no default",
	 .doc = "wait for an answer of another function"},
	{.key = "guti_reallocation", .type = SIM_PAR_ENUM,
	 .offset = offsetof(struct amf_config, guti_reallocation), .fallback = "specified",
	 .choices = "never|registration|specified|service",
	 .source = "TS 33.501 6.12.3: initial, mobility and paged service shall, periodic should",
	 .doc = "when a UE gets a new 5G-GUTI; each choice includes the ones before it"},
	{.key = "guti_allocation", .type = SIM_PAR_ENUM,
	 .offset = offsetof(struct amf_config, guti_allocation), .fallback = "random",
	 .choices = "random|incrementing|static",
	 .source = "TS 33.501 6.12.3: best practice of unpredictable identifiers",
	 .doc = "how a 5G-TMSI is chosen; static: each subscriber has one for ever"},
	{.key = "authentication", .type = SIM_PAR_ENUM,
	 .offset = offsetof(struct amf_config, authentication), .fallback = "initial",
	 .choices = "initial|registration",
	 .source = "TS 33.501 6.1.2: the SEAF's policy; Open5GS 2.7.7: not under a known one",
	 .doc = "registrations under a known and verified context that are authenticated all the same"},
	{.key = "paging_occasion", .type = SIM_PAR_ENUM,
	 .offset = offsetof(struct amf_config, paging_occasion), .fallback = "nr",
	 .choices = "nr|lte_imsi", .source = "TS 38.304 7.1; lte_imsi: TS 36.304 7.1, for comparison",
	 .doc = "what names a UE's paging occasions: 5G-S-TMSI, or IMSI as in LTE (engine native)"},
	{.key = "admitted", .type = SIM_PAR_QUANTITY, .quantity = SIM_Q_RATE,
	 .offset = offsetof(struct amf_config, admitted_hz), .fallback = "0/s", .min = 0, .max = 1e6,
	 .source = "TS 24.501 5.3.9: optional for the network; Open5GS 2.7.7 has none",
	 .doc = "initial registrations looked into, with bursts of a second's; more are refused with #22 "
	        "and T3346; 0/s: no congestion control"},
	{.key = "t3346", .type = SIM_PAR_DURATION, .offset = offsetof(struct amf_config, t3346_ns),
	 .fallback = "15min", .min = 2, .max = 11160,
	 .source = "TS 24.501 5.5.1.2.5: the least that a UE takes in clear (ue.t3346)",
	 .doc = "given to who is refused for congestion; UEs follow it where the reject is protected"},
	{.key = "purge", .type = SIM_PAR_BOOL, .offset = offsetof(struct amf_config, purge),
	 .fallback = "true", .source = "TS 23.502 4.2.2.3, 4.5.3; Open5GS 2.7.7",
	 .doc = "a deregistration is told to the UDM (UECM, SDM) and to the PCF"},
};
const struct sim_section amf_section = {
	.prefix = "amf", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct amf_config), .doc = "AMF with SEAF",
};

const struct nf_entry nf_amf = {
	.name = "amf",
	.doc = "AMF with SEAF: registration, authentication, NAS security, 5G-GUTIs, paging",
	.source = "TS 23.502 4.2.2.2.2, TS 33.501 6.1, TS 24.501 5.5.1",
	.demand = demand,
	.handle = handle,
	.timer = timer,
	.reset = reset,
};
