/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/extend.h"

#include "scenarios/schema.h"
#include "scenarios/text.h"
#include "scenarios/yaml.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILES = 16 };

struct chain {
	const char *path[MAX_FILES];   /* as it is shown     */
	const char *real[MAX_FILES];   /* without links, for recognising a file again */
	uint32_t n;
};

static const char *real_path(struct scn_context *context, const char *path)
{
	char real[PATH_MAX];
	const char *found = !context->files && realpath(path, real) ? real : path;

	return scn_copy(context, found, strlen(found));
}

/* `extends` is relative to the file that says it. */
static const char *beside(struct scn_context *context, const char *path, const char *target)
{
	const char *slash = strrchr(path, '/');

	if (*target == '/' || !slash)
		return target;
	return scn_format(context, "%.*s/%s", (int)(slash - path), path, target);
}

static const char *cycle_text(struct scn_context *context, const struct chain *chain,
                              uint32_t from)
{
	const char *text = "";

	for (uint32_t i = from; i < chain->n; i++)
		text = scn_format(context, "%s%s -> ", text, chain->path[i]);
	return scn_format(context, "%s%s", text, chain->path[from]);
}

static void check_variants(struct scn_context *context, const struct scn_node *root)
{
	const struct scn_node *variants = scn_node_child(root, "variants");

	if (!variants || variants->kind == SCN_NODE_NULL)
		return;
	if (variants->kind != SCN_NODE_MAP) {
		scn_say(context, variants->place, "variants: found %s%s%s; allowed: a mapping of names to "
		        "overrides", variants->text ? "`" : "a list of texts",
		        variants->text ? variants->text : "", variants->text ? "`" : "");
		return;
	}
	for (struct scn_node *node = variants->first; node; node = node->next) {
		struct scn_config *scratch = scn_alloc(context, sizeof *scratch);

		if (node->numbered)
			scn_say(context, node->key_place, "variants.%s lacks the key `name`", node->key);
		if (node->kind == SCN_NODE_MAP)
			scn_schema_read(context, node, SCN_ROLE_VARIANT, scratch);
		else if (node->kind != SCN_NODE_NULL)
			scn_say(context, node->place,
			        "variants.%s: no mapping; allowed: the overrides of this variant, or {}",
			        node->key);
	}
}

static struct scn_node *read_file(struct scn_context *context, struct chain *chain,
                                  const char *path, const char *name, struct scn_place from);

/* What the file stands on; NULL after saying why not. */
static struct scn_node *read_base(struct scn_context *context, struct chain *chain,
                                  const char *path, const struct scn_node *extends)
{
	if (extends->kind != SCN_NODE_TEXT || !*extends->text) {
		scn_say(context, extends->place, "extends: no path; allowed: the path of a scenario file");
		return NULL;
	}
	const char *target = beside(context, path, extends->text);
	const char *real = real_path(context, target);

	for (uint32_t i = 0; i < chain->n; i++)
		if (strcmp(chain->real[i], real) == 0) {
			scn_say(context, extends->place, "extends goes in a cycle: %s",
			        cycle_text(context, chain, i));
			return NULL;
		}
	if (chain->n == MAX_FILES) {
		scn_say(context, extends->place, "extends more than %d files in a chain", MAX_FILES - 1);
		return NULL;
	}
	return read_file(context, chain, target, extends->text, extends->place);
}

static struct scn_node *read_file(struct scn_context *context, struct chain *chain,
                                  const char *path, const char *name, struct scn_place from)
{
	const struct scn_source source = {.kind = SCN_SOURCE_FILE, .shown = path, .name = name,
	                                  .text = ""};
	uint32_t number = scn_source_add(context, &source);
	struct scn_config *scratch = scn_alloc(context, sizeof *scratch);

	chain->path[chain->n] = path;
	chain->real[chain->n++] = real_path(context, path);
	if (scn_text_read(context, number, path, from) != 0)
		return NULL;
	struct scn_node *root = scn_yaml_parse(context, number);

	if (!root) {
		if (context->n_messages == 0)
			scn_say(context, (struct scn_place){number, 0, 0},
			        "has no keys, only blanks and comments");
		return NULL;
	}
	scn_schema_read(context, root, SCN_ROLE_FILE, scratch);
	if (root->kind != SCN_NODE_MAP)
		return NULL;
	check_variants(context, root);
	const struct scn_node *extends = scn_node_child(root, "extends");
	struct scn_node *base = extends ? read_base(context, chain, path, extends) : NULL;

	if (extends && !base)
		return NULL;
	return scn_merge(context, base, scn_without(context, root, "extends"));
}

struct scn_node *scn_extend_read(struct scn_context *context, const char *path)
{
	struct chain chain = {.n = 0};
	const char *slash = strrchr(path, '/');

	return read_file(context, &chain, path, slash ? slash + 1 : path, (struct scn_place){0, 0, 0});
}
