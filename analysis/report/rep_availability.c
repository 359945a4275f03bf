/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an attack or a fault does to registrations in time, against the attack-free twin. */
#include "analysis/plot/charts.h"
#include "analysis/report/rep_format.h"
#include "analysis/report/rep_samples.h"
#include "analysis/report/rep_view.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_WINDOWS = 16, MAX_BINS = 400 };

struct troubles {
	size_t n;
	struct plot_window window[MAX_WINDOWS]; /* seconds */
	char label[MAX_WINDOWS][64];
};

static double parameter_s(const struct rep_view *view, uint16_t variant, const char *key)
{
	const double ns = res_parameter_si(view->file, variant, key, SIM_Q_DURATION, NAN);
	return ns >= 0 ? ns * 1e-9 : NAN;
}

/* Attacks are the parameters attacks.<name>.start and .duration. */
static void find_troubles(const struct rep_view *view, uint16_t variant, struct troubles *out)
{
	uint32_t n;
	const struct res_parameter *parameter = res_parameters(view->file, variant, &n);
	out->n = 0;
	for (uint32_t i = 0; i < n && out->n < MAX_WINDOWS; i++) {
		const char *key = parameter[i].key, *end = strrchr(key, '.');
		if (strncmp(key, "attacks.", 8) != 0 || !end || strcmp(end, ".start") != 0 || end < key + 9)
			continue;
		char duration_key[160];
		const int stem = (int)(end - key);
		snprintf(duration_key, sizeof duration_key, "%.*s.duration", stem, key);
		const double start = parameter_s(view, variant, key);
		const double duration = parameter_s(view, variant, duration_key);
		if (!(duration > 0) || isnan(start))
			continue;
		snprintf(out->label[out->n], sizeof out->label[0], "%.*s", stem - 8, key + 8);
		out->window[out->n] = (struct plot_window){ start, start + duration, out->label[out->n] };
		out->n++;
	}
}

/* The histories of a variant and of its attack-free twin: registrations, entries of twins. */
struct histories {
	struct rep_history with[2], without[2];
};

static void free_histories(struct histories *h)
{
	for (int what = 0; what < 2; what++) {
		rep_history_free(&h->with[what]);
		rep_history_free(&h->without[what]);
	}
}

static bool read_histories(const struct rep_view *view, uint16_t variant,
                           const struct rep_bins *bins, struct histories *h)
{
	const uint16_t twin = (uint16_t)view->run->variants[variant].twin;
	*h = (struct histories){ 0 };
	for (int what = 0; what < 2; what++)
		if (rep_history(view->file, variant, (enum rep_demand)what, bins, &h->with[what]) ||
		    rep_history(view->file, twin, (enum rep_demand)what, bins, &h->without[what]))
			return false;
	return true;
}

/* Did the attack keep twins out that were let in without it? */
static bool entries_differ(const struct histories *h)
{
	for (size_t i = 0; i < h->with[REP_ENTRY].n; i++)
		if (h->with[REP_ENTRY].ratio[i] < h->without[REP_ENTRY].ratio[i])
			return true;
	return false;
}

/* A dot stands in the middle of its bin. */
static void to_middles(struct rep_history *history, const struct rep_bins *bins)
{
	for (size_t i = 0; i < history->n; i++)
		history->t_s[i] += bins->windows_per_bin * bins->window_s / 2;
}

static struct plot_series series_of(const struct rep_history *history, const char *name,
                                    size_t style, enum plot_kind kind)
{
	return (struct plot_series){ .name = name, .style = style, .kind = kind, .n = history->n,
	                             .x = history->t_s, .y = history->ratio, .lo = history->lo,
	                             .hi = history->hi };
}

static void plot(struct rep_page *page, const struct rep_view *view, uint16_t variant,
                 const struct rep_bins *bins, const struct troubles *troubles, struct histories *h)
{
	char title[160], name[120], caption[700], with[100], without[100], entries[100], bin[REP_TEXT];
	const char *variant_name = view->run->variants[variant].name;
	const bool twins = entries_differ(h);
	to_middles(&h->with[REP_ENTRY], bins);
	rep_format_duration(bin, bins->windows_per_bin * bins->window_s);
	snprintf(title, sizeof title, "Demands met in time, around %.60s", variant_name);
	snprintf(name, sizeof name, "availability-%.60s", variant_name);
	snprintf(with, sizeof with, "registrations, %.60s", variant_name);
	snprintf(without, sizeof without, "registrations, %.60s",
	         view->run->variants[view->run->variants[variant].twin].name);
	snprintf(entries, sizeof entries, "twins' entries, %.60s", variant_name);
	snprintf(caption, sizeof caption, "Share of the demands to be registered, of all subscribers, met "
	         "within the deadline, by the time at which they began, in steps of %s, with the %.0f %% "
	         "interval over replications.%s Time counts from midnight of the first day. Shaded: the "
	         "attack or fault. A demand that begins shortly before it may still fail by it.", bin,
	         100 * view->run->level, twins ? " Dots: the surgeons' twins that asked to enter a hospital "
	         "then, and were admitted in time; most steps have none." : "");
	const struct plot_series series[] = {
		series_of(&h->without[REP_REGISTRATION], without, 0, PLOT_HOLDS),
		series_of(&h->with[REP_REGISTRATION], with, 1, PLOT_HOLDS),
		series_of(&h->with[REP_ENTRY], entries, 4, PLOT_DOTS),
	};
	rep_figure(page, plot_xy(&(struct plot_xy){
		.title = title, .desc = caption, .height = 320,
		.x = { .label = "time of day", .clock = true, .lo = bins->first * bins->window_s,
		       .hi = bins->end * bins->window_s },
		.y = { .label = "share met in time", .lo = 0, .hi = 1 }, .n_series = twins ? 3 : 2,
		.series = series, .n_windows = troubles->n, .window = troubles->window }), name, caption);
}

static bool any_defined(const struct rep_history *history)
{
	for (size_t i = 0; i < history->n; i++)
		if (isfinite(history->ratio[i]))
			return true;
	return false;
}

static void draw(struct rep_page *page, const struct rep_view *view, uint16_t variant,
                 const struct rep_bins *bins, const struct troubles *troubles)
{
	struct histories histories;
	if (read_histories(view, variant, bins, &histories)) {
		if (any_defined(&histories.with[REP_REGISTRATION]) ||
		    any_defined(&histories.without[REP_REGISTRATION]) ||
		    any_defined(&histories.with[REP_ENTRY]))
			plot(page, view, variant, bins, troubles, &histories);
	} else
		page->code = sim_fail(page->err, SIM_E_IO, "%s: cannot read the table of demands",
		                      res_path(view->file));
	free_histories(&histories);
}

/* From the length of all troubles before the first to three times it after the last. */
static void look_near(struct rep_bins *bins, const struct troubles *troubles, uint32_t n_windows)
{
	double first = INFINITY, last = -INFINITY;
	for (size_t i = 0; i < troubles->n; i++) {
		first = fmin(first, troubles->window[i].x0);
		last = fmax(last, troubles->window[i].x1);
	}
	const double length = fmax(last - first, 5 * bins->window_s);
	const double lo = floor(fmax(0, first - length) / bins->window_s);
	const double hi = ceil((last + 3 * length) / bins->window_s);
	bins->first = (uint32_t)fmin(lo, n_windows - 1.0);
	bins->end = (uint32_t)fmax(bins->first + 1.0, fmin(hi, n_windows));
}

static void one_variant(struct rep_page *page, const struct rep_view *view, uint16_t variant,
                        uint32_t n_windows, double window_s)
{
	struct troubles troubles;
	struct rep_bins bins = { .end = n_windows, .window_s = window_s, .level = view->run->level };
	find_troubles(view, variant, &troubles);
	if (troubles.n > 0)
		look_near(&bins, &troubles, n_windows);
	bins.windows_per_bin = (bins.end - bins.first + MAX_BINS - 1) / MAX_BINS;
	draw(page, view, variant, &bins, &troubles);
}

/* The metric with the attack: while it lasted, and in the whole run; and without it. */
static void table_row(struct rep_page *page, const struct rep_view *view, uint16_t variant,
                      const char *metric, const char *class)
{
	const char *name = view->run->variants[variant].name;
	const char *twin = view->run->variants[view->run->variants[variant].twin].name;
	struct rep_query query = { .name = metric, .variant = name, .class = class };
	const struct met_value *whole = rep_find(view, &query);
	query.attack = rep_first_attack(view, variant);
	const struct met_value *during = query.attack ? rep_find(view, &query) : NULL;
	if (!whole && !during)
		return;
	query.variant = twin;
	query.attack = NULL;
	fputs("<tr>", page->out);
	rep_put_in(page->out, "td", name);
	rep_put_in(page->out, "td", metric);
	rep_put_in(page->out, "td", class ? class : "");
	rep_put_cell(page->out, during, true);
	rep_put_cell(page->out, whole, true);
	rep_put_cell(page->out, rep_find(view, &query), true);
	fputs("</tr>\n", page->out);
}

static void recovery_row(struct rep_page *page, const struct rep_view *view, uint16_t variant)
{
	const char *name = view->run->variants[variant].name;
	const struct met_value *value = rep_find(view, &(struct rep_query){
		.name = "recovery.time", .stat = "p50", .variant = name,
		.attack = rep_first_attack(view, variant) });
	if (!value)
		return;
	fputs("<tr>", page->out);
	rep_put_in(page->out, "td", name);
	fputs("<td>recovery.time, median</td><td></td><td></td>", page->out);
	rep_put_cell(page->out, value, true);
	fputs("<td></td></tr>\n", page->out);
}

static void table(struct rep_page *page, const struct rep_view *view)
{
	static const char *const CLASSES[] = { "surgeon", "probe", "background" };
	fputs("<div class=\"scroll\"><table>\n<caption>With the attack or fault, and without it: shares of n demands, surgeries or looks at the "
	      "network (0 to 1); times with their unit</caption>\n"
	      "<tr><th>variant</th><th>metric</th><th>class</th><th class=\"n\">while it lasted</th>"
	      "<th class=\"n\">whole run</th><th class=\"n\">without it</th></tr>\n", page->out);
	for (uint16_t v = 0; v < view->run->n_variants; v++) {
		if (view->run->variants[v].twin < 0 || view->run->variants[v].hidden)
			continue;
		for (size_t c = 0; c < 3; c++)
			table_row(page, view, v, "registration.success_ratio", CLASSES[c]);
		table_row(page, view, v, "dt.success_ratio", "surgeon");
		table_row(page, view, v, "surgery.completed_ratio", NULL);
		table_row(page, view, v, "availability.time", NULL);
		recovery_row(page, view, v);
	}
	fputs("</table></div>\n", page->out);
}

void rep_section_availability(struct rep_page *page, const struct rep_view *view)
{
	uint32_t n_windows, n_attacked = 0;
	if (page->code)
		return;
	for (uint16_t v = 0; v < view->run->n_variants; v++)
		n_attacked += view->run->variants[v].twin >= 0 && !view->run->variants[v].hidden;
	fprintf(page->out, "<h2 id=\"%savailability\">What survives an attack</h2>\n", page->prefix);
	if (n_attacked == 0) {
		fputs("<p>No variant of this run has an attack or a fault.</p>\n", page->out);
		return;
	}
	table(page, view);
	if (!rep_is_recorded(page, view, REC_LEVEL_METRICS))
		return;
	const double window_ns = res_parameter_si(view->file, view->base, "record.window",
	                                          SIM_Q_DURATION,
	                                          60e9);
	if (rep_n_windows(view->file, &n_windows)) {
		page->code = sim_fail(page->err, SIM_E_IO, "%s: cannot read the table of demands",
		                      res_path(view->file));
		return;
	}
	for (uint16_t v = 0; n_windows && !page->code && v < view->run->n_variants; v++)
		if (view->run->variants[v].twin >= 0 && !view->run->variants[v].hidden)
			one_variant(page, view, v, n_windows, window_ns / 1e9);
}
