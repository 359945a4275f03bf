/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      HTTP/2 as the service-based interface uses it: frames (RFC 9113) around header blocks
 *             that HPACK compresses (RFC 7541, nghttp2's coder). A sender codes one direction of a
 *             connection, a receiver decodes it; both keep that direction's dynamic table and
 *             nothing else.
 * Leaves out  interleaving of the frames of several streams, server push, trailers, priorities.
 * Sources     RFC 9113, RFC 7541, TS 29.500 5.2.
 *
 * Fields that vary from message to message are sent as literals never indexed and without Huffman
 * coding, so that the length of a message on a warm connection depends on its own fields and on
 * nothing before it. Wireshark recognises a connection by the client's preface at its start, on the
 * ports of HTTP (80).
 *
 * Memory: a sender and a receiver allocate when made and when a constant field enters the dynamic
 * table; a warm connection allocates nothing.
 */
#ifndef MODELS_MSG_HTTP2_H
#define MODELS_MSG_HTTP2_H

#include "models/msg/fault.h"
#include <stdbool.h>
#include <stdint.h>

enum {
	HTTP2_FRAME_HEADER = 9,
	HTTP2_FRAME_MAX = 16384, /* RFC 9113 4.2: until the peer has said that it takes more        */
	HTTP2_FIELDS_MAX = 24,   /* of a message that is received                                   */
	HTTP2_LIST_MAX = 8192,   /* header list, counted as RFC 9113 6.5.2 does                      */
	HTTP2_BLOCK_MAX = 8192,  /* its compressed form                                             */
	HTTP2_BODY_MAX = 8192,
	HTTP2_OPEN_MAX = 96      /* what a connection begins with                                   */
};

/* Error codes of RFC 9113 7; they are the causes of faults found here. */
enum http2_error {
	HTTP2_PROTOCOL_ERROR = 1,
	HTTP2_FRAME_SIZE_ERROR = 6,
	HTTP2_COMPRESSION_ERROR = 9,
	HTTP2_ENHANCE_YOUR_CALM = 11 /* more than this receiver takes */
};

/* A header field; texts are lent and need no final NUL. */
struct http2_field {
	const char *name, *value;
	uint16_t n_name, n_value;
	bool varies; /* sent as a literal never indexed */
};

struct http2_message {
	uint32_t stream; /* 0: the octets held no message, only frames of the connection */
	uint32_t n_fields;
	struct http2_field field[HTTP2_FIELDS_MAX]; /* lent until the receiver's next call */
	const uint8_t *body;
	uint32_t n_body;
};

/* ---- sending ---- */

struct http2_sender;
struct http2_sender *http2_sender_new(bool client);
void http2_sender_free(struct http2_sender *sender);
/* What this end sends first: preface (client), SETTINGS, WINDOW_UPDATE. Returns its length. */
uint32_t http2_open(const struct http2_sender *sender, uint8_t out[HTTP2_OPEN_MAX]);
/* The acknowledgement of the other end's SETTINGS. */
uint32_t http2_acknowledge(uint8_t out[HTTP2_FRAME_HEADER]);
/* The next stream of a client: 1, 3, 5 … (RFC 9113 5.1.1). */
uint32_t http2_next_stream(struct http2_sender *sender);
/*
 * HEADERS, and DATA when there is a body, the last with END_STREAM. Pseudo-fields come first among
 * the fields. Returns the length, or 0 when it does not fit; the sender is then of no use any more.
 */
uint32_t http2_send(struct http2_sender *sender, uint32_t stream, const struct http2_field *fields,
                    uint32_t n_fields, const uint8_t *body, uint32_t n_body, uint8_t *out,
                    uint32_t room);
/*
 * Octets of DATA that the other end ought to give back as credit for the connection, 0 while there
 * is plenty: it then sends http2_credit()'s frame. Asking resets.
 */
uint32_t http2_owed(struct http2_sender *sender);
enum { HTTP2_CREDIT_OCTETS = HTTP2_FRAME_HEADER + 4 };
uint32_t http2_credit(uint32_t octets, uint8_t out[HTTP2_CREDIT_OCTETS]);

/* ---- receiving ---- */

struct http2_receiver;
struct http2_receiver *http2_receiver_new(bool server);
void http2_receiver_free(struct http2_receiver *receiver);
/*
 * Takes frames up to the end of the next message; a preface and frames of the connection before it
 * are taken too. Returns the octets taken, or 0 with a fault: any fault ends the connection (RFC
 * 9113 5.4.1).
 */
uint32_t http2_receive(struct http2_receiver *receiver, const uint8_t *in, uint32_t n,
                       struct http2_message *message, struct msg_fault *fault);

#endif
