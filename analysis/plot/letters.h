/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Letters as shapes. libplot's bitmaps know stroke fonts alone; the outlines of Nimbus Sans
 * (fonts-urw-base35, the same widths as Helvetica) make them look like the SVG.
 */
#ifndef ANALYSIS_PLOT_LETTERS_H
#define ANALYSIS_PLOT_LETTERS_H

#include "analysis/plot/canvas.h"

/* False, with nothing drawn, when the font is not installed. */
bool plot_letters_draw(void *plotter, const struct plot_canvas *canvas,
                       const struct plot_item *item);

#endif
