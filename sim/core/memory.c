/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/core/memory.h"
#include "sim/core/status.h"
#include <stdlib.h>
#include <sys/mman.h>

enum { NEAR = 32 << 20 }; /* what libraries ask for at once is less */

static size_t octets_of(size_t n, size_t size)
{
	return size && n > SIZE_MAX / size ? SIZE_MAX : n * size;
}

void *sim_memory_given(const char *what, void *block, size_t octets)
{
	if (!block)
		sim_out_of_memory(what, octets);
	return block;
}

void *sim_memory_new(const char *what, size_t n, size_t size)
{
	return sim_memory_given(what, calloc(n ? n : 1, size ? size : 1), octets_of(n, size));
}

void *sim_memory_resize(const char *what, void *old, size_t n, size_t size)
{
	return sim_memory_given(what, reallocarray(old, n ? n : 1, size ? size : 1),
	                        octets_of(n, size));
}

bool sim_memory_is_short(void)
{
	void *probe = mmap(NULL, NEAR, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (probe == MAP_FAILED)
		return true;
	munmap(probe, NEAR);
	return false;
}
