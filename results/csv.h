/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Comma-separated values (RFC 4180, lines end with LF): a field, and a whole table of a result. */
#ifndef RESULTS_CSV_H
#define RESULTS_CSV_H

#include "results/reader.h"
#include <stdio.h>

/* Quoted where it must be; NULL is an empty field. */
void res_csv_text(FILE *out, const char *text);

/*
 * One line per row after a head of column names: variant and replication, then the columns of
 * models/record/tables.h; numbers that stand for names and enumerations as their texts. SIM_E_IO when
 * a column could not be read or out not be written.
 */
enum sim_code res_csv_table(struct res_file *file, enum rec_table table, FILE *out,
                            struct sim_err *err);

#endif
