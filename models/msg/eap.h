/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * EAP packets (RFC 3748): EAP-AKA' and EAP-AKA (RFC 9048, RFC 4187), EAP-5G (TS 24.502 9.3.2),
 * Identity, Notification, Nak, Success, Failure.
 *
 * struct eap_octets borrows: from the caller when encoding, from the decoded octets when decoding;
 * n = 0: absent. AT_MAC is over the whole packet with its own 16 octets zero: encode with mac zero,
 * let crypto_eap_mac() compute it, and write it at eap_mac_at(); a receiver has mac and mac_at in
 * struct eap_aka.
 */
#ifndef MODELS_MSG_EAP_H
#define MODELS_MSG_EAP_H

#include "models/id/plmn.h"
#include "models/msg/fault.h"
#include "models/msg/print.h"

enum {
	EAP_OCTETS_MAX = 1500,
	EAP_KDF_MAX = 4,       /* key derivation functions offered in one packet  */
	EAP_KDF_AKA_PRIME = 1, /* RFC 9048 3.2: EAP-AKA' with CK' and IK'         */
	EAP_3GPP = 10415,      /* vendor of EAP-5G                                */
	EAP_METHOD_5G = 3      /* its vendor type                                 */
};

enum eap_code { EAP_REQUEST = 1, EAP_RESPONSE, EAP_SUCCESS, EAP_FAILURE };
enum eap_type {
	EAP_NONE = 0, /* Success, Failure */
	EAP_IDENTITY = 1,
	EAP_NOTIFICATION = 2,
	EAP_NAK = 3,
	EAP_AKA = 23,
	EAP_AKA_PRIME = 50,
	EAP_EXPANDED = 254
};
/* RFC 4187 11 */
enum eap_subtype {
	EAP_AKA_CHALLENGE = 1,
	EAP_AKA_AUTHENTICATION_REJECT = 2,
	EAP_AKA_SYNCHRONIZATION_FAILURE = 4,
	EAP_AKA_IDENTITY = 5,
	EAP_AKA_NOTIFICATION = 12,
	EAP_AKA_CLIENT_ERROR = 14
};
enum eap_client_error { EAP_UNABLE_TO_PROCESS_PACKET = 0 }; /* RFC 4187 10.20 */

/* msg_fault.cause: what a receiver does. */
enum eap_fault_cause {
	EAP_DISCARD,  /* RFC 3748 4.1: silently                                             */
	EAP_MALFORMED, /* RFC 4187 8.1, 6.3.1: a peer answers Client-Error, a server Failure */
	EAP_NAK_DUE   /* RFC 3748 5.3: no method known here                                 */
};

struct eap_octets {
	const uint8_t *at;
	uint16_t n;
};

struct eap_aka {
	uint8_t subtype; /* enum eap_subtype */
	bool has_rand, has_autn, has_auts, has_mac, has_checkcode, has_notification, has_client_error,
		has_bidding;
	bool permanent_id_req, any_id_req, fullauth_id_req, result_ind;
	uint8_t rand[16], autn[16], auts[14], mac[16];
	uint16_t mac_at; /* decoded: offset of mac in the packet */
	uint8_t n_res, res[16]; /* 4 to 16 octets; 0: absent */
	uint8_t n_kdf;
	uint16_t kdf[EAP_KDF_MAX]; /* in order of preference; in a response the one that is asked for */
	struct eap_octets kdf_input, identity;
	struct eap_octets checkcode; /* has_checkcode with n = 0: no identity round took place */
	uint16_t notification, client_error;
	uint16_t bidding; /* 0x8000: D, the sender would prefer EAP-AKA' */
};

/* TS 24.502 9.3.2 */
enum eap_5g_message { EAP_5G_START = 1, EAP_5G_NAS = 2, EAP_5G_STOP = 4 };
struct eap_5g {
	uint8_t message; /* enum eap_5g_message */
	/* AN-parameters of a response; values as in 9.3.2.2.2.3 */
	bool has_guami, has_plmn, has_cause;
	uint8_t guami[6]; /* PLMN, AMF region, AMF set and pointer */
	struct id_plmn plmn; /* selected */
	uint8_t establishment_cause; /* 3 mobile originated signalling, 4 data */
	struct eap_octets requested_nssai;
	struct eap_octets nas; /* of 5G-NAS */
};

struct eap_packet {
	uint8_t code, identifier;
	uint8_t type; /* enum eap_type; EAP_EXPANDED is EAP-5G */
	union {
		struct eap_octets data; /* Identity, Notification, Nak */
		struct eap_aka aka;     /* EAP_AKA_PRIME, EAP_AKA      */
		struct eap_5g five_g;
	};
};

/* Returns the length; out may be NULL when only that is wanted. */
uint16_t eap_encode(const struct eap_packet *m, uint8_t *out);
/*
 * Any octets. Octets behind the packet's own length are padding (RFC 3748 4.1). Attributes below
 * 128 that are unknown make an EAP-AKA packet malformed, others are skipped (RFC 4187 8.1); so does
 * one that stands twice (but for AT_KDF), and one that the subtype demands and that is missing.
 */
bool eap_decode(const uint8_t *in, size_t n, struct eap_packet *m, struct msg_fault *fault);
/* Offset of AT_MAC's 16 octets in an encoded packet; 0: it has none. */
uint16_t eap_mac_at(const uint8_t *packet, size_t n);

/* "Request, EAP-AKA' Challenge", and every field; eap_line() in one line without a line feed. */
bool eap_print(struct msg_printer *p, const uint8_t *in, size_t n, struct msg_fault *fault);
void eap_line(struct msg_printer *p, const uint8_t *in, size_t n);

#endif
