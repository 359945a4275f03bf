/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The messages of DT1 and DT2 as octets: a CBOR map (RFC 8949) with names as keys, in CoAP
 * (models/msg/coap.h). Which message has which members: docs/DT_INTERFACE.md. Numbers have a fixed width,
 * so that a length follows from type and outcome alone.
 */
#ifndef MODELS_MSG_DT_CBOR_H
#define MODELS_MSG_DT_CBOR_H

#include "models/msg/fault.h"
#include "models/msg/msg.h"
#include <stddef.h>

enum {
	DT_OCTETS_MAX = 640,
	DT_RECORD = 22 /* around a message: TLS 1.3 (RFC 8446 5.2): header 5, content type 1, tag 16 */
};

/* Who writes A-KIDs: username "routing indicator, A-TID" at the home network's realm (TS 33.535 6.1). */
struct dt_realm {
	struct id_plmn plmn;
	uint16_t routing_indicator;
	uint8_t routing_digits;
};

/* Is it a message of DT1 or DT2? Is it a request? */
bool dt_has(enum msg_type type);
bool dt_is_request(enum msg_type type);

/* Without the TLS record. 0: no room. */
size_t dt_encode(const struct dt_realm *realm, const struct msg *msg, uint8_t *out, size_t room);
/*
 * Requests are known by their path; an answer is read as one of msg->type, since its token says to the
 * requester what it asked. Fills in type, cause, asker (the token) and the members. Members that are not
 * known are ignored; a missing or wrong one is a fault with the CoAP code that answers it.
 */
bool dt_decode(const struct dt_realm *realm, const uint8_t *in, size_t n, struct msg *msg,
               struct msg_fault *fault);
/* With the TLS record, as the message travels, looked up: an answer that refuses has another length. */
uint32_t dt_octets(const struct msg *msg);

#endif
