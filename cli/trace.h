/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CLI_TRACE_H
#define CLI_TRACE_H

int cli_trace(int argc, char **argv);

#endif
