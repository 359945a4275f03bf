/* SPDX-License-Identifier: GPL-2.0-or-later */
/* HTTP/2: frames after frames until a fault; a message that comes out is read as every operation of
 * the SBI. */
#include "models/msg/sbi.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

static void read_as_anything(const struct http2_message *in)
{
	static const enum msg_type requests[] = {MSG_NONE, MSG_AUSF_AUTHENTICATE, MSG_AUSF_CONFIRM,
		MSG_AUSF_EAP, MSG_UDM_GENERATE, MSG_UDR_AUTH_SUBSCRIPTION, MSG_AANF_KEY,
		MSG_LEDGER_MINT, MSG_PCF_POLICY};
	struct sbi sbi;
	struct msg msg;

	sbi_init(&sbi, &(struct sbi_network){.plmn = {999, 70, 2}, .routing_digits = 4});
	for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
		struct msg_fault fault = {0, UINT32_MAX, NULL};

		memset(&msg, 0, sizeof msg);
		if (!sbi_decode(&sbi, in, requests[i], &msg, &fault))
			FUZZ_HOLDS(fault.what && fault.offset <= in->n_body && fault.cause > 0);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct http2_receiver *receiver = http2_receiver_new(size > 0 && data[0] == 'P');
	uint32_t at = 0, taken = 1;

	while (taken > 0 && at < size && size <= UINT16_MAX) {
		struct msg_fault fault = {0, UINT32_MAX, NULL};
		struct http2_message in;

		taken = http2_receive(receiver, data + at, (uint32_t)size - at, &in, &fault);
		FUZZ_HOLDS(taken <= size - at);
		if (taken > 0 && in.stream > 0)
			read_as_anything(&in);
		else if (taken == 0)
			FUZZ_HOLDS(fault.what && fault.offset <= size - at && fault.cause > 0);
		at += taken;
	}
	http2_receiver_free(receiver);
	return 0;
}
