/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What charts have in common: title, legend, axes with grid. */
#ifndef ANALYSIS_PLOT_FRAME_H
#define ANALYSIS_PLOT_FRAME_H

#include "analysis/plot/canvas.h"
#include "analysis/plot/scale.h"

enum { PLOT_MARGIN = 14, PLOT_ROW = 19 };

/* The plotted area in pixels. */
struct plot_area_box {
	double x0, y0, x1, y1;
};

struct plot_key {
	const char *name;
	size_t style;
	bool fill, line, marker; /* a box of plot_fill, or a line and/or a marker of plot_style */
};

/* Return the y below what they drew. */
double plot_frame_title(struct plot_canvas *canvas, const char *title);
double plot_frame_legend(struct plot_canvas *canvas, double y, const struct plot_key *key,
                         size_t n);
/* Names a group of rows, upon what may be drawn there. */
void plot_frame_heading(struct plot_canvas *canvas, double y, const char *text);

double plot_widest_tick(struct plot_canvas *canvas, const struct plot_scale *scale);
/* Grid lines, then ticks, texts and label below or left of the area. */
void plot_frame_grid(struct plot_canvas *canvas, const struct plot_scale *x,
                     const struct plot_scale *y,
                     const struct plot_area_box *area);
void plot_frame_x(struct plot_canvas *canvas, const struct plot_scale *x,
                  const struct plot_area_box *area, const char *label);
void plot_frame_y(struct plot_canvas *canvas, const struct plot_scale *y,
                  const struct plot_area_box *area, const char *label);

#endif
