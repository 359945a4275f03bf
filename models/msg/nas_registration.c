/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: Registration, Deregistration (UE originating) and Service Request with the optional
 * fields that a registration without a PDU session carries.
 * Leaves out: fields of slicing, mobility restriction, EPS interworking and LADN beyond those.
 * Sources: TS 24.501 8.2.6 to 8.2.9, 8.2.12, 8.2.13, 8.2.16; each identifier from the table of its
 * clause.
 */
#include "models/msg/nas_writer.h"

const uint8_t nas_ue_capability[4] = {0xf0, 0xf0, 0xf0, 0xf0};

uint16_t nas_registration_request(const struct nas_registration_request *m, uint8_t *out)
{
	struct nas_writer w = nas_begin(out, NAS_REGISTRATION_REQUEST);

	nas_v(&w, (uint8_t)(m->ngksi << 4 | m->follow_on << 3 | m->type));
	nas_identity_lve(&w, &m->identity);
	nas_optional_octet(&w, 0x10, m->capability_5gmm);
	nas_optional(&w, 0x2e, m->security_capability);
	nas_optional(&w, 0x2f, m->requested_nssai);
	nas_optional_octet(&w, 0x53, m->update_type);
	nas_optional_e(&w, 0x71, m->container);
	return w.n;
}

uint16_t nas_registration_accept(const struct nas_registration_accept *m, uint8_t *out)
{
	struct nas_writer w = nas_begin(out, NAS_REGISTRATION_ACCEPT);

	nas_lv(&w, &m->result, 1);
	if (m->has_guti)
		nas_guti_tlve(&w, 0x77, m->guti);
	nas_optional(&w, 0x54, m->tai_list);
	nas_optional(&w, 0x15, m->allowed_nssai);
	nas_optional(&w, 0x21, m->feature_support);
	nas_optional_octet(&w, 0x5e, m->t3512);
	nas_optional_octet(&w, 0x16, m->t3502);
	return w.n;
}

uint16_t nas_registration_complete(uint8_t *out)
{
	return nas_begin(out, NAS_REGISTRATION_COMPLETE).n;
}

uint16_t nas_registration_reject(uint8_t cause, uint8_t *out)
{
	struct nas_writer w = nas_begin(out, NAS_REGISTRATION_REJECT);
	nas_v(&w, cause);
	return w.n;
}

uint16_t nas_deregistration_request(const struct nas_deregistration_request *m, uint8_t *out)
{
	struct nas_writer w = nas_begin(out, NAS_DEREGISTRATION_REQUEST);

	nas_v(&w, (uint8_t)(m->ngksi << 4 | m->switch_off << 3 | 1)); /* 1: 3GPP access */
	nas_identity_lve(&w, &m->identity);
	return w.n;
}

uint16_t nas_deregistration_accept(uint8_t *out)
{
	return nas_begin(out, NAS_DEREGISTRATION_ACCEPT).n;
}

uint16_t nas_service_request(const struct nas_service_request *m, uint8_t *out)
{
	struct nas_writer w = nas_begin(out, NAS_SERVICE_REQUEST);
	uint8_t s_tmsi[ID_S_TMSI_OCTETS];

	nas_v(&w, (uint8_t)(m->service_type << 4 | m->ngksi));
	id_s_tmsi_encode(m->guti, s_tmsi);
	nas_lve(&w, s_tmsi, sizeof s_tmsi);
	return w.n;
}
