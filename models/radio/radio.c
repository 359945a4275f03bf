/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      random access with contention, preamble power ramping, answers limited by grants,
 *             backoff (TS 38.321 5.1; detection 1 - exp(-i) as TR 37.868); RRC set-up guarded by
 *             T300; uplink grants on request, transmission at a rate adapted to the SNR, HARQ
 *             retransmissions.
 * Leaves out  interference between cells, mobility within a procedure, RRC re-establishment: a UE
 *             stands still for a registration, and its link is as good as its SNR without load.
 * Sources     TS 38.321, TS 38.331 5.3.3, TR 37.868 6.4.1, TR 38.901 7.4, TR 36.942 A.2 (rate).
 */
#include "models/radio/radio.h"

#include "models/msg/msg.h"
#include "models/nf/nf.h"
#include "models/radio/occasion.h"
#include "models/radio/pathloss.h"

#include <math.h>

enum { DETAIL_RAO = 1, DETAIL_RETRY, DETAIL_CONNECTED, DETAIL_UP, DETAIL_DOWN, DETAIL_PAGE };
enum { STEP_DOWN = 1 << 11, ATTEMPTS = 8 }; /* step: direction, message type (8 bits), attempt */
enum { RRC_REQUEST_OCTETS = 6, RRC_SETUP_OCTETS = 120, LAYER2_OCTETS = 6 }; /* assumption */

enum link_state { LINK_IDLE, LINK_ACCESS, LINK_CONNECTED };

struct link {
	float up_bits_per_slot, down_bits_per_slot;
	uint16_t cell;
	uint8_t state;   /* enum link_state                                        */
	uint32_t access; /* counts accesses: an event of an older one is stale     */
	union {
		struct {                   /* in access: */
			int64_t started_ns;
			uint32_t procedure;
			uint8_t preambles; /* sent                         */
			uint8_t preamble;  /* chosen for the next occasion */
		};
		/* Connected: when the last message arrives, down and up, for RLC keeps the order. */
		int64_t last_ns[2];
	};
};
struct waiting {
	uint32_t ue, access;
};
struct cell {
	struct waiting *waiting; /* who sends a preamble in the next occasion */
	uint32_t n, capacity;
};
struct radio {
	struct nf_env *env;
	const struct radio_config *config;
	struct radio_user user;
	struct link *link;
	struct cell *cell;
};

static void on_event(void *context, const struct sim_event *event);

struct radio *radio_new(struct nf_env *env, const struct radio_config *config, uint32_t n_cells,
                        uint32_t n_ues)
{
	struct radio *radio = sim_arena_alloc(env->sim->arena, sizeof *radio);

	radio->env = env;
	radio->config = config;
	radio->link = sim_arena_alloc(env->sim->arena, n_ues * sizeof *radio->link);
	radio->cell = sim_arena_alloc(env->sim->arena, n_cells * sizeof *radio->cell);
	sim_on(env->sim, NF_KIND_RADIO, on_event, radio);
	return radio;
}

void radio_set_user(struct radio *radio, const struct radio_user *user)
{
	radio->user = *user;
}

/* ---- radio conditions ---- */

static double noise_dbm(double bandwidth_hz, double figure_db)
{
	return -174 + 10 * log10(bandwidth_hz) + figure_db; /* kT at 290 K is -174 dBm/Hz */
}

/* Attenuated Shannon bound of TR 36.942 A.2: 0.6 log2(1 + SNR), at most 4.4 bit/s/Hz; at least
 * -10 dB. */
static float bits_per_slot(const struct radio_config *config, double snr_db)
{
	double snr = pow(10, fmin(fmax(snr_db, -10), 22) / 10);
	double slot_s = (double)config->slot_ns / (double)SIM_NS_PER_S;

	return (float)(0.6 * log2(1 + snr) * config->bandwidth_hz * slot_s);
}

void radio_place(struct radio *radio, uint32_t ue, uint32_t cell, uint32_t place)
{
	const struct radio_config *config = radio->config;
	const enum radio_environment where = (enum radio_environment)config->environment;
	struct sim_stream stream = nf_stream(radio->env, NF_DRAW_PLACE, ue, place, 0);
	struct link *link = &radio->link[ue];
	const struct pathloss_link path = {
		/* nearer than 10 m no model of TR 38.901 table 7.4.1-1 holds outdoors */
		.d_2d_m = fmax(10, config->cell_radius_m * sqrt(sim_stream_u01(&stream))),
		.h_bs_m = config->h_bs_m, .h_ut_m = config->h_ut_m,
		.frequency_hz = config->frequency_hz};
	bool los = sim_stream_u01(&stream) < pathloss_los_prob(where, &path);
	double loss_db = pathloss_db(where, los, &path);
	double fading_db = sim_stream_normal(&stream);

	if (config->shadowing)
		loss_db += fading_db * pathloss_shadowing_db(where, los, &path);
	double up = config->ue_power_dbm - loss_db -
	            noise_dbm(config->bandwidth_hz, config->gnb_noise_db);
	double down = config->gnb_power_dbm - loss_db -
	              noise_dbm(config->bandwidth_hz, config->ue_noise_db);
	link->cell = (uint16_t)cell;
	link->up_bits_per_slot = bits_per_slot(config, up);
	link->down_bits_per_slot = bits_per_slot(config, down);
}

uint32_t radio_cell(const struct radio *radio, uint32_t ue)
{
	return radio->link[ue].cell;
}

/* Slots for the octets and HARQ retransmissions by one uniform; -1: lost. */
static int64_t air_ns(const struct radio *radio, float per_slot, uint32_t octets, double u)
{
	const struct radio_config *config = radio->config;
	int64_t slots = (int64_t)ceil(8.0 * (octets + LAYER2_OCTETS) / (double)per_slot);
	int64_t failures = 0;

	while (u < config->bler_prob && failures < config->harq_max) { /* u / bler is uniform again */
		u /= config->bler_prob;
		failures++;
	}
	return failures == config->harq_max ? -1 : slots * config->slot_ns +
	                                               failures * config->harq_rtt_ns;
}

/* ---- random access ---- */

/* Doubles from 64: at most one growth per doubling of the busiest occasion ever seen. */
static void reserve(struct radio *radio, struct cell *cell)
{
	uint32_t capacity = cell->capacity ? 2 * cell->capacity : 64;
	struct waiting *bigger;

	if (cell->n < cell->capacity)
		return;
	bigger = sim_arena_alloc(radio->env->sim->arena, capacity * sizeof *bigger);
	for (uint32_t i = 0; i < cell->n; i++)
		bigger[i] = cell->waiting[i];
	cell->waiting = bigger;
	cell->capacity = capacity;
}

static void wait_for_occasion(struct radio *radio, uint32_t ue)
{
	struct link *link = &radio->link[ue];
	struct cell *cell = &radio->cell[link->cell];
	int64_t period = radio->config->rao_period_ns;
	int64_t now = radio->env->sim->now_ns;
	struct sim_stream stream = nf_stream(radio->env, NF_DRAW_ACCESS, ue, link->procedure,
	                                     0x600u + link->preambles);

	link->preamble = (uint8_t)sim_stream_below(&stream, (uint32_t)radio->config->preambles);
	link->preambles++;
	radio->env->counter[NF_COUNT_RACH_ATTEMPTS]++;
	if (cell->n == 0)
		sim_after(radio->env->sim, period - now % period, NF_KIND_RADIO, DETAIL_RAO, link->cell,
		          0);
	reserve(radio, cell);
	cell->waiting[cell->n++] = (struct waiting){ue, link->access};
}

static void finish_access(struct radio *radio, uint32_t ue, bool ok)
{
	struct link *link = &radio->link[ue];

	link->state = ok ? LINK_CONNECTED : LINK_IDLE;
	link->last_ns[0] = link->last_ns[1] = 0;
	if (!ok)
		radio->env->counter[NF_COUNT_RACH_FAILURES]++;
	radio->user.connected(radio->user.context, ue, ok);
}

static void retry_after(struct radio *radio, uint32_t ue, int64_t delay_ns)
{
	const struct link *link = &radio->link[ue];
	struct sim_stream stream = nf_stream(radio->env, NF_DRAW_ACCESS, ue, link->procedure,
	                                     0x680u + link->preambles);
	double backoff = sim_stream_u01(&stream) * (double)radio->config->backoff_ns;

	sim_after(radio->env->sim, delay_ns + (int64_t)backoff, NF_KIND_RADIO, DETAIL_RETRY, ue,
	          link->access);
}

static void retry(struct radio *radio, uint32_t ue)
{
	const struct link *link = &radio->link[ue];
	int64_t elapsed = radio->env->sim->now_ns - link->started_ns;

	if (link->preambles >= radio->config->preamble_max || elapsed > radio->config->t300_ns)
		finish_access(radio, ue, false);
	else
		wait_for_occasion(radio, ue);
}

/* Msg2 to Msg4 of an access without contention: RAR, RRC Setup Request, RRC Setup. */
static int64_t setup_ns(const struct radio *radio, uint32_t ue)
{
	const struct link *link = &radio->link[ue];
	struct sim_stream stream = nf_stream(radio->env, NF_DRAW_ACCESS, ue, link->procedure, 0x700);
	int64_t request = air_ns(radio, link->up_bits_per_slot, RRC_REQUEST_OCTETS,
	                         sim_stream_u01(&stream));
	int64_t setup = air_ns(radio, link->down_bits_per_slot, RRC_SETUP_OCTETS,
	                       sim_stream_u01(&stream));

	if (request < 0 || setup < 0)
		return -1;
	return 2 * radio->config->slot_ns + 3 * radio->config->processing_ns + request + setup;
}

static bool detected(const struct radio *radio, uint32_t ue)
{
	const struct link *link = &radio->link[ue];
	struct sim_stream stream = nf_stream(radio->env, NF_DRAW_ACCESS, ue, link->procedure,
	                                     0x780u + link->preambles);

	return sim_stream_u01(&stream) < 1 - exp(-(double)link->preambles); /* power ramping */
}

static void resolve(struct radio *radio, uint32_t ue, bool collided, int64_t *grants)
{
	const struct radio_config *config = radio->config;
	int64_t after = collided ? -1 : setup_ns(radio, ue);

	if (collided)
		radio->env->counter[NF_COUNT_RACH_COLLISIONS]++;
	if (!detected(radio, ue) || *grants == 0) {
		retry_after(radio, ue, config->rar_window_ns);
	} else if (after < 0) { /* both answer the same RAR: only the contention timer tells */
		(*grants)--;
		retry_after(radio, ue, config->contention_timer_ns);
	} else {
		(*grants)--;
		sim_after(radio->env->sim, after, NF_KIND_RADIO, DETAIL_CONNECTED, ue,
		          radio->link[ue].access);
	}
}

static bool still_waits(const struct radio *radio, const struct waiting *waiting)
{
	const struct link *link = &radio->link[waiting->ue];

	return link->state == LINK_ACCESS && link->access == waiting->access;
}

static void occasion(struct radio *radio, uint32_t cell_number)
{
	struct cell *cell = &radio->cell[cell_number];
	uint32_t sent[64] = {0};
	int64_t grants = radio->config->rar_grants;
	uint32_t n = cell->n;

	cell->n = 0; /* nothing below waits in this cell again before its own event */
	for (uint32_t i = 0; i < n; i++)
		if (still_waits(radio, &cell->waiting[i]))
			sent[radio->link[cell->waiting[i].ue].preamble]++;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t ue = cell->waiting[i].ue;
		if (still_waits(radio, &cell->waiting[i]))
			resolve(radio, ue, sent[radio->link[ue].preamble] > 1, &grants);
	}
}

void radio_connect(struct radio *radio, uint32_t ue, uint32_t procedure)
{
	struct link *link = &radio->link[ue];

	SIM_ASSERT(link->state == LINK_IDLE);
	link->state = LINK_ACCESS;
	link->preambles = 0;
	link->access++;
	link->procedure = procedure;
	link->started_ns = radio->env->sim->now_ns;
	if (radio->config->wired)
		sim_after(radio->env->sim, 0, NF_KIND_RADIO, DETAIL_CONNECTED, ue, link->access);
	else
		wait_for_occasion(radio, ue);
}

void radio_release(struct radio *radio, uint32_t ue)
{
	radio->link[ue].state = LINK_IDLE;
	radio->link[ue].access++;
}

/* ---- messages ---- */

struct sim_handle radio_connection(const struct radio *radio, uint32_t ue)
{
	return (struct sim_handle){ue, radio->link[ue].access}; /* RAN UE NGAP ID */
}

bool radio_is_current(const struct radio *radio, struct sim_handle ran)
{
	const struct link *link = &radio->link[ran.index];

	return link->state == LINK_CONNECTED && link->access == ran.generation;
}

/* Waiting for a slot or a grant, and the air; -1: lost. */
static int64_t way_ns(const struct radio *radio, uint32_t ue, const struct msg *msg, bool up)
{
	const struct link *link = &radio->link[ue];
	const struct radio_config *config = radio->config;
	struct sim_stream stream = nf_stream(radio->env, NF_DRAW_RADIO, ue, msg->procedure,
	                                     (up ? 0 : STEP_DOWN) | (uint32_t)msg->type << 3 |
	                                         msg->attempt % ATTEMPTS);
	double wait = sim_stream_u01(&stream);
	int64_t access = up ? (int64_t)(wait * (double)config->scheduling_request_ns) + config->grant_ns
	                    : (int64_t)(wait * (double)config->slot_ns);
	int64_t air = air_ns(radio, up ? link->up_bits_per_slot : link->down_bits_per_slot,
	                     msg->nas_octets ? msg->nas_octets : msg->octets, sim_stream_u01(&stream));

	return air < 0 ? -1 : access + air;
}

static void carry(struct radio *radio, uint32_t ue, struct msg *msg, bool up, int64_t before_ns)
{
	struct link *link = &radio->link[ue];
	int64_t way = radio->config->wired ? 0 : way_ns(radio, ue, msg, up);
	bool current = radio_is_current(radio, msg->ran);

	if (!current || way < 0) {
		radio->env->counter[current ? NF_COUNT_HARQ_FAILURES : NF_COUNT_STALE]++;
		nf_release(radio->env, msg);
		return;
	}
	int64_t arrives_ns = radio->env->sim->now_ns + before_ns + way;
	if (arrives_ns < link->last_ns[up])
		arrives_ns = link->last_ns[up];
	link->last_ns[up] = arrives_ns;
	sim_after(radio->env->sim, arrives_ns - radio->env->sim->now_ns, NF_KIND_RADIO,
	          up ? DETAIL_UP : DETAIL_DOWN, ue, sim_handle_pack(msg->self));
}

void radio_up(struct radio *radio, uint32_t ue, struct msg *msg, int64_t work_ns)
{
	msg->uplink = true;
	msg->ran = radio_connection(radio, ue);
	msg->sent_ns = radio->env->sim->now_ns + work_ns;
	carry(radio, ue, msg, true, work_ns);
}

void radio_down(struct radio *radio, uint32_t ue, struct msg *msg)
{
	msg->sent_ns = radio->env->sim->now_ns;
	carry(radio, ue, msg, false, 0);
}

const struct radio_config *radio_configuration(const struct radio *radio)
{
	return radio->config;
}

void radio_page(struct radio *radio, uint32_t ue, uint32_t cell, uint16_t index, struct msg *msg)
{
	const struct radio_config *config = radio->config;
	const struct occasion_rule rule = {(uint16_t)config->paging_cycle,
		(uint16_t)config->paging_frames, (uint8_t)config->paging_occasions};
	int64_t now_ns = radio->env->sim->now_ns;
	int64_t at_ns = occasion_next_ns(&rule, index, now_ns + config->processing_ns);

	msg->from = (uint16_t)(radio->env->node.gnb0 + cell);
	msg->sent_ns = at_ns;
	sim_after(radio->env->sim, at_ns - now_ns, NF_KIND_RADIO, DETAIL_PAGE, ue,
	          sim_handle_pack(msg->self));
}

static void page(struct radio *radio, uint32_t ue, struct msg *msg)
{
	const struct link *link = &radio->link[ue];

	SIM_ASSERT(msg != NULL);
	sim_span_mark(&msg->span, radio->env->sim->now_ns, SIM_PART_RADIO);
	if (link->state == LINK_IDLE &&
	    radio->env->node.gnb0 + link->cell == msg->from)
		radio->user.at_ue(radio->user.context, ue, msg);
	else
		nf_release(radio->env, msg);
}

static void arrive(struct radio *radio, const struct sim_event *event, bool up)
{
	struct nf_env *env = radio->env;
	struct msg *msg = sim_pool_get(env->messages, sim_handle_unpack(event->arg));
	uint32_t ue = event->to;

	SIM_ASSERT(msg != NULL);
	sim_span_mark(&msg->span, env->sim->now_ns, SIM_PART_RADIO);
	if (!radio_is_current(radio, msg->ran)) {
		env->counter[NF_COUNT_STALE]++;
		nf_release(env, msg);
		return;
	}
	if (ue == env->ladder_ue) {
		uint16_t gnb = (uint16_t)(env->node.gnb0 + radio->link[ue].cell);
		rec_add_ladder(env->rec, &(struct rec_ladder){.sent_ns = msg->sent_ns,
			.arrived_ns = env->sim->now_ns, .from = up ? env->node.ue : gnb,
			.to = up ? gnb : env->node.ue, .message = msg->type,
			.octets = msg->nas_octets ? msg->nas_octets : msg->octets});
	}
	(up ? radio->user.at_gnb : radio->user.at_ue)(radio->user.context, ue, msg);
}

static void on_event(void *context, const struct sim_event *event)
{
	struct radio *radio = context;
	uint32_t to = event->to;

	switch (event->detail) {
	case DETAIL_RAO:
		occasion(radio, to);
		break;
	case DETAIL_RETRY:
		if (radio->link[to].access == event->arg)
			retry(radio, to);
		break;
	case DETAIL_CONNECTED:
		if (radio->link[to].access == event->arg)
			finish_access(radio, to, true);
		break;
	case DETAIL_PAGE:
		page(radio, to, sim_pool_get(radio->env->messages, sim_handle_unpack(event->arg)));
		break;
	default:
		arrive(radio, event, event->detail == DETAIL_UP);
	}
}

uint32_t radio_octets_each(void)
{
	return sizeof(struct link);
}
