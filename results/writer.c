/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/writer.h"
#include "results/h5.h"
#include "results/write_run.h"
#include "sim/core/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct writer {
	const struct res_run *run;
	const struct res_journal *journal;
	hid_t file;
	uint64_t *first; /* of each job in the present table, and the number of rows at the end */
	unsigned char rows[RES_CHUNK_ROWS * sizeof(uint64_t)];
	struct sim_err *err; /* a sentence of its own when reading the journal failed */
};

/* --- the columns of a table ------------------------------------------------------------------ */

/* Gathers octets of jobs one behind the other and writes whole chunks. */
struct gathering {
	hid_t column, memory_type;
	uint32_t width, filled;
	uint64_t written;
};

static int flush(struct writer *w, struct gathering *g)
{
	int result = res_h5_write_rows(g->column, g->memory_type, g->written, g->filled, w->rows);
	g->written += g->filled;
	g->filled = 0;
	return result;
}

/* What a job contributes to a column: read from the journal, or its own number repeated. */
typedef int contribution(struct writer *w, uint32_t job, const void *what, uint32_t first,
                         uint32_t n, void *out);

static int from_journal(struct writer *w, uint32_t job, const void *what, uint32_t first,
                        uint32_t n, void *out)
{
	const int *at = what; /* table, column */
	return res_journal_column(w->journal, job, (enum rec_table)at[0], (uint32_t)at[1], first, n,
	                          out, w->err) == SIM_OK ? 0 : -1;
}

static int variant_of_job(struct writer *w, uint32_t job, const void *what, uint32_t first,
                          uint32_t n, void *out)
{
	(void)what, (void)first;
	for (uint32_t i = 0; i < n; i++)
		((uint16_t *)out)[i] = (uint16_t)(job / w->run->replications);
	return 0;
}

static int replication_of_job(struct writer *w, uint32_t job, const void *what, uint32_t first,
                              uint32_t n, void *out)
{
	(void)what, (void)first;
	for (uint32_t i = 0; i < n; i++)
		((uint32_t *)out)[i] = job % w->run->replications;
	return 0;
}

static int gather_job(struct writer *w, struct gathering *g, contribution *from, const void *what,
                      uint32_t job)
{
	uint32_t n = (uint32_t)(w->first[job + 1] - w->first[job]);
	for (uint32_t done = 0; done < n;) {
		uint32_t room = RES_CHUNK_ROWS - g->filled;
		uint32_t m = n - done < room ? n - done : room;
		if (from(w, job, what, done, m, w->rows + (size_t)g->filled * g->width))
			return -1;
		g->filled += m;
		done += m;
		if (g->filled == RES_CHUNK_ROWS && flush(w, g))
			return -1;
	}
	return 0;
}

static int gather(struct writer *w, hid_t column, enum rec_type type, uint32_t width,
                  contribution *from, const void *what)
{
	struct gathering g = {.column = column, .memory_type = res_h5_memory_type(type), .width = width};
	for (uint32_t job = 0; job < res_n_jobs(w->run); job++)
		if (gather_job(w, &g, from, what, job))
			return -1;
	return flush(w, &g);
}

/* "enum class": the texts of the values; "name hospital": where the names stand. */
static int write_meaning(hid_t column, const char *unit)
{
	if (strncmp(unit, "enum ", 5) == 0) {
		const char *const *texts = rec_enum_texts(unit + 5);
		hsize_t n = 0;
		SIM_ASSERT(texts != NULL);
		while (texts[n])
			n++;
		return res_h5_attr_texts(column, "values", texts, n);
	}
	if (strncmp(unit, "name ", 5) == 0) {
		char where[64];
		snprintf(where, sizeof where, "/names/%s", unit + 5);
		return res_h5_attr_text(column, "names", where);
	}
	return 0;
}

static int write_column(struct writer *w, hid_t group, const struct rec_column_info *info,
                        contribution *from, const void *what)
{
	hid_t column = res_h5_column(group, info->name, res_h5_file_type(info->type),
	                             w->first[res_n_jobs(w->run)], info->unit, info->doc);
	if (column < 0)
		return -1;
	int result = write_meaning(column, info->unit) ||
	             gather(w, column, info->type, info->width, from, what);
	return H5Dclose(column) < 0 || result ? -1 : 0;
}

static const struct rec_column_info job_columns[] = {
	{.name = "variant", .unit = "", .type = REC_u16, .width = 2,
	 .doc = "number of the variant in the list of the file's attribute variants"},
	{.name = "replication", .unit = "", .type = REC_u32, .width = 4,
	 .doc = "number of the replication within the variant"},
};

static int write_table(struct writer *w, enum rec_table table)
{
	const struct rec_table_info *info = rec_table_info(table);
	for (uint32_t job = 0; job < res_n_jobs(w->run); job++)
		w->first[job + 1] = w->first[job] + res_journal_rows(w->journal, job, table);
	hid_t group = res_h5_group(w->file, info->name, info->doc);
	if (group < 0 || write_column(w, group, &job_columns[0], variant_of_job, NULL) ||
	    write_column(w, group, &job_columns[1], replication_of_job, NULL))
		return -1;
	for (uint32_t c = 0; c < info->n_columns; c++)
		if (write_column(w, group, &info->column[c], from_journal, (int[]){(int)table, (int)c}))
			return -1;
	return H5Gclose(group) < 0 ? -1 : 0;
}

static int write_tables(struct writer *w)
{
	hid_t index = res_h5_group(w->file, "index",
	                           "first row of each job in each table: the rows of variant v, "
	                           "replication r are [index[v * replications + r], the next one)");
	if (index < 0)
		return -1;
	for (int t = 0; t < REC_N_TABLES; t++)
		if (write_table(w, (enum rec_table)t) ||
		    res_h5_numbers(index, rec_table_info((enum rec_table)t)->name, REC_u64, w->first,
		                   res_n_jobs(w->run) + 1, "row", "first row of each job"))
			return -1;
	return H5Gclose(index) < 0 ? -1 : 0;
}

/* --- the file -------------------------------------------------------------------------------- */

static hid_t create_file(const char *path)
{
	hid_t access = res_h5_access();
	hid_t plist = H5Pcreate(H5P_FILE_CREATE);
	H5Pset_obj_track_times(plist, 0);
	hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, plist, access);
	H5Pclose(plist);
	H5Pclose(access);
	return file;
}

static int write_all(struct writer *w, struct rec_summary *summaries, struct res_digests *digests)
{
	for (uint32_t job = 0; job < res_n_jobs(w->run); job++)
		if (res_journal_summary(w->journal, job, &summaries[job], w->err) != SIM_OK)
			return -1;
	res_digests_of(summaries, res_n_jobs(w->run), digests);
	return res_write_run(w->file, w->run, digests) ||
	       res_write_replications(w->file, summaries, res_n_jobs(w->run)) || write_tables(w) ||
	       H5Fflush(w->file, H5F_SCOPE_GLOBAL) < 0 ? -1 : 0;
}

static int synchronise(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	int result = fsync(fd);
	close(fd);
	return result;
}

static enum sim_code not_written(const char *path, const char *temporary, const char *why,
                                 const struct res_journal *journal, struct sim_err *err)
{
	unlink(temporary);
	return sim_fail(err, SIM_E_IO,
	                "cannot write %s: %s; all replications are kept in %s: make room, then "
	                "dtsim run --resume %s builds the file",
	                path, why, res_journal_path(journal), res_journal_path(journal));
}

static int write_and_close(struct writer *w, const char *temporary, struct res_digests *digests)
{
	struct rec_summary *summaries =
		sim_memory_new("the result file", res_n_jobs(w->run), sizeof *summaries);
	w->first = sim_memory_new("the result file", res_n_jobs(w->run) + 1, sizeof *w->first);
	w->file = create_file(temporary);
	int result = w->file < 0 ? -1 : write_all(w, summaries, digests);
	if (w->file >= 0 && H5Fclose(w->file) < 0)
		result = -1;
	free(summaries);
	free(w->first);
	return result;
}

static enum sim_code build(struct writer *w, const char *path, const char *temporary,
                           struct res_digests *digests, struct sim_err *err)
{
	if (write_and_close(w, temporary, digests))
		return not_written(path, temporary,
		                   w->err->code != SIM_OK ? w->err->text : res_h5_reason(), w->journal, err);
	if (synchronise(temporary) || rename(temporary, path))
		return not_written(path, temporary, strerror(errno), w->journal, err);
	return SIM_OK;
}

enum sim_code res_write(const char *path, const struct res_run *run,
                        const struct res_journal *journal, struct res_digests *digests,
                        struct sim_err *err)
{
	struct res_digests own_digests;
	struct sim_err own_err = {.code = SIM_OK};
	struct writer *w = sim_memory_new("the result file", 1, sizeof *w);
	char *temporary = NULL;
	SIM_ASSERT(asprintf(&temporary, "%s.tmp", path) > 0);
	res_h5_quiet();
	w->run = run;
	w->journal = journal;
	w->err = &own_err;
	enum sim_code code = build(w, path, temporary, digests ? digests : &own_digests, err);
	free(temporary);
	free(w);
	return code;
}

/* --- what is there already ------------------------------------------------------------------- */

static bool is_of(hid_t file, const struct res_run *run)
{
	uint8_t identity[RES_DIGEST_OCTETS];
	char hex[RES_HEX_SIZE];
	char *found = res_h5_read_attr_text(file, RES_IDENTITY);
	res_run_identity(run, identity);
	res_hex(identity, hex);
	bool same = found && strcmp(found, hex) == 0;
	free(found);
	return same;
}

bool res_may_write(const char *path, const struct res_run *run)
{
	struct stat st;
	if (stat(path, &st) || st.st_size == 0)
		return true;
	res_h5_quiet();
	hid_t access = res_h5_access();
	hid_t file = H5Fopen(path, H5F_ACC_RDONLY, access);
	bool may = file >= 0 && is_of(file, run);
	if (file >= 0)
		H5Fclose(file);
	H5Pclose(access);
	return may;
}
