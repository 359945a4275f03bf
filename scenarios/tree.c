/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenarios/tree.h"

#include <string.h>

struct scn_node *scn_node_new(struct scn_context *context, enum scn_node_kind kind)
{
	struct scn_node *node = scn_alloc(context, sizeof *node);

	node->kind = kind;
	return node;
}

void scn_node_append(struct scn_node *map, struct scn_node *child)
{
	child->next = NULL;
	if (map->last)
		map->last->next = child;
	else
		map->first = child;
	map->last = child;
	map->n++;
}

struct scn_node *scn_node_child(const struct scn_node *map, const char *key)
{
	if (!map || map->kind != SCN_NODE_MAP)
		return NULL;
	for (struct scn_node *child = map->first; child; child = child->next)
		if (strcmp(child->key, key) == 0)
			return child;
	return NULL;
}

struct scn_node *scn_node_find(const struct scn_node *map, const char *key)
{
	char first[64];
	size_t length = strcspn(key, ".");

	if (!key[length])
		return scn_node_child(map, key);
	if (length >= sizeof first)
		return NULL;
	memcpy(first, key, length);
	first[length] = '\0';
	return scn_node_find(scn_node_child(map, first), key + length + 1);
}

/* The node alone, without children. */
static struct scn_node *shell(struct scn_context *context, const struct scn_node *node)
{
	struct scn_node *copy = scn_node_new(context, node->kind);

	*copy = *node;
	copy->first = copy->last = copy->next = NULL;
	copy->n = 0;
	return copy;
}

/* Half of one distribution and half of another make none; so it is with kinds of attacks. */
static bool replaces(const struct scn_node *base, const struct scn_node *over)
{
	if (base->kind != SCN_NODE_MAP || over->kind != SCN_NODE_MAP)
		return true;
	if (scn_node_child(over, "distribution"))
		return true;
	const struct scn_node *old = scn_node_child(base, "kind"), *new = scn_node_child(over, "kind");

	return old && new && old->text && new->text && strcmp(old->text, new->text) != 0;
}

static struct scn_node *copy_of(struct scn_context *context, const struct scn_node *node)
{
	struct scn_node *copy = shell(context, node);

	for (const struct scn_node *child = node->first; child; child = child->next)
		scn_node_append(copy, copy_of(context, child));
	return copy;
}

static void say_nothing_to_take(struct scn_context *context, const struct scn_node *node)
{
	scn_say(context, node->key_place,
	        "`%s: ~` takes away an inherited entry, but none of that name is inherited",
	        node->key);
}

static void merge_children(struct scn_context *context, struct scn_node *result,
                           const struct scn_node *base, const struct scn_node *over)
{
	for (const struct scn_node *old = base ? base->first : NULL; old; old = old->next) {
		const struct scn_node *new = scn_node_child(over, old->key);

		if (!new)
			scn_node_append(result, copy_of(context, old));
		else if (new->kind != SCN_NODE_NULL)
			scn_node_append(result, scn_merge(context, old, new));
	}
	for (const struct scn_node *new = over->first; new; new = new->next) {
		if (scn_node_child(base, new->key))
			continue;
		if (new->kind == SCN_NODE_NULL)
			say_nothing_to_take(context, new);
		else
			scn_node_append(result, scn_merge(context, NULL, new));
	}
}

struct scn_node *scn_merge(struct scn_context *context, const struct scn_node *base,
                           const struct scn_node *over)
{
	struct scn_node *result = shell(context, over);

	if (base && replaces(base, over))
		base = NULL;
	if (over->kind == SCN_NODE_LIST)
		return copy_of(context, over);
	if (over->kind == SCN_NODE_MAP)
		merge_children(context, result, base, over);
	return result;
}

struct scn_node *scn_without(struct scn_context *context, const struct scn_node *map,
                             const char *key)
{
	struct scn_node *result = shell(context, map);

	for (const struct scn_node *child = map->first; child; child = child->next)
		if (strcmp(child->key, key) != 0)
			scn_node_append(result, copy_of(context, child));
	return result;
}
