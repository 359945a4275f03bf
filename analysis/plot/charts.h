/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kinds of chart. Each function draws a description into a new canvas, to be freed by the
 * caller; NULL when out of memory. Values that are not finite are left out of lines and named in
 * texts.
 */
#ifndef ANALYSIS_PLOT_CHARTS_H
#define ANALYSIS_PLOT_CHARTS_H

#include "analysis/plot/canvas.h"
#include <stdint.h>

enum { PLOT_WIDTH = 760 };

struct plot_axis {
	const char *label; /* with its unit: "latency (ms)" */
	bool log;
	bool clock;        /* x alone: seconds since midnight of the first day; lo and hi given */
	double lo, hi;     /* both 0: from the data, grown to ticks */
};

enum plot_kind {
	PLOT_LINES,
	PLOT_STEPS, /* an empirical distribution: rises from the axis, holds its last value */
	PLOT_HOLDS, /* each value from its x to the next one's, the last as long as the one before */
	PLOT_DOTS
};

struct plot_series {
	const char *name;      /* "" keeps it out of the legend                        */
	size_t style;
	enum plot_kind kind;
	bool marked;           /* a marker at each point of a line                     */
	size_t n;
	const double *x, *y;
	const double *lo, *hi; /* NULL, or the interval of y: a band; whiskers of dots */
	const char *end_note;  /* NULL, or a text at the right edge, where the line ends */
};

struct plot_window {
	double x0, x1;
	const char *label;
};

/* Lines, steps (ECDF), dots with whiskers over two axes, before shaded windows. */
struct plot_xy {
	const char *title, *desc;
	double height; /* 0: 380 */
	struct plot_axis x, y;
	size_t n_series;
	const struct plot_series *series;
	size_t n_windows;
	const struct plot_window *window;
};
struct plot_canvas *plot_xy(const struct plot_xy *chart);

/* Horizontal bars of parts that sum to the whole; a row with n_parts NULL values is a heading. */
struct plot_bar {
	const char *label;
	const double *part; /* NULL: a heading                              */
	const char *note;   /* at the right: the whole with its interval    */
};
struct plot_bars {
	const char *title, *desc;
	const char *x_label, *note_label;
	bool shares; /* each row is scaled to 100 % */
	size_t n_parts;
	const char *const *part_name;
	size_t n_bars;
	const struct plot_bar *bar;
};
struct plot_canvas *plot_bars(const struct plot_bars *chart);

/* One dot with its interval per row, against the value of chance. */
struct plot_dot {
	const char *label;
	bool heading;
	size_t style;
	double value, lo, hi; /* NaN value: undefined; NaN lo, hi: no interval */
	const char *note;     /* at the right */
};
struct plot_forest {
	const char *title, *desc;
	const char *x_label, *note_label;
	double lo, hi;
	double chance;
	const char *chance_label;
	size_t n_dots;
	const struct plot_dot *dot;
};
struct plot_canvas *plot_forest(const struct plot_forest *chart);

/* Messages between parties, time running down, one row each. */
struct plot_message {
	size_t from, to; /* parties */
	const char *label;
	uint32_t octets;
	int64_t sent_ns, arrived_ns;
	const char *note;   /* NULL, or a line below the arrow                     */
	const char *point;  /* NULL, or what stands beside the time, in the colour */
	size_t style;
};
struct plot_ladder {
	const char *title, *desc;
	size_t n_parties;
	const char *const *party;
	size_t n_messages;
	const struct plot_message *message;
	int64_t origin_ns; /* the times beside the rows count from here */
	const char *below_title; /* NULL, or a line */
	size_t names_every; /* rows after which the parties' names stand again; 0: above and below alone */
	int64_t pause_ns;   /* a pause that is longer is said between the rows; 0: none is */
};
struct plot_canvas *plot_ladder(const struct plot_ladder *chart);

#endif
