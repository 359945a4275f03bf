/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All metrics of a result file: variant by variant, family by family, in the order of met_list.h.
 */
#ifndef ANALYSIS_METRIC_COMPUTE_H
#define ANALYSIS_METRIC_COMPUTE_H

#include "analysis/metric/value.h"
#include "results/reader.h"
#include "sim/core/status.h"

/* To be freed with met_values_free(), after a failure too. Texts of scopes belong to the file. */
enum sim_code met_compute(struct res_file *file, struct met_values *out, struct sim_err *err);

#endif
