/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line of `dtsim run`. */
#ifndef CLI_RUN_OPTIONS_H
#define CLI_RUN_OPTIONS_H

#include "scenarios/load.h"

struct run_options {
	const char *scenario; /* NULL: the journal has it */
	const char *resume;   /* a journal that must be there; NULL: one that may be */
	char *output; /* -o, or the scenario's base name with .h5, here; the journal's name without .part */
	uint32_t at_once;
	bool at_once_given, quiet, help, force;
	struct scn_options load;
	const char **set, **variant; /* memory of load.set, load.variant and load.files */
	struct scn_text *files;
};

enum sim_code run_options_parse(int argc, char **argv, struct run_options *options,
                                struct sim_err *err);
void run_options_free(struct run_options *options);
void run_options_help(FILE *out);

#endif
