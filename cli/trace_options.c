/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/trace_options.h"
#include "sim/core/unit.h"
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_REPLICATIONS = (1 << 20) - 1 }; /* sim/core/rng.h */
enum { OPT_REPLICATION = 256, OPT_VARIANT, OPT_ENGINE, OPT_SEED, OPT_SET, OPT_UE, OPT_FROM, OPT_TO,
       OPT_PCAP, OPT_SEQUENCE, OPT_TEXT, OPT_COUNTS, OPT_FORCE, OPT_HELP };

static const struct option known[] = {
	{"replication", required_argument, NULL, OPT_REPLICATION},
	{"variant", required_argument, NULL, OPT_VARIANT},
	{"engine", required_argument, NULL, OPT_ENGINE},
	{"seed", required_argument, NULL, OPT_SEED},
	{"set", required_argument, NULL, OPT_SET},
	{"ue", required_argument, NULL, OPT_UE},
	{"from", required_argument, NULL, OPT_FROM},
	{"to", required_argument, NULL, OPT_TO},
	{"pcap", required_argument, NULL, OPT_PCAP},
	{"sequence", required_argument, NULL, OPT_SEQUENCE},
	{"text", optional_argument, NULL, OPT_TEXT},
	{"counts", required_argument, NULL, OPT_COUNTS},
	{"force", no_argument, NULL, OPT_FORCE},
	{"help", no_argument, NULL, OPT_HELP},
	{NULL, 0, NULL, 0},
};

void trace_options_help(FILE *out)
{
	fputs("usage: dtsim trace SCENARIO [--pcap FILE] [--sequence FILE.svg|.mmd] [--text [FILE]]\n"
	      "                   [--counts FILE.json] [--ue NAME] [--from T] [--to T] ...\n"
	      "\n"
	      "Simulates one replication and shows its messages: as a capture that Wireshark and tshark\n"
	      "decode without options, as a ladder, as a line for each. At least one of these is asked for.\n"
	      "\n"
	      "      --pcap FILE           a capture (pcapng, simulated time in nanoseconds): an interface\n"
	      "                            for each reference point, and one with NAS deciphered\n"
	      "      --sequence FILE.svg   the ladder as a picture; FILE.mmd: for Mermaid\n"
	      "      --text [FILE]         a line for each message with its fields; without FILE: here\n"
	      "      --counts FILE.json    how many messages of each type, sent and shown\n"
	      "      --force               older files are overwritten\n"
	      "\n"
	      "      --ue NAME             only this subscriber's: a surgeon, probe3, background17, an IMSI,\n"
	      "                            or `attack NAME`\n"
	      "      --from T, --to T      only what leaves within: --from '2d 13h' --to '2d 13h 5min'\n"
	      "      --replication N       instead of the first, which is 0\n"
	      "      --variant NAME        instead of the scenario's first\n"
	      "      --set KEY=VALUE       overrides a key: --set background.count=100\n"
	      "      --engine native|ns3   instead of the scenario's engine\n"
	      "      --seed N              instead of the scenario's seed\n"
	      "      --help                this text\n"
	      "\n"
	      "Examples:\n"
	      "  dtsim trace scenarios/two-surgeons.yaml --ue Alex --to 12h --pcap alex.pcapng --text\n"
	      "  dtsim trace scenarios/two-surgeons.yaml --ue Alex --from 8h --to 8h30min \\\n"
	      "              --sequence alex.svg\n"
	      "Exit status: 0 done, 2 bad usage or input, 3 run-time failure.\n",
	      out);
}

static enum sim_code number(const char *name, const char *text, int64_t high, int64_t *out,
                            struct sim_err *err)
{
	char *end;
	errno = 0;
	long long value = strtoll(text, &end, 10);
	if (errno || *text < '0' || *text > '9' || *end || value > high)
		return sim_fail(err, SIM_E_USAGE, "%s %s: a whole number from 0 to %lld is allowed", name,
		                text, (long long)high);
	*out = value;
	return SIM_OK;
}

static enum sim_code moment(const char *name, const char *text, int64_t *out, struct sim_err *err)
{
	double value;
	const char *why;
	if (sim_unit_parse(SIM_Q_DURATION, text, &value, &why) != 0)
		return sim_fail(err, SIM_E_USAGE, "%s %s: %s; a time of the scenario is meant, such as 2d 13h",
		                name, text, why);
	if (value < 0 || value > 9e18)
		return sim_fail(err, SIM_E_USAGE, "%s %s: it lies outside of every run", name, text);
	*out = (int64_t)value;
	return SIM_OK;
}

/* A word behind --text is its file, unless it is an option or a scenario. */
static const char *text_file(int argc, char **argv)
{
	if (optarg)
		return optarg;
	const char *next = optind < argc ? argv[optind] : NULL;
	const char *dot = next ? strrchr(next, '.') : NULL;
	bool yaml = dot && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
	if (!next || yaml || (next[0] == '-' && next[1]))
		return "-";
	optind++;
	return next;
}

static enum sim_code take(int argc, char **argv, struct trace_options *o, int option,
                          struct sim_err *err)
{
	switch (option) {
	case OPT_REPLICATION:
		return number("--replication", optarg, MAX_REPLICATIONS, &o->replication, err);
	case OPT_VARIANT: o->variant = optarg; break;
	case OPT_ENGINE: o->load.engine = optarg; break;
	case OPT_SEED: return number("--seed", optarg, INT64_MAX, &o->load.seed, err);
	case OPT_SET: o->set[o->load.n_set++] = optarg; break;
	case OPT_UE: o->ue = optarg; break;
	case OPT_FROM: o->from = optarg; return moment("--from", optarg, &o->from_ns, err);
	case OPT_TO: o->to = optarg; return moment("--to", optarg, &o->to_ns, err);
	case OPT_PCAP: o->pcap = optarg; break;
	case OPT_SEQUENCE: o->sequence = optarg; break;
	case OPT_TEXT: o->text = text_file(argc, argv); break;
	case OPT_COUNTS: o->counts = optarg; break;
	case OPT_FORCE: o->force = true; break;
	default: o->help = true; break;
	}
	return SIM_OK;
}

static enum sim_code check(int argc, char **argv, struct trace_options *o, struct sim_err *err)
{
	if (o->help)
		return SIM_OK;
	if (optind >= argc)
		return sim_fail(err, SIM_E_USAGE, "no scenario given; usage: dtsim trace SCENARIO --text");
	if (argc - optind > 1)
		return sim_fail(err, SIM_E_USAGE, "one scenario is allowed at a time, found %s and %s",
		                argv[optind], argv[optind + 1]);
	o->scenario = argv[optind];
	if (!o->pcap && !o->sequence && !o->text && !o->counts)
		return sim_fail(err, SIM_E_USAGE,
		                "no output asked for; allowed: --pcap, --sequence, --text, --counts");
	if (o->from && o->from_ns > o->to_ns)
		return sim_fail(err, SIM_E_USAGE, "--from %s is after --to %s", o->from, o->to);
	return SIM_OK;
}

enum sim_code trace_options_parse(int argc, char **argv, struct trace_options *options,
                                  struct sim_err *err)
{
	int option;
	*options = (struct trace_options){.load = {.seed = -1, .replications = -1},
	                                  .to_ns = INT64_MAX};
	options->set = calloc((size_t)argc + 1, sizeof *options->set);
	SIM_ASSERT(options->set != NULL);
	options->load.set = options->set;
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", known, NULL)) != -1) {
		const char *given = optind > 0 && optind <= argc ? argv[optind - 1] : "?";
		if (option == ':')
			return sim_fail(err, SIM_E_USAGE, "option %s needs a value; see dtsim trace --help", given);
		if (option == '?')
			return sim_fail(err, SIM_E_USAGE,
			                "option %s is not known here or has a value that it does not take; see "
			                "dtsim trace --help", given);
		enum sim_code code = take(argc, argv, options, option, err);
		if (code != SIM_OK)
			return code;
	}
	options->load.variant = options->variant ? &options->variant : NULL;
	options->load.n_variant = options->variant != NULL;
	return check(argc, argv, options, err);
}

void trace_options_free(struct trace_options *options)
{
	free(options->set);
}
