/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: an EAP packet as lines of text, and as one; the NAS PDU in EAP-5G likewise.
 * Leaves out: attributes that are skipped.
 * Sources: eap_layout.h.
 */
#include "models/msg/eap_layout.h"
#include "models/msg/nas.h"

enum { NESTING_MAX = 8 };

static const char *code_text(uint8_t code)
{
	static const char *const text[] = {"", "Request", "Response", "Success", "Failure"};

	return text[code];
}

static const char *type_text(uint8_t type)
{
	switch (type) {
	case EAP_IDENTITY:
		return "Identity";
	case EAP_NOTIFICATION:
		return "Notification";
	case EAP_NAK:
		return "Legacy Nak";
	case EAP_AKA:
		return "EAP-AKA";
	case EAP_AKA_PRIME:
		return "EAP-AKA'";
	default:
		return "EAP-5G";
	}
}

static const char *subtype_text(uint8_t subtype)
{
	switch (subtype) {
	case EAP_AKA_CHALLENGE:
		return "Challenge";
	case EAP_AKA_AUTHENTICATION_REJECT:
		return "Authentication-Reject";
	case EAP_AKA_SYNCHRONIZATION_FAILURE:
		return "Synchronization-Failure";
	case EAP_AKA_IDENTITY:
		return "Identity";
	case EAP_AKA_NOTIFICATION:
		return "Notification";
	default:
		return "Client-Error";
	}
}

static const char *message_text(uint8_t message)
{
	return message == EAP_5G_START ? "5G-Start" : message == EAP_5G_NAS ? "5G-NAS" : "5G-Stop";
}

/* ---- EAP-AKA ---- */

static void print_text(struct msg_printer *p, const uint8_t *at, uint16_t n)
{
	for (uint16_t i = 0; i < n; i++)
		msg_print(p, "%c", at[i] >= ' ' && at[i] <= '~' ? at[i] : '?');
}

static void print_value(struct msg_printer *p, const struct eap_attribute *a, const uint8_t *in,
                        uint16_t n)
{
	uint16_t two = (uint16_t)(in[2] << 8 | in[3]);

	switch ((enum eap_form)a->form) {
	case EAP_A_16:
	case EAP_A_CHECK:
		msg_print_hex(p, in + 4, (size_t)(n - 4));
		break;
	case EAP_A_AUTS:
		msg_print_hex(p, in + 2, 14);
		break;
	case EAP_A_RES:
		msg_print_hex(p, in + 4, two / 8);
		break;
	case EAP_A_OCTETS:
		print_text(p, in + 4, two);
		break;
	case EAP_A_NUMBER:
	case EAP_A_KDF:
		msg_print(p, "%u", two);
		break;
	case EAP_A_EMPTY:
		msg_print(p, "yes");
		break;
	}
}

/* The packet has been decoded: lengths hold. */
static void print_attributes(struct msg_printer *p, const uint8_t *in, uint16_t n)
{
	for (uint16_t at = EAP_AKA_HEADER; at < n; at = (uint16_t)(at + 4 * in[at + 1])) {
		const struct eap_attribute *a = NULL;

		for (int i = 0; i < EAP_N_ATTRIBUTES && !a; i++)
			if (eap_attributes[i].type == in[at])
				a = &eap_attributes[i];
		if (!a) {
			msg_print_line(p, at, "unknown attribute %u [skipped]", in[at]);
			continue;
		}
		msg_print_offset(p, at);
		msg_print(p, "%s (%s): ", a->name, a->clause);
		print_value(p, a, in + at, (uint16_t)(4 * in[at + 1]));
		msg_print(p, "\n");
	}
}

/* ---- EAP-5G ---- */

static void print_nas(struct msg_printer *p, uint32_t offset, const struct eap_octets *nas)
{
	const struct msg_nesting outer = msg_print_enter(p, offset);
	struct msg_fault fault = {0, 0, "nested too deep to print"};

	if (p->indent > NESTING_MAX || !nas_print(p, nas->at, nas->n, &fault))
		msg_print_line(p, fault.offset, "not readable here: %s", fault.what);
	msg_print_leave(p, outer);
}

static void print_5g(struct msg_printer *p, const struct eap_5g *m, const uint8_t *in)
{
	uint32_t parameters = EAP_5G_HEADER;

	if (m->has_guami)
		msg_print_octets(p, parameters, "GUAMI (9.3.2.2.2.3)", m->guami, sizeof m->guami);
	if (m->has_plmn)
		msg_print_line(p, parameters, "selected PLMN: %03u-%0*u", m->plmn.mcc, m->plmn.mnc_digits,
		               m->plmn.mnc);
	if (m->requested_nssai.n)
		msg_print_octets(p, parameters, "requested NSSAI", m->requested_nssai.at,
		                 m->requested_nssai.n);
	if (m->has_cause)
		msg_print_line(p, parameters, "establishment cause: %u", m->establishment_cause);
	if (m->nas.n) {
		uint32_t at = (uint32_t)(m->nas.at - in);

		msg_print_line(p, at - 2, "NAS PDU (9.3.2.2.2): %u octets", m->nas.n);
		print_nas(p, at, &m->nas);
	}
}

/* ---- the packet ---- */

static void print_head(struct msg_printer *p, const struct eap_packet *m)
{
	msg_print(p, "EAP %s", code_text(m->code));
	if (m->type != EAP_NONE)
		msg_print(p, ", %s", type_text(m->type));
	if (m->type == EAP_AKA || m->type == EAP_AKA_PRIME)
		msg_print(p, " %s", subtype_text(m->aka.subtype));
	if (m->type == EAP_EXPANDED)
		msg_print(p, " %s", message_text(m->five_g.message));
}

bool eap_print(struct msg_printer *p, const uint8_t *in, size_t n, struct msg_fault *fault)
{
	struct eap_packet m;

	if (!eap_decode(in, n, &m, fault))
		return false;
	msg_print_offset(p, 0);
	print_head(p, &m);
	msg_print(p, " (%s)\n", m.type == EAP_AKA_PRIME ? "RFC 9048"
	                        : m.type == EAP_AKA     ? "RFC 4187"
	                        : m.type == EAP_EXPANDED ? "TS 24.502 9.3.2" : "RFC 3748");
	p->indent++;
	msg_print_line(p, 1, "identifier: %u", m.identifier);
	if (m.type == EAP_AKA || m.type == EAP_AKA_PRIME)
		print_attributes(p, in, (uint16_t)(in[2] << 8 | in[3]));
	else if (m.type == EAP_EXPANDED)
		print_5g(p, &m.five_g, in);
	else if (m.type != EAP_NONE)
		msg_print_octets(p, EAP_HEADER + 1, "data", m.data.at, m.data.n);
	p->indent--;
	return true;
}

void eap_line(struct msg_printer *p, const uint8_t *in, size_t n)
{
	struct eap_packet m;
	struct msg_fault fault;

	if (eap_decode(in, n, &m, &fault))
		print_head(p, &m);
	else
		msg_print(p, "EAP: at %u: %s", fault.offset, fault.what);
}
