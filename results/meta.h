/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * FILE.meta.json, beside FILE.h5: what may differ between two runs that give the same result.
 * Compiler, flags, libraries, processor, host, times, memory.
 */
#ifndef RESULTS_META_H
#define RESULTS_META_H

#include "results/run_info.h"
#include "sim/core/status.h"
#include <time.h>

struct res_room {
	const char *name;
	uint32_t octets;
};

struct res_meta {
	time_t begun, ended; /* of this process; a continued run has a part before */
	double wall_s;
	uint32_t workers;    /* -j */
	uint32_t replications, continued, failed; /* all; taken over from a journal; failed */
	/* Over all replications, those taken over included: */
	double core_s, cpu_s, crypto_cpu_s; /* core_s: wall time of the workers, a core each */
	int64_t peak_octets; /* of the largest worker */
	/* What each room keeps of a registered background subscriber at rest; lent. */
	const struct res_room *room;
	uint32_t n_rooms;
};

/* "two.h5" -> "two.meta.json", "two" -> "two.meta.json". The caller frees it. */
char *res_meta_path(const char *result_path);

/* Writes it in one go (a temporary file, renamed). */
enum sim_code res_meta_write(const char *result_path, const struct res_run *run,
                             const struct res_meta *meta, struct sim_err *err);

#endif
