/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/schema.h"

#include "scenarios/distribution.h"
#include "scenarios/near.h"
#include "scenarios/sections.h"
#include "scenarios/value.h"
#include <string.h>

struct walk {
	struct scn_context *context;
	enum scn_role role;
	struct scn_config *config;
	const struct scn_node *root;
};

enum { MAX_KNOWN = 256 };

const char *scn_known_keys(struct scn_context *context, const char *wanted,
                           const char *const *known, size_t n)
{
	struct scn_near near = {.wanted = wanted};
	const char *list = "";

	for (size_t i = 0; i < n; i++)
		scn_near_try(&near, known[i]);
	if (near.best)
		return scn_format(context, "; nearest known key: `%s`", near.best);
	for (size_t i = 0; i < n; i++)
		list = scn_format(context, "%s%s%s", list, i ? ", " : "; known keys: ", known[i]);
	return *list ? list : "; it has no keys: write {}";
}

const char *scn_attack_choices(struct scn_context *context)
{
	const char *choices = "";

	for (uint32_t i = 0; i < atk_n_entries; i++)
		choices = scn_format(context, "%s%s|", choices, atk_entries[i]->name);
	return choices;
}

/* ---- a mapping of keys of rows ---- */

/* What stands in a mapping: rows whose keys begin with `group` ("", "queue."), at "stations.s.queue". */
struct scope {
	const struct sim_section *section;
	const char *where, *group;
	const char *extra; /* one more key that may be there, or NULL */
};

/* The part of a row's key behind the group; NULL: it is of another one. */
static const char *in_group(const struct sim_param *row, const char *group)
{
	size_t length = strlen(group);

	return scn_row_is_name(row) || strncmp(row->key, group, length) ? NULL : row->key + length;
}

static bool is_group(const struct scope *scope, const char *group)
{
	for (size_t i = 0; i < scope->section->n_rows; i++)
		if (in_group(&scope->section->rows[i], group))
			return true;
	return false;
}

static void say_unknown(const struct walk *walk, const struct scope *scope,
                        const struct scn_node *node)
{
	const char *known[MAX_KNOWN];
	size_t n = 0;

	if (scope->extra)
		known[n++] = scope->extra;
	for (size_t i = 0; i < scope->section->n_rows && n < MAX_KNOWN; i++) {
		const char *key = in_group(&scope->section->rows[i], scope->group);
		size_t length = key ? strcspn(key, ".") : 0;

		if (!key)
			continue;
		key = key[length] ? scn_copy(walk->context, key, length) : key;
		if (n == 0 || strcmp(known[n - 1], key) != 0) /* the rows of a mapping stand together */
			known[n++] = key;
	}
	scn_say(walk->context, node->key_place, "unknown key `%s` in %s%s", node->key, scope->where,
	        scn_known_keys(walk->context, node->key, known, n));
}

static bool is_mapping(const struct walk *walk, const struct scn_node *node, const char *what);

static void read_rows(const struct walk *walk, const struct scope *scope,
                      const struct scn_node *map, void *config);

/* One key of a mapping: a row, or a mapping of more of them. */
static void read_key(const struct walk *walk, const struct scope *scope,
                     const struct scn_node *child, void *config)
{
	const char *key = scn_format(walk->context, "%s%s", scope->group, child->key);
	const char *where = scn_format(walk->context, "%s.%s", scope->where, child->key);
	struct scope inner = {scope->section, where, scn_format(walk->context, "%s.", key), NULL};
	const struct sim_param *row =
		strchr(child->key, '.') ? NULL : scn_row(scope->section, key);

	if (!row && !strchr(child->key, '.') && is_group(scope, inner.group)) {
		if (is_mapping(walk, child, where))
			read_rows(walk, &inner, child, config);
		return;
	}
	if (!row) {
		say_unknown(walk, scope, child);
		return;
	}
	/* Part of a distribution can stand alone where another file has the rest. */
	if (walk->role != SCN_ROLE_MERGED && row->type == SIM_PAR_DIST &&
	    child->kind == SCN_NODE_MAP && !scn_node_child(child, "distribution"))
		return;
	if (child->kind == SCN_NODE_NULL && walk->role != SCN_ROLE_MERGED)
		return; /* merging knows whether there is something to take away */
	scn_value_read(walk->context, row, where, child, config);
}

static void read_rows(const struct walk *walk, const struct scope *scope,
                      const struct scn_node *map, void *config)
{
	for (const struct scn_node *child = map->first; child; child = child->next)
		if (!scope->extra || strcmp(child->key, scope->extra) != 0)
			read_key(walk, scope, child, config);
}

static void say_missing(const struct walk *walk, const struct sim_section *section,
                        const char *where, const struct scn_node *map)
{
	struct scn_place place = map && map->key_place.line ? map->key_place : walk->root->place;

	if (walk->role != SCN_ROLE_MERGED)
		return;
	if (!map || !map->key)
		place = (struct scn_place){walk->root->place.source, 0, 0};
	for (size_t i = 0; i < section->n_rows; i++) {
		const struct sim_param *row = &section->rows[i];

		if (row->fallback || scn_row_is_name(row) || scn_node_find(map, row->key))
			continue;
		scn_say(walk->context, place, "%s%slacks the key `%s` (%s)", where, *where ? " " : "",
		        row->key, row->doc);
	}
}

static void set_defaults(const struct walk *walk, const struct sim_section *section, void *config)
{
	for (size_t i = 0; i < section->n_rows; i++)
		scn_value_default(walk->context, &section->rows[i], config);
}

static bool is_mapping(const struct walk *walk, const struct scn_node *node, const char *what)
{
	if (node->kind == SCN_NODE_MAP)
		return true;
	if (node->kind == SCN_NODE_NULL && walk->role != SCN_ROLE_MERGED)
		return false;
	if (node->kind == SCN_NODE_TEXT)
		scn_say(walk->context, node->place, "%s: found `%s`; allowed: a mapping of keys", what,
		        node->text);
	else if (node->kind == SCN_NODE_LIST)
		scn_say(walk->context, node->place, "%s: a list of texts; allowed: a mapping of keys, or a "
		        "list of mappings with names, as in `[{name: Alex}, {name: Bob}]`", what);
	else
		scn_say(walk->context, node->place, "%s: no value; allowed: a mapping of keys, or {}",
		        what);
	return false;
}

/* ---- lists ---- */

static void read_attack(const struct walk *walk, const struct scn_node *node, const char *where,
                        struct scn_attack *attack)
{
	const struct scn_node *kind = scn_node_child(node, "kind");
	const char *choices = scn_attack_choices(walk->context);

	if (!kind && walk->role == SCN_ROLE_MERGED)
		scn_say(walk->context, node->key_place, "%s lacks the key `kind`; allowed: %s", where,
		        scn_choices_text(walk->context, choices));
	if (kind && kind->kind != SCN_NODE_TEXT)
		scn_say(walk->context, kind->place, "%s.kind: no single value; allowed: %s", where,
		        scn_choices_text(walk->context, choices));
	if (!kind || kind->kind != SCN_NODE_TEXT)
		return;
	int number = scn_choice_read(walk->context, choices,
	                             scn_format(walk->context, "%s.kind", where), kind);

	if (number < 0)
		return;
	attack->entry = atk_entries[number];
	attack->config = scn_alloc(walk->context, attack->entry->section->size);
	set_defaults(walk, attack->entry->section, attack->config);
	read_rows(walk, &(struct scope){attack->entry->section, where, "", "kind"}, node,
	          attack->config);
	say_missing(walk, attack->entry->section, where, node);
}

static void read_list(const struct walk *walk, const struct scn_list *list,
                      const struct scn_node *map)
{
	uint32_t *count = (uint32_t *)((char *)walk->config + list->count_offset);
	char *array = (char *)walk->config + list->offset;
	const char *name = list->section->prefix;

	*count = 0;
	if (!is_mapping(walk, map, name))
		return;
	for (const struct scn_node *node = map->first; node; node = node->next) {
		const char *where = scn_format(walk->context, "%s.%s", name, node->key);
		char *entry = array + *count * list->size;

		if (*count == list->max) {
			scn_say(walk->context, node->key_place, "%s: more than %zu entries", name, list->max);
			return;
		}
		if (node->numbered && !list->numbered)
			scn_say(walk->context, node->key_place, "%s lacks the key `name`", where);
		memset(entry, 0, list->size);
		memcpy(entry, node->key, strlen(node->key)); /* keys are shorter than SCN_NAME */
		++*count;
		if (!is_mapping(walk, node, where))
			continue;
		if (list->attacks) {
			read_attack(walk, node, where, (struct scn_attack *)(void *)entry);
			continue;
		}
		set_defaults(walk, list->section, entry);
		read_rows(walk, &(struct scope){list->section, where, "", NULL}, node, entry);
		say_missing(walk, list->section, where, node);
	}
}

/* ---- the top level ---- */

/* Keys of the top level that are neither values nor sections. */
static bool is_structure(enum scn_role role, const char *key)
{
	switch (role) {
	case SCN_ROLE_FILE:
		return !strcmp(key, "extends") || !strcmp(key, "variants");
	case SCN_ROLE_PROFILE:
		return !strcmp(key, "source");
	case SCN_ROLE_VARIANT:
		return !strcmp(key, "twin");
	default:
		return false;
	}
}

/* Replications, seeds, places and people are common to all variants: they are compared in pairs. */
static bool is_common(const char *key)
{
	const struct scn_list *list = scn_list_named(key);

	if (scn_row(scn_section_table(&(uint32_t){0})->section, key))
		return strcmp(key, "calibration") != 0;
	return list && (!strcmp(key, "surgeons") || !strcmp(key, "cities") || !strcmp(key, "hospitals"));
}

static const char *owner_of(struct scn_context *context, const char *key)
{
	uint32_t n;
	const struct scn_section *table = scn_section_table(&n);

	for (uint32_t i = 1; i < n; i++)
		if (scn_row(table[i].section, key))
			return scn_format(context, "; nearest known key: `%s.%s`", table[i].section->prefix,
			                  key);
	return NULL;
}

static void say_unknown_top(const struct walk *walk, const struct scn_node *node)
{
	static const char *const structure[] = {"extends", "variants", "twin", "source"};
	const char *known[MAX_KNOWN];
	uint32_t n_sections, n_lists, n = 0;
	const struct scn_section *section = scn_section_table(&n_sections);
	const struct scn_list *list = scn_list_table(&n_lists);

	for (size_t i = 0; i < section[0].section->n_rows; i++)
		known[n++] = section[0].section->rows[i].key;
	for (uint32_t i = 1; i < n_sections; i++)
		known[n++] = section[i].section->prefix;
	for (uint32_t i = 0; i < n_lists; i++)
		known[n++] = list[i].section->prefix;
	for (size_t i = 0; i < sizeof structure / sizeof *structure; i++)
		if (is_structure(walk->role, structure[i]))
			known[n++] = structure[i];
	const char *owner = owner_of(walk->context, node->key);

	scn_say(walk->context, node->key_place, "unknown key `%s`%s", node->key,
	        owner ? owner : scn_known_keys(walk->context, node->key, known, n));
}

static void read_top(const struct walk *walk, const struct scn_node *node)
{
	const struct scn_section *run = scn_section_table(&(uint32_t){0});
	const struct sim_param *row = scn_row(run->section, node->key);
	const struct scn_section *section = row || !*node->key ? NULL : scn_section_named(node->key);
	const struct scn_list *list = scn_list_named(node->key);
	char *config = (char *)walk->config;

	/* `hosts` is both: as a list its entries are mappings. */
	if (section && list && node->first && node->first->kind == SCN_NODE_MAP)
		section = NULL;

	if (is_structure(walk->role, node->key))
		return;
	if (walk->role == SCN_ROLE_VARIANT && is_common(node->key))
		scn_say(walk->context, node->key_place,
		        "`%s` in a variant; it is common to all variants, which are compared in pairs",
		        node->key);
	else if (row && node->kind == SCN_NODE_NULL && walk->role != SCN_ROLE_MERGED)
		return;
	else if (row)
		scn_value_read(walk->context, row, node->key, node, config + run->offset);
	else if (section && is_mapping(walk, node, node->key))
		read_rows(walk, &(struct scope){section->section, node->key, "", NULL}, node,
		          config + section->offset);
	else if (list)
		read_list(walk, list, node);
	else if (!section)
		say_unknown_top(walk, node);
}

void scn_schema_read(struct scn_context *context, const struct scn_node *root, enum scn_role role,
                     struct scn_config *config)
{
	struct walk walk = {context, role, config, root};
	uint32_t n;
	const struct scn_section *section = scn_section_table(&n);

	if (root->kind != SCN_NODE_MAP) {
		scn_say(context, root->place, "not a mapping of keys; a scenario begins as in "
		        "`scenario: my-name`");
		return;
	}
	for (uint32_t i = 0; i < n; i++)
		set_defaults(&walk, section[i].section, (char *)config + section[i].offset);
	for (const struct scn_node *node = root->first; node; node = node->next)
		read_top(&walk, node);
	for (uint32_t i = 0; i < n; i++)
		say_missing(&walk, section[i].section, section[i].section->prefix,
		            i ? scn_node_child(root, section[i].section->prefix) : root);
}
