/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An offered load of registrations, as a load generator makes it: subscribers of its own register
 * one after another, whether or not the core keeps up. For validation against a measured core.
 */
#ifndef MODELS_NF_LOAD_H
#define MODELS_NF_LOAD_H

#include "models/nf/demand.h"
#include "models/nf/ue.h"
#include "sim/core/param.h"

enum load_process { LOAD_POISSON, LOAD_PACED };

struct load_config {
	double rate_per_s;   /* 0: no load                                             */
	uint8_t process;     /* enum load_process                                      */
	int64_t subscribers; /* each registers in turn                                 */
	int64_t stay_ns;     /* then it deregisters and may register again; -1 never   */
};
extern const struct sim_section load_section;

struct load_plan {
	const struct load_config *config;
	uint32_t first, n; /* subscriber numbers */
	uint32_t n_cells;
	int64_t registration_deadline_ns;
};

struct load;
struct load *load_new(struct nf_env *env, struct ues *ues, struct demand *demand,
                      const struct load_plan *plan);
void load_start(struct load *load);
/* Rows for registrations still open at the end of the run (censored). */
void load_finish(struct load *load);

#endif
