/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "results/blob.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

_Static_assert((int)REC_N_TABLES <= (int)RES_BLOB_TABLES, "the head counts rows of every table");
_Static_assert(sizeof(struct res_blob_head) % 8 == 0, "no padding, no undefined octets");

static uint64_t columns_before(const uint32_t rows[], int n_tables)
{
	uint64_t octets = 0;
	for (int t = 0; t < n_tables; t++) {
		const struct rec_table_info *info = rec_table_info((enum rec_table)t);
		for (uint32_t c = 0; c < info->n_columns; c++)
			octets += (uint64_t)rows[t] * info->column[c].width;
	}
	return octets;
}

void res_blob_head_make(const struct rec_summary *summary, const struct rec *rec,
                        struct res_blob_head *head)
{
	memset(head, 0, sizeof *head);
	head->magic = RES_BLOB_MAGIC;
	head->variant = summary->variant;
	head->replication = summary->replication;
	head->failed = summary->failed;
	head->events = summary->events;
	head->cpu_ns = summary->cpu_ns;
	head->wall_ns = summary->wall_ns;
	head->crypto_cpu_ns = summary->crypto_cpu_ns;
	head->peak_octets = summary->peak_octets;
	memcpy(head->protocol_digest, summary->protocol_digest, REC_DIGEST_OCTETS);
	memcpy(head->event_digest, summary->event_digest, REC_DIGEST_OCTETS);
	memcpy(head->reason, summary->reason, strnlen(summary->reason, REC_REASON_SIZE - 1));
	for (int t = 0; rec && t < REC_N_TABLES; t++)
		head->rows[t] = rec->table[t].n;
	head->length = sizeof *head + columns_before(head->rows, REC_N_TABLES);
}

int res_blob_head_valid(const struct res_blob_head *head)
{
	return head->magic == RES_BLOB_MAGIC && head->reason[REC_REASON_SIZE - 1] == '\0' &&
	       head->variant <= UINT16_MAX && head->failed <= 1 &&
	       head->length == sizeof *head + columns_before(head->rows, REC_N_TABLES);
}

void res_blob_summary(const struct res_blob_head *head, struct rec_summary *summary)
{
	*summary = (struct rec_summary){
		.variant = (uint16_t)head->variant,
		.replication = head->replication,
		.failed = (uint8_t)head->failed,
		.events = head->events,
		.cpu_ns = head->cpu_ns,
		.wall_ns = head->wall_ns,
		.crypto_cpu_ns = head->crypto_cpu_ns,
		.peak_octets = head->peak_octets,
	};
	memcpy(summary->protocol_digest, head->protocol_digest, REC_DIGEST_OCTETS);
	memcpy(summary->event_digest, head->event_digest, REC_DIGEST_OCTETS);
	memcpy(summary->reason, head->reason, REC_REASON_SIZE);
}

uint64_t res_blob_column_at(const uint32_t rows[], enum rec_table table, uint32_t column)
{
	const struct rec_table_info *info = rec_table_info(table);
	uint64_t at = sizeof(struct res_blob_head) + columns_before(rows, (int)table);
	for (uint32_t c = 0; c < column; c++)
		at += (uint64_t)rows[table] * info->column[c].width;
	return at;
}

static int write_all(int fd, const void *data, size_t n)
{
	const char *at = data;
	while (n > 0) {
		ssize_t done = write(fd, at, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		at += done;
		n -= (size_t)done;
	}
	return 0;
}

static int write_columns(int fd, const struct rec *rec)
{
	for (int t = 0; t < REC_N_TABLES; t++) {
		const struct rec_table_info *info = rec_table_info((enum rec_table)t);
		const struct rec_columns *columns = &rec->table[t];
		for (uint32_t c = 0; c < info->n_columns; c++)
			if (write_all(fd, columns->column[c], (size_t)columns->n * info->column[c].width))
				return -1;
	}
	return 0;
}

enum sim_code res_blob_write(int fd, const struct rec_summary *summary, const struct rec *rec,
                             struct sim_err *err)
{
	struct res_blob_head head;
	res_blob_head_make(summary, rec, &head);
	if (write_all(fd, &head, sizeof head) || (rec && write_columns(fd, rec)))
		return sim_fail(err, SIM_E_IO, "cannot hand over a finished replication: %s",
		                strerror(errno));
	return SIM_OK;
}
