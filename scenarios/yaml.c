/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * YAML 1.2 by libfyaml's events, not by its documents: a document stops at the first duplicate key,
 * finds it in quadratic time without a limit, and expands aliases. Aliases, anchors and tags have no
 * use in a scenario and are refused. A sequence of mappings becomes a mapping keyed by their `name:`,
 * so that any place can be overridden.
 */
#include "scenarios/yaml.h"

#include "scenarios/text.h"
#include <libfyaml.h>
#include <string.h>

struct yaml {
	struct scn_context *context;
	uint32_t source;
	struct fy_parser *parser;
	struct scn_place last; /* of the last event that had a place */
	bool stop;             /* nothing more can be read            */
};

static struct scn_place place_of(const struct yaml *yaml, const struct fy_mark *mark)
{
	if (!mark)
		return yaml->last;
	return (struct scn_place){yaml->source, (uint32_t)mark->line + 1, (uint32_t)mark->column + 1};
}

/* NULL: the end, or text that is not YAML. The caller frees. */
static struct fy_event *next_event(struct yaml *yaml)
{
	struct fy_event *event = yaml->stop ? NULL : fy_parser_parse(yaml->parser);

	if (!event) {
		yaml->stop = true;
		return NULL;
	}
	yaml->last = place_of(yaml, fy_event_start_mark(event));
	return event;
}

static bool check_decoration(struct yaml *yaml, struct fy_event *event)
{
	const char *what = fy_event_get_anchor_token(event) ? "an anchor (&)"
	                   : fy_event_get_tag_token(event)  ? "a tag (!)"
	                                                    : NULL;

	if (what)
		scn_say(yaml->context, yaml->last, "%s; a scenario has no anchors, aliases or tags", what);
	return !what;
}

/* A printable copy; NULL after saying what is wrong. */
static const char *scalar_text(struct yaml *yaml, struct fy_event *event, struct scn_place place)
{
	size_t length = 0;
	const char *text = fy_token_get_text(event->scalar.value, &length);

	for (size_t i = 0; i < length;) {
		size_t n = scn_printable(text + i, length - i);

		if (n == 0 && !(text[i] == '\n' && i + 1 == length)) {
			scn_say(yaml->context, place,
			        "a text with a control character (0x%02x) in it; allowed: printable text "
			        "on one line", (unsigned char)text[i]);
			return NULL;
		}
		i += n ? n : 1;
	}
	if (length && text[length - 1] == '\n') /* a block scalar */
		length--;
	return scn_copy(yaml->context, text ? text : "", length);
}

static struct scn_node *scalar(struct yaml *yaml, struct fy_event *event)
{
	struct scn_node *node = scn_node_new(yaml->context, SCN_NODE_TEXT);
	const struct fy_mark *end = fy_event_end_mark(event);
	enum fy_scalar_style style = fy_token_scalar_style(event->scalar.value);
	/* libfyaml's marks are those of the text inside the quotes. */
	uint32_t quote = style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;

	node->place = yaml->last;
	node->place.column -= node->place.column > 1 ? quote : 0;
	node->plain = style == FYSS_PLAIN;
	if (end) {
		node->end_line = (uint32_t)end->line + 1;
		node->end_column = (uint32_t)end->column + 1 + quote;
	}
	node->text = scalar_text(yaml, event, node->place);
	if (!node->text)
		return NULL;
	if (node->plain && !*node->text)
		node->kind = SCN_NODE_EMPTY;
	else if (node->plain && strcmp(node->text, "~") == 0) /* `null` is a SUCI scheme */
		node->kind = SCN_NODE_NULL;
	return node;
}

/* Reads on to the end of the list or mapping that has just begun. */
static void skip(struct yaml *yaml)
{
	for (int depth = 1; depth > 0;) {
		struct fy_event *event = next_event(yaml);

		if (!event)
			return;
		if (event->type == FYET_MAPPING_START || event->type == FYET_SEQUENCE_START)
			depth++;
		if (event->type == FYET_MAPPING_END || event->type == FYET_SEQUENCE_END)
			depth--;
		fy_parser_event_free(yaml->parser, event);
	}
}

static struct scn_node *value(struct yaml *yaml, struct fy_event *event, int depth);

static bool good_key(struct yaml *yaml, const struct scn_node *map, const struct scn_node *key)
{
	const struct scn_node *first;

	if (!*key->text)
		scn_say(yaml->context, key->place, "an empty key; a key is a name");
	else if (strlen(key->text) >= 64)
		scn_say(yaml->context, key->place,
		        "a key of %zu octets; a name is shorter than 64", strlen(key->text));
	else if (strcmp(key->text, "<<") == 0)
		scn_say(yaml->context, key->place,
		        "a merge key (<<); allowed: `extends: FILE` and variants");
	else if ((first = scn_node_child(map, key->text)) != NULL)
		scn_say(yaml->context, key->place, "duplicate key `%s`: it stands in line %u already",
		        key->text, first->key_place.line);
	else if (map->n == SCN_MAX_KEYS)
		scn_say(yaml->context, key->place, "more than %d keys in one mapping", SCN_MAX_KEYS);
	else
		return true;
	return false;
}

/* One `key: value`; false at the mapping's end. */
static bool entry(struct yaml *yaml, struct scn_node *map, int depth)
{
	struct fy_event *event = next_event(yaml);
	bool ended = !event || event->type == FYET_MAPPING_END;
	bool simple = !ended && event->type == FYET_SCALAR;
	struct scn_node *key = ended ? NULL : value(yaml, event, depth);

	if (event)
		fy_parser_event_free(yaml->parser, event);
	if (ended)
		return false;
	if (!simple && key)
		scn_say(yaml->context, key->place, "a mapping as a key; a key is a name");
	event = next_event(yaml);
	struct scn_node *node = event ? value(yaml, event, depth) : NULL;

	if (event)
		fy_parser_event_free(yaml->parser, event);
	if (!simple || !key || !good_key(yaml, map, key) || !node || yaml->stop)
		return !yaml->stop;
	if (!node->place.line)
		node->place = key->place;
	node->key = key->text;
	node->key_place = key->place;
	scn_node_append(map, node);
	return true;
}

static struct scn_node *mapping(struct yaml *yaml, int depth)
{
	struct scn_node *map = scn_node_new(yaml->context, SCN_NODE_MAP);

	map->place = yaml->last;
	if (depth == SCN_MAX_DEPTH) {
		scn_say(yaml->context, yaml->last, "nested deeper than %d mappings", SCN_MAX_DEPTH);
		skip(yaml);
		return NULL;
	}
	while (entry(yaml, map, depth + 1))
		;
	map->end_line = yaml->last.line;
	map->end_column = yaml->last.column + 1;
	return map;
}

/* ---- sequences ---- */

static void take_out(struct scn_node *map, const struct scn_node *child)
{
	struct scn_node *old = map->first;

	map->first = map->last = NULL;
	map->n = 0;
	for (struct scn_node *next; old; old = next) {
		next = old->next;
		if (old != child)
			scn_node_append(map, old);
	}
}

/* The key of a mapping in a sequence is its `name:`, or its number. */
static bool give_key(struct yaml *yaml, const struct scn_node *map, struct scn_node *node)
{
	const struct scn_node *name = scn_node_child(node, "name");

	if (name && name->kind != SCN_NODE_TEXT) {
		scn_say(yaml->context, name->place, "name: no single value; allowed: a text");
		return false;
	}
	node->numbered = !name;
	node->key = name ? name->text : scn_format(yaml->context, "%u", map->n + 1);
	node->key_place = name ? name->place : node->place;
	if (name)
		take_out(node, name);
	const struct scn_node key = {.text = node->key, .place = node->key_place};

	return good_key(yaml, map, &key);
}

static void append_element(struct yaml *yaml, struct scn_node *sequence, struct scn_node *node)
{
	bool scalar = node->kind == SCN_NODE_TEXT;

	if (sequence->n == 0)
		sequence->kind = scalar ? SCN_NODE_LIST : SCN_NODE_MAP;
	if ((!scalar && node->kind != SCN_NODE_MAP) || scalar != (sequence->kind == SCN_NODE_LIST))
		scn_say(yaml->context, node->place, "a list of both, or of neither; allowed: a list of "
		        "mappings, or of texts or numbers");
	else if (sequence->n == SCN_MAX_KEYS)
		scn_say(yaml->context, node->place, "more than %d entries in one list", SCN_MAX_KEYS);
	else if (scalar || give_key(yaml, sequence, node))
		scn_node_append(sequence, node);
}

/* Without an entry it is an empty mapping as well as an empty list. */
static struct scn_node *sequence(struct yaml *yaml, int depth)
{
	struct scn_node *sequence = scn_node_new(yaml->context, SCN_NODE_MAP);

	sequence->place = yaml->last;
	if (depth == SCN_MAX_DEPTH) {
		scn_say(yaml->context, yaml->last, "nested deeper than %d mappings", SCN_MAX_DEPTH);
		skip(yaml);
		return NULL;
	}
	for (bool ended = false; !ended;) {
		struct fy_event *event = next_event(yaml);
		struct scn_node *node;

		ended = !event || event->type == FYET_SEQUENCE_END;
		node = ended ? NULL : value(yaml, event, depth + 1);
		if (node && node->kind == SCN_NODE_EMPTY)
			node->place = yaml->last;
		if (event)
			fy_parser_event_free(yaml->parser, event);
		if (node && !yaml->stop)
			append_element(yaml, sequence, node);
	}
	sequence->end_line = yaml->last.line;
	sequence->end_column = yaml->last.column + 1;
	return sequence;
}

static struct scn_node *value(struct yaml *yaml, struct fy_event *event, int depth)
{
	bool fine = check_decoration(yaml, event);
	struct scn_node *node = NULL;

	switch (event->type) {
	case FYET_SCALAR:
		node = scalar(yaml, event);
		break;
	case FYET_MAPPING_START:
		node = mapping(yaml, depth);
		break;
	case FYET_SEQUENCE_START:
		node = sequence(yaml, depth);
		break;
	case FYET_ALIAS:
		scn_say(yaml->context, yaml->last,
		        "an alias (*); a scenario has no anchors, aliases or tags");
		break;
	default: /* the parser has given up */
		yaml->stop = true;
		break;
	}
	return fine ? node : NULL;
}

static struct scn_node *stream(struct yaml *yaml)
{
	struct scn_node *root = NULL;
	struct fy_event *event;
	int documents = 0;

	while ((event = next_event(yaml)) != NULL) {
		enum fy_event_type type = event->type;

		if (type == FYET_DOCUMENT_START && ++documents == 2) {
			scn_say(yaml->context, yaml->last,
			        "a second document begins; a scenario is one YAML document");
			yaml->stop = true;
		}
		if (type == FYET_SCALAR || type == FYET_ALIAS || type == FYET_MAPPING_START ||
		    type == FYET_SEQUENCE_START)
			root = value(yaml, event, 0);
		fy_parser_event_free(yaml->parser, event);
	}
	return root;
}

/* libfyaml's own words, with a hint where they alone would not help. */
static void say_errors(struct yaml *yaml, struct fy_diag *diag, bool failed)
{
	void *iterator = NULL;
	struct fy_diag_error *error;
	uint32_t n = 0;

	while ((error = fy_diag_errors_iterate(diag, &iterator)) != NULL) {
		bool indent = strstr(error->msg, "multiline plain key") != NULL;
		struct scn_place place = {yaml->source, error->line > 0 ? (uint32_t)error->line : 0,
		                          error->column > 0 ? (uint32_t)error->column : 1};

		scn_say(yaml->context, place, "not YAML: %s%s", error->msg,
		        indent ? " (is the next line indented too far?)" : "");
		n++;
	}
	if (failed && n == 0)
		scn_say(yaml->context, yaml->last, "not YAML from here on");
}

struct scn_node *scn_yaml_parse(struct scn_context *context, uint32_t source)
{
	const struct scn_source *text = &context->sources[source];
	struct yaml yaml = {.context = context, .source = source, .last = {source, 0, 0}};
	struct fy_diag_cfg messages;

	fy_diag_cfg_default(&messages);
	struct fy_diag *diag = fy_diag_create(&messages);

	fy_diag_set_collect_errors(diag, true);
	struct fy_parse_cfg config = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG, .diag = diag};

	yaml.parser = fy_parser_create(&config);
	fy_parser_set_string(yaml.parser, text->text, text->length);
	struct scn_node *root = stream(&yaml);
	bool failed = fy_parser_get_stream_error(yaml.parser);

	say_errors(&yaml, diag, failed);
	fy_parser_destroy(yaml.parser);
	fy_diag_destroy(diag);
	return failed ? NULL : root;
}
