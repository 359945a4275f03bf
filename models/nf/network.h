/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The home network: identity and how identities are concealed (TS 23.003, TS 33.501 6.12.2). */
#ifndef MODELS_NF_NETWORK_H
#define MODELS_NF_NETWORK_H

#include "sim/core/param.h"
#include <stdint.h>

enum net_suci { NET_SUCI_NULL, NET_SUCI_A };

struct network_config {
	char mcc[64], mnc[64];     /* 3, and 2 or 3 digits   */
	char routing_indicator[64]; /* 1 to 4 digits          */
	uint8_t suci;              /* enum net_suci          */
	int64_t hn_key_id;         /* home network key identifier, 0 … 255 */
};
extern const struct sim_section network_section;

#endif
