/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * IKEv2 (RFC 7296) as a UE and an N3IWF use it (TS 24.502 7.3, 9.3): messages in the clear and with
 * an SK payload (RFC 5282: AES-GCM with a tag of 16 octets), one struct for all exchanges.
 *
 * struct ike_octets borrows: from the caller when encoding, from the decoded octets, or from their
 * deciphered copy, when decoding.
 *
 * Leaves out: fragmentation (RFC 7383), several proposals beyond IKE_PROPOSALS, IPv6 traffic
 * selectors.
 */
#ifndef MODELS_MSG_IKE_H
#define MODELS_MSG_IKE_H

#include "models/crypto/suite.h"
#include "models/msg/fault.h"
#include "models/msg/print.h"

enum {
	IKE_OCTETS_MAX = 4096,
	IKE_PROPOSALS = 2,
	IKE_TRANSFORMS = 8,
	IKE_NOTIFIES = 4,
	IKE_ATTRIBUTES = 4,
	IKE_HEADER = 28,
	IKE_SK_EXTRA = 4 + 8 + 1 + 16, /* payload header, IV, pad length, tag */
	/* ESP in tunnel mode around TCP: SPI, sequence number, IV, inner IPv4, TCP, padding, tag */
	IKE_ESP_HEADER = 16, IKE_ESP_INNER = 40, IKE_ESP_TAG = 16
};

enum ike_exchange {
	IKE_SA_INIT = 34,
	IKE_AUTH = 35,
	IKE_CREATE_CHILD_SA = 36,
	IKE_INFORMATIONAL = 37
};
/* Bits of ike_message.present; the order in which they are sent (1.2, 2.16). */
enum ike_payload {
	IKE_IDI,
	IKE_IDR,
	IKE_CERT,
	IKE_CERTREQ,
	IKE_AUTHENTICATION,
	IKE_EAP,
	IKE_CP,
	IKE_SA,
	IKE_KE,
	IKE_NONCE,
	IKE_TSI,
	IKE_TSR,
	IKE_NOTIFY,
	IKE_DELETE,
	IKE_N_PAYLOADS
};
#define IKE_BIT(payload) (1u << IKE_##payload)

/* Notify message types: RFC 7296 3.10.1, TS 24.502 9.2.4.2. Errors are msg_fault.cause too. */
enum ike_notify_type {
	IKE_UNSUPPORTED_CRITICAL_PAYLOAD = 1,
	IKE_INVALID_IKE_SPI = 4,
	IKE_INVALID_MAJOR_VERSION = 5,
	IKE_INVALID_SYNTAX = 7,
	IKE_INVALID_MESSAGE_ID = 9,
	IKE_NO_PROPOSAL_CHOSEN = 14,
	IKE_INVALID_KE_PAYLOAD = 17,
	IKE_AUTHENTICATION_FAILED = 24,
	IKE_NAT_DETECTION_SOURCE = 16388,
	IKE_NAT_DETECTION_DESTINATION = 16389,
	IKE_EAP_ONLY_AUTHENTICATION = 16417,
	IKE_SIGNATURE_HASH_ALGORITHMS = 16431,
	IKE_NAS_IP4_ADDRESS = 55502,
	IKE_NAS_TCP_PORT = 55506
};
enum ike_protocol { IKE_PROTOCOL_NONE, IKE_PROTOCOL_IKE, IKE_PROTOCOL_AH, IKE_PROTOCOL_ESP };
enum ike_transform_type { IKE_ENCR = 1, IKE_PRF, IKE_INTEG, IKE_DH, IKE_ESN };
enum {
	IKE_ENCR_AES_GCM_16 = 20,
	IKE_PRF_HMAC_SHA2_256 = 5,
	IKE_DH_CURVE25519 = 31,
	IKE_ESN_NONE = 0
};
enum ike_id_type { IKE_ID_FQDN = 2, IKE_ID_KEY_ID = 11 };
enum ike_auth_method { IKE_AUTH_SHARED_KEY = 2, IKE_AUTH_DIGITAL_SIGNATURE = 14 };
enum { IKE_CERT_X509 = 4 };
enum ike_cp_type { IKE_CFG_REQUEST = 1, IKE_CFG_REPLY };
enum { IKE_INTERNAL_IP4_ADDRESS = 1, IKE_INTERNAL_IP4_NETMASK = 2 };

struct ike_octets {
	const uint8_t *at;
	uint16_t n;
};
struct ike_transform {
	uint8_t type; /* enum ike_transform_type */
	uint16_t id;
	uint16_t key_bits; /* attribute Key Length; 0: none */
};
struct ike_proposal {
	uint8_t number, protocol, n_spi, n;
	uint8_t spi[8];
	struct ike_transform transform[IKE_TRANSFORMS];
};
struct ike_identity {
	uint8_t type; /* enum ike_id_type */
	struct ike_octets data;
};
struct ike_notify {
	uint8_t protocol;
	uint16_t type; /* enum ike_notify_type */
	struct ike_octets spi, data;
};
struct ike_selector { /* one IPv4 range: 3.13.1 */
	uint8_t protocol;
	uint16_t first_port, last_port;
	uint8_t first[4], last[4];
};
struct ike_attribute {
	uint16_t type;
	struct ike_octets value;
};

struct ike_message {
	uint64_t spi_i, spi_r;
	uint8_t exchange; /* enum ike_exchange */
	bool response, from_initiator;
	uint32_t id;      /* Message ID */
	bool encrypted;   /* the payloads stand within SK */
	uint32_t present; /* IKE_BIT(…) */

	uint8_t n_proposals, n_notifies, n_attributes;
	struct ike_proposal proposal[IKE_PROPOSALS];
	uint16_t ke_group;
	struct ike_octets ke, nonce;
	struct ike_identity idi, idr;
	uint8_t cert_encoding, certreq_encoding;
	struct ike_octets cert, certreq;
	uint8_t auth_method; /* enum ike_auth_method */
	struct ike_octets auth, eap;
	uint8_t cp_type;
	struct ike_attribute attribute[IKE_ATTRIBUTES];
	struct ike_selector tsi, tsr;
	struct ike_notify notify[IKE_NOTIFIES];
	uint8_t delete_protocol, delete_spi_size;
	struct ike_octets delete_spis;
};

/* Key, salt and, to seal, a counter that is never used twice under them (RFC 5282 4: the IV). */
struct ike_cipher {
	struct crypto *crypto;
	const struct crypto_suite *suite;
	const uint8_t *keymat; /* CRYPTO_IKE_KEYMAT octets: SK_ei or SK_er */
	uint64_t iv;
};

/* Octets of the message when encoded. */
size_t ike_length(const struct ike_message *m);
/* cipher: needed when m->encrypted. 0: no room. */
size_t ike_encode(const struct ike_message *m, const struct ike_cipher *cipher, uint8_t *out,
                  size_t room);
/*
 * Any octets. plain, with room for n, takes what stood within SK; with cipher NULL an encrypted
 * message is decoded as far as its header: present is 0. false: *fault, its cause an error of enum
 * ike_notify_type; a wrong tag is IKE_INVALID_SYNTAX, to be dropped without an answer (2.21).
 */
bool ike_decode(const uint8_t *in, size_t n, const struct ike_cipher *cipher, uint8_t *plain,
                struct ike_message *m, struct msg_fault *fault);

/* Body of an identification payload, as AUTH covers it (2.15). out: 4 + data.n. */
size_t ike_identity_body(const struct ike_identity *identity, uint8_t *out);
/* NAS in its envelope (TS 24.502 9.4: two octets of length) in TCP over the signalling IPsec SA. */
uint32_t ike_esp_octets(uint32_t nas_octets);
/* A user-plane datagram of n octets, its IP header included, over a child SA. */
uint32_t ike_esp_datagram_octets(uint32_t n);

const char *ike_exchange_text(uint8_t exchange);
const char *ike_notify_text(uint16_t type);
/* The header and each payload, as far as they are in the clear. false: *fault. */
bool ike_print(struct msg_printer *p, const uint8_t *in, size_t n, struct msg_fault *fault);
/* In one line without a line feed: "IKE_SA_INIT request 0 (SA, KE, Nonce)". */
void ike_line(struct msg_printer *p, const uint8_t *in, size_t n);

#endif
