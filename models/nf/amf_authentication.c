/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      primary authentication at the SEAF: 5G-AKA (TS 33.501 6.1.3.2) and EAP-AKA' passed
 *             through (6.1.3.1); a synch failure is resolved by the home network once, a second one
 *             ends in Authentication Reject (6.1.3.3.2); a MAC failure, a challenge that is none
 *             for 5G, or a RES* that is wrong is answered by identification when the UE gave a
 *             5G-GUTI, else by reject (6.1.3.2.2, TS 24.501 5.4.1.3.7); a ngKSI in use by another;
 *             T3560.
 * Leaves out  several AUSFs; how a UE is reached by another AMF meanwhile.
 * Sources     the clauses named in the table at the end.
 */
#include "models/nf/amf_state.h"

#include "models/crypto/kdf.h"
#include "models/msg/eap.h"

#include <string.h>

enum { RETRIES = 2 }; /* assumption: of challenges refused for their ngKSI, or the identity */

/* ---- towards the AUSF ---- */

static struct msg *authenticate(struct amf_ue *u)
{
	struct msg *request = amf_message(u, MSG_AUSF_AUTHENTICATE);

	request->identity = u->run->identity;
	request->identity.tmsi_msin = u->run->identity.suci.n ? 0 : u->msin;
	return request;
}

static uint8_t ask_for_vector(struct amf_ue *u)
{
	u->run->at_ausf = u->run->span;
	u->asked = true;
	u->mismatch = false;
	amf_call(u, AMF_AUTHENTICATION, u->amf->env->node.ausf, authenticate(u));
	return AMF_AUTH_VECTOR;
}

static uint8_t resynchronise(struct amf_ue *u, const struct nas_authentication_failure *failure)
{
	struct msg *request = authenticate(u);

	request->cause = MSG_CAUSE_SYNCH_FAILURE;
	memcpy(request->response.rand, u->run->rand, sizeof u->run->rand);
	memcpy(request->response.auts, failure->auts, sizeof request->response.auts);
	amf_call(u, AMF_AUTHENTICATION, u->amf->env->node.ausf, request);
	return AMF_AUTH_VECTOR;
}

/* 33.501 6.1.3.2.0: a UE that cannot be reached has failed, and the AUSF is told; nobody waits. */
static void report_unreachable(struct amf_ue *u)
{
	struct msg *confirm = amf_message(u, u->method == MSG_METHOD_5G_AKA ? MSG_AUSF_CONFIRM
	                                                                    : MSG_AUSF_REMOVE);

	confirm->asker = SIM_HANDLE_NONE;
	confirm->context = u->run->ausf;
	confirm->cause = MSG_CAUSE_ILLEGAL_UE;
	confirm->method = u->method;
	nf_send(u->amf->env, u->amf->node, u->amf->env->node.ausf, confirm);
}

/* ---- towards the UE ---- */

static uint8_t send_request(struct amf_ue *u)
{
	struct msg *msg = amf_message(u, MSG_AUTHENTICATION_REQUEST);
	struct nas_authentication_request request = {.ngksi = u->ngksi};
	uint8_t plain[MSG_NAS_MAX];

	if (u->method == MSG_METHOD_5G_AKA) {
		memcpy(request.rand, u->run->rand, sizeof u->run->rand);
		memcpy(request.autn, u->run->autn, sizeof u->run->autn);
	} else {
		request.eap = (struct nas_octets){u->run->eap.octets, u->run->eap.n};
	}
	msg->attempt = u->run->resent;
	amf_send_nas(u, msg, plain, nas_authentication_request(&request, plain));
	amf_start_timer(u, u->amf->config->t3560_ns, AMF_AUTHENTICATION, AMF_AUTH_E_T3560);
	return AMF_AUTH_RESPONSE;
}

static uint8_t over(struct amf_ue *u, enum msg_type type, uint8_t cause)
{
	u->at[AMF_AUTHENTICATION] = AMF_AUTH_NONE;
	amf_reject(u, type, cause);
	return u->at[AMF_AUTHENTICATION];
}

/* 6.1.3.2.2: by its SUCI, when only a 5G-GUTI has been heard; else that was it. */
static uint8_t identify_or_reject(struct amf_ue *u)
{
	if (!u->by_guti || u->run->retried >= RETRIES)
		return over(u, MSG_AUTHENTICATION_REJECT, MSG_CAUSE_ILLEGAL_UE);
	u->run->retried++;
	u->at[AMF_AUTHENTICATION] = AMF_AUTH_NONE;
	amf_identify(u);
	return u->at[AMF_AUTHENTICATION];
}

/* ---- the answers ---- */

/* Not one that the UE holds a context under; the next of seven (TS 24.501 9.11.3.32). */
static void choose_ngksi(struct amf_ue *u)
{
	u->ngksi = (uint8_t)((u->ngksi + 1) % NAS_NGKSI_NONE);
}

static uint8_t vector_answer(struct amf_ue *u, const struct msg *answer)
{
	if (answer->cause != MSG_CAUSE_NONE)
		return over(u, MSG_REGISTRATION_REJECT, answer->cause);
	u->method = answer->method;
	u->run->ausf = answer->context;
	if (u->method == MSG_METHOD_5G_AKA) {
		memcpy(u->run->rand, answer->vector.rand, sizeof u->run->rand);
		memcpy(u->run->autn, answer->vector.autn, sizeof u->run->autn);
		memcpy(u->run->hxres_star, answer->vector.xres_star, sizeof u->run->hxres_star);
	} else {
		u->run->eap = answer->eap;
	}
	amf_count(u, NF_COUNT_AUTH_REQUESTS);
	return send_request(u);
}

/* 6.1.3.2.2: a wrong HRES* goes to the AUSF as well; what follows waits for its answer. */
static uint8_t responded(struct amf_ue *u, const struct nas_authentication_response *response)
{
	struct nf_env *env = u->amf->env;
	struct msg *confirm;
	uint8_t hres_star[16];

	amf_stop_timer(u);
	if (u->method != MSG_METHOD_5G_AKA) {
		confirm = amf_message(u, MSG_AUSF_EAP);
		confirm->eap.n = response->eap.n < MSG_EAP_MAX ? response->eap.n : MSG_EAP_MAX;
		if (confirm->eap.n > 0)
			memcpy(confirm->eap.octets, response->eap.at, confirm->eap.n);
	} else {
		crypto_hres_star(env->crypto, nf_suite(env, u->ue), u->run->rand, response->res_star,
		                 hres_star);
		u->mismatch = memcmp(hres_star, u->run->hxres_star, sizeof hres_star) != 0;
		confirm = amf_message(u, MSG_AUSF_CONFIRM);
		memcpy(confirm->response.res_star, response->res_star,
		       sizeof confirm->response.res_star);
	}
	confirm->context = u->run->ausf;
	confirm->method = u->method;
	amf_call(u, AMF_AUTHENTICATION, env->node.ausf, confirm);
	return AMF_AUTH_CONFIRMATION;
}

static uint8_t failed(struct amf_ue *u, const struct nas_authentication_failure *failure)
{
	amf_count(u, NF_COUNT_AUTH_FAILURES);
	amf_stop_timer(u);
	switch (failure->cause) {
	case MSG_CAUSE_SYNCH_FAILURE: /* f: two in a row end it */
		if (failure->has_auts && u->run->resync++ == 0)
			return resynchronise(u, failure);
		return over(u, MSG_AUTHENTICATION_REJECT, MSG_CAUSE_ILLEGAL_UE);
	case MSG_CAUSE_NGKSI_IN_USE: /* e: the same challenge under another ngKSI */
		if (u->run->retried++ >= RETRIES)
			return over(u, MSG_AUTHENTICATION_REJECT, MSG_CAUSE_ILLEGAL_UE);
		choose_ngksi(u);
		return send_request(u);
	default: /* c, d */
		return identify_or_reject(u);
	}
}

/* Of an EAP server nothing but EAP-Success is a yes. */
static bool is_good(const struct amf_ue *u, const struct msg *answer)
{
	return answer->cause == MSG_CAUSE_NONE && !u->mismatch &&
	       (u->method == MSG_METHOD_5G_AKA ||
	        (answer->eap.n > 0 && answer->eap.octets[0] == EAP_SUCCESS));
}

/* The EAP server has more to ask of the UE (33.501 6.1.3.1 step 8). */
static bool asks_on(const struct amf_ue *u, const struct msg *answer)
{
	return u->method != MSG_METHOD_5G_AKA && answer->cause == MSG_CAUSE_NONE &&
	       answer->eap.n > 0 && answer->eap.octets[0] == EAP_REQUEST;
}

static uint8_t confirmed(struct amf_ue *u, const struct msg *answer)
{
	if (u->method != MSG_METHOD_5G_AKA)
		u->run->eap = answer->eap;
	if (asks_on(u, answer)) {
		amf_count(u, NF_COUNT_AUTH_REQUESTS);
		return send_request(u);
	}
	if (answer->cause != MSG_CAUSE_NONE && answer->cause != MSG_CAUSE_ILLEGAL_UE)
		return over(u, MSG_REGISTRATION_REJECT, answer->cause); /* no fault of the UE's */
	if (!is_good(u, answer))
		return identify_or_reject(u);
	u->asked = false;
	amf_record_success(u, REC_M_AUTH, &u->run->at_ausf);
	u->at[AMF_AUTHENTICATION] = AMF_AUTH_NONE;
	amf_authenticated(u, &answer->key);
	return u->at[AMF_AUTHENTICATION];
}

/* ---- timers ---- */

static uint8_t expired(struct amf_ue *u)
{
	if (amf_repeats(u, AMF_REPETITIONS_t3560))
		return send_request(u);
	report_unreachable(u);
	u->at[AMF_AUTHENTICATION] = AMF_AUTH_NONE;
	amf_record_failure(u, 0);
	amf_finish(u);
	return AMF_AUTH_NONE;
}

/* 6.1.3.2.2: without the AUSF's verdict, as if it were a bad one. */
static uint8_t no_verdict(struct amf_ue *u)
{
	amf_count(u, NF_COUNT_SBI_TIMEOUTS);
	return identify_or_reject(u);
}

static uint8_t no_vector(struct amf_ue *u)
{
	amf_count(u, NF_COUNT_SBI_TIMEOUTS);
	return over(u, MSG_REGISTRATION_REJECT, MSG_CAUSE_PAYLOAD_NOT_FORWARDED);
}

/* ---- the table ---- */

static uint8_t in_none(void *self, uint8_t event, const void *arg)
{
	struct amf_ue *u = self;

	(void)arg;
	if (event == AMF_AUTH_E_ABORT)
		return AMF_AUTH_NONE;
	choose_ngksi(u);
	return ask_for_vector(u);
}

static uint8_t in_vector(void *self, uint8_t event, const void *arg)
{
	const struct amf_input *input = arg;

	if (event == AMF_AUTH_E_ABORT)
		return AMF_AUTH_NONE;
	return event == AMF_AUTH_E_ANSWER ? vector_answer(self, input->msg) : no_vector(self);
}

static uint8_t in_response(void *self, uint8_t event, const void *arg)
{
	const struct amf_input *input = arg;

	switch (event) {
	case AMF_AUTH_E_RESPONSE:
		return responded(self, &input->nas->authentication_response);
	case AMF_AUTH_E_FAILURE:
		return failed(self, &input->nas->authentication_failure);
	case AMF_AUTH_E_T3560:
		return expired(self);
	default: /* AMF_AUTH_E_ABORT */
		return AMF_AUTH_NONE;
	}
}

static uint8_t in_confirmation(void *self, uint8_t event, const void *arg)
{
	const struct amf_input *input = arg;

	switch (event) {
	case AMF_AUTH_E_ANSWER:
		return confirmed(self, input->msg);
	case AMF_AUTH_E_RESPONSE: /* to a repeated request that crossed the first answer */
		return AMF_AUTH_CONFIRMATION;
	case AMF_AUTH_E_SBI_TIMEOUT:
		return no_verdict(self);
	default: /* AMF_AUTH_E_ABORT */
		return AMF_AUTH_NONE;
	}
}

static const char *const event_names[] = {
	[AMF_AUTH_E_BEGIN] = "authentication", [AMF_AUTH_E_ANSWER] = "AUSF's answer",
	[AMF_AUTH_E_SBI_TIMEOUT] = "SBI timeout", [AMF_AUTH_E_RESPONSE] = "Authentication Response",
	[AMF_AUTH_E_FAILURE] = "Authentication Failure", [AMF_AUTH_E_T3560] = "T3560",
	[AMF_AUTH_E_ABORT] = "abort",
};
#define BIT SIM_FSM_BIT
static const struct sim_fsm_row rows[] = {
	{AMF_AUTH_NONE, "no authentication", "TS 33.501 6.1.2",
	 BIT(AMF_AUTH_E_BEGIN) | BIT(AMF_AUTH_E_ABORT), BIT(AMF_AUTH_NONE) | BIT(AMF_AUTH_VECTOR),
	 in_none},
	{AMF_AUTH_VECTOR, "SEAF waits for a vector", "TS 33.501 6.1.3.2.0 step 5",
	 BIT(AMF_AUTH_E_ANSWER) | BIT(AMF_AUTH_E_SBI_TIMEOUT) | BIT(AMF_AUTH_E_ABORT),
	 BIT(AMF_AUTH_NONE) | BIT(AMF_AUTH_RESPONSE), in_vector},
	{AMF_AUTH_RESPONSE, "5GMM-COMMON-PROCEDURE-INITIATED, T3560", "TS 24.501 5.4.1.3",
	 BIT(AMF_AUTH_E_RESPONSE) | BIT(AMF_AUTH_E_FAILURE) | BIT(AMF_AUTH_E_T3560) |
	     BIT(AMF_AUTH_E_ABORT),
	 BIT(AMF_AUTH_NONE) | BIT(AMF_AUTH_VECTOR) | BIT(AMF_AUTH_RESPONSE) |
	     BIT(AMF_AUTH_CONFIRMATION),
	 in_response},
	{AMF_AUTH_CONFIRMATION, "SEAF waits for the AUSF's verdict", "TS 33.501 6.1.3.2.0 step 10",
	 BIT(AMF_AUTH_E_ANSWER) | BIT(AMF_AUTH_E_SBI_TIMEOUT) | BIT(AMF_AUTH_E_ABORT) |
	     BIT(AMF_AUTH_E_RESPONSE),
	 BIT(AMF_AUTH_NONE) | BIT(AMF_AUTH_RESPONSE) | BIT(AMF_AUTH_CONFIRMATION) |
	     BIT(AMF_AUTH_VECTOR),
	 in_confirmation},
};
#undef BIT
const struct sim_fsm amf_authentication = {
	.name = "authentication at the SEAF", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.event_names = event_names, .n_events = AMF_AUTH_N_EVENTS, .unexpected = amf_unexpected,
};
