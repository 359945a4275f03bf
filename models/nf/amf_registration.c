/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      initial registration at the AMF: identity (TS 24.501 5.4.3), 5G-AKA at the SEAF (TS 33.501
 *             6.1.3.2), resynchronisation once (6.1.3.3), security mode control (6.7.2), the six calls of
 *             Open5GS's ladder (TS 23.502 4.2.2.2.2), acceptance under T3550, deregistration.
 * Leaves out  context transfer between AMFs, EIR, EAP-AKA', GUTI reallocation outside registration.
 * Sources     the clauses named in the table at the end.
 */
#include "models/nf/amf_state.h"

#include "models/crypto/kdf.h"
#include "models/msg/nas.h"

#include <string.h>

static const uint8_t abba[2] = {0, 0};

static void count(struct amf_ue *u, enum nf_counter what)
{
	u->amf->env->counter[what]++;
}

static void stop_nas_timer(struct amf_ue *u)
{
	sim_timer_stop(u->amf->env->sim, &u->nas);
	u->resent = 0;
}

/* A registration that ends without an Accept has failed, and so has an authentication under way. */
static void record_failure(struct amf_ue *u, uint8_t cause)
{
	struct nf_env *env = u->amf->env;

	if (u->asked)
		nf_record_latency(env, REC_M_AUTH, u->ue, u->at_ausf.since_ns, NULL, REC_OUTCOME_FAILED,
		                  false, cause, 1);
	if (!u->accepted)
		nf_record_latency(env, REC_M_REGISTRATION_AMF, u->ue, u->at_request.since_ns, NULL,
		                  REC_OUTCOME_FAILED, false, cause, 1);
	u->asked = false;
}

static uint8_t finish(struct amf_ue *u)
{
	u->finished = true;
	return AMF_NEW;
}

static uint8_t reject(struct amf_ue *u, enum msg_type type, uint8_t cause)
{
	struct msg *msg = amf_message(u, type);
	uint8_t plain[MSG_NAS_MAX];
	uint16_t n = type == MSG_AUTHENTICATION_REJECT ? nas_authentication_reject(plain)
	                                               : nas_registration_reject(cause, plain);

	record_failure(u, cause);
	count(u, type == MSG_AUTHENTICATION_REJECT ? NF_COUNT_AUTH_REJECTS : NF_COUNT_REG_REJECTS);
	msg->cause = cause;
	amf_send_nas(u, msg, plain, n);
	return finish(u);
}

/* ---- authentication ---- */

static uint8_t ask_for_vector(struct amf_ue *u)
{
	struct msg *request = amf_message(u, MSG_AUSF_AUTHENTICATE);

	request->identity = u->identity;
	request->identity.tmsi_msin = u->msin;
	u->at_ausf = u->span;
	u->asked = true;
	amf_call(u, u->amf->env->node.ausf, request);
	return AMF_WAIT_VECTOR;
}

static uint8_t ask_for_identity(struct amf_ue *u)
{
	struct msg *msg = amf_message(u, MSG_IDENTITY_REQUEST);
	uint8_t plain[MSG_NAS_MAX];

	msg->attempt = u->resent;
	amf_send_nas(u, msg, plain, nas_identity_request(plain));
	amf_start_nas_timer(u, u->amf->config->t3570_ns);
	return AMF_WAIT_IDENTITY;
}

static uint8_t registration_request(struct amf_ue *u, const struct msg *msg)
{
	count(u, NF_COUNT_REG_REQUESTS);
	u->identity = msg->identity;
	if (msg->identity.suci.n == 0) {
		u->msin = amf_msin_of_tmsi(u->amf, msg->identity.tmsi);
		if (u->msin == 0)
			return ask_for_identity(u);
	}
	return ask_for_vector(u);
}

static void send_authentication_request(struct amf_ue *u)
{
	struct msg *msg = amf_message(u, MSG_AUTHENTICATION_REQUEST);
	struct nas_authentication_request request = {.ngksi = 0};
	uint8_t plain[MSG_NAS_MAX];

	memcpy(request.rand, u->rand, sizeof u->rand);
	memcpy(request.autn, u->autn, sizeof u->autn);
	memcpy(msg->vector.rand, u->rand, sizeof u->rand);
	memcpy(msg->vector.autn, u->autn, sizeof u->autn);
	msg->attempt = u->resent;
	amf_send_nas(u, msg, plain, nas_authentication_request(&request, plain));
	amf_start_nas_timer(u, u->amf->config->t3560_ns);
}

static uint8_t vector_answer(struct amf_ue *u, const struct msg *answer)
{
	if (answer->cause != MSG_CAUSE_NONE)
		return reject(u, MSG_REGISTRATION_REJECT, answer->cause);
	memcpy(u->rand, answer->vector.rand, sizeof u->rand);
	memcpy(u->autn, answer->vector.autn, sizeof u->autn);
	memcpy(u->hxres_star, answer->vector.xres_star, sizeof u->hxres_star);
	u->ausf = answer->context;
	count(u, NF_COUNT_AUTH_REQUESTS);
	send_authentication_request(u);
	return AMF_WAIT_RESPONSE;
}

static uint8_t authentication_response(struct amf_ue *u, const struct msg *response)
{
	struct nf_env *env = u->amf->env;
	struct msg *confirm;
	uint8_t hres_star[16];

	stop_nas_timer(u);
	memcpy(u->res_star, response->response.res_star, sizeof u->res_star);
	crypto_hres_star(env->crypto, nf_suite(env, u->ue), u->rand, u->res_star, hres_star);
	if (memcmp(hres_star, u->hxres_star, sizeof hres_star) != 0)
		return reject(u, MSG_AUTHENTICATION_REJECT, MSG_CAUSE_ILLEGAL_UE);
	confirm = amf_message(u, MSG_AUSF_CONFIRM);
	confirm->context = u->ausf;
	memcpy(confirm->response.res_star, u->res_star, sizeof u->res_star);
	amf_call(u, env->node.ausf, confirm);
	return AMF_WAIT_CONFIRMATION;
}

/* 33.501 6.1.3.3.2: RAND and AUTS go to the home network; a second synch failure ends it. */
static uint8_t authentication_failure(struct amf_ue *u, const struct msg *failure)
{
	struct msg *request;

	count(u, NF_COUNT_AUTH_FAILURES);
	stop_nas_timer(u);
	if (failure->cause != MSG_CAUSE_SYNCH_FAILURE || u->resync++ > 0)
		return reject(u, MSG_AUTHENTICATION_REJECT, MSG_CAUSE_ILLEGAL_UE);
	request = amf_message(u, MSG_AUSF_AUTHENTICATE);
	request->identity = u->identity;
	request->identity.tmsi_msin = u->msin;
	request->cause = MSG_CAUSE_SYNCH_FAILURE;
	memcpy(request->response.rand, u->rand, sizeof u->rand);
	memcpy(request->response.auts, failure->response.auts, sizeof request->response.auts);
	amf_call(u, u->amf->env->node.ausf, request);
	return AMF_WAIT_VECTOR;
}

/* ---- security mode ---- */

static void derive_keys(struct amf_ue *u, const uint8_t *kseaf)
{
	struct nf_env *env = u->amf->env;
	const struct crypto_suite *suite = nf_suite(env, u->ue);
	char supi[ID_SUPI_TEXT];

	home_supi_text(u->amf->home, u->msin, supi);
	crypto_kamf(env->crypto, suite, kseaf, supi, abba, u->kamf);
	crypto_k_algorithm(env->crypto, suite, u->kamf, CRYPTO_NAS_INT, CRYPTO_NIA2, u->knas_int);
	crypto_k_algorithm(env->crypto, suite, u->kamf, CRYPTO_NAS_ENC, CRYPTO_NEA2, u->knas_enc);
	u->dl_count = 0;
}

static void send_security_mode_command(struct amf_ue *u)
{
	struct msg *msg = amf_message(u, MSG_SECURITY_MODE_COMMAND);
	const struct nas_security_mode_command command = {.ciphering = CRYPTO_NEA2,
		.integrity = CRYPTO_NIA2, .ngksi = 0,
		.security_capability = {nas_ue_capability, sizeof nas_ue_capability}, .imeisv_request = true,
		.additional = {true, 2}};
	uint8_t plain[MSG_NAS_MAX];

	msg->secured = true;
	msg->attempt = u->resent;
	amf_send_nas(u, msg, plain, nas_security_mode_command(&command, plain));
	amf_start_nas_timer(u, u->amf->config->t3560_ns);
}

static uint8_t confirmation_answer(struct amf_ue *u, const struct msg *answer)
{
	struct nf_env *env = u->amf->env;
	struct sim_span auth = sim_span_since(&u->span, &u->at_ausf);

	if (answer->cause != MSG_CAUSE_NONE) /* a resource that is gone is no fault of the UE's */
		return reject(u, answer->cause == MSG_CAUSE_ILLEGAL_UE ? MSG_AUTHENTICATION_REJECT
		                                                       : MSG_REGISTRATION_REJECT,
		              answer->cause);
	u->asked = false;
	nf_record_latency(env, REC_M_AUTH, u->ue, u->at_ausf.since_ns, &auth, REC_OUTCOME_OK, true, 0,
	                  1);
	u->msin = answer->key.msin;
	derive_keys(u, answer->key.key);
	send_security_mode_command(u);
	return AMF_WAIT_SMC_COMPLETE;
}

/* ---- the six calls ---- */

static const struct {
	enum msg_type request;
	bool to_pcf;
} calls[] = {
	{MSG_UDM_UECM, false},       {MSG_UDM_AM_DATA, false},   {MSG_UDM_SMF_SELECT, false},
	{MSG_UDM_UE_CONTEXT, false}, {MSG_UDM_SUBSCRIBE, false}, {MSG_PCF_POLICY, true},
};
enum { N_CALLS = sizeof calls / sizeof *calls };

static uint8_t next_call(struct amf_ue *u)
{
	const struct nf_nodes *node = &u->amf->env->node;
	struct msg *request = amf_message(u, calls[u->call].request);

	request->subscription.msin = u->msin;
	amf_call(u, calls[u->call].to_pcf ? node->pcf : node->udm, request);
	return AMF_WAIT_SUBSCRIPTION;
}

static uint8_t smc_complete(struct amf_ue *u, const struct msg *msg)
{
	struct nf_env *env = u->amf->env;

	if (!amf_good_uplink(u, msg)) /* 24.501 4.4.4.3: discarded; T3560 goes on */
		return AMF_WAIT_SMC_COMPLETE;
	stop_nas_timer(u);
	crypto_kgnb(env->crypto, nf_suite(env, u->ue), u->kamf, 0, CRYPTO_3GPP_ACCESS, u->kgnb);
	u->call = 0;
	return next_call(u);
}

/* ---- acceptance ---- */

static void send_accept(struct amf_ue *u)
{
	static const uint8_t tai_list[] = {0x00, 0x99, 0xf9, 0x07, 0x00, 0x00, 0x01};
	static const uint8_t nssai[] = {0x01, 0x01}, features[] = {0x01, 0x00};
	struct msg *msg = amf_message(u, MSG_REGISTRATION_ACCEPT);
	const struct nas_registration_accept accept = {.result = 1, .has_guti = true,
		.guti = {.plmn = u->amf->home->plmn, .amf_region = 2, .amf_set = 1, .tmsi = u->tmsi},
		.tai_list = {tai_list, sizeof tai_list}, .allowed_nssai = {nssai, sizeof nssai},
		.feature_support = {features, sizeof features}, .t3512 = {true, 0x92}};
	uint8_t plain[MSG_NAS_MAX];

	msg->secured = true;
	msg->accept.tmsi = u->tmsi;
	msg->attempt = u->resent;
	amf_send_nas(u, msg, plain, nas_registration_accept(&accept, plain));
	amf_start_nas_timer(u, u->amf->config->t3550_ns);
}

/* The newest registration of a SUPI replaces an older one (TS 23.502 4.2.2.2.2 step 14). */
static void become_registered(struct amf_ue *u)
{
	struct amf *amf = u->amf;
	uint64_t i = u->msin - HOME_MSIN_FIRST;
	struct amf_ue *old = sim_pool_get(amf->ues, amf->by_msin[i]);

	if (old && old != u) {
		sim_timer_stop(amf->env->sim, &old->nas);
		sim_timer_stop(amf->env->sim, &old->sbi);
		sim_pool_give(amf->ues, old->self);
	}
	amf->by_msin[i] = u->self;
	nf_index_remove(&amf->by_tmsi, amf->tmsi_of[i]);
	amf->tmsi_of[i] = u->tmsi;
	nf_index_put(&amf->by_tmsi, u->tmsi, u->msin);
}

static uint8_t subscription_answer(struct amf_ue *u, const struct msg *answer)
{
	struct sim_span inside;

	if (answer->cause != MSG_CAUSE_NONE)
		return reject(u, MSG_REGISTRATION_REJECT, answer->cause);
	if (++u->call < N_CALLS)
		return next_call(u);
	inside = sim_span_since(&u->span, &u->at_request);
	nf_record_latency(u->amf->env, REC_M_REGISTRATION_AMF, u->ue, u->at_request.since_ns, &inside,
	                  REC_OUTCOME_OK, true, 0, 1);
	u->accepted = true;
	count(u, NF_COUNT_REG_ACCEPTS);
	amf_allocate_tmsi(u);
	become_registered(u);
	send_accept(u);
	return AMF_WAIT_COMPLETE;
}

static uint8_t registration_complete(struct amf_ue *u, const struct msg *msg)
{
	const struct nas_configuration_update update = {.full_name = "Open5GS", .short_name = "Next",
		.time_zone = {true, 0}, .has_time = true, .daylight_saving = {true, 0}};
	uint8_t plain[MSG_NAS_MAX];
	struct msg *command;

	if (!amf_good_uplink(u, msg))
		return AMF_WAIT_COMPLETE;
	stop_nas_timer(u);
	command = amf_message(u, MSG_CONFIGURATION_UPDATE);
	command->secured = true;
	amf_send_nas(u, command, plain, nas_configuration_update(&update, plain));
	return AMF_REGISTERED;
}

static uint8_t deregistration_request(struct amf_ue *u, const struct msg *msg)
{
	struct msg *accept;
	uint8_t plain[MSG_NAS_MAX];

	if (!amf_good_uplink(u, msg))
		return u->state;
	accept = amf_message(u, MSG_DEREGISTRATION_ACCEPT);
	accept->secured = true;
	amf_send_nas(u, accept, plain, nas_deregistration_accept(plain));
	u->amf->by_msin[u->msin - HOME_MSIN_FIRST] = SIM_HANDLE_NONE;
	return finish(u);
}

/* ---- timers ---- */

static uint8_t nas_timer(struct amf_ue *u)
{
	if (u->resent >= u->amf->config->retransmissions) { /* aborted on the expiry after the last */
		record_failure(u, 0);
		return finish(u);
	}
	u->resent++;
	count(u, NF_COUNT_RETRANSMISSIONS);
	sim_span_mark(&u->span, u->amf->env->sim->now_ns, SIM_PART_TIMER);
	if (u->state == AMF_WAIT_RESPONSE)
		send_authentication_request(u);
	else if (u->state == AMF_WAIT_IDENTITY)
		ask_for_identity(u);
	else if (u->state == AMF_WAIT_SMC_COMPLETE)
		send_security_mode_command(u);
	else
		send_accept(u);
	return u->state;
}

static uint8_t complete_timer(struct amf_ue *u)
{
	if (u->resent < u->amf->config->retransmissions)
		return nas_timer(u);
	stop_nas_timer(u); /* 24.501 5.5.1.2.8 c: the 5G-GUTI stays valid, the UE is registered */
	return AMF_REGISTERED;
}

static uint8_t sbi_timeout(struct amf_ue *u)
{
	count(u, NF_COUNT_SBI_TIMEOUTS);
	sim_span_mark(&u->span, u->amf->env->sim->now_ns, SIM_PART_TIMER);
	return reject(u, MSG_REGISTRATION_REJECT, MSG_CAUSE_PAYLOAD_NOT_FORWARDED);
}

/* ---- the table ---- */

static uint8_t in_new(void *self, uint8_t event, const void *arg)
{
	(void)event;
	return registration_request(self, arg);
}

static uint8_t in_wait_identity(void *self, uint8_t event, const void *arg)
{
	struct amf_ue *u = self;

	if (event == AMF_E_NAS_TIMER)
		return nas_timer(u);
	stop_nas_timer(u);
	u->identity = ((const struct msg *)arg)->identity;
	return ask_for_vector(u);
}

static uint8_t in_wait_vector(void *self, uint8_t event, const void *arg)
{
	return event == AMF_E_SBI_TIMEOUT ? sbi_timeout(self) : vector_answer(self, arg);
}

static uint8_t in_wait_response(void *self, uint8_t event, const void *arg)
{
	if (event == AMF_E_NAS_TIMER)
		return nas_timer(self);
	return event == AMF_E_AUTHENTICATION_RESPONSE ? authentication_response(self, arg)
	                                              : authentication_failure(self, arg);
}

static uint8_t in_wait_confirmation(void *self, uint8_t event, const void *arg)
{
	return event == AMF_E_SBI_TIMEOUT ? sbi_timeout(self) : confirmation_answer(self, arg);
}

static uint8_t in_wait_smc_complete(void *self, uint8_t event, const void *arg)
{
	return event == AMF_E_NAS_TIMER ? nas_timer(self) : smc_complete(self, arg);
}

static uint8_t in_wait_subscription(void *self, uint8_t event, const void *arg)
{
	return event == AMF_E_SBI_TIMEOUT ? sbi_timeout(self) : subscription_answer(self, arg);
}

static uint8_t in_wait_complete(void *self, uint8_t event, const void *arg)
{
	if (event == AMF_E_NAS_TIMER)
		return complete_timer(self);
	return event == AMF_E_REGISTRATION_COMPLETE ? registration_complete(self, arg)
	                                            : deregistration_request(self, arg);
}

static uint8_t in_registered(void *self, uint8_t event, const void *arg)
{
	if (event == AMF_E_REGISTRATION_COMPLETE)
		return AMF_REGISTERED; /* the answer to a repeated Accept that crossed */
	return deregistration_request(self, arg);
}

static const char *const event_names[] = {
	[AMF_E_REGISTRATION_REQUEST] = "Registration Request",
	[AMF_E_IDENTITY_RESPONSE] = "Identity Response", [AMF_E_SBI_ANSWER] = "SBI answer",
	[AMF_E_AUTHENTICATION_RESPONSE] = "Authentication Response",
	[AMF_E_AUTHENTICATION_FAILURE] = "Authentication Failure",
	[AMF_E_SMC_COMPLETE] = "Security Mode Complete",
	[AMF_E_REGISTRATION_COMPLETE] = "Registration Complete",
	[AMF_E_DEREGISTRATION_REQUEST] = "Deregistration Request",
	[AMF_E_NAS_TIMER] = "T3560, T3550 or T3570", [AMF_E_SBI_TIMEOUT] = "SBI timeout",
};

#define BIT SIM_FSM_BIT
static const struct sim_fsm_row rows[] = {
	{AMF_NEW, "initial UE message", "TS 38.413 8.6.1", BIT(AMF_E_REGISTRATION_REQUEST),
	 BIT(AMF_WAIT_VECTOR) | BIT(AMF_WAIT_IDENTITY), in_new},
	{AMF_WAIT_IDENTITY, "5GMM-COMMON-PROCEDURE-INITIATED, identification", "TS 24.501 5.4.3",
	 BIT(AMF_E_IDENTITY_RESPONSE) | BIT(AMF_E_NAS_TIMER),
	 BIT(AMF_WAIT_IDENTITY) | BIT(AMF_WAIT_VECTOR) | BIT(AMF_NEW), in_wait_identity},
	{AMF_WAIT_VECTOR, "SEAF waits for a vector", "TS 33.501 6.1.3.2 step 2",
	 BIT(AMF_E_SBI_ANSWER) | BIT(AMF_E_SBI_TIMEOUT), BIT(AMF_WAIT_RESPONSE) | BIT(AMF_NEW),
	 in_wait_vector},
	{AMF_WAIT_RESPONSE, "5GMM-COMMON-PROCEDURE-INITIATED, authentication",
	 "TS 24.501 5.4.1.3",
	 BIT(AMF_E_AUTHENTICATION_RESPONSE) | BIT(AMF_E_AUTHENTICATION_FAILURE) |
	     BIT(AMF_E_NAS_TIMER),
	 BIT(AMF_WAIT_RESPONSE) | BIT(AMF_WAIT_CONFIRMATION) | BIT(AMF_WAIT_VECTOR) | BIT(AMF_NEW),
	 in_wait_response},
	{AMF_WAIT_CONFIRMATION, "SEAF waits for the confirmation", "TS 33.501 6.1.3.2 step 10",
	 BIT(AMF_E_SBI_ANSWER) | BIT(AMF_E_SBI_TIMEOUT), BIT(AMF_WAIT_SMC_COMPLETE) | BIT(AMF_NEW),
	 in_wait_confirmation},
	{AMF_WAIT_SMC_COMPLETE, "5GMM-COMMON-PROCEDURE-INITIATED, security mode control",
	 "TS 24.501 5.4.2", BIT(AMF_E_SMC_COMPLETE) | BIT(AMF_E_NAS_TIMER),
	 BIT(AMF_WAIT_SMC_COMPLETE) | BIT(AMF_WAIT_SUBSCRIPTION) | BIT(AMF_NEW),
	 in_wait_smc_complete},
	{AMF_WAIT_SUBSCRIPTION, "UECM, SDM and policy", "TS 23.502 4.2.2.2.2 steps 14, 16",
	 BIT(AMF_E_SBI_ANSWER) | BIT(AMF_E_SBI_TIMEOUT),
	 BIT(AMF_WAIT_SUBSCRIPTION) | BIT(AMF_WAIT_COMPLETE) | BIT(AMF_NEW), in_wait_subscription},
	{AMF_WAIT_COMPLETE, "5GMM-COMMON-PROCEDURE-INITIATED, registration",
	 "TS 24.501 5.5.1.2.4",
	 BIT(AMF_E_REGISTRATION_COMPLETE) | BIT(AMF_E_NAS_TIMER) | BIT(AMF_E_DEREGISTRATION_REQUEST),
	 BIT(AMF_WAIT_COMPLETE) | BIT(AMF_REGISTERED) | BIT(AMF_NEW), in_wait_complete},
	{AMF_REGISTERED, "5GMM-REGISTERED", "TS 24.501 5.1.3.2.2.3",
	 BIT(AMF_E_DEREGISTRATION_REQUEST) | BIT(AMF_E_REGISTRATION_COMPLETE),
	 BIT(AMF_REGISTERED) | BIT(AMF_NEW), in_registered},
};
#undef BIT

/* TS 24.501 7.4: not compatible with the protocol state; counted, traced and otherwise ignored. */
static void unexpected(void *self, uint8_t state, uint8_t event, const void *arg)
{
	struct amf_ue *u = self;
	const struct msg *msg = arg;

	(void)event;
	count(u, NF_COUNT_UNEXPECTED);
	nf_trace_step(u->amf->env, u->amf->env->node.amf, u->ue, NF_P_REGISTRATION,
	              msg ? (enum msg_type)msg->type : MSG_NONE, (uint8_t)(0x80 | state),
	              MSG_CAUSE_MESSAGE_NOT_COMPATIBLE);
}

const struct sim_fsm amf_fsm = {
	.name = "registration at the AMF", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.event_names = event_names, .n_events = AMF_N_EVENTS, .unexpected = unexpected,
};
