/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The codecs behind models/msg/wire.h, one for each carrier: models/msg/wire_CARRIER.c. */
#ifndef MODELS_MSG_WIRE_CODECS_H
#define MODELS_MSG_WIRE_CODECS_H

#include "models/msg/http2.h"
#include "models/msg/wire.h"

extern const struct wire_codec wire_ngap;
extern const struct wire_codec wire_sbi;
extern const struct wire_codec wire_dt;
extern const struct wire_codec wire_n32;
extern const struct wire_codec wire_ike;

/* What codecs over HTTP/2 share (wire_sbi.c): preface, SETTINGS, their acknowledgements and credit
 * beside messages; said: what each end has said, zeroed at first. */
size_t wire_http2_aside(struct http2_sender *const sender[2], uint8_t said[2], int end,
                        uint8_t *out, size_t room);
/* The next message of some octets, frames of the connection before it. */
bool wire_http2_message(struct http2_receiver *receiver, const uint8_t *in, size_t n,
                        struct http2_message *message, struct msg_fault *fault);
/* One line: method and path or status, type and length of the body. */
void wire_http2_line(struct http2_receiver *receiver, const uint8_t *in, size_t n,
                     struct msg_printer *p);

#endif
