/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UDR: the home network's database, of subscriptions and of twins (TS 29.504). */
#ifndef MODELS_NF_UDR_H
#define MODELS_NF_UDR_H

#include "models/nf/station_config.h"


struct udr_config {
	struct nf_station_config station;
};
extern const struct sim_section udr_section;

#endif
