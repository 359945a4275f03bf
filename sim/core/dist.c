/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/core/dist.h"
#include "sim/core/rng.h"
#include "sim/core/status.h"
#include <math.h>

static double erlang(struct sim_stream *stream, double mean, unsigned shape)
{
	double sum = 0;

	SIM_ASSERT(shape > 0);
	for (unsigned i = 0; i < shape; i++)
		sum += sim_stream_exponential(stream, mean / shape);
	return sum;
}

/* mean = median exp(sigma^2/2). */
static double lognormal(double normal, double mean, double median)
{
	SIM_ASSERT(median > 0 && mean >= median);
	double sigma = sqrt(2 * log(mean / median));
	return median * exp(sigma * normal);
}

static double uniform(struct sim_stream *stream, double mean, double half_width)
{
	SIM_ASSERT(half_width <= mean);
	return mean + half_width * (2 * sim_stream_u01(stream) - 1);
}

/* Two phases, each with half of the load: p/mu1 = (1-p)/mu2 (Whitt, Bell Syst. Tech. J. 1982). */
static double hyperexponential(struct sim_stream *stream, double mean, double first)
{
	double p = sim_stream_u01(stream) < first ? first : 1 - first;

	return sim_stream_exponential(stream, mean / (2 * p));
}

static double empirical(struct sim_stream *stream, const struct sim_dist *dist)
{
	double u = sim_stream_u01(stream);

	if (dist->weights.n)
		return dist->values.value[sim_values_reach(&dist->weights, u * dist->weight)];
	return dist->values.value[(uint32_t)(u * dist->values.n)];
}

static double draw(const struct sim_dist *dist, struct sim_stream *stream)
{
	switch ((enum sim_dist_kind)dist->kind) {
	case SIM_DIST_DETERMINISTIC:
		return dist->mean_ns;
	case SIM_DIST_EXPONENTIAL:
		return sim_stream_exponential(stream, dist->mean_ns);
	case SIM_DIST_ERLANG:
		return erlang(stream, dist->mean_ns, dist->shape);
	case SIM_DIST_LOGNORMAL:
		return lognormal(sim_stream_normal(stream), dist->mean_ns, dist->median_ns);
	case SIM_DIST_UNIFORM:
		return uniform(stream, dist->mean_ns, dist->half_width_ns);
	case SIM_DIST_HYPEREXPONENTIAL:
		return hyperexponential(stream, dist->mean_ns, dist->first);
	case SIM_DIST_EMPIRICAL:
		return empirical(stream, dist);
	}
	SIM_ASSERT(!"a distribution of unknown kind");
	return 0;
}

static int64_t rounded(double ns)
{
	SIM_ASSERT(ns >= 0 && ns < 0x1p62);
	return (int64_t)(ns + 0.5);
}

int64_t sim_dist_draw(const struct sim_dist *dist, struct sim_stream *stream)
{
	return rounded(draw(dist, stream));
}

int64_t sim_dist_draw_together(const struct sim_dist *dist, struct sim_stream *stream,
                               double common, double correlation)
{
	SIM_ASSERT(correlation >= 0 && correlation <= 1);
	if (dist->kind != SIM_DIST_LOGNORMAL || correlation == 0)
		return sim_dist_draw(dist, stream);
	double normal = sqrt(correlation) * common + sqrt(1 - correlation) * sim_stream_normal(stream);
	return rounded(lognormal(normal, dist->mean_ns, dist->median_ns));
}

/* scv = exp(sigma^2) - 1 and mean = median exp(sigma^2/2). */
struct sim_dist sim_dist_lognormal(double mean_ns, double scv)
{
	SIM_ASSERT(scv >= 0);
	return (struct sim_dist){.kind = SIM_DIST_LOGNORMAL, .mean_ns = mean_ns,
		.median_ns = mean_ns / sqrt(1 + scv)};
}

struct sim_dist sim_dist_hyperexponential(double mean_ns, double scv)
{
	SIM_ASSERT(scv >= 1);
	return (struct sim_dist){.kind = SIM_DIST_HYPEREXPONENTIAL, .mean_ns = mean_ns,
		.scv = scv, .first = (1 + sqrt((scv - 1) / (scv + 1))) / 2};
}

struct sim_dist sim_dist_empirical(struct sim_values values_ns, struct sim_values weights)
{
	struct sim_dist dist = {.kind = SIM_DIST_EMPIRICAL, .values = values_ns, .weights = weights};

	SIM_ASSERT(values_ns.n >= 1 && (weights.n == 0 || weights.n == values_ns.n));
	dist.weight = weights.n ? sim_values_sum(&weights) : values_ns.n;
	SIM_ASSERT(dist.weight > 0);
	for (uint32_t i = 0; i < values_ns.n; i++)
		dist.mean_ns += values_ns.value[i] * (weights.n ? weights.value[i] : 1) / dist.weight;
	return dist;
}
