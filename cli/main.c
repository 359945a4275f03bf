/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/cli.h"
#include "cli/crash.h"
#include "results/provenance.h"
#include "scenarios/near.h"
#include "sim/core/status.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static const struct command {
	const char *name;
	int (*main)(int argc, char **argv);
	const char *usage, *doc;
} commands[] = {
	{"run", cli_run, "run SCENARIO [-o FILE.h5] [-j N] ...",
	 "simulate, write a result, print its summary"},
	{"check-scenario", cli_check_scenario, "check-scenario SCENARIO",
	 "say all that is wrong with a scenario"},
	{"explain", cli_explain, "explain SCENARIO [--assumptions]",
	 "every effective parameter, its source, and what is assumed"},
	{"trace", cli_trace, "trace SCENARIO [--pcap FILE] [--sequence FILE.svg] [--text] ...",
	 "the messages of one replication: for Wireshark, as a ladder, as lines"},
	{"summary", cli_summary, "summary FILE.h5 [--json | --csv[=TABLE]]", "the numbers of a result"},
	{"report", cli_report, "report FILE.h5... -o DIR", "a page with charts, to read and to publish"},
	{"check", cli_check, "check FILE.h5 --against BASELINE.json",
	 "has a result changed?"},
	{"decode", cli_decode, "decode nas|ngap|eap|ike HEX...", "the fields of a message"},
	{"vectors", cli_vectors, "vectors FILE.json...",
	 "does the cryptography give the known answers?"},
	{"list", cli_list, "list nf|attacks|policies|adversaries|metrics|params",
	 "what there is to simulate, and its parameters"},
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

static int help(FILE *out)
{
	fputs("dtsim simulates how subscribers of a 5G network and their digital twins are\n"
	      "authenticated: how long it takes, how much of it survives an attack, and how well an\n"
	      "adversary can tell who is behind a pseudonym.\n\n", out);
	for (size_t i = 0; i < N_COMMANDS; i++)
		fprintf(out, "  dtsim %s\n      %s\n", commands[i].usage, commands[i].doc);
	fputs("\n"
	      "  dtsim COMMAND --help     more about one of them\n"
	      "  dtsim --version\n"
	      "\n"
	      "A first run:\n"
	      "\n"
	      "  dtsim run scenarios/two-surgeons.yaml -o two.h5\n"
	      "  dtsim report two.h5 -o report        then open report/index.html\n"
	      "\n"
	      "Exit status: 0 done, 1 a verdict is negative, 2 bad usage or input, 3 run-time failure.\n",
	      out);
	return 0;
}

static int version(void)
{
	printf("dtsim %s (%s)\n", res_version(), res_revision());
	return 0;
}

static int unknown(const char *name)
{
	struct scn_near near = {.wanted = name};

	for (size_t i = 0; i < N_COMMANDS; i++)
		scn_near_try(&near, commands[i].name);
	fprintf(stderr, "dtsim: unknown command `%s`; ", name);
	if (near.best)
		fprintf(stderr, "nearest: `%s`\n", near.best);
	else
		fputs("`dtsim --help` lists them\n", stderr);
	return sim_exit_status(SIM_E_USAGE);
}

static int dispatch(int argc, char **argv)
{
	if (argc < 2) {
		help(stderr);
		return sim_exit_status(SIM_E_USAGE);
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help"))
		return help(stdout);
	if (!strcmp(argv[1], "--version"))
		return version();
	for (size_t i = 0; i < N_COMMANDS; i++)
		if (strcmp(commands[i].name, argv[1]) == 0)
			return commands[i].main(argc - 1, argv + 1);
	return unknown(argv[1]);
}

int main(int argc, char **argv)
{
	signal(SIGXFSZ, SIG_IGN); /* a limit on the file size is then an error of write() */
	crash_watch();
	int status = dispatch(argc, argv);
	crash_unwatch();

	/* What was printed may only now meet a full disk; a command that has failed has said why. */
	if ((fflush(stdout) != 0 || ferror(stdout)) && status != sim_exit_status(SIM_E_IO)) {
		fprintf(stderr, "dtsim: standard output: %s\n", strerror(errno));
		return sim_exit_status(SIM_E_IO);
	}
	return status;
}
