/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the tap of a run to rows and packets. A UE's message leaves after the UE's own work, so it is held
 * until its time has come: rows and packets are in the order of time.
 */
#include "scenarios/trace_state.h"

#include "models/msg/msg_ngap.h"
#include "models/record/record.h"
#include "scenarios/world.h"

#include <stdlib.h>
#include <string.h>

static bool selected(const struct trace *trace, const struct trace_sent *sent)
{
	const struct trace_plan *plan = trace->plan;

	return (plan->ue == TRACE_EVERYBODY ||
	        (plan->ue == sent->msg.ue && trace_is_subscribers(&sent->msg))) &&
	       sent->t_ns >= plan->from_ns && sent->t_ns <= plan->to_ns;
}

static void show(struct trace *trace, const struct trace_sent *sent)
{
	const enum trace_where where = sent->plain_n      ? TRACE_NAS
	                               : sent->msg.n32_leg ? TRACE_N32
	                                                   : TRACE_BETWEEN_NODES;

	trace->counts->shown[where][sent->msg.type]++;
	if (!sent->plain_n && wire_point((enum msg_type)sent->msg.type) <= WIRE_POINT_N2)
		trace->counts->shown_ngap[msg_ngap_procedure(&sent->msg)]++;
	if (!trace->plan->row && !trace->capture)
		return;
	trace_encode(trace, sent);
	if (trace->capture)
		trace_capture_add(trace->capture, trace, sent);
	if (trace->plan->row)
		trace_tell_row(trace, sent);
}

static void show_until(struct trace *trace, int64_t now_ns)
{
	size_t n = 0;

	while (n < trace->n_held && trace->held[n].t_ns <= now_ns)
		show(trace, &trace->held[n++]);
	trace->n_held -= n;
	if (n)
		memmove(trace->held, trace->held + n, trace->n_held * sizeof *trace->held);
}

static void hold(struct trace *trace, const struct trace_sent *sent)
{
	size_t k = trace->n_held;

	if (trace->n_held == trace->held_room) {
		trace->held_room = trace->held_room ? 2 * trace->held_room : 16;
		trace->held = realloc(trace->held, trace->held_room * sizeof *trace->held);
		SIM_ASSERT(trace->held != NULL);
	}
	for (; k > 0 && trace->held[k - 1].t_ns > sent->t_ns; k--)
		trace->held[k] = trace->held[k - 1];
	trace->held[k] = *sent;
	trace->n_held++;
}

static void take(struct trace *trace, const struct trace_sent *sent)
{
	if (!selected(trace, sent))
		return;
	show_until(trace, trace->env->sim->now_ns);
	if (sent->t_ns > trace->env->sim->now_ns)
		hold(trace, sent);
	else
		show(trace, sent);
}

/* ---- the tap ---- */

/* Also an access point. */
static bool is_gnb(const struct nf_nodes *node, uint16_t n)
{
	const bool visited = node->vgnb0 != 0 && n >= node->vgnb0 && n < node->vgnb0 + node->n_gnbs;

	return visited || (n >= node->gnb0 && n < node->gnb0 + node->n_gnbs) ||
	       (n >= node->ap0 && n < node->ap0 + node->n_aps);
}

/* What goes through a gNB or an access point unread: behind it speaks the UE. */
static struct trace_parties parties_of(const struct nf_nodes *node, const struct msg *msg)
{
	const enum wire_point point = wire_point((enum msg_type)msg->type);
	const bool through = point == WIRE_POINT_DT1 || point == WIRE_POINT_DT2 ||
	                     point == WIRE_POINT_NWU;

	return (struct trace_parties){.from = msg->hop_from, .to = msg->hop_to,
		.from_ue = through && is_gnb(node, msg->from),
		.to_ue = through && is_gnb(node, msg->to)};
}

static void on_message(void *context, const struct msg *msg)
{
	struct trace *trace = context;
	const struct trace_sent sent = {.t_ns = msg->sent_ns, .msg = *msg,
		.parties = parties_of(&trace->env->node, msg)};

	take(trace, &sent);
}

static void on_nas(void *context, const struct msg *msg, const uint8_t *plain, uint16_t n)
{
	struct trace *trace = context;
	const bool from_ue = msg->from == trace->env->node.ue;
	const uint16_t amf = from_ue ? msg->to : msg->from;
	struct trace_sent sent = {.t_ns = msg->sent_ns, .msg = *msg, .plain_n = n,
		.parties = {.from = amf, .to = amf, .from_ue = from_ue, .to_ue = !from_ue}};

	SIM_ASSERT(n <= sizeof sent.plain);
	memcpy(sent.plain, plain, n);
	take(trace, &sent);
}

/* ---- a run ---- */

static void begin(void *context, struct nf_env *env, const struct home *home)
{
	struct trace *trace = context;

	trace->env = env;
	trace->tap = (struct nf_tap){trace, on_message, on_nas};
	env->tap = &trace->tap;
	world_names(&trace->variant->config, &trace->names);
	trace_wire_begin(trace, home);
	if (trace->capture)
		trace_capture_begin(trace->capture, trace);
}

static void end(void *context, struct nf_env *env)
{
	struct trace *trace = context;

	show_until(trace, SIM_TIME_MAX);
	for (int i = 0; i < MSG_N_TYPES; i++) {
		trace->counts->sent[TRACE_BETWEEN_NODES][i] = env->sent[i] - env->sent_n32[i];
		trace->counts->sent[TRACE_N32][i] = env->sent_n32[i];
		trace->counts->sent[TRACE_NAS][i] = env->sent_nas[i];
	}
}

static enum sim_code run(struct trace *trace, uint32_t replication, struct sim_err *err)
{
	const struct world_watch watch = {trace, begin, end};
	struct rec_summary summary = {0};
	struct rec rec;
	enum sim_code code;

	rec_init(&rec);
	code = world_run_watched(trace->variant, replication, trace->plan->to_ns, &watch, &rec,
	                         &summary, err);
	rec_free(&rec);
	return code;
}

static bool anything(const struct trace_counts *counts)
{
	for (int where = 0; where < TRACE_N_WHERES; where++)
		for (int i = 0; i < MSG_N_TYPES; i++)
			if (counts->shown[where][i] > 0)
				return true;
	return false;
}

enum sim_code trace_run(const struct scn_variant *variant, uint32_t replication,
                        const struct trace_plan *plan, struct trace_counts *counts,
                        struct sim_err *err)
{
	struct trace trace = {.variant = variant, .plan = plan, .counts = counts};
	enum sim_code code = SIM_OK;

	memset(counts, 0, sizeof *counts);
	if (plan->pcap) {
		trace.capture = trace_capture_open(plan->pcap, variant, replication, err);
		code = trace.capture ? SIM_OK : SIM_E_IO;
	}
	if (code == SIM_OK)
		code = run(&trace, replication, err);
	if (code == SIM_OK && !anything(counts))
		code = sim_fail(err, SIM_E_USAGE, "nothing to show: no message of %s in this time; "
		                "nothing is written",
		                plan->ue == TRACE_EVERYBODY ? "anybody" : "this subscriber");
	if (trace.capture && code == SIM_OK)
		code = trace_capture_close(trace.capture, counts, err);
	else
		trace_capture_abandon(trace.capture);
	trace_wire_end(&trace);
	rec_names_free(&trace.names);
	free(trace.held);
	return code;
}
