/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      an N3IWF: an IKE SA for each UE with EAP-5G around its NAS; its answers kept for
 *             requests that come again (RFC 7296 2.1); KN3IWF of the Initial Context Setup Request
 *             behind AUTH; NAS over the signalling IPsec SA; liveness checks; every end told to the
 *             other side.
 * Leaves out  PDU sessions and their child SAs, rekeying, cookies, fragmentation, TCP within the SA
 *             but for its header; NAS that comes with the Initial Context Setup Request
 *             waits for the SA.
 * Sources     TS 33.501 7.2.1, TS 23.502 4.12.2.2, TS 24.502 7.3, TS 38.413 8.3, RFC 7296.
 */
#include "models/nf/n3iwf.h"

#include "models/msg/msg_ngap.h"
#include "models/nf/anchors.h"
#include "models/nf/index.h"
#include "models/nf/nwu.h"
#include <string.h>

enum state { SA_INIT, SA_OPEN, SA_EAP, SA_FINAL /* KN3IWF is here */, SA_SECURE };
enum { OWN_SECRET = 0 };

struct sa {
	struct sim_handle self;  /* RAN UE NGAP ID */
	uint8_t state;
	uint8_t eap_identifier;
	bool waiting;            /* the UE's request `last_id` has no answer yet     */
	uint8_t asked;           /* transmissions of an own request without an answer */
	uint16_t ap;             /* node behind which the UE is                      */
	uint32_t ue, procedure;  /* bookkeeping                                      */
	uint32_t epoch;          /* of the N3IWF, when the SA was made               */
	uint32_t last_id;        /* of the latest request                            */
	uint32_t own_id;         /* of the next request of its own                   */
	int64_t heard_ns;
	struct sim_handle wlan;  /* the UE's association with its access point       */
	struct sim_handle amf;   /* AMF UE NGAP ID                                   */
	struct nwu_sa nwu;
	uint8_t kn3iwf[32];
	struct msg answer;       /* to `last_id`, sent again when that comes again   */
	struct msg held;         /* NAS of the Initial Context Setup Request, type MSG_NONE: none */
	struct sim_timer timer;
};

struct n3iwf {
	struct nf_env *env;
	const struct n3iwf_config *config;
	struct id_plmn plmn;
	uint8_t operator_seed[32], own_seed[32];
	struct sim_pool *pool;
	uint32_t epoch;         /* counts crashes: an older SA is gone */
	struct nf_index by_spi; /* SPIs of both ends to SAs: RFC 7296 2.1, 2.6 */
};

struct n3iwf *n3iwf_new(struct nf_env *env, const struct n3iwf_config *config, struct id_plmn plmn,
                        const uint8_t operator_seed[32])
{
	struct n3iwf *f = sim_arena_alloc(env->sim->arena, sizeof *f);

	*f = (struct n3iwf){.env = env, .config = config, .plmn = plmn};
	memcpy(f->operator_seed, operator_seed, sizeof f->operator_seed);
	nf_own_secret(env, env->node.n3iwf, OWN_SECRET, f->own_seed);
	f->pool = sim_pool_new(env->sim->arena, sizeof(struct sa), 16);
	nf_index_init(&f->by_spi, env->sim->arena, 64);
	return f;
}

static struct sa *find(struct n3iwf *f, struct sim_handle handle)
{
	struct sa *sa = sim_pool_get(f->pool, handle);

	if (sa && sa->epoch != f->epoch) {
		sim_timer_stop(f->env->sim, &sa->timer);
		sim_pool_give(f->pool, handle);
		return NULL;
	}
	return sa;
}

static struct sa *find_spi(struct n3iwf *f, uint64_t spi)
{
	uint64_t handle;

	return nf_index_get(&f->by_spi, spi, &handle) ? find(f, sim_handle_unpack(handle)) : NULL;
}

/* ---- timer: half open, or silent ---- */

static void start_timer(struct n3iwf *f, struct sa *sa, int64_t after_ns)
{
	sim_timer_stop(f->env->sim, &sa->timer);
	if (after_ns >= 0)
		sim_timer_start(f->env->sim, &sa->timer, after_ns, NF_KIND_TIMER, 0, f->env->node.n3iwf,
		                sim_handle_pack(sa->self));
}

static void forget(struct n3iwf *f, struct sa *sa)
{
	sim_timer_stop(f->env->sim, &sa->timer);
	nf_index_remove(&f->by_spi, sa->nwu.x.spi_i);
	nf_index_remove(&f->by_spi, sa->nwu.x.spi_r);
	sim_pool_give(f->pool, sa->self);
}

/* ---- towards the UE ---- */

static void transmit(struct n3iwf *f, const struct sa *sa, const struct msg *what)
{
	struct msg *msg = nf_copy(f->env, what);

	msg->ran = sa->wlan;
	nf_send(f->env, f->env->node.n3iwf, sa->ap, msg);
}

static struct msg draft(const struct sa *sa, enum msg_type type, uint8_t part,
                        const struct msg *cause_of)
{
	struct msg msg = {.type = (uint8_t)type, .ue = sa->ue, .procedure = cause_of->procedure,
		.span = cause_of->span, .attempt = cause_of->attempt,
		.ike = {.part = part, .spi_i = sa->nwu.x.spi_i, .spi_r = sa->nwu.x.spi_r,
		        .eap_identifier = sa->eap_identifier}};

	memcpy(msg.ike.keymat, sa->nwu.keys.er, sizeof msg.ike.keymat);
	return msg;
}

/* The answer to the UE's latest request. */
static void answer(struct n3iwf *f, struct sa *sa, struct msg *msg)
{
	msg->ike.id = sa->last_id;
	msg->octets = (uint16_t)msg_nwu_octets(msg, f->plmn);
	sa->answer = *msg;
	sa->waiting = false;
	transmit(f, sa, msg);
}

static void carry_nas(struct msg *msg, const struct msg *nas)
{
	msg->ike.inner = nas->type;
	msg->cause = nas->cause;
	msg->nas_octets = nas->nas_octets;
	memcpy(msg->nas, nas->nas, nas->nas_octets);
}

/* TS 24.502 7.5.2 */
static void send_nas_over_ipsec(struct n3iwf *f, struct sa *sa, const struct msg *nas,
                                const struct sim_span *span)
{
	struct msg msg = draft(sa, MSG_NWU_NAS, MSG_IKE_NAS, nas);

	msg.span = *span;
	carry_nas(&msg, nas);
	msg.ike.id = ++sa->nwu.esp_sequence;
	memcpy(msg.ike.keymat, sa->nwu.esp_r, sizeof msg.ike.keymat);
	msg.octets = (uint16_t)msg_nwu_octets(&msg, f->plmn);
	transmit(f, sa, &msg);
}

/* A request of its own: INFORMATIONAL, again until answered when it asks for life. */
static void ask(struct n3iwf *f, struct sa *sa, uint8_t part, const struct sim_span *span)
{
	struct msg cause = {.procedure = sa->procedure, .span = *span};
	struct msg msg = draft(sa, MSG_IKE_INFORMATIONAL, part, &cause);

	msg.ike.id = sa->own_id;
	msg.attempt = sa->asked;
	msg.octets = (uint16_t)msg_nwu_octets(&msg, f->plmn);
	transmit(f, sa, &msg);
}

/* ---- towards the AMF ---- */

static void send_to_amf(struct n3iwf *f, struct sa *sa, struct msg *msg)
{
	msg->access = NGAP_N3IWF;
	msg->uplink = true;
	msg->ran = sa->self;
	msg->context = sa->amf;
	msg->octets = (uint16_t)msg_n2_octets(msg);
	nf_send(f->env, f->env->node.n3iwf, f->env->node.amf, msg);
}

static void forward_nas(struct n3iwf *f, struct sa *sa, const struct msg *from)
{
	struct msg *msg = nf_message(f->env, (enum msg_type)from->ike.inner, from);

	msg->nas_octets = from->nas_octets;
	memcpy(msg->nas, from->nas, from->nas_octets);
	msg->attempt = from->attempt;
	msg->secured = from->nas_octets > 1 && from->nas[1] != 0;
	msg->ngap = sa->amf.generation ? NGAP_UPLINK_NAS : NGAP_INITIAL_UE_MESSAGE;
	send_to_amf(f, sa, msg);
}

static void tell_amf(struct n3iwf *f, struct sa *sa, enum msg_type type, uint8_t ngap,
                     struct ngap_cause cause, const struct msg *cause_of)
{
	struct msg *msg = nf_message(f->env, type, cause_of);

	msg->ngap = ngap;
	msg->ngap_cause = cause;
	send_to_amf(f, sa, msg);
}

/* TS 38.413 8.3.2: the SA is gone, the AMF is asked to release the UE's context. */
static void end(struct n3iwf *f, struct sa *sa, struct ngap_cause cause, const struct msg *cause_of)
{
	if (sa->amf.generation)
		tell_amf(f, sa, MSG_CONTEXT_RELEASE_REQUEST, NGAP_RELEASE_REQUEST, cause, cause_of);
	forget(f, sa);
}

/* ---- what a UE says ---- */

static struct sa *new_sa(struct n3iwf *f, const struct msg *init)
{
	struct sim_handle handle;
	struct sa *sa = sim_pool_take(f->pool, &handle);

	sa->self = handle;
	sa->ue = init->ue;
	sa->epoch = f->epoch;
	sa->procedure = init->procedure;
	sa->heard_ns = f->env->sim->now_ns;
	sa->nwu.x.spi_i = init->ike.spi_i;
	nf_index_put(&f->by_spi, init->ike.spi_i, sim_handle_pack(handle));
	start_timer(f, sa, f->config->half_open_ns);
	return sa;
}

static void init_received(struct n3iwf *f, struct sa *sa, const struct msg *init)
{
	struct msg msg;

	memcpy(sa->nwu.x.nonce_i, init->ike.nonce, sizeof sa->nwu.x.nonce_i);
	sa->nwu.n_init_i = (uint16_t)msg_ike_init_octets(init, f->plmn, sa->nwu.init_i);
	msg = draft(sa, MSG_IKE_SA_INIT_RSP, MSG_IKE_INIT, init);
	nwu_draw(f->env, sa->ue, sa->procedure, 1, &sa->nwu, &msg.ike);
	nf_index_put(&f->by_spi, msg.ike.spi_r, sim_handle_pack(sa->self));
	if (!nwu_agree(f->env, sa->ue, &sa->nwu, init->ike.ke)) {
		msg.ike.part = MSG_IKE_ERROR;
		msg.ike.notify = IKE_INVALID_KE_PAYLOAD;
		answer(f, sa, &msg);
		forget(f, sa);
		return;
	}
	sa->nwu.n_init_r = (uint16_t)msg_ike_init_octets(&msg, f->plmn, sa->nwu.init_r);
	answer(f, sa, &msg);
	sa->state = SA_OPEN;
}

/* TS 33.501 7.2.1 step 4 */
static void open_received(struct n3iwf *f, struct sa *sa, const struct msg *open)
{
	struct msg msg;

	memcpy(sa->nwu.identity, open->ike.identity, sizeof sa->nwu.identity);
	sa->eap_identifier++;
	msg = draft(sa, MSG_IKE_AUTH_RSP, MSG_IKE_OPEN, open);
	nwu_certify(f->env, sa->ue, &sa->nwu, f->plmn, f->operator_seed, f->own_seed, &msg.ike);
	answer(f, sa, &msg);
	sa->state = SA_EAP;
}

static void refuse(struct n3iwf *f, struct sa *sa, const struct msg *request, uint16_t notify)
{
	struct msg msg = draft(sa, MSG_IKE_AUTH_RSP, MSG_IKE_ERROR, request);

	f->env->counter[NF_COUNT_IKE_FAILURES]++;
	msg.ike.notify = notify;
	answer(f, sa, &msg);
}

/* TS 33.501 7.2.1 steps 11, 12: AUTH of both, then what has waited for the SA. */
static void final_received(struct n3iwf *f, struct sa *sa, const struct msg *request)
{
	struct msg msg;
	uint8_t auth[32];

	nwu_auth(f->env, sa->ue, &sa->nwu, f->plmn, true, sa->kn3iwf, auth);
	if (memcmp(auth, request->ike.auth, sizeof auth) != 0) {
		refuse(f, sa, request, IKE_AUTHENTICATION_FAILED);
		tell_amf(f, sa, MSG_CONTEXT_SETUP_RESPONSE, NGAP_CONTEXT_SETUP_FAILURE,
		         (struct ngap_cause){NGAP_CAUSE_NAS, NGAP_NAS_AUTHENTICATION_FAILURE}, request);
		forget(f, sa);
		return;
	}
	msg = draft(sa, MSG_IKE_AUTH_RSP, MSG_IKE_FINAL, request);
	nwu_auth(f->env, sa->ue, &sa->nwu, f->plmn, false, sa->kn3iwf, msg.ike.auth);
	nwu_child(f->env, sa->ue, &sa->nwu);
	msg.ike.esp_spi = sa->self.index << 8 | 1;
	memcpy(msg.ike.address, (const uint8_t[]){10, (uint8_t)(sa->ue >> 16), (uint8_t)(sa->ue >> 8),
	                                          (uint8_t)sa->ue}, 4);
	answer(f, sa, &msg);
	sa->state = SA_SECURE;
	start_timer(f, sa, f->config->alive_ns);
	tell_amf(f, sa, MSG_CONTEXT_SETUP_RESPONSE, NGAP_CONTEXT_SETUP_RESPONSE,
	         (struct ngap_cause){0, 0}, request);
	if (sa->held.type != MSG_NONE)
		send_nas_over_ipsec(f, sa, &sa->held, &request->span);
	sa->held.type = MSG_NONE;
}

/* RFC 7296 1.4.1; TS 24.502 7.4: the UE ends it, within EAP-5G or afterwards. */
static void over(struct n3iwf *f, struct sa *sa, const struct msg *request)
{
	bool stop = request->ike.part == MSG_IKE_STOP;
	struct msg msg = draft(sa, stop ? MSG_IKE_AUTH_RSP : MSG_IKE_INFORMATIONAL_RSP,
	                       stop ? MSG_IKE_STOP : MSG_IKE_ALIVE, request);

	answer(f, sa, &msg);
	end(f, sa, (struct ngap_cause){NGAP_CAUSE_NAS, NGAP_NAS_NORMAL_RELEASE}, request);
}

static void request_received(struct n3iwf *f, struct sa *sa, const struct msg *msg)
{
	uint8_t part = msg->ike.part;

	if (part == MSG_IKE_STOP || part == MSG_IKE_DELETE || part == MSG_IKE_ERROR)
		over(f, sa, msg);
	else if (part == MSG_IKE_OPEN && sa->state == SA_OPEN)
		open_received(f, sa, msg);
	else if (part == MSG_IKE_NAS && sa->state == SA_EAP)
		forward_nas(f, sa, msg);
	else if (part == MSG_IKE_FINAL && sa->state == SA_FINAL)
		final_received(f, sa, msg);
	else
		refuse(f, sa, msg, IKE_INVALID_SYNTAX);
}

/* RFC 7296 2.1, 2.2: a request that comes again is answered again, never acted on again. */
static void answer_again(struct n3iwf *f, struct sa *sa, const struct msg *request)
{
	if (sa->waiting)
		return;
	sa->answer.attempt = request->attempt;
	sa->answer.span = request->span;
	transmit(f, sa, &sa->answer);
}

static void take_request(struct n3iwf *f, struct sa *sa, const struct msg *msg)
{
	if (msg->ike.id == sa->last_id) {
		answer_again(f, sa, msg);
	} else if (msg->ike.id == sa->last_id + 1) {
		sa->last_id++;
		sa->waiting = true;
		request_received(f, sa, msg);
	} else {
		f->env->counter[NF_COUNT_STALE]++;
	}
}

static void from_ue(struct n3iwf *f, const struct msg *msg)
{
	bool init = msg->type == MSG_IKE_SA_INIT;
	struct sa *sa = find_spi(f, init ? msg->ike.spi_i : msg->ike.spi_r);

	if (init && sa) {
		if (sa->last_id == 0)
			answer_again(f, sa, msg);
		return;
	}
	if (init && msg->ike.part == MSG_IKE_INIT && msg->uplink)
		sa = new_sa(f, msg);
	if (!sa || sa->nwu.x.spi_i != msg->ike.spi_i || !msg->uplink) {
		f->env->counter[NF_COUNT_STALE]++; /* RFC 7296 2.21.4: nothing is owed to an unknown SPI */
		return;
	}
	sa->ap = msg->from;
	sa->wlan = msg->ran;
	sa->heard_ns = f->env->sim->now_ns;
	if (init) {
		init_received(f, sa, msg);
	} else if (msg->type == MSG_NWU_NAS) {
		forward_nas(f, sa, msg);
	} else if (msg_ike_is_response((enum msg_type)msg->type)) {
		sa->own_id += msg->ike.id == sa->own_id;
		sa->asked = 0;
	} else {
		take_request(f, sa, msg);
	}
}

/* ---- what the AMF says ---- */

/* EAP-Success: the UE and the N3IWF have KN3IWF (TS 33.501 7.2.1 step 10). */
static void set_up_context(struct n3iwf *f, struct sa *sa, const struct msg *msg)
{
	struct msg success;

	if (sa->state == SA_SECURE) {
		tell_amf(f, sa, MSG_CONTEXT_SETUP_RESPONSE, NGAP_CONTEXT_SETUP_RESPONSE,
		         (struct ngap_cause){0, 0}, msg);
		send_nas_over_ipsec(f, sa, msg, &msg->span);
		return;
	}
	if (!sa->waiting) {
		f->env->counter[NF_COUNT_STALE]++;
		return;
	}
	memcpy(sa->kn3iwf, msg->key.key, sizeof sa->kn3iwf);
	sa->held = *msg;
	sa->state = SA_FINAL;
	success = draft(sa, MSG_IKE_AUTH_RSP, MSG_IKE_SUCCESS, msg);
	answer(f, sa, &success);
}

static void nas_for_ue(struct n3iwf *f, struct sa *sa, const struct msg *nas)
{
	struct msg msg;

	if (sa->state == SA_SECURE) {
		send_nas_over_ipsec(f, sa, nas, &nas->span);
		return;
	}
	if (!sa->waiting) { /* EAP is a lockstep: the UE has to speak first */
		f->env->counter[NF_COUNT_STALE]++;
		return;
	}
	sa->eap_identifier++;
	msg = draft(sa, MSG_IKE_AUTH_RSP, MSG_IKE_NAS, nas);
	carry_nas(&msg, nas);
	answer(f, sa, &msg);
}

/* TS 38.413 8.3.3; RFC 7296 1.4.1 */
static void release(struct n3iwf *f, struct sa *sa, const struct msg *command)
{
	tell_amf(f, sa, MSG_CONTEXT_RELEASE_COMPLETE, NGAP_RELEASE_COMPLETE, (struct ngap_cause){0, 0},
	         command);
	if (sa->state == SA_SECURE) {
		ask(f, sa, MSG_IKE_DELETE, &command->span);
	} else if (sa->waiting) {
		struct msg msg = draft(sa, MSG_IKE_AUTH_RSP, MSG_IKE_STOP, command);
		answer(f, sa, &msg);
	}
	forget(f, sa);
}

/* The AMF waits for an answer even when there is nothing left to release. */
static void release_nothing(struct n3iwf *f, const struct msg *command)
{
	struct msg *msg = nf_message(f->env, MSG_CONTEXT_RELEASE_COMPLETE, command);

	msg->access = NGAP_N3IWF;
	msg->uplink = true;
	msg->ran = command->ran;
	msg->context = command->asker;
	msg->octets = (uint16_t)msg_n2_octets(msg);
	nf_send(f->env, f->env->node.n3iwf, f->env->node.amf, msg);
}

static void from_amf(struct n3iwf *f, const struct msg *msg)
{
	struct sa *sa = find(f, msg->ran);

	if (!sa && msg->type == MSG_CONTEXT_RELEASE_COMMAND) {
		release_nothing(f, msg);
		return;
	}
	if (!sa) {
		f->env->counter[NF_COUNT_STALE]++;
		return;
	}
	sa->amf = msg->asker;
	if (msg->type == MSG_CONTEXT_RELEASE_COMMAND)
		release(f, sa, msg);
	else if (msg_ngap_procedure(msg) == NGAP_CONTEXT_SETUP_REQUEST)
		set_up_context(f, sa, msg);
	else if (msg_ngap_procedure(msg) == NGAP_DOWNLINK_NAS)
		nas_for_ue(f, sa, msg);
	else
		f->env->counter[NF_COUNT_UNEXPECTED]++;
}

/* ---- as a function ---- */

static void handle(void *self, const struct msg *msg)
{
	struct n3iwf *f = self;

	if (msg_is_nwu((enum msg_type)msg->type))
		from_ue(f, msg);
	else
		from_amf(f, msg);
}

static struct nf_demand demand(void *self, const struct msg *msg)
{
	const struct n3iwf *f = self;
	const int64_t *ns = f->env->cost->ns;
	int64_t crypto_ns = 2 * ns[CRYPTO_OP_AEAD];

	if (msg->type == MSG_IKE_SA_INIT)
		crypto_ns = ns[CRYPTO_OP_DH_KEY] + ns[CRYPTO_OP_DH] + ns[CRYPTO_OP_IKE_KEYS];
	else if (msg->type == MSG_IKE_AUTH && msg->ike.part == MSG_IKE_OPEN)
		crypto_ns += ns[CRYPTO_OP_SIGN];
	else if (msg->type == MSG_IKE_AUTH && msg->ike.part == MSG_IKE_FINAL)
		crypto_ns += 4 * ns[CRYPTO_OP_MAC] + ns[CRYPTO_OP_IKE_KEYS];
	return nf_core_demand(f->env, msg, SVC_n3iwf, 0, crypto_ns);
}

/* RFC 7296 2.4: silent for long; the UE is asked, and given up when it does not answer. */
static void check_alive(struct n3iwf *f, struct sa *sa)
{
	const struct sim_span span = sim_span_start(f->env->sim->now_ns);
	int64_t silent_ns = f->env->sim->now_ns - sa->heard_ns;
	struct msg cause = {.ue = sa->ue, .procedure = sa->procedure, .span = span};

	if (silent_ns < f->config->alive_ns) {
		sa->asked = 0;
		start_timer(f, sa, f->config->alive_ns - silent_ns);
		return;
	}
	if (sa->asked >= f->config->tries) {
		f->env->counter[NF_COUNT_IKE_FAILURES]++;
		end(f, sa, (struct ngap_cause){NGAP_CAUSE_RADIO, NGAP_RADIO_RADIO_CONNECTION_WITH_UE_LOST},
		    &cause);
		return;
	}
	f->env->counter[NF_COUNT_IKE_RETRANSMISSIONS] += sa->asked > 0;
	ask(f, sa, MSG_IKE_ALIVE, &span);
	start_timer(f, sa, f->config->timeout_ns << sa->asked++);
}

static void timer(void *self, const struct sim_event *event)
{
	struct n3iwf *f = self;
	struct sa *sa = find(f, sim_handle_unpack(event->arg));
	struct msg cause = {.span = sim_span_start(f->env->sim->now_ns)};

	if (!sa)
		return;
	if (sa->state == SA_SECURE) {
		check_alive(f, sa);
		return;
	}
	cause.ue = sa->ue;
	cause.procedure = sa->procedure;
	f->env->counter[NF_COUNT_IKE_FAILURES]++;
	end(f, sa, (struct ngap_cause){NGAP_CAUSE_RADIO, NGAP_RADIO_FAILURE_IN_RADIO_INTERFACE_PROCEDURE},
	    &cause);
}

/* A crash: every SA is lost; UEs find out by their requests. */
static void reset(void *self)
{
	struct n3iwf *f = self;

	f->epoch++;
	nf_index_clear(&f->by_spi);
}

static const struct sim_param rows[] = {
	NF_STATION_ROWS(struct n3iwf_config),
	{.key = "half_open", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct n3iwf_config, half_open_ns), .fallback = "30 s", .min = 1, .max = 600,
	 .source = "assumption: twice T3510; RFC 7296 2.4 leaves it open",
	 .doc = "an IKE SA without its last AUTH is forgotten after this"},
	{.key = "alive", .type = SIM_PAR_DURATION, .offset = offsetof(struct n3iwf_config, alive_ns),
	 .fallback = "60 s", .min = -1, .max = 86400,
	 .source = "assumption: RFC 7296 2.4 leaves it open; address translators forget within minutes",
	 .doc = "a UE that was silent for this is asked whether it is there"},
	{.key = "timeout", .type = SIM_PAR_DURATION, .offset = offsetof(struct n3iwf_config, timeout_ns),
	 .fallback = "2 s", .min = 0.01, .max = 60, .source = "assumption: as the UE's",
	 .doc = "a request of the N3IWF without an answer is sent again; doubled each time"},
	{.key = "tries", .type = SIM_PAR_COUNT, .offset = offsetof(struct n3iwf_config, tries),
	 .fallback = "5", .min = 1, .max = 12, .source = "assumption: as the UE's",
	 .doc = "transmissions before a UE is given up"},
};
const struct sim_section n3iwf_section = {
	.prefix = "n3iwf", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct n3iwf_config), .doc = "N3IWF",
};

const struct nf_entry nf_n3iwf = {
	.name = "n3iwf",
	.doc = "N3IWF: untrusted non-3GPP access, IKEv2 with EAP-5G, NAS over IPsec",
	.source = "TS 33.501 7.2.1, TS 24.502",
	.demand = demand,
	.handle = handle,
	.timer = timer,
	.reset = reset,
};
