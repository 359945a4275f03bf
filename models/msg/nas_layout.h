/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How messages lie in octets: one table of fields per message, from which nas_encode(),
 * nas_decode() and nas_print() all work; for models/msg/nas_*.c and the tests of the codec alone.
 *
 * Mandatory fields come first, then the optional ones in the order of the message's clause.
 */
#ifndef MODELS_MSG_NAS_LAYOUT_H
#define MODELS_MSG_NAS_LAYOUT_H

#include "models/msg/nas_writer.h"
#include <stddef.h>

/* TS 24.007 11.2.1.1; the first three are mandatory fields */
enum nas_format { NAS_V, NAS_LV, NAS_LVE, NAS_TV_HALF, NAS_TV, NAS_TLV, NAS_TLVE };

/* What the member of the struct is. */
enum nas_kind {
	NAS_F_BITS,    /* uint8_t or bool: `width` bits from bit `shift`; rows of one octet go
	                * from high to low, shift 0 ends the octet                         */
	NAS_F_ACCESS,  /* the same, but 0 is sent as NAS_3GPP_ACCESS                             */
	NAS_F_FLAGS,   /* bool[width], bit 1 first: absent when none is true                     */
	NAS_F_OCTET,   /* struct nas_octet                                                       */
	NAS_F_OCTETS,  /* struct nas_octets                                                      */
	NAS_F_FIXED,   /* uint8_t[max]; optional: when the bool at `flag` is true                */
	NAS_F_NO_EAP,  /* uint8_t[max]: there when the struct nas_octets at `flag` is absent     */
	NAS_F_GUTI,    /* struct id_guti when the bool at `flag` is true                         */
	NAS_F_S_TMSI,  /* struct id_guti, mandatory                                              */
	NAS_F_IDENTITY,/* struct nas_identity, mandatory                                         */
	NAS_F_IMEISV,  /* char[17]                                                               */
	NAS_F_NAME     /* char[NAS_NAME_MAX + 1]                                                 */
};

/* How a value is printed. */
enum nas_show {
	NAS_SHOW_HEX,
	NAS_SHOW_NUMBER,
	NAS_SHOW_YES,
	NAS_SHOW_NGKSI,
	NAS_SHOW_REGISTRATION,
	NAS_SHOW_RESULT,
	NAS_SHOW_ACCESS,
	NAS_SHOW_SERVICE,
	NAS_SHOW_IDENTITY_TYPE,
	NAS_SHOW_CAUSE,
	NAS_SHOW_CIPHERING,
	NAS_SHOW_INTEGRITY,
	NAS_SHOW_CAPABILITY,
	NAS_SHOW_ADDITIONAL, /* 9.11.3.12 */
	NAS_SHOW_UPDATE,     /* 9.11.3.18 */
	NAS_SHOW_TIMER2,
	NAS_SHOW_TIMER3,
	NAS_SHOW_NSSAI,
	NAS_SHOW_TAI_LIST,
	NAS_SHOW_TAI,
	NAS_SHOW_ZONE,
	NAS_SHOW_TIME,
	NAS_SHOW_PAYLOAD,    /* 9.11.3.40 */
	NAS_SHOW_NAS,        /* a whole NAS message */
	NAS_SHOW_EAP         /* a whole EAP packet */
};

enum { NAS_NO_FLAG = 0xffff };

struct nas_field {
	const char *name, *clause; /* of TS 24.501; NULL name: end */
	uint8_t iei, format, kind;
	uint8_t shift, width;
	uint16_t min, max; /* octets of the value; more than max are no error, but not looked at */
	uint16_t at, flag;
	uint8_t show;
};

/* Rows of a table; STRUCT names the struct that a table describes. */
#define NAS_AT(member) offsetof(struct STRUCT, member)
#define NAS_ROW_BITS(member, low, bits, text, where, look) \
	{.name = text, .clause = where, .format = NAS_V, .kind = NAS_F_BITS, .shift = low, \
	 .width = bits, .at = NAS_AT(member), .flag = NAS_NO_FLAG, .show = NAS_SHOW_##look}
#define NAS_ROW(id, form, what, least, most, member, text, where, look) \
	{.name = text, .clause = where, .iei = id, .format = NAS_##form, .kind = NAS_F_##what, \
	 .min = least, .max = most, .at = NAS_AT(member), .flag = NAS_NO_FLAG, .show = NAS_SHOW_##look}
#define NAS_ROW_IF(condition, id, form, what, least, most, member, text, where, look) \
	{.name = text, .clause = where, .iei = id, .format = NAS_##form, .kind = NAS_F_##what, \
	 .min = least, .max = most, .at = NAS_AT(member), .flag = NAS_AT(condition), \
	 .show = NAS_SHOW_##look}
#define NAS_ROW_FLAGS(id, bits, member, text, where, look) \
	{.name = text, .clause = where, .iei = id, .format = NAS_TV_HALF, .kind = NAS_F_FLAGS, \
	 .width = bits, .min = 1, .max = 1, .at = NAS_AT(member), .flag = NAS_NO_FLAG, \
	 .show = NAS_SHOW_##look}
#define NAS_END {.name = NULL}

/* MESSAGE(type, table, text, clause): nas_layout.c makes the list of it. */
#define NAS_MESSAGES(MESSAGE) \
	MESSAGE(REGISTRATION_REQUEST, registration_request, "Registration Request", "8.2.6") \
	MESSAGE(REGISTRATION_ACCEPT, registration_accept, "Registration Accept", "8.2.7") \
	MESSAGE(REGISTRATION_COMPLETE, none, "Registration Complete", "8.2.8") \
	MESSAGE(REGISTRATION_REJECT, registration_reject, "Registration Reject", "8.2.9") \
	MESSAGE(UL_TRANSPORT, transport, "UL NAS Transport", "8.2.10") \
	MESSAGE(DL_TRANSPORT, transport, "DL NAS Transport", "8.2.11") \
	MESSAGE(DEREGISTRATION_REQUEST, deregistration_request, "Deregistration Request", "8.2.12") \
	MESSAGE(DEREGISTRATION_ACCEPT, none, "Deregistration Accept", "8.2.13") \
	MESSAGE(DEREGISTRATION_COMMAND, deregistration_command, \
	        "Deregistration Request (UE terminated)", "8.2.14") \
	MESSAGE(DEREGISTRATION_COMMAND_ACCEPT, none, \
	        "Deregistration Accept (UE terminated)", "8.2.15") \
	MESSAGE(SERVICE_REQUEST, service_request, "Service Request", "8.2.16") \
	MESSAGE(SERVICE_ACCEPT, service_accept, "Service Accept", "8.2.17") \
	MESSAGE(SERVICE_REJECT, service_reject, "Service Reject", "8.2.18") \
	MESSAGE(CONFIGURATION_UPDATE_COMMAND, configuration_update, "Configuration Update Command", \
	        "8.2.19") \
	MESSAGE(CONFIGURATION_UPDATE_COMPLETE, none, "Configuration Update Complete", "8.2.20") \
	MESSAGE(AUTHENTICATION_REQUEST, authentication_request, "Authentication Request", "8.2.1") \
	MESSAGE(AUTHENTICATION_RESPONSE, authentication_response, "Authentication Response", "8.2.2") \
	MESSAGE(AUTHENTICATION_RESULT, authentication_result, "Authentication Result", "8.2.3") \
	MESSAGE(AUTHENTICATION_FAILURE, authentication_failure, "Authentication Failure", "8.2.4") \
	MESSAGE(AUTHENTICATION_REJECT, authentication_reject, "Authentication Reject", "8.2.5") \
	MESSAGE(IDENTITY_REQUEST, identity_request, "Identity Request", "8.2.21") \
	MESSAGE(IDENTITY_RESPONSE, identity_response, "Identity Response", "8.2.22") \
	MESSAGE(NOTIFICATION, notification, "Notification", "8.2.23") \
	MESSAGE(NOTIFICATION_RESPONSE, notification_response, "Notification Response", "8.2.24") \
	MESSAGE(SECURITY_MODE_COMMAND, security_mode_command, "Security Mode Command", "8.2.25") \
	MESSAGE(SECURITY_MODE_COMPLETE, security_mode_complete, "Security Mode Complete", "8.2.26") \
	MESSAGE(SECURITY_MODE_REJECT, cause, "Security Mode Reject", "8.2.27") \
	MESSAGE(STATUS, cause, "5GMM Status", "8.2.29")

extern const struct nas_field nas_fields_none[], nas_fields_cause[],
	nas_fields_registration_request[], nas_fields_registration_accept[],
	nas_fields_registration_reject[], nas_fields_deregistration_request[],
	nas_fields_deregistration_command[], nas_fields_service_request[], nas_fields_service_accept[],
	nas_fields_service_reject[], nas_fields_configuration_update[],
	nas_fields_authentication_request[], nas_fields_authentication_response[],
	nas_fields_authentication_result[], nas_fields_authentication_failure[],
	nas_fields_authentication_reject[], nas_fields_identity_request[],
	nas_fields_identity_response[], nas_fields_security_mode_command[],
	nas_fields_security_mode_complete[], nas_fields_notification[],
	nas_fields_notification_response[], nas_fields_transport[];

struct nas_layout {
	const char *text, *clause;
	const struct nas_field *fields;
};
const struct nas_layout *nas_layout(uint8_t type); /* NULL: none */

/* One message of a type, from its struct. */
uint16_t nas_encode_body(enum nas_type type, const void *body, uint8_t *out);

/* What a decoder found, in order, for printing. */
enum nas_found { NAS_FOUND, NAS_UNKNOWN, NAS_REPEATED, NAS_INCORRECT };
struct nas_trail {
	uint32_t n;
	struct {
		const struct nas_field *field; /* NULL when unknown  */
		uint8_t found, iei;
		uint16_t at, value, octets;    /* offsets of field and value, length of the value */
	} step[64];
};
/* nas_decode() that also fills *trail, which may be NULL. */
bool nas_decode_trail(const uint8_t *in, size_t n, struct nas_message *m, struct nas_trail *trail,
                      struct msg_fault *fault);

/*
 * A value in words: nas_show.c. v is the value part; of a NAS_F_BITS the bits, moved down, in one
 * octet. Containers are for nas_print.c.
 */
void nas_show(struct msg_printer *p, const struct nas_field *f, struct nas_octets v);
/* Texts of the values: nas_texts.c. */
const char *nas_identity_text(uint8_t kind);
const char *nas_registration_text(uint8_t type);
const char *nas_access_text(uint8_t access);
const char *nas_service_text(uint8_t type);
const char *nas_payload_text(uint8_t kind);
const char *nas_security_text(uint8_t type);

/* 9.11.3.4, value part: nas_identity.c. false: syntactically incorrect. */
bool nas_identity_decode(const uint8_t *in, uint16_t n, struct nas_identity *identity);
bool nas_imeisv_decode(const uint8_t *in, uint16_t n, char digits[NAS_IMEISV_DIGITS + 1]);

#endif
