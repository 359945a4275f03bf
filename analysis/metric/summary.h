/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a run found, for a terminal: at most sixty lines of at most a hundred columns, answers
 * first. Headings are bold on a terminal (unless NO_COLOR is set) and plain elsewhere.
 */
#ifndef ANALYSIS_METRIC_SUMMARY_H
#define ANALYSIS_METRIC_SUMMARY_H

#include "analysis/metric/value.h"
#include "results/reader.h"
#include "sim/core/status.h"
#include <stdio.h>

/* Of metrics that are computed already. */
void summary_write(struct res_file *file, const struct met_values *values, FILE *out);
/* Computes and writes; on failure says why on stderr. */
enum sim_code summary_print(struct res_file *file, FILE *out);

#endif
