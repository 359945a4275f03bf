/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      SIDF: de-concealment with the private key that the SUCI names; ARPF: vectors for 5G-AKA and
 *             EAP-AKA', resynchronisation. K and SQN_HE of a subscriber stay in memory after the first
 *             query, so that a resynchronisation costs one call to the UDR, as in Open5GS.
 * Leaves out  SUPIs that are NAIs.
 * Sources     TS 33.501 6.1.3, 6.12; TS 33.102 6.3.5; TS 29.503.
 */
#include "models/nf/udm_state.h"

#include "models/crypto/aka.h"
#include "models/crypto/ecies.h"

#include <string.h>

static void refuse(struct udm *udm, const struct msg *request, uint8_t cause,
                   const struct sim_span *span)
{
	udm_reply(udm, request, MSG_UDM_GENERATE_RSP, cause, span);
}

/* ---- Nudm_UEAuthentication_Get ---- */

static void ask_for_keys(struct udm *udm, const struct msg *request, uint64_t msin)
{
	struct msg *ask = relay_ask(&udm->relay, request, MSG_UDR_AUTH_SUBSCRIPTION);

	ask->subscription.msin = msin;
	nf_send(udm->env, udm->env->node.udm, udm->env->node.udr, ask);
}

static void ask_to_store(struct udm *udm, const struct msg *request, uint64_t msin, uint64_t sqn)
{
	struct relay_entry *entry;
	struct msg *ask = relay_ask_as(&udm->relay, request, MSG_UDR_SQN, &entry);

	entry->msin = msin;
	entry->sqn = sqn;
	ask->subscription.msin = msin;
	crypto_sqn_octets(sqn, ask->subscription.sqn);
	nf_send(udm->env, udm->env->node.udm, udm->env->node.udr, ask);
}

/*
 * TS 33.102 6.3.5: when the USIM would accept the next SQN, there is nothing to set right; else a good
 * AUTS sets SQN_HE to SQN_MS. false: AUTS is wrong. *next is for the new vector.
 */
static bool resynchronise(struct udm *udm, const struct msg *request,
                          const struct msg_subscription *keys, uint64_t *next)
{
	const struct sqn_rule *rule = &udm->home->sqn;
	struct nf_env *env = udm->env;
	struct crypto_subscription who = home_subscription(udm->home, keys->k, keys->opc);
	uint8_t octets[6] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
	bool good = crypto_auts_verify(env->crypto, nf_suite(env, request->ue), &who,
	                               request->response.rand, request->response.auts, octets);
	uint64_t sqn_ms = crypto_sqn(octets);

	*next = sqn_next(rule, crypto_sqn(keys->sqn));
	if (sqn_in_range(rule, *next, sqn_ms))
		return true;
	*next = sqn_next(rule, sqn_ms);
	return good;
}

static void begin_resynchronisation(struct udm *udm, const struct msg *request,
                                    struct udm_subscriber *s,
                                    const struct msg_subscription *keys,
                                    const struct sim_span *span)
{
	uint64_t next;
	struct msg asked = *request;

	udm->env->counter[NF_COUNT_RESYNCHRONISATIONS]++;
	if (!resynchronise(udm, request, keys, &next)) {
		refuse(udm, request, MSG_CAUSE_ILLEGAL_UE, span);
		return;
	}
	crypto_sqn_octets(next, s->sqn);
	asked.span = *span;
	ask_to_store(udm, &asked, keys->msin, next);
}

/* ---- what the UDR has told ---- */

static void remember(struct udm_subscriber *s, const struct msg *told)
{
	const struct msg_subscription *keys = &told->subscription;

	memcpy(s->sqn, keys->sqn, sizeof s->sqn);
	memcpy(s->amf_field, keys->amf, sizeof s->amf_field);
	s->akma = keys->akma;
	s->method = told->method & 0x3f;
	s->has_keys = true;
}

static struct msg_subscription recall(const struct udm *udm, const struct udm_subscriber *s)
{
	const uint32_t ue = (uint32_t)(s - udm->subscriber);
	const struct home_card card = home_card(udm->env, ue);
	struct msg_subscription keys = {.msin = home_msin(ue), .akma = s->akma};

	memcpy(keys.k, card.k, sizeof keys.k);
	memcpy(keys.opc, card.opc, sizeof keys.opc);
	memcpy(keys.sqn, s->sqn, sizeof keys.sqn);
	memcpy(keys.amf, s->amf_field, sizeof keys.amf);
	return keys;
}

void udm_generate(struct udm *udm, const struct msg *request)
{
	struct nf_env *env = udm->env;
	const struct msg_suci *suci = &request->identity.suci;
	uint64_t msin = suci->n > 0 ? home_reveal(udm->home, env, request->ue, suci)
	                            : request->identity.tmsi_msin;
	struct udm_subscriber *s = udm_subscriber(udm, msin);

	if (!home_is_served_by(udm->home, home_serving(udm->home, request->serving))) {
		refuse(udm, request, MSG_CAUSE_SERVING_NETWORK_NOT_AUTHORIZED, &request->span);
	} else if (!s) {
		env->counter[NF_COUNT_SUCI_REFUSED]++;
		refuse(udm, request, MSG_CAUSE_ILLEGAL_UE, &request->span);
	} else if (request->cause == MSG_CAUSE_SYNCH_FAILURE && s->has_keys) {
		const struct msg_subscription keys = recall(udm, s);
		begin_resynchronisation(udm, request, s, &keys, &request->span);
	} else {
		ask_for_keys(udm, request, msin);
	}
}

/* ---- vectors ---- */

/* Named by procedure and by how many it has had: a repeated RAND would be a repeated request. */
static void draw_rand(struct udm *udm, struct udm_subscriber *s, const struct msg *told,
                      uint8_t rand[16])
{
	struct sim_stream stream;

	if (s->procedure != told->procedure)
		s->vectors = 0;
	s->procedure = told->procedure;
	stream = nf_stream(udm->env, NF_DRAW_RAND, told->ue, told->procedure,
	                   (udm->relay.epoch & 0xf) << 8 | s->vectors++);
	sim_stream_octets(&stream, rand, 16);
}

static void fill_5g_aka(struct udm *udm, const struct msg *request, const char *snn,
                        const struct msg_subscription *keys, const uint8_t sqn[6],
                        struct msg_vector *vector)
{
	struct crypto_subscription who = home_subscription(udm->home, keys->k, keys->opc);
	struct crypto_av av;

	crypto_av_generate(udm->env->crypto, nf_suite(udm->env, request->ue), &who, sqn, keys->amf,
	                   vector->rand, snn, &av);
	memcpy(vector->autn, av.autn, sizeof av.autn);
	memcpy(vector->xres_star, av.xres_star, sizeof av.xres_star);
	memcpy(vector->kausf, av.kausf, sizeof av.kausf);
}

static void fill_eap_aka_prime(struct udm *udm, const struct msg *request, const char *snn,
                               const struct msg_subscription *keys, const uint8_t sqn[6],
                               struct msg_vector *vector)
{
	struct crypto_subscription who = home_subscription(udm->home, keys->k, keys->opc);
	struct crypto_av_prime av;

	crypto_av_prime_generate(udm->env->crypto, nf_suite(udm->env, request->ue), &who, sqn,
	                         keys->amf, vector->rand, snn, &av);
	memcpy(vector->autn, av.autn, sizeof av.autn);
	memcpy(vector->xres_star, av.xres, sizeof av.xres);
	vector->xres_n = sizeof av.xres;
	memcpy(vector->ck_prime, av.ck_prime, sizeof av.ck_prime);
	memcpy(vector->ik_prime, av.ik_prime, sizeof av.ik_prime);
}

static void fill_vector(struct udm *udm, const struct msg *request,
                        uint8_t method, const struct msg_subscription *keys, uint64_t sqn,
                        struct msg_vector *vector)
{
	char snn[ID_SNN_TEXT];
	uint8_t octets[6];

	crypto_sqn_octets(sqn, octets);
	id_snn_text(home_serving(udm->home, request->serving), snn);
	if (method == MSG_METHOD_EAP_AKA_PRIME)
		fill_eap_aka_prime(udm, request, snn, keys, octets, vector);
	else
		fill_5g_aka(udm, request, snn, keys, octets, vector);
	vector->msin = keys->msin;
	vector->akma = keys->akma;
}

static void answer_with_vector(struct udm *udm, const struct msg *told, const struct msg *request,
                               struct udm_subscriber *s, const struct msg_subscription *keys,
                               uint64_t sqn)
{
	struct msg *reply = nf_answer(udm->env, MSG_UDM_GENERATE_RSP, request);

	reply->span = told->span;
	reply->method = s->method;
	s->asked_ns = udm->env->sim->now_ns;
	draw_rand(udm, s, told, reply->vector.rand);
	fill_vector(udm, request, s->method, keys, sqn, &reply->vector);
	nf_reply(udm->env, request, reply);
}

void udm_told_keys(struct udm *udm, const struct msg *told)
{
	struct relay_entry *entry = relay_find_of(&udm->relay, told, MSG_UDM_GENERATE);
	struct udm_subscriber *s = udm_subscriber(udm, told->subscription.msin);

	if (!entry)
		return;
	if (told->cause != MSG_CAUSE_NONE || !s) {
		refuse(udm, &entry->request, MSG_CAUSE_ILLEGAL_UE, &told->span);
		relay_forget(&udm->relay, told);
		return;
	}
	remember(s, told);
	if (entry->request.cause == MSG_CAUSE_SYNCH_FAILURE)
		begin_resynchronisation(udm, &entry->request, s, &told->subscription, &told->span);
	else
		answer_with_vector(udm, told, &entry->request, s, &told->subscription,
		                   crypto_sqn(s->sqn));
	relay_forget(&udm->relay, told);
}

void udm_told_sqn(struct udm *udm, const struct msg *told)
{
	struct relay_entry *entry = relay_find_of(&udm->relay, told, MSG_UDM_GENERATE);
	struct udm_subscriber *s = entry ? udm_subscriber(udm, entry->msin) : NULL;

	if (!s)
		return;
	if (told->cause == MSG_CAUSE_NONE && s->has_keys) {
		const struct msg_subscription keys = recall(udm, s);
		answer_with_vector(udm, told, &entry->request, s, &keys, entry->sqn);
	} else {
		refuse(udm, &entry->request, MSG_CAUSE_ILLEGAL_UE, &told->span);
	}
	relay_forget(&udm->relay, told);
}

/* ---- what serving costs ---- */

/* At a resynchronisation the UDM knows the SUCI from a moment ago, and whose it is. */
static enum svc_step step_of(const struct msg *request)
{
	const struct msg_suci *suci = &request->identity.suci;

	if (suci->n == 0 || request->cause == MSG_CAUSE_SYNCH_FAILURE)
		return SVC_udm_generate_null;
	return suci->scheme == ID_SCHEME_A   ? SVC_udm_generate_a
	       : suci->scheme == ID_SCHEME_B ? SVC_udm_generate_b
	                                     : SVC_udm_generate_null;
}

static int64_t opening_ns(const struct udm *udm, const struct msg *request)
{
	const int64_t *ns = udm->env->cost->ns;
	enum svc_step step = step_of(request);
	int64_t auts = request->cause == MSG_CAUSE_SYNCH_FAILURE ? ns[CRYPTO_OP_AUTS] : 0;

	if (step == SVC_udm_generate_null)
		return auts;
	return auts +
	       ns[step == SVC_udm_generate_a ? CRYPTO_OP_SUCI_REVEAL : CRYPTO_OP_SUCI_REVEAL_B];
}

static int64_t vector_ns(const struct udm *udm)
{
	const int64_t *ns = udm->env->cost->ns;

	return home_aka_ns(udm->home, udm->env) +
	       (udm->home->method == MSG_METHOD_EAP_AKA_PRIME
	            ? ns[CRYPTO_OP_CK_IK_PRIME]
	            : ns[CRYPTO_OP_RES_STAR] + ns[CRYPTO_OP_KAUSF]);
}

/* The second half of the step is charged when the UDR has answered, to the request that it is for. */
struct nf_demand udm_generate_demand(const struct udm *udm, const struct msg *msg)
{
	const struct relay_entry *entry;

	if (msg->type == MSG_UDM_GENERATE)
		return nf_core_demand(udm->env, msg, step_of(msg), 0, opening_ns(udm, msg));
	entry = relay_peek(&udm->relay, msg);
	if (!entry)
		return (struct nf_demand){0, 0};
	return nf_core_demand(udm->env, msg, step_of(&entry->request), 1, vector_ns(udm));
}
