/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Demands counted by class and window of their start (record.window): to be registered, to enter a
 * hospital. A demand is counted once, when it has ended; what is open at the end of the run is
 * censored and not counted (METRICS.md, availability).
 */
#ifndef MODELS_NF_DEMAND_H
#define MODELS_NF_DEMAND_H

#include "models/record/record.h"
#include "sim/core/pool.h"
#include <stdbool.h>
#include <stdint.h>

struct demand;

struct demand *demand_new(struct sim_arena *arena, int64_t window_ns);
/* attempts made, and how many of them were completed before T3510. */
void demand_registration(struct demand *demand, enum rec_class class, int64_t start_ns, bool met,
                         uint32_t attempts, uint32_t attempts_ok);
void demand_dt(struct demand *demand, enum rec_class class, int64_t start_ns, bool met);
/* One row per class and window in which anything was counted, in that order. */
void demand_write(const struct demand *demand, struct rec *rec);

#endif
