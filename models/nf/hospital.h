/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hospital platform: admits a twin, runs the surgery session, knows the care team. */
#ifndef MODELS_NF_HOSPITAL_H
#define MODELS_NF_HOSPITAL_H

#include "models/nf/station_config.h"


struct hospital_config {
	struct nf_station_config station;
	int64_t keep_alive_ns; /* interval between keep-alives of a session */
	int64_t answer_ns;     /* a keep-alive unanswered for this long has failed */
	int64_t entry_timeout_ns;
};
extern const struct sim_section hospital_section;

#endif
