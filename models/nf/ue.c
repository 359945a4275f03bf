/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the UE as its users see it: demands, timers as events, NAS over the air, user-plane messages.
 * Leaves out  cell search and selection, inactivity release and paging: a registered UE stays connected
 *             until it deregisters, so no Service Request is needed before user-plane messages.
 * Sources     TS 24.501 5.5.1.2 and table 10.2.1, TS 33.501 6.12.
 */
#include "models/nf/ue_state.h"

#include "models/msg/nas.h"

#include <string.h>

extern const struct nf_entry nf_ue;

static void on_timer(void *context, const struct sim_event *event)
{
	struct ues *ues = context;

	ue_step(&ues->ue[event->to], (enum ue_event)event->detail, NULL);
}

struct ues *ues_new(struct nf_env *env, const struct ue_config *config, const struct home *home,
                    struct radio *radio)
{
	struct ues *ues = sim_arena_alloc(env->sim->arena, sizeof *ues);

	SIM_ASSERT(sim_fsm_check(&ue_fsm, NULL) == SIM_OK);
	*ues = (struct ues){.env = env, .config = config, .home = home, .radio = radio};
	ues->ue = sim_arena_alloc(env->sim->arena, env->n_ues * sizeof *ues->ue);
	for (uint32_t i = 0; i < env->n_ues; i++) {
		ues->ue[i].all = ues;
		ues->ue[i].number = i;
		ues->ue[i].card = home_card(env, i);
		sqn_usim_ahead(&home->sqn, &ues->ue[i].sqn, (uint64_t)config->sqn_ahead);
	}
	sim_on(env->sim, NF_KIND_UE, on_timer, ues);
	return ues;
}

void ue_set_user(struct ues *ues, uint32_t ue, const struct ue_user *user)
{
	ues->ue[ue].user = *user;
}

void ue_set_listener(struct ues *ues, const struct ue_listener *listener)
{
	ues->listener = *listener;
}

void ue_place(struct ues *ues, uint32_t ue, uint32_t cell, uint32_t place)
{
	radio_place(ues->radio, ue, cell, place);
}

uint32_t ue_cell(const struct ues *ues, uint32_t ue)
{
	return radio_cell(ues->radio, ue);
}

bool ue_register(struct ues *ues, uint32_t ue)
{
	if (ues->ue[ue].state != UE_DEREGISTERED)
		return false;
	ue_step(&ues->ue[ue], UE_E_REGISTER, NULL);
	return true;
}

void ue_deregister(struct ues *ues, uint32_t ue)
{
	ue_step(&ues->ue[ue], UE_E_DEREGISTER, NULL);
}

bool ue_is_registered(const struct ues *ues, uint32_t ue)
{
	return ues->ue[ue].state == UE_REGISTERED;
}

/* Procedures of a demand: 0-7 registration attempts, 8-255 what follows. */
uint32_t ue_attempt_procedure(const struct ue *ue)
{
	SIM_ASSERT(ue->attempts_made < 8); /* ue.attempts is at most 7 */
	return ue->demand << 8 | ue->attempts_made;
}

uint32_t ue_next_procedure(struct ues *ues, uint32_t ue)
{
	struct ue *u = &ues->ue[ue];

	SIM_ASSERT(u->extra_procedures < 248 && u->demand < 1u << 24);
	return u->demand << 8 | (8u + u->extra_procedures++);
}

const uint8_t *ue_kakma(const struct ues *ues, uint32_t ue)
{
	return ues->ue[ue].has_keys ? ues->ue[ue].kakma : NULL;
}

const uint8_t *ue_a_tid(const struct ues *ues, uint32_t ue)
{
	return ues->ue[ue].has_keys ? ues->ue[ue].a_tid : NULL;
}

/* ---- sending ---- */

static void mark_work(struct sim_span *span, struct nf_demand work)
{
	span->part_ns[SIM_PART_SERVICE] += work.service_ns;
	span->part_ns[SIM_PART_CRYPTO] += work.crypto_ns;
	span->since_ns += work.service_ns + work.crypto_ns;
}

struct nf_demand ue_work(const struct ue *ue, enum svc_step step, const struct msg *msg,
                         int64_t crypto_ns)
{
	return nf_core_demand(ue->all->env, msg, step, 0, crypto_ns);
}

static void send_after_work(struct ue *ue, struct msg *msg, struct nf_demand work)
{
	struct nf_env *env = ue->all->env;

	if (ue->all->one_loop) {
		msg->service_ns = work.service_ns;
		msg->crypto_ns = work.crypto_ns;
		msg->to = env->node.ue;
		msg->ran = radio_connection(ue->all->radio, ue->number);
		nf_serve(env, env->node.ue, msg);
	} else {
		mark_work(&msg->span, work);
		radio_up(ue->all->radio, ue->number, msg, work.service_ns + work.crypto_ns);
	}
}

void ue_send_nas(struct ue *ue, struct msg *msg, const uint8_t *plain, uint16_t n,
                 struct nf_demand work)
{
	struct nf_env *env = ue->all->env;
	const struct nas_security security = {.knas_int = ue->knas_int, .knas_enc = ue->knas_enc,
		.count = ue->ul_count, .direction = CRYPTO_UPLINK};

	SIM_ASSERT(n + NAS_SECURITY_HEADER <= MSG_NAS_MAX);
	if (msg->secured) {
		enum nas_security_type type = msg->type == MSG_SECURITY_MODE_COMPLETE
		                                  ? NAS_CIPHERED_NEW_CONTEXT
		                                  : msg->type == MSG_REGISTRATION_REQUEST ? NAS_INTEGRITY
		                                                                          : NAS_CIPHERED;
		msg->nas_octets = nas_protect(env->crypto, nf_suite(env, ue->number), &security, type,
		                              plain, n, msg->nas);
		msg->nas_count = ue->ul_count++;
	} else {
		memcpy(msg->nas, plain, n);
		msg->nas_octets = n;
	}
	msg->octets = (uint16_t)msg_ngap_octets((enum msg_type)msg->type, msg->nas_octets);
	nf_note_nas(env, env->node.ue, env->node.amf, work.service_ns + work.crypto_ns, msg, plain, n);
	send_after_work(ue, msg, work);
}

void ue_send(struct ues *ues, uint32_t ue, uint16_t to, struct nf_demand work, struct msg *msg)
{
	msg->to = to;
	mark_work(&msg->span, work);
	radio_up(ues->radio, ue, msg, work.service_ns + work.crypto_ns);
}

/* ---- one loop for all ---- */

void ues_share_loop(struct ues *ues, uint32_t station)
{
	ues->one_loop = true;
	nf_attach(ues->env, ues->env->node.ue, &nf_ue, ues, station);
}

static struct nf_demand loop_demand(void *self, const struct msg *msg)
{
	(void)self;
	return (struct nf_demand){msg->service_ns, msg->crypto_ns};
}

/* The message given is only lent, so a copy goes over the air. */
static void loop_served(void *self, const struct msg *msg)
{
	struct ues *ues = self;
	struct msg *onward;
	struct sim_handle own;

	if (!radio_is_current(ues->radio, msg->ran)) {
		ues->env->counter[NF_COUNT_STALE]++; /* the UE has left meanwhile */
		return;
	}
	onward = nf_message(ues->env, (enum msg_type)msg->type, msg);
	own = onward->self;
	*onward = *msg;
	onward->self = own;
	radio_up(ues->radio, msg->ue, onward, 0);
}

/* ---- receiving ---- */

void ue_connected(void *ues, uint32_t ue, bool ok)
{
	ue_step(&((struct ues *)ues)->ue[ue], ok ? UE_E_CONNECTED : UE_E_NOT_CONNECTED, NULL);
}

static int event_of(enum msg_type type)
{
	switch (type) {
	case MSG_IDENTITY_REQUEST:
		return UE_E_IDENTITY_REQUEST;
	case MSG_AUTHENTICATION_REQUEST:
		return UE_E_AUTHENTICATION_REQUEST;
	case MSG_AUTHENTICATION_REJECT:
	case MSG_REGISTRATION_REJECT:
		return UE_E_REJECT;
	case MSG_SECURITY_MODE_COMMAND:
		return UE_E_SECURITY_MODE_COMMAND;
	case MSG_REGISTRATION_ACCEPT:
		return UE_E_REGISTRATION_ACCEPT;
	case MSG_CONFIGURATION_UPDATE:
		return UE_E_CONFIGURATION_UPDATE;
	case MSG_DEREGISTRATION_ACCEPT:
		return UE_E_DEREGISTRATION_ACCEPT;
	default:
		return -1;
	}
}

void ue_receive(void *context, uint32_t number, struct msg *msg)
{
	struct ue *ue = &((struct ues *)context)->ue[number];
	int event = event_of((enum msg_type)msg->type);

	if (event >= 0)
		ue_step(ue, (enum ue_event)event, msg);
	else if (ue->user.message && ue->state == UE_REGISTERED)
		ue->user.message(ue->user.context, number, msg);
	nf_release(ue->all->env, msg);
}

/* ---- configuration ---- */

static const struct sim_param rows[] = {
	{.key = "t3502", .type = SIM_PAR_DURATION, .offset = offsetof(struct ue_config, t3502_ns),
	 .fallback = "12min", .min = 1, .max = 86400, .source = "TS 24.501 table 10.2.1",
	 .doc = "wait after the last registration attempt has failed"},
	{.key = "t3510", .type = SIM_PAR_DURATION, .offset = offsetof(struct ue_config, t3510_ns),
	 .fallback = "15s", .min = 0.1, .max = 600, .source = "TS 24.501 table 10.2.1",
	 .doc = "a registration attempt is given up after this"},
	{.key = "t3511", .type = SIM_PAR_DURATION, .offset = offsetof(struct ue_config, t3511_ns),
	 .fallback = "10s", .min = 0.1, .max = 600, .source = "TS 24.501 table 10.2.1",
	 .doc = "wait between registration attempts"},
	{.key = "t3519", .type = SIM_PAR_DURATION, .offset = offsetof(struct ue_config, t3519_ns),
	 .fallback = "60s", .min = 0, .max = 3600, .source = "TS 24.501 table 10.2.1; UERANSIM 3.3.0",
	 .doc = "a fresh SUCI may be sent again for this long"},
	{.key = "t3521", .type = SIM_PAR_DURATION, .offset = offsetof(struct ue_config, t3521_ns),
	 .fallback = "15s", .min = 0.1, .max = 600, .source = "UERANSIM 3.3.0",
	 .doc = "wait for a Deregistration Accept"},
	{.key = "attempts", .type = SIM_PAR_COUNT, .offset = offsetof(struct ue_config, attempts),
	 .fallback = "5", .min = 1, .max = 7, .source = "TS 24.501 5.5.1.2.7",
	 .doc = "registration attempt counter at which T3502 starts"},
	{.key = "initial_identity", .type = SIM_PAR_ENUM,
	 .offset = offsetof(struct ue_config, initial_identity), .fallback = "suci",
	 .choices = "suci|guti",
	 .source = "assumption: a headset that was switched off has no valid 5G-GUTI",
	 .doc = "what an initial registration carries: a SUCI, or the 5G-GUTI when there is one"},
	{.key = "sqn_ahead", .type = SIM_PAR_COUNT, .offset = offsetof(struct ue_config, sqn_ahead),
	 .fallback = "0", .min = 0, .max = 0x1p40, .source = "TS 33.102 C.3.2: both begin at 0",
	 .doc = "authentications that the USIMs know of and the home's restored database does not"},
};
const struct sim_section ue_section = {
	.prefix = "ue", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct ue_config), .doc = "timers and habits of every UE",
};

const struct nf_entry nf_ue = {
	.name = "ue",
	.doc = "UE = headset (ME) and USIM: registration, SUCI, 5G-AKA, AKMA",
	.source = "TS 24.501, TS 33.501, TS 33.102",
	.demand = loop_demand,
	.handle = loop_served,
};
