/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A text file of a command: written beside its name and renamed when whole; "-" is standard output. */
#ifndef CLI_OUT_FILE_H
#define CLI_OUT_FILE_H

#include "sim/core/status.h"
#include <stdbool.h>
#include <stdio.h>

struct out_file {
	const char *path;
	char *part; /* NULL: standard output */
	FILE *file;
	int error; /* why the first write failed, as errno has it */
};

/* Whether it can be written, asked before the work: an older file is in the way unless `force`. */
enum sim_code out_file_check(const char *path, bool force, struct sim_err *err);
enum sim_code out_file_open(struct out_file *out, const char *path, struct sim_err *err);
/* After a write: a reason is remembered until out_file_close() says it. */
void out_file_wrote(struct out_file *out);
enum sim_code out_file_close(struct out_file *out, struct sim_err *err);
/* Leaves nothing. Harmless when it is not open. */
void out_file_abandon(struct out_file *out);

#endif
