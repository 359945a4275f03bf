/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/surgeon.h"

#include "models/nf/demand.h"
#include "models/nf/hospital.h"
#include "sim/core/fsm.h"

#define NO_OPERATION UINT32_MAX

enum state {
	AWAY,
	REGISTERING,
	ENROLLING,
	ENTERING,
	OPERATING,
	LEAVING,
	DEREGISTERING,
	N_STATES
};
enum event {
	E_ENROL,      /* the first morning, and again until it works     */
	E_OPERATION,  /* an operation of the plan begins: arg its number */
	E_REGISTERED, /* …, E_LEFT: what UE and twin report; how it went is in `report` */
	E_ENROLLED,
	E_ENTERED,
	E_LOST,       /* an interruption lasted too long                 */
	E_END,        /* the planned end of the session                  */
	E_LEFT,
	E_DEREGISTERED,
	N_EVENTS
};

/* What the UE or the twin said last. */
struct report {
	bool ok;
	uint8_t cause, attempts;
	struct sim_span span;
};
struct surgeon {
	struct surgeons *all;
	uint32_t ue;
	uint8_t state;
	bool has_twin;
	uint32_t operation; /* NO_OPERATION: enrolling, or away */
	uint32_t sessions;  /* begun so far                     */
	uint8_t attempts;   /* registration attempts            */
	int64_t began_ns;   /* the headset started              */
	struct sim_span span; /* of the demand, from then on: whatever it brings, it stays its own */
	int64_t asked_ns;   /* the twin was asked to enter      */
	struct report report;
	struct rec_session row;
	struct sim_timer end;
};
struct surgeons {
	struct nf_env *env;
	struct ues *ues;
	struct twins *twins;
	const struct surgeon_plan *plan;
	struct twins_config twins_config;
	uint32_t n;
	struct surgeon *surgeon;
};

static int64_t now(const struct surgeon *s)
{
	return s->all->env->sim->now_ns;
}

static const struct surgeon_operation *operation_of(const struct surgeon *s)
{
	return &s->all->plan->operation[s->operation];
}

/* ---- rows ---- */

static void record_registration(const struct surgeon *s)
{
	const struct report *r = &s->report;
	bool met = r->ok && sim_span_total(&s->span) <= s->all->plan->registration_deadline_ns;

	nf_record_latency(s->all->env, REC_M_REGISTRATION, s->ue, s->began_ns, &s->span,
	                  r->ok ? REC_OUTCOME_OK : REC_OUTCOME_FAILED, met, r->cause, r->attempts);
	demand_registration(s->all->env->demand, REC_CLASS_SURGEON, s->began_ns, met, r->attempts,
	                    r->ok);
}

/* The demand to enter began with the headset's start; its deadline is that of dt.auth_latency. */
static void record_entering(const struct surgeon *s, bool ok, uint8_t cause, bool met)
{
	const struct surgeon_plan *plan = s->all->plan;
	bool in_time = ok && sim_span_total(&s->span) <=
	                         plan->registration_deadline_ns + plan->entering_deadline_ns;

	nf_record_latency(s->all->env, REC_M_SURGERY_READY, s->ue, s->began_ns, &s->span,
	                  ok ? REC_OUTCOME_OK : REC_OUTCOME_FAILED, in_time, cause, s->attempts);
	demand_dt(s->all->env->demand, REC_CLASS_SURGEON, s->began_ns, met);
}

static struct rec_session row_of(const struct surgeons *all, uint32_t number)
{
	const struct surgeon_operation *operation = &all->plan->operation[number];

	return (struct rec_session){.session = number, .hospital = operation->hospital,
		.start_ns = operation->start_ns, .ready_ns = -1, .planned_end_ns = -1, .end_ns = -1};
}

static void end_ladder(const struct surgeon *s)
{
	if (s->all->env->ladder_ue == s->ue)
		s->all->env->ladder_ue = UINT32_MAX;
}

static void operation_lost(struct surgeon *s, uint8_t cause)
{
	record_entering(s, false, cause, false);
	rec_add_session(s->all->env->rec, &s->row);
	s->operation = NO_OPERATION;
	end_ladder(s);
}

/* ---- going there ---- */

static enum state go(struct surgeon *s, uint32_t cell, uint32_t place)
{
	s->began_ns = now(s);
	s->span = sim_span_start(s->began_ns);
	ue_place(s->all->ues, s->ue, cell, place);
	ue_register(s->all->ues, s->ue);
	return REGISTERING;
}

static uint32_t cell_at_home(const struct surgeon *s)
{
	const struct surgeon_plan *plan = s->all->plan;

	for (uint32_t i = 0; i < plan->n_operations; i++)
		if (plan->operation[i].ue == s->ue)
			return plan->operation[i].cell;
	return 0;
}

static uint8_t on_away(void *self, uint8_t event, const void *arg)
{
	struct surgeon *s = self;

	if (event == E_ENROL)
		return go(s, cell_at_home(s), 0);
	if (event == E_DEREGISTERED)
		return AWAY;
	s->operation = *(const uint32_t *)arg;
	s->row = row_of(s->all, s->operation);
	s->sessions++;
	if (s->all->plan->ladder && s->operation == 0)
		s->all->env->ladder_ue = s->ue;
	return go(s, operation_of(s)->cell, s->operation + 1);
}

static enum state go_home(struct surgeon *s)
{
	ue_deregister(s->all->ues, s->ue);
	return DEREGISTERING;
}

static uint8_t on_registering(void *self, uint8_t event, const void *arg)
{
	struct surgeon *s = self;

	(void)event;
	(void)arg;
	s->attempts = s->report.attempts;
	sim_span_follow(&s->span, &s->report.span);
	record_registration(s);
	if (!s->report.ok) {
		if (s->operation != NO_OPERATION)
			operation_lost(s, s->report.cause);
		return go_home(s);
	}
	struct sim_span span = s->span;
	if (s->operation == NO_OPERATION) {
		twin_enrol(s->all->twins, s->ue, &span);
		return ENROLLING;
	}
	s->asked_ns = now(s);
	twin_enter(s->all->twins, s->ue, operation_of(s)->hospital, s->sessions - 1, &span);
	return ENTERING;
}

static uint8_t on_enrolling(void *self, uint8_t event, const void *arg)
{
	struct surgeon *s = self;

	(void)event;
	(void)arg;
	s->has_twin = s->report.ok;
	return go_home(s);
}

/* ---- the operation ---- */

static uint8_t on_entering(void *self, uint8_t event, const void *arg)
{
	struct surgeon *s = self;
	struct nf_env *env = s->all->env;

	(void)event;
	(void)arg;
	sim_span_follow(&s->span, &s->report.span);
	if (!s->report.ok) {
		operation_lost(s, s->report.cause);
		return go_home(s);
	}
	record_entering(s, true, 0, now(s) - s->asked_ns <= s->all->plan->entering_deadline_ns);
	end_ladder(s);
	s->row.ready_ns = now(s);
	s->row.planned_end_ns = now(s) + operation_of(s)->length_ns;
	sim_timer_start(env->sim, &s->end, operation_of(s)->length_ns, NF_KIND_SURGEON, E_END, s->ue,
	                0);
	nf_trace_step(env, NF_TRACE_UE, s->ue, NF_P_SESSION, MSG_NONE, 0, 0);
	return OPERATING;
}

/* The twin tells of an interruption that lasts while it leaves, before the row is written. */
static uint8_t on_operating(void *self, uint8_t event, const void *arg)
{
	struct surgeon *s = self;
	struct nf_env *env = s->all->env;

	(void)arg;
	sim_timer_stop(env->sim, &s->end);
	twin_leave(s->all->twins, s->ue);
	s->row.end_ns = now(s);
	s->row.completed = event == E_END;
	rec_add_session(env->rec, &s->row);
	nf_trace_step(env, NF_TRACE_UE, s->ue, NF_P_SESSION, MSG_NONE, event != E_END, 0);
	return LEAVING;
}

static uint8_t on_leaving(void *self, uint8_t event, const void *arg)
{
	(void)event;
	(void)arg;
	return go_home(self);
}

static uint8_t on_deregistering(void *self, uint8_t event, const void *arg)
{
	struct surgeon *s = self;

	(void)event;
	(void)arg;
	s->operation = NO_OPERATION;
	return AWAY;
}

/* ---- the machine ---- */

#define BIT SIM_FSM_BIT
#define FLOW "the use case, 5.A.3"
static const struct sim_fsm_row states[] = {
	{AWAY, "AWAY", FLOW, BIT(E_ENROL) | BIT(E_OPERATION) | BIT(E_DEREGISTERED),
	 BIT(AWAY) | BIT(REGISTERING), on_away},
	{REGISTERING, "REGISTERING", FLOW, BIT(E_REGISTERED),
	 BIT(ENROLLING) | BIT(ENTERING) | BIT(DEREGISTERING), on_registering},
	{ENROLLING, "ENROLLING", FLOW, BIT(E_ENROLLED), BIT(DEREGISTERING), on_enrolling},
	{ENTERING, "ENTERING", FLOW, BIT(E_ENTERED), BIT(OPERATING) | BIT(DEREGISTERING), on_entering},
	{OPERATING, "OPERATING", FLOW, BIT(E_LOST) | BIT(E_END), BIT(LEAVING), on_operating},
	{LEAVING, "LEAVING", FLOW, BIT(E_LEFT), BIT(DEREGISTERING), on_leaving},
	{DEREGISTERING, "DEREGISTERING", "the use case, 5.A.4", BIT(E_DEREGISTERED), BIT(AWAY),
	 on_deregistering},
};
#undef BIT
static const char *const event_names[] = {"ENROL",   "OPERATION", "REGISTERED",
                                          "ENROLLED", "ENTERED",   "LOST",
                                          "END",      "LEFT",      "DEREGISTERED"};

/* The surgeon is still busy with the operation before: this one is lost. */
static void missed(struct surgeon *s, uint32_t number)
{
	const struct surgeons *all = s->all;
	struct rec_session row = row_of(all, number);

	rec_add_session(all->env->rec, &row);
	nf_record_latency(all->env, REC_M_SURGERY_READY, s->ue, row.start_ns, NULL,
	                  REC_OUTCOME_FAILED, false, 0, 1);
	demand_dt(all->env->demand, REC_CLASS_SURGEON, row.start_ns, false);
}

static void unexpected(void *self, uint8_t state, uint8_t event, const void *arg)
{
	struct surgeon *s = self;

	(void)state;
	s->all->env->counter[NF_COUNT_UNEXPECTED]++;
	if (event == E_OPERATION)
		missed(s, *(const uint32_t *)arg);
}

extern const struct sim_fsm surgeon_fsm;
const struct sim_fsm surgeon_fsm = {
	.name = "surgeon", .rows = states, .n_rows = N_STATES, .event_names = event_names,
	.n_events = N_EVENTS, .unexpected = unexpected,
};

/* Tries again until it has worked; not while an operation is on. */
static bool wants_to_enrol(struct surgeon *s)
{
	if (s->has_twin)
		return false;
	sim_after(s->all->env->sim, s->all->plan->enrol_again_ns, NF_KIND_SURGEON, E_ENROL, s->ue, 0);
	return s->state == AWAY;
}

static void on_event(void *context, const struct sim_event *event)
{
	struct surgeons *all = context;
	struct surgeon *s = &all->surgeon[event->to];
	uint32_t number = (uint32_t)event->arg;

	if (event->detail >= TWIN_EVENT)
		twin_event(all->twins, event);
	else if (event->detail != E_ENROL || wants_to_enrol(s))
		sim_fsm_step(&surgeon_fsm, &s->state, s, (uint8_t)event->detail, &number);
}

/* ---- what UE and twin report ---- */

/* Their machines are in the middle of a step: the surgeon acts after it, at the same time. */
static void report(struct surgeons *all, uint32_t ue, enum event event, const struct report *report)
{
	if (report)
		all->surgeon[ue].report = *report;
	sim_after(all->env->sim, 0, NF_KIND_SURGEON, (uint16_t)event, ue, 0);
}

static void registered(void *context, uint32_t ue, bool ok, uint8_t cause, uint8_t attempts,
                       const struct sim_span *span)
{
	report(context, ue, E_REGISTERED,
	       &(struct report){.ok = ok, .cause = cause, .attempts = attempts, .span = *span});
}

static void deregistered(void *context, uint32_t ue)
{
	report(context, ue, E_DEREGISTERED, NULL);
}

static void message(void *context, uint32_t ue, const struct msg *msg)
{
	twin_message(((struct surgeons *)context)->twins, ue, msg);
}

static void enrolled(void *context, uint32_t ue, bool ok, const struct sim_span *span)
{
	report(context, ue, E_ENROLLED, &(struct report){.ok = ok, .span = *span});
}

static void entered(void *context, uint32_t ue, bool ok, uint8_t cause, const struct sim_span *span)
{
	report(context, ue, E_ENTERED, &(struct report){.ok = ok, .cause = cause, .span = *span});
}

static void left(void *context, uint32_t ue)
{
	report(context, ue, E_LEFT, NULL);
}

/* TS 22.104: an interruption shorter than the survival time is none for the application. */
static void interrupted(void *context, uint32_t ue, int64_t from_ns, int64_t to_ns, bool ended)
{
	struct surgeons *all = context;
	struct rec_session *row = &all->surgeon[ue].row;
	int64_t length_ns = to_ns - from_ns;

	if (length_ns > all->plan->survival_ns) {
		row->interruptions++;
		row->interrupted_ns += length_ns;
		if (length_ns > row->longest_ns)
			row->longest_ns = length_ns;
	}
	if (ended)
		report(all, ue, E_LOST, NULL);
}

/* ---- start and end ---- */

static void add_surgeon(struct surgeons *all, uint32_t ue)
{
	const struct ue_user user = {.context = all, .registered = registered,
		.deregistered = deregistered, .message = message};

	all->surgeon[ue] = (struct surgeon){.all = all, .ue = ue, .operation = NO_OPERATION};
	ue_set_user(all->ues, ue, &user);
}

static struct twins_config twins_config_of(const struct nf_anchors *anchors,
                                           const struct pol_config *policy,
                                           const struct hospital_config *hospital,
                                           const struct surgeon_plan *plan)
{
	return (struct twins_config){.policy = policy, .anchors = anchors,
		.keep_alive_ns = hospital->keep_alive_ns, .answer_ns = hospital->answer_ns,
		.entry_timeout_ns = hospital->entry_timeout_ns,
		.enrol_timeout_ns = hospital->enrol_timeout_ns,
		.entry_retries = hospital->entry_retries, .akma = hospital->akma,
		.entering_deadline_ns = plan->entering_deadline_ns, .lost_ns = plan->lost_ns};
}

struct surgeons *surgeons_new(struct nf_env *env, struct ues *ues, const struct nf_anchors *anchors,
                              const struct pol_config *policy,
                              const struct hospital_config *hospital,
                              const struct surgeon_plan *plan, uint32_t n_surgeons)
{
	struct surgeons *all = sim_arena_alloc(env->sim->arena, sizeof *all);
	const struct twin_user user = {.context = all, .enrolled = enrolled, .entered = entered,
		.left = left, .interrupted = interrupted};

	SIM_ASSERT(sim_fsm_check(&surgeon_fsm, NULL) == SIM_OK);
	*all = (struct surgeons){.env = env, .ues = ues, .plan = plan, .n = n_surgeons};
	all->twins_config = twins_config_of(anchors, policy, hospital, plan);
	all->twins = twins_new(env, ues, &all->twins_config, n_surgeons);
	twins_set_user(all->twins, &user);
	all->surgeon = sim_arena_alloc(env->sim->arena, n_surgeons * sizeof *all->surgeon);
	for (uint32_t ue = 0; ue < n_surgeons; ue++)
		add_surgeon(all, ue);
	sim_on(env->sim, NF_KIND_SURGEON, on_event, all);
	return all;
}

void surgeons_start(struct surgeons *all)
{
	const struct surgeon_plan *plan = all->plan;
	struct sim *sim = all->env->sim;

	for (uint32_t ue = 0; ue < all->n; ue++)
		sim_after(sim, plan->enrol_ns + ue * plan->enrol_apart_ns, NF_KIND_SURGEON, E_ENROL, ue,
		          0);
	for (uint32_t i = 0; i < plan->n_operations; i++)
		sim_after(sim, plan->operation[i].start_ns - sim->now_ns, NF_KIND_SURGEON, E_OPERATION,
		          plan->operation[i].ue, i);
}

uint32_t surgeons_session(const struct surgeons *all, uint32_t ue)
{
	return ue < all->n ? all->surgeon[ue].operation : NO_OPERATION;
}

/* An operation that is still on has no row: whether it would have been completed is not known. */
void surgeons_finish(struct surgeons *all)
{
	for (uint32_t ue = 0; ue < all->n; ue++) {
		const struct surgeon *s = &all->surgeon[ue];
		bool under_way = s->state == REGISTERING || s->state == ENTERING;
		if (s->state == REGISTERING)
			nf_record_latency(all->env, REC_M_REGISTRATION, ue, s->began_ns, NULL,
			                  REC_OUTCOME_CENSORED, false, 0, 1);
		if (under_way && s->operation != NO_OPERATION)
			nf_record_latency(all->env, REC_M_SURGERY_READY, ue, s->began_ns, NULL,
			                  REC_OUTCOME_CENSORED, false, 0, 1);
	}
	twins_finish(all->twins);
}
