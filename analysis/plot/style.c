/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/plot/style.h"
#include <math.h>

const char PLOT_INK[] = "#1a1a1a", PLOT_INK_SOFT[] = "#555555", PLOT_GRID[] = "#e4e4e4";
const char PLOT_AXIS[] = "#444444", PLOT_SHADE[] = "#efefef", PLOT_WHITE[] = "#ffffff";

const struct plot_letter PLOT_TITLE = { PLOT_INK, 15, PLOT_BOLD, PLOT_LEFT, false };
const struct plot_letter PLOT_LABEL = { PLOT_INK, 13, PLOT_REGULAR, PLOT_LEFT, false };
const struct plot_letter PLOT_TICK = { PLOT_INK_SOFT, 12, PLOT_REGULAR, PLOT_LEFT, false };
const struct plot_letter PLOT_NOTE = { PLOT_INK_SOFT, 11.5, PLOT_REGULAR, PLOT_LEFT, false };

static const struct plot_style STYLES[] = {
	{ "#0072b2", "#d3e7f3", PLOT_SOLID, PLOT_M_DISC },
	{ "#d55e00", "#f8dfcc", PLOT_DASHED, PLOT_M_SQUARE },
	{ "#009e73", "#ccece3", PLOT_DASHDOT, PLOT_M_TRIANGLE },
	{ "#cc79a7", "#f5e4ed", PLOT_LONGDASH, PLOT_M_DIAMOND },
	{ "#222222", "#dddddd", PLOT_DOTTED, PLOT_M_RING }, /* libplot leaves pure black out */
	{ "#e69f00", "#faeccc", PLOT_SOLID, PLOT_M_BOX },
	{ "#56b4e9", "#ddf0fb", PLOT_DASHED, PLOT_M_DISC },
};
static const struct plot_fill FILLS[] = {
	{ "#56b4e9", "#1a1a1a", 0 }, { "#0072b2", "#ffffff", 0 }, { "#d55e00", "#ffffff", 1 },
	{ "#f0c050", "#1a1a1a", 0 }, { "#009e73", "#ffffff", -1 }, { "#c9c9c9", "#1a1a1a", 0 },
};

const struct plot_style *plot_style(size_t i)
{
	return &STYLES[i % (sizeof STYLES / sizeof STYLES[0])];
}

const struct plot_fill *plot_fill(size_t i)
{
	return &FILLS[i % (sizeof FILLS / sizeof FILLS[0])];
}

struct plot_letter plot_anchored(const struct plot_letter *base, enum plot_anchor anchor)
{
	struct plot_letter letter = *base;
	letter.anchor = anchor;
	return letter;
}

void plot_marker(struct plot_canvas *canvas, double x, double y, double size,
                 const struct plot_style *style)
{
	const struct plot_pen full = { .fill = style->colour, .stroke = PLOT_WHITE, .width = 1 };
	const struct plot_pen open = { .fill = PLOT_WHITE, .stroke = style->colour, .width = 1.6 };
	const double r = size / 2, s = 0.88 * r, t = 1.15 * r;
	const struct plot_point up[] = { { x - t, y + s }, { x + t, y + s }, { x, y - t } };
	const struct plot_point diamond[] = { { x - t, y }, { x, y - t }, { x + t, y }, { x, y + t } };
	switch (style->marker) {
	case PLOT_M_DISC: plot_disc(canvas, x, y, r, &full); break;
	case PLOT_M_RING: plot_disc(canvas, x, y, s, &open); break;
	case PLOT_M_SQUARE: plot_box(canvas, x - s, y - s, x + s, y + s, &full); break;
	case PLOT_M_BOX: plot_box(canvas, x - s, y - s, x + s, y + s, &open); break;
	case PLOT_M_TRIANGLE:
		plot_area(canvas, up, 3, &full);
		break;
	case PLOT_M_DIAMOND:
		plot_area(canvas, diamond, 4, &full);
		break;
	}
}

/* Lines at 45 degrees, clipped to the box: x - x0 = k +- (y - y0). */
static void hatch(struct plot_canvas *canvas, double x0, double y0, double x1, double y1, int slope)
{
	static const double STEP = 6;
	const struct plot_pen pen = { .stroke = PLOT_WHITE, .width = 1 };
	const double h = y1 - y0;
	for (double k = STEP; k < x1 - x0 + h; k += STEP) {
		const double left = fmax(x0, x0 + k - h), right = fmin(x1, x0 + k);
		const double y_left = y0 + (x0 + k - left), y_right = y0 + (x0 + k - right);
		if (right - left < 0.5)
			continue;
		if (slope > 0)
			plot_line(canvas, left, y_left, right, y_right, &pen);
		else
			plot_line(canvas, left, y0 + y1 - y_left, right, y0 + y1 - y_right, &pen);
	}
}

void plot_filled_box(struct plot_canvas *canvas, double x0, double y0, double x1, double y1,
                     const struct plot_fill *fill)
{
	plot_box(canvas, x0, y0, x1, y1, &(struct plot_pen){ .fill = fill->colour });
	if (fill->hatch)
		hatch(canvas, x0, y0, x1, y1, fill->hatch);
}
