/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The journal of a run, FILE.h5.part: append-only, one checksummed record per finished replication,
 * written by one process. The result file is built from it at the end, because a reopened HDF5 file
 * would neither be the same octets nor survive a failed write (both measured).
 *
 *   head     whose it is, and the recipe to continue it with (results/journal_head.h)
 *   record   a blob (results/blob.h) and its CRC-32
 *
 * A record counts when it is whole; what follows the last whole one is cut off when the run is
 * continued. Failed replications are recorded too, but run again when it is continued.
 * Synchronised to the disk every few seconds: a killed process loses nothing, a power cut seconds.
 */
#ifndef RESULTS_JOURNAL_H
#define RESULTS_JOURNAL_H

#include "results/run_info.h"
#include "sim/core/status.h"

struct res_journal;

/* What a journal says of its run, for whoever has nothing but the journal: struct res_run's recipe. */
struct res_recipe {
	void *octets;
	size_t n;
	uint32_t n_jobs;
	uint8_t identity[RES_DIGEST_OCTETS];
};
/* SIM_E_USAGE when path is no journal, or has no whole recipe. */
enum sim_code res_journal_recipe(const char *path, struct res_recipe *recipe, struct sim_err *err);
void res_recipe_free(struct res_recipe *recipe);

/*
 * Creates path, or continues it when it belongs to this run. One of another run, or held by
 * another process, is SIM_E_USAGE and stays as it is. The caller ignores SIGXFSZ, else a limit on
 * the file size kills it.
 */
enum sim_code res_journal_open(const char *path, const struct res_run *run,
                               struct res_journal **out, struct sim_err *err);
void res_journal_close(struct res_journal *journal); /* NULL is harmless; the file stays */

uint32_t res_journal_kept(const struct res_journal *journal); /* finished replications in it */
bool res_journal_has(const struct res_journal *journal, uint32_t job);

/*
 * One replication arrives in pieces. commit checks that they are one whole blob of this job, and
 * rollback forgets them; SIM_E_WORKER from commit means that they were not, and are forgotten.
 * Any SIM_E_IO leaves the records before it whole and the sentence says what is kept.
 */
void res_journal_begin(struct res_journal *journal);
enum sim_code res_journal_append(struct res_journal *journal, const void *data, size_t n,
                                 struct sim_err *err);
enum sim_code res_journal_commit(struct res_journal *journal, uint32_t job, struct sim_err *err);
void res_journal_rollback(struct res_journal *journal);

/* The same in one go; rec may be NULL (a failed replication). */
enum sim_code res_journal_add(struct res_journal *journal, const struct rec_summary *summary,
                              const struct rec *rec, struct sim_err *err);

/* What is in it: 0 rows for jobs that are not or that failed. */
enum sim_code res_journal_summary(const struct res_journal *journal, uint32_t job,
                                  struct rec_summary *summary, struct sim_err *err);
uint32_t res_journal_rows(const struct res_journal *journal, uint32_t job, enum rec_table table);
/* Octets of rows [first, first + n) of a column of a job. */
enum sim_code res_journal_column(const struct res_journal *journal, uint32_t job,
                                 enum rec_table table, uint32_t column, uint32_t first, uint32_t n,
                                 void *out, struct sim_err *err);

const char *res_journal_path(const struct res_journal *journal);

#endif
