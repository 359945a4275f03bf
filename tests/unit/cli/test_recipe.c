/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/recipe.h"
#include "results/provenance.h"
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char directory[] = "/tmp/dtsim-test-XXXXXX";

static void put(const char *name, const char *text)
{
	char path[64];
	snprintf(path, sizeof path, "%s/%s", directory, name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static int set_up(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(directory));
	put("mine.yaml", "scenario: mine\nextends: base.yaml\nvariants: {one: {}, two: {amf: {t3560: 5 s}}}\n");
	put("base.yaml", "scenario: base\nsurgeons: {Alex: {}, Bob: {}}\ncities: {Oslo: {}}\n"
	                 "hospitals: {Riks: {city: Oslo}}\nduration: 2d\n");
	return chdir(directory);
}

static int tear_down(void **state)
{
	char command[64];
	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", directory);
	return chdir("/") || system(command);
}

static const char *const line[] = {"run", "mine.yaml", "--seed", "7", "--replications", "3", "--set",
                                   "amf.t3560=4 s", "--set", "seed=8", "--variant", "two", "--force"};
enum { WORDS = sizeof line / sizeof *line };

/* What the command line above gives. */
static void *made(size_t *n)
{
	char *argv[WORDS + 1];
	struct run_options o;
	struct scn *scn;
	for (int i = 0; i < WORDS; i++)
		argv[i] = strdup(line[i]);
	argv[WORDS] = NULL;
	assert_int_equal(run_options_parse(WORDS, argv, &o, NULL), SIM_OK);
	assert_int_equal(scn_load(o.scenario, &o.load, stderr, &scn, NULL), SIM_OK);
	void *octets = recipe_make(&o, scn, n);
	scn_free(scn);
	run_options_free(&o);
	for (int i = 0; i < WORDS; i++)
		free(argv[i]);
	return octets;
}

static void what_was_said_is_read_back_though_the_files_are_gone(void **state)
{
	(void)state;
	size_t n;
	struct run_options o = {0};
	struct scn *scn;
	void *octets = made(&n);
	assert_int_equal(rename("base.yaml", "gone"), 0);
	assert_int_equal(recipe_read(octets, n, "x.part", &o, NULL), SIM_OK);
	assert_string_equal(o.scenario, "mine.yaml");
	assert_true(o.force && o.load.seed == 7 && o.load.replications == 3 && !o.load.engine);
	assert_true(o.load.n_set == 2 && o.load.n_variant == 1 && o.load.n_files == 2);
	assert_string_equal(o.load.set[1], "seed=8");
	assert_string_equal(o.load.variant[0], "two");
	assert_int_equal(scn_load(o.scenario, &o.load, stderr, &scn, NULL), SIM_OK);
	assert_int_equal(scn_n_files(scn), 2);
	assert_string_equal(scn_text(scn, 1)->name, "base.yaml");
	assert_string_equal(scn_variant(scn, 0)->name, "two");
	scn_free(scn);
	run_options_free(&o);
	assert_int_equal(rename("gone", "base.yaml"), 0);
	free(octets);
}

static void octets_that_are_no_recipe_are_refused(void **state)
{
	(void)state;
	size_t n;
	unsigned char *octets = made(&n);
	uint32_t n_whole = 0;
	for (size_t cut = 0; cut < n; cut++) {
		struct run_options o = {0};
		unsigned char *part = malloc(cut + 1); /* so that a sanitizer sees what is behind */
		memcpy(part, octets, cut);
		n_whole += recipe_read(part, cut, "x.part", &o, NULL) == SIM_OK;
		run_options_free(&o);
		free(part);
	}
	assert_int_equal(n_whole, 9); /* cut between two of its eleven items, and behind the revision */
	for (size_t at = 0; at < n; at++)
		for (int bit = 0; bit < 8; bit++) {
			struct run_options o = {0};
			octets[at] ^= (unsigned char)(1 << bit);
			(void)recipe_read(octets, n, "x.part", &o, NULL);
			octets[at] ^= (unsigned char)(1 << bit);
			run_options_free(&o);
		}
	free(octets);
}

static void a_recipe_of_another_version_is_refused_with_both(void **state)
{
	(void)state;
	size_t n;
	struct sim_err err;
	struct run_options o = {0};
	unsigned char *octets = made(&n);
	octets[5] = '9'; /* behind a letter and four octets of length: the first of the version */
	assert_int_equal(recipe_read(octets, n, "x.part", &o, &err), SIM_E_USAGE);
	assert_non_null(strstr(err.text, "x.part was begun by dtsim 9"));
	assert_non_null(strstr(err.text, res_version()));
	run_options_free(&o);
	free(octets);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_said_is_read_back_though_the_files_are_gone),
		cmocka_unit_test(octets_that_are_no_recipe_are_refused),
		cmocka_unit_test(a_recipe_of_another_version_is_refused_with_both),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
