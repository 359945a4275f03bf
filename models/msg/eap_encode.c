/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: EAP packets from their structs.
 * Leaves out: encrypted attributes and fast re-authentication (TS 33.501 F.1: not used in 5GS),
 * EAP-5G's 5G-Notification and its extensions.
 * Sources: RFC 3748 4; RFC 4187 8, 10; RFC 9048 3; TS 24.502 9.3.2.
 */
#include "models/msg/eap_layout.h"
#include "sim/core/status.h"
#include <string.h>

#define ROW(number, form, member, flag, name, clause) \
	{number, EAP_A_##form, offsetof(struct eap_aka, member), flag, name, clause}
#define FLAG(member) offsetof(struct eap_aka, member)

const struct eap_attribute eap_attributes[EAP_N_ATTRIBUTES] = {
	ROW(10, EMPTY, permanent_id_req, EAP_NO_FLAG, "AT_PERMANENT_ID_REQ", "RFC 4187 10.2"),
	ROW(13, EMPTY, any_id_req, EAP_NO_FLAG, "AT_ANY_ID_REQ", "RFC 4187 10.3"),
	ROW(17, EMPTY, fullauth_id_req, EAP_NO_FLAG, "AT_FULLAUTH_ID_REQ", "RFC 4187 10.4"),
	ROW(14, OCTETS, identity, EAP_NO_FLAG, "AT_IDENTITY", "RFC 4187 10.5"),
	ROW(1, 16, rand, FLAG(has_rand), "AT_RAND", "RFC 4187 10.6"),
	ROW(2, 16, autn, FLAG(has_autn), "AT_AUTN", "RFC 4187 10.7"),
	ROW(3, RES, res, EAP_NO_FLAG, "AT_RES", "RFC 4187 10.8"),
	ROW(4, AUTS, auts, FLAG(has_auts), "AT_AUTS", "RFC 4187 10.9"),
	ROW(24, KDF, kdf, EAP_NO_FLAG, "AT_KDF", "RFC 9048 3.2"),
	ROW(23, OCTETS, kdf_input, EAP_NO_FLAG, "AT_KDF_INPUT", "RFC 9048 3.1"),
	ROW(12, NUMBER, notification, FLAG(has_notification), "AT_NOTIFICATION", "RFC 4187 10.19"),
	ROW(22, NUMBER, client_error, FLAG(has_client_error), "AT_CLIENT_ERROR_CODE",
	    "RFC 4187 10.20"),
	ROW(134, CHECK, checkcode, FLAG(has_checkcode), "AT_CHECKCODE", "RFC 4187 10.13"),
	ROW(135, EMPTY, result_ind, EAP_NO_FLAG, "AT_RESULT_IND", "RFC 4187 10.14"),
	ROW(136, NUMBER, bidding, FLAG(has_bidding), "AT_BIDDING", "RFC 9048 4"),
	ROW(EAP_AT_MAC, 16, mac, FLAG(has_mac), "AT_MAC", "RFC 4187 10.15"),
};

struct writer {
	uint8_t *at; /* NULL: counts only */
	uint16_t n;
};

static void put(struct writer *w, const void *octets, uint16_t n)
{
	SIM_ASSERT(w->n + n <= EAP_OCTETS_MAX);
	if (w->at && n)
		memcpy(w->at + w->n, octets, n);
	w->n = (uint16_t)(w->n + n);
}

static void put_1(struct writer *w, uint8_t value)
{
	put(w, &value, 1);
}

static void put_2(struct writer *w, uint16_t value)
{
	put_1(w, (uint8_t)(value >> 8));
	put_1(w, (uint8_t)value);
}

/* ---- EAP-AKA ---- */

/* Type, length in words of four octets, two octets, the value, padding. */
static void put_attribute(struct writer *w, uint8_t type, uint16_t two, const void *value,
                          uint16_t n)
{
	static const uint8_t zero[3];
	uint16_t words = (uint16_t)((4 + n + 3) / 4);

	SIM_ASSERT(words <= UINT8_MAX);
	put_1(w, type);
	put_1(w, (uint8_t)words);
	put_2(w, two);
	put(w, value, n);
	put(w, zero, (uint16_t)(4 * words - 4 - n));
}

static void put_octets_of(struct writer *w, const struct eap_attribute *a,
                          const struct eap_octets *octets, bool present, uint16_t two)
{
	if (present)
		put_attribute(w, a->type, two, octets->at, octets->n);
}

static void put_kdfs(struct writer *w, uint8_t type, const struct eap_aka *m)
{
	for (uint8_t i = 0; i < m->n_kdf; i++)
		put_attribute(w, type, m->kdf[i], NULL, 0);
}

static void put_auts(struct writer *w, uint8_t type, const uint8_t auts[14])
{
	put_attribute(w, type, (uint16_t)(auts[0] << 8 | auts[1]), auts + 2, 12);
}

static void put_row(struct writer *w, const struct eap_attribute *a, const struct eap_aka *m)
{
	const uint8_t *body = (const uint8_t *)m;
	const void *value = body + a->at;
	const struct eap_octets *octets = value;
	bool flag = a->flag == EAP_NO_FLAG || body[a->flag];

	switch ((enum eap_form)a->form) {
	case EAP_A_16:
		if (flag)
			put_attribute(w, a->type, 0, value, 16);
		break;
	case EAP_A_AUTS:
		if (flag)
			put_auts(w, a->type, value);
		break;
	case EAP_A_RES:
		if (m->n_res)
			put_attribute(w, a->type, (uint16_t)(8 * m->n_res), value, m->n_res);
		break;
	case EAP_A_OCTETS:
		put_octets_of(w, a, octets, octets->n > 0, octets->n);
		break;
	case EAP_A_CHECK:
		put_octets_of(w, a, octets, flag, 0);
		break;
	case EAP_A_NUMBER:
		if (flag)
			put_attribute(w, a->type, *(const uint16_t *)value, NULL, 0);
		break;
	case EAP_A_KDF:
		put_kdfs(w, a->type, m);
		break;
	case EAP_A_EMPTY:
		if (*(const bool *)value)
			put_attribute(w, a->type, 0, NULL, 0);
		break;
	}
}

static void put_aka(struct writer *w, const struct eap_aka *m)
{
	SIM_ASSERT(m->n_res <= sizeof m->res && m->n_kdf <= EAP_KDF_MAX);
	put_1(w, m->subtype);
	put_2(w, 0);
	for (int i = 0; i < EAP_N_ATTRIBUTES; i++)
		put_row(w, &eap_attributes[i], m);
}

/* ---- EAP-5G ---- */

static void put_parameter(struct writer *w, uint8_t type, const void *value, uint16_t n)
{
	SIM_ASSERT(n <= UINT8_MAX);
	put_1(w, type);
	put_1(w, (uint8_t)n);
	put(w, value, n);
}

static void put_parameters(struct writer *w, const struct eap_5g *m)
{
	uint8_t plmn[ID_PLMN_OCTETS];

	if (m->has_guami)
		put_parameter(w, EAP_AN_GUAMI, m->guami, sizeof m->guami);
	if (m->has_plmn) {
		id_plmn_encode(m->plmn, plmn);
		put_parameter(w, EAP_AN_PLMN, plmn, sizeof plmn);
	}
	if (m->requested_nssai.n)
		put_parameter(w, EAP_AN_NSSAI, m->requested_nssai.at, m->requested_nssai.n);
	if (m->has_cause)
		put_parameter(w, EAP_AN_CAUSE, &m->establishment_cause, 1);
}

static void put_5g(struct writer *w, const struct eap_5g *m, uint8_t code)
{
	struct writer parameters = {NULL, 0};

	put_1(w, 0);
	put_2(w, EAP_3GPP);
	put_2(w, 0);
	put_2(w, EAP_METHOD_5G);
	put_1(w, m->message);
	put_1(w, 0);
	if (m->message != EAP_5G_NAS)
		return;
	if (code == EAP_RESPONSE) {
		put_parameters(&parameters, m);
		put_2(w, parameters.n);
		put_parameters(w, m);
	}
	put_2(w, m->nas.n);
	put(w, m->nas.at, m->nas.n);
}

/* ---- the packet ---- */

static void put_type_data(struct writer *w, const struct eap_packet *m)
{
	put_1(w, m->type);
	switch (m->type) {
	case EAP_AKA:
	case EAP_AKA_PRIME:
		put_aka(w, &m->aka);
		break;
	case EAP_EXPANDED:
		put_5g(w, &m->five_g, m->code);
		break;
	default:
		put(w, m->data.at, m->data.n);
		break;
	}
}

uint16_t eap_encode(const struct eap_packet *m, uint8_t *out)
{
	struct writer w = {out, 0};

	put_1(&w, m->code);
	put_1(&w, m->identifier);
	put_2(&w, 0);
	if (m->type != EAP_NONE)
		put_type_data(&w, m);
	if (out) {
		out[2] = (uint8_t)(w.n >> 8);
		out[3] = (uint8_t)w.n;
	}
	return w.n;
}
