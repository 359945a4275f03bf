/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * NAS messages of 5GS mobility management (TS 24.501 clause 8.2): one struct per message with its
 * mandatory fields and the optional ones that this network uses; nas_decode() and nas_encode()
 * between struct nas_message and octets, and one encoder per struct.
 *
 * An encoder returns the length; out may be NULL when only the length is wanted, else it has room
 * for NAS_OCTETS_MAX. Optional fields are absent when their length is 0, their flag false, their
 * kind NAS_IDENTITY_NONE or their text empty. struct nas_octets borrows: from the caller when
 * encoding, from the decoded octets when decoding. nas_protect() puts the security header around a
 * plain message.
 */
#ifndef MODELS_MSG_NAS_H
#define MODELS_MSG_NAS_H

#include "models/crypto/nia.h"
#include "models/id/guti.h"
#include "models/id/suci.h"
#include "models/msg/fault.h"
#include "models/msg/print.h"

enum {
	NAS_OCTETS_MAX = 1024,
	NAS_SECURITY_HEADER = 7,
	NAS_EPD = 0x7e,      /* extended protocol discriminator of 5GMM, TS 24.501 9.2   */
	NAS_NGKSI_NONE = 7,  /* 9.11.3.32: no key is available                           */
	NAS_NAME_MAX = 127,  /* characters of a network name                             */
	NAS_IMEISV_DIGITS = 16
};

/* 5GMM message types, table 9.7.1. NAS_PROTECTED is no type of the table: a message whose type is
 * behind a security header (8.2.28). */
enum nas_type {
	NAS_PROTECTED = 0,
	NAS_REGISTRATION_REQUEST = 0x41,
	NAS_REGISTRATION_ACCEPT = 0x42,
	NAS_REGISTRATION_COMPLETE = 0x43,
	NAS_REGISTRATION_REJECT = 0x44,
	NAS_DEREGISTRATION_REQUEST = 0x45, /* UE originating */
	NAS_DEREGISTRATION_ACCEPT = 0x46,
	NAS_DEREGISTRATION_COMMAND = 0x47, /* Deregistration Request, UE terminated */
	NAS_DEREGISTRATION_COMMAND_ACCEPT = 0x48,
	NAS_SERVICE_REQUEST = 0x4c,
	NAS_SERVICE_REJECT = 0x4d,
	NAS_SERVICE_ACCEPT = 0x4e,
	NAS_CONFIGURATION_UPDATE_COMMAND = 0x54,
	NAS_CONFIGURATION_UPDATE_COMPLETE = 0x55,
	NAS_AUTHENTICATION_REQUEST = 0x56,
	NAS_AUTHENTICATION_RESPONSE = 0x57,
	NAS_AUTHENTICATION_REJECT = 0x58,
	NAS_AUTHENTICATION_FAILURE = 0x59,
	NAS_AUTHENTICATION_RESULT = 0x5a,
	NAS_IDENTITY_REQUEST = 0x5b,
	NAS_IDENTITY_RESPONSE = 0x5c,
	NAS_SECURITY_MODE_COMMAND = 0x5d,
	NAS_SECURITY_MODE_COMPLETE = 0x5e,
	NAS_SECURITY_MODE_REJECT = 0x5f,
	NAS_STATUS = 0x64,
	NAS_NOTIFICATION = 0x65,
	NAS_NOTIFICATION_RESPONSE = 0x66,
	NAS_UL_TRANSPORT = 0x67,
	NAS_DL_TRANSPORT = 0x68
};

/* msg_fault.cause: the 5GMM cause (9.11.3.2) that clause 7 gives a message that is none. */
enum nas_fault_cause {
	NAS_IGNORE = 0, /* 7.2, 7.3, 9.3.1: no answer is due */
	NAS_SEMANTICALLY_INCORRECT = 95,
	NAS_INVALID_MANDATORY = 96,
	NAS_TYPE_UNKNOWN = 97,
	NAS_CONDITIONAL_IE = 100,
	NAS_PROTOCOL_ERROR = 111
};

/* Octets of variable length, borrowed; n = 0: absent. */
struct nas_octets {
	const uint8_t *at;
	uint16_t n;
};
/* An octet (or half of one) that may be absent. */
struct nas_octet {
	bool present;
	uint8_t value;
};

/* 9.11.3.4: who a UE says it is; the first eight are the types on the air (9.11.3.3). */
enum nas_identity_kind {
	NAS_IDENTITY_NONE,
	NAS_IDENTITY_SUCI, /* SUPI format IMSI */
	NAS_IDENTITY_GUTI,
	NAS_IDENTITY_IMEI,
	NAS_IDENTITY_S_TMSI,
	NAS_IDENTITY_IMEISV,
	NAS_IDENTITY_MAC,
	NAS_IDENTITY_EUI64,
	NAS_IDENTITY_SUCI_NAI /* SUPI format network specific identifier, GCI or GLI: an NAI as text */
};
struct nas_identity {
	uint8_t kind; /* enum nas_identity_kind */
	union {
		struct id_suci suci;
		struct id_guti guti; /* NAS_IDENTITY_S_TMSI: without PLMN and AMF region */
		char digits[NAS_IMEISV_DIGITS + 1]; /* IMEI (15), IMEISV (16) */
		struct {
			uint8_t octets[8]; /* 6 of a MAC address, 8 of an EUI-64 */
			bool unusable;     /* MAURI: no MAC address usable as equipment identifier */
		} eui;
		struct {
			uint8_t format; /* of the SUPI: 1 network specific identifier, 2 GCI, 3 GLI */
			struct nas_octets text;
		} nai;
	};
};

/* The UE security capability of every UE here: 0 to 3 of 5G-EA, 5G-IA, EEA, EIA (9.11.3.54). */
extern const uint8_t nas_ue_capability[4];

/* ---- registration, deregistration, service: nas_registration.c ---- */

/* 9.11.3.7; values beyond these are read as an initial registration */
enum nas_registration_type {
	NAS_INITIAL = 1,
	NAS_MOBILITY_UPDATE = 2,
	NAS_PERIODIC_UPDATE = 3,
	NAS_EMERGENCY = 4
};
/* 9.11.3.20 and others: bits 1 and 2 */
enum nas_access { NAS_3GPP_ACCESS = 1, NAS_NON_3GPP_ACCESS = 2, NAS_BOTH_ACCESSES = 3 };
/* 9.11.3.50 */
enum nas_service_type {
	NAS_SERVICE_SIGNALLING = 0,
	NAS_SERVICE_DATA = 1,
	NAS_SERVICE_MOBILE_TERMINATED = 2
};

struct nas_registration_request { /* 8.2.6 */
	uint8_t ngksi;             /* NAS_NGKSI_NONE: no key; +8: mapped security context */
	uint8_t type;              /* enum nas_registration_type                    */
	bool follow_on;
	struct nas_identity identity;
	struct nas_octet noncurrent_ngksi, capability_5gmm;
	struct nas_octets security_capability; /* 5G-EA, 5G-IA, EEA, EIA: 2 to 8 octets */
	struct nas_octets requested_nssai;
	bool has_last_tai;
	uint8_t last_tai[6]; /* last visited registered TAI */
	struct nas_octets uplink_data_status, pdu_session_status;
	struct nas_octet mico, ue_status;
	bool has_additional_guti;
	struct id_guti additional_guti;
	struct nas_octets allowed_pdu_session_status;
	struct nas_octet usage_setting, update_type;
	struct nas_octets container; /* the whole request: for a 5G-GUTI, ciphered */
};
struct nas_registration_accept { /* 8.2.7 */
	uint8_t result;              /* 9.11.3.6: 1 3GPP access */
	bool has_guti;
	struct id_guti guti;
	struct nas_octets equivalent_plmns, tai_list, allowed_nssai, rejected_nssai, configured_nssai,
		feature_support, pdu_session_status, pdu_session_reactivation;
	struct nas_octet mico, slicing;
	struct nas_octet t3512, non_3gpp_timer, t3502; /* GPRS timer 3 (t3512) and 2 */
	struct nas_octets eap;
};
struct nas_registration_reject { /* 8.2.9 */
	uint8_t cause;
	struct nas_octet t3346, t3502; /* GPRS timer 2 */
	struct nas_octets eap, rejected_nssai;
};
struct nas_deregistration_request { /* 8.2.12, UE originating */
	uint8_t ngksi;
	bool switch_off;
	uint8_t access; /* enum nas_access; 0 is sent as 3GPP access */
	struct nas_identity identity;
};
struct nas_deregistration_command { /* 8.2.14, UE terminated */
	bool reregistration; /* required */
	uint8_t access;      /* enum nas_access; 0 is sent as 3GPP access */
	struct nas_octet cause, t3346;
	struct nas_octets rejected_nssai;
};
struct nas_service_request { /* 8.2.16 */
	uint8_t ngksi, service_type;
	struct id_guti guti; /* its 5G-S-TMSI is sent */
	struct nas_octets uplink_data_status, pdu_session_status, allowed_pdu_session_status;
	struct nas_octets container; /* the whole request, ciphered */
};
struct nas_service_accept { /* 8.2.17 */
	struct nas_octets pdu_session_status, pdu_session_reactivation, eap;
	struct nas_octet t3448;
};
struct nas_service_reject { /* 8.2.18 */
	uint8_t cause;
	struct nas_octets pdu_session_status;
	struct nas_octet t3346, t3448;
	struct nas_octets eap;
};

uint16_t nas_registration_request(const struct nas_registration_request *m, uint8_t *out);
uint16_t nas_registration_accept(const struct nas_registration_accept *m, uint8_t *out);
uint16_t nas_registration_complete(uint8_t *out);
uint16_t nas_registration_reject(uint8_t cause, uint8_t *out);
uint16_t nas_deregistration_request(const struct nas_deregistration_request *m, uint8_t *out);
uint16_t nas_deregistration_accept(uint8_t *out);
uint16_t nas_deregistration_command(const struct nas_deregistration_command *m, uint8_t *out);
uint16_t nas_deregistration_command_accept(uint8_t *out);
uint16_t nas_service_request(const struct nas_service_request *m, uint8_t *out);
uint16_t nas_service_accept(const struct nas_service_accept *m, uint8_t *out);
uint16_t nas_service_reject(const struct nas_service_reject *m, uint8_t *out);

/* ---- authentication, identity, security mode: nas_authentication.c ---- */

struct nas_authentication_request { /* 8.2.1; 5G-AKA, or EAP when eap.n > 0 */
	uint8_t ngksi;
	uint8_t abba[2];
	uint8_t rand[16], autn[16];
	struct nas_octets eap;
};
struct nas_authentication_response { /* 8.2.2 */
	uint8_t res_star[16];
	struct nas_octets eap; /* instead of RES* */
};
struct nas_authentication_result { /* 8.2.3 */
	uint8_t ngksi;
	struct nas_octets eap;
	bool has_abba;
	uint8_t abba[2];
};
struct nas_authentication_failure { /* 8.2.4 */
	uint8_t cause;
	bool has_auts;
	uint8_t auts[14];
};
struct nas_authentication_reject { /* 8.2.5 */
	struct nas_octets eap;
};
struct nas_identity_request { /* 8.2.21 */
	uint8_t kind; /* enum nas_identity_kind */
};
struct nas_security_mode_command { /* 8.2.25 */
	uint8_t ciphering, integrity; /* algorithm identities */
	uint8_t ngksi;
	struct nas_octets security_capability; /* replayed */
	bool imeisv_request;
	struct nas_octet eps_algorithms;
	struct nas_octet additional; /* 9.11.3.12: 2 = retransmit the initial NAS message, 1 = HDP */
	struct nas_octets eap;
	bool has_abba;
	uint8_t abba[2];
};
struct nas_security_mode_complete { /* 8.2.26 */
	char imeisv[NAS_IMEISV_DIGITS + 1];
	struct nas_octets container;
};

uint16_t nas_authentication_request(const struct nas_authentication_request *m, uint8_t *out);
uint16_t nas_authentication_response(const struct nas_authentication_response *m, uint8_t *out);
uint16_t nas_authentication_result(const struct nas_authentication_result *m, uint8_t *out);
uint16_t nas_authentication_failure(const struct nas_authentication_failure *m, uint8_t *out);
uint16_t nas_authentication_reject(uint8_t *out);
uint16_t nas_identity_request(uint8_t *out); /* asks for the SUCI */
uint16_t nas_identity_response(const struct nas_identity *m, uint8_t *out);
uint16_t nas_security_mode_command(const struct nas_security_mode_command *m, uint8_t *out);
uint16_t nas_security_mode_complete(const struct nas_security_mode_complete *m, uint8_t *out);
uint16_t nas_security_mode_reject(uint8_t cause, uint8_t *out);

/* ---- configuration update, transport, status: nas_configuration.c ---- */

struct nas_configuration_update { /* 8.2.19 */
	bool acknowledge, registration_requested; /* 9.11.3.18 */
	bool has_guti;
	struct id_guti guti;
	struct nas_octets tai_list, allowed_nssai;
	char full_name[NAS_NAME_MAX + 1], short_name[NAS_NAME_MAX + 1]; /* ASCII, sent as UCS2 */
	struct nas_octet time_zone;
	bool has_time;
	uint8_t time[7]; /* 9.11.3.51: BCD, nibbles swapped, with the time zone */
	struct nas_octet daylight_saving, mico, slicing;
	struct nas_octets configured_nssai, rejected_nssai;
};
struct nas_notification { /* 8.2.23 */
	uint8_t access; /* enum nas_access */
};
struct nas_notification_response { /* 8.2.24 */
	struct nas_octets pdu_session_status;
};
struct nas_transport { /* 8.2.10 (UL), 8.2.11 (DL) */
	uint8_t kind; /* 9.11.3.40: 1 N1 SM, 2 SMS, 5 UE policy, 6 UE parameters … */
	struct nas_octets payload;
	struct nas_octet pdu_session;
	struct nas_octet request_type;     /* UL */
	struct nas_octets s_nssai, dnn;    /* UL */
	struct nas_octets additional;
	struct nas_octet cause, back_off;  /* DL */
};

uint16_t nas_configuration_update(const struct nas_configuration_update *m, uint8_t *out);
uint16_t nas_configuration_update_complete(uint8_t *out);
uint16_t nas_status(uint8_t cause, uint8_t *out); /* 8.2.29 */

/* ---- any message: nas_encode.c, nas_decode.c, nas_print.c ---- */

struct nas_header { /* 9.1.1 */
	uint8_t security; /* enum nas_security_type      */
	uint8_t mac[4], sequence; /* absent in a plain message */
};
struct nas_protected { /* 8.2.28 */
	struct nas_header header;
	struct nas_octets message; /* plain, or ciphered */
};

struct nas_message {
	uint8_t type; /* enum nas_type; those without a member have no fields */
	union {
		struct nas_protected protected;
		struct nas_registration_request registration_request;
		struct nas_registration_accept registration_accept;
		struct nas_registration_reject registration_reject;
		struct nas_deregistration_request deregistration_request;
		struct nas_deregistration_command deregistration_command;
		struct nas_service_request service_request;
		struct nas_service_accept service_accept;
		struct nas_service_reject service_reject;
		struct nas_configuration_update configuration_update;
		struct nas_authentication_request authentication_request;
		struct nas_authentication_response authentication_response;
		struct nas_authentication_reject authentication_reject;
		struct nas_authentication_failure authentication_failure;
		struct nas_authentication_result authentication_result;
		struct nas_identity_request identity_request;
		struct nas_identity identity_response;
		struct nas_security_mode_command security_mode_command;
		struct nas_security_mode_complete security_mode_complete;
		uint8_t security_mode_reject; /* cause */
		uint8_t status;               /* cause */
		struct nas_notification notification;
		struct nas_notification_response notification_response;
		struct nas_transport transport; /* NAS_UL_TRANSPORT, NAS_DL_TRANSPORT */
	};
};

/*
 * Any octets. true: *m is a message; its nas_octets point into in. A message with a security header
 * becomes NAS_PROTECTED. false: *fault is what clause 7 says; cause NAS_IGNORE: no answer is due;
 * m->type is what the octets say all the same, so that the answer can be the one of its procedure.
 *
 * Clause 7 as it is read here: an optional field that is unknown, repeated (7.6.3: the first
 * counts), out of sequence (7.6.2) or syntactically incorrect (7.7.1) is treated as absent; unless
 * its identifier demands comprehension and is unknown: cause 96 (7.5.1). fault->offset counts from
 * in[0].
 */
bool nas_decode(const uint8_t *in, size_t n, struct nas_message *m, struct msg_fault *fault);
/* m->type must be one of enum nas_type. out as above. */
uint16_t nas_encode(const struct nas_message *m, uint8_t *out);

/* "Registration Request"; NULL for no type of 5GMM known here. */
const char *nas_text(uint8_t type);
const char *nas_cause_text(uint8_t cause); /* 9.11.3.2; "unknown" */

/* Every field, a line each; a message within it (NAS container, EAP) likewise. false: *fault. */
bool nas_print(struct msg_printer *p, const uint8_t *in, size_t n, struct msg_fault *fault);
/* In one line without a line feed: "Registration Request: initial registration, SUCI 999-70, …". */
void nas_line(struct msg_printer *p, const uint8_t *in, size_t n);

/* ---- security header (9.1.1, 4.4.3, 4.4.4): nas_security.c ---- */

enum nas_security_type {
	NAS_PLAIN,
	NAS_INTEGRITY,             /* integrity protected                             */
	NAS_CIPHERED,              /* and ciphered                                    */
	NAS_INTEGRITY_NEW_CONTEXT, /* Security Mode Command                           */
	NAS_CIPHERED_NEW_CONTEXT   /* Security Mode Complete                          */
};
struct nas_security {
	const uint8_t *knas_int, *knas_enc; /* 16 octets each                         */
	uint32_t count;                     /* NAS COUNT; its low octet is on the air */
	enum crypto_direction direction;
	bool null_integrity, null_ciphering; /* NIA0, NEA0 instead of NIA2, NEA2: its key may be NULL */
	bool non_3gpp; /* the other connection, with COUNTs of its own (TS 33.501 6.4.2.2) */
};
/* out: n + NAS_SECURITY_HEADER octets. Returns that. */
uint16_t nas_protect(struct crypto *c, const struct crypto_suite *suite,
                     const struct nas_security *security, enum nas_security_type type,
                     const uint8_t *plain, uint16_t n, uint8_t *out);
/*
 * The other end: out has room for n octets. Returns the plain length, 0 when the MAC is wrong or
 * the message is no protected one. The caller chose security->count by the sequence number
 * (4.4.3.1): nas_estimate_count().
 */
uint16_t nas_unprotect(struct crypto *c, const struct crypto_suite *suite,
                       const struct nas_security *security, const uint8_t *in, uint16_t n,
                       uint8_t *out);

/* The first octets of any message. false: not 5GMM, or a reserved security header (9.3.1). */
bool nas_header(const uint8_t *in, size_t n, struct nas_header *header, struct msg_fault *fault);
/*
 * 4.4.3.1: the NAS COUNT that a received sequence number stands for, given the lowest one that
 * would not be a replay (one more than the last accepted): the least COUNT >= expected that ends in
 * it.
 */
uint32_t nas_estimate_count(uint32_t expected, uint8_t sequence);

#endif
