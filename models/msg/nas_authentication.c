/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: authentication (5G-AKA and the EAP forms), identity and security mode control messages.
 * Leaves out: S1 UE security capabilities; an ABBA longer than two octets (Release 15 to 18 know
 * only 0x0000).
 * Sources: TS 24.501 8.2.1 to 8.2.5, 8.2.21, 8.2.22, 8.2.25 to 8.2.27.
 */
#include "models/msg/nas_layout.h"

#define STRUCT nas_authentication_request
const struct nas_field nas_fields_authentication_request[] = {
	NAS_ROW_BITS(ngksi, 0, 4, "ngKSI", "9.11.3.32", NGKSI),
	NAS_ROW(0, LV, FIXED, 2, 2, abba, "ABBA", "9.11.3.10", HEX),
	NAS_ROW_IF(eap, 0x21, TV, NO_EAP, 16, 16, rand, "RAND", "9.11.3.16", HEX),
	NAS_ROW_IF(eap, 0x20, TLV, NO_EAP, 16, 16, autn, "AUTN", "9.11.3.15", HEX),
	NAS_ROW(0x78, TLVE, OCTETS, 4, 1500, eap, "EAP message", "9.11.2.2", EAP),
	NAS_END};
#undef STRUCT

#define STRUCT nas_authentication_response
const struct nas_field nas_fields_authentication_response[] = {
	NAS_ROW_IF(eap, 0x2d, TLV, NO_EAP, 16, 16, res_star, "RES*", "9.11.3.17", HEX),
	NAS_ROW(0x78, TLVE, OCTETS, 4, 1500, eap, "EAP message", "9.11.2.2", EAP),
	NAS_END};
#undef STRUCT

#define STRUCT nas_authentication_result
const struct nas_field nas_fields_authentication_result[] = {
	NAS_ROW_BITS(ngksi, 0, 4, "ngKSI", "9.11.3.32", NGKSI),
	NAS_ROW(0, LVE, OCTETS, 4, 1500, eap, "EAP message", "9.11.2.2", EAP),
	NAS_ROW_IF(has_abba, 0x38, TLV, FIXED, 2, 2, abba, "ABBA", "9.11.3.10", HEX),
	NAS_END};
#undef STRUCT

#define STRUCT nas_authentication_failure
const struct nas_field nas_fields_authentication_failure[] = {
	NAS_ROW_BITS(cause, 0, 8, "5GMM cause", "9.11.3.2", CAUSE),
	NAS_ROW_IF(has_auts, 0x30, TLV, FIXED, 14, 14, auts, "AUTS", "9.11.3.14", HEX),
	NAS_END};
#undef STRUCT

#define STRUCT nas_authentication_reject
const struct nas_field nas_fields_authentication_reject[] = {
	NAS_ROW(0x78, TLVE, OCTETS, 4, 1500, eap, "EAP message", "9.11.2.2", EAP),
	NAS_END};
#undef STRUCT

#define STRUCT nas_identity_request
const struct nas_field nas_fields_identity_request[] = {
	NAS_ROW_BITS(kind, 0, 3, "5GS identity type", "9.11.3.3", IDENTITY_TYPE),
	NAS_END};
#undef STRUCT

/* The body is the identity itself. */
const struct nas_field nas_fields_identity_response[] = {
	{.name = "5GS mobile identity", .clause = "9.11.3.4", .format = NAS_LVE, .kind = NAS_F_IDENTITY,
	 .min = 1, .max = 3000, .flag = NAS_NO_FLAG},
	NAS_END};

#define STRUCT nas_security_mode_command
const struct nas_field nas_fields_security_mode_command[] = {
	NAS_ROW_BITS(ciphering, 4, 4, "ciphering algorithm", "9.11.3.34", CIPHERING),
	NAS_ROW_BITS(integrity, 0, 4, "integrity protection algorithm", "9.11.3.34", INTEGRITY),
	NAS_ROW_BITS(ngksi, 0, 4, "ngKSI", "9.11.3.32", NGKSI),
	NAS_ROW(0, LV, OCTETS, 2, 8, security_capability, "replayed UE security capabilities",
	        "9.11.3.54", CAPABILITY),
	NAS_ROW_FLAGS(0xe0, 1, imeisv_request, "IMEISV request", "9.11.3.28", NUMBER),
	NAS_ROW(0x57, TV, OCTET, 1, 1, eps_algorithms, "selected EPS NAS security algorithms",
	        "9.11.3.25", HEX),
	NAS_ROW(0x36, TLV, OCTET, 1, 1, additional, "additional 5G security information", "9.11.3.12",
	        ADDITIONAL),
	NAS_ROW(0x78, TLVE, OCTETS, 4, 1500, eap, "EAP message", "9.11.2.2", EAP),
	NAS_ROW_IF(has_abba, 0x38, TLV, FIXED, 2, 2, abba, "ABBA", "9.11.3.10", HEX),
	NAS_END};
#undef STRUCT

#define STRUCT nas_security_mode_complete
const struct nas_field nas_fields_security_mode_complete[] = {
	NAS_ROW(0x77, TLVE, IMEISV, 9, 9, imeisv, "IMEISV", "9.11.3.4", HEX),
	NAS_ROW(0x71, TLVE, OCTETS, 1, NAS_OCTETS_MAX, container, "NAS message container", "9.11.3.33",
	        NAS),
	NAS_END};
#undef STRUCT

uint16_t nas_authentication_request(const struct nas_authentication_request *m, uint8_t *out)
{
	return nas_encode_body(NAS_AUTHENTICATION_REQUEST, m, out);
}

uint16_t nas_authentication_response(const struct nas_authentication_response *m, uint8_t *out)
{
	return nas_encode_body(NAS_AUTHENTICATION_RESPONSE, m, out);
}

uint16_t nas_authentication_result(const struct nas_authentication_result *m, uint8_t *out)
{
	return nas_encode_body(NAS_AUTHENTICATION_RESULT, m, out);
}

uint16_t nas_authentication_failure(const struct nas_authentication_failure *m, uint8_t *out)
{
	return nas_encode_body(NAS_AUTHENTICATION_FAILURE, m, out);
}

uint16_t nas_authentication_reject(uint8_t *out)
{
	const struct nas_authentication_reject m = {{NULL, 0}};

	return nas_encode_body(NAS_AUTHENTICATION_REJECT, &m, out);
}

uint16_t nas_identity_request(uint8_t *out)
{
	const struct nas_identity_request m = {NAS_IDENTITY_SUCI};

	return nas_encode_body(NAS_IDENTITY_REQUEST, &m, out);
}

uint16_t nas_identity_response(const struct nas_identity *m, uint8_t *out)
{
	return nas_encode_body(NAS_IDENTITY_RESPONSE, m, out);
}

uint16_t nas_security_mode_command(const struct nas_security_mode_command *m, uint8_t *out)
{
	return nas_encode_body(NAS_SECURITY_MODE_COMMAND, m, out);
}

uint16_t nas_security_mode_complete(const struct nas_security_mode_complete *m, uint8_t *out)
{
	return nas_encode_body(NAS_SECURITY_MODE_COMPLETE, m, out);
}

uint16_t nas_security_mode_reject(uint8_t cause, uint8_t *out)
{
	return nas_encode_body(NAS_SECURITY_MODE_REJECT, &cause, out);
}
