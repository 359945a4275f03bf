/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/scenario_options.h"
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const struct option known[] = {
	{"variant", required_argument, NULL, 'v'},     {"set", required_argument, NULL, 's'},
	{"engine", required_argument, NULL, 'e'},      {"seed", required_argument, NULL, 'r'},
	{"replications", required_argument, NULL, 'n'}, {"assumptions", no_argument, NULL, 'a'},
	{"help", no_argument, NULL, 'h'},              {NULL, 0, NULL, 0},
};

static int64_t whole(const char *command, const char *option, const char *text)
{
	char *end;

	errno = 0;
	long long value = strtoll(text, &end, 10);
	if (errno == 0 && *text >= '0' && *text <= '9' && *end == '\0')
		return value;
	fprintf(stderr, "dtsim %s: %s: found `%s`; allowed: a whole number\n", command, option, text);
	return -1;
}

static int take(const char *command, int option, struct scenario_options *o)
{
	switch (option) {
	case 'v':
		o->variant[o->load.n_variant++] = optarg;
		return 0;
	case 's':
		o->set[o->load.n_set++] = optarg;
		return 0;
	case 'e':
		o->load.engine = optarg;
		return 0;
	case 'r':
		return (o->load.seed = whole(command, "--seed", optarg)) < 0 ? -1 : 0;
	case 'n':
		return (o->load.replications = whole(command, "--replications", optarg)) < 0 ? -1 : 0;
	case 'a':
		o->assumptions = strcmp(command, "explain") == 0;
		return o->assumptions ? 0 : -1;
	case 'h':
		o->help = true;
		return 0;
	default:
		return -1;
	}
}

int scenario_options_parse(int argc, char **argv, struct scenario_options *options)
{
	int option;

	*options = (struct scenario_options){.load = {.seed = -1, .replications = -1}};
	options->set = calloc((size_t)argc + 1, sizeof *options->set);
	options->variant = calloc((size_t)argc + 1, sizeof *options->variant);
	SIM_ASSERT(options->set && options->variant);
	options->load.set = options->set;
	options->load.variant = options->variant;
	optind = 0; /* GNU: start over, this is not the first parse of the process */
	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1)
		if (take(argv[0], option, options) != 0)
			return -1;
	if (options->help)
		return 0;
	if (argc - optind != 1) {
		fprintf(stderr, "dtsim %s: %s; usage: dtsim %s SCENARIO\n", argv[0],
		        argc == optind ? "no scenario given" : "more than one scenario given", argv[0]);
		return -1;
	}
	options->scenario = argv[optind];
	return 0;
}

void scenario_options_free(struct scenario_options *options)
{
	free(options->set);
	free(options->variant);
}

struct scn *scenario_load(const struct scenario_options *options, int *status)
{
	struct scn *scn = NULL;
	struct sim_err err;
	enum sim_code code = scn_load(options->scenario, &options->load, stderr, &scn, &err);

	if (code)
		fprintf(stderr, "dtsim: %s\n", err.text);
	*status = sim_exit_status(code);
	return code ? NULL : scn;
}

int scenario_command(int argc, char **argv, const char *help,
                     void (*show)(const struct scenario_options *options, const struct scn *scn))
{
	struct scenario_options options;
	int status = sim_exit_status(SIM_E_USAGE);

	if (scenario_options_parse(argc, argv, &options) == 0) {
		struct scn *scn = options.help ? NULL : scenario_load(&options, &status);

		if (options.help)
			status = fputs(help, stdout) < 0;
		if (scn)
			show(&options, scn);
		scn_free(scn);
	}
	scenario_options_free(&options);
	return status;
}
