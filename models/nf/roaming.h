/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Roaming: who is served by the visited network, and how its messages come home. The visited
 * network has an AMF, a PCF and a UPF of its own, and at each site a gNB that shares the radio with
 * the home network's (TS 38.401 6: RAN sharing with cell identities of each PLMN). User data are
 * routed home.
 */
#ifndef MODELS_NF_ROAMING_H
#define MODELS_NF_ROAMING_H

#include "models/nf/nf.h"
#include "models/nf/station_config.h"

enum roaming_n32 { ROAMING_TLS, ROAMING_PRINS };

struct roaming_config {
	struct nf_station_config station; /* of each SEPP */
	bool surgeons;
	double background;         /* share of the other subscribers */
	uint8_t n32;               /* enum roaming_n32 */
	bool agreement;            /* the home network lets the visited one serve its subscribers */
	char mcc[64], mnc[64];     /* of the visited network */
	int64_t retry_ns;
};
extern const struct sim_section roaming_section;

/* Whether anybody roams: only then do the visited network and the SEPPs exist. */
bool roaming_is_used(const struct roaming_config *config);

#endif
