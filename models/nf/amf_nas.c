/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      NAS at the AMF: what comes is taken out of its security header under the COUNT that
 *             its sequence number stands for (TS 24.501 4.4.3), let through or discarded (4.4.4.3),
 *             decoded, given to the procedure it belongs to. Initial messages find their context by
 *             5G-GUTI; only a message that passes the check speaks for it: any other begins anew
 *             beside it.
 * Leaves out  5GSM messages; the COUNT's wrap (4.4.3.1), which needs 2^24 messages of one context.
 * Sources     TS 24.501 4.4, 5.5.1.2.8, 5.6.1.5, 7; TS 33.501 6.4.
 */
#include "models/nf/amf_state.h"

#include "models/crypto/kdf.h"

#include <string.h>

/* Which procedure a message belongs to; in_clear: 4.4.4.3 lets it pass before the exchange is
 * secure. */
static const struct {
	uint8_t type, machine, event;
	bool in_clear;
} routes[] = {
	{NAS_REGISTRATION_REQUEST, AMF_REGISTRATION, AMF_REG_E_REQUEST, true},
	{NAS_REGISTRATION_COMPLETE, AMF_REGISTRATION, AMF_REG_E_COMPLETE, false},
	{NAS_IDENTITY_RESPONSE, AMF_IDENTITY, AMF_ID_E_RESPONSE, true},
	{NAS_AUTHENTICATION_RESPONSE, AMF_AUTHENTICATION, AMF_AUTH_E_RESPONSE, true},
	{NAS_AUTHENTICATION_FAILURE, AMF_AUTHENTICATION, AMF_AUTH_E_FAILURE, true},
	{NAS_SECURITY_MODE_COMPLETE, AMF_SECURITY_MODE, AMF_SEC_E_COMPLETE, false},
	{NAS_SECURITY_MODE_REJECT, AMF_SECURITY_MODE, AMF_SEC_E_REJECT, true},
	{NAS_CONFIGURATION_UPDATE_COMPLETE, AMF_CONFIGURATION, AMF_CONF_E_COMPLETE, false},
	{NAS_DEREGISTRATION_REQUEST, AMF_DEREGISTRATION, AMF_DEREG_E_REQUEST, false},
	{NAS_DEREGISTRATION_COMMAND_ACCEPT, AMF_DEREGISTRATION, AMF_DEREG_E_ACCEPT, true},
	{NAS_SERVICE_REQUEST, AMF_SERVICE, AMF_SRV_E_REQUEST, false},
};

/* ---- sending ---- */

struct msg *amf_message(struct amf_ue *u, enum msg_type type)
{
	struct msg *msg;

	amf_wake(u);
	msg = nf_message_for(u->amf->env, type, u->ue, u->procedure, &u->run->span);
	msg->asker = sim_pool_handle(u);
	msg->ran = u->ran;
	msg->serving = u->amf->serving;
	return msg;
}

/* KgNB or KN3IWF from the COUNT of the last uplink message (TS 33.501 A.9, 6.8.1.2.2). */
static void give_key(struct amf_ue *u, struct msg *msg)
{
	crypto_kgnb(u->amf->env->crypto, nf_suite(u->amf->env, u->ue), u->security.kamf,
	            u->security.ul - 1,
	            u->non_3gpp ? CRYPTO_NON_3GPP_ACCESS : CRYPTO_3GPP_ACCESS, msg->key.key);
}

static void send(struct amf_ue *u, struct msg *msg, const uint8_t *plain, uint16_t n)
{
	struct nf_env *env = u->amf->env;

	if (msg_ngap_procedure(msg) == NGAP_CONTEXT_SETUP_REQUEST)
		give_key(u, msg);
	msg->secured = msg->nas[1] != NAS_PLAIN;
	msg->octets = (uint16_t)msg_n2_octets(msg);
	nf_note_nas(env, u->amf->node, u->gnb, 0, msg, plain, n);
	nf_send(env, u->amf->node, u->gnb, msg);
}

void amf_send_nas(struct amf_ue *u, struct msg *msg, const uint8_t *plain, uint16_t n)
{
	SIM_ASSERT(n + NAS_SECURITY_HEADER <= MSG_NAS_MAX);
	if (u->secure) {
		msg->nas_octets = security_protect(u->amf->env, u->ue, &u->security, CRYPTO_DOWNLINK,
		                                   NAS_CIPHERED, plain, n, msg->nas);
	} else {
		memcpy(msg->nas, plain, n);
		msg->nas_octets = n;
	}
	send(u, msg, plain, n);
}

void amf_send_command(struct amf_ue *u, struct msg *msg, const uint8_t *plain, uint16_t n)
{
	SIM_ASSERT(n + NAS_SECURITY_HEADER <= MSG_NAS_MAX);
	msg->nas_octets = security_protect(u->amf->env, u->ue, &u->run->fresh, CRYPTO_DOWNLINK,
	                                   NAS_INTEGRITY_NEW_CONTEXT, plain, n, msg->nas);
	send(u, msg, plain, n);
}

static void send_status(struct amf_ue *u, uint8_t cause)
{
	struct msg *msg = amf_message(u, MSG_STATUS_5GMM);
	uint8_t plain[MSG_NAS_MAX];

	amf_count(u, NF_COUNT_STATUS);
	msg->cause = cause;
	amf_send_nas(u, msg, plain, nas_status(cause, plain));
}

static void discard(struct amf *amf, const struct msg *msg, uint8_t cause)
{
	amf->env->counter[NF_COUNT_NAS_DISCARDED]++;
	if (msg->ue < amf->env->n_ues)
		nf_trace_step(amf->env, amf->node, msg->ue, NF_P_MESSAGE, (enum msg_type)msg->type, 1,
		              cause);
}

/* A request that cannot be read is refused by its procedure (5.5.1.2.8 b, 5.6.1.8 b), any other
 * message by a 5GMM Status (7.4, 7.5.1). */
static void answer_unreadable(struct amf_ue *u, uint8_t type, uint8_t cause)
{
	const struct nas_service_reject reject = {.cause = cause};
	bool registers = type == NAS_REGISTRATION_REQUEST;
	struct msg *msg;
	uint8_t plain[MSG_NAS_MAX];

	if (!registers && type != NAS_SERVICE_REQUEST) {
		send_status(u, cause);
		return;
	}
	amf_count(u, registers ? NF_COUNT_REG_REJECTS : NF_COUNT_SERVICE_REJECTS);
	msg = amf_message(u, registers ? MSG_REGISTRATION_REJECT : MSG_SERVICE_REJECT);
	msg->cause = cause;
	amf_send_nas(u, msg, plain, registers ? nas_registration_reject(cause, plain)
	                                      : nas_service_reject(&reject, plain));
}

/* ---- a message on a known connection ---- */

static int route_of(uint8_t type)
{
	for (int i = 0; i < (int)(sizeof routes / sizeof *routes); i++)
		if (routes[i].type == type)
			return i;
	return -1;
}

static bool is_complete(const uint8_t *plain, uint16_t n)
{
	return n >= 3 && plain[2] == NAS_SECURITY_MODE_COMPLETE;
}

/* The Complete of a security mode control comes under the keys that it takes into use, and
 * nothing else does (9.3.1). */
static uint16_t open_under_new(struct amf_ue *u, const struct msg *msg, uint8_t *plain)
{
	uint16_t n;

	if (u->at[AMF_SECURITY_MODE] != AMF_SEC_COMMANDED)
		return 0;
	n = security_open(u->amf->env, u->ue, &u->run->fresh, CRYPTO_UPLINK, msg->nas, msg->nas_octets,
	                  plain);
	if (!is_complete(plain, n))
		return 0;
	u->security = u->run->fresh;
	u->run->fresh.ngksi = NAS_NGKSI_NONE;
	u->secure = true;
	return n;
}

static uint16_t open_message(struct amf_ue *u, const struct msg *msg, uint8_t *plain,
                             bool *integrity)
{
	struct nas_header header;
	struct msg_fault fault;
	uint16_t n;

	*integrity = false;
	if (!nas_header(msg->nas, msg->nas_octets, &header, &fault))
		return 0;
	if (header.security == NAS_PLAIN) {
		memcpy(plain, msg->nas, msg->nas_octets);
		return msg->nas_octets;
	}
	*integrity = true;
	if (header.security == NAS_CIPHERED_NEW_CONTEXT)
		return open_under_new(u, msg, plain);
	if (header.security == NAS_INTEGRITY_NEW_CONTEXT) /* a Security Mode Command's: 9.3.1 */
		return 0;
	n = security_open(u->amf->env, u->ue, &u->security, CRYPTO_UPLINK, msg->nas,
	                  msg->nas_octets, plain);
	return is_complete(plain, n) ? 0 : n;
}

static void act(struct amf_ue *u, const struct amf_input *input)
{
	int i = route_of(input->nas->type);

	if (input->nas->type == NAS_STATUS) /* 5.4.6: nothing changes, nothing is answered */
		return;
	if (!input->integrity && (u->secure || (i >= 0 && !routes[i].in_clear))) {
		discard(u->amf, input->msg, 0);
		return;
	}
	if (i < 0) {
		send_status(u, MSG_CAUSE_TYPE_UNKNOWN);
		return;
	}
	sim_span_follow(&u->run->span, &input->msg->span);
	amf_feed(u, (enum amf_machine)routes[i].machine, routes[i].event, input);
}

static void receive_connected(struct amf_ue *u, const struct msg *msg)
{
	uint8_t plain[MSG_NAS_MAX];
	struct nas_message nas;
	struct msg_fault fault;
	struct amf_input input = {.msg = msg, .nas = &nas};
	uint16_t n = open_message(u, msg, plain, &input.integrity);

	if (n == 0) {
		discard(u->amf, msg, 0);
	} else if (!nas_decode(plain, n, &nas, &fault)) {
		discard(u->amf, msg, fault.cause);
		if (fault.cause != NAS_IGNORE && (input.integrity || !u->secure))
			answer_unreadable(u, nas.type, fault.cause);
	} else if (nas.type == NAS_PROTECTED) {
		discard(u->amf, msg, 0);
	} else {
		input.plain = (struct nas_octets){plain, n};
		act(u, &input);
	}
	amf_settle(u);
}

/* ---- an initial message ---- */

/* 5G-TMSI in it; 0: by none, or not of this AMF's giving: the whole 5G-GUTI names a UE (TS
 * 23.003 2.10). */
static uint32_t tmsi_of(const struct amf *amf, const struct nas_message *nas)
{
	const struct nas_identity *identity;

	if (nas->type == NAS_SERVICE_REQUEST)
		return amf_is_own_s_tmsi(amf, &nas->service_request.guti)
		           ? nas->service_request.guti.tmsi
		           : 0;
	identity = nas->type == NAS_REGISTRATION_REQUEST ? &nas->registration_request.identity
	                                                 : &nas->deregistration_request.identity;
	return identity->kind == NAS_IDENTITY_GUTI && amf_is_own_guti(amf, &identity->guti)
	           ? identity->guti.tmsi
	           : 0;
}

/* The context that a message speaks for: held here, and the integrity check passed. Else NULL. */
static struct amf_ue *verified(struct amf *amf, const struct msg *msg, uint32_t tmsi)
{
	struct amf_ue *u = amf_of_msin(amf, amf_msin_of_tmsi(amf, tmsi));
	uint8_t plain[MSG_NAS_MAX];

	if (!u || u->ue != msg->ue) /* bookkeeping: the suites of two subscribers may differ */
		return NULL;
	return security_open(amf->env, u->ue, &u->security, CRYPTO_UPLINK, msg->nas, msg->nas_octets,
	                     plain) > 0
	           ? u
	           : NULL;
}

/* 4.4.6: the whole message in its container, once the one around it has passed the check. */
static void take_container(struct amf_ue *u, struct amf_input *input, struct nas_message *nas,
                           uint8_t *room)
{
	const struct nas_octets *container = &nas->registration_request.container;
	struct nas_message whole;
	struct msg_fault fault;

	if (nas->type != NAS_REGISTRATION_REQUEST || container->n == 0 || container->n > MSG_NAS_MAX)
		return;
	memcpy(room, container->at, container->n);
	security_cipher(u->amf->env, u->ue, &u->security, false, room, container->n);
	if (!nas_decode(room, container->n, &whole, &fault) || whole.type != nas->type)
		return;
	input->plain = (struct nas_octets){room, container->n};
	*nas = whole;
}

/* For a UE without a context here; it is answered and forgotten. */
static void answer_stranger(struct amf *amf, const struct msg *msg, enum msg_type type,
                            const uint8_t *plain, uint16_t n)
{
	struct amf_ue *u = amf_new_context(amf, msg);

	amf_send_nas(u, amf_message(u, type), plain, n);
	amf_finish(u);
	amf_settle(u);
}

/* 4.4.4.3, 5.6.1.5: the context, if there is one, stays as it is. */
static void reject_service(struct amf *amf, const struct msg *msg)
{
	const struct nas_service_reject reject = {.cause = MSG_CAUSE_UE_IDENTITY_UNKNOWN};
	uint8_t plain[MSG_NAS_MAX];

	amf->env->counter[NF_COUNT_SERVICE_REJECTS]++;
	answer_stranger(amf, msg, MSG_SERVICE_REJECT, plain, nas_service_reject(&reject, plain));
}

/* One that is not registered here is as good as deregistered; one that is must prove who it is. */
static void stray_deregistration(struct amf *amf, const struct msg *msg, uint32_t tmsi)
{
	uint8_t plain[MSG_NAS_MAX];

	if (amf_of_msin(amf, amf_msin_of_tmsi(amf, tmsi)))
		discard(amf, msg, 0);
	else
		answer_stranger(amf, msg, MSG_DEREGISTRATION_ACCEPT, plain,
		                nas_deregistration_accept(plain));
}

static void speak_for(struct amf_ue *u, struct amf_input *input, struct nas_message *nas)
{
	uint8_t room[MSG_NAS_MAX];

	amf_attach(u, input->msg);
	u->secure = true;
	input->integrity = true;
	take_container(u, input, nas, room);
	act(u, input);
	amf_settle(u);
}

static void begin_anew(struct amf *amf, struct amf_input *input, uint32_t tmsi)
{
	struct amf_ue *u = amf_new_context(amf, input->msg);
	const struct amf_ue *known;

	u->msin = (uint32_t)amf_msin_of_tmsi(amf, tmsi);
	known = amf_of_msin(amf, u->msin);
	if (known) { /* a periodic update does not tell it */
		memcpy(u->capability, known->capability, sizeof u->capability);
		u->n_capability = known->n_capability;
	}
	amf_feed(u, AMF_REGISTRATION, AMF_REG_E_REQUEST, input);
	amf_settle(u);
}

/* Answered by its fault's cause, and forgotten. */
static void refuse_unreadable(struct amf *amf, const struct msg *msg, uint8_t type, uint8_t cause)
{
	struct amf_ue *u;

	discard(amf, msg, cause);
	if (cause == NAS_IGNORE)
		return;
	u = amf_new_context(amf, msg);
	answer_unreadable(u, type, cause);
	amf_finish(u);
	amf_settle(u);
}

static void receive_initial(struct amf *amf, const struct msg *msg)
{
	struct nas_header header;
	struct nas_message nas;
	struct msg_fault fault;
	struct amf_input input = {.msg = msg, .nas = &nas};
	struct amf_ue *u;
	uint16_t skip;
	uint32_t tmsi;

	if (!nas_header(msg->nas, msg->nas_octets, &header, &fault) ||
	    header.security > NAS_INTEGRITY) { /* ciphered: by whom, nobody knows */
		discard(amf, msg, 0);
		return;
	}
	skip = header.security == NAS_PLAIN ? 0 : NAS_SECURITY_HEADER;
	if (!nas_decode(msg->nas + skip, (size_t)(msg->nas_octets - skip), &nas, &fault)) {
		refuse_unreadable(amf, msg, nas.type, fault.cause);
		return;
	}
	if (nas.type != NAS_REGISTRATION_REQUEST && nas.type != NAS_SERVICE_REQUEST &&
	    nas.type != NAS_DEREGISTRATION_REQUEST) {
		discard(amf, msg, MSG_CAUSE_TYPE_NOT_COMPATIBLE);
		return;
	}
	input.plain = (struct nas_octets){msg->nas + skip, (uint16_t)(msg->nas_octets - skip)};
	tmsi = tmsi_of(amf, &nas);
	u = verified(amf, msg, tmsi);
	if (u)
		speak_for(u, &input, &nas);
	else if (nas.type == NAS_REGISTRATION_REQUEST)
		begin_anew(amf, &input, tmsi);
	else if (nas.type == NAS_SERVICE_REQUEST)
		reject_service(amf, msg);
	else
		stray_deregistration(amf, msg, tmsi);
}

void amf_receive_nas(struct amf *amf, const struct msg *msg)
{
	struct amf_ue *u;

	if (msg->context.generation == 0) {
		receive_initial(amf, msg);
		return;
	}
	u = amf_find(amf, msg->context);
	if (u) {
		amf_wake(u);
		receive_connected(u, msg);
	} else {
		amf->env->counter[NF_COUNT_STALE]++;
		amf_release_unknown(amf, msg);
	}
}
