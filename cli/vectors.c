/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dtsim vectors FILE.json... */
#include "cli/cli.h"
#include "models/crypto/vectors.h"
#include <stdio.h>
#include <string.h>

static const char HELP[] =
	"usage: dtsim vectors FILE.json...\n"
	"\n"
	"Computes the known answers in each file with the cryptography that simulations use, prints a\n"
	"line per case and the total, and exits with 1 when a case fails: when an output differs, is not\n"
	"known, or its inputs are missing. A file is\n"
	"\n"
	"  {\"source\": ..., \"cases\": [\n"
	"    {\"name\": ..., \"in\": {NAME: VALUE...}, \"out\": {NAME: VALUE...}}...]}\n"
	"\n"
	"with octets in hexadecimal. tests/vector/data/README.md lists the names.\n"
	"\n"
	"Example:\n"
	"  dtsim vectors tests/vector/data/*.json\n";

struct total {
	const char *path;
	uint32_t passed, failed;
};

static void print_case(void *to, const struct crypto_vector_case *one)
{
	struct total *total = to;

	if (one->passed) {
		total->passed++;
		printf("ok      %s: %s (%u outputs)\n", total->path, one->name, one->outputs);
	} else {
		total->failed++;
		printf("FAILED  %s: %s: %s\n", total->path, one->name, one->why);
	}
}

static int complain(const struct sim_err *err)
{
	fprintf(stderr, "dtsim: %s\n", err->text);
	return sim_exit_status(err->code);
}

static int run_files(int n, char **paths)
{
	struct total total = {0};
	struct crypto_vector_report report = {print_case, &total};
	struct sim_err err;

	for (int i = 0; i < n; i++) {
		total.path = paths[i];
		if (crypto_vectors_run(paths[i], &report, &err) != SIM_OK)
			return complain(&err);
	}
	printf("%u passed, %u failed\n", total.passed, total.failed);
	return sim_exit_status(total.failed ? SIM_E_VERDICT : SIM_OK);
}

int cli_vectors(int argc, char **argv)
{
	struct sim_err err;

	if (argc > 1 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))) {
		fputs(HELP, stdout);
		return 0;
	}
	if (argc > 1 && argv[1][0] == '-' && strcmp(argv[1], "--") != 0)
		sim_fail(&err, SIM_E_USAGE, "vectors: unknown option `%s`; it has only --help", argv[1]);
	else if (argc < 2 || (argc == 2 && !strcmp(argv[1], "--")))
		sim_fail(&err, SIM_E_USAGE, "vectors: found no file; usage: dtsim vectors FILE.json...");
	else
		return !strcmp(argv[1], "--") ? run_files(argc - 2, argv + 2)
		                              : run_files(argc - 1, argv + 1);
	return complain(&err);
}
