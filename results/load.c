/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads what a result file says of its run, and checks that it holds what its schema promises. */
#include "results/file.h"
#include "results/h5.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *res_file_keep(struct res_file *file, void *block)
{
	if (block) {
		SIM_ASSERT(file->n_blocks < RES_MAX_BLOCKS);
		file->block[file->n_blocks++] = block;
	}
	return block;
}

bool res_file_is_older_than(const struct res_file *file, const char *name)
{
	return file->schema < RES_SCHEMA && H5Lexists(file->file, name, H5P_DEFAULT) == 0;
}

static void *new_block(struct res_file *file, size_t n, size_t size)
{
	void *block = calloc(n + 1, size);
	SIM_ASSERT(block != NULL);
	return res_file_keep(file, block);
}

static char *text_attr(struct res_file *file, const char *name)
{
	return res_file_keep(file, res_h5_read_attr_text(file->file, name));
}

static const char *load_texts_of_run(struct res_file *file)
{
	struct res_run *run = &file->run;
	run->program = text_attr(file, "program");
	run->version = text_attr(file, "version");
	run->revision = text_attr(file, "revision");
	run->scenario = text_attr(file, "scenario");
	run->title = text_attr(file, "title");
	run->engine = text_attr(file, "engine");
	run->crypto_mode = text_attr(file, "crypto_mode");
	file->protocol_digest = text_attr(file, "protocol_digest");
	file->event_digest = text_attr(file, "event_digest");
	bool all = run->program && run->version && run->revision && run->scenario && run->title &&
	           run->engine && run->crypto_mode && file->protocol_digest && file->event_digest;
	return all ? NULL : "a text attribute of the run";
}

static const char *load_numbers_of_run(struct res_file *file)
{
	struct res_run *run = &file->run;
	uint8_t complete;
	if (res_h5_read_attr_numbers(file->file, "seed", H5T_NATIVE_UINT64, &run->seed, 1))
		return "attribute seed";
	if (res_h5_read_attr_numbers(file->file, "replications", H5T_NATIVE_UINT32, &run->replications,
	                             1) || run->replications == 0)
		return "attribute replications";
	if (res_h5_read_attr_numbers(file->file, "level", H5T_NATIVE_DOUBLE, &run->level, 1))
		return "attribute level";
	if (res_h5_read_attr_numbers(file->file, "complete", H5T_NATIVE_UINT8, &complete, 1))
		return "attribute complete";
	file->complete = complete != 0;
	return NULL;
}

static const char *load_variants(struct res_file *file)
{
	hsize_t n = 0;
	char **name = res_file_keep(file, res_h5_read_attr_texts(file->file, "variants", &n));
	if (!name || n == 0 || n > UINT16_MAX)
		return "attribute variants";
	struct res_variant *variants = new_block(file, n, sizeof *variants);
	int32_t *twin = new_block(file, n, sizeof *twin);
	uint8_t *hidden = new_block(file, n, sizeof *hidden);
	if (res_h5_read_attr_numbers(file->file, "twins", H5T_NATIVE_INT32, twin, n) ||
	    res_h5_read_attr_numbers(file->file, "hidden", H5T_NATIVE_UINT8, hidden, n))
		return "attributes twins and hidden";
	for (hsize_t i = 0; i < n; i++) {
		if (twin[i] < -1 || twin[i] >= (int32_t)n)
			return "attribute twins";
		variants[i] = (struct res_variant){name[i], twin[i], hidden[i] != 0};
	}
	file->run.n_variants = (uint32_t)n;
	file->run.variants = variants;
	return NULL;
}

/* Before anything is allocated for so many jobs. */
static const char *check_jobs(struct res_file *file)
{
	hsize_t n = 0;
	bool right = res_h5_check_column(file->file, "replications/failed", REC_u8, &n) == 0 &&
	             n == (uint64_t)file->run.n_variants * file->run.replications;
	return right ? NULL : "group replications";
}

static const char *load_scenario(struct res_file *file)
{
	H5G_info_t info;
	if (H5Lexists(file->file, "scenario", H5P_DEFAULT) <= 0 ||
	    H5Gget_info_by_name(file->file, "scenario", &info, H5P_DEFAULT) < 0 ||
	    info.nlinks > RES_MAX_BLOCKS / 4)
		return "group scenario";
	struct res_text *texts = new_block(file, info.nlinks, sizeof *texts);
	for (hsize_t i = 0; i < info.nlinks; i++) {
		char name[32];
		snprintf(name, sizeof name, "scenario/%02u", (unsigned)i);
		texts[i].text =
			res_file_keep(file, res_h5_read_long_text(file->file, name, &texts[i].length));
		hid_t data = texts[i].text ? H5Dopen2(file->file, name, H5P_DEFAULT) : -1;
		if (data < 0)
			return "a text of the scenario";
		texts[i].name = res_file_keep(file, res_h5_read_attr_text(data, "name"));
		H5Dclose(data);
		if (!texts[i].name)
			return "the name of a text of the scenario";
	}
	file->run.n_texts = (uint32_t)info.nlinks;
	file->run.texts = texts;
	return NULL;
}

static const char *load_names(struct res_file *file)
{
	for (int l = 0; l < REC_N_NAME_LISTS; l++) {
		char name[64];
		hsize_t n = 0;
		snprintf(name, sizeof name, "names/%s", rec_name_list_name((enum rec_name_list)l));
		if (res_file_is_older_than(file, name))
			continue;
		file->names.text[l] = res_file_keep(file, res_h5_read_texts(file->file, name, &n));
		if (!file->names.text[l])
			return "a list of names";
		file->names.n[l] = (uint32_t)n;
	}
	file->run.names = &file->names;
	return NULL;
}

/* --- parameters ------------------------------------------------------------------------------ */

static char **parameter_texts(struct res_file *file, const char *column, hsize_t n)
{
	char name[64];
	hsize_t found = 0;
	snprintf(name, sizeof name, "parameters/%s", column);
	char **texts = res_file_keep(file, res_h5_read_texts(file->file, name, &found));
	return found == n ? texts : NULL;
}

static const char *index_parameters(struct res_file *file, const struct res_parameter *parameters,
                                    uint32_t n)
{
	uint32_t *first = new_block(file, file->run.n_variants + 1, sizeof *first);
	for (uint32_t i = 0; i < n; i++) {
		if (parameters[i].variant >= file->run.n_variants ||
		    (i > 0 && parameters[i].variant < parameters[i - 1].variant))
			return "column parameters/variant";
		first[parameters[i].variant + 1] = i + 1;
	}
	for (uint32_t v = 1; v <= file->run.n_variants; v++)
		first[v] = first[v] > first[v - 1] ? first[v] : first[v - 1];
	file->first_parameter = first;
	return NULL;
}

static const char *load_parameters(struct res_file *file)
{
	hsize_t n = 0;
	if (res_h5_check_column(file->file, "parameters/variant", REC_u16, &n) || n > UINT32_MAX / 2)
		return "group parameters";
	uint16_t *variant = new_block(file, n, sizeof *variant);
	uint8_t *assumption = new_block(file, n, 1), *changed = new_block(file, n, 1);
	char **key = parameter_texts(file, "key", n), **value = parameter_texts(file, "value", n);
	char **unit = parameter_texts(file, "unit", n), **source = parameter_texts(file, "source", n);
	char **set_at = parameter_texts(file, "set_at", n);
	if (!key || !value || !unit || !source || !set_at ||
	    res_h5_read_column(file->file, "parameters/variant", REC_u16, variant, n) ||
	    res_h5_read_column(file->file, "parameters/assumption", REC_u8, assumption, n) ||
	    res_h5_read_column(file->file, "parameters/changed_by_variant", REC_u8, changed, n))
		return "a column of parameters";
	struct res_parameter *parameters = new_block(file, n, sizeof *parameters);
	for (hsize_t i = 0; i < n; i++)
		parameters[i] = (struct res_parameter){.variant = variant[i], .key = key[i],
		                                       .value = value[i], .unit = unit[i],
		                                       .source = source[i], .set_at = set_at[i],
		                                       .assumption = assumption[i] != 0,
		                                       .changed_by_variant = changed[i] != 0};
	file->run.n_parameters = (uint32_t)n;
	file->run.parameters = parameters;
	return index_parameters(file, parameters, (uint32_t)n);
}

/* --- replications ---------------------------------------------------------------------------- */

static const char *load_replications(struct res_file *file)
{
	uint32_t n = file->run.n_variants * file->run.replications;
	hsize_t n_reason = 0, n_protocol = 0, n_event = 0;
	uint8_t *failed = new_block(file, n, 1);
	uint64_t *events = new_block(file, n, sizeof *events);
	struct res_replication *rows = new_block(file, n, sizeof *rows);
	char **reason = res_h5_read_texts(file->file, "replications/reason", &n_reason);
	res_file_keep(file, reason);
	char **protocol = res_h5_read_texts(file->file, "replications/protocol_digest", &n_protocol);
	char **event = res_h5_read_texts(file->file, "replications/event_digest", &n_event);
	bool right = reason && protocol && event && n_reason == n && n_protocol == n && n_event == n &&
	             res_h5_read_column(file->file, "replications/failed", REC_u8, failed, n) == 0 &&
	             res_h5_read_column(file->file, "replications/events", REC_u64, events, n) == 0;
	for (uint32_t i = 0; right && i < n; i++) {
		rows[i] = (struct res_replication){.variant = (uint16_t)(i / file->run.replications),
		                                   .replication = i % file->run.replications,
		                                   .failed = failed[i] != 0,
		                                   .reason = reason[i],
		                                   .events = events[i]};
		snprintf(rows[i].protocol_digest, RES_HEX_SIZE, "%s", protocol[i]);
		snprintf(rows[i].event_digest, RES_HEX_SIZE, "%s", event[i]);
	}
	free(protocol);
	free(event);
	file->replications = rows;
	return right ? NULL : "group replications";
}

/* --- tables ---------------------------------------------------------------------------------- */

/* Values are only ever added at the end of an enumeration: what the file has must be a beginning. */
static bool same_meaning(struct res_file *file, const char *column, const char *unit)
{
	if (strncmp(unit, "enum ", 5) != 0)
		return true;
	hid_t data = H5Dopen2(file->file, column, H5P_DEFAULT);
	hsize_t n = 0;
	char **texts = data < 0 ? NULL : res_h5_read_attr_texts(data, "values", &n);
	const char *const *known = rec_enum_texts(unit + 5);
	bool same = texts != NULL;
	for (hsize_t i = 0; same && i < n; i++)
		same = known[i] && strcmp(known[i], texts[i]) == 0;
	free(texts);
	if (data >= 0)
		H5Dclose(data);
	return same;
}

static bool check_columns(struct res_file *file, const struct rec_table_info *info, uint64_t n_rows)
{
	char name[128];
	hsize_t n = 0;
	for (uint32_t c = 0; c < info->n_columns; c++) {
		snprintf(name, sizeof name, "%s/%s", info->name, info->column[c].name);
		if (res_file_is_older_than(file, name))
			continue;
		if (res_h5_check_column(file->file, name, info->column[c].type, &n) || n != n_rows ||
		    !same_meaning(file, name, info->column[c].unit))
			return false;
	}
	return true;
}

static const char *load_index(struct res_file *file, enum rec_table table)
{
	const struct rec_table_info *info = rec_table_info(table);
	uint32_t n_jobs = file->run.n_variants * file->run.replications;
	uint64_t *index = new_block(file, n_jobs + 1, sizeof *index);
	char name[64];
	snprintf(name, sizeof name, "index/%s", info->name);
	file->index[table] = index;
	if (H5Lexists(file->file, "index", H5P_DEFAULT) <= 0)
		return info->name;
	if (res_file_is_older_than(file, name) && res_file_is_older_than(file, info->name))
		return NULL; /* without rows */
	if (H5Lexists(file->file, info->name, H5P_DEFAULT) <= 0 ||
	    res_h5_read_column(file->file, name, REC_u64, index, n_jobs + 1) || index[0] != 0)
		return info->name;
	for (uint32_t job = 0; job < n_jobs; job++)
		if (index[job + 1] < index[job])
			return info->name;
	return check_columns(file, info, index[n_jobs]) ? NULL : info->name;
}

static const char *load_tables(struct res_file *file)
{
	for (int t = 0; t < REC_N_TABLES; t++) {
		const char *missing = load_index(file, (enum rec_table)t);
		if (missing)
			return missing;
	}
	return NULL;
}

const char *res_file_load(struct res_file *file)
{
	const char *(*const load[])(struct res_file *) = {
		load_texts_of_run, load_numbers_of_run, load_variants,     check_jobs,  load_scenario,
		load_names,        load_parameters,     load_replications, load_tables,
	};
	for (size_t i = 0; i < sizeof load / sizeof *load; i++) {
		const char *missing = load[i](file);
		if (missing)
			return missing;
	}
	return NULL;
}
