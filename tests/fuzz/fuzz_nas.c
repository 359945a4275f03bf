/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NAS: what decodes is encoded to octets that decode and encode to the same. */
#include "models/msg/nas.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t once[NAS_OCTETS_MAX], twice[NAS_OCTETS_MAX];
	char text[1000];
	struct nas_message m;
	struct msg_fault fault = {0, UINT32_MAX, NULL};
	struct msg_printer p = msg_printer(text, sizeof text);

	if (nas_decode(data, size, &m, &fault)) {
		uint16_t n = nas_encode(&m, once);

		FUZZ_HOLDS(n <= size);
		FUZZ_HOLDS(nas_decode(once, n, &m, &fault));
		FUZZ_HOLDS(nas_encode(&m, twice) == n && memcmp(once, twice, n) == 0);
	} else {
		FUZZ_HOLDS(fault.offset <= size && fault.what);
	}
	nas_print(&p, data, size, &fault);
	nas_line(&p, data, size);
	FUZZ_HOLDS(strlen(text) < sizeof text);
	return 0;
}
