/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How a journal begins: whose it is, and the recipe by which whoever has nothing but the journal
 * continues the run. The recipe's octets are the caller's; two commands that mean the same run may
 * differ in it.
 *
 *   header   magic, identity, numbers of variants and replications, octets of the recipe, CRC-32
 *   recipe   octets, CRC-32
 */
#ifndef RESULTS_JOURNAL_HEAD_H
#define RESULTS_JOURNAL_HEAD_H

#include "results/run_info.h"
#include "sim/core/status.h"

/* Opened for reading and writing. `at` is then where records begin: behind a head that is this run's,
 * that was there or is written now, where there was none or a torn one, which no record can follow. */
enum sim_code res_journal_head(int fd, const char *path, const struct res_run *run, uint64_t *at,
                               struct sim_err *err);

/*
 * Whole reads and writes at a place; 0, or -1 with errno. An end of file while reading is EIO.
 */
int res_read_at(int fd, void *out, size_t n, uint64_t at);
int res_write_at(int fd, const void *data, size_t n, uint64_t at);
uint32_t res_crc(uint32_t crc, const void *data, size_t n);
/* Of n octets of a file. */
int res_crc_at(int fd, uint64_t at, uint64_t n, uint32_t *crc);

#endif
