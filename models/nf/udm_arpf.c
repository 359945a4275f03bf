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

/* ---- SIDF ---- */

/* The MSIN behind a SUCI; 0 when there is none (a random scheme output fails its MAC). */
static uint64_t reveal(struct udm *udm, const struct msg *request)
{
	const struct msg_suci *suci = &request->identity.suci;
	const struct home *home = udm->home;
	struct nf_env *env = udm->env;
	struct id_supi supi = {.msin = 0};
	uint8_t input[MSG_SCHEME_MAX];
	uint8_t n = suci->n;

	if (suci->scheme == ID_SCHEME_NULL)
		memcpy(input, suci->output, n);
	else if (suci->scheme == ID_SCHEME_A && suci->key_id == home->key_id &&
	         crypto_ecies_reveal(env->crypto, nf_suite(env, request->ue), CRYPTO_ECIES_A,
	                             home->suci_private, suci->output, n, input))
		n = (uint8_t)(n - CRYPTO_ECIES_EXTRA);
	else
		return 0;
	return id_msin_decode(input, n, &supi) ? supi.msin : 0;
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
	struct crypto_subscription who = {CRYPTO_MILENAGE, keys->k, keys->opc};
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
                                    struct udm_subscriber *s, const struct sim_span *span)
{
	uint64_t msin = s->keys.msin, next;
	struct msg asked = *request;

	udm->env->counter[NF_COUNT_RESYNCHRONISATIONS]++;
	if (!resynchronise(udm, request, &s->keys, &next)) {
		refuse(udm, request, MSG_CAUSE_ILLEGAL_UE, span);
		return;
	}
	crypto_sqn_octets(next, s->keys.sqn);
	asked.span = *span;
	ask_to_store(udm, &asked, msin, next);
}

void udm_generate(struct udm *udm, const struct msg *request)
{
	struct nf_env *env = udm->env;
	uint64_t msin = request->identity.suci.n > 0 ? reveal(udm, request)
	                                             : request->identity.tmsi_msin;
	struct udm_subscriber *s = udm_subscriber(udm, msin);

	if (!home_is_served_by(udm->home, home_serving(udm->home, request->serving))) {
		refuse(udm, request, MSG_CAUSE_SERVING_NETWORK_NOT_AUTHORIZED, &request->span);
	} else if (!s) {
		env->counter[NF_COUNT_SUCI_REFUSED]++;
		refuse(udm, request, MSG_CAUSE_ILLEGAL_UE, &request->span);
	} else if (request->cause == MSG_CAUSE_SYNCH_FAILURE && s->has_keys) {
		begin_resynchronisation(udm, request, s, &request->span);
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
	                   (udm->relay.epoch & 0xf) << 8 | (s->vectors++ & 0xff));
	sim_stream_octets(&stream, rand, 16);
}

static void fill_vector(struct udm *udm, const struct msg *request,
                        const struct msg_subscription *keys, uint64_t sqn,
                        struct msg_vector *vector)
{
	struct nf_env *env = udm->env;
	struct crypto_subscription who = {CRYPTO_MILENAGE, keys->k, keys->opc};
	struct crypto_av av;
	char snn[ID_SNN_TEXT];
	uint8_t octets[6];

	crypto_sqn_octets(sqn, octets);
	id_snn_text(home_serving(udm->home, request->serving), snn);
	crypto_av_generate(env->crypto, nf_suite(env, request->ue), &who, octets,
	                   keys->amf, vector->rand, snn, &av);
	memcpy(vector->autn, av.autn, sizeof av.autn);
	memcpy(vector->xres_star, av.xres_star, sizeof av.xres_star);
	memcpy(vector->kausf, av.kausf, sizeof av.kausf);
	vector->msin = keys->msin;
	vector->akma = keys->akma;
}

static void answer_with_vector(struct udm *udm, const struct msg *told, const struct msg *request,
                               struct udm_subscriber *s, uint64_t sqn)
{
	struct msg *reply = nf_answer(udm->env, MSG_UDM_GENERATE_RSP, request);

	reply->span = told->span;
	reply->method = s->method;
	draw_rand(udm, s, told, reply->vector.rand);
	fill_vector(udm, request, &s->keys, sqn, &reply->vector);
	nf_reply(udm->env, request, reply);
}

void udm_told_keys(struct udm *udm, const struct msg *told)
{
	struct relay_entry *entry = relay_find(&udm->relay, told);
	struct udm_subscriber *s = udm_subscriber(udm, told->subscription.msin);

	if (!entry)
		return;
	if (told->cause != MSG_CAUSE_NONE || !s) {
		refuse(udm, &entry->request, MSG_CAUSE_ILLEGAL_UE, &told->span);
		relay_forget(&udm->relay, told);
		return;
	}
	s->keys = told->subscription;
	s->method = told->method;
	s->has_keys = true;
	if (entry->request.cause == MSG_CAUSE_SYNCH_FAILURE)
		begin_resynchronisation(udm, &entry->request, s, &told->span);
	else
		answer_with_vector(udm, told, &entry->request, s, crypto_sqn(s->keys.sqn));
	relay_forget(&udm->relay, told);
}

void udm_told_sqn(struct udm *udm, const struct msg *told)
{
	struct relay_entry *entry = relay_find(&udm->relay, told);
	struct udm_subscriber *s = entry ? udm_subscriber(udm, entry->msin) : NULL;

	if (!s)
		return;
	if (told->cause == MSG_CAUSE_NONE && s->has_keys)
		answer_with_vector(udm, told, &entry->request, s, entry->sqn);
	else
		refuse(udm, &entry->request, MSG_CAUSE_ILLEGAL_UE, &told->span);
	relay_forget(&udm->relay, told);
}

/* ---- what serving costs ---- */

static bool is_concealed(const struct msg *request, uint8_t scheme)
{
	return request->identity.suci.n > 0 && request->identity.suci.scheme == scheme;
}

/* The second half of the step is charged when the UDR has answered; to a request like the first. */
struct nf_demand udm_generate_demand(const struct udm *udm, const struct msg *msg)
{
	const struct nf_env *env = udm->env;
	const int64_t *ns = env->cost->ns;
	bool first = msg->type == MSG_UDM_GENERATE;
	const struct relay_entry *entry = first ? NULL : relay_peek(&udm->relay, msg);
	const struct msg *request = entry ? &entry->request : msg;
	int64_t vector = ns[CRYPTO_OP_MILENAGE] + ns[CRYPTO_OP_RES_STAR] + ns[CRYPTO_OP_KAUSF];
	bool a = (first || entry) && is_concealed(request, ID_SCHEME_A);
	bool auts = first && request->cause == MSG_CAUSE_SYNCH_FAILURE;

	return nf_core_demand(env, msg, a ? SVC_udm_generate_a : SVC_udm_generate_null, !first,
	                      (first ? a ? ns[CRYPTO_OP_SUCI_REVEAL] : 0 : vector) +
	                          (auts ? ns[CRYPTO_OP_AUTS] : 0));
}
