/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The result file, built in one go from a journal that holds every job (finished or failed): the
 * same octets for the same run, in whatever order the replications came.
 *
 *   /<table>/<column>      models/record/tables.h, with variant and replication before them
 *   /index/<table>         first row of each job (variant by variant), and the number of rows
 *   /names/<list>          what the numbers of "name <list>" columns stand for
 *   /replications, /parameters, /scenario/<nn>
 *   attributes of /        the run: struct res_run, digests, schema
 *
 * Attributes `unit` and `definition` stand at every column, `values` at enumerations.
 */
#ifndef RESULTS_WRITER_H
#define RESULTS_WRITER_H

#include "results/journal.h"

struct res_digests { /* over the replications in order */
	char protocol[RES_HEX_SIZE], event[RES_HEX_SIZE];
	uint32_t n_failed;
};

/*
 * Writes path.tmp and renames it to path. On failure removes path.tmp, leaves the journal and
 * an older file at path as they are; SIM_E_IO says so. digests may be NULL.
 */
enum sim_code res_write(const char *path, const struct res_run *run,
                        const struct res_journal *journal, struct res_digests *digests,
                        struct sim_err *err);

/* Whether nothing can be lost there: no file, an empty one, or a result of the same run. */
bool res_may_write(const char *path, const struct res_run *run);

#endif
