/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a file's tree to its variants, each with all layers: profile < file < variant < --set. */
#include "scenarios/scenario.h"

#include "scenarios/near.h"
#include "scenarios/profile.h"
#include "scenarios/refs.h"
#include "scenarios/schema.h"
#include "scenarios/sections.h"
#include "sim/core/status.h"
#include <stdio.h>
#include <string.h>

/* ---- making ---- */

/* A merged tree is the scenario's: what is missing is missing in its file. */
static const struct scn_node *as_root(struct scn_context *context, const struct scn_node *tree,
                                      const struct scn_node *file)
{
	struct scn_node *root = scn_node_new(context, SCN_NODE_MAP);

	*root = *tree;
	root->key = NULL;
	root->next = NULL;
	root->place = (struct scn_place){file->place.source, 1, 1};
	return root;
}

static const struct scn_node *profile_of(struct scn *scn, const struct scn_node *tree)
{
	const struct scn_node *chosen = scn_node_child(tree, "calibration");
	const char *fallback = scn_row(scn_section_table(&(uint32_t){0})->section, "calibration")->fallback;
	struct scn_near near = {.wanted = chosen && chosen->text ? chosen->text : fallback};
	const char *list = "";

	for (uint32_t i = 0; i < scn_n_profiles; i++) {
		list = scn_format(&scn->context, "%s%s%s", list, i ? ", " : "", scn_profile_names[i]);
		scn_near_try(&near, scn_profile_names[i]);
		if (strcmp(near.wanted, scn_profile_names[i]) != 0)
			continue;
		if (!scn->profile[i])
			scn->profile[i] = scn_profile_read(&scn->context, i);
		return scn->profile[i];
	}
	scn_say(&scn->context, chosen->place, "calibration: found `%s`; allowed: %s%s%s%s", near.wanted,
	        list, near.best ? "; nearest: `" : "", near.best ? near.best : "",
	        near.best ? "`" : "");
	return NULL;
}

static struct scn_made *new_made(struct scn *scn, const char *name)
{
	struct scn_made *made = scn_alloc(&scn->context, sizeof *made);

	SIM_ASSERT(scn->n_made < sizeof scn->made / sizeof *scn->made);
	snprintf(made->variant.name, sizeof made->variant.name, "%s", name);
	made->variant.twin = -1;
	scn->made[scn->n_made++] = made;
	return made;
}

/* `tree` without the profile: puts it below, reads and checks. */
static void finish(struct scn *scn, struct scn_made *made, const struct scn_node *tree)
{
	const struct scn_node *profile = profile_of(scn, tree);
	const struct scn_node *merged = tree;

	if (profile)
		merged = scn_merge(&scn->context, scn_without(&scn->context, profile, "source"), tree);
	made->tree = as_root(&scn->context, merged, tree);
	scn_schema_read(&scn->context, made->tree, SCN_ROLE_MERGED, &made->variant.config);
	scn_refs_check(&scn->context, made->tree, &made->variant.config);
}

static void make(struct scn *scn, const struct scn_node *base, const struct scn_node *overrides,
                 struct scn_set *sets, uint32_t n_sets)
{
	struct scn_made *made = new_made(scn, overrides ? overrides->key : "base");
	const struct scn_node *tree = base;

	made->place = base->place;
	if (overrides) {
		made->twin = scn_node_child(overrides, "twin");
		made->place = overrides->key_place;
		tree = scn_merge(&scn->context, base, scn_without(&scn->context, overrides, "twin"));
	}
	for (uint32_t i = 0; i < n_sets; i++)
		tree = scn_set_apply(&scn->context, &sets[i], tree);
	finish(scn, made, as_root(&scn->context, tree, base));
}

static void say_unapplied(struct scn *scn, const struct scn_set *sets, uint32_t n_sets)
{
	const struct scn_node *trees[2 * SCN_MAX_VARIANTS];

	for (uint32_t i = 0; i < scn->n_made; i++)
		trees[i] = scn->made[i]->tree;
	for (uint32_t i = 0; i < n_sets; i++)
		if (sets[i].key && sets[i].value && !sets[i].applied)
			scn_set_say_unknown(&scn->context, &sets[i], trees, scn->n_made);
}

void scn_variants_make(struct scn *scn, const struct scn_node *file, struct scn_set *sets,
                       uint32_t n_sets)
{
	const struct scn_node *variants = scn_node_child(file, "variants");
	const struct scn_node *base = scn_without(&scn->context, file, "variants");
	const struct scn_node *first = variants && variants->kind == SCN_NODE_MAP ? variants->first : NULL;

	if (!first)
		make(scn, base, NULL, sets, n_sets);
	for (const struct scn_node *node = first; node; node = node->next) {
		if (scn->n_made == SCN_MAX_VARIANTS) {
			scn_say(&scn->context, node->key_place, "more than %d variants", SCN_MAX_VARIANTS);
			break;
		}
		if (node->kind == SCN_NODE_MAP)
			make(scn, base, node, sets, n_sets);
	}
	say_unapplied(scn, sets, n_sets);
}

/* ---- twins ---- */

static bool is_attack(const struct scn_parameter *parameter)
{
	return strncmp(parameter->key, "attacks.", 8) == 0;
}

/* Attacks are the last ones in the order of the manual. */
static bool equal_but_attacks(const struct scn_made *a, const struct scn_made *b)
{
	size_t i = 0;

	for (;; i++) {
		bool end_a = i == a->n_parameters || is_attack(&a->parameters[i]);
		bool end_b = i == b->n_parameters || is_attack(&b->parameters[i]);

		if (end_a || end_b)
			return end_a && end_b;
		if (strcmp(a->parameters[i].key, b->parameters[i].key) != 0 ||
		    strcmp(a->parameters[i].value, b->parameters[i].value) != 0)
			return false;
	}
}

static int32_t hidden_twin(struct scn *scn, const struct scn_made *of)
{
	char name[SCN_NAME];
	const struct scn_node *tree = scn_without(&scn->context, of->tree, "attacks");

	snprintf(name, sizeof name, "twin of %.*s", SCN_NAME - 10, of->variant.name);
	struct scn_made *made = new_made(scn, name);

	made->variant.hidden = true;
	made->place = of->place;
	made->tree = tree;
	scn_schema_read(&scn->context, tree, SCN_ROLE_MERGED, &made->variant.config);
	scn_refs_check(&scn->context, tree, &made->variant.config);
	scn_parameters_list(&scn->context, made);
	SIM_ASSERT(scn->context.n_messages == 0); /* it is a good variant without something */
	return (int32_t)scn->n_made - 1;
}

static int32_t automatic_twin(struct scn *scn, const struct scn_made *of)
{
	for (uint32_t i = 0; i < scn->n_made; i++)
		if (scn->made[i]->variant.config.n_attacks == 0 && equal_but_attacks(scn->made[i], of))
			return (int32_t)i;
	return hidden_twin(scn, of);
}

static int32_t named_twin(struct scn *scn, const struct scn_made *of)
{
	struct scn_near near = {.wanted = of->twin->text};

	for (uint32_t i = 0; i < scn->n_made; i++) {
		const struct scn_made *made = scn->made[i];

		if (made->variant.hidden)
			continue;
		scn_near_try(&near, made->variant.name);
		if (strcmp(made->variant.name, near.wanted) != 0)
			continue;
		if (made == of)
			scn_say(&scn->context, of->twin->place, "twin: a variant cannot be its own twin");
		else if (made->variant.config.n_attacks)
			scn_say(&scn->context, of->twin->place,
			        "twin: `%s` has attacks itself; allowed: a variant without", near.wanted);
		return (int32_t)i;
	}
	scn_say(&scn->context, of->twin->place,
	        "twin: `%s` is none of the variants; allowed: auto, or one of them%s%s%s", near.wanted,
	        near.best ? "; nearest: `" : "", near.best ? near.best : "", near.best ? "`" : "");
	return -1;
}

static void pair_by_name(struct scn *scn, struct scn_made *made)
{
	if (made->twin->kind != SCN_NODE_TEXT)
		scn_say(&scn->context, made->twin->place,
		        "twin: no name; allowed: auto, or a variant without attacks");
	else if (strcmp(made->twin->text, "auto") != 0)
		made->variant.twin = named_twin(scn, made);
}

void scn_variants_pair(struct scn *scn)
{
	uint32_t n = scn->n_made;

	for (uint32_t i = 0; i < n; i++)
		if (scn->made[i]->twin)
			pair_by_name(scn, scn->made[i]);
	/* The others are found by comparing effective values, so those must be good. */
	if (scn->context.n_messages)
		return;
	for (uint32_t i = 0; i < n; i++)
		scn_parameters_list(&scn->context, scn->made[i]);
	for (uint32_t i = 0; i < n; i++) {
		struct scn_variant *variant = &scn->made[i]->variant;

		if (variant->config.n_attacks && variant->twin < 0)
			variant->twin = automatic_twin(scn, scn->made[i]);
	}
}

/* ---- choosing ---- */

static int32_t find(const struct scn *scn, const char *name)
{
	for (uint32_t i = 0; i < scn->n_made; i++)
		if (!scn->made[i]->variant.hidden && strcmp(scn->made[i]->variant.name, name) == 0)
			return (int32_t)i;
	return -1;
}

static void say_no_variant(struct scn *scn, const char *name)
{
	struct scn_near near = {.wanted = name};
	const char *list = "";
	const struct scn_source source = {.kind = SCN_SOURCE_OPTION, .name = "--variant", .text = "",
	                                  .shown = scn_format(&scn->context, "--variant %s", name)};

	for (uint32_t i = 0; i < scn->n_made; i++) {
		if (scn->made[i]->variant.hidden)
			continue;
		list = scn_format(&scn->context, "%s%s%s", list, *list ? ", " : "",
		                  scn->made[i]->variant.name);
		scn_near_try(&near, scn->made[i]->variant.name);
	}
	struct scn_place place = {scn_source_add(&scn->context, &source), 0, 0};

	scn_say(&scn->context, place, "no such variant; allowed: %s%s%s%s", list,
	        near.best ? "; nearest: `" : "", near.best ? near.best : "", near.best ? "`" : "");
}

/* Keeps the marked ones in their order and renumbers twins. */
static void keep(struct scn *scn, const bool *kept)
{
	int32_t number[2 * SCN_MAX_VARIANTS];
	uint32_t n = 0;

	for (uint32_t i = 0; i < scn->n_made; i++)
		number[i] = kept[i] ? (int32_t)n++ : -1;
	n = 0;
	for (uint32_t i = 0; i < scn->n_made; i++) {
		struct scn_made *made = scn->made[i];

		if (!kept[i])
			continue;
		if (made->variant.twin >= 0)
			made->variant.twin = number[made->variant.twin];
		scn->made[n++] = made;
	}
	scn->n_made = n;
}

void scn_variants_select(struct scn *scn, const struct scn_options *options)
{
	bool kept[2 * SCN_MAX_VARIANTS] = {false}, asked[2 * SCN_MAX_VARIANTS] = {false};

	if (options->n_variant == 0)
		return;
	for (size_t i = 0; i < options->n_variant; i++) {
		int32_t found = find(scn, options->variant[i]);

		if (found < 0)
			say_no_variant(scn, options->variant[i]);
		else
			asked[found] = kept[found] = true;
	}
	for (uint32_t i = 0; i < scn->n_made; i++)
		if (asked[i] && scn->made[i]->variant.twin >= 0)
			kept[scn->made[i]->variant.twin] = true;
	for (uint32_t i = 0; i < scn->n_made; i++)
		if (kept[i] && !asked[i]) {
			scn->made[i]->variant.hidden = true;
			scn->made[i]->variant.twin = -1; /* its own comparison was not asked for */
		}
	keep(scn, kept);
}
