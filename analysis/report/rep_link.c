/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How well each adversary tells the two surgeons apart. */
#include "analysis/plot/charts.h"
#include "analysis/report/rep_format.h"
#include "analysis/report/rep_view.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DOTS = 160 };

struct dots {
	size_t n;
	struct plot_dot dot[MAX_DOTS];
	char note[MAX_DOTS][REP_TEXT];
};

static void add_dot(struct dots *dots, const struct rep_view *view, const char *adversary,
                    uint16_t v)
{
	const struct met_value *value = rep_find(view, &(struct rep_query){
		.name = "link.advantage", .variant = view->run->variants[v].name, .adversary = adversary });
	if (!value || isnan(value->value) || dots->n == MAX_DOTS)
		return;
	char *note = dots->note[dots->n];
	rep_format_interval(note, value->unit, value->value, value->ci_low, value->ci_high);
	dots->dot[dots->n++] = (struct plot_dot){
		.label = view->run->variants[v].name, .style = v, .value = value->value,
		.lo = value->ci_low, .hi = value->ci_high, .note = note };
}

static double lowest(const struct dots *dots)
{
	double lo = -0.2;
	for (size_t i = 0; i < dots->n; i++)
		if (!dots->dot[i].heading && isfinite(dots->dot[i].lo))
			lo = fmin(lo, dots->dot[i].lo);
	return fmax(lo, -1);
}

static void draw(struct rep_page *page, const struct rep_view *view, const struct dots *dots)
{
	char note[40];
	snprintf(note, sizeof note, "mean [%.0f %% interval]", 100 * view->run->level);
	rep_figure(page, plot_forest(&(struct plot_forest){
		.title = "Advantage in telling the two surgeons apart",
		.desc = "Advantage in the two-surgeon game by adversary and variant, with intervals.",
		.x_label = "advantage (0 chance, 1 certainty)", .note_label = note, .lo = lowest(dots), .hi = 1,
		.chance = 0, .chance_label = "chance", .n_dots = dots->n, .dot = dots->dot }), "linkability",
		"The two-surgeon game: the adversary knows some sessions of each by name and says for every "
		"other session that it observed which of the two it was; undecided scores one half. Advantage "
		"= 2 (mean score - 1/2). Intervals over replications.");
}

static void figure(struct rep_page *page, const struct rep_view *view, const char *const *adversary,
                   size_t n)
{
	struct dots *dots = calloc(1, sizeof *dots);
	if (!dots) {
		rep_no_memory(page);
		return;
	}
	for (size_t a = 0; a < n && dots->n < MAX_DOTS; a++) {
		const size_t heading = dots->n++;
		dots->dot[heading] = (struct plot_dot){ .label = adversary[a], .heading = true };
		for (uint16_t v = 0; v < view->run->n_variants; v++)
			if (!view->run->variants[v].hidden)
				add_dot(dots, view, adversary[a], v);
		if (dots->n == heading + 1)
			dots->n--; /* nothing defined: no heading without dots */
	}
	if (dots->n)
		draw(page, view, dots);
	else
		fputs("<p>No adversary's advantage is defined: none had a session to tell.</p>\n", page->out);
	free(dots);
}

static void cell(struct rep_page *page, const struct rep_view *view, const char *metric,
                 const char *variant, const char *adversary)
{
	rep_put_cell(page->out, rep_find(view, &(struct rep_query){
		.name = metric, .variant = variant, .adversary = adversary }), false);
}

static void table(struct rep_page *page, const struct rep_view *view, const char *const *adversary,
                  size_t n)
{
	static const char *const METRICS[] = { "link.advantage", "link.coverage", "link.top1",
		                                   "link.precision", "link.recall", "link.anonymity_set",
		                                   "link.identified_ratio" };
	enum { N = sizeof METRICS / sizeof METRICS[0] };
	fputs("<div class=\"scroll\"><table>\n<tr><th>adversary</th><th>variant</th>", page->out);
	for (size_t m = 0; m < N; m++)
		fprintf(page->out, "<th class=\"n\">%s</th>", METRICS[m] + 5);
	fputs("</tr>\n", page->out);
	for (size_t a = 0; a < n; a++)
		for (uint16_t v = 0; v < view->run->n_variants; v++) {
			const char *variant = view->run->variants[v].name;
			if (view->run->variants[v].hidden)
				continue;
			fputs("<tr>", page->out);
			rep_put_in(page->out, "td", adversary[a]);
			rep_put_in(page->out, "td", variant);
			for (size_t m = 0; m < N; m++)
				cell(page, view, METRICS[m], variant, adversary[a]);
			fputs("</tr>\n", page->out);
		}
	fputs("</table></div>\n", page->out);
}

void rep_section_link(struct rep_page *page, const struct rep_view *view)
{
	const char *adversary[REP_MAX_ADVERSARIES];
	if (page->code)
		return;
	const size_t n = rep_adversaries(view, adversary);
	fprintf(page->out, "<h2 id=\"%slinkability\">Who is behind the pseudonym</h2>\n", page->prefix);
	if (!rep_is_recorded(page, view, REC_LEVEL_SAMPLES))
		return;
	if (n == 0) {
		fputs("<p>No adversary watched this run.</p>\n", page->out);
		return;
	}
	figure(page, view, adversary, n);
	if (page->code)
		return;
	fputs("<details><summary>All measures of linkability</summary>\n", page->out);
	table(page, view, adversary, n);
	fputs("</details>\n", page->out);
}
