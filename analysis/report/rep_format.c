/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/report/rep_format.h"
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct form {
	double scale; /* what a value is multiplied by */
	const char *unit;
	int decimals;
};

static void pick_unit(struct form *form, const char *unit, double value)
{
	const bool ns = strcmp(unit, "ns") == 0;
	*form = (struct form){ 1, strcmp(unit, "1") == 0 ? "" : unit, 0 };
	if (!ns && strcmp(unit, "s") != 0)
		return;
	const double to_s = ns ? 1e-9 : 1, seconds = fabs(value) * to_s;
	if (seconds >= 1 || seconds == 0 || !isfinite(value))
		*form = (struct form){ to_s, "s", 0 };
	else if (seconds >= 1e-3)
		*form = (struct form){ to_s * 1e3, "ms", 0 };
	else
		*form = (struct form){ to_s * 1e6, "\xc2\xb5s", 0 };
}

static int decimals_for(double quantum, int digits)
{
	const double decimals = digits - 1 - floor(log10(quantum) + 1e-9);
	return decimals < 0 ? 0 : decimals > 6 ? 6 : (int)decimals;
}

/*
 * As the Particle Data Group rounds: two digits of the half-width when it begins below 355, else
 * one. Without an interval, four digits of the value, none after a whole number.
 */
static void pick_digits(struct form *form, double value, double lo, double hi)
{
	const double half = isfinite(lo) && isfinite(hi) ? (hi - lo) / 2 * form->scale : 0;
	const double size = fabs(value) * form->scale;
	if (half > 0)
		form->decimals = decimals_for(half, half / pow(10, floor(log10(half))) < 3.55 ? 2 : 1);
	else if (size == floor(size) && isnan(lo))
		form->decimals = 0;
	else if (isfinite(lo) && lo == hi && size <= 1)
		form->decimals = 3; /* a ratio that is the same in all replications */
	else if (size > 0 && isfinite(size))
		form->decimals = decimals_for(size, 4);
	else
		form->decimals = 3;
	if (form->decimals > 4 && size >= 0.01)
		form->decimals = 4;
}

static struct form form_of(const char *unit, double value, double lo, double hi)
{
	struct form form;
	pick_unit(&form, unit, isfinite(value) ? value : lo);
	pick_digits(&form, value, lo, hi);
	return form;
}

/* A rounded zero has no sign. */
static void put_number(char *out, size_t size, const struct form *form, double value)
{
	if (isinf(value)) {
		snprintf(out, size, "%s\xe2\x88\x9e", value < 0 ? "-" : "");
		return;
	}
	snprintf(out, size, "%.*f", form->decimals, value * form->scale);
	if (out[0] == '-' && strspn(out + 1, "0.") == strlen(out + 1))
		memmove(out, out + 1, strlen(out));
}

/* The unit stands at the value; only where that is infinite ("never") at the lower bound. */
static void put_bounds(char out[REP_TEXT], const struct form *form, double value, double lo,
                       double hi)
{
	char low[32], high[32];
	const bool unit = isinf(value) && isfinite(lo) && *form->unit;
	put_number(low, sizeof low, form, lo);
	put_number(high, sizeof high, form, hi);
	snprintf(out, REP_TEXT, "[%s%s%.8s, %s]", low, unit ? " " : "", unit ? form->unit : "", high);
}

void rep_format_bounds(char out[REP_TEXT], const char *unit, double value, double lo, double hi)
{
	out[0] = '\0';
	if (isnan(lo) || isnan(hi) || isnan(value))
		return;
	const struct form form = form_of(unit, value, lo, hi);
	put_bounds(out, &form, value, lo, hi);
}

/* A rate is written as scenarios write it: 50/s. */
static void put_value(char out[REP_TEXT], const struct form *form, double value)
{
	char number[40];
	const bool rate = strncmp(form->unit, "1/", 2) == 0;
	put_number(number, sizeof number, form, value);
	snprintf(out, REP_TEXT, "%s%s%s", number, *form->unit && !rate ? " " : "",
	         form->unit + (rate ? 1 : 0));
}

void rep_format_interval(char out[REP_TEXT], const char *unit, double value, double lo, double hi)
{
	if (isnan(value)) {
		snprintf(out, REP_TEXT, "undefined");
		return;
	}
	const struct form form = form_of(unit, value, lo, hi);
	char text[REP_TEXT], bounds[REP_TEXT] = "";
	put_value(text, &form, value);
	if (isinf(value))
		snprintf(text, sizeof text, "never");
	if (!isnan(lo) && !isnan(hi))
		put_bounds(bounds, &form, value, lo, hi);
	snprintf(out, REP_TEXT, "%.40s%s%.50s", text, *bounds ? " " : "", bounds);
}

void rep_format_value(char out[REP_TEXT], const char *unit, double value)
{
	if (isnan(value)) {
		snprintf(out, REP_TEXT, "undefined");
		return;
	}
	const struct form form = form_of(unit, value, NAN, NAN);
	put_value(out, &form, value);
}

void rep_format_duration(char out[REP_TEXT], double seconds)
{
	if (seconds >= 3600 && fmod(seconds, 3600) == 0)
		snprintf(out, REP_TEXT, "%.0f h", seconds / 3600);
	else if (seconds >= 60 && fmod(seconds, 60) == 0)
		snprintf(out, REP_TEXT, "%.0f min", seconds / 60);
	else
		snprintf(out, REP_TEXT, "%g s", seconds);
}

/* TS 23.501 clause 6.2 writes functions in capitals; AAnF is of TS 33.535. */
#define VISITED "visited "
const char *rep_node_name(char out[REP_TEXT], const char *node)
{
	static const char *const NAMES[][2] = { { "amf", "AMF" }, { "ausf", "AUSF" }, { "udm", "UDM" },
		{ "udr", "UDR" }, { "pcf", "PCF" }, { "upf", "UPF" }, { "aanf", "AAnF" },
		{ "dtf", "DTF" }, { "gnb", "gNB" }, { "smf", "SMF" }, { "scp", "SCP" }, { "sepp", "SEPP" },
		{ "n3iwf", "N3IWF" }, { "ap", "AP" } };
	const size_t before = strncmp(node, VISITED, strlen(VISITED)) == 0 ? strlen(VISITED) : 0;
	const size_t word = strcspn(node + before, " ");
	const char *shown = NULL;
	for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
		if (strlen(NAMES[i][0]) == word && strncmp(node + before, NAMES[i][0], word) == 0)
			shown = NAMES[i][1];
	snprintf(out, REP_TEXT, "%.*s%.20s%.60s", (int)before, node, shown ? shown : "",
	         node + before + (shown ? word : 0));
	return out;
}
