/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dtsim report FILE.h5... -o DIR */
#include "cli/report.h"
#include "analysis/report/report.h"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char HELP[] =
	"usage: dtsim report FILE.h5... -o DIR\n"
	"\n"
	"Writes DIR/index.html, a page that needs neither script nor network, and its charts as\n"
	"single SVG and PNG files in DIR/charts. Several files get a section each and a comparison.\n"
	"\n"
	"  -o, --output DIR   where to write; made when missing\n"
	"      --help         this text\n";

static int complain(const struct sim_err *err)
{
	fprintf(stderr, "dtsim: %s\n", err->text);
	return sim_exit_status(err->code);
}

static enum sim_code report(char *const *paths, size_t n, const char *dir, struct sim_err *err)
{
	struct res_file **files = calloc(n, sizeof *files);
	if (!files)
		return sim_fail(err, SIM_E_MEMORY, "out of memory");
	enum sim_code code = SIM_OK;
	size_t open = 0;
	for (; !code && open < n; open++) {
		files[open] = res_open(paths[open], err);
		if (!files[open])
			code = err->code;
	}
	if (!code)
		code = report_write(files, n, dir, err);
	for (size_t i = 0; i < open; i++)
		res_close(files[i]);
	free(files);
	return code;
}

/*
 * 0 and *dir, 1 when the help was asked for, -1 when the command line is wrong (getopt has said
 * so).
 */
static int read_options(int argc, char **argv, const char **dir)
{
	static const struct option OPTIONS[] = { { "output", required_argument, NULL, 'o' },
		                                     { "help", no_argument, NULL, 'h' },
		                                     { NULL, 0, NULL, 0 } };
	int option;
	*dir = NULL;
	optind = 0; /* GNU: start over, this is not the first parse of the process */
	while ((option = getopt_long(argc, argv, "o:", OPTIONS, NULL)) != -1) {
		if (option == 'o')
			*dir = optarg;
		else
			return option == 'h' ? 1 : -1;
	}
	return 0;
}

int cli_report(int argc, char **argv)
{
	struct sim_err err;
	const char *dir;
	const int asked = read_options(argc, argv, &dir);
	if (asked > 0) {
		fputs(HELP, stdout);
		return 0;
	}
	if (asked < 0) {
		sim_fail(&err, SIM_E_USAGE, "report: the options are -o DIR and --help");
		return complain(&err);
	}
	if (optind == argc || !dir) {
		sim_fail(&err, SIM_E_USAGE, "report: found no %s; usage: dtsim report FILE.h5... -o DIR",
		         dir ? "result file" : "directory (-o DIR)");
		return complain(&err);
	}
	if (report(argv + optind, (size_t)(argc - optind), dir, &err))
		return complain(&err);
	printf("%s/index.html\n", dir);
	return 0;
}
