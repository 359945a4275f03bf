/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lengths on a warm connection, measured once with the encoder. A length depends on the type and on
 * what variant_of() says; of an error on the cause alone; EAP packets add theirs by arithmetic
 * (base64, digits of content-length).
 */
#include "models/id/suci.h"
#include "models/msg/ngap.h"
#include "models/msg/sbi_internal.h"
#include "sim/core/status.h"

#include <string.h>

enum { MEASURED_PACKET = 3, EAP_REQUEST = 1, EAP_SUCCESS = 3, EAP_FAILURE = 4 };

struct length {
	uint16_t head; /* frames and fields without the digits of content-length; 0: not measured */
	uint16_t body;
	uint16_t whole; /* of a message that adds nothing to the example's body */
};
struct sbi_octets {
	struct length slot[SBI_SLOTS];
	/* Of a good message whose type has one length: two thirds of a registration's. 0: it depends. */
	uint16_t good[MSG_N_TYPES];
};

uint32_t sbi_digits(uint32_t n)
{
	return n == 0 ? 0 : n < 10 ? 1 : n < 100 ? 2 : n < 1000 ? 3 : 4;
}

static uint32_t base64(uint32_t n)
{
	return (n + 2) / 3 * 4;
}

bool sbi_carries_packet(const struct msg *msg)
{
	return msg->type == MSG_AUSF_EAP || msg->type == MSG_AUSF_EAP_RSP ||
	       (msg->type == MSG_AUSF_AUTHENTICATE_RSP && msg->method == MSG_METHOD_EAP_AKA_PRIME);
}

/* By an EAP packet or a key identifier of two digits or more; any other's length is its slot's. */
static const bool may_be_longer[MSG_N_TYPES] = {
	[MSG_AUSF_EAP] = true, [MSG_AUSF_EAP_RSP] = true, [MSG_AUSF_AUTHENTICATE_RSP] = true,
	[MSG_AUSF_AUTHENTICATE] = true, [MSG_UDM_GENERATE] = true,
};

static bool is_problem(const struct msg *msg)
{
	return msg->cause != MSG_CAUSE_NONE && !sbi_is_request((enum msg_type)msg->type) &&
	       !sbi_says_no_inside(msg);
}

static uint32_t identity_kind(const struct msg_suci *suci)
{
	return suci->n == 0 ? 0 : 1u + (suci->scheme & 3u) % 3u;
}

/* Whatever octet a peer's message holds. */
static uint32_t truth(const bool *flag)
{
	return *(const uint8_t *)flag != 0;
}

/* Whose path names the access. */
static const bool has_access[MSG_N_TYPES] = {
	[MSG_UDM_UECM] = true, [MSG_UDM_UECM_RSP] = true, [MSG_UDM_UECM_DEREGISTER] = true,
	[MSG_UDR_UECM] = true, [MSG_UDR_UECM_PATCH] = true,
};

static uint32_t variant_of(const struct msg *msg)
{
	uint32_t bad = msg->cause != MSG_CAUSE_NONE, eap = msg->method != MSG_METHOD_5G_AKA;

	if (has_access[msg->type])
		return msg->access == NGAP_N3IWF;
	switch (msg->type) {
	case MSG_AUSF_AUTHENTICATE:
	case MSG_UDM_GENERATE:
		return 2 * identity_kind(&msg->identity.suci) + (msg->cause == MSG_CAUSE_SYNCH_FAILURE);
	case MSG_UDM_GENERATE_RSP:
		return 2 * (eap ? msg->vector.xres_n / 4u % 5u : 0) + truth(&msg->vector.akma);
	case MSG_AUSF_EAP_RSP:
		return 2 * (msg->eap.n > 0 ? msg->eap.octets[0] % 4u : 2) + bad;
	case MSG_UDR_AUTH_SUBSCRIPTION_RSP:
		return 2 * truth(&msg->subscription.akma) + eap;
	case MSG_UDM_DEREGISTER_NOTIFY:
		return msg->subscription.reason & 1;
	case MSG_AANF_KEY:
		return msg->key.af > 0;
	case MSG_AANF_KEY_RSP:
		return msg->key.msin != 0;
	case MSG_N32_CAPABILITY:
	case MSG_N32_CAPABILITY_RSP:
		return truth(&msg->n32.prins);
	case MSG_UDM_AUTH_EVENT:
	case MSG_UDM_AUTH_EVENT_RSP:
	case MSG_UDM_AUTH_REMOVE:
	case MSG_UDR_AUTH_STATUS:
	case MSG_UDR_AUTH_STATUS_GET_RSP:
		return 2 * truth(&msg->subscription.success) + eap;
	case MSG_AUSF_AUTHENTICATE_RSP:
		return eap;
	default:
		return bad;
	}
}

/* ---- a message of each variant ---- */

enum knob {
	KNOB_BAD = 1,
	KNOB_EAP = 2,
	KNOB_FLAG = 4, /* AKMA, or success */
	KNOB_LOW = 8, /* two bits of a number */
	KNOB_HIGH = 16,
	KNOB_NUMBER = KNOB_LOW | KNOB_HIGH
};

enum { KNOBS_OF_ONE_LENGTH = KNOB_BAD | KNOB_EAP };

static uint32_t knobs_of(enum msg_type type)
{
	if (has_access[type])
		return KNOB_LOW;
	switch (type) {
	case MSG_AUSF_AUTHENTICATE:
	case MSG_UDM_GENERATE:
	case MSG_AUSF_EAP_RSP:
		return KNOB_BAD | KNOB_NUMBER;
	case MSG_UDM_GENERATE_RSP:
		return KNOB_EAP | KNOB_FLAG | KNOB_NUMBER;
	case MSG_UDR_AUTH_SUBSCRIPTION_RSP:
	case MSG_UDM_AUTH_EVENT:
	case MSG_UDM_AUTH_EVENT_RSP:
	case MSG_UDM_AUTH_REMOVE:
	case MSG_UDR_AUTH_STATUS:
	case MSG_UDR_AUTH_STATUS_GET_RSP:
		return KNOB_EAP | KNOB_FLAG;
	case MSG_UDM_DEREGISTER_NOTIFY:
	case MSG_AANF_KEY:
	case MSG_AANF_KEY_RSP:
	case MSG_N32_CAPABILITY:
	case MSG_N32_CAPABILITY_RSP:
		return KNOB_LOW;
	default:
		return KNOBS_OF_ONE_LENGTH;
	}
}

static void set_identity(struct msg *msg, uint32_t number)
{
	static const struct msg_suci kinds[] = {{.n = 0}, {.n = 5},
		{.scheme = ID_SCHEME_A, .key_id = 1, .n = 45},
		{.scheme = ID_SCHEME_B, .key_id = 1, .n = 46}};

	msg->identity.suci = kinds[number];
	if (msg->cause != MSG_CAUSE_NONE)
		msg->cause = MSG_CAUSE_SYNCH_FAILURE;
}

static struct msg example(enum msg_type type, uint32_t knobs)
{
	static const uint8_t codes[] = {0, EAP_REQUEST, EAP_SUCCESS, EAP_FAILURE};
	uint32_t number = (knobs & KNOB_NUMBER) / KNOB_LOW;
	bool flag = (knobs & KNOB_FLAG) != 0;
	struct msg msg = {.type = (uint8_t)type, .method = (knobs & KNOB_EAP) != 0,
		.cause = knobs & KNOB_BAD ? MSG_CAUSE_ILLEGAL_UE : MSG_CAUSE_NONE};

	if (type == MSG_AUSF_AUTHENTICATE || type == MSG_UDM_GENERATE)
		set_identity(&msg, number);
	else if (type == MSG_UDM_GENERATE_RSP)
		msg.vector.xres_n = (uint8_t)(4 * (number + 1));
	else if (type == MSG_UDM_DEREGISTER_NOTIFY)
		msg.subscription.reason = (uint8_t)number;
	else if (has_access[type])
		msg.access = number & 1 ? NGAP_N3IWF : 0;
	else if (type == MSG_AANF_KEY_RSP)
		msg.key.msin = number;
	else if (type == MSG_AANF_KEY)
		msg.key.af = (uint16_t)number;
	else if (type == MSG_N32_CAPABILITY || type == MSG_N32_CAPABILITY_RSP)
		msg.n32.prins = number & 1;
	else if (type == MSG_AUSF_EAP_RSP)
		msg.eap.octets[0] = codes[number];
	if (type == MSG_UDM_GENERATE_RSP)
		msg.vector.akma = flag;
	else if (type == MSG_UDR_AUTH_SUBSCRIPTION_RSP)
		msg.subscription.akma = flag;
	else if (flag)
		msg.subscription.success = true;
	if (sbi_carries_packet(&msg) && !(type == MSG_AUSF_EAP_RSP && number == 0))
		msg.eap.n = MEASURED_PACKET;
	return msg;
}

/* ---- measuring ---- */

uint32_t sbi_slot(const struct msg *msg)
{
	return is_problem(msg) ? (uint32_t)MSG_N_TYPES * SBI_VARIANTS + msg->cause
	                       : (uint32_t)msg->type * SBI_VARIANTS + variant_of(msg);
}

uint32_t sbi_packet_octets(const struct msg *msg)
{
	return sbi_carries_packet(msg) && !is_problem(msg) ? base64(msg->eap.n) : 0;
}

static void visit_type(enum msg_type type, void (*visit)(void *context, const struct msg *example),
                       void *context)
{
	uint32_t mask = knobs_of(type);
	bool seen[SBI_VARIANTS] = {false};

	for (uint32_t knobs = 0; knobs < 32; knobs++) {
		struct msg msg = example(type, knobs);

		if ((knobs & ~mask) != 0 || is_problem(&msg) || seen[variant_of(&msg)])
			continue;
		seen[variant_of(&msg)] = true;
		visit(context, &msg);
	}
}

void sbi_each_slot(void (*visit)(void *context, const struct msg *example), void *context)
{
	for (int i = 1; i < MSG_N_TYPES; i++)
		if (sbi_has((enum msg_type)i))
			visit_type((enum msg_type)i, visit, context);
	for (uint32_t cause = 1; cause <= UINT8_MAX; cause++) {
		struct msg msg = {.type = MSG_UDM_UECM_RSP, .cause = (uint8_t)cause};

		visit(context, &msg);
	}
}

struct measuring {
	struct sbi_octets *octets;
	const struct sbi *sbi;
	struct http2_sender *sender[2];
};

static void measure(void *context, const struct msg *msg)
{
	const struct measuring *m = context;
	struct http2_sender *sender = m->sender[sbi_is_request((enum msg_type)msg->type)];
	uint8_t out[SBI_OCTETS_MAX];
	uint32_t n = sbi_encode(m->sbi, sender, 1, msg, out, sizeof out);
	uint32_t body = sbi_body(m->sbi, msg, out, sizeof out);

	n = sbi_encode(m->sbi, sender, 1, msg, out, sizeof out); /* now all its constants are known */
	SIM_ASSERT(n > body);
	m->octets->slot[sbi_slot(msg)] = (struct length){
		.head = (uint16_t)(n - body - sbi_digits(body)),
		.body = (uint16_t)(body - sbi_packet_octets(msg)), .whole = (uint16_t)n};
}

static void note_good(struct sbi_octets *octets, enum msg_type type)
{
	const struct msg good = example(type, 0);

	if (knobs_of(type) == KNOBS_OF_ONE_LENGTH && !may_be_longer[type])
		octets->good[type] = octets->slot[sbi_slot(&good)].whole;
}

struct sbi_octets *sbi_octets_new(struct sim_arena *arena, const struct sbi *sbi)
{
	struct measuring m = {.octets = sim_arena_alloc(arena, sizeof *m.octets), .sbi = sbi,
		.sender = {http2_sender_new(false), http2_sender_new(true)}};

	sbi_each_slot(measure, &m);
	for (int i = 1; i < MSG_N_TYPES; i++)
		if (sbi_has((enum msg_type)i))
			note_good(m.octets, (enum msg_type)i);
	http2_sender_free(m.sender[0]);
	http2_sender_free(m.sender[1]);
	return m.octets;
}

/* Measured with a key identifier of one digit. */
uint32_t sbi_longer_key_id(const struct msg *msg)
{
	bool named = msg->type == MSG_AUSF_AUTHENTICATE || msg->type == MSG_UDM_GENERATE;

	return named && msg->identity.suci.n > 0 && msg->identity.suci.key_id > 9
	           ? sbi_digits(msg->identity.suci.key_id) - 1
	           : 0;
}

uint32_t sbi_body_octets(const struct sbi_octets *octets, const struct msg *msg)
{
	return octets->slot[sbi_slot(msg)].body + sbi_packet_octets(msg) +
	       (msg->type == MSG_AUSF_AUTHENTICATE ? sbi_longer_key_id(msg) : 0);
}

uint32_t sbi_octets(const struct sbi_octets *octets, const struct msg *msg)
{
	const struct length *length;
	uint32_t head, body;

	if (msg->cause == MSG_CAUSE_NONE && octets->good[msg->type])
		return octets->good[msg->type];
	length = &octets->slot[sbi_slot(msg)];
	head = length->head;
	SIM_ASSERT(head > 0);
	if (!may_be_longer[msg->type])
		return length->whole;
	body = sbi_body_octets(octets, msg);
	if (msg->type == MSG_UDM_GENERATE)
		head += sbi_longer_key_id(msg);
	return head + sbi_digits(body) + body;
}
