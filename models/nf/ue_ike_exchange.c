/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the UE's side of IKEv2 with EAP-5G: one request at a time, retransmitted until it is
 *             answered (RFC 7296 2.1); the N3IWF's certificate and AUTH checked before any NAS is
 *             sent; NAS within EAP-5G until the IPsec SA stands, over it afterwards; liveness
 *             checks answered.
 * Leaves out  finding an N3IWF by DNS (TS 23.502 4.12.2.2 step 1: it is known), cookies, rekeying,
 *             MOBIKE, child SAs of PDU sessions, TCP within the SA but for its header.
 * Sources     TS 33.501 7.2.1; TS 24.502 7.3; RFC 7296; the clauses named in the table at the end.
 */
#include "models/nf/ue_ike_state.h"

#include <string.h>

static void trace(struct ue_ike *u, enum msg_type type, uint8_t outcome, uint16_t cause)
{
	nf_trace_step(u->all->env, NF_TRACE_UE, u->number, NF_P_MESSAGE, type, outcome, (uint8_t)cause);
}

static int64_t cost(const struct ue_ike *u, enum crypto_op op)
{
	return u->all->env->cost->ns[op];
}

/* ---- sending ---- */

/* The span of a message that goes after some work of the UE's own. */
static void mark_work(struct sim_span *span, int64_t work_ns)
{
	span->part_ns[SIM_PART_CRYPTO] += work_ns;
	span->since_ns += work_ns;
}

static void transmit(struct ue_ike *u, const struct msg *what, int64_t work_ns)
{
	struct nf_env *env = u->all->env;
	struct msg *msg = nf_message(env, (enum msg_type)what->type, what);
	struct sim_handle own = msg->self;

	*msg = *what;
	msg->self = own;
	wlan_up(u->all->wlan, u->number, msg, work_ns);
}

static void start_timer(struct ue_ike *u, int64_t work_ns)
{
	sim_timer_stop(u->all->env->sim, &u->timer);
	sim_timer_start(u->all->env->sim, &u->timer,
	                work_ns + (u->all->config->timeout_ns << u->tries), NF_KIND_IKE, 0, u->number, 0);
}

/* A request of the present SA, ready but for its header. */
static void request(struct ue_ike *u, struct msg *msg, int64_t work_ns)
{
	msg->uplink = true;
	msg->ike.spi_i = u->sa.x.spi_i;
	msg->ike.spi_r = u->sa.x.spi_r;
	msg->ike.id = msg->type == MSG_IKE_SA_INIT ? 0 : ++u->id;
	memcpy(msg->ike.keymat, u->sa.keys.ei, sizeof msg->ike.keymat);
	msg->octets = (uint16_t)msg_nwu_octets(msg, u->all->plmn);
	u->request = *msg;
	u->waiting = true;
	u->tries = 0;
	u->exchanges++;
	start_timer(u, work_ns);
	transmit(u, msg, work_ns);
}

/* A message of the UE's own that continues the chain of `cause_of`. */
static struct msg draft(struct ue_ike *u, enum msg_type type, const struct sim_span *span,
                        uint8_t part, int64_t work_ns)
{
	struct msg msg = {.type = (uint8_t)type, .ue = u->number, .procedure = u->procedure,
		.span = *span, .ike = {.part = part, .eap_identifier = u->eap_identifier}};

	mark_work(&msg.span, work_ns);
	return msg;
}

static void send_init(struct ue_ike *u)
{
	struct nf_env *env = u->all->env;
	int64_t work_ns = cost(u, CRYPTO_OP_DH_KEY);
	struct msg msg;

	sim_span_mark(&u->span, env->sim->now_ns, SIM_PART_RADIO);
	msg = draft(u, MSG_IKE_SA_INIT, &u->span, MSG_IKE_INIT, work_ns);
	nwu_draw(env, u->number, u->procedure, 0, &u->sa, &msg.ike);
	msg.uplink = true;
	u->sa.n_init_i = (uint16_t)msg_ike_init_octets(&msg, u->all->plmn, u->sa.init_i);
	request(u, &msg, work_ns);
}

static void send_open(struct ue_ike *u, const struct msg *answer)
{
	int64_t work_ns = cost(u, CRYPTO_OP_DH) + cost(u, CRYPTO_OP_IKE_KEYS) + cost(u, CRYPTO_OP_AEAD);
	struct msg msg = draft(u, MSG_IKE_AUTH, &answer->span, MSG_IKE_OPEN, work_ns);

	memcpy(msg.ike.identity, u->sa.identity, sizeof msg.ike.identity);
	nwu_operator_key(u->all->env, u->number, msg.ike.cert_key);
	msg.ike.esp_spi = (uint32_t)u->sa.x.spi_i | 1;
	request(u, &msg, work_ns);
}

static bool send_final(struct ue_ike *u, const struct msg *answer)
{
	int64_t work_ns = cost(u, CRYPTO_OP_KGNB) + 2 * cost(u, CRYPTO_OP_MAC) +
	                  2 * cost(u, CRYPTO_OP_AEAD);
	struct msg msg = draft(u, MSG_IKE_AUTH, &answer->span, MSG_IKE_FINAL, work_ns);
	uint8_t key[32];

	if (!u->all->user.key(u->all->user.context, u->number, key))
		return false;
	nwu_auth(u->all->env, u->number, &u->sa, u->all->plmn, true, key, msg.ike.auth);
	request(u, &msg, work_ns);
	return true;
}

/* Said once, without waiting for an answer: the SA is over at this end. */
static void say_goodbye(struct ue_ike *u, enum msg_type type, uint8_t part, uint16_t notify)
{
	const struct sim_span span = sim_span_start(u->all->env->sim->now_ns);
	struct msg msg = draft(u, type, &span, part, 0);

	msg.ike.notify = notify;
	request(u, &msg, 0);
}

/* ---- the end of an SA ---- */

/* A new SA of this UE may be made from now on; this one is freed when the present event is over. */
static uint8_t finish(struct ue_ike *u, enum ue_ike_ending ending, const struct sim_span *span)
{
	struct ue_ikes *ikes = u->all;

	sim_timer_stop(ikes->env->sim, &u->timer);
	wlan_release(ikes->wlan, u->number);
	ikes->of[u->number] = SIM_HANDLE_NONE;
	u->finished = true;
	u->ending = (uint8_t)ending;
	if (span)
		u->span = *span;
	return IKE_S_IDLE;
}

/* Given up. Who waits for the connection hears so, who has it hears that it is gone. */
static uint8_t fail(struct ue_ike *u, uint16_t cause)
{
	struct sim_span span = u->span;

	u->all->env->counter[NF_COUNT_IKE_FAILURES]++;
	trace(u, MSG_IKE_AUTH, 1, cause);
	sim_span_mark(&span, u->all->env->sim->now_ns, SIM_PART_TIMER);
	return finish(u, u->state < IKE_S_EAP ? ENDS_UNCONNECTED : ENDS_RELEASED, &span);
}

/* ---- what is received ---- */

static void give_to_ue(struct ue_ike *u, const struct msg *msg)
{
	struct nf_env *env = u->all->env;
	struct msg *nas = nf_message(env, (enum msg_type)msg->ike.inner, msg);

	nas->nas_octets = msg->nas_octets;
	memcpy(nas->nas, msg->nas, msg->nas_octets);
	nas->attempt = msg->attempt;
	nas->cause = msg->cause;
	nas->secured = msg->nas_octets > 1 && msg->nas[1] != 0;
	u->all->user.at_ue(u->all->user.context, u->number, nas);
}

static uint8_t init_answered(struct ue_ike *u, const struct msg *answer)
{
	if (answer->ike.part != MSG_IKE_INIT)
		return fail(u, answer->ike.notify);
	u->sa.x.spi_r = answer->ike.spi_r;
	memcpy(u->sa.x.nonce_r, answer->ike.nonce, sizeof u->sa.x.nonce_r);
	u->sa.n_init_r = (uint16_t)msg_ike_init_octets(answer, u->all->plmn, u->sa.init_r);
	if (!nwu_agree(u->all->env, u->number, &u->sa, answer->ike.ke))
		return fail(u, IKE_INVALID_KE_PAYLOAD);
	send_open(u, answer);
	return IKE_S_OPEN;
}

/* TS 33.501 7.2.1 step 4: the N3IWF's certificate and AUTH, before anything is told to it. */
static uint8_t open_answered(struct ue_ike *u, const struct msg *answer)
{
	if (answer->ike.part != MSG_IKE_OPEN)
		return fail(u, answer->ike.notify);
	if (!nwu_is_genuine(u->all->env, u->number, &u->sa, u->all->plmn, &answer->ike)) {
		say_goodbye(u, MSG_IKE_INFORMATIONAL, MSG_IKE_ERROR, IKE_AUTHENTICATION_FAILED);
		return fail(u, IKE_AUTHENTICATION_FAILED);
	}
	u->eap_identifier = answer->ike.eap_identifier;
	u->work_ns = 2 * cost(u, CRYPTO_OP_VERIFY);
	u->state = IKE_S_EAP; /* so that the UE may send at once */
	u->all->user.connected(u->all->user.context, u->number, true, &answer->span);
	return u->state; /* the UE may have ended it meanwhile */
}

static uint8_t eap_answered(struct ue_ike *u, const struct msg *answer)
{
	u->eap_identifier = answer->ike.eap_identifier;
	if (answer->ike.part == MSG_IKE_NAS) {
		give_to_ue(u, answer);
		return u->state;
	}
	if (answer->ike.part == MSG_IKE_SUCCESS)
		return send_final(u, answer) ? IKE_S_FINAL : fail(u, IKE_AUTHENTICATION_FAILED);
	return finish(u, ENDS_RELEASED, &answer->span); /* EAP-Failure, or an error */
}

static uint8_t final_answered(struct ue_ike *u, const struct msg *answer)
{
	uint8_t key[32], auth[32];

	if (answer->ike.part != MSG_IKE_FINAL || !u->all->user.key(u->all->user.context, u->number, key))
		return fail(u, answer->ike.notify);
	nwu_auth(u->all->env, u->number, &u->sa, u->all->plmn, false, key, auth);
	if (memcmp(auth, answer->ike.auth, sizeof auth) != 0)
		return fail(u, IKE_AUTHENTICATION_FAILED);
	nwu_child(u->all->env, u->number, &u->sa);
	return IKE_S_SECURE;
}

/* A request of the N3IWF: liveness (RFC 7296 2.4) or the end (1.4.1). */
static uint8_t requested(struct ue_ike *u, const struct msg *asked)
{
	struct msg msg = draft(u, MSG_IKE_INFORMATIONAL_RSP, &asked->span, MSG_IKE_ALIVE, 0);

	msg.uplink = true;
	msg.ike.spi_i = u->sa.x.spi_i;
	msg.ike.spi_r = u->sa.x.spi_r;
	msg.ike.id = asked->ike.id;
	msg.attempt = asked->attempt;
	memcpy(msg.ike.keymat, u->sa.keys.ei, sizeof msg.ike.keymat);
	msg.octets = (uint16_t)msg_nwu_octets(&msg, u->all->plmn);
	transmit(u, &msg, 0);
	return asked->ike.part == MSG_IKE_DELETE ? finish(u, ENDS_RELEASED, &asked->span) : u->state;
}

/* ---- the table ---- */

static uint8_t timed_out(struct ue_ike *u)
{
	sim_span_mark(&u->request.span, u->all->env->sim->now_ns, SIM_PART_TIMER);
	if (++u->tries >= u->all->config->tries)
		return fail(u, 0);
	u->all->env->counter[NF_COUNT_IKE_RETRANSMISSIONS]++;
	u->request.attempt = u->tries;
	start_timer(u, 0);
	transmit(u, &u->request, 0);
	return u->state;
}

/* The N3IWF hears it when there is something to be ended. */
static uint8_t released(struct ue_ike *u)
{
	if (u->state == IKE_S_SECURE)
		say_goodbye(u, MSG_IKE_INFORMATIONAL, MSG_IKE_DELETE, 0);
	else if (u->state == IKE_S_EAP && !u->waiting)
		say_goodbye(u, MSG_IKE_AUTH, MSG_IKE_STOP, 0);
	return finish(u, ENDS_SILENTLY, NULL);
}

static uint8_t in_idle(void *self, uint8_t event, const void *arg)
{
	struct ue_ike *u = self;

	(void)event;
	(void)arg;
	wlan_associate(u->all->wlan, u->number, u->procedure);
	return IKE_S_ASSOCIATING;
}

static uint8_t in_associating(void *self, uint8_t event, const void *arg)
{
	(void)arg;
	if (event == IKE_E_RELEASE)
		return released(self);
	send_init(self);
	return IKE_S_INIT;
}

static uint8_t in_init(void *self, uint8_t event, const void *arg)
{
	const struct ue_ike_input *input = arg;

	if (event == IKE_E_TIMEOUT)
		return timed_out(self);
	return event == IKE_E_RELEASE ? released(self) : init_answered(self, input->msg);
}

static uint8_t in_open(void *self, uint8_t event, const void *arg)
{
	const struct ue_ike_input *input = arg;

	if (event == IKE_E_TIMEOUT)
		return timed_out(self);
	return event == IKE_E_RELEASE ? released(self) : open_answered(self, input->msg);
}

/* Lockstep: one NAS message for each of the N3IWF's (TS 24.502 7.3.3). */
static uint8_t nas_in_eap(struct ue_ike *u, const struct ue_ike_input *input)
{
	int64_t work_ns = input->work_ns + u->work_ns + 2 * cost(u, CRYPTO_OP_AEAD);
	struct msg msg = draft(u, MSG_IKE_AUTH, &input->msg->span, MSG_IKE_NAS,
	                       work_ns - input->work_ns);

	if (u->waiting) {
		u->all->env->counter[NF_COUNT_STALE]++;
		return u->state;
	}
	msg.procedure = input->msg->procedure;
	msg.attempt = input->msg->attempt;
	msg.ike.inner = input->msg->type;
	msg.nas_octets = input->msg->nas_octets;
	memcpy(msg.nas, input->msg->nas, msg.nas_octets);
	u->work_ns = 0;
	request(u, &msg, work_ns);
	return u->state;
}

static uint8_t in_eap(void *self, uint8_t event, const void *arg)
{
	const struct ue_ike_input *input = arg;

	switch (event) {
	case IKE_E_TIMEOUT: return timed_out(self);
	case IKE_E_RELEASE: return released(self);
	case IKE_E_NAS_UP: return nas_in_eap(self, input);
	case IKE_E_REQUEST: return requested(self, input->msg);
	default: return eap_answered(self, input->msg);
	}
}

static uint8_t in_final(void *self, uint8_t event, const void *arg)
{
	const struct ue_ike_input *input = arg;

	if (event == IKE_E_TIMEOUT)
		return timed_out(self);
	return event == IKE_E_RELEASE ? released(self) : final_answered(self, input->msg);
}

/* TS 24.502 7.5.2: NAS in its envelope over TCP within the signalling IPsec SA. */
static uint8_t nas_in_esp(struct ue_ike *u, const struct ue_ike_input *input)
{
	struct msg msg = draft(u, MSG_NWU_NAS, &input->msg->span, MSG_IKE_NAS,
	                       cost(u, CRYPTO_OP_AEAD));

	msg.procedure = input->msg->procedure;
	msg.attempt = input->msg->attempt;
	msg.ike.inner = input->msg->type;
	msg.ike.id = ++u->sa.esp_sequence;
	msg.ike.spi_i = u->sa.x.spi_i;
	msg.ike.spi_r = u->sa.x.spi_r;
	msg.nas_octets = input->msg->nas_octets;
	memcpy(msg.nas, input->msg->nas, msg.nas_octets);
	memcpy(msg.ike.keymat, u->sa.esp_i, sizeof msg.ike.keymat);
	msg.octets = (uint16_t)msg_nwu_octets(&msg, u->all->plmn);
	transmit(u, &msg, input->work_ns + cost(u, CRYPTO_OP_AEAD));
	return u->state;
}

static uint8_t in_secure(void *self, uint8_t event, const void *arg)
{
	const struct ue_ike_input *input = arg;
	struct ue_ike *u = self;

	switch (event) {
	case IKE_E_RELEASE: return released(u);
	case IKE_E_NAS_UP: return nas_in_esp(u, input);
	case IKE_E_REQUEST: return requested(u, input->msg);
	default: give_to_ue(u, input->msg); return u->state;
	}
}

static const char *const event_names[IKE_N_EVENTS] = {
	[IKE_E_CONNECT] = "connect",       [IKE_E_ASSOCIATED] = "WLAN associated",
	[IKE_E_RESPONSE] = "response",     [IKE_E_REQUEST] = "request of the N3IWF",
	[IKE_E_NAS_UP] = "NAS to be sent", [IKE_E_NAS_DOWN] = "NAS over IPsec",
	[IKE_E_TIMEOUT] = "timeout",       [IKE_E_RELEASE] = "release"};

#define ON(event) SIM_FSM_BIT(IKE_E_##event)
#define TO(state) SIM_FSM_BIT(IKE_S_##state)
static const struct sim_fsm_row rows[] = {
	{IKE_S_IDLE, "idle", "TS 24.502 7.2", ON(CONNECT), TO(ASSOCIATING), in_idle},
	{IKE_S_ASSOCIATING, "associating", "TS 23.502 4.12.2.2 step 1", ON(ASSOCIATED) | ON(RELEASE),
	 TO(INIT) | TO(IDLE), in_associating},
	{IKE_S_INIT, "IKE_SA_INIT sent", "TS 33.501 7.2.1 step 2; RFC 7296 1.2",
	 ON(RESPONSE) | ON(TIMEOUT) | ON(RELEASE), TO(INIT) | TO(OPEN) | TO(IDLE), in_init},
	{IKE_S_OPEN, "IKE_AUTH without AUTH sent", "TS 33.501 7.2.1 steps 3, 4; RFC 7296 2.16",
	 ON(RESPONSE) | ON(TIMEOUT) | ON(RELEASE), TO(OPEN) | TO(EAP) | TO(IDLE), in_open},
	{IKE_S_EAP, "EAP-5G", "TS 33.501 7.2.1 steps 5 to 10; TS 24.502 7.3.3",
	 ON(RESPONSE) | ON(REQUEST) | ON(NAS_UP) | ON(TIMEOUT) | ON(RELEASE),
	 TO(EAP) | TO(FINAL) | TO(IDLE), in_eap},
	{IKE_S_FINAL, "AUTH sent", "TS 33.501 7.2.1 step 11", ON(RESPONSE) | ON(TIMEOUT) | ON(RELEASE),
	 TO(FINAL) | TO(SECURE) | TO(IDLE), in_final},
	{IKE_S_SECURE, "signalling IPsec SA", "TS 33.501 7.2.1 step 12; TS 24.502 7.5",
	 ON(REQUEST) | ON(NAS_UP) | ON(NAS_DOWN) | ON(RELEASE), TO(SECURE) | TO(IDLE), in_secure},
};
#undef ON
#undef TO

static void unexpected(void *self, uint8_t state, uint8_t event, const void *arg)
{
	struct ue_ike *u = self;

	(void)state;
	(void)event;
	(void)arg;
	u->all->env->counter[NF_COUNT_UNEXPECTED]++;
}

const struct sim_fsm ue_ike_fsm = {
	.name = "UE, IKEv2", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.event_names = event_names, .n_events = IKE_N_EVENTS, .unexpected = unexpected,
};
