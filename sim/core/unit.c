/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/core/unit.h"
#include "sim/core/status.h"
#include "sim/core/time.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_UNITS = 8 };

/* Two factors, so that a thousandth or "per minute" is one correctly rounded division. */
struct unit {
	const char *name;
	double times, over;
};

struct quantity {
	const char *name, *allowed;
	struct unit unit[MAX_UNITS]; /* smallest first; the base unit has times = over = 1 */
	int may_be_negative, no_unit_needed;
	const char *no_unit, *wrong_unit; /* sentence fragments */
};

#define UNITS_ALLOWED(allowed_)                                                                    \
	.allowed = allowed_, .no_unit = "has no unit; allowed: " allowed_,                            \
	.wrong_unit = "has a unit that is not allowed here; allowed: " allowed_

static const struct quantity quantities[] = {
	[SIM_Q_NUMBER] = {.name = "number",
		.allowed = "none, or %", .wrong_unit = "has a unit; a plain number or a % is allowed",
		.unit = {{"%", 1, 100}}, .may_be_negative = 1, .no_unit_needed = 1},
	[SIM_Q_COUNT] = {.name = "count",
		.allowed = "none", .wrong_unit = "has a unit; a plain whole number is allowed",
		.may_be_negative = 1, .no_unit_needed = 1},
	[SIM_Q_DURATION] = {.name = "duration", UNITS_ALLOWED("ns us ms s min h d"),
		.unit = {{"ns", 1, 1}, {"us", 1e3, 1}, {"ms", 1e6, 1}, {"s", 1e9, 1}, {"min", 60e9, 1},
			{"h", 3600e9, 1}, {"d", 86400e9, 1}}},
	[SIM_Q_RATE] = {.name = "rate", UNITS_ALLOWED("/s /min /h /d"),
		.unit = {{"/d", 1, 86400}, {"/h", 1, 3600}, {"/min", 1, 60}, {"/s", 1, 1}}},
	[SIM_Q_LENGTH] = {.name = "length", UNITS_ALLOWED("mm m km"),
		.unit = {{"mm", 1, 1e3}, {"m", 1, 1}, {"km", 1e3, 1}}, .may_be_negative = 1},
	[SIM_Q_SPEED] = {.name = "speed", UNITS_ALLOWED("m/s km/h"),
		.unit = {{"km/h", 1, 3.6}, {"m/s", 1, 1}}, .may_be_negative = 1},
	[SIM_Q_BITRATE] = {.name = "bit rate", UNITS_ALLOWED("bit/s kbit/s Mbit/s Gbit/s"),
		.unit = {{"bit/s", 1, 1}, {"kbit/s", 1e3, 1}, {"Mbit/s", 1e6, 1}, {"Gbit/s", 1e9, 1}}},
	[SIM_Q_OCTETS] = {.name = "amount of data", UNITS_ALLOWED("B kB MB GB KiB MiB"),
		.unit = {{"B", 1, 1}, {"kB", 1e3, 1}, {"KiB", 1024, 1}, {"MB", 1e6, 1},
			{"MiB", 1048576, 1}, {"GB", 1e9, 1}}},
	[SIM_Q_FREQUENCY] = {.name = "frequency", UNITS_ALLOWED("Hz kHz MHz GHz"),
		.unit = {{"Hz", 1, 1}, {"kHz", 1e3, 1}, {"MHz", 1e6, 1}, {"GHz", 1e9, 1}}},
	[SIM_Q_POWER] = {.name = "power", UNITS_ALLOWED("dBm"),
		.unit = {{"dBm", 1, 1}}, .may_be_negative = 1},
	[SIM_Q_GAIN] = {.name = "gain", UNITS_ALLOWED("dB"),
		.unit = {{"dB", 1, 1}}, .may_be_negative = 1},
};

static const char not_a_number[] = "is not a decimal number";
static const char too_large[] = "is too large";

static const char *skip_digits(const char *at)
{
	while (*at >= '0' && *at <= '9')
		at++;
	return at;
}

static const char *skip_blanks(const char *at)
{
	while (*at == ' ' || *at == '\t')
		at++;
	return at;
}

/*
 * -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)? and nothing that only strtod() would take.
 * Returns where it ends, or NULL.
 */
static const char *number_end(const char *at)
{
	if (*at == '-')
		at++;
	const char *whole = at;
	at = skip_digits(whole);
	if (at == whole || (*whole == '0' && at != whole + 1))
		return NULL;
	if (*at == '.') {
		const char *fraction = at + 1;
		at = skip_digits(fraction);
		if (at == fraction)
			return NULL;
	}
	if (*at == 'e' || *at == 'E') {
		const char *exponent = at + 1;
		if (*exponent == '+' || *exponent == '-')
			exponent++;
		at = skip_digits(exponent);
		if (at == exponent)
			return NULL;
	}
	return at;
}

static const struct unit *find_unit(const struct quantity *q, const char *name, size_t length)
{
	for (int i = 0; i < MAX_UNITS && q->unit[i].name; i++)
		if (strlen(q->unit[i].name) == length && !memcmp(q->unit[i].name, name, length))
			return &q->unit[i];
	return NULL;
}

/* A unit ends where the text, the term or the next term's number does. */
static size_t unit_length(const char *at)
{
	return strcspn(at, " \t0123456789.-");
}

/* One number with its unit; *text moves behind it. Returns NULL, or why not. */
static const char *parse_term(const struct quantity *q, const char **text, double *value)
{
	static const struct unit none = {"", 1, 1};
	const char *end = number_end(*text);

	if (!end)
		return not_a_number;
	double number = strtod(*text, NULL);
	if (isinf(number))
		return too_large;
	if (number < 0 && !q->may_be_negative)
		return "is negative";

	const char *name = skip_blanks(end);
	size_t length = unit_length(name);
	const struct unit *unit = length ? find_unit(q, name, length) : &none;
	if (length == 0 && !q->no_unit_needed)
		return q->no_unit;
	if (!unit)
		return q->wrong_unit;
	*value = number * unit->times / unit->over;
	*text = skip_blanks(name + length);
	return NULL;
}

static const char *parse_sum(const struct quantity *q, const char *text, double *sum)
{
	int n_terms = 0;

	for (*sum = 0; *text; n_terms++) {
		double value = 0;
		const char *why = parse_term(q, &text, &value);
		if (why)
			return why;
		*sum += value;
		if (*text && q != &quantities[SIM_Q_DURATION])
			return "goes on behind the value";
	}
	return n_terms ? NULL : "is empty";
}

static const char *parse(enum sim_quantity quantity, const char *text, double *value)
{
	const char *why = parse_sum(&quantities[quantity], skip_blanks(text), value);

	if (why)
		return why;
	if (isinf(*value))
		return too_large;
	if (quantity == SIM_Q_DURATION) {
		if (*value >= (double)SIM_TIME_MAX)
			return "is longer than 292 years";
		*value = nearbyint(*value);
	}
	if (quantity == SIM_Q_COUNT && *value != floor(*value))
		return "is not a whole number";
	if (quantity == SIM_Q_COUNT && fabs(*value) > 0x1p53)
		return too_large;
	*value += 0.0; /* "-0" is 0 */
	return NULL;
}

int sim_unit_parse(enum sim_quantity quantity, const char *text, double *value, const char **why)
{
	double parsed = 0;
	const char *refused = parse(quantity, text, &parsed);

	if (refused) {
		*why = refused;
		return -1;
	}
	*value = parsed;
	return 0;
}

const char *sim_unit_quantity_name(enum sim_quantity quantity)
{
	return quantities[quantity].name;
}

const char *sim_unit_allowed(enum sim_quantity quantity)
{
	return quantities[quantity].allowed;
}

/* Writing: the shortest digits in a unit that give the same value when they are read again. */

static const char *separator(const struct unit *unit)
{
	return unit->name[0] == '/' || unit->name[0] == '\0' ? "" : " ";
}

static int format_exactly(enum sim_quantity quantity, double value, const struct unit *unit,
                          char *buffer, size_t size)
{
	double number = value * unit->over / unit->times;

	for (int digits = 1; digits <= 17; digits++) {
		double again;
		const char *why;
		snprintf(buffer, size, "%.*g%s%s", digits, number, separator(unit), unit->name);
		if (strchr(buffer, 'e') && fabs(number) < 1e15 && digits < 16)
			continue; /* 80, not 8e+01 */
		if (sim_unit_parse(quantity, buffer, &again, &why) == 0 && again == value)
			return 1;
	}
	return 0;
}

static void append_term(char *buffer, size_t size, double number, const char *unit)
{
	size_t used = strlen(buffer);

	if (number > 0 && used < size)
		snprintf(buffer + used, size - used, "%s%.0f%s", used ? " " : "", number, unit);
}

/* "1d 10h 30min": whole seconds from a minute on. */
static void format_long(double value_ns, char *buffer, size_t size)
{
	double s = value_ns / 1e9;

	buffer[0] = '\0';
	append_term(buffer, size, floor(s / 86400), "d");
	append_term(buffer, size, floor(fmod(s, 86400) / 3600), "h");
	append_term(buffer, size, floor(fmod(s, 3600) / 60), "min");
	append_term(buffer, size, fmod(s, 60), "s");
}

/* Below a unit's size the next smaller one reads better; KiB and MiB are only read. */
static int is_natural(const struct unit *unit, double value)
{
	return !strstr(unit->name, "iB") && fabs(value) * unit->over >= unit->times;
}

/* The largest unit that does not make the number a fraction below 1. */
static int format_in_unit(enum sim_quantity quantity, double value, char *buffer, size_t size)
{
	const struct quantity *q = &quantities[quantity];

	for (int i = MAX_UNITS - 1; i >= 0; i--) {
		const struct unit *unit = &q->unit[i];
		if (!unit->name || !is_natural(unit, value))
			continue;
		if (quantity == SIM_Q_DURATION && unit->times > 1e9)
			continue;
		if (format_exactly(quantity, value, unit, buffer, size))
			return 1;
	}
	return 0;
}

static const struct unit *base_unit(const struct quantity *q)
{
	static const struct unit none = {"", 1, 1};

	if (q->no_unit_needed)
		return &none;
	for (int i = 0; i < MAX_UNITS && q->unit[i].name; i++)
		if (q->unit[i].times == q->unit[i].over)
			return &q->unit[i];
	return &none;
}

char *sim_unit_format(enum sim_quantity quantity, double value, char *buffer, size_t size)
{
	const struct quantity *q = &quantities[quantity];

	SIM_ASSERT(isfinite(value) && size > 0);
	if (quantity == SIM_Q_DURATION && value == 0)
		snprintf(buffer, size, "0 s");
	else if (quantity == SIM_Q_DURATION && value >= 60e9 && fmod(value, 1e9) == 0)
		format_long(value, buffer, size);
	else if (q->no_unit_needed || !format_in_unit(quantity, value, buffer, size))
		format_exactly(quantity, value, base_unit(q), buffer, size);
	return buffer;
}
