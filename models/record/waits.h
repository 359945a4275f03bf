/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Waits without their rows: at record.level metrics each latency goes into the sketch of its metric,
 * class, method, access, serving network and outcome, whose parts are summed up beside it. Memory is
 * that of the sketches, whatever the number of waits.
 */
#ifndef MODELS_RECORD_WAITS_H
#define MODELS_RECORD_WAITS_H

#include "models/record/record.h"

struct rec_waits;

/* Takes a row of the table latency to its sketch; its times are 0 or more where it finished. */
void rec_waits_add(struct rec *rec, const struct rec_latency *row);
/* At the end: rows of latency_sketch, in the order of their keys, and of latency_bucket. */
void rec_waits_write(struct rec *rec);
/* Octets of memory: for whoever wants to see that it does not grow. */
size_t rec_waits_octets(const struct rec *rec);
void rec_waits_free(struct rec_waits *waits); /* NULL is harmless */

#endif
