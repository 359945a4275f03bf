/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UDM with ARPF and SIDF: de-concealment, vectors, authentication events, UECM, SDM (TS 29.503). */
#ifndef MODELS_NF_UDM_H
#define MODELS_NF_UDM_H

#include "models/nf/home.h"
#include "models/nf/station_config.h"


struct udm_config {
	struct nf_station_config station;
	int64_t sbi_timeout_ns;
	bool link_registration;       /* TS 33.501 6.1.4.1a */
	int64_t link_window_ns;
	int64_t reauthentication_ns;  /* TS 33.501 6.1.5; -1 never */
};
extern const struct sim_section udm_section;

struct udm;
struct udm *udm_new(struct nf_env *env, const struct udm_config *config, const struct home *home);
extern const struct nf_entry nf_udm;

/* Of each subscriber, at rest (scenarios/at_rest.h). */
uint32_t udm_octets_each(void);

#endif
