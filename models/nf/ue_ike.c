/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A UE's IKEv2 as its users see it: SAs by UE, events, parameters. The exchanges:
 * ue_ike_exchange.c. */
#include "models/nf/ue_ike_state.h"

/* The UE hears that its connection is over: as of an RRC Release. */
static void tell_released(struct ue_ikes *ikes, uint32_t number, uint32_t procedure,
                          const struct sim_span *span)
{
	struct msg *msg = nf_message_for(ikes->env, MSG_CONTEXT_RELEASE_COMMAND, number, procedure, span);
	ikes->user.at_ue(ikes->user.context, number, msg);
}

static void end(struct ue_ike *u)
{
	struct ue_ikes *ikes = u->all;
	const struct ue_ike was = *u;

	sim_pool_give(ikes->pool, was.self);
	if (was.ending == ENDS_UNCONNECTED)
		ikes->user.connected(ikes->user.context, was.number, false, &was.span);
	else if (was.ending == ENDS_RELEASED)
		tell_released(ikes, was.number, was.procedure, &was.span);
}

void ue_ike_feed(struct ue_ike *u, uint8_t event, const struct ue_ike_input *input)
{
	u->depth++;
	sim_fsm_step(&ue_ike_fsm, &u->state, u, event, input);
	if (--u->depth == 0 && u->finished)
		end(u);
}

/* ---- the outside ---- */

static struct ue_ike *find(struct ue_ikes *ikes, uint32_t ue)
{
	return sim_pool_get(ikes->pool, ikes->of[ue]);
}

static void on_timer(void *context, const struct sim_event *event)
{
	struct ue_ike *u = find(context, event->to);

	if (u)
		ue_ike_feed(u, IKE_E_TIMEOUT, NULL);
}

struct ue_ikes *ue_ikes_new(struct nf_env *env, const struct ue_ike_config *config,
                            struct id_plmn plmn, struct wlan *wlan, uint32_t n_ues)
{
	struct ue_ikes *ikes = sim_arena_alloc(env->sim->arena, sizeof *ikes);

	SIM_ASSERT(sim_fsm_check(&ue_ike_fsm, NULL) == SIM_OK);
	*ikes = (struct ue_ikes){.env = env, .config = config, .plmn = plmn, .wlan = wlan};
	ikes->of = sim_arena_alloc(env->sim->arena, n_ues * sizeof *ikes->of);
	ikes->pool = sim_pool_new(env->sim->arena, sizeof(struct ue_ike), 16);
	sim_on(env->sim, NF_KIND_IKE, on_timer, ikes);
	return ikes;
}

void ue_ikes_set_user(struct ue_ikes *ikes, const struct ue_ike_user *user)
{
	ikes->user = *user;
}

void ue_ike_connect(struct ue_ikes *ikes, uint32_t ue, uint32_t procedure)
{
	struct ue_ike *u = find(ikes, ue);

	if (u)
		ue_ike_feed(u, IKE_E_RELEASE, NULL);
	u = sim_pool_take(ikes->pool, &ikes->of[ue]);
	u->all = ikes;
	u->self = ikes->of[ue];
	u->number = ue;
	u->procedure = procedure;
	u->span = sim_span_start(ikes->env->sim->now_ns);
	ue_ike_feed(u, IKE_E_CONNECT, NULL);
}

void ue_ike_release(struct ue_ikes *ikes, uint32_t ue)
{
	struct ue_ike *u = find(ikes, ue);

	if (u)
		ue_ike_feed(u, IKE_E_RELEASE, NULL);
}

void ue_ike_up(struct ue_ikes *ikes, uint32_t ue, struct msg *msg, int64_t work_ns)
{
	struct ue_ike *u = find(ikes, ue);
	const struct ue_ike_input input = {msg, work_ns};

	if (u && msg->nas_octets == 0) {
		wlan_up(ikes->wlan, ue, msg, work_ns); /* the user plane: on its own */
		return;
	}
	if (u)
		ue_ike_feed(u, IKE_E_NAS_UP, &input);
	nf_release(ikes->env, msg);
}

void ue_ike_associated(void *ikes, uint32_t ue)
{
	struct ue_ike *u = find(ikes, ue);

	if (u)
		ue_ike_feed(u, IKE_E_ASSOCIATED, NULL);
}

/* RFC 7296 2.1, 2.2: an answer counts once, and only to the latest request. */
static void receive_ike(struct ue_ike *u, const struct ue_ike_input *input)
{
	const struct msg_ike *ike = &input->msg->ike;
	bool answer = msg_ike_is_response((enum msg_type)input->msg->type);

	if (ike->spi_i != u->sa.x.spi_i || (answer && (!u->waiting || ike->id != u->request.ike.id))) {
		u->all->env->counter[NF_COUNT_STALE]++;
		return;
	}
	if (answer) {
		u->waiting = false;
		sim_timer_stop(u->all->env->sim, &u->timer);
	}
	ue_ike_feed(u, answer ? IKE_E_RESPONSE
	               : input->msg->type == MSG_NWU_NAS ? IKE_E_NAS_DOWN : IKE_E_REQUEST, input);
}

void ue_ike_receive(void *context, uint32_t ue, struct msg *msg)
{
	struct ue_ikes *ikes = context;
	struct ue_ike *u = find(ikes, ue);
	const struct ue_ike_input input = {msg, 0};

	if (u && !msg_is_nwu((enum msg_type)msg->type)) {
		ikes->user.at_ue(ikes->user.context, ue, msg);
		return;
	}
	if (u)
		receive_ike(u, &input);
	nf_release(ikes->env, msg);
}

uint32_t ue_ike_exchanges(const struct ue_ikes *ikes, uint32_t ue)
{
	const struct ue_ike *u = sim_pool_get(ikes->pool, ikes->of[ue]);
	return u ? u->exchanges : 0;
}

static const struct sim_param parameters[] = {
	{.key = "timeout", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct ue_ike_config, timeout_ns), .fallback = "2 s", .min = 0.01, .max = 60,
	 .source = "assumption: RFC 7296 2.1 leaves it to the implementation, growing exponentially",
	 .doc = "an IKE request without an answer is sent again; doubled each time"},
	{.key = "tries", .type = SIM_PAR_COUNT, .offset = offsetof(struct ue_ike_config, tries),
	 .fallback = "5", .min = 1, .max = 12,
	 .source = "assumption: within T3510 of TS 24.501, at least a dozen over minutes in RFC 7296 2.4",
	 .doc = "transmissions of an IKE request before the SA is given up"},
};
const struct sim_section ue_ike_section = {
	.prefix = "ue_ike", .rows = parameters, .n_rows = sizeof parameters / sizeof *parameters,
	.size = sizeof(struct ue_ike_config), .doc = "the UE's side of IKEv2",
};
