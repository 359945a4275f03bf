/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

/* dtsim report: argv[0] is "report". The process's exit status. */
int cli_report(int argc, char **argv);

#endif
