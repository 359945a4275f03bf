/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any octets as NGAP: a message or a cause, and a message can be encoded and printed. */
#include "models/msg/ngap_print.h"
#include "tests/fuzz/fuzz.h"


int LLVMFuzzerTestOneInput(const uint8_t *in, size_t n)
{
	static uint8_t out[1 << 16];
	static char text[1 << 12];
	struct msg_printer p = msg_printer(text, sizeof text);
	struct ngap_message m;
	struct msg_fault fault;
	bool good = ngap_decode(in, n, &m, &fault);

	FUZZ_HOLDS(ngap_print(&p, in, n, &fault) == good);
	FUZZ_HOLDS(!good || n >= sizeof out / 2 || ngap_encode(&m, out, sizeof out) > 0);
	return 0;
}
