/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any octets as a message of the twin's interface: the first one says which answer is waited for. What is
 * a message makes the same message again. */
#include "models/msg/dt_cbor.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static const struct dt_realm realm = {.plmn = {999, 70, 2}, .routing_indicator = 12,
                                      .routing_digits = 4};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct msg msg = {.type = MSG_NONE}, again = {.type = MSG_NONE};
	struct msg_fault fault = {0, 0, NULL};
	uint8_t octets[DT_OCTETS_MAX];

	if (size < 1)
		return 0;
	msg.type = data[0] % MSG_N_TYPES;
	if (!dt_decode(&realm, data + 1, size - 1, &msg, &fault)) {
		FUZZ_HOLDS(fault.what != NULL && fault.offset <= size - 1);
		return 0;
	}
	const size_t n = dt_encode(&realm, &msg, octets, sizeof octets);
	again.type = msg.type;
	FUZZ_HOLDS(n > 0 && dt_decode(&realm, octets, n, &again, &fault));
	FUZZ_HOLDS(again.type == msg.type && again.cause == msg.cause);
	FUZZ_HOLDS(memcmp(&again.dt, &msg.dt, sizeof msg.dt) == 0 &&
	           memcmp(&again.assertion, &msg.assertion, sizeof msg.assertion) == 0);
	return 0;
}
