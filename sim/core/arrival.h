/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Models: when customers, or the members of a population, come: Poisson, paced, Markov-modulated
 *   Poisson, a burst of Beta(3,4), renewal with any distribution, measured gaps or times, and a day's
 *   profile.
 * Leaves out: arrivals in batches (but any number may come at one instant of `beta` or `empirical`).
 * Sources: 3GPP TR 37.868 table 6.1.1 (traffic model 2); Fischer and Meier-Hellstern, The MMPP cookbook,
 *   Performance Evaluation 18 (1993); Devroye, Non-Uniform Random Variate Generation, V.2 (order
 *   statistics one after the other).
 */
#ifndef SIM_CORE_ARRIVAL_H
#define SIM_CORE_ARRIVAL_H

#include "sim/core/dist.h"
#include "sim/core/param.h"
#include "sim/core/rng.h"

enum sim_arrival_process {
	SIM_ARRIVAL_POISSON,   /* rate                                                       */
	SIM_ARRIVAL_PACED,     /* rate: the k-th, from 0, at k / rate                        */
	SIM_ARRIVAL_MMPP,      /* rates, sojourns: round the states, begun in equilibrium    */
	SIM_ARRIVAL_BETA,      /* count of them in a window, each Beta(3,4) in it            */
	SIM_ARRIVAL_EMPIRICAL, /* gaps, each as likely; or times; or times, weights, count   */
	SIM_ARRIVAL_DIURNAL,   /* rate on average over the day, hourly weights               */
	SIM_ARRIVAL_RENEWAL    /* independent gaps of one distribution                       */
};
#define SIM_ARRIVAL_PROCESSES "poisson|paced|mmpp|beta|empirical|diurnal|renewal"

struct sim_arrival_config {
	uint8_t process;                    /* enum sim_arrival_process                     */
	double rate_hz;
	struct sim_values rates_hz, sojourns_ns;
	int64_t count;                      /* no more than so many; -1 without end         */
	int64_t window_ns;
	struct sim_values gaps_ns, times_ns, weights;
	struct sim_values hourly;
	struct sim_dist gap;
	int64_t start_ns;                   /* time begins here for all but the hour of day */
};

/*
 * Rows of the keys `arrivals.…` for a configuration struct `config` with a struct
 * sim_arrival_config `field`. What must be given, sim_arrival_fault() says.
 */
#define SIM_ARRIVAL_ROW(config, field, name, type_, member, ...)                                   \
	{.key = "arrivals." name, .type = type_,                                                      \
	 .offset = offsetof(struct config, field) + offsetof(struct sim_arrival_config, member),      \
	 __VA_ARGS__}
#define SIM_ARRIVAL_LIST(config, field, name, member, quantity_, max_, doc_)                       \
	SIM_ARRIVAL_ROW(config, field, name, SIM_PAR_LIST, member, .quantity = quantity_,             \
	                .fallback = "none", .min = 0, .max = max_, .source = "the scenario",          \
	                .doc = doc_)
#define SIM_ARRIVAL_ROWS(config, field)                                                            \
	SIM_ARRIVAL_ROW(config, field, "process", SIM_PAR_ENUM, process, .fallback = "poisson",       \
	                .choices = SIM_ARRIVAL_PROCESSES,                                             \
	                .source = "assumption: many who know nothing of one another",                 \
	                .doc = "how they come"),                                                      \
	SIM_ARRIVAL_ROW(config, field, "rate", SIM_PAR_QUANTITY, rate_hz, .quantity = SIM_Q_RATE,     \
	                .fallback = "0/s", .min = 0, .max = 1e9, .source = "the scenario",            \
	                .doc = "of poisson and paced; of diurnal, the mean over a day"),              \
	SIM_ARRIVAL_LIST(config, field, "rates", rates_hz, SIM_Q_RATE, 1e9,                           \
	                 "of mmpp: the rate in each state, as in [10/s, 500/s]"),                     \
	SIM_ARRIVAL_LIST(config, field, "sojourns", sojourns_ns, SIM_Q_DURATION, 31536000,            \
	                 "of mmpp: the mean time in each state, exponential; then comes the next"),   \
	SIM_ARRIVAL_ROW(config, field, "count", SIM_PAR_COUNT, count, .fallback = "infinite",         \
	                .min = -1, .max = 1e9, .source = "the scenario",                              \
	                .doc = "no more arrivals than so many; of beta, all of them"),                \
	SIM_ARRIVAL_ROW(config, field, "window", SIM_PAR_DURATION, window_ns, .fallback = "10s",      \
	                .min = 0, .max = 31536000, .source = "TR 37.868 table 6.1.1, traffic model 2", \
	                .doc = "of beta: all come within it, Beta(3,4); 0 s: all at once"),           \
	SIM_ARRIVAL_LIST(config, field, "gaps", gaps_ns, SIM_Q_DURATION, 31536000,                    \
	                 "of empirical: measured times between arrivals, drawn each as likely"),      \
	SIM_ARRIVAL_LIST(config, field, "times", times_ns, SIM_Q_DURATION, 31536000,                  \
	                 "of empirical: the times of all arrivals, or the edges of the weights"),     \
	SIM_ARRIVAL_LIST(config, field, "weights", weights, SIM_Q_NUMBER, 1e12,                       \
	                 "of empirical: how many of count come between each time and the next"),      \
	SIM_ARRIVAL_LIST(config, field, "hourly", hourly, SIM_Q_NUMBER, 1e12,                         \
	                 "of diurnal: 24 weights, the first for the hour from 0:00"),                 \
	SIM_ARRIVAL_ROW(config, field, "gap", SIM_PAR_DIST, gap, .fallback = "never", .min = -1,      \
	                .max = 31536000, .source = "the scenario",                                    \
	                .doc = "of renewal: the distribution of the time between arrivals"),          \
	SIM_ARRIVAL_ROW(config, field, "start", SIM_PAR_DURATION, start_ns, .fallback = "0s",         \
	                .min = 0, .max = 31536000, .source = "the scenario",                          \
	                .doc = "nobody comes before this")

/*
 * What is wrong with a configuration whose values are each within their rows: a static sentence
 * fragment, and the key ("rate") that it is about. NULL: nothing.
 */
const char *sim_arrival_fault(const struct sim_arrival_config *config, const char **key);

/* One process under way. Plain data: it may be copied, and needs no end. */
struct sim_arrival {
	const struct sim_arrival_config *config; /* the caller's */
	struct sim_stream stream;
	double at_ns;       /* of the last one, since the start                     */
	double until_ns;    /* mmpp: end of this stay in the state                  */
	double above;       /* beta, weights: 1 - u, of the order statistics        */
	double passed;      /* weights: sum of those whose interval is over; beta: the last, in 0 … 1 */
	double total;       /* sum of the weights                                   */
	int64_t given;      /* how many have come                                   */
	uint32_t state;     /* mmpp: the state; weights: the interval               */
};

/* All that it draws comes from the stream, one after the other. */
void sim_arrival_start(struct sim_arrival *arrival, const struct sim_arrival_config *config,
                       struct sim_stream stream);
/* Simulated time of the next, never before that of the last; SIM_TIME_MAX: there is no more. */
int64_t sim_arrival_next_ns(struct sim_arrival *arrival);

#endif
