/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Everything that is said to GNU libplot. */
#ifndef ANALYSIS_PLOT_PEN_H
#define ANALYSIS_PLOT_PEN_H

#include "analysis/plot/canvas.h"
#include <stdio.h>

/* A plotter "svg" or "pnm" onto stream, open, with a white page; a pixel becomes `magnify` of it.
 * NULL when libplot refuses. */
void *plot_pen_open(const char *kind, FILE *stream, double width, double height, double magnify);
void plot_pen_close(void *plotter);
/* `outlines`: letters are drawn as shapes (for bitmaps) instead of being written (for SVG). */
void plot_pen_draw(void *plotter, const struct plot_canvas *canvas, const struct plot_item *item,
                   bool outlines);
double plot_pen_text_width(void *plotter, const struct plot_letter *letter, const char *latin1);

#endif
