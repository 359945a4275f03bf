/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The messages of one registration and entry, as a picture. */
#include "analysis/plot/charts.h"
#include "analysis/report/rep_view.h"
#include <stdio.h>
#include <stdlib.h>

struct parties {
	size_t n;
	uint16_t *node;
	char (*text)[REP_TEXT];
	const char **name;
};

/* Rows of the table, and the wait that they belong to. */
struct rows {
	const struct rec_ladder *row;
	size_t n;
	int64_t start_ns, ready_ns; /* -1: not known */
};

/* Parties stand in the order in which they first speak or are spoken to. */
static size_t party_of(struct parties *parties, const struct res_file *file, uint16_t node)
{
	for (size_t i = 0; i < parties->n; i++)
		if (parties->node[i] == node)
			return i;
	parties->node[parties->n] = node;
	parties->name[parties->n] =
		rep_node_name(parties->text[parties->n], res_name(file, REC_NAME_node, node));
	return parties->n++;
}

/* Down the page in the order of sending; what was sent at once stays as it arrived. */
static void sort_by_sending(struct rec_ladder *row, size_t n)
{
	for (size_t i = 1; i < n; i++) { /* insertion: nearly in order already, and stable */
		const struct rec_ladder moving = row[i];
		size_t k = i;
		for (; k > 0 && row[k - 1].sent_ns > moving.sent_ns; k--)
			row[k] = row[k - 1];
		row[k] = moving;
	}
}

/* Messages of the radio access before the first one of the table, and the end of the wait. */
static size_t add_messages(const struct rep_view *view, const struct rows *rows,
                           struct parties *parties, struct plot_message *message,
                           char access[REP_TEXT])
{
	const struct rec_ladder *row = rows->row;
	size_t n = 0;
	const size_t headset = party_of(parties, view->file, row[0].from);
	if (rows->start_ns >= 0) {
		snprintf(access, REP_TEXT, "random access, RRC set-up: %.3f ms",
		         (double)(row[0].sent_ns - rows->start_ns) / 1e6);
		message[n++] = (struct plot_message){
			.from = headset, .to = party_of(parties, view->file, row[0].to), .label = access,
			.sent_ns = rows->start_ns, .arrived_ns = row[0].sent_ns };
	}
	for (size_t i = 0; i < rows->n; i++) {
		const size_t from = party_of(parties, view->file, row[i].from);
		message[n++] = (struct plot_message){
			.from = from, .to = party_of(parties, view->file, row[i].to),
			.label = res_name(view->file, REC_NAME_message, row[i].message), .octets = row[i].octets,
			.sent_ns = row[i].sent_ns, .arrived_ns = row[i].arrived_ns };
	}
	if (rows->ready_ns >= 0)
		message[n++] = (struct plot_message){ .from = headset, .to = headset,
			.label = "surgery can begin", .sent_ns = rows->ready_ns, .arrived_ns = rows->ready_ns };
	return n;
}

static void draw(struct rep_page *page, const struct rep_view *view, const struct rows *rows,
                 struct parties *parties, struct plot_message *message)
{
	char access[REP_TEXT];
	const size_t n = add_messages(view, rows, parties, message, access);
	rep_figure(page, plot_ladder(&(struct plot_ladder){
		.title = "Registration of the first surgeon, and entry into the first hospital",
		.desc = "Message sequence chart with lengths and times of sending.",
		.n_parties = parties->n, .party = parties->name, .n_messages = n, .message = message,
		.origin_ns = message[0].sent_ns }), "ladder",
		rows->start_ns >= 0
		? "Every message of the first surgeon's first registration and entry in the first replication, "
		  "with its length. The time at the left is when it was handed over for sending, from the start "
		  "of the headset on; the last one is the wait."
		: "Every message of the first surgeon's first registration and entry in the first replication, "
		  "with its length. The time at the left is when it was handed over for sending, from the first "
		  "one on.");
}

static void figure(struct rep_page *page, const struct rep_view *view, const struct rows *rows)
{
	struct parties parties = { .node = calloc(2 * rows->n, sizeof *parties.node),
	                           .text = calloc(2 * rows->n, sizeof *parties.text),
	                           .name = calloc(2 * rows->n, sizeof *parties.name) };
	struct plot_message *message = calloc(rows->n + 2, sizeof *message);
	if (parties.node && parties.text && parties.name && message)
		draw(page, view, rows, &parties, message);
	else
		rep_no_memory(page);
	free(parties.node);
	free(parties.text);
	free(parties.name);
	free(message);
}

/* The session that the rows belong to is the last one whose headset started before the first. */
static int find_wait(const struct rep_view *view, struct rows *rows)
{
	const int64_t *start_ns = res_i64(view->file, REC_T_session, "start_ns");
	const int64_t *ready_ns = res_i64(view->file, REC_T_session, "ready_ns");
	const struct res_range range = res_rows(view->file, REC_T_session, view->base, 0);
	rows->start_ns = rows->ready_ns = -1;
	if (!start_ns || !ready_ns)
		return -1;
	for (uint64_t i = range.first; i < range.end; i++)
		if (start_ns[i] <= rows->row[0].sent_ns && start_ns[i] > rows->start_ns) {
			rows->start_ns = start_ns[i];
			rows->ready_ns = ready_ns[i];
		}
	if (rows->ready_ns < rows->row[rows->n - 1].sent_ns) /* the rows go on beyond the wait */
		rows->ready_ns = -1;
	return 0;
}

void rep_section_ladder(struct rep_page *page, const struct rep_view *view)
{
	if (page->code)
		return;
	const struct res_range range = res_rows(view->file, REC_T_ladder, view->base, 0);
	const size_t n = (size_t)(range.end - range.first);
	fprintf(page->out, "<h2 id=\"%sladder\">Message by message</h2>\n", page->prefix);
	if (!rep_is_recorded(page, view, REC_LEVEL_SAMPLES))
		return;
	if (n == 0) {
		fputs("<p>This run recorded no ladder of messages (record.ladder).</p>\n", page->out);
		return;
	}
	struct rec_ladder *row = calloc(n, sizeof *row);
	struct rows rows = { .row = row, .n = n };
	if (!row)
		rep_no_memory(page);
	else {
		int bad = res_gather(view->file, REC_T_ladder, range, row);
		sort_by_sending(row, bad ? 0 : n);
		if (bad || find_wait(view, &rows))
			page->code = sim_fail(page->err, SIM_E_IO, "%s", res_error(view->file)->text);
		else
			figure(page, view, &rows);
	}
	free(row);
}
