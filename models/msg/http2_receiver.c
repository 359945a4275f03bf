/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The receiver of a direction. It takes any octets: each length is checked before it is used. */
#include "models/msg/http2.h"
#include "models/msg/http2_frame.h"
#include "sim/core/status.h"

#include <nghttp2/nghttp2.h>
#include <stdlib.h>
#include <string.h>

enum { FIELD_OVERHEAD = 32 }; /* RFC 9113 6.5.2: of a field in a header list */

struct http2_receiver {
	nghttp2_hd_inflater *inflater;
	bool preface;     /* still to come           */
	bool broken;      /* after a fault           */
	uint32_t n_block; /* of a header block       */
	uint32_t n_text;
	uint8_t block[HTTP2_BLOCK_MAX];
	char text[HTTP2_LIST_MAX]; /* names and values of the message's fields */
	uint8_t body[HTTP2_BODY_MAX];
};

struct http2_receiver *http2_receiver_new(bool server)
{
	struct http2_receiver *receiver = calloc(1, sizeof *receiver);

	SIM_ASSERT(receiver != NULL);
	SIM_ASSERT(nghttp2_hd_inflate_new(&receiver->inflater) == 0);
	receiver->preface = server;
	return receiver;
}

void http2_receiver_free(struct http2_receiver *receiver)
{
	if (!receiver)
		return;
	nghttp2_hd_inflate_del(receiver->inflater);
	free(receiver);
}

/* What a call reads: one frame at a time. */
struct reader {
	struct http2_receiver *receiver;
	const uint8_t *in;
	uint32_t n, at; /* at: of the next frame */
	struct msg_fault *fault;
	struct http2_message *message;
	bool headers, ended; /* of the message: header block complete, END_STREAM seen */
};

struct frame {
	uint8_t type, flags;
	uint32_t stream;
	uint32_t at; /* of its payload */
	uint32_t n;
};

static bool fail(struct reader *r, enum http2_error error, uint32_t offset, const char *what)
{
	return msg_refuse(r->fault, (uint8_t)error, offset, what);
}

static bool next_frame(struct reader *r, struct frame *frame)
{
	const uint8_t *p = r->in + r->at;

	if (r->n - r->at < HTTP2_FRAME_HEADER)
		return fail(r, HTTP2_FRAME_SIZE_ERROR, r->at, "the octets end within a frame header");
	frame->n = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
	frame->type = p[3];
	frame->flags = p[4];
	frame->stream = ((uint32_t)p[5] << 24 | (uint32_t)p[6] << 16 | (uint32_t)p[7] << 8 | p[8]) &
	                0x7fffffff;
	frame->at = r->at + HTTP2_FRAME_HEADER;
	if (frame->n > HTTP2_FRAME_MAX)
		return fail(r, HTTP2_FRAME_SIZE_ERROR, r->at, "a frame longer than 16384 octets");
	if (frame->n > r->n - frame->at)
		return fail(r, HTTP2_FRAME_SIZE_ERROR, r->at, "the octets end within a frame");
	r->at = frame->at + frame->n;
	return true;
}

/* RFC 9113 6.1, 6.2: a pad length in front, padding behind. */
static bool strip_padding(struct reader *r, struct frame *frame)
{
	uint32_t pad;

	if (!(frame->flags & HTTP2_PADDED))
		return true;
	if (frame->n == 0)
		return fail(r, HTTP2_FRAME_SIZE_ERROR, frame->at, "a padded frame without pad length");
	pad = r->in[frame->at];
	if (pad >= frame->n)
		return fail(r, HTTP2_PROTOCOL_ERROR, frame->at, "padding longer than its frame");
	frame->at++;
	frame->n -= 1 + pad;
	return true;
}

/* ---- fields ---- */

static bool keep_field(struct reader *r, const nghttp2_nv *nv, uint32_t offset)
{
	struct http2_receiver *receiver = r->receiver;
	struct http2_message *message = r->message;
	size_t room = HTTP2_LIST_MAX - receiver->n_text;
	struct http2_field *field;

	if (nv->namelen + nv->valuelen + FIELD_OVERHEAD > room)
		return fail(r, HTTP2_ENHANCE_YOUR_CALM, offset, "a header list longer than 8192 octets");
	if (message->n_fields == HTTP2_FIELDS_MAX)
		return fail(r, HTTP2_ENHANCE_YOUR_CALM, offset, "more than 24 header fields");
	field = &message->field[message->n_fields++];
	field->name = receiver->text + receiver->n_text;
	field->n_name = (uint16_t)nv->namelen;
	field->value = field->name + nv->namelen;
	field->n_value = (uint16_t)nv->valuelen;
	field->varies = nv->flags & NGHTTP2_NV_FLAG_NO_INDEX;
	memcpy(receiver->text + receiver->n_text, nv->name, nv->namelen);
	memcpy(receiver->text + receiver->n_text + nv->namelen, nv->value, nv->valuelen);
	receiver->n_text += (uint32_t)(nv->namelen + nv->valuelen + FIELD_OVERHEAD);
	return true;
}

static bool inflate(struct reader *r, uint32_t offset)
{
	struct http2_receiver *receiver = r->receiver;
	const uint8_t *p = receiver->block, *end = p + receiver->n_block;
	int flags = 0;

	while (!(flags & NGHTTP2_HD_INFLATE_FINAL)) {
		nghttp2_nv nv;
		ssize_t used = nghttp2_hd_inflate_hd2(receiver->inflater, &nv, &flags, p,
		                                      (size_t)(end - p), 1);

		if (used < 0)
			return fail(r, HTTP2_COMPRESSION_ERROR, offset, "a header block that is no HPACK");
		p += used;
		if ((flags & NGHTTP2_HD_INFLATE_EMIT) && !keep_field(r, &nv, offset))
			return false;
		if (!(flags & (NGHTTP2_HD_INFLATE_FINAL | NGHTTP2_HD_INFLATE_EMIT)) && p == end)
			return fail(r, HTTP2_COMPRESSION_ERROR, offset, "a header block that ends early");
	}
	return nghttp2_hd_inflate_end_headers(receiver->inflater) == 0;
}

static bool add_block(struct reader *r, const struct frame *frame)
{
	struct http2_receiver *receiver = r->receiver;

	if (frame->n > HTTP2_BLOCK_MAX - receiver->n_block)
		return fail(r, HTTP2_ENHANCE_YOUR_CALM, frame->at, "a header block over 8192 octets");
	memcpy(receiver->block + receiver->n_block, r->in + frame->at, frame->n);
	receiver->n_block += frame->n;
	if (!(frame->flags & HTTP2_END_HEADERS))
		return true;
	r->headers = true;
	return inflate(r, frame->at);
}

/* ---- frames ---- */

static bool take_headers(struct reader *r, struct frame *frame)
{
	if (r->message->stream != 0)
		return fail(r, HTTP2_PROTOCOL_ERROR, frame->at, "HEADERS within a message");
	if (frame->stream % 2 == 0)
		return fail(r, HTTP2_PROTOCOL_ERROR, frame->at, "HEADERS on a stream of no client");
	if (!strip_padding(r, frame))
		return false;
	if (frame->flags & HTTP2_WITH_PRIORITY) {
		if (frame->n < 5)
			return fail(r, HTTP2_FRAME_SIZE_ERROR, frame->at, "HEADERS without its priority");
		frame->at += 5;
		frame->n -= 5;
	}
	r->message->stream = frame->stream;
	r->ended = frame->flags & HTTP2_END_STREAM;
	return add_block(r, frame);
}

static bool take_data(struct reader *r, struct frame *frame)
{
	struct http2_message *message = r->message;

	if (!r->headers || frame->stream != message->stream)
		return fail(r, HTTP2_PROTOCOL_ERROR, frame->at, "DATA on a stream without HEADERS");
	if (!strip_padding(r, frame))
		return false;
	if (frame->n > HTTP2_BODY_MAX - message->n_body)
		return fail(r, HTTP2_ENHANCE_YOUR_CALM, frame->at, "a body longer than 8192 octets");
	memcpy(r->receiver->body + message->n_body, r->in + frame->at, frame->n);
	message->n_body += frame->n;
	r->ended = frame->flags & HTTP2_END_STREAM;
	return true;
}

/* RFC 9113 4.3: nothing may stand between HEADERS and its CONTINUATIONs. */
static bool in_sequence(struct reader *r, const struct frame *frame)
{
	bool open = r->message->stream != 0 && !r->headers;

	if (open != (frame->type == HTTP2_CONTINUATION))
		return fail(r, HTTP2_PROTOCOL_ERROR, frame->at,
		            open ? "a header block without its continuation"
		                 : "CONTINUATION without HEADERS");
	if (open && frame->stream != r->message->stream)
		return fail(r, HTTP2_PROTOCOL_ERROR, frame->at, "CONTINUATION on another stream");
	return true;
}

static bool take_connection_frame(struct reader *r, const struct frame *frame)
{
	bool ack = frame->flags & HTTP2_ACK;

	if (frame->type == HTTP2_PUSH_PROMISE)
		return fail(r, HTTP2_PROTOCOL_ERROR, frame->at, "PUSH_PROMISE, which was refused");
	if (frame->type == HTTP2_RST_STREAM || frame->type == HTTP2_GOAWAY)
		return fail(r, HTTP2_PROTOCOL_ERROR, frame->at, "the other end has given up");
	if (frame->type == HTTP2_SETTINGS && (frame->n % 6 != 0 || (ack && frame->n != 0)))
		return fail(r, HTTP2_FRAME_SIZE_ERROR, frame->at, "SETTINGS of a wrong length");
	if (frame->type == HTTP2_WINDOW_UPDATE && frame->n != 4)
		return fail(r, HTTP2_FRAME_SIZE_ERROR, frame->at, "WINDOW_UPDATE of a wrong length");
	return true; /* PING, PRIORITY and unknown types say nothing to this receiver */
}

static bool take_frame(struct reader *r)
{
	struct frame frame;

	if (!next_frame(r, &frame) || !in_sequence(r, &frame))
		return false;
	switch (frame.type) {
	case HTTP2_HEADERS:
		return take_headers(r, &frame);
	case HTTP2_CONTINUATION:
		return add_block(r, &frame);
	case HTTP2_DATA:
		return take_data(r, &frame);
	default:
		return take_connection_frame(r, &frame);
	}
}

static bool take_preface(struct reader *r)
{
	if (!r->receiver->preface)
		return true;
	if (r->n < HTTP2_PREFACE_OCTETS || memcmp(r->in, HTTP2_PREFACE, HTTP2_PREFACE_OCTETS) != 0)
		return fail(r, HTTP2_PROTOCOL_ERROR, 0, "a connection without the client's preface");
	r->receiver->preface = false;
	r->at = HTTP2_PREFACE_OCTETS;
	return true;
}

uint32_t http2_receive(struct http2_receiver *receiver, const uint8_t *in, uint32_t n,
                       struct http2_message *message, struct msg_fault *fault)
{
	struct reader r = {.receiver = receiver, .in = in, .n = n, .fault = fault,
		.message = message};
	bool good = !receiver->broken && n > 0;

	message->stream = message->n_fields = message->n_body = 0;
	message->body = receiver->body;
	receiver->n_block = receiver->n_text = 0;
	if (!good)
		fail(&r, HTTP2_PROTOCOL_ERROR, 0, n ? "a connection that has failed" : "no octets");
	good = good && take_preface(&r);
	while (good && !(r.headers && r.ended) && (r.at < n || message->stream != 0))
		good = take_frame(&r);
	receiver->broken = !good;
	return good ? r.at : 0;
}
