/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The three answers: how long, what survives, who is recognised. */
#include "analysis/report/rep_format.h"
#include "analysis/report/rep_view.h"
#include <math.h>
#include <string.h>

static void card(struct rep_page *page, const char *question, const struct met_value *value)
{
	char big[REP_TEXT] = "undefined", bounds[REP_TEXT] = "";
	fputs("<div class=\"card\">", page->out);
	rep_put_in(page->out, "h3", question);
	if (value) {
		rep_format_interval(big, value->unit, value->value, value->ci_low, value->ci_high);
		rep_format_bounds(bounds, value->unit, value->value, value->ci_low, value->ci_high);
		big[strcspn(big, "[")] = '\0';
	}
	rep_put_in(page->out, "p class=\"big\"", big);
	if (*bounds)
		fprintf(page->out, "<p class=\"ci\">%.0f %% interval %s</p>", 100 * value->level, bounds);
}

static void card_end(struct rep_page *page)
{
	fputs("</div>\n", page->out);
}

static const struct met_value *of_surgeons(const struct rep_view *view, const char *name,
                                           const char *stat, uint16_t variant)
{
	return rep_find(view, &(struct rep_query){ .name = name, .stat = stat, .class = "surgeon",
	                                           .variant = view->run->variants[variant].name });
}

static void put_text(FILE *out, const struct met_value *value)
{
	char text[REP_TEXT] = "undefined";
	if (value)
		rep_format_interval(text, value->unit, value->value, value->ci_low, value->ci_high);
	rep_put(out, text);
}

static void wait_card(struct rep_page *page, const struct rep_view *view)
{
	const struct met_value *ready = of_surgeons(view, "surgery.ready_latency", "p50", view->base);
	const struct met_value *auth = of_surgeons(view, "dt.auth_latency", "p50", view->base);
	const struct met_value *slow = of_surgeons(view, "surgery.ready_latency", "p95", view->base);
	card(page, "How long until a twin is admitted", auth);
	fputs("<p>median from asking to mutual authentication. From switching on the headset until surgery "
	      "can begin: half of all operations within ", page->out);
	put_text(page->out, ready);
	fputs(", 95 % within ", page->out);
	put_text(page->out, slow);
	if (ready)
		fprintf(page->out, "; %llu of %llu never could.</p>", (unsigned long long)ready->failed,
		        (unsigned long long)(ready->n));
	else
		fputs(".</p>", page->out);
	card_end(page);
}

/* Registrations met in time by a class while the attack of a variant lasted, or in its whole run. */
static const struct met_value *met_in_time(const struct rep_view *view, uint16_t variant,
                                           const char *class, const char *attack)
{
	return rep_find(view, &(struct rep_query){
		.name = "registration.success_ratio", .stat = "ratio", .class = class, .attack = attack,
		.variant = view->run->variants[variant].name });
}

static double share_or_all(const struct met_value *value)
{
	return value && isfinite(value->value) ? value->value : 1;
}

/*
 * The attacked variant in which the smallest share of the surgeons' registrations that began during
 * the attack were met; the background's decides between equals.
 */
static int worst_variant(const struct rep_view *view)
{
	int worst = -1;
	double least = INFINITY;
	for (uint16_t v = 0; v < view->run->n_variants; v++) {
		if (view->run->variants[v].twin < 0 || view->run->variants[v].hidden)
			continue;
		const char *attack = rep_first_attack(view, v);
		const double share = share_or_all(met_in_time(view, v, "surgeon", attack)) +
		                     1e-6 * share_or_all(met_in_time(view, v, "background", attack));
		if (worst < 0 || share < least) {
			worst = v;
			least = share;
		}
	}
	return worst;
}

static void put_named(FILE *out, const char *before, const char *name, const char *after)
{
	fputs(before, out);
	rep_put_in(out, "code", name);
	fputs(after, out);
}

static void survival_card(struct rep_page *page, const struct rep_view *view)
{
	const int worst = worst_variant(view);
	if (worst < 0)
		return;
	const uint16_t v = (uint16_t)worst, twin = (uint16_t)view->run->variants[v].twin;
	const char *name = view->run->variants[v].name, *attack = rep_first_attack(view, v);
	card(page, "What survives the attack", met_in_time(view, v, "surgeon", attack));
	put_named(page->out, "<p>of the surgeons' registrations met their deadline in ", name,
	          attack ? " while the attack lasted; over the whole run " : "; over the whole run ");
	put_text(page->out, met_in_time(view, v, "surgeon", NULL));
	fputs(", without the attack ", page->out);
	put_text(page->out, met_in_time(view, twin, "surgeon", NULL));
	fputs(". Of the background's, during the attack ", page->out);
	put_text(page->out, met_in_time(view, v, "background", attack));
	fputs(". Surgeries completed: ", page->out);
	put_text(page->out, rep_find(view, &(struct rep_query){ .name = "surgery.completed_ratio",
	                                                        .variant = name }));
	fputs(".</p>", page->out);
	card_end(page);
}

static bool adversary_is(const struct rep_view *view, const char *adversary, const char *key,
                         const char *value)
{
	char name[160];
	snprintf(name, sizeof name, "adversaries.%.100s.%s", adversary, key);
	return strcmp(res_parameter_text(view->file, view->base, name), value) == 0;
}

/*
 * One that ignores its input is there to be at chance, and one that is told what the care teams know
 * is a row of its own: neither is the best of those who have to find out.
 */
static bool has_to_find_out(const struct rep_view *view, const char *adversary)
{
	return !adversary_is(view, adversary, "kind", "blind") &&
	       !adversary_is(view, adversary, "disclosure", "true");
}

/* The best that any adversary did in this variant; NULL when none watched. */
static const struct met_value *strongest(const struct rep_view *view, const char *variant)
{
	const struct met_value *best = NULL;
	for (size_t i = 0; i < view->values.n; i++) {
		const struct met_value *value = &view->values.value[i];
		if (strcmp(value->name, "link.advantage") != 0 || isnan(value->value) ||
		    strcmp(value->scope.variant, variant) != 0 || !has_to_find_out(view,
		                                                                   value->scope.adversary))
			continue;
		if (!best || value->value > best->value)
			best = value;
	}
	return best;
}

static void link_card(struct rep_page *page, const struct rep_view *view)
{
	const struct met_value *base = strongest(view, view->run->variants[view->base].name);
	if (!base)
		return;
	card(page, "How well an adversary tells the two apart", base);
	put_named(page->out, "<p>advantage of the best adversary (", base->scope.adversary,
	          ") that is not told by the care teams, in ");
	put_named(page->out, "", view->run->variants[view->base].name, "; 0 is chance, 1 certainty.");
	for (uint16_t v = 0; v < view->run->n_variants; v++) {
		const struct met_value *other = strongest(view, view->run->variants[v].name);
		if (v == view->base || view->run->variants[v].hidden || view->run->variants[v].twin >= 0 ||
		    !other)
			continue;
		put_named(page->out, " In ", view->run->variants[v].name, " ");
		put_text(page->out, other);
		fputs(".", page->out);
	}
	fputs("</p>", page->out);
	card_end(page);
}

void rep_section_headline(struct rep_page *page, const struct rep_view *view)
{
	const struct res_run *run = view->run;
	if (page->code)
		return;
	rep_put_in(page->out, "h1", *run->title ? run->title : run->scenario);
	fputs("<p class=\"soft\">Scenario <code>", page->out);
	rep_put(page->out, run->scenario);
	fprintf(page->out, "</code>, %u replications of %u variants, %.0f %% intervals over replications; ",
	        (unsigned)run->replications, (unsigned)run->n_variants, 100 * run->level);
	fputs("figures below are of the variant <code>", page->out);
	rep_put(page->out, run->variants[view->base].name);
	fputs("</code> unless they name another.</p>\n", page->out);
	if (!res_complete(view->file))
		fputs("<p class=\"bad\">Some replications failed: the figures stand on the finished ones. "
		      "The provenance lists them.</p>\n", page->out);
	fputs("<div class=\"cards\">\n", page->out);
	wait_card(page, view);
	survival_card(page, view);
	link_card(page, view);
	fputs("</div>\n", page->out);
}
