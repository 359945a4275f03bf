/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dtsim check FILE.h5 --against BASELINE.json */
#include "cli/check.h"
#include "analysis/metric/compare.h"
#include "analysis/metric/compute.h"
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const double family_level = 0.01;

static const char HELP[] =
	"usage: dtsim check FILE.h5 --against BASELINE.json\n"
	"\n"
	"Compares a result with a baseline that dtsim summary --json wrote of the same scenario.\n"
	"Exits with 1 when a metric differs significantly (family-wise 1 %: Welch's test over\n"
	"replications, Holm's adjustment over all metrics) or is there on one side alone.\n"
	"Compared are means, ratios, p50, p90 and p95 that have an interval on both sides; those over\n"
	"finished waits (source=finished) only where some never finished: else they repeat the others.\n"
	"\n"
	"      --against BASELINE.json   what to compare with\n"
	"      --help                    this text\n";

/* 0 and *baseline, 1 when the help was asked for, -1 when the command line is wrong. */
static int read_options(int argc, char **argv, const char **baseline)
{
	static const struct option OPTIONS[] = {{"against", required_argument, NULL, 'a'},
	                                        {"help", no_argument, NULL, 'h'},
	                                        {NULL, 0, NULL, 0}};
	int option;
	*baseline = NULL;
	optind = 0; /* GNU: start over, this is not the first parse of the process */
	while ((option = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1) {
		if (option != 'a')
			return option == 'h' ? 1 : -1;
		*baseline = optarg;
	}
	return *baseline && argc - optind == 1 ? 0 : -1;
}

static void print_side(const char *side, const char *path, const char *engine, uint64_t seed,
                       uint32_t replications)
{
	printf("  %-9s %s: engine %s, seed %" PRIu64 ", %" PRIu32 " replication%s\n", side, path,
	       engine, seed, replications, replications == 1 ? "" : "s");
}

static void print_sides(const struct res_file *file, const char *against,
                        const struct met_baseline *baseline)
{
	const struct res_run *run = res_run(file);
	printf("Scenario %s\n", run->scenario);
	print_side("result", res_path(file), run->engine, run->seed, run->replications);
	print_side("baseline", against, baseline->engine, baseline->seed, baseline->replications);
}

static enum sim_code compare(struct res_file *file, const char *against,
                             const struct met_baseline *baseline, struct sim_err *err)
{
	struct met_values values;
	struct met_comparison comparison;
	const struct res_run *run = res_run(file);
	enum sim_code code = met_compute(file, &values, err);
	if (!code)
		code = met_same_units(&values, res_path(file), &baseline->values, against, err);
	if (code) {
		met_values_free(&values);
		return code;
	}
	met_compare(&values, run->replications, &baseline->values, baseline->replications, family_level,
	            &comparison);
	print_sides(file, against, baseline);
	met_comparison_print(&comparison, family_level, stdout);
	if (comparison.significant + comparison.missing > 0)
		code = sim_fail(err, SIM_E_VERDICT, "%s differs from the baseline", res_path(file));
	met_comparison_free(&comparison);
	met_values_free(&values);
	return code;
}

static enum sim_code check(const char *path, const char *against, struct sim_err *err)
{
	struct met_baseline baseline = {0};
	struct res_file *file = res_open(path, err);
	if (!file)
		return err->code;
	enum sim_code code = met_baseline_read(against, &baseline, err);
	if (!code && strcmp(res_run(file)->scenario, baseline.scenario) != 0)
		code = sim_fail(err, SIM_E_USAGE,
		                "%s is of scenario \"%s\", %s of \"%s\": only the same scenario "
		                "compares",
		                path,
		                res_run(file)->scenario, against, baseline.scenario);
	if (!code)
		code = compare(file, against, &baseline, err);
	met_baseline_free(&baseline);
	res_close(file);
	return code;
}

int cli_check(int argc, char **argv)
{
	struct sim_err err;
	const char *baseline;
	int asked = read_options(argc, argv, &baseline);
	if (asked > 0) {
		fputs(HELP, stdout);
		return 0;
	}
	enum sim_code code =
		asked < 0 ? sim_fail(&err, SIM_E_USAGE,
	                         "check: takes one result file and a baseline; usage: dtsim check "
	                         "FILE.h5 --against BASELINE.json")
				  : check(argv[optind], baseline, &err);
	if (code)
		fprintf(stderr, "dtsim: %s\n", err.text);
	return sim_exit_status(code);
}
