/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/plot/scale.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Below this many decades a logarithmic axis also names 2 and 5. */
static const double FEW_DECADES = 2.6;

double plot_scale_step(double span, size_t want)
{
	static const double NICE[] = { 1, 2, 5, 10 };
	const double raw = span / (double)(want ? want : 1);
	const double decade = pow(10, floor(log10(raw)));
	for (size_t i = 0; i < 4; i++)
		if (NICE[i] * decade >= raw * (1 - 1e-9))
			return NICE[i] * decade;
	return 10 * decade;
}

static void add_tick(struct plot_scale *s, double value, bool major, int decimals)
{
	if (s->n_ticks == PLOT_MAX_TICKS)
		return;
	struct plot_tick *tick = &s->tick[s->n_ticks++];
	*tick = (struct plot_tick){ .value = value, .major = major };
	if (!major)
		return;
	if (value != 0 && (fabs(value) >= 1e6 || fabs(value) < 1e-4))
		snprintf(tick->text, sizeof tick->text, "%.3g", value);
	else
		snprintf(tick->text, sizeof tick->text, "%.*f", decimals, value);
}

static int decimals_of(double step)
{
	const double digits = -floor(log10(step) + 1e-9);
	return digits > 0 ? (int)fmin(digits, 9) : 0;
}

static void linear_ticks(struct plot_scale *s, bool round, size_t want)
{
	const double step = plot_scale_step(s->hi - s->lo, want);
	if (round) {
		s->lo = step * floor(s->lo / step + 1e-9);
		s->hi = step * ceil(s->hi / step - 1e-9);
	}
	const double first = ceil(s->lo / step - 1e-9), last = floor(s->hi / step + 1e-9);
	for (double k = first; k <= last; k++)
		add_tick(s, k == 0 ? 0 : k * step, true, decimals_of(step));
}

static void log_ticks(struct plot_scale *s, bool round)
{
	if (round) {
		const double a = pow(10, floor(log10(s->lo) + 1e-9));
		const double b = pow(10, floor(log10(s->hi) - 1e-9));
		const double lead_lo = s->lo / a, lead_hi = s->hi / b;
		s->lo = a * (lead_lo >= 5 ? 5 : lead_lo >= 2 ? 2 : 1);
		s->hi = b * (lead_hi <= 2 ? 2 : lead_hi <= 5 ? 5 : 10);
	}
	const double decades = log10(s->hi / s->lo);
	for (double e = floor(log10(s->lo) - 1e-9); e <= ceil(log10(s->hi)); e++)
		for (int m = 1; m < 10; m++) {
			const double value = m * pow(10, e);
			if (value < s->lo * (1 - 1e-9) || value > s->hi * (1 + 1e-9))
				continue;
			const bool named = m == 1 || (decades < FEW_DECADES && (m == 2 || m == 5));
			add_tick(s, value, named, e < 0 ? (int)-e : 0);
		}
}

static void make_drawable(bool log, double *lo, double *hi)
{
	if (!isfinite(*lo))
		*lo = isfinite(*hi) ? *hi : 0;
	if (!isfinite(*hi))
		*hi = *lo;
	if (*lo > *hi) {
		const double swap = *lo;
		*lo = *hi;
		*hi = swap;
	}
	if (log) {
		*hi = *hi > 0 ? *hi : 1;
		*lo = *lo > 0 ? *lo : *hi / 1000;
		if (*hi / *lo < 1.5) {
			*lo /= 1.5;
			*hi *= 1.5;
		}
	} else if (*hi - *lo <= 1e-9 * fmax(fabs(*lo), fabs(*hi))) {
		const double pad = *lo == 0 ? 0.5 : 0.05 * fabs(*lo);
		*lo -= pad;
		*hi += pad;
	}
}

void plot_scale_set(struct plot_scale *scale, bool log, double lo, double hi, bool round,
                    size_t want_ticks)
{
	make_drawable(log, &lo, &hi);
	*scale = (struct plot_scale){ .log = log, .lo = lo, .hi = hi, .px_hi = 1 };
	if (log)
		log_ticks(scale, round);
	else
		linear_ticks(scale, round, want_ticks);
}

static double clock_step(double span, size_t want)
{
	static const double STEPS[] = { 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200,
		                            10800, 21600, 43200 };
	for (size_t i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++)
		if (span / STEPS[i] <= (double)want)
			return STEPS[i];
	return 86400 * ceil(span / 86400 / (double)want);
}

static void clock_tick(struct plot_scale *s, double t, double step, long *day)
{
	if (s->n_ticks == PLOT_MAX_TICKS)
		return;
	struct plot_tick *tick = &s->tick[s->n_ticks++];
	const long seconds = lround(t), today = seconds / 86400 + 1, of_day = seconds % 86400;
	const int hours = (int)(of_day / 3600), minutes = (int)(of_day / 60 % 60);
	char new_day[24] = "", rest[8] = "";
	if (today != *day)
		snprintf(new_day, sizeof new_day, "day %ld, ", today);
	if (step < 60)
		snprintf(rest, sizeof rest, ":%02d", (int)(of_day % 60));
	*tick = (struct plot_tick){ .value = t, .major = true };
	snprintf(tick->text, sizeof tick->text, "%.12s%02d:%02d%.4s", new_day, hours % 24, minutes % 60,
	         rest);
	*day = today;
}

void plot_scale_set_clock(struct plot_scale *scale, double lo_s, double hi_s, size_t want_ticks)
{
	long day = 0;
	lo_s = fmax(lo_s, 0);
	hi_s = fmax(hi_s, lo_s + 1);
	*scale = (struct plot_scale){ .lo = lo_s, .hi = hi_s, .px_hi = 1 };
	const double step = clock_step(hi_s - lo_s, want_ticks ? want_ticks : 1);
	for (double k = ceil(lo_s / step - 1e-9); k <= floor(hi_s / step + 1e-9); k++)
		clock_tick(scale, k * step, step, &day);
}

bool plot_scale_holds(const struct plot_scale *scale, double value)
{
	return value >= scale->lo && value <= scale->hi;
}

double plot_scale_px(const struct plot_scale *s, double value)
{
	double share;
	if (!(value > s->lo))
		share = 0;
	else if (value >= s->hi)
		share = 1;
	else if (s->log)
		share = log(value / s->lo) / log(s->hi / s->lo);
	else
		share = (value - s->lo) / (s->hi - s->lo);
	return s->px_lo + share * (s->px_hi - s->px_lo);
}
