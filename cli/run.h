/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_RUN_H
#define CLI_RUN_H

/* dtsim run: argv[0] is "run". The process's exit status. */
int cli_run(int argc, char **argv);

#endif
