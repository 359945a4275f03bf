/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A message on its way. Immutable once sent; taken from a pool by the sender, given back by whoever
 * consumes it. The simulation's own fields (ue, procedure, span) are bookkeeping of the run: a network
 * function never decides anything by them.
 */
#ifndef MODELS_MSG_MSG_H
#define MODELS_MSG_MSG_H

#include "models/id/plmn.h"
#include "models/msg/ngap_cause.h"
#include "sim/core/pool.h"
#include "sim/core/span.h"
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum msg_type {
	MSG_NONE,
#define MESSAGE(symbol, point, text, octets, member) MSG_##symbol,
#include "models/msg/msg_list.h"
#undef MESSAGE
	MSG_N_TYPES
};

/* 5GMM causes used (TS 24.501 9.11.3.2), and SBI outcomes as the HTTP status / 2 (fits an octet). */
enum msg_cause {
	MSG_CAUSE_NONE = 0,
	MSG_CAUSE_ILLEGAL_UE = 3,
	MSG_CAUSE_PEI_NOT_ACCEPTED = 5,
	MSG_CAUSE_ILLEGAL_ME = 6,
	MSG_CAUSE_5GS_NOT_ALLOWED = 7,
	MSG_CAUSE_UE_IDENTITY_UNKNOWN = 9,
	MSG_CAUSE_IMPLICITLY_DEREGISTERED = 10,
	MSG_CAUSE_PLMN_NOT_ALLOWED = 11,
	MSG_CAUSE_TA_NOT_ALLOWED = 12,
	MSG_CAUSE_ROAMING_NOT_ALLOWED = 13,
	MSG_CAUSE_NO_SUITABLE_CELLS = 15,
	MSG_CAUSE_MAC_FAILURE = 20,
	MSG_CAUSE_SYNCH_FAILURE = 21,
	MSG_CAUSE_CONGESTION = 22,
	MSG_CAUSE_CAPABILITIES_MISMATCH = 23,
	MSG_CAUSE_SECURITY_MODE_REJECTED = 24,
	MSG_CAUSE_NON_5G_UNACCEPTABLE = 26,
	MSG_CAUSE_N1_NOT_ALLOWED = 27,
	MSG_CAUSE_REDIRECTION_TO_EPC = 31,
	MSG_CAUSE_NO_SLICES = 62,
	MSG_CAUSE_NGKSI_IN_USE = 71,
	MSG_CAUSE_NON_3GPP_NOT_ALLOWED = 72,
	MSG_CAUSE_SERVING_NETWORK_NOT_AUTHORIZED = 73,
	MSG_CAUSE_PAYLOAD_NOT_FORWARDED = 90,
	MSG_CAUSE_SEMANTICALLY_INCORRECT = 95,
	MSG_CAUSE_INVALID_MANDATORY = 96,
	MSG_CAUSE_TYPE_UNKNOWN = 97,
	MSG_CAUSE_TYPE_NOT_COMPATIBLE = 98,
	MSG_CAUSE_IE_UNKNOWN = 99,
	MSG_CAUSE_MESSAGE_NOT_COMPATIBLE = 101,
	MSG_CAUSE_PROTOCOL_ERROR = 111,
	MSG_CAUSE_TARGET_NOT_REACHABLE = 126 /* SBI only: TS 29.500 table 5.2.7.2-1 */
};

/* How a subscriber is authenticated (authType of TS 29.503). */
enum msg_method { MSG_METHOD_5G_AKA, MSG_METHOD_EAP_AKA_PRIME };

enum { MSG_SCHEME_MAX = 48, MSG_NAS_MAX = 192, MSG_EAP_MAX = 160 };

/* Why a UDM tells an AMF that its registration is over: DeregistrationReason of TS 29.503 6.2.6.3.3. */
enum msg_reason { MSG_REASON_INITIAL_REGISTRATION, MSG_REASON_SUBSCRIPTION_WITHDRAWN };

struct msg_suci {
	uint8_t scheme; /* 0 null, 1 profile A, 2 profile B              */
	uint8_t key_id; /* home network public key identifier, 0 of null */
	uint8_t n;      /* of the scheme output; 0: no SUCI              */
	uint8_t output[MSG_SCHEME_MAX];
};

/* Registration Request, Identity Response: one identity of the two. */
struct msg_identity {
	struct msg_suci suci;
	uint32_t tmsi;      /* 5G-TMSI of the 5G-GUTI when suci.n == 0              */
	uint64_t tmsi_msin; /* SBI: the SUPI that the AMF knows behind it, else 0   */
	bool integrity_protected;
};
struct msg_vector {
	uint8_t rand[16], autn[16];
	uint8_t xres_star[16]; /* HXRES* towards the SEAF; EAP-AKA': XRES, xres_n octets */
	uint8_t xres_n;        /* EAP-AKA' only: 4 … 16                                  */
	union {
		uint8_t kausf[32];
		struct { /* EAP-AKA' */
			uint8_t ck_prime[16], ik_prime[16];
		};
	};
	uint64_t msin;         /* the SUPI within the network: mcc and mnc are the network's */
	bool akma;             /* AKMA indication: TS 33.501 6.1.3 */
};
struct msg_subscription {
	uint64_t msin;
	uint8_t k[16], opc[32], amf[2]; /* OPc in the first half, or TOPc */
	uint8_t sqn[6];  /* to be used next; UDR_SQN: to be stored                       */
	bool akma;
	bool success;    /* authentication event or status: it succeeded                 */
	uint8_t reason;  /* enum msg_reason: deregistration notification                 */
	int64_t time_ns; /* authentication status: when; -1 there is none                */
};
struct msg_key {
	uint8_t key[32];   /* KSEAF, KAKMA or KAF                   */
	uint8_t a_tid[32];
	uint64_t msin;
	int64_t expiry_ns; /* KAF: simulated time at which it ends                           */
	uint16_t af;       /* N62: application function: 0 the DTF, n the hospital n - 1      */
};
struct msg_response { /* Authentication Response or Failure, 5g-aka-confirmation */
	uint8_t res_star[16];
	uint8_t rand[16];
	uint8_t auts[14];
};
/* An EAP packet (eapPayload of TS 29.509): in the answer to Authenticate and both ways in eap-session;
 * its own code says whether it asks, answers, succeeds or fails. */
struct msg_eap {
	uint16_t n;
	uint8_t octets[MSG_EAP_MAX];
};
struct msg_paging { /* TS 38.413 9.2.4.1 */
	uint32_t tmsi;  /* of the 5G-S-TMSI                                           */
	uint32_t tac;   /* of the tracking area paged                                 */
	uint16_t index; /* UE Identity Index Value: names the paging occasions, 0 … 1023 */
};
struct msg_n32 { /* between SEPPs */
	bool prins;         /* else TLS                                       */
	bool forward;       /* TLS handshake: of N32-f, else of N32-c         */
	uint8_t context[8]; /* n32fContextId                                  */
};
/* The twin's interface; fields are used as the message needs them: docs/DT_INTERFACE.md. */
struct msg_assertion {
	uint8_t pseudonym[16];
	uint8_t holder_key[32];
	uint8_t commitment[32];
	uint16_t hospital; /* audience */
	int64_t not_after_ns;
	uint8_t sealed_n;
	uint8_t sealed[MSG_SCHEME_MAX]; /* MSIN sealed to the care team (ECIES) */
	uint8_t signature[64];          /* of the home network                  */
};
struct msg_dt {
	uint8_t nonce[16];  /* challenge or its echo          */
	uint8_t nonce2[16];
	uint8_t tid[32];    /* A-TID of the A-KID; entry id   */
	uint8_t mac[32];
	uint8_t root[32];   /* manifest, commitment           */
	uint8_t key[32];    /* public key                     */
	uint8_t proof[64];  /* signature, proof of possession */
	uint64_t session;   /* number of a session, given by the DTF or the hospital */
	uint64_t msin;      /* DT4, N35: whose record         */
	uint32_t count;     /* of the requests of a session   */
	uint16_t hospital;
};

/* IKEv2 between UE and N3IWF (TS 24.502 7.3); the NAS message of an EAP-5G packet stands in nas. */
enum msg_ike_part {
	MSG_IKE_INIT,
	MSG_IKE_OPEN,    /* the UE's identity; the N3IWF's, its certificate and AUTH, EAP-5G Start */
	MSG_IKE_NAS,     /* EAP-5G NAS                                                            */
	MSG_IKE_SUCCESS, /* EAP-Success                                                           */
	MSG_IKE_STOP,    /* EAP-5G Stop of the UE, EAP-Failure of the N3IWF                       */
	MSG_IKE_FINAL,   /* AUTH of both by KN3IWF, and the signalling IPsec SA                   */
	MSG_IKE_ALIVE,   /* INFORMATIONAL with nothing in it                                      */
	MSG_IKE_DELETE,  /* INFORMATIONAL: the IKE SA is over                                     */
	MSG_IKE_ERROR    /* a notification alone                                                  */
};
struct msg_ike {
	uint64_t spi_i, spi_r;
	uint32_t id;     /* Message ID; of MSG_NWU_NAS the sequence number of ESP */
	uint8_t part;    /* enum msg_ike_part */
	uint8_t eap_identifier;
	uint8_t inner;   /* bookkeeping: type of the NAS message within, MSG_NONE none */
	uint16_t notify; /* of MSG_IKE_ERROR: enum ike_notify_type */
	uint32_t esp_spi;
	uint8_t nonce[32], ke[32];                 /* MSG_IKE_INIT                             */
	uint8_t identity[16];                      /* MSG_IKE_OPEN of the UE: random           */
	uint8_t cert_key[32], cert_signature[64];  /* MSG_IKE_OPEN; of the UE: its anchor's key */
	uint8_t auth[64];                          /* a signature, or 32 octets of a MAC       */
	uint8_t address[4];                        /* MSG_IKE_FINAL of the N3IWF: the UE's own  */
	uint8_t keymat[20]; /* bookkeeping: with what SK is sealed where octets are wanted    */
};

struct msg {
	struct sim_span span;
	uint8_t type;    /* enum msg_type                                                      */
	uint8_t cause;   /* MSG_CAUSE_…; in an answer: 0 good, else the reason                 */
	uint8_t attempt; /* retransmission number of this message, 0 first                     */
	uint8_t ngap;    /* enum ngap_procedure that carries it on N2; 0: that of its type     */
	uint8_t access;  /* enum ngap_access of the node at the UE's end of N2, and by which an
	                    AMF registers with the UDM; 0: NR                                  */
	struct ngap_cause ngap_cause; /* N2: of a release, a failure or an error               */
	uint8_t method;  /* enum msg_method: of a vector, challenge, subscription or event     */
	bool uplink;     /* on its way from a UE (through a gNB) or to one                      */
	bool secured;    /* NAS: with a security header                                        */
	uint16_t from, to;   /* nodes: the original sender and the final receiver              */
	uint16_t hop_from, hop_to; /* between which it is now: these two, or a SEPP            */
	bool n32_leg;        /* between two SEPPs                                              */
	uint16_t octets;     /* on the wire between nodes                                      */
	uint16_t nas_octets; /* over the air, where that differs: NAS without NGAP              */
	uint32_t ue;         /* bookkeeping: whose procedure this belongs to                   */
	uint32_t procedure;  /* bookkeeping: number of the procedure of this UE                */
	struct sim_handle self;    /* its own handle in the pool                               */
	int64_t sent_ns;           /* bookkeeping, for the ladder                              */
	int64_t queueing_ns, service_ns, crypto_ns; /* bookkeeping: of the job at the receiver  */
	uint32_t stream;          /* HTTP/2 stream of a request, echoed in the answer; 0: none  */
	struct id_plmn serving;   /* SBI: the serving network; no digits: the home network      */
	struct sim_handle asker;  /* context of the requester, echoed in the answer            */
	struct sim_handle context; /* context at the receiver, when known                      */
	struct sim_handle ran;    /* the UE's radio connection (RAN UE NGAP ID)                 */
	union { /* which a type has: msg_list.h */
		struct {
			struct msg_identity identity;
			struct msg_response response;
		};
		struct msg_vector vector;
		struct msg_n32 n32;
		struct msg_subscription subscription;
		struct {
			struct msg_key key;
			struct msg_eap eap;
		};
		struct msg_paging paging;
		struct msg_ike ike;
		struct {
			struct msg_dt dt;
			struct msg_assertion assertion;
		};
	};
	uint8_t nas[MSG_NAS_MAX]; /* NAS: nas_octets octets as they are on the air */
};

const char *msg_text(enum msg_type type);
const char *msg_point(enum msg_type type);

/*
 * What messages of a type have, so that the rest need not be cleared or copied: a registration makes 44 and
 * copies 15, most of which have a quarter of struct msg.
 */
struct msg_form {
	uint16_t octets; /* the constant length; 0: computed                      */
	uint16_t used;   /* of struct msg, from its start; and nas_octets of `nas` */
};
extern const struct msg_form msg_forms[MSG_N_TYPES];

/* Clears what a message of this type has, sets its type and its constant length. */
static inline void msg_begin(struct msg *msg, enum msg_type type)
{
	memset(msg, 0, msg_forms[type].used);
	msg->type = (uint8_t)type;
	msg->octets = msg_forms[type].octets;
}

/* Copies what `from` has. */
static inline void msg_copy(struct msg *to, const struct msg *from)
{
	memcpy(to, from, msg_forms[from->type].used);
	memcpy(to->nas, from->nas, from->nas_octets);
}

#endif
