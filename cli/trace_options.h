/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line of `dtsim trace`. */
#ifndef CLI_TRACE_OPTIONS_H
#define CLI_TRACE_OPTIONS_H

#include "scenarios/load.h"

struct trace_options {
	const char *scenario;
	struct scn_options load; /* at most one variant */
	const char **set;        /* memory of load.set  */
	const char *variant;     /* NULL: the first     */
	int64_t replication;
	const char *ue;             /* NULL: everybody            */
	int64_t from_ns, to_ns;     /* 0 and INT64_MAX: not given */
	const char *from, *to;      /* as they were written       */
	const char *pcap, *sequence, *text, *counts; /* files; NULL: not asked for; text "-": here */
	bool force, help;
};

enum sim_code trace_options_parse(int argc, char **argv, struct trace_options *options,
                                  struct sim_err *err);
void trace_options_free(struct trace_options *options);
void trace_options_help(FILE *out);

#endif
