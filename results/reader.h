/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reading a result file: all that analysis ever sees of a run.
 *
 *	struct sim_err err;
 *	struct res_file *file = res_open("two-surgeons.h5", &err);
 *	const struct res_run *run = res_run(file);
 *	const int64_t *total_ns = res_i64(file, REC_T_latency, "total_ns");
 *	const uint8_t *metric = res_u8(file, REC_T_latency, "metric");
 *	for (each variant v, each replication r not failed) {
 *		struct res_range rows = res_rows(file, REC_T_latency, v, r);
 *		for (uint64_t i = rows.first; i < rows.end; i++)
 *			if (metric[i] == REC_M_AUTH) … total_ns[i] …
 *	}
 *
 * Rules
 *  1. Everything returned belongs to the struct res_file and lives until res_close().
 *  2. A column is read whole at its first use and kept; res_forget() releases those of one table.
 *  3. Rows are sorted by (variant, replication), within these in the order of the run.
 *  4. A failed replication has no rows, in no table, and a reason.
 *  5. res_open() looks at the shape of everything, so that later reads fail only when the disk does
 *     or a value is outside of what its column allows (a number of a variant, replication, name or
 *     enumeration that there is not, a time below -1): then res_column() gives NULL and res_error()
 *     the sentence, and the typed accessors too.
 *  6. Not for several threads at once (HDF5 is not).
 */
#ifndef RESULTS_READER_H
#define RESULTS_READER_H

#include "results/run_info.h"
#include "sim/core/status.h"
#include "sim/core/unit.h"

struct res_file;

/* NULL and one sentence when it is not a file, not HDF5, not ours, of another schema, or damaged. */
struct res_file *res_open(const char *path, struct sim_err *err);
void res_close(struct res_file *file); /* NULL is harmless */

/* --- the run --------------------------------------------------------------------------------- */

const char *res_path(const struct res_file *file);
const struct res_run *res_run(const struct res_file *file); /* variants, texts, seed, level … */
bool res_complete(const struct res_file *file);             /* no replication failed         */
/* Hex, over replications in order; "" when it was not recorded. */
const char *res_protocol_digest(const struct res_file *file);
const char *res_event_digest(const struct res_file *file);

struct res_replication {
	uint16_t variant;
	uint32_t replication;
	bool failed;
	const char *reason; /* "" unless failed */
	uint64_t events;
	char protocol_digest[RES_HEX_SIZE], event_digest[RES_HEX_SIZE];
};
/* All of them: n = variants * replications, in order. */
const struct res_replication *res_replications(const struct res_file *file, uint32_t *n);
const struct res_replication *res_replication(const struct res_file *file, uint16_t variant,
                                              uint32_t replication);
uint32_t res_n_finished(const struct res_file *file, uint16_t variant); /* replications not failed */
int res_variant_find(const struct res_file *file, const char *name);    /* -1: none                */

/* --- parameters ------------------------------------------------------------------------------ */

/* Those of one variant, in the order of the schema. */
const struct res_parameter *res_parameters(const struct res_file *file, uint16_t variant,
                                           uint32_t *n);
/* NULL when the variant has no such key. */
const struct res_parameter *res_parameter(const struct res_file *file, uint16_t variant,
                                          const char *key);
/*
 * Its value in SI (durations in nanoseconds, "true"/"false" 1/0, "infinite", "never" and "all" -1);
 * `otherwise` when there is no such key or it is not a number of this quantity.
 */
double res_parameter_si(const struct res_file *file, uint16_t variant, const char *key,
                        enum sim_quantity quantity, double otherwise);
/* What the variant wrote down (record.level); samples where the file is older than levels. */
enum rec_level res_record_level(const struct res_file *file, uint16_t variant);
/* The least of all variants. */
enum rec_level res_least_record_level(const struct res_file *file);
/* Its value as text; "" when there is no such key. */
const char *res_parameter_text(const struct res_file *file, uint16_t variant, const char *key);

/* --- names and enumerations ------------------------------------------------------------------ */

uint32_t res_n_names(const struct res_file *file, enum rec_name_list list);
/* "?" when there is no such number. */
const char *res_name(const struct res_file *file, enum rec_name_list list, uint32_t i);
int res_name_find(const struct res_file *file, enum rec_name_list list, const char *name); /* -1 */
/* res_enum_text("class", REC_CLASS_PROBE) is "probe"; "?" beyond its end. */
const char *res_enum_text(const char *enum_name, uint32_t value);

/* --- rows ------------------------------------------------------------------------------------ */

struct res_range {
	uint64_t first, end; /* row numbers, end excluded */
};
uint64_t res_n_rows(const struct res_file *file, enum rec_table table);
/* Of a scenario of stations alone, without people and network. */
bool res_is_of_stations(const struct res_file *file);
struct res_range res_rows(const struct res_file *file, enum rec_table table, uint16_t variant,
                          uint32_t replication);
/* Of a whole variant: its replications follow one another. */
struct res_range res_rows_of_variant(const struct res_file *file, enum rec_table table,
                                     uint16_t variant);

/*
 * A whole column; its type is that of models/record/tables.h (the typed accessors assert it; columns
 * that do not exist are a bug). "variant" (u16) and "replication" (u32) are columns of every table.
 * An empty table gives a pointer that is not NULL.
 */
const void *res_column(struct res_file *file, enum rec_table table, const char *column);
const uint8_t *res_u8(struct res_file *file, enum rec_table table, const char *column);
const uint16_t *res_u16(struct res_file *file, enum rec_table table, const char *column);
const uint32_t *res_u32(struct res_file *file, enum rec_table table, const char *column);
const uint64_t *res_u64(struct res_file *file, enum rec_table table, const char *column);
const int64_t *res_i64(struct res_file *file, enum rec_table table, const char *column);

/*
 * Rows as structs, for small tables: `out` holds range.end - range.first of struct rec_<table>.
 * 0, or -1 when a column could not be read (res_error()).
 */
int res_gather(struct res_file *file, enum rec_table table, struct res_range range, void *out);

void res_forget(struct res_file *file, enum rec_table table); /* releases its columns */
/* Of the last failed read; its code is SIM_OK when none failed. */
const struct sim_err *res_error(const struct res_file *file);

#endif
