/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory of the process. Who needs some gets it, or the process ends: a run that does not fit is a
 * run-time failure, which its user can mend (sim_out_of_memory in status.h), and no bug.
 */
#ifndef SIM_CORE_MEMORY_H
#define SIM_CORE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* n objects of a size, zeroed; free() gives them back. what: "the event list". Never NULL. */
void *sim_memory_new(const char *what, size_t n, size_t size);
/* As realloc(): old may be NULL, what is new is not zeroed. */
void *sim_memory_resize(const char *what, void *old, size_t n, size_t size);
/* What an allocation gave, when it gave something: for those of another kind. */
void *sim_memory_given(const char *what, void *block, size_t octets);

/*
 * Whether the process has come so near to its limit (ulimit -v) that a library's next block may be
 * refused: some libraries crash then, and that is no bug of theirs or ours. Safe in a signal handler.
 */
bool sim_memory_is_short(void);

#endif
