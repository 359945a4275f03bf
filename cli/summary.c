/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dtsim summary FILE.h5 [--json | --csv] */
#include "cli/summary.h"
#include "analysis/metric/compute.h"
#include "analysis/metric/json.h"
#include "analysis/metric/summary.h"
#include <getopt.h>
#include <stdio.h>

static const char HELP[] =
	"usage: dtsim summary FILE.h5 [--json | --csv]\n"
	"\n"
	"Prints what a run found: how long the surgeons wait, what survives an attack, how well an\n"
	"adversary tells them apart, each with its interval over replications.\n"
	"\n"
	"      --json   every metric as one JSON object; dtsim check takes it as a baseline\n"
	"      --csv    every metric as a row\n"
	"      --help   this text\n"
	"\n"
	"In JSON an undefined value or bound is null, an infinite one the string \"inf\" (\"-inf\"): a\n"
	"quantile that falls on demands that never finished is infinite, one from too few samples is\n"
	"undefined. In CSV they are an empty field and inf. dtsim list metrics says what each means.\n";

enum form { FORM_TEXT, FORM_JSON, FORM_CSV, FORM_HELP, FORM_WRONG };

static enum form read_options(int argc, char **argv)
{
	static const struct option OPTIONS[] = {{"json", no_argument, NULL, 'j'},
	                                        {"csv", no_argument, NULL, 'c'},
	                                        {"help", no_argument, NULL, 'h'},
	                                        {NULL, 0, NULL, 0}};
	enum form form = FORM_TEXT;
	int option;
	optind = 0; /* GNU: start over, this is not the first parse of the process */
	while ((option = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1) {
		enum form asked = option == 'j' ? FORM_JSON : FORM_CSV;
		if (option == 'h')
			return FORM_HELP;
		if (option == '?' || (form != FORM_TEXT && form != asked))
			return FORM_WRONG;
		form = asked;
	}
	return argc - optind == 1 ? form : FORM_WRONG;
}

static enum sim_code write_out(struct res_file *file, enum form form, struct sim_err *err)
{
	struct met_values values;
	enum sim_code code = met_compute(file, &values, err);
	if (!code && form == FORM_JSON)
		code = met_json_write(file, &values, stdout, err);
	else if (!code && form == FORM_CSV)
		code = met_csv_write(&values, stdout, err);
	else if (!code)
		summary_write(file, &values, stdout);
	met_values_free(&values);
	return code;
}

static enum sim_code summary(const char *path, enum form form, struct sim_err *err)
{
	struct res_file *file = res_open(path, err);
	if (!file)
		return err->code;
	enum sim_code code = write_out(file, form, err);
	res_close(file);
	return code;
}

int cli_summary(int argc, char **argv)
{
	struct sim_err err;
	enum form form = read_options(argc, argv);
	if (form == FORM_HELP) {
		fputs(HELP, stdout);
		return 0;
	}
	enum sim_code code =
		form == FORM_WRONG
			? sim_fail(&err, SIM_E_USAGE,
	                   "summary: takes one result file and --json or --csv; usage: dtsim summary "
	                   "FILE.h5 [--json | --csv]")
			: summary(argv[optind], form, &err);
	if (code)
		fprintf(stderr, "dtsim: %s\n", err.text);
	return sim_exit_status(code);
}
