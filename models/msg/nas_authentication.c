/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: authentication (5G-AKA and the EAP forms), identity and security mode control messages.
 * Leaves out: S1 UE security capabilities and EPS algorithms in the Security Mode Command.
 * Sources: TS 24.501 8.2.1 to 8.2.5, 8.2.21, 8.2.22, 8.2.25 to 8.2.27.
 */
#include "models/msg/nas_writer.h"
#include "sim/core/status.h"
#include <string.h>

uint16_t nas_authentication_request(const struct nas_authentication_request *m, uint8_t *out)
{
	struct nas_writer w = nas_begin(out, NAS_AUTHENTICATION_REQUEST);

	nas_v(&w, m->ngksi);
	nas_lv(&w, m->abba, 2);
	if (m->eap.n == 0) {
		nas_v(&w, 0x21);
		nas_put(&w, m->rand, 16);
		nas_tlv(&w, 0x20, m->autn, 16);
	}
	nas_optional_e(&w, 0x78, m->eap);
	return w.n;
}

uint16_t nas_authentication_response(const struct nas_authentication_response *m, uint8_t *out)
{
	struct nas_writer w = nas_begin(out, NAS_AUTHENTICATION_RESPONSE);

	if (m->eap.n == 0)
		nas_tlv(&w, 0x2d, m->res_star, 16);
	nas_optional_e(&w, 0x78, m->eap);
	return w.n;
}

uint16_t nas_authentication_result(const struct nas_authentication_result *m, uint8_t *out)
{
	struct nas_writer w = nas_begin(out, NAS_AUTHENTICATION_RESULT);

	nas_v(&w, m->ngksi);
	nas_lve(&w, m->eap.at, m->eap.n);
	if (m->has_abba)
		nas_tlv(&w, 0x38, m->abba, 2);
	return w.n;
}

uint16_t nas_authentication_failure(const struct nas_authentication_failure *m, uint8_t *out)
{
	struct nas_writer w = nas_begin(out, NAS_AUTHENTICATION_FAILURE);

	nas_v(&w, m->cause);
	if (m->has_auts)
		nas_tlv(&w, 0x30, m->auts, 14);
	return w.n;
}

uint16_t nas_authentication_reject(uint8_t *out)
{
	return nas_begin(out, NAS_AUTHENTICATION_REJECT).n;
}

uint16_t nas_identity_request(uint8_t *out)
{
	struct nas_writer w = nas_begin(out, NAS_IDENTITY_REQUEST);
	nas_v(&w, 1); /* 9.11.3.3: SUCI */
	return w.n;
}

uint16_t nas_identity_response(const struct nas_identity *m, uint8_t *out)
{
	struct nas_writer w = nas_begin(out, NAS_IDENTITY_RESPONSE);
	nas_identity_lve(&w, m);
	return w.n;
}

uint16_t nas_security_mode_command(const struct nas_security_mode_command *m, uint8_t *out)
{
	struct nas_writer w = nas_begin(out, NAS_SECURITY_MODE_COMMAND);

	nas_v(&w, (uint8_t)(m->ciphering << 4 | m->integrity));
	nas_v(&w, m->ngksi);
	nas_lv(&w, m->security_capability.at, m->security_capability.n);
	if (m->imeisv_request)
		nas_v(&w, 0xe1);
	nas_optional_octet(&w, 0x36, m->additional);
	return w.n;
}

/* 9.11.3.4: the first digit shares its octet with the type, an odd end is filled with 0xf. */
static void put_imeisv(struct nas_writer *w, const char *digits)
{
	uint8_t octets[9];

	SIM_ASSERT(strlen(digits) == 16);
	octets[0] = (uint8_t)((digits[0] - '0') << 4 | 5); /* IMEISV, even number of digits */
	for (int i = 1; i < 9; i++) {
		int high = i < 8 ? digits[2 * i] - '0' : 0xf;
		octets[i] = (uint8_t)(high << 4 | (digits[2 * i - 1] - '0'));
	}
	nas_tlve(w, 0x77, octets, sizeof octets);
}

uint16_t nas_security_mode_complete(const struct nas_security_mode_complete *m, uint8_t *out)
{
	struct nas_writer w = nas_begin(out, NAS_SECURITY_MODE_COMPLETE);

	if (m->imeisv[0])
		put_imeisv(&w, m->imeisv);
	nas_optional_e(&w, 0x71, m->container);
	return w.n;
}

uint16_t nas_security_mode_reject(uint8_t cause, uint8_t *out)
{
	struct nas_writer w = nas_begin(out, NAS_SECURITY_MODE_REJECT);
	nas_v(&w, cause);
	return w.n;
}
