/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Columns of a result file: read whole at their first use, kept until res_forget(). */
#include "models/record/truth.h"
#include "results/file.h"
#include "results/h5.h"
#include "sim/core/memory.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct rec_column_info job_column[RES_JOB_COLUMNS] = {
	{.name = "variant", .type = REC_u16, .width = 2},
	{.name = "replication", .type = REC_u32, .width = 4},
};

static const struct rec_column_info *column_info(enum rec_table table, int column)
{
	return column < RES_JOB_COLUMNS ? &job_column[column]
	                                : &rec_table_info(table)->column[column - RES_JOB_COLUMNS];
}

static int find_column(enum rec_table table, const char *name)
{
	for (int c = 0; c < RES_JOB_COLUMNS; c++)
		if (strcmp(job_column[c].name, name) == 0)
			return c;
	int c = rec_column_find(table, name);
	SIM_ASSERT(c >= 0);
	return c + RES_JOB_COLUMNS;
}

static void *fail(struct res_file *file, const char *column, const char *why)
{
	sim_fail(&file->error, SIM_E_IO, "cannot read column %s of %s: %s", column, file->path, why);
	return NULL;
}

/* --- values ---------------------------------------------------------------------------------- */

/* Of windows: what reads them counts up to the last one; a second each for four months. */
enum { MOST_WINDOWS = 10000000 };

static uint32_t n_texts(const char *enum_name)
{
	const char *const *texts = rec_enum_texts(enum_name);
	uint32_t n = 0;
	while (texts[n])
		n++;
	return n;
}

static int name_list_of(const char *unit)
{
	int list = 0;
	while (strcmp(rec_name_list_name((enum rec_name_list)list), unit + strlen("name ")) != 0)
		list++;
	return list;
}

/* How many values are allowed, from 0 up; UINT64_MAX: all. */
static uint64_t n_allowed(const struct res_file *file, const struct rec_column_info *info)
{
	if (info == &job_column[0])
		return file->run.n_variants;
	if (info == &job_column[1])
		return file->run.replications;
	if (strcmp(info->name, "window") == 0)
		return MOST_WINDOWS;
	if (strcmp(info->name, "disclosed") == 0)
		return file->names.n[REC_NAME_subject] + UINT64_C(1);
	if (info->unit && strncmp(info->unit, "enum ", 5) == 0)
		return n_texts(info->unit + 5);
	if (info->unit && strncmp(info->unit, "name ", 5) == 0)
		return file->names.n[name_list_of(info->unit)];
	return UINT64_MAX;
}

static uint64_t value_at(enum rec_type type, const void *rows, uint64_t i)
{
	switch (type) {
	case REC_u8: return ((const uint8_t *)rows)[i];
	case REC_u16: return ((const uint16_t *)rows)[i];
	case REC_u32: return ((const uint32_t *)rows)[i];
	default: return ((const uint64_t *)rows)[i];
	}
}

static int refuse(struct res_file *file, const char *name, uint64_t row, const char *found,
                  const char *allowed)
{
	sim_fail(&file->error, SIM_E_INPUT, "%s: %s: row %" PRIu64 ": found %s, allowed: %s", file->path,
	         name, row, found, allowed);
	return -1;
}

/* Numbers index what analysis allocated by the counts of the run: none may lie outside of these. */
static int check_numbers(struct res_file *file, const struct rec_column_info *info,
                         const char *name, const void *rows, uint64_t n)
{
	const uint64_t allowed = n_allowed(file, info);
	if (allowed == UINT64_MAX)
		return 0;
	for (uint64_t i = 0; i < n; i++) {
		const uint64_t value = value_at(info->type, rows, i);
		if (value < allowed)
			continue;
		char found[32], range[48] = "none, there are no names";
		snprintf(found, sizeof found, "%" PRIu64, value);
		if (allowed > 0)
			snprintf(range, sizeof range, "0 to %" PRIu64, allowed - 1);
		return refuse(file, name, i, found, range);
	}
	return 0;
}

/* Times since the start of the replication: -1 says never. */
static int check_times(struct res_file *file, const char *name, const int64_t *rows, uint64_t n)
{
	for (uint64_t i = 0; i < n; i++)
		if (rows[i] < -1) {
			char found[32];
			snprintf(found, sizeof found, "%" PRId64, rows[i]);
			return refuse(file, name, i, found, "-1 or more");
		}
	return 0;
}

static int check_values(struct res_file *file, const struct rec_column_info *info, const char *name,
                        const void *rows, uint64_t n)
{
	return info->type == REC_i64 ? check_times(file, name, rows, n)
	                             : check_numbers(file, info, name, rows, n);
}

/* --- reading --------------------------------------------------------------------------------- */

static void *read_column(struct res_file *file, enum rec_table table,
                         const struct rec_column_info *info)
{
	char name[128];
	uint64_t n = res_n_rows(file, table);
	snprintf(name, sizeof name, "%s/%s", rec_table_info(table)->name, info->name);
	void *rows = calloc((size_t)(n ? n : 1), info->width);
	if (!rows)
		return fail(file, name, "out of memory");
	if (n == 0 || res_file_is_older_than(file, name))
		return rows; /* a column that came later: zeros */
	if (res_h5_read_column(file->file, name, info->type, rows, n) != 0) {
		free(rows);
		return fail(file, name, sim_memory_is_short() ? "out of memory" : "the file is damaged there");
	}
	if (check_values(file, info, name, rows, n) == 0)
		return rows;
	free(rows);
	return NULL;
}

static const void *column_at(struct res_file *file, enum rec_table table, int column)
{
	void **kept = &file->column[table][column];
	if (!*kept)
		*kept = read_column(file, table, column_info(table, column));
	return *kept;
}

const void *res_column(struct res_file *file, enum rec_table table, const char *column)
{
	return column_at(file, table, find_column(table, column));
}

#define TYPED(ctype, name)                                                                         \
	const ctype *res_##name(struct res_file *file, enum rec_table table, const char *column)      \
	{                                                                                             \
		int c = find_column(table, column);                                                       \
		SIM_ASSERT(column_info(table, c)->type == REC_##name);                                    \
		return column_at(file, table, c);                                                         \
	}
TYPED(uint8_t, u8)
TYPED(uint16_t, u16)
TYPED(uint32_t, u32)
TYPED(uint64_t, u64)
TYPED(int64_t, i64)

static size_t row_size(enum rec_table table)
{
#define SIZE(name, level, doc, COLUMNS) [REC_T_##name] = sizeof(struct rec_##name),
	static const size_t size[REC_N_TABLES] = {REC_TABLES(SIZE)};
#undef SIZE
	return size[table];
}

int res_gather(struct res_file *file, enum rec_table table, struct res_range range, void *out)
{
	const struct rec_table_info *info = rec_table_info(table);
	SIM_ASSERT(range.first <= range.end && range.end <= res_n_rows(file, table));
	size_t size = row_size(table);
	memset(out, 0, (size_t)(range.end - range.first) * size);
	for (uint32_t c = 0; c < info->n_columns; c++) {
		const struct rec_column_info *column = &info->column[c];
		const char *from = column_at(file, table, (int)c + RES_JOB_COLUMNS);
		if (!from)
			return -1;
		for (uint64_t i = range.first; i < range.end; i++)
			memcpy((char *)out + (i - range.first) * size + column->offset,
			       from + i * column->width, column->width);
	}
	return 0;
}

void res_forget(struct res_file *file, enum rec_table table)
{
	for (int c = 0; c < RES_JOB_COLUMNS + REC_MAX_COLUMNS; c++) {
		free(file->column[table][c]);
		file->column[table][c] = NULL;
	}
}

const struct sim_err *res_error(const struct res_file *file)
{
	return &file->error;
}
