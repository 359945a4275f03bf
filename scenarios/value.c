/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/value.h"

#include "scenarios/distribution.h"
#include "scenarios/near.h"
#include "scenarios/text.h"
#include "sim/core/dist.h"
#include "sim/core/status.h"
#include <math.h>
#include <string.h>

/* One value on its way into a configuration. */
struct reading {
	struct scn_context *context;
	const struct sim_param *row;
	const char *what;
	const struct scn_node *node;
	void *field;
};

/* The quantity of a row; durations and counts have types of their own. */
static enum sim_quantity quantity_of(const struct sim_param *row)
{
	switch (row->type) {
	case SIM_PAR_COUNT:
		return SIM_Q_COUNT;
	case SIM_PAR_DURATION:
	case SIM_PAR_DIST:
		return SIM_Q_DURATION;
	case SIM_PAR_QUANTITY:
	case SIM_PAR_LIST:
		return row->quantity;
	default:
		return SIM_Q_NUMBER;
	}
}

/* The word for -1, where a row has one. */
static const char *endless(const struct sim_param *row)
{
	if (row->min >= 0)
		return NULL;
	switch (row->type) {
	case SIM_PAR_COUNT:
		return "infinite";
	case SIM_PAR_DURATION:
	case SIM_PAR_DIST:
		return "never";
	default:
		return NULL;
	}
}

/* Bounds of durations are in seconds, values in nanoseconds. */
static double scale(const struct sim_param *row)
{
	return quantity_of(row) == SIM_Q_DURATION ? 1e9 : 1;
}

static const char *range_text(struct scn_context *context, const struct sim_param *row)
{
	char low[64], high[64];
	double min = endless(row) ? 0 : row->min;

	sim_unit_format(quantity_of(row), min * scale(row), low, sizeof low);
	sim_unit_format(quantity_of(row), row->max * scale(row), high, sizeof high);
	return scn_format(context, "%s to %s%s%s", low, high, endless(row) ? ", or " : "",
	                  endless(row) ? endless(row) : "");
}

int scn_quantity_read(struct scn_context *context, const struct sim_param *row, const char *what,
                      const struct scn_node *node, double *value)
{
	double min = endless(row) ? 0 : row->min;
	const char *why = NULL;

	if (sim_unit_parse(quantity_of(row), node->text, value, &why) != 0) {
		scn_say(context, node->place, "%s: `%s` %s; %s: %s", what, node->text, why,
		        strstr(why, "allowed") ? "range" : "allowed", range_text(context, row));
		return -1;
	}
	if (*value < min * scale(row) || *value > row->max * scale(row)) {
		scn_say(context, node->place, "%s: `%s` is out of range; allowed: %s", what, node->text,
		        range_text(context, row));
		return -1;
	}
	return 0;
}

static int read_quantity(const struct reading *r, double *value)
{
	const char *text = r->node->text, *word = endless(r->row);
	bool all = r->row->type == SIM_PAR_COUNT &&
	           (strcmp(text, "all") == 0 || strcmp(text, "unlimited") == 0);

	if (word && (all || strcmp(text, word) == 0)) {
		*value = -1;
		return 0;
	}
	return scn_quantity_read(r->context, r->row, r->what, r->node, value);
}

static int read_whole(const struct reading *r)
{
	double value;

	if (read_quantity(r, &value) != 0)
		return -1;
	*(int64_t *)r->field = (int64_t)value;
	return 0;
}

static int read_bool(const struct reading *r)
{
	bool yes = r->node->plain && strcmp(r->node->text, "true") == 0;

	if (!yes && !(r->node->plain && strcmp(r->node->text, "false") == 0)) {
		scn_say(r->context, r->node->place, "%s: found `%s`; allowed: true, false", r->what,
		        r->node->text);
		return -1;
	}
	*(bool *)r->field = yes;
	return 0;
}

/* Copies the i-th choice of "null|a|" into a buffer; false behind the last one. */
static bool choice(const char *choices, unsigned i, char out[64])
{
	for (; i && choices; i--) {
		choices = strchr(choices, '|');
		choices = choices ? choices + 1 : NULL;
	}
	if (!choices || !*choices)
		return false;
	size_t length = strcspn(choices, "|");

	SIM_ASSERT(length < 64);
	memcpy(out, choices, length);
	out[length] = '\0';
	return true;
}

const char *scn_choices_text(struct scn_context *context, const char *choices)
{
	const char *list = "";
	char name[64];

	for (unsigned i = 0; choice(choices, i, name); i++)
		list = scn_format(context, "%s%s%s", list, i ? ", " : "", name);
	return list;
}

int scn_choice_read(struct scn_context *context, const char *choices, const char *what,
                    const struct scn_node *node)
{
	struct scn_near near = {.wanted = node->text};
	char name[64];

	for (unsigned i = 0; choice(choices, i, name); i++) {
		if (strcmp(name, node->text) == 0)
			return (int)i;
		scn_near_try(&near, scn_copy(context, name, strlen(name)));
	}
	scn_say(context, node->place, "%s: found `%s`; allowed: %s%s%s%s", what, node->text,
	        scn_choices_text(context, choices), near.best ? "; nearest: `" : "",
	        near.best ? near.best : "", near.best ? "`" : "");
	return -1;
}

static int read_choice(const struct reading *r)
{
	int i = scn_choice_read(r->context, r->row->choices, r->what, r->node);

	if (i >= 0)
		*(uint8_t *)r->field = (uint8_t)i;
	return i < 0 ? -1 : 0;
}

/* Characters were checked when the file was read; a row's max, if it has one, is the longest length. */
static int read_text(const struct reading *r)
{
	size_t length = strlen(r->node->text), longest = r->row->max > 0 ? (size_t)r->row->max : 63;

	if (length == 0 || length > longest) {
		scn_say(r->context, r->node->place, "%s: a text of %zu octets; allowed: 1 to %zu", r->what,
		        length, longest);
		return -1;
	}
	memcpy(r->field, r->node->text, length + 1);
	return 0;
}

/* One text is a list of one; "none" a list of nothing. */
static int read_list(const struct reading *r)
{
	const struct scn_node *node = r->node->kind == SCN_NODE_LIST ? r->node->first : r->node;
	uint32_t n = r->node->kind == SCN_NODE_LIST ? r->node->n : 1, i = 0;
	struct sim_values *values = r->field;
	double *value = scn_alloc(r->context, n * sizeof *value);

	*values = (struct sim_values){n, value};
	if (r->node->kind == SCN_NODE_TEXT && strcmp(r->node->text, "none") == 0) {
		values->n = 0;
		return 0;
	}
	for (; node && i < n; node = node->next, i++) {
		const char *what = scn_format(r->context, "%s[%u]", r->what, i + 1);

		if (scn_quantity_read(r->context, r->row, what, node, &value[i]) != 0)
			return -1;
	}
	return 0;
}

static int read_typed(const struct reading *r)
{
	switch (r->row->type) {
	case SIM_PAR_BOOL:
		return read_bool(r);
	case SIM_PAR_COUNT:
	case SIM_PAR_DURATION:
		return read_whole(r);
	case SIM_PAR_NUMBER:
	case SIM_PAR_QUANTITY:
		return read_quantity(r, r->field);
	case SIM_PAR_ENUM:
		return read_choice(r);
	case SIM_PAR_TEXT:
		return read_text(r);
	case SIM_PAR_DIST:
		return scn_distribution_read(r->context, r->row, r->what, r->node, r->field);
	case SIM_PAR_LIST:
		return read_list(r);
	}
	return -1;
}

const char *scn_value_allowed(struct scn_context *context, const struct sim_param *row)
{
	switch (row->type) {
	case SIM_PAR_BOOL:
		return "true, false";
	case SIM_PAR_ENUM:
		return scn_choices_text(context, row->choices);
	case SIM_PAR_TEXT:
		return "a text";
	case SIM_PAR_DIST:
		return scn_format(context, "a duration, %s, or a distribution of it",
		                  range_text(context, row));
	case SIM_PAR_LIST:
		return scn_format(context, "a list, each a %s, %s",
		                  sim_unit_quantity_name(quantity_of(row)), range_text(context, row));
	default:
		return scn_format(context, "a %s, %s", sim_unit_quantity_name(quantity_of(row)),
		                  range_text(context, row));
	}
}

int scn_value_read(struct scn_context *context, const struct sim_param *row, const char *what,
                   const struct scn_node *node, void *config)
{
	struct reading reading = {context, row, what, node, (char *)config + row->offset};
	bool fits = node->kind == SCN_NODE_TEXT ||
	            (node->kind == SCN_NODE_MAP && row->type == SIM_PAR_DIST) ||
	            (node->kind == SCN_NODE_LIST && row->type == SIM_PAR_LIST);

	if (!fits) {
		scn_say(context, node->place, "%s: %s; allowed: %s", what,
		        node->kind == SCN_NODE_MAP    ? "a mapping"
		        : node->kind == SCN_NODE_LIST ? "a list"
		                                      : "no value", scn_value_allowed(context, row));
		return -1;
	}
	return read_typed(&reading);
}

void scn_value_default(struct scn_context *context, const struct sim_param *row, void *config)
{
	struct scn_node node = {.kind = SCN_NODE_TEXT, .plain = true, .text = row->fallback};
	uint32_t before = context->n_messages;

	if (!row->fallback)
		return;
	int failed = scn_value_read(context, row, row->key, &node, config);

	SIM_ASSERT(!failed && context->n_messages == before);
}

/* ---- back to text ---- */

static const char *quantity_text(struct scn_context *context, enum sim_quantity quantity,
                                 double value)
{
	char buffer[96];

	sim_unit_format(quantity, value, buffer, sizeof buffer);
	return scn_copy(context, buffer, strlen(buffer));
}

static const char *whole_text(struct scn_context *context, const struct sim_param *row,
                              int64_t value)
{
	if (value < 0 && endless(row))
		return endless(row);
	return quantity_text(context, quantity_of(row), (double)value);
}

static const char *list_text(struct scn_context *context, const struct sim_param *row,
                             const struct sim_values *values)
{
	const char *text = "";

	for (uint32_t i = 0; i < values->n; i++)
		text = scn_format(context, "%s%s%s", text, i ? ", " : "",
		                  quantity_text(context, quantity_of(row), values->value[i]));
	return values->n ? scn_format(context, "[%s]", text) : "none";
}

/* Quoted where YAML or the reader above would take it for something else. */
static const char *word_text(struct scn_context *context, const char *text)
{
	size_t length = strlen(text);
	bool odd = length == 0 || strpbrk(text, ":#{}[]&*!|>'\"%@`\\~?") || text[0] == ' ' ||
	           text[0] == '-' || text[length - 1] == ' ';
	const char *result = "";

	if (!odd)
		return text;
	for (const char *p = text; *p; p++)
		result = scn_format(context, "%s%s%c", result, *p == '"' || *p == '\\' ? "\\" : "", *p);
	return scn_format(context, "\"%s\"", result);
}

const char *scn_value_text(struct scn_context *context, const struct sim_param *row,
                           const void *config)
{
	const void *field = (const char *)config + row->offset;
	char name[64] = "";

	switch (row->type) {
	case SIM_PAR_BOOL:
		return *(const bool *)field ? "true" : "false";
	case SIM_PAR_COUNT:
	case SIM_PAR_DURATION:
		return whole_text(context, row, *(const int64_t *)field);
	case SIM_PAR_NUMBER:
	case SIM_PAR_QUANTITY:
		return quantity_text(context, quantity_of(row), *(const double *)field);
	case SIM_PAR_ENUM:
		choice(row->choices, *(const uint8_t *)field, name);
		return scn_copy(context, name, strlen(name));
	case SIM_PAR_TEXT:
		return word_text(context, field);
	case SIM_PAR_DIST:
		return scn_distribution_text(context, field);
	case SIM_PAR_LIST:
		return list_text(context, row, field);
	}
	return "";
}

const char *scn_value_unit(const struct sim_param *row)
{
	static const char *const unit[] = {
		[SIM_Q_NUMBER] = "", [SIM_Q_COUNT] = "", [SIM_Q_DURATION] = "s", [SIM_Q_RATE] = "1/s",
		[SIM_Q_LENGTH] = "m", [SIM_Q_SPEED] = "m/s", [SIM_Q_BITRATE] = "bit/s",
		[SIM_Q_OCTETS] = "B", [SIM_Q_FREQUENCY] = "Hz", [SIM_Q_POWER] = "dBm",
		[SIM_Q_GAIN] = "dB",
	};

	return unit[quantity_of(row)];
}

double scn_value_number(const struct sim_param *row, const void *config)
{
	const void *field = (const char *)config + row->offset;

	switch (row->type) {
	case SIM_PAR_BOOL:
		return *(const bool *)field;
	case SIM_PAR_COUNT:
	case SIM_PAR_DURATION:
		return (double)*(const int64_t *)field;
	case SIM_PAR_NUMBER:
	case SIM_PAR_QUANTITY:
		return *(const double *)field;
	case SIM_PAR_DIST:
		return ((const struct sim_dist *)field)->mean_ns;
	default:
		return NAN;
	}
}
