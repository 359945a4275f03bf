/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What carries messages, as a capture shows it: Ethernet, IPv4, and TCP (RFC 9293), SCTP (RFC 9260) or
 * UDP, with the sums that belong there. A flow is one connection or association between two ends; end 0
 * opens it, with the first message that passes. Nothing is lost or repeated in a flow: it stands at the
 * sender's interface. A flow that is all zero but for its ends is closed.
 */
#ifndef RESULTS_FLOW_H
#define RESULTS_FLOW_H

#include "results/pcapng.h"
#include <stdbool.h>

enum { FLOW_MTU = 1500, FLOW_TCP_SEGMENT = 1460 };

struct flow_end {
	uint8_t mac[6], ipv4[4];
	uint16_t port;
};

/* Where and when packets appear. */
struct flow_out {
	struct pcapng *pcapng;
	uint32_t interface;
	int64_t t_ns;
	const char *comment; /* on the packet that ends the message; NULL: none */
};

struct flow_tcp {
	struct flow_end end[2];
	uint32_t next[2]; /* sequence numbers */
	uint16_t id[2];   /* of IPv4          */
	bool open;
};
/* One message, from end `from`: as many segments as it needs, the last one pushed. */
void flow_tcp(struct flow_tcp *flow, const struct flow_out *out, int from, const uint8_t *octets,
              uint32_t n);

struct flow_sctp {
	struct flow_end end[2];
	uint32_t tag[2], tsn[2];
	uint16_t ssn[2], id[2];
	bool open, owes_sack[2];
};
/* One message with its payload protocol identifier, on stream 1 (TS 38.412 7: streams other than 0
 * are for signalling that belongs to a UE). */
void flow_sctp(struct flow_sctp *flow, const struct flow_out *out, int from, uint32_t protocol,
               const uint8_t *octets, uint32_t n);

struct flow_udp {
	struct flow_end end[2];
	uint16_t id[2];
};
/* One datagram, in fragments where it is longer than the MTU. */
void flow_udp(struct flow_udp *flow, const struct flow_out *out, int from, const uint8_t *octets,
              uint32_t n);

#endif
