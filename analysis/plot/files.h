/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A canvas as octets: the same canvas always gives the same ones. */
#ifndef ANALYSIS_PLOT_FILES_H
#define ANALYSIS_PLOT_FILES_H

#include "analysis/plot/canvas.h"
#include "sim/core/status.h"
#include <stdio.h>

/* A stand-alone SVG in UTF-8; `inline_html` leaves out the XML declaration and fits a page's width.
 * *svg is to be freed by the caller. */
enum sim_code plot_svg_text(const struct plot_canvas *canvas, bool inline_html, char **svg,
                            struct sim_err *err);
enum sim_code plot_svg_save(const struct plot_canvas *canvas, const char *path,
                            struct sim_err *err);

/* PLOT_PNG_DENSITY pixels for each of the canvas, rendered up to PLOT_PNG_OVERSAMPLE times larger and
 * averaged down. */
enum { PLOT_PNG_DENSITY = 2, PLOT_PNG_OVERSAMPLE = 4 };
enum sim_code plot_png_save(const struct plot_canvas *canvas, const char *path,
                            struct sim_err *err);

#endif
