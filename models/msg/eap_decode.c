/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: reading any octets as an EAP packet.
 * Leaves out: the same as encoding; which attributes a subtype may carry beyond those that it must.
 * Sources: RFC 3748 4.1, 5; RFC 4187 8.1, 9, 10; RFC 9048 3; TS 24.502 9.3.2.
 */
#include "models/msg/eap_layout.h"
#include <string.h>

static uint16_t two(const uint8_t *in)
{
	return (uint16_t)(in[0] << 8 | in[1]);
}

/* ---- EAP-AKA ---- */

static bool get_16(const struct eap_attribute *a, const uint8_t *in, uint16_t n, uint16_t at,
                   struct eap_aka *m)
{
	uint8_t *body = (uint8_t *)m;

	if (n != 20)
		return false;
	memcpy(body + a->at, in + 4, 16);
	body[a->flag] = true;
	if (a->type == EAP_AT_MAC)
		m->mac_at = (uint16_t)(at + 4);
	return true;
}

static bool get_res(const uint8_t *in, uint16_t n, struct eap_aka *m)
{
	uint16_t bits = two(in + 2), octets = bits / 8;

	if (bits % 8 || octets < 4 || octets > sizeof m->res || n != 4 + (octets + 3) / 4 * 4)
		return false;
	m->n_res = (uint8_t)octets;
	memcpy(m->res, in + 4, octets);
	return true;
}

static bool get_octets(const uint8_t *in, uint16_t n, struct eap_octets *octets)
{
	*octets = (struct eap_octets){in + 4, two(in + 2)};
	return octets->n > 0 && octets->n <= n - 4;
}

static bool get_kdf(const uint8_t *in, uint16_t n, struct eap_aka *m)
{
	if (n != 4 || m->n_kdf == EAP_KDF_MAX)
		return false;
	m->kdf[m->n_kdf++] = two(in + 2);
	return true;
}

static bool get_auts(const uint8_t *in, uint16_t n, struct eap_aka *m)
{
	if (n != 16)
		return false;
	memcpy(m->auts, in + 2, sizeof m->auts);
	m->has_auts = true;
	return true;
}

/* One attribute of n octets at in, which stands at `at` in the packet. */
static bool get_row(const struct eap_attribute *a, const uint8_t *in, uint16_t n, uint16_t at,
                    struct eap_aka *m)
{
	uint8_t *body = (uint8_t *)m;
	void *value = body + a->at;

	switch ((enum eap_form)a->form) {
	case EAP_A_16:
		return get_16(a, in, n, at, m);
	case EAP_A_AUTS:
		return get_auts(in, n, m);
	case EAP_A_RES:
		return get_res(in, n, m);
	case EAP_A_OCTETS:
		return get_octets(in, n, value);
	case EAP_A_CHECK:
		*(struct eap_octets *)value = (struct eap_octets){in + 4, (uint16_t)(n - 4)};
		body[a->flag] = true;
		return true;
	case EAP_A_NUMBER:
		*(uint16_t *)value = two(in + 2);
		body[a->flag] = true;
		return n == 4;
	case EAP_A_KDF:
		return get_kdf(in, n, m);
	case EAP_A_EMPTY:
		*(bool *)value = true;
		return n == 4;
	}
	return false;
}

static int find(uint8_t type)
{
	for (int i = 0; i < EAP_N_ATTRIBUTES; i++)
		if (eap_attributes[i].type == type)
			return i;
	return -1;
}

/* RFC 4187 9, RFC 9048 3: NULL, or what the subtype demands and is missing. */
static const char *missing(const struct eap_packet *packet)
{
	const struct eap_aka *m = &packet->aka;
	bool request = packet->code == EAP_REQUEST, prime = packet->type == EAP_AKA_PRIME;

	switch (m->subtype) {
	case EAP_AKA_CHALLENGE:
		if (request)
			return !m->has_rand ? "AT_RAND" : !m->has_autn ? "AT_AUTN" : !m->has_mac ? "AT_MAC"
			       : prime && !m->n_kdf ? "AT_KDF"
			       : prime && !m->kdf_input.n ? "AT_KDF_INPUT" : NULL;
		if (prime && m->n_kdf) /* the peer asks for another function: RFC 9048 3.2 */
			return NULL;
		return !m->n_res ? "AT_RES" : !m->has_mac ? "AT_MAC" : NULL;
	case EAP_AKA_SYNCHRONIZATION_FAILURE:
		return m->has_auts ? NULL : "AT_AUTS";
	case EAP_AKA_NOTIFICATION:
		return !request || m->has_notification ? NULL : "AT_NOTIFICATION";
	case EAP_AKA_CLIENT_ERROR:
		return m->has_client_error ? NULL : "AT_CLIENT_ERROR_CODE";
	case EAP_AKA_AUTHENTICATION_REJECT:
	case EAP_AKA_IDENTITY:
		return NULL;
	default:
		return "a known subtype";
	}
}

static bool get_aka(const uint8_t *in, uint16_t n, struct eap_packet *m, struct msg_fault *fault)
{
	uint32_t seen = 0;
	uint16_t length;
	const char *what;

	if (n < EAP_AKA_HEADER)
		return msg_refuse(fault, EAP_MALFORMED, n, "too short for a subtype");
	m->aka.subtype = in[5];
	for (uint16_t at = EAP_AKA_HEADER; at < n; at = (uint16_t)(at + length)) {
		length = n - at < 2 ? 0 : (uint16_t)(4 * in[at + 1]);
		if (length == 0 || length > n - at)
			return msg_refuse(fault, EAP_MALFORMED, at, "length of an attribute");
		int i = find(in[at]);
		if (i < 0 && in[at] < EAP_AT_SKIPPABLE)
			return msg_refuse(fault, EAP_MALFORMED, at, "an unknown, not skippable attribute");
		if (i < 0)
			continue;
		if (seen >> i & 1 && eap_attributes[i].form != EAP_A_KDF)
			return msg_refuse(fault, EAP_MALFORMED, at, "an attribute for the second time");
		seen |= 1u << i;
		if (!get_row(&eap_attributes[i], in + at, length, at, &m->aka))
			return msg_refuse(fault, EAP_MALFORMED, at, eap_attributes[i].name);
	}
	what = missing(m);
	return what ? msg_refuse(fault, EAP_MALFORMED, n, what) : true;
}

/* ---- EAP-5G ---- */

static bool get_parameter(const uint8_t *value, uint8_t type, uint8_t n, struct eap_5g *m)
{
	switch (type) {
	case EAP_AN_GUAMI:
		memcpy(m->guami, value, n == sizeof m->guami ? n : 0);
		m->has_guami = true;
		return n == sizeof m->guami;
	case EAP_AN_PLMN:
		m->has_plmn = true;
		return n == ID_PLMN_OCTETS && id_plmn_decode(value, &m->plmn);
	case EAP_AN_NSSAI:
		m->requested_nssai = (struct eap_octets){value, n};
		return n > 0;
	case EAP_AN_CAUSE:
		m->has_cause = true;
		m->establishment_cause = n ? value[0] : 0;
		return n == 1;
	default:
		return true;
	}
}

static bool get_parameters(const uint8_t *in, uint16_t at, uint16_t end, struct eap_5g *m,
                           struct msg_fault *fault)
{
	while (at < end) {
		if (end - at < 2 || in[at + 1] > end - at - 2 ||
		    !get_parameter(in + at + 2, in[at], in[at + 1], m))
			return msg_refuse(fault, EAP_DISCARD, at, "an AN-parameter");
		at = (uint16_t)(at + 2 + in[at + 1]);
	}
	return true;
}

/* A length of two octets at *at and what it measures, which must end at n or before. */
static bool sized(const uint8_t *in, uint16_t n, uint16_t *at, uint16_t *length)
{
	if (n - *at < 2)
		return false;
	*length = two(in + *at);
	*at = (uint16_t)(*at + 2);
	return *length <= n - *at;
}

static bool get_5g(const uint8_t *in, uint16_t n, struct eap_packet *m, struct msg_fault *fault)
{
	static const uint8_t method[7] = {0, EAP_3GPP >> 8, EAP_3GPP & 255, 0, 0, 0, EAP_METHOD_5G};
	uint16_t at = EAP_5G_HEADER, length;

	if (n < EAP_5G_HEADER)
		return msg_refuse(fault, EAP_DISCARD, n, "too short for EAP-5G");
	if (memcmp(in + 5, method, sizeof method) != 0)
		return msg_refuse(fault, EAP_NAK_DUE, 5, "an unknown expanded method");
	m->five_g.message = in[12];
	if (in[12] == EAP_5G_START || in[12] == EAP_5G_STOP)
		return true;
	if (in[12] != EAP_5G_NAS)
		return msg_refuse(fault, EAP_DISCARD, 12, "an unknown message of EAP-5G");
	if (m->code == EAP_RESPONSE) {
		if (!sized(in, n, &at, &length))
			return msg_refuse(fault, EAP_DISCARD, at, "length of the AN-parameters");
		if (!get_parameters(in, at, (uint16_t)(at + length), &m->five_g, fault))
			return false;
		at = (uint16_t)(at + length);
	}
	if (!sized(in, n, &at, &length))
		return msg_refuse(fault, EAP_DISCARD, at, "length of the NAS PDU");
	m->five_g.nas = (struct eap_octets){in + at, length};
	return true;
}

/* ---- the packet ---- */

static bool get_type_data(const uint8_t *in, uint16_t n, struct eap_packet *m,
                          struct msg_fault *fault)
{
	m->type = in[EAP_HEADER];
	switch (m->type) {
	case EAP_IDENTITY:
	case EAP_NOTIFICATION:
	case EAP_NAK:
		m->data = (struct eap_octets){in + 5, (uint16_t)(n - 5)};
		return true;
	case EAP_AKA:
	case EAP_AKA_PRIME:
		return get_aka(in, n, m, fault);
	case EAP_EXPANDED:
		return get_5g(in, n, m, fault);
	default:
		return msg_refuse(fault, EAP_NAK_DUE, EAP_HEADER, "an unknown method");
	}
}

bool eap_decode(const uint8_t *in, size_t n, struct eap_packet *m, struct msg_fault *fault)
{
	uint16_t length;

	memset(m, 0, sizeof *m);
	if (n < EAP_HEADER)
		return msg_refuse(fault, EAP_DISCARD, (uint32_t)n, "too short for an EAP packet");
	length = two(in + 2);
	if (length < EAP_HEADER || length > n || length > EAP_OCTETS_MAX)
		return msg_refuse(fault, EAP_DISCARD, 2, "length of the EAP packet");
	m->code = in[0];
	m->identifier = in[1];
	if (m->code == EAP_SUCCESS || m->code == EAP_FAILURE)
		return length == EAP_HEADER ||
		       msg_refuse(fault, EAP_DISCARD, EAP_HEADER, "data in a Success or Failure");
	if (m->code != EAP_REQUEST && m->code != EAP_RESPONSE)
		return msg_refuse(fault, EAP_DISCARD, 0, "an unknown code");
	if (length == EAP_HEADER)
		return msg_refuse(fault, EAP_DISCARD, EAP_HEADER, "too short for a type");
	return get_type_data(in, length, m, fault);
}

uint16_t eap_mac_at(const uint8_t *packet, size_t n)
{
	struct eap_packet m;
	struct msg_fault fault;

	if (!eap_decode(packet, n, &m, &fault) || (m.type != EAP_AKA && m.type != EAP_AKA_PRIME))
		return 0;
	return m.aka.mac_at;
}
