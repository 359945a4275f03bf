/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/packet.h"

enum chunk { DATA = 0, INIT = 1, INIT_ACK = 2, SACK = 3, COOKIE_ECHO = 10, COOKIE_ACK = 11 };
enum { COMMON = 12, CHUNK = 4, DATA_HEADER = 16, STREAM = 1, STREAMS = 10, WINDOW = 106496,
       STATE_COOKIE = 7, COOKIE = 32, LAST = 1, FIRST = 2,
       PART = (FLOW_MTU - PACKET_IPV4 - COMMON - DATA_HEADER - 16) / 4 * 4 }; /* 16: a SACK before it */

static void begin(struct packet *packet, struct flow_sctp *flow, int from, uint32_t tag)
{
	packet_begin(packet, &flow->end[from], &flow->end[!from], PACKET_SCTP, flow->id[from]++);
	packet_u16(packet, flow->end[from].port);
	packet_u16(packet, flow->end[!from].port);
	packet_u32(packet, tag);
	packet_u32(packet, 0); /* sum */
}

static void chunk(struct packet *packet, enum chunk type, uint32_t flags, uint32_t n)
{
	packet_u8(packet, type);
	packet_u8(packet, flags);
	packet_u16(packet, CHUNK + n);
}

/* The sum goes least octet first (RFC 9260 Appendix A). */
static void emit(struct packet *packet, const struct flow_out *out, bool last)
{
	const uint32_t at = PACKET_TRANSPORT;
	const uint32_t crc = packet_crc32c(packet->octets + at, packet->n - at);

	for (int i = 0; i < 4; i++)
		packet->octets[at + 8 + i] = (uint8_t)(crc >> 8 * i);
	packet_emit(packet, out, 0x4000, last);
}

static void put_init(struct packet *packet, const struct flow_sctp *flow, int from)
{
	packet_u32(packet, flow->tag[from]);
	packet_u32(packet, WINDOW);
	packet_u16(packet, STREAMS);
	packet_u16(packet, STREAMS);
	packet_u32(packet, flow->tsn[from]);
}

static void put_cookie(struct packet *packet, const struct flow_sctp *flow)
{
	for (int i = 0; i < COOKIE / 4; i++)
		packet_u32(packet, flow->tag[i & 1]);
}

static void open(struct flow_sctp *flow, const struct flow_out *out)
{
	struct packet packet;

	for (int i = 0; i < 2; i++) {
		flow->tag[i] = packet_crc32c(flow->end[i].mac, 6) | 1; /* never 0 */
		flow->tsn[i] = flow->tag[i];
	}
	begin(&packet, flow, 0, 0);
	chunk(&packet, INIT, 0, 16);
	put_init(&packet, flow, 0);
	emit(&packet, out, false);
	begin(&packet, flow, 1, flow->tag[0]);
	chunk(&packet, INIT_ACK, 0, 16 + CHUNK + COOKIE);
	put_init(&packet, flow, 1);
	packet_u16(&packet, STATE_COOKIE);
	packet_u16(&packet, CHUNK + COOKIE);
	put_cookie(&packet, flow);
	emit(&packet, out, false);
	begin(&packet, flow, 0, flow->tag[1]);
	chunk(&packet, COOKIE_ECHO, 0, COOKIE);
	put_cookie(&packet, flow);
	emit(&packet, out, false);
	begin(&packet, flow, 1, flow->tag[0]);
	chunk(&packet, COOKIE_ACK, 0, 0);
	emit(&packet, out, false);
	flow->open = true;
}

/* What has come meanwhile is acknowledged with the next message of this end. */
static void put_sack(struct packet *packet, struct flow_sctp *flow, int from)
{
	if (!flow->owes_sack[from])
		return;
	flow->owes_sack[from] = false;
	chunk(packet, SACK, 0, 12);
	packet_u32(packet, flow->tsn[!from] - 1);
	packet_u32(packet, WINDOW);
	packet_u32(packet, 0); /* no gaps, no duplicates */
}

static void put_data(struct packet *packet, struct flow_sctp *flow, int from, uint32_t protocol,
                     uint32_t flags, const uint8_t *octets, uint32_t n)
{
	chunk(packet, DATA, flags, DATA_HEADER - CHUNK + n);
	packet_u32(packet, flow->tsn[from]++);
	packet_u16(packet, STREAM);
	packet_u16(packet, flow->ssn[from]);
	packet_u32(packet, protocol);
	packet_octets(packet, octets, n);
	packet_octets(packet, (const uint8_t[3]){0}, -n & 3);
}

void flow_sctp(struct flow_sctp *flow, const struct flow_out *out, int from, uint32_t protocol,
               const uint8_t *octets, uint32_t n)
{
	if (!flow->open)
		open(flow, out);
	for (uint32_t at = 0; at < n;) {
		const uint32_t part = n - at < PART ? n - at : PART;
		const bool last = at + part == n;
		struct packet packet;

		begin(&packet, flow, from, flow->tag[!from]);
		put_sack(&packet, flow, from);
		put_data(&packet, flow, from, protocol, (at == 0 ? FIRST : 0) | (last ? LAST : 0),
		         octets + at, part);
		emit(&packet, out, last);
		at += part;
	}
	flow->ssn[from]++;
	flow->owes_sack[!from] = true;
}
