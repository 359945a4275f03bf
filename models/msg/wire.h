/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One door to all codecs: a struct msg as the octets that its reference point has for it, and back.
 * Which codec serves a point stands in models/msg/wire_points.h; a codec is a struct wire_codec.
 *
 * A link is what two nodes have said to one another at one point so far (HPACK tables); it knows both
 * directions and both ends. End 0 opened it. Messages pass a direction in order, each encoded once and,
 * where octets travel, decoded once: a lost one needs wire_link_reset().
 *
 * Encoding allocates nothing on a warm link. The bookkeeping of a message (ue, procedure, span, …) is on
 * no wire: wire_decode() leaves it as it finds it, and fills in what the octets say.
 */
#ifndef MODELS_MSG_WIRE_H
#define MODELS_MSG_WIRE_H

#include "models/id/plmn.h"
#include "models/msg/fault.h"
#include "models/msg/msg.h"
#include "models/msg/print.h"
#include <stddef.h>

enum { WIRE_OCTETS_MAX = 16384 };

/* Simulated time 0 on the calendar, wherever octets say a time: Monday, 2026-11-23 00:00:00 UTC. */
#define WIRE_EPOCH_S INT64_C(1795392000)

enum wire_carrier { WIRE_NGAP, WIRE_SBI, WIRE_DT, WIRE_IKE, WIRE_N32, WIRE_TLS, WIRE_N_CARRIERS };
enum wire_transport { WIRE_ON_TCP, WIRE_ON_SCTP, WIRE_ON_UDP };

enum wire_point {
#define WIRE_POINT(point, carrier, doc) WIRE_POINT_##point,
#include "models/msg/wire_points.h"
#undef WIRE_POINT
	WIRE_N_POINTS
};

/* What the octets name that no message carries: the network and its nodes. Lent for ever. */
struct wire_config {
	struct id_plmn plmn;
	uint16_t routing_indicator;
	uint8_t routing_digits, key_id;
	bool prins; /* N32-f, else TLS */
	uint16_t vsepp; /* node of the SEPP that begins N32-c; roaming alone */
	uint16_t vamf, vgnb0; /* nodes of the visited network, 0: there is none */
	struct id_plmn visited; /* it */
	bool tuak; /* subscriptions hold TOPc, not OPc */
	uint32_t n_nodes;
	const char *const *node_name;
	uint16_t amf, gnb0; /* nodes */
	uint16_t n3iwf, ap0, n_aps; /* nodes; n_aps 0: none */
	uint32_t cells_per_ta; /* 0: one tracking area for all of them */
};

struct wire;
struct wire_link;

/* Of one carrier. aside, encode: the octets written, 0 when there is no room or nothing to say. */
struct wire_codec {
	enum wire_transport transport;
	uint16_t port; /* of end 1; also of end 0 on UDP */
	bool whole; /* the octets carry all that a receiver reads */
	size_t state_size; /* of a link, at link->state; zeroed */
	int (*from_end)(const struct wire_config *config, const struct msg *msg);
	bool (*begin)(struct wire_link *link); /* allocates what it needs; may be NULL, as the next three */
	void (*end)(struct wire_link *link);
	size_t (*aside)(struct wire_link *link, int end, uint8_t *out, size_t room);
	size_t (*encode)(struct wire_link *link, int end, const struct msg *msg, uint8_t *out,
	                 size_t room);
	bool (*decode)(struct wire_link *link, int end, const uint8_t *in, size_t n, struct msg *msg,
	               struct msg_fault *fault);
	void (*line)(struct wire_link *link, int end, const uint8_t *in, size_t n,
	             struct msg_printer *p);
};

struct wire_link {
	const struct wire *wire;
	const struct wire_codec *codec;
	uint16_t node[2]; /* end 0 opened it */
	void *state;
};

/* NULL: out of memory. */
struct wire *wire_new(const struct wire_config *config);
void wire_free(struct wire *wire);
const struct wire_config *wire_config(const struct wire *wire);

enum wire_point wire_point(enum msg_type type);
/* Where a message is now: N32 between SEPPs, else the point of its type. */
enum wire_point wire_point_of(const struct msg *msg);
enum wire_carrier wire_carrier(enum wire_point point);
extern const uint8_t wire_carriers[MSG_N_TYPES];
/* Of the point of its type; inline: asked of every message. */
static inline enum wire_carrier wire_carrier_of(enum msg_type type)
{
	return (enum wire_carrier)wire_carriers[type];
}
const char *wire_point_name(enum wire_point point);
const char *wire_point_doc(enum wire_point point);
/* NULL: no codec serves the point yet. */
const struct wire_codec *wire_codec(enum wire_point point);
/* The end of the link that a message comes from: 0 where its sender opened it (a request of the SBI,
 * an NG-RAN node, a UE), else 1. */
int wire_from_end(const struct wire *wire, const struct msg *msg);

/* A request of the SBI: it opens an HTTP/2 stream, on which its answer comes. */
bool wire_is_request(enum msg_type type);

struct wire_link *wire_link_new(const struct wire *wire, enum wire_point point, uint16_t opener,
                                uint16_t other);
void wire_link_free(struct wire_link *link);
/* Both ends begin anew: after a loss. false: out of memory. */
bool wire_link_reset(struct wire_link *link);

/*
 * What an end says now beside messages, 0: nothing. Asked of both ends in turn before the first message
 * until neither has more to say (HTTP/2: preface, SETTINGS and their acknowledgements), and of the other
 * end after each message (window updates).
 */
size_t wire_aside(struct wire_link *link, int end, uint8_t *out, size_t room);
/* From this end to the other. 0: no codec, no room, or a value that the codec refuses. */
size_t wire_encode(struct wire_link *link, int end, const struct msg *msg, uint8_t *out,
                   size_t room);
/* At the other end: msg->type says what is expected where the octets do not tell it (answers). */
bool wire_decode(struct wire_link *link, int end, const uint8_t *in, size_t n, struct msg *msg,
                 struct msg_fault *fault);
/* The same for a message whose fields are still the sender's: they are forgotten first, but for the
 * run's bookkeeping, where the octets carry all. */
bool wire_rebuild(struct wire_link *link, int end, const uint8_t *in, size_t n, struct msg *msg,
                  struct msg_fault *fault);
/* What the octets of an encoded message say, in one line without a line feed: read as the other end
 * reads them, so once and in order, and instead of wire_decode(). */
void wire_line(struct wire_link *link, int end, const uint8_t *in, size_t n, struct msg_printer *p);

#endif
