/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside the flows: headers of Ethernet and IPv4, and the sums of IPv4, TCP, UDP (RFC 1071) and SCTP. */
#ifndef RESULTS_PACKET_H
#define RESULTS_PACKET_H

#include "results/flow.h"

enum { PACKET_ETHERNET = 14, PACKET_IPV4 = 20, PACKET_TRANSPORT = PACKET_ETHERNET + PACKET_IPV4,
       PACKET_MAX = PACKET_ETHERNET + FLOW_MTU };
enum packet_protocol { PACKET_TCP = 6, PACKET_UDP = 17, PACKET_SCTP = 132 };

/* A packet being put together: n octets so far, room for the longest. */
struct packet {
	uint32_t n;
	uint8_t octets[PACKET_MAX];
};

void packet_u8(struct packet *packet, uint32_t v);
void packet_u16(struct packet *packet, uint32_t v);
void packet_u32(struct packet *packet, uint32_t v);
void packet_octets(struct packet *packet, const uint8_t *octets, uint32_t n);
void packet_set_u16(struct packet *packet, uint32_t at, uint32_t v);

/* Begins with the headers of both; packet_emit() fills in the length and the header's sum. */
void packet_begin(struct packet *packet, const struct flow_end *from, const struct flow_end *to,
                  enum packet_protocol protocol, uint16_t id);
/* `fragment`: flags and offset of IPv4, 0x4000 (don't fragment) where there are none. */
void packet_emit(struct packet *packet, const struct flow_out *out, uint16_t fragment,
                 bool with_comment);

/* The sum of TCP and UDP over the pseudo-header and the transport's octets. */
uint16_t packet_sum(const uint8_t from[4], const uint8_t to[4], enum packet_protocol protocol,
                    const uint8_t *octets, uint32_t n);
uint32_t packet_crc32c(const uint8_t *octets, uint32_t n); /* RFC 9260 Appendix A */

#endif
