/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The home network: identity and how identities are concealed (TS 23.003, TS 33.501 6.12.2). */
#ifndef MODELS_NF_NETWORK_H
#define MODELS_NF_NETWORK_H

#include "models/id/plmn.h"
#include "sim/core/param.h"
#include <stdbool.h>
#include <stdint.h>

enum net_suci { NET_SUCI_NULL, NET_SUCI_A, NET_SUCI_B }; /* as enum id_scheme */
enum net_aka { NET_MILENAGE, NET_TUAK };                  /* as enum crypto_aka_set */
enum net_communication { NET_DIRECT, NET_INDIRECT };
enum net_authentication { NET_5G_AKA, NET_EAP_AKA_PRIME }; /* as enum msg_method */

struct network_config {
	char mcc[64], mnc[64];     /* 3, and 2 or 3 digits   */
	int64_t cells_per_ta;      /* cells of a tracking area; -1 all of them */
	char routing_indicator[64]; /* 1 to 4 digits          */
	uint8_t suci;              /* enum net_suci          */
	int64_t hn_key_id, hn_key_id_b; /* home network key identifiers of profiles A and B, 0 … 255 */
	uint8_t aka_algorithm;     /* enum net_aka */
	uint8_t authentication;    /* enum net_authentication */
	uint8_t communication;     /* enum net_communication */
	char partners[64];         /* other serving networks, "001-01,262-03"; or "none" */
	int64_t sqn_ind_bits, sqn_delta; /* TS 33.102 C.1.2, C.2.1 */
	int64_t sqn_age_limit;     /* TS 33.102 C.2.3; -1 none */
};
extern const struct sim_section network_section;

/* The networks named in `partners`; false: not such a list, or more than room for them. */
bool network_partners(const struct network_config *network, struct id_plmn *partner, uint8_t room,
                      uint8_t *n);

#endif
