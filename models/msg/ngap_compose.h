/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * NGAP messages as the nodes of this simulator send them: which optional elements they carry, and
 * how long they are without encoding them. The elements are those that Open5GS 2.7.7 and UERANSIM
 * 3.3.0 send (tests/unit/models/msg/data/live_registration.json), and the 5G-S-TMSI that a UE with
 * a 5G-GUTI gives in its RRC set-up (TS 38.331 5.3.3.4, TS 38.413 8.6.1).
 */
#ifndef MODELS_MSG_NGAP_COMPOSE_H
#define MODELS_MSG_NGAP_COMPOSE_H

#include "models/msg/ngap.h"

/* What a network puts into its messages, the same for each UE. */
struct ngap_site {
	struct id_plmn plmn;
	uint32_t tac;  /* of the node, and of where a UE is paged */
	uint64_t cell; /* 36 bits */
	uint32_t time; /* seconds since 1900, of locations in NR */
	struct ngap_node node;
	struct ngap_octets node_name, amf_name;
	struct ngap_guami guami;
	struct ngap_slice slice; /* the one that everybody may use */
	struct ngap_security_capabilities security;
	uint8_t masked_imeisv[8];
	uint8_t paging_drx;
};
/* What belongs to one UE and one message. */
struct ngap_association {
	uint8_t access; /* enum ngap_access */
	uint64_t amf_ue_id;
	uint32_t ran_ue_id;
	struct ngap_octets nas;
	bool has_s_tmsi; /* known to the RRC, InitialUEMessage; always in Paging */
	struct ngap_s_tmsi s_tmsi;
	const uint8_t *key; /* KgNB or KN3IWF, 32 octets: InitialContextSetupRequest; NULL: zeros */
	struct ngap_cause cause;
	uint8_t establishment_cause;
	uint8_t address[4]; /* N3IWF: where the UE is, IPv4 */
	uint16_t port;
};

void ngap_compose(struct ngap_message *m, enum ngap_procedure procedure,
                  const struct ngap_site *site, const struct ngap_association *a);
/* Of a composed message of a UE, encoded; 0: the procedure belongs to no UE. */
uint32_t ngap_composed_octets(enum ngap_procedure procedure, const struct ngap_association *a);
/* The 5G-S-TMSI that the UE's RRC has been given along with this initial NAS message (in plain, or
 * integrity protected and in plain). false: it goes by its SUCI. */
bool ngap_initial_s_tmsi(const uint8_t *nas, size_t n, struct ngap_s_tmsi *s_tmsi);

#endif
