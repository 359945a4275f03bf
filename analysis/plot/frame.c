/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/plot/frame.h"
#include "analysis/plot/style.h"
#include <math.h>
#include <string.h>

enum { SAMPLE = 30, FILL_SAMPLE = 18, SAMPLE_GAP = 7, KEY_GAP = 22, TICK_LENGTH = 5 };

double plot_frame_title(struct plot_canvas *canvas, const char *title)
{
	plot_text(canvas, PLOT_MARGIN, PLOT_MARGIN + 12, &PLOT_TITLE, title);
	return PLOT_MARGIN + 22;
}

static double sample_width(const struct plot_key *key)
{
	return key->fill ? FILL_SAMPLE : SAMPLE;
}

/* Keys stand in aligned columns as wide as the widest. */
static double column_width(struct plot_canvas *canvas, const struct plot_key *key, size_t n)
{
	double widest = 0;
	for (size_t i = 0; i < n; i++)
		widest = fmax(widest, plot_text_width(canvas, &PLOT_LABEL, key[i].name));
	return widest + sample_width(key) + SAMPLE_GAP + KEY_GAP;
}

static size_t columns(struct plot_canvas *canvas, const struct plot_key *key, size_t n)
{
	const double room = canvas->width - 2 * PLOT_MARGIN + KEY_GAP;
	const double fit = floor(room / column_width(canvas, key, n));
	return fit < 1 ? 1 : fit > (double)n ? n : (size_t)fit;
}

static void draw_key(struct plot_canvas *canvas, double x, double y, const struct plot_key *key)
{
	const struct plot_style *style = plot_style(key->style);
	const struct plot_pen pen = { .stroke = style->colour, .width = 2, .dash = style->dash };
	const double middle = y - 4.5;
	if (key->fill)
		plot_filled_box(canvas, x, middle - 6, x + FILL_SAMPLE, middle + 6, plot_fill(key->style));
	if (key->line)
		plot_line(canvas, x, middle, x + SAMPLE, middle, &pen);
	if (key->marker)
		plot_marker(canvas, x + SAMPLE / 2.0, middle, 8, style);
	plot_text(canvas, x + sample_width(key) + SAMPLE_GAP, y, &PLOT_LABEL, key->name);
}

double plot_frame_legend(struct plot_canvas *canvas, double y, const struct plot_key *key, size_t n)
{
	if (n == 0)
		return y;
	const size_t per_row = columns(canvas, key, n);
	const double width = column_width(canvas, key, n);
	for (size_t i = 0; i < n; i++)
		draw_key(canvas, PLOT_MARGIN + width * (double)(i % per_row),
		         y + PLOT_ROW * (double)(i / per_row) + 13, &key[i]);
	return y + PLOT_ROW * (double)((n + per_row - 1) / per_row) + 4;
}

void plot_frame_heading(struct plot_canvas *canvas, double y, const char *text)
{
	struct plot_letter bold = PLOT_LABEL;
	bold.font = PLOT_BOLD;
	const double width = plot_text_width(canvas, &bold, text);
	plot_box(canvas, PLOT_MARGIN, y - 12, PLOT_MARGIN + width + 4, y + 4,
	         &(struct plot_pen){ .fill = PLOT_WHITE });
	plot_text(canvas, PLOT_MARGIN, y, &bold, text);
}

double plot_widest_tick(struct plot_canvas *canvas, const struct plot_scale *scale)
{
	double widest = 0;
	for (size_t i = 0; i < scale->n_ticks; i++)
		widest = fmax(widest, plot_text_width(canvas, &PLOT_TICK, scale->tick[i].text));
	return widest;
}

void plot_frame_grid(struct plot_canvas *canvas, const struct plot_scale *x,
                     const struct plot_scale *y,
                     const struct plot_area_box *area)
{
	const struct plot_pen pen = { .stroke = PLOT_GRID, .width = 1 };
	for (size_t i = 0; x && i < x->n_ticks; i++) {
		const double px = plot_scale_px(x, x->tick[i].value);
		if (x->tick[i].major)
			plot_line(canvas, px, area->y0, px, area->y1, &pen);
	}
	for (size_t i = 0; y && i < y->n_ticks; i++) {
		const double py = plot_scale_px(y, y->tick[i].value);
		if (y->tick[i].major)
			plot_line(canvas, area->x0, py, area->x1, py, &pen);
	}
}

/* A text that would touch its left neighbour or leave the canvas is left out; its tick stays. */
static void x_texts(struct plot_canvas *canvas, const struct plot_scale *x, double y)
{
	const struct plot_letter letter = plot_anchored(&PLOT_TICK, PLOT_CENTRE);
	double free_from = 0;
	for (size_t i = 0; i < x->n_ticks; i++) {
		const double half = plot_text_width(canvas, &letter, x->tick[i].text) / 2;
		const double px = plot_scale_px(x, x->tick[i].value);
		if (!x->tick[i].major || px - half < free_from || px + half > canvas->width)
			continue;
		plot_text(canvas, px, y, &letter, x->tick[i].text);
		free_from = px + half + 6;
	}
}

void plot_frame_x(struct plot_canvas *canvas, const struct plot_scale *x,
                  const struct plot_area_box *area, const char *label)
{
	const struct plot_pen pen = { .stroke = PLOT_AXIS, .width = 1 };
	const struct plot_letter letter = plot_anchored(&PLOT_LABEL, PLOT_CENTRE);
	plot_line(canvas, area->x0, area->y1, area->x1, area->y1, &pen);
	for (size_t i = 0; i < x->n_ticks; i++) {
		const double px = plot_scale_px(x, x->tick[i].value);
		const double length = x->tick[i].major ? TICK_LENGTH : TICK_LENGTH / 2.0;
		plot_line(canvas, px, area->y1, px, area->y1 + length, &pen);
	}
	x_texts(canvas, x, area->y1 + 18);
	plot_text(canvas, (area->x0 + area->x1) / 2, area->y1 + 38, &letter, label);
}

void plot_frame_y(struct plot_canvas *canvas, const struct plot_scale *y,
                  const struct plot_area_box *area, const char *label)
{
	const struct plot_pen pen = { .stroke = PLOT_AXIS, .width = 1 };
	const struct plot_letter right = plot_anchored(&PLOT_TICK, PLOT_RIGHT);
	struct plot_letter upright = plot_anchored(&PLOT_LABEL, PLOT_CENTRE);
	upright.upright = true;
	plot_line(canvas, area->x0, area->y0, area->x0, area->y1, &pen);
	for (size_t i = 0; i < y->n_ticks; i++) {
		const double py = plot_scale_px(y, y->tick[i].value);
		const double length = y->tick[i].major ? TICK_LENGTH : TICK_LENGTH / 2.0;
		plot_line(canvas, area->x0 - length, py, area->x0, py, &pen);
		plot_text(canvas, area->x0 - 8, py + 4, &right, y->tick[i].text);
	}
	plot_text(canvas, PLOT_MARGIN + 11, (area->y0 + area->y1) / 2, &upright, label);
}
