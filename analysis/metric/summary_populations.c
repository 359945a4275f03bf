/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the network makes of its populations, a line for each variant. */
#include "analysis/metric/goodput.h"
#include "analysis/metric/summary_text.h"
#include "analysis/report/rep_format.h"
#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { MOST_ROWS = 9, SHARE = 12, NUMBER = 11, TIME = 12 };

static const struct met_value *find(const struct summary *s, const char *variant, const char *name,
                                    const char *stat)
{
	const struct met_scope scope = {.variant = variant, .class = "background"};

	for (size_t i = 0; i < s->values->n; i++) {
		const struct met_value *v = &s->values->value[i];
		if (strcmp(v->name, name) == 0 && strcmp(v->stat, stat) == 0 &&
		    sum_same(v->scope.variant, scope.variant) && sum_same(v->scope.class, scope.class))
			return v;
	}
	return NULL;
}

static void put_share(struct summary *s, double share)
{
	char text[32] = "-";

	if (!isnan(share))
		snprintf(text, sizeof text, "%.1f %%", 100 * share);
	sum_put(s, text, SHARE);
}

static void put_number(struct summary *s, const char *format, double value, int width)
{
	char text[32] = "-";

	if (!isnan(value))
		snprintf(text, sizeof text, format, value);
	sum_put(s, text, width);
}

static double counted(const struct summary *s, uint16_t variant, const char *name)
{
	const int counter = res_name_find(s->file, REC_NAME_counter, name);
	const uint16_t *number = res_u16(s->file, REC_T_counter, "counter");
	const uint64_t *value = res_u64(s->file, REC_T_counter, "value");
	const struct res_range rows = res_rows_of_variant(s->file, REC_T_counter, variant);
	double sum = 0;

	for (uint64_t i = rows.first; number && value && i < rows.end; i++)
		if (number[i] == counter)
			sum += (double)value[i];
	return sum;
}

static void row(struct summary *s, uint16_t variant)
{
	const char *name = s->run->variants[variant].name;
	const struct met_value *attempts = find(s, name, "load.attempts_per_registration", "mean"),
	                       *rate = find(s, name, "load.goodput", "mean"),
	                       *in_time = find(s, name, "load.in_time_ratio", "ratio"),
	                       *cleared = find(s, name, "load.cleared", "p50");
	char text[REP_TEXT];

	if (!attempts || !rate || !in_time || !cleared)
		return;
	const double completed = (double)attempts->n, all = completed + (double)rate->failed;

	sum_row_name(s, name);
	put_share(s, all > 0 ? completed / all : NAN);
	put_share(s, in_time->value);
	put_number(s, "%.2f", attempts->value, NUMBER);
	put_number(s, "%.0f/s", rate->value, NUMBER);
	rep_format_duration(text, cleared->value);
	sum_put(s, isinf(cleared->value) ? "never" : isnan(cleared->value) ? "-" : text, TIME);
	put_number(s, "%.1f", counted(s, variant, "events handled") / completed, NUMBER);
	put_number(s, "%.1f", counted(s, variant, "messages sent between nodes") / completed, 0);
	sum_line_end(s);
}

void sum_populations(struct summary *s)
{
	sum_heading(s, "How registrations come through",
	            "  Of those that subscribers asked for; each: for one that was completed, retries and "
	            "updates included.");
	sum_row_name(s, "variant");
	sum_put(s, "registered", SHARE);
	sum_put(s, "in time", SHARE);
	sum_put(s, "attempts", NUMBER);
	sum_put(s, "goodput", NUMBER);
	sum_put(s, "99 % after", TIME);
	sum_put(s, "events", NUMBER);
	sum_put(s, "messages", 0);
	sum_line_end(s);
	for (uint16_t v = 0; v < s->run->n_variants && v < MOST_ROWS; v++)
		if (!s->run->variants[v].hidden && met_has_population(s->file, v))
			row(s, v);
}
