/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      initial registration with its timers and attempt counter (TS 24.501 5.5.1.2), identity,
 *             5G-AKA at the USIM and ME (TS 33.501 6.1.3.2), security mode control (6.7.2), AKMA keys
 *             (TS 33.535), deregistration (TS 24.501 5.5.2.2).
 * Leaves out  mobility and periodic updating, EAP-AKA', barring after repeated authentication failures,
 *             the USIM made invalid by cause #3 (any reject is tried again, 5.5.1.2.7).
 * Sources     the clauses named in the table at the end.
 */
#include "models/nf/ue_state.h"

#include "models/crypto/aka.h"
#include "models/crypto/ecies.h"
#include "models/crypto/kdf.h"
#include "models/msg/nas.h"

#include <string.h>

static const uint8_t abba[2] = {0, 0};                           /* TS 33.501 A.7.1        */

static int64_t cost(const struct ue *ue, enum crypto_op op)
{
	return ue->all->env->cost->ns[op];
}

static struct msg *message(struct ue *ue, enum msg_type type)
{
	return nf_message_for(ue->all->env, type, ue->number, ue_attempt_procedure(ue), &ue->span);
}

static void trace(struct ue *ue, enum nf_procedure procedure, enum msg_type type, uint8_t outcome,
                  uint8_t cause)
{
	nf_trace_step(ue->all->env, NF_TRACE_UE, ue->number, procedure, type, outcome, cause);
}

/* ---- identity ---- */

/* A fresh SUCI, or the last one while T3519 runs (TS 24.501 5.5.1.2.2). Returns what it costs. */
static int64_t make_suci(struct ue *ue)
{
	struct nf_env *env = ue->all->env;
	uint8_t seed[32];

	if (env->sim->now_ns < ue->t3519_until_ns)
		return 0;
	ue->t3519_until_ns = env->sim->now_ns + ue->all->config->t3519_ns;
	struct sim_stream stream = nf_stream(env, NF_DRAW_EPHEMERAL, ue->number,
	                                     ue_attempt_procedure(ue), 0);
	sim_stream_octets(&stream, seed, sizeof seed);
	return home_conceal(ue->all->home, env, ue->number, ue->card.msin, seed, &ue->suci);
}

static bool sends_guti(const struct ue *ue)
{
	return ue->all->config->initial_identity == UE_IDENTITY_GUTI && ue->tmsi != 0;
}

static struct nas_identity identity_of(const struct ue *ue, const struct msg_identity *identity)
{
	const struct home *home = ue->all->home;

	if (identity->suci.n == 0)
		return (struct nas_identity){.kind = NAS_IDENTITY_GUTI,
			.guti = {.plmn = home->plmn, .amf_region = 2, .amf_set = 1, .tmsi = identity->tmsi}};
	return (struct nas_identity){.kind = NAS_IDENTITY_SUCI,
		.suci = home_suci(home, &identity->suci)};
}

static void note_heard(struct ue *ue, const struct msg_identity *identity)
{
	const struct ue_listener *listener = &ue->all->listener;

	if (listener->heard)
		listener->heard(listener->context, ue->number, identity);
}

/* In clear only what 24.501 4.4.6 lets pass; whole within the Security Mode Complete. */
static uint16_t encode_request(const struct ue *ue, const struct msg_identity *identity,
                               bool whole, uint8_t *out)
{
	static const uint8_t nssai[] = {1, 1}; /* SST 1 */
	struct nas_registration_request request = {.ngksi = NAS_NGKSI_NONE, .type = NAS_INITIAL,
		.follow_on = true, .identity = identity_of(ue, identity),
		.security_capability = {nas_ue_capability, sizeof nas_ue_capability}};

	if (whole) {
		request.capability_5gmm = (struct nas_octet){true, 0};
		request.requested_nssai = (struct nas_octets){nssai, sizeof nssai};
		request.update_type = (struct nas_octet){true, 0};
	}
	return nas_registration_request(&request, out);
}

static void send_registration_request(struct ue *ue)
{
	struct msg *msg = message(ue, MSG_REGISTRATION_REQUEST);
	uint8_t plain[MSG_NAS_MAX];
	int64_t crypto_ns;

	if (sends_guti(ue)) {
		msg->identity = (struct msg_identity){.tmsi = ue->tmsi, .integrity_protected = true};
		msg->secured = true;
		crypto_ns = cost(ue, CRYPTO_OP_NAS_MAC);
	} else {
		crypto_ns = make_suci(ue);
		msg->identity.suci = ue->suci;
	}
	ue->sent = msg->identity;
	uint16_t n = encode_request(ue, &msg->identity, false, plain);
	note_heard(ue, &msg->identity);
	trace(ue, NF_P_REGISTRATION, MSG_REGISTRATION_REQUEST, msg->secured, 0);
	ue_send_nas(ue, msg, plain, n, (struct nf_demand){0, crypto_ns});
}

static uint8_t identity_request(struct ue *ue, const struct msg *request)
{
	struct msg *msg;
	uint8_t plain[MSG_NAS_MAX];
	int64_t crypto_ns = make_suci(ue);

	ue->span = request->span;
	msg = message(ue, MSG_IDENTITY_RESPONSE);
	msg->identity.suci = ue->suci;
	const struct nas_identity identity = identity_of(ue, &msg->identity);
	note_heard(ue, &msg->identity);
	trace(ue, NF_P_REGISTRATION, MSG_IDENTITY_RESPONSE, 0, 0);
	ue_send_nas(ue, msg, plain, nas_identity_response(&identity, plain),
	            (struct nf_demand){0, crypto_ns});
	return UE_REGISTERED_INITIATED;
}

/* ---- 5G-AKA ---- */

static void send_failure(struct ue *ue, const struct msg *request, uint8_t cause)
{
	struct nf_env *env = ue->all->env;
	struct msg *msg = message(ue, MSG_AUTHENTICATION_FAILURE);
	struct nas_authentication_failure failure = {.cause = cause,
		.has_auts = cause == MSG_CAUSE_SYNCH_FAILURE};
	struct crypto_subscription card = home_subscription(ue->all->home, ue->card.k, ue->card.opc);
	uint8_t plain[MSG_NAS_MAX], sqn_ms[6];

	if (failure.has_auts) {
		crypto_sqn_octets(ue->sqn.highest, sqn_ms);
		crypto_auts_generate(env->crypto, nf_suite(env, ue->number), &card,
		                     request->vector.rand, sqn_ms, failure.auts);
		memcpy(msg->response.auts, failure.auts, sizeof failure.auts);
	}
	msg->cause = cause;
	trace(ue, NF_P_AUTHENTICATION, MSG_AUTHENTICATION_FAILURE, 1, cause);
	ue_send_nas(ue, msg, plain, nas_authentication_failure(&failure, plain),
	            ue_work(ue, SVC_ue_auth, request, home_aka_ns(ue->all->home, ue->all->env) +
	                    (failure.has_auts ? cost(ue, CRYPTO_OP_AUTS) : 0)));
}

static void send_response(struct ue *ue, const struct msg *request, int64_t crypto_ns)
{
	struct msg *msg = message(ue, MSG_AUTHENTICATION_RESPONSE);
	struct nas_authentication_response response;
	uint8_t plain[MSG_NAS_MAX];

	memset(&response, 0, sizeof response);
	memcpy(response.res_star, ue->res_star, sizeof response.res_star);
	memcpy(msg->response.res_star, ue->res_star, sizeof ue->res_star);
	msg->attempt = request->attempt;
	trace(ue, NF_P_AUTHENTICATION, MSG_AUTHENTICATION_RESPONSE, 0, 0);
	ue_send_nas(ue, msg, plain, nas_authentication_response(&response, plain),
	            ue_work(ue, SVC_ue_auth, request, crypto_ns));
}

static void take_keys(struct ue *ue, const struct crypto_usim_answer *answer, const uint8_t *rand)
{
	struct nf_env *env = ue->all->env;
	const struct crypto_suite *suite = nf_suite(env, ue->number);
	char supi[ID_SUPI_TEXT];

	memcpy(ue->rand, rand, sizeof ue->rand);
	memcpy(ue->res_star, answer->res_star, sizeof ue->res_star);
	memcpy(ue->kausf, answer->kausf, sizeof ue->kausf);
	if (env->class_of_ue[ue->number] != REC_CLASS_SURGEON)
		return; /* AKMA is for those who have a twin */
	home_supi_text(ue->all->home, ue->card.msin, supi);
	crypto_kakma(env->crypto, suite, ue->kausf, supi, ue->kakma);
	crypto_a_tid(env->crypto, suite, ue->kausf, supi, ue->a_tid);
	ue->has_keys = true;
}

static uint8_t authentication_request(struct ue *ue, const struct msg *request)
{
	struct nf_env *env = ue->all->env;
	const uint8_t *rand = request->vector.rand;
	struct crypto_subscription card = home_subscription(ue->all->home, ue->card.k, ue->card.opc);
	struct crypto_usim_answer answer;

	ue->span = request->span;
	if (memcmp(rand, ue->rand, sizeof ue->rand) == 0) { /* retransmitted: 24.501 5.4.1.3.3 */
		send_response(ue, request, 0);
		return UE_REGISTERED_INITIATED;
	}
	if (!crypto_usim_authenticate(env->crypto, nf_suite(env, ue->number), &card, rand,
	                              request->vector.autn, ue->all->home->snn, &answer)) {
		send_failure(ue, request, MSG_CAUSE_MAC_FAILURE);
	} else if (!sqn_accept(&ue->all->home->sqn, &ue->sqn, crypto_sqn(answer.sqn))) {
		send_failure(ue, request, MSG_CAUSE_SYNCH_FAILURE);
	} else {
		take_keys(ue, &answer, rand);
		send_response(ue, request, home_aka_ns(ue->all->home, ue->all->env) + cost(ue, CRYPTO_OP_RES_STAR) +
		                               cost(ue, CRYPTO_OP_KAUSF));
	}
	return UE_REGISTERED_INITIATED;
}

/* ---- security mode ---- */

static void derive_nas_keys(struct ue *ue)
{
	struct nf_env *env = ue->all->env;
	const struct crypto_suite *suite = nf_suite(env, ue->number);
	uint8_t kseaf[32];
	char supi[ID_SUPI_TEXT];

	home_supi_text(ue->all->home, ue->card.msin, supi);
	crypto_kseaf(env->crypto, suite, ue->kausf, ue->all->home->snn, kseaf);
	crypto_kamf(env->crypto, suite, kseaf, supi, abba, ue->kamf);
	crypto_k_algorithm(env->crypto, suite, ue->kamf, CRYPTO_NAS_INT, CRYPTO_NIA2, ue->knas_int);
	crypto_k_algorithm(env->crypto, suite, ue->kamf, CRYPTO_NAS_ENC, CRYPTO_NEA2, ue->knas_enc);
	ue->ul_count = 0;
}

static bool good_downlink(struct ue *ue, const struct msg *msg)
{
	struct nf_env *env = ue->all->env;
	const struct nas_security security = {.knas_int = ue->knas_int, .knas_enc = ue->knas_enc,
		.count = msg->nas_count, .direction = CRYPTO_DOWNLINK};
	uint8_t plain[MSG_NAS_MAX];

	return nas_unprotect(env->crypto, nf_suite(env, ue->number), &security, msg->nas,
	                     msg->nas_octets, plain) > 0;
}

static void send_smc_complete(struct ue *ue, const struct msg *command)
{
	struct msg *msg = message(ue, MSG_SECURITY_MODE_COMPLETE);
	uint8_t plain[MSG_NAS_MAX], whole[MSG_NAS_MAX];
	uint16_t n = encode_request(ue, &ue->sent, true, whole);
	const struct nas_security_mode_complete complete = {.imeisv = "4370816125816151",
		.container = {whole, n}};

	msg->secured = true;
	msg->attempt = command->attempt;
	trace(ue, NF_P_REGISTRATION, MSG_SECURITY_MODE_COMPLETE, 0, 0);
	ue_send_nas(ue, msg, plain, nas_security_mode_complete(&complete, plain),
	            ue_work(ue, SVC_ue_smc, command,
	                    cost(ue, CRYPTO_OP_KSEAF) + cost(ue, CRYPTO_OP_KAMF) +
	                        2 * (cost(ue, CRYPTO_OP_NAS_KEY) + cost(ue, CRYPTO_OP_NAS_MAC)) +
	                        cost(ue, CRYPTO_OP_NAS_CIPHER)));
}

static uint8_t security_mode_command(struct ue *ue, const struct msg *command)
{
	derive_nas_keys(ue);
	if (!good_downlink(ue, command)) { /* 24.501 5.4.2.5: not accepted; T3560 and T3510 decide */
		trace(ue, NF_P_REGISTRATION, MSG_SECURITY_MODE_COMMAND, 1, MSG_CAUSE_MAC_FAILURE);
		return UE_REGISTERED_INITIATED;
	}
	ue->span = command->span;
	send_smc_complete(ue, command);
	return UE_REGISTERED_INITIATED;
}

/* ---- the demand: attempts, success, failure ---- */

static void start_attempt(struct ue *ue)
{
	ue->attempts_made++;
	sim_timer_start(ue->all->env->sim, &ue->guard, ue->all->config->t3510_ns, NF_KIND_UE,
	                UE_E_T3510, ue->number, 0);
	radio_connect(ue->all->radio, ue->number, ue_attempt_procedure(ue));
}

static uint8_t register_now(struct ue *ue)
{
	ue->demand++;
	ue->attempt = 0;
	ue->attempts_made = 0;
	ue->extra_procedures = 0;
	ue->last_cause = 0;
	ue->began_ns = ue->all->env->sim->now_ns;
	ue->span = sim_span_start(ue->began_ns);
	start_attempt(ue);
	return UE_CONNECTING;
}

static void tell(struct ue *ue, bool ok)
{
	trace(ue, NF_P_REGISTRATION, MSG_NONE, ok ? 0 : 1, ue->last_cause);
	if (ue->user.registered)
		ue->user.registered(ue->user.context, ue->number, ok, ue->last_cause,
		                    ue->attempts_made, &ue->span);
}

static void drop_connection(struct ue *ue)
{
	sim_timer_stop(ue->all->env->sim, &ue->guard);
	radio_release(ue->all->radio, ue->number);
}

/* TS 24.501 5.5.1.2.7: counts the attempt; T3511 below the limit, T3502 at it. */
static uint8_t attempt_failed(struct ue *ue, uint8_t cause)
{
	const struct ue_config *config = ue->all->config;
	bool last = ++ue->attempt >= config->attempts;

	drop_connection(ue);
	if (last) /* 5.5.1.2.7: the 5G-GUTI is deleted with the last attempt */
		ue->tmsi = 0;
	ue->last_cause = cause;
	sim_timer_start(ue->all->env->sim, &ue->retry, last ? config->t3502_ns : config->t3511_ns,
	                NF_KIND_UE, UE_E_T3511, ue->number, 0);
	ue->state = UE_ATTEMPTING; /* so that the user may act at once */
	if (last)
		tell(ue, false);
	return ue->state;
}

static uint8_t retry(struct ue *ue)
{
	if (ue->attempt >= ue->all->config->attempts) /* T3502: a new demand of the UE's own */
		return register_now(ue);
	sim_span_mark(&ue->span, ue->all->env->sim->now_ns, SIM_PART_TIMER);
	start_attempt(ue);
	return UE_CONNECTING;
}

static void send_secured(struct ue *ue, enum msg_type type, enum svc_step step,
                         const struct msg *cause_of, const uint8_t *plain, uint16_t n)
{
	struct msg *msg = message(ue, type);

	msg->secured = true;
	msg->attempt = cause_of ? cause_of->attempt : 0;
	trace(ue, NF_P_REGISTRATION, type, 0, 0);
	ue_send_nas(ue, msg, plain, n,
	            ue_work(ue, step, msg, cost(ue, CRYPTO_OP_NAS_MAC) +
	                                       cost(ue, CRYPTO_OP_NAS_CIPHER)));
}

static void send_complete(struct ue *ue, const struct msg *accept)
{
	uint8_t plain[MSG_NAS_MAX];
	uint16_t n = nas_registration_complete(plain);

	send_secured(ue, MSG_REGISTRATION_COMPLETE, SVC_ue_accept, accept, plain, n);
}

static uint8_t registration_accept(struct ue *ue, const struct msg *accept)
{
	bool again = ue->state == UE_REGISTERED; /* T3550 ran out: the Complete was lost */

	if (!good_downlink(ue, accept)) {
		trace(ue, NF_P_REGISTRATION, MSG_REGISTRATION_ACCEPT, 1, MSG_CAUSE_MAC_FAILURE);
		return ue->state;
	}
	ue->span = accept->span;
	ue->tmsi = accept->accept.tmsi;
	ue->t3519_until_ns = 0; /* 24.501 5.5.1.2.4: a 5G-GUTI stops T3519 */
	send_complete(ue, accept);
	if (again)
		return UE_REGISTERED;
	sim_timer_stop(ue->all->env->sim, &ue->guard);
	ue->state = UE_REGISTERED; /* so that the user may act at once */
	tell(ue, true);
	return ue->state;
}

/* ---- deregistration ---- */

static uint8_t deregister(struct ue *ue)
{
	uint8_t plain[MSG_NAS_MAX];
	const struct nas_deregistration_request request = {.ngksi = 0,
		.identity = identity_of(ue, &(struct msg_identity){.tmsi = ue->tmsi})};
	uint16_t n = nas_deregistration_request(&request, plain);

	ue->span = sim_span_start(ue->all->env->sim->now_ns);
	sim_timer_start(ue->all->env->sim, &ue->guard, ue->all->config->t3521_ns, NF_KIND_UE,
	                UE_E_T3521, ue->number, 0);
	send_secured(ue, MSG_DEREGISTRATION_REQUEST, SVC_ue_accept, NULL, plain, n);
	return UE_DEREGISTERED_INITIATED;
}

static uint8_t released(struct ue *ue)
{
	drop_connection(ue);
	ue->state = UE_DEREGISTERED;
	trace(ue, NF_P_DEREGISTRATION, MSG_NONE, 0, 0);
	if (ue->user.deregistered)
		ue->user.deregistered(ue->user.context, ue->number);
	return ue->state;
}

static uint8_t give_up(struct ue *ue)
{
	sim_timer_stop(ue->all->env->sim, &ue->retry);
	return released(ue);
}

/* ---- the table ---- */

static uint8_t in_deregistered(void *self, uint8_t event, const void *arg)
{
	(void)arg;
	return event == UE_E_DEREGISTER ? UE_DEREGISTERED : register_now(self);
}

static uint8_t in_attempting(void *self, uint8_t event, const void *arg)
{
	(void)arg;
	return event == UE_E_DEREGISTER ? give_up(self) : retry(self);
}

static uint8_t in_connecting(void *self, uint8_t event, const void *arg)
{
	struct ue *ue = self;

	(void)arg;
	if (event == UE_E_DEREGISTER)
		return give_up(ue);
	sim_span_mark(&ue->span, ue->all->env->sim->now_ns, SIM_PART_RADIO);
	if (event != UE_E_CONNECTED)
		return attempt_failed(ue, 0);
	send_registration_request(ue);
	return UE_REGISTERED_INITIATED;
}

static uint8_t in_registered_initiated(void *self, uint8_t event, const void *arg)
{
	struct ue *ue = self;
	const struct msg *msg = arg;

	switch (event) {
	case UE_E_IDENTITY_REQUEST:
		return identity_request(ue, msg);
	case UE_E_AUTHENTICATION_REQUEST:
		return authentication_request(ue, msg);
	case UE_E_SECURITY_MODE_COMMAND:
		return security_mode_command(ue, msg);
	case UE_E_REGISTRATION_ACCEPT:
		return registration_accept(ue, msg);
	case UE_E_REJECT:
		ue->span = msg->span;
		return attempt_failed(ue, msg->cause);
	case UE_E_DEREGISTER:
		return give_up(ue);
	default: /* T3510 */
		sim_span_mark(&ue->span, ue->all->env->sim->now_ns, SIM_PART_TIMER);
		return attempt_failed(ue, 0);
	}
}

static uint8_t in_registered(void *self, uint8_t event, const void *arg)
{
	struct ue *ue = self;

	if (event == UE_E_DEREGISTER)
		return deregister(ue);
	if (event == UE_E_REGISTRATION_ACCEPT)
		return registration_accept(ue, arg);
	return UE_REGISTERED; /* Configuration Update: new names, nothing to keep */
}

static uint8_t in_deregistered_initiated(void *self, uint8_t event, const void *arg)
{
	(void)arg;
	if (event == UE_E_CONFIGURATION_UPDATE) /* crossed the request */
		return UE_DEREGISTERED_INITIATED;
	return released(self);
}

static const char *const event_names[] = {
	[UE_E_REGISTER] = "register", [UE_E_CONNECTED] = "RRC connected",
	[UE_E_NOT_CONNECTED] = "lower layer failure", [UE_E_IDENTITY_REQUEST] = "Identity Request",
	[UE_E_AUTHENTICATION_REQUEST] = "Authentication Request", [UE_E_REJECT] = "reject",
	[UE_E_SECURITY_MODE_COMMAND] = "Security Mode Command",
	[UE_E_REGISTRATION_ACCEPT] = "Registration Accept",
	[UE_E_CONFIGURATION_UPDATE] = "Configuration Update Command", [UE_E_T3510] = "T3510",
	[UE_E_T3511] = "T3511 or T3502", [UE_E_DEREGISTER] = "deregister",
	[UE_E_DEREGISTRATION_ACCEPT] = "Deregistration Accept", [UE_E_T3521] = "T3521",
};

#define BIT SIM_FSM_BIT
static const struct sim_fsm_row rows[] = {
	{UE_DEREGISTERED, "5GMM-DEREGISTERED", "TS 24.501 5.1.3.2.1.2",
	 BIT(UE_E_REGISTER) | BIT(UE_E_DEREGISTER), BIT(UE_DEREGISTERED) | BIT(UE_CONNECTING),
	 in_deregistered},
	{UE_ATTEMPTING, "5GMM-DEREGISTERED.ATTEMPTING-REGISTRATION", "TS 24.501 5.5.1.2.7",
	 BIT(UE_E_T3511) | BIT(UE_E_DEREGISTER), BIT(UE_CONNECTING) | BIT(UE_DEREGISTERED),
	 in_attempting},
	{UE_CONNECTING, "5GMM-REGISTERED-INITIATED, RRC set-up", "TS 38.331 5.3.3",
	 BIT(UE_E_CONNECTED) | BIT(UE_E_NOT_CONNECTED) | BIT(UE_E_T3510) | BIT(UE_E_DEREGISTER),
	 BIT(UE_REGISTERED_INITIATED) | BIT(UE_ATTEMPTING) | BIT(UE_DEREGISTERED) |
	     BIT(UE_CONNECTING),
	 in_connecting},
	{UE_REGISTERED_INITIATED, "5GMM-REGISTERED-INITIATED", "TS 24.501 5.5.1.2",
	 BIT(UE_E_IDENTITY_REQUEST) | BIT(UE_E_AUTHENTICATION_REQUEST) |
	     BIT(UE_E_SECURITY_MODE_COMMAND) | BIT(UE_E_REGISTRATION_ACCEPT) | BIT(UE_E_REJECT) |
	     BIT(UE_E_T3510) | BIT(UE_E_DEREGISTER),
	 BIT(UE_REGISTERED_INITIATED) | BIT(UE_REGISTERED) | BIT(UE_ATTEMPTING) |
	     BIT(UE_DEREGISTERED) | BIT(UE_DEREGISTERED_INITIATED) | BIT(UE_CONNECTING),
	 in_registered_initiated},
	{UE_REGISTERED, "5GMM-REGISTERED", "TS 24.501 5.1.3.2.1.4",
	 BIT(UE_E_DEREGISTER) | BIT(UE_E_REGISTRATION_ACCEPT) | BIT(UE_E_CONFIGURATION_UPDATE),
	 BIT(UE_REGISTERED) | BIT(UE_DEREGISTERED_INITIATED), in_registered},
	{UE_DEREGISTERED_INITIATED, "5GMM-DEREGISTERED-INITIATED", "TS 24.501 5.5.2.2",
	 BIT(UE_E_DEREGISTRATION_ACCEPT) | BIT(UE_E_T3521) | BIT(UE_E_CONFIGURATION_UPDATE),
	 BIT(UE_DEREGISTERED_INITIATED) | BIT(UE_DEREGISTERED) | BIT(UE_CONNECTING),
	 in_deregistered_initiated},
};
#undef BIT

static void unexpected(void *self, uint8_t state, uint8_t event, const void *arg)
{
	struct ue *ue = self;
	const struct msg *msg = arg;

	(void)event;
	ue->all->env->counter[NF_COUNT_UNEXPECTED]++;
	if (msg)
		trace(ue, NF_P_REGISTRATION, (enum msg_type)msg->type, (uint8_t)(0x80 | state),
		      MSG_CAUSE_MESSAGE_NOT_COMPATIBLE);
}

const struct sim_fsm ue_fsm = {
	.name = "5GMM of the UE", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.event_names = event_names, .n_events = UE_N_EVENTS, .unexpected = unexpected,
};

void ue_step(struct ue *ue, enum ue_event event, const struct msg *msg)
{
	sim_fsm_step(&ue_fsm, &ue->state, ue, (uint8_t)event, msg);
}
