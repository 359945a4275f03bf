/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bodies of the SBI: the first octet says of which message, the rest is the body. What decodes is
 * encoded to a body that decodes, and encodes to the same.
 */
#include "models/msg/sbi_internal.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t once[SBI_OCTETS_MAX], twice[SBI_OCTETS_MAX];
	struct msg_fault fault = {0};
	struct msg msg, again;
	struct sbi sbi;

	if (size == 0 || size > HTTP2_BODY_MAX)
		return 0;
	sbi_init(&sbi, &(struct sbi_network){.plmn = {999, 70, 2}, .routing_digits = 4});
	const struct sbi_operation *operation = &sbi_operations[data[0] / 2 % sbi_n_operations];
	bool request = data[0] % 2;
	const struct sbi_member *members = request ? operation->body : operation->answer_body;

	if (!members)
		return 0;
	memset(&msg, 0, sizeof msg);
	msg.type = request ? operation->request : operation->answer;
	again = msg;
	sbi_problem_read(403, data, (uint32_t)size);
	if (!sbi_json_read(&sbi, members, data + 1, (uint32_t)size - 1, &msg, &fault)) {
		FUZZ_HOLDS(fault.what && fault.offset < size && fault.cause == SBI_FAULT(400));
		return 0;
	}
	uint32_t n = sbi_json_write(&sbi, members, &msg, once, sizeof once);
	FUZZ_HOLDS(n > 0);
	FUZZ_HOLDS(sbi_json_read(&sbi, members, once, n, &again, &fault));
	FUZZ_HOLDS(sbi_json_write(&sbi, members, &again, twice, sizeof twice) == n);
	FUZZ_HOLDS(memcmp(once, twice, n) == 0);
	return 0;
}
