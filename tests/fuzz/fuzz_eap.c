/* SPDX-License-Identifier: GPL-2.0-or-later */
/* EAP: what decodes is encoded to octets that decode and encode to the same. */
#include "models/msg/eap.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t once[EAP_OCTETS_MAX], twice[EAP_OCTETS_MAX];
	char text[1000];
	struct eap_packet m;
	struct msg_fault fault = {0, UINT32_MAX, NULL};
	struct msg_printer p = msg_printer(text, sizeof text);

	if (eap_decode(data, size, &m, &fault)) {
		uint16_t n = eap_encode(&m, once);

		FUZZ_HOLDS(n <= size);
		FUZZ_HOLDS(eap_decode(once, n, &m, &fault));
		FUZZ_HOLDS(eap_encode(&m, twice) == n && memcmp(once, twice, n) == 0);
	} else {
		FUZZ_HOLDS(fault.offset <= size && fault.what);
	}
	eap_print(&p, data, size, &fault);
	eap_line(&p, data, size);
	FUZZ_HOLDS(strlen(text) < sizeof text);
	return 0;
}
