/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Colours of Okabe and Ito (Color Universal Design, 2008), each with its own line style and marker,
 * so that a series is known without its colour: in grey print and to the colour-blind.
 */
#ifndef ANALYSIS_PLOT_STYLE_H
#define ANALYSIS_PLOT_STYLE_H

#include "analysis/plot/canvas.h"

enum plot_marker { PLOT_M_DISC, PLOT_M_SQUARE, PLOT_M_TRIANGLE, PLOT_M_DIAMOND, PLOT_M_RING,
                   PLOT_M_BOX };

struct plot_style {
	const char *colour, *tint; /* tint: for bands behind the line */
	enum plot_dash dash;
	enum plot_marker marker;
};

struct plot_fill {
	const char *colour, *ink; /* ink: of a text upon it */
	int hatch;                /* 0 none, 1 rising, -1 falling lines */
};

extern const char PLOT_INK[], PLOT_INK_SOFT[], PLOT_GRID[], PLOT_AXIS[], PLOT_SHADE[], PLOT_WHITE[];
extern const struct plot_letter PLOT_TITLE, PLOT_LABEL, PLOT_TICK, PLOT_NOTE;

const struct plot_style *plot_style(size_t i); /* goes round */
const struct plot_fill *plot_fill(size_t i);   /* for the parts of a bar */

void plot_marker(struct plot_canvas *canvas, double x, double y, double size,
                 const struct plot_style *style);
void plot_filled_box(struct plot_canvas *canvas, double x0, double y0, double x1, double y1,
                     const struct plot_fill *fill);

/* A letter like `base` but with this anchor. */
struct plot_letter plot_anchored(const struct plot_letter *base, enum plot_anchor anchor);

#endif
