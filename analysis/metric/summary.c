/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/metric/summary.h"
#include "analysis/metric/compute.h"
#include "analysis/report/rep_format.h"
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_ROWS = 12, MOST_COLUMNS = 3, NAME_WIDTH = 20, CELL_WIDTH = 25, CELL_SIZE = 160 };

struct summary {
	struct res_file *file;
	const struct res_run *run;
	const struct met_values *values;
	FILE *out;
	bool bold;
	int pad; /* spaces to write before more text comes: no line ends in them */
};

/* What is not named must not be split by (attack), or does not matter (method, station). */
struct query {
	const char *name, *stat, *variant, *class, *adversary, *attack;
};

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static const struct met_value *find(struct summary *s, struct query q)
{
	for (size_t i = 0; i < s->values->n; i++) {
		const struct met_value *v = &s->values->value[i];
		if (strcmp(v->name, q.name) == 0 && same(v->stat, q.stat) &&
		    same(v->scope.variant, q.variant) && same(v->scope.class, q.class) &&
		    same(v->scope.adversary, q.adversary) && same(v->scope.attack, q.attack) &&
		    !v->scope.source)
			return v;
	}
	return NULL;
}

/* --- text ------------------------------------------------------------------------------------ */

static void catch_up(struct summary *s)
{
	fprintf(s->out, "%*s", s->pad, "");
	s->pad = 0;
}

/* Left-aligned in a column; counts characters, not octets. */
static void put(struct summary *s, const char *text, int width)
{
	int used = 0;
	catch_up(s);
	for (const char *c = text; *c; c++)
		used += ((unsigned char)*c & 0xc0) != 0x80;
	fputs(text, s->out);
	s->pad = used < width ? width - used : 1;
}

static void line_end(struct summary *s)
{
	fputc('\n', s->out);
	s->pad = 0;
}

static void put_value(struct summary *s, const struct met_value *v)
{
	char text[REP_TEXT] = "-";
	if (v && !isnan(v->value))
		rep_format_interval(text, v->unit, v->value, v->ci_low, v->ci_high);
	put(s, text, CELL_WIDTH);
}

static void heading(struct summary *s, const char *title, const char *explanation)
{
	fprintf(s->out, "\n%s%s%s\n%s\n", s->bold ? "\033[1m" : "", title, s->bold ? "\033[0m" : "",
	        explanation);
}

static void put_row_name(struct summary *s, const char *name)
{
	fputs("  ", s->out);
	put(s, name, NAME_WIDTH);
}

static uint16_t base_variant(const struct res_run *run)
{
	uint16_t v = 0;
	while (v + 1u < run->n_variants && run->variants[v].hidden)
		v++;
	return v;
}

/* --- how long -------------------------------------------------------------------------------- */

static void put_never(struct summary *s, const struct met_value *v)
{
	char text[64];
	snprintf(text, sizeof text, "%" PRIu64 " of %" PRIu64, v->failed, v->n);
	put(s, text, 0);
}

static void waits(struct summary *s)
{
	uint32_t rows = 0;
	heading(s, "How long two surgeons wait",
	        "  From switching on the headset until surgery can begin; half wait no longer than the "
	        "median.");
	put_row_name(s, "variant");
	put(s, "median", CELL_WIDTH);
	put(s, "90 of 100 within", CELL_WIDTH);
	put(s, "never began", 0);
	line_end(s);
	for (uint32_t v = 0; v < s->run->n_variants && rows < MOST_ROWS; v++) {
		struct query q = {"surgery.ready_latency", "p50", s->run->variants[v].name, "surgeon",
		                  NULL, NULL};
		const struct met_value *median = find(s, q);
		if (s->run->variants[v].hidden || !median)
			continue;
		rows++;
		put_row_name(s, q.variant);
		put_value(s, median);
		q.stat = "p90";
		put_value(s, find(s, q));
		put_never(s, median);
		line_end(s);
	}
}

/* One line: the steps on the way, and where the time goes. */
static void steps(struct summary *s)
{
	static const char *const names[][2] = {{"registration.latency", "registering"},
	                                       {"auth.latency", "authentication"},
	                                       {"dt.auth_latency", "entering"}};
	static const char *const parts[] = {"radio", "transport", "queueing",
	                                    "service", "crypto", "timer"};
	const char *variant = s->run->variants[base_variant(s->run)].name, *comma = "";
	double part[6], whole = 0;
	fprintf(s->out, "  Median steps in %s: ", variant);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char text[REP_TEXT];
		const struct met_value *v =
			find(s, (struct query){names[i][0], "p50", variant, "surgeon", NULL, NULL});
		if (!v)
			continue;
		rep_format_value(text, v->unit, v->value);
		fprintf(s->out, "%s%s %s", comma, names[i][1], text);
		comma = ", ";
	}
	for (size_t p = 0; p < 6; p++) {
		char name[MET_NAME_SIZE];
		snprintf(name, sizeof name, "surgery.ready_latency.%s", parts[p]);
		const struct met_value *v =
			find(s, (struct query){name, "mean", variant, "surgeon", NULL, NULL});
		part[p] = v && !isnan(v->value) ? v->value : 0;
		whole += part[p];
	}
	fputs(".\n  The wait is ", s->out);
	comma = "";
	for (size_t p = 0; p < 6 && whole > 0; p++) {
		fprintf(s->out, "%s%.*f %% %s", comma, part[p] < 0.1 * whole ? 1 : 0,
		        100 * part[p] / whole, parts[p]);
		comma = ", ";
	}
	fputs(".\n", s->out);
}

/* --- what survives --------------------------------------------------------------------------- */

static void recovery(struct summary *s, const char *variant, const char *attack)
{
	struct query q = {"recovery.time", "p50", variant, NULL, NULL, attack};
	const struct met_value *v = find(s, q);
	char text[REP_TEXT] = "-", never[64];
	if (v && isinf(v->value))
		snprintf(text, sizeof text, "never");
	else if (v && v->value >= 600)
		snprintf(text, sizeof text, "%.0f min", v->value / 60);
	else if (v && !isnan(v->value))
		rep_format_value(text, v->unit, v->value);
	put(s, text, 0);
	if (v && v->failed > 0) {
		snprintf(never, sizeof never, "(never: %" PRIu64 " of %" PRIu64 ")", v->failed, v->n);
		put(s, never, 0);
	}
}

static void attack_row(struct summary *s, const char *variant, const char *attack)
{
	struct query q = {"registration.success_ratio", "ratio", variant, "background", NULL, attack};
	put_row_name(s, variant);
	put_value(s, find(s, q));
	put_value(s, find(s, (struct query){"availability.time", "ratio", variant, NULL, NULL,
	                                    attack}));
	recovery(s, variant, attack);
	line_end(s);
}

static void attacks(struct summary *s)
{
	uint32_t rows = 0;
	put_row_name(s, "while attacked");
	put(s, "registrations in time", CELL_WIDTH);
	put(s, "network available", CELL_WIDTH);
	put(s, "well again after (median)", 0);
	line_end(s);
	for (size_t i = 0; i < s->values->n && rows < MOST_ROWS; i++) {
		const struct met_value *v = &s->values->value[i];
		if (!v->scope.attack || strcmp(v->name, "availability.time") != 0)
			continue;
		attack_row(s, v->scope.variant, v->scope.attack);
		rows++;
	}
	if (rows == 0)
		fputs("  (no variant has an attack or fault)\n", s->out);
}

static void survival(struct summary *s)
{
	uint32_t rows = 0;
	heading(s, "What survives an attack",
	        "  Shares of all that was asked for; in time means within the scenario's deadline.");
	put_row_name(s, "variant");
	put(s, "surgeons registered", CELL_WIDTH);
	put(s, "twins admitted in time", CELL_WIDTH);
	put(s, "surgeries completed", 0);
	line_end(s);
	for (uint32_t v = 0; v < s->run->n_variants && rows < MOST_ROWS; v++) {
		const char *variant = s->run->variants[v].name;
		if (s->run->variants[v].hidden)
			continue;
		rows++;
		put_row_name(s, variant);
		put_value(s, find(s, (struct query){"registration.success_ratio", "ratio", variant,
		                                    "surgeon", NULL, NULL}));
		put_value(s, find(s, (struct query){"dt.success_ratio", "ratio", variant, "surgeon", NULL,
		                                    NULL}));
		put_value(s, find(s, (struct query){"surgery.completed_ratio", "ratio", variant, NULL, NULL,
		                                    NULL}));
		line_end(s);
	}
	attacks(s);
}

/* --- who is recognised ----------------------------------------------------------------------- */

/* Variants that differ by policy, not by an attack: those without a twin. */
static uint32_t columns(struct summary *s, const char *variant[MOST_COLUMNS], bool *more)
{
	uint32_t n = 0;
	*more = false;
	for (uint32_t v = 0; v < s->run->n_variants; v++) {
		if (s->run->variants[v].hidden || s->run->variants[v].twin >= 0)
			continue;
		if (n == MOST_COLUMNS)
			*more = true;
		else
			variant[n++] = s->run->variants[v].name;
	}
	return n;
}

static void linking(struct summary *s)
{
	const char *variant[MOST_COLUMNS];
	bool more;
	uint32_t n = columns(s, variant, &more), rows = 0;
	heading(s, "How well an adversary tells the two apart",
	        "  Advantage in saying which surgeon is behind a pseudonym: 0 is guessing, 1 is "
	        "certainty.");
	put_row_name(s, "adversary");
	for (uint32_t c = 0; c < n; c++)
		put(s, variant[c], CELL_WIDTH);
	line_end(s);
	for (size_t i = 0; i < s->values->n && n > 0 && rows < MOST_ROWS; i++) {
		const struct met_value *v = &s->values->value[i];
		if (strcmp(v->name, "link.advantage") != 0 || !same(v->scope.variant, variant[0]))
			continue;
		rows++;
		put_row_name(s, v->scope.adversary);
		for (uint32_t c = 0; c < n; c++)
			put_value(s, find(s, (struct query){"link.advantage", v->stat, variant[c], NULL,
			                                    v->scope.adversary, NULL}));
		line_end(s);
	}
	if (rows == 0)
		fputs("  (no adversary watched)\n", s->out);
	if (more)
		fputs("  More variants stand in the report and in --json.\n", s->out);
}

static void opening(struct summary *s)
{
	const struct res_run *run = s->run;
	uint32_t failed = 0;
	for (uint32_t v = 0; v < run->n_variants; v++)
		failed += run->replications - res_n_finished(s->file, (uint16_t)v);
	fprintf(s->out, "%s%s%s\n", s->bold ? "\033[1m" : "",
	        *run->title ? run->title : run->scenario, s->bold ? "\033[0m" : "");
	fprintf(s->out,
	        "Scenario %s, engine %s, seed %" PRIu64 ". Each number: %" PRIu32
	        " replication%s, [%g %% interval].\n",
	        run->scenario, run->engine, run->seed, run->replications,
	        run->replications == 1 ? "" : "s", 100 * run->level);
	if (failed > 0)
		fprintf(s->out, "%" PRIu32 " of %" PRIu32 " replications failed; the numbers are of the "
		                                          "rest.\n",
		        failed, res_n_jobs(run));
}

void summary_write(struct res_file *file, const struct met_values *values, FILE *out)
{
	int fd = fileno(out); /* -1: a stream in memory */
	struct summary s = {.file = file, .run = res_run(file), .values = values, .out = out,
	                    .bold = fd >= 0 && isatty(fd) && !getenv("NO_COLOR")};
	opening(&s);
	waits(&s);
	steps(&s);
	survival(&s);
	linking(&s);
}

enum sim_code summary_print(struct res_file *file, FILE *out)
{
	struct met_values values;
	struct sim_err err;
	enum sim_code code = met_compute(file, &values, &err);
	if (code)
		fprintf(stderr, "dtsim: %s\n", err.text);
	else
		summary_write(file, &values, out);
	met_values_free(&values);
	return code;
}
