/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several result files beside one another: the headline figures of each variant. */
#include "analysis/report/rep_view.h"
#include <inttypes.h>
#include <string.h>

static const struct rep_query ROWS[] = {
	{ .name = "surgery.ready_latency", .stat = "p50", .class = "surgeon" },
	{ .name = "surgery.ready_latency", .stat = "p95", .class = "surgeon" },
	{ .name = "dt.auth_latency", .stat = "p50", .class = "surgeon" },
	{ .name = "registration.latency", .stat = "p50", .class = "surgeon" },
	{ .name = "registration.success_ratio", .class = "surgeon" },
	{ .name = "registration.success_ratio", .class = "background" },
	{ .name = "dt.success_ratio" },
	{ .name = "surgery.completed_ratio" },
};

/* Has an earlier file shown this variant? */
static bool seen_before(const struct rep_view *view, size_t n, const char *variant)
{
	for (size_t i = 0; i < n; i++)
		if (res_variant_find(view[i].file, variant) >= 0)
			return true;
	return false;
}

static void row(struct rep_page *page, const struct rep_view *view, size_t n,
                struct rep_query query)
{
	char text[REP_TEXT];
	fputs("<tr>", page->out);
	rep_put_in(page->out, "td", query.variant);
	const char *who = query.class ? query.class : query.adversary;
	snprintf(text, sizeof text, "%s%s%s%s%s", query.name, query.stat ? " " : "",
	         query.stat ? query.stat : "", who ? ", " : "", who ? who : "");
	rep_put_in(page->out, "td", text);
	for (size_t i = 0; i < n; i++) {
		if (res_variant_find(view[i].file, query.variant) < 0)
			rep_put_in(page->out, "td class=\"n\"", "\xe2\x80\x93");
		else
			rep_put_cell(page->out, rep_find(&view[i], &query), false);
	}
	fputs("</tr>\n", page->out);
}

static void rows_of_variant(struct rep_page *page, const struct rep_view *view, size_t n,
                            const char *variant)
{
	for (size_t r = 0; r < sizeof ROWS / sizeof ROWS[0]; r++) {
		struct rep_query query = ROWS[r];
		query.variant = variant;
		row(page, view, n, query);
	}
	const char *adversary[REP_MAX_ADVERSARIES];
	const size_t n_adversaries = rep_adversaries(&view[0], adversary);
	for (size_t a = 0; a < n_adversaries; a++)
		row(page, view, n, (struct rep_query){ .name = "link.advantage", .variant = variant,
		                                       .adversary = adversary[a] });
}

void rep_section_comparison(struct rep_page *page, const struct rep_view *view, size_t n)
{
	if (page->code)
		return;
	fputs("<h1>Comparison</h1>\n<div class=\"scroll\"><table>\n<tr><th>variant</th><th>metric</th>",
	      page->out);
	for (size_t i = 0; i < n; i++) {
		const char *path = res_path(view[i].file), *slash = strrchr(path, '/');
		rep_put_in(page->out, "th class=\"n\"", slash ? slash + 1 : path);
	}
	fputs("</tr>\n<tr><td></td><td>engine, seed, replications</td>", page->out);
	for (size_t i = 0; i < n; i++) {
		fputs("<td class=\"n\">", page->out);
		rep_put(page->out, view[i].run->engine);
		fprintf(page->out, ", %" PRIu64 ", %u</td>", view[i].run->seed,
		        (unsigned)view[i].run->replications);
	}
	fputs("</tr>\n", page->out);
	for (size_t i = 0; i < n; i++)
		for (uint32_t v = 0; v < view[i].run->n_variants; v++) {
			const struct res_variant *variant = &view[i].run->variants[v];
			if (!variant->hidden && !seen_before(view, i, variant->name))
				rows_of_variant(page, view, n, variant->name);
		}
	fputs("</table></div>\n<p class=\"soft small\">\xe2\x80\x93: this file has no such variant.</p>\n",
	      page->out);
}
