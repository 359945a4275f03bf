/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: generic UE configuration update (a new 5G-GUTI, names of the network, time, slices),
 * transport of what is not 5GMM, notification, status.
 * Leaves out: service areas, operator-defined access categories, CAG, SMS indication: a receiver
 * skips them. Session management inside a payload container is octets here.
 * Sources: TS 24.501 8.2.10, 8.2.11, 8.2.19, 8.2.20, 8.2.23, 8.2.24, 8.2.29, 9.11.3.35 (network
 * name), TS 24.008 10.5.3.5a, 10.5.3.12.
 */
#include "models/msg/nas_layout.h"

#define STRUCT nas_configuration_update
const struct nas_field nas_fields_configuration_update[] = {
	NAS_ROW_FLAGS(0xd0, 2, acknowledge, "configuration update indication", "9.11.3.18", UPDATE),
	NAS_ROW_IF(has_guti, 0x77, TLVE, GUTI, 11, 11, guti, "5G-GUTI", "9.11.3.4", HEX),
	NAS_ROW(0x54, TLV, OCTETS, 7, 112, tai_list, "TAI list", "9.11.3.9", TAI_LIST),
	NAS_ROW(0x15, TLV, OCTETS, 2, 72, allowed_nssai, "Allowed NSSAI", "9.11.3.37", NSSAI),
	NAS_ROW(0x43, TLV, NAME, 1, 255, full_name, "full name of the network", "9.11.3.35", HEX),
	NAS_ROW(0x45, TLV, NAME, 1, 255, short_name, "short name of the network", "9.11.3.35", HEX),
	NAS_ROW(0x46, TV, OCTET, 1, 1, time_zone, "local time zone", "9.11.3.52", ZONE),
	NAS_ROW_IF(has_time, 0x47, TV, FIXED, 7, 7, time, "universal time and local time zone",
	           "9.11.3.53", TIME),
	NAS_ROW(0x49, TLV, OCTET, 1, 1, daylight_saving, "network daylight saving time", "9.11.3.19",
	        NUMBER),
	NAS_ROW(0xb0, TV_HALF, OCTET, 1, 1, mico, "MICO indication", "9.11.3.31", NUMBER),
	NAS_ROW(0x90, TV_HALF, OCTET, 1, 1, slicing, "network slicing indication", "9.11.3.36", NUMBER),
	NAS_ROW(0x31, TLV, OCTETS, 2, 144, configured_nssai, "Configured NSSAI", "9.11.3.37", NSSAI),
	NAS_ROW(0x11, TLV, OCTETS, 2, 40, rejected_nssai, "Rejected NSSAI", "9.11.3.46", HEX),
	NAS_END};
#undef STRUCT

#define STRUCT nas_notification
const struct nas_field nas_fields_notification[] = {
	NAS_ROW_BITS(access, 0, 2, "access type", "9.11.2.1A", ACCESS),
	NAS_END};
#undef STRUCT

#define STRUCT nas_notification_response
const struct nas_field nas_fields_notification_response[] = {
	NAS_ROW(0x50, TLV, OCTETS, 2, 32, pdu_session_status, "PDU session status", "9.11.3.44", HEX),
	NAS_END};
#undef STRUCT

/* Both directions: what only one has does not collide with the other's. */
#define STRUCT nas_transport
const struct nas_field nas_fields_transport[] = {
	NAS_ROW_BITS(kind, 0, 4, "payload container type", "9.11.3.40", PAYLOAD),
	NAS_ROW(0, LVE, OCTETS, 1, NAS_OCTETS_MAX, payload, "payload container", "9.11.3.39", HEX),
	NAS_ROW(0x12, TV, OCTET, 1, 1, pdu_session, "PDU session ID", "9.11.3.41", NUMBER),
	NAS_ROW(0x80, TV_HALF, OCTET, 1, 1, request_type, "request type", "9.11.3.47", NUMBER),
	NAS_ROW(0x22, TLV, OCTETS, 1, 8, s_nssai, "S-NSSAI", "9.11.2.8", HEX),
	NAS_ROW(0x25, TLV, OCTETS, 1, 100, dnn, "DNN", "9.11.2.1B", HEX),
	NAS_ROW(0x24, TLV, OCTETS, 1, 255, additional, "additional information", "9.11.2.1", HEX),
	NAS_ROW(0x58, TV, OCTET, 1, 1, cause, "5GMM cause", "9.11.3.2", CAUSE),
	NAS_ROW(0x37, TLV, OCTET, 1, 1, back_off, "back-off timer", "9.11.2.5", TIMER3),
	NAS_END};
#undef STRUCT

uint16_t nas_configuration_update(const struct nas_configuration_update *m, uint8_t *out)
{
	return nas_encode_body(NAS_CONFIGURATION_UPDATE_COMMAND, m, out);
}

uint16_t nas_configuration_update_complete(uint8_t *out)
{
	return nas_encode_body(NAS_CONFIGURATION_UPDATE_COMPLETE, NULL, out);
}

uint16_t nas_status(uint8_t cause, uint8_t *out)
{
	return nas_encode_body(NAS_STATUS, &cause, out);
}
