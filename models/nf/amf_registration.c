/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      registration at the AMF: initial (TS 24.501 5.5.1.2), mobility and periodic
 *             (5.5.1.3); identification, authentication and security mode where they are needed,
 *             the six calls of Open5GS's ladder (TS 23.502 4.2.2.2.2), acceptance under T3550, and
 *             requests that overlap (5.5.1.2.8 d to h).
 * Leaves out  context transfer between AMFs, EIR, slices, emergency registration.
 * Sources     the clauses named in the table at the end.
 */
#include "models/nf/amf_state.h"

#include "models/nf/gprs_timer.h"

#include <string.h>

/* ---- the request ---- */

/* Of what the request says, whatever header it came under: whether "one or more information elements
 * differ". FNV-1a's step for eight octets at a time. */
static uint32_t hash_of(const struct nas_octets *plain)
{
	const uint64_t prime = UINT64_C(0x100000001b3);
	uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ plain->n, word;
	uint16_t i = 0;

	for (; i + 8 <= plain->n; i = (uint16_t)(i + 8)) {
		memcpy(&word, plain->at + i, sizeof word);
		hash = (hash ^ word) * prime;
		hash ^= hash >> 32;
	}
	for (; i < plain->n; i++)
		hash = (hash ^ plain->at[i]) * prime;
	return (uint32_t)(hash >> 32);
}

static void take_capability(struct amf_ue *u, const struct nas_octets *capability)
{
	if (capability->n == 0 || capability->n > sizeof u->capability)
		return; /* not told again in an update: as it was */
	memcpy(u->capability, capability->at, capability->n);
	u->n_capability = (uint8_t)capability->n;
}

/* 9.11.3.7: what is unused is an initial registration. */
static uint8_t type_of(const struct nas_registration_request *request)
{
	return request->type >= NAS_INITIAL && request->type <= NAS_EMERGENCY ? request->type
	                                                                      : NAS_INITIAL;
}

static void take_request(struct amf_ue *u, const struct amf_input *input)
{
	const struct nas_registration_request *request = &input->nas->registration_request;
	const struct nas_identity *identity = &request->identity;

	u->procedure = input->msg->procedure;
	u->run->span = input->msg->span;
	u->type = type_of(request);
	u->follow_on = request->follow_on;
	u->run->request_hash = hash_of(&input->plain);
	u->run->at_request = nf_span_at_arrival(input->msg);
	u->retransmit = !input->integrity;
	u->by_guti = identity->kind != NAS_IDENTITY_SUCI;
	u->run->resync = 0;
	u->run->retried = 0;
	u->run->identity = (struct msg_identity){.integrity_protected = input->integrity};
	take_capability(u, &request->security_capability);
	if (!input->integrity) /* a ngKSI that the UE still holds is not given again */
		u->ngksi = request->ngksi & 7;
	if (identity->kind == NAS_IDENTITY_GUTI) {
		u->run->identity.tmsi = identity->guti.tmsi;
	} else if (identity->kind == NAS_IDENTITY_SUCI && identity->suci.n <= MSG_SCHEME_MAX) {
		u->run->identity.suci = (struct msg_suci){.scheme = identity->suci.scheme,
			.key_id = identity->suci.key_id, .n = identity->suci.n};
		memcpy(u->run->identity.suci.output, identity->suci.output, identity->suci.n);
	}
}

static uint8_t refuse(struct amf_ue *u, uint8_t cause)
{
	u->at[AMF_REGISTRATION] = AMF_REG_NONE;
	amf_reject(u, MSG_REGISTRATION_REJECT, cause);
	return u->at[AMF_REGISTRATION];
}

static bool must_authenticate(const struct amf_ue *u, const struct amf_input *input)
{
	return !input->integrity || u->type == NAS_INITIAL ||
	       u->amf->config->authentication == AMF_AUTHENTICATE_REGISTRATION;
}

static bool is_update(const struct amf_ue *u)
{
	return u->type == NAS_MOBILITY_UPDATE || u->type == NAS_PERIODIC_UPDATE;
}

/*
 * Why a request is not even looked into, or 0. An update that nobody here can verify, of a UE
 * that is not registered here: 5.5.1.3.5; of one that is, it is authenticated (4.4.4.3). The
 * capability is left out by periodic updates alone (8.2.6.4), and without one there is nothing
 * to replay (5.4.2.2).
 */
static uint8_t fault_of(const struct amf_ue *u, const struct amf_input *input)
{
	const struct nas_registration_request *request = &input->nas->registration_request;

	if (u->type == NAS_EMERGENCY) /* 5.5.1.2.6: no emergency services here, as the Accept tells */
		return MSG_CAUSE_PEI_NOT_ACCEPTED;
	if (is_update(u) && !input->integrity && !amf_of_msin(u->amf, u->msin))
		return u->msin ? MSG_CAUSE_IMPLICITLY_DEREGISTERED : MSG_CAUSE_UE_IDENTITY_UNKNOWN;
	if (u->n_capability == 0 ||
	    (u->type == NAS_INITIAL && request->security_capability.n == 0))
		return MSG_CAUSE_INVALID_MANDATORY;
	if (u->type == NAS_INITIAL && amf_is_congested(u->amf))
		return MSG_CAUSE_CONGESTION;
	return MSG_CAUSE_NONE;
}

static uint8_t request(struct amf_ue *u, const struct amf_input *input)
{
	uint8_t fault;

	amf_abort_all(u); /* procedures of ours end with the connection they ran on */
	take_request(u, input);
	amf_count(u, is_update(u) ? NF_COUNT_UPDATES : NF_COUNT_REG_REQUESTS);
	fault = fault_of(u, input);
	if (fault != MSG_CAUSE_NONE)
		return refuse(u, fault);
	u->at[AMF_REGISTRATION] = AMF_REG_COMMON;
	if (!must_authenticate(u, input))
		amf_secured(u);
	else if (u->run->identity.suci.n == 0 && u->msin == 0)
		amf_identify(u);
	else
		amf_feed(u, AMF_AUTHENTICATION, AMF_AUTH_E_BEGIN, NULL);
	return u->at[AMF_REGISTRATION];
}

/* ---- the six calls ---- */

static const struct {
	enum msg_type request;
	bool to_pcf;
} calls[] = {
	{MSG_UDM_UECM, false},       {MSG_UDM_AM_DATA, false},   {MSG_UDM_SMF_SELECT, false},
	{MSG_UDM_UE_CONTEXT, false}, {MSG_UDM_SUBSCRIBE, false}, {MSG_PCF_POLICY, true},
};
enum { N_CALLS = sizeof calls / sizeof *calls };

static uint8_t next_call(struct amf_ue *u)
{
	const struct nf_nodes *node = &u->amf->env->node;
	struct msg *call = amf_message(u, calls[u->run->step].request);

	call->subscription.msin = u->msin;
	call->access = u->non_3gpp ? NGAP_N3IWF : 0;
	amf_call(u, AMF_REGISTRATION, calls[u->run->step].to_pcf ? u->amf->pcf : node->udm, call);
	return AMF_REG_SUBSCRIPTION;
}

/* ---- acceptance ---- */

/* Once the UE is known to have it, or need not have a new one. */
static uint8_t done(struct amf_ue *u)
{
	u->at[AMF_REGISTRATION] = AMF_REG_NONE;
	if (!u->follow_on && u->then == 0)
		amf_release(u);
	else
		amf_do_what_waits(u);
	return u->at[AMF_REGISTRATION];
}

static bool reallocates(const struct amf_ue *u)
{
	uint8_t policy = u->amf->config->guti_reallocation;

	if (u->tmsi == 0)
		return true;
	return u->type == NAS_PERIODIC_UPDATE ? policy >= AMF_REALLOCATE_SPECIFIED
	                                      : policy >= AMF_REALLOCATE_REGISTRATION;
}

/* One tracking area: TAI list of type 0 with one TAC (9.11.3.9). */
static void area_of(const struct amf_ue *u, uint8_t out[7])
{
	uint32_t tac = nf_tac(u->amf->env, (uint32_t)(u->gnb - u->amf->gnb0));

	out[0] = 0;
	id_plmn_encode(u->amf->plmn, out + 1);
	out[4] = (uint8_t)(tac >> 16);
	out[5] = (uint8_t)(tac >> 8);
	out[6] = (uint8_t)tac;
}

static void send_accept(struct amf_ue *u, bool with_guti)
{
	static const uint8_t nssai[] = {0x01, 0x01}, features[] = {0x01, 0x00};
	struct msg *msg = amf_message(u, MSG_REGISTRATION_ACCEPT);
	uint8_t tai_list[7], plain[MSG_NAS_MAX];
	const struct nas_registration_accept accept = {
		.result = u->non_3gpp ? NAS_NON_3GPP_ACCESS : NAS_3GPP_ACCESS, .has_guti = with_guti,
		.guti = amf_guti(u->amf, u->tmsi), .tai_list = {tai_list, sizeof tai_list},
		.allowed_nssai = {nssai, sizeof nssai}, .feature_support = {features, sizeof features},
		.t3512 = {true, gprs_timer3(u->amf->config->t3512_ns)}};

	area_of(u, tai_list);
	msg->attempt = u->run->resent;
	msg->ngap = u->type == NAS_INITIAL || u->non_3gpp ? NGAP_CONTEXT_SETUP_REQUEST
	                                                  : NGAP_DOWNLINK_NAS;
	amf_send_nas(u, msg, plain, nas_registration_accept(&accept, plain));
}

static uint8_t await_complete(struct amf_ue *u)
{
	send_accept(u, true);
	amf_start_timer(u, u->amf->config->t3550_ns, AMF_REGISTRATION, AMF_REG_E_T3550);
	return AMF_REG_COMPLETE;
}

static void record_accept(struct amf_ue *u)
{
	if (u->type == NAS_INITIAL)
		amf_record_success(u, REC_M_REGISTRATION_AMF, &u->run->at_request);
}

static uint8_t accept(struct amf_ue *u)
{
	bool with_guti = reallocates(u);

	record_accept(u);
	amf_count(u, is_update(u) ? NF_COUNT_UPDATES_ACCEPTED : NF_COUNT_REG_ACCEPTS);
	amf_become_registered(u);
	if (!with_guti) {
		send_accept(u, false);
		return done(u);
	}
	amf_allocate_guti(u);
	return await_complete(u);
}

static uint8_t secured(struct amf_ue *u)
{
	if (u->registered && u->type != NAS_INITIAL)
		return accept(u);
	u->run->step = 0;
	return next_call(u);
}

static uint8_t call_answered(struct amf_ue *u, const struct msg *answer)
{
	if (answer->cause != MSG_CAUSE_NONE)
		return refuse(u, answer->cause);
	if (answer->type == MSG_UDM_SUBSCRIBE_RSP)
		u->sdm = answer->context;
	if (answer->type == MSG_PCF_POLICY_RSP)
		u->policy = answer->context;
	if (++u->run->step < N_CALLS)
		return next_call(u);
	return accept(u);
}

static uint8_t completed(struct amf_ue *u)
{
	amf_stop_timer(u);
	amf_confirm_guti(u);
	if (u->type == NAS_INITIAL)
		amf_feed(u, AMF_CONFIGURATION, AMF_CONF_E_INFORM, NULL);
	return done(u);
}

/* 5.5.1.2.8 c: aborted; both 5G-GUTIs hold, the UE is registered. */
static uint8_t expired(struct amf_ue *u)
{
	if (!amf_repeats(u, AMF_REPETITIONS_t3550))
		return done(u);
	return await_complete(u);
}

static uint8_t no_answer(struct amf_ue *u)
{
	amf_count(u, NF_COUNT_SBI_TIMEOUTS);
	return refuse(u, MSG_CAUSE_PAYLOAD_NOT_FORWARDED);
}

/* 5.5.1.2.8 d, e: the same again is no news; another one begins anew. */
static uint8_t overlapping(struct amf_ue *u, const struct amf_input *input)
{
	uint8_t state = u->at[AMF_REGISTRATION];

	if (hash_of(&input->plain) == u->run->request_hash) {
		if (state == AMF_REG_COMPLETE) /* d: resent, not counted as a repetition */
			return await_complete(u);
		return state;
	}
	return request(u, input);
}

/* ---- the table ---- */

static uint8_t in_none(void *self, uint8_t event, const void *arg)
{
	if (event == AMF_REG_E_REQUEST)
		return request(self, arg);
	return AMF_REG_NONE; /* the answer to a repeated Accept that crossed; nothing to abort */
}

static uint8_t in_common(void *self, uint8_t event, const void *arg)
{
	if (event == AMF_REG_E_REQUEST)
		return overlapping(self, arg);
	return event == AMF_REG_E_SECURED ? secured(self) : AMF_REG_NONE;
}

static uint8_t in_subscription(void *self, uint8_t event, const void *arg)
{
	const struct amf_input *input = arg;

	switch (event) {
	case AMF_REG_E_REQUEST:
		return overlapping(self, arg);
	case AMF_REG_E_ANSWER:
		return call_answered(self, input->msg);
	case AMF_REG_E_SBI_TIMEOUT:
		return no_answer(self);
	default: /* AMF_REG_E_ABORT */
		return AMF_REG_NONE;
	}
}

static uint8_t in_complete(void *self, uint8_t event, const void *arg)
{
	switch (event) {
	case AMF_REG_E_REQUEST:
		return overlapping(self, arg);
	case AMF_REG_E_COMPLETE:
		return completed(self);
	case AMF_REG_E_T3550:
		return expired(self);
	default: /* AMF_REG_E_ABORT */
		return AMF_REG_NONE;
	}
}

static const char *const event_names[] = {
	[AMF_REG_E_REQUEST] = "Registration Request", [AMF_REG_E_SECURED] = "secure exchange",
	[AMF_REG_E_ANSWER] = "SBI answer", [AMF_REG_E_SBI_TIMEOUT] = "SBI timeout",
	[AMF_REG_E_COMPLETE] = "Registration Complete", [AMF_REG_E_T3550] = "T3550",
	[AMF_REG_E_ABORT] = "abort",
};
#define BIT SIM_FSM_BIT
enum {
	EVERY = BIT(AMF_REG_NONE) | BIT(AMF_REG_COMMON) | BIT(AMF_REG_SUBSCRIPTION) |
	        BIT(AMF_REG_COMPLETE)
};
static const struct sim_fsm_row rows[] = {
	{AMF_REG_NONE, "no registration under way", "TS 24.501 5.1.3.2.2",
	 BIT(AMF_REG_E_REQUEST) | BIT(AMF_REG_E_COMPLETE) | BIT(AMF_REG_E_ABORT), EVERY, in_none},
	{AMF_REG_COMMON, "5GMM-COMMON-PROCEDURE-INITIATED by a registration",
	 "TS 24.501 5.5.1.2.3, 5.5.1.2.8 e",
	 BIT(AMF_REG_E_REQUEST) | BIT(AMF_REG_E_SECURED) | BIT(AMF_REG_E_ABORT), EVERY, in_common},
	{AMF_REG_SUBSCRIPTION, "UECM, SDM and policy", "TS 23.502 4.2.2.2.2 steps 14, 16",
	 BIT(AMF_REG_E_REQUEST) | BIT(AMF_REG_E_ANSWER) | BIT(AMF_REG_E_SBI_TIMEOUT) |
	     BIT(AMF_REG_E_ABORT),
	 EVERY, in_subscription},
	{AMF_REG_COMPLETE, "5GMM-COMMON-PROCEDURE-INITIATED, T3550",
	 "TS 24.501 5.5.1.2.4, 5.5.1.2.8 c, d",
	 BIT(AMF_REG_E_REQUEST) | BIT(AMF_REG_E_COMPLETE) | BIT(AMF_REG_E_T3550) |
	     BIT(AMF_REG_E_ABORT),
	 EVERY, in_complete},
};
#undef BIT
const struct sim_fsm amf_registration = {
	.name = "registration at the AMF", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.event_names = event_names, .n_events = AMF_REG_N_EVENTS, .unexpected = amf_unexpected,
};
