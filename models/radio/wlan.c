/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      a WLAN as a delay with jitter and a loss, in order within an association.
 * Leaves out  contention, rates, power save, roaming between access points: a parameterised link
 *             stands for them, because untrusted access is defined to be anything that carries IP.
 * Sources     TS 23.501 4.2.8 (untrusted non-3GPP access); the parameters are assumptions.
 */
#include "models/radio/wlan.h"

#include "models/msg/msg_ike.h"
#include "models/nf/nf.h"

struct association {
	bool up;
	uint32_t access; /* counts associations: an event of an older one is stale */
	int64_t last_ns[2]; /* arrival of the latest message down and up: order is kept */
};
struct wlan {
	struct nf_env *env;
	const struct wlan_config *config;
	struct wlan_user user;
	struct association *of;
};

enum { DETAIL_ASSOCIATED, DETAIL_UP, DETAIL_DOWN };

static void arrive(struct wlan *wlan, const struct sim_event *event, bool up)
{
	struct nf_env *env = wlan->env;
	struct msg *msg = sim_pool_get(env->messages, sim_handle_unpack(event->arg));
	uint32_t ue = event->to;
	uint16_t ap = wlan->user.ap_of(wlan->user.context, ue);

	SIM_ASSERT(msg != NULL);
	sim_span_mark(&msg->span, env->sim->now_ns, SIM_PART_RADIO);
	if (!up && (!wlan->of[ue].up || wlan->of[ue].access != msg->ran.generation)) {
		env->counter[NF_COUNT_STALE]++;
		nf_release(env, msg);
		return;
	}
	if (ue == env->ladder_ue)
		rec_add_ladder(env->rec, &(struct rec_ladder){.sent_ns = msg->sent_ns,
			.arrived_ns = env->sim->now_ns, .from = up ? env->node.ue : ap,
			.to = up ? ap : env->node.ue, .message = msg->type, .octets = msg->octets});
	(up ? wlan->user.at_ap : wlan->user.at_ue)(wlan->user.context, ue, msg);
}

static void on_event(void *context, const struct sim_event *event)
{
	struct wlan *wlan = context;
	struct association *a = &wlan->of[event->to];

	if (event->detail != DETAIL_ASSOCIATED) {
		arrive(wlan, event, event->detail == DETAIL_UP);
	} else if (a->access == event->arg) {
		a->up = true;
		wlan->user.associated(wlan->user.context, event->to);
	}
}

struct wlan *wlan_new(struct nf_env *env, const struct wlan_config *config, uint32_t n_ues)
{
	struct wlan *wlan = sim_arena_alloc(env->sim->arena, sizeof *wlan);

	*wlan = (struct wlan){.env = env, .config = config};
	wlan->of = sim_arena_alloc(env->sim->arena, n_ues * sizeof *wlan->of);
	sim_on(env->sim, NF_KIND_WLAN, on_event, wlan);
	return wlan;
}

void wlan_set_user(struct wlan *wlan, const struct wlan_user *user)
{
	wlan->user = *user;
}

void wlan_associate(struct wlan *wlan, uint32_t ue, uint32_t procedure)
{
	struct sim_stream stream = nf_stream(wlan->env, NF_DRAW_WLAN, ue, procedure, 0);
	double spread = 0.5 + sim_stream_u01(&stream);

	wlan->of[ue].up = false;
	wlan->of[ue].access++;
	sim_after(wlan->env->sim, (int64_t)(spread * (double)wlan->config->associate_ns),
	          NF_KIND_WLAN, DETAIL_ASSOCIATED, ue, wlan->of[ue].access);
}

void wlan_release(struct wlan *wlan, uint32_t ue)
{
	wlan->of[ue].up = false;
	wlan->of[ue].access++;
}

/* The draw is named by the message (12 bits, 0 the association), so that each has a fate of its
 * own. */
static uint32_t name_of(const struct msg *msg, bool up)
{
	uint32_t low = (msg->attempt & 7u) << 1 | up;

	if (!msg_is_nwu((enum msg_type)msg->type))
		return 1 + (((uint32_t)msg->type << 4 | low) & 0x7fe);
	if (msg->type == MSG_NWU_NAS)
		return 1 + (((uint32_t)msg->ike.inner << 4 | low) & 0x7fe);
	return 0x800 | (msg->ike.id & 0x7f) << 4 | low;
}

static void carry(struct wlan *wlan, uint32_t ue, struct msg *msg, bool up, int64_t before_ns)
{
	struct association *a = &wlan->of[ue];
	const struct wlan_config *config = wlan->config;
	struct sim_stream stream = nf_stream(wlan->env, NF_DRAW_WLAN, ue, msg->procedure,
	                                     name_of(msg, up));
	double spread = sim_stream_u01(&stream), fate = sim_stream_u01(&stream);
	int64_t arrives_ns = wlan->env->sim->now_ns + before_ns + config->delay_ns +
	                     (int64_t)(spread * (double)config->jitter_ns);

	if (!a->up || msg->ran.generation != a->access || fate < config->loss_prob) {
		wlan->env->counter[a->up ? NF_COUNT_WLAN_LOSSES : NF_COUNT_STALE]++;
		nf_release(wlan->env, msg);
		return;
	}
	if (arrives_ns < a->last_ns[up])
		arrives_ns = a->last_ns[up];
	a->last_ns[up] = arrives_ns;
	sim_after(wlan->env->sim, arrives_ns - wlan->env->sim->now_ns, NF_KIND_WLAN,
	          up ? DETAIL_UP : DETAIL_DOWN, ue, sim_handle_pack(msg->self));
}

void wlan_up(struct wlan *wlan, uint32_t ue, struct msg *msg, int64_t work_ns)
{
	msg->uplink = true;
	msg->ran = (struct sim_handle){ue, wlan->of[ue].access};
	msg->sent_ns = wlan->env->sim->now_ns + work_ns;
	carry(wlan, ue, msg, true, work_ns);
}

void wlan_down(struct wlan *wlan, uint32_t ue, struct msg *msg)
{
	msg->sent_ns = wlan->env->sim->now_ns;
	carry(wlan, ue, msg, false, 0);
}

static const struct sim_param rows[] = {
	{.key = "associate", .type = SIM_PAR_DURATION,
	 .offset = offsetof(struct wlan_config, associate_ns), .fallback = "100 ms", .min = 0, .max = 60,
	 .source = "assumption: a known WLAN within reach, its own security and DHCP; half to one and a "
	           "half of it, uniformly",
	 .doc = "mean time until a UE that wants to connect has IP"},
	{.key = "delay", .type = SIM_PAR_DURATION, .offset = offsetof(struct wlan_config, delay_ns),
	 .fallback = "2 ms", .min = 0, .max = 1, .source = "assumption: a lightly loaded 802.11ac cell",
	 .doc = "least delay of a message between UE and access point"},
	{.key = "jitter", .type = SIM_PAR_DURATION, .offset = offsetof(struct wlan_config, jitter_ns),
	 .fallback = "3 ms", .min = 0, .max = 1, .source = "assumption: contention and backoff",
	 .doc = "what may be added to it, uniformly"},
	{.key = "loss", .type = SIM_PAR_NUMBER, .offset = offsetof(struct wlan_config, loss_prob),
	 .fallback = "0", .min = 0, .max = 0.9,
	 .source = "assumption: the WLAN's own retransmissions hide losses",
	 .doc = "probability that a message is lost on the air"},
};
const struct sim_section wlan_section = {
	.prefix = "wlan", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct wlan_config), .doc = "the air of untrusted non-3GPP access",
};
