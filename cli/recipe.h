/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run as octets: the texts of its scenario and what its command line says of it. A journal keeps
 * them, so that --resume needs nothing else; the first rank of an MPI run hands them to the others.
 */
#ifndef CLI_RECIPE_H
#define CLI_RECIPE_H

#include "cli/run_options.h"

/* Of a loaded scenario; the caller frees it. */
void *recipe_make(const struct run_options *options, const struct scn *scn, size_t *n);

/*
 * What it says, into the options' fields for the scenario; these then point into the octets, which
 * must outlive them. SIM_E_USAGE when it is of another version of the program, or no recipe.
 */
enum sim_code recipe_read(const void *octets, size_t n, const char *from,
                          struct run_options *options, struct sim_err *err);

#endif
