/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Libraries that end the process because they found no memory, by a crash, abort() or exit(1): then a
 * sentence and the exit status of SIM_E_MEMORY, as everywhere. Any other crash stays one.
 */
#ifndef CLI_CRASH_H
#define CLI_CRASH_H

void crash_watch(void);
/* From now on exit() is ours: before main() returns. */
void crash_unwatch(void);

#endif
