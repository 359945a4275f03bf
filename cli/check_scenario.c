/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dtsim check-scenario SCENARIO */
#include "cli/cli.h"
#include "cli/scenario_options.h"
#include <inttypes.h>

static const char HELP[] =
	"usage: dtsim check-scenario SCENARIO [--variant NAME]... [--set KEY=VALUE]...\n"
	"\n"
	"Says all that is wrong with a scenario, a line each: file:line:column, what was found and what\n"
	"is allowed. Runs nothing and writes nothing. Exit status: 0 it is good, 2 it is not.\n"
	"\n" SCENARIO_OPTIONS_HELP
	"\n"
	"Example:\n"
	"  dtsim check-scenario scenarios/two-surgeons.yaml\n";

static void print_good(const char *path, const struct scn *scn)
{
	uint32_t n = scn_n_variants(scn), hidden = 0;
	const struct scn_config *config = &scn_variant(scn, 0)->config;

	for (uint32_t i = 0; i < n; i++)
		hidden += scn_variant(scn, i)->hidden;
	printf("%s: good: %" PRIu32 " variant%s", path, n - hidden, n - hidden == 1 ? "" : "s");
	if (hidden)
		printf(" and %" PRIu32 " attack-free twin%s", hidden, hidden == 1 ? "" : "s");
	printf(", %" PRId64 " replications, %" PRIu32 " hospitals, %" PRId64 " operations, %" PRIu32
	       " adversaries\n", config->run.replications, config->n_hospitals,
	       config->operations.days * config->operations.per_day, config->n_adversaries);
}

static void show(const struct scenario_options *options, const struct scn *scn)
{
	print_good(options->scenario, scn);
}

int cli_check_scenario(int argc, char **argv)
{
	return scenario_command(argc, argv, HELP, show);
}
