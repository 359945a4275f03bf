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

/* The attacked variant in which the fewest demands for registration of surgeons were met. */
static int worst_variant(const struct rep_view *view)
{
	int worst = -1;
	double least = INFINITY;
	for (uint16_t v = 0; v < view->run->n_variants; v++) {
		if (view->run->variants[v].twin < 0 || view->run->variants[v].hidden)
			continue;
		const struct met_value *value = of_surgeons(view, "registration.success_ratio", "ratio", v);
		const double ratio = value && !isnan(value->value) ? value->value : 2;
		if (worst < 0 || ratio < least) {
			worst = v;
			least = ratio;
		}
	}
	return worst;
}

static void survival_card(struct rep_page *page, const struct rep_view *view)
{
	const int v = worst_variant(view);
	if (v < 0)
		return;
	const char *name = view->run->variants[v].name;
	const uint16_t twin = (uint16_t)view->run->variants[v].twin;
	card(page, "What survives the attack", of_surgeons(view, "registration.success_ratio", "ratio",
	                                                   (uint16_t)v));
	fputs("<p>of the surgeons' registrations met their deadline in <code>", page->out);
	rep_put(page->out, name);
	fputs("</code>; without it ", page->out);
	put_text(page->out, of_surgeons(view, "registration.success_ratio", "ratio", twin));
	fputs(". Of the background's registrations: ", page->out);
	put_text(page->out, rep_find(view, &(struct rep_query){ .name = "registration.success_ratio",
	                                                        .class = "background", .variant = name }));
	fputs(". Surgeries completed: ", page->out);
	put_text(page->out, rep_find(view, &(struct rep_query){ .name = "surgery.completed_ratio",
	                                                        .variant = name }));
	fputs(".</p>", page->out);
	card_end(page);
}

/* The best that any adversary did in this variant; NULL when none watched. */
static const struct met_value *strongest(const struct rep_view *view, const char *variant)
{
	const struct met_value *best = NULL;
	for (size_t i = 0; i < view->values.n; i++) {
		const struct met_value *value = &view->values.value[i];
		const char *where = met_value_scope(value, "variant");
		if (strcmp(value->name, "link.advantage") != 0 || !where || strcmp(where, variant) != 0 ||
		    isnan(value->value))
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
	fputs("<p>advantage of the best adversary (<code>", page->out);
	rep_put(page->out, met_value_scope(base, "adversary"));
	fputs("</code>) in <code>", page->out);
	rep_put(page->out, view->run->variants[view->base].name);
	fputs("</code>; 0 is chance, 1 certainty.", page->out);
	for (uint16_t v = 0; v < view->run->n_variants; v++) {
		const struct met_value *other = strongest(view, view->run->variants[v].name);
		if (v == view->base || view->run->variants[v].hidden || view->run->variants[v].twin >= 0 || !other)
			continue;
		fputs(" In <code>", page->out);
		rep_put(page->out, view->run->variants[v].name);
		fputs("</code> ", page->out);
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
