/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/dt_cbor.h"

#include "models/id/name.h"
#include "models/msg/coap.h"
#include "models/msg/dt.h"
#include "models/msg/dt_members.h"

#include <stdio.h>
#include <string.h>

/* ---- what each message has ---- */

#define AT(field) offsetof(struct msg, field)
#define OCTETS(key, field) {key, DT_OCTETS, AT(field), sizeof((struct msg *)0)->field, NULL, false}
#define NONCE OCTETS("nonce", dt.nonce)
#define NONCE2 OCTETS("nonce2", dt.nonce2)
#define MAC {"mac", DT_OCTETS, AT(dt.mac), 32, NULL, true}
#define PROOF OCTETS("proof", dt.proof)
#define SESSION {"session", DT_U64, AT(dt.session), 8, NULL, true}
#define COUNT {"count", DT_U32, AT(dt.count), 4, NULL, true}
#define HOSPITAL {"hospital", DT_U16, AT(dt.hospital), 2, NULL, true}
#define ASSERTION {"assertion", DT_MAP, 0, 0, assertion, false}
#define END {NULL, 0, 0, 0, NULL, false}

static const struct dt_member assertion[] = {
	OCTETS("pseudonym", assertion.pseudonym), OCTETS("holder", assertion.holder_key),
	OCTETS("commitment", assertion.commitment),
	{"audience", DT_U16, AT(assertion.hospital), 2, NULL, false},
	{"notAfter", DT_TIME, AT(assertion.not_after_ns), 8, NULL, false},
	{"sealed", DT_SEALED, AT(assertion.sealed), MSG_SCHEME_MAX, NULL, false},
	OCTETS("signature", assertion.signature), END};

enum { MEMBERS_MAX = 7 };
static const struct {
	const char *path; /* NULL: an answer             */
	uint8_t refusal;  /* octets of one that refuses */
	struct dt_member member[MEMBERS_MAX];
} rows[MSG_N_TYPES] = {
	[MSG_DTF_SESSION] = {"dtf/session", 0, {{"akid", DT_AKID, AT(dt.tid), 32, NULL, false}, NONCE,
	                                     MAC, END}},
	[MSG_DTF_SESSION_RSP] = {NULL, 101, {SESSION, NONCE, NONCE2, MAC, END}},
	[MSG_DTF_ENROL] = {"dtf/enrol", 0, {SESSION, COUNT, OCTETS("root", dt.root),
	                                 OCTETS("owner", dt.key), PROOF, MAC, END}},
	[MSG_DTF_ENROL_RSP] = {NULL, 112, {SESSION, COUNT, OCTETS("token", dt.tid), MAC, END}},
	[MSG_DTF_ASSERTION] = {"dtf/assertion", 0, {SESSION, COUNT, OCTETS("holder", dt.key), HOSPITAL,
	                                         MAC, END}},
	[MSG_DTF_ASSERTION_RSP] = {NULL, 112, {SESSION, COUNT, ASSERTION, MAC, END}},
	[MSG_DTF_LEAVE] = {"dtf/leave", 0, {SESSION, COUNT, MAC, END}},
	[MSG_DTF_LEAVE_RSP] = {NULL, 112, {SESSION, COUNT, MAC, END}},
	[MSG_HOSPITAL_AKMA] = {"twin/akma", 0, {{"akid", DT_AKID, AT(dt.tid), 32, NULL, false}, HOSPITAL,
	                                     NONCE, MAC, END}},
	[MSG_HOSPITAL_AKMA_RSP] = {NULL, 96, {HOSPITAL, NONCE, NONCE2, MAC, END}},
	[MSG_HOSPITAL_HELLO] = {"twin/hello", 0, {HOSPITAL, NONCE, END}},
	[MSG_HOSPITAL_CHALLENGE] = {NULL, 75, {SESSION, HOSPITAL, NONCE, NONCE2, PROOF, END}},
	[MSG_HOSPITAL_ENTRY] = {"twin/entry", 0, {SESSION, ASSERTION, PROOF, END}},
	[MSG_HOSPITAL_ADMIT] = {NULL, 75, {SESSION, HOSPITAL, PROOF, END}},
	[MSG_KEEP_ALIVE] = {"twin/alive", 0, {SESSION, COUNT, END}},
	[MSG_KEEP_ALIVE_RSP] = {NULL, 74, {SESSION, COUNT, END}},
	[MSG_HOSPITAL_LEAVE] = {"twin/leave", 0, {SESSION, PROOF, END}},
	[MSG_HOSPITAL_LEAVE_RSP] = {NULL, 75, {SESSION, HOSPITAL, END}},
};

bool dt_has(enum msg_type type)
{
	return rows[type].member[0].key != NULL;
}

bool dt_is_request(enum msg_type type)
{
	return rows[type].path != NULL;
}

static enum msg_type type_of_path(const char *path)
{
	for (int i = 0; i < MSG_N_TYPES; i++)
		if (rows[i].path && strcmp(rows[i].path, path) == 0)
			return (enum msg_type)i;
	return MSG_NONE;
}

/* ---- codes ---- */

/* Others failed behind the answerer; else it refuses. */
static uint8_t code_of(const struct msg *msg)
{
	if (dt_is_request((enum msg_type)msg->type))
		return COAP_POST;
	switch (msg->cause) {
	case MSG_CAUSE_NONE:
		return COAP_CHANGED;
	case DT_CAUSE_AANF_TIMEOUT:
	case DT_CAUSE_LEDGER_TIMEOUT:
	case DT_CAUSE_STORE_TIMEOUT:
		return COAP_GATEWAY_TIMEOUT;
	default:
		return COAP_FORBIDDEN;
	}
}

static void put_u32(uint8_t *out, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		out[i] = (uint8_t)(v >> 8 * (3 - i));
}

static uint32_t get_u32(const uint8_t *in)
{
	return (uint32_t)in[0] << 24 | (uint32_t)in[1] << 16 | (uint32_t)in[2] << 8 | in[3];
}

/* ---- messages ---- */

size_t dt_encode(const struct dt_realm *realm, const struct msg *msg, uint8_t *out, size_t room)
{
	uint8_t payload[DT_OCTETS_MAX];
	struct coap_message m = {.code = code_of(msg), .n_token = 8, .payload = payload};

	if (!dt_has((enum msg_type)msg->type))
		return 0;
	m.n_payload = (uint32_t)dt_members_write(realm, rows[msg->type].member, msg, payload,
	                                         sizeof payload);
	if (rows[msg->type].path)
		snprintf(m.path, sizeof m.path, "%s", rows[msg->type].path);
	put_u32(m.token, msg->asker.index);
	put_u32(m.token + 4, msg->asker.generation);
	return m.n_payload ? coap_encode(&m, out, room) : 0;
}

bool dt_decode(const struct dt_realm *realm, const uint8_t *in, size_t n, struct msg *msg,
               struct msg_fault *fault)
{
	struct coap_message m;

	if (!coap_decode(in, n, &m, fault))
		return false;
	const bool request = m.code == COAP_POST;
	const enum msg_type type = request ? type_of_path(m.path) : (enum msg_type)msg->type;
	if (!dt_has(type) || dt_is_request(type) != request)
		return msg_refuse(fault, COAP_NOT_FOUND, 0, request ? "Uri-Path: no such resource"
		                                                    : "an answer that nobody waits for");
	if (m.n_token != 8)
		return msg_refuse(fault, COAP_BAD_REQUEST, 0, "CoAP: a token of another length");
	msg->type = (uint8_t)type;
	msg->asker = (struct sim_handle){get_u32(m.token), get_u32(m.token + 4)};
	const bool good = request || m.code == COAP_CHANGED;
	msg->cause = 0;
	if (!dt_members_read(realm, rows[type].member, !good, m.payload, m.n_payload, msg, fault)) {
		fault->offset += (uint32_t)(n - m.n_payload);
		return false;
	}
	if (good != (msg->cause == MSG_CAUSE_NONE))
		return msg_refuse(fault, COAP_BAD_REQUEST, 0, "the code and the cause contradict each other");
	return true;
}

uint32_t dt_octets(const struct msg *msg)
{
	const bool refuses = msg->cause && !dt_is_request((enum msg_type)msg->type);

	return refuses ? rows[msg->type].refusal : msg_forms[msg->type].octets;
}
