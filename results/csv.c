/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/csv.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

void res_csv_text(FILE *out, const char *text)
{
	if (!text)
		return;
	if (!strpbrk(text, ",\"\r\n")) {
		fputs(text, out);
		return;
	}
	fputc('"', out);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', out);
		fputc(*text, out);
	}
	fputc('"', out);
}

/* A column of the table as it is written. */
struct column {
	const struct rec_column_info *info;
	const void *rows;
	const char *const *texts; /* of an enumeration; NULL none */
	int list;                 /* of names; -1 none            */
};

static int name_list(const char *unit)
{
	for (int l = 0; strncmp(unit, "name ", 5) == 0 && l < REC_N_NAME_LISTS; l++)
		if (strcmp(rec_name_list_name((enum rec_name_list)l), unit + 5) == 0)
			return l;
	return -1;
}

static bool open_column(struct res_file *file, enum rec_table table,
                        const struct rec_column_info *info, struct column *out)
{
	const bool is_enum = strncmp(info->unit, "enum ", 5) == 0;

	*out = (struct column){.info = info, .rows = res_column(file, table, info->name),
	                       .texts = is_enum ? rec_enum_texts(info->unit + 5) : NULL,
	                       .list = name_list(info->unit)};
	return out->rows != NULL;
}

static uint64_t unsigned_at(const struct column *column, uint64_t i)
{
	switch (column->info->type) {
	case REC_u8: return ((const uint8_t *)column->rows)[i];
	case REC_u16: return ((const uint16_t *)column->rows)[i];
	case REC_u32: return ((const uint32_t *)column->rows)[i];
	default: return ((const uint64_t *)column->rows)[i];
	}
}

/* The reader has refused numbers that no name or enumeration has. */
static void put_cell(const struct res_file *file, const struct column *column, uint64_t i,
                     FILE *out)
{
	if (column->info->type == REC_i64)
		fprintf(out, "%" PRId64, ((const int64_t *)column->rows)[i]);
	else if (column->texts)
		res_csv_text(out, column->texts[unsigned_at(column, i)]);
	else if (column->list >= 0)
		res_csv_text(out, res_name(file, (enum rec_name_list)column->list,
		                           (uint32_t)unsigned_at(column, i)));
	else
		fprintf(out, "%" PRIu64, unsigned_at(column, i));
}

static void put_rows(const struct res_file *file, uint16_t variant, uint32_t replication,
                     struct res_range rows, const struct column *column, uint32_t n, FILE *out)
{
	for (uint64_t i = rows.first; i < rows.end; i++) {
		res_csv_text(out, res_run(file)->variants[variant].name);
		fprintf(out, ",%" PRIu32, replication);
		for (uint32_t c = 0; c < n; c++) {
			fputc(',', out);
			put_cell(file, &column[c], i, out);
		}
		fputc('\n', out);
	}
}

enum sim_code res_csv_table(struct res_file *file, enum rec_table table, FILE *out,
                            struct sim_err *err)
{
	const struct rec_table_info *info = rec_table_info(table);
	const struct res_run *run = res_run(file);
	struct column column[REC_MAX_COLUMNS];

	for (uint32_t c = 0; c < info->n_columns; c++)
		if (!open_column(file, table, &info->column[c], &column[c]))
			return sim_fail(err, SIM_E_IO, "%s", res_error(file)->text);
	fputs("variant,replication", out);
	for (uint32_t c = 0; c < info->n_columns; c++)
		fprintf(out, ",%s", info->column[c].name);
	fputc('\n', out);
	for (uint32_t v = 0; v < run->n_variants; v++)
		for (uint32_t r = 0; r < run->replications; r++)
			put_rows(file, (uint16_t)v, r, res_rows(file, table, (uint16_t)v, r), column,
			         info->n_columns, out);
	if (fflush(out) != 0 || ferror(out))
		return sim_fail(err, SIM_E_IO, "writing the table failed: %s", strerror(errno));
	return SIM_OK;
}
