/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sender of a direction; http2_receiver.c is the other half. */
#include "models/msg/http2.h"

#include "models/msg/http2_frame.h"
#include "sim/core/status.h"
#include <nghttp2/nghttp2.h>
#include <stdlib.h>
#include <string.h>

enum {
	WINDOW_FIRST = 65535, /* RFC 9113 6.9.2                            */
	WINDOW_LAST = 0x7fffffff,
	OWED_AT = 0x40000000  /* half of the window: no sender ever stalls */
};

struct http2_sender {
	nghttp2_hd_deflater *deflater;
	bool client;
	uint32_t next_stream;
	uint32_t unpaid; /* octets of DATA without credit given back */
};

struct http2_sender *http2_sender_new(bool client)
{
	struct http2_sender *sender = calloc(1, sizeof *sender);

	SIM_ASSERT(sender != NULL);
	SIM_ASSERT(nghttp2_hd_deflate_new(&sender->deflater, HTTP2_TABLE_OCTETS) == 0);
	sender->client = client;
	sender->next_stream = 1;
	return sender;
}

void http2_sender_free(struct http2_sender *sender)
{
	if (!sender)
		return;
	nghttp2_hd_deflate_del(sender->deflater);
	free(sender);
}

static void put_u32(uint8_t *out, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		out[i] = (uint8_t)(value >> 8 * (3 - i));
}

static void put_frame(uint8_t *out, uint32_t n, uint8_t type, uint8_t flags, uint32_t stream)
{
	put_u32(out, n << 8 | type);
	out[4] = flags;
	put_u32(out + 5, stream);
}

/* ---- the connection ---- */

uint32_t http2_open(const struct http2_sender *sender, uint8_t out[HTTP2_OPEN_MAX])
{
	static const uint8_t no_push[] = {0, HTTP2_SETTING_ENABLE_PUSH, 0, 0, 0, 0};
	uint32_t n = 0, settings = sender->client ? sizeof no_push : 0;

	if (sender->client) {
		memcpy(out, HTTP2_PREFACE, HTTP2_PREFACE_OCTETS);
		n += HTTP2_PREFACE_OCTETS;
	}
	put_frame(out + n, settings, HTTP2_SETTINGS, 0, 0);
	n += HTTP2_FRAME_HEADER;
	memcpy(out + n, no_push, settings);
	n += settings;
	return n + http2_credit(WINDOW_LAST - WINDOW_FIRST, out + n);
}

uint32_t http2_acknowledge(uint8_t out[HTTP2_FRAME_HEADER])
{
	put_frame(out, 0, HTTP2_SETTINGS, HTTP2_ACK, 0);
	return HTTP2_FRAME_HEADER;
}

uint32_t http2_credit(uint32_t octets, uint8_t out[HTTP2_CREDIT_OCTETS])
{
	put_frame(out, 4, HTTP2_WINDOW_UPDATE, 0, 0);
	put_u32(out + HTTP2_FRAME_HEADER, octets);
	return HTTP2_CREDIT_OCTETS;
}

uint32_t http2_owed(struct http2_sender *sender)
{
	uint32_t owed = sender->unpaid >= OWED_AT ? sender->unpaid : 0;

	sender->unpaid -= owed;
	return owed;
}

uint32_t http2_next_stream(struct http2_sender *sender)
{
	uint32_t stream = sender->next_stream;

	SIM_ASSERT(stream <= WINDOW_LAST);
	sender->next_stream += 2;
	return stream;
}

/* ---- header blocks ---- */

struct writer {
	uint8_t *out;
	uint32_t n, room; /* n > room: it did not fit */
};

static void put(struct writer *w, const void *octets, uint32_t n)
{
	if (w->n + n <= w->room)
		memcpy(w->out + w->n, octets, n);
	w->n += n;
}

/* RFC 7541 5.1: an integer behind a prefix of `bits` bits, whose octet begins with `first`. */
static void put_integer(struct writer *w, uint8_t first, uint32_t bits, uint32_t value)
{
	uint32_t limit = (1u << bits) - 1;
	uint8_t octet = (uint8_t)(first | (value < limit ? value : limit));

	put(w, &octet, 1);
	if (value < limit)
		return;
	for (value -= limit; value >= 128; value >>= 7) {
		octet = (uint8_t)(value | 128);
		put(w, &octet, 1);
	}
	octet = (uint8_t)value;
	put(w, &octet, 1);
}

/* RFC 7541 appendix A: numbers of the names that vary here. */
static uint32_t static_number(const struct http2_field *field)
{
	static const struct {
		const char *name;
		uint32_t number;
	} names[] = {{":path", 4}, {"content-length", 28}, {"date", 33}, {"location", 46}};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i].name) == field->n_name &&
		    memcmp(names[i].name, field->name, field->n_name) == 0)
			return names[i].number;
	return 0;
}

static void put_literal(struct writer *w, const struct http2_field *field)
{
	uint32_t number = static_number(field);

	put_integer(w, 0x10, 4, number);
	if (number == 0) {
		put_integer(w, 0, 7, field->n_name);
		put(w, field->name, field->n_name);
	}
	put_integer(w, 0, 7, field->n_value);
	put(w, field->value, field->n_value);
}

static void put_constant(struct http2_sender *sender, struct writer *w,
                         const struct http2_field *field)
{
	nghttp2_nv nv = {.name = (uint8_t *)(uintptr_t)field->name, /* read only, but not const */
		.value = (uint8_t *)(uintptr_t)field->value, .namelen = field->n_name,
		.valuelen = field->n_value};
	ssize_t n = 0;

	if (w->n <= w->room)
		n = nghttp2_hd_deflate_hd(sender->deflater, w->out + w->n, w->room - w->n, &nv, 1);
	w->n = n < 0 ? w->room + 1 : w->n + (uint32_t)n;
}

static void put_fields(struct http2_sender *sender, struct writer *w,
                       const struct http2_field *fields, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (fields[i].varies)
			put_literal(w, &fields[i]);
		else
			put_constant(sender, w, &fields[i]);
}

/* ---- messages ---- */

static void put_data(struct http2_sender *sender, struct writer *w, uint32_t stream,
                     const uint8_t *body, uint32_t n_body)
{
	sender->unpaid += n_body;
	while (n_body > 0) {
		uint32_t n = n_body < HTTP2_FRAME_MAX ? n_body : HTTP2_FRAME_MAX;
		uint8_t header[HTTP2_FRAME_HEADER];

		n_body -= n;
		put_frame(header, n, HTTP2_DATA, n_body == 0 ? HTTP2_END_STREAM : 0, stream);
		put(w, header, sizeof header);
		put(w, body, n);
		body += n;
	}
}

uint32_t http2_send(struct http2_sender *sender, uint32_t stream, const struct http2_field *fields,
                    uint32_t n_fields, const uint8_t *body, uint32_t n_body, uint8_t *out,
                    uint32_t room)
{
	struct writer w = {.out = out, .n = HTTP2_FRAME_HEADER, .room = room};
	uint8_t flags = HTTP2_END_HEADERS | (n_body == 0 ? HTTP2_END_STREAM : 0);
	uint32_t block;

	put_fields(sender, &w, fields, n_fields);
	block = w.n - HTTP2_FRAME_HEADER;
	if (w.n > room || block > HTTP2_FRAME_MAX)
		return 0;
	put_frame(out, block, HTTP2_HEADERS, flags, stream);
	put_data(sender, &w, stream, body, n_body);
	return w.n <= room ? w.n : 0;
}
