/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A forest plot: dots with whiskers against the value of chance. */
#include "analysis/plot/charts.h"
#include "analysis/plot/frame.h"
#include "analysis/plot/style.h"
#include <math.h>

enum { DOT_ROW = 24, HEADING_ROW = 28, BELOW_AREA = 52, CAP = 4 };

static double rows_height(const struct plot_forest *chart)
{
	double height = 0;
	for (size_t i = 0; i < chart->n_dots; i++)
		height += chart->dot[i].heading ? HEADING_ROW : DOT_ROW;
	return height;
}

static void column_widths(struct plot_canvas *canvas, const struct plot_forest *chart,
                          double *label, double *note)
{
	*label = 0;
	*note = plot_text_width(canvas, &PLOT_NOTE, chart->note_label);
	for (size_t i = 0; i < chart->n_dots; i++) {
		if (chart->dot[i].heading)
			continue;
		*label = fmax(*label, plot_text_width(canvas, &PLOT_LABEL, chart->dot[i].label));
		*note = fmax(*note, plot_text_width(canvas, &PLOT_LABEL, chart->dot[i].note));
	}
}

static void draw_dot(struct plot_canvas *canvas, const struct plot_scale *x,
                     const struct plot_dot *dot, double y)
{
	const struct plot_style *style = plot_style(dot->style);
	const struct plot_pen pen = { .stroke = style->colour, .width = 1.8 };
	if (isnan(dot->value))
		return;
	if (isfinite(dot->lo) && isfinite(dot->hi)) {
		const double lo = plot_scale_px(x, dot->lo), hi = plot_scale_px(x, dot->hi);
		plot_line(canvas, lo, y, hi, y, &pen);
		plot_line(canvas, lo, y - CAP, lo, y + CAP, &pen);
		plot_line(canvas, hi, y - CAP, hi, y + CAP, &pen);
	}
	plot_marker(canvas, plot_scale_px(x, dot->value), y, 10, style);
}

static void draw_rows(struct plot_canvas *canvas, const struct plot_forest *chart,
                      const struct plot_scale *x, const struct plot_area_box *area)
{
	const struct plot_letter right = plot_anchored(&PLOT_LABEL, PLOT_RIGHT);
	double y = area->y0;
	for (size_t i = 0; i < chart->n_dots; i++) {
		const struct plot_dot *dot = &chart->dot[i];
		if (dot->heading) {
			plot_frame_heading(canvas, y + 19, dot->label);
			y += HEADING_ROW;
			continue;
		}
		plot_text(canvas, area->x0 - 12, y + DOT_ROW / 2.0 + 4.5, &right, dot->label);
		draw_dot(canvas, x, dot, y + DOT_ROW / 2.0);
		plot_text(canvas, area->x1 + 14, y + DOT_ROW / 2.0 + 4.5, &PLOT_LABEL, dot->note);
		y += DOT_ROW;
	}
}

struct plot_canvas *plot_forest(const struct plot_forest *chart)
{
	struct plot_canvas *canvas = plot_canvas_new(PLOT_WIDTH, 100, chart->title, chart->desc);
	if (!canvas)
		return NULL;
	double label, note;
	column_widths(canvas, chart, &label, &note);
	const double top = plot_frame_title(canvas, chart->title) + 24;
	const struct plot_area_box area = {
		.x0 = PLOT_MARGIN + label + 14, .x1 = canvas->width - PLOT_MARGIN - note - 16,
		.y0 = top, .y1 = top + rows_height(chart) + 6
	};
	canvas->height = area.y1 + BELOW_AREA;
	struct plot_scale x;
	plot_scale_set(&x, false, chart->lo, chart->hi, true, 6);
	x.px_lo = area.x0;
	x.px_hi = area.x1;
	const double chance = plot_scale_px(&x, chart->chance);
	const struct plot_letter centre = plot_anchored(&PLOT_NOTE, PLOT_CENTRE);
	plot_frame_grid(canvas, &x, NULL, &area);
	plot_line(canvas, chance, area.y0, chance, area.y1,
	          &(struct plot_pen){ .stroke = PLOT_INK, .width = 1.4, .dash = PLOT_DASHED });
	plot_text(canvas, chance, area.y0 - 6, &centre, chart->chance_label);
	plot_text(canvas, area.x1 + 14, area.y0 - 6, &PLOT_NOTE, chart->note_label);
	draw_rows(canvas, chart, &x, &area);
	plot_frame_x(canvas, &x, &area, chart->x_label);
	return canvas;
}
