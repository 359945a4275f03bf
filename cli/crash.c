/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/crash.h"
#include "sim/core/memory.h"
#include "sim/core/status.h"
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool watching;
static char stack[1 << 15]; /* of the handler: the usual one may be what could not grow */

static void end_for_want_of_memory(void)
{
	static const char sentence[] =
		"dtsim: out of memory: a library could not go on within the limit on this process "
		"(ulimit -v); nothing that was written before is lost\n";
	if (write(STDERR_FILENO, sentence, sizeof sentence - 1) < 0)
		_exit(sim_exit_status(SIM_E_IO));
	_exit(sim_exit_status(SIM_E_MEMORY));
}

/* SA_RESETHAND: raised again, the signal does what it usually does. */
static void on_crash(int number)
{
	if (sim_memory_is_short())
		end_for_want_of_memory();
	raise(number);
}

static void on_library_exit(int status, void *unused)
{
	(void)unused;
	if (watching && status == EXIT_FAILURE && sim_memory_is_short())
		end_for_want_of_memory();
}

void crash_watch(void)
{
	static const int signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE};
	struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK | SA_RESETHAND};
	sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		sigaction(signals[i], &action, NULL);
	watching = on_exit(on_library_exit, NULL) == 0;
}

void crash_unwatch(void)
{
	watching = false;
}
