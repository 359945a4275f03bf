/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows a second into a result file, column by column as the results have them, against the same
 * rows as records of a compound type with the same chunks and compression; and one column of them read.
 */
#include "bench/bench.h"
#include "results/h5.h"
#include "sim/core/status.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 1 << 20 };

struct row {
	int64_t t_ns;
	uint64_t duration_ns;
	uint32_t ue, procedure, method, octets;
};

enum { COLUMNS = 6 };
static const struct column {
	const char *name;
	enum rec_type type;
	size_t offset, width;
} columns[COLUMNS] = {
	{"t", REC_i64, offsetof(struct row, t_ns), 8},
	{"duration", REC_u64, offsetof(struct row, duration_ns), 8},
	{"ue", REC_u32, offsetof(struct row, ue), 4},
	{"procedure", REC_u32, offsetof(struct row, procedure), 4},
	{"method", REC_u32, offsetof(struct row, method), 4},
	{"octets", REC_u32, offsetof(struct row, octets), 4},
};

static struct row *rows;
static unsigned char *values[COLUMNS]; /* the same by columns, as a recorder has them */
static char path[] = "/tmp/dtsim-bench-XXXXXX";

/* As compressible as latencies are: times in order, durations with noise, few kinds. */
static void make_rows(void)
{
	uint64_t x = 1;
	int64_t t_ns = 0;

	rows = malloc(ROWS * sizeof *rows);
	SIM_ASSERT(rows);
	for (uint32_t i = 0; i < ROWS; i++) {
		x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		t_ns += (int64_t)(x >> 44);
		rows[i] = (struct row){t_ns, 40000000 + (x >> 40), (uint32_t)(x >> 52),
		                       (uint32_t)(x >> 62), (uint32_t)(x >> 61) & 3, 90};
	}
	for (int c = 0; c < COLUMNS; c++) {
		values[c] = malloc(ROWS * columns[c].width);
		SIM_ASSERT(values[c]);
		for (uint32_t i = 0; i < ROWS; i++)
			memcpy(values[c] + i * columns[c].width,
			       (const unsigned char *)&rows[i] + columns[c].offset, columns[c].width);
	}
}

static hid_t new_file(void)
{
	hid_t access = res_h5_access(), file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, access);

	SIM_ASSERT(file >= 0);
	H5Pclose(access);
	return file;
}

static void write_columns(void)
{
	hid_t file = new_file();

	for (int c = 0; c < COLUMNS; c++) {
		hid_t set = res_h5_column(file, columns[c].name, res_h5_file_type(columns[c].type), ROWS,
		                          "", "");
		SIM_ASSERT(set >= 0);
		for (uint32_t i = 0; i < ROWS; i += RES_CHUNK_ROWS)
			SIM_ASSERT(res_h5_write_rows(set, res_h5_memory_type(columns[c].type), i,
			                             RES_CHUNK_ROWS,
			                             values[c] + i * columns[c].width) == 0);
		H5Dclose(set);
	}
	H5Fclose(file);
}

static void read_column(void)
{
	hid_t file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);

	SIM_ASSERT(file >= 0);
	SIM_ASSERT(res_h5_read_column(file, "duration", REC_u64, values[1], ROWS) == 0);
	H5Fclose(file);
}

static hid_t compound(void)
{
	hid_t type = H5Tcreate(H5T_COMPOUND, sizeof(struct row));

	for (int c = 0; c < COLUMNS; c++)
		H5Tinsert(type, columns[c].name, columns[c].offset,
		          res_h5_memory_type(columns[c].type));
	return type;
}

static hid_t compound_set(hid_t file, hid_t type)
{
	const hsize_t n = ROWS, chunk = RES_CHUNK_ROWS;
	hid_t space = H5Screate_simple(1, &n, NULL), how = H5Pcreate(H5P_DATASET_CREATE);

	H5Pset_chunk(how, 1, &chunk);
	H5Pset_shuffle(how);
	H5Pset_deflate(how, RES_DEFLATE_LEVEL);
	hid_t set = H5Dcreate2(file, "rows", type, space, H5P_DEFAULT, how, H5P_DEFAULT);
	SIM_ASSERT(set >= 0);
	H5Pclose(how);
	H5Sclose(space);
	return set;
}

static void write_compound(void)
{
	hid_t file = new_file(), type = compound(), set = compound_set(file, type);

	for (uint32_t i = 0; i < ROWS; i += RES_CHUNK_ROWS)
		SIM_ASSERT(res_h5_write_rows(set, type, i, RES_CHUNK_ROWS, rows + i) == 0);
	H5Dclose(set);
	H5Tclose(type);
	H5Fclose(file);
}

static void read_compound(void)
{
	hid_t file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT), set, type;

	SIM_ASSERT(file >= 0);
	set = H5Dopen2(file, "rows", H5P_DEFAULT);
	type = H5Tcreate(H5T_COMPOUND, 8);
	H5Tinsert(type, "duration", 0, H5T_NATIVE_UINT64);
	SIM_ASSERT(H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values[1]) >= 0);
	H5Tclose(type);
	H5Dclose(set);
	H5Fclose(file);
}

/* ns per row. */
static double measure(void (*run)(void))
{
	double began = bench_cpu_ns();

	run();
	return (bench_cpu_ns() - began) / ROWS;
}

int main(int argc, char **argv)
{
	struct bench_result written = {.name = "hdf5.write", .unit = "M/s"};
	struct bench_result read = {.name = "hdf5.read_column", .unit = "M/s"};
	FILE *to = bench_open(argc, argv);
	int fd = mkstemp(path);

	SIM_ASSERT(fd >= 0);
	close(fd);
	written.against = read.against = "records of a compound type";
	make_rows();
	for (uint32_t round = 0; round < bench_rounds(5); round++) {
		double ours_ns = measure(write_columns), our_read_ns = measure(read_column);
		double theirs_ns = measure(write_compound), their_read_ns = measure(read_compound);
		bench_add(&written, 1e3 / ours_ns, theirs_ns / ours_ns);
		bench_add(&read, 1e3 / our_read_ns, their_read_ns / our_read_ns);
	}
	puts("Rows of 32 octets in a result file, million a second");
	bench_report(to, &written);
	bench_report(to, &read);
	unlink(path);
	for (int c = 0; c < COLUMNS; c++)
		free(values[c]);
	free(rows);
	fclose(to);
	return 0;
}
