/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line of `dtsim run`. */
#ifndef CLI_RUN_OPTIONS_H
#define CLI_RUN_OPTIONS_H

#include "scenarios/load.h"

struct run_options {
	const char *scenario;
	char *output; /* -o, or the scenario's base name with .h5, here */
	uint32_t at_once;
	bool quiet, help;
	struct scn_options load;
	const char **set, **variant; /* memory of load.set and load.variant */
};

enum sim_code run_options_parse(int argc, char **argv, struct run_options *options,
                                struct sim_err *err);
void run_options_free(struct run_options *options);
void run_options_help(FILE *out);

#endif
