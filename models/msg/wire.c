/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/sbi.h"
#include "models/msg/wire_codecs.h"

#include <stdlib.h>
#include <string.h>

struct wire {
	struct wire_config config;
};

static const struct wire_codec *const codec_of[WIRE_N_CARRIERS] = {
	[WIRE_NGAP] = &wire_ngap,
	[WIRE_SBI] = &wire_sbi,
	[WIRE_DT] = &wire_dt,
	[WIRE_N32] = &wire_n32,
	[WIRE_IKE] = &wire_ike,
};

static const struct {
	const char *name, *doc;
	enum wire_carrier carrier;
} points[WIRE_N_POINTS] = {
#define WIRE_POINT(point, carrier, doc) [WIRE_POINT_##point] = {#point, doc, WIRE_##carrier},
#include "models/msg/wire_points.h"
#undef WIRE_POINT
};

enum {
#define WIRE_POINT(point, carrier, doc) CARRIER_OF_##point = WIRE_##carrier,
#include "models/msg/wire_points.h"
#undef WIRE_POINT
};
const uint8_t wire_carriers[MSG_N_TYPES] = {
#define MESSAGE(symbol, point, text, octets, member) [MSG_##symbol] = CARRIER_OF_##point,
#include "models/msg/msg_list.h"
#undef MESSAGE
};

static const uint8_t point_of[MSG_N_TYPES] = {
#define MESSAGE(symbol, point, text, octets, member) [MSG_##symbol] = WIRE_POINT_##point,
#include "models/msg/msg_list.h"
#undef MESSAGE
};

struct wire *wire_new(const struct wire_config *config)
{
	struct wire *wire = calloc(1, sizeof *wire);

	if (wire)
		wire->config = *config;
	return wire;
}

void wire_free(struct wire *wire)
{
	free(wire);
}

const struct wire_config *wire_config(const struct wire *wire)
{
	return &wire->config;
}

enum wire_point wire_point(enum msg_type type)
{
	return point_of[type];
}

enum wire_point wire_point_of(const struct msg *msg)
{
	return msg->n32_leg ? WIRE_POINT_N32 : (enum wire_point)point_of[msg->type];
}

enum wire_carrier wire_carrier(enum wire_point point)
{
	return (enum wire_carrier)points[point].carrier;
}

const char *wire_point_name(enum wire_point point)
{
	return points[point].name;
}

const char *wire_point_doc(enum wire_point point)
{
	return points[point].doc;
}

const struct wire_codec *wire_codec(enum wire_point point)
{
	return codec_of[points[point].carrier];
}

int wire_from_end(const struct wire *wire, const struct msg *msg)
{
	return wire_codec(wire_point_of(msg))->from_end(&wire->config, msg);
}

bool wire_is_request(enum msg_type type)
{
	return sbi_is_request(type);
}

/* ---- links ---- */

static bool begin(struct wire_link *link)
{
	return !link->codec->begin || link->codec->begin(link);
}

static void end_codec(struct wire_link *link)
{
	if (link->codec->end)
		link->codec->end(link);
}

struct wire_link *wire_link_new(const struct wire *wire, enum wire_point point, uint16_t opener,
                                uint16_t other)
{
	const struct wire_codec *codec = wire_codec(point);
	struct wire_link *link = calloc(1, sizeof *link);

	SIM_ASSERT(codec != NULL);
	if (!link)
		return NULL;
	*link = (struct wire_link){.wire = wire, .codec = codec, .node = {opener, other},
		.state = calloc(1, codec->state_size + 1)};
	if (link->state && begin(link))
		return link;
	wire_link_free(link);
	return NULL;
}

void wire_link_free(struct wire_link *link)
{
	if (!link)
		return;
	if (link->state)
		end_codec(link);
	free(link->state);
	free(link);
}

bool wire_link_reset(struct wire_link *link)
{
	end_codec(link);
	memset(link->state, 0, link->codec->state_size);
	return begin(link);
}

/* ---- octets ---- */

size_t wire_aside(struct wire_link *link, int end, uint8_t *out, size_t room)
{
	return link->codec->aside ? link->codec->aside(link, end, out, room) : 0;
}

size_t wire_encode(struct wire_link *link, int end, const struct msg *msg, uint8_t *out,
                   size_t room)
{
	return link->codec->encode(link, end, msg, out, room);
}

bool wire_decode(struct wire_link *link, int end, const uint8_t *in, size_t n, struct msg *msg,
                 struct msg_fault *fault)
{
	return link->codec->decode(link, end, in, n, msg, fault);
}

/* What is on no wire: bookkeeping, what each end knows of its own requests, how a message came here. */
static struct msg bookkeeping(const struct msg *msg)
{
	return (struct msg){.span = msg->span, .type = msg->type, .attempt = msg->attempt,
		.uplink = msg->uplink, .from = msg->from, .to = msg->to, .hop_from = msg->hop_from,
		.hop_to = msg->hop_to, .n32_leg = msg->n32_leg, .octets = msg->octets,
		.ue = msg->ue, .procedure = msg->procedure, .self = msg->self, .sent_ns = msg->sent_ns,
		.asker = msg->asker, .ran = msg->ran};
}

bool wire_rebuild(struct wire_link *link, int end, const uint8_t *in, size_t n, struct msg *msg,
                  struct msg_fault *fault)
{
	struct msg fresh = link->codec->whole ? bookkeeping(msg) : *msg;

	if (link->codec == &wire_ngap) /* what is traced of N1; its receiver reads the NAS within */
		fresh.cause = msg->cause;
	if (!wire_decode(link, end, in, n, &fresh, fault))
		return false;
	if (msg->type == MSG_PAGING) /* the index by IMSI, as LTE has it, has no place in NGAP */
		fresh.paging.index = msg->paging.index;
	*msg = fresh;
	return true;
}

void wire_line(struct wire_link *link, int end, const uint8_t *in, size_t n, struct msg_printer *p)
{
	link->codec->line(link, end, in, n, p);
}
