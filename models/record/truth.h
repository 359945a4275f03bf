/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ground truth of the observations: who it was. For the witness that writes it, the file that keeps
 * it and the metric that scores claims by it; attacks and linking adversaries never include this.
 */
#ifndef MODELS_RECORD_TRUTH_H
#define MODELS_RECORD_TRUTH_H

#include "models/record/record.h"

#define REC_FIELD(table, type, name, unit, doc) rec_##type name;
struct rec_truth { REC_TRUTH(REC_FIELD) };
#undef REC_FIELD

static inline void rec_add_truth(struct rec *rec, const struct rec_truth *row)
{
	rec_add(rec, REC_T_truth, row);
}

#endif
