/* SPDX-License-Identifier: GPL-2.0-or-later */
/* RFC 4180, one metric to a row, a column for each key of a scope. */
#include "analysis/metric/json.h"
#include "results/csv.h"
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The shortest text that reads back as the same number. */
static void number(FILE *out, double x)
{
	char s[40];
	if (isnan(x))
		return;
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(s, sizeof s, "%.*g", digits, x);
		if (strtod(s, NULL) == x)
			break;
	}
	fputs(s, out);
}

#define HEAD(key) "," #key
#define FIELD(key)                                                                                 \
	fputc(',', out);                                                                              \
	res_csv_text(out, v->scope.key);

static void row(FILE *out, const struct met_value *v)
{
	res_csv_text(out, v->name);
	MET_SCOPES(FIELD)
	fprintf(out, ",%s,%s,", v->stat, v->unit);
	number(out, v->value);
	fputc(',', out);
	number(out, v->ci_low);
	fputc(',', out);
	number(out, v->ci_high);
	fputc(',', out);
	number(out, v->level);
	fprintf(out, ",%" PRIu64 ",%" PRIu64 "\n", v->n, v->failed);
}

enum sim_code met_csv_write(const struct met_values *values, FILE *out, struct sim_err *err)
{
	fputs("name" MET_SCOPES(HEAD) ",stat,unit,value,ci_low,ci_high,level,n,failed\n", out);
	for (size_t i = 0; i < values->n; i++)
		row(out, &values->value[i]);
	if (fflush(out) != 0 || ferror(out))
		return sim_fail(err, SIM_E_IO, "writing the summary failed: %s", strerror(errno));
	return SIM_OK;
}
