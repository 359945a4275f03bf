/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_SUMMARY_H
#define CLI_SUMMARY_H

/* dtsim summary: argv[0] is "summary". The process's exit status. */
int cli_summary(int argc, char **argv);

#endif
