/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      primary authentication at the UE: 5G-AKA at USIM and ME (TS 33.501 6.1.3.2), its
 *             failures with causes 20, 21, 26 and 71 under T3520 (TS 24.501 5.4.1.3.7 c to f), a
 *             repeated request answered from memory under T3516 (5.4.1.3.2), a network that fails
 *             the check (g), reject. EAP-AKA' is ue_eap_aka.c.
 * Leaves out  the change of cell while an answer is on its way (5.4.1.3.7 h to k): a UE stands
 *             still.
 * Sources     TS 24.501 5.4.1.3; TS 33.501 6.1.3.2, 6.1.3.3; TS 33.102 6.3.3.
 */
#include "models/nf/ue_state.h"

#include "models/crypto/aka.h"
#include "models/crypto/kdf.h"

#include <string.h>

enum { FAILURES_NOT_GENUINE = 3 }; /* 5.4.1.3.7: three consecutive challenges */

/* ---- outcome of a challenge ---- */

static uint8_t not_genuine(struct ue *ue)
{
	ue_all(ue)->env->counter[NF_COUNT_NOT_GENUINE]++;
	ue_trace(ue, NF_P_AUTHENTICATION, MSG_NONE, 1, MSG_CAUSE_MAC_FAILURE);
	ue_stop_timer(ue, &ue->run->t3520);
	ue->failures = 0;
	ue->at[UE_AUTHENTICATION] = UE_AUTH_IDLE;
	ue_feed(ue, UE_REGISTRATION, UE_REG_E_NOT_GENUINE, NULL);
	return ue->at[UE_AUTHENTICATION];
}

/* c: T3510, T3517 or T3521 stop; challenges are consecutive when T3520 still runs from the last. */
static void await_another(struct ue *ue)
{
	const struct ue_config *config = ue_all(ue)->config;

	if (!ue->leaving && sim_timer_running(ue_all(ue)->env->sim, &ue->run->guard)) {
		ue_stop_timer(ue, &ue->run->guard);
		ue->guarded = true;
	}
	ue_start_timer(ue, &ue->run->t3520, config->t3520_ns, UE_AUTHENTICATION, UE_AUTH_E_T3520);
}

void ue_challenge_accepted(struct ue *ue)
{
	ue_stop_timer(ue, &ue->run->t3520);
	ue->failures = 0;
	if (ue->guarded)
		ue_start_guard(ue);
	ue->guarded = false;
}

uint8_t ue_challenge_failed(struct ue *ue, uint8_t cause)
{
	ue->failures = (uint8_t)(ue->at[UE_AUTHENTICATION] == UE_AUTH_FAILED ? ue->failures + 1 : 1);
	ue_trace(ue, NF_P_AUTHENTICATION, MSG_AUTHENTICATION_FAILURE, 1, cause);
	if (ue->failures >= FAILURES_NOT_GENUINE)
		return not_genuine(ue);
	await_another(ue);
	return UE_AUTH_FAILED;
}

/* ---- 5G-AKA ---- */

static void send_failure(struct ue *ue, const struct ue_input *input, uint8_t cause)
{
	struct nf_env *env = ue_all(ue)->env;
	struct nas_authentication_failure failure = {.cause = cause,
		.has_auts = cause == MSG_CAUSE_SYNCH_FAILURE};
	struct ue_output output = {.type = MSG_AUTHENTICATION_FAILURE, .cause = cause,
		.attempt = input->msg->attempt, .step = SVC_ue_auth,
		.security = ue_is_secure(ue) ? NAS_CIPHERED : NAS_PLAIN,
		.crypto_ns = home_aka_ns(ue_all(ue)->home, env)};
	uint8_t plain[MSG_NAS_MAX], sqn_ms[6];

	if (failure.has_auts) {
		const struct home_card card = home_card(env, ue->number);
		const struct crypto_subscription who =
			home_subscription(ue_all(ue)->home, card.k, card.opc);
		crypto_sqn_octets(ue->sqn.highest, sqn_ms);
		crypto_auts_generate(env->crypto, nf_suite(env, ue->number), &who,
		                     input->nas->authentication_request.rand, sqn_ms, failure.auts);
		output.crypto_ns += ue_cost(ue, CRYPTO_OP_AUTS);
	}
	ue_send_nas(ue, &output, plain, nas_authentication_failure(&failure, plain));
}

static uint8_t fail(struct ue *ue, const struct ue_input *input, uint8_t cause)
{
	uint8_t next = ue_challenge_failed(ue, cause);

	if (next == UE_AUTH_FAILED)
		send_failure(ue, input, cause);
	return next;
}

static void send_response(struct ue *ue, const struct ue_input *input, int64_t crypto_ns)
{
	struct nas_authentication_response response;
	struct ue_output output = {.type = MSG_AUTHENTICATION_RESPONSE, .step = SVC_ue_auth,
		.attempt = input->msg->attempt, .crypto_ns = crypto_ns,
		.security = ue_is_secure(ue) ? NAS_CIPHERED : NAS_PLAIN};
	uint8_t plain[MSG_NAS_MAX];

	memset(&response, 0, sizeof response);
	memcpy(response.res_star, ue->run->res_star, sizeof response.res_star);
	ue_trace(ue, NF_P_AUTHENTICATION, MSG_AUTHENTICATION_RESPONSE, 0, 0);
	ue_send_nas(ue, &output, plain, nas_authentication_response(&response, plain));
}

void ue_take_kausf(struct ue *ue, const uint8_t kausf[32], uint8_t ngksi)
{
	struct nf_env *env = ue_all(ue)->env;
	const struct crypto_suite *suite = nf_suite(env, ue->number);
	char supi[ID_SUPI_TEXT];

	memcpy(ue->run->kausf, kausf, sizeof ue->run->kausf);
	ue->fresh_ngksi = ngksi;
	if (env->class_of_ue[ue->number] != REC_CLASS_SURGEON)
		return; /* AKMA is for those who have a twin */
	home_supi_text(ue_all(ue)->home, home_msin(ue->number), supi);
	crypto_kakma(env->crypto, suite, ue->run->kausf, supi, ue_more(ue)->kakma);
	crypto_a_tid(env->crypto, suite, ue->run->kausf, supi, ue_more(ue)->a_tid);
	ue->has_keys = true;
}

/* The answer to the last challenge is still known: 5.4.1.3.2. */
static bool answered_before(const struct ue *ue, const uint8_t *rand)
{
	return ue->at[UE_AUTHENTICATION] == UE_AUTH_ANSWERED &&
	       ue_all(ue)->env->sim->now_ns <= ue->run->t3516_until_ns &&
	       memcmp(rand, ue->run->rand, sizeof ue->run->rand) == 0;
}

static uint8_t challenge(struct ue *ue, const struct ue_input *input)
{
	struct nf_env *env = ue_all(ue)->env;
	const struct nas_authentication_request *request = &input->nas->authentication_request;
	struct crypto_usim_answer answer;

	if (answered_before(ue, request->rand)) {
		send_response(ue, input, 0);
		return UE_AUTH_ANSWERED;
	}
	const struct home_card card = home_card(env, ue->number);
	const struct crypto_subscription who = home_subscription(ue_all(ue)->home, card.k, card.opc);
	if (!crypto_usim_authenticate(env->crypto, nf_suite(env, ue->number), &who,
	                              request->rand, request->autn,
	                              home_snn_at(ue_all(ue)->home, ue_all(ue)->env, ue->number), &answer))
		return fail(ue, input, MSG_CAUSE_MAC_FAILURE);
	if (!ue_accept_sqn(ue, crypto_sqn(answer.sqn)))
		return fail(ue, input, MSG_CAUSE_SYNCH_FAILURE);
	if ((answer.amf[0] & 0x80) == 0) /* separation bit: TS 33.501 6.1.3.2.0 */
		return fail(ue, input, MSG_CAUSE_NON_5G_UNACCEPTABLE);
	ue_challenge_accepted(ue);
	memcpy(ue->run->rand, request->rand, sizeof ue->run->rand);
	memcpy(ue->run->res_star, answer.res_star, sizeof ue->run->res_star);
	ue->run->t3516_until_ns = env->sim->now_ns + ue_all(ue)->config->t3516_ns;
	ue_take_kausf(ue, answer.kausf, request->ngksi);
	send_response(ue, input, home_aka_ns(ue_all(ue)->home, env) + ue_cost(ue, CRYPTO_OP_RES_STAR) +
	                             ue_cost(ue, CRYPTO_OP_KAUSF));
	return UE_AUTH_ANSWERED;
}

/* e, and 5.4.1.2.4.5 for EAP: a ngKSI under which a context is held is for that one alone. */
static bool ngksi_is_in_use(const struct ue *ue, uint8_t ngksi)
{
	return security_valid(&ue->security) && ngksi == ue->security.ngksi;
}

static uint8_t requested(struct ue *ue, const struct ue_input *input)
{
	const struct nas_authentication_request *request = &input->nas->authentication_request;

	if (ngksi_is_in_use(ue, request->ngksi))
		return fail(ue, input, MSG_CAUSE_NGKSI_IN_USE);
	memcpy(ue->run->abba, request->abba, sizeof ue->run->abba);
	return request->eap.n > 0 ? ue_eap_request(ue, input) : challenge(ue, input);
}

/* ---- reject ---- */

/* 5.4.1.3.5: without integrity protection it counts only while T3516 or T3520 runs. */
static uint8_t rejected(struct ue *ue, const struct ue_input *input)
{
	if (!input->integrity && ue->at[UE_AUTHENTICATION] == UE_AUTH_IDLE) {
		ue_all(ue)->env->counter[NF_COUNT_NAS_DISCARDED]++;
		return UE_AUTH_IDLE;
	}
	ue_stop_timer(ue, &ue->run->t3520);
	ue->failures = 0;
	ue->guarded = false;
	ue->at[UE_AUTHENTICATION] = UE_AUTH_IDLE;
	ue_feed(ue, UE_REGISTRATION, UE_REG_E_AUTHENTICATION_REJECT, input);
	return ue->at[UE_AUTHENTICATION];
}

/* ---- the table ---- */

static uint8_t stop(struct ue *ue)
{
	ue_stop_timer(ue, &ue->run->t3520);
	ue->failures = 0;
	ue->guarded = false;
	memset(ue->run->rand, 0, sizeof ue->run->rand);
	memset(ue->run->res_star, 0, sizeof ue->run->res_star);
	return UE_AUTH_IDLE;
}

static uint8_t in_any(void *self, uint8_t event, const void *arg)
{
	struct ue *ue = self;
	const struct ue_input *input = arg;

	switch (event) {
	case UE_AUTH_E_REQUEST:
		return requested(ue, input);
	case UE_AUTH_E_RESULT:
		ue_eap_outcome(ue, &input->nas->authentication_result.eap);
		return ue->at[UE_AUTHENTICATION];
	case UE_AUTH_E_REJECT:
		return rejected(ue, input);
	case UE_AUTH_E_T3520: /* c: a network that does not come back is not genuine */
		return not_genuine(ue);
	default: /* UE_AUTH_E_STOP */
		return stop(ue);
	}
}

static const char *const event_names[] = {
	[UE_AUTH_E_REQUEST] = "Authentication Request", [UE_AUTH_E_RESULT] = "Authentication Result",
	[UE_AUTH_E_REJECT] = "Authentication Reject", [UE_AUTH_E_T3520] = "T3520",
	[UE_AUTH_E_STOP] = "end of the authentication",
};

#define BIT SIM_FSM_BIT
static const struct sim_fsm_row rows[] = {
	{UE_AUTH_IDLE, "no challenge", "TS 24.501 5.4.1.3.2",
	 BIT(UE_AUTH_E_REQUEST) | BIT(UE_AUTH_E_REJECT) | BIT(UE_AUTH_E_STOP),
	 BIT(UE_AUTH_IDLE) | BIT(UE_AUTH_ANSWERED) | BIT(UE_AUTH_FAILED), in_any},
	{UE_AUTH_ANSWERED, "answered, T3516", "TS 24.501 5.4.1.3.2",
	 BIT(UE_AUTH_E_REQUEST) | BIT(UE_AUTH_E_RESULT) | BIT(UE_AUTH_E_REJECT) |
	     BIT(UE_AUTH_E_STOP),
	 BIT(UE_AUTH_IDLE) | BIT(UE_AUTH_ANSWERED) | BIT(UE_AUTH_FAILED), in_any},
	{UE_AUTH_FAILED, "not accepted, T3520", "TS 24.501 5.4.1.3.7",
	 BIT(UE_AUTH_E_REQUEST) | BIT(UE_AUTH_E_REJECT) | BIT(UE_AUTH_E_T3520) |
	     BIT(UE_AUTH_E_STOP),
	 BIT(UE_AUTH_IDLE) | BIT(UE_AUTH_ANSWERED) | BIT(UE_AUTH_FAILED), in_any},
};
#undef BIT

const struct sim_fsm ue_authentication = {
	.name = "authentication at the UE", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.event_names = event_names, .n_events = UE_AUTH_N_EVENTS, .unexpected = ue_unexpected,
};
