/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line of the commands that only look at a scenario: check-scenario and explain. */
#ifndef CLI_SCENARIO_OPTIONS_H
#define CLI_SCENARIO_OPTIONS_H

#include "scenarios/load.h"
#include <stdbool.h>

struct scenario_options {
	const char *scenario;
	struct scn_options load;
	bool assumptions, help;
	const char **set, **variant; /* memory of load.set and load.variant */
};

/* The lines of the help about the options that both have. */
#define SCENARIO_OPTIONS_HELP                                                                      \
	"      --variant NAME        only this variant; may be given several times\n"                 \
	"      --set KEY=VALUE       overrides a key in every variant: --set background.count=100\n"  \
	"      --engine native|ns3   instead of the scenario's engine\n"                              \
	"      --seed N              instead of the scenario's seed\n"                                \
	"      --replications N      instead of the scenario's\n"                                     \
	"      --help                this text\n"

/* Says on stderr what is wrong with the command line; -1 then. */
int scenario_options_parse(int argc, char **argv, struct scenario_options *options);
void scenario_options_free(struct scenario_options *options);

/* Loads it; what is wrong is said on stderr. NULL and *status then. */
struct scn *scenario_load(const struct scenario_options *options, int *status);

/* A whole command: parses, prints the help or loads the scenario and shows it. The exit status. */
int scenario_command(int argc, char **argv, const char *help,
                     void (*show)(const struct scenario_options *options, const struct scn *scn));

#endif
