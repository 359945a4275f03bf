/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the EAP server: EAP-AKA' full authentication with one key derivation function,
 *             resynchronisation within the method, AKA'-Notification before an EAP-Failure where RFC 4187
 *             6.3.3 wants one.
 * Leaves out  fast re-authentication, pseudonyms and AKA'-Identity, which 5GS does not use (TS 33.501 F.2,
 *             F.3); AT_RESULT_IND, AT_CHECKCODE, AT_BIDDING of our own.
 * Sources     TS 33.501 6.1.3.1, Annex F; RFC 9048; RFC 4187; TS 29.509 5.2.2.2.3.
 */
#include "models/nf/ausf_state.h"

#include "models/crypto/eap_aka.h"
#include "models/crypto/kdf.h"

#include <string.h>

enum { GENERAL_FAILURE = 16384 }; /* AT_NOTIFICATION before authentication: RFC 4187 10.19 */

/* ---- sending ---- */

/* The answer to what the SEAF waits for: the first POST, or a round of eap-session. */
static struct msg *answer_with(struct ausf *ausf, const struct ausf_context *c,
                               const struct eap_packet *packet, const struct sim_span *span)
{
	bool first = c->request.type == MSG_AUSF_AUTHENTICATE;
	struct msg *reply = nf_answer(ausf->env, first ? MSG_AUSF_AUTHENTICATE_RSP : MSG_AUSF_EAP_RSP,
	                              &c->request);

	SIM_ASSERT(eap_encode(packet, NULL) <= sizeof reply->eap.octets);
	reply->eap.n = eap_encode(packet, reply->eap.octets);
	reply->method = MSG_METHOD_EAP_AKA_PRIME;
	reply->context = c->self;
	reply->span = *span;
	return reply;
}

static void sign(struct ausf *ausf, const struct ausf_context *c, struct msg *reply)
{
	uint16_t at = eap_mac_at(reply->eap.octets, reply->eap.n);
	uint8_t mac[CRYPTO_EAP_MAC];

	SIM_ASSERT(crypto_eap_mac(ausf->env->crypto, nf_suite(ausf->env, reply->ue), c->k_aut,
	                          reply->eap.octets, reply->eap.n, at, mac));
	memcpy(reply->eap.octets + at, mac, sizeof mac);
}

/* MK is made of the SUPI, whatever went over the air (F.3); KAUSF is the first half of EMSK. */
static void take_keys(struct ausf *ausf, struct ausf_context *c, const struct msg *answer,
                      const char *snn)
{
	const struct crypto_suite *suite = nf_suite(ausf->env, answer->ue);
	struct crypto_eap_keys keys;
	char supi[ID_SUPI_TEXT];

	home_supi_text(ausf->home, c->msin, supi);
	crypto_eap_keys(ausf->env->crypto, suite, answer->vector.ck_prime, answer->vector.ik_prime,
	                supi, &keys);
	memcpy(c->k_aut, keys.k_aut, sizeof c->k_aut);
	memcpy(c->kausf, crypto_eap_kausf(&keys), sizeof c->kausf);
	crypto_kseaf(ausf->env->crypto, suite, c->kausf, snn, c->kseaf);
}

void ausf_eap_challenge(struct ausf *ausf, struct ausf_context *c, const struct msg *answer)
{
	struct eap_packet packet = {.code = EAP_REQUEST, .identifier = ++c->eap_id,
		.type = EAP_AKA_PRIME, .aka = {.subtype = EAP_AKA_CHALLENGE, .has_rand = true,
			.has_autn = true, .has_mac = true, .n_kdf = 1, .kdf = {EAP_KDF_AKA_PRIME}}};
	char snn[ID_SNN_TEXT];
	struct msg *reply;

	id_snn_text(c->serving, snn);
	packet.aka.kdf_input = (struct eap_octets){(const uint8_t *)snn, (uint16_t)strlen(snn)};
	memcpy(packet.aka.rand, answer->vector.rand, sizeof packet.aka.rand);
	memcpy(packet.aka.autn, answer->vector.autn, sizeof packet.aka.autn);
	c->xres_n = answer->vector.xres_n;
	memcpy(c->xres, answer->vector.xres_star, sizeof c->xres);
	take_keys(ausf, c, answer, snn);
	c->eap_round = AUSF_ROUND_CHALLENGE;
	ausf_note_challenge(ausf, c, answer->vector.rand);
	reply = answer_with(ausf, c, &packet, &answer->span);
	sign(ausf, c, reply);
	nf_reply(ausf->env, &c->request, reply);
}

/* RFC 4187 6.3.2: an error that the server finds is told before the failure. */
void ausf_eap_notify(struct ausf *ausf, struct ausf_context *c, const struct sim_span *span)
{
	const struct eap_packet packet = {.code = EAP_REQUEST, .identifier = ++c->eap_id,
		.type = EAP_AKA_PRIME, .aka = {.subtype = EAP_AKA_NOTIFICATION,
			.has_notification = true, .notification = GENERAL_FAILURE}};

	c->eap_round = AUSF_ROUND_FAILING;
	nf_reply(ausf->env, &c->request, answer_with(ausf, c, &packet, span));
}

static void fail(struct ausf *ausf, struct ausf_context *c)
{
	const struct eap_packet packet = {.code = EAP_FAILURE, .identifier = c->eap_id};
	struct msg *reply = answer_with(ausf, c, &packet, &c->request.span);

	reply->cause = MSG_CAUSE_ILLEGAL_UE;
	nf_reply(ausf->env, &c->request, reply);
	ausf_report(ausf, c, &c->request, false);
	ausf_give(ausf, c);
}

/* ---- what the peer says ---- */

/* TS 33.501 6.1.3.3 within the method (RFC 9048 3.4): one resynchronisation of a session. */
static void synchronization_failure(struct ausf *ausf, struct ausf_context *c,
                                    const struct eap_aka *aka)
{
	struct nf_env *env = ausf->env;
	struct msg *ask;

	if (c->synch_failures++ > 0) {
		ausf_eap_notify(ausf, c, &c->request.span);
		return;
	}
	c->eap_round = AUSF_ROUND_NONE;
	ask = nf_message(env, MSG_UDM_GENERATE, &c->request);
	c->awaited = MSG_UDM_GENERATE_RSP;
	ask->asker = c->self;
	ask->cause = MSG_CAUSE_SYNCH_FAILURE;
	ask->serving = c->serving;
	ask->identity.tmsi_msin = c->msin;
	memcpy(ask->response.rand, c->rand, sizeof c->rand);
	memcpy(ask->response.auts, aka->auts, sizeof aka->auts);
	nf_send(env, env->node.ausf, env->node.udm, ask);
}

/*
 * AT_KDF in a response asks for another function (RFC 9048 3.2), and no other was offered; a checkcode
 * would be of identity rounds, and there were none.
 */
static bool is_right(struct ausf *ausf, const struct ausf_context *c, const struct eap_aka *aka)
{
	const struct msg_eap *eap = &c->request.eap;

	return aka->n_kdf == 0 && aka->checkcode.n == 0 &&
	       crypto_eap_mac_check(ausf->env->crypto, nf_suite(ausf->env, c->request.ue), c->k_aut,
	                            eap->octets, eap->n, aka->mac_at) &&
	       aka->n_res == c->xres_n && memcmp(aka->res, c->xres, c->xres_n) == 0;
}

static void challenge_response(struct ausf *ausf, struct ausf_context *c, const struct eap_aka *aka)
{
	if (!is_right(ausf, c, aka)) {
		ausf_eap_notify(ausf, c, &c->request.span);
		return;
	}
	c->eap_round = AUSF_ROUND_CONFIRMING;
	ausf_report(ausf, c, &c->request, true);
}

static void aka_response(struct ausf *ausf, struct ausf_context *c, const struct eap_aka *aka)
{
	switch (aka->subtype) {
	case EAP_AKA_CHALLENGE:
		challenge_response(ausf, c, aka);
		break;
	case EAP_AKA_SYNCHRONIZATION_FAILURE:
		synchronization_failure(ausf, c, aka);
		break;
	case EAP_AKA_AUTHENTICATION_REJECT: /* AUTN's MAC was wrong, or no function was good enough */
	case EAP_AKA_CLIENT_ERROR:
		fail(ausf, c); /* RFC 4187 6.3.3: these two without a notification */
		break;
	default:
		ausf_eap_notify(ausf, c, &c->request.span);
	}
}

/* ---- Nausf eap-session ---- */

static void refuse(struct ausf *ausf, const struct msg *request, uint8_t cause)
{
	struct msg *reply = nf_answer(ausf->env, MSG_AUSF_EAP_RSP, request);

	reply->method = MSG_METHOD_EAP_AKA_PRIME;
	reply->cause = cause;
	nf_reply(ausf->env, request, reply);
}

/* The response to the request that is out. false: RFC 3748 4.1 has it discarded. */
static bool is_response(const struct ausf_context *c, const struct msg_eap *eap,
                        struct eap_packet *packet, bool *malformed)
{
	struct msg_fault fault;
	bool whole = eap_decode(eap->octets, eap->n, packet, &fault);

	*malformed = !whole;
	if (!whole && fault.cause == EAP_DISCARD)
		return false;
	return eap->n >= 2 && eap->octets[0] == EAP_RESPONSE && eap->octets[1] == c->eap_id;
}

static void respond(struct ausf *ausf, struct ausf_context *c, const struct eap_packet *packet,
                    bool malformed)
{
	if (c->eap_round == AUSF_ROUND_FAILING)
		fail(ausf, c);
	else if (malformed)
		ausf_eap_notify(ausf, c, &c->request.span);
	else if (packet->type == EAP_AKA_PRIME)
		aka_response(ausf, c, &packet->aka);
	else
		fail(ausf, c); /* a Nak: there is no other method */
}

void ausf_eap_session(struct ausf *ausf, const struct msg *request)
{
	struct ausf_context *c = ausf_find(ausf, request->context);
	struct eap_packet packet;
	bool malformed;

	if (!c || c->method != MSG_METHOD_EAP_AKA_PRIME || c->msin == 0) {
		refuse(ausf, request, MSG_CAUSE_PAYLOAD_NOT_FORWARDED); /* 404 */
		return;
	}
	if ((c->eap_round != AUSF_ROUND_CHALLENGE && c->eap_round != AUSF_ROUND_FAILING) ||
	    !is_response(c, &request->eap, &packet, &malformed)) {
		ausf->env->counter[NF_COUNT_UNEXPECTED]++; /* the request that is out stays out */
		refuse(ausf, request, MSG_CAUSE_PROTOCOL_ERROR);
		return;
	}
	msg_copy(&c->request, request);
	ausf_keep(ausf, c);
	respond(ausf, c, &packet, malformed);
}
