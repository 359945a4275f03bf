/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * NGAP between NG-RAN nodes and the AMF (TS 38.413) in aligned PER: one struct for all messages,
 * the information elements that a message carries marked in `present`.
 *
 * Decoding allocates nothing. NAS PDUs and names are borrowed: they point into the octets that were
 * decoded, or to what the caller of the encoder keeps. Elements that are not known here follow the
 * criticality that their sender gave them (clause 10.3.4): ignored, or the message is refused.
 *
 * Leaves out: PDU sessions, handover, UE context modification, location reporting, warnings; of
 * locations E-UTRA's; of node identities ng-eNB's.
 * Sources: TS 38.413 9.2 (messages), 9.3 (elements), 9.4 (ASN.1), 10.3 (abstract syntax errors).
 */
#ifndef MODELS_MSG_NGAP_H
#define MODELS_MSG_NGAP_H

#include "models/id/plmn.h"
#include "models/msg/fault.h"
#include "models/msg/ngap_cause.h"
#include <stddef.h>

/* Messages. Names of procedures where a procedure has one message. */
enum ngap_procedure {
	NGAP_NONE,
#define NGAP_MESSAGE(symbol, text, code, kind, criticality) NGAP_##symbol,
#include "models/msg/ngap_list.h"
#undef NGAP_MESSAGE
	NGAP_N_PROCEDURES
};

/* Information elements: bits of ngap_message.present. */
enum ngap_ie {
#define NGAP_ELEMENT(symbol, text, id) NGAP_IE_##symbol,
#include "models/msg/ngap_list.h"
#undef NGAP_ELEMENT
	NGAP_N_IES
};
#define NGAP_BIT(ie) (UINT64_C(1) << NGAP_IE_##ie)

enum ngap_criticality { NGAP_REJECT, NGAP_IGNORE, NGAP_NOTIFY };

/* More items than these in a list: refused, though the ASN.1 allows more for some. */
enum {
	NGAP_SLICES = 8,   /* of an allowed NSSAI, all that there can be; of an operator's or area's */
	NGAP_PAGING_TAIS = 16, /* all that there can be */
	NGAP_TAS = 4, NGAP_PLMNS = 2, NGAP_GUAMIS = 4, NGAP_DIAGNOSTICS = 8,
	NGAP_NAME_MAX = 150
};

/* Borrowed octets; n = 0: absent. */
struct ngap_octets {
	const uint8_t *at;
	uint16_t n;
};
struct ngap_slice { /* 9.3.1.24 */
	uint8_t sst;
	bool has_sd;
	uint32_t sd; /* 24 bits */
};
struct ngap_slices {
	uint8_t n;
	struct ngap_slice at[NGAP_SLICES];
};
struct ngap_tai { /* 9.3.3.11 */
	struct id_plmn plmn;
	uint32_t tac; /* 24 bits */
};
struct ngap_guami { /* 9.3.3.3 */
	struct id_plmn plmn;
	uint8_t region;
	uint16_t set;    /* 10 bits */
	uint8_t pointer; /* 6 bits  */
};
struct ngap_s_tmsi { /* 9.3.3.20 */
	uint16_t set;    /* 10 bits */
	uint8_t pointer; /* 6 bits  */
	uint32_t tmsi;
};
enum ngap_access { NGAP_NR = 1, NGAP_N3IWF = 2 };
struct ngap_location { /* 9.3.1.16 */
	uint8_t access; /* enum ngap_access */
	/* NR: the cell and when it was last reported, in seconds since 1900 */
	struct id_plmn cell_plmn;
	uint64_t cell; /* 36 bits */
	struct ngap_tai tai;
	bool has_time;
	uint32_t time;
	/* N3IWF: the UE's address as the N3IWF sees it */
	uint8_t address_bits; /* 32 IPv4, 128 IPv6, 160 both */
	uint8_t address[20];
	uint16_t port;
};
struct ngap_security_capabilities { /* 9.3.1.86: bit 15 is algorithm 1; algorithm 0 has none */
	uint16_t nr_encryption, nr_integrity, eutra_encryption, eutra_integrity;
};
struct ngap_node { /* 9.3.1.5 */
	uint8_t access; /* enum ngap_access: gNB or N3IWF                     */
	struct id_plmn plmn;
	uint8_t bits;   /* of the identity: gNB 22 to 32, N3IWF 16            */
	uint32_t id;
};
struct ngap_plmn_support {
	struct id_plmn plmn;
	struct ngap_slices slices;
};
struct ngap_ta {
	uint32_t tac;
	uint8_t n;
	struct ngap_plmn_support at[NGAP_PLMNS];
};
struct ngap_served_guami {
	struct ngap_guami guami;
	struct ngap_octets backup; /* name of another AMF */
};
/* 9.3.1.3: what of a message was not understood. */
struct ngap_diagnostics {
	bool has_procedure, has_trigger, has_criticality;
	uint8_t procedure;   /* procedure code of clause 9.4.7                       */
	uint8_t trigger;     /* 0 initiating, 1 successful, 2 unsuccessful outcome   */
	uint8_t criticality; /* enum ngap_criticality                                */
	uint8_t n;
	struct {
		uint16_t id; /* of the element, 9.4.7          */
		uint8_t criticality;
		uint8_t error; /* 0 not understood, 1 missing  */
	} at[NGAP_DIAGNOSTICS];
};

struct ngap_message {
	enum ngap_procedure procedure;
	uint64_t present; /* NGAP_BIT(…) of each element that is there */

	uint64_t amf_ue_id; /* 40 bits */
	uint32_t ran_ue_id;
	struct ngap_octets nas;
	struct ngap_location location;
	uint8_t establishment_cause; /* enum ngap_establishment */
	struct ngap_s_tmsi s_tmsi;   /* FiveG-S-TMSI, UEPagingIdentity */
	uint16_t amf_set;
	struct ngap_slices allowed_nssai;
	struct ngap_guami guami;
	struct ngap_security_capabilities security;
	uint8_t security_key[32];
	uint8_t masked_imeisv[8];
	uint64_t bit_rate_down, bit_rate_up; /* UE-AMBR, bit/s, at most 4 000 000 000 000 */
	struct ngap_cause cause;
	struct ngap_diagnostics diagnostics;

	uint8_t paging_drx;      /* 0 … 3: 32, 64, 128, 256 radio frames; also the default of a node */
	uint8_t paging_priority; /* 0 … 7: priority levels 1 to 8                     */
	uint8_t n_paging_tais;
	struct ngap_tai paging_tais[NGAP_PAGING_TAIS];

	struct ngap_node node;
	struct ngap_octets node_name, amf_name, old_amf;
	uint8_t n_tas, n_guamis, n_plmns;
	struct ngap_ta tas[NGAP_TAS];
	struct ngap_served_guami guamis[NGAP_GUAMIS];
	uint8_t amf_capacity;
	struct ngap_plmn_support plmns[NGAP_PLMNS];
	uint8_t time_to_wait;    /* 0 … 5: 1, 2, 5, 10, 20, 60 s */
	uint8_t overload_action; /* 9.3.1.105, 0 … 3             */
	uint8_t load_reduction;  /* percent, 1 … 99              */
};

static inline bool ngap_has(const struct ngap_message *m, enum ngap_ie ie)
{
	return m->present >> ie & 1;
}

/*
 * Writes the elements of the message that are present, in the order of clause 9.2. Returns the
 * octets written, 0 when they do not fit into room or a value is out of its range.
 */
size_t ngap_encode(const struct ngap_message *m, uint8_t *out, size_t room);
/*
 * Any octets. false: *fault says why; its cause is a CauseProtocol value (NGAP_PROTOCOL_…) for the
 * Error Indication, its offset the octet. A mandatory element whose criticality is "ignore" may be
 * missing from a message that is accepted (10.3.5): ask ngap_has().
 * In a UE Context Release Command the identities count as present one by one too.
 */
bool ngap_decode(const uint8_t *in, size_t n, struct ngap_message *m, struct msg_fault *fault);

/* Clause 9.2: does a message have this element? */
enum ngap_presence { NGAP_ABSENT, NGAP_OPTIONAL, NGAP_MANDATORY };
enum ngap_presence ngap_presence(enum ngap_procedure procedure, enum ngap_ie ie);

const char *ngap_text(enum ngap_procedure procedure); /* "InitialUEMessage" */
const char *ngap_ie_text(enum ngap_ie ie);

#endif
