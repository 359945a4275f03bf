/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/reader.h"
#include "results/file.h"
#include "results/h5.h"
#include "sim/core/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- opening --------------------------------------------------------------------------------- */

static enum sim_code check_plain(const char *path, struct sim_err *err)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return sim_fail(err, SIM_E_INPUT, "cannot open %s: %s", path, strerror(errno));
	int failed = fstat(fd, &st);
	close(fd);
	if (failed || !S_ISREG(st.st_mode))
		return sim_fail(err, SIM_E_INPUT, "%s is %s; a result file (FILE.h5) is allowed", path,
		                !failed && S_ISDIR(st.st_mode) ? "a directory" : "not a file");
	if (H5Fis_hdf5(path) <= 0)
		return sim_fail(err, SIM_E_INPUT, "%s is not an HDF5 file; a result of dtsim run is allowed",
		                path);
	return SIM_OK;
}

static enum sim_code check_ours(struct res_file *file, struct sim_err *err)
{
	uint32_t schema = 0;
	char *program = res_h5_read_attr_text(file->file, "program");
	char *version = res_h5_read_attr_text(file->file, "version");
	bool ours = program && strcmp(program, "dtsim") == 0 && version &&
	            res_h5_read_attr_numbers(file->file, "schema", H5T_NATIVE_UINT32, &schema, 1) == 0;
	enum sim_code code = SIM_OK;
	if (!ours)
		code = sim_fail(err, SIM_E_INPUT, "%s is an HDF5 file, but not a result of dtsim run",
		                file->path);
	else if (schema < RES_OLDEST_SCHEMA || schema > RES_SCHEMA)
		code = sim_fail(err, SIM_E_INPUT,
		                "%s has schema %u; this dtsim reads schemas %d to %d: use dtsim %s, which "
		                "wrote it", file->path, schema, RES_OLDEST_SCHEMA, RES_SCHEMA, version);
	file->schema = schema;
	free(program);
	free(version);
	return code;
}

static enum sim_code load(struct res_file *file, struct sim_err *err)
{
	enum sim_code code = check_plain(file->path, err);
	if (code != SIM_OK)
		return code;
	hid_t access = res_h5_access();
	file->file = H5Fopen(file->path, H5F_ACC_RDONLY, access);
	H5Pclose(access);
	if (file->file < 0)
		return sim_fail(err, SIM_E_INPUT, "%s is truncated or damaged: HDF5 cannot open it",
		                file->path);
	code = check_ours(file, err);
	if (code != SIM_OK)
		return code;
	const char *missing = res_file_load(file);
	if (missing)
		return sim_fail(err, SIM_E_INPUT, "%s is damaged: %s is missing or has another shape",
		                file->path, missing);
	return SIM_OK;
}

struct res_file *res_open(const char *path, struct sim_err *err)
{
	struct res_file *file = calloc(1, sizeof *file);
	SIM_ASSERT(file != NULL);
	res_h5_quiet();
	file->file = H5I_INVALID_HID;
	file->path = strdup(path);
	SIM_ASSERT(file->path != NULL);
	if (load(file, err) == SIM_OK)
		return file;
	if (sim_memory_is_short()) /* what HDF5 could not read need not be damaged */
		sim_fail(err, SIM_E_MEMORY, "out of memory while reading %s", path);
	res_close(file);
	return NULL;
}

void res_close(struct res_file *file)
{
	if (!file)
		return;
	for (int t = 0; t < REC_N_TABLES; t++)
		res_forget(file, (enum rec_table)t);
	for (uint32_t i = 0; i < file->n_blocks; i++)
		free(file->block[i]);
	if (file->file >= 0)
		H5Fclose(file->file);
	free(file->path);
	free(file);
}

/* --- the run --------------------------------------------------------------------------------- */

const char *res_path(const struct res_file *file)
{
	return file->path;
}

const struct res_run *res_run(const struct res_file *file)
{
	return &file->run;
}

bool res_complete(const struct res_file *file)
{
	return file->complete;
}

const char *res_protocol_digest(const struct res_file *file)
{
	return file->protocol_digest;
}

const char *res_event_digest(const struct res_file *file)
{
	return file->event_digest;
}

const struct res_replication *res_replications(const struct res_file *file, uint32_t *n)
{
	*n = res_n_jobs(&file->run);
	return file->replications;
}

static uint32_t job_of(const struct res_file *file, uint16_t variant, uint32_t replication)
{
	SIM_ASSERT(variant < file->run.n_variants && replication < file->run.replications);
	return variant * file->run.replications + replication;
}

const struct res_replication *res_replication(const struct res_file *file, uint16_t variant,
                                              uint32_t replication)
{
	return &file->replications[job_of(file, variant, replication)];
}

uint32_t res_n_finished(const struct res_file *file, uint16_t variant)
{
	uint32_t n = 0;
	for (uint32_t r = 0; r < file->run.replications; r++)
		n += !res_replication(file, variant, r)->failed;
	return n;
}

int res_variant_find(const struct res_file *file, const char *name)
{
	for (uint32_t v = 0; v < file->run.n_variants; v++)
		if (strcmp(file->run.variants[v].name, name) == 0)
			return (int)v;
	return -1;
}

/* --- parameters ------------------------------------------------------------------------------ */

const struct res_parameter *res_parameters(const struct res_file *file, uint16_t variant,
                                           uint32_t *n)
{
	SIM_ASSERT(variant < file->run.n_variants);
	uint32_t first = file->first_parameter[variant];
	*n = file->first_parameter[variant + 1] - first;
	return file->run.parameters + first;
}

const struct res_parameter *res_parameter(const struct res_file *file, uint16_t variant,
                                          const char *key)
{
	uint32_t n;
	const struct res_parameter *parameter = res_parameters(file, variant, &n);
	for (uint32_t i = 0; i < n; i++)
		if (strcmp(parameter[i].key, key) == 0)
			return &parameter[i];
	return NULL;
}

const char *res_parameter_text(const struct res_file *file, uint16_t variant, const char *key)
{
	const struct res_parameter *parameter = res_parameter(file, variant, key);
	return parameter ? parameter->value : "";
}

enum rec_level res_record_level(const struct res_file *file, uint16_t variant)
{
	const char *const *texts = rec_enum_texts("level");
	const char *text = res_parameter_text(file, variant, "record.level");
	for (int level = 0; texts[level]; level++)
		if (strcmp(texts[level], text) == 0)
			return (enum rec_level)level;
	return REC_LEVEL_SAMPLES;
}

enum rec_level res_least_record_level(const struct res_file *file)
{
	enum rec_level least = REC_LEVEL_EVENTS;
	for (uint32_t v = 0; v < file->run.n_variants; v++) {
		enum rec_level level = res_record_level(file, (uint16_t)v);
		least = level < least ? level : least;
	}
	return least;
}

double res_parameter_si(const struct res_file *file, uint16_t variant, const char *key,
                        enum sim_quantity quantity, double otherwise)
{
	static const struct {
		const char *text;
		double value;
	} words[] = {{"true", 1}, {"false", 0}, {"infinite", -1}, {"never", -1}, {"all", -1}};
	const char *text = res_parameter_text(file, variant, key), *why;
	double value;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(words[i].text, text) == 0)
			return words[i].value;
	return sim_unit_parse(quantity, text, &value, &why) == 0 ? value : otherwise;
}

/* --- names and enumerations ------------------------------------------------------------------ */

uint32_t res_n_names(const struct res_file *file, enum rec_name_list list)
{
	SIM_ASSERT((unsigned)list < REC_N_NAME_LISTS);
	return file->names.n[list];
}

const char *res_name(const struct res_file *file, enum rec_name_list list, uint32_t i)
{
	return i < res_n_names(file, list) ? file->names.text[list][i] : "?";
}

int res_name_find(const struct res_file *file, enum rec_name_list list, const char *name)
{
	for (uint32_t i = 0; i < res_n_names(file, list); i++)
		if (strcmp(file->names.text[list][i], name) == 0)
			return (int)i;
	return -1;
}

const char *res_enum_text(const char *enum_name, uint32_t value)
{
	const char *const *texts = rec_enum_texts(enum_name);
	SIM_ASSERT(texts != NULL);
	for (uint32_t i = 0; texts[i]; i++)
		if (i == value)
			return texts[i];
	return "?";
}

/* --- rows ------------------------------------------------------------------------------------ */

uint64_t res_n_rows(const struct res_file *file, enum rec_table table)
{
	SIM_ASSERT((unsigned)table < REC_N_TABLES);
	return file->index[table][res_n_jobs(&file->run)];
}

bool res_is_of_stations(const struct res_file *file)
{
	return res_n_rows(file, REC_T_queue) > 0;
}

struct res_range res_rows(const struct res_file *file, enum rec_table table, uint16_t variant,
                          uint32_t replication)
{
	SIM_ASSERT((unsigned)table < REC_N_TABLES);
	const uint64_t *index = file->index[table] + job_of(file, variant, replication);
	return (struct res_range){index[0], index[1]};
}

struct res_range res_rows_of_variant(const struct res_file *file, enum rec_table table,
                                     uint16_t variant)
{
	return (struct res_range){
		res_rows(file, table, variant, 0).first,
		res_rows(file, table, variant, file->run.replications - 1).end,
	};
}
