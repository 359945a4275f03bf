/* SPDX-License-Identifier: GPL-2.0-or-later */
/* AAnF: AKMA anchor, KAKMA by A-KID, KAF for the DTF (TS 33.535). */
#ifndef MODELS_NF_AANF_H
#define MODELS_NF_AANF_H

#include "models/nf/station_config.h"


struct aanf_config {
	struct nf_station_config station;
	int64_t kaf_lifetime_ns;
};
extern const struct sim_section aanf_section;

#endif
