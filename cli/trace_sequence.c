/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ladder of a trace: as a picture, or as text for Mermaid. */
#include "analysis/plot/charts.h"
#include "analysis/plot/files.h"
#include "analysis/report/rep_format.h"
#include "cli/trace_show.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { NOTE_MAX = 88 };
struct trace_rung {
	int64_t t_ns;
	uint32_t octets, from_place, to_place;
	char *from, *to, *point, *what, *detail;
	uint32_t again;  /* how many times more it and the one before it come in turn */
	int64_t last_ns; /* the last of these */
	char note[NOTE_MAX + 4]; /* the detail, as far as a picture has room for it */
};

struct party {
	const char *name; /* borrowed from a rung */
	uint32_t place;
};
struct parties {
	struct party *party;
	const char **name; /* the same, for the chart */
	size_t n;
};

static void free_rung(struct trace_rung *rung)
{
	free(rung->from);
	free(rung->to);
	free(rung->point);
	free(rung->what);
	free(rung->detail);
}

static bool alike(const struct trace_rung *a, const struct trace_rung *b)
{
	return a->from_place == b->from_place && a->to_place == b->to_place &&
	       a->octets == b->octets && strcmp(a->point, b->point) == 0 &&
	       strcmp(a->what, b->what) == 0 && strcmp(a->detail, b->detail) == 0;
}

/* Question, answer, the same question, the same answer: the keep-alives of hours are two rungs. */
static void fold(struct trace_ladder *ladder)
{
	struct trace_rung *rung = ladder->rung + ladder->n;
	if (ladder->n < 4 || !alike(&rung[-4], &rung[-2]) || !alike(&rung[-3], &rung[-1]))
		return;
	rung[-3].again++;
	rung[-3].last_ns = rung[-1].t_ns;
	free_rung(&rung[-1]);
	free_rung(&rung[-2]);
	ladder->n -= 2;
}

static char *name_of(const char *node)
{
	char name[REP_TEXT];
	return strdup(rep_node_name(name, node));
}

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
		.from_place = row->from_place, .to_place = row->to_place, .from = name_of(row->from),
		.to = name_of(row->to), .point = strdup(row->point), .what = strdup(row->what),
		.detail = strdup(row->detail)};
	fold(ladder);
}

void trace_ladder_free(struct trace_ladder *ladder)
{
	for (size_t i = 0; i < ladder->n; i++)
		free_rung(&ladder->rung[i]);
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

static int by_place(const void *left, const void *right)
{
	const struct party *a = left, *b = right;
	return (a->place > b->place) - (a->place < b->place);
}

static void add_party(struct parties *parties, const char *name, uint32_t place)
{
	for (size_t i = 0; i < parties->n; i++)
		if (parties->party[i].place == place)
			return;
	parties->party[parties->n++] = (struct party){name, place};
}

/* Everybody who speaks or is spoken to, from left to right. */
static void find_parties(struct parties *parties, const struct trace_ladder *ladder)
{
	*parties = (struct parties){.party = calloc(2 * ladder->n, sizeof *parties->party),
	                            .name = calloc(2 * ladder->n, sizeof *parties->name)};
	SIM_ASSERT(parties->party && parties->name);
	for (size_t i = 0; i < ladder->n; i++) {
		add_party(parties, ladder->rung[i].from, ladder->rung[i].from_place);
		add_party(parties, ladder->rung[i].to, ladder->rung[i].to_place);
	}
	qsort(parties->party, parties->n, sizeof *parties->party, by_place);
	for (size_t i = 0; i < parties->n; i++)
		parties->name[i] = parties->party[i].name;
}

static size_t party_of(const struct parties *parties, uint32_t place)
{
	size_t i = 0;
	while (parties->party[i].place != place)
		i++;
	return i;
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

static void write_mermaid(const struct trace_ladder *ladder, const struct parties *parties,
                          FILE *out)
{
	fputs("---\ntitle: \"", out);
	put_escaped(out, ladder->title);
	fputs("\"\n---\nsequenceDiagram\n", out);
	for (size_t i = 0; i < parties->n; i++) {
		fprintf(out, "    participant p%zu as ", i);
		put_escaped(out, parties->name[i]);
		fputc('\n', out);
	}
	for (size_t i = 0; i < ladder->n; i++) {
		const struct trace_rung *rung = &ladder->rung[i];
		char time[TRACE_TIME];
		trace_time(rung->t_ns, time);
		fprintf(out, "    p%zu->>p%zu: ", party_of(parties, rung->from_place),
		        party_of(parties, rung->to_place));
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
		if (rung->again)
			fprintf(out, ", both %" PRIu32 " times more until %s", rung->again,
			        trace_time(rung->last_ns, time));
		fputc('\n', out);
	}
}

/* ---- SVG ---- */

enum { NAMES_EVERY = 36 };
#define PAUSE_NS INT64_C(250000000)

/* A colour for each kind of reference point. */
static size_t style_of(const char *point)
{
	if (strcmp(point, "N1") == 0)
		return 0;
	if (strcmp(point, "N2") == 0)
		return 6;
	return point[0] == 'D' ? 1 : 2;
}

/* Whole characters of UTF-8 alone. */
static const char *shorten(struct trace_rung *rung)
{
	char time[TRACE_TIME];
	size_t n = strlen(rung->detail);
	if (rung->again) {
		snprintf(rung->note, sizeof rung->note, "both %" PRIu32 " times more, until %s", rung->again,
		         trace_time(rung->last_ns, time));
		return rung->note;
	}
	if (n == 0)
		return NULL;
	if (n > NOTE_MAX)
		for (n = NOTE_MAX; n > 0 && ((unsigned char)rung->detail[n] & 0xc0) == 0x80;)
			n--;
	snprintf(rung->note, sizeof rung->note, "%.*s%s", (int)n, rung->detail,
	         rung->detail[n] ? "..." : "");
	return rung->note;
}

static void fill_messages(const struct trace_ladder *ladder, const struct parties *parties,
                          struct plot_message *message)
{
	for (size_t i = 0; i < ladder->n; i++) {
		struct trace_rung *rung = &ladder->rung[i];
		message[i] = (struct plot_message){.from = party_of(parties, rung->from_place),
			.to = party_of(parties, rung->to_place), .label = rung->what, .octets = rung->octets,
			.sent_ns = rung->t_ns, .arrived_ns = rung->t_ns, .point = rung->point,
			.note = shorten(rung), .style = style_of(rung->point)};
	}
}

static enum sim_code write_svg(const struct trace_ladder *ladder, const struct parties *parties,
                               FILE *out, struct sim_err *err)
{
	struct plot_message *message = calloc(ladder->n, sizeof *message);
	char *svg = NULL, time[TRACE_TIME], below[128];
	SIM_ASSERT(message != NULL);
	fill_messages(ladder, parties, message);
	trace_time(ladder->rung[0].t_ns, time);
	snprintf(below, sizeof below, "Times count from the first message, which leaves at %s of the "
	         "scenario.", time);
	struct plot_canvas *canvas = plot_ladder(&(struct plot_ladder){.title = ladder->title,
		.desc = "Message sequence chart with lengths and times of sending.", .below_title = below,
		.n_parties = parties->n, .party = parties->name, .n_messages = ladder->n,
		.message = message, .origin_ns = ladder->rung[0].t_ns, .names_every = NAMES_EVERY,
		.pause_ns = PAUSE_NS});
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
	struct parties parties;
	enum sim_code code = SIM_OK;
	find_parties(&parties, ladder);
	if (ends_in(path, ".mmd"))
		write_mermaid(ladder, &parties, out);
	else
		code = write_svg(ladder, &parties, out, err);
	free(parties.party);
	free(parties.name);
	return code;
}
