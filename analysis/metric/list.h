/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The families of met_list.h, in its order. */
#ifndef ANALYSIS_METRIC_LIST_H
#define ANALYSIS_METRIC_LIST_H

#include "analysis/metric/metric.h"

extern const struct met_family *const met_families[];
extern const uint32_t met_n_families;

/* The entry whose metric this is ("registration.latency.radio" too); NULL: none. */
const struct met_entry *met_entry_of(const char *name);
/* What record.level the family of this metric needs; none for a name that is no metric. */
enum rec_level met_level_of(const char *name);

#endif
