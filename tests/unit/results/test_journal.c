/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sample.h"
#include "results/blob.h"
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static struct rec_names names;
static struct res_run run;

static off_t size_of(const char *path)
{
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	return st.st_size;
}

static void assert_job_is_whole(const struct res_journal *journal, uint32_t job)
{
	struct rec expected;
	struct rec_summary summary, found;
	sample_rec(job, &expected, &summary);
	assert_int_equal(res_journal_summary(journal, job, &found, NULL), SIM_OK);
	assert_memory_equal(&found, &summary, sizeof found);
	for (int t = 0; t < REC_N_TABLES; t++) {
		const struct rec_table_info *info = rec_table_info((enum rec_table)t);
		uint32_t n = expected.table[t].n;
		assert_int_equal(res_journal_rows(journal, job, (enum rec_table)t), n);
		for (uint32_t c = 0; n && c < info->n_columns; c++) {
			char *rows = malloc((size_t)n * info->column[c].width);
			assert_int_equal(res_journal_column(journal, job, (enum rec_table)t, c, 0, n, rows, NULL),
			                 SIM_OK);
			assert_memory_equal(rows, expected.table[t].column[c], (size_t)n * info->column[c].width);
			free(rows);
		}
	}
	rec_free(&expected);
}

static void a_closed_journal_gives_back_what_was_added(void **state)
{
	(void)state;
	struct res_journal *journal = sample_open("back.part", &run);
	assert_int_equal(res_journal_kept(journal), 0);
	assert_int_equal(sample_add(journal, 4, NULL), SIM_OK);
	assert_int_equal(sample_add(journal, 1, NULL), SIM_OK);
	res_journal_close(journal);
	journal = sample_open("back.part", &run);
	assert_int_equal(res_journal_kept(journal), 2);
	assert_true(res_journal_has(journal, 4) && res_journal_has(journal, 1));
	assert_false(res_journal_has(journal, 0));
	assert_job_is_whole(journal, 4);
	assert_job_is_whole(journal, 1);
	res_journal_close(journal);
}

static void copy_head(const char *from, const char *to, off_t n)
{
	char *data = malloc((size_t)n + 1);
	int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	assert_true(in >= 0 && out >= 0);
	assert_int_equal(read(in, data, (size_t)n), n);
	assert_int_equal(write(out, data, (size_t)n), n);
	close(in);
	close(out);
	free(data);
}

static void put_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static uint32_t kept_after_cut(const char *from, off_t n)
{
	copy_head(from, "cut.part", n);
	struct res_journal *journal = sample_open("cut.part", &run);
	uint32_t kept = res_journal_kept(journal);
	for (uint32_t job = 0; job < kept; job++)
		assert_job_is_whole(journal, job);
	assert_int_equal(sample_add(journal, 5, NULL), SIM_OK);
	res_journal_close(journal);
	journal = sample_open("cut.part", &run);
	assert_int_equal(res_journal_kept(journal), kept + 1);
	assert_job_is_whole(journal, 5);
	res_journal_close(journal);
	return kept;
}

static void a_torn_journal_keeps_every_whole_record_and_continues(void **state)
{
	(void)state;
	off_t end[4];
	struct res_journal *journal = sample_open("torn.part", &run);
	end[0] = size_of("torn.part");
	for (uint32_t job = 0; job < 3; job++) {
		assert_int_equal(sample_add(journal, job, NULL), SIM_OK);
		end[job + 1] = size_of("torn.part");
	}
	res_journal_close(journal);
	off_t head = (off_t)sizeof(struct res_blob_head);
	for (uint32_t k = 0; k < 3; k++) {
		const off_t cuts[] = {end[k],         end[k] + 1,        end[k] + head - 1, end[k] + head,
		                      end[k] + head + 5, end[k + 1] - 5, end[k + 1] - 4, end[k + 1] - 1};
		for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++)
			assert_int_equal(kept_after_cut("torn.part", cuts[i]), k);
	}
	assert_int_equal(kept_after_cut("torn.part", end[3]), 3);
	for (off_t n = 0; n < end[0]; n += 7)
		assert_int_equal(kept_after_cut("torn.part", n), 0);
}

static void a_flipped_octet_ends_the_journal_before_its_record(void **state)
{
	(void)state;
	struct res_journal *journal = sample_open("flip.part", &run);
	assert_int_equal(sample_add(journal, 0, NULL), SIM_OK);
	off_t end = size_of("flip.part");
	assert_int_equal(sample_add(journal, 1, NULL), SIM_OK);
	res_journal_close(journal);
	const off_t places[] = {end, end + 8, end + 17, end + 600, end + 500000};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		char octet;
		copy_head("flip.part", "flipped.part", size_of("flip.part"));
		int fd = open("flipped.part", O_RDWR);
		assert_int_equal(pread(fd, &octet, 1, places[i]), 1);
		octet = (char)(octet ^ 0x10);
		assert_int_equal(pwrite(fd, &octet, 1, places[i]), 1);
		close(fd);
		journal = sample_open("flipped.part", &run);
		assert_int_equal(res_journal_kept(journal), 1);
		assert_job_is_whole(journal, 0);
		res_journal_close(journal);
	}
}

/* --- the recipe ------------------------------------------------------------------------------ */

static void assert_no_recipe(const char *path, const char *word)
{
	struct res_recipe recipe;
	struct sim_err err;
	assert_int_equal(res_journal_recipe(path, &recipe, &err), SIM_E_USAGE);
	assert_null(recipe.octets);
	assert_non_null(strstr(err.text, path));
	if (!strstr(err.text, word))
		fail_msg("\"%s\" does not say %s", err.text, word);
}

static void a_journal_gives_back_the_recipe_of_whoever_made_it(void **state)
{
	(void)state;
	static const char first[] = "what was run", second[] = "the same, said otherwise";
	struct res_run same = run;
	struct res_recipe recipe;
	same.recipe = first;
	same.recipe_octets = sizeof first;
	struct res_journal *journal = sample_open("recipe.part", &same);
	assert_int_equal(sample_add(journal, 2, NULL), SIM_OK);
	res_journal_close(journal);
	same.recipe = second;
	same.recipe_octets = sizeof second;
	journal = sample_open("recipe.part", &same);
	assert_job_is_whole(journal, 2);
	res_journal_close(journal);
	assert_int_equal(res_journal_recipe("recipe.part", &recipe, NULL), SIM_OK);
	assert_true(recipe.n == sizeof first && recipe.n_jobs == SAMPLE_JOBS);
	assert_memory_equal(recipe.octets, first, sizeof first);
	res_recipe_free(&recipe);
	for (off_t n = 0; n < 80; n++) { /* 64 octets of header, 13 of recipe, 4 of checksum */
		copy_head("recipe.part", "cut-recipe.part", n);
		assert_no_recipe("cut-recipe.part", "no whole beginning");
	}
	assert_no_recipe("no-such.part", "No such file");
	put_text("word.part", "Dear reader, this is somebody's only copy of something else entirely, and "
	                      "it is long.");
	assert_no_recipe("word.part", "not a journal");
}

static void assert_refused(const struct res_run *other, const char *path, const char *word)
{
	struct res_journal *journal;
	struct sim_err err;
	off_t before = size_of(path);
	assert_int_equal(res_journal_open(path, other, &journal, &err), SIM_E_USAGE);
	assert_null(journal);
	assert_non_null(strstr(err.text, path));
	assert_non_null(strstr(err.text, word));
	assert_int_equal(size_of(path), before);
}

static void a_journal_of_another_run_is_refused_and_left_alone(void **state)
{
	(void)state;
	struct res_journal *journal = sample_open("other.part", &run);
	assert_int_equal(sample_add(journal, 0, NULL), SIM_OK);
	res_journal_close(journal);
	struct res_run other = run;
	other.seed = 1;
	assert_refused(&other, "other.part", "another run");
	other = run;
	other.replications = 4;
	assert_refused(&other, "other.part", "another run");
	other = run;
	struct res_text text[2] = {sample_texts[0], {"base.yaml", "x", 1}};
	other.texts = text;
	assert_refused(&other, "other.part", "another run");
	other = run;
	other.version = "0.1.1";
	assert_refused(&other, "other.part", "another run");
}

static void a_file_that_is_no_journal_is_refused_and_left_alone(void **state)
{
	(void)state;
	put_text("letter.part",
	         "Dear reader, this is somebody's only copy of something else entirely, and it is long.");
	assert_refused(&run, "letter.part", "not a journal");
	put_text("short.part", "Dear");
	assert_refused(&run, "short.part", "not a journal");
}

static void a_journal_in_use_is_refused(void **state)
{
	(void)state;
	struct res_journal *journal = sample_open("used.part", &run);
	assert_refused(&run, "used.part", "another process");
	res_journal_close(journal);
}

static void a_failed_replication_runs_again_when_continued(void **state)
{
	(void)state;
	struct res_journal *journal = sample_open("failed.part", &run);
	struct rec_summary summary = {.variant = 1, .replication = 2, .failed = 1, .reason = "out of luck"};
	assert_int_equal(res_journal_add(journal, &summary, NULL, NULL), SIM_OK);
	assert_int_equal(sample_add(journal, 0, NULL), SIM_OK);
	assert_false(res_journal_has(journal, 5));
	assert_int_equal(res_journal_kept(journal), 1);
	struct rec_summary found;
	assert_int_equal(res_journal_summary(journal, 5, &found, NULL), SIM_OK);
	assert_string_equal(found.reason, "out of luck");
	res_journal_close(journal);
	journal = sample_open("failed.part", &run);
	assert_false(res_journal_has(journal, 5));
	assert_int_equal(res_journal_kept(journal), 1);
	assert_int_equal(sample_add(journal, 5, NULL), SIM_OK);
	assert_int_equal(res_journal_kept(journal), 2);
	res_journal_close(journal);
}

static void half_a_blob_and_a_blob_of_another_job_are_rolled_back(void **state)
{
	(void)state;
	struct rec_summary summary = {.variant = 0, .replication = 1};
	struct res_blob_head head;
	struct res_journal *journal = sample_open("half.part", &run);
	off_t before = size_of("half.part");
	res_blob_head_make(&summary, NULL, &head);
	res_journal_begin(journal);
	assert_int_equal(res_journal_append(journal, &head, sizeof head / 2, NULL), SIM_OK);
	assert_int_equal(res_journal_commit(journal, 1, NULL), SIM_E_WORKER);
	assert_int_equal(size_of("half.part"), before);
	res_journal_begin(journal);
	assert_int_equal(res_journal_append(journal, &head, sizeof head, NULL), SIM_OK);
	assert_int_equal(res_journal_commit(journal, 2, NULL), SIM_E_WORKER);
	assert_int_equal(size_of("half.part"), before);
	res_journal_begin(journal);
	for (size_t i = 0; i < sizeof head; i++)
		assert_int_equal(res_journal_append(journal, (char *)&head + i, 1, NULL), SIM_OK);
	assert_int_equal(res_journal_commit(journal, 1, NULL), SIM_OK);
	assert_int_equal(res_journal_kept(journal), 1);
	res_journal_close(journal);
}

/* In a child: its limit on the size of files is for ever. */
static int fill_up(void)
{
	struct sim_err err = {.code = SIM_OK};
	struct rlimit limit = {2500000, 2500000}; /* one record has 1.1 million octets and some */
	struct res_journal *journal = sample_open("full.part", &run);
	setrlimit(RLIMIT_FSIZE, &limit);
	uint32_t job = 0;
	while (job < 4 && sample_add(journal, job, &err) == SIM_OK)
		job++;
	bool said = err.code == SIM_E_IO && strstr(err.text, "full.part") &&
	            strstr(err.text, "keeps 1 of 6") && strstr(err.text, "File too large");
	res_journal_close(journal);
	return said ? (int)job : 99;
}

static void a_full_disk_keeps_the_records_before_it(void **state)
{
	(void)state;
	int status;
	pid_t child = fork();
	if (child == 0)
		_exit(fill_up());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
	struct res_journal *journal = sample_open("full.part", &run);
	assert_int_equal(res_journal_kept(journal), 1);
	assert_job_is_whole(journal, 0);
	res_journal_close(journal);
}

int main(void)
{
	run = sample_run(&names);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_closed_journal_gives_back_what_was_added),
		cmocka_unit_test(a_torn_journal_keeps_every_whole_record_and_continues),
		cmocka_unit_test(a_flipped_octet_ends_the_journal_before_its_record),
		cmocka_unit_test(a_journal_gives_back_the_recipe_of_whoever_made_it),
		cmocka_unit_test(a_journal_of_another_run_is_refused_and_left_alone),
		cmocka_unit_test(a_file_that_is_no_journal_is_refused_and_left_alone),
		cmocka_unit_test(a_journal_in_use_is_refused),
		cmocka_unit_test(a_failed_replication_runs_again_when_continued),
		cmocka_unit_test(half_a_blob_and_a_blob_of_another_job_are_rolled_back),
		cmocka_unit_test(a_full_disk_keeps_the_records_before_it),
	};
	int failed = cmocka_run_group_tests(tests, sample_setup, sample_teardown);
	rec_names_free(&names);
	return failed;
}
