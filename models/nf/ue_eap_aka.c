/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the EAP peer: EAP-AKA' full authentication inside Authentication Request and Response
 *             (TS 24.501 5.4.1.2, TS 33.501 6.1.3.1), its failures inside the EAP response: AKA'-
 *             Synchronization-Failure with AUTS, AKA'-Authentication-Reject, Client-Error to a
 *             request for the permanent identity (TS 33.501 F.2) and to what cannot be processed.
 * Leaves out  EAP-Identity and pseudonyms, fast re-authentication, which 5GS does not use; what a
 *             notification says.
 * Sources     TS 24.501 5.4.1.2; TS 33.501 6.1.3.1, F; RFC 9048; RFC 4187 6, 8, 9; RFC 3748 4.1.
 */
#include "models/nf/ue_state.h"

#include "models/crypto/aka.h"
#include "models/crypto/eap_aka.h"
#include "models/msg/eap.h"

#include <string.h>

enum { BEFORE_AUTHENTICATION = 0x4000 }; /* P bit of AT_NOTIFICATION: RFC 4187 10.19 */

/* ---- answering ---- */

static struct eap_packet response_to(const struct eap_packet *request, enum eap_subtype subtype)
{
	return (struct eap_packet){.code = EAP_RESPONSE, .identifier = request->identifier,
		.type = EAP_AKA_PRIME, .aka = {.subtype = (uint8_t)subtype}};
}

/* k_aut NULL: the packet has no AT_MAC. */
static void send(struct ue *ue, const struct ue_input *input, const struct eap_packet *packet,
                 const uint8_t *k_aut, int64_t crypto_ns)
{
	struct nf_env *env = ue_all(ue)->env;
	struct ue_output output = {.type = MSG_AUTHENTICATION_RESPONSE, .step = SVC_ue_auth,
		.attempt = input->msg->attempt, .crypto_ns = crypto_ns,
		.security = ue_is_secure(ue) ? NAS_CIPHERED : NAS_PLAIN};
	struct nas_authentication_response response;
	uint8_t octets[MSG_EAP_MAX], plain[MSG_NAS_MAX], mac[CRYPTO_EAP_MAC];
	uint16_t n = eap_encode(packet, NULL), at;

	SIM_ASSERT(n <= sizeof octets);
	eap_encode(packet, octets);
	at = eap_mac_at(octets, n);
	if (k_aut && at > 0) {
		SIM_ASSERT(crypto_eap_mac(env->crypto, nf_suite(env, ue->number), k_aut, octets, n, at,
		                          mac));
		memcpy(octets + at, mac, sizeof mac);
		output.crypto_ns += ue_cost(ue, CRYPTO_OP_EAP_MAC);
	}
	memset(&response, 0, sizeof response);
	response.eap = (struct nas_octets){octets, n};
	ue_send_nas(ue, &output, plain, nas_authentication_response(&response, plain));
}

/* An error that the peer finds (RFC 4187 6.3.1), counted as a challenge that failed. */
static uint8_t client_error(struct ue *ue, const struct ue_input *input,
                            const struct eap_packet *request)
{
	struct eap_packet packet = response_to(request, EAP_AKA_CLIENT_ERROR);
	uint8_t next = ue_challenge_failed(ue, MSG_CAUSE_PROTOCOL_ERROR);

	packet.aka.has_client_error = true;
	packet.aka.client_error = EAP_UNABLE_TO_PROCESS_PACKET;
	if (next == UE_AUTH_FAILED)
		send(ue, input, &packet, NULL, 0);
	return next;
}

/* The challenge is not accepted: counted as under 5G-AKA (5.4.1.2.4.5), told inside the
 * response. */
static uint8_t refuse(struct ue *ue, const struct ue_input *input, const struct eap_packet *request,
                      uint8_t cause)
{
	struct nf_env *env = ue_all(ue)->env;
	struct eap_packet packet = response_to(request, EAP_AKA_AUTHENTICATION_REJECT);
	int64_t crypto_ns = home_aka_ns(ue_all(ue)->home, env);
	uint8_t next = ue_challenge_failed(ue, cause), sqn_ms[6];

	if (next != UE_AUTH_FAILED)
		return next;
	if (cause == MSG_CAUSE_SYNCH_FAILURE) {
		packet.aka.subtype = EAP_AKA_SYNCHRONIZATION_FAILURE;
		packet.aka.has_auts = true;
		const struct home_card card = home_card(env, ue->number);
		const struct crypto_subscription who =
			home_subscription(ue_all(ue)->home, card.k, card.opc);
		crypto_sqn_octets(ue->sqn.highest, sqn_ms);
		crypto_auts_generate(env->crypto, nf_suite(env, ue->number), &who, request->aka.rand,
		                     sqn_ms, packet.aka.auts);
		crypto_ns += ue_cost(ue, CRYPTO_OP_AUTS);
	}
	send(ue, input, &packet, NULL, crypto_ns);
	return next;
}

static uint8_t accept(struct ue *ue, const struct ue_input *input, const struct eap_packet *request,
                      int64_t crypto_ns)
{
	struct eap_packet packet = response_to(request, EAP_AKA_CHALLENGE);

	packet.aka.n_res = UE_EAP_RES;
	memcpy(packet.aka.res, ue->run->res_star, UE_EAP_RES);
	packet.aka.has_mac = true;
	packet.aka.has_checkcode = request->aka.has_checkcode;
	ue_trace(ue, NF_P_AUTHENTICATION, MSG_AUTHENTICATION_RESPONSE, 0, 0);
	send(ue, input, &packet, ue->run->k_aut, crypto_ns);
	return UE_AUTH_ANSWERED;
}

/* ---- the challenge ---- */

/* RFC 9048 3.1: the name that the network gives itself is the one that the UE expects. */
static bool is_from_here(const struct ue *ue, const struct eap_aka *aka)
{
	const char *snn = home_snn_at(ue_all(ue)->home, ue_all(ue)->env, ue->number);

	return aka->kdf_input.n == strlen(snn) && memcmp(aka->kdf_input.at, snn, aka->kdf_input.n) == 0;
}

/* RFC 9048 3.2: the first function offered is taken, or another of those offered asked for. */
static bool asks_for_other(struct ue *ue, const struct ue_input *input,
                           const struct eap_packet *request, uint8_t *next)
{
	const struct eap_aka *aka = &request->aka;
	struct eap_packet packet = response_to(request, EAP_AKA_CHALLENGE);

	if (aka->n_kdf > 0 && aka->kdf[0] == EAP_KDF_AKA_PRIME)
		return false;
	*next = UE_AUTH_IDLE;
	for (uint8_t i = 1; i < aka->n_kdf; i++)
		if (aka->kdf[i] == EAP_KDF_AKA_PRIME) {
			packet.aka.n_kdf = 1;
			packet.aka.kdf[0] = EAP_KDF_AKA_PRIME;
			send(ue, input, &packet, NULL, 0);
			return true;
		}
	*next = refuse(ue, input, request, MSG_CAUSE_NON_5G_UNACCEPTABLE);
	return true;
}

static bool answered_before(const struct ue *ue, const struct eap_aka *aka)
{
	return ue->at[UE_AUTHENTICATION] == UE_AUTH_ANSWERED &&
	       ue_all(ue)->env->sim->now_ns <= ue->run->t3516_until_ns &&
	       memcmp(aka->rand, ue->run->rand, sizeof ue->run->rand) == 0;
}

/* MK is made of the SUPI (TS 33.501 F.3); AT_MAC is the first thing that K_aut tells. */
static bool take_keys(struct ue *ue, const struct ue_input *input, const struct eap_aka *aka,
                      const struct crypto_usim_prime_answer *answer)
{
	struct nf_env *env = ue_all(ue)->env;
	const struct crypto_suite *suite = nf_suite(env, ue->number);
	const struct nas_authentication_request *request = &input->nas->authentication_request;
	struct crypto_eap_keys keys;
	char supi[ID_SUPI_TEXT];

	home_supi_text(ue_all(ue)->home, home_msin(ue->number), supi);
	crypto_eap_keys(env->crypto, suite, answer->ck_prime, answer->ik_prime, supi, &keys);
	if (!crypto_eap_mac_check(env->crypto, suite, keys.k_aut, request->eap.at, request->eap.n,
	                          aka->mac_at))
		return false;
	memcpy(ue->run->k_aut, keys.k_aut, sizeof ue->run->k_aut);
	memcpy(ue->run->rand, aka->rand, sizeof ue->run->rand);
	memcpy(ue->run->res_star, answer->res, sizeof answer->res);
	ue_take_kausf(ue, crypto_eap_kausf(&keys), request->ngksi);
	return true;
}

static uint8_t challenge(struct ue *ue, const struct ue_input *input,
                         const struct eap_packet *request)
{
	struct nf_env *env = ue_all(ue)->env;
	const struct eap_aka *aka = &request->aka;
	struct crypto_usim_prime_answer answer;
	uint8_t next;

	if (answered_before(ue, aka))
		return accept(ue, input, request, 0);
	if (asks_for_other(ue, input, request, &next))
		return next;
	if (!is_from_here(ue, aka))
		return refuse(ue, input, request, MSG_CAUSE_NON_5G_UNACCEPTABLE);
	const struct home_card card = home_card(env, ue->number);
	const struct crypto_subscription who = home_subscription(ue_all(ue)->home, card.k, card.opc);
	if (!crypto_usim_authenticate_prime(env->crypto, nf_suite(env, ue->number), &who, aka->rand,
	                                    aka->autn,
	                                    home_snn_at(ue_all(ue)->home, ue_all(ue)->env, ue->number),
	                                    &answer))
		return refuse(ue, input, request, MSG_CAUSE_MAC_FAILURE);
	if (!ue_accept_sqn(ue, crypto_sqn(answer.sqn)))
		return refuse(ue, input, request, MSG_CAUSE_SYNCH_FAILURE);
	if ((answer.amf[0] & 0x80) == 0) /* separation bit: TS 33.501 6.1.3.1 */
		return refuse(ue, input, request, MSG_CAUSE_NON_5G_UNACCEPTABLE);
	/* a checkcode would be of identity rounds, and there were none (RFC 4187 10.13) */
	if (aka->checkcode.n > 0 || !take_keys(ue, input, aka, &answer))
		return client_error(ue, input, request);
	ue_challenge_accepted(ue);
	ue->run->t3516_until_ns = env->sim->now_ns + ue_all(ue)->config->t3516_ns;
	return accept(ue, input, request, home_aka_ns(ue_all(ue)->home, env) +
	                                      ue_cost(ue, CRYPTO_OP_CK_IK_PRIME) +
	                                      ue_cost(ue, CRYPTO_OP_EAP_KEYS) +
	                                      ue_cost(ue, CRYPTO_OP_EAP_MAC));
}

/* ---- what the network says ---- */

static uint8_t nak(struct ue *ue, const struct ue_input *input, const struct eap_packet *request)
{
	static const uint8_t wanted[] = {EAP_AKA_PRIME};
	const struct eap_packet packet = {.code = EAP_RESPONSE, .identifier = request->identifier,
		.type = EAP_NAK, .data = {wanted, sizeof wanted}};

	send(ue, input, &packet, NULL, 0);
	return ue->at[UE_AUTHENTICATION];
}

/* RFC 4187 6.1: with the P bit before authentication and without AT_MAC, else after it and with
 * one. */
static uint8_t notification(struct ue *ue, const struct ue_input *input,
                            const struct eap_packet *request)
{
	const struct nas_octets *eap = &input->nas->authentication_request.eap;
	struct eap_packet packet = response_to(request, EAP_AKA_NOTIFICATION);
	bool before = (request->aka.notification & BEFORE_AUTHENTICATION) != 0;
	bool answered = ue->at[UE_AUTHENTICATION] == UE_AUTH_ANSWERED;
	struct nf_env *env = ue_all(ue)->env;

	if (before ? request->aka.has_mac
	           : !answered || !request->aka.has_mac ||
	                 !crypto_eap_mac_check(env->crypto, nf_suite(env, ue->number), ue->run->k_aut,
	                                       eap->at, eap->n, request->aka.mac_at))
		return client_error(ue, input, request);
	packet.aka.has_mac = !before;
	send(ue, input, &packet, before ? NULL : ue->run->k_aut, 0);
	return ue->at[UE_AUTHENTICATION];
}

static uint8_t aka_request(struct ue *ue, const struct ue_input *input,
                           const struct eap_packet *request)
{
	switch (request->aka.subtype) {
	case EAP_AKA_CHALLENGE:
		return challenge(ue, input, request);
	case EAP_AKA_NOTIFICATION: /* the outcome follows */
		return notification(ue, input, request);
	default: /* AKA'-Identity, with AT_PERMANENT_ID_REQ above all: TS 33.501 F.2 */
		return client_error(ue, input, request);
	}
}

uint8_t ue_eap_request(struct ue *ue, const struct ue_input *input)
{
	const struct nas_authentication_request *nas = &input->nas->authentication_request;
	struct eap_packet request;
	struct msg_fault fault;
	bool readable = eap_decode(nas->eap.at, nas->eap.n, &request, &fault);

	if (nas->eap.n < 2 || nas->eap.at[0] != EAP_REQUEST ||
	    (!readable && fault.cause == EAP_DISCARD)) {
		ue_all(ue)->env->counter[NF_COUNT_NAS_DISCARDED]++;
		return ue->at[UE_AUTHENTICATION];
	}
	request.identifier = nas->eap.at[1];
	if (!readable)
		return fault.cause == EAP_NAK_DUE ? nak(ue, input, &request)
		                                  : client_error(ue, input, &request);
	return request.type == EAP_AKA_PRIME ? aka_request(ue, input, &request)
	                                     : nak(ue, input, &request);
}

/* 5.4.1.2.3.1: a failure takes back what the exchange has left. */
void ue_eap_outcome(struct ue *ue, const struct nas_octets *eap)
{
	if (eap->n > 0 && eap->at[0] == EAP_FAILURE)
		ue->fresh_ngksi = NAS_NGKSI_NONE;
}
