/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Probe subscribers: they register at Poisson times of their own and leave at once, so that they
 * see what a request started now would see (PASTA).
 */
#ifndef MODELS_NF_PROBE_H
#define MODELS_NF_PROBE_H

#include "models/nf/ue.h"

struct probe_plan {
	uint32_t first, n;   /* subscriber numbers                            */
	int64_t interval_ns; /* mean, of all probes together; -1 none         */
	int64_t registration_deadline_ns;
	uint32_t n_cells;
};

struct probes;
struct probes *probes_new(struct nf_env *env, struct ues *ues, const struct probe_plan *plan);
void probes_start(struct probes *probes);
/* Rows for demands still open at the end of the run (censored). */
void probes_finish(struct probes *probes);

#endif
