/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      NGAP's pairing of a radio connection with an AMF context (TS 38.413 8.6), the Initial
 *             Context Setup Response (8.3.1), release after inactivity or by the AMF (8.3.2,
 *             8.3.3), paging in the UE's occasions (8.5; TS 38.304 7.1), forwarding of user-plane
 *             messages on N3.
 * Leaves out  handover, RRC_INACTIVE, the scheduler beyond models/radio: a UE stays in its cell
 *             while connected.
 * Sources     TS 38.413, TS 38.331 5.3.8, TS 38.304.
 */
#include "models/nf/gnb.h"

#include "models/msg/msg_ngap.h"

enum { KEPT = 4, FIRST_KEPT = 16 }; /* assumption: a UE that is not reached is owed little */
enum { RRC_RELEASE_OCTETS = 8 }; /* assumption: without redirection or suspension */

struct association {
	struct sim_handle context; /* AMF UE NGAP ID; none before its first message, and released */
	struct sim_alarm inactivity;
	int64_t last_ns;           /* when a message went either way                             */
	uint32_t access;           /* of the UE's connections, the one this is for               */
	uint32_t registered;       /* the access of its last initial registration                */
	uint32_t kept;             /* of gnbs->kept, + 1; 0: nothing is kept                     */
	uint16_t node;             /* the gNB                                                    */
	bool released;
};
/* User data until the UE has been paged. */
struct kept {
	struct sim_handle self, msg[KEPT];
	uint8_t n;
};
struct gnbs {
	struct sim_pool *kept;
	uint16_t inactivity;       /* group of alarms */
	struct nf_env *env;
	struct radio *radio;
	struct gnb *gnb;
	struct association *of; /* by UE */
	void (*data_waits)(void *context, uint32_t ue);
	void *context;
};

static struct sim_alarm *find_inactivity(void *gnbs, uint32_t ue)
{
	return &((struct gnbs *)gnbs)->of[ue].inactivity;
}

static void inactivity_event(void *gnbs, uint32_t ue, struct sim_event *event)
{
	event->kind = NF_KIND_TIMER;
	event->detail = 0;
	event->to = ((const struct gnbs *)gnbs)->of[ue].node;
	event->arg = ue;
}

struct gnbs *gnbs_new(struct nf_env *env, struct radio *radio)
{
	struct gnbs *gnbs = sim_arena_alloc(env->sim->arena, sizeof *gnbs);

	*gnbs = (struct gnbs){.env = env, .radio = radio};
	gnbs->gnb = sim_arena_alloc(env->sim->arena, 2u * env->node.n_gnbs * sizeof *gnbs->gnb);
	gnbs->kept = sim_pool_new(env->sim->arena, sizeof(struct kept), FIRST_KEPT);
	gnbs->of = sim_arena_alloc(env->sim->arena, env->n_ues * sizeof *gnbs->of);
	gnbs->inactivity = sim_alarm_group(
		env->sim, &(struct sim_alarm_kind){gnbs, find_inactivity, inactivity_event});
	for (uint16_t i = 0; i < env->node.n_gnbs; i++) {
		gnbs->gnb[i] = (struct gnb){.all = gnbs, .node = (uint16_t)(env->node.gnb0 + i), .cell = i};
		gnbs->gnb[env->node.n_gnbs + i] =
			(struct gnb){.all = gnbs, .node = (uint16_t)(env->node.vgnb0 + i), .cell = i};
	}
	return gnbs;
}

struct gnb *gnb_instance(struct gnbs *gnbs, uint32_t i)
{
	return &gnbs->gnb[i];
}

void gnbs_on_data(struct gnbs *gnbs, void (*data_waits)(void *context, uint32_t ue), void *context)
{
	gnbs->data_waits = data_waits;
	gnbs->context = context;
}

static uint16_t node_of(const struct gnbs *gnbs, uint32_t ue)
{
	const struct nf_nodes *node = &gnbs->env->node;

	return (uint16_t)((nf_roams(gnbs->env, ue) ? node->vgnb0 : node->gnb0) +
	                  radio_cell(gnbs->radio, ue));
}

static bool is_nas(const struct msg *msg)
{
	return msg->nas_octets > 0;
}

/* ---- inactivity ---- */

static void watch(struct gnbs *gnbs, uint32_t ue, int64_t after_ns)
{
	struct association *a = &gnbs->of[ue];

	sim_alarm_stop(gnbs->env->sim, &a->inactivity);
	if (after_ns >= 0)
		sim_alarm_set(gnbs->env->sim, gnbs->inactivity, ue, &a->inactivity, after_ns);
}

static void ask_for_release(struct gnbs *gnbs, uint32_t ue)
{
	struct nf_env *env = gnbs->env;
	const struct association *a = &gnbs->of[ue];
	const struct sim_span span = sim_span_start(env->sim->now_ns);
	struct msg *msg = nf_message_for(env, MSG_CONTEXT_RELEASE_REQUEST, ue, 0, &span);

	msg->context = a->context;
	msg->ran = (struct sim_handle){ue, a->access};
	msg->ngap_cause = (struct ngap_cause){NGAP_CAUSE_RADIO, NGAP_RADIO_USER_INACTIVITY};
	msg->octets = (uint16_t)msg_n2_octets(msg);
	nf_send(env, a->node, nf_amf_of(env, ue), msg);
}

/* Moved along lazily: a message costs no event of its own. */
static void timer(void *self, const struct sim_event *event)
{
	struct gnbs *gnbs = ((struct gnb *)self)->all;
	uint32_t ue = (uint32_t)event->arg;
	struct association *a = &gnbs->of[ue];
	int64_t left_ns = a->last_ns + radio_configuration(gnbs->radio)->inactivity_ns -
	                  gnbs->env->sim->now_ns;

	if (left_ns <= 0 && a->context.generation != 0) {
		ask_for_release(gnbs, ue);
		a->last_ns = gnbs->env->sim->now_ns; /* an AMF that is down is asked again */
		left_ns = radio_configuration(gnbs->radio)->inactivity_ns;
	}
	if (left_ns > 0)
		watch(gnbs, ue, left_ns);
}

/* ---- from the air ---- */

static void begin(struct gnbs *gnbs, uint32_t ue, uint32_t access)
{
	struct association *a = &gnbs->of[ue];

	a->context = SIM_HANDLE_NONE;
	a->access = access;
	a->node = node_of(gnbs, ue);
	a->released = false;
	watch(gnbs, ue, radio_configuration(gnbs->radio)->inactivity_ns);
}

static void release_on_air(struct gnbs *gnbs, uint32_t ue, const struct msg *cause_of)
{
	struct msg *msg = nf_message(gnbs->env, MSG_CONTEXT_RELEASE_COMMAND, cause_of);

	msg->ran = (struct sim_handle){ue, gnbs->of[ue].access};
	msg->octets = RRC_RELEASE_OCTETS;
	msg->from = gnbs->of[ue].node;
	radio_down(gnbs->radio, ue, msg);
}

/* The first message of a connection opens an association; a later one waits for nothing: it goes
 * within it, or comes before the AMF has answered or after the release, and is lost. */
static bool find_way(struct gnbs *gnbs, uint32_t ue, struct msg *msg)
{
	struct association *a = &gnbs->of[ue];
	bool initial = a->access != msg->ran.generation;

	if (initial)
		begin(gnbs, ue, msg->ran.generation);
	msg->to = nf_amf_of(gnbs->env, ue);
	msg->context = a->context;
	msg->ngap = initial ? NGAP_INITIAL_UE_MESSAGE : NGAP_UPLINK_NAS;
	if (!initial && a->context.generation == 0) {
		gnbs->env->counter[NF_COUNT_STALE]++;
		if (a->released)
			release_on_air(gnbs, ue, msg);
		return false;
	}
	msg->octets = (uint16_t)msg_n2_octets(msg);
	return true;
}

void gnb_from_air(void *context, uint32_t ue, struct msg *msg)
{
	struct gnbs *gnbs = context;

	if (is_nas(msg) && !find_way(gnbs, ue, msg)) {
		nf_release(gnbs->env, msg);
		return;
	}
	gnbs->of[ue].last_ns = gnbs->env->sim->now_ns;
	nf_send(gnbs->env, node_of(gnbs, ue), msg->to, msg);
}

/* ---- towards N2 ---- */

static void answer(struct gnb *gnb, enum msg_type type, const struct msg *request)
{
	struct nf_env *env = gnb->all->env;
	struct msg *msg = nf_message(env, type, request);

	msg->context = request->asker;
	msg->ran = request->ran;
	msg->octets = (uint16_t)msg_n2_octets(msg);
	nf_send(env, gnb->node, request->from, msg);
}

static void release(struct gnb *gnb, const struct msg *command)
{
	struct gnbs *gnbs = gnb->all;
	uint32_t ue = command->ran.index;
	struct association *a = &gnbs->of[ue];

	answer(gnb, MSG_CONTEXT_RELEASE_COMPLETE, command);
	if (a->access != command->ran.generation)
		return; /* of an earlier connection */
	a->context = SIM_HANDLE_NONE;
	a->released = true;
	watch(gnbs, ue, -1);
	if (radio_is_current(gnbs->radio, command->ran))
		release_on_air(gnbs, ue, command);
}

/* ---- user data (N3) ---- */

/* The AMF has answered on the UE's present connection. */
static bool is_connected(const struct gnbs *gnbs, uint32_t ue)
{
	const struct association *a = &gnbs->of[ue];
	const struct sim_handle ran = radio_connection(gnbs->radio, ue);

	return a->context.generation != 0 && a->access == ran.generation &&
	       radio_is_current(gnbs->radio, ran);
}

static void drop(struct gnbs *gnbs, struct msg *msg)
{
	gnbs->env->counter[NF_COUNT_STALE]++;
	nf_release(gnbs->env, msg);
}

/* It stays here, in the UPF's stead, until the UE has answered the paging (TS 23.502 4.2.3.3). */
static void keep(struct gnbs *gnbs, uint32_t ue, struct msg *msg)
{
	struct association *a = &gnbs->of[ue];
	struct kept *kept = a->kept ? sim_pool_at(gnbs->kept, a->kept - 1) : NULL;
	struct sim_handle handle;

	if (!gnbs->data_waits || (kept && kept->n == KEPT)) {
		drop(gnbs, msg);
		return;
	}
	if (!kept) {
		kept = sim_pool_take(gnbs->kept, &handle);
		kept->self = handle;
		a->kept = handle.index + 1;
	}
	kept->msg[kept->n++] = msg->self;
	gnbs->data_waits(gnbs->context, ue);
}

/* By the UE, not by its connection; but not by an earlier registration, whose sessions are gone. */
static void forward(struct gnbs *gnbs, uint32_t ue, struct msg *msg)
{
	if (msg->ran.generation < gnbs->of[ue].registered) {
		drop(gnbs, msg);
	} else if (is_connected(gnbs, ue)) {
		msg->ran = radio_connection(gnbs->radio, ue);
		radio_down(gnbs->radio, ue, msg);
	} else {
		keep(gnbs, ue, msg);
	}
}

static void forward_kept(struct gnbs *gnbs, uint32_t ue)
{
	struct association *a = &gnbs->of[ue];
	struct kept kept;

	if (a->kept == 0)
		return;
	kept = *(const struct kept *)sim_pool_at(gnbs->kept, a->kept - 1);
	sim_pool_give(gnbs->kept, kept.self);
	a->kept = 0;
	for (uint8_t i = 0; i < kept.n; i++) {
		struct msg *msg = sim_pool_get(gnbs->env->messages, kept.msg[i]);
		sim_span_mark(&msg->span, gnbs->env->sim->now_ns, SIM_PART_RADIO);
		forward(gnbs, ue, msg);
	}
}

/* ---- from N2 and N3 ---- */

static void carry_nas(struct gnb *gnb, uint32_t ue, const struct msg *msg)
{
	struct gnbs *gnbs = gnb->all;
	bool sets_up = msg_ngap_procedure(msg) == NGAP_CONTEXT_SETUP_REQUEST;

	gnbs->of[ue].context = msg->asker;
	if (sets_up)
		answer(gnb, MSG_CONTEXT_SETUP_RESPONSE, msg);
	if (sets_up && msg->type == MSG_REGISTRATION_ACCEPT) /* bookkeeping: sessions begin anew */
		gnbs->of[ue].registered = msg->ran.generation;
	radio_down(gnbs->radio, ue, nf_copy(gnb->all->env, msg));
	forward_kept(gnbs, ue);
}

static void handle(void *self, const struct msg *msg)
{
	struct gnb *gnb = self;
	struct nf_env *env = gnb->all->env;
	uint32_t ue = msg->ran.index;

	if (msg->type == MSG_PAGING) {
		radio_page(gnb->all->radio, msg->ue, gnb->cell,
		           msg->paging.index, nf_copy(gnb->all->env, msg));
		return;
	}
	if (ue >= env->n_ues)
		return; /* an attacker's association: nobody listens */
	if (msg->type == MSG_CONTEXT_RELEASE_COMMAND) {
		release(gnb, msg);
		return;
	}
	if (is_nas(msg) && !radio_is_current(gnb->all->radio, msg->ran)) {
		env->counter[NF_COUNT_STALE]++; /* of an earlier connection of this UE */
		return;
	}
	gnb->all->of[ue].last_ns = env->sim->now_ns;
	if (is_nas(msg))
		carry_nas(gnb, ue, msg);
	else
		forward(gnb->all, ue, nf_copy(gnb->all->env, msg));
}

const struct nf_entry nf_gnb = {
	.name = "gnb",
	.doc = "gNB: random access, RRC, path loss, N2 and N3, paging, release after inactivity",
	.source = "TS 38.321, TS 38.331, TS 38.413, TR 38.901",
	.handle = handle,
	.timer = timer,
};

uint32_t gnbs_octets_each(void)
{
	return sizeof(struct association);
}
