/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/table.h"
#include "sim/core/status.h"
#include <stdlib.h>
#include <string.h>

struct table_row {
	const char *cell[TABLE_COLUMNS];
	bool across;
};

/* A very long cell does not push the others to the right. */
enum { WIDEST = 64 };

static size_t width_of(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

static struct table_row *new_row(struct table *table)
{
	if ((table->n & (table->n - 1)) == 0) {
		size_t size = table->n ? 2 * table->n : 1;

		table->row = reallocarray(table->row, size, sizeof *table->row);
		SIM_ASSERT(table->row != NULL);
	}
	struct table_row *row = &table->row[table->n++];

	memset(row, 0, sizeof *row);
	return row;
}

void table_add(struct table *table, const char *const cell[TABLE_COLUMNS])
{
	struct table_row *row = new_row(table);

	for (int i = 0; i < TABLE_COLUMNS && cell[i]; i++)
		row->cell[i] = cell[i];
}

void table_line(struct table *table, const char *text)
{
	struct table_row *row = new_row(table);

	row->across = true;
	row->cell[0] = text;
}

static void print_cell(const char *text, size_t width, bool last, FILE *out)
{
	fputs(text, out);
	if (last)
		return;
	for (size_t used = width_of(text); used < width; used++)
		fputc(' ', out);
	fputs("  ", out);
}

static bool is_last(const struct table_row *row, int column)
{
	for (int i = column + 1; i < TABLE_COLUMNS; i++)
		if (row->cell[i] && *row->cell[i])
			return false;
	return true;
}

static void print_row(const struct table_row *row, const size_t *width, FILE *out)
{
	for (int i = 0; i < TABLE_COLUMNS && row->cell[i]; i++) {
		bool last = row->across || is_last(row, i);

		print_cell(row->cell[i], width[i], last, out);
		if (last)
			break;
	}
	fputc('\n', out);
}

void table_print(struct table *table, FILE *out)
{
	size_t width[TABLE_COLUMNS] = {0};

	for (size_t r = 0; r < table->n; r++)
		for (int i = 0; i < TABLE_COLUMNS && table->row[r].cell[i] && !table->row[r].across; i++) {
			size_t w = width_of(table->row[r].cell[i]);

			width[i] = w > width[i] && w <= WIDEST ? w : width[i];
		}
	for (size_t r = 0; r < table->n; r++)
		print_row(&table->row[r], width, out);
	free(table->row);
	*table = (struct table){NULL, 0};
}
