/* SPDX-License-Identifier: GPL-2.0-or-later */
/* HTTP/2 behind the door of wire.h: end 0 is the client, end 1 the server. */
#include "models/msg/sbi.h"
#include "models/msg/wire_codecs.h"

#include <string.h>

enum { SBI_PORT = 80 }; /* that of http URIs; Wireshark looks for the preface of HTTP/2 there */

struct state {
	struct sbi sbi;
	struct http2_sender *sender[2];
	struct http2_receiver *receiver[2]; /* at the end of the same number */
	uint8_t said[2];                    /* asides: 0 nothing, 1 opened, 2 acknowledged too */
};

static int from_end(const struct wire_config *config, const struct msg *msg)
{
	(void)config;
	return sbi_is_request((enum msg_type)msg->type) ? 0 : 1;
}

static bool begin(struct wire_link *link)
{
	const struct wire_config *config = wire_config(link->wire);
	struct state *state = link->state;

	sbi_init(&state->sbi, &(struct sbi_network){.plmn = config->plmn, .tuak = config->tuak,
		.routing_indicator = config->routing_indicator,
		.routing_digits = config->routing_digits});
	for (int end = 0; end < 2; end++) {
		state->sender[end] = http2_sender_new(end == 0);
		state->receiver[end] = http2_receiver_new(false);
	}
	return true;
}

static void finish(struct wire_link *link)
{
	struct state *state = link->state;

	for (int end = 0; end < 2; end++) {
		http2_sender_free(state->sender[end]);
		http2_receiver_free(state->receiver[end]);
	}
}

size_t wire_http2_aside(struct http2_sender *const sender[2], uint8_t said[2], int end,
                        uint8_t *out, size_t room)
{
	uint32_t owed;

	if (room < HTTP2_OPEN_MAX)
		return 0;
	if (said[end] == 0) {
		said[end] = 1;
		return http2_open(sender[end], out);
	}
	if (said[end] == 1 && said[!end] > 0) {
		said[end] = 2;
		return http2_acknowledge(out);
	}
	owed = http2_owed(sender[!end]);
	return owed > 0 ? http2_credit(owed, out) : 0;
}

static size_t aside(struct wire_link *link, int end, uint8_t *out, size_t room)
{
	struct state *state = link->state;

	return wire_http2_aside(state->sender, state->said, end, out, room);
}

static size_t encode(struct wire_link *link, int end, const struct msg *msg, uint8_t *out,
                     size_t room)
{
	struct state *state = link->state;
	uint32_t stream = msg->stream;

	if (stream == 0) /* sent by nobody's nf_send() */
		stream = http2_next_stream(state->sender[0]);
	return sbi_encode(&state->sbi, state->sender[end], stream, msg, out, (uint32_t)room);
}

bool wire_http2_message(struct http2_receiver *receiver, const uint8_t *in, size_t n,
                        struct http2_message *message, struct msg_fault *fault)
{
	size_t at = 0;

	do {
		uint32_t taken = http2_receive(receiver, in + at, (uint32_t)(n - at), message, fault);

		if (taken == 0) {
			fault->offset += (uint32_t)at;
			return false;
		}
		at += taken;
	} while (message->stream == 0 && at < n);
	return message->stream != 0 ||
	       msg_refuse(fault, HTTP2_PROTOCOL_ERROR, (uint32_t)n, "frames without a message");
}

static bool decode(struct wire_link *link, int end, const uint8_t *in, size_t n, struct msg *msg,
                   struct msg_fault *fault)
{
	struct state *state = link->state;
	enum msg_type request = end == 0 ? MSG_NONE : sbi_request_of((enum msg_type)msg->type);
	struct http2_message message;

	return wire_http2_message(state->receiver[!end], in, n, &message, fault) &&
	       sbi_decode(&state->sbi, &message, request, msg, fault);
}

static bool is(const struct http2_field *field, const char *name)
{
	return field->n_name == strlen(name) && memcmp(field->name, name, field->n_name) == 0;
}

/* The pseudo-fields in the order of people: method, path; or the status. */
static void print_fields(const struct http2_message *message, struct msg_printer *p)
{
	static const char *const shown[] = {":method", ":path", ":status"};
	const char *before = "";

	for (size_t k = 0; k < sizeof shown / sizeof *shown; k++)
		for (uint32_t i = 0; i < message->n_fields; i++)
			if (is(&message->field[i], shown[k])) {
				msg_print(p, "%s%.*s", before, message->field[i].n_value,
				          message->field[i].value);
				before = " ";
			}
}

/* "PUT /nausf-auth/v1/ue-authentications/…, 46 octets of application/json" */
void wire_http2_line(struct http2_receiver *receiver, const uint8_t *in, size_t n,
                     struct msg_printer *p)
{
	struct http2_message message;
	struct msg_fault fault;

	if (http2_receive(receiver, in, (uint32_t)n, &message, &fault) == 0) {
		msg_print(p, "%s at %u", fault.what, fault.offset);
		return;
	}
	print_fields(&message, p);
	for (uint32_t i = 0; i < message.n_fields && message.n_body > 0; i++)
		if (is(&message.field[i], "content-type"))
			msg_print(p, ", %u octets of %.*s", message.n_body, message.field[i].n_value,
			          message.field[i].value);
}

static void line(struct wire_link *link, int end, const uint8_t *in, size_t n,
                 struct msg_printer *p)
{
	struct state *state = link->state;

	wire_http2_line(state->receiver[!end], in, n, p);
}

const struct wire_codec wire_sbi = {
	.transport = WIRE_ON_TCP,
	.port = SBI_PORT,
	.state_size = sizeof(struct state),
	.from_end = from_end,
	.begin = begin,
	.end = finish,
	.aside = aside,
	.whole = true,
	.encode = encode,
	.decode = decode,
	.line = line,
};
