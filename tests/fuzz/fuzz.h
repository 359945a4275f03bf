/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A fuzz target is one file fuzz_NAME.c that defines this function; its seeds are corpus/NAME/,
 * inputs that once crashed it crashes/NAME/. `make fuzz` runs it under libFuzzer, `make check`
 * replays both directories through replay.c.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold for any input. */
#define FUZZ_HOLDS(condition) \
	do { \
		if (!(condition)) \
			__builtin_trap(); \
	} while (0)

#endif
