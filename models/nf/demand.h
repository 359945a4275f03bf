/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Demands counted by class and window of their start (record.window): to be registered, to enter a
 * hospital. A demand is counted once, when it has ended; what is open at the end of the run is
 * censored and not counted (METRICS.md, availability). Beside them the course of registrations, each
 * event in the window in which it happens, whatever becomes of it: demands made, attempts, completions.
 */
#ifndef MODELS_NF_DEMAND_H
#define MODELS_NF_DEMAND_H

#include "models/record/record.h"
#include "sim/core/pool.h"
#include <stdbool.h>
#include <stdint.h>

struct demand;

struct demand *demand_new(struct sim_arena *arena, int64_t window_ns);
/* It has ended: attempts made, and how many of them were completed before T3510. */
void demand_registration(struct demand *demand, enum rec_class class, int64_t start_ns, bool met,
                         uint32_t attempts, uint32_t attempts_ok);
/* The course; NULL: nobody counts. A demand of the UE's own, after T3502, is no offered one. */
void demand_offered(struct demand *demand, enum rec_class class, int64_t now_ns);
void demand_tried(struct demand *demand, enum rec_class class, int64_t now_ns);
void demand_completed(struct demand *demand, enum rec_class class, int64_t now_ns);
/* One that is completed is so within the deadline since its subscriber asked. */
void demand_in_time(struct demand *demand, enum rec_class class, int64_t now_ns);
void demand_dt(struct demand *demand, enum rec_class class, int64_t start_ns, bool met);
/* One row per class and window in which anything was counted, in that order. */
void demand_write(const struct demand *demand, struct rec *rec);

#endif
