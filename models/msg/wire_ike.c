/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The codec of NWu: UDP port 4500, IKEv2 behind a non-ESP marker, and ESP in tunnel mode around TCP
 * that carries NAS in its envelope (TS 24.502 7.5.2, 9.4; RFC 3948, RFC 4303, RFC 4106). Sealed
 * with the keys of the message's own SA, which the run keeps beside it; a key is never used twice
 * with one IV.
 */
#include "models/msg/wire_codecs.h"

#include "models/crypto/prins.h"
#include "models/msg/msg_ike.h"

#include <string.h>

enum {
	IV = 8, SALT = 4, KEY = 16, TAG = 16,
	IP = 20, TCP = 20, ENVELOPE = 2, INNER = IP + TCP + ENVELOPE,
	NEXT_IPV4 = 4, PROTOCOL_TCP = 6, NAS_PORT = 20000, UE_PORT = 49152
};

struct state {
	struct crypto *crypto;
};

static int from_end(const struct wire_config *config, const struct msg *msg)
{
	return msg->from == config->n3iwf;
}

static bool begin(struct wire_link *link)
{
	struct state *state = link->state;

	state->crypto = crypto_new();
	return state->crypto != NULL;
}

static void end_link(struct wire_link *link)
{
	struct state *state = link->state;

	crypto_free(state->crypto);
	state->crypto = NULL;
}

static void put(uint8_t *at, uint64_t value, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		at[i] = (uint8_t)(value >> 8 * (n - 1 - i));
}

static uint32_t get(const uint8_t *at, unsigned n)
{
	uint32_t value = 0;

	for (unsigned i = 0; i < n; i++)
		value = value << 8 | at[i];
	return value;
}

/* ---- ESP ---- */

static uint16_t checksum(const uint8_t *at, size_t n)
{
	uint32_t sum = 0;

	for (size_t i = 0; i + 1 < n; i += 2)
		sum += get(at + i, 2);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

/* An IPv4 and a TCP header: a segment of one NAS message, between the UE's tunnel address and the
 * N3IWF's. */
static void put_segment(uint8_t *out, const struct msg *msg, size_t n)
{
	const uint8_t ue[4] = {10, (uint8_t)(msg->ue >> 16), (uint8_t)(msg->ue >> 8), (uint8_t)msg->ue};
	static const uint8_t n3iwf[4] = {10, 255, 0, 1};

	memset(out, 0, IP + TCP);
	out[0] = 0x45;
	put(out + 2, n, 2);
	out[8] = 64;
	out[9] = PROTOCOL_TCP;
	memcpy(out + 12, msg->uplink ? ue : n3iwf, 4);
	memcpy(out + 16, msg->uplink ? n3iwf : ue, 4);
	put(out + 10, checksum(out, IP), 2);
	put(out + IP, msg->uplink ? UE_PORT : NAS_PORT, 2);
	put(out + IP + 2, msg->uplink ? NAS_PORT : UE_PORT, 2);
	out[IP + 12] = TCP / 4 << 4;
	out[IP + 13] = 0x18; /* PSH, ACK */
	put(out + IP + 14, 65535, 2);
}

static size_t encode_esp(struct state *state, const struct msg *msg, uint8_t *out, size_t room)
{
	size_t n = INNER + msg->nas_octets, padded = (n + 2 + 3) / 4 * 4;
	uint8_t *text = out + IKE_ESP_HEADER, nonce[SALT + IV];

	if (IKE_ESP_HEADER + padded + TAG > room)
		return 0;
	put(out, (uint32_t)(msg->uplink ? msg->ike.spi_r : msg->ike.spi_i) | 1, 4);
	put(out + 4, msg->ike.id, 4);
	put(out + 8, msg->ike.id, IV);
	put_segment(text, msg, n);
	put(text + IP + TCP, msg->nas_octets, ENVELOPE);
	memcpy(text + INNER, msg->nas, msg->nas_octets);
	for (size_t i = n; i < padded; i++)
		text[i] = (uint8_t)(i - n + 1);
	text[padded - 2] = (uint8_t)(padded - 2 - n);
	text[padded - 1] = NEXT_IPV4;
	memcpy(nonce, msg->ike.keymat + KEY, SALT);
	memcpy(nonce + SALT, out + 8, IV);
	crypto_gcm_seal(state->crypto, &crypto_suite_real, msg->ike.keymat, nonce, out, 8, text, padded,
	                text + padded);
	return IKE_ESP_HEADER + padded + TAG;
}

static bool decode_esp(struct state *state, const uint8_t *in, size_t n, struct msg *msg,
                       struct msg_fault *fault)
{
	uint8_t text[INNER + MSG_NAS_MAX + 8], nonce[SALT + IV];
	size_t padded = n < IKE_ESP_HEADER + TAG ? 0 : n - IKE_ESP_HEADER - TAG, nas;

	if (padded < INNER + 2 || padded > sizeof text)
		return msg_refuse(fault, IKE_INVALID_SYNTAX, 0, "ESP: no length of a NAS message");
	memcpy(text, in + IKE_ESP_HEADER, padded);
	memcpy(nonce, msg->ike.keymat + KEY, SALT);
	memcpy(nonce + SALT, in + 8, IV);
	if (!crypto_gcm_open(state->crypto, &crypto_suite_real, msg->ike.keymat, nonce, in, 8, text,
	                     padded, in + n - TAG))
		return msg_refuse(fault, IKE_INVALID_SYNTAX, IKE_ESP_HEADER,
		                  "ESP: a wrong integrity check value");
	nas = get(text + IP + TCP, ENVELOPE);
	if (nas > padded - INNER || nas > MSG_NAS_MAX)
		return msg_refuse(fault, IKE_INVALID_SYNTAX, IKE_ESP_HEADER,
		                  "ESP: a NAS envelope that is too long");
	msg->nas_octets = (uint16_t)nas;
	memcpy(msg->nas, text + INNER, nas);
	return true;
}

/* ---- both ---- */

static struct ike_cipher cipher_of(const struct wire_link *link, const struct msg *msg)
{
	const struct state *state = link->state;

	return (struct ike_cipher){.crypto = state->crypto, .suite = &crypto_suite_real,
		.keymat = msg->ike.keymat,
		/* one key a direction; requests of both ends have Message IDs of their own */
		.iv = (uint64_t)msg->ike.id << 1 | msg_ike_is_response((enum msg_type)msg->type)};
}

static size_t encode(struct wire_link *link, int end, const struct msg *msg, uint8_t *out,
                     size_t room)
{
	const struct ike_cipher cipher = cipher_of(link, msg);
	struct msg_ike_room lent;
	struct ike_message m;
	size_t n;

	(void)end;
	if (msg->type == MSG_NWU_NAS)
		return encode_esp(link->state, msg, out, room);
	if (room < MSG_IKE_MARKER)
		return 0;
	memset(out, 0, MSG_IKE_MARKER);
	msg_ike_compose(msg, wire_config(link->wire)->plmn, &lent, &m);
	n = ike_encode(&m, &cipher, out + MSG_IKE_MARKER, room - MSG_IKE_MARKER);
	return n ? MSG_IKE_MARKER + n : 0;
}

static bool is_ike(const uint8_t *in, size_t n)
{
	static const uint8_t marker[MSG_IKE_MARKER];

	return n >= sizeof marker && memcmp(in, marker, sizeof marker) == 0;
}

static bool decode(struct wire_link *link, int end, const uint8_t *in, size_t n, struct msg *msg,
                   struct msg_fault *fault)
{
	const struct ike_cipher cipher = cipher_of(link, msg);
	const struct msg_ike was = msg->ike;
	uint8_t plain[IKE_OCTETS_MAX];
	struct ike_message m;

	(void)end;
	msg->nas_octets = 0;
	if (!is_ike(in, n))
		return decode_esp(link->state, in, n, msg, fault);
	if (n > sizeof plain)
		return msg_refuse(fault, IKE_INVALID_SYNTAX, 0, "longer than any message here");
	if (!ike_decode(in + MSG_IKE_MARKER, n - MSG_IKE_MARKER, &cipher, plain, &m, fault))
		return false;
	memset(&msg->ike, 0, sizeof msg->ike); /* nothing but what the octets say, and bookkeeping */
	msg->ike.inner = was.inner;
	memcpy(msg->ike.keymat, was.keymat, sizeof was.keymat);
	return msg_ike_take(&m, msg, fault);
}

static void line(struct wire_link *link, int end, const uint8_t *in, size_t n,
                 struct msg_printer *p)
{
	(void)link, (void)end;
	if (is_ike(in, n))
		ike_line(p, in + MSG_IKE_MARKER, n - MSG_IKE_MARKER);
	else if (n >= IKE_ESP_HEADER)
		msg_print(p, "ESP %08x, number %u", get(in, 4), get(in + 4, 4));
}

const struct wire_codec wire_ike = {
	.transport = WIRE_ON_UDP, .port = MSG_IKE_PORT, .state_size = sizeof(struct state),
	.from_end = from_end, .begin = begin, .end = end_link, .encode = encode, .decode = decode,
	.line = line,
};
