/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A finished replication as octets: what a worker hands to the parent through a pipe and what a
 * record of the journal holds. A head of fixed size, then every table column by column. In the byte
 * order of the machine: it never leaves it.
 */
#ifndef RESULTS_BLOB_H
#define RESULTS_BLOB_H

#include "models/record/record.h"
#include "sim/core/status.h"

enum { RES_BLOB_TABLES = 16, RES_BLOB_MAGIC = 0x44545231 };

struct res_blob_head {
	uint32_t magic;
	uint32_t variant;
	uint32_t replication;
	uint32_t failed;
	uint64_t length; /* of head and columns */
	uint64_t events;
	int64_t wall_ns, cpu_ns, crypto_cpu_ns, peak_octets;
	uint8_t protocol_digest[REC_DIGEST_OCTETS];
	uint8_t event_digest[REC_DIGEST_OCTETS];
	char reason[REC_REASON_SIZE];
	uint32_t rows[RES_BLOB_TABLES];
};

/* rec may be NULL: no rows. */
void res_blob_head_make(const struct rec_summary *summary, const struct rec *rec,
                        struct res_blob_head *head);
/* Whether this can be the head of a whole blob: magic, length against rows, text terminated. */
int res_blob_head_valid(const struct res_blob_head *head);
void res_blob_summary(const struct res_blob_head *head, struct rec_summary *summary);

/* Where a column begins, counted from the start of the blob. */
uint64_t res_blob_column_at(const uint32_t rows[], enum rec_table table, uint32_t column);

/* Writes head and columns to a file descriptor; SIM_E_IO when that fails. */
enum sim_code res_blob_write(int fd, const struct rec_summary *summary, const struct rec *rec,
                             struct sim_err *err);

#endif
