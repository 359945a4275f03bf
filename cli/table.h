/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text in aligned columns, for terminals; widths count characters of UTF-8, not octets. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { TABLE_COLUMNS = 6 };

struct table {
	struct table_row *row;
	size_t n;
};

/* The cells are borrowed until the table is printed. NULL ends a row early. */
void table_add(struct table *table, const char *const cell[TABLE_COLUMNS]);
/* A line across the columns: a heading, or "" for an empty line. */
void table_line(struct table *table, const char *text);
/* Prints and empties it. */
void table_print(struct table *table, FILE *out);

#endif
