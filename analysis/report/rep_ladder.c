/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The messages of one registration and entry, as a picture. */
#include "analysis/plot/charts.h"
#include "analysis/report/rep_view.h"
#include <stdlib.h>

struct parties {
	size_t n;
	uint16_t *node;
	const char **name;
};

/* Parties stand in the order in which they first speak or are spoken to. */
static size_t party_of(struct parties *parties, const struct res_file *file, uint16_t node)
{
	for (size_t i = 0; i < parties->n; i++)
		if (parties->node[i] == node)
			return i;
	parties->node[parties->n] = node;
	parties->name[parties->n] = res_name(file, REC_NAME_node, node);
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

static void draw(struct rep_page *page, const struct rep_view *view, const struct rec_ladder *row,
                 size_t n, struct parties *parties, struct plot_message *message)
{
	for (size_t i = 0; i < n; i++) {
		message[i] = (struct plot_message){ .label = res_name(view->file, REC_NAME_message,
		                                                      row[i].message),
		                                    .octets = row[i].octets, .sent_ns = row[i].sent_ns,
		                                    .arrived_ns = row[i].arrived_ns };
		message[i].from = party_of(parties, view->file, row[i].from);
		message[i].to = party_of(parties, view->file, row[i].to);
	}
	rep_figure(page, plot_ladder(&(struct plot_ladder){
		.title = "Registration of the first surgeon, and entry into the first hospital",
		.desc = "Message sequence chart with lengths and times of sending.",
		.n_parties = parties->n, .party = parties->name, .n_messages = n, .message = message }), "ladder",
		"Every message of the first surgeon's first registration and entry in the first replication, "
		"with its length; the time at the left is when it was handed over for sending, from the first "
		"one on.");
}

static void figure(struct rep_page *page, const struct rep_view *view, const struct rec_ladder *row,
                   size_t n)
{
	struct parties parties = { .node = calloc(2 * n, sizeof *parties.node),
	                           .name = calloc(2 * n, sizeof *parties.name) };
	struct plot_message *message = calloc(n, sizeof *message);
	if (parties.node && parties.name && message)
		draw(page, view, row, n, &parties, message);
	else
		rep_no_memory(page);
	free(parties.node);
	free(parties.name);
	free(message);
}

void rep_section_ladder(struct rep_page *page, const struct rep_view *view)
{
	if (page->code)
		return;
	const struct res_range range = res_rows(view->file, REC_T_ladder, view->base, 0);
	const size_t n = (size_t)(range.end - range.first);
	fprintf(page->out, "<h2 id=\"%sladder\">Message by message</h2>\n", page->prefix);
	if (n == 0) {
		fputs("<p>This run recorded no ladder of messages (record.ladder).</p>\n", page->out);
		return;
	}
	struct rec_ladder *row = calloc(n, sizeof *row);
	if (!row)
		rep_no_memory(page);
	else if (res_gather(view->file, REC_T_ladder, range, row))
		page->code = sim_fail(page->err, SIM_E_IO, "%s", res_error(view->file)->text);
	else {
		sort_by_sending(row, n);
		figure(page, view, row, n);
	}
	free(row);
}
