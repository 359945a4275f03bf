/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/twin_state.h"

int64_t twin_now(const struct twin *t)
{
	return t->all->env->sim->now_ns;
}

/* ---- the end of a demand ---- */

static void record(struct twin *t, uint8_t outcome, uint8_t cause)
{
	struct sim_span span = sim_span_since(&t->span, &t->begin);
	bool met = outcome == REC_OUTCOME_OK;

	if (t->goal == TWIN_ENTER)
		met = met && sim_span_total(&span) <= t->all->config->entering_deadline_ns;
	nf_record_latency(t->all->env, t->goal == TWIN_ENTER ? REC_M_DT_AUTH : REC_M_DT_ENROL, t->ue,
	                  t->begin.since_ns, &span, outcome, met, cause, (uint8_t)(t->round + 1));
}

static enum twin_state finish(struct twin *t, bool ok, uint8_t cause)
{
	static const uint8_t news_of[] = {[TWIN_ENROL] = TWIN_ENROLLED, [TWIN_ENTER] = TWIN_ENTERED,
	                                  [TWIN_LEAVE] = TWIN_LEFT};

	sim_timer_stop(t->all->env->sim, &t->timer);
	if (t->goal != TWIN_LEAVE)
		record(t, ok ? REC_OUTCOME_OK : REC_OUTCOME_FAILED, cause);
	t->news = (struct twin_news){.what = news_of[t->goal], .ok = ok, .cause = cause,
		.span = t->span};
	t->goal = TWIN_NO_GOAL;
	return TWIN_OUT;
}

static enum twin_state fail(struct twin *t, uint8_t cause)
{
	sim_span_mark(&t->span, twin_now(t), SIM_PART_TIMER);
	return finish(t, false, cause);
}

/* ---- what to ask next ---- */

static enum twin_state ask(struct twin *t, enum msg_type type, enum twin_state wait)
{
	if (!twin_prepare(t, type))
		return fail(t, DT_CAUSE_NOT_CONNECTED);
	twin_send(t);
	return wait;
}

/* By what the headset holds already: a valid assertion, a session with the DTF, nothing. */
static enum twin_state proceed(struct twin *t)
{
	if (t->goal == TWIN_ENTER && twin_has_credential(t))
		return t->all->config->akma ? ask(t, MSG_HOSPITAL_AKMA, TWIN_KNOCKING)
		                            : ask(t, MSG_HOSPITAL_HELLO, TWIN_GREETING);
	if (!twin_has_session(t))
		return ask(t, MSG_DTF_SESSION, TWIN_OPENING);
	if (t->goal == TWIN_ENROL)
		return ask(t, MSG_DTF_ENROL, TWIN_ENROLLING);
	if (t->goal == TWIN_ENTER)
		return ask(t, MSG_DTF_ASSERTION, TWIN_ASKING);
	return ask(t, MSG_DTF_LEAVE, TWIN_STORING);
}

/* No repetition would change these. */
static bool is_lasting(uint8_t cause)
{
	switch (cause) {
	case DT_CAUSE_A_TID_UNKNOWN:
	case DT_CAUSE_TWIN_EXISTS:
	case DT_CAUSE_MANIFEST_EXISTS:
	case DT_CAUSE_NO_TWIN:
	case DT_CAUSE_OWNER_PROOF:
	case DT_CAUSE_UNKNOWN_AUDIENCE:
	case DT_CAUSE_HOSPITAL_UNTRUSTED:
		return true;
	default:
		return false;
	}
}

/* Drops what was refused (session or assertion), so that the next round gets it afresh. */
static enum twin_state refused(struct twin *t, uint8_t cause)
{
	bool by_hospital = t->state == TWIN_GREETING || t->state == TWIN_ENTERING ||
	                   t->state == TWIN_KNOCKING;

	if (is_lasting(cause) || t->round >= TWIN_RESTARTS)
		return fail(t, cause);
	if (!by_hospital)
		t->in_session = false;
	else if (cause != DT_CAUSE_SESSION_UNKNOWN)
		t->credential[t->hospital].valid = false;
	t->round++;
	return proceed(t);
}

/* ---- handlers ---- */

struct wish {
	enum twin_goal goal;
	uint16_t hospital;
	uint64_t scope;
	struct sim_span span;
};

static void begin(struct twin *t, const struct wish *wish)
{
	t->goal = (uint8_t)wish->goal;
	t->begin = t->span = wish->span;
	t->procedure = ue_next_procedure(t->all->ues, t->ue);
	t->round = 0;
	t->work_ns = 0;
	if (wish->goal == TWIN_ENTER) {
		t->hospital = wish->hospital;
		t->scope = wish->scope;
	}
}

static uint8_t on_out(void *self, uint8_t event, const void *arg)
{
	struct twin *t = self;

	begin(t, arg);
	return event == TWIN_E_LEAVE ? finish(t, true, 0) : proceed(t);
}

static enum twin_state again(struct twin *t)
{
	if (t->attempt >= t->all->config->entry_retries) /* leaving a silent hospital is leaving */
		return t->state == TWIN_PARTING ? proceed(t) : fail(t, DT_CAUSE_NO_ANSWER);
	t->attempt++;
	sim_span_mark(&t->span, twin_now(t), SIM_PART_TIMER);
	twin_send(t);
	return (enum twin_state)t->state;
}

/* The check of the last answer takes time that no message carries. */
static enum twin_state check(struct twin *t)
{
	sim_timer_start(t->all->env->sim, &t->timer, t->work_ns, NF_KIND_SURGEON,
	                TWIN_EVENT | TWIN_E_CHECKED, t->ue, 0);
	return TWIN_CHECKING;
}

static enum twin_state accepted(struct twin *t)
{
	switch (t->state) {
	case TWIN_ENROLLING:
	case TWIN_ENTERING:
		return check(t);
	case TWIN_KNOCKING:
		return ask(t, MSG_HOSPITAL_HELLO, TWIN_GREETING);
	case TWIN_GREETING:
		return ask(t, MSG_HOSPITAL_ENTRY, TWIN_ENTERING);
	case TWIN_STORING:
		return finish(t, true, 0);
	default:
		return proceed(t);
	}
}

static enum nf_procedure traced_as(const struct twin *t)
{
	if (t->goal == TWIN_ENROL)
		return NF_P_ENROLMENT;
	if (t->goal == TWIN_LEAVE)
		return NF_P_LEAVE;
	return t->state == TWIN_OPENING || t->state == TWIN_ASKING ? NF_P_ASSERTION : NF_P_ENTRY;
}

static uint8_t on_wait(void *self, uint8_t event, const void *arg)
{
	struct twin *t = self;
	const struct msg *msg = arg;

	if (event == TWIN_E_NO_ANSWER)
		return again(t);
	sim_timer_stop(t->all->env->sim, &t->timer);
	sim_span_follow(&t->span, &msg->span);
	uint8_t cause = twin_take(t, msg);
	nf_trace_step(t->all->env, NF_TRACE_UE, t->ue, traced_as(t), (enum msg_type)msg->type,
	              cause != 0, cause);
	if (cause && t->state != TWIN_PARTING)
		return refused(t, cause);
	return accepted(t);
}

static uint8_t on_checked(void *self, uint8_t event, const void *arg)
{
	struct twin *t = self;
	bool entered = t->goal == TWIN_ENTER;

	(void)event;
	(void)arg;
	sim_span_mark(&t->span, twin_now(t), SIM_PART_CRYPTO);
	t->work_ns = 0;
	finish(t, true, 0);
	if (!entered)
		return TWIN_OUT;
	twin_session_begin(t);
	return TWIN_INSIDE;
}

static uint8_t on_inside(void *self, uint8_t event, const void *arg)
{
	struct twin *t = self;

	if (event != TWIN_E_LEAVE) {
		twin_session_event(t, (enum twin_event)event);
		return TWIN_INSIDE;
	}
	twin_session_end(t);
	begin(t, arg);
	return ask(t, MSG_HOSPITAL_LEAVE, TWIN_PARTING);
}

/* ---- the machine ---- */

#define BIT SIM_FSM_BIT
#define ANSWERED (BIT(TWIN_E_ANSWER) | BIT(TWIN_E_NO_ANSWER))
/* A refusal starts another round, and that wherever the headset's holdings let it start. */
#define ROUND (BIT(TWIN_OUT) | BIT(TWIN_OPENING) | BIT(TWIN_ENROLLING) | BIT(TWIN_ASKING) |        \
	       BIT(TWIN_GREETING) | BIT(TWIN_KNOCKING) | BIT(TWIN_STORING))
#define DT1 "docs/DT_INTERFACE.md, DT1"
#define DT2 "docs/DT_INTERFACE.md, DT2"
static const struct sim_fsm_row states[] = {
	{TWIN_OUT, "OUT", DT1, BIT(TWIN_E_ENROL) | BIT(TWIN_E_ENTER) | BIT(TWIN_E_LEAVE), ROUND,
	 on_out},
	{TWIN_OPENING, "OPENING", DT1, ANSWERED, ROUND, on_wait},
	{TWIN_ENROLLING, "ENROLLING", DT1, ANSWERED, ROUND | BIT(TWIN_CHECKING), on_wait},
	{TWIN_ASKING, "ASKING", DT1, ANSWERED, ROUND, on_wait},
	{TWIN_GREETING, "GREETING", DT2, ANSWERED, ROUND | BIT(TWIN_ENTERING), on_wait},
	{TWIN_ENTERING, "ENTERING", DT2, ANSWERED, ROUND | BIT(TWIN_ENTERING) | BIT(TWIN_CHECKING),
	 on_wait},
	{TWIN_CHECKING, "CHECKING", DT2, BIT(TWIN_E_CHECKED), BIT(TWIN_OUT) | BIT(TWIN_INSIDE),
	 on_checked},
	{TWIN_INSIDE, "INSIDE", DT2,
	 BIT(TWIN_E_LEAVE) | BIT(TWIN_E_TICK) | BIT(TWIN_E_ALIVE) | BIT(TWIN_E_NO_ANSWER),
	 BIT(TWIN_INSIDE) | BIT(TWIN_PARTING), on_inside},
	{TWIN_PARTING, "PARTING", DT2, ANSWERED, ROUND | BIT(TWIN_PARTING), on_wait},
	{TWIN_KNOCKING, "KNOCKING", DT2, ANSWERED, ROUND, on_wait},
	{TWIN_STORING, "STORING", DT1, ANSWERED, ROUND, on_wait},
};
#undef BIT
static const char *const event_names[] = {"ENROL",   "ENTER",   "LEAVE", "ANSWER", "NO-ANSWER",
                                          "CHECKED", "TICK", "ALIVE"};

static void unexpected(void *self, uint8_t state, uint8_t event, const void *arg)
{
	struct twin *t = self;

	(void)state;
	(void)event;
	(void)arg;
	t->all->env->counter[NF_COUNT_UNEXPECTED]++;
}

const struct sim_fsm twin_fsm = {
	.name = "twin's client", .rows = states, .n_rows = TWIN_N_STATES,
	.event_names = event_names, .n_events = TWIN_N_EVENTS, .unexpected = unexpected,
};

/* The user may ask for the next thing at once, so it is told when the machine stands still. */
static void tell(struct twin *t)
{
	const struct twin_user *user = &t->all->user;
	struct twin_news news = t->news;

	t->news.what = TWIN_NO_NEWS;
	switch (news.what) {
	case TWIN_ENROLLED:
		user->enrolled(user->context, t->ue, news.ok, &news.span);
		break;
	case TWIN_ENTERED:
		user->entered(user->context, t->ue, news.ok, news.cause, &news.span);
		break;
	case TWIN_LEFT:
		user->left(user->context, t->ue);
		break;
	case TWIN_INTERRUPTED:
		user->interrupted(user->context, t->ue, news.from_ns, news.to_ns, news.ended);
		break;
	default:
		break;
	}
}

static void step(struct twin *t, enum twin_event event, const void *arg)
{
	sim_fsm_step(&twin_fsm, &t->state, t, (uint8_t)event, arg);
	tell(t);
}

/* ---- what drives it ---- */

static struct twin *twin_of(struct twins *twins, uint32_t ue)
{
	SIM_ASSERT(ue < twins->n);
	return &twins->twin[ue];
}

void twin_enrol(struct twins *twins, uint32_t ue, const struct sim_span *span)
{
	step(twin_of(twins, ue), TWIN_E_ENROL, &(struct wish){.goal = TWIN_ENROL, .span = *span});
}

void twin_enter(struct twins *twins, uint32_t ue, uint16_t hospital, uint32_t session,
                const struct sim_span *span)
{
	const struct pol_entry *policy = pol_entries[twins->config->policy->pseudonym];
	const struct pol_view view = {.session = session, .hospital = hospital};

	SIM_ASSERT(hospital < twins->config->anchors->n_hospitals);
	step(twin_of(twins, ue), TWIN_E_ENTER, &(struct wish){.goal = TWIN_ENTER,
		.hospital = hospital, .scope = policy->scope(&view), .span = *span});
}

void twin_leave(struct twins *twins, uint32_t ue)
{
	step(twin_of(twins, ue), TWIN_E_LEAVE, &(struct wish){.goal = TWIN_LEAVE,
		.span = sim_span_start(twins->env->sim->now_ns)});
}

static enum msg_type answer_to(uint8_t asked)
{
	switch (asked) {
	case MSG_DTF_SESSION:
		return MSG_DTF_SESSION_RSP;
	case MSG_DTF_ENROL:
		return MSG_DTF_ENROL_RSP;
	case MSG_DTF_ASSERTION:
		return MSG_DTF_ASSERTION_RSP;
	case MSG_DTF_LEAVE:
		return MSG_DTF_LEAVE_RSP;
	case MSG_HOSPITAL_AKMA:
		return MSG_HOSPITAL_AKMA_RSP;
	case MSG_HOSPITAL_HELLO:
		return MSG_HOSPITAL_CHALLENGE;
	case MSG_HOSPITAL_ENTRY:
		return MSG_HOSPITAL_ADMIT;
	default:
		return MSG_HOSPITAL_LEAVE_RSP;
	}
}

static bool is_answer(const struct twin *t, const struct msg *msg)
{
	bool waits = states[t->state].events & SIM_FSM_BIT(TWIN_E_ANSWER);

	return waits && msg->type == answer_to(t->asked) && msg->asker.generation == t->serial;
}

static bool is_alive(const struct twin *t, const struct msg *msg)
{
	return t->state == TWIN_INSIDE && msg->type == MSG_KEEP_ALIVE_RSP && msg->cause == 0 &&
	       msg->dt.session == t->visit && msg->dt.count == t->keep_alives;
}

void twin_message(void *context, uint32_t ue, const struct msg *msg)
{
	struct twins *twins = context;
	struct twin *t = twin_of(twins, ue);

	if (is_answer(t, msg))
		step(t, TWIN_E_ANSWER, msg);
	else if (is_alive(t, msg))
		step(t, TWIN_E_ALIVE, NULL);
	else
		twins->env->counter[NF_COUNT_STALE]++;
}

void twin_event(void *context, const struct sim_event *event)
{
	step(twin_of(context, event->to), (enum twin_event)(event->detail - TWIN_EVENT), NULL);
}

/* ---- start and end ---- */

struct twins *twins_new(struct nf_env *env, struct ues *ues, const struct twins_config *config,
                        uint32_t n_twins)
{
	struct sim_arena *arena = env->sim->arena;
	struct twins *twins = sim_arena_alloc(arena, sizeof *twins);

	SIM_ASSERT(sim_fsm_check(&twin_fsm, NULL) == SIM_OK);
	*twins = (struct twins){.env = env, .ues = ues, .config = config, .n = n_twins};
	twins->twin = sim_arena_alloc(arena, n_twins * sizeof *twins->twin);
	for (uint32_t i = 0; i < n_twins; i++) {
		twins->twin[i] = (struct twin){.all = twins, .ue = i};
		twins->twin[i].credential = sim_arena_alloc(
			arena, config->anchors->n_hospitals * sizeof(struct twin_credential));
	}
	return twins;
}

void twins_set_user(struct twins *twins, const struct twin_user *user)
{
	twins->user = *user;
}

void twins_finish(struct twins *twins)
{
	for (uint32_t i = 0; i < twins->n; i++) {
		struct twin *t = &twins->twin[i];
		if (t->goal == TWIN_ENROL || t->goal == TWIN_ENTER)
			record(t, REC_OUTCOME_CENSORED, 0);
	}
}
