/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_CHECK_H
#define CLI_CHECK_H

/* dtsim check: argv[0] is "check". The process's exit status: 1 when a metric differs. */
int cli_check(int argc, char **argv);

#endif
