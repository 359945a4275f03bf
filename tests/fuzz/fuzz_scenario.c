/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scenario files: any text is a scenario, or is refused with at least one sentence. */
#include "scenarios/load.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct scn_options options = {.seed = -1, .replications = -1};
	FILE *messages = fopen("/dev/null", "w");
	int file = memfd_create("scenario", 0);
	struct scn *scn = NULL;
	struct sim_err err;
	char path[32];

	FUZZ_HOLDS(messages && file >= 0 && write(file, data, size) == (ssize_t)size);
	snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	if (scn_load(path, &options, messages, &scn, &err) == SIM_OK)
		FUZZ_HOLDS(scn_n_variants(scn) > 0);
	else
		FUZZ_HOLDS(ftell(messages) > 0 && *err.text);
	scn_free(scn);
	close(file);
	fclose(messages);
	return 0;
}
