/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of tests/stat/closed_forms.csv, and intervals for the means of independent replications. */
#ifndef TESTS_STAT_SIM_CLOSED_FORMS_H
#define TESTS_STAT_SIM_CLOSED_FORMS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CLOSED_FORMS_FILE "tests/stat/closed_forms.csv" /* tests run in the project's root */
enum { N_REPLICATIONS = 20, FIELDS = 6, LINE_SIZE = 1024 };

/* Splits a line of CSV in place. */
static inline void split_csv(char *line, char *field[FIELDS])
{
	for (int i = 0; i < FIELDS; i++) {
		int quoted = *line == '"';
		field[i] = line += quoted;
		line += quoted ? strcspn(line, "\"") : strcspn(line, ",\r\n");
		if (quoted && *line)
			*line++ = '\0';
		if (*line)
			*line++ = '\0';
	}
}

/* The value of the row with this id whose parameters contain the text. */
static inline double closed_form(const char *id, const char *parameters)
{
	char line[LINE_SIZE], *field[FIELDS];
	FILE *file = fopen(CLOSED_FORMS_FILE, "r");
	double value = NAN;

	if (!file)
		fail_msg("%s cannot be read: tests run in the project's root", CLOSED_FORMS_FILE);
	while (fgets(line, sizeof line, file)) {
		split_csv(line, field);
		if (line[0] != '#' && !strcmp(field[0], id) && strstr(field[3], parameters))
			value = strtod(field[4], NULL);
	}
	fclose(file);
	if (isnan(value))
		fail_msg("%s has no row %s with %s", CLOSED_FORMS_FILE, id, parameters);
	return value;
}

/*
 * Whether the exact value lies in the Student interval of the replications' means. All
 * comparisons of the program hold at once with probability 0.99 (Bonferroni). An interval wider
 * than `width` of the exact value would prove nothing, and fails as well.
 */
static inline int agrees(const char *id, const char *parameters, double exact,
                         const double mean[N_REPLICATIONS], int n_comparisons, double width)
{
	double centre = gsl_stats_mean(mean, 1, N_REPLICATIONS);
	double error = gsl_stats_sd_m(mean, 1, N_REPLICATIONS, centre) / sqrt(N_REPLICATIONS);
	double half = error * gsl_cdf_tdist_Qinv(0.01 / (2.0 * n_comparisons), N_REPLICATIONS - 1);
	int inside = fabs(centre - exact) <= half && half <= width * exact;

	printf("%-19s %-41s exact %-12.6g mean %-12.6g interval %.6g … %.6g%s\n", id, parameters,
	       exact, centre, centre - half, centre + half, inside ? "" : "  DISAGREES");
	return inside;
}

#endif
