/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a source's text to its tree. */
#ifndef SCENARIOS_YAML_H
#define SCENARIOS_YAML_H

#include "scenarios/tree.h"

/* What is wrong is said. NULL where the text is not one YAML value. */
struct scn_node *scn_yaml_parse(struct scn_context *context, uint32_t source);

#endif
