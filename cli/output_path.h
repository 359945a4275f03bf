/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a result can be written to a path: asked before simulating, not after. */
#ifndef CLI_OUTPUT_PATH_H
#define CLI_OUTPUT_PATH_H

#include "sim/core/status.h"

/*
 * Its directory exists and is writable; the path is free or an older HDF5 file. Anything else (a
 * directory, a device, the scenario itself, somebody's notes) is SIM_E_USAGE and one sentence.
 */
enum sim_code output_path_check(const char *path, struct sim_err *err);
/* The first half of that: a name of a file in a directory that can be written. */
enum sim_code output_directory_check(const char *path, struct sim_err *err);

#endif
