/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sample.h"
#include "results/meta.h"
#include "results/provenance.h"
#include <jansson.h>
#include <sys/resource.h>
#include <sys/wait.h>

static struct rec_names names;
static struct res_run run;

static void assert_path(const char *result, const char *expected)
{
	char *path = res_meta_path(result);
	assert_string_equal(path, expected);
	free(path);
}

static void the_meta_file_stands_beside_the_result(void **state)
{
	(void)state;
	assert_path("two.h5", "two.meta.json");
	assert_path("a.h5/two", "a.h5/two.meta.json");
	assert_path(".h5", ".h5.meta.json");
}

static void it_says_what_may_differ_and_how_the_run_went(void **state)
{
	(void)state;
	struct res_meta meta = {.begun = 0, .ended = 86400, .wall_s = 3.5, .workers = 2,
	                        .replications = 6, .continued = 1, .failed = 2, .cpu_s = 8,
	                        .crypto_cpu_s = 2, .peak_octets = INT64_C(5000000000)};
	const char *version, *compiler, *name, *begun, *ended;
	int workers, failed, fma;
	double share;
	json_int_t peak;
	json_error_t error;
	assert_int_equal(res_meta_write("x.h5", &run, &meta, NULL), SIM_OK);
	json_t *object = json_load_file("x.meta.json", 0, &error);
	assert_non_null(object);
	assert_int_equal(json_unpack_ex(object, &error, 0,
	                                "{s:s, s:{s:s, s:s}, s:{s:b}, s:{s:s, s:s, s:i, s:i, s:F, s:I}}",
	                                "result", &name, "build", "version", &version, "compiler",
	                                &compiler, "processor", "fma", &fma, "course", "begun", &begun,
	                                "ended", &ended, "workers", &workers, "failed", &failed,
	                                "crypto_cpu_share", &share, "worker_peak_octets", &peak), 0);
	assert_string_equal(name, "x.h5");
	assert_string_equal(version, res_version());
	assert_true(strstr(compiler, "gcc") || strstr(compiler, "clang"));
	assert_string_equal(begun, "1970-01-01T00:00:00Z");
	assert_string_equal(ended, "1970-01-02T00:00:00Z");
	assert_true(workers == 2 && failed == 2 && share == 0.25 && peak == INT64_C(5000000000));
	json_decref(object);
}

static void names_that_are_not_utf8_do_not_stop_it(void **state)
{
	(void)state;
	struct res_meta meta = {.workers = 1};
	assert_int_equal(res_meta_write("\xff.h5", &run, &meta, NULL), SIM_OK);
	assert_int_equal(access("\xff.meta.json", F_OK), 0);
}

static int write_into_full_disk(void)
{
	struct rlimit limit = {10, 10};
	struct res_meta meta = {.workers = 1};
	struct sim_err err;
	setrlimit(RLIMIT_FSIZE, &limit);
	return res_meta_write("full.h5", &run, &meta, &err) == SIM_E_IO &&
	       strstr(err.text, "full.meta.json") && access("full.meta.json.tmp", F_OK) != 0 ? 0 : 1;
}

static void a_full_disk_is_said_and_leaves_nothing(void **state)
{
	(void)state;
	int status;
	pid_t child = fork();
	if (child == 0)
		_exit(write_into_full_disk());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void)
{
	run = sample_run(&names);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_meta_file_stands_beside_the_result),
		cmocka_unit_test(it_says_what_may_differ_and_how_the_run_went),
		cmocka_unit_test(names_that_are_not_utf8_do_not_stop_it),
		cmocka_unit_test(a_full_disk_is_said_and_leaves_nothing),
	};
	int failed = cmocka_run_group_tests(tests, sample_setup, sample_teardown);
	rec_names_free(&names);
	return failed;
}
