/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/msg/ngap_compose.h"

#include <string.h>

static const uint64_t carried[NGAP_N_PROCEDURES] = {
	[NGAP_SETUP_REQUEST] =
		NGAP_BIT(NODE) | NGAP_BIT(NODE_NAME) | NGAP_BIT(TAS) | NGAP_BIT(DEFAULT_DRX),
	[NGAP_SETUP_RESPONSE] =
		NGAP_BIT(AMF_NAME) | NGAP_BIT(GUAMIS) | NGAP_BIT(CAPACITY) | NGAP_BIT(PLMNS),
	[NGAP_SETUP_FAILURE] = NGAP_BIT(CAUSE),
	[NGAP_INITIAL_UE_MESSAGE] = NGAP_BIT(RAN_UE_ID) | NGAP_BIT(NAS_PDU) | NGAP_BIT(LOCATION) |
	                            NGAP_BIT(ESTABLISHMENT_CAUSE) | NGAP_BIT(CONTEXT_REQUEST),
	[NGAP_DOWNLINK_NAS] = NGAP_BIT(AMF_UE_ID) | NGAP_BIT(RAN_UE_ID) | NGAP_BIT(NAS_PDU),
	[NGAP_UPLINK_NAS] =
		NGAP_BIT(AMF_UE_ID) | NGAP_BIT(RAN_UE_ID) | NGAP_BIT(NAS_PDU) | NGAP_BIT(LOCATION),
	[NGAP_CONTEXT_SETUP_REQUEST] =
		NGAP_BIT(AMF_UE_ID) | NGAP_BIT(RAN_UE_ID) | NGAP_BIT(GUAMI) | NGAP_BIT(ALLOWED_NSSAI) |
		NGAP_BIT(SECURITY_CAPABILITIES) | NGAP_BIT(SECURITY_KEY) | NGAP_BIT(MASKED_IMEISV) |
		NGAP_BIT(NAS_PDU),
	[NGAP_CONTEXT_SETUP_RESPONSE] = NGAP_BIT(AMF_UE_ID) | NGAP_BIT(RAN_UE_ID),
	[NGAP_CONTEXT_SETUP_FAILURE] =
		NGAP_BIT(AMF_UE_ID) | NGAP_BIT(RAN_UE_ID) | NGAP_BIT(CAUSE),
	[NGAP_RELEASE_REQUEST] = NGAP_BIT(AMF_UE_ID) | NGAP_BIT(RAN_UE_ID) | NGAP_BIT(CAUSE),
	[NGAP_RELEASE_COMMAND] = NGAP_BIT(UE_IDS) | NGAP_BIT(AMF_UE_ID) | NGAP_BIT(RAN_UE_ID) |
	                         NGAP_BIT(CAUSE),
	[NGAP_RELEASE_COMPLETE] =
		NGAP_BIT(AMF_UE_ID) | NGAP_BIT(RAN_UE_ID) | NGAP_BIT(LOCATION),
	[NGAP_PAGING] = NGAP_BIT(PAGING_IDENTITY) | NGAP_BIT(PAGING_DRX) | NGAP_BIT(PAGING_TAIS),
	[NGAP_ERROR_INDICATION] = NGAP_BIT(AMF_UE_ID) | NGAP_BIT(RAN_UE_ID) | NGAP_BIT(CAUSE),
	[NGAP_NAS_NON_DELIVERY] =
		NGAP_BIT(AMF_UE_ID) | NGAP_BIT(RAN_UE_ID) | NGAP_BIT(NAS_PDU) | NGAP_BIT(CAUSE),
	[NGAP_OVERLOAD_START] = NGAP_BIT(OVERLOAD_RESPONSE),
};

/* An Initial Context Setup Request may come without NAS, and a location needs a place. */
static uint64_t elements(enum ngap_procedure procedure, const struct ngap_association *a)
{
	uint64_t present = carried[procedure];

	if (procedure == NGAP_CONTEXT_SETUP_REQUEST && a->nas.n == 0)
		present &= ~NGAP_BIT(NAS_PDU);
	if (procedure == NGAP_INITIAL_UE_MESSAGE && a->has_s_tmsi)
		present |= NGAP_BIT(S_TMSI);
	return present;
}

static struct ngap_location location(const struct ngap_site *site,
                                     const struct ngap_association *a)
{
	struct ngap_location l = {.access = a->access};

	if (a->access == NGAP_N3IWF) {
		l.address_bits = 32;
		memcpy(l.address, a->address, sizeof a->address);
		l.port = a->port;
		return l;
	}
	l.access = NGAP_NR;
	l.cell_plmn = site->plmn;
	l.cell = site->cell;
	l.tai = (struct ngap_tai){site->plmn, site->tac};
	l.has_time = true;
	l.time = site->time;
	return l;
}

static void fill_ue(struct ngap_message *m, const struct ngap_site *site,
                    const struct ngap_association *a)
{
	m->amf_ue_id = a->amf_ue_id;
	m->ran_ue_id = a->ran_ue_id;
	m->nas = a->nas;
	m->location = location(site, a);
	m->establishment_cause = a->establishment_cause;
	m->s_tmsi = a->s_tmsi;
	m->allowed_nssai = (struct ngap_slices){1, {site->slice}};
	m->guami = site->guami;
	m->security = site->security;
	if (a->key)
		memcpy(m->security_key, a->key, sizeof m->security_key);
	memcpy(m->masked_imeisv, site->masked_imeisv, sizeof m->masked_imeisv);
	m->cause = a->cause;
	m->paging_drx = site->paging_drx;
	m->n_paging_tais = 1;
	m->paging_tais[0] = (struct ngap_tai){site->plmn, site->tac};
}

static void fill_node(struct ngap_message *m, const struct ngap_site *site)
{
	const struct ngap_plmn_support support = {site->plmn, {1, {site->slice}}};

	m->node = site->node;
	m->node_name = site->node_name;
	m->amf_name = site->amf_name;
	m->n_tas = m->n_guamis = m->n_plmns = 1;
	m->tas[0] = (struct ngap_ta){site->tac, 1, {support}};
	m->guamis[0].guami = site->guami;
	m->amf_capacity = 255;
	m->plmns[0] = support;
}

void ngap_compose(struct ngap_message *m, enum ngap_procedure procedure,
                  const struct ngap_site *site, const struct ngap_association *a)
{
	memset(m, 0, sizeof *m);
	m->procedure = procedure;
	m->present = elements(procedure, a);
	fill_ue(m, site, a);
	if (procedure <= NGAP_SETUP_FAILURE)
		fill_node(m, site);
}

/* ---- lengths ---- */

static uint32_t with_length(uint32_t n) /* X.691 11.9.3 */
{
	return n + (n > 127 ? 2 : 1);
}

static uint32_t element(uint32_t n) /* identity, criticality, open type */
{
	return 3 + with_length(n);
}

static uint32_t number(uint64_t value) /* X.691 11.5.7.4: length in an octet, then the number */
{
	return 2 + (63 - (uint32_t)__builtin_clzll(value | 1)) / 8;
}

/* Contents of the elements that have one length. */
static const uint8_t contents[NGAP_N_IES] = {
	[NGAP_IE_S_TMSI] = 7, [NGAP_IE_PAGING_IDENTITY] = 7, [NGAP_IE_PAGING_TAIS] = 7,
	[NGAP_IE_GUAMI] = 7, [NGAP_IE_ALLOWED_NSSAI] = 2, [NGAP_IE_SECURITY_CAPABILITIES] = 9,
	[NGAP_IE_SECURITY_KEY] = 32, [NGAP_IE_MASKED_IMEISV] = 8, [NGAP_IE_ESTABLISHMENT_CAUSE] = 1,
	[NGAP_IE_CONTEXT_REQUEST] = 1, [NGAP_IE_PAGING_DRX] = 1,
};

static uint32_t element_octets(enum ngap_ie ie, const struct ngap_association *a)
{
	if (contents[ie] > 0)
		return element(contents[ie]);
	switch (ie) {
	case NGAP_IE_AMF_UE_ID: return element(number(a->amf_ue_id));
	case NGAP_IE_RAN_UE_ID: return element(number(a->ran_ue_id));
	case NGAP_IE_UE_IDS: return element(number(a->amf_ue_id) + number(a->ran_ue_id));
	case NGAP_IE_NAS_PDU: return element(with_length(a->nas.n));
	case NGAP_IE_LOCATION: return element(a->access == NGAP_N3IWF ? 8 : 19);
	case NGAP_IE_CAUSE: return element(a->cause.group == NGAP_CAUSE_RADIO ? 2 : 1);
	default: return element(1); /* an enumeration */
	}
}

uint32_t ngap_composed_octets(enum ngap_procedure procedure, const struct ngap_association *a)
{
	uint64_t present = elements(procedure, a);
	uint32_t n = 3; /* extension bit, number of elements */

	if (procedure <= NGAP_SETUP_FAILURE || procedure >= NGAP_OVERLOAD_START)
		return 0;
	if (procedure == NGAP_RELEASE_COMMAND)
		present &= ~(NGAP_BIT(AMF_UE_ID) | NGAP_BIT(RAN_UE_ID));
	for (; present; present &= present - 1) /* each that is there; every N2 message comes by here */
		n += element_octets((enum ngap_ie)__builtin_ctzll(present), a);
	return 3 + with_length(n); /* kind, procedure code, criticality */
}

/* ---- initial NAS messages ---- */

/* TS 24.501 9.11.3.4: an identity's contents, a GUTI's last seven octets being the S-TMSI. */
static bool s_tmsi_at(const uint8_t *octets, size_t n, struct ngap_s_tmsi *s_tmsi)
{
	if (n < 7)
		return false;
	octets += n - 7;
	*s_tmsi = (struct ngap_s_tmsi){
		.set = (uint16_t)(octets[1] << 2 | octets[2] >> 6), .pointer = octets[2] & 0x3f,
		.tmsi = (uint32_t)octets[3] << 24 | (uint32_t)octets[4] << 16 |
		        (uint32_t)octets[5] << 8 | octets[6]};
	return true;
}

bool ngap_initial_s_tmsi(const uint8_t *nas, size_t n, struct ngap_s_tmsi *s_tmsi)
{
	enum { HEADER = 7, IDENTITY = 6 }; /* security header; octet where the identity's value begins */
	enum { REGISTRATION = 0x41, DEREGISTRATION = 0x45, SERVICE = 0x4c, GUTI = 2, S_TMSI = 4 };
	size_t length;

	if (n > HEADER && nas[0] == 0x7e && (nas[1] & 0xf) != 0) {
		nas += HEADER;
		n -= HEADER;
	}
	if (n <= IDENTITY || nas[0] != 0x7e || nas[1] != 0)
		return false;
	if (nas[2] != REGISTRATION && nas[2] != DEREGISTRATION && nas[2] != SERVICE)
		return false;
	length = (size_t)nas[4] << 8 | nas[5];
	if (length > n - IDENTITY)
		return false;
	if ((nas[IDENTITY] & 7) != GUTI && (nas[IDENTITY] & 7) != S_TMSI)
		return false;
	return s_tmsi_at(nas + IDENTITY, length, s_tmsi);
}
