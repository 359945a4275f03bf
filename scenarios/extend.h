/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario file with everything that it extends, as one tree. */
#ifndef SCENARIOS_EXTEND_H
#define SCENARIOS_EXTEND_H

#include "scenarios/tree.h"

/*
 * Reads the file and, by its key `extends` (a path relative to the file), what it stands on. Each
 * file is checked by itself. NULL after saying why there is no tree.
 */
struct scn_node *scn_extend_read(struct scn_context *context, const char *path);

#endif
