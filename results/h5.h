/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * HDF5 with the manners of the house: 0 or -1, no message of its own on stderr, and no octet in a
 * file that depends on when or where it was written (no object times, bounded library version).
 */
#ifndef RESULTS_H5_H
#define RESULTS_H5_H

#include "models/record/record.h"
#include <hdf5.h>

/* Level 4 would take a quarter longer and save two octets in a hundred (latency rows, measured). */
enum { RES_CHUNK_ROWS = 16384, RES_DEFLATE_LEVEL = 1 };

/* Before anything else, and again before each file: forgets the reason of an earlier failure. */
void res_h5_quiet(void);
/* What the operating system said since ("No space left on device"), else a general word. */
const char *res_h5_reason(void);

/* File access with bounds fixed: the format of HDF5 1.8, which everything reads. */
hid_t res_h5_access(void);
hid_t res_h5_string(size_t size);             /* fixed length, UTF-8, padded with NUL; at least 1 */
hid_t res_h5_file_type(enum rec_type type);   /* little-endian; not to be closed                */
hid_t res_h5_memory_type(enum rec_type type); /* not to be closed                               */

/* Writing. Lists of length 0 are allowed everywhere. */
int res_h5_attr_text(hid_t where, const char *name, const char *text);
int res_h5_attr_texts(hid_t where, const char *name, const char *const *texts, hsize_t n);
int res_h5_attr_numbers(hid_t where, const char *name, hid_t file_type, hid_t memory_type,
                        const void *values, hsize_t n);
int res_h5_attr_number(hid_t where, const char *name, hid_t file_type, hid_t memory_type,
                       const void *value);
hid_t res_h5_group(hid_t where, const char *name, const char *definition);
/* A data set of n rows: chunks, shuffle and deflate. */
hid_t res_h5_column(hid_t where, const char *name, hid_t file_type, hsize_t n, const char *unit,
                    const char *definition);
int res_h5_write_rows(hid_t column, hid_t memory_type, hsize_t first, hsize_t n, const void *rows);
int res_h5_numbers(hid_t where, const char *name, enum rec_type type, const void *values, hsize_t n,
                   const char *unit, const char *definition);
int res_h5_texts(hid_t where, const char *name, const char *const *texts, hsize_t n,
                 const char *definition);
/* One long text as a scalar data set (an attribute over 64 KiB fails). */
int res_h5_long_text(hid_t where, const char *name, const char *text, size_t length,
                     const char *attr_name);

/* Reading. The caller frees what is returned; NULL when it is not there or of another shape. */
char *res_h5_read_attr_text(hid_t where, const char *name);
char **res_h5_read_attr_texts(hid_t where, const char *name, hsize_t *n); /* one block: free once */
int res_h5_read_attr_numbers(hid_t where, const char *name, hid_t memory_type, void *out,
                             hsize_t n);
char **res_h5_read_texts(hid_t where, const char *name, hsize_t *n); /* one block: free once */
char *res_h5_read_long_text(hid_t where, const char *name, size_t *length);
/* Rows of a one-dimensional data set of exactly this number type; -1 when it is not one. */
int res_h5_check_column(hid_t where, const char *name, enum rec_type type, hsize_t *n);
int res_h5_read_column(hid_t where, const char *name, enum rec_type type, void *out, hsize_t n);

#endif
