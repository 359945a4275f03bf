/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The recorder: growable columns in memory, one struct rec per replication. Pure data: no clock, no
 * randomness. rec_add_latency(rec, &(struct rec_latency){.metric = …}) and so on for each table;
 * the ground truth's row is in models/record/truth.h, for those who may write or score it.
 */
#ifndef MODELS_RECORD_RECORD_H
#define MODELS_RECORD_RECORD_H

#include "models/record/enums.h"
#include "models/record/tables.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t rec_u8;
typedef uint16_t rec_u16;
typedef uint32_t rec_u32;
typedef uint64_t rec_u64;
typedef int64_t rec_i64;

#define REC_FIELD(table, type, name, unit, doc) rec_##type name;
#define REC_ROW(table, level, doc, COLUMNS) struct rec_##table { COLUMNS(REC_FIELD) };
REC_OPEN_TABLES(REC_ROW)
#undef REC_ROW
#undef REC_FIELD

#define REC_NUMBER(table, level, doc, COLUMNS) REC_T_##table,
enum rec_table { REC_TABLES(REC_NUMBER) REC_N_TABLES };
#undef REC_NUMBER
#define REC_NUMBER(name) REC_NAME_##name,
enum rec_name_list { REC_NAMES(REC_NUMBER) REC_N_NAME_LISTS };
#undef REC_NUMBER

enum rec_type { REC_u8, REC_u16, REC_u32, REC_u64, REC_i64 };
enum { REC_MAX_COLUMNS = 32 };

/* The declaration of a column and a table, as data (for the journal, HDF5 and the reader). */
struct rec_column_info {
	const char *name, *unit, *doc;
	enum rec_type type;
	uint32_t width;  /* octets */
	uint32_t offset; /* in the row struct */
};
struct rec_table_info {
	const char *name, *doc;
	enum rec_level level; /* from which on it is kept */
	uint32_t n_columns;
	struct rec_column_info column[REC_MAX_COLUMNS];
};
const struct rec_table_info *rec_table_info(enum rec_table table);
int rec_table_find(const char *name);                        /* -1: none */
int rec_column_find(enum rec_table table, const char *name); /* -1: none */
/* Texts of an enumeration by its name ("class"): NULL-terminated; NULL when there is none. */
const char *const *rec_enum_texts(const char *enum_name);
const char *rec_name_list_name(enum rec_name_list list);

struct rec_columns {
	uint32_t n, capacity;
	void *column[REC_MAX_COLUMNS];
};
struct rec {
	enum rec_level level; /* of this run: rows of tables above it are dropped */
	struct rec_waits *waits; /* models/record/waits.h; NULL: none yet */
	struct rec_columns table[REC_N_TABLES];
};

void rec_init(struct rec *rec); /* of level samples */
void rec_free(struct rec *rec);
/* Drops the row when the table is of a higher level than the record. Aborts when out of memory. */
void rec_add(struct rec *rec, enum rec_table table, const void *row);
/* For what costs time to find out: whether a run of this level wants it. */
static inline bool rec_wants(const struct rec *rec, enum rec_level level)
{
	return rec->level >= level;
}

#define REC_ADD(table, level, doc, COLUMNS)                                                        \
	static inline void rec_add_##table(struct rec *rec, const struct rec_##table *row)            \
	{                                                                                             \
		rec_add(rec, REC_T_##table, row);                                                         \
	}
REC_OPEN_TABLES(REC_ADD)
#undef REC_ADD

/* Names: number -> text. Filled once per run by the scenario, stored in the result. */
struct rec_names {
	uint32_t n[REC_N_NAME_LISTS];
	char **text[REC_N_NAME_LISTS];
};
void rec_names_add(struct rec_names *names, enum rec_name_list list, const char *text);
void rec_names_free(struct rec_names *names);

/* What a finished (or failed) replication says of itself. */
enum { REC_DIGEST_OCTETS = 32, REC_REASON_SIZE = 400 };
struct rec_summary {
	uint16_t variant; /* index in the run's list of variants */
	uint32_t replication;
	uint8_t failed;   /* 1: reason says why, tables are empty */
	uint64_t events;
	/* All zero: not recorded (protocol_digest below level samples, event_digest at none). */
	uint8_t protocol_digest[REC_DIGEST_OCTETS];
	uint8_t event_digest[REC_DIGEST_OCTETS];
	char reason[REC_REASON_SIZE];
	/* Not in the result file, for FILE.meta.json: */
	int64_t wall_ns, cpu_ns, crypto_cpu_ns, peak_octets;
};

#endif
