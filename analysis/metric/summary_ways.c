/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The part of a summary about ways: by which method, through which access, in which network. For each
 * variant and way the wait, what it adds to the first variant's, and where that goes.
 */
#include "analysis/metric/summary_text.h"
#include <math.h>
#include <stddef.h>
#include <string.h>

enum { MOST_METHODS = 5, METHOD_WIDTH = 15 };

/* A wait of background subscribers, for each variant and each way in which it was had. */
struct comparison {
	const char *title, *explanation, *way, *metric, *added;
	size_t scope; /* offset of the way in struct met_scope */
};
static const struct comparison by_method = {
	"How long an authentication takes",
	"  From the SEAF's question to the AUSF until it is confirmed, over background subscribers.",
	"method", "auth.latency", "auth.latency.added", offsetof(struct met_scope, method)};
static const struct comparison by_access = {
	"How long a registration takes",
	"  From the first attempt until Registration Accept, over background subscribers.",
	"access", "registration.latency", "registration.latency.added",
	offsetof(struct met_scope, access)};
static const struct comparison by_network = {
	"How long a registration takes",
	"  From the first attempt until Registration Accept, over background subscribers.",
	"served", "registration.latency", "registration.latency.added",
	offsetof(struct met_scope, roaming)};

static const char *way_of(const struct comparison *c, const struct met_value *v)
{
	const void *way = (const char *)&v->scope + c->scope;
	return *(const char *const *)way ? *(const char *const *)way : "-";
}

/* What a variant adds to the wait, over background subscribers; way NULL: any. NULL: nothing. */
static const struct met_value *added_of(struct summary *s, const struct comparison *c,
                                        const char *variant, const char *way)
{
	for (size_t i = 0; i < s->values->n; i++) {
		const struct met_value *v = &s->values->value[i];
		if (strcmp(v->name, c->added) == 0 && strcmp(v->stat, "mean") == 0 &&
		    sum_same(v->scope.variant, variant) && sum_same(v->scope.class, "background") &&
		    (!way || strcmp(way_of(c, v), way) == 0))
			return v;
	}
	return NULL;
}

/* Longer or shorter than in the first variant, and not by chance. */
static bool differs(const struct met_value *added)
{
	return added && (added->ci_low > 0 || added->ci_high < 0);
}

/*
 * Two variants authenticate by different methods, or one that is no attack takes another time for it:
 * else there is nothing to say.
 */
static bool authentications_differ(struct summary *s)
{
	const char *first = NULL;
	bool differ = false;
	for (size_t i = 0; i < s->values->n; i++) {
		const struct met_value *v = &s->values->value[i];
		if (strcmp(v->name, by_method.metric) != 0 || !v->scope.method)
			continue;
		differ |= first && strcmp(first, v->scope.method) != 0;
		first = v->scope.method;
	}
	for (uint32_t v = 0; v < s->run->n_variants; v++)
		differ |= s->run->variants[v].twin < 0 && !s->run->variants[v].hidden &&
		          differs(added_of(s, &by_method, s->run->variants[v].name, NULL));
	return differ;
}

/* The values are split by it: some go one way, some another. */
static bool is_split_by(struct summary *s, size_t scope)
{
	for (size_t i = 0; i < s->values->n; i++)
		if (*(const char *const *)((const char *)&s->values->value[i].scope + scope))
			return true;
	return false;
}

static bool is_row(const struct comparison *c, const struct met_value *v, const char *variant)
{
	return strcmp(v->name, c->metric) == 0 && strcmp(v->stat, "p50") == 0 && !v->scope.source &&
	       sum_same(v->scope.variant, variant) && sum_same(v->scope.class, "background");
}

static void way_row(struct summary *s, const struct comparison *c, const struct met_value *median)
{
	sum_row_name(s, median->scope.variant);
	sum_put(s, way_of(c, median), METHOD_WIDTH);
	sum_value(s, median);
	sum_cell(s, added_of(s, c, median->scope.variant, way_of(c, median)), 0);
	sum_line_end(s);
}

/* Mean of a part of the wait; 0 when unknown. */
static double part_of(struct summary *s, const struct comparison *c, size_t part,
                      const char *variant, const char *way)
{
	char name[MET_NAME_SIZE];
	snprintf(name, sizeof name, "%s.%s", c->metric, sum_part[part]);
	for (size_t i = 0; i < s->values->n; i++) {
		const struct met_value *v = &s->values->value[i];
		if (strcmp(v->name, name) == 0 && strcmp(v->stat, "mean") == 0 && !v->scope.source &&
		    sum_same(v->scope.variant, variant) && sum_same(v->scope.class, "background") &&
		    (!way || strcmp(way_of(c, v), way) == 0))
			return isnan(v->value) ? 0 : v->value;
	}
	return 0;
}

/* One line: where the time goes that the first variant which differs takes more, or less. */
static void added_parts(struct summary *s, const struct comparison *c)
{
	const char *first = s->run->variants[sum_base_variant(s->run)].name, *comma = ": ";
	const struct met_value *added = NULL;
	for (uint32_t v = 0; v < s->run->n_variants && !differs(added); v++)
		if (!s->run->variants[v].hidden && s->run->variants[v].twin < 0)
			added = added_of(s, c, s->run->variants[v].name, NULL);
	if (!differs(added)) {
		fputs("  The means differ by no more than chance.\n", s->out);
		return;
	}
	fprintf(s->out, "  What %s adds", added->scope.variant);
	for (size_t p = 0; p < SUM_PARTS; p++) {
		const double more = part_of(s, c, p, added->scope.variant, way_of(c, added)) -
		                    part_of(s, c, p, first, NULL);
		const double share = more / added->value;
		if (fabs(share) < 0.0005)
			continue;
		fprintf(s->out, "%s%.*f %% %s", comma, fabs(share) < 0.1 ? 1 : 0, 100 * share, sum_part[p]);
		comma = ", ";
	}
	fputs(".\n", s->out);
}

static void compare_ways(struct summary *s, const struct comparison *c)
{
	sum_heading(s, c->title, c->explanation);
	sum_row_name(s, "variant");
	sum_put(s, c->way, METHOD_WIDTH);
	sum_put(s, "median", SUM_CELL_WIDTH);
	sum_put(s, "mean above the first's", 0);
	sum_line_end(s);
	for (uint32_t v = 0; v < s->run->n_variants && v < MOST_METHODS; v++) {
		const char *variant = s->run->variants[v].name, *last = "";
		for (size_t i = 0; !s->run->variants[v].hidden && i < s->values->n; i++) {
			const struct met_value *median = &s->values->value[i];
			if (is_row(c, median, variant) && strcmp(way_of(c, median), last) != 0) {
				way_row(s, c, median);
				last = way_of(c, median);
			}
		}
	}
	added_parts(s, c);
}

void sum_ways(struct summary *s)
{
	if (is_split_by(s, by_access.scope))
		compare_ways(s, &by_access);
	if (is_split_by(s, by_network.scope))
		compare_ways(s, &by_network);
	if (authentications_differ(s))
		compare_ways(s, &by_method);
}
