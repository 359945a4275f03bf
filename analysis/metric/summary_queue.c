/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A summary of stations alone: one line per station, and of each source where there are several. */
#include "analysis/metric/summary_text.h"
#include <math.h>
#include <string.h>

enum { MOST_LINES = 40, STATION_WIDTH = 26, SHORT_WIDTH = 14 };

static const struct met_value *find(const struct summary *s, const char *name, const char *stat,
                                    const struct met_scope *scope)
{
	return met_find(s->values, name, scope, stat);
}

/* "scv4: s, low": of the variant where there are several, the station, the source if it is one's. */
static void put_name(struct summary *s, const struct met_scope *scope)
{
	char text[220];

	snprintf(text, sizeof text, "%s%s%s%s%s", s->run->n_variants > 1 ? scope->variant : "",
	         s->run->n_variants > 1 ? ": " : "", scope->station ? scope->station : "network",
	         scope->source ? ", " : "", scope->source ? scope->source : "");
	fputs("  ", s->out);
	sum_put(s, text, STATION_WIDTH);
}

/* Without its interval; "-" where a metric is not split by source. */
static void put_bare(struct summary *s, const struct met_value *v, int width)
{
	struct met_value alone;

	if (!v) {
		sum_put(s, "-", width);
		return;
	}
	alone = *v;
	alone.ci_low = alone.ci_high = NAN;
	sum_cell(s, &alone, width);
}

static void station_line(struct summary *s, const struct met_value *wait)
{
	const struct met_scope *scope = &wait->scope;

	put_name(s, scope);
	sum_value(s, wait);
	sum_value(s, find(s, "station.sojourn", "mean", scope));
	put_bare(s, find(s, "station.utilisation", "mean", scope), SHORT_WIDTH);
	put_bare(s, find(s, "station.blocked_ratio", "ratio", scope), 0);
	sum_line_end(s);
}

static void stations(struct summary *s)
{
	size_t lines = 0;

	sum_heading(s, "How long customers stay at stations",
	            "  Means, after the warm-up; occupied: share of the workers; turned away: found the queue "
	            "full.");
	fputs("  ", s->out);
	sum_put(s, "station", STATION_WIDTH);
	sum_put(s, "wait", SUM_CELL_WIDTH);
	sum_put(s, "wait and service", SUM_CELL_WIDTH);
	sum_put(s, "occupied", SHORT_WIDTH);
	sum_put(s, "turned away", 0);
	sum_line_end(s);
	for (size_t i = 0; i < s->values->n && lines < MOST_LINES; i++) {
		const struct met_value *v = &s->values->value[i];

		if (strcmp(v->name, "station.wait") != 0 || strcmp(v->stat, "mean") != 0)
			continue;
		station_line(s, v);
		lines++;
	}
}

static void network_line(struct summary *s, const struct met_value *mean)
{
	put_name(s, &mean->scope);
	sum_value(s, mean);
	sum_value(s, find(s, "network.sojourn", "p99", &mean->scope));
	put_bare(s, find(s, "network.attempts", "mean", &mean->scope), SHORT_WIDTH);
	put_bare(s, find(s, "network.failed_ratio", "ratio", &mean->scope), 0);
	sum_line_end(s);
}

static void network(struct summary *s)
{
	size_t lines = 0;

	sum_heading(s, "From coming first to leaving", "  Of all customers, and of each source where "
	            "there are several.");
	fputs("  ", s->out);
	sum_put(s, "customers", STATION_WIDTH);
	sum_put(s, "mean", SUM_CELL_WIDTH);
	sum_put(s, "99 of 100 within", SUM_CELL_WIDTH);
	sum_put(s, "attempts", SHORT_WIDTH);
	sum_put(s, "failed", 0);
	sum_line_end(s);
	for (size_t i = 0; i < s->values->n && lines < MOST_LINES; i++) {
		const struct met_value *v = &s->values->value[i];

		if (strcmp(v->name, "network.sojourn") != 0 || strcmp(v->stat, "mean") != 0)
			continue;
		network_line(s, v);
		lines++;
	}
}

/* Where workers break down. */
static void availability(struct summary *s)
{
	bool any = false;

	for (size_t i = 0; i < s->values->n; i++) {
		const struct met_value *v = &s->values->value[i];

		if (strcmp(v->name, "station.availability") != 0 || !(v->value < 1))
			continue;
		if (!any)
			sum_heading(s, "How often stations are available",
			            "  Share of the time with as many workers up as are needed.");
		any = true;
		put_name(s, &v->scope);
		sum_value(s, v);
		sum_line_end(s);
	}
}

void sum_stations(struct summary *s)
{
	stations(s);
	network(s);
	availability(s);
}
