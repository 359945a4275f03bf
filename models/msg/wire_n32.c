/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * N32 behind the door of wire.h: N32-c as it is, N32-f with TLS or PRINS; end 0 is the client.
 * Master key and context of PRINS are fixed: they stand for what a TLS exporter and N32-c would
 * give.
 */
#include "models/msg/n32.h"
#include "models/msg/wire_codecs.h"

#include <string.h>

enum { N32_PORT = 80 }; /* deciphered: where Wireshark looks for the preface of HTTP/2 */

struct state {
	struct sbi sbi;
	struct n32_context context;
	struct crypto *crypto; /* NULL: TLS */
	bool reverse;          /* the client is not the SEPP that began N32-c */
	struct http2_sender *sender[2];
	struct http2_receiver *receiver[2];
	uint8_t said[2];
};

static int from_end(const struct wire_config *config, const struct msg *msg)
{
	(void)config;
	return sbi_is_request((enum msg_type)msg->type) ? 0 : 1;
}

static bool begin(struct wire_link *link)
{
	const struct wire_config *config = wire_config(link->wire);
	const uint8_t id[8] = {0};
	uint8_t master[64];
	struct state *state = link->state;

	for (uint8_t i = 0; i < sizeof master; i++)
		master[i] = i;
	sbi_init(&state->sbi, &(struct sbi_network){.plmn = config->plmn, .tuak = config->tuak,
		.routing_indicator = config->routing_indicator,
		.routing_digits = config->routing_digits});
	state->crypto = config->prins ? crypto_new() : NULL;
	state->reverse = link->node[0] != config->vsepp;
	n32_init(&state->context, config->prins, id,
	         &(struct jose_keys){state->crypto, &crypto_suite_real}, master);
	for (int end = 0; end < 2; end++) {
		state->sender[end] = http2_sender_new(end == 0);
		state->receiver[end] = http2_receiver_new(false);
	}
	return true;
}

static void finish(struct wire_link *link)
{
	struct state *state = link->state;

	if (state->crypto)
		crypto_free(state->crypto);
	for (int end = 0; end < 2; end++) {
		http2_sender_free(state->sender[end]);
		http2_receiver_free(state->receiver[end]);
	}
}

static size_t aside(struct wire_link *link, int end, uint8_t *out, size_t room)
{
	struct state *state = link->state;

	return wire_http2_aside(state->sender, state->said, end, out, room);
}

static bool is_handshake(const struct msg *msg)
{
	return wire_point((enum msg_type)msg->type) == WIRE_POINT_N32;
}

static size_t encode(struct wire_link *link, int end, const struct msg *msg, uint8_t *out,
                     size_t room)
{
	struct state *state = link->state;
	uint32_t stream = msg->stream ? msg->stream : http2_next_stream(state->sender[0]);

	return is_handshake(msg) ? sbi_encode(&state->sbi, state->sender[end], stream, msg, out,
	                                      (uint32_t)room)
	                         : n32_encode(&state->context, &state->sbi, state->sender[end], stream,
	                                      state->reverse, msg, out, (uint32_t)room);
}

static bool decode(struct wire_link *link, int end, const uint8_t *in, size_t n, struct msg *msg,
                   struct msg_fault *fault)
{
	struct state *state = link->state;
	enum msg_type request = end == 0 ? MSG_NONE : sbi_request_of((enum msg_type)msg->type);
	bool handshake = is_handshake(msg);
	struct http2_message message;

	if (!wire_http2_message(state->receiver[!end], in, n, &message, fault))
		return false;
	return handshake ? sbi_decode(&state->sbi, &message, request, msg, fault)
	                 : n32_decode(&state->context, &state->sbi, &message, state->reverse, request,
	                              msg, fault);
}

static void line(struct wire_link *link, int end, const uint8_t *in, size_t n,
                 struct msg_printer *p)
{
	struct state *state = link->state;

	wire_http2_line(state->receiver[!end], in, n, p);
}

const struct wire_codec wire_n32 = {
	.transport = WIRE_ON_TCP,
	.port = N32_PORT,
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
