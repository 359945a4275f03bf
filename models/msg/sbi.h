/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models      the service-based interface: one row per operation with method, path, header fields
 *             and a JSON body, both ways between the typed fields of struct msg and HTTP/2
 *             (http2.h). Errors are ProblemDetails (RFC 9457, TS 29.500 5.2.7).
 * Leaves out  TLS, OAuth 2.0 tokens, NF discovery; what the model has no field for (PEI, location,
 *             callback URIs, subscribed data) is a constant of the right shape.
 * Sources     TS 29.509, 29.503, 29.504/29.505, 29.507, 29.535; bodies as Open5GS 2.7.7 sends them.
 *
 * Every value has a fixed width (15 digits of IMSI, resource identifiers in the shape of a UUID,
 * times to the millisecond), so the length of a message on a warm connection follows from its type
 * and a few variants alone: sbi_octets() looks it up in a table that sbi_octets_new() measures with
 * the encoder itself.
 */
#ifndef MODELS_MSG_SBI_H
#define MODELS_MSG_SBI_H

#include "models/msg/fault.h"
#include "models/msg/http2.h"
#include "models/msg/msg.h"

/* What stands in bodies and paths beside the fields of messages: the home network of a run. */
struct sbi_network {
	struct id_plmn plmn;
	uint16_t routing_indicator;
	uint8_t routing_digits; /* 1 … 4 */
	bool tuak;              /* subscriptions hold TOPc, not OPc */
};

enum {
	SBI_OCTETS_MAX = 4096, /* room that any message fits in                       */
	SBI_DEPTH_MAX = 12     /* of nested JSON values that a decoder takes          */
};

/* Causes of faults found in a message that HTTP/2 has delivered: HTTP status - 300. */
#define SBI_FAULT(status) ((uint8_t)((status) - 300))

enum { SBI_DOMAIN_MAX = 48 };
struct sbi {
	struct sbi_network network;
	char domain[SBI_DOMAIN_MAX]; /* ".5gc.mnc070.mcc999.3gppnetwork.org" */
};
void sbi_init(struct sbi *sbi, const struct sbi_network *network);

/* Whether a type is of the SBI; a request of it; the request of an answer, the answer to it. */
bool sbi_has(enum msg_type type);
bool sbi_is_request(enum msg_type type);
enum msg_type sbi_request_of(enum msg_type answer);
enum msg_type sbi_answer_of(enum msg_type request);

/*
 * The message as it travels on `stream`. Date and timestamps are its sent_ns. Returns its length, 0
 * when it does not fit (never with SBI_OCTETS_MAX).
 */
uint32_t sbi_encode(const struct sbi *sbi, struct http2_sender *sender, uint32_t stream,
                    const struct msg *msg, uint8_t *out, uint32_t room);

/*
 * A message that http2_receive() has delivered, at offset `at` of the octets; an answer is read as
 * one to `request`, which is MSG_NONE for a request. Sets type, cause, method, stream, serving,
 * context and the fields of the union that the operation carries, in a message that is all zero
 * before. Unknown members are ignored; a missing or wrong one is a fault whose `what` names it (TS
 * 29.500 table 5.2.7.2-1: MANDATORY_IE_MISSING, MANDATORY_IE_INCORRECT, both 400).
 */
bool sbi_decode(const struct sbi *sbi, const struct http2_message *in, enum msg_type request,
                struct msg *msg, struct msg_fault *fault);

/* The body alone: its length. For tests and tables. */
uint32_t sbi_body(const struct sbi *sbi, const struct msg *msg, uint8_t *out, uint32_t room);

/* Octets of a message on a warm connection, frames and header fields included: measured once,
 * looked up. */
struct sbi_octets;
struct sbi_octets *sbi_octets_new(struct sim_arena *arena, const struct sbi *sbi);
uint32_t sbi_octets(const struct sbi_octets *octets, const struct msg *msg);

#endif
