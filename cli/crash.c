/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/crash.h"
#include "sim/core/memory.h"
#include "sim/core/status.h"
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int crashes[] = {SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE};
enum { N_SIGNALS = sizeof crashes / sizeof *crashes };
static struct sigaction before[N_SIGNALS];
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

/*
 * Any other crash goes to who would have had it (the system, a sanitizer): where the processor found fault
 * it finds it again; a signal that was sent is sent once more.
 */
static void on_crash(int number, siginfo_t *info, void *unused)
{
	(void)unused;
	if (sim_memory_is_short())
		end_for_want_of_memory();
	for (size_t i = 0; i < N_SIGNALS; i++)
		if (crashes[i] == number)
			sigaction(number, &before[i], NULL);
	if (info->si_code <= 0)
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
	struct sigaction action = {.sa_sigaction = on_crash, .sa_flags = SA_ONSTACK | SA_SIGINFO};
	sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
	for (size_t i = 0; i < N_SIGNALS; i++)
		sigaction(crashes[i], &action, &before[i]);
	watching = on_exit(on_library_exit, NULL) == 0;
}

void crash_unwatch(void)
{
	watching = false;
}
