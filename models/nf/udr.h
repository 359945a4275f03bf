/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UDR: the home network's database, of subscriptions and of twins (TS 29.504). */
#ifndef MODELS_NF_UDR_H
#define MODELS_NF_UDR_H

#include "models/nf/home.h"
#include "models/nf/station_config.h"


struct udr_config {
	struct nf_station_config station;
};
extern const struct sim_section udr_section;

struct udr;
struct udr *udr_new(struct nf_env *env, const struct udr_config *config, const struct home *home);
extern const struct nf_entry nf_udr;

/* Of each subscriber, at rest (scenarios/at_rest.h). */
uint32_t udr_octets_each(void);

#endif
