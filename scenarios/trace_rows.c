/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A message as a row of text. */
#include "scenarios/trace_state.h"

#include "models/msg/dt.h"
#include "models/msg/msg_ngap.h"
#include "models/msg/print.h"

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

/* The identities of the association, what it carries, why it ends. */
static void tell_ngap(const struct msg *msg, bool wraps, char *out, size_t size)
{
	const struct ngap_association a = msg_association(msg);
	struct msg_printer p = msg_printer(out, size);

	msg_print(&p, "RAN UE %u", a.ran_ue_id);
	if (msg_ngap_procedure(msg) != NGAP_INITIAL_UE_MESSAGE)
		msg_print(&p, ", AMF UE %llu", (unsigned long long)a.amf_ue_id);
	if (wraps)
		msg_print(&p, ", %s%s", msg_text((enum msg_type)msg->type),
		          msg->secured ? ", protected" : "");
	if (wire_point((enum msg_type)msg->type) == WIRE_POINT_N2 && a.cause.group)
		msg_print(&p, ", %s", ngap_cause_text(a.cause));
}

static void tell_detail(const struct trace_sent *sent, bool wraps, char detail[TRACE_DETAIL])
{
	detail[0] = '\0';
	if (wraps || wire_point((enum msg_type)sent->msg.type) == WIRE_POINT_N2)
		tell_ngap(&sent->msg, wraps, detail, TRACE_DETAIL);
	else
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
	tell_detail(sent, wraps, detail);
	trace->plan->row(trace->plan->context, &(struct trace_row){
		.t_ns = sent->t_ns, .subscriber = subscriber, .from = from, .to = to,
		.from_place = place(trace, sent, true), .to_place = place(trace, sent, false),
		.point = wraps ? "N2" : msg_point(type), .detail = detail,
		.what = wraps ? ngap_text(msg_ngap_procedure(msg)) : msg_text(type),
		.octets = sent->plain_n ? msg->nas_octets : msg->octets, .wraps = wraps});
}
