/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      contexts of UEs at the AMF, their N2 associations (TS 38.413 8.3), who is replaced by
 *             whom, what waits until a UE can be reached, and how long a silent one is kept (TS
 *             24.501 5.3.7).
 * Leaves out  contexts moved between AMFs, overload control towards the gNBs (N2 Overload Start).
 * Sources     TS 38.413 8.3, 8.7.5; TS 23.502 4.2.2.2.2, 4.2.6; TS 24.501 5.3.7.
 */
#include "models/nf/amf_state.h"

#include "models/crypto/kdf.h"
#include "models/msg/eap.h"
#include "models/nf/gprs_timer.h"

#include <string.h>

void amf_wake(struct amf_ue *u)
{
	struct sim_handle handle;

	if (u->run)
		return;
	u->run = sim_pool_take(u->amf->runs, &handle);
	u->run->self = handle;
	u->run->of = u;
	u->run->span = sim_span_start(u->amf->env->sim->now_ns);
	u->run->fresh.ngksi = NAS_NGKSI_NONE;
	u->run->fresh.non_3gpp = u->non_3gpp;
}

static void give_run(struct amf_ue *u)
{
	if (!u->run)
		return;
	sim_timer_stop(u->amf->env->sim, &u->run->nas);
	guard_end(&u->amf->calls, &u->run->call);
	sim_pool_give(u->amf->runs, u->run->self);
	u->run = NULL;
}

/* ---- finding ---- */

struct amf_ue *amf_new_context(struct amf *amf, const struct msg *request)
{
	struct sim_handle handle;
	struct amf_ue *u = sim_pool_take(amf->ues, &handle);

	u->amf = amf;
	u->epoch = amf->epoch;
	u->ue = request->ue;
	u->procedure = request->procedure;
	u->ngksi = NAS_NGKSI_NONE - 1; /* the first given is 0 */
	u->security.ngksi = NAS_NGKSI_NONE;
	u->non_3gpp = u->security.non_3gpp = request->access == NGAP_N3IWF;
	amf_attach(u, request);
	u->run->span = request->span;
	return u;
}

struct amf_ue *amf_find(struct amf *amf, struct sim_handle handle)
{
	struct amf_ue *u = sim_pool_get(amf->ues, handle);

	if (u && u->epoch != amf->epoch) {
		give_run(u);
		sim_alarm_stop(amf->env->sim, &u->reachable);
		sim_pool_give(amf->ues, handle);
		return NULL;
	}
	return u;
}

struct amf_ue *amf_of_msin(struct amf *amf, uint64_t msin)
{
	uint64_t i = msin - HOME_MSIN_FIRST;

	return i < amf->env->n_ues ? amf_find(amf, amf->by_msin[i]) : NULL;
}

/* ---- connections ---- */

void amf_attach(struct amf_ue *u, const struct msg *msg)
{
	sim_alarm_stop(u->amf->env->sim, &u->reachable);
	u->missing = false;
	u->gnb = msg->from;
	u->ran = msg->ran;
	u->connected = true;
	u->secure = false;
	amf_wake(u);
}

static void send_release(struct amf *amf, struct msg *msg, uint16_t gnb)
{
	msg->ngap_cause = (struct ngap_cause){NGAP_CAUSE_NAS, NGAP_NAS_NORMAL_RELEASE};
	msg->octets = (uint16_t)msg_n2_octets(msg);
	nf_send(amf->env, amf->node, gnb, msg);
}

void amf_release(struct amf_ue *u)
{
	if (!u->connected)
		return;
	amf_abort_all(u);
	send_release(u->amf, amf_message(u, MSG_CONTEXT_RELEASE_COMMAND), u->gnb);
	u->connected = false;
	u->secure = false;
	if (!u->finished)
		amf_start_reachable_timer(u);
}

void amf_release_unknown(struct amf *amf, const struct msg *msg)
{
	struct msg *command = nf_message(amf->env, MSG_CONTEXT_RELEASE_COMMAND, msg);

	command->ran = msg->ran;
	command->asker = msg->context;
	send_release(amf, command, msg->from);
}

/* ---- the end of a context ---- */

void amf_abort_all(struct amf_ue *u)
{
	static const uint8_t abort_event[AMF_N_MACHINES] = {
		[AMF_REGISTRATION] = AMF_REG_E_ABORT, [AMF_IDENTITY] = AMF_ID_E_ABORT,
		[AMF_AUTHENTICATION] = AMF_AUTH_E_ABORT, [AMF_SECURITY_MODE] = AMF_SEC_E_ABORT,
		[AMF_CONFIGURATION] = AMF_CONF_E_ABORT, [AMF_DEREGISTRATION] = AMF_DEREG_E_ABORT,
		[AMF_PAGING] = AMF_PAGE_E_ABORT,
	};

	amf_stop_timer(u);
	guard_end(&u->amf->calls, &u->run->call);
	u->run->sbi_answer = MSG_NONE;
	for (int machine = 0; machine < AMF_N_MACHINES; machine++)
		if (machine != AMF_SERVICE)
			amf_feed(u, (enum amf_machine)machine, abort_event[machine], NULL);
}

void amf_purge(struct amf_ue *u)
{
	static const enum msg_type calls[] = {MSG_UDM_UNSUBSCRIBE, MSG_UDM_UECM_DEREGISTER,
		MSG_PCF_POLICY_DELETE};
	struct amf *amf = u->amf;

	if (!u->registered || !amf->config->purge)
		return;
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		struct msg *call = amf_message(u, calls[i]);
		call->asker = SIM_HANDLE_NONE;
		call->context = calls[i] == MSG_UDM_UNSUBSCRIBE    ? u->sdm
		                : calls[i] == MSG_PCF_POLICY_DELETE ? u->policy
		                                                    : SIM_HANDLE_NONE;
		call->subscription.msin = u->msin;
		call->access = u->non_3gpp ? NGAP_N3IWF : 0;
		nf_send(amf->env, amf->node,
		        calls[i] == MSG_PCF_POLICY_DELETE ? amf->pcf : amf->env->node.udm, call);
	}
}

void amf_finish(struct amf_ue *u)
{
	amf_wake(u);
	u->finished = true;
	u->then = 0;
	amf_abort_all(u);
	amf_release(u);
}

static bool is_busy(const struct amf_ue *u)
{
	return u->at[AMF_REGISTRATION] != AMF_REG_NONE || u->at[AMF_IDENTITY] != AMF_ID_NONE ||
	       u->at[AMF_AUTHENTICATION] != AMF_AUTH_NONE ||
	       u->at[AMF_SECURITY_MODE] != AMF_SEC_NONE ||
	       u->at[AMF_CONFIGURATION] != AMF_CONF_NONE ||
	       u->at[AMF_DEREGISTRATION] != AMF_DEREG_NONE;
}

/* What comes next begins a chain of its own. */
static bool is_at_rest(const struct amf_ue *u)
{
	return !is_busy(u) && u->at[AMF_PAGING] == AMF_PAGE_NONE && !u->asked &&
	       u->run->sbi_answer == MSG_NONE && u->then == 0 &&
	       u->run->fresh.ngksi == NAS_NGKSI_NONE &&
	       !sim_timer_running(u->amf->env->sim, &u->run->nas);
}

void amf_settle(struct amf_ue *u)
{
	struct amf *amf = u->amf;
	const struct sim_handle self = sim_pool_handle(u);
	uint32_t i = u->msin - HOME_MSIN_FIRST;

	if (u->run && (u->finished || is_at_rest(u)))
		give_run(u);
	if (!u->finished)
		return;
	if (u->registered && i < amf->env->n_ues && amf->by_msin[i].index == self.index &&
	    amf->by_msin[i].generation == self.generation)
		amf->by_msin[i] = SIM_HANDLE_NONE;
	sim_alarm_stop(amf->env->sim, &u->reachable);
	sim_pool_give(amf->ues, self);
}

/* TS 23.502 4.2.2.2.2 step 14. */
void amf_become_registered(struct amf_ue *u)
{
	struct amf *amf = u->amf;
	struct amf_ue *old = amf_of_msin(amf, u->msin);

	u->registered = true;
	if (old && old != u) {
		amf_wake(old);
		old->connected = false; /* the UE has left that connection for this one */
		amf_finish(old);
		amf_settle(old);
	}
	amf->by_msin[u->msin - HOME_MSIN_FIRST] = sim_pool_handle(u);
}

/* ---- from one procedure to the next ---- */

/* A UE that begins anew amid a procedure tears its chain: nobody can say where the time went. */
void amf_record_success(struct amf_ue *u, enum rec_latency_metric metric,
                        const struct sim_span *from)
{
	const struct sim_span inside = sim_span_since(&u->run->span, from);

	if (sim_span_began(&u->run->span) == sim_span_began(from))
		nf_record_latency(u->amf->env, metric, u->ue, from->since_ns, &inside, REC_OUTCOME_OK,
		                  true, 0, 1);
}

void amf_record_failure(struct amf_ue *u, uint8_t cause)
{
	struct nf_env *env = u->amf->env;

	if (u->asked)
		nf_record_latency(env, REC_M_AUTH, u->ue, u->run->at_ausf.since_ns, NULL,
		                  REC_OUTCOME_FAILED, false, cause, 1);
	if (!u->registered && u->type == NAS_INITIAL)
		nf_record_latency(env, REC_M_REGISTRATION_AMF, u->ue, u->run->at_request.since_ns, NULL,
		                  REC_OUTCOME_FAILED, false, cause, 1);
	u->asked = false;
}

/* With the EAP-Failure, when the method has come to that (24.501 5.4.1.2.2.11). */
static uint16_t authentication_reject(const struct amf_ue *u, uint8_t *plain)
{
	struct nas_message reject = {.type = NAS_AUTHENTICATION_REJECT};

	if (u->method != MSG_METHOD_5G_AKA && u->run->eap.n > 0 && u->run->eap.octets[0] == EAP_FAILURE)
		reject.authentication_reject.eap = (struct nas_octets){u->run->eap.octets, u->run->eap.n};
	return nas_encode(&reject, plain);
}

/* T3346 goes with congestion (5.5.1.2.5 #22) where the AMF controls it. */
static uint16_t registration_reject(const struct amf_ue *u, uint8_t cause, uint8_t *plain)
{
	const struct amf_config *config = u->amf->config;
	struct nas_message reject = {.type = NAS_REGISTRATION_REJECT};

	if (cause != MSG_CAUSE_CONGESTION || config->admitted_hz <= 0)
		return nas_registration_reject(cause, plain);
	reject.registration_reject = (struct nas_registration_reject){.cause = cause,
		.t3346 = {true, gprs_timer2(config->t3346_ns)}};
	return nas_encode(&reject, plain);
}

/* The generic cell rate algorithm with a burst of one second (ITU-T I.371). */
bool amf_is_congested(struct amf *amf)
{
	const double rate_hz = amf->config->admitted_hz;
	const int64_t now_ns = amf->env->sim->now_ns;

	if (rate_hz <= 0)
		return false;
	if (amf->admitted_until_ns > now_ns + SIM_NS_PER_S)
		return true;
	if (amf->admitted_until_ns < now_ns)
		amf->admitted_until_ns = now_ns;
	amf->admitted_until_ns += (int64_t)((double)SIM_NS_PER_S / rate_hz);
	return false;
}

/* What the SBI says beside 5GMM: TS 29.500 5.2.7; to the UE it is #90. */
void amf_reject(struct amf_ue *u, enum msg_type type, uint8_t sbi_cause)
{
	const uint8_t cause = sbi_cause == MSG_CAUSE_TARGET_NOT_REACHABLE
	                          ? MSG_CAUSE_PAYLOAD_NOT_FORWARDED
	                          : sbi_cause;
	bool again = type == MSG_REGISTRATION_REJECT && u->registered; /* its context stays */
	bool asked_for = u->at[AMF_REGISTRATION] != AMF_REG_NONE || !u->registered;
	struct msg *msg;
	uint8_t plain[MSG_NAS_MAX];
	uint16_t n = type == MSG_AUTHENTICATION_REJECT ? authentication_reject(u, plain)
	                                               : registration_reject(u, cause, plain);

	amf_record_failure(u, cause);
	if (again && !asked_for) /* an authentication of ours that could not be carried out */
		return;
	amf_count(u, type == MSG_AUTHENTICATION_REJECT ? NF_COUNT_AUTH_REJECTS
	                                               : NF_COUNT_REG_REJECTS);
	msg = amf_message(u, type);
	msg->cause = cause;
	amf_send_nas(u, msg, plain, n);
	if (again)
		amf_release(u);
	else
		amf_finish(u);
}

void amf_identify(struct amf_ue *u)
{
	amf_feed(u, AMF_IDENTITY, AMF_ID_E_BEGIN, NULL);
}

/* TS 33.501 6.2.2, A.7: KAMF; the context that security mode control takes into use. */
void amf_authenticated(struct amf_ue *u, const struct msg_key *key)
{
	static const uint8_t abba[2] = {0, 0}; /* A.7.1 */
	struct nf_env *env = u->amf->env;
	char supi[ID_SUPI_TEXT];

	u->msin = (uint32_t)key->msin;
	home_supi_text(u->amf->home, u->msin, supi);
	crypto_kamf(env->crypto, nf_suite(env, u->ue), key->key, supi, abba, u->run->fresh.kamf);
	u->run->fresh.ngksi = u->ngksi;
	security_begin(&u->run->fresh);
	amf_feed(u, AMF_SECURITY_MODE, AMF_SEC_E_BEGIN, NULL);
}

void amf_secured(struct amf_ue *u)
{
	if (u->at[AMF_REGISTRATION] == AMF_REG_COMMON)
		amf_feed(u, AMF_REGISTRATION, AMF_REG_E_SECURED, NULL);
	else
		amf_do_what_waits(u);
}

/* ---- reaching a UE ---- */

void amf_do_what_waits(struct amf_ue *u)
{
	if (u->then == 0 || !u->connected || is_busy(u))
		return;
	if (u->then & AMF_THEN_DEREGISTER) {
		u->then = 0;
		amf_begin_procedure(u);
		amf_feed(u, AMF_DEREGISTRATION, AMF_DEREG_E_BEGIN, NULL);
	} else if (u->then & AMF_THEN_AUTHENTICATE) {
		u->then &= (uint8_t)~AMF_THEN_AUTHENTICATE;
		amf_begin_procedure(u);
		u->run->identity = (struct msg_identity){.tmsi = u->tmsi};
		u->by_guti = true;
		u->run->resync = 0;
		u->run->retried = 0;
		u->retransmit = false;
		amf_feed(u, AMF_AUTHENTICATION, AMF_AUTH_E_BEGIN, NULL);
	} else {
		u->then = 0;
	}
}

void amf_reach(struct amf_ue *u, uint8_t then)
{
	u->then |= then;
	if (u->connected) {
		amf_do_what_waits(u);
	} else if (!u->non_3gpp) { /* nobody is paged over an IKE SA that is gone: 23.501 5.5.3 */
		amf_begin_procedure(u);
		amf_feed(u, AMF_PAGING, AMF_PAGE_E_BEGIN, NULL);
	}
}

uint32_t amf_octets_each(void)
{
	/* by_msin, tmsi_of, triggered, by_tmsi */
	return (uint32_t)(sim_pool_octets_each(sizeof(struct amf_ue)) + sizeof(struct sim_handle) +
	                  sizeof(uint32_t) + sizeof(uint16_t) + NF_NUMBERS_MOST);
}
