/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One made-up chart of each kind, drawn with awkward names and values. */
#ifndef TESTS_UNIT_ANALYSIS_PLOT_SAMPLES_H
#define TESTS_UNIT_ANALYSIS_PLOT_SAMPLES_H

#include "analysis/plot/charts.h"
#include <math.h>

enum { SAMPLE_POINTS = 400 };

static inline struct plot_canvas *sample_ecdf(void)
{
	static double x[3][SAMPLE_POINTS], y[SAMPLE_POINTS];
	for (size_t i = 0; i < SAMPLE_POINTS; i++) {
		const double p = ((double)i + 0.5) / SAMPLE_POINTS;
		y[i] = 0.98 * ((double)i + 1) / SAMPLE_POINTS;
		x[0][i] = 12 * exp(0.4 * log(p / (1 - p)));
		x[1][i] = 30 * exp(0.9 * log(p / (1 - p)));
		x[2][i] = 14 * exp(0.35 * log(p / (1 - p)));
	}
	const struct plot_series series[] = {
		{ .name = "per_session", .style = 0, .kind = PLOT_STEPS, .n = SAMPLE_POINTS, .x = x[0],
		  .y = y },
		{ .name = "flood", .style = 1, .kind = PLOT_STEPS, .n = SAMPLE_POINTS, .x = x[1], .y = y,
		  .end_note = "2 % never" },
		{ .name = "ausf_crash", .style = 2, .kind = PLOT_STEPS, .n = SAMPLE_POINTS, .x = x[2],
		  .y = y, .end_note = "0.1 % later, 2 % never" },
		{ .name = "nothing ever finished", .style = 3, .kind = PLOT_STEPS, .n = 0, .x = x[2],
		  .y = y },
	};
	return plot_xy(&(struct plot_xy){
		.title = "Registration of a surgeon", .desc = "Distribution of the latency by variant.",
		.x = { .label = "latency (ms), logarithmic", .log = true },
		.y = { .label = "share of all demands", .lo = 0, .hi = 1 },
		.n_series = 4, .series = series });
}

static inline struct plot_canvas *sample_windows(void)
{
	enum { N = 60 };
	static double x[N], y[2][N], lo[2][N], hi[2][N];
	for (size_t i = 0; i < N; i++) {
		x[i] = 60 * (double)i;
		y[0][i] = 0.999;
		y[1][i] = i > 20 && i < 33 ? 0.42 + 0.1 * sin((double)i) : 0.998;
		for (size_t k = 0; k < 2; k++) {
			lo[k][i] = y[k][i] - (k && i > 20 && i < 35 ? 0.06 : 0.003);
			hi[k][i] = fmin(1, y[k][i] + (k && i > 20 && i < 35 ? 0.06 : 0.001));
		}
	}
	const struct plot_series series[] = {
		{ .name = "flood", .style = 1, .kind = PLOT_HOLDS, .n = N, .x = x, .y = y[1], .lo = lo[1], .hi = hi[1] },
		{ .name = "per_session (twin without the attack)", .style = 0, .kind = PLOT_HOLDS, .n = N, .x = x, .y = y[0],
		  .lo = lo[0], .hi = hi[0] },
	};
	const struct plot_window window[] = { { 1260, 1920, "flood of SUCIs" },
	                                      { 1260, 1920, "jamming in Oslo" },
	                                      { 1500, 1560, "crash of the AUSF" } };
	return plot_xy(&(struct plot_xy){
		.title = "Registrations in time, minute by minute", .desc = "Success ratio per window.",
		.x = { .label = "time of day", .clock = true, .lo = 0, .hi = 3600 },
		.y = { .label = "met within the deadline", .lo = 0, .hi = 1 },
		.n_series = 2, .series = series, .n_windows = 3, .window = window });
}

static inline struct plot_canvas *sample_dots(void)
{
	static const double x[] = { 1, 2, 5, 10, 20 }, y[] = { 3, 8, 14, NAN, 33 };
	static const double lo[] = { 2, 7, 12, NAN, 28 }, hi[] = { 5, 9, 17, NAN, 39 };
	const struct plot_series series[] = {
		{ .name = "measured [95 %]", .style = 3, .kind = PLOT_DOTS, .n = 5, .x = x, .y = y,
		  .lo = lo, .hi = hi },
		{ .name = "model", .style = 2, .kind = PLOT_LINES, .marked = true, .n = 5, .x = x,
		  .y = lo },
	};
	return plot_xy(&(struct plot_xy){
		.title = "Dots, whiskers and a line with a hole", .desc = "Sample.",
		.x = { .label = "load (1/s)", .log = true }, .y = { .label = "wait (ms)" },
		.n_series = 2, .series = series });
}

static inline struct plot_canvas *sample_bars(void)
{
	static const char *const PART[] = { "radio", "transport", "queueing", "service", "cryptography",
		                                "timers" };
	static const double a[] = { 41, 3, 1, 12, 2, 0 }, b[] = { 41, 3, 90, 12, 2, 400 };
	static const double none[] = { 0, 0, 0, 0, 0, 0 };
	const struct plot_bar bar[] = {
		{ "registration.latency", 0, 0 },
		{ "per_session", a, "59.0 ms [58.6, 59.4]" }, { "flood", b, "548 ms [402, 694]" },
		{ "surgery.ready_latency", 0, 0 }, { "per_session", a, "undefined" }, { "flood", none,
		                                                                        "undefined" },
	};
	return plot_bars(&(struct plot_bars){
		.title = "Where the time goes", .desc = "Parts of the mean latency.",
		.x_label = "share of the mean latency (%)", .note_label = "mean [95 % interval]", .shares = true,
		.n_parts = 6, .part_name = PART, .n_bars = 6, .bar = bar });
}

static inline struct plot_canvas *sample_forest(void)
{
	const struct plot_dot dot[] = {
		{ .label = "all hospitals together", .heading = true },
		{ .label = "static", .style = 1, .value = 1, .lo = 1, .hi = 1,
		  .note = "1.00 [1.00, 1.00]" },
		{ .label = "per_hospital", .style = 2, .value = .43, .lo = .38, .hi = .48,
		  .note = "0.43 [0.38, 0.48]" },
		{ .label = "per_session", .style = 0, .value = .01, .lo = -.05, .hi = .07,
		  .note = "0.01 [-0.05, 0.07]" },
		{ .label = "radio eavesdropper", .heading = true },
		{ .label = "static", .style = 1, .value = NAN, .lo = NAN, .hi = NAN, .note = "undefined" },
	};
	return plot_forest(&(struct plot_forest){
		.title = "How well an adversary tells Alex from Bob", .desc = "Advantage by adversary and variant.",
		.x_label = "advantage in the two-surgeon game", .note_label = "mean [95 % interval]",
		.lo = -0.2, .hi = 1, .chance = 0, .chance_label = "chance", .n_dots = 6, .dot = dot });
}

static const char *const SAMPLE_PARTY[] = { "UE", "gNB", "AMF", "AUSF", "UDM", "UDR", "AAnF",
                                            "DTF", "hospital of Saint Mary" };
#define SAMPLE_RUNG(from_, to_, label_, octets_, sent)                                             \
	{ .from = from_, .to = to_, .label = label_, .octets = octets_, .sent_ns = sent,              \
	  .arrived_ns = sent + 1000000 }

static inline struct plot_canvas *sample_ladder(void)
{
	static const struct plot_message message[] = {
		SAMPLE_RUNG(0, 1, "RRC Setup Request", 6, 1000),
		SAMPLE_RUNG(0, 2, "Registration Request <SUCI & \\profile A>", 91, 22000000),
		SAMPLE_RUNG(2, 3, "Nausf_UEAuthentication_Authenticate Request", 512, 23500000),
		SAMPLE_RUNG(3, 4, "Nudm_UEAuthentication_Get", 301, 24500000),
		SAMPLE_RUNG(4, 3, "Nudm_UEAuthentication_Get Response", 451, 25500000),
		SAMPLE_RUNG(4, 4, "de-conceal", 0, 25500000),
		SAMPLE_RUNG(2, 0, "Authentication Request", 42, 1026000000),
		SAMPLE_RUNG(0, 8, "DT Challenge Response", 330, 1031000000),
		SAMPLE_RUNG(7, 8, "Revocation check", 330, 1031000000),
	};
	return plot_ladder(&(struct plot_ladder){
		.title = "Registration and entry of the first surgeon", .desc = "Messages in order of sending.",
		.n_parties = 9, .party = SAMPLE_PARTY, .n_messages = 9, .message = message });
}

/* All that a ladder can have: notes, reference points, pauses, names again and again. */
static inline struct plot_canvas *sample_trace(void)
{
	struct plot_message message[12];
	for (size_t i = 0; i < 12; i++) {
		message[i] = (struct plot_message)SAMPLE_RUNG(i % 9, (i + 4) % 9, "Registration Request", 65,
		                                              (int64_t)(i * i) * 40000000);
		message[i].point = i % 2 ? "N1" : "N12";
		message[i].style = i;
		message[i].note = i % 3 ? "initial registration, SUCI of 999-70, ECIES profile A" : NULL;
	}
	return plot_ladder(&(struct plot_ladder){
		.title = "two-surgeons: per_session, replication 0", .desc = "Messages in order of sending.",
		.below_title = "Times count from the first message.", .n_parties = 9,
		.party = SAMPLE_PARTY, .n_messages = 12, .message = message, .names_every = 4,
		.pause_ns = 250000000 });
}

static struct plot_canvas *(*const SAMPLES[])(void) = {
	sample_ecdf, sample_windows, sample_dots, sample_bars, sample_forest, sample_ladder,
	sample_trace
};
enum { N_SAMPLES = sizeof SAMPLES / sizeof SAMPLES[0] };

#endif
