/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "analysis/report/report.h"
#include "tests/unit/analysis/report/made_up_run.h"

static char dir[] = "/tmp/test_report_XXXXXX";
static char result[64];
static struct res_file *file;

static int make_result(void **state)
{
	(void)state;
	struct sim_err err;
	if (!mkdtemp(dir))
		return -1;
	snprintf(result, sizeof result, "%s/made-up.h5", dir);
	if (made_up_run(result, &err)) {
		print_error("%s\n", err.text);
		return -1;
	}
	file = res_open(result, &err);
	return file ? 0 : -1;
}

static int remove_all(void **state)
{
	(void)state;
	char command[120];
	res_close(file);
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command);
}

static char *path_of(const char *name)
{
	static char path[200];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	return path;
}

static char *read_all(const char *name)
{
	FILE *in = fopen(path_of(name), "rb");
	assert_non_null(in);
	fseek(in, 0, SEEK_END);
	const size_t n = (size_t)ftell(in);
	rewind(in);
	char *text = malloc(n + 1);
	assert_non_null(text);
	assert_int_equal(fread(text, 1, n, in), n);
	text[n] = '\0';
	fclose(in);
	return text;
}

static void write_to(const char *name, size_t n)
{
	struct sim_err err = { 0 };
	struct res_file *const files[] = { file, file };
	const enum sim_code code = report_write(files, n, path_of(name), &err);
	if (code)
		fail_msg("%s", err.text);
}

static void a_page_fetches_nothing_and_runs_nothing(void **state)
{
	(void)state;
	write_to("one", 1);
	char *page = read_all("one/index.html");
	assert_null(strstr(page, "<script"));
	assert_null(strstr(page, "src="));
	assert_null(strstr(page, "@import"));
	assert_null(strstr(page, "url("));
	for (const char *link = page; (link = strstr(link, "href=\"")); link++)
		assert_int_equal(link[6], '#');
	free(page);
}

static void names_and_texts_of_a_run_are_shown_and_not_obeyed(void **state)
{
	(void)state;
	write_to("one", 1);
	char *page = read_all("one/index.html");
	assert_non_null(strstr(page, "<h1>Made up &lt;for&gt; tests &amp; looks</h1>"));
	assert_non_null(strstr(page, "# &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;"));
	assert_non_null(strstr(page, "assumption</span> &lt;metropolitan&gt; distance"));
	free(page);
}

/* The adversary "told" is at 1, "guesser" at 0; the third one has to find out. */
static void the_headline_adversary_is_one_that_has_to_find_out(void **state)
{
	(void)state;
	write_to("one", 1);
	char *page = read_all("one/index.html");
	assert_non_null(strstr(page, "advantage (0 chance, 1 certainty) of <code>all hospitals</code>"));
	free(page);
}

static void every_section_is_there(void **state)
{
	(void)state;
	static const char *const SECTIONS[] = { "latency", "availability", "linkability", "ladder",
		                                    "metrics", "parameters", "provenance" };
	write_to("one", 1);
	char *page = read_all("one/index.html"), heading[64];
	for (size_t i = 0; i < sizeof SECTIONS / sizeof SECTIONS[0]; i++) {
		snprintf(heading, sizeof heading, "<h2 id=\"%s\">", SECTIONS[i]);
		if (!strstr(page, heading))
			fail_msg("no section %s", SECTIONS[i]);
	}
	free(page);
}

static void every_chart_is_there_twice_as_a_file(void **state)
{
	(void)state;
	static const char *const CHARTS[] = { "ecdf-surgery-ready", "ecdf-registration", "ecdf-classes",
		                                  "decomposition", "availability-flood", "linkability",
		                                  "ladder" };
	write_to("one", 1);
	for (size_t i = 0; i < sizeof CHARTS / sizeof CHARTS[0]; i++) {
		struct stat found;
		char name[80];
		snprintf(name, sizeof name, "one/charts/%s.svg", CHARTS[i]);
		assert_int_equal(stat(path_of(name), &found), 0);
		assert_in_range(found.st_size, 1000, 1000000);
		snprintf(name, sizeof name, "one/charts/%s.png", CHARTS[i]);
		assert_int_equal(stat(path_of(name), &found), 0);
		assert_in_range(found.st_size, 1000, 1000000);
	}
}

static void without_a_linkability_there_is_a_sentence_and_no_figure(void **state)
{
	(void)state;
	char path[80];
	struct sim_err err = { 0 };
	snprintf(path, sizeof path, "%s/unseen.h5", dir);
	made_unseen = true;
	assert_int_equal(made_up_run(path, &err), 0);
	made_unseen = false;
	struct res_file *const files[] = { res_open(path, &err) };
	assert_non_null(files[0]);
	if (report_write(files, 1, path_of("unseen"), &err))
		fail_msg("%s", err.text);
	res_close(files[0]);
	char *page = read_all("unseen/index.html");
	assert_non_null(strstr(page, "<p>No adversary's advantage is defined"));
	assert_null(strstr(page, "figure-linkability"));
	assert_int_equal(access(path_of("unseen/charts/linkability.svg"), F_OK), -1);
	free(page);
}

static void the_same_result_gives_the_same_page(void **state)
{
	(void)state;
	write_to("one", 1);
	write_to("again", 1);
	char *a = read_all("one/index.html"), *b = read_all("again/index.html");
	assert_string_equal(a, b);
	free(a);
	free(b);
}

static void charts_of_an_earlier_report_go_and_other_files_stay(void **state)
{
	(void)state;
	write_to("two", 2);
	const char *const stale = "two/charts/3-ecdf-auth.svg", *const foreign = "two/charts/my-notes.svg";
	fclose(fopen(path_of(stale), "w"));
	fclose(fopen(path_of(foreign), "w"));
	write_to("two", 1);
	assert_int_equal(access(path_of(stale), F_OK), -1);
	assert_int_equal(access(path_of("two/charts/1-ladder.png"), F_OK), -1);
	assert_int_equal(access(path_of("two/charts/ladder.png"), F_OK), 0);
	assert_int_equal(access(path_of(foreign), F_OK), 0);
}

static void every_attacked_variant_has_a_line_in_the_headline(void **state)
{
	(void)state;
	write_to("one", 1);
	char *page = read_all("one/index.html");
	assert_non_null(strstr(page, "<p><code>flood</code>: surgeries completed "));
	assert_non_null(strstr(page, "<p><code>ausf_crash</code>: surgeries completed "));
	free(page);
}

/* Not two figures or headings of one page may have the same id. */
static void two_files_get_a_section_each_and_a_comparison(void **state)
{
	(void)state;
	write_to("two", 2);
	char *page = read_all("two/index.html");
	assert_non_null(strstr(page, "<h1>Comparison</h1>"));
	assert_non_null(strstr(page, "<h2 id=\"1-latency\">"));
	assert_non_null(strstr(page, "<h2 id=\"2-latency\">"));
	for (char *id = page; (id = strstr(id, " id=\"")); id++) {
		char *end = strchr(id + 5, '"');
		const char kept = end[1];
		end[1] = '\0';
		char *name = strdup(id);
		end[1] = kept;
		assert_null(strstr(end, name));
		free(name);
	}
	free(page);
}

static void a_directory_that_cannot_be_made_is_a_sentence(void **state)
{
	(void)state;
	struct sim_err err = { 0 };
	struct res_file *const files[] = { file };
	assert_int_equal(report_write(files, 1, path_of("no/such/place"), &err), SIM_E_IO);
	assert_non_null(strstr(err.text, "no/such/place"));
	assert_int_equal(report_write(files, 1, result, &err), SIM_E_INPUT);
	assert_non_null(strstr(err.text, "made-up.h5"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_fetches_nothing_and_runs_nothing),
		cmocka_unit_test(names_and_texts_of_a_run_are_shown_and_not_obeyed),
		cmocka_unit_test(the_headline_adversary_is_one_that_has_to_find_out),
		cmocka_unit_test(every_section_is_there),
		cmocka_unit_test(every_chart_is_there_twice_as_a_file),
		cmocka_unit_test(without_a_linkability_there_is_a_sentence_and_no_figure),
		cmocka_unit_test(the_same_result_gives_the_same_page),
		cmocka_unit_test(charts_of_an_earlier_report_go_and_other_files_stay),
		cmocka_unit_test(every_attacked_variant_has_a_line_in_the_headline),
		cmocka_unit_test(two_files_get_a_section_each_and_a_comparison),
		cmocka_unit_test(a_directory_that_cannot_be_made_is_a_sentence),
	};
	return cmocka_run_group_tests(tests, make_result, remove_all);
}
