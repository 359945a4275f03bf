/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The three answers: how long, what survives, who is recognised. */
#include "analysis/metric/wait.h"
#include "analysis/report/rep_format.h"
#include "analysis/report/rep_view.h"
#include <math.h>
#include <string.h>

/* For a number that there is not. */
static const char *none(const struct rep_view *view)
{
	return view->recorded < REC_LEVEL_SAMPLES ? "not recorded" : "undefined";
}

static void card(struct rep_page *page, const struct rep_view *view, const char *question,
                 const struct met_value *value)
{
	char big[REP_TEXT], bounds[REP_TEXT] = "";
	snprintf(big, sizeof big, "%s", none(view));
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

static void put_text(struct rep_page *page, const struct rep_view *view,
                     const struct met_value *value)
{
	char text[REP_TEXT];
	if (value)
		rep_format_interval(text, value->unit, value->value, value->ci_low, value->ci_high);
	rep_put(page->out, value ? text : none(view));
}

static void wait_card(struct rep_page *page, const struct rep_view *view)
{
	const struct met_value *ready = of_surgeons(view, "surgery.ready_latency", "p50", view->base);
	const struct met_value *auth = of_surgeons(view, "dt.auth_latency", "p50", view->base);
	const struct met_value *slow = of_surgeons(view, "surgery.ready_latency", "p95", view->base);
	card(page, view, "How long until a twin is admitted", auth);
	fputs("<p>median from asking to mutual authentication. From switching on the headset until surgery "
	      "can begin: half of all operations within ", page->out);
	put_text(page, view, ready);
	if (slow && !isnan(slow->value)) {
		fputs(", 95 % within ", page->out);
		put_text(page, view, slow);
	}
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

static const struct met_value *completed(const struct rep_view *view, uint16_t variant)
{
	return rep_find(view, &(struct rep_query){ .name = "surgery.completed_ratio", .stat = "ratio",
	                                           .variant = view->run->variants[variant].name });
}

static bool is_attacked(const struct rep_view *view, uint16_t variant)
{
	return view->run->variants[variant].twin >= 0 && !view->run->variants[variant].hidden;
}

/* The attacked variant in which the fewest surgeries were completed; the first of equals. */
static int worst_variant(const struct rep_view *view)
{
	int worst = -1;
	double least = INFINITY;
	for (uint16_t v = 0; v < view->run->n_variants; v++) {
		if (!is_attacked(view, v))
			continue;
		const struct met_value *value = completed(view, v);
		const double share = value && isfinite(value->value) ? value->value : 1;
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

static void survival_line(struct rep_page *page, const struct rep_view *view, uint16_t variant)
{
	const char *attack = rep_first_attack(view, variant);
	put_named(page->out, "<p>", view->run->variants[variant].name, ": surgeries completed ");
	put_text(page, view, completed(view, variant));
	fputs(attack ? "; registrations in time while it lasted, surgeons "
	             : "; registrations in time, surgeons ", page->out);
	put_text(page, view, met_in_time(view, variant, "surgeon", attack));
	fputs(", background ", page->out);
	put_text(page, view, met_in_time(view, variant, "background", attack));
	fputs(".</p>", page->out);
}

static void survival_card(struct rep_page *page, const struct rep_view *view)
{
	const int worst = worst_variant(view);
	if (worst < 0)
		return;
	const uint16_t twin = (uint16_t)view->run->variants[worst].twin;
	card(page, view, "What survives an attack", completed(view, (uint16_t)worst));
	put_named(page->out, "<p>of all surgeries are completed in ", view->run->variants[worst].name,
	          ", the worst case; ");
	put_text(page, view, completed(view, twin));
	fputs(" without an attack.</p>", page->out);
	for (uint16_t v = 0; v < view->run->n_variants; v++)
		if (is_attacked(view, v))
			survival_line(page, view, v);
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

/*
 * How well it does at least: a lucky one that sees little is not the best for its wide interval.
 */
static double at_least(const struct met_value *value)
{
	return isnan(value->ci_low) ? value->value : value->ci_low;
}

/* The one that surely does best in this variant; NULL when none watched. */
static const struct met_value *strongest(const struct rep_view *view, const char *variant)
{
	const struct met_value *best = NULL;
	for (size_t i = 0; i < view->values.n; i++) {
		const struct met_value *value = &view->values.value[i];
		if (strcmp(value->name, "link.advantage") != 0 || isnan(value->value) ||
		    strcmp(value->scope.variant, variant) != 0 || !has_to_find_out(view,
		                                                                   value->scope.adversary))
			continue;
		if (!best || at_least(value) > at_least(best))
			best = value;
	}
	return best;
}

/* Who it is, how well it does, and of how many sessions it sees anything at all. */
static void link_line(struct rep_page *page, const struct rep_view *view,
                      const struct met_value *best)
{
	const struct met_value *coverage = rep_find(view, &(struct rep_query){
		.name = "link.coverage", .variant = best->scope.variant, .adversary = best->scope.adversary });
	put_named(page->out, "<p>", best->scope.variant, ": ");
	put_text(page, view, best);
	put_named(page->out, " by ", best->scope.adversary, "");
	if (coverage)
		fprintf(page->out, ", which sees %.0f %% of the sessions", 100 * coverage->value);
	fputs(".</p>", page->out);
}

static void link_card(struct rep_page *page, const struct rep_view *view)
{
	const struct met_value *base = strongest(view, view->run->variants[view->base].name);
	if (!base)
		return;
	card(page, view, "How well an adversary tells the two apart", base);
	put_named(page->out, "<p>advantage (0 chance, 1 certainty) of ", base->scope.adversary, " in ");
	put_named(page->out, "", view->run->variants[view->base].name,
	          ". In each variant, of those not told by the care teams, the adversary with the highest "
	          "lower bound:</p>");
	for (uint16_t v = 0; v < view->run->n_variants; v++) {
		const struct met_value *best = strongest(view, view->run->variants[v].name);
		if (!view->run->variants[v].hidden && view->run->variants[v].twin < 0 && best)
			link_line(page, view, best);
	}
	card_end(page);
}

static const struct met_value *of_population(const struct rep_view *view, uint16_t variant,
                                             const char *metric, const char *stat)
{
	return rep_find(view, &(struct rep_query){.name = metric, .stat = stat, .class = "background",
	                                          .variant = view->run->variants[variant].name});
}

static void goodput_line(struct rep_page *page, const struct rep_view *view, uint16_t variant)
{
	put_named(page->out, "<p>", view->run->variants[variant].name, ": ");
	put_text(page, view, of_population(view, variant, "load.attempts_per_registration", "mean"));
	fputs(" attempts; met in time ", page->out);
	put_text(page, view, of_population(view, variant, "load.in_time_ratio", "ratio"));
	fputs("; 99 % of all after ", page->out);
	put_text(page, view, of_population(view, variant, "load.cleared", "p50"));
	fputs(".</p>", page->out);
}

static void goodput_card(struct rep_page *page, const struct rep_view *view)
{
	card(page, view, "How many attempts a registration takes",
	     of_population(view, view->base, "load.attempts_per_registration", "mean"));
	put_named(page->out, "<p>attempts for each registration that was completed, in ",
	          view->run->variants[view->base].name, ".</p>");
	for (uint16_t v = 0; v < view->run->n_variants; v++)
		if (!view->run->variants[v].hidden)
			goodput_line(page, view, v);
	card_end(page);
}

static void cards(struct rep_page *page, const struct rep_view *view)
{
	fputs("<div class=\"cards\">\n", page->out);
	if (rep_has_goodput(view))
		goodput_card(page, view);
	if (res_parameter_si(view->file, view->base, "operations.days", SIM_Q_COUNT, 1) > 0)
		wait_card(page, view);
	survival_card(page, view);
	link_card(page, view);
	fputs("</div>\n", page->out);
}

void rep_section_headline(struct rep_page *page, const struct rep_view *view)
{
	const struct res_run *run = view->run;
	if (page->code)
		return;
	rep_put_in(page->out, "h1", *run->title ? run->title : run->scenario);
	fputs("<p class=\"soft\">Scenario <code>", page->out);
	rep_put(page->out, run->scenario);
	fprintf(page->out, "</code>, %u replication%s of %u variant%s, %.0f %% intervals over replications; ",
	        (unsigned)run->replications, run->replications == 1 ? "" : "s",
	        (unsigned)run->n_variants, run->n_variants == 1 ? "" : "s", 100 * run->level);
	fputs("figures below are of the variant <code>", page->out);
	rep_put(page->out, run->variants[view->base].name);
	fputs("</code> unless they name another.</p>\n", page->out);
	if (!res_complete(view->file))
		fputs("<p class=\"bad\">Some replications failed: the figures stand on the finished ones. "
		      "The provenance lists them.</p>\n", page->out);
	if (!res_is_of_stations(view->file))
		cards(page, view);
	if (!res_is_of_stations(view->file) && view->recorded < REC_LEVEL_SAMPLES)
		fprintf(page->out, "<p class=\"soft small\">The run was recorded at <code>record.level</code> "
		        "%s%s.</p>\n", res_enum_text("level", view->recorded),
		        met_wait_source(view->file) == MET_WAIT_HISTOGRAM
		        ? ": quantiles are from a histogram, with a relative error of at most 0.1 %; means, the "
		          "least and the greatest are exact" : "");
	rep_put_intervals(page, view);
}
