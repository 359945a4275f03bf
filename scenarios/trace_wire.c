/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The octets of the messages of a trace: a link between each two parties that speak at a point. */
#include "scenarios/trace_state.h"

#include "scenarios/world_state.h"

#include <stdio.h>
#include <stdlib.h>

void trace_wire_begin(struct trace *trace, const struct home *home)
{
	const struct wire_config config = world_wire(trace->env, home, &trace->names);

	trace->wire = wire_new(&config);
	SIM_ASSERT(trace->wire != NULL);
}

void trace_wire_end(struct trace *trace)
{
	for (uint32_t i = 0; i < trace->n_channels; i++) {
		wire_link_free(trace->channel[i]->link);
		free(trace->channel[i]);
	}
	free(trace->channel);
	wire_free(trace->wire);
}

bool trace_is_subscribers(const struct msg *msg)
{
	const enum wire_carrier own = wire_carrier(wire_point((enum msg_type)msg->type));

	return own != WIRE_N32 && own != WIRE_TLS;
}

void trace_whose(const struct trace *trace, const struct msg *msg, char name[TRACE_NAME])
{
	if (trace_is_subscribers(msg))
		trace_ue_name(&trace->variant->config, msg->ue, name);
	else
		snprintf(name, TRACE_NAME, "-");
}

uint32_t trace_party(const struct trace *trace, const struct trace_sent *sent, bool from)
{
	const struct trace_parties *p = &sent->parties;

	if (from ? p->from_ue : p->to_ue)
		return trace->env->node.n + sent->msg.ue;
	return from ? p->from : p->to;
}

static struct trace_channel *new_channel(struct trace *trace, const struct trace_channel *like,
                                         const uint16_t node[2])
{
	struct trace_channel *channel = malloc(sizeof *channel);

	if (trace->n_channels == trace->channels_room) {
		trace->channels_room = trace->channels_room ? 2 * trace->channels_room : 64;
		trace->channel = realloc(trace->channel, trace->channels_room * sizeof channel);
	}
	SIM_ASSERT(channel && trace->channel && "memory for channels");
	*channel = *like;
	channel->number = trace->n_channels;
	channel->link = wire_link_new(trace->wire, like->point, node[0], node[1]);
	SIM_ASSERT(channel->link && "memory for channels");
	return trace->channel[trace->n_channels++] = channel;
}

static struct trace_channel *channel_of(struct trace *trace, const struct trace_sent *sent, int end)
{
	const enum wire_point own = wire_point_of(&sent->msg);
	const struct trace_parties *p = &sent->parties;
	const uint16_t node[2] = {end == 0 ? p->from : p->to, end == 0 ? p->to : p->from};
	const struct trace_channel like = {.point = own == WIRE_POINT_N1 ? WIRE_POINT_N2 : own,
		.party = {trace_party(trace, sent, end == 0), trace_party(trace, sent, end != 0)}};

	for (uint32_t i = 0; i < trace->n_channels; i++) {
		struct trace_channel *channel = trace->channel[i];
		if (channel->point == like.point && channel->party[0] == like.party[0] &&
		    channel->party[1] == like.party[1])
			return channel;
	}
	return new_channel(trace, &like, node);
}

void trace_encode(struct trace *trace, const struct trace_sent *sent)
{
	struct trace_octets *octets = &trace->octets;

	octets->n = 0;
	if (sent->plain_n || !wire_codec(wire_point_of(&sent->msg)))
		return;
	octets->end = wire_from_end(trace->wire, &sent->msg);
	octets->channel = channel_of(trace, sent, octets->end);
	octets->n = wire_encode(octets->channel->link, octets->end, &sent->msg, octets->at,
	                        sizeof octets->at);
}
