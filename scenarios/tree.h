/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A scenario as written: mappings of keys to texts, lists of texts and mappings, each with its place; a
 * sequence of mappings is a mapping keyed by their names. Trees are never changed once made; merging
 * makes a new one that shares nothing but strings.
 */
#ifndef SCENARIOS_TREE_H
#define SCENARIOS_TREE_H

#include "scenarios/context.h"

enum scn_node_kind {
	SCN_NODE_MAP,
	SCN_NODE_LIST, /* of texts, which have no keys */
	SCN_NODE_TEXT,
	SCN_NODE_NULL, /* `~`: takes an inherited entry away */
	SCN_NODE_EMPTY /* nothing behind the colon                     */
};

struct scn_node {
	enum scn_node_kind kind;
	bool plain;            /* a text without quotes */
	bool numbered;         /* an entry of a sequence without `name:`; its key is its number from 1 */
	const char *key;       /* NULL: the root        */
	const char *text;
	struct scn_place key_place, place;
	uint32_t end_line, end_column; /* behind the value: a comment may follow there */
	struct scn_node *first, *last, *next;
	uint32_t n; /* children */
};

enum {
	SCN_MAX_DEPTH = 16,
	SCN_MAX_KEYS = 4096 /* of one mapping: the check for duplicates compares all pairs */
};

struct scn_node *scn_node_new(struct scn_context *context, enum scn_node_kind kind);
void scn_node_append(struct scn_node *map, struct scn_node *child);
/* NULL: no such child, or `map` is NULL or not a mapping. */
struct scn_node *scn_node_child(const struct scn_node *map, const char *key);
/* The same for the key of a row, "queue.capacity": `capacity` in the mapping `queue`. */
struct scn_node *scn_node_find(const struct scn_node *map, const char *key);

/*
 * `over` on top of `base` (NULL: nothing); keys keep the order of base, new ones follow. A text or
 * a list replaces; a mapping merges, but a distribution or an entry of another kind replaces all of it.
 * A `~` takes its entry away; where there is none to take, that is said.
 */
struct scn_node *scn_merge(struct scn_context *context, const struct scn_node *base,
                           const struct scn_node *over);
/* A copy without one child. */
struct scn_node *scn_without(struct scn_context *context, const struct scn_node *map,
                             const char *key);

#endif
