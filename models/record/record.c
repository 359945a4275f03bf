/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "models/record/record.h"
#include "models/record/truth.h"
#include "models/record/waits.h"
#include "sim/core/memory.h"
#include "sim/core/status.h"
#include <stdlib.h>
#include <string.h>

#define COLUMN_INFO(table, ctype, name_, unit_, doc_)                                              \
	{.name = #name_, .unit = unit_, .doc = doc_, .type = REC_##ctype,                              \
	 .width = sizeof(rec_##ctype), .offset = offsetof(struct rec_##table, name_)},
#define COLUMN_ONE(table, ctype, name, unit, doc) +1
#define TABLE_INFO(table, level_, doc_, COLUMNS)                                                   \
	{.name = #table, .doc = doc_, .level = REC_LEVEL_##level_,                                     \
	 .n_columns = 0 COLUMNS(COLUMN_ONE), .column = {COLUMNS(COLUMN_INFO)}},
static const struct rec_table_info tables[REC_N_TABLES] = {REC_TABLES(TABLE_INFO)};

#define ENUM_TEXT(value, text) text,
#define ENUM_TEXTS(name) static const char *const texts_##name[] = {REC_ENUM_##name(ENUM_TEXT) NULL};
REC_ENUMS(ENUM_TEXTS)
#define ENUM_ROW(name) {#name, texts_##name},
static const struct {
	const char *name;
	const char *const *texts;
} enums[] = {REC_ENUMS(ENUM_ROW)};

#define LIST_NAME(name) #name,
static const char *const list_names[REC_N_NAME_LISTS] = {REC_NAMES(LIST_NAME)};

const struct rec_table_info *rec_table_info(enum rec_table table)
{
	SIM_ASSERT((unsigned)table < REC_N_TABLES);
	return &tables[table];
}

int rec_table_find(const char *name)
{
	for (int t = 0; t < REC_N_TABLES; t++)
		if (strcmp(tables[t].name, name) == 0)
			return t;
	return -1;
}

int rec_column_find(enum rec_table table, const char *name)
{
	const struct rec_table_info *info = rec_table_info(table);
	for (uint32_t c = 0; c < info->n_columns; c++)
		if (strcmp(info->column[c].name, name) == 0)
			return (int)c;
	return -1;
}

const char *const *rec_enum_texts(const char *enum_name)
{
	for (size_t i = 0; i < sizeof enums / sizeof *enums; i++)
		if (strcmp(enums[i].name, enum_name) == 0)
			return enums[i].texts;
	return NULL;
}

const char *rec_name_list_name(enum rec_name_list list)
{
	SIM_ASSERT((unsigned)list < REC_N_NAME_LISTS);
	return list_names[list];
}

void rec_init(struct rec *rec)
{
	*rec = (struct rec){.level = REC_LEVEL_SAMPLES};
}

void rec_free(struct rec *rec)
{
	for (int t = 0; t < REC_N_TABLES; t++)
		for (uint32_t c = 0; c < tables[t].n_columns; c++)
			free(rec->table[t].column[c]);
	rec_waits_free(rec->waits);
	rec_init(rec);
}

static void *grown(void *old, size_t octets)
{
	return sim_memory_resize("the record", old, octets, 1);
}

static void grow(struct rec_columns *columns, const struct rec_table_info *info)
{
	SIM_ASSERT(columns->capacity <= UINT32_MAX / 2);
	uint32_t capacity = columns->capacity ? 2 * columns->capacity : 64;
	for (uint32_t c = 0; c < info->n_columns; c++)
		columns->column[c] =
			grown(columns->column[c], (size_t)capacity * info->column[c].width);
	columns->capacity = capacity;
}

void rec_add(struct rec *rec, enum rec_table table, const void *row)
{
	const struct rec_table_info *info = rec_table_info(table);
	struct rec_columns *columns = &rec->table[table];
	if (!rec_wants(rec, info->level))
		return;
	if (columns->n == columns->capacity)
		grow(columns, info);
	for (uint32_t c = 0; c < info->n_columns; c++) {
		uint32_t width = info->column[c].width;
		memcpy((char *)columns->column[c] + (size_t)columns->n * width,
		       (const char *)row + info->column[c].offset, width);
	}
	columns->n++;
}

void rec_names_add(struct rec_names *names, enum rec_name_list list, const char *text)
{
	SIM_ASSERT((unsigned)list < REC_N_NAME_LISTS);
	uint32_t n = names->n[list];
	names->text[list] = grown(names->text[list], (n + 1) * sizeof(char *));
	size_t size = strlen(text) + 1;
	names->text[list][n] = memcpy(grown(NULL, size), text, size);
	names->n[list] = n + 1;
}

void rec_names_free(struct rec_names *names)
{
	for (int l = 0; l < REC_N_NAME_LISTS; l++) {
		for (uint32_t i = 0; i < names->n[l]; i++)
			free(names->text[l][i]);
		free(names->text[l]);
	}
	*names = (struct rec_names){0};
}
