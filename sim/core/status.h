/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Errors: three kinds, never mixed.
 *
 *   a bug                an impossible state: SIM_ASSERT, always compiled in, prints where the
 *                        replication stood and aborts the process (a worker: one replication);
 *   a run-time failure   file, memory, disk, bad input: an enum sim_code travels up to main with
 *                        one finished sentence in struct sim_err;
 *   a protocol outcome   wrong MAC, unknown GUTI: a value with its 3GPP cause; never seen here.
 */
#ifndef SIM_CORE_STATUS_H
#define SIM_CORE_STATUS_H

#include <stddef.h>
#include <stdint.h>

enum sim_code {
	SIM_OK = 0,
	SIM_E_USAGE,     /* the command line is wrong                      exit 2 */
	SIM_E_INPUT,     /* a scenario or result file is wrong             exit 2 */
	SIM_E_IO,        /* reading or writing failed                      exit 3 */
	SIM_E_MEMORY,    /* out of memory                                  exit 3 */
	SIM_E_ENGINE,    /* the engine (ns-3) refused or failed            exit 3 */
	SIM_E_WORKER,    /* one or more replications failed                exit 3 */
	SIM_E_INTERRUPT, /* stopped by a signal                            exit 3 */
	SIM_E_VERDICT    /* nothing failed, but the answer is no           exit 1 */
};

/* A sentence for the user: what, where (file:line:column), what was found, what is allowed. */
struct sim_err {
	enum sim_code code;
	char text[1024];
};

/* Fills *err (which may be NULL) and returns code, so that `return sim_fail(...)` reads well. */
enum sim_code sim_fail(struct sim_err *err, enum sim_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The process exit status that belongs to a code: 0, 1, 2 or 3. */
int sim_exit_status(enum sim_code code);

/* Where this process stands; printed by SIM_ASSERT. Written by the event loop and by nobody else. */
struct sim_whereabouts {
	uint64_t seed;
	uint32_t replication;
	const char *variant;
	int64_t now_ns;
	uint16_t event_kind;
	uint32_t entity;
};
extern struct sim_whereabouts sim_here;

/*
 * Memory has run out: says in one sentence for what, how much was wanted and what helps, and ends the
 * process with the exit status of SIM_E_MEMORY. In a worker that is one failed replication.
 */
_Noreturn void sim_out_of_memory(const char *what, size_t octets);

_Noreturn void sim_assert_failed(const char *what, const char *file, int line);

#define SIM_ASSERT(condition) \
	((condition) ? (void)0 : sim_assert_failed(#condition, __FILE__, __LINE__))

#endif
