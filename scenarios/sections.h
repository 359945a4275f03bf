/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Everything that a scenario can say: its sections, each a mapping of the keys of parameter rows into
 * one struct, and its lists, each a mapping of names to such mappings. The order is the manual's.
 */
#ifndef SCENARIOS_SECTIONS_H
#define SCENARIOS_SECTIONS_H

#include "scenarios/config.h"

struct scn_section {
	const struct sim_section *section; /* prefix "": keys at the top level */
	size_t offset;                     /* in struct scn_config             */
};

/* Entries stand in an array of struct scn_config, each begins with char name[SCN_NAME]. */
struct scn_list {
	const struct sim_section *section; /* keys of an entry; attacks: only `kind` for all of them */
	size_t offset, count_offset, size, max;
	bool numbered; /* entries of a sequence need no name of their own */
	bool attacks; /* the other keys follow `kind`, their values go to scn_attack.config */
};

const struct scn_section *scn_section_table(uint32_t *n);
const struct scn_list *scn_list_table(uint32_t *n);

/* NULL: no such thing. */
const struct sim_param *scn_row(const struct sim_section *section, const char *key);
const struct scn_section *scn_section_named(const char *prefix);
const struct scn_list *scn_list_named(const char *name);
const struct atk_entry *scn_attack_named(const char *kind);

/* The row `name` of a list is the key of the entry itself. */
bool scn_row_is_name(const struct sim_param *row);

#endif
