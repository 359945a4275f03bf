/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lengths of N32-f on a warm connection, measured once with the encoder. */
#include "models/msg/n32_internal.h"
#include "sim/core/status.h"

/* Of a slot: all but what an EAP packet and the digits of content-length add. */
struct length {
	uint16_t clear, secret, outer, head;
};
struct n32_octets {
	const struct sbi_octets *plain;
	bool prins;
	struct length slot[SBI_SLOTS];
};

static uint32_t base64(uint32_t n)
{
	return (4 * n + 2) / 3;
}

struct measuring {
	struct n32_octets *octets;
	const struct sbi *sbi;
	struct n32_context context;
	struct http2_sender *sender[2];
};

static void measure(void *context, const struct msg *msg)
{
	struct measuring *m = context;
	bool request = sbi_is_request((enum msg_type)msg->type);
	uint8_t body[N32_OCTETS_MAX], out[N32_OCTETS_MAX + 512];
	uint32_t inner, total = 0;
	struct sbi_head head;
	struct n32_sizes sizes;

	sbi_compose(m->sbi, msg, &head);
	inner = head.n_body;
	SIM_ASSERT(n32_protect(&m->context, 1, n32_flow(false, request), request, &head, body,
	                       sizeof body, &sizes) > 0);
	for (int i = 0; i < 2; i++) /* the second finds all constants known */
		total = n32_encode(&m->context, m->sbi, m->sender[request], 1, false, msg, out, sizeof out);
	SIM_ASSERT(total > sizes.outer);
	m->octets->slot[sbi_slot(msg)] = (struct length){
		.clear = (uint16_t)(sizes.clear - sbi_digits(inner)),
		.secret = (uint16_t)(sizes.secret - sbi_packet_octets(msg)),
		.outer = (uint16_t)(sizes.outer - base64(sizes.clear) - base64(sizes.secret)),
		.head = (uint16_t)(total - sizes.outer - sbi_digits(sizes.outer))};
}

struct n32_octets *n32_octets_new(struct sim_arena *arena, const struct sbi *sbi,
                                  const struct sbi_octets *plain, const struct jose_keys *jose)
{
	struct n32_octets *octets = sim_arena_alloc(arena, sizeof *octets);
	struct measuring m = {.octets = octets, .sbi = sbi,
		.sender = {http2_sender_new(false), http2_sender_new(true)}};
	const uint8_t zero[64] = {0};

	octets->plain = plain;
	octets->prins = jose != NULL;
	n32_init(&m.context, octets->prins, zero, jose, zero);
	if (octets->prins)
		sbi_each_slot(measure, &m);
	http2_sender_free(m.sender[0]);
	http2_sender_free(m.sender[1]);
	return octets;
}

/* N32-c is no N32-f: between SEPPs, but not reformatted. */
static bool is_handshake(enum msg_type type)
{
	return type >= MSG_N32_CAPABILITY && type <= MSG_N32_ERROR_RSP;
}

uint32_t n32_octets(const struct n32_octets *octets, const struct msg *msg)
{
	const struct length *length = &octets->slot[sbi_slot(msg)];
	enum msg_type type = (enum msg_type)msg->type;
	uint32_t clear, secret, outer;

	if (is_handshake(type))
		return sbi_octets(octets->plain, msg) + N32_TLS_RECORD;
	if (!octets->prins) /* one octet names the field 3gpp-Sbi-Target-apiRoot on a warm connection */
		return sbi_octets(octets->plain, msg) + sbi_is_request(type) + N32_TLS_RECORD;
	clear = length->clear + sbi_digits(sbi_body_octets(octets->plain, msg));
	secret = length->secret + sbi_packet_octets(msg) + sbi_longer_key_id(msg);
	outer = length->outer + base64(clear) + base64(secret);
	return length->head + sbi_digits(outer) + outer + N32_TLS_RECORD;
}
