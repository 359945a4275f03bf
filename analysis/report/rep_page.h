/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The page under construction. The first failure is kept in `code` and `err`; what follows it does
 * nothing, so that sections read straight.
 */
#ifndef ANALYSIS_REPORT_REP_PAGE_H
#define ANALYSIS_REPORT_REP_PAGE_H

#include "analysis/plot/canvas.h"
#include "sim/core/status.h"
#include <stdio.h>

struct rep_page {
	FILE *out;
	const char *dir;
	char prefix[16]; /* of the chart files of this section: "" or "2-" */
	enum sim_code code;
	struct sim_err *err;
};

void rep_page_head(struct rep_page *page, const char *title);
void rep_page_foot(struct rep_page *page);

/* Text with &, <, >, " and ' escaped; control characters but tab and line feed become spaces. */
void rep_put(FILE *out, const char *text);
void rep_put_n(FILE *out, const char *text, size_t length);

/* "<tag>text</tag>" and "<tag class=…>" with the text escaped. */
void rep_put_in(FILE *out, const char *tag, const char *text);

/*
 * A chart inline with a caption, and as DIR/charts/<prefix><name>.svg and .png. Takes the canvas;
 * a NULL canvas is "out of memory".
 */
void rep_figure(struct rep_page *page, struct plot_canvas *canvas, const char *name,
                const char *caption);

void rep_no_memory(struct rep_page *page);

#endif
