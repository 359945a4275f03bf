/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/coap.h"

#include <string.h>

enum { URI_PATH = 11, CONTENT_FORMAT = 12, PAYLOAD = 0xff, OPTIONS_MAX = 160 };
enum { EXTENDED_8 = 13, EXTENDED_16 = 14, EXTENDED_32 = 15, FROM_8 = 13, FROM_16 = 269 };

/* ---- writing ---- */

struct writer {
	uint8_t *at;
	size_t n, room;
};

static void put(struct writer *w, const void *octets, size_t n)
{
	if (w->n + n <= w->room && n > 0)
		memcpy(w->at + w->n, octets, n);
	w->n += n;
}

static void put_u8(struct writer *w, uint32_t v)
{
	put(w, (const uint8_t[]){(uint8_t)v}, 1);
}

static uint32_t nibble(uint32_t v)
{
	return v < FROM_8 ? v : v < FROM_16 ? EXTENDED_8 : EXTENDED_16;
}

static void put_extended(struct writer *w, uint32_t v)
{
	if (v >= FROM_16) {
		put_u8(w, (v - FROM_16) >> 8);
		put_u8(w, v - FROM_16);
	} else if (v >= FROM_8) {
		put_u8(w, v - FROM_8);
	}
}

static void put_option(struct writer *w, uint32_t delta, const void *value, uint32_t n)
{
	put_u8(w, nibble(delta) << 4 | nibble(n));
	put_extended(w, delta);
	put_extended(w, n);
	put(w, value, n);
}

static void put_options(struct writer *w, const struct coap_message *m)
{
	uint32_t last = 0;

	for (const char *segment = m->path; *segment;) {
		const uint32_t n = (uint32_t)strcspn(segment, "/");
		put_option(w, URI_PATH - last, segment, n);
		last = URI_PATH;
		segment += n + (segment[n] == '/');
	}
	if (m->n_payload > 0)
		put_option(w, CONTENT_FORMAT - last, (const uint8_t[]){COAP_CBOR}, 1);
}

size_t coap_encode(const struct coap_message *m, uint8_t *out, size_t room)
{
	uint8_t option[OPTIONS_MAX];
	struct writer options = {option, 0, sizeof option}, w = {out, 0, room};

	put_options(&options, m);
	const uint32_t payload = m->n_payload ? m->n_payload + 1 : 0;
	const uint32_t length = (uint32_t)options.n + payload;
	if (options.n > options.room || m->n_token > COAP_TOKEN_MAX || length > UINT16_MAX)
		return 0;
	put_u8(&w, nibble(length) << 4 | m->n_token);
	put_extended(&w, length);
	put_u8(&w, m->code);
	put(&w, m->token, m->n_token);
	put(&w, option, options.n);
	if (m->n_payload > 0) {
		put_u8(&w, PAYLOAD);
		put(&w, m->payload, m->n_payload);
	}
	return w.n <= room ? w.n : 0;
}

/* ---- reading ---- */

struct reader {
	const uint8_t *in;
	size_t n, at;
	struct msg_fault *fault;
};

static bool refuse(struct reader *r, uint8_t code, const char *what)
{
	return msg_refuse(r->fault, code, (uint32_t)r->at, what);
}

/* The value that a nibble stands for, with what follows it. */
static bool extended(struct reader *r, uint32_t *v)
{
	const uint32_t more = *v == EXTENDED_8 ? 1 : *v == EXTENDED_16 ? 2 : *v == EXTENDED_32 ? 4 : 0;
	uint32_t value = 0;

	if (r->n - r->at < more)
		return refuse(r, COAP_BAD_REQUEST, "CoAP: cut short within a length");
	for (uint32_t i = 0; i < more; i++)
		value = value << 8 | r->in[r->at++];
	if (more == 4 && value > UINT16_MAX)
		return refuse(r, COAP_BAD_REQUEST, "CoAP: longer than any message here");
	if (more)
		*v = value + (more == 1 ? FROM_8 : more == 2 ? FROM_16 : FROM_16 + 65536u);
	return true;
}

static bool add_segment(struct reader *r, struct coap_message *m, const uint8_t *value, uint32_t n)
{
	const size_t have = strlen(m->path);

	if (have + n + 2 > sizeof m->path)
		return refuse(r, COAP_NOT_FOUND, "CoAP: Uri-Path: longer than any here");
	if (memchr(value, '/', n) || memchr(value, '\0', n))
		return refuse(r, COAP_NOT_FOUND, "CoAP: Uri-Path: a character that no path here has");
	if (have)
		m->path[have] = '/';
	memcpy(m->path + have + (have > 0), value, n);
	m->path[have + (have > 0) + n] = '\0';
	return true;
}

/* Odd numbers are critical (RFC 7252 5.4.1): what is not known is refused, else it is left alone. */
static bool take_option(struct reader *r, struct coap_message *m, uint32_t number, uint32_t n)
{
	const uint8_t *value = r->in + r->at;

	if (number == URI_PATH && !add_segment(r, m, value, n))
		return false;
	if (number == CONTENT_FORMAT && (n != 1 || value[0] != COAP_CBOR))
		return refuse(r, COAP_BAD_OPTION, "CoAP: Content-Format: not CBOR");
	if (number != URI_PATH && (number & 1))
		return refuse(r, COAP_BAD_OPTION, "CoAP: a critical option that is not known here");
	r->at += n;
	return true;
}

static bool read_options(struct reader *r, struct coap_message *m)
{
	uint32_t number = 0;

	while (r->at < r->n && r->in[r->at] != PAYLOAD) {
		const uint8_t head = r->in[r->at++];
		uint32_t delta = head >> 4, n = head & 15;
		if (delta == EXTENDED_32 || n == EXTENDED_32)
			return refuse(r, COAP_BAD_REQUEST, "CoAP: option: a reserved length");
		if (!extended(r, &delta) || !extended(r, &n))
			return false;
		number += delta;
		if (r->n - r->at < n)
			return refuse(r, COAP_BAD_REQUEST, "CoAP: option: cut short");
		if (!take_option(r, m, number, n))
			return false;
	}
	return true;
}

static bool read_head(struct reader *r, struct coap_message *m)
{
	if (r->n < 2)
		return refuse(r, COAP_BAD_REQUEST, "CoAP: cut short");
	const uint8_t head = r->in[r->at++];
	uint32_t length = head >> 4;
	m->n_token = head & 15;
	if (m->n_token > COAP_TOKEN_MAX)
		return refuse(r, COAP_BAD_REQUEST, "CoAP: a token of more than 8 octets");
	if (!extended(r, &length))
		return false;
	if (r->n - r->at != (size_t)length + 1 + m->n_token)
		return refuse(r, COAP_BAD_REQUEST, "CoAP: the length is another one");
	m->code = r->in[r->at++];
	memcpy(m->token, r->in + r->at, m->n_token);
	r->at += m->n_token;
	return true;
}

bool coap_decode(const uint8_t *in, size_t n, struct coap_message *m, struct msg_fault *fault)
{
	struct reader r = {in, n, 0, fault};

	memset(m, 0, sizeof *m);
	if (!read_head(&r, m) || !read_options(&r, m))
		return false;
	if (r.at == n)
		return true;
	m->payload = in + ++r.at;
	m->n_payload = (uint32_t)(n - r.at);
	return m->n_payload > 0 || refuse(&r, COAP_BAD_REQUEST, "CoAP: a marker without a payload");
}
