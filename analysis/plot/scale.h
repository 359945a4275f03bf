/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An axis as numbers: from values to pixels, and where its ticks stand. Linear ticks are 1, 2 or 5
 * times a power of ten apart; logarithmic ones stand at the powers of ten, at 1-2-5 between them
 * when few decades are shown.
 */
#ifndef ANALYSIS_PLOT_SCALE_H
#define ANALYSIS_PLOT_SCALE_H

#include <stdbool.h>
#include <stddef.h>

enum { PLOT_MAX_TICKS = 64, PLOT_TICK_TEXT = 24 };

struct plot_tick {
	double value;
	bool major;                /* has a text and a grid line */
	char text[PLOT_TICK_TEXT]; /* "" when minor              */
};

struct plot_scale {
	bool log;
	double lo, hi;      /* the values shown, lo < hi; both > 0 when log */
	double px_lo, px_hi; /* where they stand; px_lo > px_hi turns the axis */
	size_t n_ticks;
	struct plot_tick tick[PLOT_MAX_TICKS];
};

/*
 * Makes [lo, hi] a domain that can be drawn: an empty, reversed or non-finite range becomes a
 * small one, zero and negative bounds of a logarithmic one are lifted. With `round` the domain
 * grows to ticks.
 */
void plot_scale_set(struct plot_scale *scale, bool log, double lo, double hi, bool round,
                    size_t want_ticks);

/*
 * A linear scale of seconds since midnight of the first day, with ticks at round times of day:
 * "day 3, 13:00" at the first tick and at the first of each new day, "13:05" at others.
 */
void plot_scale_set_clock(struct plot_scale *scale, double lo_s, double hi_s, size_t want_ticks);

/* A value to pixels; values outside the domain stand at its edge, NaN at the low one. */
double plot_scale_px(const struct plot_scale *scale, double value);
bool plot_scale_holds(const struct plot_scale *scale, double value);

/* The step of 1, 2 or 5 times a power of ten that gives at most `want` steps over `span`. */
double plot_scale_step(double span, size_t want);

#endif
