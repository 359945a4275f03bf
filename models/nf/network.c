/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/nf/network.h"

static const struct sim_param rows[] = {
	{.key = "mcc", .type = SIM_PAR_TEXT, .offset = offsetof(struct network_config, mcc),
	 .fallback = "999", .source = "ITU-T E.212: 999 is for internal use",
	 .doc = "mobile country code, 3 digits"},
	{.key = "mnc", .type = SIM_PAR_TEXT, .offset = offsetof(struct network_config, mnc),
	 .fallback = "70", .source = "Open5GS 2.7.7: test network 999-70",
	 .doc = "mobile network code, 2 or 3 digits"},
	{.key = "routing_indicator", .type = SIM_PAR_TEXT,
	 .offset = offsetof(struct network_config, routing_indicator), .fallback = "0000",
	 .source = "Open5GS 2.7.7 with UERANSIM 3.3.0", .doc = "1 to 4 digits (TS 23.003 2.2B)"},
	{.key = "suci", .type = SIM_PAR_ENUM, .offset = offsetof(struct network_config, suci),
	 .fallback = "a", .choices = "null|a", .source = "TS 33.501 Annex C.3",
	 .doc = "protection scheme of the SUCI: null scheme or ECIES profile A"},
	{.key = "hn_key_id", .type = SIM_PAR_COUNT,
	 .offset = offsetof(struct network_config, hn_key_id), .fallback = "1", .min = 0, .max = 255,
	 .source = "TS 33.501 6.12.2", .doc = "home network public key identifier"},
};
const struct sim_section network_section = {
	.prefix = "network", .rows = rows, .n_rows = sizeof rows / sizeof *rows,
	.size = sizeof(struct network_config), .doc = "the home network and how it conceals identities",
};
