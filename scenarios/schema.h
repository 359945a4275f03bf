/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Walking a tree along the parameter rows: every key is known, every value good. */
#ifndef SCENARIOS_SCHEMA_H
#define SCENARIOS_SCHEMA_H

#include "scenarios/config.h"
#include "scenarios/tree.h"

/* What a tree is part of decides which keys it may have. */
enum scn_role {
	SCN_ROLE_FILE,    /* a scenario, or a file that is extended: also `extends`, `variants`   */
	SCN_ROLE_PROFILE, /* sections, and `source`                                               */
	SCN_ROLE_VARIANT, /* what may differ between variants, and `twin`                         */
	SCN_ROLE_MERGED   /* the whole: what has no default must be there                         */
};

/*
 * Says everything that is wrong with the tree. `config` receives the values; entries of attacks get
 * their own structs from the context. A part of a scenario may lack what another part has.
 */
void scn_schema_read(struct scn_context *context, const struct scn_node *root, enum scn_role role,
                     struct scn_config *config);

/* All kinds of attacks, "suci_flood|crash|". */
const char *scn_attack_choices(struct scn_context *context);

/* "; nearest known key: `first`", or "; known keys: …" where none is near. */
const char *scn_known_keys(struct scn_context *context, const char *wanted,
                           const char *const *known, size_t n);

#endif
