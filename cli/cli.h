/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands of dtsim. Each gets argv[0] = its own name and returns the exit status of the process. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "cli/check.h"
#include "cli/report.h"
#include "cli/run.h"
#include "cli/summary.h"
#include "cli/trace.h"

int cli_check_scenario(int argc, char **argv);
int cli_decode(int argc, char **argv);
int cli_explain(int argc, char **argv);
int cli_list(int argc, char **argv);
int cli_vectors(int argc, char **argv);

#endif
