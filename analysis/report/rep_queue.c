/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stations alone: how long customers stay, where they wait, who is turned away. */
#include "analysis/plot/charts.h"
#include "analysis/report/rep_format.h"
#include "analysis/report/rep_view.h"
#include <math.h>
#include <string.h>

enum { MOST_BARS = 24, PARTS = 2, LABEL = 160 };

static const struct met_value *find(const struct rep_view *view, const char *name, const char *stat,
                                    const struct met_scope *scope)
{
	return met_find(&view->values, name, scope, stat);
}

/* The means of station.sojourn stand for their stations; each in the order of the result. */
static const struct met_value *next_station(const struct rep_view *view, size_t *i)
{
	while (*i < view->values.n) {
		const struct met_value *v = &view->values.value[(*i)++];

		if (strcmp(v->name, "station.sojourn") == 0 && strcmp(v->stat, "mean") == 0)
			return v;
	}
	return NULL;
}

static void put_row(FILE *out, const struct rep_view *view, const struct met_value *sojourn)
{
	const struct met_scope *scope = &sojourn->scope;

	fputs("<tr>", out);
	rep_put_in(out, "td", scope->variant);
	rep_put_in(out, "td", scope->station);
	rep_put_in(out, "td", scope->source ? scope->source : "all");
	rep_put_cell(out, find(view, "station.wait", "mean", scope), false);
	rep_put_cell(out, sojourn, true);
	rep_put_cell(out, find(view, "station.sojourn", "p99", scope), false);
	rep_put_cell(out, find(view, "station.number", "mean", scope), false);
	rep_put_cell(out, find(view, "station.utilisation", "mean", scope), false);
	rep_put_cell(out, find(view, "station.blocked_ratio", "ratio", scope), false);
	rep_put_cell(out, find(view, "station.abandoned_ratio", "ratio", scope), false);
	rep_put_cell(out, find(view, "station.orbit", "mean", scope), false);
	rep_put_cell(out, find(view, "station.availability", "mean", scope), false);
	fputs("</tr>\n", out);
}

static void table(FILE *out, const struct rep_view *view)
{
	static const char *const heads[] = {"variant", "station", "customers", "wait",
		"wait and service", "99 % within", "present", "occupied", "blocked", "abandoned", "in orbit",
		"available"};
	size_t i = 0;

	fputs("<div class=\"scroll\"><table>\n<tr>", out);
	for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
		rep_put_in(out, k < 3 ? "th" : "th class=\"n\"", heads[k]);
	fputs("</tr>\n", out);
	for (const struct met_value *v; (v = next_station(view, &i)) != NULL;)
		put_row(out, view, v);
	fputs("</table></div>\n", out);
}

/* Of all customers of each station: a bar of waiting and service. */
static size_t bars(const struct rep_view *view, struct plot_bar *bar, char label[][LABEL],
                   char note[][REP_TEXT], double part[][PARTS])
{
	size_t i = 0, n = 0;

	for (const struct met_value *v; n < MOST_BARS && (v = next_station(view, &i)) != NULL;) {
		const struct met_value *wait = find(view, "station.wait", "mean", &v->scope);

		if (v->scope.source || !wait || isnan(v->value) || isnan(wait->value))
			continue;
		part[n][0] = fmin(wait->value, v->value);
		part[n][1] = v->value - part[n][0];
		snprintf(label[n], LABEL, "%s%s%s", view->run->n_variants > 1 ? v->scope.variant : "",
		         view->run->n_variants > 1 ? ": " : "", v->scope.station);
		rep_format_interval(note[n], v->unit, v->value, v->ci_low, v->ci_high);
		bar[n] = (struct plot_bar){.label = label[n], .part = part[n], .note = note[n]};
		n++;
	}
	return n;
}

static void chart(struct rep_page *page, const struct rep_view *view)
{
	static const char *const names[PARTS] = {"waiting", "service"};
	static const char caption[] = "Mean time of a customer at each station, of those that were served.";
	struct plot_bar bar[MOST_BARS];
	char label[MOST_BARS][LABEL], note[MOST_BARS][REP_TEXT];
	double part[MOST_BARS][PARTS];
	size_t n = bars(view, bar, label, note, part);

	if (n > 0)
		rep_figure(page, plot_bars(&(struct plot_bars){
			.title = "Waiting and service", .desc = caption, .x_label = "mean time (s)",
			.note_label = "wait and service", .n_parts = PARTS, .part_name = names, .n_bars = n,
			.bar = bar}), "stations", caption);
}

static void network(FILE *out, const struct rep_view *view)
{
	fputs("<h3>From coming first to leaving</h3>\n<div class=\"scroll\"><table>\n<tr><th>variant</th>"
	      "<th>customers</th><th class=\"n\">mean</th><th class=\"n\">95 % within</th>"
	      "<th class=\"n\">99 % within</th><th class=\"n\">attempts</th>"
	      "<th class=\"n\">failed</th></tr>\n", out);
	for (size_t i = 0; i < view->values.n; i++) {
		const struct met_value *v = &view->values.value[i];

		if (strcmp(v->name, "network.sojourn") != 0 || strcmp(v->stat, "mean") != 0)
			continue;
		fputs("<tr>", out);
		rep_put_in(out, "td", v->scope.variant);
		rep_put_in(out, "td", v->scope.source ? v->scope.source : "all");
		rep_put_cell(out, v, true);
		rep_put_cell(out, find(view, "network.sojourn", "p95", &v->scope), false);
		rep_put_cell(out, find(view, "network.sojourn", "p99", &v->scope), false);
		rep_put_cell(out, find(view, "network.attempts", "mean", &v->scope), false);
		rep_put_cell(out, find(view, "network.failed_ratio", "ratio", &v->scope), false);
		fputs("</tr>\n", out);
	}
	fputs("</table></div>\n", out);
}

void rep_section_queue(struct rep_page *page, const struct rep_view *view)
{
	if (page->code)
		return;
	fprintf(page->out, "<h2 id=\"%sstations\">How long customers stay</h2>\n", page->prefix);
	fprintf(page->out, "<p>A scenario of stations alone: %u replications of %s each, of which the first "
	        "%s are not counted. Below each number its %g %% interval.</p>\n",
	        (unsigned)view->run->replications,
	        res_parameter_text(view->file, view->base, "duration"),
	        res_parameter_text(view->file, view->base, "warmup"), 100 * view->run->level);
	chart(page, view);
	table(page->out, view);
	network(page->out, view);
}
