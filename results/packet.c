/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/packet.h"

#include <string.h>

enum { AT_LENGTH = 2, AT_FRAGMENT = 6, AT_SUM = 10, ETHERTYPE_IPV4 = 0x0800, TTL = 64 };

void packet_octets(struct packet *packet, const uint8_t *octets, uint32_t n)
{
	SIM_ASSERT(packet->n + n <= PACKET_MAX);
	if (n)
		memcpy(packet->octets + packet->n, octets, n);
	packet->n += n;
}

void packet_u8(struct packet *packet, uint32_t v)
{
	packet_octets(packet, (const uint8_t[]){(uint8_t)v}, 1);
}

void packet_u16(struct packet *packet, uint32_t v)
{
	packet_u8(packet, v >> 8);
	packet_u8(packet, v);
}

void packet_u32(struct packet *packet, uint32_t v)
{
	packet_u16(packet, v >> 16);
	packet_u16(packet, v);
}

void packet_set_u16(struct packet *packet, uint32_t at, uint32_t v)
{
	packet->octets[at] = (uint8_t)(v >> 8);
	packet->octets[at + 1] = (uint8_t)v;
}

void packet_begin(struct packet *packet, const struct flow_end *from, const struct flow_end *to,
                  enum packet_protocol protocol, uint16_t id)
{
	packet->n = 0;
	packet_octets(packet, to->mac, sizeof to->mac);
	packet_octets(packet, from->mac, sizeof from->mac);
	packet_u16(packet, ETHERTYPE_IPV4);
	packet_u16(packet, 0x4500); /* version 4, a header of 5 words */
	packet_u16(packet, 0);
	packet_u16(packet, id);
	packet_u16(packet, 0);
	packet_u8(packet, TTL);
	packet_u8(packet, protocol);
	packet_u16(packet, 0);
	packet_octets(packet, from->ipv4, 4);
	packet_octets(packet, to->ipv4, 4);
}

/* ---- sums ---- */

static uint32_t add_words(uint32_t sum, const uint8_t *octets, uint32_t n)
{
	for (uint32_t i = 0; i + 1 < n; i += 2)
		sum += (uint32_t)octets[i] << 8 | octets[i + 1];
	return n & 1 ? sum + ((uint32_t)octets[n - 1] << 8) : sum;
}

static uint16_t fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

uint16_t packet_sum(const uint8_t from[4], const uint8_t to[4], enum packet_protocol protocol,
                    const uint8_t *octets, uint32_t n)
{
	const uint16_t sum =
		fold(add_words(add_words(add_words(protocol + n, from, 4), to, 4), octets, n));

	return protocol == PACKET_UDP && sum == 0 ? 0xffff : sum; /* RFC 768: 0 means none */
}

/* Bit by bit, polynomial 0x1edc6f41 reflected: N2 messages are short and few. */
uint32_t packet_crc32c(const uint8_t *octets, uint32_t n)
{
	uint32_t crc = UINT32_MAX;

	for (uint32_t i = 0; i < n; i++) {
		crc ^= octets[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78u : 0);
	}
	return ~crc;
}

void packet_emit(struct packet *packet, const struct flow_out *out, uint16_t fragment,
                 bool with_comment)
{
	uint8_t *header = packet->octets + PACKET_ETHERNET;

	packet_set_u16(packet, PACKET_ETHERNET + AT_LENGTH, packet->n - PACKET_ETHERNET);
	packet_set_u16(packet, PACKET_ETHERNET + AT_FRAGMENT, fragment);
	packet_set_u16(packet, PACKET_ETHERNET + AT_SUM, fold(add_words(0, header, PACKET_IPV4)));
	pcapng_packet(out->pcapng, out->interface, out->t_ns, packet->octets, packet->n,
	              with_comment ? out->comment : NULL);
}
