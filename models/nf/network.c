/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/network.h"

#include "models/crypto/sqn.h"

#include <string.h>

static const struct sim_param rows[] = {
	{.key = "mcc", .type = SIM_PAR_TEXT, .offset = offsetof(struct network_config, mcc),
	 .fallback = "999", .source = "ITU-T E.212: 999 is for internal use",
	 .doc = "mobile country code, 3 digits"},
	{.key = "mnc", .type = SIM_PAR_TEXT, .offset = offsetof(struct network_config, mnc),
	 .fallback = "70", .source = "Open5GS 2.7.7: test network 999-70",
	 .doc = "mobile network code, 2 or 3 digits"},
	{.key = "cells_per_ta", .type = SIM_PAR_COUNT,
	 .offset = offsetof(struct network_config, cells_per_ta), .fallback = "infinite", .min = -1,
	 .max = 65535, .source = "assumption: one tracking area; an operator's choice, TS 23.501 5.3.2.3",
	 .doc = "neighbouring cells that make a tracking area; at least 1"},
	{.key = "routing_indicator", .type = SIM_PAR_TEXT,
	 .offset = offsetof(struct network_config, routing_indicator), .fallback = "0000",
	 .source = "Open5GS 2.7.7 with UERANSIM 3.3.0", .doc = "1 to 4 digits (TS 23.003 2.2B)"},
	{.key = "suci", .type = SIM_PAR_ENUM, .offset = offsetof(struct network_config, suci),
	 .fallback = "a", .choices = "null|a|b", .source = "TS 33.501 Annex C.3",
	 .doc = "protection scheme of the SUCI: null scheme, ECIES profile A or B"},
	{.key = "hn_key_id", .type = SIM_PAR_COUNT,
	 .offset = offsetof(struct network_config, hn_key_id), .fallback = "1", .min = 0, .max = 255,
	 .source = "TS 33.501 6.12.2; Open5GS 2.7.7", .doc = "home network public key identifier, profile A"},
	{.key = "hn_key_id_b", .type = SIM_PAR_COUNT,
	 .offset = offsetof(struct network_config, hn_key_id_b), .fallback = "2", .min = 0, .max = 255,
	 .source = "TS 33.501 6.12.2; Open5GS 2.7.7", .doc = "home network public key identifier, profile B"},
	{.key = "aka_algorithm", .type = SIM_PAR_ENUM,
	 .offset = offsetof(struct network_config, aka_algorithm), .fallback = "milenage",
	 .choices = "milenage|tuak", .source = "TS 35.205, Open5GS 2.7.7: MILENAGE; TS 35.231: TUAK",
	 .doc = "functions f1 to f5* of the subscriptions"},
	{.key = "authentication", .type = SIM_PAR_ENUM,
	 .offset = offsetof(struct network_config, authentication), .fallback = "5g_aka",
	 .choices = "5g_aka|eap_aka_prime", .source = "Open5GS 2.7.7: 5G-AKA for every subscriber",
	 .doc = "method of the primary authentication (TS 33.501 6.1.2), chosen by the UDM"},
	{.key = "communication", .type = SIM_PAR_ENUM,
	 .offset = offsetof(struct network_config, communication), .fallback = "direct",
	 .choices = "direct|indirect", .source = "Open5GS 2.7.7 as it was measured: direct",
	 .doc = "between functions on the SBI; indirect: through an SCP (TS 23.501 Annex E)"},
	{.key = "partners", .type = SIM_PAR_TEXT, .offset = offsetof(struct network_config, partners),
	 .fallback = "none", .source = "assumption: subscribers do not roam",
	 .doc = "other networks that may serve the subscribers: \"001-01,262-03\""},
	{.key = "sqn_ind_bits", .type = SIM_PAR_COUNT,
	 .offset = offsetof(struct network_config, sqn_ind_bits), .fallback = "5", .min = 0,
	 .max = SQN_IND_BITS_MAX, .source = "TS 33.102 C.3.2",
	 .doc = "bits of SQN that are the index IND; the USIM's array has 2 to the power of it"},
	{.key = "sqn_delta", .type = SIM_PAR_COUNT, .offset = offsetof(struct network_config, sqn_delta),
	 .fallback = "268435456", .min = 1, .max = 281474976710655, .source = "TS 33.102 C.3.2",
	 .doc = "largest jump of SEQ that a USIM accepts"},
	{.key = "sqn_age_limit", .type = SIM_PAR_COUNT,
	 .offset = offsetof(struct network_config, sqn_age_limit), .fallback = "infinite", .min = -1,
	 .max = 281474976710655, .source = "TS 33.102 C.2.3, C.3.2: optional, and no value suggested",
	 .doc = "a USIM refuses a SEQ that is older than its highest by this many steps"},
};
const struct sim_section network_section = {
	.prefix = "network", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct network_config), .doc = "the home network and how it conceals identities",
};

bool network_partners(const struct network_config *network, struct id_plmn *partner, uint8_t room,
                      uint8_t *n)
{
	char list[sizeof network->partners], *rest = list, *name;

	*n = 0;
	if (strcmp(network->partners, "none") == 0)
		return true;
	memcpy(list, network->partners, sizeof list);
	while ((name = strtok_r(rest, ",", &rest)) != NULL) {
		char *mnc = strchr(name, '-');
		if (!mnc || *n == room)
			return false;
		*mnc++ = '\0';
		if (!id_plmn_parse(name, mnc, &partner[(*n)++]))
			return false;
	}
	return true;
}
