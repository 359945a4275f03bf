/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A message as a row of text. */
#include "scenarios/trace_state.h"

#include "models/msg/dt.h"
#include "models/msg/nas.h"
#include "models/msg/print.h"

#include <stdio.h>
#include <string.h>

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
	const bool gnb = (node >= nodes->gnb0 && node < nodes->hospital0) ||
	                 (nodes->vgnb0 && node >= nodes->vgnb0 && node < nodes->vgnb0 + nodes->n_gnbs);
	const bool visited = nodes->vamf && node >= nodes->vamf && node < nodes->vgnb0;
	const bool access = nodes->n_aps && node >= nodes->n3iwf && node < nodes->ap0 + nodes->n_aps;
	const bool hospital = node >= nodes->hospital0 &&
	                      node < nodes->hospital0 + nodes->n_hospitals;

	/* the visited network between its gNBs and the home network */
	return (gnb || access ? 1u : visited ? 2u : hospital ? 4u : 3u) << 24 | node;
}

/* Why it says no: the twin's causes and 5GMM's are numbers of one row. */
static void tell_cause(const struct msg *msg, struct msg_printer *p)
{
	const char *text = dt_cause_text(msg->cause);

	if (msg->cause != MSG_CAUSE_NONE)
		msg_print(p, "%scause %u: %s", p->n ? ", " : "", msg->cause,
		          text ? text : nas_cause_text(msg->cause));
}

static void tell_detail(const struct trace *trace, const struct trace_sent *sent,
                        struct msg_printer *p)
{
	const struct trace_octets *octets = &trace->octets;

	if (sent->plain_n)
		nas_line(p, sent->plain, sent->plain_n);
	else if (octets->n)
		wire_line(octets->channel->link, octets->end, octets->at, octets->n, p);
	if (!sent->plain_n && wire_point_of(&sent->msg) > WIRE_POINT_NWU)
		tell_cause(&sent->msg, p);
}

/* "Registration Request: initial, …", "Paging (…)": a name and what the message says of itself. */
static char *split(char *line)
{
	char *end = line + strlen(line), *colon = strstr(line, ": "), *bracket = strstr(line, " (");

	if (bracket && (!colon || bracket < colon) && end[-1] == ')') {
		end[-1] = '\0';
		*bracket = '\0';
		return bracket + 2;
	}
	if (!colon)
		return end;
	*colon = '\0';
	return colon + 2;
}

/* What the message's name says already: "IKE_AUTH request 1 (SK)" of an IKE_AUTH. */
static char *without_name(char *detail, const char *name)
{
	char *space = strchr(detail, ' ');

	if (!space)
		return detail;
	*space = '\0';
	if (strstr(name, detail))
		return space + 1;
	*space = ' ';
	return detail;
}

/* Which NAS message an NGAP message carries: it cannot always be seen within. */
static void tell_within(const struct msg *msg, char *detail, size_t room)
{
	const size_t n = strlen(detail);

	snprintf(detail + n, room - n, "%s%s%s", n ? ", " : "", msg->secured ? "protected " : "",
	         msg_text((enum msg_type)msg->type));
}

void trace_tell_row(struct trace *trace, const struct trace_sent *sent)
{
	const struct msg *msg = &sent->msg;
	const enum msg_type type = (enum msg_type)msg->type;
	const bool wraps = sent->plain_n == 0 && wire_point(type) == WIRE_POINT_N1;
	const bool own_name = sent->plain_n || wire_point(type) <= WIRE_POINT_N2;
	const enum wire_point point = sent->plain_n ? WIRE_POINT_N1 : wire_point_of(msg);
	char from[TRACE_NAME], to[TRACE_NAME], subscriber[TRACE_NAME], line[TRACE_DETAIL];
	struct msg_printer p = msg_printer(line, sizeof line);

	party_name(trace, sent, true, from);
	party_name(trace, sent, false, to);
	trace_whose(trace, msg, subscriber);
	tell_detail(trace, sent, &p);
	char *detail = own_name ? split(line) : without_name(line, msg_text(type));
	if (wraps)
		tell_within(msg, detail, sizeof line - (size_t)(detail - line));
	trace->plan->row(trace->plan->context, &(struct trace_row){
		.t_ns = sent->t_ns, .subscriber = subscriber, .from = from, .to = to,
		.from_place = place(trace, sent, true), .to_place = place(trace, sent, false),
		.point = wire_point_name(wraps ? WIRE_POINT_N2 : point), .detail = detail,
		.what = own_name ? line : msg_text(type),
		.octets = sent->plain_n ? msg->nas_octets : msg->octets, .wraps = wraps});
}
