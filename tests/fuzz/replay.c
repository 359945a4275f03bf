/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every seed of the target FUZZ_NAME and every input that once crashed it, without libFuzzer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "tests/fuzz/fuzz.h"
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* From memory of its exact size, so that a sanitizer sees the octet behind the last one. */
static void replay_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	long size;
	uint8_t *data;

	assert_non_null(file);
	assert_int_equal(fseek(file, 0, SEEK_END), 0);
	size = ftell(file);
	assert_true(size >= 0);
	rewind(file);
	data = malloc(size ? (size_t)size : 1);
	assert_non_null(data);
	assert_int_equal(fread(data, 1, (size_t)size, file), size);
	fclose(file);
	printf("%s\n", path); /* the last one is the culprit if this process dies */
	fflush(stdout);
	LLVMFuzzerTestOneInput(data, (size_t)size);
	free(data);
}

static int replay_directory(const char *name)
{
	DIR *directory = opendir(name);
	struct dirent *entry;
	char path[512];
	int n = 0;

	if (!directory)
		return 0;
	while ((entry = readdir(directory))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%s", name, entry->d_name);
		replay_file(path);
		n++;
	}
	closedir(directory);
	return n;
}

static void every_seed_and_every_old_crash_is_survived(void **state)
{
	(void)state;
	assert_true(replay_directory("tests/fuzz/corpus/" FUZZ_NAME) > 0);
	replay_directory("tests/fuzz/crashes/" FUZZ_NAME);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_seed_and_every_old_crash_is_survived),
	};
	return cmocka_run_group_tests_name("fuzz " FUZZ_NAME, tests, NULL, NULL);
}
