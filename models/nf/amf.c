/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the AMF with SEAF as a station: contexts by NGAP identifier, NAS security at its end, one
 *             SBI guard per context, 5G-TMSIs drawn at random (TS 33.501 6.12.3).
 * Leaves out  several AMFs, slices, PDU sessions, overload control: one AMF serves the whole network.
 * Sources     TS 23.502 4.2.2.2.2, TS 24.501 5.5.1, TS 33.501 6.1, 6.7; service steps: Open5GS 2.7.7.
 */
#include "models/nf/amf_state.h"

#include "models/crypto/nia.h"
#include "models/msg/msg_ngap.h"
#include "models/msg/nas.h"

#include <string.h>

enum { TIMER_NAS, TIMER_SBI };

struct amf *amf_new(struct nf_env *env, const struct amf_config *config, const struct home *home)
{
	struct amf *amf = sim_arena_alloc(env->sim->arena, sizeof *amf);

	SIM_ASSERT(sim_fsm_check(&amf_fsm, NULL) == SIM_OK);
	*amf = (struct amf){.env = env, .config = config, .home = home};
	amf->ues = sim_pool_new(env->sim->arena, sizeof(struct amf_ue), 1024);
	amf->by_msin = sim_arena_alloc(env->sim->arena, env->n_ues * sizeof *amf->by_msin);
	amf->tmsi_of = sim_arena_alloc(env->sim->arena, env->n_ues * sizeof *amf->tmsi_of);
	nf_index_init(&amf->by_tmsi, env->sim->arena, env->n_ues);
	return amf;
}

/* ---- sending ---- */

struct msg *amf_message(struct amf_ue *u, enum msg_type type)
{
	struct msg *msg = nf_message_for(u->amf->env, type, u->ue, u->procedure, &u->span);

	msg->asker = u->self;
	msg->ran = u->ran;
	return msg;
}

void amf_send_nas(struct amf_ue *u, struct msg *msg, const uint8_t *plain, uint16_t n)
{
	struct nf_env *env = u->amf->env;
	const struct nas_security security = {.knas_int = u->knas_int, .knas_enc = u->knas_enc,
		.count = u->dl_count, .direction = CRYPTO_DOWNLINK};

	SIM_ASSERT(n + NAS_SECURITY_HEADER <= MSG_NAS_MAX);
	if (msg->secured) {
		msg->nas_octets = nas_protect(env->crypto, nf_suite(env, u->ue), &security,
		                              msg->type == MSG_SECURITY_MODE_COMMAND
		                                  ? NAS_INTEGRITY_NEW_CONTEXT
		                                  : NAS_CIPHERED,
		                              plain, n, msg->nas);
		msg->nas_count = u->dl_count++;
	} else {
		memcpy(msg->nas, plain, n);
		msg->nas_octets = n;
	}
	msg->octets = (uint16_t)msg_n2_octets(msg);
	nf_note_nas(env, env->node.amf, u->gnb, 0, msg, plain, n);
	nf_send(env, env->node.amf, u->gnb, msg);
}

bool amf_good_uplink(struct amf_ue *u, const struct msg *msg)
{
	struct nf_env *env = u->amf->env;
	const struct nas_security security = {.knas_int = u->knas_int, .knas_enc = u->knas_enc,
		.count = msg->nas_count, .direction = CRYPTO_UPLINK};
	uint8_t plain[MSG_NAS_MAX];

	return nas_unprotect(env->crypto, nf_suite(env, u->ue), &security, msg->nas,
	                     msg->nas_octets, plain) > 0;
}

/* One guard timer per context, moved along lazily: a call costs no event of its own. */
void amf_call(struct amf_ue *u, uint16_t node, struct msg *request)
{
	struct sim *sim = u->amf->env->sim;

	u->sbi_deadline_ns = sim->now_ns + u->amf->config->sbi_timeout_ns;
	if (!sim_timer_running(sim, &u->sbi))
		sim_timer_start(sim, &u->sbi, u->amf->config->sbi_timeout_ns, NF_KIND_TIMER, TIMER_SBI,
		                u->amf->env->node.amf, sim_handle_pack(u->self));
	nf_send(u->amf->env, u->amf->env->node.amf, node, request);
}

void amf_start_nas_timer(struct amf_ue *u, int64_t after_ns)
{
	sim_timer_stop(u->amf->env->sim, &u->nas);
	sim_timer_start(u->amf->env->sim, &u->nas, after_ns, NF_KIND_TIMER, TIMER_NAS,
	                u->amf->env->node.amf, sim_handle_pack(u->self));
}

/* ---- identities ---- */

void amf_allocate_tmsi(struct amf_ue *u)
{
	struct sim_stream stream = nf_stream(u->amf->env, NF_DRAW_TMSI, u->ue, u->procedure, 0);

	do
		u->tmsi = sim_stream_u32(&stream);
	while (u->tmsi == 0 || amf_msin_of_tmsi(u->amf, u->tmsi) != 0);
}

uint64_t amf_msin_of_tmsi(const struct amf *amf, uint32_t tmsi)
{
	uint64_t msin;

	return nf_index_get(&amf->by_tmsi, tmsi, &msin) ? msin : 0;
}

/* ---- messages ---- */

static int event_of(enum msg_type type)
{
	switch (type) {
	case MSG_REGISTRATION_REQUEST:
		return AMF_E_REGISTRATION_REQUEST;
	case MSG_IDENTITY_RESPONSE:
		return AMF_E_IDENTITY_RESPONSE;
	case MSG_AUTHENTICATION_RESPONSE:
		return AMF_E_AUTHENTICATION_RESPONSE;
	case MSG_AUTHENTICATION_FAILURE:
		return AMF_E_AUTHENTICATION_FAILURE;
	case MSG_SECURITY_MODE_COMPLETE:
		return AMF_E_SMC_COMPLETE;
	case MSG_REGISTRATION_COMPLETE:
		return AMF_E_REGISTRATION_COMPLETE;
	case MSG_DEREGISTRATION_REQUEST:
		return AMF_E_DEREGISTRATION_REQUEST;
	case MSG_CONTEXT_SETUP_RESPONSE:
		return -1;
	default:
		return AMF_E_SBI_ANSWER;
	}
}

static struct amf_ue *new_context(struct amf *amf, const struct msg *request)
{
	struct sim_handle handle;
	struct amf_ue *u = sim_pool_take(amf->ues, &handle);

	u->amf = amf;
	u->epoch = amf->epoch;
	u->self = handle;
	u->ue = request->ue;
	u->procedure = request->procedure;
	u->gnb = request->from;
	u->ran = request->ran;
	u->at_request = nf_span_at_arrival(request);
	return u;
}

/* NULL: unknown, or of before a restart. */
static struct amf_ue *find(struct amf *amf, struct sim_handle handle)
{
	struct amf_ue *u = sim_pool_get(amf->ues, handle);

	if (u && u->epoch != amf->epoch) {
		sim_pool_give(amf->ues, handle);
		return NULL;
	}
	return u;
}

static struct amf_ue *context_of(struct amf *amf, const struct msg *msg)
{
	if (msg->type == MSG_REGISTRATION_REQUEST)
		return new_context(amf, msg);
	return find(amf, event_of((enum msg_type)msg->type) == AMF_E_SBI_ANSWER ? msg->asker
	                                                                       : msg->context);
}

void amf_step(struct amf_ue *u, enum amf_ue_event event, const struct msg *msg)
{
	struct amf *amf = u->amf;

	if (msg)
		u->span = msg->span;
	if (event == AMF_E_SBI_ANSWER)
		u->sbi_deadline_ns = 0;
	sim_fsm_step(&amf_fsm, &u->state, u, (uint8_t)event, msg);
	if (u->finished) {
		sim_timer_stop(amf->env->sim, &u->nas);
		sim_timer_stop(amf->env->sim, &u->sbi);
		sim_pool_give(amf->ues, u->self);
	}
}

static void handle(void *self, const struct msg *msg)
{
	struct amf *amf = self;
	int event = event_of((enum msg_type)msg->type);
	struct amf_ue *u;

	if (event < 0)
		return; /* Initial Context Setup Response: the radio side is ready, nothing waits for it */
	u = context_of(amf, msg);
	if (!u) {
		amf->env->counter[NF_COUNT_STALE]++;
		return;
	}
	amf_step(u, (enum amf_ue_event)event, msg);
}

static void sbi_timer(struct amf_ue *u)
{
	struct sim *sim = u->amf->env->sim;

	if (u->sbi_deadline_ns == 0)
		return;
	if (sim->now_ns >= u->sbi_deadline_ns)
		amf_step(u, AMF_E_SBI_TIMEOUT, NULL);
	else
		sim_timer_start(sim, &u->sbi, u->sbi_deadline_ns - sim->now_ns, NF_KIND_TIMER, TIMER_SBI,
		                u->amf->env->node.amf, sim_handle_pack(u->self));
}

static void timer(void *self, const struct sim_event *event)
{
	struct amf *amf = self;
	struct amf_ue *u = find(amf, sim_handle_unpack(event->arg));

	if (!u)
		return;
	if (event->detail == TIMER_SBI)
		sbi_timer(u);
	else
		amf_step(u, AMF_E_NAS_TIMER, NULL);
}

/* A restarted AMF knows no context. */
static void reset(void *self)
{
	struct amf *amf = self;
	uint32_t n = amf->env->n_ues;

	amf->epoch++;
	memset(amf->by_msin, 0, n * sizeof *amf->by_msin);
	memset(amf->tmsi_of, 0, n * sizeof *amf->tmsi_of);
	nf_index_clear(&amf->by_tmsi);
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
		return nf_core_demand(env, msg, SVC_amf_registration_complete, 0, 2 * nas);
	case MSG_DEREGISTRATION_REQUEST:
		return nf_core_demand(env, msg, SVC_amf_deregistration, 0, 2 * nas);
	default: /* Initial Context Setup Response: within the measured step that it follows */
		return (struct nf_demand){0, 0};
	}
}

static const struct sim_param rows[] = {
	NF_STATION_ROWS(struct amf_config),
	{.key = "t3550", .type = SIM_PAR_DURATION, .offset = offsetof(struct amf_config, t3550_ns),
	 .fallback = "6s", .min = 0.1, .max = 600, .source = "TS 24.501 table 10.2.2",
	 .doc = "wait for Registration Complete"},
	{.key = "t3560", .type = SIM_PAR_DURATION, .offset = offsetof(struct amf_config, t3560_ns),
	 .fallback = "6s", .min = 0.1, .max = 600, .source = "TS 24.501 table 10.2.2",
	 .doc = "wait for Authentication Response or Security Mode Complete"},
	{.key = "t3570", .type = SIM_PAR_DURATION, .offset = offsetof(struct amf_config, t3570_ns),
	 .fallback = "6s", .min = 0.1, .max = 600, .source = "TS 24.501 table 10.2.2",
	 .doc = "wait for Identity Response"},
	{.key = "retransmissions", .type = SIM_PAR_COUNT,
	 .offset = offsetof(struct amf_config, retransmissions), .fallback = "4", .min = 0, .max = 7,
	 .source = "TS 24.501 5.4.1.3.7, 5.4.2.7, 5.5.1.2.8: aborted on the fifth expiry",
	 .doc = "retransmissions of a NAS message"},
	{.key = "sbi_timeout", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct amf_config, sbi_timeout_ns), .fallback = "10s", .min = 0.01,
	 .max = 600, .source = "Open5GS 2.7.7: message duration; TS 29.500 gives no default",
	 .doc = "wait for an answer of another function"},
};
const struct sim_section amf_section = {
	.prefix = "amf", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct amf_config), .doc = "AMF with SEAF",
};

const struct nf_entry nf_amf = {
	.name = "amf",
	.doc = "AMF with SEAF: registration, authentication, NAS security, GUTI allocation",
	.source = "TS 23.502 4.2.2.2.2, TS 33.501 6.1, TS 24.501 5.5.1",
	.demand = demand,
	.handle = handle,
	.timer = timer,
	.reset = reset,
};
