/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One result file as the sections of the report see it: its run, its metrics, the variants to
 * show.
 */
#ifndef ANALYSIS_REPORT_REP_VIEW_H
#define ANALYSIS_REPORT_REP_VIEW_H

#include "analysis/metric/compute.h"
#include "analysis/report/rep_format.h"
#include "analysis/report/rep_page.h"
#include "results/reader.h"

struct rep_view {
	struct res_file *file;
	const struct res_run *run;
	struct met_values values;
	uint16_t base;      /* the first variant that is shown */
	enum rec_level recorded; /* the least of all variants */
};

/* Computes the metrics. To be closed also after a failure. */
enum sim_code rep_view_open(struct rep_view *view, struct res_file *file, struct sim_err *err);
void rep_view_close(struct rep_view *view);

/*
 * NULL fields match anything, but for attack and source: there NULL matches rows that are not split
 * by it (the whole run, all demands).
 */
struct rep_query {
	const char *name, *stat, *variant, *class, *adversary, *attack, *source;
};
const struct met_value *rep_find(const struct rep_view *view, const struct rep_query *query);

/* "12.3 ms [11.9, 12.7]" of what is found; "undefined" when nothing is. */
void rep_find_text(const struct rep_view *view, const struct rep_query *query, char out[REP_TEXT]);

/*
 * A table cell: the value, its interval below it, and its n when asked for; empty for NULL.
 */
void rep_put_cell(FILE *out, const struct met_value *value, bool with_n);

/* Whether the run recorded what a section needs; else it says that it did not, in a paragraph. */
bool rep_is_recorded(struct rep_page *page, const struct rep_view *view, enum rec_level needed);

/* How intervals are to be read, where values stand that have them. */
void rep_put_intervals(struct rep_page *page, const struct rep_view *view);

/* The first attack or fault of a variant for which there are figures of their own; NULL: none. */
const char *rep_first_attack(const struct rep_view *view, uint16_t variant);

/* Names of those that watched, in the order of the result. Returns how many. */
enum { REP_MAX_ADVERSARIES = 32 };
size_t rep_adversaries(const struct rep_view *view, const char *name[REP_MAX_ADVERSARIES]);

/* Sections: each writes its heading, text and figures. */
void rep_section_headline(struct rep_page *page, const struct rep_view *view);
void rep_section_latency(struct rep_page *page, const struct rep_view *view);
void rep_section_availability(struct rep_page *page, const struct rep_view *view);
bool rep_has_goodput(const struct rep_view *view); /* the next has something to show */
void rep_section_goodput(struct rep_page *page, const struct rep_view *view);
void rep_section_stations(struct rep_page *page, const struct rep_view *view);
void rep_section_queue(struct rep_page *page, const struct rep_view *view);
void rep_section_link(struct rep_page *page, const struct rep_view *view);
void rep_section_ladder(struct rep_page *page, const struct rep_view *view);
void rep_section_metrics(struct rep_page *page, const struct rep_view *view);
void rep_section_parameters(struct rep_page *page, const struct rep_view *view);
void rep_section_provenance(struct rep_page *page, const struct rep_view *view);
void rep_section_comparison(struct rep_page *page, const struct rep_view *view, size_t n);

#endif
