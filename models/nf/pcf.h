/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PCF: AM policy, one operation of the registration ladder (TS 29.507). */
#ifndef MODELS_NF_PCF_H
#define MODELS_NF_PCF_H

#include "models/nf/nf.h"
#include "models/nf/station_config.h"


struct pcf_config {
	struct nf_station_config station;
	int64_t sbi_timeout_ns;
};
extern const struct sim_section pcf_section;

struct pcf;
struct pcf *pcf_new(struct nf_env *env, const struct pcf_config *config);
/* The visited network's: it decides by itself (TS 23.503 6.2.1.6: no N36 across networks). */
struct pcf *pcf_new_visited(struct nf_env *env, const struct pcf_config *config);
extern const struct nf_entry nf_pcf;

#endif
