/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/packet.h"

enum flag { SYN = 2, PSH = 8, ACK = 16 };
enum { AT_SUM = PACKET_TRANSPORT + 16, WINDOW = 64240, WINDOW_SHIFT = 7 };

static const uint8_t syn_options[] = {2, 4, FLOW_TCP_SEGMENT >> 8, FLOW_TCP_SEGMENT & 0xff, /* MSS */
                                      1, 3, 3, WINDOW_SHIFT};

static void segment(struct flow_tcp *flow, const struct flow_out *out, int from, uint32_t flags,
                    const uint8_t *octets, uint32_t n, bool last)
{
	const struct flow_end *a = &flow->end[from], *b = &flow->end[!from];
	const bool syn = flags & SYN;
	const uint32_t options = syn ? sizeof syn_options : 0;
	struct packet packet;

	packet_begin(&packet, a, b, PACKET_TCP, flow->id[from]++);
	packet_u16(&packet, a->port);
	packet_u16(&packet, b->port);
	packet_u32(&packet, flow->next[from]);
	packet_u32(&packet, flags & ACK ? flow->next[!from] : 0);
	packet_u16(&packet, (20 + options) / 4 << 12 | flags);
	packet_u16(&packet, WINDOW);
	packet_u32(&packet, 0); /* sum, urgent pointer */
	packet_octets(&packet, syn_options, options);
	packet_octets(&packet, octets, n);
	packet_set_u16(&packet, AT_SUM,
	               packet_sum(a->ipv4, b->ipv4, PACKET_TCP, packet.octets + PACKET_TRANSPORT,
	                          packet.n - PACKET_TRANSPORT));
	packet_emit(&packet, out, 0x4000, last);
	flow->next[from] += n + syn;
}

/* Initial sequence numbers of the ends' own: nothing depends on them, so they need not be random. */
static void open(struct flow_tcp *flow, const struct flow_out *out)
{
	for (int i = 0; i < 2; i++)
		flow->next[i] = packet_crc32c(flow->end[i].ipv4, 4) + flow->end[i].port;
	segment(flow, out, 0, SYN, NULL, 0, false);
	segment(flow, out, 1, SYN | ACK, NULL, 0, false);
	segment(flow, out, 0, ACK, NULL, 0, false);
	flow->open = true;
}

void flow_tcp(struct flow_tcp *flow, const struct flow_out *out, int from, const uint8_t *octets,
              uint32_t n)
{
	if (!flow->open)
		open(flow, out);
	for (uint32_t at = 0; at < n;) {
		const uint32_t part = n - at < FLOW_TCP_SEGMENT ? n - at : FLOW_TCP_SEGMENT;
		const bool last = at + part == n;

		segment(flow, out, from, last ? PSH | ACK : ACK, octets + at, part, last);
		at += part;
	}
}
