/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/metric/compare.h"
#include "analysis/report/rep_format.h"
#include <math.h>
#include <string.h>

enum { ROWS = 25, NEAREST = 3 };

static void side(char out[REP_TEXT], const struct met_value *v)
{
	if (v)
		rep_format_interval(out, v->unit, v->value, v->ci_low, v->ci_high);
	else
		snprintf(out, REP_TEXT, "missing");
}

static void print_row(const struct met_difference *row, FILE *out)
{
	const struct met_value *v = row->own ? row->own : row->baseline;
	char scope[256], own[REP_TEXT], baseline[REP_TEXT];
	side(own, row->own);
	side(baseline, row->baseline);
	fprintf(out, "%s  %s %s  %s\n", row->fails ? "FAILS" : "     ", v->name, v->stat,
	        met_scope_text(v, scope, sizeof scope));
	fprintf(out, "         now %s, baseline %s", own, baseline);
	if (!isnan(row->adjusted))
		fprintf(out, ", adjusted p %.2g", row->adjusted);
	fputc('\n', out);
}

/* Returns how many numbers they stand for. */
static size_t print_absences(const struct met_comparison *c, FILE *out)
{
	size_t numbers = 0;
	for (size_t i = 0; i < c->n_absences; i++) {
		const struct met_absence *a = &c->absence[i];
		bool level = strcmp(a->key, "record.level") == 0;
		fprintf(out, "FAILS  %s %s: %s%s alone (%zu numbers)\n", a->key, a->name,
		        level ? "not recorded, " : "", a->own ? "in the baseline" : "in the result",
		        a->numbers);
		numbers += a->numbers;
	}
	return numbers;
}

void met_comparison_print(const struct met_comparison *c, double family_level, FILE *out)
{
	size_t failing = c->significant + c->missing, said = print_absences(c, out);
	size_t left = failing ? failing - said : NEAREST, rows = 0;
	if (!failing)
		fputs("Nearest to a difference:\n", out);
	for (size_t i = 0; i < c->n && rows < left && rows < ROWS; i++)
		if (c->row[i].absence < 0 && (c->row[i].fails || !isnan(c->row[i].p))) {
			print_row(&c->row[i], out);
			rows++;
		}
	if (left > ROWS)
		fprintf(out, "... and %zu more\n", left - ROWS);
	fprintf(out, "%zu numbers, %zu compared at a family-wise %g %% (Welch, Holm): %zu differ, "
	             "%zu missing on one side.\n",
	        c->n, c->compared, 100 * family_level, c->significant, c->missing);
	if (c->compared < c->n)
		fputs("Compared are means, ratios, p50, p90 and p95 with an interval on both sides; over\n"
		      "finished waits (source=finished) only where some never finished. One that became\n"
		      "infinite or undefined differs.\n", out);
}
