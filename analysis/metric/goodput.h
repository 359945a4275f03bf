/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ANALYSIS_METRIC_GOODPUT_H
#define ANALYSIS_METRIC_GOODPUT_H

#include "results/reader.h"

/* Somebody of class background registers by more than habit: populations or a load. */
bool met_has_population(const struct res_file *file, uint16_t variant);
/* Registrations completed in all variants and replications; 0 where record.level has no windows. */
uint64_t met_completed(struct res_file *file);

#endif
