/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Everything else that a reader may want to look up: metrics, parameters, assumptions, provenance.
 */
#include "analysis/metric/list.h"
#include "analysis/report/rep_format.h"
#include "analysis/report/rep_view.h"
#include <inttypes.h>
#include <math.h>
#include <string.h>

static void metric_row(FILE *out, const struct met_value *value)
{
	char scope[256], text[REP_TEXT];
	met_scope_text(value, scope, sizeof scope);
	fputs("<tr>", out);
	rep_put_in(out, "td", scope);
	rep_put_in(out, "td", value->stat);
	if (isinf(value->value))
		snprintf(text, sizeof text, "never");
	else
		rep_format_interval(text, value->unit, value->value, value->ci_low, value->ci_high);
	text[strcspn(text, "[")] = '\0';
	rep_put_in(out, "td class=\"n\"", text);
	rep_format_bounds(text, value->unit, value->value, value->ci_low, value->ci_high);
	rep_put_in(out, "td class=\"n\"", text);
	fprintf(out, "<td class=\"n\">%" PRIu64 "</td><td class=\"n\">%" PRIu64 "</td></tr>\n",
	        (uint64_t)value->n, (uint64_t)value->failed);
}

/* Is this the first value of its metric? */
static bool is_first(const struct rep_view *view, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(view->values.value[k].name, view->values.value[i].name) == 0)
			return false;
	return true;
}

static void definition(FILE *out, const char *name)
{
	static const char *const BETTER[] = { "Lower is better.", "Higher is better.", "" };
	const struct met_entry *entry = met_entry_of(name);
	if (!entry)
		return;
	fputs("<p class=\"soft\">", out);
	rep_put(out, entry->definition);
	fprintf(out, ". %s ", BETTER[entry->better]);
	rep_put(out, entry->source);
	fputs("</p>\n", out);
}

/* Is `name` a part of `whole`, as registration.latency.radio is of registration.latency? */
static bool is_part(const char *name, const char *whole)
{
	size_t n = strlen(whole);
	return strncmp(name, whole, n) == 0 && name[n] == '.';
}

static bool is_part_of_any(const struct rep_view *view, const char *name)
{
	for (size_t i = 0; i < view->values.n; i++)
		if (is_part(name, view->values.value[i].name))
			return true;
	return false;
}

static void one_metric(FILE *out, const struct rep_view *view, size_t first)
{
	const char *name = view->values.value[first].name;
	fputs("<details><summary><code>", out);
	rep_put(out, name);
	fputs("</code></summary>\n", out);
	definition(out, name);
	fputs("<div class=\"scroll\"><table>\n<tr><th>scope</th><th>statistic</th>"
	      "<th class=\"n\">value</th><th class=\"n\">interval</th><th class=\"n\">n</th>"
	      "<th class=\"n\">failed</th></tr>\n", out);
	for (size_t i = first; i < view->values.n; i++)
		if (strcmp(view->values.value[i].name, name) == 0)
			metric_row(out, &view->values.value[i]);
	fputs("</table></div>\n", out);
	for (size_t i = first; i < view->values.n; i++) /* its parts are unfolded within it */
		if (is_first(view, i) && is_part(view->values.value[i].name, name))
			one_metric(out, view, i);
	fputs("</details>\n", out);
}

void rep_section_metrics(struct rep_page *page, const struct rep_view *view)
{
	if (page->code)
		return;
	fprintf(page->out, "<h2 id=\"%smetrics\">All metrics</h2>\n"
	        "<p>n counts the samples behind a value, failed the demands that never finished.</p>\n",
	        page->prefix);
	rep_put_intervals(page, view);
	for (size_t i = 0; i < view->values.n; i++)
		if (is_first(view, i) && !is_part_of_any(view, view->values.value[i].name))
			one_metric(page->out, view, i);
}

/* The flag before it says so already. */
static const char *without_flag(const char *source)
{
	static const char FLAG[] = "assumption: ";
	return strncmp(source, FLAG, sizeof FLAG - 1) == 0 ? source + sizeof FLAG - 1 : source;
}

static void parameter_row(FILE *out, const struct rep_view *view, const struct res_parameter *p)
{
	fputs("<tr>", out);
	rep_put_in(out, "td class=\"k\"", p->key);
	rep_put_in(out, "td", p->value);
	rep_put_in(out, "td class=\"k\"", p->set_at);
	fputs("<td>", out);
	if (p->assumption)
		fputs("<span class=\"flag\">assumption</span> ", out);
	rep_put(out, p->assumption ? without_flag(p->source) : p->source);
	if (p->changed_by_variant)
		for (uint16_t v = 0; v < view->run->n_variants; v++) {
			const char *value = res_parameter_text(view->file, v, p->key);
			if (v == p->variant || strcmp(value, p->value) == 0)
				continue;
			fputs("<br>", out);
			rep_put_in(out, "code", view->run->variants[v].name);
			fputs(": ", out);
			rep_put(out, *value ? value : "not there");
		}
	fputs("</td></tr>\n", out);
}

static void parameter_table(struct rep_page *page, const struct rep_view *view,
                            bool only_assumptions)
{
	uint32_t n;
	const struct res_parameter *parameter = res_parameters(view->file, view->base, &n);
	fputs("<div class=\"scroll\"><table>\n<tr><th>key</th><th>value</th><th>set at</th>"
	      "<th>source of the default</th></tr>\n", page->out);
	for (uint32_t i = 0; i < n; i++)
		if (!only_assumptions || parameter[i].assumption)
			parameter_row(page->out, view, &parameter[i]);
	fputs("</table></div></details>\n", page->out);
}

/* Keys that only other variants have: their attacks. */
static void other_parameters(struct rep_page *page, const struct rep_view *view)
{
	uint32_t n;
	bool open = false;
	for (uint16_t v = 0; v < view->run->n_variants; v++) {
		const struct res_parameter *parameter = res_parameters(view->file, v, &n);
		for (uint32_t i = 0; i < n; i++) {
			if (res_parameter(view->file, view->base, parameter[i].key))
				continue;
			if (!open)
				fputs("<details><summary>Parameters of other variants alone</summary>\n"
				      "<div class=\"scroll\"><table>\n<tr><th>variant</th><th>key</th><th>value</th>"
				      "<th>set at</th></tr>\n", page->out);
			open = true;
			fputs("<tr>", page->out);
			rep_put_in(page->out, "td", view->run->variants[v].name);
			rep_put_in(page->out, "td class=\"k\"", parameter[i].key);
			rep_put_in(page->out, "td", parameter[i].value);
			rep_put_in(page->out, "td class=\"k\"", parameter[i].set_at);
			fputs("</tr>\n", page->out);
		}
	}
	if (open)
		fputs("</table></div></details>\n", page->out);
}

void rep_section_parameters(struct rep_page *page, const struct rep_view *view)
{
	uint32_t n, assumed = 0;
	if (page->code)
		return;
	const struct res_parameter *parameter = res_parameters(view->file, view->base, &n);
	for (uint32_t i = 0; i < n; i++)
		assumed += parameter[i].assumption;
	fprintf(page->out, "<h2 id=\"%sparameters\">Parameters and assumptions</h2>\n"
	        "<p>%u parameters are in effect; %u of them are assumptions, neither given by a standard nor "
	        "measured, nor set by the scenario.</p>\n", page->prefix, (unsigned)n, (unsigned)assumed);
	fprintf(page->out, "<details><summary>The %u assumptions</summary>\n", (unsigned)assumed);
	parameter_table(page, view, true);
	fprintf(page->out, "<details><summary>All %u parameters of <code>", (unsigned)n);
	rep_put(page->out, view->run->variants[view->base].name);
	fputs("</code>, with what other variants change</summary>\n", page->out);
	parameter_table(page, view, false);
	other_parameters(page, view);
}

static void item(FILE *out, const char *term, const char *text)
{
	rep_put_in(out, "dt", term);
	rep_put_in(out, "dd", text);
	fputc('\n', out);
}

/* Of what record.level left out. */
static const char *or_not_recorded(const char *digest)
{
	return *digest ? digest : "not recorded";
}

static void replications(struct rep_page *page, const struct rep_view *view)
{
	uint32_t n;
	const struct res_replication *rep = res_replications(view->file, &n);
	fputs("<details><summary>Replications and their digests</summary>\n<div class=\"scroll\"><table>\n"
	      "<tr><th>variant</th><th class=\"n\">replication</th><th class=\"n\">events</th>"
	      "<th>event digest</th><th>failure</th></tr>\n", page->out);
	for (uint32_t i = 0; i < n; i++) {
		fputs("<tr>", page->out);
		rep_put_in(page->out, "td", view->run->variants[rep[i].variant].name);
		fprintf(page->out, "<td class=\"n\">%" PRIu32 "</td><td class=\"n\">%" PRIu64 "</td>"
		        "<td><code>%.16s</code></td>", rep[i].replication, rep[i].events,
		        rep[i].failed ? "" : or_not_recorded(rep[i].event_digest));
		rep_put_in(page->out, "td", rep[i].reason);
		fputs("</tr>\n", page->out);
	}
	fputs("</table></div></details>\n", page->out);
}

void rep_section_provenance(struct rep_page *page, const struct rep_view *view)
{
	const struct res_run *run = view->run;
	char text[REP_TEXT];
	if (page->code)
		return;
	fprintf(page->out, "<h2 id=\"%sprovenance\">Provenance</h2>\n<dl>\n", page->prefix);
	const char *slash = strrchr(res_path(view->file), '/');
	item(page->out, "result file", slash ? slash + 1 : res_path(view->file));
	snprintf(text, sizeof text, "%.20s %.30s (%.40s)", run->program, run->version, run->revision);
	item(page->out, "program", text);
	item(page->out, "engine", run->engine);
	item(page->out, "cryptography", run->crypto_mode);
	snprintf(text, sizeof text, "%" PRIu64, run->seed);
	item(page->out, "seed", text);
	snprintf(text, sizeof text, "%u of each variant, %u in all", (unsigned)run->replications,
	         (unsigned)res_n_jobs(run));
	item(page->out, "replications", text);
	item(page->out, "protocol digest", or_not_recorded(res_protocol_digest(view->file)));
	item(page->out, "event digest", or_not_recorded(res_event_digest(view->file)));
	fputs("</dl>\n", page->out);
	replications(page, view);
	for (uint32_t i = 0; i < run->n_texts; i++) {
		fputs("<details><summary>Verbatim: <code>", page->out);
		rep_put(page->out, run->texts[i].name);
		fputs("</code></summary>\n<pre>", page->out);
		rep_put_n(page->out, run->texts[i].text, run->texts[i].length);
		fputs("</pre></details>\n", page->out);
	}
}
