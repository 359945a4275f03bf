/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/set.h"

#include "scenarios/near.h"
#include "scenarios/schema.h"
#include "scenarios/sections.h"
#include "scenarios/text.h"
#include "scenarios/value.h"
#include "scenarios/yaml.h"
#include <inttypes.h>
#include <string.h>

/* ---- reading ---- */

static void read_value(struct scn_context *context, struct scn_set *set, const char *option,
                       const char *shown, const char *value)
{
	const struct scn_source source = {.kind = SCN_SOURCE_OPTION, .shown = shown, .name = option,
	                                  .text = value, .length = strlen(value)};
	uint32_t before = context->n_messages;

	set->place = (struct scn_place){scn_source_add(context, &source), 1, 1};
	if (scn_text_check(context, set->place.source) != 0)
		return;
	set->value = scn_yaml_parse(context, set->place.source);
	if (!set->value && context->n_messages == before)
		scn_say(context, set->place, "no value; allowed: KEY=VALUE, as in amf.t3560=5s");
}

static void read_set(struct scn_context *context, struct scn_set *set, const char *text)
{
	const char *equals = strchr(text, '=');
	const char *shown = scn_format(context, "--set %s", text);

	if (equals && equals != text) {
		set->key = scn_copy(context, text, (size_t)(equals - text));
		read_value(context, set, "--set", shown, scn_copy(context, equals + 1, strlen(equals + 1)));
		return;
	}
	const struct scn_source source = {.kind = SCN_SOURCE_OPTION, .shown = shown, .name = "--set",
	                                  .text = text, .length = strlen(text)};

	set->place = (struct scn_place){scn_source_add(context, &source), 1, 1};
	scn_say(context, set->place, "no `KEY=`; allowed: KEY=VALUE, as in amf.t3560=5s");
}

static void read_option(struct scn_context *context, struct scn_set *set, const char *key,
                        const char *value)
{
	set->key = key;
	read_value(context, set, scn_format(context, "--%s", key),
	           scn_format(context, "--%s %s", key, value), value);
}

struct scn_set *scn_sets_read(struct scn_context *context, const struct scn_options *options,
                              uint32_t *n)
{
	struct scn_set *sets = scn_alloc(context, (options->n_set + 3) * sizeof *sets);
	uint32_t used = 0;

	for (size_t i = 0; i < options->n_set; i++)
		read_set(context, &sets[used++], options->set[i]);
	if (options->engine)
		read_option(context, &sets[used++], "engine", options->engine);
	if (options->seed >= 0)
		read_option(context, &sets[used++], "seed",
		            scn_format(context, "%" PRId64, options->seed));
	if (options->replications >= 0)
		read_option(context, &sets[used++], "replications",
		            scn_format(context, "%" PRId64, options->replications));
	*n = used;
	return sets;
}

/* ---- finding the place ---- */

enum { LONGEST = 8 }; /* stations.s.breakdowns.repair.mean has five */

struct path {
	struct scn_context *context;
	const char *key[LONGEST];
	int n;
};

/* "queue.capacity" has two parts. */
static void push_parts(struct path *path, const char *keys, size_t length)
{
	for (size_t n; length && path->n < LONGEST; keys += n, length -= n) {
		n = strcspn(keys, ".");
		n = n < length ? n : length;
		path->key[path->n++] = scn_copy(path->context, keys, n);
		n += n < length;
	}
}

/* What follows "prefix." in text; "" where text is the prefix; NULL where it is something else. */
static const char *behind(const char *text, const char *prefix)
{
	size_t length = strlen(prefix);

	if (strncmp(text, prefix, length) != 0)
		return NULL;
	return text[length] == '.' ? text + length + 1 : text[length] ? NULL : "";
}

/* "udm_generate_a" or "udm_generate_a.mean"; "queue.capacity" or all of "queue" */
static bool find_in_rows(const struct sim_section *section, const char *rest, struct path *path)
{
	for (size_t i = 0; i < section->n_rows; i++) {
		const struct sim_param *row = &section->rows[i];
		const char *more = scn_row_is_name(row) ? NULL : behind(rest, row->key);

		if (!scn_row_is_name(row) && behind(row->key, rest) && *behind(row->key, rest)) {
			push_parts(path, rest, strlen(rest));
			return true;
		}
		if (!more || (*more && !(row->type == SIM_PAR_DIST && scn_is_distribution_key(more))))
			continue;
		push_parts(path, row->key, strlen(row->key));
		if (*more)
			path->key[path->n++] = more;
		return true;
	}
	return false;
}

static const struct sim_section *keys_of(const struct scn_list *list, const struct scn_node *entry)
{
	const struct scn_node *kind = list->attacks ? scn_node_child(entry, "kind") : NULL;
	const struct atk_entry *attack = kind && kind->text ? scn_attack_named(kind->text) : NULL;

	return attack ? attack->section : list->section;
}

/* Names may have dots in them ("St. Olavs hospital"), so entries are compared whole. */
static bool find_in_list(const struct scn_list *list, const struct scn_node *map,
                         const char *rest, struct path *path)
{
	for (const struct scn_node *entry = map ? map->first : NULL; entry; entry = entry->next) {
		const char *key = behind(rest, entry->key);

		if (!key)
			continue;
		path->key[path->n++] = entry->key;
		if (!*key)
			return true;
		if (list->attacks && strcmp(key, "kind") == 0) {
			path->key[path->n++] = key;
			return true;
		}
		if (find_in_rows(keys_of(list, entry), key, path))
			return true;
		path->n--;
	}
	return false;
}

static bool find(const struct scn_node *tree, const char *key, struct path *path)
{
	uint32_t n_sections, n_lists;
	const struct scn_section *section = scn_section_table(&n_sections);
	const struct scn_list *list = scn_list_table(&n_lists);

	path->n = 0;
	if (scn_row(section[0].section, key)) {
		path->key[path->n++] = key;
		return true;
	}
	for (uint32_t i = 1; i < n_sections + n_lists; i++) {
		const struct sim_section *it =
			i < n_sections ? section[i].section : list[i - n_sections].section;
		const char *rest = behind(key, it->prefix);

		if (!rest)
			continue;
		path->key[path->n++] = it->prefix;
		if (!*rest)
			return true;
		if (i < n_sections ? find_in_rows(it, rest, path)
		                   : find_in_list(&list[i - n_sections],
		                                  scn_node_child(tree, it->prefix), rest, path))
			return true;
		path->n = 0; /* `hosts` is a section and a list */
	}
	return false;
}

const struct scn_node *scn_set_apply(struct scn_context *context, struct scn_set *set,
                                     const struct scn_node *tree)
{
	struct path path = {.context = context};

	if (!set->key || !set->value || !find(tree, set->key, &path))
		return tree;
	set->applied = true;
	struct scn_node *node = set->value;

	for (int i = path.n - 1; i >= 0; i--) {
		struct scn_node *map = scn_node_new(context, SCN_NODE_MAP);
		struct scn_node *child = scn_node_new(context, SCN_NODE_TEXT);

		*child = *node; /* the value may be put into several trees */
		child->key = path.key[i];
		child->key_place = set->place;
		map->place = set->place;
		scn_node_append(map, child);
		node = map;
	}
	return scn_merge(context, tree, node);
}

bool scn_set_fits(struct scn_context *context, const struct scn_set *set,
                  const struct scn_node *tree)
{
	struct path path = {.context = context};

	return find(tree, set->key, &path);
}

/* ---- the nearest key to one that is nowhere ---- */

static void try_rows(struct scn_context *context, struct scn_near *near, const char *prefix,
                     const struct sim_section *section)
{
	for (size_t i = 0; i < section->n_rows; i++)
		if (!scn_row_is_name(&section->rows[i]))
			scn_near_try(near, scn_format(context, "%s%s%s", prefix, *prefix ? "." : "",
			                              section->rows[i].key));
}

static void try_list(struct scn_context *context, struct scn_near *near,
                     const struct scn_list *list, const struct scn_node *tree)
{
	const struct scn_node *map = scn_node_child(tree, list->section->prefix);

	for (const struct scn_node *entry = map ? map->first : NULL; entry; entry = entry->next) {
		const char *prefix = scn_format(context, "%s.%s", list->section->prefix, entry->key);

		scn_near_try(near, prefix);
		try_rows(context, near, prefix, keys_of(list, entry));
	}
}

void scn_set_say_unknown(struct scn_context *context, const struct scn_set *set,
                         const struct scn_node *const *trees, uint32_t n_trees)
{
	struct scn_near near = {.wanted = set->key};
	uint32_t n_sections, n_lists;
	const struct scn_section *section = scn_section_table(&n_sections);
	const struct scn_list *list = scn_list_table(&n_lists);

	for (uint32_t i = 0; i < n_sections; i++)
		try_rows(context, &near, section[i].section->prefix, section[i].section);
	for (uint32_t t = 0; t < n_trees; t++)
		for (uint32_t i = 0; i < n_lists; i++)
			try_list(context, &near, &list[i], trees[t]);
	if (near.best)
		scn_say(context, set->place, "unknown key `%s`; nearest known key: `%s`", set->key,
		        near.best);
	else
		scn_say(context, set->place, "unknown key `%s`; `dtsim list params` has all of them",
		        set->key);
}
