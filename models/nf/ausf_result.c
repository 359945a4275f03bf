/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      what remains of an authentication: the UDM is told of success and failure (TS 33.501
 *             6.1.4.1a), KAUSF of the latest success is stored and deleted, KAKMA and A-TID go to the AAnF
 *             (TS 33.535 6.1), a result is removed when the serving network asks (TS 29.509 5.2.2.2).
 * Leaves out  steering of roaming and UE parameters update, which use KAUSF.
 * Sources     TS 33.501 6.1.3, 6.1.4, 6.2.2.1, 14.1.2; TS 33.535 6.1; TS 29.509; TS 29.535.
 */
#include "models/nf/ausf_state.h"

#include "models/crypto/kdf.h"

#include <string.h>

/* ---- KAUSF ---- */

static struct ausf_result *result_of(struct ausf *ausf, uint64_t msin)
{
	struct ausf_result *result;

	if (msin < HOME_MSIN_FIRST || msin >= HOME_MSIN_FIRST + ausf->env->n_ues)
		return NULL;
	result = &ausf->result[msin - HOME_MSIN_FIRST];
	if (result->epoch != (uint16_t)ausf->epoch)
		*result = (struct ausf_result){.epoch = (uint16_t)ausf->epoch};
	return result;
}

const uint8_t *ausf_kausf(struct ausf *ausf, uint64_t msin)
{
	const struct ausf_result *result = result_of(ausf, msin);

	return result && result->has_kausf ? ausf->kausf[msin - HOME_MSIN_FIRST] : NULL;
}

uint64_t ausf_context_of(const void *ausf, uint32_t number)
{
	return sim_handle_pack(((const struct ausf *)ausf)->result[number].context);
}

static void forget_kausf(struct ausf *ausf, struct ausf_result *result)
{
	if (result->has_kausf)
		nf_numbers_remove(&ausf->by_context, (uint32_t)(result - ausf->result));
	*result = (struct ausf_result){.epoch = (uint16_t)ausf->epoch};
}

/* 6.2.2.1: of the latest success, whichever of several authentications of a SUPI began first. */
void ausf_store_kausf(struct ausf *ausf, const struct ausf_context *c)
{
	struct ausf_result *result = result_of(ausf, c->msin);

	if (!result)
		return;
	forget_kausf(ausf, result);
	result->has_kausf = true;
	result->akma = c->akma;
	result->context = c->self;
	if (ausf->env->class_of_ue[result - ausf->result] != REC_CLASS_BACKGROUND)
		memcpy(ausf->kausf[result - ausf->result], c->kausf, sizeof c->kausf);
	nf_numbers_put(&ausf->by_context, (uint32_t)(result - ausf->result));
}

/* ---- the UDM ---- */

/* Of a failure nobody waits for the answer: it has no asker. */
void ausf_report(struct ausf *ausf, struct ausf_context *c, const struct msg *cause_of,
                 bool success)
{
	struct nf_env *env = ausf->env;
	struct msg *event = nf_message(env, MSG_UDM_AUTH_EVENT, cause_of);

	c->awaited = success ? MSG_UDM_AUTH_EVENT_RSP : MSG_NONE;
	event->asker = success ? c->self : SIM_HANDLE_NONE;
	event->method = c->method;
	event->serving = c->serving;
	event->subscription.msin = c->msin;
	event->subscription.success = success;
	nf_send(env, env->node.ausf, env->node.udm, event);
}

/* TS 33.535 6.1 step 3: pushed, and nobody waits for the answer. */
static void push_akma(struct ausf *ausf, const struct ausf_context *c, const struct msg *cause_of)
{
	struct nf_env *env = ausf->env;
	const struct crypto_suite *suite = nf_suite(env, cause_of->ue);
	struct msg *push = nf_message(env, MSG_AANF_REGISTER, cause_of);
	char supi[ID_SUPI_TEXT];

	home_supi_text(ausf->home, c->msin, supi);
	crypto_kakma(env->crypto, suite, c->kausf, supi, push->key.key);
	crypto_a_tid(env->crypto, suite, c->kausf, supi, push->key.a_tid);
	push->key.msin = c->msin;
	nf_send(env, env->node.ausf, env->node.aanf, push);
}

static struct msg *last_answer(struct ausf *ausf, const struct ausf_context *c, uint8_t cause)
{
	bool eap = c->method == MSG_METHOD_EAP_AKA_PRIME;
	struct msg *reply = nf_answer(ausf->env, eap ? MSG_AUSF_EAP_RSP : MSG_AUSF_CONFIRM_RSP,
	                              &c->request);

	if (eap) {
		const struct eap_packet packet = {.identifier = c->eap_id,
			.code = cause == MSG_CAUSE_NONE ? EAP_SUCCESS : EAP_FAILURE};
		reply->eap.n = eap_encode(&packet, reply->eap.octets);
	}
	reply->method = c->method;
	reply->context = c->self;
	if (cause == MSG_CAUSE_NONE) {
		reply->key.msin = c->msin;
		memcpy(reply->key.key, c->kseaf, sizeof c->kseaf);
	}
	reply->cause = cause;
	return reply;
}

void ausf_reported(struct ausf *ausf, const struct msg *answer)
{
	struct nf_env *env = ausf->env;
	struct ausf_context *c;
	struct msg *reply;

	if (answer->asker.generation == 0) /* of a failure */
		return;
	c = ausf_awaiting(ausf, answer);
	if (!c)
		return;
	reply = last_answer(ausf, c, answer->cause);
	reply->span = answer->span;
	nf_reply(env, &c->request, reply);
	if (answer->cause == MSG_CAUSE_NONE && c->method == MSG_METHOD_EAP_AKA_PRIME)
		ausf_store_kausf(ausf, c);
	if (answer->cause == MSG_CAUSE_NONE && c->akma)
		push_akma(ausf, c, answer);
	ausf_give(ausf, c);
}

/* ---- removal ---- */

/* TS 29.535: KAKMA goes with the KAUSF that it was made of. Nobody waits for the answer. */
static void remove_akma(struct ausf *ausf, uint64_t msin, const struct msg *cause_of)
{
	struct msg *remove = nf_message(ausf->env, MSG_AANF_REMOVE, cause_of);

	remove->key.msin = msin;
	nf_send(ausf->env, ausf->env->node.ausf, ausf->env->node.aanf, remove);
}

static void answer_removal(struct ausf *ausf, const struct msg *request, uint8_t cause)
{
	struct msg *reply = nf_answer(ausf->env, MSG_AUSF_REMOVE_RSP, request);

	reply->cause = cause;
	nf_reply(ausf->env, request, reply);
}

/* An authentication that is not over has failed: the SEAF could not reach the UE (6.1.3.2.2). */
static void remove_open(struct ausf *ausf, struct ausf_context *c, const struct msg *request)
{
	answer_removal(ausf, request, MSG_CAUSE_NONE);
	if (c->msin != 0)
		ausf_report(ausf, c, request, false);
	ausf_give(ausf, c);
}

static void remove_result(struct ausf *ausf, uint64_t msin, const struct msg *request)
{
	struct ausf_result *result = result_of(ausf, msin);
	struct ausf_context *c = ausf_new_context(ausf, request);
	struct msg *ask = nf_message(ausf->env, MSG_UDM_AUTH_REMOVE, request);

	if (result->akma)
		remove_akma(ausf, msin, request);
	forget_kausf(ausf, result);
	c->awaited = MSG_UDM_AUTH_REMOVE_RSP;
	ask->asker = c->self;
	ask->subscription.msin = msin;
	nf_send(ausf->env, ausf->env->node.ausf, ausf->env->node.udm, ask);
}

/* The serving network did not use the result (TS 29.509, DELETE): neither does the home network. */
void ausf_remove(struct ausf *ausf, const struct msg *request)
{
	struct ausf_context *open = ausf_find_silently(ausf, request->context);
	uint32_t number;

	if (open)
		remove_open(ausf, open, request);
	else if (nf_numbers_get(&ausf->by_context, sim_handle_pack(request->context), &number))
		remove_result(ausf, home_msin(number), request);
	else
		answer_removal(ausf, request, MSG_CAUSE_UE_IDENTITY_UNKNOWN);
}

void ausf_removed(struct ausf *ausf, const struct msg *answer)
{
	struct ausf_context *c = ausf_awaiting(ausf, answer);
	struct msg *reply;

	if (!c)
		return;
	reply = nf_answer(ausf->env, MSG_AUSF_REMOVE_RSP, &c->request);
	reply->span = answer->span;
	reply->cause = answer->cause;
	nf_reply(ausf->env, &c->request, reply);
	ausf_give(ausf, c);
}

/* TS 33.501 14.1.2.2: the UDM says that another AUSF has authenticated the subscriber since. */
void ausf_deregister(struct ausf *ausf, const struct msg *request)
{
	struct ausf_result *result = result_of(ausf, request->subscription.msin);
	struct msg *reply = nf_answer(ausf->env, MSG_AUSF_DEREGISTER_RSP, request);

	if (result && result->has_kausf)
		forget_kausf(ausf, result);
	else
		reply->cause = MSG_CAUSE_UE_IDENTITY_UNKNOWN;
	nf_reply(ausf->env, request, reply);
}

uint32_t ausf_octets_each(void)
{
	return sizeof(struct ausf_result) + NF_NUMBERS_MOST;
}
