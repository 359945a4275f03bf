/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calibration profiles: scenarios/profiles/<name>.yaml, compiled in: a run needs no other file. */
#ifndef SCENARIOS_PROFILE_H
#define SCENARIOS_PROFILE_H

#include "scenarios/tree.h"

extern const char *const scn_profile_names[];
extern const uint32_t scn_n_profiles;

/* Its tree, checked, with its source added to the context; what is wrong with it is said. */
struct scn_node *scn_profile_read(struct scn_context *context, uint32_t profile);

#endif
