/* SPDX-License-Identifier: GPL-2.0-or-later */
/* AUSF: 5G-AKA, KAUSF, HXRES* (TS 33.501 6.1.3.2, TS 29.509). */
#ifndef MODELS_NF_AUSF_H
#define MODELS_NF_AUSF_H

#include "models/nf/home.h"
#include "models/nf/station_config.h"


struct ausf_config {
	struct nf_station_config station;
	int64_t sbi_timeout_ns;
	int64_t context_ns; /* life of a ue-authentications resource */
};
extern const struct sim_section ausf_section;

struct ausf;
struct ausf *ausf_new(struct nf_env *env, const struct ausf_config *config, const struct home *home);
extern const struct nf_entry nf_ausf;

/* Of each subscriber, at rest (scenarios/at_rest.h). */
uint32_t ausf_octets_each(void);

#endif
