/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ladder of a trace: as a picture, or as text for Mermaid. Parties stand in the order in which they
 * first speak or are spoken to. */
#include "analysis/plot/charts.h"
#include "analysis/plot/files.h"
#include "cli/trace_show.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct trace_rung {
	int64_t t_ns;
	uint32_t octets;
	char *from, *to, *point, *what, *detail;
};

struct parties {
	const char **name; /* borrowed from the rungs */
	size_t n;
};

void trace_ladder_add(struct trace_ladder *ladder, const struct trace_row *row)
{
	if (row->wraps || ladder->n > TRACE_LADDER_MAX)
		return;
	if (ladder->n == ladder->room) {
		ladder->room = ladder->room ? 2 * ladder->room : 256;
		ladder->rung = realloc(ladder->rung, ladder->room * sizeof *ladder->rung);
		SIM_ASSERT(ladder->rung != NULL);
	}
	ladder->rung[ladder->n++] = (struct trace_rung){.t_ns = row->t_ns, .octets = row->octets,
		.from = strdup(row->from), .to = strdup(row->to), .point = strdup(row->point),
		.what = strdup(row->what), .detail = strdup(row->detail)};
}

void trace_ladder_free(struct trace_ladder *ladder)
{
	for (size_t i = 0; i < ladder->n; i++) {
		free(ladder->rung[i].from);
		free(ladder->rung[i].to);
		free(ladder->rung[i].point);
		free(ladder->rung[i].what);
		free(ladder->rung[i].detail);
	}
	free(ladder->rung);
}

static bool ends_in(const char *path, const char *ending)
{
	const size_t n = strlen(path), m = strlen(ending);
	return n > m && strcmp(path + n - m, ending) == 0;
}

enum sim_code trace_ladder_check(const char *path, struct sim_err *err)
{
	if (ends_in(path, ".svg") || ends_in(path, ".mmd"))
		return SIM_OK;
	return sim_fail(err, SIM_E_USAGE, "--sequence %s: a file whose name ends in .svg (a picture) or "
	                ".mmd (Mermaid) is allowed", path);
}

static size_t party_of(struct parties *parties, const char *name)
{
	for (size_t i = 0; i < parties->n; i++)
		if (strcmp(parties->name[i], name) == 0)
			return i;
	parties->name[parties->n] = name;
	return parties->n++;
}

/* ---- Mermaid ---- */

/* What its grammar would take for its own: Mermaid reads "#59;" as the character of that number. */
static void put_escaped(FILE *out, const char *text)
{
	for (; *text; text++)
		if (strchr("#;<>{}\"%", *text))
			fprintf(out, "#%d;", (unsigned char)*text);
		else
			fputc((unsigned char)*text < ' ' ? ' ' : *text, out);
}

static void write_mermaid(const struct trace_ladder *ladder, struct parties *parties, FILE *out)
{
	fputs("---\ntitle: \"", out);
	put_escaped(out, ladder->title);
	fputs("\"\n---\nsequenceDiagram\n", out);
	for (size_t i = 0; i < ladder->n; i++) {
		party_of(parties, ladder->rung[i].from);
		party_of(parties, ladder->rung[i].to);
	}
	for (size_t i = 0; i < parties->n; i++) {
		fprintf(out, "    participant p%zu as ", i);
		put_escaped(out, parties->name[i]);
		fputc('\n', out);
	}
	for (size_t i = 0; i < ladder->n; i++) {
		const struct trace_rung *rung = &ladder->rung[i];
		char time[TRACE_TIME];
		trace_time(rung->t_ns, time);
		fprintf(out, "    p%zu->>p%zu: ", party_of(parties, rung->from),
		        party_of(parties, rung->to));
		put_escaped(out, time);
		fputc(' ', out);
		put_escaped(out, rung->point);
		fputc(' ', out);
		put_escaped(out, rung->what);
		fprintf(out, ", %" PRIu32 " octets", rung->octets);
		if (*rung->detail) {
			fputs(" (", out);
			put_escaped(out, rung->detail);
			fputc(')', out);
		}
		fputc('\n', out);
	}
}

/* ---- SVG ---- */

static enum sim_code write_svg(const struct trace_ladder *ladder, struct parties *parties, FILE *out,
                               struct sim_err *err)
{
	struct plot_message *message = calloc(ladder->n, sizeof *message);
	char *svg = NULL;
	SIM_ASSERT(message != NULL);
	for (size_t i = 0; i < ladder->n; i++) {
		const struct trace_rung *rung = &ladder->rung[i];
		message[i] = (struct plot_message){.from = party_of(parties, rung->from),
			.to = party_of(parties, rung->to), .label = rung->what, .octets = rung->octets,
			.sent_ns = rung->t_ns, .arrived_ns = rung->t_ns};
	}
	struct plot_canvas *canvas = plot_ladder(&(struct plot_ladder){.title = ladder->title,
		.desc = "Message sequence chart with lengths and times of sending.",
		.n_parties = parties->n, .party = parties->name, .n_messages = ladder->n,
		.message = message, .origin_ns = ladder->rung[0].t_ns});
	enum sim_code code = canvas ? plot_svg_text(canvas, false, &svg, err)
	                            : sim_fail(err, SIM_E_MEMORY, "out of memory while drawing");
	if (code == SIM_OK)
		fputs(svg, out);
	free(svg);
	plot_canvas_free(canvas);
	free(message);
	return code;
}

enum sim_code trace_ladder_write(const struct trace_ladder *ladder, FILE *out, const char *path,
                                 struct sim_err *err)
{
	if (ladder->n == 0)
		return sim_fail(err, SIM_E_USAGE, "--sequence: no message for a ladder in this selection");
	if (ladder->n > TRACE_LADDER_MAX)
		return sim_fail(err, SIM_E_USAGE, "--sequence: a ladder has at most %d messages, there are "
		                "more; choose by --ue, --from and --to", TRACE_LADDER_MAX);
	struct parties parties = {.name = calloc(2 * ladder->n, sizeof *parties.name)};
	enum sim_code code = SIM_OK;
	SIM_ASSERT(parties.name != NULL);
	if (ends_in(path, ".mmd"))
		write_mermaid(ladder, &parties, out);
	else
		code = write_svg(ladder, &parties, out, err);
	free(parties.name);
	return code;
}
