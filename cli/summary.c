/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dtsim summary FILE.h5 [--json | --csv | --csv=TABLE] */
#include "cli/summary.h"
#include "analysis/metric/compute.h"
#include "analysis/metric/json.h"
#include "analysis/metric/summary.h"
#include "results/csv.h"
#include <getopt.h>
#include <stdio.h>

static const char HELP[] =
	"usage: dtsim summary FILE.h5 [--json | --csv[=TABLE]]\n"
	"\n"
	"Prints what a run found: how long the surgeons wait, what survives an attack, how well an\n"
	"adversary tells them apart, each with its interval over replications.\n"
	"\n"
	"      --json        every metric as one JSON object; dtsim check takes it as a baseline\n"
	"      --csv         every metric as a row\n"
	"      --csv=TABLE   the rows of a table of the result: latency, demand, message, ...\n"
	"      --help        this text\n"
	"\n"
	"In JSON an undefined value or bound is null, an infinite one the string \"inf\" (\"-inf\"): a\n"
	"quantile that falls on demands that never finished is infinite, one from too few samples is\n"
	"undefined. In CSV they are an empty field and inf. dtsim list metrics says what each means.\n"
	"Which tables have rows depends on record.level of the run: none, metrics, samples or events.\n";

enum form { FORM_TEXT, FORM_JSON, FORM_CSV, FORM_HELP, FORM_WRONG };

/* *table: NULL, or the name after --csv=. */
static enum form read_options(int argc, char **argv, const char **table)
{
	static const struct option OPTIONS[] = {{"json", no_argument, NULL, 'j'},
	                                        {"csv", optional_argument, NULL, 'c'},
	                                        {"help", no_argument, NULL, 'h'},
	                                        {NULL, 0, NULL, 0}};
	enum form form = FORM_TEXT;
	int option;
	*table = NULL;
	optind = 0; /* GNU: start over, this is not the first parse of the process */
	while ((option = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1) {
		enum form asked = option == 'j' ? FORM_JSON : FORM_CSV;
		if (option == 'h')
			return FORM_HELP;
		if (option == '?' || (form != FORM_TEXT && form != asked))
			return FORM_WRONG;
		form = asked;
		*table = option == 'c' ? optarg : NULL;
	}
	return argc - optind == 1 ? form : FORM_WRONG;
}

static enum sim_code no_such_table(const char *name, struct sim_err *err)
{
	char names[400] = "";
	size_t used = 0;
	for (int t = 0; t < REC_N_TABLES; t++)
		used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", t ? ", " : "",
		                         rec_table_info((enum rec_table)t)->name);
	return sim_fail(err, SIM_E_USAGE, "summary: a result has no table %s; it has %s", name, names);
}

static enum sim_code write_table(struct res_file *file, const char *name, struct sim_err *err)
{
	int table = rec_table_find(name);
	if (table < 0)
		return no_such_table(name, err);
	enum rec_level needed = rec_table_info((enum rec_table)table)->level;
	if (res_least_record_level(file) < needed && res_n_rows(file, (enum rec_table)table) == 0)
		return sim_fail(err, SIM_E_USAGE,
		                "summary: %s has no rows of %s: they are not recorded at record.level %s, only "
		                "from %s on", res_path(file), name,
		                res_enum_text("level", res_least_record_level(file)),
		                res_enum_text("level", needed));
	return res_csv_table(file, (enum rec_table)table, stdout, err);
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

static enum sim_code summary(const char *path, enum form form, const char *table,
                             struct sim_err *err)
{
	struct res_file *file = res_open(path, err);
	if (!file)
		return err->code;
	enum sim_code code = table ? write_table(file, table, err) : write_out(file, form, err);
	res_close(file);
	return code;
}

int cli_summary(int argc, char **argv)
{
	struct sim_err err;
	const char *table;
	enum form form = read_options(argc, argv, &table);
	if (form == FORM_HELP) {
		fputs(HELP, stdout);
		return 0;
	}
	enum sim_code code =
		form == FORM_WRONG
			? sim_fail(&err, SIM_E_USAGE,
	                   "summary: takes one result file and --json or --csv; usage: dtsim summary "
	                   "FILE.h5 [--json | --csv[=TABLE]]")
			: summary(argv[optind], form, table, &err);
	if (code)
		fprintf(stderr, "dtsim: %s\n", err.text);
	return sim_exit_status(code);
}
