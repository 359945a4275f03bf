/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/core/status.h"
#include "sim/core/memory.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct sim_whereabouts sim_here;

enum sim_code sim_fail(struct sim_err *err, enum sim_code code, const char *format, ...)
{
	if (err) {
		va_list args;
		err->code = code;
		va_start(args, format);
		vsnprintf(err->text, sizeof err->text, format, args);
		va_end(args);
	}
	return code;
}

int sim_exit_status(enum sim_code code)
{
	switch (code) {
	case SIM_OK:
		return 0;
	case SIM_E_VERDICT:
		return 1;
	case SIM_E_USAGE:
	case SIM_E_INPUT:
		return 2;
	case SIM_E_IO:
	case SIM_E_MEMORY:
	case SIM_E_ENGINE:
	case SIM_E_WORKER:
	case SIM_E_INTERRUPT:
		return 3;
	}
	return 3;
}

/* Nothing is flushed but the sentence: what is half done stays where a killed process leaves it. */
void sim_out_of_memory(const char *what, size_t octets)
{
	fprintf(stderr,
	        "out of memory: %s wanted %.1f MB more at %.3f simulated seconds; fewer subscribers, "
	        "fewer replications at a time (-j) or a lower record.level need less\n",
	        what, (double)octets / 1e6, (double)sim_here.now_ns / 1e9);
	_exit(sim_exit_status(SIM_E_MEMORY));
}

/* What only a lack of memory can make false is no bug: a library gave nothing. */
void sim_assert_failed(const char *what, const char *file, int line)
{
	if (sim_memory_is_short()) {
		fprintf(stderr, "out of memory: nothing was given at %s:%d, close to the limit on this process "
		        "(ulimit -v)\n", file, line);
		_exit(sim_exit_status(SIM_E_MEMORY));
	}
	fprintf(stderr,
	        "%s:%d: bug: \"%s\" does not hold; variant %s, seed %" PRIu64 ", replication %" PRIu32
	        ", time %" PRId64 " ns, event kind %u, entity %" PRIu32 "\n",
	        file, line, what, sim_here.variant ? sim_here.variant : "-", sim_here.seed,
	        sim_here.replication, sim_here.now_ns, (unsigned)sim_here.event_kind,
	        sim_here.entity);
	abort();
}
