/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside of the reader: an open result file. Users see results/reader.h. */
#ifndef RESULTS_FILE_H
#define RESULTS_FILE_H

#include "results/reader.h"
#include <hdf5.h>

enum { RES_MAX_BLOCKS = 128, RES_JOB_COLUMNS = 2 };

struct res_file {
	hid_t file;
	char *path;
	uint32_t schema;
	struct res_run run;
	struct rec_names names;  /* points into blocks */
	bool complete;
	char *protocol_digest, *event_digest;
	uint32_t *first_parameter; /* of each variant, and their number at the end */
	struct res_replication *replications;
	uint64_t *index[REC_N_TABLES]; /* first row of each job, and the number of rows at the end */
	/* variant, replication, then those of the table; NULL: not read yet */
	void *column[REC_N_TABLES][RES_JOB_COLUMNS + REC_MAX_COLUMNS];
	void *block[RES_MAX_BLOCKS]; /* released when the file is closed */
	uint32_t n_blocks;
	struct sim_err error; /* of the last failed read */
};

/* Remembers memory to release; gives it back. NULL is passed on. */
void *res_file_keep(struct res_file *file, void *block);

/* Whether the file is older than this table, column or list of names ("demand/offered"). */
bool res_file_is_older_than(const struct res_file *file, const char *name);
/* Everything but the rows. Returns NULL, or what is missing ("attribute seed", "table latency"). */
const char *res_file_load(struct res_file *file);

#endif
