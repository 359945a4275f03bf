/* SPDX-License-Identifier: GPL-2.0-or-later */
/* DTF: the digital twin function of the use case: enrolment, assertions, storage. */
#ifndef MODELS_NF_DTF_H
#define MODELS_NF_DTF_H

#include "models/nf/station_config.h"


struct dtf_config {
	struct nf_station_config station;
	int64_t sbi_timeout_ns;
};
extern const struct sim_section dtf_section;

#endif
