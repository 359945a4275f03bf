/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of a result file that are not rows: attributes of the run, parameters, texts, names. */
#ifndef RESULTS_WRITE_RUN_H
#define RESULTS_WRITE_RUN_H

#include "results/writer.h"
#include <hdf5.h>

void res_digests_of(const struct rec_summary *summaries, uint32_t n, struct res_digests *digests);

/* 0, or -1 with HDF5's reason in res_h5_reason(). */
int res_write_run(hid_t file, const struct res_run *run, const struct res_digests *digests);
int res_write_replications(hid_t file, const struct rec_summary *summaries, uint32_t n);

#endif
