/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/ike.h"

#include <inttypes.h>

static const char *const payload_names[IKE_N_PAYLOADS] = {
	[IKE_IDI] = "IDi", [IKE_IDR] = "IDr", [IKE_CERT] = "CERT", [IKE_CERTREQ] = "CERTREQ",
	[IKE_AUTHENTICATION] = "AUTH", [IKE_EAP] = "EAP", [IKE_CP] = "CP", [IKE_SA] = "SA",
	[IKE_KE] = "KE", [IKE_NONCE] = "Nonce", [IKE_TSI] = "TSi", [IKE_TSR] = "TSr",
	[IKE_NOTIFY] = "N", [IKE_DELETE] = "D"};

const char *ike_exchange_text(uint8_t exchange)
{
	switch (exchange) {
	case IKE_SA_INIT: return "IKE_SA_INIT";
	case IKE_AUTH: return "IKE_AUTH";
	case IKE_CREATE_CHILD_SA: return "CREATE_CHILD_SA";
	case IKE_INFORMATIONAL: return "INFORMATIONAL";
	default: return "unknown exchange";
	}
}

const char *ike_notify_text(uint16_t type)
{
	static const struct {
		uint16_t type;
		const char *text;
	} texts[] = {
		{IKE_UNSUPPORTED_CRITICAL_PAYLOAD, "UNSUPPORTED_CRITICAL_PAYLOAD"},
		{IKE_INVALID_IKE_SPI, "INVALID_IKE_SPI"},
		{IKE_INVALID_MAJOR_VERSION, "INVALID_MAJOR_VERSION"},
		{IKE_INVALID_SYNTAX, "INVALID_SYNTAX"},
		{IKE_INVALID_MESSAGE_ID, "INVALID_MESSAGE_ID"},
		{IKE_NO_PROPOSAL_CHOSEN, "NO_PROPOSAL_CHOSEN"},
		{IKE_INVALID_KE_PAYLOAD, "INVALID_KE_PAYLOAD"},
		{IKE_AUTHENTICATION_FAILED, "AUTHENTICATION_FAILED"},
		{IKE_NAT_DETECTION_SOURCE, "NAT_DETECTION_SOURCE_IP"},
		{IKE_NAT_DETECTION_DESTINATION, "NAT_DETECTION_DESTINATION_IP"},
		{IKE_EAP_ONLY_AUTHENTICATION, "EAP_ONLY_AUTHENTICATION"},
		{IKE_SIGNATURE_HASH_ALGORITHMS, "SIGNATURE_HASH_ALGORITHMS"},
		{IKE_NAS_IP4_ADDRESS, "NAS_IP4_ADDRESS"},
		{IKE_NAS_TCP_PORT, "NAS_TCP_PORT"}};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i].type == type)
			return texts[i].text;
	return "unknown notification";
}

static void value(struct msg_printer *p, int payload, const struct ike_message *m)
{
	switch (payload) {
	case IKE_SA:
		for (unsigned i = 0; i < m->n_proposals; i++)
			for (unsigned k = 0; k < m->proposal[i].n; k++)
				msg_print(p, "%s%u:%u", i + k ? ", " : "", m->proposal[i].transform[k].type,
				          m->proposal[i].transform[k].id);
		break;
	case IKE_KE: msg_print(p, "group %u, ", m->ke_group); msg_print_hex(p, m->ke.at, m->ke.n); break;
	case IKE_NONCE: msg_print_hex(p, m->nonce.at, m->nonce.n); break;
	case IKE_IDI: msg_print_hex(p, m->idi.data.at, m->idi.data.n); break;
	case IKE_IDR: msg_print_hex(p, m->idr.data.at, m->idr.data.n); break;
	case IKE_AUTHENTICATION: msg_print(p, "method %u, %u octets", m->auth_method, m->auth.n); break;
	case IKE_EAP: msg_print_hex(p, m->eap.at, m->eap.n); break;
	case IKE_NOTIFY:
		for (unsigned i = 0; i < m->n_notifies; i++)
			msg_print(p, "%s%s", i ? ", " : "", ike_notify_text(m->notify[i].type));
		break;
	default: msg_print(p, "present");
	}
}

bool ike_print(struct msg_printer *p, const uint8_t *in, size_t n, struct msg_fault *fault)
{
	struct ike_message m;
	struct msg_nesting outer;

	if (!ike_decode(in, n, NULL, NULL, &m, fault))
		return false;
	msg_print_line(p, 0, "IKEv2 %s %s %" PRIu32 ", SPIs %016" PRIx64 " %016" PRIx64,
	               ike_exchange_text(m.exchange), m.response ? "response" : "request", m.id,
	               m.spi_i, m.spi_r);
	outer = msg_print_enter(p, IKE_HEADER);
	if (m.encrypted)
		msg_print_line(p, 0, "SK: %zu octets", n - IKE_HEADER);
	for (int payload = 0; payload < IKE_N_PAYLOADS; payload++) {
		if (!(m.present >> payload & 1))
			continue;
		msg_print_offset(p, 0);
		msg_print(p, "%s: ", payload_names[payload]);
		value(p, payload, &m);
		msg_print(p, "\n");
	}
	msg_print_leave(p, outer);
	return true;
}

void ike_line(struct msg_printer *p, const uint8_t *in, size_t n)
{
	struct ike_message m;
	struct msg_fault fault;
	const char *before = " (";

	if (!ike_decode(in, n, NULL, NULL, &m, &fault)) {
		msg_print(p, "no IKE message: %s", fault.what);
		return;
	}
	msg_print(p, "%s %s %" PRIu32 "%s", ike_exchange_text(m.exchange),
	          m.response ? "response" : "request", m.id, m.encrypted ? " (SK)" : "");
	for (int payload = 0; payload < IKE_N_PAYLOADS; payload++)
		if (m.present >> payload & 1) {
			msg_print(p, "%s%s", before, payload_names[payload]);
			before = ", ";
		}
	msg_print(p, "%s", *before == ',' ? ")" : "");
}
