/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/run_options.h"
#include "cli/pool.h"
#include "sim/core/memory.h"
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_REPLICATIONS = (1 << 20) - 1 }; /* sim/core/rng.h */
enum { OPT_ENGINE = 256, OPT_SEED, OPT_REPLICATIONS, OPT_VARIANT, OPT_SET, OPT_RESUME,
       OPT_FORCE, OPT_QUIET, OPT_HELP };

static const struct option known[] = {
	{"engine", required_argument, NULL, OPT_ENGINE},
	{"seed", required_argument, NULL, OPT_SEED},
	{"replications", required_argument, NULL, OPT_REPLICATIONS},
	{"variant", required_argument, NULL, OPT_VARIANT},
	{"set", required_argument, NULL, OPT_SET},
	{"resume", required_argument, NULL, OPT_RESUME},
	{"force", no_argument, NULL, OPT_FORCE},
	{"quiet", no_argument, NULL, OPT_QUIET},
	{"help", no_argument, NULL, OPT_HELP},
	{"output", required_argument, NULL, 'o'},
	{NULL, 0, NULL, 0},
};

void run_options_help(FILE *out)
{
	fputs("usage: dtsim run SCENARIO [-o FILE.h5] [-j N] [--engine native|ns3] [--seed N]\n"
	      "                 [--replications N] [--variant NAME]... [--set KEY=VALUE]... [--force]\n"
	      "                 [--quiet]\n"
	      "       dtsim run --resume FILE.h5.part [-j N] [--quiet]\n"
	      "\n"
	      "Simulates every variant of a scenario, writes one result file and prints its summary.\n"
	      "\n"
	      "  -o, --output FILE.h5  the result; default: the scenario's name with .h5, here\n"
	      "  -j N                  worker processes; default: the processors that may be used; below\n"
	      "                        mpirun: of each rank, default 1 (docs/CLUSTER.md)\n"
	      "  --engine native|ns3   instead of the scenario's engine\n"
	      "  --seed N              instead of the scenario's seed\n"
	      "  --replications N      of each variant, instead of the scenario's\n"
	      "  --variant NAME        only this variant (and its twin); may be given several times\n"
	      "  --set KEY=VALUE       overrides a key in every variant: --set background.count=100\n"
	      "  --resume FILE.h5.part finishes an interrupted run: its journal knows scenario and options;\n"
	      "                        beside a SCENARIO and its options: only if the journal is theirs\n"
	      "  --force               overwrites a result of another run; one of the same run is\n"
	      "                        written again, with the same octets\n"
	      "  --quiet               no progress, no summary\n"
	      "  --help                this text\n"
	      "\n"
	      "Beside FILE.h5 stands FILE.meta.json: compiler, libraries, processor, times. An interrupted\n"
	      "run leaves FILE.h5.part; --resume, or the same command, continues from it.\n"
	      "Exit status: 0 done, 2 bad usage or input, 3 run-time failure.\n",
	      out);
}

static enum sim_code number(const char *name, const char *text, int64_t low, int64_t high,
                            int64_t *out, struct sim_err *err)
{
	char *end;
	errno = 0;
	long long value = strtoll(text, &end, 10);
	if (errno || end == text || *end || strchr(" \t\n+", text[0]) || value < low || value > high)
		return sim_fail(err, SIM_E_USAGE, "%s %s: a whole number from %lld to %lld is allowed", name,
		                text, (long long)low, (long long)high);
	*out = value;
	return SIM_OK;
}

static enum sim_code bad_option(int argc, char **argv, bool lacks_value, struct sim_err *err)
{
	const char *given = optind > 0 && optind <= argc ? argv[optind - 1] : "?";
	char letter[3] = {'-', (char)optopt, '\0'};
	if (optopt > 0 && optopt < 128 && strncmp(given, "--", 2) != 0)
		given = letter;
	if (lacks_value)
		return sim_fail(err, SIM_E_USAGE, "option %s needs a value; see dtsim run --help", given);
	return sim_fail(err, SIM_E_USAGE,
	                "option %s is not known here or has a value that it does not take; allowed: -o -j "
	                "--engine --seed --replications --variant --set --resume --force --quiet --help",
	                given);
}

static enum sim_code take(struct run_options *o, int option, struct sim_err *err)
{
	int64_t n = 0;
	enum sim_code code = SIM_OK;
	switch (option) {
	case 'o':
		free(o->output);
		o->output = strdup(optarg);
		break;
	case 'j':
		code = number("-j", optarg, 1, POOL_MAX_AT_ONCE, &n, err);
		o->at_once = (uint32_t)n;
		o->at_once_given = true;
		break;
	case OPT_ENGINE: o->load.engine = optarg; break;
	case OPT_SEED: code = number("--seed", optarg, 0, INT64_MAX, &o->load.seed, err); break;
	case OPT_REPLICATIONS:
		code = number("--replications", optarg, 1, MAX_REPLICATIONS, &o->load.replications, err);
		break;
	case OPT_VARIANT: o->variant[o->load.n_variant++] = optarg; break;
	case OPT_SET: o->set[o->load.n_set++] = optarg; break;
	case OPT_RESUME: o->resume = optarg; break;
	case OPT_FORCE: o->force = true; break;
	case OPT_QUIET: o->quiet = true; break;
	default: o->help = true; break;
	}
	return code;
}

/* "dir/two-surgeons.yaml" -> "two-surgeons.h5" */
static char *default_output(const char *scenario)
{
	char *output = NULL;
	const char *slash = strrchr(scenario, '/');
	const char *base = slash ? slash + 1 : scenario;
	const char *dot = strrchr(base, '.');
	bool yaml = dot && dot > base && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
	int length = yaml ? (int)(dot - base) : (int)strlen(base);
	SIM_ASSERT(asprintf(&output, "%.*s.h5", length, base) > 0);
	return output;
}

/* "x.h5.part" -> "x.h5", which -o may repeat. */
static enum sim_code take_journal(struct run_options *o, struct sim_err *err)
{
	size_t n = strlen(o->resume);
	if (n <= 5 || strcmp(o->resume + n - 5, ".part") != 0)
		return sim_fail(err, SIM_E_USAGE, "--resume %s: a journal FILE.h5.part is allowed", o->resume);
	char *output = strndup(o->resume, n - 5);
	SIM_ASSERT(output != NULL);
	bool other = o->output && strcmp(o->output, output) != 0;
	free(o->output);
	o->output = output;
	if (other)
		return sim_fail(err, SIM_E_USAGE, "--resume %s: the result is then %s, with -o too",
		                o->resume, output);
	return SIM_OK;
}

static enum sim_code check_resume(struct run_options *o, struct sim_err *err)
{
	if (!o->scenario && (o->load.n_set || o->load.n_variant || o->load.engine ||
	                     o->load.seed >= 0 || o->load.replications >= 0))
		return sim_fail(err, SIM_E_USAGE,
		                "--resume %s: the journal knows the run's options; allowed beside it: -j "
		                "--quiet --force, or the scenario with all its options", o->resume);
	return take_journal(o, err);
}

static enum sim_code check(int argc, char **argv, struct run_options *o, struct sim_err *err)
{
	if (o->help)
		return SIM_OK;
	if (argc - optind > 1)
		return sim_fail(err, SIM_E_USAGE, "one scenario is allowed at a time, found %s and %s",
		                argv[optind], argv[optind + 1]);
	o->scenario = argv[optind]; /* NULL at the end */
	if (o->resume)
		return check_resume(o, err);
	if (!o->scenario)
		return sim_fail(err, SIM_E_USAGE, "no scenario given; usage: dtsim run SCENARIO [-o FILE.h5]");
	if (!o->output)
		o->output = default_output(o->scenario);
	return SIM_OK;
}

enum sim_code run_options_parse(int argc, char **argv, struct run_options *options,
                                struct sim_err *err)
{
	int option;
	*options = (struct run_options){.at_once = pool_processors(),
	                                .load = {.seed = -1, .replications = -1}};
	options->set = sim_memory_new("the command line", (size_t)argc + 1, sizeof *options->set);
	options->variant =
		sim_memory_new("the command line", (size_t)argc + 1, sizeof *options->variant);
	options->load.set = options->set;
	options->load.variant = options->variant;
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":o:j:", known, NULL)) != -1) {
		if (option == ':' || option == '?')
			return bad_option(argc, argv, option == ':', err);
		enum sim_code code = take(options, option, err);
		if (code != SIM_OK)
			return code;
	}
	return check(argc, argv, options, err);
}

void run_options_free(struct run_options *options)
{
	free(options->output);
	free(options->set);
	free(options->variant);
	free(options->files);
}
