/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How busy each network function was: where an attack finds the bottleneck. */
#include "analysis/metric/goodput.h"
#include "analysis/report/rep_format.h"
#include "analysis/report/rep_view.h"
#include <inttypes.h>
#include <math.h>
#include <string.h>

struct load {
	double busy_ns, wait_ns;
	uint64_t served, turned_away, longest; /* turned away: blocked, timed out or lost */
};

struct station_columns {
	const uint16_t *station;
	const uint64_t *served, *blocked, *timed_out, *lost, *longest;
	const int64_t *wait_ns, *busy_ns;
};

static bool read_columns(struct res_file *file, struct station_columns *c)
{
	*c = (struct station_columns){
		.station = res_u16(file, REC_T_station, "station"),
		.served = res_u64(file, REC_T_station, "served"),
		.blocked = res_u64(file, REC_T_station, "blocked"),
		.timed_out = res_u64(file, REC_T_station, "timed_out"),
		.lost = res_u64(file, REC_T_station, "lost"),
		.longest = res_u64(file, REC_T_station, "longest"),
		.wait_ns = res_i64(file, REC_T_station, "wait_ns"),
		.busy_ns = res_i64(file, REC_T_station, "busy_ns"),
	};
	return c->station && c->served && c->blocked && c->timed_out && c->lost && c->longest &&
	       c->wait_ns && c->busy_ns;
}

static struct load load_of(const struct rep_view *view, const struct station_columns *c,
                           uint16_t variant, uint16_t station)
{
	const struct res_range rows = res_rows_of_variant(view->file, REC_T_station, variant);
	struct load load = { 0 };
	for (uint64_t i = rows.first; i < rows.end; i++) {
		if (c->station[i] != station)
			continue;
		load.busy_ns += (double)c->busy_ns[i];
		load.wait_ns += (double)c->wait_ns[i];
		load.served += c->served[i];
		load.turned_away += c->blocked[i] + c->timed_out[i] + c->lost[i];
		load.longest = c->longest[i] > load.longest ? c->longest[i] : load.longest;
	}
	return load;
}

/* Of one worker: of all replications' time, the share it was occupied. NaN when unknown. */
static double utilisation(const struct rep_view *view, uint16_t variant, const char *station,
                          const struct load *load)
{
	char key[160];
	snprintf(key, sizeof key, "%.100s.workers", station);
	const double workers = res_parameter_si(view->file, variant, key, SIM_Q_COUNT, 1);
	const double ns = res_parameter_si(view->file, variant, "duration", SIM_Q_DURATION, NAN);
	return load->busy_ns / (ns * workers * fmax(1, res_n_finished(view->file, variant)));
}

static void put_load(struct rep_page *page, const struct rep_view *view, uint16_t variant,
                     const char *station, const struct load *load)
{
	char wait[REP_TEXT], shown[REP_TEXT];
	const double used = utilisation(view, variant, station, load);
	fputs("<tr>", page->out);
	rep_put_in(page->out, "td", rep_node_name(shown, station));
	rep_put_in(page->out, "td", view->run->variants[variant].name);
	if (isfinite(used))
		fprintf(page->out, "<td class=\"n\">%.3f %%</td>", 100 * used);
	else
		fputs("<td class=\"n\"></td>", page->out);
	const double mean_ns = load->served ? load->wait_ns / (double)load->served : NAN;
	rep_format_value(wait, "ns", mean_ns);
	rep_put_in(page->out, "td class=\"n\"", isnan(mean_ns) ? "" : mean_ns < 1e3 ? "< 1 \xc2\xb5s" : wait);
	fprintf(page->out, "<td class=\"n\">%" PRIu64 "</td><td class=\"n\">%" PRIu64 "</td></tr>\n",
	        load->longest, load->turned_away);
}

static bool is_shown(const struct rep_view *view, uint16_t variant)
{
	const struct res_variant *v = &view->run->variants[variant];
	return !v->hidden && (variant == view->base || v->twin >= 0 ||
	                      met_has_population(view->file, variant));
}

/* Did two jobs ever wait at once, or was one turned away, in any variant that is shown? */
static bool queued(const struct rep_view *view, const struct station_columns *c, uint16_t station)
{
	for (uint16_t v = 0; v < view->run->n_variants; v++) {
		const struct load load = load_of(view, c, v, station);
		if (is_shown(view, v) && (load.longest > 1 || load.turned_away > 0))
			return true;
	}
	return false;
}

static bool any_queued(const struct rep_view *view, const struct station_columns *c)
{
	const uint32_t n = res_n_names(view->file, REC_NAME_station);
	for (uint32_t station = 0; station < n; station++)
		if (queued(view, c, (uint16_t)station))
			return true;
	return false;
}

static void rows_of(struct rep_page *page, const struct rep_view *view,
                    const struct station_columns *c, uint16_t station)
{
	for (uint16_t v = 0; v < view->run->n_variants; v++) {
		const struct load load = load_of(view, c, v, station);
		if (is_shown(view, v))
			put_load(page, view, v, res_name(view->file, REC_NAME_station, station), &load);
	}
}

static void table(struct rep_page *page, const struct rep_view *view,
                  const struct station_columns *columns)
{
	fputs("<div class=\"scroll\"><table>\n<tr><th>station</th><th>variant</th>"
	      "<th class=\"n\">occupied</th><th class=\"n\">mean wait</th><th class=\"n\">longest queue</th>"
	      "<th class=\"n\">turned away</th></tr>\n", page->out);
	const uint32_t n = res_n_names(view->file, REC_NAME_station);
	for (uint32_t station = 0; station < n; station++)
		if (queued(view, columns, (uint16_t)station))
			rows_of(page, view, columns, (uint16_t)station);
	fputs("</table></div>\n", page->out);
}

void rep_section_stations(struct rep_page *page, const struct rep_view *view)
{
	struct station_columns columns;
	if (page->code || res_n_rows(view->file, REC_T_station) == 0)
		return;
	if (!read_columns(view->file, &columns)) {
		page->code = sim_fail(page->err, SIM_E_IO, "%s", res_error(view->file)->text);
		return;
	}
	fputs("<h3>Where it queues</h3>\n", page->out);
	if (!any_queued(view, &columns)) {
		fputs("<p>Nowhere: at no station did two jobs ever wait at once.</p>\n", page->out);
		return;
	}
	fputs("<p>The share of the whole run that a worker was occupied, the "
	      "mean wait of all who were served, the most jobs that ever waited at once, and jobs that found "
	      "the queue full, gave up waiting, or were lost in an outage, over all replications. An attack "
	      "of minutes is little of the whole run's time: the longest queue and the jobs turned away show "
	      "it. Stations where never two jobs waited at once are left out.</p>\n", page->out);
	table(page, view, &columns);
}
