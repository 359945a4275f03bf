/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When the attacks and faults of a variant were, from its effective parameters. */
#ifndef ANALYSIS_METRIC_ATTACK_H
#define ANALYSIS_METRIC_ATTACK_H

#include "analysis/metric/metric.h"

enum { MET_MAX_ATTACKS = 16 };

struct met_attack {
	const char *name;
	double start_ns, end_ns; /* end: infinite when it never does */
};
/* Those that take time at all, in the order of the parameters. Returns how many. */
uint32_t met_attacks(const struct met_job *job, struct met_attack out[MET_MAX_ATTACKS]);

/* The name between "attacks." and ".kind" of the i-th such key; NULL when there are no more. */
const char *met_named(const struct met_job *job, const char *prefix, const char *suffix,
                      uint32_t i);
/* The value of "<prefix>.<name>.<key>" as res_parameter_si() has it. */
double met_named_si(const struct met_job *job, const char *prefix, const char *name,
                    const char *key,
                    enum sim_quantity quantity, double otherwise);

double met_duration_ns(const struct met_job *job); /* of the run; NaN when it does not say */
double met_window_ns(const struct met_job *job);   /* of record.window; 60 s when it does not say */

#endif
