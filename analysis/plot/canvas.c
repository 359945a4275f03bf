/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/plot/canvas.h"
#include "analysis/plot/pen.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct plot_canvas *plot_canvas_new(double width, double height, const char *title,
                                    const char *desc)
{
	struct plot_canvas *canvas = calloc(1, sizeof *canvas);
	if (!canvas)
		return NULL;
	canvas->width = width;
	canvas->height = height;
	canvas->title = strdup(title);
	canvas->desc = strdup(desc);
	FILE *stream = open_memstream(&canvas->measure_text, &canvas->measure_size);
	canvas->measure_stream = stream;
	if (stream)
		canvas->measure = plot_pen_open("svg", stream, width, height, 1);
	if (!canvas->title || !canvas->desc || !canvas->measure) {
		plot_canvas_free(canvas);
		return NULL;
	}
	return canvas;
}

void plot_canvas_free(struct plot_canvas *canvas)
{
	if (!canvas)
		return;
	for (size_t i = 0; i < canvas->n; i++) {
		free(canvas->item[i].point);
		free(canvas->item[i].text);
	}
	if (canvas->measure)
		plot_pen_close(canvas->measure);
	if (canvas->measure_stream)
		fclose(canvas->measure_stream);
	free(canvas->measure_text);
	free(canvas->item);
	free(canvas->title);
	free(canvas->desc);
	free(canvas);
}

/* A new item with a copy of its points; NULL (and failed) when out of memory. */
static struct plot_item *add(struct plot_canvas *canvas, enum plot_shape shape,
                             const struct plot_point *point, size_t n)
{
	if (canvas->n == canvas->capacity) {
		const size_t capacity = canvas->capacity ? 2 * canvas->capacity : 64;
		struct plot_item *item = realloc(canvas->item, capacity * sizeof *item);
		if (!item) {
			canvas->failed = true;
			return NULL;
		}
		canvas->item = item;
		canvas->capacity = capacity;
	}
	struct plot_point *copy = malloc(n * sizeof *copy);
	if (!copy) {
		canvas->failed = true;
		return NULL;
	}
	memcpy(copy, point, n * sizeof *copy);
	struct plot_item *item = &canvas->item[canvas->n++];
	*item = (struct plot_item){ .shape = shape, .n = n, .point = copy };
	return item;
}

void plot_polyline(struct plot_canvas *canvas, const struct plot_point *point, size_t n,
                   const struct plot_pen *pen)
{
	if (n < 2)
		return;
	struct plot_item *item = add(canvas, PLOT_LINE, point, n);
	if (item)
		item->pen = *pen;
}

void plot_area(struct plot_canvas *canvas, const struct plot_point *point, size_t n,
               const struct plot_pen *pen)
{
	if (n < 3)
		return;
	struct plot_item *item = add(canvas, PLOT_AREA, point, n);
	if (item)
		item->pen = *pen;
}

void plot_line(struct plot_canvas *canvas, double x0, double y0, double x1, double y1,
               const struct plot_pen *pen)
{
	plot_polyline(canvas, (struct plot_point[]){ { x0, y0 }, { x1, y1 } }, 2, pen);
}

void plot_box(struct plot_canvas *canvas, double x0, double y0, double x1, double y1,
              const struct plot_pen *pen)
{
	plot_area(canvas, (struct plot_point[]){ { x0, y0 }, { x1, y0 }, { x1, y1 }, { x0, y1 } }, 4,
	          pen);
}

void plot_disc(struct plot_canvas *canvas, double x, double y, double radius,
               const struct plot_pen *pen)
{
	struct plot_item *item = add(canvas, PLOT_DISC, &(struct plot_point){ x, y }, 1);
	if (!item)
		return;
	item->pen = *pen;
	item->radius = radius;
}

void plot_text(struct plot_canvas *canvas, double x, double y, const struct plot_letter *letter,
               const char *text)
{
	if (!*text)
		return;
	char *latin1 = plot_latin1(text);
	struct plot_item *item = add(canvas, PLOT_TEXT, &(struct plot_point){ x, y }, 1);
	if (!latin1 || !item) {
		free(latin1);
		canvas->failed = true;
		return;
	}
	item->letter = *letter;
	item->text = latin1;
}

double plot_text_width(struct plot_canvas *canvas, const struct plot_letter *letter,
                       const char *text)
{
	char *latin1 = plot_latin1(text);
	if (!latin1) {
		canvas->failed = true;
		return 0;
	}
	const double width = plot_pen_text_width(canvas->measure, letter, latin1);
	free(latin1);
	return width;
}

double plot_text_before(enum plot_anchor anchor)
{
	return anchor == PLOT_LEFT ? 0 : anchor == PLOT_RIGHT ? 1 : 0.5;
}

static void text_bounds(struct plot_canvas *canvas, const struct plot_item *item, double box[4])
{
	const struct plot_letter *letter = &item->letter;
	const double width = plot_pen_text_width(canvas->measure, letter, item->text);
	const double before = width * plot_text_before(letter->anchor);
	const double above = 0.75 * letter->size, below = 0.22 * letter->size; /* Helvetica */
	const struct plot_point at = item->point[0];
	if (letter->upright) {
		box[0] = at.x - above;
		box[1] = at.y - (width - before);
		box[2] = at.x + below;
		box[3] = at.y + before;
	} else {
		box[0] = at.x - before;
		box[1] = at.y - above;
		box[2] = at.x + (width - before);
		box[3] = at.y + below;
	}
}

void plot_item_bounds(struct plot_canvas *canvas, const struct plot_item *item, double box[4])
{
	if (item->shape == PLOT_TEXT) {
		text_bounds(canvas, item, box);
		return;
	}
	const double margin = item->radius + (item->pen.stroke ? item->pen.width / 2 : 0);
	box[0] = box[2] = item->point[0].x;
	box[1] = box[3] = item->point[0].y;
	for (size_t i = 1; i < item->n; i++) {
		box[0] = fmin(box[0], item->point[i].x);
		box[1] = fmin(box[1], item->point[i].y);
		box[2] = fmax(box[2], item->point[i].x);
		box[3] = fmax(box[3], item->point[i].y);
	}
	box[0] -= margin;
	box[1] -= margin;
	box[2] += margin;
	box[3] += margin;
}
