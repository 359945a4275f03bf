/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: Registration, Deregistration of both sides and Service Request, with the optional fields
 * that these procedures need without EPS interworking.
 * Leaves out: mobility restriction, EPS interworking, emergency numbers, LADN, CAG, power saving: a
 * receiver skips their fields.
 * Sources: TS 24.501 8.2.6 to 8.2.9, 8.2.12 to 8.2.18; each identifier and order from the table of
 * its clause.
 */
#include "models/msg/nas_layout.h"

const uint8_t nas_ue_capability[4] = {0xf0, 0xf0, 0xf0, 0xf0};

#define STRUCT nas_registration_request
const struct nas_field nas_fields_registration_request[] = {
	NAS_ROW_BITS(ngksi, 4, 4, "ngKSI", "9.11.3.32", NGKSI),
	NAS_ROW_BITS(follow_on, 3, 1, "follow-on request pending", "9.11.3.7", YES),
	NAS_ROW_BITS(type, 0, 3, "5GS registration type", "9.11.3.7", REGISTRATION),
	NAS_ROW(0, LVE, IDENTITY, 1, 3000, identity, "5GS mobile identity", "9.11.3.4", HEX),
	NAS_ROW(0xc0, TV_HALF, OCTET, 1, 1, noncurrent_ngksi, "non-current native ngKSI", "9.11.3.32",
	        NGKSI),
	NAS_ROW(0x10, TLV, OCTET, 1, 13, capability_5gmm, "5GMM capability", "9.11.3.1", HEX),
	NAS_ROW(0x2e, TLV, OCTETS, 2, 8, security_capability, "UE security capability", "9.11.3.54",
	        CAPABILITY),
	NAS_ROW(0x2f, TLV, OCTETS, 2, 72, requested_nssai, "Requested NSSAI", "9.11.3.37", NSSAI),
	NAS_ROW_IF(has_last_tai, 0x52, TV, FIXED, 6, 6, last_tai, "last visited registered TAI",
	           "9.11.3.8", TAI),
	NAS_ROW(0x40, TLV, OCTETS, 2, 32, uplink_data_status, "uplink data status", "9.11.3.57", HEX),
	NAS_ROW(0x50, TLV, OCTETS, 2, 32, pdu_session_status, "PDU session status", "9.11.3.44", HEX),
	NAS_ROW(0xb0, TV_HALF, OCTET, 1, 1, mico, "MICO indication", "9.11.3.31", NUMBER),
	NAS_ROW(0x2b, TLV, OCTET, 1, 1, ue_status, "UE status", "9.11.3.56", HEX),
	NAS_ROW_IF(has_additional_guti, 0x77, TLVE, GUTI, 11, 11, additional_guti, "additional GUTI",
	           "9.11.3.4", HEX),
	NAS_ROW(0x25, TLV, OCTETS, 2, 32, allowed_pdu_session_status, "allowed PDU session status",
	        "9.11.3.13", HEX),
	NAS_ROW(0x18, TLV, OCTET, 1, 1, usage_setting, "UE's usage setting", "9.11.3.55", NUMBER),
	NAS_ROW(0x53, TLV, OCTET, 1, 1, update_type, "5GS update type", "9.11.3.9A", HEX),
	NAS_ROW(0x71, TLVE, OCTETS, 1, NAS_OCTETS_MAX, container, "NAS message container", "9.11.3.33",
	        NAS),
	NAS_END};
#undef STRUCT

#define STRUCT nas_registration_accept
const struct nas_field nas_fields_registration_accept[] = {
	{.name = "5GS registration result", .clause = "9.11.3.6", .format = NAS_LV, .kind = NAS_F_FIXED,
	 .min = 1, .max = 1, .at = NAS_AT(result), .flag = NAS_NO_FLAG, .show = NAS_SHOW_RESULT},
	NAS_ROW_IF(has_guti, 0x77, TLVE, GUTI, 11, 11, guti, "5G-GUTI", "9.11.3.4", HEX),
	NAS_ROW(0x4a, TLV, OCTETS, 3, 45, equivalent_plmns, "equivalent PLMNs", "9.11.3.45", HEX),
	NAS_ROW(0x54, TLV, OCTETS, 7, 112, tai_list, "TAI list", "9.11.3.9", TAI_LIST),
	NAS_ROW(0x15, TLV, OCTETS, 2, 72, allowed_nssai, "Allowed NSSAI", "9.11.3.37", NSSAI),
	NAS_ROW(0x11, TLV, OCTETS, 2, 40, rejected_nssai, "Rejected NSSAI", "9.11.3.46", HEX),
	NAS_ROW(0x31, TLV, OCTETS, 2, 144, configured_nssai, "Configured NSSAI", "9.11.3.37", NSSAI),
	NAS_ROW(0x21, TLV, OCTETS, 1, 3, feature_support, "5GS network feature support", "9.11.3.5",
	        HEX),
	NAS_ROW(0x50, TLV, OCTETS, 2, 32, pdu_session_status, "PDU session status", "9.11.3.44", HEX),
	NAS_ROW(0x26, TLV, OCTETS, 2, 32, pdu_session_reactivation, "PDU session reactivation result",
	        "9.11.3.42", HEX),
	NAS_ROW(0xb0, TV_HALF, OCTET, 1, 1, mico, "MICO indication", "9.11.3.31", NUMBER),
	NAS_ROW(0x90, TV_HALF, OCTET, 1, 1, slicing, "network slicing indication", "9.11.3.36", NUMBER),
	NAS_ROW(0x5e, TLV, OCTET, 1, 1, t3512, "T3512", "9.11.2.5", TIMER3),
	NAS_ROW(0x5d, TLV, OCTET, 1, 1, non_3gpp_timer, "non-3GPP de-registration timer", "9.11.2.4",
	        TIMER2),
	NAS_ROW(0x16, TLV, OCTET, 1, 1, t3502, "T3502", "9.11.2.4", TIMER2),
	NAS_ROW(0x78, TLVE, OCTETS, 4, 1500, eap, "EAP message", "9.11.2.2", EAP),
	NAS_END};
#undef STRUCT

#define STRUCT nas_registration_reject
const struct nas_field nas_fields_registration_reject[] = {
	NAS_ROW_BITS(cause, 0, 8, "5GMM cause", "9.11.3.2", CAUSE),
	NAS_ROW(0x5f, TLV, OCTET, 1, 1, t3346, "T3346", "9.11.2.4", TIMER2),
	NAS_ROW(0x16, TLV, OCTET, 1, 1, t3502, "T3502", "9.11.2.4", TIMER2),
	NAS_ROW(0x78, TLVE, OCTETS, 4, 1500, eap, "EAP message", "9.11.2.2", EAP),
	NAS_ROW(0x69, TLV, OCTETS, 2, 40, rejected_nssai, "Rejected NSSAI", "9.11.3.46", HEX),
	NAS_END};
#undef STRUCT

#define STRUCT nas_deregistration_request
const struct nas_field nas_fields_deregistration_request[] = {
	NAS_ROW_BITS(ngksi, 4, 4, "ngKSI", "9.11.3.32", NGKSI),
	NAS_ROW_BITS(switch_off, 3, 1, "switch off", "9.11.3.20", YES),
	{.name = "access type", .clause = "9.11.3.20", .format = NAS_V, .kind = NAS_F_ACCESS,
	 .width = 2, .at = NAS_AT(access), .flag = NAS_NO_FLAG, .show = NAS_SHOW_ACCESS},
	NAS_ROW(0, LVE, IDENTITY, 1, 3000, identity, "5GS mobile identity", "9.11.3.4", HEX),
	NAS_END};
#undef STRUCT

#define STRUCT nas_deregistration_command
const struct nas_field nas_fields_deregistration_command[] = {
	NAS_ROW_BITS(reregistration, 2, 1, "re-registration required", "9.11.3.20", YES),
	{.name = "access type", .clause = "9.11.3.20", .format = NAS_V, .kind = NAS_F_ACCESS,
	 .width = 2, .at = NAS_AT(access), .flag = NAS_NO_FLAG, .show = NAS_SHOW_ACCESS},
	NAS_ROW(0x58, TV, OCTET, 1, 1, cause, "5GMM cause", "9.11.3.2", CAUSE),
	NAS_ROW(0x5f, TLV, OCTET, 1, 1, t3346, "T3346", "9.11.2.4", TIMER2),
	NAS_ROW(0x6d, TLV, OCTETS, 2, 40, rejected_nssai, "Rejected NSSAI", "9.11.3.46", HEX),
	NAS_END};
#undef STRUCT

#define STRUCT nas_service_request
const struct nas_field nas_fields_service_request[] = {
	NAS_ROW_BITS(service_type, 4, 4, "service type", "9.11.3.50", SERVICE),
	NAS_ROW_BITS(ngksi, 0, 4, "ngKSI", "9.11.3.32", NGKSI),
	NAS_ROW(0, LVE, S_TMSI, 7, 7, guti, "5G-S-TMSI", "9.11.3.4", HEX),
	NAS_ROW(0x40, TLV, OCTETS, 2, 32, uplink_data_status, "uplink data status", "9.11.3.57", HEX),
	NAS_ROW(0x50, TLV, OCTETS, 2, 32, pdu_session_status, "PDU session status", "9.11.3.44", HEX),
	NAS_ROW(0x25, TLV, OCTETS, 2, 32, allowed_pdu_session_status, "allowed PDU session status",
	        "9.11.3.13", HEX),
	NAS_ROW(0x71, TLVE, OCTETS, 1, NAS_OCTETS_MAX, container, "NAS message container", "9.11.3.33",
	        NAS),
	NAS_END};
#undef STRUCT

#define STRUCT nas_service_accept
const struct nas_field nas_fields_service_accept[] = {
	NAS_ROW(0x50, TLV, OCTETS, 2, 32, pdu_session_status, "PDU session status", "9.11.3.44", HEX),
	NAS_ROW(0x26, TLV, OCTETS, 2, 32, pdu_session_reactivation, "PDU session reactivation result",
	        "9.11.3.42", HEX),
	NAS_ROW(0x78, TLVE, OCTETS, 4, 1500, eap, "EAP message", "9.11.2.2", EAP),
	NAS_ROW(0x6b, TLV, OCTET, 1, 1, t3448, "T3448", "9.11.2.4", TIMER2),
	NAS_END};
#undef STRUCT

#define STRUCT nas_service_reject
const struct nas_field nas_fields_service_reject[] = {
	NAS_ROW_BITS(cause, 0, 8, "5GMM cause", "9.11.3.2", CAUSE),
	NAS_ROW(0x50, TLV, OCTETS, 2, 32, pdu_session_status, "PDU session status", "9.11.3.44", HEX),
	NAS_ROW(0x5f, TLV, OCTET, 1, 1, t3346, "T3346", "9.11.2.4", TIMER2),
	NAS_ROW(0x78, TLVE, OCTETS, 4, 1500, eap, "EAP message", "9.11.2.2", EAP),
	NAS_ROW(0x6b, TLV, OCTET, 1, 1, t3448, "T3448", "9.11.2.4", TIMER2),
	NAS_END};
#undef STRUCT

uint16_t nas_registration_request(const struct nas_registration_request *m, uint8_t *out)
{
	return nas_encode_body(NAS_REGISTRATION_REQUEST, m, out);
}

uint16_t nas_registration_accept(const struct nas_registration_accept *m, uint8_t *out)
{
	return nas_encode_body(NAS_REGISTRATION_ACCEPT, m, out);
}

uint16_t nas_registration_complete(uint8_t *out)
{
	return nas_encode_body(NAS_REGISTRATION_COMPLETE, NULL, out);
}

uint16_t nas_registration_reject(uint8_t cause, uint8_t *out)
{
	const struct nas_registration_reject m = {.cause = cause};

	return nas_encode_body(NAS_REGISTRATION_REJECT, &m, out);
}

uint16_t nas_deregistration_request(const struct nas_deregistration_request *m, uint8_t *out)
{
	return nas_encode_body(NAS_DEREGISTRATION_REQUEST, m, out);
}

uint16_t nas_deregistration_accept(uint8_t *out)
{
	return nas_encode_body(NAS_DEREGISTRATION_ACCEPT, NULL, out);
}

uint16_t nas_deregistration_command(const struct nas_deregistration_command *m, uint8_t *out)
{
	return nas_encode_body(NAS_DEREGISTRATION_COMMAND, m, out);
}

uint16_t nas_deregistration_command_accept(uint8_t *out)
{
	return nas_encode_body(NAS_DEREGISTRATION_COMMAND_ACCEPT, NULL, out);
}

uint16_t nas_service_request(const struct nas_service_request *m, uint8_t *out)
{
	return nas_encode_body(NAS_SERVICE_REQUEST, m, out);
}

uint16_t nas_service_accept(const struct nas_service_accept *m, uint8_t *out)
{
	return nas_encode_body(NAS_SERVICE_ACCEPT, m, out);
}

uint16_t nas_service_reject(const struct nas_service_reject *m, uint8_t *out)
{
	return nas_encode_body(NAS_SERVICE_REJECT, m, out);
}
