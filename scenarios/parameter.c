/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/scenario.h"

#include "scenarios/sections.h"
#include "scenarios/value.h"
#include <math.h>
#include <string.h>

struct listing {
	struct scn_context *context;
	struct scn_made *made;
};

static size_t most_parameters(const struct scn_config *config)
{
	uint32_t n_sections, n_lists;
	const struct scn_section *section = scn_section_table(&n_sections);
	const struct scn_list *list = scn_list_table(&n_lists);
	size_t n = 0;

	for (uint32_t i = 0; i < n_sections; i++)
		n += section[i].section->n_rows;
	for (uint32_t i = 0; i < n_lists; i++)
		n += list[i].section->n_rows *
		     *(const uint32_t *)((const char *)config + list[i].count_offset);
	for (uint32_t i = 0; i < config->n_attacks; i++)
		n += config->attack[i].entry ? config->attack[i].entry->section->n_rows : 0;
	return n;
}

/* The comment behind a value on its line: in a profile, the source of the value. */
static const char *comment_behind(struct scn_context *context, const struct scn_node *node)
{
	const char *at = context->sources[node->place.source].text, *end;

	for (uint32_t line = 1; at && line < node->end_line; line++) {
		at = strchr(at, '\n');
		at = at ? at + 1 : NULL;
	}
	if (!at || !node->end_line || strcspn(at, "\n") < node->end_column - 1)
		return NULL;
	at += node->end_column - 1; /* columns count characters; what is before it is ASCII in profiles */
	at += strspn(at, " ");
	if (*at != '#')
		return NULL;
	at += 1 + strspn(at + 1, " ");
	end = at + strcspn(at, "\n");
	return scn_copy(context, at, (size_t)(end - at));
}

/* `source:` at the top of the profile, for values without a comment. */
static const char *source_of(struct scn_context *context, const struct scn_node *node,
                             const struct sim_param *row)
{
	const struct scn_source *source = &context->sources[node->place.source];
	const char *comment;

	if (source->kind != SCN_SOURCE_PROFILE)
		return row->source;
	comment = comment_behind(context, node);
	return comment ? comment : source->origin;
}

static void add(const struct listing *l, const struct sim_param *row, const char *key,
                const struct scn_node *node, const void *config)
{
	struct scn_parameter *p = &l->made->parameters[l->made->n_parameters++];
	bool own = node && l->context->sources[node->place.source].kind != SCN_SOURCE_PROFILE;

	p->key = key;
	p->value = scn_value_text(l->context, row, config);
	p->unit = scn_value_unit(row);
	p->si = scn_value_number(row, config);
	p->set_at = node ? scn_set_at(l->context, node->place) : "default";
	p->source = node ? source_of(l->context, node, row) : row->source;
	p->assumption = !own && strstr(p->source, "assumption") != NULL;
}

static void add_rows(const struct listing *l, const struct sim_section *section,
                     const char *prefix, const struct scn_node *map, const void *config)
{
	for (size_t i = 0; i < section->n_rows; i++) {
		const struct sim_param *row = &section->rows[i];

		if (!scn_row_is_name(row))
			add(l, row, *prefix ? scn_format(l->context, "%s.%s", prefix, row->key) : row->key,
			    scn_node_find(map, row->key), config);
	}
}

/* `kind` is the entry's name, not a field. */
static void add_attack(const struct listing *l, const struct sim_section *kinds,
                       const char *prefix, const struct scn_node *map,
                       const struct scn_attack *attack)
{
	struct scn_parameter *p = &l->made->parameters[l->made->n_parameters++];
	const struct scn_node *kind = scn_node_child(map, "kind");

	*p = (struct scn_parameter){
		.key = scn_format(l->context, "%s.kind", prefix), .value = attack->entry->name, .unit = "",
		.set_at = scn_set_at(l->context, kind->place), .source = kinds->rows[0].source, .si = NAN};
	add_rows(l, attack->entry->section, prefix, map, attack->config);
}

static void add_list(const struct listing *l, const struct scn_list *list)
{
	const char *config = (const char *)&l->made->variant.config;
	uint32_t n = *(const uint32_t *)(config + list->count_offset);
	const struct scn_node *map = scn_node_child(l->made->tree, list->section->prefix);

	for (uint32_t i = 0; i < n; i++) {
		const char *entry = config + list->offset + i * list->size;
		const char *prefix = scn_format(l->context, "%s.%s", list->section->prefix, entry);

		if (list->attacks)
			add_attack(l, list->section, prefix, scn_node_child(map, entry),
			           (const struct scn_attack *)(const void *)entry);
		else
			add_rows(l, list->section, prefix, scn_node_child(map, entry), entry);
	}
}

void scn_parameters_list(struct scn_context *context, struct scn_made *made)
{
	const struct listing l = {context, made};
	uint32_t n_sections, n_lists;
	const struct scn_section *section = scn_section_table(&n_sections);
	const struct scn_list *list = scn_list_table(&n_lists);
	const char *config = (const char *)&made->variant.config;

	made->n_parameters = 0;
	made->parameters = scn_alloc(context, most_parameters(&made->variant.config) *
	                                          sizeof *made->parameters);
	for (uint32_t i = 0; i < n_sections; i++) {
		const char *prefix = section[i].section->prefix;

		if (scn_is_queue(&made->variant.config) && *prefix && strcmp(prefix, "record") != 0)
			continue; /* of people and networks, which it has not */
		add_rows(&l, section[i].section, prefix,
		         *prefix ? scn_node_child(made->tree, prefix) : made->tree,
		         config + section[i].offset);
	}
	for (uint32_t i = 0; i < n_lists; i++)
		add_list(&l, &list[i]);
}
