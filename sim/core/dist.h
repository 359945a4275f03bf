/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Distributions of service times and other durations. Drawn by inversion or by sums of exponentials
 * from a sim_stream; one call consumes a fixed number of uniforms for its kind.
 */
#ifndef SIM_CORE_DIST_H
#define SIM_CORE_DIST_H

#include <stdint.h>

struct sim_stream;

enum sim_dist_kind {
	SIM_DIST_DETERMINISTIC, /* mean                                              */
	SIM_DIST_EXPONENTIAL,   /* mean                                              */
	SIM_DIST_ERLANG,        /* mean, shape k                                     */
	SIM_DIST_LOGNORMAL,     /* mean and median (mean >= median)                  */
	SIM_DIST_UNIFORM        /* mean, half_width <= mean                          */
};

struct sim_dist {
	uint8_t kind; /* enum sim_dist_kind */
	uint16_t shape;
	double mean_ns;
	double median_ns;
	double half_width_ns;
};

/* One draw in nanoseconds, >= 0, rounded to nearest. */
int64_t sim_dist_draw(const struct sim_dist *dist, struct sim_stream *stream);
/*
 * The same, together with other draws: of a lognormal, the normal variate behind it has the
 * correlation 0 … 1 with that of every other draw that is given the same `common`, a normal
 * variate of mean 0 and deviation 1. The distribution of the draw itself is as it was.
 */
int64_t sim_dist_draw_together(const struct sim_dist *dist, struct sim_stream *stream,
                               double common, double correlation);

#endif
