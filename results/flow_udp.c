/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/packet.h"

#include <stdlib.h>
#include <string.h>

enum { HEADER = 8, MORE = 0x2000, PART = (FLOW_MTU - PACKET_IPV4) / 8 * 8 };

/* The datagram with its header, whose sum covers all of it: before it is cut. */
static void put_header(uint8_t *datagram, const struct flow_end *a, const struct flow_end *b,
                       uint32_t n)
{
	const uint16_t word[] = {a->port, b->port, (uint16_t)n, 0};
	uint16_t sum;

	for (int i = 0; i < 4; i++) {
		datagram[2 * i] = (uint8_t)(word[i] >> 8);
		datagram[2 * i + 1] = (uint8_t)word[i];
	}
	sum = packet_sum(a->ipv4, b->ipv4, PACKET_UDP, datagram, n);
	datagram[6] = (uint8_t)(sum >> 8);
	datagram[7] = (uint8_t)sum;
}

void flow_udp(struct flow_udp *flow, const struct flow_out *out, int from, const uint8_t *octets,
              uint32_t n)
{
	const struct flow_end *a = &flow->end[from], *b = &flow->end[!from];
	const uint32_t total = n + HEADER;
	const uint16_t id = flow->id[from]++;
	uint8_t *datagram;

	SIM_ASSERT(total <= UINT16_MAX - PACKET_IPV4 && (datagram = malloc(total)) != NULL);
	memcpy(datagram + HEADER, octets, n);
	put_header(datagram, a, b, total);
	for (uint32_t at = 0; at < total;) {
		const uint32_t part = total - at < PART ? total - at : PART;
		const bool last = at + part == total;
		struct packet packet;

		packet_begin(&packet, a, b, PACKET_UDP, id);
		packet_octets(&packet, datagram + at, part);
		packet_emit(&packet, out, (uint16_t)(at / 8 | (last ? 0 : MORE)), last);
		at += part;
	}
	free(datagram);
}
