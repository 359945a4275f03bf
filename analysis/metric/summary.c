/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/metric/summary.h"
#include "analysis/metric/compute.h"
#include "analysis/metric/goodput.h"
#include "analysis/metric/summary_text.h"
#include "analysis/metric/wait.h"
#include "analysis/report/rep_format.h"
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* With all rows there are, 60 lines; 10 more where methods, accesses or serving networks differ. */
enum { MOST_ROWS = 9, MOST_ATTACKS = 6, MOST_COLUMNS = 3, LINE_WIDTH = 100 };
enum { NAME_WIDTH = 20, SHORT_NAME = 13, SHARE_WIDTH = 10, CLAIM_WIDTH = 23 };
enum { RATE_WIDTH = 9, LOAD_WIDTH = 25 };

/* What is not named must not be split by (attack), or does not matter (method, station). */
struct query {
	const char *name, *stat, *variant, *class, *adversary, *attack;
};

bool sum_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static const struct met_value *find(struct summary *s, struct query q)
{
	for (size_t i = 0; i < s->values->n; i++) {
		const struct met_value *v = &s->values->value[i];
		if (strcmp(v->name, q.name) == 0 && sum_same(v->stat, q.stat) &&
		    sum_same(v->scope.variant, q.variant) && sum_same(v->scope.class, q.class) &&
		    sum_same(v->scope.adversary, q.adversary) && sum_same(v->scope.attack, q.attack) &&
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

void sum_put(struct summary *s, const char *text, int width)
{
	int used = 0;
	catch_up(s);
	for (const char *c = text; *c; c++)
		used += ((unsigned char)*c & 0xc0) != 0x80;
	fputs(text, s->out);
	s->pad = used < width ? width - used : 1;
}

void sum_line_end(struct summary *s)
{
	fputc('\n', s->out);
	s->pad = 0;
}

/* The value alone, with the digits that its interval allows; three without an interval. */
static const char *bare(char text[REP_TEXT], const struct met_value *v)
{
	double half = 0.05 * pow(10, floor(log10(fabs(v->value))));
	bool known = !isnan(v->ci_low) && !isnan(v->ci_high);
	if (known)
		rep_format_interval(text, v->unit, v->value, v->ci_low, v->ci_high);
	else if (half > 0 && isfinite(half))
		rep_format_interval(text, v->unit, v->value, v->value - half, v->value + half);
	else
		rep_format_interval(text, v->unit, v->value, NAN, NAN);
	char *bounds = strstr(text, " [");
	if (bounds)
		*bounds = '\0';
	return text;
}

void sum_cell(struct summary *s, const struct met_value *v, int width)
{
	char text[REP_TEXT] = "-";
	if (!v && s->recorded < REC_LEVEL_SAMPLES)
		snprintf(text, sizeof text, "not recorded");
	else if (v && !isnan(v->value) && isnan(v->ci_low))
		bare(text, v);
	else if (v && !isnan(v->value))
		rep_format_interval(text, v->unit, v->value, v->ci_low, v->ci_high);
	sum_put(s, text, width);
}

void sum_value(struct summary *s, const struct met_value *v)
{
	sum_cell(s, v, SUM_CELL_WIDTH);
}

void sum_heading(struct summary *s, const char *title, const char *explanation)
{
	fprintf(s->out, "\n%s%s%s\n%s\n", s->bold ? "\033[1m" : "", title, s->bold ? "\033[0m" : "",
	        explanation);
}

void sum_row_name(struct summary *s, const char *name)
{
	fputs("  ", s->out);
	sum_put(s, name, NAME_WIDTH);
}

uint16_t sum_base_variant(const struct res_run *run)
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
	sum_put(s, text, 0);
}

static void waits(struct summary *s)
{
	uint32_t rows = 0;
	sum_heading(s, "How long two surgeons wait",
	        "  From switching on the headset until surgery can begin; half wait no longer than the "
	        "median.");
	sum_row_name(s, "variant");
	sum_put(s, "median", SUM_CELL_WIDTH);
	sum_put(s, "90 of 100 within", SUM_CELL_WIDTH);
	sum_put(s, "never began", 0);
	sum_line_end(s);
	for (uint32_t v = 0; v < s->run->n_variants && rows < MOST_ROWS; v++) {
		struct query q = {"surgery.ready_latency", "p50", s->run->variants[v].name, "surgeon",
		                  NULL, NULL};
		const struct met_value *median = find(s, q);
		if (s->run->variants[v].hidden || !median)
			continue;
		rows++;
		sum_row_name(s, q.variant);
		sum_value(s, median);
		q.stat = "p90";
		sum_value(s, find(s, q));
		put_never(s, median);
		sum_line_end(s);
	}
	if (s->recorded == REC_LEVEL_NONE)
		fputs("  (not recorded at record.level none)\n", s->out);
}

static void put_median(struct summary *s, const char *before, const char *name, const char *after)
{
	char text[REP_TEXT];
	const char *variant = s->run->variants[sum_base_variant(s->run)].name;
	const struct met_value *v =
		find(s, (struct query){name, "p50", variant, "surgeon", NULL, NULL});
	if (v && !isnan(v->value))
		fprintf(s->out, "%s%s%s", before, bare(text, v), after);
}

/* One line: the steps on the way. Authentication is a part of registering. */
static void steps(struct summary *s)
{
	const char *variant = s->run->variants[sum_base_variant(s->run)].name;
	if (!find(s, (struct query){"registration.latency", "p50", variant, "surgeon", NULL, NULL}))
		return;
	fprintf(s->out, "  Medians in %s", strlen(variant) <= SHORT_NAME ? variant : "the first");
	put_median(s, ": registering ", "registration.latency", "");
	put_median(s, " (of which authentication ", "auth.latency", ")");
	put_median(s, ", entering ", "dt.auth_latency", "");
	fputs(".\n", s->out);
}

const char *const sum_part[SUM_PARTS] = {"radio", "transport", "queueing",
                                         "service", "crypto", "timer"};

/* One line: where the time goes. */
static void shares(struct summary *s)
{
	const char *variant = s->run->variants[sum_base_variant(s->run)].name, *comma = "";
	double part[SUM_PARTS], whole = 0;
	for (size_t p = 0; p < SUM_PARTS; p++) {
		char name[MET_NAME_SIZE];
		snprintf(name, sizeof name, "surgery.ready_latency.%s", sum_part[p]);
		const struct met_value *v =
			find(s, (struct query){name, "mean", variant, "surgeon", NULL, NULL});
		part[p] = v && !isnan(v->value) ? v->value : 0;
		whole += part[p];
	}
	fputs(whole > 0 ? "  The wait is " : "", s->out);
	for (size_t p = 0; p < SUM_PARTS && whole > 0; p++) {
		fprintf(s->out, "%s%.*f %% %s", comma, part[p] < 0.1 * whole ? 1 : 0,
		        100 * part[p] / whole, sum_part[p]);
		comma = ", ";
	}
	fputs(whole > 0 ? ".\n" : "", s->out);
}

/* Enrolments that failed, over all variants that people see, and where the most did. */
static void enrolments(struct summary *s)
{
	uint64_t asked = 0, failed = 0;
	const struct met_value *most = NULL;
	for (size_t i = 0; i < s->values->n; i++) {
		const struct met_value *v = &s->values->value[i];
		int variant = res_variant_find(s->file, v->scope.variant);
		if (strcmp(v->name, "dt.enrol_latency") != 0 || strcmp(v->stat, "ratio") != 0 ||
		    variant < 0 || s->run->variants[variant].hidden)
			continue;
		asked += v->n;
		failed += v->failed;
		if (v->failed > (most ? most->failed : 0))
			most = v;
	}
	if (asked > 0)
		fprintf(s->out, "  Enrolments of twins that failed: %" PRIu64 " of %" PRIu64, failed,
		        asked);
	if (most)
		fprintf(s->out, ", most in %s: %" PRIu64 " of %" PRIu64, most->scope.variant, most->failed,
		        most->n);
	fputs(asked > 0 ? ".\n" : "", s->out);
}

/* --- how the core keeps up ------------------------------------------------------------------- */

static bool has_load(const struct summary *s, uint32_t variant)
{
	return res_parameter_si(s->file, (uint16_t)variant, "load.rate", SIM_Q_RATE, 0) > 0;
}

static void load_row(struct summary *s, uint32_t v)
{
	const char *variant = s->run->variants[v].name;
	const struct met_value *cpu =
		find(s, (struct query){"load.core_cpu", "mean", variant, NULL, NULL, NULL});
	char text[REP_TEXT];
	fputs("  ", s->out);
	sum_put(s, variant, SHORT_NAME);
	sum_put(s, res_parameter_text(s->file, (uint16_t)v, "load.rate"), RATE_WIDTH);
	sum_cell(s, find(s, (struct query){"load.completed", "mean", variant, NULL, NULL, NULL}),
	         LOAD_WIDTH);
	sum_cell(s, find(s, (struct query){"registration.time_amf", "p50", variant, "background", NULL,
	                                   NULL}), CLAIM_WIDTH);
	sum_cell(s, find(s, (struct query){"registration.time_amf", "p95", variant, "background", NULL,
	                                   NULL}), CLAIM_WIDTH);
	if (cpu)
		sum_put(s, bare(text, cpu), 0);
	sum_line_end(s);
}

static void keeping_up(struct summary *s)
{
	sum_heading(s, "How the core keeps up with its load",
	        "  From Registration Request to Accept at the AMF; CPU: the core's for each.");
	fputs("  ", s->out);
	sum_put(s, "variant", SHORT_NAME);
	sum_put(s, "offered", RATE_WIDTH);
	sum_put(s, "completed", LOAD_WIDTH);
	sum_put(s, "median", CLAIM_WIDTH);
	sum_put(s, "95 of 100 within", CLAIM_WIDTH);
	sum_put(s, "CPU", 0);
	sum_line_end(s);
	for (uint32_t v = 0; v < s->run->n_variants && v < MOST_ROWS; v++)
		if (has_load(s, v))
			load_row(s, v);
}

/* --- what survives --------------------------------------------------------------------------- */

/* "flood", or "both: flood" where the attack is not named as the variant. */
static const char *attack_name(char text[REP_TEXT], const struct met_value *v)
{
	bool one = strcmp(v->scope.variant, v->scope.attack) == 0;
	snprintf(text, REP_TEXT, "%.40s%s%.40s", v->scope.variant, one ? "" : ": ",
	         one ? "" : v->scope.attack);
	return text;
}

/*
 * The network is well from the start of a window on, so it got well within the time to its end (the
 * window is the resolution).
 */
static void recovery_text(struct summary *s, const struct met_value *v, char out[2 * REP_TEXT])
{
	char name[REP_TEXT], time[REP_TEXT], never[64] = "";
	int variant = res_variant_find(s->file, v->scope.variant);
	double window_ns = res_parameter_si(s->file, (uint16_t)variant, "record.window",
	                                    SIM_Q_DURATION, 60e9);
	rep_format_duration(time, v->value + window_ns / 1e9);
	if (v->value >= 600)
		snprintf(time, sizeof time, "%.0f min", ceil((v->value + window_ns / 1e9) / 60));
	if (v->failed > 0 && !isinf(v->value))
		snprintf(never, sizeof never, " (never: %" PRIu64 " of %" PRIu64 ")", v->failed, v->n);
	snprintf(out, 2 * REP_TEXT, "%s %s%.40s%s", attack_name(name, v),
	         isinf(v->value) ? "never" : "within ", isinf(v->value) ? "" : time, never);
}

static void recoveries(struct summary *s)
{
	size_t used = 0, rows = 0;
	for (size_t i = 0; i < s->values->n && rows < MOST_ATTACKS; i++) {
		const struct met_value *v = &s->values->value[i];
		char text[2 * REP_TEXT];
		if (strcmp(v->name, "recovery.time") != 0 || strcmp(v->stat, "p50") != 0 ||
		    isnan(v->value))
			continue;
		recovery_text(s, v, text);
		if (rows++ == 0)
			used = (size_t)fprintf(s->out, "  Well again after its end (median): ");
		else if (used + 2 + strlen(text) < LINE_WIDTH)
			used += (size_t)fprintf(s->out, ", ");
		else
			used = (size_t)fprintf(s->out, ",\n    ") - strlen(",\n");
		used += (size_t)fprintf(s->out, "%s", text);
	}
	fputs(rows ? ".\n" : "", s->out);
}

static void attack_row(struct summary *s, const struct met_value *of)
{
	const char *variant = of->scope.variant, *attack = of->scope.attack;
	char name[REP_TEXT];
	sum_row_name(s, attack_name(name, of));
	sum_value(s, find(s, (struct query){"registration.success_ratio", "ratio", variant,
	                                    "background", NULL, attack}));
	sum_value(s, find(s, (struct query){"dt.success_ratio", "ratio", variant, "surgeon", NULL,
	                                    attack}));
	sum_value(s, find(s, (struct query){"availability.time", "ratio", variant, NULL, NULL, attack}));
	sum_line_end(s);
}

/* The row of an attack is found by what each level has of it once. */
static bool tells_of_attack(const struct summary *s, const struct met_value *v)
{
	if (!v->scope.attack)
		return false;
	if (s->recorded >= REC_LEVEL_SAMPLES)
		return strcmp(v->name, "availability.time") == 0;
	return strcmp(v->name, "registration.success_ratio") == 0 &&
	       sum_same(v->scope.class, "background");
}

static void attacks(struct summary *s)
{
	uint32_t rows = 0;
	sum_row_name(s, "while attacked");
	sum_put(s, "registrations in time", SUM_CELL_WIDTH);
	sum_put(s, "twins admitted in time", SUM_CELL_WIDTH);
	sum_put(s, "network available", 0);
	sum_line_end(s);
	for (size_t i = 0; i < s->values->n && rows < MOST_ATTACKS; i++) {
		const struct met_value *v = &s->values->value[i];
		if (!tells_of_attack(s, v))
			continue;
		attack_row(s, v);
		rows++;
	}
	recoveries(s);
	if (rows == 0)
		fputs(s->recorded == REC_LEVEL_NONE ? "  (not recorded at record.level none)\n"
		                                    : "  (no variant has an attack or fault)\n", s->out);
}

static void survival(struct summary *s)
{
	uint32_t rows = 0;
	sum_heading(s, "What survives an attack",
	        "  Shares of all that was asked for; in time means within the scenario's deadline.");
	sum_row_name(s, "variant");
	sum_put(s, "surgeons registered", SUM_CELL_WIDTH);
	sum_put(s, "twins admitted in time", SUM_CELL_WIDTH);
	sum_put(s, "surgeries completed", 0);
	sum_line_end(s);
	for (uint32_t v = 0; v < s->run->n_variants && rows < MOST_ROWS; v++) {
		const char *variant = s->run->variants[v].name;
		if (s->run->variants[v].hidden)
			continue;
		rows++;
		sum_row_name(s, variant);
		sum_value(s, find(s, (struct query){"registration.success_ratio", "ratio", variant,
		                                    "surgeon", NULL, NULL}));
		sum_value(s, find(s, (struct query){"dt.success_ratio", "ratio", variant, "surgeon", NULL,
		                                    NULL}));
		sum_value(s, find(s, (struct query){"surgery.completed_ratio", "ratio", variant, NULL, NULL,
		                                    NULL}));
		sum_line_end(s);
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

/* What share of the sessions an adversary saw, in the first column's variant. */
static void put_coverage(struct summary *s, const char *variant, const char *adversary)
{
	char text[64] = "-";
	const struct met_value *v =
		find(s, (struct query){"link.coverage", "ratio", variant, NULL, adversary, NULL});
	if (v && !isnan(v->value))
		snprintf(text, sizeof text, "%.0f %%", 100 * v->value);
	sum_put(s, text, SHARE_WIDTH);
}

static void linking(struct summary *s)
{
	const char *variant[MOST_COLUMNS];
	bool more;
	uint32_t n = columns(s, variant, &more), rows = 0;
	sum_heading(s, "How well an adversary tells the two apart",
	        "  Advantage in saying which surgeon is behind a pseudonym: 0 is guessing, 1 is "
	        "certainty.");
	fputs("  Only sessions that the adversary observes count: \"observes\" is their share of all.\n",
	      s->out);
	sum_row_name(s, "adversary");
	sum_put(s, "observes", SHARE_WIDTH);
	for (uint32_t c = 0; c < n; c++)
		sum_put(s, variant[c], CLAIM_WIDTH);
	sum_line_end(s);
	for (size_t i = 0; i < s->values->n && n > 0 && rows < MOST_ROWS; i++) {
		const struct met_value *v = &s->values->value[i];
		if (strcmp(v->name, "link.advantage") != 0 || !sum_same(v->scope.variant, variant[0]))
			continue;
		rows++;
		sum_row_name(s, v->scope.adversary);
		put_coverage(s, variant[0], v->scope.adversary);
		for (uint32_t c = 0; c < n; c++)
			sum_cell(s, find(s, (struct query){"link.advantage", v->stat, variant[c], NULL,
			                                   v->scope.adversary, NULL}), CLAIM_WIDTH);
		sum_line_end(s);
	}
	if (rows == 0 && s->recorded < REC_LEVEL_SAMPLES)
		fprintf(s->out, "  (not recorded at record.level %s)\n",
		        res_enum_text("level", s->recorded));
	else if (rows == 0)
		fputs("  (no adversary watched)\n", s->out);
	if (more && rows > 0)
		fputs("  More variants stand in the report and in --json.\n", s->out);
}

/* Which mode, and what each gives up: a line for each sentence. */
static void cryptography(struct summary *s)
{
	fputs("Cryptography: ", s->out);
	for (const char *at = s->run->crypto_mode; *at; at++) {
		bool ends = at[0] == '.' && at[1] == ' ';
		fputs(ends ? ".\n  " : (const char[]){*at, 0}, s->out);
		at += ends;
	}
	putc('\n', s->out);
}

/* What the reader of a number has to know of how it was recorded; nothing for rows of samples. */
static void recorded(struct summary *s)
{
	static const char *const how[] = {
		[MET_WAIT_NOTHING] = "no latencies, nothing in time.",
		[MET_WAIT_ROWS] = "of some variants.",
		[MET_WAIT_VALUES] = "latencies of everybody, exact.",
		[MET_WAIT_HISTOGRAM] = ("latencies of everybody;\nquantiles from a histogram, relative error "
		                        "<= 0.1 %; means, least and greatest are exact."),
	};
	if (s->recorded < REC_LEVEL_SAMPLES)
		fprintf(s->out, "Recorded at level %s: %s\n", res_enum_text("level", s->recorded),
		        how[met_wait_source(s->file)]);
}

static void opening(struct summary *s)
{
	const struct res_run *run = s->run;
	uint32_t failed = 0, visible = 0;
	for (uint32_t v = 0; v < run->n_variants; v++) {
		failed += run->replications - res_n_finished(s->file, (uint16_t)v);
		visible += !run->variants[v].hidden;
	}
	fprintf(s->out, "%s%s%s\n", s->bold ? "\033[1m" : "",
	        *run->title ? run->title : run->scenario, s->bold ? "\033[0m" : "");
	fprintf(s->out,
	        "Scenario %s, engine %s, seed %" PRIu64 ". Each number: %" PRIu32
	        " replication%s, [%g %% interval].\n",
	        run->scenario, run->engine, run->seed, run->replications,
	        run->replications == 1 ? "" : "s", 100 * run->level);
	if (!res_is_of_stations(s->file)) {
		cryptography(s);
		recorded(s);
	}
	if (visible > MOST_ROWS)
		fprintf(s->out, "The first %d of %" PRIu32 " variants; --json has all.\n", MOST_ROWS,
		        visible);
	if (failed > 0)
		fprintf(s->out, "%" PRIu32 " of %" PRIu32 " replications failed; the numbers are of the "
		                                          "rest.\n",
		        failed, res_n_jobs(run));
}

void summary_write(struct res_file *file, const struct met_values *values, FILE *out)
{
	int fd = fileno(out); /* -1: a stream in memory */
	struct summary s = {.file = file, .run = res_run(file), .values = values, .out = out,
	                    .bold = fd >= 0 && isatty(fd) && !getenv("NO_COLOR"),
	                    .recorded = res_least_record_level(file)};
	opening(&s);
	if (res_is_of_stations(file)) {
		sum_stations(&s);
		return;
	}
	if (has_load(&s, sum_base_variant(s.run)))
		keeping_up(&s);
	if (met_has_population(file, sum_base_variant(s.run)))
		sum_populations(&s);
	if (res_parameter_si(file, sum_base_variant(s.run), "operations.days", SIM_Q_COUNT, 1) == 0)
		return;
	waits(&s);
	steps(&s);
	shares(&s);
	enrolments(&s);
	sum_ways(&s);
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
