/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/report/rep_view.h"
#include "analysis/report/rep_format.h"
#include <inttypes.h>
#include <math.h>
#include <string.h>

enum sim_code rep_view_open(struct rep_view *view, struct res_file *file, struct sim_err *err)
{
	*view = (struct rep_view){ .file = file, .run = res_run(file),
	                           .recorded = res_least_record_level(file) };
	while (view->base + 1u < view->run->n_variants && view->run->variants[view->base].hidden)
		view->base++;
	return met_compute(file, &view->values, err);
}

void rep_view_close(struct rep_view *view)
{
	met_values_free(&view->values);
}

/* Rows of a part ("finished", while an attack lasted) are found only when asked for. */
static bool same(const char *found, const char *wanted)
{
	return found == wanted || (found && wanted && strcmp(found, wanted) == 0);
}

static bool fits(const struct met_value *value, const char *key, const char *wanted)
{
	const char *found = wanted ? met_value_scope(value, key) : NULL;
	return !wanted || (found && strcmp(found, wanted) == 0);
}

const struct met_value *rep_find(const struct rep_view *view, const struct rep_query *query)
{
	for (size_t i = 0; i < view->values.n; i++) {
		const struct met_value *value = &view->values.value[i];
		if (strcmp(value->name, query->name) == 0 &&
		    (!query->stat || strcmp(value->stat, query->stat) == 0) &&
		    fits(value, "variant", query->variant) && fits(value, "class", query->class) &&
		    fits(value, "adversary", query->adversary) && same(value->scope.attack, query->attack) &&
		    same(value->scope.source, query->source))
			return value;
	}
	return NULL;
}

void rep_find_text(const struct rep_view *view, const struct rep_query *query, char out[REP_TEXT])
{
	const struct met_value *value = rep_find(view, query);
	if (value)
		rep_format_interval(out, value->unit, value->value, value->ci_low, value->ci_high);
	else
		rep_format_value(out, "", NAN);
}

void rep_put_cell(FILE *out, const struct met_value *value, bool with_n)
{
	char text[REP_TEXT] = "", bounds[REP_TEXT] = "";
	fputs("<td class=\"n\">", out);
	if (value) {
		rep_format_interval(text, value->unit, value->value, value->ci_low, value->ci_high);
		rep_format_bounds(bounds, value->unit, value->value, value->ci_low, value->ci_high);
		text[strcspn(text, "[")] = '\0';
		rep_put(out, text);
		if (*bounds)
			fprintf(out, "<br><span class=\"soft\">%s</span>", bounds);
		if (with_n)
			fprintf(out, "<br><span class=\"soft\">n %" PRIu64 "</span>", value->n);
	}
	fputs("</td>", out);
}

bool rep_is_recorded(struct rep_page *page, const struct rep_view *view, enum rec_level needed)
{
	if (view->recorded >= needed)
		return true;
	fprintf(page->out, "<p>Not recorded at <code>record.level</code> %s; it takes %s.</p>\n",
	        res_enum_text("level", view->recorded), res_enum_text("level", needed));
	return false;
}

void rep_put_intervals(struct rep_page *page, const struct rep_view *view)
{
	fprintf(page->out, "<p class=\"soft small\">Intervals are two-sided at %.0f %%, over replications, "
	        "with two exceptions. Where all or none of n demands were met, the bound is one-sided: 0 or "
	        "1 and the rule of three, about 3/n from it, which takes the demands as independent. An "
	        "interval of no width comes from replications that agree exactly.</p>\n",
	        100 * view->run->level);
}

const char *rep_first_attack(const struct rep_view *view, uint16_t variant)
{
	for (size_t i = 0; i < view->values.n; i++) {
		const struct met_value *value = &view->values.value[i];
		if (value->scope.attack && strcmp(value->name, "registration.success_ratio") == 0 &&
		    strcmp(value->scope.variant, view->run->variants[variant].name) == 0)
			return value->scope.attack;
	}
	return NULL;
}

size_t rep_adversaries(const struct rep_view *view, const char *name[REP_MAX_ADVERSARIES])
{
	size_t n = 0;
	for (size_t i = 0; i < view->values.n && n < REP_MAX_ADVERSARIES; i++) {
		const struct met_value *value = &view->values.value[i];
		const char *adversary = met_value_scope(value, "adversary");
		bool known = strcmp(value->name, "link.advantage") != 0 || !adversary;
		for (size_t k = 0; !known && k < n; k++)
			known = strcmp(name[k], adversary) == 0;
		if (!known)
			name[n++] = adversary;
	}
	return n;
}
