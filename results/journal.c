/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/journal.h"
#include "results/blob.h"
#include "results/journal_head.h"
#include "sim/core/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SYNC_EVERY_S = 5 };

struct entry {
	uint64_t at; /* of the blob; 0: not there */
	uint32_t rows[RES_BLOB_TABLES];
	bool failed;
};

struct res_journal {
	int fd;
	char *path;
	uint32_t n_jobs, replications, n_kept;
	struct entry *entry;
	uint64_t end;                /* of the last whole record */
	uint64_t arrived;            /* octets of the record under way */
	uint32_t crc;                /* over them */
	struct res_blob_head head;   /* of the record under way */
	time_t synced;
};

/* --- octets ---------------------------------------------------------------------------------- */

static enum sim_code cannot_read(const struct res_journal *journal, struct sim_err *err)
{
	return sim_fail(err, SIM_E_IO, "cannot read %s: %s", journal->path, strerror(errno));
}

/* The record under way is lost, the ones before it are not. */
static enum sim_code cannot_write(struct res_journal *journal, struct sim_err *err)
{
	int why = errno;
	res_journal_rollback(journal);
	if (journal->n_kept == 0)
		return sim_fail(err, SIM_E_IO, "cannot write %s: %s; it keeps no replication yet",
		                journal->path, strerror(why));
	return sim_fail(err, SIM_E_IO,
	                "cannot write %s: %s; it keeps %u of %u replications: make room and continue "
	                "with dtsim run --resume %s",
	                journal->path, strerror(why), journal->n_kept, journal->n_jobs, journal->path);
}

/* --- opening --------------------------------------------------------------------------------- */

static void enter(struct res_journal *journal, uint64_t at, const struct res_blob_head *head)
{
	uint32_t job = head->variant * journal->replications + head->replication;
	struct entry *entry = &journal->entry[job];
	journal->n_kept += (uint32_t)!head->failed - (uint32_t)(entry->at && !entry->failed);
	entry->at = at;
	entry->failed = head->failed;
	memcpy(entry->rows, head->rows, sizeof entry->rows);
}

static bool belongs(const struct res_journal *journal, const struct res_blob_head *head)
{
	return res_blob_head_valid(head) && head->replication < journal->replications &&
	       head->variant < journal->n_jobs / journal->replications;
}

/* Enters every whole record; journal->end is then the end of the last one. */
static void scan(struct res_journal *journal, uint64_t size)
{
	struct res_blob_head head;
	uint32_t crc, stored;
	for (uint64_t at = journal->end; at + sizeof head + sizeof crc <= size; at = journal->end) {
		if (res_read_at(journal->fd, &head, sizeof head, at) || !belongs(journal, &head) ||
		    head.length > size - at - sizeof crc ||
		    res_crc_at(journal->fd, at, head.length, &crc) ||
		    res_read_at(journal->fd, &stored, sizeof stored, at + head.length) || stored != crc)
			return;
		if (!head.failed)
			enter(journal, at, &head);
		journal->end = at + head.length + sizeof crc;
	}
}

/* Workers of a killed process have the file open until they are killed in their turn: a moment. */
static bool lock(const struct res_journal *journal)
{
	const struct timespec moment = {.tv_nsec = 20000000};
	for (int i = 0; i < 50; i++) {
		if (flock(journal->fd, LOCK_EX | LOCK_NB) == 0)
			return true;
		nanosleep(&moment, NULL);
	}
	return false;
}

static enum sim_code load(struct res_journal *journal, const struct res_run *run,
                          struct sim_err *err)
{
	struct stat st;
	if (!lock(journal))
		return sim_fail(err, SIM_E_USAGE, "%s is being written by another process; wait for it or "
		                "choose another file with -o", journal->path);
	enum sim_code code = res_journal_head(journal->fd, journal->path, run, &journal->end, err);
	if (code != SIM_OK)
		return code;
	if (fstat(journal->fd, &st))
		return cannot_read(journal, err);
	scan(journal, (uint64_t)st.st_size);
	if ((uint64_t)st.st_size > journal->end && ftruncate(journal->fd, (off_t)journal->end))
		return cannot_write(journal, err);
	return SIM_OK;
}

enum sim_code res_journal_open(const char *path, const struct res_run *run,
                               struct res_journal **out, struct sim_err *err)
{
	struct res_journal *journal = sim_memory_new("the journal", 1, sizeof *journal);
	SIM_ASSERT(run->replications > 0 && run->n_variants > 0);
	*out = NULL;
	journal->n_jobs = res_n_jobs(run);
	journal->replications = run->replications;
	journal->entry = sim_memory_new("the journal", journal->n_jobs, sizeof *journal->entry);
	journal->path = strdup(path);
	SIM_ASSERT(journal->path != NULL);
	journal->synced = time(NULL);
	journal->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	struct sim_err own = {.code = SIM_OK};
	if (journal->fd < 0)
		sim_fail(&own, SIM_E_IO, "cannot create %s: %s", path, strerror(errno));
	else
		load(journal, run, &own);
	if (own.code == SIM_OK) {
		*out = journal;
		return SIM_OK;
	}
	res_journal_close(journal);
	return sim_fail(err, own.code, "%s", own.text);
}

void res_journal_close(struct res_journal *journal)
{
	if (!journal)
		return;
	if (journal->fd >= 0) {
		(void)fdatasync(journal->fd);
		close(journal->fd);
	}
	free(journal->entry);
	free(journal->path);
	free(journal);
}

/* --- writing --------------------------------------------------------------------------------- */

void res_journal_begin(struct res_journal *journal)
{
	journal->arrived = 0;
	journal->crc = 0;
}

enum sim_code res_journal_append(struct res_journal *journal, const void *data, size_t n,
                                 struct sim_err *err)
{
	if (journal->arrived < sizeof journal->head) {
		size_t room = sizeof journal->head - (size_t)journal->arrived;
		memcpy((char *)&journal->head + journal->arrived, data, n < room ? n : room);
	}
	if (res_write_at(journal->fd, data, n, journal->end + journal->arrived))
		return cannot_write(journal, err);
	journal->crc = res_crc(journal->crc, data, n);
	journal->arrived += n;
	return SIM_OK;
}

enum sim_code res_journal_commit(struct res_journal *journal, uint32_t job, struct sim_err *err)
{
	const struct res_blob_head *head = &journal->head;
	uint64_t length = journal->arrived;
	if (length < sizeof *head || !belongs(journal, head) || head->length != length ||
	    head->variant * journal->replications + head->replication != job) {
		res_journal_rollback(journal);
		return sim_fail(err, SIM_E_WORKER, "the worker ended before it had handed over its results");
	}
	if (res_write_at(journal->fd, &journal->crc, sizeof journal->crc, journal->end + length))
		return cannot_write(journal, err);
	time_t now = time(NULL);
	if (now - journal->synced >= SYNC_EVERY_S) {
		journal->synced = now;
		if (fdatasync(journal->fd))
			return cannot_write(journal, err);
	}
	enter(journal, journal->end, head);
	journal->end += length + sizeof journal->crc;
	journal->arrived = 0;
	return SIM_OK;
}

void res_journal_rollback(struct res_journal *journal)
{
	journal->arrived = 0;
	/* When even this fails the torn record is recognised by its length and checksum. */
	if (ftruncate(journal->fd, (off_t)journal->end))
		return;
}

enum sim_code res_journal_add(struct res_journal *journal, const struct rec_summary *summary,
                              const struct rec *rec, struct sim_err *err)
{
	struct res_blob_head head;
	res_blob_head_make(summary, rec, &head);
	res_journal_begin(journal);
	enum sim_code code = res_journal_append(journal, &head, sizeof head, err);
	for (int t = 0; rec && t < REC_N_TABLES; t++) {
		const struct rec_table_info *info = rec_table_info((enum rec_table)t);
		for (uint32_t c = 0; c < info->n_columns && rec->table[t].n && code == SIM_OK; c++)
			code = res_journal_append(journal, rec->table[t].column[c],
			                          (size_t)rec->table[t].n * info->column[c].width, err);
	}
	if (code != SIM_OK)
		return code;
	return res_journal_commit(
		journal, summary->variant * journal->replications + summary->replication, err);
}

/* --- reading --------------------------------------------------------------------------------- */

uint32_t res_journal_kept(const struct res_journal *journal)
{
	return journal->n_kept;
}

bool res_journal_has(const struct res_journal *journal, uint32_t job)
{
	SIM_ASSERT(job < journal->n_jobs);
	return journal->entry[job].at != 0 && !journal->entry[job].failed;
}

enum sim_code res_journal_summary(const struct res_journal *journal, uint32_t job,
                                  struct rec_summary *summary, struct sim_err *err)
{
	struct res_blob_head head;
	SIM_ASSERT(job < journal->n_jobs && journal->entry[job].at != 0);
	if (res_read_at(journal->fd, &head, sizeof head, journal->entry[job].at))
		return cannot_read(journal, err);
	res_blob_summary(&head, summary);
	return SIM_OK;
}

uint32_t res_journal_rows(const struct res_journal *journal, uint32_t job, enum rec_table table)
{
	SIM_ASSERT(job < journal->n_jobs && (unsigned)table < REC_N_TABLES);
	const struct entry *entry = &journal->entry[job];
	return entry->failed ? 0 : entry->rows[table];
}

enum sim_code res_journal_column(const struct res_journal *journal, uint32_t job,
                                 enum rec_table table, uint32_t column, uint32_t first, uint32_t n,
                                 void *out, struct sim_err *err)
{
	const struct entry *entry = &journal->entry[job];
	uint32_t width = rec_table_info(table)->column[column].width;
	SIM_ASSERT(entry->at != 0 && first <= entry->rows[table] && n <= entry->rows[table] - first);
	uint64_t at = entry->at + res_blob_column_at(entry->rows, table, column);
	if (res_read_at(journal->fd, out, (size_t)n * width, at + (uint64_t)first * width))
		return cannot_read(journal, err);
	return SIM_OK;
}

const char *res_journal_path(const struct res_journal *journal)
{
	return journal->path;
}
