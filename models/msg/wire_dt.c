/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The codec of DT1 and DT2: CBOR in CoAP over TCP, as it stands inside of TLS. A link has no state but
 * whether an end has said its capabilities (RFC 8323 5.3). */
#include "models/msg/wire_codecs.h"

#include "models/msg/coap.h"
#include "models/msg/dt_cbor.h"

enum { COAP_PORT = 5683 };

struct state {
	bool said[2];
};

static int from_end(const struct wire_config *config, const struct msg *msg)
{
	(void)config;
	return !dt_is_request((enum msg_type)msg->type);
}

static struct dt_realm realm(const struct wire_link *link)
{
	const struct wire_config *config = wire_config(link->wire);

	return (struct dt_realm){.plmn = config->plmn, .routing_indicator = config->routing_indicator,
		.routing_digits = config->routing_digits};
}

static size_t aside(struct wire_link *link, int end, uint8_t *out, size_t room)
{
	struct state *state = link->state;

	if (state->said[end])
		return 0;
	state->said[end] = true;
	return coap_encode(&(struct coap_message){.code = COAP_CSM}, out, room);
}

static size_t encode(struct wire_link *link, int end, const struct msg *msg, uint8_t *out,
                     size_t room)
{
	const struct dt_realm home = realm(link);

	(void)end;
	return dt_encode(&home, msg, out, room);
}

static bool decode(struct wire_link *link, int end, const uint8_t *in, size_t n, struct msg *msg,
                   struct msg_fault *fault)
{
	const struct dt_realm home = realm(link);

	(void)end;
	return dt_decode(&home, in, n, msg, fault);
}

/* "POST dtf/enrol, 212 octets of CBOR"; "4.03, 70 octets of CBOR" */
static void line(struct wire_link *link, int end, const uint8_t *in, size_t n,
                 struct msg_printer *p)
{
	struct coap_message m;
	struct msg_fault fault;

	(void)link, (void)end;
	if (!coap_decode(in, n, &m, &fault)) {
		msg_print(p, "%s at %u", fault.what, fault.offset);
		return;
	}
	if (m.code == COAP_POST)
		msg_print(p, "POST %s", m.path);
	else
		msg_print(p, "%u.%02u", m.code >> 5, m.code & 31);
	msg_print(p, ", %u octets of CBOR", m.n_payload);
}

const struct wire_codec wire_dt = {
	.transport = WIRE_ON_TCP, .port = COAP_PORT, .whole = true, .state_size = sizeof(struct state),
	.from_end = from_end, .aside = aside, .encode = encode, .decode = decode,
	.line = line,
};
