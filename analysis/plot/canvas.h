/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A chart before it becomes a file: a list of shapes in pixels, x to the right and y downwards
 * from the upper left corner. Charts are drawn once into a canvas; SVG and PNG are two renderings
 * of the same list by GNU libplot. Texts are UTF-8 here; what Latin-1 lacks becomes its nearest
 * relative.
 *
 * Out of memory is remembered in `failed` and reported by the writers, so that drawing reads
 * straight.
 */
#ifndef ANALYSIS_PLOT_CANVAS_H
#define ANALYSIS_PLOT_CANVAS_H

#include <stdbool.h>
#include <stddef.h>

enum plot_shape { PLOT_LINE, PLOT_AREA, PLOT_DISC, PLOT_TEXT };
enum plot_dash { PLOT_SOLID, PLOT_DASHED, PLOT_DOTTED, PLOT_DASHDOT, PLOT_LONGDASH, PLOT_N_DASHES };
enum plot_font { PLOT_REGULAR, PLOT_BOLD };
enum plot_anchor { PLOT_LEFT = 'l', PLOT_CENTRE = 'c', PLOT_RIGHT = 'r' };

struct plot_point {
	double x, y;
};

/* Colours are "#rrggbb", static; NULL draws none. */
struct plot_pen {
	const char *stroke, *fill;
	double width;
	enum plot_dash dash;
};

struct plot_letter {
	const char *colour;
	double size; /* pixels */
	enum plot_font font;
	enum plot_anchor anchor;
	bool upright; /* turned by 90 degrees, reads from below */
};

struct plot_item {
	enum plot_shape shape;
	struct plot_pen pen;
	struct plot_letter letter;
	size_t n;                 /* points; one for a disc (its centre) and a text (its base line) */
	struct plot_point *point;
	double radius;            /* of a disc */
	char *text;               /* Latin-1 */
};

struct plot_canvas {
	double width, height;
	char *title, *desc; /* for those who cannot see the picture */
	size_t n, capacity;
	struct plot_item *item;
	void *measure; /* a libplot plotter that knows how wide a text is */
	void *measure_stream;
	char *measure_text;
	size_t measure_size;
	bool failed;
};

/* NULL when out of memory. */
struct plot_canvas *plot_canvas_new(double width, double height, const char *title,
                                    const char *desc);
void plot_canvas_free(struct plot_canvas *canvas);

void plot_polyline(struct plot_canvas *canvas, const struct plot_point *point, size_t n,
                   const struct plot_pen *pen);
void plot_area(struct plot_canvas *canvas, const struct plot_point *point, size_t n,
               const struct plot_pen *pen);
void plot_line(struct plot_canvas *canvas, double x0, double y0, double x1, double y1,
               const struct plot_pen *pen);
void plot_box(struct plot_canvas *canvas, double x0, double y0, double x1, double y1,
              const struct plot_pen *pen);
void plot_disc(struct plot_canvas *canvas, double x, double y, double radius,
               const struct plot_pen *pen);
/* y is the base line. */
void plot_text(struct plot_canvas *canvas, double x, double y, const struct plot_letter *letter,
               const char *text);
double plot_text_width(struct plot_canvas *canvas, const struct plot_letter *letter,
                       const char *text);

/* The share of a text that stands before its anchor. */
double plot_text_before(enum plot_anchor anchor);

/* The box that an item covers, for tests of the layout: x0, y0, x1, y1. */
void plot_item_bounds(struct plot_canvas *canvas, const struct plot_item *item, double box[4]);

/*
 * UTF-8 to Latin-1 without control characters; dashes, quotes, ellipses and comparisons become
 * ASCII, a backslash a slash. Returns a new string, NULL when out of memory.
 */
char *plot_latin1(const char *utf8);

#endif
