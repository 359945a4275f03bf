/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines, steps and dots over two axes. */
#include "analysis/plot/charts.h"
#include "analysis/plot/frame.h"
#include "analysis/plot/style.h"
#include <math.h>
#include <stdlib.h>

enum { HEIGHT = 380, BELOW_AREA = 52, MAX_KEYS = 32, WINDOW_ROW = 15, NOTE_ROW = 14 };

struct drawing {
	struct plot_canvas *canvas;
	const struct plot_xy *chart;
	struct plot_scale x, y;
	struct plot_area_box area;
};

static void widen(double range[2], const double *value, size_t n, bool log)
{
	for (size_t i = 0; value && i < n; i++)
		if (isfinite(value[i]) && (!log || value[i] > 0)) {
			range[0] = fmin(range[0], value[i]);
			range[1] = fmax(range[1], value[i]);
		}
}

static void set_scale(struct plot_scale *scale, const struct plot_axis *axis, const double range[2],
                      size_t want)
{
	const bool given = axis->lo != 0 || axis->hi != 0;
	plot_scale_set(scale, axis->log, given ? axis->lo : range[0], given ? axis->hi : range[1],
	               !given,
	               want);
}

static void set_scales(struct drawing *d)
{
	double x[2] = { INFINITY, -INFINITY }, y[2] = { INFINITY, -INFINITY };
	for (size_t s = 0; s < d->chart->n_series; s++) {
		const struct plot_series *series = &d->chart->series[s];
		widen(x, series->x, series->n, d->chart->x.log);
		widen(y, series->y, series->n, d->chart->y.log);
		widen(y, series->lo, series->n, d->chart->y.log);
		widen(y, series->hi, series->n, d->chart->y.log);
	}
	if (d->chart->x.clock)
		plot_scale_set_clock(&d->x, d->chart->x.lo, d->chart->x.hi, 7);
	else
		set_scale(&d->x, &d->chart->x, x, 8);
	set_scale(&d->y, &d->chart->y, y, 6);
}

static double draw_legend(struct drawing *d, double y)
{
	struct plot_key key[MAX_KEYS];
	size_t n = 0;
	for (size_t s = 0; s < d->chart->n_series && n < MAX_KEYS; s++) {
		const struct plot_series *series = &d->chart->series[s];
		if (*series->name)
			key[n++] = (struct plot_key){ .name = series->name, .style = series->style,
			                              .line = series->kind != PLOT_DOTS,
			                              .marker = series->marked || series->kind == PLOT_DOTS };
	}
	return plot_frame_legend(d->canvas, y, key, n);
}

/* The middle of a window's label, kept within the area. */
static double label_middle(const struct drawing *d, const struct plot_window *w, double half)
{
	const double middle = (plot_scale_px(&d->x, w->x0) + plot_scale_px(&d->x, w->x1)) / 2;
	return fmin(fmax(middle, d->area.x0 + half), d->area.x1 - half);
}

/*
 * Labels that would touch stand in rows above one another. Returns how many rows; `row` is where
 * the label of each of the first MAX_KEYS windows stands, 0 the lowest.
 */
static size_t window_rows(const struct drawing *d, size_t row[MAX_KEYS])
{
	double taken[MAX_KEYS]; /* up to which x, by row */
	size_t n_rows = 0;
	for (size_t i = 0; i < d->chart->n_windows && i < MAX_KEYS; i++) {
		const struct plot_window *w = &d->chart->window[i];
		const double half = plot_text_width(d->canvas, &PLOT_NOTE, w->label) / 2;
		const double left = label_middle(d, w, half) - half;
		size_t k = 0;
		while (k < n_rows && taken[k] > left - 8)
			k++;
		taken[k] = left + 2 * half;
		row[i] = k;
		n_rows = k + 1 > n_rows ? k + 1 : n_rows;
	}
	return n_rows;
}

static void draw_windows(struct drawing *d, const size_t row[MAX_KEYS])
{
	const struct plot_letter letter = plot_anchored(&PLOT_NOTE, PLOT_CENTRE);
	const struct plot_pen edge = { .stroke = "#999999", .width = 1, .dash = PLOT_DOTTED };
	for (size_t i = 0; i < d->chart->n_windows && i < MAX_KEYS; i++) {
		const struct plot_window *w = &d->chart->window[i];
		const double x0 = plot_scale_px(&d->x, w->x0), x1 = plot_scale_px(&d->x, w->x1);
		if (x1 - x0 < 0.5)
			continue;
		plot_box(d->canvas, x0, d->area.y0, x1, d->area.y1,
		         &(struct plot_pen){ .fill = PLOT_SHADE });
		plot_line(d->canvas, x0, d->area.y0, x0, d->area.y1, &edge);
		plot_line(d->canvas, x1, d->area.y0, x1, d->area.y1, &edge);
		const double half = plot_text_width(d->canvas, &letter, w->label) / 2;
		plot_text(d->canvas, label_middle(d, w, half),
		          d->area.y0 - 6 - WINDOW_ROW * (double)row[i], &letter, w->label);
	}
}

static struct plot_point at(const struct drawing *d, double x, double y)
{
	return (struct plot_point){ plot_scale_px(&d->x, x), plot_scale_px(&d->y, y) };
}

/* A polyline under construction: points nearer than a third of a pixel to the last are the last. */
struct path {
	struct plot_point *point;
	size_t n;
};

static void append(struct path *path, struct plot_point p)
{
	if (path->n > 0) {
		const struct plot_point last = path->point[path->n - 1];
		if (fabs(last.x - p.x) < 0.3 && fabs(last.y - p.y) < 0.3)
			return;
	}
	path->point[path->n++] = p;
}

/* How far a held value reaches. */
static double held_until(const struct plot_series *series, size_t i)
{
	if (i + 1 < series->n)
		return series->x[i + 1];
	return series->n > 1 ? 2 * series->x[i] - series->x[i - 1] : series->x[i];
}

static struct plot_pen line_pen(const struct plot_series *series)
{
	const struct plot_style *style = plot_style(series->style);
	/* A solid line under a broken one that coincides with it is seen in its gaps and at its rims. */
	const double width = style->dash == PLOT_SOLID && series->kind != PLOT_LINES ? 3.2 : 2;
	return (struct plot_pen){ .stroke = style->colour, .width = width, .dash = style->dash };
}

/*
 * Steps rise from the axis at the first point and hold their value up to the next, the last one up
 * to the edge.
 */
static void draw_line(struct drawing *d, const struct plot_series *series, struct path *path)
{
	const struct plot_pen pen = line_pen(series);
	path->n = 0;
	for (size_t i = 0; i < series->n; i++) {
		if (!isfinite(series->x[i]) || !isfinite(series->y[i])) {
			plot_polyline(d->canvas, path->point, path->n, &pen);
			path->n = 0;
			continue;
		}
		const struct plot_point p = at(d, series->x[i], series->y[i]);
		if (series->kind == PLOT_STEPS)
			append(path, (struct plot_point){
				p.x, path->n > 0 ? path->point[path->n - 1].y : d->area.y1 });
		append(path, p);
		if (series->kind == PLOT_HOLDS)
			append(path, at(d, held_until(series, i), series->y[i]));
	}
	if (series->kind == PLOT_STEPS && path->n > 0)
		append(path, (struct plot_point){ d->area.x1, path->point[path->n - 1].y });
	plot_polyline(d->canvas, path->point, path->n, &pen);
}

static bool has_band(const struct plot_series *series, size_t i)
{
	return isfinite(series->hi[i]) && isfinite(series->lo[i]);
}

/* There along the upper bounds, back along the lower ones; a held value's as long as it holds. */
static void draw_band(struct drawing *d, const struct plot_series *series, struct path *path)
{
	const struct plot_pen pen = { .fill = plot_style(series->style)->tint };
	const bool holds = series->kind == PLOT_HOLDS;
	path->n = 0;
	for (size_t i = 0; i < series->n; i++)
		if (has_band(series, i)) {
			path->point[path->n++] = at(d, series->x[i], series->hi[i]);
			if (holds)
				path->point[path->n++] = at(d, held_until(series, i), series->hi[i]);
		}
	for (size_t i = series->n; i-- > 0;)
		if (has_band(series, i)) {
			if (holds)
				path->point[path->n++] = at(d, held_until(series, i), series->lo[i]);
			path->point[path->n++] = at(d, series->x[i], series->lo[i]);
		}
	plot_area(d->canvas, path->point, path->n, &pen);
}

static void draw_whiskers(struct drawing *d, const struct plot_series *series)
{
	const struct plot_pen pen = { .stroke = plot_style(series->style)->colour, .width = 1.5 };
	for (size_t i = 0; i < series->n; i++) {
		if (!isfinite(series->lo[i]) || !isfinite(series->hi[i]))
			continue;
		const struct plot_point lo = at(d, series->x[i], series->lo[i]);
		const struct plot_point hi = at(d, series->x[i], series->hi[i]);
		plot_line(d->canvas, lo.x, lo.y, hi.x, hi.y, &pen);
		plot_line(d->canvas, lo.x - 4, lo.y, lo.x + 4, lo.y, &pen);
		plot_line(d->canvas, hi.x - 4, hi.y, hi.x + 4, hi.y, &pen);
	}
}

static void draw_markers(struct drawing *d, const struct plot_series *series)
{
	for (size_t i = 0; i < series->n; i++)
		if (isfinite(series->x[i]) && isfinite(series->y[i])) {
			const struct plot_point p = at(d, series->x[i], series->y[i]);
			plot_marker(d->canvas, p.x, p.y, 8, plot_style(series->style));
		}
}

static void draw_series(struct drawing *d)
{
	size_t most = 0;
	for (size_t s = 0; s < d->chart->n_series; s++)
		most = d->chart->series[s].n > most ? d->chart->series[s].n : most;
	struct path path = { malloc((4 * most + 2) * sizeof *path.point), 0 };
	if (!path.point) {
		d->canvas->failed = true;
		return;
	}
	for (size_t s = 0; s < d->chart->n_series; s++)
		if (d->chart->series[s].lo && d->chart->series[s].kind != PLOT_DOTS)
			draw_band(d, &d->chart->series[s], &path);
	plot_frame_grid(d->canvas, &d->x, &d->y, &d->area);
	for (size_t s = 0; s < d->chart->n_series; s++) {
		const struct plot_series *series = &d->chart->series[s];
		if (series->kind != PLOT_DOTS)
			draw_line(d, series, &path);
		else if (series->lo)
			draw_whiskers(d, series);
		if (series->kind == PLOT_DOTS || series->marked)
			draw_markers(d, series);
	}
	free(path.point);
}

/* Room for the notes at the right edge. */
static double notes_width(const struct drawing *d)
{
	double widest = 0;
	for (size_t s = 0; s < d->chart->n_series; s++)
		if (d->chart->series[s].end_note)
			widest = fmax(widest, plot_text_width(d->canvas, &PLOT_NOTE,
			                                      d->chart->series[s].end_note));
	return widest > 0 ? widest + 8 : 0;
}

/* Each beside the end of its line, from the top down, and below the one above it. */
static void draw_notes(struct drawing *d)
{
	bool done[MAX_KEYS] = { false };
	double free_from = d->area.y0 - 4;
	for (size_t round = 0; round < d->chart->n_series; round++) {
		const struct plot_series *top = NULL;
		size_t which = 0;
		for (size_t s = 0; s < d->chart->n_series && s < MAX_KEYS; s++) {
			const struct plot_series *series = &d->chart->series[s];
			if (!done[s] && series->end_note && series->n > 0 &&
			    (!top || series->y[series->n - 1] > top->y[top->n - 1])) {
				top = series;
				which = s;
			}
		}
		if (!top)
			return;
		done[which] = true;
		struct plot_letter letter = PLOT_NOTE;
		letter.colour = plot_style(top->style)->colour;
		const double y = fmax(plot_scale_px(&d->y, top->y[top->n - 1]) + 4, free_from);
		plot_text(d->canvas, d->area.x1 + 6, y, &letter, top->end_note);
		free_from = y + NOTE_ROW;
	}
}

struct plot_canvas *plot_xy(const struct plot_xy *chart)
{
	struct plot_canvas *canvas = plot_canvas_new(PLOT_WIDTH,
	                                             chart->height > 0 ? chart->height : HEIGHT,
	                                             chart->title, chart->desc);
	if (!canvas)
		return NULL;
	struct drawing d = { .canvas = canvas, .chart = chart };
	set_scales(&d);
	const double top = draw_legend(&d, plot_frame_title(canvas, chart->title));
	d.area = (struct plot_area_box){
		.x0 = PLOT_MARGIN + 28 + plot_widest_tick(canvas, &d.y),
		.x1 = canvas->width - fmax(24, PLOT_MARGIN + notes_width(&d)),
		.y1 = canvas->height - BELOW_AREA
	};
	d.x.px_lo = d.area.x0;
	d.x.px_hi = d.area.x1;
	size_t row[MAX_KEYS];
	d.area.y0 = top + 8 + WINDOW_ROW * (double)window_rows(&d, row);
	d.y.px_lo = d.area.y1;
	d.y.px_hi = d.area.y0;
	draw_windows(&d, row);
	draw_series(&d);
	draw_notes(&d);
	plot_frame_x(canvas, &d.x, &d.area, chart->x.label);
	plot_frame_y(canvas, &d.y, &d.area, chart->y.label);
	return canvas;
}
