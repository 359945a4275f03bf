/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A message as a row of text. */
#include "scenarios/trace_state.h"

#include "models/msg/dt.h"

#include <stdio.h>

static void party_name(const struct trace *trace, const struct trace_sent *sent, bool from,
                       char name[TRACE_NAME])
{
	const struct trace_parties *p = &sent->parties;

	if (from ? p->from_ue : p->to_ue)
		trace_ue_name(&trace->variant->config, sent->msg.ue, name);
	else
		snprintf(name, TRACE_NAME, "%s",
		         trace->names.text[REC_NAME_node][from ? p->from : p->to]);
}

/* Where a party stands among the others. */
static uint32_t place(const struct trace *trace, const struct trace_sent *sent, bool from)
{
	const struct nf_nodes *nodes = &trace->env->node;
	const struct trace_parties *p = &sent->parties;
	const uint16_t node = from ? p->from : p->to;

	if (from ? p->from_ue : p->to_ue)
		return sent->msg.ue;
	return (node >= nodes->hospital0 ? 3u : node >= nodes->gnb0 ? 1u : 2u) << 24 | node;
}

static void tell_cause(const struct msg *msg, char *out, size_t size)
{
	const char *text = dt_cause_text(msg->cause);

	if (msg->cause == MSG_CAUSE_NONE)
		return;
	if (text)
		snprintf(out, size, "cause %u: %s", msg->cause, text);
	else
		snprintf(out, size, "cause %u", msg->cause);
}

static void tell_detail(const struct trace_sent *sent, char detail[TRACE_DETAIL])
{
	detail[0] = '\0';
	tell_cause(&sent->msg, detail, TRACE_DETAIL);
}

void trace_tell_row(const struct trace *trace, const struct trace_sent *sent)
{
	const struct msg *msg = &sent->msg;
	const enum msg_type type = (enum msg_type)msg->type;
	const bool wraps = sent->plain_n == 0 && wire_point(type) == WIRE_POINT_N1;
	char from[TRACE_NAME], to[TRACE_NAME], subscriber[TRACE_NAME], detail[TRACE_DETAIL];

	party_name(trace, sent, true, from);
	party_name(trace, sent, false, to);
	trace_ue_name(&trace->variant->config, msg->ue, subscriber);
	tell_detail(sent, detail);
	trace->plan->row(trace->plan->context, &(struct trace_row){
		.t_ns = sent->t_ns, .subscriber = subscriber, .from = from, .to = to,
		.from_place = place(trace, sent, true), .to_place = place(trace, sent, false),
		.point = wraps ? "N2" : msg_point(type), .what = msg_text(type), .detail = detail,
		.octets = sent->plain_n ? msg->nas_octets : msg->octets, .wraps = wraps});
}
