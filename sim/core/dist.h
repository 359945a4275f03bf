/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Distributions of service times and other durations. Drawn by inversion or by sums of exponentials
 * from a sim_stream; one call consumes a fixed number of uniforms for its kind.
 */
#ifndef SIM_CORE_DIST_H
#define SIM_CORE_DIST_H

#include "sim/core/values.h"

struct sim_stream;

enum sim_dist_kind {
	SIM_DIST_DETERMINISTIC, /* mean                                              */
	SIM_DIST_EXPONENTIAL,   /* mean                                              */
	SIM_DIST_ERLANG,        /* mean, shape k                                     */
	SIM_DIST_LOGNORMAL,     /* mean and median (mean >= median)                  */
	SIM_DIST_UNIFORM,       /* mean, half_width <= mean                          */
	SIM_DIST_HYPEREXPONENTIAL, /* mean, scv >= 1: two phases of balanced means   */
	SIM_DIST_EMPIRICAL      /* values, each with its weight or all with the same */
};

struct sim_dist {
	uint8_t kind; /* enum sim_dist_kind */
	uint16_t shape;
	double mean_ns;
	double median_ns;
	double half_width_ns;
	double scv, first;                   /* hyperexponential; probability of its first phase */
	struct sim_values values, weights;   /* empirical, ns; weights.n is values.n, or 0       */
	double weight;                       /* their sum                                        */
};

/* `never`: of a time to failure, a patience. Not drawn from. */
static inline int sim_dist_is_never(const struct sim_dist *dist)
{
	return dist->mean_ns < 0;
}

/* The lognormal, or hyperexponential (scv >= 1), of this mean and squared coefficient of variation. */
struct sim_dist sim_dist_lognormal(double mean_ns, double scv);
struct sim_dist sim_dist_hyperexponential(double mean_ns, double scv);
/* The lists stay the caller's. Each weight >= 0, their sum above 0; values >= 0, at least one. */
struct sim_dist sim_dist_empirical(struct sim_values values_ns, struct sim_values weights);

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
