/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/core/status.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

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

void sim_assert_failed(const char *what, const char *file, int line)
{
	fprintf(stderr,
	        "%s:%d: bug: \"%s\" does not hold; variant %s, seed %" PRIu64 ", replication %" PRIu32
	        ", time %" PRId64 " ns, event kind %u, entity %" PRIu32 "\n",
	        file, line, what, sim_here.variant ? sim_here.variant : "-", sim_here.seed,
	        sim_here.replication, sim_here.now_ns, (unsigned)sim_here.event_kind,
	        sim_here.entity);
	abort();
}
