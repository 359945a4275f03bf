/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the network makes of a population's registrations in time: offered, attempts, completed. */
#include "analysis/metric/attack.h"
#include "analysis/metric/goodput.h"
#include "analysis/plot/charts.h"
#include "analysis/report/rep_format.h"
#include "analysis/report/rep_view.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { OFFERED, TRIED, COMPLETED, COURSES, MAX_BINS = 760 };

static const char *const columns[COURSES] = {"offered", "tried", "completed"};

struct goodput {
	uint32_t n_windows, windows_per_bin;
	size_t n;
	double window_s;
	double *t_min, *per_s[COURSES]; /* of bins */
};

static bool is_read(struct res_file *file, const uint8_t **class, const uint32_t **window,
                    const uint32_t *course[COURSES])
{
	*class = res_u8(file, REC_T_demand, "class");
	*window = res_u32(file, REC_T_demand, "window");
	for (int c = 0; c < COURSES; c++) {
		course[c] = res_u32(file, REC_T_demand, columns[c]);
		if (!course[c])
			return false;
	}
	return *class && *window;
}

static void goodput_free(struct goodput *g)
{
	free(g->t_min);
	for (int c = 0; c < COURSES; c++)
		free(g->per_s[c]);
}

/* Room for what happened up to the last window of any variant, one empty bin behind it. */
static bool make_room(struct goodput *g, uint32_t last)
{
	g->n_windows = last + 1;
	g->windows_per_bin = g->n_windows / MAX_BINS + 1;
	g->n = g->n_windows / g->windows_per_bin + 2;
	g->t_min = calloc(g->n, sizeof *g->t_min);
	for (int c = 0; c < COURSES; c++)
		g->per_s[c] = calloc(g->n, sizeof *g->per_s[c]);
	return g->t_min && g->per_s[OFFERED] && g->per_s[TRIED] && g->per_s[COMPLETED];
}

/* Means over replications of one variant. */
static bool read_course(const struct rep_view *view, uint16_t variant, uint32_t last,
                        struct goodput *g)
{
	const struct res_range rows = res_rows_of_variant(view->file, REC_T_demand, variant);
	const uint8_t *class;
	const uint32_t *window, *course[COURSES];

	if (!is_read(view->file, &class, &window, course) || !make_room(g, last))
		return false;
	const double bin_s = g->windows_per_bin * g->window_s,
	             scale = 1 / (bin_s * fmax(1, res_n_finished(view->file, variant)));
	for (size_t i = 0; i < g->n; i++)
		g->t_min[i] = (double)i * bin_s / 60;
	for (uint64_t i = rows.first; i < rows.end; i++)
		for (int c = 0; c < COURSES; c++)
			if (class[i] == REC_CLASS_BACKGROUND)
				g->per_s[c][window[i] / g->windows_per_bin] += scale * course[c][i];
	return true;
}

static bool last_window(const struct rep_view *view, uint32_t *last)
{
	const uint64_t n = res_n_rows(view->file, REC_T_demand);
	const uint32_t *window = res_u32(view->file, REC_T_demand, "window");

	*last = 0;
	for (uint64_t i = 0; window && i < n; i++)
		if (window[i] > *last)
			*last = window[i];
	return window != NULL;
}

static double highest(const double *y, size_t n)
{
	double most = 0;

	for (size_t i = 0; i < n; i++)
		most = fmax(most, y[i]);
	return most;
}

static const struct met_value *find(const struct rep_view *view, const char *variant,
                                    const char *metric, const char *stat)
{
	return rep_find(view, &(struct rep_query){.name = metric, .stat = stat, .variant = variant,
	                                          .class = "background"});
}

/* "In long queues every registration took 40.6 attempts, …" */
static void tell(struct rep_page *page, const struct rep_view *view, uint16_t variant,
                 const struct goodput *g)
{
	const char *name = view->run->variants[variant].name;
	const struct met_value *attempts = find(view, name, "load.attempts_per_registration", "mean"),
	                       *rate = find(view, name, "load.goodput", "mean"),
	                       *cleared = find(view, name, "load.cleared", "p50");
	char rate_text[REP_TEXT], time[REP_TEXT];

	if (!attempts || !rate || !cleared || isnan(attempts->value))
		return;
	rep_format_value(rate_text, rate->unit, rate->value);
	rep_format_duration(time, cleared->value);
	fputs("<p><b>", page->out);
	rep_put(page->out, name);
	fprintf(page->out, "</b>: of %.0f registrations asked for, at most %.0f a second, %.1f %% were "
	        "completed, with %.2f attempts for each that was (the amplification by retries), at %s on "
	        "average; ", (double)(attempts->n + rate->failed),
	        highest(g->per_s[OFFERED], g->n),
	        100.0 * (double)attempts->n / fmax(1, (double)(attempts->n + rate->failed)),
	        attempts->value, rate_text);
	if (isinf(cleared->value))
		fputs("99 % of them were not reached within the run.</p>\n", page->out);
	else
		fprintf(page->out, "99 %% of them were after %s.</p>\n", time);
}

static void draw(struct rep_page *page, const struct rep_view *view, uint16_t variant,
                 const struct goodput *g)
{
	static const char *const NAMES[COURSES] = {"asked for", "attempts", "completed"};
	static const size_t STYLES[COURSES] = {4, 5, 0};
	const char *variant_name = view->run->variants[variant].name;
	char title[160], name[120], caption[400], bin[REP_TEXT];
	struct plot_series series[COURSES];

	for (int c = 0; c < COURSES; c++)
		series[c] = (struct plot_series){.name = NAMES[c], .style = STYLES[c], .kind = PLOT_HOLDS,
		                                 .n = g->n, .x = g->t_min, .y = g->per_s[c]};
	rep_format_duration(bin, g->windows_per_bin * g->window_s);
	snprintf(title, sizeof title, "Registrations a second, %.80s", variant_name);
	snprintf(name, sizeof name, "goodput-%.60s", variant_name);
	snprintf(caption, sizeof caption, "Registrations that subscribers of class background asked for, "
	         "attempts that their devices made, and registrations completed (goodput), a second, in "
	         "steps of %s; means over replications. Where attempts stand above what is asked for, "
	         "devices try again.", bin);
	rep_figure(page, plot_xy(&(struct plot_xy){
		.title = title, .desc = caption, .height = 320,
		.x = {.label = "time (min)", .hi = g->t_min[g->n - 1]},
		.y = {.label = "a second"}, .n_series = COURSES, .series = series }), name, caption);
}

static void one_variant(struct rep_page *page, const struct rep_view *view, uint16_t variant,
                        uint32_t last, double window_s)
{
	struct goodput g = {.window_s = window_s};

	if (read_course(view, variant, last, &g)) {
		tell(page, view, variant, &g);
		draw(page, view, variant, &g);
	} else if (res_error(view->file)->code) {
		page->code = sim_fail(page->err, SIM_E_IO, "%s", res_error(view->file)->text);
	} else {
		rep_no_memory(page);
	}
	goodput_free(&g);
}

static bool is_shown(const struct rep_view *view, uint16_t variant)
{
	return !view->run->variants[variant].hidden && met_has_population(view->file, variant);
}

bool rep_has_goodput(const struct rep_view *view)
{
	for (uint16_t v = 0; v < view->run->n_variants; v++)
		if (is_shown(view, v))
			return res_n_rows(view->file, REC_T_demand) > 0;
	return false;
}

void rep_section_goodput(struct rep_page *page, const struct rep_view *view)
{
	uint32_t last;

	if (page->code || !rep_has_goodput(view))
		return;
	fprintf(page->out, "<h2 id=\"%sgoodput\">How registrations come through</h2>\n"
	        "<p>An attempt that its device has given up (T3510) has taken the place of another in "
	        "every queue that it passed, and comes again: retries amplify what is asked for. When the "
	        "core is busy with attempts that nobody waits for any more, it completes less than it "
	        "could, and goes on so after the surge that began it has passed: a metastable failure. It "
	        "ends when the devices pause for long enough (T3502, T3346), or when stale work is turned "
	        "away.</p>\n",
	        page->prefix);
	if (!rep_is_recorded(page, view, REC_LEVEL_METRICS))
		return;
	if (!last_window(view, &last)) {
		page->code = sim_fail(page->err, SIM_E_IO, "%s", res_error(view->file)->text);
		return;
	}
	for (uint16_t v = 0; v < view->run->n_variants && !page->code; v++)
		if (is_shown(view, v))
			one_variant(page, view, v, last,
			            res_parameter_si(view->file, v, "record.window", SIM_Q_DURATION, 60e9) /
			                1e9);
}
