/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sample.h"
#include <fcntl.h>
#include <hdf5.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static struct rec_names names;
static struct res_run run;

/* Adds the jobs in the order given; a job of `failed` fails. */
static void write_file(const char *path, const uint32_t order[SAMPLE_JOBS], int failed)
{
	struct sim_err err = {.code = SIM_OK};
	struct res_digests digests;
	struct res_journal *journal = sample_open("file.part", &run);
	for (int i = 0; i < SAMPLE_JOBS; i++) {
		struct rec_summary no = {.variant = (uint16_t)(order[i] / SAMPLE_REPLICATIONS),
		                         .replication = order[i] % SAMPLE_REPLICATIONS,
		                         .failed = 1,
		                         .reason = "signal 9"};
		if ((int)order[i] == failed)
			assert_int_equal(res_journal_add(journal, &no, NULL, NULL), SIM_OK);
		else
			assert_int_equal(sample_add(journal, order[i], NULL), SIM_OK);
	}
	if (res_write(path, &run, journal, &digests, &err) != SIM_OK)
		fail_msg("%s", err.text);
	assert_int_equal(digests.n_failed, failed >= 0);
	res_journal_close(journal);
	unlink("file.part");
}

static const uint32_t forward[] = {0, 1, 2, 3, 4, 5}, shuffled[] = {4, 0, 5, 3, 2, 1};

static char *octets_of(const char *path, size_t *n)
{
	struct stat st;
	int fd = open(path, O_RDONLY);
	assert_true(fd >= 0 && fstat(fd, &st) == 0);
	char *data = malloc((size_t)st.st_size + 1);
	assert_int_equal(read(fd, data, (size_t)st.st_size), st.st_size);
	close(fd);
	*n = (size_t)st.st_size;
	return data;
}

static void the_order_of_arrival_and_the_time_leave_no_trace_in_the_octets(void **state)
{
	(void)state;
	size_t n_a, n_b;
	write_file("a.h5", forward, -1);
	sleep(1); /* HDF5's time stamps have a resolution of one second */
	write_file("b.h5", shuffled, -1);
	char *a = octets_of("a.h5", &n_a), *b = octets_of("b.h5", &n_b);
	assert_int_equal(n_a, n_b);
	assert_memory_equal(a, b, n_a);
	assert_int_not_equal(access("a.h5.tmp", F_OK), 0);
	free(a);
	free(b);
}

static struct res_file *opened(const char *path)
{
	struct sim_err err;
	struct res_file *file = res_open(path, &err);
	if (!file)
		fail_msg("%s", err.text);
	return file;
}

static void what_is_said_of_the_run_comes_back(void **state)
{
	(void)state;
	write_file("run.h5", shuffled, -1);
	struct res_file *file = opened("run.h5");
	const struct res_run *found = res_run(file);
	assert_string_equal(found->program, "dtsim");
	assert_string_equal(found->revision, "abc");
	assert_string_equal(found->title, "");
	assert_string_equal(found->engine, "native");
	assert_true(found->seed == UINT64_MAX && found->replications == 3 && found->level == 0.95);
	assert_int_equal(found->n_variants, 2);
	assert_string_equal(found->variants[1].name, "flood");
	assert_true(found->variants[1].twin == 0 && found->variants[0].twin == -1);
	assert_true(found->variants[1].hidden && !found->variants[0].hidden);
	assert_int_equal(found->n_texts, 2);
	assert_string_equal(found->texts[0].name, "two.yaml");
	assert_string_equal(found->texts[0].text, sample_texts[0].text);
	assert_int_equal(found->texts[0].length, sample_texts[0].length);
	assert_string_equal(found->texts[1].text, "");
	assert_int_equal(res_variant_find(file, "flood"), 1);
	assert_int_equal(res_variant_find(file, "flo"), -1);
	assert_true(res_complete(file));
	uint8_t before[RES_DIGEST_OCTETS], after[RES_DIGEST_OCTETS];
	res_run_identity(&run, before);
	res_run_identity(found, after);
	assert_memory_equal(before, after, sizeof before);
	res_close(file);
}

static void names_and_enumerations_come_back(void **state)
{
	(void)state;
	struct res_file *file = opened("run.h5");
	assert_int_equal(res_n_names(file, REC_NAME_hospital), 2);
	assert_string_equal(res_name(file, REC_NAME_hospital, 0), "Charité");
	assert_string_equal(res_name(file, REC_NAME_hospital, 2), "?");
	assert_int_equal(res_n_names(file, REC_NAME_cell), 0);
	assert_int_equal(res_name_find(file, REC_NAME_hospital, "La Paz"), 1);
	assert_int_equal(res_name_find(file, REC_NAME_node, "La Paz"), -1);
	assert_string_equal(res_enum_text("class", REC_CLASS_PROBE), "probe");
	assert_string_equal(res_enum_text("class", 200), "?");
	res_close(file);
}

static void parameters_are_found_by_key_and_variant(void **state)
{
	(void)state;
	uint32_t n;
	struct res_file *file = opened("run.h5");
	const struct res_parameter *p = res_parameters(file, 1, &n);
	assert_int_equal(n, 3);
	assert_string_equal(p[2].key, "attacks.flood.rate");
	assert_null(res_parameter(file, 0, "attacks.flood.rate"));
	p = res_parameter(file, 1, "dt.policy");
	assert_non_null(p);
	assert_string_equal(p->value, "static");
	assert_string_equal(p->set_at, "two.yaml:3:4");
	assert_false(p->assumption);
	assert_true(res_parameter(file, 0, "dt.policy")->assumption);
	assert_true(res_parameter(file, 0, "dt.policy")->changed_by_variant);
	assert_true(res_parameter(file, 1, "attacks.flood.rate")->changed_by_variant);
	assert_false(res_parameter(file, 0, "amf.t3560")->changed_by_variant);
	assert_string_equal(res_parameter_text(file, 0, "no.such"), "");
	assert_true(res_parameter_si(file, 1, "amf.t3560", SIM_Q_DURATION, 0) == 6e9);
	assert_true(res_parameter_si(file, 1, "dt.policy", SIM_Q_DURATION, -7) == -7);
	res_close(file);
}

static void assert_rows_of_job(struct res_file *file, uint32_t job)
{
	struct rec expected;
	struct rec_summary summary;
	sample_rec(job, &expected, &summary);
	for (int t = 0; t < REC_N_TABLES; t++) {
		const struct rec_table_info *info = rec_table_info((enum rec_table)t);
		struct res_range rows =
			res_rows(file, (enum rec_table)t, summary.variant, summary.replication);
		assert_int_equal(rows.end - rows.first, expected.table[t].n);
		for (uint32_t c = 0; c < info->n_columns && rows.end > rows.first; c++) {
			uint32_t width = info->column[c].width;
			const char *column = res_column(file, (enum rec_table)t, info->column[c].name);
			assert_memory_equal(column + rows.first * width, expected.table[t].column[c],
			                    (rows.end - rows.first) * width);
		}
		const uint16_t *variant = res_u16(file, (enum rec_table)t, "variant");
		const uint32_t *replication = res_u32(file, (enum rec_table)t, "replication");
		for (uint64_t i = rows.first; i < rows.end; i++)
			assert_true(variant[i] == summary.variant && replication[i] == summary.replication);
	}
	rec_free(&expected);
}

static void every_recorded_value_comes_back(void **state)
{
	(void)state;
	struct res_file *file = opened("run.h5");
	uint64_t rows = 0;
	for (uint32_t job = 0; job < SAMPLE_JOBS; job++) {
		assert_rows_of_job(file, job);
		rows += sample_rows(job);
	}
	assert_int_equal(res_n_rows(file, REC_T_latency), rows);
	assert_int_equal(res_n_rows(file, REC_T_outage), 0);
	assert_non_null(res_i64(file, REC_T_outage, "up_ns"));
	res_forget(file, REC_T_latency);
	assert_rows_of_job(file, 3);
	assert_int_equal(res_rows_of_variant(file, REC_T_latency, 1).end, rows);
	assert_int_equal(res_error(file)->code, SIM_OK);
	res_close(file);
}

static void gathered_rows_are_the_rows_that_were_added(void **state)
{
	(void)state;
	struct res_file *file = opened("run.h5");
	struct res_range range = res_rows(file, REC_T_obs_hospital, 1, 2);
	struct rec_obs_hospital row[5];
	assert_int_equal(range.end - range.first, 5);
	assert_int_equal(res_gather(file, REC_T_obs_hospital, range, row), 0);
	for (uint32_t i = 0; i < 5; i++) {
		assert_true(row[i].obs == i && row[i].hospital == i % 2);
		assert_true(row[i].t_ns == INT64_MAX - i && row[i].pseudonym == UINT64_MAX - 5);
	}
	res_close(file);
}

static void a_failed_replication_has_a_reason_and_no_rows(void **state)
{
	(void)state;
	uint32_t n;
	write_file("failed.h5", shuffled, 2);
	struct res_file *file = opened("failed.h5");
	assert_false(res_complete(file));
	const struct res_replication *all = res_replications(file, &n);
	assert_int_equal(n, SAMPLE_JOBS);
	assert_true(all[2].failed && !all[3].failed);
	assert_string_equal(all[2].reason, "signal 9");
	assert_string_equal(all[3].reason, "");
	assert_int_equal(all[3].events, 1003);
	assert_int_equal(strncmp(all[3].protocol_digest, "030303", 6), 0);
	assert_int_equal(strncmp(res_replication(file, 1, 0)->event_digest, "f3f3f3", 6), 0);
	assert_int_equal(res_n_finished(file, 0), 2);
	assert_int_equal(res_n_finished(file, 1), 3);
	assert_true(res_rows(file, REC_T_latency, 0, 2).first == res_rows(file, REC_T_latency, 0, 2).end);
	assert_rows_of_job(file, 3);
	res_close(file);
}

/* Python: hashlib.sha256(b''.join(bytes([i]) * 32 for i in range(6))).hexdigest(), and 0xf0 + i. */
static void digests_are_combined_over_replications_in_order(void **state)
{
	(void)state;
	struct res_file *file = opened("run.h5");
	assert_string_equal(res_protocol_digest(file),
	                    "94f38230f70668ab47d89d15db231efe"
	                    "2a92687e27a2765a7b913273c1f435f6");
	assert_string_equal(res_event_digest(file),
	                    "1ab2f0c7b471b02d8bc31549657577af"
	                    "96edfd837653aca307ecc9a116b82f5c");
	res_close(file);
}

/* --- what must be refused -------------------------------------------------------------------- */

static void assert_refused(const char *path, const char *word)
{
	struct sim_err err = {.code = SIM_OK};
	assert_null(res_open(path, &err));
	assert_int_equal(err.code, SIM_E_INPUT);
	if (!strstr(err.text, word) || !strstr(err.text, path) || strchr(err.text, '\n'))
		fail_msg("\"%s\" names neither %s nor \"%s\"", err.text, path, word);
}

static void put(const char *path, const char *data, size_t n)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, n, f), n);
	fclose(f);
}

static void files_of_another_kind_are_refused(void **state)
{
	(void)state;
	assert_refused("nowhere.h5", "No such file");
	assert_refused("/dev/null", "not a file");
	assert_refused("/tmp", "a directory");
	put("empty.h5", "", 0);
	assert_refused("empty.h5", "not an HDF5 file");
	put("text.h5", "scenario: x\n", 12);
	assert_refused("text.h5", "not an HDF5 file");
	hid_t other = H5Fcreate("other.h5", H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
	assert_true(other >= 0 && H5Fclose(other) >= 0);
	assert_refused("other.h5", "not a result of dtsim");
}

static void truncated_files_are_refused(void **state)
{
	(void)state;
	size_t n;
	char *data = octets_of("run.h5", &n);
	for (size_t cut = 600; cut < n; cut += n / 9) {
		put("cut.h5", data, cut);
		assert_refused("cut.h5", "truncated");
	}
	put("cut.h5", data, n - 1);
	assert_refused("cut.h5", "truncated");
	free(data);
}

static void change(const char *path, void (*how)(hid_t file))
{
	size_t n;
	char *data = octets_of("run.h5", &n);
	put(path, data, n);
	free(data);
	hid_t file = H5Fopen(path, H5F_ACC_RDWR, H5P_DEFAULT);
	assert_true(file >= 0);
	how(file);
	assert_true(H5Fclose(file) >= 0);
}

static void set_schema_0(hid_t file)
{
	uint32_t schema = 0;
	hid_t attr = H5Aopen(file, "schema", H5P_DEFAULT);
	assert_true(H5Awrite(attr, H5T_NATIVE_UINT32, &schema) >= 0 && H5Aclose(attr) >= 0);
}

/* As a file that was written before there were sketches. */
static void make_it_older(hid_t file)
{
	uint32_t schema = 1;
	hid_t attr = H5Aopen(file, "schema", H5P_DEFAULT);
	assert_true(H5Awrite(attr, H5T_NATIVE_UINT32, &schema) >= 0 && H5Aclose(attr) >= 0);
	assert_true(H5Ldelete(file, "latency_sketch", H5P_DEFAULT) >= 0);
	assert_true(H5Ldelete(file, "index/latency_sketch", H5P_DEFAULT) >= 0);
	assert_true(H5Ldelete(file, "demand/offered", H5P_DEFAULT) >= 0);
	assert_true(H5Ldelete(file, "names/source", H5P_DEFAULT) >= 0);
}

static void drop_a_column_of_a_file_of_today(hid_t file)
{
	assert_true(H5Ldelete(file, "demand/offered", H5P_DEFAULT) >= 0);
}

static void drop_sketches_of_a_file_of_today(hid_t file)
{
	assert_true(H5Ldelete(file, "latency_sketch", H5P_DEFAULT) >= 0);
	assert_true(H5Ldelete(file, "index/latency_sketch", H5P_DEFAULT) >= 0);
}

static void what_came_after_an_older_file_is_empty_or_zero_in_it(void **state)
{
	(void)state;
	struct sim_err err;
	change("older.h5", make_it_older);
	struct res_file *file = res_open("older.h5", &err);
	assert_non_null(file);
	assert_int_equal(res_n_rows(file, REC_T_latency_sketch), 0);
	assert_non_null(res_u64(file, REC_T_latency_sketch, "count"));
	assert_true(res_n_rows(file, REC_T_latency) > 0);
	assert_int_equal(res_n_names(file, REC_NAME_source), 0);
	assert_true(res_n_rows(file, REC_T_demand) > 0);
	const uint32_t *offered = res_u32(file, REC_T_demand, "offered");
	for (uint64_t i = 0; i < res_n_rows(file, REC_T_demand); i++)
		assert_int_equal(offered[i], 0);
	res_close(file);
	change("column.h5", drop_a_column_of_a_file_of_today);
	assert_refused("column.h5", "demand");
	change("today.h5", drop_sketches_of_a_file_of_today);
	assert_refused("today.h5", "latency_sketch");
}

static void drop_a_column(hid_t file)
{
	assert_true(H5Ldelete(file, "session/ready_ns", H5P_DEFAULT) >= 0);
}

static void drop_parameters(hid_t file)
{
	assert_true(H5Ldelete(file, "parameters", H5P_DEFAULT) >= 0);
}

static void drop_the_seed(hid_t file)
{
	assert_true(H5Adelete(file, "seed") >= 0);
}

static void turn_the_index(hid_t file)
{
	uint64_t index[SAMPLE_JOBS + 1] = {0, 5, 4, 3, 2, 1, 0};
	hid_t data = H5Dopen2(file, "index/latency", H5P_DEFAULT);
	assert_true(H5Dwrite(data, H5T_NATIVE_UINT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, index) >= 0);
	assert_true(H5Dclose(data) >= 0);
}

static void results_that_miss_something_are_refused(void **state)
{
	(void)state;
	change("schema.h5", set_schema_0);
	assert_refused("schema.h5", "schema 0");
	change("column.h5", drop_a_column);
	assert_refused("column.h5", "session");
	change("parameters.h5", drop_parameters);
	assert_refused("parameters.h5", "parameters");
	change("seed.h5", drop_the_seed);
	assert_refused("seed.h5", "seed");
	change("index.h5", turn_the_index);
	assert_refused("index.h5", "latency");
}

/* Overwrites the first chunk of a column, which deflate's checksum notices. */
static void damage_a_chunk(hid_t file)
{
	char noise[64];
	hsize_t first = 0, size;
	haddr_t at;
	unsigned filters;
	memset(noise, 0x5a, sizeof noise);
	hid_t data = H5Dopen2(file, "latency/total_ns", H5P_DEFAULT);
	assert_true(H5Dget_chunk_info_by_coord(data, &first, &filters, &at, &size) >= 0);
	assert_true(size > 200 && H5Dclose(data) >= 0);
	int fd = open("damaged.h5", O_WRONLY);
	assert_int_equal(pwrite(fd, noise, sizeof noise, (off_t)at + 100), sizeof noise);
	close(fd);
}

static void a_damaged_column_gives_no_pointer_but_a_sentence(void **state)
{
	(void)state;
	struct rec_latency row[1];
	change("damaged.h5", damage_a_chunk);
	struct res_file *file = opened("damaged.h5");
	assert_null(res_i64(file, REC_T_latency, "total_ns"));
	assert_int_equal(res_error(file)->code, SIM_E_IO);
	assert_non_null(strstr(res_error(file)->text, "latency/total_ns of damaged.h5"));
	assert_int_equal(res_gather(file, REC_T_latency, (struct res_range){0, 1}, row), -1);
	assert_non_null(res_i64(file, REC_T_latency, "start_ns"));
	res_close(file);
}

/* One value outside of what its column allows, in a file that HDF5 finds nothing wrong with. */
static const struct impossible {
	enum rec_table table;
	const char *column;
	int64_t value;
	const char *found;
} impossible[] = {
	{REC_T_latency, "variant", 2, "latency/variant: row 4: found 2, allowed: 0 to 1"},
	{REC_T_latency, "replication", UINT32_MAX,
	 "latency/replication: row 4: found 4294967295, allowed: 0 to 2"},
	{REC_T_latency, "metric", REC_N_latency_metric,
	 "latency/metric: row 4: found 6, allowed: 0 to 5"},
	{REC_T_latency, "start_ns", INT64_MIN,
	 "latency/start_ns: row 4: found -9223372036854775808, allowed: -1 or more"},
	{REC_T_obs_hospital, "hospital", 2, "obs_hospital/hospital: row 4: found 2, allowed: 0 to 1"},
	{REC_T_obs_hospital, "disclosed", 3, "obs_hospital/disclosed: row 4: found 3, allowed: 0 to 2"},
	{REC_T_demand, "window", UINT32_MAX,
	 "demand/window: row 4: found 4294967295, allowed: 0 to 9999999"},
	{REC_T_truth, "subject", 2, "truth/subject: row 4: found 2, allowed: 0 to 1"},
}, *wrong;

static void put_wrong_value(hid_t file)
{
	char name[64];
	snprintf(name, sizeof name, "%s/%s", rec_table_info(wrong->table)->name, wrong->column);
	hid_t data = H5Dopen2(file, name, H5P_DEFAULT), space = H5Dget_space(data);
	hsize_t row = 4, one = 1;
	assert_true(H5Sselect_hyperslab(space, H5S_SELECT_SET, &row, NULL, &one, NULL) >= 0);
	hid_t memory = H5Screate_simple(1, &one, NULL);
	assert_true(H5Dwrite(data, H5T_NATIVE_INT64, memory, space, H5P_DEFAULT, &wrong->value) >= 0);
	H5Sclose(memory);
	H5Sclose(space);
	H5Dclose(data);
}

static void a_value_that_its_column_does_not_allow_is_a_sentence(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof impossible / sizeof *impossible; i++) {
		char text[160];
		wrong = &impossible[i];
		change("wrong.h5", put_wrong_value);
		struct res_file *file = opened("wrong.h5");
		assert_null(res_column(file, wrong->table, wrong->column));
		assert_int_equal(res_error(file)->code, SIM_E_INPUT);
		snprintf(text, sizeof text, "wrong.h5: %s", wrong->found);
		assert_string_equal(res_error(file)->text, text);
		res_close(file);
	}
}

/* --- a full disk ----------------------------------------------------------------------------- */

/* In a child: its limit on the size of files is for ever. 0 when everything is as it should be. */
static int write_into_full_disk(struct res_journal *journal, rlim_t octets)
{
	struct rlimit limit = {octets, octets};
	struct sim_err err = {.code = SIM_OK};
	setrlimit(RLIMIT_FSIZE, &limit);
	if (res_write("full.h5", &run, journal, NULL, &err) != SIM_E_IO)
		return 1;
	if (!strstr(err.text, "full.h5") || !strstr(err.text, "kept in full.part") ||
	    !strstr(err.text, "File too large"))
		return 2;
	if (access("full.h5.tmp", F_OK) == 0)
		return 3;
	return 0;
}

static void a_full_disk_leaves_the_journal_and_the_older_file(void **state)
{
	(void)state;
	const rlim_t limits[] = {0, 100, 5000, 60000, 150000};
	struct res_journal *journal = sample_open("full.part", &run);
	for (uint32_t job = 0; job < SAMPLE_JOBS; job++)
		assert_int_equal(sample_add(journal, job, NULL), SIM_OK);
	put("full.h5", "old", 3);
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		int status;
		fflush(NULL);
		pid_t child = fork();
		if (child == 0)
			exit(write_into_full_disk(journal, limits[i])); /* HDF5's exit handlers too */
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
		struct stat st;
		assert_true(stat("full.h5", &st) == 0 && st.st_size == 3);
	}
	struct sim_err err;
	assert_int_equal(res_write("full.h5", &run, journal, NULL, &err), SIM_OK);
	res_journal_close(journal);
	struct res_file *file = opened("full.h5");
	assert_rows_of_job(file, 5);
	res_close(file);
}

int main(void)
{
	run = sample_run(&names);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_order_of_arrival_and_the_time_leave_no_trace_in_the_octets),
		cmocka_unit_test(what_is_said_of_the_run_comes_back),
		cmocka_unit_test(names_and_enumerations_come_back),
		cmocka_unit_test(parameters_are_found_by_key_and_variant),
		cmocka_unit_test(every_recorded_value_comes_back),
		cmocka_unit_test(gathered_rows_are_the_rows_that_were_added),
		cmocka_unit_test(a_failed_replication_has_a_reason_and_no_rows),
		cmocka_unit_test(digests_are_combined_over_replications_in_order),
		cmocka_unit_test(files_of_another_kind_are_refused),
		cmocka_unit_test(truncated_files_are_refused),
		cmocka_unit_test(what_came_after_an_older_file_is_empty_or_zero_in_it),
		cmocka_unit_test(results_that_miss_something_are_refused),
		cmocka_unit_test(a_damaged_column_gives_no_pointer_but_a_sentence),
		cmocka_unit_test(a_value_that_its_column_does_not_allow_is_a_sentence),
		cmocka_unit_test(a_full_disk_leaves_the_journal_and_the_older_file),
	};
	int failed = cmocka_run_group_tests(tests, sample_setup, sample_teardown);
	rec_names_free(&names);
	return failed;
}
