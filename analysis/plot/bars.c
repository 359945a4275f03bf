/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Horizontal bars of parts. */
#include "analysis/plot/charts.h"
#include "analysis/plot/frame.h"
#include "analysis/plot/style.h"
#include <math.h>
#include <stdio.h>

enum { BAR = 20, BAR_ROW = 28, HEADING_ROW = 27, BELOW_AREA = 52, MAX_PARTS = 16 };

static double whole(const struct plot_bars *chart, const struct plot_bar *bar)
{
	double sum = 0;
	for (size_t i = 0; i < chart->n_parts; i++)
		sum += fmax(bar->part[i], 0);
	return sum;
}

static double rows_height(const struct plot_bars *chart)
{
	double height = 0;
	for (size_t i = 0; i < chart->n_bars; i++)
		height += chart->bar[i].part ? BAR_ROW : HEADING_ROW;
	return height;
}

static double largest(const struct plot_bars *chart)
{
	double most = 0;
	for (size_t i = 0; i < chart->n_bars; i++)
		if (chart->bar[i].part)
			most = fmax(most, whole(chart, &chart->bar[i]));
	return most;
}

static void column_widths(struct plot_canvas *canvas, const struct plot_bars *chart, double *label,
                          double *note)
{
	*label = 0;
	*note = plot_text_width(canvas, &PLOT_NOTE, chart->note_label);
	for (size_t i = 0; i < chart->n_bars; i++) {
		if (!chart->bar[i].part)
			continue;
		*label = fmax(*label, plot_text_width(canvas, &PLOT_LABEL, chart->bar[i].label));
		*note = fmax(*note, plot_text_width(canvas, &PLOT_LABEL, chart->bar[i].note));
	}
}

/* Parts wide enough carry their share of the whole. */
static void draw_bar(struct plot_canvas *canvas, const struct plot_bars *chart,
                     const struct plot_scale *x, const struct plot_bar *bar, double y)
{
	const double sum = whole(chart, bar), unit = chart->shares ? (sum > 0 ? 100 / sum : 0) : 1;
	double done = 0;
	for (size_t i = 0; i < chart->n_parts; i++) {
		const double x0 = plot_scale_px(x, done * unit);
		done += fmax(bar->part[i], 0);
		const double x1 = plot_scale_px(x, done * unit);
		if (x1 - x0 < 0.3)
			continue;
		const struct plot_fill *fill = plot_fill(i);
		plot_filled_box(canvas, x0, y, x1, y + BAR, fill);
		char text[24];
		snprintf(text, sizeof text, "%.0f %%", 100 * bar->part[i] / sum);
		struct plot_letter letter = plot_anchored(&PLOT_NOTE, PLOT_CENTRE);
		letter.colour = fill->ink;
		const double width = plot_text_width(canvas, &letter, text), middle = (x0 + x1) / 2;
		if (width + 8 > x1 - x0)
			continue;
		if (fill->hatch) /* the hatching makes room */
			plot_box(canvas, middle - width / 2 - 3, y + 3, middle + width / 2 + 3, y + BAR - 3,
			         &(struct plot_pen){ .fill = fill->colour });
		plot_text(canvas, middle, y + BAR - 6, &letter, text);
	}
}

static void draw_rows(struct plot_canvas *canvas, const struct plot_bars *chart,
                      const struct plot_scale *x, const struct plot_area_box *area)
{
	const struct plot_letter right = plot_anchored(&PLOT_LABEL, PLOT_RIGHT);
	double y = area->y0;
	for (size_t i = 0; i < chart->n_bars; i++) {
		const struct plot_bar *bar = &chart->bar[i];
		if (!bar->part) {
			plot_frame_heading(canvas, y + 19, bar->label);
			y += HEADING_ROW;
			continue;
		}
		plot_text(canvas, area->x0 - 10, y + 18, &right, bar->label);
		draw_bar(canvas, chart, x, bar, y + (BAR_ROW - BAR) / 2.0);
		plot_text(canvas, area->x1 + 12, y + 18, &PLOT_LABEL, bar->note);
		y += BAR_ROW;
	}
}

struct plot_canvas *plot_bars(const struct plot_bars *chart)
{
	struct plot_canvas *canvas = plot_canvas_new(PLOT_WIDTH, 100, chart->title, chart->desc);
	if (!canvas)
		return NULL;
	struct plot_key key[MAX_PARTS];
	size_t n_keys = 0;
	for (; n_keys < chart->n_parts && n_keys < MAX_PARTS; n_keys++)
		key[n_keys] = (struct plot_key){ .name = chart->part_name[n_keys], .style = n_keys,
		                                 .fill = true };
	double label, note;
	column_widths(canvas, chart, &label, &note);
	const double top = plot_frame_legend(canvas, plot_frame_title(canvas, chart->title), key,
	                                     n_keys);
	const struct plot_area_box area = {
		.x0 = PLOT_MARGIN + label + 12, .x1 = canvas->width - PLOT_MARGIN - note - 14,
		.y0 = top + 24, .y1 = top + 24 + rows_height(chart) + 4
	};
	canvas->height = area.y1 + BELOW_AREA;
	struct plot_scale x;
	plot_scale_set(&x, false, 0, chart->shares ? 100 : largest(chart), !chart->shares, 6);
	x.px_lo = area.x0;
	x.px_hi = area.x1;
	plot_text(canvas, area.x1 + 12, area.y0 - 6, &PLOT_NOTE, chart->note_label);
	plot_frame_grid(canvas, &x, NULL, &area);
	draw_rows(canvas, chart, &x, &area);
	plot_frame_x(canvas, &x, &area, chart->x_label);
	return canvas;
}
