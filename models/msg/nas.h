/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * NAS messages of 5GS mobility management (TS 24.501 clause 8.2): one struct per message with the
 * optional fields that registrations carry, one encoder per struct.
 *
 * An encoder returns the length; out may be NULL when only the length is wanted, else it has room
 * for NAS_OCTETS_MAX. Optional fields are absent when their length is 0 or their flag false.
 * Containers are borrowed. nas_protect() puts the security header around a plain message.
 */
#ifndef MODELS_MSG_NAS_H
#define MODELS_MSG_NAS_H

#include "models/crypto/nia.h"
#include "models/id/guti.h"
#include "models/id/suci.h"

enum { NAS_OCTETS_MAX = 1024, NAS_SECURITY_HEADER = 7, NAS_NGKSI_NONE = 7 };

/* Octets of variable length, borrowed; n = 0: absent. */
struct nas_octets {
	const uint8_t *at;
	uint16_t n;
};
/* An octet that may be absent. */
struct nas_octet {
	bool present;
	uint8_t value;
};

/* 9.11.3.4: who a UE says it is. */
enum nas_identity_kind { NAS_IDENTITY_SUCI, NAS_IDENTITY_GUTI };
struct nas_identity {
	enum nas_identity_kind kind;
	struct id_suci suci;
	struct id_guti guti;
};

/* The UE security capability of every UE here: algorithms 0 to 3 of 5G-EA, 5G-IA, EEA, EIA (9.11.3.54). */
extern const uint8_t nas_ue_capability[4];

/* ---- registration: nas_registration.c ---- */

enum nas_registration_type { NAS_INITIAL = 1, NAS_MOBILITY_UPDATE = 2, NAS_PERIODIC_UPDATE = 3 };
struct nas_registration_request { /* 8.2.6 */
	uint8_t ngksi;             /* NAS_NGKSI_NONE: no key                        */
	enum nas_registration_type type;
	bool follow_on;
	struct nas_identity identity;
	struct nas_octet capability_5gmm;
	struct nas_octets security_capability; /* 5G-EA, 5G-IA, EEA, EIA: 2 to 8 octets */
	struct nas_octets requested_nssai;
	struct nas_octet update_type;
	struct nas_octets container; /* the whole request: for a 5G-GUTI, ciphered */
};
struct nas_registration_accept { /* 8.2.7 */
	uint8_t result;              /* 9.11.3.6: 1 3GPP access */
	bool has_guti;
	struct id_guti guti;
	struct nas_octets tai_list, allowed_nssai, feature_support;
	struct nas_octet t3512, t3502; /* GPRS timer 3 (t3512) and 2 (t3502) */
};
struct nas_deregistration_request { /* 8.2.12, UE originating */
	uint8_t ngksi;
	bool switch_off;
	struct nas_identity identity;
};
struct nas_service_request { /* 8.2.16 */
	uint8_t ngksi, service_type;
	struct id_guti guti; /* its 5G-S-TMSI is sent */
};

uint16_t nas_registration_request(const struct nas_registration_request *m, uint8_t *out);
uint16_t nas_registration_accept(const struct nas_registration_accept *m, uint8_t *out);
uint16_t nas_registration_complete(uint8_t *out);
uint16_t nas_registration_reject(uint8_t cause, uint8_t *out);
uint16_t nas_deregistration_request(const struct nas_deregistration_request *m, uint8_t *out);
uint16_t nas_deregistration_accept(uint8_t *out);
uint16_t nas_service_request(const struct nas_service_request *m, uint8_t *out);

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
	uint8_t abba[2];
};
struct nas_authentication_failure { /* 8.2.4 */
	uint8_t cause;
	bool has_auts;
	uint8_t auts[14];
};
struct nas_security_mode_command { /* 8.2.25 */
	uint8_t ciphering, integrity; /* algorithm identities */
	uint8_t ngksi;
	struct nas_octets security_capability; /* replayed */
	bool imeisv_request;
	struct nas_octet additional; /* 9.11.3.12: 2 = retransmit the initial NAS message */
};
struct nas_security_mode_complete { /* 8.2.26 */
	const char *imeisv; /* 16 digits; NULL: absent */
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

/* ---- configuration update: nas_configuration.c ---- */

struct nas_configuration_update { /* 8.2.19 */
	bool acknowledge;
	bool has_guti;
	struct id_guti guti;
	const char *full_name, *short_name; /* ASCII, sent as UCS2; NULL: absent */
	struct nas_octet time_zone;
	bool has_time;
	uint8_t time[7]; /* 9.11.3.51: BCD, nibbles swapped, with the time zone */
	struct nas_octet daylight_saving;
};
uint16_t nas_configuration_update(const struct nas_configuration_update *m, uint8_t *out);
uint16_t nas_configuration_update_complete(uint8_t *out);

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
};
/* out: n + NAS_SECURITY_HEADER octets. Returns that. */
uint16_t nas_protect(struct crypto *c, const struct crypto_suite *suite,
                     const struct nas_security *security, enum nas_security_type type,
                     const uint8_t *plain, uint16_t n, uint8_t *out);
/*
 * The other end: out has room for n octets. Returns the plain length, 0 when the MAC is wrong or
 * the message is no protected one. The caller chose security->count by the sequence number
 * (4.4.3.1).
 */
uint16_t nas_unprotect(struct crypto *c, const struct crypto_suite *suite,
                       const struct nas_security *security, const uint8_t *in, uint16_t n,
                       uint8_t *out);

#endif
