/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the UE as its users see it: demands, timers as events, user-plane messages,
 *             configuration.
 * Leaves out  cell search and selection (a UE stands where it is put), handover, RRC_INACTIVE, PDU
 *             sessions.
 * Sources     TS 24.501 5.1.3, table 10.2.1; TS 33.501 6.12.
 */
#include "models/nf/ue_state.h"

#include "models/crypto/kdf.h"

#include <string.h>

extern const struct nf_entry nf_ue;

static const struct sim_fsm *const machines[UE_N_MACHINES] = {
	[UE_REGISTRATION] = &ue_registration,
	[UE_AUTHENTICATION] = &ue_authentication,
	[UE_IDENTITY_PROCEDURE] = &ue_identity_procedure,
	[UE_SECURITY_MODE] = &ue_security_mode,
	[UE_CONFIGURATION] = &ue_configuration,
	[UE_DEREGISTRATION] = &ue_deregistration,
	[UE_SERVICE] = &ue_service,
};

enum { FIRST_RUNS = 256, FIRST_USERS = 8 };

/* ---- machines and timers ---- */

void ue_feed(struct ue *ue, enum ue_machine machine, uint8_t event, const struct ue_input *input)
{
	const bool outermost = ue_wake(ue);

	sim_fsm_step(machines[machine], &ue->at[machine], ue, event, input);
	ue_rest(ue, outermost);
}

void ue_start_timer(struct ue *ue, struct sim_timer *timer, int64_t after_ns,
                    enum ue_machine machine, uint8_t event)
{
	struct sim *sim = ue_all(ue)->env->sim;

	sim_timer_stop(sim, timer);
	sim_timer_start(sim, timer, after_ns, NF_KIND_UE, (uint16_t)(machine << 8 | event),
	                ue->number, 0);
}

void ue_stop_timer(struct ue *ue, struct sim_timer *timer)
{
	sim_timer_stop(ue_all(ue)->env->sim, timer);
}

static void on_timer(void *context, const struct sim_event *event)
{
	struct ue *ue = &((struct ues *)context)->ue[event->to];

	if (event->detail >> 8 == UE_N_MACHINES) /* T3540: the network has not released it */
		ue_disconnect(ue);
	else
		ue_feed(ue, (enum ue_machine)(event->detail >> 8), (uint8_t)event->detail, NULL);
}

enum ue_mm ue_mm(const struct ue *ue)
{
	uint8_t registration = ue->at[UE_REGISTRATION];

	if (ue->at[UE_DEREGISTRATION] != UE_DEREG_NONE)
		return UE_DEREGISTERED_INITIATED;
	if (registration == UE_REG_CONNECTING || registration == UE_REG_REQUESTED)
		return UE_REGISTERED_INITIATED;
	if (ue->at[UE_SERVICE] == UE_SRV_CONNECTING || ue->at[UE_SERVICE] == UE_SRV_REQUESTED)
		return UE_SERVICE_REQUEST_INITIATED;
	return ue->registered ? UE_REGISTERED : UE_DEREGISTERED;
}

void ue_trace(struct ue *ue, enum nf_procedure procedure, enum msg_type type, uint8_t outcome,
              uint8_t cause)
{
	nf_trace_step(ue_all(ue)->env, NF_TRACE_UE, ue->number, procedure, type, outcome, cause);
}

int64_t ue_cost(const struct ue *ue, enum crypto_op op)
{
	return ue_all(ue)->env->cost->ns[op];
}

void ue_unexpected(void *self, uint8_t state, uint8_t event, const void *arg)
{
	struct ue *ue = self;
	const struct ue_input *input = arg;

	(void)event;
	ue_all(ue)->env->counter[NF_COUNT_UNEXPECTED]++;
	if (!input)
		return;
	ue_trace(ue, NF_P_MESSAGE, (enum msg_type)input->msg->type, (uint8_t)(0x80 | state),
	         MSG_CAUSE_TYPE_NOT_COMPATIBLE);
	ue_send_status(ue, MSG_CAUSE_TYPE_NOT_COMPATIBLE);
}

/* ---- access ---- */

static void connect_by_radio(void *radio, uint32_t ue, uint32_t procedure)
{
	radio_connect(radio, ue, procedure);
}

static void release_by_radio(void *radio, uint32_t ue)
{
	radio_release(radio, ue);
}

static void up_by_radio(void *radio, uint32_t ue, struct msg *msg, int64_t work_ns)
{
	radio_up(radio, ue, msg, work_ns);
}

void ue_set_access(struct ues *ues, uint32_t ue, const struct ue_access *access)
{
	uint8_t i = 0;

	while (ues->access[i] && ues->access[i] != access)
		SIM_ASSERT(++i < UE_ACCESSES);
	ues->access[i] = access;
	ues->ue[ue].access = i;
	ues->ue[ue].security.non_3gpp = access->non_3gpp;
}

bool ue_n3iwf_key(const struct ues *ues, uint32_t number, uint8_t kn3iwf[32])
{
	const struct ue *ue = &ues->ue[number];

	if (!security_valid(&ue->security) || ue->security.ul == 0)
		return false;
	crypto_kgnb(ues->env->crypto, nf_suite(ues->env, number), ue->security.kamf,
	            ue->security.ul - 1, CRYPTO_NON_3GPP_ACCESS, kn3iwf);
	return true;
}

/* ---- what users see ---- */

static void make_ues(struct ues *ues)
{
	struct sqn_usim sqn;

	sqn_usim_ahead(&ues->home->sqn, &sqn, (uint64_t)ues->config->sqn_ahead);
	for (uint32_t i = 0; i < ues->env->n_ues; i++) {
		struct ue *ue = &ues->ue[i];
		ue->number = i;
		ue->fresh_ngksi = NAS_NGKSI_NONE;
		ue->security.ngksi = NAS_NGKSI_NONE;
		if (i == 0)
			ue_set_sqn(ue, &sqn);
		else
			ue->sqn = ues->ue[0].sqn;
	}
}

static struct sim_alarm *find_t3512(void *ues, uint32_t number)
{
	return &((struct ues *)ues)->ue[number].t3512;
}

static void t3512_event(void *ues, uint32_t number, struct sim_event *event)
{
	(void)ues;
	event->kind = NF_KIND_UE;
	event->detail = UE_REGISTRATION << 8 | UE_REG_E_T3512;
	event->to = number;
	event->arg = 0;
}

struct ues *ues_new(struct nf_env *env, const struct ue_config *config, const struct home *home,
                    struct radio *radio)
{
	struct ues *ues = sim_arena_alloc(env->sim->arena, sizeof *ues + env->n_ues * sizeof *ues->ue);

	for (int i = 0; i < UE_N_MACHINES; i++)
		SIM_ASSERT(sim_fsm_check(machines[i], NULL) == SIM_OK);
	*ues = (struct ues){.env = env, .config = config, .home = home, .radio = radio,
		.on_radio = {.self = radio, .connect = connect_by_radio, .release = release_by_radio,
		             .up = up_by_radio}};
	ues->access[0] = &ues->on_radio;
	ues->runs = sim_pool_new(env->sim->arena, sizeof(struct ue_run), FIRST_RUNS);
	ues->users_room = FIRST_USERS;
	ues->user = sim_arena_alloc(env->sim->arena, FIRST_USERS * sizeof *ues->user);
	ues->n_users = 1; /* nobody */
	ues->t3512 = sim_alarm_group(env->sim, &(struct sim_alarm_kind){ues, find_t3512, t3512_event});
	make_ues(ues);
	sim_on(env->sim, NF_KIND_UE, on_timer, ues);
	return ues;
}

static void make_room_for_users(struct ues *ues)
{
	struct ue_user *larger;

	if (ues->n_users < ues->users_room)
		return;
	ues->users_room *= 2;
	larger = sim_arena_alloc(ues->env->sim->arena, ues->users_room * sizeof *larger);
	memcpy(larger, ues->user, ues->n_users * sizeof *larger);
	ues->user = larger;
}

/* Many UEs one after another have the same. */
void ue_set_user(struct ues *ues, uint32_t ue, const struct ue_user *user)
{
	const struct ue_user *last = &ues->user[ues->n_users - 1];

	if (last->context != user->context || last->registered != user->registered ||
	    last->deregistered != user->deregistered || last->message != user->message) {
		make_room_for_users(ues);
		SIM_ASSERT(ues->n_users <= UINT16_MAX);
		ues->user[ues->n_users++] = *user;
	}
	ues->ue[ue].user = (uint16_t)(ues->n_users - 1);
}

void ue_set_listener(struct ues *ues, const struct ue_listener *listener)
{
	ues->listener = *listener;
}

/* 5.5.1.2.5: another area may serve it, unless the USIM or the whole network is out of the
 * question. */
static bool may_be_served_at(const struct ue *ue, uint32_t cell)
{
	return !ue->usim_invalid && ue->forbidden != UE_WHOLE_NETWORK &&
	       ue->forbidden != nf_tac(ue_all(ue)->env, cell);
}

void ue_place(struct ues *ues, uint32_t number, uint32_t cell, uint32_t place)
{
	struct ue *ue = &ues->ue[number];

	ue_disconnect(ue); /* no handover: who leaves the cell loses the connection */
	radio_place(ues->radio, number, cell, place);
	if (ue->at[UE_REGISTRATION] == UE_REG_LIMITED && may_be_served_at(ue, cell))
		ue_feed(ue, UE_REGISTRATION, UE_REG_E_RETRY, NULL); /* another area may serve it */
	else if (ue_mm(ue) == UE_REGISTERED && !ue_in_area(ue))
		ue_begin_registration(ue, NAS_MOBILITY_UPDATE);
}

uint32_t ue_cell(const struct ues *ues, uint32_t ue)
{
	return radio_cell(ues->radio, ue);
}

bool ue_register(struct ues *ues, uint32_t number)
{
	struct ue *ue = &ues->ue[number];

	if (ue_mm(ue) != UE_DEREGISTERED || ue->at[UE_REGISTRATION] != UE_REG_NONE)
		return false;
	ue->demanded = true;
	ue->anew = false;
	ue_count(ue, demand_offered);
	ue_begin_registration(ue, NAS_INITIAL);
	return true;
}

void ue_deregister(struct ues *ues, uint32_t ue)
{
	ue_feed(&ues->ue[ue], UE_DEREGISTRATION, UE_DEREG_E_DEREGISTER, NULL);
}

bool ue_is_registered(const struct ues *ues, uint32_t ue)
{
	return ues->ue[ue].registered && ues->ue[ue].at[UE_DEREGISTRATION] == UE_DEREG_NONE;
}

bool ue_is_connected(const struct ues *ues, uint32_t ue)
{
	return ues->ue[ue].link != UE_IDLE;
}

/* Procedures of a demand: 0-7 registration attempts, 8-255 what follows; a long life takes more
 * numbers. */
uint32_t ue_next_procedure(struct ues *ues, uint32_t number)
{
	struct ue *ue = &ues->ue[number];

	if (ue->extra_procedures == 248) {
		ue->extra_procedures = 0;
		ue->demand++;
	}
	SIM_ASSERT(ue->demand < 1u << 24);
	return ue->demand << 8 | (8u + ue->extra_procedures++);
}

const uint8_t *ue_kakma(const struct ues *ues, uint32_t ue)
{
	return ues->ue[ue].has_keys ? ues->ue[ue].more->kakma : NULL;
}

const uint8_t *ue_a_tid(const struct ues *ues, uint32_t ue)
{
	return ues->ue[ue].has_keys ? ues->ue[ue].more->a_tid : NULL;
}

void ue_end(struct ue *ue)
{
	ue->registered = false;
	sim_alarm_stop(ue_all(ue)->env->sim, &ue->t3512);
	ue_disconnect(ue);
	ue_discard(ue);
	ue_trace(ue, NF_P_DEREGISTRATION, MSG_NONE, 0, 0);
	if (ue_user(ue)->deregistered)
		ue_user(ue)->deregistered(ue_user(ue)->context, ue->number);
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
	const struct ue *ue = &ues->ue[msg->ue];
	struct msg *onward;
	struct sim_handle own;

	if (ue->link != UE_CONNECTED || ue->connection != msg->ran.generation) {
		ues->env->counter[NF_COUNT_STALE]++; /* the UE has left meanwhile */
		return;
	}
	onward = nf_message(ues->env, (enum msg_type)msg->type, msg);
	own = onward->self;
	*onward = *msg;
	onward->self = own;
	ue_access(ue)->up(ue_access(ue)->self, msg->ue, onward, 0);
}

/* ---- configuration ---- */

/* What a row says of the tries of its timer. */
#define TIMES_0 ""
#define TIMES_5 " (five times in all)"

static const struct sim_param rows[] = {
#define UE_TIMER_ROW(name, value, longest, tries, clause, text)                                    \
	{.key = #name, .type = SIM_PAR_DURATION, .offset = offsetof(struct ue_config, name##_ns),     \
	 .fallback = value, .min = 0.1, .max = longest, .source = clause TIMES_##tries, .doc = text},
	UE_TIMERS(UE_TIMER_ROW)
#undef UE_TIMER_ROW
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
	.doc = "UE = headset (ME) and USIM: registration, SUCI, 5G-AKA, EAP-AKA', AKMA",
	.source = "TS 24.501, TS 33.501, TS 33.102",
	.demand = loop_demand,
	.handle = loop_served,
};
