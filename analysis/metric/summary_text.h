/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of a summary share: what is summarised, and columns of text. */
#ifndef ANALYSIS_METRIC_SUMMARY_TEXT_H
#define ANALYSIS_METRIC_SUMMARY_TEXT_H

#include "analysis/metric/value.h"
#include "results/reader.h"
#include <stdbool.h>
#include <stdio.h>

enum { SUM_CELL_WIDTH = 25, SUM_PARTS = 6 };

struct summary {
	struct res_file *file;
	const struct res_run *run;
	const struct met_values *values;
	FILE *out;
	bool bold;
	enum rec_level recorded; /* the least of all variants */
	int pad; /* spaces to write before more text comes: no line ends in them */
};

/* Where time goes, as metrics name it. */
extern const char *const sum_part[SUM_PARTS];

/* Equal texts, or both none. */
bool sum_same(const char *a, const char *b);
/* The variant that others are compared with: the first that people see. */
uint16_t sum_base_variant(const struct res_run *run);

void sum_heading(struct summary *s, const char *title, const char *explanation);
void sum_row_name(struct summary *s, const char *name);
/* Left-aligned in a column; counts characters, not octets. */
void sum_put(struct summary *s, const char *text, int width);
/* A value with its interval, "-" when there is none, or "not recorded"; in a column of SUM_CELL_WIDTH. */
void sum_cell(struct summary *s, const struct met_value *v, int width);
void sum_value(struct summary *s, const struct met_value *v);
void sum_line_end(struct summary *s);

/* ---- summary_ways.c: waits by method of authentication, access and serving network ---- */

void sum_ways(struct summary *s);

/* ---- summary_queue.c: stations alone ---- */

void sum_stations(struct summary *s);

/* ---- summary_populations.c: how many registrations come through, with how many attempts ---- */

void sum_populations(struct summary *s);

#endif
