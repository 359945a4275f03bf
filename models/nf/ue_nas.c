/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      NAS at the UE: what comes is taken out of its security header under the COUNT that
 *             its sequence number stands for (TS 24.501 4.4.3), let through or discarded (4.4.4.2),
 *             decoded, given to the procedure it belongs to; what clause 7 has answered by 5GMM
 *             Status is.
 * Leaves out  5GSM messages; the COUNT's wrap (4.4.3.1), which needs 2^24 messages of one context.
 * Sources     TS 24.501 4.4, 7, 9.1.
 */
#include "models/nf/ue_state.h"

#include <string.h>

/* Which procedure a message belongs to; in_clear: 4.4.4.2 lets it pass before the exchange is
 * secure. */
static const struct {
	uint8_t type, machine, event;
	bool in_clear;
} routes[] = {
	{NAS_REGISTRATION_ACCEPT, UE_REGISTRATION, UE_REG_E_ACCEPT, false},
	{NAS_REGISTRATION_REJECT, UE_REGISTRATION, UE_REG_E_REJECT, true},
	{NAS_AUTHENTICATION_REQUEST, UE_AUTHENTICATION, UE_AUTH_E_REQUEST, true},
	{NAS_AUTHENTICATION_RESULT, UE_AUTHENTICATION, UE_AUTH_E_RESULT, true},
	{NAS_AUTHENTICATION_REJECT, UE_AUTHENTICATION, UE_AUTH_E_REJECT, true},
	{NAS_IDENTITY_REQUEST, UE_IDENTITY_PROCEDURE, UE_ID_E_REQUEST, true},
	{NAS_SECURITY_MODE_COMMAND, UE_SECURITY_MODE, UE_SEC_E_COMMAND, true},
	{NAS_CONFIGURATION_UPDATE_COMMAND, UE_CONFIGURATION, UE_CONF_E_COMMAND, false},
	{NAS_DEREGISTRATION_ACCEPT, UE_DEREGISTRATION, UE_DEREG_E_ACCEPT, true},
	{NAS_DEREGISTRATION_COMMAND, UE_DEREGISTRATION, UE_DEREG_E_COMMAND, false},
	{NAS_SERVICE_ACCEPT, UE_SERVICE, UE_SRV_E_ACCEPT, false},
	{NAS_SERVICE_REJECT, UE_SERVICE, UE_SRV_E_REJECT, true},
};

bool ue_is_secure(const struct ue *ue)
{
	return ue->at[UE_SECURITY_MODE] == UE_SEC_SECURE;
}

/* ---- sending ---- */

static void send_after_work(struct ue *ue, struct msg *msg, struct nf_demand work)
{
	struct nf_env *env = ue_all(ue)->env;

	if (ue_all(ue)->one_loop && !ue_access(ue)->non_3gpp) { /* a load generator has no WLAN */
		msg->service_ns = work.service_ns;
		msg->crypto_ns = work.crypto_ns;
		msg->to = env->node.ue;
		msg->ran = (struct sim_handle){ue->number, ue->connection};
		nf_serve(env, env->node.ue, msg);
		return;
	}
	msg->span.part_ns[SIM_PART_SERVICE] += work.service_ns;
	msg->span.part_ns[SIM_PART_CRYPTO] += work.crypto_ns;
	msg->span.since_ns += work.service_ns + work.crypto_ns;
	ue_access(ue)->up(ue_access(ue)->self, ue->number, msg, work.service_ns + work.crypto_ns);
}

/* A tap hears the message container in clear, which is the last field of the message around it. */
static void note(struct ue *ue, struct msg *msg, const struct ue_output *output, int64_t work_ns,
                 const uint8_t *plain, uint16_t n)
{
	struct nf_env *env = ue_all(ue)->env;
	uint8_t clear[MSG_NAS_MAX];

	if (output->n_whole > 0) {
		memcpy(clear, plain, n);
		memcpy(clear + n - output->n_whole, output->whole, output->n_whole);
		plain = clear;
	}
	nf_note_nas(env, env->node.ue, nf_amf_of(env, ue->number), work_ns, msg, plain, n);
}

void ue_send_nas(struct ue *ue, const struct ue_output *output, const uint8_t *plain, uint16_t n)
{
	struct nf_env *env = ue_all(ue)->env;
	const bool outermost = ue_wake(ue);
	struct msg *msg = nf_message_for(env, output->type, ue->number, ue->procedure, &ue->run->span);
	struct nf_demand work = {0, output->crypto_ns};

	SIM_ASSERT(n + NAS_SECURITY_HEADER <= MSG_NAS_MAX);
	msg->attempt = output->attempt;
	msg->cause = output->cause;
	if (output->step != SVC_N_STEPS)
		work = nf_core_demand(env, msg, (enum svc_step)output->step, 0, output->crypto_ns);
	if (output->security != NAS_PLAIN) {
		msg->nas_octets = security_protect(env, ue->number, &ue->security, CRYPTO_UPLINK,
		                                   (enum nas_security_type)output->security, plain, n,
		                                   msg->nas);
	} else {
		memcpy(msg->nas, plain, n);
		msg->nas_octets = n;
	}
	msg->secured = msg->nas[1] != NAS_PLAIN;
	note(ue, msg, output, work.service_ns + work.crypto_ns, plain, n);
	send_after_work(ue, msg, work);
	ue_rest(ue, outermost);
}

void ue_answer(struct ue *ue, enum msg_type type, const struct ue_input *to, enum svc_step step,
               const uint8_t *plain, uint16_t n)
{
	struct ue_output output = {.type = type, .attempt = to->msg->attempt, .step = (uint8_t)step};

	if (ue_is_secure(ue)) {
		output.security = NAS_CIPHERED;
		output.crypto_ns = ue_cost(ue, CRYPTO_OP_NAS_MAC) + ue_cost(ue, CRYPTO_OP_NAS_CIPHER);
	}
	ue_send_nas(ue, &output, plain, n);
}

void ue_send_status(struct ue *ue, uint8_t cause)
{
	struct ue_output output = {.type = MSG_STATUS_5GMM, .cause = cause, .step = SVC_N_STEPS,
		.security = ue_is_secure(ue) ? NAS_CIPHERED : NAS_PLAIN};
	uint8_t plain[MSG_NAS_MAX];

	if (ue->link != UE_CONNECTED)
		return;
	ue_all(ue)->env->counter[NF_COUNT_STATUS]++;
	ue_trace(ue, NF_P_MESSAGE, MSG_STATUS_5GMM, 1, cause);
	ue_send_nas(ue, &output, plain, nas_status(cause, plain));
}

/* ---- receiving ---- */

static void discard(struct ue *ue, const struct msg *msg, uint8_t cause)
{
	ue_all(ue)->env->counter[NF_COUNT_NAS_DISCARDED]++;
	ue_trace(ue, NF_P_MESSAGE, (enum msg_type)msg->type, 1, cause);
}

static bool is_command(const uint8_t *plain, uint16_t n)
{
	return n >= 3 && plain[2] == NAS_SECURITY_MODE_COMMAND;
}

/* A Security Mode Command is opened by its procedure, which alone knows the keys: here only its
 * header comes off. No other message has that header (9.3.1). */
static uint16_t open_under_new(const struct msg *msg, uint8_t *plain)
{
	const uint16_t n = (uint16_t)(msg->nas_octets - NAS_SECURITY_HEADER);

	memcpy(plain, msg->nas + NAS_SECURITY_HEADER, n);
	return is_command(plain, n) ? n : 0;
}

/* Out of the security header. 0: to be discarded, as a command under any other header is
 * (4.4.4.2). */
static uint16_t open_message(struct ue *ue, const struct msg *msg, uint8_t *plain, bool *integrity)
{
	struct nas_header header;
	struct msg_fault fault;
	uint16_t n = msg->nas_octets;

	*integrity = false;
	if (!nas_header(msg->nas, n, &header, &fault))
		return 0;
	if (header.security == NAS_INTEGRITY_NEW_CONTEXT)
		return open_under_new(msg, plain);
	if (header.security == NAS_CIPHERED_NEW_CONTEXT) /* a Security Mode Complete's */
		return 0;
	if (header.security == NAS_PLAIN) {
		memcpy(plain, msg->nas, n);
	} else {
		*integrity = true;
		n = security_open(ue_all(ue)->env, ue->number, &ue->security, CRYPTO_DOWNLINK, msg->nas,
		                  n, plain);
	}
	return is_command(plain, n) ? 0 : n;
}

static int route_of(uint8_t type)
{
	for (int i = 0; i < (int)(sizeof routes / sizeof *routes); i++)
		if (routes[i].type == type)
			return i;
	return -1;
}

/* A demand to be registered is measured along its own chain; otherwise what is answered is. */
static void follow(struct ue *ue, const struct msg *msg)
{
	if (ue->demanded || ue->at[UE_REGISTRATION] == UE_REG_REQUESTED)
		sim_span_follow(&ue->run->span, &msg->span);
	else
		ue->run->span = msg->span;
	ue->procedure = msg->procedure;
}

/* 4.4.4.2: rejects with these causes count under integrity protection alone. */
static bool needs_integrity(const struct nas_message *nas)
{
	enum { CAG_ONLY = 76, NOT_HERE = 78, SNPN_TEMPORARY = 81, SNPN_PERMANENT = 82 };
	uint8_t cause = nas->type == NAS_REGISTRATION_REJECT ? nas->registration_reject.cause
	                : nas->type == NAS_SERVICE_REJECT    ? nas->service_reject.cause
	                                                     : 0;

	return cause == CAG_ONLY || cause == NOT_HERE || cause == SNPN_TEMPORARY ||
	       cause == SNPN_PERMANENT;
}

static void act(struct ue *ue, const struct ue_input *input)
{
	int i = route_of(input->nas->type);

	if (input->nas->type == NAS_STATUS) /* 5.4.6: nothing changes, nothing is answered */
		return;
	if (!input->integrity && input->nas->type != NAS_SECURITY_MODE_COMMAND &&
	    (ue_is_secure(ue) || (i >= 0 && !routes[i].in_clear) || needs_integrity(input->nas))) {
		discard(ue, input->msg, 0);
		return;
	}
	if (i < 0) { /* a type of the table that no UE here implements, or an uplink one: 7.4 */
		ue_send_status(ue, MSG_CAUSE_TYPE_UNKNOWN);
		return;
	}
	follow(ue, input->msg);
	if (input->integrity)
		ue_feed(ue, UE_SECURITY_MODE, UE_SEC_E_ESTABLISHED, NULL);
	ue_feed(ue, (enum ue_machine)routes[i].machine, routes[i].event, input);
}

static void receive_nas(struct ue *ue, const struct msg *msg)
{
	uint8_t plain[MSG_NAS_MAX];
	struct nas_message nas;
	struct msg_fault fault;
	struct ue_input input = {.msg = msg, .nas = &nas};
	uint16_t n = open_message(ue, msg, plain, &input.integrity);

	if (n == 0) {
		discard(ue, msg, 0);
	} else if (!nas_decode(plain, n, &nas, &fault)) {
		discard(ue, msg, fault.cause);
		if (fault.cause != NAS_IGNORE && (input.integrity || !ue_is_secure(ue)))
			ue_send_status(ue, fault.cause);
	} else if (nas.type == NAS_PROTECTED) { /* a header within a header: 4.4.1 knows none */
		discard(ue, msg, 0);
	} else {
		act(ue, &input);
	}
}

/* TS 38.331 5.3.2.3: the record with its own 5G-S-TMSI. */
static void hear_paging(struct ue *ue, const struct msg *msg)
{
	if (ue->registered && ue->link == UE_IDLE && msg->paging.tmsi == ue->tmsi)
		ue_feed(ue, UE_SERVICE, UE_SRV_E_PAGED, NULL);
}

void ue_receive(void *context, uint32_t number, struct msg *msg)
{
	struct ue *ue = &((struct ues *)context)->ue[number];
	struct nf_env *env = ue_all(ue)->env;
	const bool outermost = ue_wake(ue);

	if (msg->type == MSG_CONTEXT_RELEASE_COMMAND)
		ue_disconnect(ue); /* RRC Release (TS 38.331 5.3.8) */
	else if (msg->type == MSG_PAGING)
		hear_paging(ue, msg);
	else if (msg->nas_octets > 0)
		receive_nas(ue, msg);
	else if (ue_user(ue)->message && ue->registered)
		ue_user(ue)->message(ue_user(ue)->context, number, msg);
	nf_release(env, msg);
	ue_rest(ue, outermost);
}
