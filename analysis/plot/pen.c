/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libplot counts y upwards, a canvas downwards: `up` turns it. plot.h wants stdio.h before it. */
#include "analysis/plot/pen.h"
#include "analysis/plot/letters.h"
#include <plot.h>

/*
 * libplot 2.6 forgets some 300 octets of its parameters with every plotter that it deletes. The
 * leak checker asks for exceptions by this name; nobody else calls it.
 */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libplot.so";
}

/* A page of so many inches: libplot's page is only a shape here, the SVG gets its own head. */
static plPlotterParams *params_of(double width, double height, double magnify)
{
	plPlotterParams *params = pl_newplparams();
	if (!params)
		return NULL;
	char page[120], bitmap[40];
	snprintf(page, sizeof page, "a,xsize=%.3fin,ysize=%.3fin,xorigin=0in,yorigin=0in",
	         width / 100, height / 100);
	snprintf(bitmap, sizeof bitmap, "%.0fx%.0f", width * magnify, height * magnify);
	pl_setplparam(params, "PAGESIZE", page);
	pl_setplparam(params, "BITMAPSIZE", bitmap);
	pl_setplparam(params, "MAX_LINE_LENGTH",
	              (void *)"1000000"); /* else curves are cut at 500 points */
	return params;
}

void *plot_pen_open(const char *kind, FILE *stream, double width, double height, double magnify)
{
	plPlotterParams *params = params_of(width, height, magnify);
	if (!params)
		return NULL;
	plPlotter *plotter = pl_newpl_r(kind, NULL, stream, stderr, params);
	pl_deleteplparams(params);
	if (!plotter)
		return NULL;
	if (pl_openpl_r(plotter) < 0) {
		pl_deletepl_r(plotter);
		return NULL;
	}
	pl_fspace_r(plotter, 0, 0, width, height);
	pl_bgcolorname_r(plotter, "white");
	pl_erase_r(plotter);
	pl_joinmod_r(plotter, "round");
	return plotter;
}

void plot_pen_close(void *plotter)
{
	pl_closepl_r(plotter);
	pl_deletepl_r(plotter);
}

static void set_font(plPlotter *plotter, const struct plot_letter *letter)
{
	pl_fontname_r(plotter, letter->font == PLOT_BOLD ? "Helvetica-Bold" : "Helvetica");
	pl_ffontsize_r(plotter, letter->size);
}

double plot_pen_text_width(void *plotter, const struct plot_letter *letter, const char *latin1)
{
	set_font(plotter, letter);
	return pl_flabelwidth_r(plotter, latin1);
}

static void set_dash(plPlotter *plotter, const struct plot_pen *pen)
{
	static const struct {
		int n;
		double length[4]; /* in line widths, so that a thick line looks like a thin one */
	} DASH[PLOT_N_DASHES] = {
		[PLOT_SOLID] = { 0, { 0 } },
		[PLOT_DASHED] = { 2, { 4, 2.5 } },
		[PLOT_DOTTED] = { 2, { 1.2, 1.8 } },
		[PLOT_DASHDOT] = { 4, { 5, 2, 1.2, 2 } },
		[PLOT_LONGDASH] = { 2, { 8, 2.5 } },
	};
	double length[4];
	for (int i = 0; i < 4; i++)
		length[i] = DASH[pen->dash].length[i] * pen->width;
	pl_flinedash_r(plotter, DASH[pen->dash].n, length, 0);
}

static void set_pen(plPlotter *plotter, const struct plot_pen *pen)
{
	pl_pentype_r(plotter, pen->stroke ? 1 : 0);
	pl_filltype_r(plotter, pen->fill ? 1 : 0);
	if (pen->fill)
		pl_fillcolorname_r(plotter, pen->fill);
	if (!pen->stroke)
		return;
	pl_pencolorname_r(plotter, pen->stroke);
	pl_flinewidth_r(plotter, pen->width);
	set_dash(plotter, pen);
}

static void draw_text(plPlotter *plotter, double up, const struct plot_item *item)
{
	set_font(plotter, &item->letter);
	pl_pentype_r(plotter, 1);
	pl_pencolorname_r(plotter, item->letter.colour);
	pl_ftextangle_r(plotter, item->letter.upright ? 90 : 0);
	pl_fmove_r(plotter, item->point[0].x, up - item->point[0].y);
	pl_alabel_r(plotter, item->letter.anchor, 'x', item->text);
}

static void draw_path(plPlotter *plotter, double up, const struct plot_item *item)
{
	pl_fmove_r(plotter, item->point[0].x, up - item->point[0].y);
	for (size_t i = 1; i < item->n; i++)
		pl_fcont_r(plotter, item->point[i].x, up - item->point[i].y);
	if (item->shape == PLOT_AREA)
		pl_fcont_r(plotter, item->point[0].x, up - item->point[0].y);
	pl_endpath_r(plotter);
}

void plot_pen_draw(void *plotter, const struct plot_canvas *canvas, const struct plot_item *item,
                   bool outlines)
{
	const double up = canvas->height;
	if (item->shape == PLOT_TEXT) {
		if (!outlines || !plot_letters_draw(plotter, canvas, item))
			draw_text(plotter, up, item);
		return;
	}
	set_pen(plotter, &item->pen);
	if (item->shape == PLOT_DISC)
		pl_fcircle_r(plotter, item->point[0].x, up - item->point[0].y, item->radius);
	else
		draw_path(plotter, up, item);
}
